/* SPDX-License-Identifier: MIT */
/* stops - when a clock stood still, and where its date goes by that and by
 * what a person decided.
 *
 * The day on which a clock stops is used; the day on which it goes on is not,
 * like the day that a clock starts from. So 1 month after 1 March, stopped on
 * the 8th and going on on the 15th, is 1 April and 7 days. What is used
 * follows the unit of the date itself: working days stop as working days.
 * Everything comes from the case: no stop is kept by itself, so one that is
 * recorded late falls into its place.
 */
#ifndef ENGINE_CORE_STOPS_H
#define ENGINE_CORE_STOPS_H

#include "engine/core/decide.h"
#include "engine/when/when.h"

enum {
    MARKS_MAX = 200, /* What is kept of one case; what would be more is refused. */
};

struct stop {
    day from, until;            /* until DAY_NONE: it still stands. */
    day cap;                    /* The day after which it goes on by itself; DAY_NONE: never. */
    const struct pause *by;
};

/* Of which round of a deadline, in which case. */
struct round {
    const struct casefile *file;
    const struct deadline *deadline;
    const struct clock *clock;  /* As stored; NULL: there is none yet. */
    day since;                  /* The anchor it runs from. */
    bool repeats;               /* It does so anew with each such anchor. */
    day today;                  /* DAY_NONE: as of what the case has. */
};

/* Whether a mark would be kept when `name`, an event or a state, happens. */
bool stops_marks(const struct process *process, const char *name);

struct moved {
    bool paused;                /* It stands still now; its date is the one it had. */
    struct stop stop;           /* By this. */
    day plain;                  /* Where it would be without what a person decided. */
};
/* Moves a date that is known. `extend`: by what was decided too, which is for the pack's own date.
 * out->known becomes false where the calendar ends. when->trace may be NULL. */
void stops_move(const struct when_in *when, const struct round *round,
                const struct moment *moment, bool extend, struct when_out *out,
                struct moved *moved);

/* A drawn ground of the round, the n-th of its kind; NULL: there are no more. */
const struct drawn *drawn_of(const struct casefile *file, const char *clock, int round,
                             enum drawn_kind kind, size_t n);

/* How far a clock has run. */
struct pace {
    bool known;
    enum unit unit;
    int used, left;
    bool paused;
    struct stop stop;           /* When paused. */
    day earliest;               /* When paused: its date if it went on today. */
};
/* "5 of 10 working days used, 5 left". In `arena`. */
const char *pace_text(struct arena *arena, const struct pace *pace);
/* As of `today`; `clock` is an open one, `moment` the one that binds. */
void stops_pace(const struct when_in *when, const struct round *round, const struct moment *moment,
                day due, struct pace *out);

#endif
