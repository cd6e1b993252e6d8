/* SPDX-License-Identifier: MIT */
#include "engine/core/act.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/access.h"
#include "engine/core/effects.h"
#include "engine/core/given.h"
#include "engine/core/obstacles.h"
#include "engine/core/stops.h"
#include <inttypes.h>

static enum err_code no_such_event(struct draft *d, const char *name)
{
    struct { const char **at; size_t count, room; } names = { NULL, 0, 0 };
    for (size_t i = 0; i < d->process->event_count; i++)
        *LIST_ADD(d->arena, &names) = d->process->events[i].name;
    for (size_t i = 0; i < d->process->state_count; i++) {
        const struct state *state = &d->process->states[i];
        for (size_t j = 0; j < state->event_count; j++)
            *LIST_ADD(d->arena, &names) = state->events[j]->name;
    }
    return act_unknown(d, "event", name, names.at, names.count);
}

/* It exists, but not here: names those that do. */
static enum err_code not_here(struct draft *d, const char *name)
{
    const struct event_rule *rule = process_event_any(d->process, name);
    const struct state *state = process_state(d->process, d->file.state);
    const char *where = text_or(state ? state->title : NULL, d->file.state);
    struct buf now = buf_in(d->arena);
    for (size_t i = 0; state && i < state->event_count; i++) {
        if (!state->events[i]->by_clock)
            buf_printf(&now, "%s%s", now.len ? ", " : "", state->events[i]->name);
    }
    err_set(d->err, ERR_REFUSED, "'%s' is not possible now: the case is at '%s'%s",
            text_or(rule->title, rule->name), where, d->file.open ? "" : " and closed");
    if (now.len)
        err_hint(d->err, "possible now: %s", buf_text(&now));
    return ERR_REFUSED;
}

/* Exactly one may be true. */
static enum err_code choose(struct draft *d, const struct event_rule *rule,
                            const struct state **out)
{
    const struct target *chosen = NULL, *otherwise = NULL;
    *out = NULL;
    for (size_t i = 0; i < rule->target_count; i++) {
        const struct target *target = &rule->to[i];
        struct answer answer = { .truth = TRUTH_YES };
        if (target->otherwise) {
            otherwise = target;
            continue;
        }
        enum err_code rc = target->when ? draft_ask(d, target->when, &answer) : ERR_NONE;
        if (rc)
            return rc;
        if (answer.truth == TRUTH_UNKNOWN) {
            draft_lacks(d, "'%s' is not known, and where it leads hangs on it",
                        answer.why ? draft_field_label(d, answer.why) : target->state);
        } else if (answer.truth == TRUTH_YES && chosen) {
            draft_lacks(d, "it would lead both to '%s' and to '%s'", chosen->state, target->state);
        } else if (answer.truth == TRUTH_YES) {
            chosen = target;
        }
    }
    if (!chosen)
        chosen = otherwise;
    if (!chosen && rule->target_count)
        draft_lacks(d, "none of the states it may lead to fits");
    if (chosen)
        *out = process_state(d->process, chosen->state);
    return draft_verdict(d, text_or(rule->title, rule->name));
}

/* A day that a field asks for is the day of something outside: a request that came on Friday is
 * put into a case on Tuesday. Any other event belongs to the case. */
static enum err_code check_on(struct draft *d, const struct event_rule *rule)
{
    if (event_by_clock(d->in->event) || d->on >= d->file.opened || rule->dated)
        return ERR_NONE;
    return err_set(d->err, ERR_INPUT, "'%s' cannot have happened on %s: the case was opened on %s",
                   text_or(rule->title, rule->name), draft_day(d, d->on),
                   draft_day(d, d->file.opened));
}

/* Each time that a clock is stopped is kept with the case, and a case is not without end. */
static enum err_code check_marks(struct draft *d, const struct event_rule *rule)
{
    bool marks = stops_marks(d->process, rule->name);
    for (size_t i = 0; i < rule->target_count && !marks; i++)
        marks = stops_marks(d->process, rule->to[i].state);
    if (!marks || d->file.in.marks.count + 2 <= MARKS_MAX)
        return ERR_NONE;
    return err_set(d->err, ERR_LIMIT, "'%s' stops or starts a clock, which happened %zu times in "
                   "this case: no more is kept", text_or(rule->title, rule->name),
                   d->file.in.marks.count);
}

/* What this case sent to another was refused there: whoever reads this one must know. */
static void remark_refused_signal(struct draft *d)
{
    const struct event *event = d->in->event;
    const char *to = event->ref ? event->ref
                                : arena_printf(d->arena, "case %" PRId64, event->cause_case);
    draft_remark(d, arena_printf(d->arena, "'%s' was sent to %s on %s and refused: %s",
                                 event->name, to, draft_day(d, d->on),
                                 event->why ? event->why : "no reason given"));
}

enum err_code act_do(struct draft *d)
{
    const char *name = d->in->event->name;
    if (d->in->event->kind == EVENT_SIGNAL && text_same(d->in->event->act, "refused")) {
        remark_refused_signal(d);
        return ERR_NONE;
    }
    const struct event_rule *rule = name ? process_event(d->process, d->file.state, name) : NULL;
    if (!rule)
        return name && process_event_any(d->process, name) ? not_here(d, name)
                                                           : no_such_event(d, name);
    enum err_code rc = access_check_event(d, rule);
    if (!rc)
        rc = check_marks(d, rule);
    if (!rc)
        rc = given_read(d, rule->asks, rule->ask_count, rule->dated, false);
    if (!rc)
        rc = obstacles_dated(d, rule);
    if (!rc)
        rc = check_on(d, rule);
    if (!rc)
        rc = obstacles_event(d, rule);
    if (!rc)
        rc = given_store(d);
    if (rc)
        return rc;

    const struct state *to;
    draft_event(d, rule->name);
    rc = choose(d, rule, &to);
    if (!rc)
        rc = effects_apply(d, &rule->then);
    if (!rc && to)
        rc = effects_enter(d, to);
    return rc;
}
