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

static void warn(const struct limits *limits, const struct instance *worst, struct diags *diags)
{
    char when[DAY_TEXT_MAX], local[DAY_TEXT_MAX], lawful[DAY_TEXT_MAX];
    const struct anchor *anchor = NULL;

    moment_anchors(limits->mine.moment, &anchor, first_anchor);
    struct diag *d = diag_warning(diags, "F001", limits->span,
                                  "'%s' can come out %s than the law's date: with %s on %s it is "
                                  "%s, the law says %s",
                                  limits->name, limits->least ? "earlier" : "later",
                                  anchor_name(anchor), day_short(worst->on, when),
                                  day_short(worst->mine, local), day_short(worst->floor, lawful));
    diag_note(diags, d, limits->law, "the law stands");
    if (limits->least)
        diag_hint(diags, d, "nothing breaks: the law's date binds then; count longer here");
}

/* Goes through every day both calendars know, and shows the one on which they differ most the wrong
 * way; the latest of several, since that is the one still to come. */
static void compare(const struct model *model, const struct limits *limits, struct diags *diags)
{
    const struct calendar *mine = limits->mine.calendar, *floor = limits->floor.calendar;
    struct instance worst = { .on = DAY_NONE };
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
        if (!limit_on(model, &limits->mine, on, &one.mine) ||
            !limit_on(model, &limits->floor, on, &one.floor))
            continue;
        int apart = limits->least ? one.floor - one.mine : one.mine - one.floor;
        if (apart < gap)
            continue;
        gap = apart;
        worst = one;
    }
    if (worst.on != DAY_NONE)
        warn(limits, &worst, diags);
}

static const struct calendar *calendar_of(const struct pack *pack, const struct process *process,
                                          const char *name)
{
    return calendar_find(pack->calendars, name ? name : process->calendar);
}

static void lint_limit(const struct pack *pack, const struct process *process,
                       const struct event_rule *event, struct diags *diags)
{
    const struct not_before *limit = event->not_before;

    if (!limit || !limit->floor || !limit->is)
        return;
    const struct limits limits = {
        .name = event->name,
        .mine = { limit->is, calendar_of(pack, process, limit->calendar), NULL },
        .floor = { limit->floor, calendar_of(pack, process, limit->floor_calendar), NULL },
        .least = true,
        .span = limit->span,
        .law = limit->floor->span,
    };
    compare(pack->model, &limits, diags);
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

static void lint_clock(const struct pack *pack, const struct process *process,
                       const struct deadline *clock, struct diags *diags)
{
    if (!clock->floor || !clock->due)
        return;
    const struct limits limits = {
        .name = clock->name,
        .mine = { clock->due, calendar_of(pack, process, clock->calendar), clock->roll },
        .floor = { clock->floor, calendar_of(pack, process, clock->floor_calendar),
                   clock->floor_roll },
        .span = cause_of(process, clock),
        .law = clock->floor_span,
    };
    compare(pack->model, &limits, diags);
}

void lint_floor(const struct pack *pack, const struct process *process, struct diags *diags)
{
    for (size_t i = 0; i < process->deadline_count; i++)
        lint_clock(pack, process, &process->deadlines[i], diags);
    for (size_t i = 0; i < process->event_count; i++)
        lint_limit(pack, process, &process->events[i], diags);
}
