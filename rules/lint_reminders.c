/* SPDX-License-Identifier: MIT */
/* Reminders that come too late, or never. Only what a deadline says itself: the pack's usual ones
 * are for all, long and short. */
#include "rules/lint.h"

#include "engine/base/arena.h"
#include "engine/when/when.h"
#include "rules/moment.h"

enum { EVERY = 5, YEAR = 366 }; /* Days tried. */

/* --- what happens is never in the future: its clock is as long as it says --------------------- */

static void is_happening(void *self, const struct anchor *anchor)
{
    bool *all = self;

    if (anchor->kind != ANCHOR_EVENT && anchor->kind != ANCHOR_STATE &&
        anchor->kind != ANCHOR_OPENED && anchor->kind != ANCHOR_ASKED)
        *all = false;
}

static void on_that_day(void *self, const struct anchor *anchor, struct anchored *out)
{
    (void)anchor;
    *out = (struct anchored){ .known = true, .date = *(const day *)self };
}

/* Whether a rung `length` before would stand on or before the day the clock begins, always. */
static bool never_comes(const struct lint *l, const struct deadline *clock, struct length length,
                        day *example, day *due)
{
    const struct calendar *calendar = lint_calendar_of(l, clock->calendar);
    bool happening = true;
    size_t tried = 0;

    moment_anchors(clock->due, &happening, is_happening);
    for (day on = calendar ? calendar->known_from : 0;
         happening && calendar && on < calendar->known_until - YEAR; on += EVERY) {
        struct when_in in = { .calendar = calendar, .anchor = on_that_day, .self = &on,
                              .notice_ordinary = l->model->notice_ordinary };
        struct when_out out;
        day rung;
        when_moment(&in, clock->due, &out);
        if (!out.known || out.provisional || !when_before(&in, length, out.due, &rung))
            continue;
        if (rung > on)
            return false;
        *example = on;
        *due = out.due;
        tried++;
    }
    return tried > 0;
}

static void check_rung(const struct lint *l, const struct deadline *clock,
                       const struct reminder *rung)
{
    char on[DAY_TEXT_MAX], text[DAY_TEXT_MAX];
    day example, due;

    if (rung->kind != REMIND_BEFORE || !never_comes(l, clock, rung->length, &example, &due))
        return;
    struct diag *d = lint_warn(l, "D009", clock->span, clock->name,
                               "'%s' can never be reminded of %s before: begun on %s, it is due %s",
                               clock->name, length_text(l->arena, rung->length),
                               day_short(example, on), day_short(due, text));
    diag_hint(l->diags, d, "leave that reminder out, or make it shorter");
}

/* --- only when it is late -------------------------------------------------------------------- */

/* Days, near enough to tell which comes first. */
static int about_days(struct length length)
{
    static const int days[] = { [UNIT_DAY] = 1, [UNIT_WEEK] = 7, [UNIT_MONTH] = 30,
                                [UNIT_YEAR] = 365, [UNIT_WORKING_DAY] = 1,
                                [UNIT_SCHOOL_DAY] = 1, [UNIT_SCHOOL_WEEK] = 7 };

    return length.n * days[length.unit];
}

/* The first of the rungs, in days after the date; below 1: in time. */
static int first_rung(const struct reminders *remind)
{
    int first = 0;

    for (size_t i = 0; i < remind->count; i++) {
        const struct reminder *rung = &remind->at[i];
        bool late = rung->kind == REMIND_AFTER || rung->kind == REMIND_EVERY;
        int days = late                            ? about_days(rung->length)
                   : rung->kind == REMIND_BEFORE ? -about_days(rung->length)
                                                   : 0;
        if (i == 0 || days < first)
            first = days;
    }
    return first;
}

static void check_late(const struct lint *l, const struct deadline *clock)
{
    const struct reminders *remind = clock->remind_set ? &clock->remind : &l->model->usual;
    int first = first_rung(remind);

    if (!remind->count || clock->remind_lua || !clock->owner)
        return;
    if (clock->remind_set && first > 0)
        lint_warn(l, "D009", clock->span, clock->name,
                  "'%s' is told to its owner only once it is late", clock->name);
    for (size_t i = 0; i < clock->escalate_count; i++) {
        const struct escalation *other = &clock->escalate[i];
        if (other->at.count && first_rung(&other->at) < first)
            lint_warn(l, "D010", clock->span, clock->name,
                      "'%s' is told to '%s' before its owner hears of it", clock->name,
                      other->role);
    }
}

void lint_reminders(const struct lint *l)
{
    for (size_t i = 0; i < l->process->deadline_count; i++) {
        const struct deadline *clock = &l->process->deadlines[i];
        for (size_t j = 0; clock->remind_set && clock->due && j < clock->remind.count; j++)
            check_rung(l, clock, &clock->remind.at[j]);
        check_late(l, clock);
    }
}
