/* SPDX-License-Identifier: MIT */
/* facts - what is told with an act: fields, dates, files. */
#ifndef ENGINE_CLI_FACTS_H
#define ENGINE_CLI_FACTS_H

#include "engine/cli/command.h"
#include "engine/model/event.h"

struct file_row;

enum {
    FACT_WHY_BYTES_MAX = 2000,
    FACT_KEY_BYTES_MAX = 200,
};

/* The words from `from` on as field=value, sorted by name, into event->given. ERR_USAGE: one has no
 * `=` or stands twice. */
MUST_CHECK enum err_code facts_given(struct call *call, size_t from, struct event *event);

/* A flag's date; DAY_NONE when it was not given. ERR_INPUT says why it is none. */
MUST_CHECK enum err_code facts_date(struct call *call, const char *flag, day *out);
/* A flag's school number; 0 when it was not given. ERR_INPUT. */
MUST_CHECK enum err_code facts_urn(struct call *call, const char *flag, int64_t *out);
/* A flag's whole number above zero; 0 when it was not given. ERR_INPUT. */
MUST_CHECK enum err_code facts_count(struct call *call, const char *flag, size_t *out);

/* --on, --why, --key and --file, those of them that the command has, into the event. *file becomes
 * the file to keep with it, and stays as it was without one. ERR_INPUT (also a pipe, and what is
 * none of the kinds that are kept), ERR_LIMIT, ERR_UNKNOWN (no file). */
MUST_CHECK enum err_code facts_common(struct call *call, struct event *event,
                                      const struct file_row **file);

/* A whole file, NUL-terminated in the call's arena. ERR_UNKNOWN: there is none; ERR_LIMIT: longer
 * than `most`; ERR_SYSTEM. */
MUST_CHECK enum err_code facts_read(struct call *call, const char *path, size_t most,
                                    const char **bytes, size_t *len);

#endif
