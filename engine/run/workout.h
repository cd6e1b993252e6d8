/* SPDX-License-Identifier: MIT */
/* workout - one moment on its own, without a case: `reeve when`. */
#ifndef ENGINE_RUN_WORKOUT_H
#define ENGINE_RUN_WORKOUT_H

#include "engine/run/pack.h"
#include "engine/when/when.h"

/* What the moment's names stand for, as typed: a date, a year ("2027"), a length ("2 weeks"), or
 * "?" for what is not known yet. */
struct workout_name {
    const char *name, *value;
};

struct workout_in {
    const struct rules *rules;
    const char *moment;
    const char *process;                /* Whose settings stand for lengths; NULL: nobody's. */
    const char *calendar;               /* NULL: the process's, or the pack's main one. */
    const char *roll;                   /* NULL: as it is. */
    int64_t school;                     /* Whose own calendar counts, and whose days `do_by` is of;
                                         * 0: of none. */
    const struct workout_name *names;
    size_t name_count;
    bool *used;                         /* As names: set where the moment has it. May be NULL. */
};

struct workout_out {
    struct when_out date;               /* Rolled. */
    day do_by;                          /* The last working day on or before; DAY_NONE. */
    const struct calendar *calendar;    /* Which counted. */
    bool school_days;                   /* It counts school days or weeks. */
    struct trace trace;
};

/* All in `arena`; findings of the moment itself go to `diags`.
 * ERR_PACK     it is not a moment, or has a name that was not given: see `diags`.
 * ERR_INPUT    a name's value is none of the kinds above (31 February says why).
 * ERR_UNKNOWN  no such calendar or roll; the process must be one of the pack's. */
MUST_CHECK enum err_code workout(const struct workout_in *in, struct arena *arena,
                                 struct workout_out *out, struct diags *diags, struct err *err);

#endif
