/* SPDX-License-Identifier: MIT */
/* host - a sandboxed Lua state that answers the core's questions.
 *
 * One a thread. Compiles all conditions and modules of a pack once; a module's
 * compiled chunk runs afresh for each event, so nothing carries from case to
 * case. Limits on steps, memory, sizes and patterns hold whatever the script
 * does (pcall, metamethods, string.rep, patterns), and no clock is read for
 * them. A spent budget refuses the event with file and line, and the state is
 * good for the next.
 */
#ifndef LUA_HOST_H
#define LUA_HOST_H

#include "engine/base/diag.h"
#include "engine/core/oracle.h"

struct host;

enum {
    HOST_STEPS_MAX = 1000000,            /* VM instructions an answer; dearer beside long texts. */
    HOST_BYTES_MAX = 8 * 1024 * 1024,    /* Of a state. */
    HOST_TEXT_MAX = 32 * 1024,           /* Bytes of one text a script makes. */
    HOST_CONSTANT_MAX = 4096,            /* Bytes of a text written in a file of lua/. */
    HOST_BLOCK_MAX = 256 * 1024,         /* Bytes of one table, or of the stack. */
    HOST_PATTERN_SUBJECT_MAX = 4096,     /* Bytes a pattern may be tried on, */
    HOST_PATTERN_WORK_MAX = 200000,      /* matcher steps, own matcher or bounded. */
};

struct host_module {
    const char *name;              /* "grounds" */
    const struct source *source;
};

/* Compiles model->conditions and the modules. Findings (L001 to L004; names checked against the
 * process, "did you mean") go to `diags`. NULL only when there were errors. `model` and the
 * sources are borrowed and must outlive it, the array of modules need not. */
struct host *host_new(const struct model *model, const struct host_module *modules,
                      size_t module_count, struct diags *diags);
void host_free(struct host *host);

/* Begins a new event: modules run afresh. */
void host_begin(struct host *host);

/* The interface core asks; valid as long as the host. */
const struct oracle *host_oracle(struct host *host);

#endif
