/* SPDX-License-Identifier: MIT */
/* Stages that add up to more than the whole: each done on its last day, one after the other, they
 * end after the day the overall limit allows. Worked out on days, not in weeks: months and
 * holidays are as long as they are. */
#include "rules/lint.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/when/when.h"
#include "rules/moment.h"
#include <string.h>

enum { EVERY = 7, YEAR = 366, DEEP = 8 };

/* What happened on which day, if everybody takes the time they have. */
struct done {
    const char *event, *state;   /* The state it leads to, if only one. */
    day on;
    const struct deadline *clock;/* Whose last day that was. */
    size_t steps;                /* Clocks one after the other. */
};
struct stages {
    const struct lint *l;
    const struct deadline *whole;
    const struct anchor *from;   /* What the whole is counted from: all that is known at first. */
    day on;
    struct done *done;
    size_t count, depth, steps;  /* steps: most of those that the moment at hand hangs on. */
    bool missing;
};

static bool same_anchor(const struct anchor *a, const struct anchor *b)
{
    return a->kind == b->kind && text_same(a->name, b->name) && text_same(a->item, b->item);
}

static bool date_of(struct stages *s, const struct deadline *clock, day *out);

static void find(void *self, const struct anchor *anchor, struct anchored *out)
{
    struct stages *s = self;
    const struct deadline *clock;

    *out = (struct anchored){ .known = false };
    if (same_anchor(anchor, s->from)) {
        *out = (struct anchored){ .known = true, .date = s->on };
        return;
    }
    for (size_t i = 0; i < s->count; i++) {
        const struct done *done = &s->done[i];
        bool is = (anchor->kind == ANCHOR_EVENT && text_same(anchor->name, done->event)) ||
                  (anchor->kind == ANCHOR_STATE && text_same(anchor->name, done->state));
        if (!is)
            continue;
        *out = (struct anchored){ .known = true, .date = done->on };
        s->steps = s->steps > done->steps ? s->steps : done->steps;
        return;
    }
    clock = anchor->kind == ANCHOR_DUE ? process_deadline(s->l->process, anchor->name) : NULL;
    if (clock && s->depth < DEEP)
        out->known = date_of(s, clock, &out->date);
}

static bool date_of(struct stages *s, const struct deadline *clock, day *out)
{
    struct when_in in = { .calendar = lint_calendar_of(s->l, clock->calendar), .anchor = find,
                          .self = s, .notice_ordinary = s->l->model->notice_ordinary };
    struct when_out when = { 0 };

    if (!clock->due || !in.calendar)
        return false;
    s->depth++;
    when_moment(&in, clock->due, &when);
    s->depth--;
    if (!when.known || when.provisional || !when_roll(&in, clock->roll, when.due, out))
        return false;
    return true;
}

/* A clock that always runs where the whole does, met by one event. */
static bool is_stage(const struct stages *s, const struct deadline *clock)
{
    bool always = !clock->only_if ||
                  (s->whole->only_if && !strcmp(clock->only_if->source, s->whole->only_if->source));

    return clock != s->whole && clock->owner && always && !clock->in_force &&
           clock->met_count == 1 && clock->met_by[0].kind == MET_EVENT;
}

static const char *only_target(const struct process *process, const char *name)
{
    const char *state = NULL;

    for (size_t i = 0; i < process->event_count; i++) {
        const struct event_rule *event = &process->events[i];
        if (!text_same(event->name, name) || !event->target_count)
            continue;
        if (event->target_count > 1 || (state && !text_same(state, event->to[0].state)))
            return NULL;
        state = event->to[0].state;
    }
    return state;
}

/* The last day of the event, by the clocks known so far; the earliest of them binds. */
static bool add_stage(struct stages *s, const struct deadline *clock)
{
    const char *event = clock->met_by[0].name;
    struct done *done = NULL;
    day due;

    s->steps = 0;
    if (!date_of(s, clock, &due))
        return false;
    for (size_t i = 0; i < s->count; i++)
        if (text_same(s->done[i].event, event))
            done = &s->done[i];
    if (done && done->on <= due)
        return false;
    if (!done)
        done = &s->done[s->count++];
    *done = (struct done){ event, only_target(s->l->process, event), due, clock, s->steps + 1 };
    return true;
}

static void add_stages(struct stages *s)
{
    const struct process *p = s->l->process;
    bool more = true;

    s->count = 0;
    for (size_t round = 0; more && round <= p->deadline_count; round++) {
        more = false;
        for (size_t i = 0; i < p->deadline_count; i++)
            if (is_stage(s, &p->deadlines[i]))
                more = add_stage(s, &p->deadlines[i]) || more;
    }
}

static const struct done *done_by(const struct stages *s, const char *event)
{
    for (size_t i = 0; i < s->count; i++)
        if (text_same(s->done[i].event, event))
            return &s->done[i];
    return NULL;
}

/* --- which is a whole ------------------------------------------------------------------------ */

struct only {
    const struct anchor *anchor;
    bool one;
};

static void see_anchor(void *self, const struct anchor *anchor)
{
    struct only *only = self;

    if (!only->anchor)
        only->anchor = anchor;
    else if (!same_anchor(only->anchor, anchor))
        only->one = false;
}

/* Of (a or b) the first is taken: what is true of a case that has it. */
static const struct anchor *counted_from(const struct moment *due)
{
    struct only only = { NULL, true };

    if (due->kind == MOMENT_FIRST_KNOWN)
        return counted_from(due->parts[0]);
    if (due->base && due->base->kind == MOMENT_FIRST_KNOWN)
        return counted_from(due->base->parts[0]);
    moment_anchors(due, &only, see_anchor);
    return only.one && only.anchor && only.anchor->kind != ANCHOR_DUE ? only.anchor : NULL;
}

static const char *anchor_text(const struct anchor *anchor)
{
    return anchor->kind == ANCHOR_OPENED ? "opening" : text_or(anchor->item, anchor->name);
}

static void say(const struct stages *s, const struct done *last, day due)
{
    char on[DAY_TEXT_MAX], end[DAY_TEXT_MAX], limit[DAY_TEXT_MAX], step[DAY_TEXT_MAX];
    struct only only = { NULL, true };
    const struct done *before;

    moment_anchors(last->clock->due, &only, see_anchor);
    bool event = only.anchor && only.anchor->kind == ANCHOR_EVENT;
    before = event ? done_by(s, only.anchor->name) : NULL;
    const char *steps =
        before ? arena_printf(s->l->arena, "'%s' by %s, then ", before->clock->name,
                              day_short(before->on, step)) : "";
    struct diag *d = lint_warn(s->l, "D011", last->clock->span, s->whole->name,
                               "the steps add up to more than '%s' allows: with %s on %s it is "
                               "due %s, and %s'%s' by %s",
                               s->whole->name, anchor_text(s->from), day_short(s->on, on),
                               day_short(due, limit), steps, last->clock->name,
                               day_short(last->on, end));
    diag_note(s->l->diags, d, s->whole->span, "'%s' stands", s->whole->name);
}

static void check_whole(struct stages *s, const char *event)
{
    const struct calendar *calendar = lint_calendar_of(s->l, s->whole->calendar);
    day worst = DAY_NONE;
    int most = 0;

    for (day on = calendar ? calendar->known_from : 0;
         calendar && on < calendar->known_until - 2 * YEAR; on += EVERY) {
        day due;
        s->on = on;
        add_stages(s);
        const struct done *last = done_by(s, event);
        if (!last || last->steps < 2)
            continue;
        if (date_of(s, s->whole, &due) && last->on - due > most) {
            most = last->on - due;
            worst = on;
        }
    }
    if (worst == DAY_NONE)
        return;
    day due;
    s->on = worst;
    add_stages(s);
    const struct done *last = done_by(s, event);
    if (last && date_of(s, s->whole, &due))
        say(s, last, due);
}

void lint_stages(const struct lint *l)
{
    const struct process *p = l->process;
    struct stages s = { .l = l,
                        .done = ARENA_ARRAY(l->arena, struct done, p->deadline_count + 1) };

    for (size_t i = 0; i < p->deadline_count; i++) {
        s.whole = &p->deadlines[i];
        s.from = s.whole->due && s.whole->owner ? counted_from(s.whole->due) : NULL;
        for (size_t j = 0; s.from && j < s.whole->met_count; j++)
            if (s.whole->met_by[j].kind == MET_EVENT)
                check_whole(&s, s.whole->met_by[j].name);
    }
}
