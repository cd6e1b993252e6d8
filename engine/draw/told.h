/* SPDX-License-Identifier: MIT */
/* told - the picture in words, for those who cannot see it. Private to
 * engine/draw.
 */
#ifndef ENGINE_DRAW_TOLD_H
#define ENGINE_DRAW_TOLD_H

#include "engine/draw/chart.h"

/* In `arena`. Says exits whether they are drawn or named. */
const char *told(struct arena *arena, const struct chart *chart);

#endif
