/* SPDX-License-Identifier: MIT */
#include "engine/core/act.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/access.h"
#include "engine/core/clock_date.h"
#include "engine/core/consents.h"
#include "engine/core/effects.h"
#include "engine/core/given.h"
#include "engine/core/obstacles.h"
#include "engine/core/reminders.h"

enum err_code act_unknown(struct draft *d, const char *what, const char *name,
                          const char *const *names, size_t count)
{
    err_set(d->err, ERR_UNKNOWN, "there is no %s '%s' in '%s'", what, name ? name : "",
            text_or(d->process->title, d->process->name));
    err_nearest(d->err, name, names, count);
    return ERR_UNKNOWN;
}

enum err_code act_check_open(struct draft *d)
{
    if (d->file.open)
        return ERR_NONE;
    const struct state *state = process_state(d->process, d->file.state);
    return err_set(d->err, ERR_REFUSED, "the case is closed: %s",
                   text_or(state ? state->title : NULL, d->file.state));
}

/* --- opening --------------------------------------------------------------------------------- */

enum err_code act_open(struct draft *d)
{
    const struct event *event = d->in->event;
    const struct process *process = d->process;
    bool by_case = event->cause_case && text_same(event->role, "link");
    bool by_itself = process->schedule && event_by_clock(event);
    if (!by_case && !by_itself) {
        enum err_code rc =
            access_check_names(d, &process->open_by, text_or(process->title, process->name));
        if (rc)
            return rc;
    }
    d->file.process = process->name;
    d->file.ref = event->ref;
    d->file.school = event->school;
    d->file.opened = d->on;
    enum err_code rc = given_read(d, process->open_asks, process->open_ask_count, NULL, true);
    if (!rc)
        rc = obstacles_open(d);
    if (!rc)
        rc = given_store(d);
    if (rc)
        return rc;
    if (event->cause_case) {
        const struct link link = { "parent", event->cause_case, event->cause_process };
        draft_set_link(d, &link);
    }
    const struct state *first = NULL;
    for (size_t i = 0; i < process->state_count && !first; i++)
        first = process->states[i].first ? &process->states[i] : NULL;
    MUST(first); /* The loader wants exactly one. */
    return effects_enter(d, first);
}

/* --- consents, names -------------------------------------------------------------------------- */

enum err_code act_consent(struct draft *d)
{
    const struct process *process = d->process;
    if (!d->in->event->name || !process_consent(process, d->in->event->name)) {
        const char **names = ARENA_ARRAY(d->arena, const char *, process->consent_count);
        for (size_t i = 0; i < process->consent_count; i++)
            names[i] = process->consents[i].name;
        return act_unknown(d, "consent", d->in->event->name, names, process->consent_count);
    }
    const struct state *to;
    enum err_code rc = act_check_open(d);
    if (!rc)
        rc = consents_answer(d, &to);
    return rc || !to ? rc : effects_enter(d, to);
}

enum err_code act_name(struct draft *d)
{
    const struct event *event = d->in->event;
    const struct model *model = d->in->model;
    const struct role *role = event->name ? model_role(model, event->name) : NULL;
    if (!role) {
        const char **names = ARENA_ARRAY(d->arena, const char *, model->role_count);
        for (size_t i = 0; i < model->role_count; i++)
            names[i] = model->roles[i].name;
        return act_unknown(d, "role", event->name, names, model->role_count);
    }
    enum err_code rc = act_check_open(d);
    /* The operator at the command line has no role of the pack. */
    if (!rc && event->role && model_role(model, event->role))
        rc = access_check_part(d, access_title(model, event->name));
    if (rc)
        return rc;
    if (!event->person && !event->by) {
        draft_drop(d, "parties", role->name);
        return ERR_NONE;
    }
    const struct party party = { role->name, event->person, event->by };
    draft_set_party(d, &party);
    return ERR_NONE;
}

/* --- the clock ------------------------------------------------------------------------------- */

static void tell_one(struct draft *d, const struct deadline *rule, const struct clock *clock)
{
    int64_t told = clock->told, next;
    const char *role = reminder_role(d->in, &d->file, rule, 0);
    bool some = false;
    for (size_t i = 0; role || !i; role = reminder_role(d->in, &d->file, rule, ++i)) {
        next = reminder_next(d->in, &d->file, role, rule, clock, told);
        if (next == MINUTE_NONE || next > d->now)
            continue;
        if (role)
            draft_notice(d, NOTICE_REMIND, role, clock->name);
        some = true;
    }
    for (size_t i = 0; i < rule->escalate_count; i++) {
        next = escalation_next(d->in, &d->file, rule, clock, i, told);
        if (next == MINUTE_NONE || next > d->now)
            continue;
        draft_notice(d, NOTICE_ESCALATE, rule->escalate[i].role, clock->name);
        some = true;
    }
    if (!some)
        return;
    struct clock settled = *clock;
    settled.told = d->now;
    draft_set_clock(d, &settled);
}

void act_tell(struct draft *d)
{
    for (size_t i = 0; i < d->file.in.clocks.count; i++) {
        const struct clock *clock = &d->file.in.clocks.at[i];
        const struct deadline *rule =
            clock_open(clock) ? clock_rule(d->arena, d->process, &d->file, clock->name) : NULL;
        if (rule)
            tell_one(d, rule, clock);
    }
}
