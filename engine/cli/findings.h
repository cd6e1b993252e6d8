/* SPDX-License-Identifier: MIT */
/* findings - a pack read from a folder, and what was found in it, in one of
 * the forms people and programs read.
 */
#ifndef ENGINE_CLI_FINDINGS_H
#define ENGINE_CLI_FINDINGS_H

#include "engine/cli/command.h"
#include "engine/run/pack.h"

enum findings_form { FINDINGS_TEXT, FINDINGS_JSON, FINDINGS_GITHUB, FINDINGS_SARIF };

struct findings {
    const char *folder;      /* As typed. */
    struct arena *arena;     /* The pack's; freed by findings_close(). */
    struct rules *rules;     /* NULL: there were errors. */
    struct diags *diags;
};

/* PACK or PACK/PROCESS: what stands before the last slash, if that is a pack and all of it is no
 * folder. *process NULL: none was given. */
void findings_split(struct call *call, const char *word, const char **pack, const char **process);
/* ERR_UNKNOWN, with the nearest or all that there are. */
enum err_code findings_no_process(struct call *call, const struct model *model, const char *name);

/* ERR_UNKNOWN: no pack there; ERR_LIMIT, ERR_SYSTEM. A pack with errors is ERR_NONE, without
 * rules. */
MUST_CHECK enum err_code findings_open(struct call *call, const char *folder, struct findings *out);
void findings_close(struct findings *findings);

/* To `out`. GITHUB: workflow commands; SARIF: a log of version 2.1.0, one run. Both name files as
 * seen from the folder that the program stands in. */
void findings_print(const struct findings *findings, enum findings_form form, struct buf *out);
/* To stderr, and ERR_PACK when there are errors: what every command but `check` wants. */
MUST_CHECK enum err_code findings_demand(struct call *call, const struct findings *findings);

#endif
