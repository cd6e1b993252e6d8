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

/* Two ways to say one limit. */
struct rule {
    const struct moment *moment;
    const struct calendar *calendar;
    const char *roll;
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

static void warn(struct diags *diags, struct span span, struct span law, const char *name, bool least,
                 const struct moment *moment, day on, day mine, day floor)
{
    char when[DAY_TEXT_MAX], local[DAY_TEXT_MAX], lawful[DAY_TEXT_MAX];
    const struct anchor *anchor = NULL;

    moment_anchors(moment, &anchor, first_anchor);
    struct diag *d = diag_warning(
        diags, "F001", span, "'%s' can come out %s than the law's date: with %s on %s it is %s, the law says %s",
        name, least ? "earlier" : "later", anchor_name(anchor), day_short(on, when), day_short(mine, local),
        day_short(floor, lawful));
    diag_note(diags, d, law, "the law stands");
    if (least)
        diag_hint(diags, d, "nothing breaks: the law's date binds then; count longer here");
}

/* Goes through every day both calendars know, and shows the one on which they differ most the wrong
 * way; the latest of several, since that is the one still to come. */
static void compare(const struct model *model, const struct rule *mine, const struct rule *floor,
                    const char *name, bool least, struct span span, struct span law, struct diags *diags)
{
    day from = mine->calendar->known_from, until = mine->calendar->known_until;
    day worst = DAY_NONE, worst_mine = 0, worst_floor = 0;
    int gap = 1;

    if (floor->calendar->known_from > from)
        from = floor->calendar->known_from;
    if (floor->calendar->known_until < until)
        until = floor->calendar->known_until;
    if (until > from + 2 * LAST_YEAR)
        until -= LAST_YEAR;
    if (until > from + DAYS_MAX)
        from = until - DAYS_MAX;
    for (day on = from; on <= until; on++) {
        day a, b;
        if (!limit_on(model, mine, on, &a) || !limit_on(model, floor, on, &b))
            continue;
        int apart = least ? b - a : a - b;
        if (apart < gap)
            continue;
        gap = apart;
        worst = on;
        worst_mine = a;
        worst_floor = b;
    }
    if (worst != DAY_NONE)
        warn(diags, span, law, name, least, mine->moment, worst, worst_mine, worst_floor);
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
    struct rule mine = { limit->is, calendar_of(pack, process, limit->calendar), NULL };
    struct rule floor = { limit->floor, calendar_of(pack, process, limit->floor_calendar), NULL };
    if (mine.calendar && floor.calendar)
        compare(pack->model, &mine, &floor, event->name, true, limit->span, limit->floor->span, diags);
}

/* Where it was said: a setting that another file changed, else the moment itself. */
static struct span cause_of(const struct process *process, const struct deadline *clock)
{
    for (size_t i = 0; i < process->setting_count; i++) {
        const struct setting *setting = &process->settings[i];
        const char *at = strstr(clock->due->text, setting->name);
        if (at && setting->is_length && setting->span.source != clock->span.source)
            return setting->span;
    }
    return clock->span;
}

void lint_floor(const struct pack *pack, const struct process *process, struct diags *diags)
{
    for (size_t i = 0; i < process->deadline_count; i++) {
        const struct deadline *clock = &process->deadlines[i];
        struct rule mine = { clock->due, calendar_of(pack, process, clock->calendar), clock->roll };
        struct rule floor = { clock->floor, calendar_of(pack, process, clock->floor_calendar),
                              clock->floor_roll };
        if (clock->floor && clock->due && mine.calendar && floor.calendar)
            compare(pack->model, &mine, &floor, clock->name, false, cause_of(process, clock),
                    clock->floor_span, diags);
    }
    for (size_t i = 0; i < process->event_count; i++)
        lint_limit(pack, process, &process->events[i], diags);
}
