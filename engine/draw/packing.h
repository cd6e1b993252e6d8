/* SPDX-License-Identifier: MIT */
/* packing - time limits in what the cards leave free at the left. Private to
 * engine/draw.
 */
#ifndef ENGINE_DRAW_PACKING_H
#define ENGINE_DRAW_PACKING_H

#include "engine/draw/plan.h"

enum { BRACKET_FEET = 7 };

/* One bracket, of one or more limits that run from the same place to the same. */
struct stretch {
    struct place from, till;
    bool statutory, placed;
    int x, top, low;
    struct { const struct chart_limit **at; size_t count, room; } limits;
    struct { struct words { struct block block; int x, y; } *at; size_t count, room; } words;
};
/* `marks`: of the cards' part, what is in the way. */
struct packing {
    struct plan *plan;
    const struct picture *picture;
    size_t marks;
    struct { struct stretch *at; size_t count, room; } all;
};

/* False: there is no place where it begins or ends. */
bool plan_ends(const struct plan *plan, const struct chart_limit *limit, struct place *from,
               struct place *till);
/* The highest of the places where any of the points stands; NULL: nowhere. */
const struct place *plan_highest(const struct plan *plan, const struct chart_points *points);
/* The next place below `from`, or the last there is, of the first point that has one. */
const struct place *plan_below(const struct plan *plan, const struct chart_points *points,
                               const struct place *from, bool last);

/* A place for the bracket and its words: as far to the left as they go. False: there is none. */
bool packing_place(struct packing *packing, struct stretch *stretch);
/* Once all are placed: longer lines, where that makes them fewer and nothing is in the way. */
void packing_widen(struct packing *packing, struct stretch *stretch);

#endif
