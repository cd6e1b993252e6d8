/* SPDX-License-Identifier: MIT */
/* list - what stands above and below every picture, and the picture of a
 * process that is too entangled to be drawn: its states one under the other,
 * each with where it leads. Private to engine/draw.
 */
#ifndef ENGINE_DRAW_LIST_H
#define ENGINE_DRAW_LIST_H

#include "engine/draw/chart.h"
#include "engine/draw/picture.h"

/* The title and what stands below it; returns where that ends. */
int list_head(struct picture *picture, const struct chart *chart);
/* What is possible everywhere, the limits that no bracket shows, the key; from `y` on. Sets the
 * picture's height. */
void list_foot(struct picture *picture, const struct chart *chart, const char *const *apart,
               size_t apart_count, int y);
struct picture *list_picture(struct arena *arena, const struct chart *chart);

#endif
