/* SPDX-License-Identifier: MIT */
#include "engine/core/clocks.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/clock_date.h"
#include "engine/core/given.h"
#include "engine/core/in_force.h"
#include "engine/core/met.h"
#include "engine/core/reminders.h"

struct reckoning {
    struct draft *d;
    const struct deadline **rules;
    bool *asked, *again; /* Its only_if was asked; the event that met it is what it runs from. */
    enum truth *applies;
    size_t count;
};

/* All that this case may have: the process's, and those of items added to it. */
static void collect(struct reckoning *r)
{
    struct draft *d = r->d;
    size_t room = d->process->deadline_count + d->file.in.items.count;
    r->rules = ARENA_ARRAY(d->arena, const struct deadline *, room);
    for (size_t i = 0; i < d->process->deadline_count; i++) {
        const struct deadline *rule = &d->process->deadlines[i];
        if (!rule->list || rule->item) /* One for more items is only their pattern. */
            r->rules[r->count++] = rule;
    }
    for (size_t i = 0; i < d->file.in.items.count; i++) {
        const char *name = d->file.in.items.at[i].name;
        if (process_deadline(d->process, name))
            continue;
        const struct deadline *rule = clock_rule(d->arena, d->process, &d->file, name);
        if (rule)
            r->rules[r->count++] = rule;
    }
    r->asked = ARENA_ARRAY(d->arena, bool, r->count);
    r->again = ARENA_ARRAY(d->arena, bool, r->count);
    r->applies = ARENA_ARRAY(d->arena, enum truth, r->count);
}

static const struct item *own_item(const struct draft *d, const struct deadline *rule)
{
    return rule->list && rule->item ? casefile_item(&d->file, rule->list, rule->item) : NULL;
}

static struct judged in_force_of(const struct draft *d, const struct deadline *rule)
{
    return in_force_judge(rule->in_force, &d->file, rule, NULL, DAY_NONE);
}

/* Whether it is to run at all: its own condition and its item's. Asked once a decision. */
static enum err_code applies(struct reckoning *r, size_t i, enum truth *out)
{
    struct draft *d = r->d;
    const struct deadline *rule = r->rules[i];
    struct judged judged = in_force_of(d, rule);
    if (judged.holds != TRUTH_YES) {
        *out = judged.holds;
        return ERR_NONE;
    }
    if (!r->asked[i]) {
        const struct checklist *list =
            rule->list ? process_checklist(d->process, rule->list) : NULL;
        const struct item_rule *item = list && rule->item ? checklist_item(list, rule->item) : NULL;
        const struct condition *both[] = { rule->only_if, item ? item->only_if : NULL };
        r->applies[i] = TRUTH_YES;
        for (size_t j = 0; j < 2 && r->applies[i] != TRUTH_NO; j++) {
            struct answer answer;
            if (!both[j] || (j && both[1] == both[0]))
                continue;
            enum err_code rc = draft_ask(d, both[j], &answer);
            if (rc)
                return rc;
            if (answer.truth != TRUTH_YES)
                r->applies[i] = answer.truth;
        }
        r->asked[i] = true;
    }
    *out = r->applies[i];
    return ERR_NONE;
}

static bool is_blocked(const struct draft *d, const struct deadline *rule)
{
    return !d->file.open || names_have(&rule->ends_with, d->file.state);
}

/* Missed is missed: what the case went on without stays on record as such. */
static void cancel(struct draft *d, const struct clock *old, const char *ground, day on)
{
    struct clock clock = *old;
    bool missed = text_same(ground, CLOCK_ENDED) && old->status == CLOCK_MISSED && old->due < on;
    clock.status = missed ? CLOCK_NEVER_MET : CLOCK_CANCELLED;
    clock.ground = ground;
    clock.closed_on = on;
    draft_set_clock(d, &clock);
}

static void set_dates(struct clock *clock, const struct clock_date *date)
{
    clock->since = date->since;
    clock->due = date->due;
    clock->law = date->law;
    clock->local = date->local;
    clock->do_by = date->do_by;
    clock->provisional = date->provisional;
}

/* The last day may end at an hour. */
static bool hour_over(const struct draft *d, const struct deadline *rule, day due)
{
    return rule->cut_off && due == d->today && d->now > minute_at(due, rule->cut_off);
}

static void set_open(const struct draft *d, const struct deadline *rule, bool paused,
                     struct clock *clock)
{
    bool over = hour_over(d, rule, clock->due);
    clock->ground = clock->why = NULL;
    clock->closed_on = DAY_NONE;
    if (paused) {
        clock->status = CLOCK_PAUSED;
    } else if (rule->right_of && (clock->due < d->today || over)) {
        clock->status = CLOCK_CANCELLED; /* A right lapses quietly. */
        clock->ground = CLOCK_LAPSED;
        clock->closed_on = over ? clock->due : clock->due + 1;
    } else if (clock->due >= d->today && !over) {
        clock->status = CLOCK_RUNNING;
    } else if (clock->due < d->miss_before || over) {
        clock->status = CLOCK_MISSED;
    } else if (clock->status == CLOCK_PAUSED) {
        clock->status = CLOCK_RUNNING; /* It goes on, and is missed in a minute. */
    }
}

/* What was recorded on the day it happened has that minute; of an earlier day only the day is
 * known. Nothing is late while the clock stands still. */
static void close_met(const struct draft *d, const struct deadline *rule, bool paused,
                      struct clock *clock, day on)
{
    bool over = on == d->on && on == clock->due && hour_over(d, rule, clock->due);
    bool late = !paused && (on > clock->due || over);
    clock->status = late ? CLOCK_MET_LATE : CLOCK_MET;
    clock->closed_on = on;
    clock->ground = clock->why = NULL;
}

/* A report asked for on the last day of term is to be done that day: every reminder of it would
 * come after the holidays, so its owner hears of it now. */
static void tell_if_short(struct draft *d, const struct deadline *rule, const struct clock *clock)
{
    const char *role;
    bool is_short = clock->do_by != DAY_NONE && clock->do_by <= d->today && clock->due >= d->today;
    if (!is_short || !clock_chased(clock) || !reminder_any(d->in, rule, clock))
        return;
    for (size_t i = 0; i < d->out->notices.count; i++) {
        if (text_same(d->out->notices.at[i].about, clock->name))
            return; /* Its date came out twice in one decision. */
    }
    for (size_t i = 0; (role = reminder_role(d->in, &d->file, rule, i)); i++)
        draft_notice(d, NOTICE_REMIND, role, clock->name);
}

/* A first or a further round begins. What meets it may have happened already. */
static enum err_code begin_round(struct draft *d, const struct deadline *rule,
                                 const struct clock_date *date, int round)
{
    struct clock clock = { .name = rule->name, .round = round, .told = d->now };
    set_dates(&clock, date);
    set_open(d, rule, date->paused, &clock);
    if (clock_open(&clock)) {
        struct met_in in = { .rule = rule, .since = date->since, .opening = true, .round = round };
        day on;
        bool met;
        enum err_code rc = met_on(d, &in, &met, &on);
        if (rc)
            return rc;
        if (met)
            close_met(d, rule, date->paused, &clock, on);
    }
    draft_set_clock(d, &clock);
    tell_if_short(d, rule, &clock);
    return ERR_NONE;
}

static enum err_code next_round(struct draft *d, const struct deadline *rule,
                                const struct clock *old, const struct clock_date *date)
{
    struct clock kept = *old;
    kept.name = arena_printf(d->arena, "%s#%d", old->name, old->round);
    int round = old->round + 1;
    draft_set_clock(d, &kept);
    return begin_round(d, rule, date, round);
}

static bool same_dates(const struct clock *clock, const struct clock_date *date)
{
    return clock->due == date->due && clock->do_by == date->do_by;
}

static enum err_code reckon_open(struct reckoning *r, size_t i, const struct clock *old,
                                 const struct clock_date *date)
{
    struct draft *d = r->d;
    const struct deadline *rule = r->rules[i];
    const struct item *item = own_item(d, rule);
    enum truth runs;
    if (is_blocked(d, rule)) {
        cancel(d, old, CLOCK_ENDED, d->on);
        return ERR_NONE;
    }
    if (item && item->na) {
        cancel(d, old, CLOCK_NOT_APPLICABLE, d->on);
        return ERR_NONE;
    }
    enum err_code rc = applies(r, i, &runs);
    if (rc)
        return rc;
    if (runs == TRUTH_NO) {
        bool other_time = in_force_of(d, rule).holds == TRUTH_NO;
        cancel(d, old, other_time ? CLOCK_NOT_IN_FORCE : CLOCK_NO_LONGER, d->on);
        return ERR_NONE;
    }
    if (!date->known || in_force_of(d, rule).holds == TRUTH_UNKNOWN) {
        draft_drop(d, "clocks", old->name); /* It waits again. */
        return ERR_NONE;
    }
    struct clock clock = *old;
    bool moved = !same_dates(old, date) || (old->status == CLOCK_PAUSED && !date->paused);
    set_dates(&clock, date);
    set_open(d, rule, date->paused, &clock);
    if (moved) {
        clock.told = d->now;
        tell_if_short(d, rule, &clock);
    }
    draft_set_clock(d, &clock);
    return ERR_NONE;
}

/* Whether a closed clock gets a date again, and if so as the same round. */
static bool reopens(const struct reckoning *r, size_t i, const struct clock *old,
                    const struct clock_date *date, bool *same_round)
{
    const struct draft *d = r->d;
    const struct deadline *rule = r->rules[i];
    *same_round = false;
    if (old->status == CLOCK_CANCELLED || old->status == CLOCK_NEVER_MET) {
        bool ended = text_same(old->ground, CLOCK_ENDED);
        bool lapsed = text_same(old->ground, CLOCK_LAPSED);
        bool anew = date->since != old->since && met_repeats(d, rule);
        *same_round = !ended && !anew;
        if (lapsed && !anew)
            return date->due >= d->today && !hour_over(d, rule, date->due);
        return !ended || anew || date->due != old->due;
    }
    /* Fields move a clock; events repeat. */
    return r->again[i] ||
           (met_repeats(d, rule) && date->since != old->since && date->since >= old->closed_on);
}

/* A field that is changed moves what was met, too: notice given for one meeting may be too short
 * for the meeting that is brought forward. */
static void judge_again(struct draft *d, const struct deadline *rule, const struct clock *old,
                        const struct clock_date *date)
{
    bool met = old->status == CLOCK_MET || old->status == CLOCK_MET_LATE;
    if (!met || date->due == old->due || met_repeats(d, rule))
        return;
    struct clock clock = *old;
    set_dates(&clock, date);
    bool late = !date->paused && old->closed_on > clock.due;
    clock.status = late ? CLOCK_MET_LATE : CLOCK_MET;
    draft_set_clock(d, &clock);
}

static enum err_code reckon_closed(struct reckoning *r, size_t i, const struct clock *old,
                                   const struct clock_date *date)
{
    struct draft *d = r->d;
    const struct deadline *rule = r->rules[i];
    const struct item *item = own_item(d, rule);
    bool same_round;
    enum truth runs;
    if (is_blocked(d, rule) || !date->known || (item && item->na))
        return ERR_NONE;
    if (!reopens(r, i, old, date, &same_round)) {
        judge_again(d, rule, old, date);
        return ERR_NONE;
    }
    enum err_code rc = applies(r, i, &runs);
    if (rc || runs != TRUTH_YES)
        return rc;
    r->again[i] = false;
    return same_round ? begin_round(d, rule, date, old->round) : next_round(d, rule, old, date);
}

static enum err_code reckon_one(struct reckoning *r, size_t i)
{
    struct draft *d = r->d;
    const struct deadline *rule = r->rules[i];
    const struct clock *old = casefile_clock(&d->file, rule->name);
    if (!old && is_blocked(d, rule))
        return ERR_NONE;
    struct clock_date date;
    clock_date_on(d->in, &d->file, rule, d->today, NULL, NULL, NULL, &date);
    if (old)
        return clock_open(old) ? reckon_open(r, i, old, &date) : reckon_closed(r, i, old, &date);

    const struct item *item = own_item(d, rule);
    enum truth runs;
    if (!date.known || (item && item->na))
        return ERR_NONE;
    enum err_code rc = applies(r, i, &runs);
    if (rc || runs != TRUTH_YES)
        return rc;
    return begin_round(d, rule, &date, 1);
}

/* What was open before this event and is met by it. */
static enum err_code close_open(struct reckoning *r)
{
    struct draft *d = r->d;
    for (size_t i = 0; i < r->count; i++) {
        const struct clock *old = casefile_clock(&d->file, r->rules[i]->name);
        if (!old || !clock_open(old))
            continue;
        struct met_in in = { .rule = r->rules[i], .since = old->since, .round = old->round };
        bool met;
        day on;
        enum err_code rc = met_on(d, &in, &met, &on);
        if (rc)
            return rc;
        if (!met)
            continue;
        struct clock clock = *old;
        struct clock_date date;
        /* A field given with the event moves the date first; the event itself begins a round. */
        bool paused = old->status == CLOCK_PAUSED;
        if (clock_date_on(d->in, &d->file, r->rules[i], d->today, NULL, NULL, NULL, &date) &&
            !in.itself && (date.since == old->since || !met_repeats(d, r->rules[i]))) {
            set_dates(&clock, &date);
            paused = date.paused;
        }
        close_met(d, r->rules[i], paused, &clock, on);
        draft_set_clock(d, &clock);
        r->again[i] = in.itself;
    }
    return ERR_NONE;
}

enum err_code clocks_reckon(struct draft *d)
{
    struct reckoning r = { .d = d };
    /* What was typed is stored by now; of what is only proposed no clock runs, nor its only_if. */
    d->seen = (struct sections){ 0 };
    collect(&r);
    enum err_code rc = close_open(&r);
    /* A deadline may start from another's date, so again until nothing moves. */
    for (size_t round = 0; round <= r.count && !rc; round++) {
        size_t before = d->clock_writes;
        for (size_t i = 0; i < r.count && !rc; i++)
            rc = reckon_one(&r, i);
        if (d->clock_writes == before || rc)
            break;
        /* So may a field that is worked out, and a condition see it. */
        bool changed;
        rc = given_compute_due(d, &changed);
        for (size_t i = 0; changed && i < r.count; i++)
            r.asked[i] = false;
    }
    for (size_t i = 0; i < r.count && !rc; i++)
        if (r.rules[i]->remind_lua)
            reminders_ask(d, r.rules[i]);
    return rc;
}

enum err_code clocks_undone(struct draft *d, const char *list, const char *item)
{
    struct reckoning r = { .d = d };
    collect(&r);
    for (size_t i = 0; i < r.count; i++) {
        const struct clock *old = casefile_clock(&d->file, r.rules[i]->name);
        bool was_met = old && (old->status == CLOCK_MET || old->status == CLOCK_MET_LATE);
        if (!was_met || !met_by_item(r.rules[i], list, item))
            continue;
        struct met_in in = { .rule = r.rules[i], .since = old->since, .opening = true,
                             .round = old->round };
        bool met;
        day on;
        enum err_code rc = met_on(d, &in, &met, &on);
        if (rc)
            return rc;
        if (met)
            continue;
        struct clock clock = *old;
        struct clock_date date;
        clock.status = CLOCK_RUNNING;
        clock.told = d->now;
        draft_set_clock(d, &clock);
        clock_date_on(d->in, &d->file, r.rules[i], d->today, NULL, NULL, NULL, &date);
        set_open(d, r.rules[i], date.known && date.paused, &clock);
        draft_set_clock(d, &clock);
    }
    return ERR_NONE;
}
