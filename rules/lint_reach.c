/* SPDX-License-Identifier: MIT */
/* What can happen in a process at all: where its events lead, who brings them about, what is
 * filled. Conditions are taken to be possible. */
#include "rules/lint.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"

size_t lint_state(const struct process *process, const char *name)
{
    const struct state *state = name ? process_state(process, name) : NULL;

    return state ? (size_t)(state - process->states) : process->state_count;
}

/* --- states ---------------------------------------------------------------------------------- */

/* True: it is there, and was not marked yet. */
static bool mark(const struct process *process, const char *state, bool *reached)
{
    size_t to = lint_state(process, state);
    bool is_new = to < process->state_count && !reached[to];

    if (is_new)
        reached[to] = true;
    return is_new;
}

/* Marks where an open state can lead; true: something new was marked. */
static bool mark_from(const struct process *process, const struct state *state, bool *reached)
{
    bool more = false;

    for (size_t i = 0; !state->final && i < process->consent_count; i++)
        more = mark(process, process->consents[i].withdrawn_to, reached) || more;
    for (size_t i = 0; i < state->event_count; i++)
        for (size_t j = 0; j < state->events[i]->target_count; j++)
            more = mark(process, state->events[i]->to[j].state, reached) || more;
    return more;
}

static void reach_states(struct lint *l)
{
    const struct process *process = l->process;
    bool more = true;

    for (size_t i = 0; i < process->state_count; i++)
        l->reach.states[i] = process->states[i].first;
    while (more) {
        more = false;
        for (size_t i = 0; i < process->state_count; i++)
            if (l->reach.states[i])
                more = mark_from(process, &process->states[i], l->reach.states) || more;
    }
}

/* --- fields ---------------------------------------------------------------------------------- */

static void fill(const struct lint *l, const char *name)
{
    const struct field *field = name ? process_field(l->process, name) : NULL;

    if (field)
        l->reach.fields[field - l->process->fields] = true;
}

static void fill_asks(const struct lint *l, const struct ask *asks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        fill(l, asks[i].field);
}

/* What cases of any process hand to one of this, and what this one's effects set. */
struct filling {
    const struct lint *l;
    bool own;
};

static void fill_effect(void *self, const struct effect *effect)
{
    const struct filling *f = self;
    bool sets = f->own && effect->kind == EFFECT_SET;
    bool opens = effect->kind == EFFECT_OPEN && text_same(effect->name, f->l->process->name);

    for (size_t i = 0; (sets || opens) && i < effect->value_count; i++)
        fill(f->l, effect->values[i].theirs);
}

static void fill_lists(const struct lint *l)
{
    for (size_t i = 0; i < l->process->checklist_count; i++) {
        const struct checklist *list = &l->process->checklists[i];
        for (size_t j = 0; j < list->item_count; j++)
            fill_asks(l, list->items[j].asks, list->items[j].ask_count);
        if (list->more)
            fill_asks(l, list->more->asks, list->more->ask_count);
    }
}

static void fill_fields(const struct lint *l)
{
    const struct process *p = l->process;

    fill_asks(l, p->open_asks, p->open_ask_count);
    for (size_t i = 0; i < p->event_count; i++)
        fill_asks(l, p->events[i].asks, p->events[i].ask_count);
    fill_lists(l);
    for (size_t i = 0; p->schedule && i < p->schedule->copy_count; i++)
        fill(l, p->schedule->copy[i].theirs);
    for (size_t i = 0; i < p->field_count; i++)
        if (p->fields[i].is || p->fields[i].is_moment)
            l->reach.fields[i] = true;
    for (size_t i = 0; i < l->model->process_count; i++) {
        struct filling f = { l, &l->model->processes[i] == p };
        lint_effects(&l->model->processes[i], &f, fill_effect);
    }
}

/* --- moments --------------------------------------------------------------------------------- */

static const char *anchor_never(const struct lint *l, const struct anchor *anchor)
{
    const struct process *p = l->process;
    const struct field *field;
    const struct deadline *clock;
    size_t state;

    switch (anchor->kind) {
    case ANCHOR_FIELD:
    case ANCHOR_NUMBER:
        field = process_field(p, anchor->name);
        if (field && field->is_moment)
            return lint_never(l, field->is_moment);
        if (!field || l->reach.fields[field - p->fields])
            return NULL;
        return arena_printf(l->arena, "nothing fills '%s'", anchor->name);
    case ANCHOR_EVENT:
        if (lint_happens(l, anchor->name))
            return NULL;
        return arena_printf(l->arena, "'%s' cannot happen", anchor->name);
    case ANCHOR_STATE:
        state = lint_state(p, anchor->name);
        if (state == p->state_count || l->reach.states[state])
            return NULL;
        return arena_printf(l->arena, "no case comes to '%s'", anchor->name);
    case ANCHOR_DUE:
        clock = process_deadline(p, anchor->name);
        return clock && clock->due ? lint_never(l, clock->due) : NULL;
    default:
        return NULL;
    }
}

/* One that is known is enough for those; all are wanted of the others. */
static const char *parts_never(const struct lint *l, const struct moment *m)
{
    const char *why = NULL;

    for (size_t i = 0; i < m->part_count; i++) {
        const char *one = lint_never(l, m->parts[i]);
        if (!one && m->kind != MOMENT_ALL)
            return NULL;
        why = why ? why : one;
    }
    return why;
}

const char *lint_never(const struct lint *l, const struct moment *moment)
{
    const char *why = NULL;

    if (moment->kind == MOMENT_ANCHOR)
        return anchor_never(l, &moment->anchor);
    if (moment->part_count)
        return parts_never(l, moment);
    if (moment->base)
        why = lint_never(l, moment->base);
    if (!why && moment->after)
        why = lint_never(l, moment->after);
    return why;
}

/* --- events ---------------------------------------------------------------------------------- */

struct signalling {
    const char *event;
    bool found;
};

static void signals(void *self, const struct effect *effect)
{
    struct signalling *s = self;

    if (effect->kind == EFFECT_SIGNAL && text_same(effect->name, s->event))
        s->found = true;
}

static bool signalled(const struct lint *l, const char *event)
{
    struct signalling s = { event, false };

    for (size_t i = 0; i < l->model->process_count; i++)
        lint_effects(&l->model->processes[i], &s, signals);
    return s.found;
}

const char *lint_undone(const struct lint *l, const struct event_rule *event)
{
    if (!event->by.count)
        return "`by` names nobody";
    if (event->by_clock)
        return event->at ? lint_never(l, event->at) : NULL;
    if (event->by.count == 1 && names_have(&event->by, "link") && !signalled(l, event->name))
        return "no signal brings it";
    return NULL;
}

bool lint_happens(const struct lint *l, const char *event)
{
    for (size_t i = 0; i < l->process->event_count; i++)
        if (l->reach.events[i] && text_same(l->process->events[i].name, event))
            return true;
    return false;
}

/* Which events happen hangs on moments, and those on events: again until nothing more comes. */
static void reach_events(struct lint *l)
{
    const struct process *p = l->process;
    bool more = true;

    while (more) {
        more = false;
        for (size_t i = 0; i < p->state_count; i++)
            for (size_t j = 0; l->reach.states[i] && j < p->states[i].event_count; j++) {
                const struct event_rule *event = p->states[i].events[j];
                bool *happens = &l->reach.events[event - p->events];
                if (*happens || lint_undone(l, event))
                    continue;
                *happens = more = true;
            }
    }
}

void lint_reach(struct lint *l)
{
    const struct process *p = l->process;

    l->reach = (struct reach){
        .states = ARENA_ARRAY(l->arena, bool, p->state_count + 1),
        .events = ARENA_ARRAY(l->arena, bool, p->event_count + 1),
        .fields = ARENA_ARRAY(l->arena, bool, p->field_count + 1),
        .shut = ARENA_ARRAY(l->arena, bool, p->event_count + 1),
    };
    reach_states(l);
    fill_fields(l);
    reach_events(l);
}
