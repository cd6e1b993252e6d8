/* SPDX-License-Identifier: MIT */
/* States nothing leads to, and those a case does not come out of. */
#include "rules/lint.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"

/* Whether the event takes a case out of the state. */
static bool leads_out(const struct event_rule *event, const struct state *state)
{
    for (size_t i = 0; i < event->target_count; i++)
        if (!text_same(event->to[i].state, state->name))
            return true;
    return false;
}

static bool withdrawn_out(const struct process *process, const struct state *state)
{
    for (size_t i = 0; i < process->consent_count; i++) {
        const char *to = process->consents[i].withdrawn_to;
        if (to && !text_same(to, state->name))
            return true;
    }
    return false;
}

/* Why the only ways out are closed; NULL: one is open, or there is none at all (*out false). */
static const char *closed_ways(const struct lint *l, const struct state *state, bool *out)
{
    const char *why = NULL;

    *out = withdrawn_out(l->process, state);
    if (*out)
        return NULL;
    for (size_t i = 0; i < state->event_count; i++) {
        const struct event_rule *event = state->events[i];
        const char *undone = lint_undone(l, event);
        if (!leads_out(event, state))
            continue;
        *out = true;
        if (!undone && l->reach.shut[event - l->process->events])
            undone = "its conditions never let it through";
        if (!undone)
            return NULL;
        why = arena_printf(l->arena, "'%s' cannot happen, since %s", event->name, undone);
    }
    return why;
}

/* Marks the states from which a final one can be come to. */
static void find_ends(const struct lint *l, bool *ends)
{
    const struct process *p = l->process;
    bool more = true;

    for (size_t i = 0; i < p->state_count; i++)
        ends[i] = p->states[i].final;
    while (more) {
        more = false;
        for (size_t i = 0; i < p->state_count; i++) {
            bool end = ends[i];
            for (size_t j = 0; !end && j < p->consent_count; j++) {
                size_t to = lint_state(p, p->consents[j].withdrawn_to);
                end = to < p->state_count && ends[to];
            }
            for (size_t j = 0; !end && j < p->states[i].event_count; j++)
                for (size_t k = 0; !end && k < p->states[i].events[j]->target_count; k++) {
                    size_t to = lint_state(p, p->states[i].events[j]->to[k].state);
                    end = to < p->state_count && ends[to];
                }
            more = more || (end && !ends[i]);
            ends[i] = end;
        }
    }
}

/* States that go round among themselves; the first of them is named. Dead ends are said apart. */
static void check_ends(const struct lint *l, bool dead)
{
    const struct process *p = l->process;
    bool *ends = ARENA_ARRAY(l->arena, bool, p->state_count + 1), any = false;
    const struct state *first = NULL;

    find_ends(l, ends);
    for (size_t i = p->state_count; i-- > 0;) {
        any = any || p->states[i].final;
        if (l->reach.states[i] && !ends[i])
            first = &p->states[i];
    }
    if (!first || dead)
        return;
    if (!any)
        lint_warn(l, "D002", p->span, "end", "no state of '%s' is final: its cases stay open",
                  p->name);
    else
        lint_warn(l, "D002", first->span, first->name,
                  "a case that comes to '%s' can never be closed: no way from there comes "
                  "to an end",
                  first->name);
}

void lint_states(const struct lint *l)
{
    const struct process *p = l->process;
    bool dead = false;

    for (size_t i = 0; i < p->state_count; i++) {
        const struct state *state = &p->states[i];
        bool out;
        if (!l->reach.states[i]) {
            lint_warn(l, "R016", state->span, state->name, "nothing leads to '%s'", state->name);
            continue;
        }
        if (state->final)
            continue;
        const char *why = closed_ways(l, state, &out);
        dead = dead || !out || why;
        if (!out)
            lint_warn(l, "D001", state->span, state->name,
                      "no event leads out of '%s', and it is not final", state->name);
        else if (why)
            lint_warn(l, "D003", state->span, state->name, "no case can leave '%s': %s",
                      state->name, why);
    }
    check_ends(l, dead);
}

void lint_events(const struct lint *l)
{
    const struct process *p = l->process;

    for (size_t i = 0; i < p->event_count; i++) {
        const struct event_rule *event = &p->events[i];
        const char *why = lint_undone(l, event);
        if (!why)
            continue;
        struct diag *d = lint_warn(l, "D004", event->span, event->name,
                                   "nobody and nothing does '%s': %s", event->name, why);
        if (event->by_clock)
            diag_hint(l->diags, d, "ask for what `at` counts from, or count from something else");
    }
}
