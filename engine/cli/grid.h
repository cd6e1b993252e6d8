/* SPDX-License-Identifier: MIT */
/* grid - rows in columns as wide as what stands in them. */
#ifndef ENGINE_CLI_GRID_H
#define ENGINE_CLI_GRID_H

#include "engine/cli/command.h"

enum { GRID_COLUMNS_MAX = 8, GRID_WIDTH_MAX = 48 };

struct grid_line {
    const char *cells[GRID_COLUMNS_MAX];
    const char *colour;          /* A mark of say.h, or "". */
};
struct grid {
    struct arena *arena;
    size_t columns;
    const char *head[GRID_COLUMNS_MAX];
    struct { struct grid_line *at; size_t count, room; } rows;
};

struct grid grid_of(struct arena *arena, size_t columns);
/* Cells are kept, not copied; one a column. */
void grid_row(struct grid *grid, const char *colour, const char *const *cells);
void grid_head(struct grid *grid, const char *const *cells);
/* Adds it to call->out; nothing when there are no rows. What is wider than GRID_WIDTH_MAX is cut,
 * but in the last column. */
void grid_say(const struct grid *grid, struct call *call);

#endif
