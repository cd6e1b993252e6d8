/* SPDX-License-Identifier: MIT */
/* grid - which card stands in which row, in which order, and the ways between
 * them, cut into links from one row to the next.
 *
 * Rows are the longest way from the first state. A link that passes a row has
 * a node of its own there (a way), so that order alone says whether two cross.
 * A way back has such nodes in every row from its target's to its source's,
 * and stands beside its card at both ends.
 */
#ifndef ENGINE_DRAW_GRID_H
#define ENGINE_DRAW_GRID_H

#include "engine/draw/chart.h"

struct grid_node {
    bool card;
    size_t state;       /* Of a card. */
    size_t row, pos;    /* pos: from the left. */
};
struct grid_link {
    size_t upper, lower;              /* Nodes. */
    size_t state, exit, branch;       /* Whose it is. */
    bool first, last;                 /* From the card's foot; to a card's head. */
    bool back;
};
/* The end of a way back: a way beside its card. */
struct grid_side {
    size_t card, way, state, exit, branch;
    bool source;
};
struct grid {
    struct { struct grid_node *at; size_t count, room; } nodes;
    struct { struct grid_link *at; size_t count, room; } links;
    struct { struct grid_side *at; size_t count, room; } sides;
    struct grid_row { size_t *at; size_t count, room; } *rows;
    size_t row_count;
    size_t faults;                    /* Crossings that no order was found to avoid. */
};

/* Tries orders, from the one in which the process is written on; bounded. In `arena`. */
struct grid *grid_make(struct arena *arena, const struct chart *chart);

/* The exit most in the way: *state and *exit. False: nothing crosses. */
bool grid_worst(const struct grid *grid, const struct chart *chart, size_t *state, size_t *exit);
/* The exit that takes most room: the most links. False: there is none. */
bool grid_longest(const struct grid *grid, const struct chart *chart, size_t *state,
                  size_t *exit);

#endif
