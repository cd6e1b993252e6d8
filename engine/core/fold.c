/* SPDX-License-Identifier: MIT */
#include "engine/core/fold.h"

void fold(struct arena *arena, struct casefile *file, const struct outcome *outcome)
{
    if (outcome->opens) {
        file->process = outcome->process;
        file->school = outcome->school;
        file->ref = outcome->ref;
        file->opened = outcome->opened;
    }
    file->state = outcome->state;
    file->open = outcome->open;
    file->wake = outcome->wake;
    file->state_since = outcome->state_since;
    file->recorded_ms = outcome->recorded_ms;

    sections_merge(arena, &file->in, &outcome->changed);
    for (size_t i = 0; i < outcome->gone.count; i++)
        sections_drop(arena, &file->in, outcome->gone.at[i].section, outcome->gone.at[i].name);
}
