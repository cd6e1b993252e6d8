/* SPDX-License-Identifier: MIT */
/* A clock of the law on an event that can happen again must say which time is meant. */
#include "rules/lint.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "rules/moment.h"

enum { STATES_MAX = 200 }; /* More than anybody draws; all ways between them are worked out. */

struct repeats {
    const struct process *process;
    bool *reaches;           /* [from * state_count + to]: some way leads there. */
    const struct deadline *clock;
    const struct lint *l;
};

static void find_ways(struct repeats *r)
{
    size_t n = r->process->state_count;

    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < r->process->states[i].event_count; j++) {
            const struct event_rule *event = r->process->states[i].events[j];
            for (size_t k = 0; k < event->target_count; k++) {
                size_t to = lint_state(r->process, event->to[k].state);
                if (to < n)
                    r->reaches[i * n + to] = true;
            }
        }
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; r->reaches[i * n + k] && j < n; j++)
                r->reaches[i * n + j] = r->reaches[i * n + j] || r->reaches[k * n + j];
}

/* Whether, where an event leaves the case, it is possible or becomes so. */
static bool comes_again(const struct repeats *r, const struct event_rule *event)
{
    size_t n = r->process->state_count;

    if (!event->target_count)
        return true;
    for (size_t i = 0; i < event->target_count; i++) {
        size_t to = lint_state(r->process, event->to[i].state);
        for (size_t other = 0; to < n && other < n; other++)
            if ((other == to || r->reaches[to * n + other]) &&
                process_event(r->process, r->process->states[other].name, event->name))
                return true;
    }
    return false;
}

static bool repeatable(const struct repeats *r, const char *name)
{
    for (size_t i = 0; i < r->process->state_count; i++) {
        const struct event_rule *event =
            process_event(r->process, r->process->states[i].name, name);
        if (event && comes_again(r, event))
            return true;
    }
    return false;
}

static void on_moment(struct repeats *r, const struct moment *moment)
{
    if (moment->kind == MOMENT_ANCHOR && moment->anchor.kind == ANCHOR_EVENT &&
        !moment->anchor.first && !text_starts(moment->text, "latest ") &&
        repeatable(r, moment->anchor.name))
        lint_warn(r->l, "R022", moment->span, r->clock->name,
                  "'%s' can happen again, and '%s' is the law's", moment->anchor.name,
                  r->clock->name);
    if (moment->base)
        on_moment(r, moment->base);
    if (moment->after)
        on_moment(r, moment->after);
    for (size_t i = 0; i < moment->part_count; i++)
        on_moment(r, moment->parts[i]);
}

void lint_repeats(const struct lint *l)
{
    const struct process *process = l->process;
    size_t n = process->state_count;
    struct repeats r = { .process = process, .l = l };

    if (n > STATES_MAX)
        return;
    r.reaches = ARENA_ARRAY(l->arena, bool, n * n);
    find_ways(&r);
    for (size_t i = 0; i < process->deadline_count; i++) {
        r.clock = &process->deadlines[i];
        if (r.clock->statutory && r.clock->due)
            on_moment(&r, r.clock->due);
    }
}
