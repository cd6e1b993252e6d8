/* SPDX-License-Identifier: MIT */
/* Ways round the law: a state that the law lets nobody into without a consent or a list, and to
 * which this pack opens another way; an event that meets a clock of the law elsewhere. */
#include "rules/lint.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "rules/floor.h"
#include <string.h>

/* --- states that want something first -------------------------------------------------------- */

/* One way into a state, for saying which. */
struct way {
    bool there;
    const struct event_rule *by;
    const struct state *from;
};

/* All states that can be come to without an event that wants `need`. */
static void ways_without(struct arena *arena, const struct process *p, const char *need,
                         struct way **out)
{
    struct way *ways = *out = ARENA_ARRAY(arena, struct way, p->state_count + 1);
    bool more = true;

    for (size_t i = 0; i < p->state_count; i++)
        ways[i].there = p->states[i].first;
    while (more) {
        more = false;
        for (size_t i = 0; i < p->state_count; i++)
            for (size_t j = 0; ways[i].there && j < p->states[i].event_count; j++) {
                const struct event_rule *event = p->states[i].events[j];
                for (size_t k = 0; !names_have(&event->needs, need) && k < event->target_count;
                     k++) {
                    size_t to = lint_state(p, event->to[k].state);
                    if (to == p->state_count || ways[to].there)
                        continue;
                    ways[to] = (struct way){ true, event, &p->states[i] };
                    more = true;
                }
            }
    }
}

/* Whether the pack below has that event there, going to the same state. */
static bool base_goes(const struct lint *l, const struct way *way, const char *to)
{
    const struct event_rule *event = process_event(l->base, way->from->name, way->by->name);

    for (size_t i = 0; event && i < event->target_count; i++)
        if (text_same(event->to[i].state, to))
            return true;
    return false;
}

/* The first step of the way to a state that the pack below does not have. */
static const struct way *new_step(const struct lint *l, const struct way *ways, size_t to)
{
    const struct way *found = NULL;
    size_t steps = 0;

    for (const struct way *way = &ways[to]; way->by && steps <= l->process->state_count; steps++) {
        if (!base_goes(l, way, l->process->states[to].name))
            found = way;
        to = (size_t)(way->from - l->process->states);
        way = &ways[to];
    }
    return found;
}

static void check_need(const struct lint *l, const char *need, const struct event_rule *law)
{
    const struct process *p = l->process;
    struct way *mine, *base;

    ways_without(l->arena, p, need, &mine);
    ways_without(l->arena, l->base, need, &base);
    for (size_t i = 0; i < law->target_count; i++) {
        size_t here = lint_state(p, law->to[i].state);
        size_t there = lint_state(l->base, law->to[i].state);
        if (here == p->state_count || !mine[here].there || base[there].there)
            continue;
        const struct way *step = new_step(l, mine, here);
        if (!step)
            continue;
        struct diag *d =
            diag_error(l->diags, "F002", step->by->span,
                       "'%s' is a way to '%s' without '%s', which the law wants first",
                       step->by->name, law->to[i].state, need);
        diag_note(l->diags, d, law->span, "the law stands");
        diag_hint(l->diags, d, "give '%s' `needs: %s` too, or lead it elsewhere", step->by->name,
                  need);
    }
}

/* --- clocks met elsewhere -------------------------------------------------------------------- */

static void check_met(const struct lint *l, const struct deadline *clock, const char *event)
{
    for (size_t i = 0; i < l->process->state_count; i++) {
        const struct state *state = &l->process->states[i];
        const struct event_rule *mine = process_event(l->process, state->name, event);
        if (!mine || mine->everywhere || process_event(l->base, state->name, event))
            continue;
        struct diag *d = lint_warn(l, "F003", mine->span, event,
                                   "'%s' can now happen in '%s' too, and meets '%s' there, which "
                                   "is the law's",
                                   event, state->name, clock->name);
        diag_note(l->diags, d, clock->span, "the law stands");
        return;
    }
}

void lint_around(const struct lint *l)
{
    for (size_t i = 0; l->base && i < l->base->event_count; i++) {
        const struct event_rule *law = &l->base->events[i];
        for (size_t j = 0; j < law->needs.count; j++)
            if (floor_need_is_law(l->base, law->needs.at[j]))
                check_need(l, law->needs.at[j], law);
    }
    for (size_t i = 0; l->base && i < l->base->deadline_count; i++) {
        const struct deadline *clock = &l->base->deadlines[i];
        for (size_t j = 0; clock->statutory && j < clock->met_count; j++)
            if (clock->met_by[j].kind == MET_EVENT)
                check_met(l, clock, clock->met_by[j].name);
    }
}
