/* SPDX-License-Identifier: MIT */
#include "engine/core/owed.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/anchors.h"
#include "engine/core/clock_date.h"
#include "engine/core/in_force.h"
#include "engine/core/reminders.h"

#define REFUSED_PREFIX "clock."

const char *owed_refused_name(struct arena *arena, const char *event)
{
    return arena_printf(arena, REFUSED_PREFIX "%s", event);
}

bool owed_is_refused_name(const char *remark)
{
    return text_starts(remark, REFUSED_PREFIX);
}

static void offer(struct owed *best, const struct owed *other)
{
    bool sooner = best->kind == OWED_NOTHING || other->minute < best->minute ||
                  (other->minute == best->minute && other->kind < best->kind);
    if (sooner)
        *best = *other;
}

static void offer_day(struct owed *best, enum owed_kind kind, day date)
{
    const struct owed other = { .kind = kind, .minute = minute_at(date, 0) };
    offer(best, &other);
}

static void of_consents(const struct casefile *file, const struct process *process,
                        struct owed *best)
{
    for (size_t i = 0; i < file->in.consents.count; i++) {
        const struct consent *consent = &file->in.consents.at[i];
        if (!process_consent(process, consent->name))
            continue;
        bool waits = consent->status == CONSENT_ASKED || consent->status == CONSENT_DISCUSS;
        if (waits && consent->lapses != DAY_NONE)
            offer_day(best, OWED_CONSENTS, consent->lapses + 1);
        if (consent->in_force && consent->until != DAY_NONE)
            offer_day(best, OWED_CONSENTS, consent->until + 1);
    }
}

/* Its day, but not before its state was entered; once a stay in the state. */
static void of_event(const struct decide_in *in, const struct casefile *file,
                     const struct process *process, const struct event_rule *rule,
                     struct arena *arena, struct owed *best)
{
    struct anchors anchors = { .file = file };
    const struct when_in when = {
        .calendar = calendar_for(in->calendars, process->calendar, file->school),
        .notice_ordinary = in->model->notice_ordinary,
        .anchor = anchors_lookup,
        .self = &anchors,
    };
    struct when_out at;
    when_moment(&when, rule->at, &at);
    if (!at.known)
        return;
    if (in_force_judge(rule->in_force, file, NULL, rule->name, at.due).holds != TRUTH_YES)
        return;
    bool late = !rule->everywhere && at.due < file->state_since;
    day on = late ? file->state_since : at.due < file->opened ? file->opened : at.due;
    const struct happened *happened = casefile_event(file, rule->name);
    if ((happened && happened->latest >= on) ||
        casefile_remark(file, owed_refused_name(arena, rule->name)))
        return;
    const struct owed other = { OWED_EVENT, minute_at(on, 0), rule, on };
    offer(best, &other);
}

static void of_events(const struct decide_in *in, const struct casefile *file,
                      const struct process *process, struct arena *arena, struct owed *best)
{
    const struct state *state = process_state(process, file->state);
    for (size_t i = 0; state && i < state->event_count; i++) {
        if (state->events[i]->by_clock && state->events[i]->at)
            of_event(in, file, process, state->events[i], arena, best);
    }
}

static void of_clock(const struct decide_in *in, const struct casefile *file,
                     const struct deadline *rule, const struct clock *clock, struct owed *best)
{
    if (clock->status == CLOCK_RUNNING) {
        const struct owed missed = { .kind = OWED_CLOCKS,
                                     .minute = clock_last_minute(rule, clock->due) + 1 };
        offer(best, &missed);
    }
    struct clock_date date;
    if (clock->status == CLOCK_PAUSED && clock_date(in, file, rule, NULL, NULL, NULL, &date) &&
        date.paused && date.stop.cap != DAY_NONE)
        offer_day(best, OWED_CLOCKS, date.stop.cap + 1); /* It goes on by itself. */
    int64_t tell = telling_next(in, file, rule, clock, clock->told);
    if (tell != MINUTE_NONE) {
        const struct owed other = { .kind = OWED_CLOCKS, .minute = tell };
        offer(best, &other);
    }
}

struct owed owed_next(const struct decide_in *in, const struct casefile *file, struct arena *arena)
{
    struct owed best = { .kind = OWED_NOTHING, .minute = MINUTE_NONE };
    const struct process *process = file->open ? model_process(in->model, file->process) : NULL;
    if (!process)
        return best;
    of_consents(file, process, &best);
    of_events(in, file, process, arena, &best);
    for (size_t i = 0; i < file->in.clocks.count; i++) {
        const struct clock *clock = &file->in.clocks.at[i];
        if (!clock_open(clock))
            continue;
        const struct deadline *rule = clock_rule(arena, process, file, clock->name);
        if (rule)
            of_clock(in, file, rule, clock, &best);
    }
    return best;
}

int64_t decide_reminds(const struct decide_in *in, const char *name, const char *role,
                       struct arena *arena)
{
    const struct process *process = model_process(in->model, in->file->process);
    const struct clock *clock = casefile_clock(in->file, name);
    const struct deadline *rule = process ? clock_rule(arena, process, in->file, name) : NULL;
    return clock && rule ? reminder_next(in, in->file, role, rule, clock, clock->told)
                         : MINUTE_NONE;
}

bool decide_owed(const struct decide_in *in, int64_t until, struct arena *arena,
                 struct event *event)
{
    const struct owed owed = owed_next(in, in->file, arena);
    if (owed.kind == OWED_NOTHING || owed.minute > until)
        return false;
    day date = minute_day(owed.minute);
    *event = (struct event){
        .kind = owed.kind == OWED_EVENT ? EVENT_DO : EVENT_CLOCK,
        .name = owed.rule ? owed.rule->name : NULL,
        .act = owed.kind == OWED_CONSENTS ? OWED_ACT_CONSENTS : NULL,
        .on = date,
        .today = date,
        .minute = (int)(owed.minute - minute_at(date, 0)),
        .who_text = "clock",
        .role = "clock",
    };
    return true;
}
