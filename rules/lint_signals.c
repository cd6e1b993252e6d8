/* SPDX-License-Identifier: MIT */
/* Which event brings about which, by signals. Whose parent or child a case is cannot be seen in
 * the rules, so a signal reaches every process that has the event: it may warn once too often. */
#include "rules/lint.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include <string.h>

enum mark { UNSEEN, ON_THE_WAY, DONE };

struct graph {
    const struct model *model;
    const struct event_rule **events; /* Of all processes. */
    const struct process **of;
    enum mark *marks;
    size_t count, depth;
    struct diags *diags;
};

enum { CHAIN_MAX = 1000 }; /* Nobody writes a longer one; a turn follows 8. */

static void visit(struct graph *g, size_t at);

/* To a field of cases it goes to their process alone. */
static bool reaches(const struct process *from, const struct effect *effect,
                    const struct process *to, const struct event_rule *event)
{
    const struct field *each = effect->each ? process_field(from, effect->each) : NULL;

    return !strcmp(event->name, effect->name) &&
           (!each || !each->cases || text_same(each->cases->of, to->name));
}

static void follow(struct graph *g, const struct process *process, const struct effects *effects)
{
    for (size_t i = 0; i < effects->count; i++) {
        const struct effect *effect = &effects->at[i];
        for (size_t j = 0; effect->kind == EFFECT_SIGNAL && effect->name && j < g->count; j++) {
            if (!reaches(process, effect, g->of[j], g->events[j]))
                continue;
            if (g->marks[j] == ON_THE_WAY)
                diag_about(g->diags,
                           diag_warning(g->diags, "R020", effect->span,
                                        "the signal '%s' comes back to itself", effect->name),
                           "%s", effect->name);
            else if (g->marks[j] == UNSEEN && g->depth < CHAIN_MAX)
                visit(g, j);
        }
    }
}

static void visit(struct graph *g, size_t at)
{
    const struct event_rule *event = g->events[at];

    g->marks[at] = ON_THE_WAY;
    g->depth++;
    follow(g, g->of[at], &event->then);
    for (size_t i = 0; i < event->target_count; i++) {
        const struct state *state = process_state(g->of[at], event->to[i].state);
        if (state)
            follow(g, g->of[at], &state->then);
    }
    g->marks[at] = DONE;
    g->depth--;
}

void lint_signals(const struct lint *l)
{
    struct arena *arena = l->arena;
    const struct model *model = l->model;
    struct graph g = { .model = model, .diags = l->diags };
    size_t total = 0;

    for (size_t i = 0; i < model->process_count; i++)
        total += model->processes[i].event_count;
    g.events = ARENA_ARRAY(arena, const struct event_rule *, total);
    g.of = ARENA_ARRAY(arena, const struct process *, total);
    g.marks = ARENA_ARRAY(arena, enum mark, total);
    for (size_t i = 0; i < model->process_count; i++)
        for (size_t j = 0; j < model->processes[i].event_count; j++) {
            g.events[g.count] = &model->processes[i].events[j];
            g.of[g.count++] = &model->processes[i];
        }
    for (size_t i = 0; i < g.count; i++)
        if (g.marks[i] == UNSEEN)
            visit(&g, i);
}
