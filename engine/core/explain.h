/* SPDX-License-Identifier: MIT */
/* explain - why this date: where it started, what was counted, which days
 * were skipped, which rule on which line of which file, which clause, and
 * whether the law's date won.
 *
 * Runs the one moment again through engine/when with a trace: nothing here
 * computes a date a second way.
 */
#ifndef ENGINE_CORE_EXPLAIN_H
#define ENGINE_CORE_EXPLAIN_H

#include "engine/core/stops.h"
#include "engine/when/when.h"

struct explained_rule {
    const struct moment *moment; /* Its span names file and line. */
    const char *law, *calendar;
    bool floor, binds;
    struct when_out date;
    struct trace trace;
};

struct explained {
    const struct deadline *deadline;
    const struct clock *clock;       /* As stored; NULL: it has not begun. */
    struct explained_rule rule, floor; /* floor.moment NULL: there is none. */
    bool differs;                    /* The date worked out now is not the stored one. */
    struct trace do_by;
    struct pace pace;                /* How far a clock that can stop has run; in->event says as of
                                      * which day (NULL: not known). */
    const char *verdict;             /* One sentence: "Due Mon 28 Dec 2026: 2 weeks after ..." */
};

/* A rule as it is written, with its length where a setting stands for it: "report_within after
 * hold (10 working days)". */
const char *explain_words(struct arena *arena, const struct moment *moment);

/* ERR_UNKNOWN: no such deadline (hint: the nearest). */
MUST_CHECK enum err_code explain_deadline(const struct decide_in *in, const char *name,
                                          struct arena *arena, struct explained *out,
                                          struct err *err);

#endif
