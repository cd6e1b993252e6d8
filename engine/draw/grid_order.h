/* SPDX-License-Identifier: MIT */
/* grid_order - the order within the rows in which nothing crosses, if there
 * is one to be found. Private to engine/draw.
 */
#ifndef ENGINE_DRAW_GRID_ORDER_H
#define ENGINE_DRAW_GRID_ORDER_H

#include "engine/draw/grid.h"

void grid_order(struct arena *arena, struct grid *grid);
/* The crossings that this exit has a part in. */
size_t grid_faults_of(const struct grid *grid, size_t state, size_t exit);

#endif
