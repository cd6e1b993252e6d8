/* SPDX-License-Identifier: MIT */
/* gather - a turn's decisions, made on copies: nothing is written here.
 *
 *   event --decide, fold--> step --what it opens and signals--> queue --'
 *                ^                                                |
 *                '---- the clock of that case first <-------------'
 *
 * Breadth first, at most TURN_DECISIONS after one event and TURN_DEPTH deep.
 * A refused open or a spent limit refuses the event that led to it: a
 * person's is refused whole, the clock's is taken back and remarked on its
 * case, so that a case can never be blocked by what it cannot do. A refused
 * signal is remarked on its sender. Private to turn.c.
 */
#ifndef ENGINE_RUN_GATHER_H
#define ENGINE_RUN_GATHER_H

#include "engine/run/turn.h"
#include "store/cases.h"

/* A case as this turn has it so far. */
struct touched {
    struct case_row row;
    struct casefile file;
    bool is_new;
};

/* One decided event, waiting to be written. */
struct step {
    size_t touched;             /* Index: the list may move. */
    const struct ruleset *ruleset;
    struct casefile before, after;
    struct event event;
    struct outcome *outcome;
    int64_t event_id;           /* When written. */
    size_t cause;               /* Step that caused it, plus 1; 0: none. */
    uint64_t key, content;
};

/* Something to decide still: an opening or a signal. */
struct pending {
    struct event event;
    int64_t case_id;            /* 0: see event.ref. */
    size_t cause;
    int depth;
};
struct pendings {
    struct pending *at;
    size_t count, room;
};

struct gather {
    struct world *world;
    struct arena *arena;
    const struct request *request;
    struct err *err;
    struct { struct touched *at; size_t count, room; } touched;
    struct { struct step *at; size_t count, room; } steps;
    struct { int64_t *at; size_t count, room; } opened;
    struct pendings pending;
    int64_t next_case;
    int nested;
};

/* The case's place among the touched, reading it if this turn has not yet. */
MUST_CHECK enum err_code gather_touch(struct gather *g, int64_t case_id, size_t *out);
/* What the clock owes a touched case up to local minute `until`, at its own instants, in order,
 * each with its consequences; `most` events of it. *more: it owes more. */
MUST_CHECK enum err_code gather_owed(struct gather *g, size_t index, int64_t until, size_t most,
                                     bool *more);
/* One event on a touched case, and a new case; *step is where it stands. */
MUST_CHECK enum err_code gather_event(struct gather *g, size_t index, struct event *event,
                                      size_t *step);
MUST_CHECK enum err_code gather_open(struct gather *g, struct event *event, size_t *step);
/* The text given for a field, as the case will hold it: " C-1" is C-1. NULL: there is none, or it
 * cannot be read, which deciding refuses. In `arena`. */
const char *gather_given_text(struct arena *arena, const struct process *process,
                              const struct event *event, const char *name);
/* All that a step leads to. */
MUST_CHECK enum err_code gather_consequences(struct gather *g, size_t step);

#endif
