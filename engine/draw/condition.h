/* SPDX-License-Identifier: MIT */
/* condition - a condition's short name for a picture: the labels of what it
 * asks, where it is simple; else the expression as it stands.
 */
#ifndef ENGINE_DRAW_CONDITION_H
#define ENGINE_DRAW_CONDITION_H

#include "engine/model/process.h"

struct arena;

/* `decision == "amend" and not moved` -> "Amend it and not Moved away". In `arena`, or borrowed. */
const char *condition_words(struct arena *arena, const struct condition *condition);

/* The name of an event's branch; of `otherwise` the one option that the others leave, if they
 * all ask one choice. NULL: the branch is always taken. */
const char *condition_branch(struct arena *arena, const struct process *process,
                             const struct event_rule *event, size_t branch);

#endif
