/* SPDX-License-Identifier: MIT */
/* count - lengths of time laid on the calendar, for the other files of this folder. */
#ifndef ENGINE_WHEN_COUNT_H
#define ENGINE_WHEN_COUNT_H

#include "engine/when/when.h"

/* How a length is laid from a date. */
struct counting {
    struct length length;
    bool back;      /* Before, not after. */
    bool starting;  /* The date itself is day 1. */
    bool at_least;  /* Back only: as many whole days between, unless notice is ordinary. */
};

/* False: the calendar ends (or the years that reeve knows do); the trace says so. */
bool count_length(const struct when_in *in, struct counting how, day from, day *out);

/* The first day on or after `from` (back: on or before) that counts. */
bool count_to_day(const struct when_in *in, bool school, bool back, day from, day *out);

/* Whether the week (Monday to Sunday) that holds `date` has a school day. */
enum day_is count_school_week(const struct calendar *calendar, day date);

/* True when the date lies in the years that reeve knows. */
bool count_in_years(int64_t date);

/* Notes in the trace that the calendar does not know `date`, and why. */
void count_beyond(const struct when_in *in, bool school, day date, const char *what);

#endif
