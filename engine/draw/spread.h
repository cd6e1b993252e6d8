/* SPDX-License-Identifier: MIT */
/* spread - puts things in a row where they wish to be, as nearly as their
 * distances and bounds allow: least squares, then the bounds.
 */
#ifndef ENGINE_DRAW_SPREAD_H
#define ENGINE_DRAW_SPREAD_H

#include <stddef.h>

struct arena;

struct spread {
    size_t count;
    int *wish, *low, *high;
    int *apart;  /* At least from this one to the next. */
    int *x;      /* The answer. */
};
struct spread *spread_new(struct arena *arena, size_t count);
/* Distances come before bounds where both cannot be kept. */
void spread_out(struct spread *spread);

#endif
