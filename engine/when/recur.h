/* SPDX-License-Identifier: MIT */
/* recur - dates that come round, for the other files of this folder. */
#ifndef ENGINE_WHEN_RECUR_H
#define ENGINE_WHEN_RECUR_H

#include "engine/when/when.h"

/* What a recurring date is picked beside: a date with its minute or -1, or a year
 * (PICK_IN_YEAR). */
struct beside {
    day date;
    int minute;
    int year;
};

/* The one of `recurring` that `pick` means, into out->due and out->minute. When there is none
 * out->known stays false, and out->beyond or out->missing says why; the trace too. */
void recur_pick(const struct when_in *in, const struct recurring *recurring, enum pick pick,
                struct beside beside, struct when_out *out);

/* The last day of a month, picked in the same way (never PICK_IN_YEAR). */
day recur_month_end(enum pick pick, day beside);

#endif
