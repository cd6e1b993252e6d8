/* SPDX-License-Identifier: MIT */
/* round - on which days a schedule's moment comes round. Pure.
 *
 * Such a moment hangs on no case: it is a chain of lengths down to what comes
 * round after ANCHOR_OCCASION ("1 week before end of month"), as
 * rules/compile_schedule.c makes it.
 */
#ifndef ENGINE_WHEN_ROUND_H
#define ENGINE_WHEN_ROUND_H

#include "engine/when/when.h"

/* A length in such a moment is at most this many days. */
enum { ROUND_OFFSET_MAX = 400 };

struct round_out {
    bool known;   /* There is one, on `date`. */
    bool beyond;  /* The calendar does not know all days from `after` to `date`, or to the end of
                   * what was looked through: one may lie there. Never guessed. */
    day date;     /* Valid when known. */
};

/* What the moment hangs on: what comes round. NULL: it is no such chain. */
const struct moment *round_leaf(const struct moment *moment);

/* The first day later than `after` on which it comes round, within two years. in->anchor is not
 * asked, and nothing is traced. */
void round_next(const struct when_in *in, const struct moment *moment, day after,
                struct round_out *out);

#endif
