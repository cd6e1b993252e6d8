/* SPDX-License-Identifier: MIT */
/* States that no story of the pack comes to. A story comes to a state when it says so, or does an
 * event that leads nowhere else; `reeve test --coverage` plays them and knows more. */
#include "rules/lint.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "rules/layer.h"
#include "rules/scenario.h"

struct stories {
    const struct scenario **at;
    size_t count;
};

static bool leads_to(const struct process *process, const char *name, const char *state)
{
    const struct event_rule *event = process_event_any(process, name);

    return event && event->target_count == 1 && text_same(event->to[0].state, state);
}

static bool comes_to(const struct process *process, const struct scenario *story,
                     const char *state)
{
    for (size_t i = 0; i < story->steps.count; i++) {
        const struct scenario_step *step = &story->steps.at[i];
        const char *event = step->event ? step->event : step->signal;
        if (step->expect && text_same(step->expect->state, state))
            return true;
        if (event && !step->refused && leads_to(process, event, state))
            return true;
    }
    return false;
}

static bool tells_of(const struct stories *stories, const char *process)
{
    for (size_t i = 0; i < stories->count; i++)
        if (text_same(stories->at[i]->process, process))
            return true;
    return false;
}

static void check_state(const struct lint *l, const struct stories *stories,
                        const struct state *state)
{
    if (state->first || !lint_own(l, state->span) || !l->reach.states[state - l->process->states])
        return;
    for (size_t i = 0; i < stories->count; i++)
        if (text_same(stories->at[i]->process, l->process->name) &&
            comes_to(l->process, stories->at[i], state->name))
            return;
    lint_warn(l, "S003", state->span, state->name, "no scenario comes to '%s'", state->name);
}

void lint_scenarios(struct lint *l)
{
    size_t count = l->pack->scenarios.count;
    struct stories stories = { ARENA_ARRAY(l->arena, const struct scenario *, count + 1), 0 };
    struct diags *unsaid = diags_new(l->arena); /* Said by whoever reads them to play them. */

    if (!count) {
        diag_about(l->diags,
                   diag_warning(l->diags, "S002", node_get(l->pack->resolved->pack, "pack")->span,
                                "'%s' has no scenarios", l->model->pack),
                   "%s", l->model->pack);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const struct scenario *story =
            scenario_read(l->arena, l->pack->scenarios.at[i], l->model, unsaid);
        if (story)
            stories.at[stories.count++] = story;
    }
    for (size_t i = 0; i < l->model->process_count; i++) {
        l->process = &l->model->processes[i];
        if (lint_own(l, l->process->span) && !tells_of(&stories, l->process->name)) {
            diag_about(l->diags,
                       diag_warning(l->diags, "S003", l->process->span,
                                    "no scenario tells of '%s'", l->process->name),
                       "%s", l->process->name);
            continue;
        }
        lint_reach(l);
        for (size_t j = 0; j < l->process->state_count; j++)
            check_state(l, &stories, &l->process->states[j]);
    }
}
