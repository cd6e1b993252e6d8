/* SPDX-License-Identifier: MIT */
#include "engine/draw/chart.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/draw/condition.h"

#include <ctype.h>
#include <string.h>

size_t chart_state(const struct chart *chart, const char *name)
{
    size_t i = 0;
    while (i < chart->state_count && !text_same(chart->states[i].state->name, name))
        i++;
    return i;
}

static const char *role_title(const struct model *model, const char *name)
{
    const struct role *role = model_role(model, name);
    if (text_same(name, "clock"))
        return "the clock";
    if (text_same(name, "link"))
        return "another case";
    return role ? text_or(role->title, name) : name;
}

const char *chart_who(struct arena *arena, const struct model *model, const struct names *roles)
{
    struct buf out = buf_in(arena);
    for (size_t i = 0; i < roles->count; i++)
        buf_printf(&out, "%s%s", i ? ", " : "", role_title(model, roles->at[i]));
    return buf_text(&out);
}

/* "the head teacher", "the SENCO": a title is lowered when it is a common noun through and
 * through. */
static const char *with_whom(struct arena *arena, const struct model *model, const char *role)
{
    char *title = arena_text(arena, role_title(model, role));
    bool common = *title != '\0';
    for (const char *at = title; *at && at[1]; at++)
        common = common && !isupper((unsigned char)at[1]);
    if (common)
        *title = (char)tolower((unsigned char)*title);
    return arena_printf(arena, "with the %s", title);
}

static const char *event_who(struct arena *arena, const struct chart *chart,
                             const struct event_rule *event)
{
    const char *who = chart_who(arena, chart->model, &event->by);
    return event->by_clock && !*who ? "the clock" : who;
}

static void add_line(struct arena *arena, struct chart_state *state, const char *mark,
                     const char *text, const char *event)
{
    struct chart_line *line = LIST_ADD(arena, &state->lines);
    line->text = arena_printf(arena, "%s %s", mark, text);
    line->event = event;
}

/* What happens without leaving the state; who does it, unless it is whom the case is with. */
static void add_stay(struct arena *arena, const struct chart *chart, struct chart_state *state,
                     const struct event_rule *event)
{
    const char *title = text_or(event->title, event->name);
    const char *whom = state->state->waiting_for;
    if (!(whom && names_have(&event->by, whom)))
        title = arena_printf(arena, "%s (%s)", title, event_who(arena, chart, event));
    add_line(arena, state, "·", title, event->name);
}

static struct chart_branch *branch_to(struct chart_exit *exit, size_t to)
{
    for (size_t i = 0; i < exit->branches.count; i++)
        if (exit->branches.at[i].to == to)
            return &exit->branches.at[i];
    return NULL;
}

/* The exit that goes straight to the one state, if there is one. */
static struct chart_exit *exit_to(struct chart_state *state, size_t to)
{
    for (size_t i = 0; i < state->exits.count; i++) {
        struct chart_exit *exit = &state->exits.at[i];
        const struct chart_branch *only = exit->branches.count == 1 ? exit->branches.at : NULL;
        if (only && only->to == to && !only->when)
            return exit;
    }
    return NULL;
}

static void add_exit(struct arena *arena, struct chart *chart, size_t from,
                     const struct event_rule *event)
{
    struct chart_state *state = &chart->states[from];
    struct chart_exit exit = { { NULL, 0, 0 }, { NULL, 0, 0 }, false };
    bool stays = false;
    for (size_t i = 0; i < event->target_count; i++) {
        size_t to = chart_state(chart, event->to[i].state);
        const char *when = condition_branch(arena, chart->process, event, i);
        struct chart_branch *same = branch_to(&exit, to);
        if (to == from || to == chart->state_count)
            stays = true;
        else if (same)
            same->when = same->when && when ? arena_printf(arena, "%s, or %s", same->when, when)
                                            : NULL;
        else
            *LIST_ADD(arena, &exit.branches) = (struct chart_branch){ to, when };
    }
    if (stays || !exit.branches.count)
        add_stay(arena, chart, state, event);
    if (!exit.branches.count)
        return;
    bool plain = exit.branches.count == 1 && !exit.branches.at[0].when;
    struct chart_exit *into = plain ? exit_to(state, exit.branches.at[0].to) : NULL;
    if (!into) {
        into = LIST_ADD(arena, &state->exits);
        *into = exit;
    }
    *LIST_ADD(arena, &into->labels) = (struct chart_label){
        event->name, text_or(event->title, event->name), event_who(arena, chart, event),
    };
}

/* "opens Annual review of an EHC plan": what the entering of a state, or an event, begins. */
static void add_opened(struct arena *arena, const struct chart *chart, struct chart_state *state,
                       const struct effects *then)
{
    for (size_t i = 0; i < then->count; i++) {
        const struct effect *effect = &then->at[i];
        if (effect->kind != EFFECT_OPEN)
            continue;
        const struct process *process = model_process(chart->model, effect->name);
        const char *title = process ? text_or(process->title, process->name) : effect->name;
        if (process == chart->process)
            title = "the next case";
        add_line(arena, state, "·", arena_printf(arena, "opens %s", title), NULL);
    }
}

static void add_arrival(struct arena *arena, struct chart_state *state, const char *title,
                        const char *who, const char *event)
{
    struct chart_arrival *arrival = LIST_ADD(arena, &state->arrivals);
    arrival->title = title;
    arrival->who = who;
    arrival->event = event;
}

static void add_everywhere(struct arena *arena, struct chart *chart,
                           const struct event_rule *event)
{
    const char *title = text_or(event->title, event->name);
    const char *who = event_who(arena, chart, event);
    struct buf out = buf_in(arena);
    buf_printf(&out, "%s (%s)", title, who);
    for (size_t i = 0; i < event->target_count; i++) {
        size_t to = chart_state(chart, event->to[i].state);
        const char *when = condition_branch(arena, chart->process, event, i);
        if (to == chart->state_count)
            continue;
        buf_printf(&out, "%s → %s%s%s", i ? ";" : "", chart->states[to].title, when ? " if " : "",
                   text_or(when, ""));
        if (!chart->states[to].state->final)
            add_arrival(arena, &chart->states[to], title, who, event->name);
    }
    *LIST_ADD(arena, &chart->everywhere) = buf_text(&out);
}

static void add_withdrawal(struct arena *arena, struct chart *chart,
                           const struct consent_rule *consent)
{
    size_t to = chart_state(chart, consent->withdrawn_to);
    if (to == chart->state_count)
        return;
    const char *title = text_or(consent->title, consent->name);
    const char *who = role_title(chart->model, consent->from);
    const char *taken = arena_printf(arena, "Taken back: “%s”", title);
    *LIST_ADD(arena, &chart->everywhere) =
        arena_printf(arena, "%s (%s) → %s", taken, who, chart->states[to].title);
    if (!chart->states[to].state->final)
        add_arrival(arena, &chart->states[to], taken, who, NULL);
}

static const char *opened_by(struct arena *arena, const struct chart *chart)
{
    const struct process *process = chart->process;
    struct buf out = buf_in(arena);
    buf_add(&out, chart_who(arena, chart->model, &process->open_by));
    if (process->schedule && process->schedule->opens)
        buf_printf(&out, "%sthe calendar: %s", out.len ? ", or " : "",
                   process->schedule->opens->text);
    return out.len ? buf_text(&out) : "another case";
}

static void fill_states(struct arena *arena, struct chart *chart)
{
    const struct process *process = chart->process;
    for (size_t i = 0; i < process->state_count; i++) {
        struct chart_state *state = &chart->states[i];
        const char *whom = state->state->waiting_for;
        state->with = whom ? with_whom(arena, chart->model, whom) : NULL;
        if (state->state->first) {
            add_arrival(arena, state, "Opened", opened_by(arena, chart), NULL);
            state->arrivals.at[0].opens = true;
        }
        for (size_t j = 0; j < state->state->event_count; j++) {
            const struct event_rule *event = state->state->events[j];
            if (event->everywhere)
                continue;
            if (event->target_count)
                add_exit(arena, chart, i, event);
            else
                add_stay(arena, chart, state, event);
        }
        add_opened(arena, chart, state, &state->state->then);
    }
}

struct chart *chart_make(struct arena *arena, const struct model *model,
                         const struct process *process)
{
    struct chart *chart = ARENA_NEW(arena, struct chart);
    chart->model = model;
    chart->process = process;
    chart->title = text_or(process->title, process->name);
    chart->below = text_or(model->title, model->pack);
    if (process->law)
        chart->below = arena_printf(arena, "%s · %s", chart->below, process->law);
    chart->state_count = process->state_count;
    chart->states = ARENA_ARRAY(arena, struct chart_state, process->state_count);
    for (size_t i = 0; i < process->state_count; i++) {
        chart->states[i].state = &process->states[i];
        chart->states[i].title = text_or(process->states[i].title, process->states[i].name);
    }
    fill_states(arena, chart);
    for (size_t i = 0; i < process->event_count; i++)
        if (process->events[i].everywhere)
            add_everywhere(arena, chart, &process->events[i]);
    for (size_t i = 0; i < process->consent_count; i++)
        if (process->consents[i].withdrawn_to)
            add_withdrawal(arena, chart, &process->consents[i]);
    chart_limits(arena, chart);
    return chart;
}

/* The arrival of the event at the state; made when it is the first. */
static struct chart_arrival *arrival_of(struct arena *arena, struct chart_state *state,
                                        const struct chart_label *label, const char *when)
{
    const char *title = when ? arena_printf(arena, "%s: %s", label->title, when) : label->title;
    for (size_t i = 0; i < state->arrivals.count; i++) {
        struct chart_arrival *one = &state->arrivals.at[i];
        if (one->states.count && text_same(one->event, label->event) &&
            text_same(one->title, title))
            return one;
    }
    add_arrival(arena, state, title, label->who, label->event);
    return &state->arrivals.at[state->arrivals.count - 1];
}

void chart_name(struct arena *arena, struct chart *chart, size_t state, size_t exit)
{
    struct chart_state *from = &chart->states[state];
    struct chart_exit *gone = &from->exits.at[exit];
    gone->named = true;
    for (size_t i = 0; i < gone->labels.count; i++) {
        const struct chart_label *label = &gone->labels.at[i];
        add_line(arena, from, "→", label->title, label->event);
        for (size_t j = 0; j < gone->branches.count; j++) {
            struct chart_branch *branch = &gone->branches.at[j];
            struct chart_arrival *arrival =
                arrival_of(arena, &chart->states[branch->to], label, branch->when);
            *LIST_ADD(arena, &arrival->states) = state;
            arrival->from = arena_printf(arena, "%s%s%s", text_or(arrival->from, "from: "),
                                         arrival->from ? "; " : "", from->title);
        }
    }
}

bool chart_shown(const struct chart *chart, size_t state)
{
    const struct chart_state *it = &chart->states[state];
    bool reached = !it->state->final || it->state->first || it->arrivals.count;
    for (size_t i = 0; !reached && i < chart->state_count; i++)
        for (size_t j = 0; j < chart->states[i].exits.count; j++) {
            struct chart_exit *exit = &chart->states[i].exits.at[j];
            reached = reached || (!exit->named && branch_to(exit, state));
        }
    return reached;
}
