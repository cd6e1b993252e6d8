/* SPDX-License-Identifier: MIT */
/* Time limits of a chart: how long, of what, from where to where. */
#include "engine/draw/chart.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/draw/limit_words.h"
#include "engine/when/when.h"

#include <string.h>

static void add_point(struct arena *arena, struct chart_points *points, enum point_kind kind,
                      const char *name)
{
    for (size_t i = 0; i < points->count; i++)
        if (points->at[i].kind == kind && text_same(points->at[i].name, name))
            return;
    *LIST_ADD(arena, points) = (struct chart_point){ kind, name };
}

static bool asked(const struct ask *asks, size_t count, const char *field)
{
    for (size_t i = 0; i < count; i++)
        if (text_same(asks[i].field, field))
            return true;
    return false;
}

static bool sets(const struct effects *then, const char *field)
{
    for (size_t i = 0; i < then->count; i++)
        for (size_t j = 0; then->at[i].kind == EFFECT_SET && j < then->at[i].value_count; j++)
            if (text_same(then->at[i].values[j].theirs, field))
                return true;
    return false;
}

static bool writes(const struct effects *then, const char *message)
{
    for (size_t i = 0; i < then->count; i++)
        if (then->at[i].kind == EFFECT_LETTER && text_same(then->at[i].message, message))
            return true;
    return false;
}

/* Where a letter is written. */
static void find_letter(struct arena *arena, const struct process *process, const char *message,
                        struct chart_points *out)
{
    for (size_t i = 0; i < process->event_count; i++)
        if (writes(&process->events[i].then, message))
            add_point(arena, out, POINT_EVENT, process->events[i].name);
    for (size_t i = 0; i < process->state_count; i++)
        if (writes(&process->states[i].then, message))
            add_point(arena, out, POINT_STATE, process->states[i].name);
}

static void find_moment(struct arena *arena, const struct chart *chart,
                        const struct moment *moment, struct chart_points *out, int deep);

/* Where a field comes from: the opening, or every event that asks or sets it. */
static void find_field(struct arena *arena, const struct chart *chart, const char *name,
                       struct chart_points *out, int deep)
{
    const struct process *process = chart->process;
    const struct field *field = process_field(process, name);
    if (field && field->is_moment) {
        find_moment(arena, chart, field->is_moment, out, deep);
        return;
    }
    if (asked(process->open_asks, process->open_ask_count, name)) {
        add_point(arena, out, POINT_OPENED, NULL);
        return;
    }
    for (size_t i = 0; i < process->event_count; i++) {
        const struct event_rule *event = &process->events[i];
        if (asked(event->asks, event->ask_count, name) || sets(&event->then, name))
            add_point(arena, out, POINT_EVENT, event->name);
    }
    for (size_t i = 0; i < process->state_count; i++)
        if (sets(&process->states[i].then, name))
            add_point(arena, out, POINT_STATE, process->states[i].name);
}

/* An item's: the states in which the events can happen that need its list. */
static void find_item(struct arena *arena, const struct chart *chart, const char *list,
                      struct chart_points *out)
{
    const struct process *process = chart->process;
    for (size_t i = 0; list && i < process->state_count; i++)
        for (size_t j = 0; j < process->states[i].event_count; j++)
            if (names_have(&process->states[i].events[j]->needs, list))
                add_point(arena, out, POINT_STATE, process->states[i].name);
}

static void find_anchor(struct arena *arena, const struct chart *chart,
                        const struct anchor *anchor, struct chart_points *out, int deep)
{
    const struct deadline *other;
    switch (anchor->kind) {
    case ANCHOR_FIELD:
        find_field(arena, chart, anchor->name, out, deep);
        break;
    case ANCHOR_EVENT:
        add_point(arena, out, POINT_EVENT, anchor->name);
        break;
    case ANCHOR_STATE:
        add_point(arena, out, POINT_STATE, anchor->name);
        break;
    case ANCHOR_SENT:
        find_letter(arena, chart->process, anchor->name, out);
        break;
    case ANCHOR_ASKED:
    case ANCHOR_DONE:
        find_item(arena, chart, anchor->name, out);
        break;
    case ANCHOR_DUE:
        other = process_deadline(chart->process, anchor->name);
        if (other)
            find_moment(arena, chart, other->due, out, deep);
        break;
    case ANCHOR_OPENED:
    case ANCHOR_OCCASION:
        add_point(arena, out, POINT_OPENED, NULL);
        break;
    case ANCHOR_GIVEN:
    case ANCHOR_NUMBER:
        find_field(arena, chart, anchor->name, out, deep);
        break;
    }
}

/* Every event that needs the thing (a list, LIST.ITEM or a consent): by then it is there. */
static void met_when_needed(struct arena *arena, const struct chart *chart, const char *thing,
                            struct chart_points *out)
{
    for (size_t i = 0; i < chart->process->event_count; i++)
        if (names_have(&chart->process->events[i].needs, thing))
            add_point(arena, out, POINT_EVENT, chart->process->events[i].name);
}

static void find_met(struct arena *arena, const struct chart *chart,
                     const struct deadline *deadline, struct chart_points *out)
{
    for (size_t i = 0; i < deadline->met_count; i++) {
        const struct met_by *met = &deadline->met_by[i];
        if (met->kind == MET_EVENT)
            add_point(arena, out, POINT_EVENT, met->name);
        else if (met->kind == MET_STATE)
            add_point(arena, out, POINT_STATE, met->name);
        else
            met_when_needed(arena, chart, met->name, out);
    }
    if (deadline->list)
        met_when_needed(arena, chart, deadline->list, out);
}

static void find_moment(struct arena *arena, const struct chart *chart,
                        const struct moment *moment, struct chart_points *out, int deep)
{
    if (!moment || deep > LIMIT_DEEP)
        return;
    if (moment->kind == MOMENT_DATE)
        add_point(arena, out, POINT_OPENED, NULL);
    /* What is counted on from a limit's date begins where that limit ends. */
    if (moment->kind == MOMENT_AFTER && limit_due_of(chart, moment->base)) {
        find_met(arena, chart, limit_due_of(chart, moment->base), out);
        return;
    }
    if (moment->kind == MOMENT_ANCHOR)
        find_anchor(arena, chart, &moment->anchor, out, deep + 1);
    find_moment(arena, chart, moment->base, out, deep + 1);
    find_moment(arena, chart, moment->after, out, deep + 1);
    for (size_t i = 0; i < moment->part_count; i++)
        find_moment(arena, chart, moment->parts[i], out, deep + 1);
}

/* The clock of several items that is the same for all stands there once, under its list. */
static bool same_item(const struct deadline *a, const struct deadline *b)
{
    return a->list && text_same(a->list, b->list) && a->statutory == b->statutory &&
           text_same(a->due->text, b->due->text);
}

static void add_names(struct arena *arena, const struct process *process,
                      const struct names *names, struct chart_points *out)
{
    for (size_t i = 0; i < names->count; i++) {
        bool state = process_state(process, names->at[i]) != NULL;
        add_point(arena, out, state ? POINT_STATE : POINT_EVENT, names->at[i]);
    }
}

/* What an event or a state is called. */
static const char *title_of(const struct process *process, const struct names *names)
{
    const char *name = names->count ? names->at[0] : "";
    const struct state *state = process_state(process, name);
    const struct event_rule *event = process_event_any(process, name);
    return state ? text_or(state->title, name) : event ? text_or(event->title, name) : name;
}

static void add_pauses(struct arena *arena, const struct chart *chart,
                       const struct deadline *deadline, struct chart_limit *limit,
                       struct buf *what)
{
    for (size_t i = 0; i < deadline->pause_count; i++) {
        const struct pause *pause = &deadline->pauses[i];
        struct chart_pause *drawn = LIST_ADD(arena, &limit->pauses);
        add_names(arena, chart->process, &pause->from, &drawn->from);
        add_names(arena, chart->process, &pause->until, &drawn->till);
        buf_printf(what, "; stands still from “%s” to “%s”",
                   title_of(chart->process, &pause->from), title_of(chart->process, &pause->until));
        if (pause->limited)
            buf_printf(what, ", at most %s", length_text(arena, pause->at_most));
    }
}

/* What a limit is of, and all that is said of it beside its length. */
static const char *what_of(struct arena *arena, const struct chart *chart,
                           const struct deadline *deadline, struct chart_limit *limit)
{
    const struct checklist *list =
        deadline->list ? process_checklist(chart->process, deadline->list) : NULL;
    const struct moment *due = deadline->due;
    struct buf what = buf_in(arena);
    char date[DAY_TEXT_MAX];
    buf_add(&what, list ? text_or(list->title, list->name)
                        : text_or(deadline->title, deadline->name));
    if (limit_due_of(chart, due->base))
        buf_printf(&what, ", %s %s", due->kind == MOMENT_AFTER ? "after" : "before",
                   limit_anchor(arena, chart, &due->base->anchor));
    buf_add(&what, limit_other_parts(arena, chart, due));
    if (deadline->in_force && deadline->in_force->from != DAY_NONE)
        buf_printf(&what, ", from %s", day_short(deadline->in_force->from, date));
    if (deadline->in_force && deadline->in_force->until != DAY_NONE)
        buf_printf(&what, ", before %s", day_short(deadline->in_force->until, date));
    if (deadline->cut_off)
        buf_printf(&what, ", by %02d:%02d", deadline->cut_off / 60, deadline->cut_off % 60);
    if (deadline->extends)
        buf_printf(&what, "; may be put off by %s",
                   length_text(arena, deadline->extends->limit));
    add_pauses(arena, chart, deadline, limit, &what);
    if (deadline->floor)
        buf_printf(&what, "; in law %s", limit_length(arena, chart, deadline->floor));
    return buf_text(&what);
}

static void add_limit(struct arena *arena, struct chart *chart, const struct deadline *deadline)
{
    struct chart_limit *limit = LIST_ADD(arena, &chart->limits);
    limit->length = limit_length(arena, chart, deadline->due);
    limit->what = what_of(arena, chart, deadline, limit);
    limit->law = deadline->floor ? text_or(deadline->floor_law, deadline->law) : deadline->law;
    limit->statutory = deadline->statutory || (deadline->right_of && deadline->law);
    find_moment(arena, chart, deadline->due, &limit->from, 0);
    if (!limit->from.count)
        find_item(arena, chart, deadline->list, &limit->from);
    find_met(arena, chart, deadline, &limit->till);
    for (size_t i = 0; i < deadline->ends_with.count; i++)
        add_point(arena, &limit->else_till, POINT_STATE, deadline->ends_with.at[i]);
}

void chart_limits(struct arena *arena, struct chart *chart)
{
    const struct process *process = chart->process;
    for (size_t i = 0; i < process->deadline_count; i++) {
        const struct deadline *deadline = &process->deadlines[i];
        bool again = !deadline->due;
        for (size_t j = 0; !again && j < i; j++)
            again = process->deadlines[j].due && same_item(&process->deadlines[j], deadline);
        if (!again)
            add_limit(arena, chart, deadline);
    }
}
