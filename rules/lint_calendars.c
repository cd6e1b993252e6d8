/* SPDX-License-Identifier: MIT */
/* Calendars that are short or have no bank holidays, and clocks that may run beyond them. */
#include "rules/lint.h"

#include "engine/base/text.h"
#include "engine/when/when.h"
#include "rules/layer.h"

enum { SOON_MONTHS = 18 };

static struct span end_span(const struct lint *l, const struct calendar *calendar)
{
    const struct node *tree = named_tree(&l->pack->resolved->calendars, calendar->name);
    const struct node *until = node_get(tree, "known_until");

    return until ? until->span : node_get(tree, "calendar")->span;
}

static void on_that_day(void *self, const struct anchor *anchor, struct anchored *out)
{
    const day *on = self;

    *out = (struct anchored){ .known = true, .date = *on };
    if (anchor->kind == ANCHOR_NUMBER) {
        out->is_number = true;
        out->number = ymd_of(*on).year;
    }
}

/* Of terms that are still to come nothing can be said yet. */
static bool before_terms(const struct lint *l, const struct calendar *calendar)
{
    return calendar->term_count && l->today < calendar->terms[0].from;
}

/* Years after a birth are not how long a clock runs. */
static bool of_an_age(const struct moment *m)
{
    if (m->kind == MOMENT_BIRTHDAY || m->kind == MOMENT_SCHOOL_YEAR ||
        (m->base && of_an_age(m->base)) || (m->after && of_an_age(m->after)))
        return true;
    for (size_t i = 0; i < m->part_count; i++)
        if (of_an_age(m->parts[i]))
            return true;
    return false;
}

/* Whether the date is picked from a table; `table` NULL: from any. */
static bool picks(const struct moment *m, const char *table)
{
    if (!m)
        return false;
    if (m->kind == MOMENT_RECURRING && m->recurring.kind == RECURRING_TABLE &&
        (!table || text_same(m->recurring.name, table)))
        return true;
    for (size_t i = 0; i < m->part_count; i++)
        if (picks(m->parts[i], table))
            return true;
    return picks(m->base, table) || picks(m->after, table);
}

/* The clock that runs furthest when it begins today. One that needs the calendar to the end of it
 * has no date at all. */
struct furthest {
    const struct deadline *clock;
    const struct process *process;
    bool known;
    day due;
    const char *why;
};

/* The last thing that was not known. */
static const char *missing_of(const struct trace *trace)
{
    for (size_t i = trace->count; i-- > 0;)
        if (trace->at[i].kind == STEP_MISSING)
            return trace->at[i].text;
    return "the calendar ends";
}

static void look(struct lint *l, const struct calendar *calendar, const struct deadline *clock,
                 struct furthest *out)
{
    struct when_in in = { .calendar = calendar, .anchor = on_that_day, .self = &l->today,
                          .notice_ordinary = l->model->notice_ordinary };
    struct trace trace = { .arena = l->arena };
    struct when_out when;

    if (!clock->due || clock->right_of || of_an_age(clock->due) || picks(clock->due, NULL) ||
        lint_calendar_of(l, clock->calendar) != calendar)
        return;
    when_moment(&in, clock->due, &when);
    bool within = when.known && when.due <= calendar->known_until;
    if (!when.beyond && (within || !when.known))
        return;
    if (!when.known && before_terms(l, calendar))
        return;
    if (out->clock && (!out->known || (when.known && when.due <= out->due)))
        return;
    *out = (struct furthest){ clock, l->process, when.known, when.due, NULL };
    if (when.known)
        return;
    in.trace = &trace;
    when_moment(&in, clock->due, &when);
    out->why = missing_of(&trace);
}

static void check_running(struct lint *l, const struct calendar *calendar)
{
    char end[DAY_TEXT_MAX], begun[DAY_TEXT_MAX];
    struct furthest furthest = { 0 };

    if (l->today < calendar->known_from)
        return;
    for (size_t i = 0; i < l->model->process_count; i++) {
        l->process = &l->model->processes[i];
        for (size_t j = 0; j < l->process->deadline_count; j++)
            look(l, calendar, &l->process->deadlines[j], &furthest);
    }
    if (!furthest.clock)
        return;
    const char *clock = furthest.clock->name, *process = furthest.process->name;
    struct diag *d;
    day_short(l->today, begun);
    if (furthest.known)
        d = diag_warning(l->diags, "D021", end_span(l, calendar),
                         "the calendar '%s' ends on %s, and '%s' of '%s', begun on %s, runs beyond "
                         "it: its date would be provisional", calendar->name,
                         day_short(calendar->known_until, end), clock, process, begun);
    else
        d = diag_warning(l->diags, "D021", end_span(l, calendar),
                         "'%s' of '%s', begun on %s, would have no date: %s", clock, process,
                         begun, furthest.why);
    diag_about(l->diags, d, "%s", calendar->name);
}

/* A year that the calendar says it knows, in which nobody entered a bank holiday. Calendars that
 * have none at all are meant so. */
static void check_holidays(const struct lint *l, const struct calendar *c)
{
    const struct node *tree = named_tree(&l->pack->resolved->calendars, c->name);
    const struct node *known = node_get(tree, "known_until");
    const struct node *name = node_get(tree, "calendar");
    int last = ymd_of(c->known_until).year;

    if (!c->holiday_count || (known && known->span.source != name->span.source))
        return; /* Said of the calendar that it extends. */
    for (int year = ymd_of(c->known_from).year; year <= last; year++) {
        bool any = false;
        for (size_t i = 0; i < c->holiday_count && !any; i++)
            any = ymd_of(c->holidays[i].date).year == year;
        if (any)
            continue;
        diag_about(l->diags,
                   diag_warning(l->diags, "C006", (known ? known : name)->span,
                                "the calendar '%s' is said to be known until %d and has no bank "
                                "holiday in %d",
                                c->name, last, year),
                   "%s", c->name);
        return;
    }
}

/* Whether a date of the pack other than a clock's is picked from the table. */
static bool waited_for(const struct lint *l, const char *table)
{
    for (size_t i = 0; i < l->model->process_count; i++) {
        const struct process *p = &l->model->processes[i];
        for (size_t j = 0; j < p->field_count; j++)
            if (picks(p->fields[j].is_moment, table))
                return true;
        for (size_t j = 0; j < p->event_count; j++)
            if (picks(p->events[j].at, table))
                return true;
    }
    return false;
}

/* A clock that, begun today, finds no date left in the table; NULL: none. */
static const struct deadline *left_without(struct lint *l, const struct calendar *c,
                                           const char *table)
{
    struct when_in in = { .calendar = c, .anchor = on_that_day, .self = &l->today,
                          .notice_ordinary = l->model->notice_ordinary };

    for (size_t i = 0; i < l->model->process_count; i++) {
        l->process = &l->model->processes[i];
        for (size_t j = 0; j < l->process->deadline_count; j++) {
            const struct deadline *clock = &l->process->deadlines[j];
            struct when_out when;
            if (!picks(clock->due, table) || lint_calendar_of(l, clock->calendar) != c)
                continue;
            when_moment(&in, clock->due, &when);
            if (!when.known && when.beyond)
                return clock;
        }
    }
    return NULL;
}

/* A panel whose dates have gone by. It is for the pack to say that keeps them. */
static void check_table(struct lint *l, const struct calendar *c, const struct table *table)
{
    const struct node *tree = named_tree(&l->pack->resolved->calendars, c->name);
    const struct node *rows = node_get(node_get(node_get(tree, "dates"), table->name), "rows");
    char last[DAY_TEXT_MAX], begun[DAY_TEXT_MAX];
    struct diag *d = NULL;

    if (!table->row_count || !lint_own(l, node_place(rows)))
        return;
    day end = table->rows[table->row_count - 1].dates[0];
    const struct deadline *clock = left_without(l, c, table->name);
    day_short(end, last);
    if (clock)
        d = diag_warning(l->diags, "C009", rows->last->span,
                         "the last date of '%s' is %s: '%s' of '%s', begun on %s, finds none",
                         table->name, last, clock->name, l->process->name,
                         day_short(l->today, begun));
    else if (end < l->today && waited_for(l, table->name))
        d = diag_warning(l->diags, "C009", rows->last->span,
                         "the last date of '%s' was %s: what waits for its next finds none",
                         table->name, last);
    diag_about(l->diags, d, "%s", table->name);
}

void lint_calendars(struct lint *l)
{
    char text[DAY_TEXT_MAX];

    for (size_t i = 0; i < l->pack->calendars->count; i++) {
        const struct calendar *c = l->pack->calendars->at[i];
        check_holidays(l, c);
        for (size_t j = 0; j < c->table_count; j++)
            check_table(l, c, &c->tables[j]);
        if (c->known_until >= day_add_months(c->known_from, SOON_MONTHS)) {
            check_running(l, c);
            continue;
        }
        diag_about(l->diags,
                   diag_warning(l->diags, "C003", end_span(l, c),
                                "the calendar '%s' ends on %s: later dates are provisional",
                                c->name, day_short(c->known_until, text)),
                   "%s", c->name);
    }
}
