/* SPDX-License-Identifier: MIT */
/* coverage - what the scenarios of a pack reached of its own rules, and what
 * they did not: states, events, how deadlines ended, items, conditions both
 * ways, lines of Lua. What the packs below wrote is for their own scenarios.
 */
#ifndef ENGINE_RUN_COVERAGE_H
#define ENGINE_RUN_COVERAGE_H

#include "engine/model/outcome.h"
#include "engine/run/pack.h"

/* X(name, what people read) */
#define COVERAGE_TABLE(X)                                                                         \
    X(STATES, "states entered")                                                                   \
    X(EVENTS, "events that happened")                                                             \
    X(MET, "deadlines met")                                                                       \
    X(MISSED, "deadlines missed")                                                                 \
    X(EXCUSED, "deadlines excused")                                                               \
    X(EXTENDED, "deadlines extended")                                                             \
    X(PAUSED, "deadlines paused")                                                                 \
    X(ITEMS, "items handed in")                                                                   \
    X(HELD, "conditions that held")                                                               \
    X(FAILED, "conditions that did not")                                                          \
    X(COMPUTED, "values worked out")                                                              \
    X(LINES, "lines of Lua")

enum coverage_kind {
#define X(name, title) COVERAGE_##name,
    COVERAGE_TABLE(X)
#undef X
    COVERAGE_KINDS,
};

/* One thing that can be reached. */
struct coverable {
    enum coverage_kind kind;
    const struct process *process; /* NULL: a line of Lua. */
    const char *name;              /* "annual-review: preparing.hold" is process and name. */
    struct span span;
    const struct condition *condition; /* HELD, FAILED, COMPUTED. */
    bool reached;
};

struct coverage {
    struct arena *arena;
    struct { struct coverable *at; size_t count, room; } things;
    size_t of[COVERAGE_KINDS], reached[COVERAGE_KINDS]; /* After coverage_end(). */
    size_t all, all_reached;
    /* Private. */
    const struct rules *rules;
    const struct watch *watch;
};

/* Lists all there is, and begins to watch the rules' Lua. `rules` is borrowed and must outlive the
 * last scenario; all is in `arena`. */
struct coverage *coverage_begin(struct arena *arena, const struct rules *rules);

/* What one event of a case of `process` did; `from`: the state it stood in, NULL as it opened. */
void coverage_note(struct coverage *coverage, const struct process *process, const char *from,
                   const struct event *event, const struct outcome *outcome);

/* Adds what the Lua knows, and counts. */
void coverage_end(struct coverage *coverage);

const char *coverage_title(enum coverage_kind kind);
/* Rounded down, so that 100 means all; 100 of nothing. */
int coverage_percent(const struct coverage *coverage);

#endif
