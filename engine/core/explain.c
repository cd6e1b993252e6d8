/* SPDX-License-Identifier: MIT */
#include "engine/core/explain.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/anchors.h"
#include "engine/core/clock_date.h"
#include "engine/core/in_force.h"
#include <string.h>

static enum err_code unknown(const struct decide_in *in, const struct process *process,
                             const char *name, struct arena *arena, struct err *err)
{
    struct { const char **at; size_t count, room; } names = { NULL, 0, 0 };
    for (size_t i = 0; process && i < process->deadline_count; i++)
        *LIST_ADD(arena, &names) = process->deadlines[i].name;
    for (size_t i = 0; i < in->file->in.clocks.count; i++)
        *LIST_ADD(arena, &names) = in->file->in.clocks.at[i].name;
    err_set(err, ERR_UNKNOWN, "there is no deadline '%s' in '%s'", name, in->file->process);
    err_nearest(err, name, names.at, names.count);
    return ERR_UNKNOWN;
}

const char *explain_words(struct arena *arena, const struct moment *moment)
{
    bool counts = (moment->kind == MOMENT_AFTER || moment->kind == MOMENT_BEFORE) &&
                  !moment->later_count; /* Else the steps say which. */
    const char *length = counts ? length_text(arena, moment->length) : NULL;
    if (!length || strstr(moment->text, length))
        return moment->text;
    return arena_printf(arena, "%s (%s)", moment->text, length);
}

static void add_law(struct buf *out, const char *law)
{
    if (law)
        buf_printf(out, " (%s)", law);
}

/* Why the calendar does not know, from the trace; it is noted where it was found out. */
static const char *why_beyond(const struct explained_rule *rule)
{
    for (size_t i = rule->trace.count; rule->date.beyond && i-- > 0;)
        if (rule->trace.at[i].kind == STEP_MISSING)
            return rule->trace.at[i].text;
    return NULL;
}

static void add_pause(struct buf *out, const struct explained *e)
{
    char text[DAY_TEXT_MAX];
    const struct pace *pace = &e->pace;
    buf_add(out, "; paused");
    if (!pace->known || !pace->paused)
        return;
    buf_printf(out, " since %s with %s", day_short(pace->stop.from, text),
               pace_text(out->arena, pace));
    if (pace->earliest != DAY_NONE)
        buf_printf(out, ": if it went on today it would be due %s",
                   day_short(pace->earliest, text));
    if (pace->stop.cap != DAY_NONE)
        buf_printf(out, "; it goes on by itself after %s", day_short(pace->stop.cap, text));
}

/* What else there is to say of a date that is known. */
static void add_rest(struct buf *out, const struct explained *e, const struct clock_date *date)
{
    char text[DAY_TEXT_MAX];
    if (date->local != DAY_NONE)
        buf_printf(out, "; the law's date binds, as %s is later, on %s",
                   explain_words(out->arena, e->rule.moment),
                   day_short(date->local, text));
    else if (date->law != DAY_NONE)
        buf_printf(out, "; the law allows until %s", day_short(date->law, text));
    const char *beyond = text_or(why_beyond(&e->rule), why_beyond(&e->floor));
    if (date->provisional && !date->paused)
        buf_printf(out, "; provisional%s%s", beyond ? ": " : "", beyond ? beyond : "");
    if (date->plain != DAY_NONE && date->rule.known && date->plain < date->rule.due)
        buf_printf(out, "; extended from %s", day_short(date->plain, text));
    if (!e->clock)
        return;
    if (e->differs)
        buf_printf(out, "; the case has %s", day_short(e->clock->due, text));
    bool lawful = e->clock->status == CLOCK_MET_LATE && e->clock->law != DAY_NONE &&
                  e->clock->closed_on <= e->clock->law;
    if (e->clock->status == CLOCK_NEVER_MET)
        buf_printf(out, "; missed, and ended on %s without being met",
                   day_short(e->clock->closed_on, text));
    else if (!clock_open(e->clock) && e->clock->closed_on != DAY_NONE)
        buf_printf(out, "; %s on %s%s", clock_status_name(e->clock->status),
                   day_short(e->clock->closed_on, text),
                   lawful ? ": late for this pack, not in law" : "");
    else if (e->clock->status == CLOCK_PAUSED)
        add_pause(out, e);
    else if (e->clock->status != CLOCK_RUNNING)
        buf_printf(out, "; %s", clock_status_name(e->clock->status));
    else if (e->pace.known)
        buf_printf(out, "; %s", pace_text(out->arena, &e->pace));
}

/* --- why no clock runs though its date is known ---------------------------------------------- */

static const char *why_condition(const struct decide_in *in, const struct process *process,
                                 const struct deadline *deadline, struct arena *arena)
{
    const struct view view = { .process = process,
                               .file = in->file,
                               .calendar = calendar_for(in->calendars, process->calendar,
                                                        in->file->school),
                               .on = in->file->state_since };
    struct answer answer = { .truth = TRUTH_UNKNOWN };
    struct err err = { .code = ERR_NONE };
    if (!deadline->only_if ||
        in->oracle->ask(in->oracle->self, deadline->only_if, &view, arena, &answer, &err) ||
        answer.truth == TRUTH_YES)
        return NULL;
    if (answer.truth == TRUTH_NO)
        return arena_printf(arena, "it is owed only if %s",
                            answer.why ? answer.why : deadline->only_if->source);
    const struct field *field = answer.why ? process_field(process, answer.why) : NULL;
    return arena_printf(arena, "it waits until '%s' is known",
                        field && field->label ? field->label
                        : answer.why          ? answer.why
                                              : deadline->only_if->source);
}

/* NULL: nothing is in its way. */
static const char *why_none(const struct decide_in *in, const struct process *process,
                            const struct deadline *deadline, struct arena *arena)
{
    const struct state *state = process_state(process, in->file->state);
    const struct item *item = deadline->list && deadline->item
                                  ? casefile_item(in->file, deadline->list, deadline->item)
                                  : NULL;
    if (!in->file->open)
        return "the case is closed";
    if (names_have(&deadline->ends_with, in->file->state))
        return arena_printf(arena, "nothing is owed at '%s'",
                            state && state->title ? state->title : in->file->state);
    if (item && item->na)
        return "it does not apply";
    const struct judged judged =
        in_force_judge(deadline->in_force, in->file, deadline, NULL, DAY_NONE);
    if (judged.holds != TRUTH_YES)
        return in_force_why(arena, deadline->in_force, &judged);
    return why_condition(in, process, deadline, arena);
}

static const char *verdict(struct arena *arena, const struct explained *e,
                           const struct clock_date *date, const char *none)
{
    char text[DAY_TEXT_MAX], minute[8];
    struct buf out = buf_in(arena);
    if (!date->known) {
        buf_printf(&out, "No date yet: %s", explain_words(arena, e->rule.moment));
        add_law(&out, e->rule.law);
        if (date->missing)
            buf_printf(&out, "; %s is not known yet", date->missing);
        else if (e->rule.date.beyond)
            buf_printf(&out, "; %s", text_or(why_beyond(&e->rule), "the calendar ends before it"));
        return buf_text(&out);
    }
    const struct explained_rule *binding = date->floor_binds ? &e->floor : &e->rule;
    buf_printf(&out, "%s%s%s %s", none ? "No clock runs: " : "", none ? none : "",
               none ? "; it would be due" : "Due", day_short(date->due, text));
    if (e->deadline->cut_off)
        buf_printf(&out, " by %s", minute_text(e->deadline->cut_off, minute));
    buf_printf(&out, ": %s", explain_words(arena, binding->moment));
    add_law(&out, binding->law);
    add_rest(&out, e, date);
    return buf_text(&out);
}

/* A worked-out field that it starts from is explained before it. */
static void trace_fields(const struct decide_in *in, const struct process *process,
                         const struct moment *moment, struct trace *trace)
{
    if (!moment)
        return;
    const struct field *field =
        moment->kind == MOMENT_ANCHOR && moment->anchor.kind == ANCHOR_FIELD
            ? process_field(process, moment->anchor.name)
            : NULL;
    if (field && field->is_moment) {
        struct anchors anchors = { .file = in->file };
        const struct when_in when = {
            .calendar = calendar_for(in->calendars, process->calendar, in->file->school),
            .notice_ordinary = in->model->notice_ordinary,
            .anchor = anchors_lookup,
            .self = &anchors,
            .trace = trace,
        };
        struct when_out out;
        when_moment(&when, field->is_moment, &out);
    }
    trace_fields(in, process, moment->base, trace);
    trace_fields(in, process, moment->after, trace);
    for (size_t i = 0; i < moment->part_count; i++)
        trace_fields(in, process, moment->parts[i], trace);
}

static const char *name_of(const struct calendar *calendar)
{
    return calendar ? calendar->name : NULL;
}

enum err_code explain_deadline(const struct decide_in *in, const char *name, struct arena *arena,
                               struct explained *out, struct err *err)
{
    const struct process *process = model_process(in->model, in->file->process);
    const struct deadline *deadline = process ? clock_rule(arena, process, in->file, name) : NULL;
    if (!deadline)
        return unknown(in, process, name, arena, err);

    struct clock_date date;
    struct explained e = {
        .deadline = deadline,
        .clock = casefile_clock(in->file, name),
        .rule = { .moment = deadline->due, .law = deadline->law, .trace = { .arena = arena } },
        .floor = { .moment = deadline->floor, .law = deadline->floor_law, .floor = true,
                   .trace = { .arena = arena } },
        .do_by = { .arena = arena },
    };
    trace_fields(in, process, deadline->due, &e.rule.trace);
    clock_date_on(in, in->file, deadline, in->event ? in->event->today : DAY_NONE, &e.rule.trace,
                  &e.floor.trace, &e.do_by, &date);
    e.rule.date = date.rule;
    e.rule.calendar = name_of(date.rule_calendar);
    e.rule.binds = date.known && !date.floor_binds;
    e.floor.date = date.floor;
    e.floor.calendar = name_of(date.floor_calendar);
    e.floor.binds = date.floor_binds;
    if (e.clock && clock_open(e.clock) && deadline->pause_count && in->event)
        clock_pace(in, in->file, deadline, in->event->today, &e.pace);
    e.differs = e.clock && (date.known ? e.clock->due != date.due : clock_open(e.clock));
    e.verdict = verdict(arena, &e, &date,
                        e.clock ? NULL : why_none(in, process, deadline, arena));
    *out = e;
    return ERR_NONE;
}
