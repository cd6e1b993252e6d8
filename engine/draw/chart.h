/* SPDX-License-Identifier: MIT */
/* chart - what is to be drawn of a process, in words and without places.
 *
 *   process -> chart: states with their lines and exits, arrivals without an
 *              arrow, what is possible everywhere, time limits
 *
 * An exit is an arrow: one or more events that lead from one state to one
 * other, or one event that branches. Where arrows would cross, some exits are
 * *named* instead (chart_name): a line in the state's card, and an arrival at
 * the other end that says from where.
 */
#ifndef ENGINE_DRAW_CHART_H
#define ENGINE_DRAW_CHART_H

#include "engine/model/process.h"

struct arena;

struct chart_label {
    const char *event, *title, *who; /* event: the rule's name. */
};
struct chart_branch {
    size_t to;                       /* A state, by its place in the process. */
    const char *when;                /* NULL: always. */
};
struct chart_exit {
    struct { struct chart_label *at; size_t count, room; } labels;
    struct { struct chart_branch *at; size_t count, room; } branches;
    bool named;
};
struct chart_line {
    const char *text, *event;        /* event NULL: something else. */
};
/* What comes to a state without an arrow being drawn all the way. */
struct chart_arrival {
    const char *title, *who, *from;  /* from: the states, or NULL for any. */
    const char *event;
    struct { size_t *at; size_t count, room; } states; /* Those it leaves by this name. */
    bool opens;
};
struct chart_state {
    const struct state *state;
    const char *title, *with;        /* with: NULL or "with the SENCO". */
    struct { struct chart_line *at; size_t count, room; } lines;
    struct { struct chart_exit *at; size_t count, room; } exits;
    struct { struct chart_arrival *at; size_t count, room; } arrivals;
};

/* Where a time limit begins or ends. */
enum point_kind { POINT_OPENED, POINT_EVENT, POINT_STATE };
struct chart_point {
    enum point_kind kind;
    const char *name;
};
struct chart_points {
    struct chart_point *at;
    size_t count, room;
};
struct chart_pause {
    struct chart_points from, till;
};
struct chart_limit {
    const char *length, *what, *law; /* law: the clause, or NULL. */
    bool statutory;
    struct chart_points from, till, else_till; /* else_till: what ends it without meeting it. */
    struct { struct chart_pause *at; size_t count, room; } pauses;
};

struct chart {
    const struct model *model;
    const struct process *process;
    const char *title, *below;       /* below: pack and law. */
    struct chart_state *states;      /* As the process has them. */
    size_t state_count;
    struct { const char **at; size_t count, room; } everywhere;
    struct { struct chart_limit *at; size_t count, room; } limits;
};

/* All in `arena`; borrows the model. */
struct chart *chart_make(struct arena *arena, const struct model *model,
                         const struct process *process);
/* Names an exit instead of drawing it. */
void chart_name(struct arena *arena, struct chart *chart, size_t state, size_t exit);
/* True when the state is drawn as a card: all but final ones that no arrow leads to. */
bool chart_shown(const struct chart *chart, size_t state);
size_t chart_state(const struct chart *chart, const char *name); /* state_count: none. */

/* Titles of roles as people read them: "SENCO, SEND officer"; "the clock"; "another case". */
const char *chart_who(struct arena *arena, const struct model *model, const struct names *roles);

/* limits.c: fills chart->limits. */
void chart_limits(struct arena *arena, struct chart *chart);

#endif
