/* SPDX-License-Identifier: MIT */
/* skips - tells which days a count passed over, in few steps.
 *
 * Days come in order, up or down. Days next to each other with one reason
 * become one step; ordinary weekends are only counted, and said at the end.
 * Without a trace nothing is kept.
 */
#ifndef ENGINE_WHEN_SKIPS_H
#define ENGINE_WHEN_SKIPS_H

#include "engine/when/when.h"

struct skips {
    struct trace *trace;
    day from, to;      /* The run so far; from DAY_NONE: there is none. */
    const char *why;
    int weekend_days, told, untold;
};

void skips_begin(struct skips *skips, struct trace *trace);
void skips_add(struct skips *skips, day date, const char *why);
void skips_end(struct skips *skips);

#endif
