/* SPDX-License-Identifier: MIT */
#include "engine/core/stops.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include <stdlib.h>
#include <string.h>

/* --- marks ----------------------------------------------------------------------------------- */

struct sign {
    day on;
    int number;
    bool stops;
};

static bool names_mark(const struct names *names, const char *mark)
{
    for (size_t i = 0; i < names->count; i++)
        if (casefile_numbered(mark, names->at[i]))
            return true;
    return false;
}

static bool stopped_by(const struct deadline *deadline, const char *name)
{
    for (size_t i = 0; i < deadline->pause_count; i++)
        if (names_have(&deadline->pauses[i].from, name) ||
            names_have(&deadline->pauses[i].until, name))
            return true;
    return false;
}

bool stops_marks(const struct process *process, const char *name)
{
    for (size_t i = 0; i < process->deadline_count; i++)
        if (stopped_by(&process->deadlines[i], name))
            return true;
    for (size_t i = 0; i < process->checklist_count; i++) {
        const struct item_rule *more = process->checklists[i].more;
        if (more && more->clock && stopped_by(more->clock, name))
            return true;
    }
    return false;
}

static int by_day(const void *a, const void *b)
{
    const struct sign *x = a, *y = b;
    if (x->on != y->on)
        return x->on < y->on ? -1 : 1;
    return x->number - y->number;
}

/* What happened after a round was over belongs to no round, or to the next. */
static day last_day(const struct round *round)
{
    const struct clock *clock = round->clock;
    bool over = clock && !clock_open(clock) && clock->closed_on != DAY_NONE;
    bool anew = over && round->repeats && clock->since != round->since;
    return over && !anew ? clock->closed_on : DAY_NONE;
}

static size_t find_signs(const struct round *round, const struct pause *pause,
                         struct sign out[MARKS_MAX])
{
    const struct casefile *file = round->file;
    day last = last_day(round);
    size_t count = 0;
    for (size_t i = 0; i < file->in.marks.count && count < MARKS_MAX; i++) {
        const struct marking *mark = &file->in.marks.at[i];
        int64_t number = 0;
        bool stops = names_mark(&pause->from, mark->name);
        if ((!stops && !names_mark(&pause->until, mark->name)) ||
            (round->since != DAY_NONE && mark->on < round->since) ||
            (last != DAY_NONE && mark->on > last))
            continue;
        (void)text_int(strrchr(mark->name, ':') + 1, &number);
        out[count++] = (struct sign){ mark->on, (int)number, stops };
    }
    qsort(out, count, sizeof *out, by_day);
    return count;
}

/* --- stops ----------------------------------------------------------------------------------- */

enum { STOPS_MAX = MARKS_MAX };
struct stops {
    struct stop at[STOPS_MAX];
    size_t count;
    bool beyond;    /* The calendar ends, so how long they may last is not known. */
};

/* How long a rule may stop a clock in all, in days of its unit; and how many it has. */
struct budget {
    const struct when_in *when;
    const struct pause *pause;
    int all, used;
    bool known, begun;
};

/* The last day of a stop that began on `from`; DAY_NONE: there is no such day. */
static day cap_of(struct budget *b, day from)
{
    const struct when_in plain = { .calendar = b->when->calendar };
    enum unit unit = b->pause->at_most.unit;
    day cap = DAY_NONE;
    if (!b->pause->limited)
        return DAY_NONE;
    if (!b->begun) {
        b->begun = true;
        b->known = when_after(&plain, b->pause->at_most, from, &cap) &&
                   when_between(&plain, unit, from, cap, &b->all);
    }
    if (!b->known || !when_beyond(&plain, unit, b->all - b->used, from, &cap))
        return DAY_NONE;
    return cap;
}

static void end_stop(struct budget *b, struct stop *stop, day until)
{
    int days = 0;
    stop->until = stop->cap != DAY_NONE && stop->cap < until ? stop->cap : until;
    const struct when_in plain = { .calendar = b->when->calendar };
    if (b->pause->limited && b->known &&
        when_between(&plain, b->pause->at_most.unit, stop->from, stop->until, &days))
        b->used += days;
}

/* It goes on by itself once it has stood still for as long as it may. */
static bool is_spent(const struct round *round, const struct stop *stop)
{
    if (stop->cap == DAY_NONE)
        return false;
    if (round->today != DAY_NONE)
        return round->today > stop->cap;
    return !round->clock || round->clock->status != CLOCK_PAUSED;
}

static void find_by(const struct when_in *when, const struct round *round,
                    const struct pause *pause, struct stops *out)
{
    struct sign signs[MARKS_MAX];
    size_t count = find_signs(round, pause, signs);
    struct budget budget = { .when = when, .pause = pause };
    struct stop *stop = NULL;
    for (size_t i = 0; i < count; i++) {
        if (signs[i].stops && !stop && out->count < STOPS_MAX) {
            day from = signs[i].on, cap = cap_of(&budget, from);
            if (cap == from)
                continue; /* Nothing is left of what it may stand still. */
            stop = &out->at[out->count++];
            *stop = (struct stop){ .from = from, .until = DAY_NONE, .cap = cap, .by = pause };
        } else if (!signs[i].stops && stop) {
            end_stop(&budget, stop, signs[i].on);
            stop = NULL;
        }
    }
    if (stop && is_spent(round, stop))
        end_stop(&budget, stop, stop->cap);
    out->beyond = out->beyond || (budget.begun && !budget.known);
}

static int by_from(const void *a, const void *b)
{
    const struct stop *x = a, *y = b;
    return x->from != y->from ? (x->from < y->from ? -1 : 1) : 0;
}

static bool ends_later(const struct stop *a, const struct stop *b)
{
    return b->until != DAY_NONE && (a->until == DAY_NONE || a->until > b->until);
}

/* While one of the two stands, so does the clock: the later of the days on which they go on. */
static day later_cap(const struct stop *a, const struct stop *b)
{
    if (a->cap == DAY_NONE || b->cap == DAY_NONE)
        return DAY_NONE;
    return a->cap > b->cap ? a->cap : b->cap;
}

/* The round's stops, in order of time; those that overlap count once. */
static void find_stops(const struct when_in *when, const struct round *round, struct stops *out)
{
    out->count = 0;
    out->beyond = false;
    for (size_t i = 0; i < round->deadline->pause_count; i++)
        find_by(when, round, &round->deadline->pauses[i], out);
    qsort(out->at, out->count, sizeof *out->at, by_from);
    size_t kept = 0;
    for (size_t i = 0; i < out->count; i++) {
        struct stop *stop = &out->at[i], *last = kept ? &out->at[kept - 1] : NULL;
        bool within = last && (last->until == DAY_NONE || stop->from <= last->until);
        if (within && last->until == DAY_NONE && stop->until == DAY_NONE)
            last->cap = later_cap(last, stop);
        if (stop->until == stop->from || (within && !ends_later(stop, last)))
            continue;
        if (within)
            last->until = stop->until, last->cap = stop->cap;
        else
            out->at[kept++] = *stop;
    }
    out->count = kept;
}

/* --- moving ---------------------------------------------------------------------------------- */

/* In what a date is counted: that of the lengths it is made of; DAY where they differ. */
static enum unit unit_of(const struct moment *moment)
{
    enum unit unit;
    return when_unit(moment, &unit) ? unit : UNIT_DAY;
}

const struct drawn *drawn_of(const struct casefile *file, const char *clock, int round,
                             enum drawn_kind kind, size_t n)
{
    for (size_t i = 0; i < file->in.grounds.count; i++) {
        const struct drawn *drawn = &file->in.grounds.at[i];
        if (drawn->kind == kind && drawn->round == round &&
            casefile_numbered(drawn->name, clock) && !n--)
            return drawn;
    }
    return NULL;
}

struct moving {
    const struct when_in *when;
    const struct round *round;
    enum unit unit;
    day due, plain;
    bool known;
};

static void shift(struct moving *m, const struct stop *stop, day *date)
{
    int left;
    const struct when_in plain = { .calendar = m->when->calendar };
    m->known = m->known && when_between(&plain, m->unit, stop->from, *date, &left) &&
               when_beyond(&plain, m->unit, left, stop->until, date);
}

static void move_by_stop(struct moving *m, const struct stop *stop, struct moved *moved)
{
    char from[DAY_TEXT_MAX], until[DAY_TEXT_MAX], to[DAY_TEXT_MAX], days[LENGTH_TEXT_MAX];
    int left = 0;
    const struct when_in plain = { .calendar = m->when->calendar };
    if (stop->from > m->due)
        return; /* It was over already. */
    (void)when_between(&plain, m->unit, stop->from, m->due, &left);
    if (stop->until == DAY_NONE) {
        moved->paused = true;
        moved->stop = *stop;
        if (m->when->trace)
            trace_step(m->when->trace, STEP_STOP, stop->from,
                       "it has stood still since %s with %s left", day_short(stop->from, from),
                       when_days_text(m->unit, left, days));
        return;
    }
    if (stop->from <= m->plain)
        shift(m, stop, &m->plain);
    shift(m, stop, &m->due);
    if (m->when->trace && m->known)
        trace_step(m->when->trace, STEP_STOP, m->due,
                   "it stood still from %s with %s left, and went on on %s%s: now it is %s",
                   day_short(stop->from, from), when_days_text(m->unit, left, days),
                   day_short(stop->until, until), stop->until == stop->cap ? " by itself" : "",
                   day_short(m->due, to));
}

static void move_by_decision(struct moving *m, const struct drawn *drawn)
{
    char text[DAY_TEXT_MAX], was[DAY_TEXT_MAX];
    const struct extension *rule = m->round->deadline->extends;
    const struct when_in plain = { .calendar = m->when->calendar };
    day most, to = drawn->to;
    if (rule && when_after(&plain, rule->limit, m->plain, &most) && to > most)
        to = most;
    if (to <= m->due)
        return;
    if (m->when->trace)
        trace_step(m->when->trace, STEP_EXTEND, to,
                   "it was extended from %s to %s (%s), decided by %s", day_short(m->due, was),
                   day_short(to, text), drawn->ground, text_or(drawn->by, "nobody named"));
    m->due = to;
}

/* Which round's decisions count. */
static int round_number(const struct round *round)
{
    const struct clock *clock = round->clock;
    if (!clock)
        return 1;
    bool anew = !clock_open(clock) && round->repeats && clock->since != round->since;
    return clock->round + anew;
}

void stops_move(const struct when_in *when, const struct round *round,
                const struct moment *moment, bool extend, struct when_out *out,
                struct moved *moved)
{
    struct stops stops;
    struct moving m = { .when = when, .round = round, .unit = unit_of(moment),
                        .due = out->due, .plain = out->due, .known = true };
    size_t next = 0, stop = 0;
    const struct drawn *drawn = NULL;
    *moved = (struct moved){ .plain = out->due };
    find_stops(when, round, &stops);
    while (!moved->paused) {
        if (extend)
            drawn = drawn_of(round->file, round->deadline->name, round_number(round),
                             DRAWN_EXTENDED, next);
        bool stop_first = stop < stops.count && (!drawn || stops.at[stop].from <= drawn->on);
        if (stop_first)
            move_by_stop(&m, &stops.at[stop++], moved);
        else if (drawn)
            move_by_decision(&m, drawn), next++;
        else
            break;
    }
    moved->plain = m.plain;
    out->due = m.due;
    out->known = m.known;
    out->beyond = out->beyond || !m.known;
    out->provisional = out->provisional || moved->paused || stops.beyond;
}

/* --- pace ------------------------------------------------------------------------------------ */

static bool starts_with_day(const struct moment *moment)
{
    return moment && (moment->kind == MOMENT_AFTER ? moment->starting
                                                   : starts_with_day(moment->base));
}

void stops_pace(const struct when_in *when, const struct round *round, const struct moment *moment,
                day due, struct pace *out)
{
    const struct when_in plain = { .calendar = when->calendar };
    struct stops stops;
    int gone = 0, stood = 0;
    day today = round->today, from = round->since;
    *out = (struct pace){ .unit = unit_of(moment), .earliest = DAY_NONE };
    if (from == DAY_NONE || today == DAY_NONE)
        return;
    find_stops(when, round, &stops);
    from -= starts_with_day(moment);
    out->known = true;
    for (size_t i = 0; i < stops.count; i++) {
        const struct stop *stop = &stops.at[i];
        if (stop->from > due)
            break;
        if (stop->until == DAY_NONE) {
            out->paused = true;
            out->stop = *stop;
            today = stop->from;
            break;
        }
        int days = 0;
        out->known = out->known &&
                     when_between(&plain, out->unit, stop->from, stop->until, &days);
        stood += days;
    }
    out->known = out->known && when_between(&plain, out->unit, from, today, &gone) &&
                 when_between(&plain, out->unit, today, due, &out->left);
    out->used = gone - stood;
    if (out->paused && !when_beyond(&plain, out->unit, out->left, round->today, &out->earliest))
        out->earliest = DAY_NONE;
}

const char *pace_text(struct arena *arena, const struct pace *pace)
{
    char all[LENGTH_TEXT_MAX];
    return arena_printf(arena, "%d of %s used, %d left", pace->used,
                        when_days_text(pace->unit, pace->used + pace->left, all), pace->left);
}
