/* SPDX-License-Identifier: MIT */
#include "engine/core/decide.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/act.h"
#include "engine/core/clocks.h"
#include "engine/core/consents.h"
#include "engine/core/evidence.h"
#include "engine/core/fold.h"
#include "engine/core/given.h"
#include "engine/core/owed.h"
#include <string.h>

struct casefile casefile_blank(void)
{
    return (struct casefile){ .wake = MINUTE_NONE, .opened = DAY_NONE, .state_since = DAY_NONE };
}

static enum err_code no_such_process(const struct decide_in *in, const char *name,
                                     struct arena *arena, struct err *err)
{
    const struct model *model = in->model;
    const char **names = ARENA_ARRAY(arena, const char *, model->process_count);
    for (size_t i = 0; i < model->process_count; i++)
        names[i] = model->processes[i].name;
    err_set(err, ERR_UNKNOWN, "there is no process '%s'", name ? name : "");
    err_nearest(err, name, names, model->process_count);
    return ERR_UNKNOWN;
}

static bool is_by_clock(const struct event *event)
{
    return event->kind == EVENT_CLOCK || event->kind == EVENT_RECKON ||
           event->kind == EVENT_OCCASION ||
           (event->kind == EVENT_DO && event_by_clock(event));
}

static enum err_code check_on(struct draft *d)
{
    if (is_by_clock(d->in->event))
        return ERR_NONE;
    if (d->on > d->today)
        return err_set(d->err, ERR_INPUT, "%s is in the future: today is %s", draft_day(d, d->on),
                       draft_day(d, d->today));
    /* An event's own field may still give the day (act_do checks it again). */
    bool own_day = d->in->event->kind == EVENT_OPEN || d->in->event->kind == EVENT_DO;
    if (!own_day && d->on < d->file.opened)
        return err_set(d->err, ERR_INPUT, "%s is before the case was opened on %s",
                       draft_day(d, d->on), draft_day(d, d->file.opened));
    return ERR_NONE;
}

static enum err_code act(struct draft *d)
{
    switch (d->in->event->kind) {
    case EVENT_OPEN:
        return act_open(d);
    case EVENT_DO:
    case EVENT_SIGNAL:
        return act_do(d);
    case EVENT_ITEM:
        return act_item(d);
    case EVENT_CONSENT:
        return act_consent(d);
    case EVENT_EXCUSE:
        return act_excuse(d);
    case EVENT_EXTEND:
        return act_extend(d);
    case EVENT_LATE:
        return act_late(d);
    case EVENT_NAME:
        return act_name(d);
    case EVENT_OCCASION:
        return act_occasion(d);
    case EVENT_LETTER:
        return act_letter(d);
    case EVENT_CLOCK:
    case EVENT_RECKON:
        break;
    }
    return ERR_NONE;
}

/* Something changed, so what the clock tried in vain may be tried again; and where no script was
 * forgiven, none fails any more. */
static void try_again(struct draft *d)
{
    for (size_t i = d->file.in.remarks.count; i-- > 0;) {
        const char *name = d->file.in.remarks.at[i].name;
        if (owed_is_refused_name(name) ||
            (!d->forgiving && text_starts(name, DRAFT_SCRIPT_REMARK)))
            draft_drop(d, "remarks", name);
    }
}

#ifndef NDEBUG
/* The promise that everything else hangs on: folding what was done gives the case as drafted. */
static void check_fold(const struct draft *d)
{
    struct casefile folded = *d->in->file;
    fold(d->arena, &folded, d->out);
    struct buf want = buf_in(d->arena), got = buf_in(d->arena);
    casefile_encode(&d->file, &want);
    casefile_encode(&folded, &got);
    MUST(text_same(buf_text(&want), buf_text(&got)));
    MUST(text_same(d->file.state, folded.state) && d->file.open == folded.open);
    MUST(text_same(d->file.process, folded.process) && text_same(d->file.ref, folded.ref));
    MUST(d->file.wake == folded.wake && d->file.school == folded.school);
}
#endif

static void finish(struct draft *d)
{
    struct outcome *out = d->out;
    d->file.wake = owed_next(d->in, &d->file, d->arena).minute;
    out->state = d->file.state;
    out->open = d->file.open;
    out->wake = d->file.wake;
    out->state_since = d->file.state_since;
    out->recorded_ms = d->file.recorded_ms;
    if (d->in->event->kind == EVENT_OPEN) {
        out->opens = true;
        out->process = d->file.process;
        out->school = d->file.school;
        out->ref = d->file.ref;
        out->opened = d->file.opened;
    }
#ifndef NDEBUG
    check_fold(d);
#endif
}

static enum err_code settle(struct draft *d)
{
    const struct event *event = d->in->event;
    bool consents_only = event->kind == EVENT_CLOCK && text_same(event->act, OWED_ACT_CONSENTS);
    /* The day's own events come before what is missed at its first minute. */
    if (consents_only || (event->kind == EVENT_DO && is_by_clock(event)))
        d->miss_before = d->today - 1;
    enum err_code rc = given_compute(d);
    if (rc)
        return rc;
    consents_settle(d);
    rc = clocks_reckon(d);
    if (rc)
        return rc;
    if (event->kind == EVENT_CLOCK && !consents_only)
        act_tell(d);
    if (event->kind != EVENT_CLOCK)
        try_again(d);
    return ERR_NONE;
}

/* A refusal leaves the draft half made. */
static enum err_code work(struct draft *d)
{
    enum event_kind kind = d->in->event->kind;
    bool own = kind == EVENT_ITEM || kind == EVENT_EXCUSE || kind == EVENT_EXTEND ||
               kind == EVENT_LATE; /* They may have rules of their own. */
    enum err_code rc = check_on(d);
    if (!rc && !own)
        rc = evidence_check(d, NULL, NULL);
    if (!rc)
        rc = act(d);
    return rc ? rc : settle(d);
}

/* What happens by itself cannot be put right and sent again: that it was refused is written
 * down, and it waits until something else changes. */
static void remark_refusal(struct draft *d, const struct err *why)
{
    const char *event = d->in->event->name;
    draft_set_remark(d, owed_refused_name(d->arena, event),
                     arena_printf(d->arena, "due on %s, but refused: %s", draft_day(d, d->on),
                                  why->text));
}

enum err_code decide(const struct decide_in *in, struct arena *arena, struct outcome **out,
                     struct err *err)
{
    const struct event *event = in->event;
    const char *name = event->kind == EVENT_OPEN ? event->name : in->file->process;
    const struct process *process = name ? model_process(in->model, name) : NULL;
    if (!process)
        return no_such_process(in, name, arena, err);

    struct err own = { .code = ERR_NONE };
    bool clock_event = event->kind == EVENT_DO && event_by_clock(event) && event->name &&
                       process_event(process, in->file->state, event->name);
    struct draft d;
    draft_begin(&d, in, process, arena, clock_event ? &own : err);
    d.forgiving = event->kind == EVENT_CLOCK || event->kind == EVENT_RECKON;
    /* What it would have led to in other cases was refused: the turn says so. */
    bool refused = clock_event && text_same(event->act, "refused");
    enum err_code rc = refused ? err_set(&own, ERR_REFUSED, "%s", text_or(event->why, ""))
                               : work(&d);
    if (rc && clock_event && rc != ERR_FORBIDDEN) {
        draft_begin(&d, in, process, arena, err);
        remark_refusal(&d, &own);
        rc = ERR_NONE;
    }
    if (rc) {
        if (clock_event && err)
            *err = own;
        return rc;
    }
    finish(&d);
    *out = d.out;
    return ERR_NONE;
}
