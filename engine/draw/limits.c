/* SPDX-License-Identifier: MIT */
/* Time limits of a chart: how long, of what, from where to where. */
#include "engine/draw/chart.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/when/when.h"

#include <string.h>

enum { DEEP = 8 }; /* Of fields and deadlines that hang on each other. */

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

static void find_moment(struct arena *arena, const struct chart *chart,
                        const struct moment *moment, struct chart_points *out, int deep)
{
    if (!moment || deep > DEEP)
        return;
    if (moment->kind == MOMENT_DATE)
        add_point(arena, out, POINT_OPENED, NULL);
    if (moment->kind == MOMENT_ANCHOR)
        find_anchor(arena, chart, &moment->anchor, out, deep + 1);
    find_moment(arena, chart, moment->base, out, deep + 1);
    find_moment(arena, chart, moment->after, out, deep + 1);
    for (size_t i = 0; i < moment->part_count; i++)
        find_moment(arena, chart, moment->parts[i], out, deep + 1);
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
    for (size_t i = 0; !out->count && i < deadline->ends_with.count; i++)
        add_point(arena, out, POINT_STATE, deadline->ends_with.at[i]);
}

/* What an anchor is called in the picture. */
static const char *anchor_title(const struct chart *chart, const struct anchor *anchor)
{
    const struct event_rule *event = process_event_any(chart->process, anchor->name);
    const struct field *field = process_field(chart->process, anchor->name);
    const struct state *state = process_state(chart->process, anchor->name);
    if (anchor->kind == ANCHOR_EVENT && event)
        return event->title;
    if (anchor->kind == ANCHOR_FIELD && field)
        return field->label;
    return anchor->kind == ANCHOR_STATE && state ? state->title : NULL;
}

/* A part beside the first: "or 1 month after “Certificate issued”, if later". */
static const char *other_part(struct arena *arena, const struct chart *chart,
                              const struct moment *moment, const struct moment *part)
{
    const char *when = moment->kind == MOMENT_EARLIER       ? ", if earlier"
                       : moment->kind == MOMENT_FIRST_KNOWN ? "" : ", if later";
    bool after = part->kind == MOMENT_AFTER && part->base->kind == MOMENT_ANCHOR;
    const char *title = after ? anchor_title(chart, &part->base->anchor) : NULL;
    if (!title)
        return arena_printf(arena, "or %s%s", part->text, when);
    return arena_printf(arena, "or %s after “%s”%s", length_text(arena, part->length), title, when);
}

/* What a moment of several parts says beside its first part; "" for any other. */
static const char *other_parts(struct arena *arena, const struct chart *chart,
                               const struct moment *moment)
{
    struct buf out = buf_in(arena);
    bool several = moment->kind == MOMENT_EARLIER || moment->kind == MOMENT_LATER ||
                   moment->kind == MOMENT_ALL || moment->kind == MOMENT_FIRST_KNOWN;
    for (size_t i = 1; several && i < moment->part_count; i++)
        buf_printf(&out, ", %s", other_part(arena, chart, moment, moment->parts[i]));
    return buf_text(&out);
}

/* "15 February" of "15 February in transfer_year": the year is each case's own. */
static const char *recurring_words(struct arena *arena, const struct moment *moment)
{
    const char *in = moment->pick == PICK_IN_YEAR ? strstr(moment->text, " in ") : NULL;
    return in ? arena_text_n(arena, moment->text, (size_t)(in - moment->text)) : moment->text;
}

/* The length by which people call a limit; else what its file says. */
static const char *moment_words(struct arena *arena, const struct chart *chart,
                                const struct moment *moment, int deep)
{
    const struct field *field;
    const struct deadline *other;
    if (deep > DEEP)
        return moment->text;
    switch (moment->kind) {
    case MOMENT_AFTER:
        return length_text(arena, moment->length);
    case MOMENT_BEFORE:
        return arena_printf(arena, "%s%s before", moment->at_least ? "at least " : "",
                            length_text(arena, moment->length));
    case MOMENT_EARLIER:
    case MOMENT_LATER:
    case MOMENT_ALL:
    case MOMENT_FIRST_KNOWN:
        return moment_words(arena, chart, moment->parts[0], deep + 1);
    case MOMENT_DAY_BEFORE:
        return arena_printf(arena, "before %s",
                            moment_words(arena, chart, moment->base, deep + 1));
    case MOMENT_RECURRING:
        return recurring_words(arena, moment);
    case MOMENT_ANCHOR:
        field = moment->anchor.kind == ANCHOR_FIELD
                    ? process_field(chart->process, moment->anchor.name) : NULL;
        other = moment->anchor.kind == ANCHOR_DUE
                    ? process_deadline(chart->process, moment->anchor.name) : NULL;
        if (field && field->is_moment)
            return moment_words(arena, chart, field->is_moment, deep + 1);
        if (other && other->due)
            return moment_words(arena, chart, other->due, deep + 1);
        return field ? arena_printf(arena, "on: %s", text_or(field->label, field->name))
                     : moment->text;
    default:
        return moment->text;
    }
}

/* The clock of several items that is the same for all stands there once, under its list. */
static bool same_item(const struct deadline *a, const struct deadline *b)
{
    return a->list && text_same(a->list, b->list) && a->statutory == b->statutory &&
           text_same(a->due->text, b->due->text);
}

static void add_limit(struct arena *arena, struct chart *chart, const struct deadline *deadline)
{
    const struct checklist *list =
        deadline->list ? process_checklist(chart->process, deadline->list) : NULL;
    struct chart_limit *limit = LIST_ADD(arena, &chart->limits);
    limit->length = moment_words(arena, chart, deadline->due, 0);
    limit->what = text_or(deadline->title, deadline->name);
    if (list)
        limit->what = text_or(list->title, list->name);
    limit->what = arena_printf(arena, "%s%s", limit->what,
                               other_parts(arena, chart, deadline->due));
    limit->law = deadline->law;
    limit->statutory = deadline->statutory || (deadline->right_of && deadline->law);
    if (deadline->floor) {
        limit->what = arena_printf(arena, "%s; in law %s", limit->what,
                                   moment_words(arena, chart, deadline->floor, 0));
        limit->law = text_or(deadline->floor_law, deadline->law);
    }
    find_moment(arena, chart, deadline->due, &limit->from, 0);
    if (!limit->from.count)
        find_item(arena, chart, deadline->list, &limit->from);
    find_met(arena, chart, deadline, &limit->till);
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
