/* SPDX-License-Identifier: MIT */
/* occasions - the days on which schedules open cases by themselves.
 *
 * A row a schedule says up to which day all was seen to; which day comes next
 * is worked out from the version in use on each day since. So days that were
 * slept through are seen to in order, each by the rules of its own time, and
 * none twice: the row moves in the transaction that opens the cases, and each
 * case has a key of its day besides.
 */
#ifndef ENGINE_RUN_OCCASIONS_H
#define ENGINE_RUN_OCCASIONS_H

#include "engine/run/clock.h"
#include "engine/run/world.h"
#include "store/schedules.h"

struct occasion {
    struct schedule_row row;
    const struct ruleset *ruleset; /* Of the version in use then; NULL: none has the schedule. */
    const struct process *process;
    bool known;
    bool beyond;                   /* Not known, or one before it may not be: the calendar ends. */
    day on;                        /* When known. */
};

/* The earliest day of all schedules; known is false when nothing is known to come. Reads only.
 * The row's texts are in `arena`. */
MUST_CHECK enum err_code occasions_next(struct world *world, struct arena *arena,
                                        struct occasion *out, struct err *err);

/* Of each schedule the next day, and those after it up to `until` (DAY_NONE: none); at most `most`
 * in all. One that is not known ends the schedule's list. In the order of the schedules' names. */
MUST_CHECK enum err_code occasions_list(struct world *world, day until, size_t most,
                                        struct arena *arena, struct occasion **out, size_t *count,
                                        struct err *err);
/* How many cases it would open as things stand now, counting no further than OCCASION_COUNT_MAX;
 * `in` and `only_if` of a schedule are looked at. */
enum { OCCASION_COUNT_MAX = 5000 };
MUST_CHECK enum err_code occasion_count(struct world *world, const struct occasion *occasion,
                                        int64_t *out, struct err *err);

/* Opens at most `room` of its cases, and notes how far that came, in the caller's transaction. A
 * refusal (by `opens`, or one that is open already) is counted and passed by. */
MUST_CHECK enum err_code occasion_open(struct world *world, const struct occasion *occasion,
                                       int64_t now_ms, size_t room, struct arena *arena,
                                       struct sweep_figures *figures, struct err *err);

#endif
