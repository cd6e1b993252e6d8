/* SPDX-License-Identifier: MIT */
#include "engine/cli/grid.h"

#include "engine/base/arena.h"
#include "engine/cli/say.h"

#include <string.h>

struct grid grid_of(struct arena *arena, size_t columns)
{
    MUST(columns <= GRID_COLUMNS_MAX);
    return (struct grid){ .arena = arena, .columns = columns };
}

void grid_row(struct grid *grid, const char *colour, const char *const *cells)
{
    struct grid_line *line = LIST_ADD(grid->arena, &grid->rows);
    line->colour = colour;
    for (size_t i = 0; i < grid->columns; i++)
        line->cells[i] = cells[i] ? cells[i] : "";
}

void grid_head(struct grid *grid, const char *const *cells)
{
    for (size_t i = 0; i < grid->columns; i++)
        grid->head[i] = cells[i];
}

static size_t width_of(const char *text)
{
    size_t width = utf8_columns(text, strlen(text));
    return width < GRID_WIDTH_MAX ? width : GRID_WIDTH_MAX;
}

/* The text in `width` columns, cut at a character with a mark that it was. */
static void cell(struct call *call, const char *text, size_t width)
{
    size_t len = strlen(text), columns = utf8_columns(text, len);
    if (columns > width) {
        while (len > 0 && (utf8_columns(text, len) > width - 1 || (text[len] & 0xC0) == 0x80))
            len--;
        say(call, "%.*s\u2026", (int)len, text);
        columns = utf8_columns(text, len) + 1;
    } else {
        say(call, "%s", text);
    }
    say(call, "%*s", (int)(width - columns + 2), "");
}

static void line(const struct grid *grid, struct call *call, const char *const *cells,
                 const size_t *widths, const char *colour)
{
    say(call, "%s", colour);
    for (size_t i = 0; i + 1 < grid->columns; i++)
        cell(call, cells[i], widths[i]);
    say(call, "%s%s\n", cells[grid->columns - 1], *colour ? OFF : "");
}

void grid_say(const struct grid *grid, struct call *call)
{
    size_t widths[GRID_COLUMNS_MAX] = { 0 };
    if (!grid->rows.count)
        return;
    for (size_t c = 0; c < grid->columns; c++) {
        if (grid->head[c])
            widths[c] = width_of(grid->head[c]);
        for (size_t r = 0; r < grid->rows.count; r++) {
            size_t width = width_of(grid->rows.at[r].cells[c]);
            if (width > widths[c])
                widths[c] = width;
        }
    }
    if (grid->head[0])
        line(grid, call, grid->head, widths, BOLD);
    for (size_t r = 0; r < grid->rows.count; r++)
        line(grid, call, grid->rows.at[r].cells, widths, grid->rows.at[r].colour);
}
