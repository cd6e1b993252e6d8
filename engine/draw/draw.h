/* SPDX-License-Identifier: MIT */
/* draw - a process as a picture that a meeting can read on paper.
 *
 *   process -> chart.h what is to be drawn -> grid.h rows and ways
 *           -> plan.h places -> picture.h marks, checked -> SVG
 *
 * Pure: the same process gives the same bytes. What cannot be drawn without a
 * crossing is named at both ends instead; a process of which that is true of
 * more than every other arrow is listed: its states, each with where it leads.
 */
#ifndef ENGINE_DRAW_DRAW_H
#define ENGINE_DRAW_DRAW_H

#include "engine/draw/picture.h"
#include "engine/model/process.h"

/* In `arena`; never NULL, and without a picture_fault(). */
const struct picture *draw_picture(struct arena *arena, const struct model *model,
                                   const struct process *process);
/* For Graphviz, which then decides where things stand. */
void draw_dot(const struct model *model, const struct process *process, struct buf *out);

#endif
