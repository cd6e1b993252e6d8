/* SPDX-License-Identifier: MIT */
#include "engine/core/possible.h"

#include "engine/base/arena.h"
#include "engine/core/access.h"
#include "engine/core/draft.h"
#include "engine/core/obstacles.h"

static struct possible_event look_at(const struct decide_in *in, const struct process *process,
                                     const struct event_rule *rule, struct arena *arena)
{
    struct event event = *in->event;
    event.kind = EVENT_DO;
    event.name = rule->name;
    event.given = NULL;
    event.given_count = 0;
    struct decide_in asked = *in;
    asked.event = &event;

    struct err *err = ARENA_NEW(arena, struct err);
    struct draft d;
    draft_begin(&d, &asked, process, arena, err);
    d.preview = true;
    enum err_code rc = obstacles_dated(&d, rule);
    if (!rc)
        rc = obstacles_event(&d, rule);

    struct possible_event found = { .rule = rule, .allowed = access_event(rule, &event) };
    found.refused = rc != ERR_NONE;
    if (rc)
        found.why = d.lacks.count ? draft_all_lacks(&d) : err->text;
    return found;
}

size_t possible(const struct decide_in *in, struct arena *arena, struct possible_event **out)
{
    const struct process *process = model_process(in->model, in->file->process);
    const struct state *state = process ? process_state(process, in->file->state) : NULL;
    size_t count = 0;
    *out = ARENA_ARRAY(arena, struct possible_event, state ? state->event_count : 0);
    for (size_t i = 0; state && i < state->event_count; i++) {
        if (access_people(arena, state->events[i]).count)
            (*out)[count++] = look_at(in, process, state->events[i], arena);
    }
    return count;
}
