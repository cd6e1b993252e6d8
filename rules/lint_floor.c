/* SPDX-License-Identifier: MIT */
#include "rules/lint.h"

#include "engine/base/text.h"
#include "engine/when/when.h"
#include "rules/moment.h"
#include <string.h>

enum {
    DAYS_MAX = 3653, /* Ten years hold every way that weeks and holidays can fall. */
    LAST_YEAR = 366, /* What begins in a calendar's last year may end beyond it. */
};

/* One of two ways to say a limit. */
struct rule {
    const struct moment *moment;
    const struct calendar *calendar;
    const char *roll;
};

/* A limit of the pack beside the law's. */
struct limits {
    const char *name;
    struct rule mine, floor;
    bool least;             /* A least date: the earlier one is the wrong one. */
    struct span span, law;
};

/* What comes of both when all they are counted from happened on `on`. */
struct instance {
    day on, mine, floor;
};

static void same_day(void *self, const struct anchor *anchor, struct anchored *out)
{
    const day *on = self;

    *out = (struct anchored){ .known = true, .date = *on };
    if (anchor->kind == ANCHOR_NUMBER) {
        out->is_number = true;
        out->number = ymd_of(*on).year;
    }
}

/* The limit when all it is counted from happened on `on`. */
static bool limit_on(const struct model *model, const struct rule *rule, day on, day *out)
{
    struct when_in in = { .calendar = rule->calendar, .notice_ordinary = model->notice_ordinary,
                          .anchor = same_day, .self = &on };
    struct when_out when;

    when_moment(&in, rule->moment, &when);
    if (!when.known || when.provisional)
        return false;
    return when_roll(&in, rule->roll, when.due, out);
}

static void first_anchor(void *self, const struct anchor *anchor)
{
    const struct anchor **first = self;

    if (!*first)
        *first = anchor;
}

static const char *anchor_name(const struct anchor *anchor)
{
    if (anchor && anchor->name)
        return anchor->item ? anchor->item : anchor->name;
    return !anchor || anchor->kind == ANCHOR_OPENED ? "the opening" : "asking";
}

/* Whether days that are not worked, or without school, are left out: such a limit is as long as
 * the holidays make it. */
static bool counts_days_off(const struct moment *m)
{
    bool off = (m->kind == MOMENT_AFTER || m->kind == MOMENT_BEFORE) &&
               (m->length.unit == UNIT_WORKING_DAY || m->length.unit == UNIT_SCHOOL_DAY ||
                m->length.unit == UNIT_SCHOOL_WEEK);

    for (size_t i = 0; i < m->part_count; i++)
        off = off || counts_days_off(m->parts[i]);
    return off || (m->base && counts_days_off(m->base)) || (m->after && counts_days_off(m->after));
}

/* `always`: on every day, so that the pack's own limit never counts. */
static void warn(const struct lint *l, const struct limits *limits, const struct instance *worst,
                 bool always)
{
    char when[DAY_TEXT_MAX], local[DAY_TEXT_MAX], lawful[DAY_TEXT_MAX];
    const struct anchor *anchor = NULL;

    moment_anchors(limits->mine.moment, &anchor, first_anchor);
    struct diag *d = lint_warn(l, always ? "F005" : "F001", limits->span, limits->name,
                               "'%s' %s %s than the law's date: with %s on %s it is "
                               "%s, the law says %s",
                               limits->name, always ? "always comes out" : "can come out",
                               limits->least ? "earlier" : "later",
                               anchor_name(anchor), day_short(worst->on, when),
                               day_short(worst->mine, local), day_short(worst->floor, lawful));
    diag_note(l->diags, d, limits->law, "the law stands");
    bool differ = counts_days_off(limits->mine.moment) != counts_days_off(limits->floor.moment);
    if (!limits->least && differ && !always)
        diag_hint(l->diags, d,
                  "the two count different days; nothing breaks: the law binds; count as the law "
                  "does, or accept it with the reason");
    if (limits->least)
        diag_hint(l->diags, d, "nothing breaks: the law's date binds then; count longer here");
}

/* Goes through every day both calendars know, and shows the one on which they differ most the wrong
 * way; the latest of several, since that is the one still to come. */
static void compare(const struct lint *l, const struct limits *limits)
{
    const struct calendar *mine = limits->mine.calendar, *floor = limits->floor.calendar;
    struct instance worst = { .on = DAY_NONE };
    bool always = true;
    int gap = 1;

    if (!mine || !floor)
        return;
    day from = mine->known_from > floor->known_from ? mine->known_from : floor->known_from;
    day until = mine->known_until < floor->known_until ? mine->known_until : floor->known_until;
    if (until > from + 2 * LAST_YEAR)
        until -= LAST_YEAR;
    if (until > from + DAYS_MAX)
        from = until - DAYS_MAX;
    for (day on = from; on <= until; on++) {
        struct instance one = { .on = on };
        if (!limit_on(l->model, &limits->mine, on, &one.mine) ||
            !limit_on(l->model, &limits->floor, on, &one.floor))
            continue;
        int apart = limits->least ? one.floor - one.mine : one.mine - one.floor;
        always = always && apart > 0;
        if (apart < gap)
            continue;
        gap = apart;
        worst = one;
    }
    if (worst.on != DAY_NONE)
        warn(l, limits, &worst, always);
}

static void lint_limit(const struct lint *l, const struct event_rule *event)
{
    const struct not_before *limit = event->not_before;

    if (!limit || !limit->floor || !limit->is)
        return;
    const struct limits limits = {
        .name = event->name,
        .mine = { limit->is, lint_calendar_of(l, limit->calendar), NULL },
        .floor = { limit->floor, lint_calendar_of(l, limit->floor_calendar), NULL },
        .least = true,
        .span = limit->span,
        .law = limit->floor->span,
    };
    compare(l, &limits);
}

/* Where it was said: a setting that another file changed, else the moment itself. */
static struct span cause_of(const struct process *process, const struct deadline *clock)
{
    for (size_t i = 0; i < process->setting_count; i++) {
        const struct setting *setting = &process->settings[i];
        const char *at = strstr(clock->due->text, setting->name);
        if (at && setting->first.is_length && setting->span.source != clock->span.source)
            return setting->span;
    }
    return clock->span;
}

static void lint_clock(const struct lint *l, const struct deadline *clock)
{
    if (!clock->floor || !clock->due)
        return;
    const struct limits limits = {
        .name = clock->name,
        .mine = { clock->due, lint_calendar_of(l, clock->calendar), clock->roll },
        .floor = { clock->floor, lint_calendar_of(l, clock->floor_calendar),
                   clock->floor_roll },
        .span = cause_of(l->process, clock),
        .law = clock->floor_span,
    };
    compare(l, &limits);
}

void lint_floor(const struct lint *l)
{
    for (size_t i = 0; i < l->process->deadline_count; i++)
        lint_clock(l, &l->process->deadlines[i]);
    for (size_t i = 0; i < l->process->event_count; i++)
        lint_limit(l, &l->process->events[i]);
}
