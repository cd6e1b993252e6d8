/* SPDX-License-Identifier: MIT */
#include "engine/core/explain.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/clock_date.h"
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
    bool counts = moment->kind == MOMENT_AFTER || moment->kind == MOMENT_BEFORE;
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
    if (date->provisional)
        buf_add(out, "; provisional");
    if (!e->clock)
        return;
    if (e->differs)
        buf_printf(out, "; the case has %s", day_short(e->clock->due, text));
    if (!clock_open(e->clock) && e->clock->closed_on != DAY_NONE)
        buf_printf(out, "; %s on %s", clock_status_name(e->clock->status),
                   day_short(e->clock->closed_on, text));
    else if (e->clock->status != CLOCK_RUNNING)
        buf_printf(out, "; %s", clock_status_name(e->clock->status));
}

static const char *verdict(struct arena *arena, const struct explained *e,
                           const struct clock_date *date)
{
    char text[DAY_TEXT_MAX];
    struct buf out = buf_in(arena);
    if (!date->known) {
        buf_printf(&out, "No date yet: %s", explain_words(arena, e->rule.moment));
        add_law(&out, e->rule.law);
        if (date->missing)
            buf_printf(&out, "; %s is not known yet", date->missing);
        else if (e->rule.date.beyond)
            buf_printf(&out, "; the calendar '%s' ends before it", e->rule.calendar);
        return buf_text(&out);
    }
    const struct explained_rule *binding = date->floor_binds ? &e->floor : &e->rule;
    buf_printf(&out, "Due %s: %s", day_short(date->due, text),
               explain_words(arena, binding->moment));
    add_law(&out, binding->law);
    add_rest(&out, e, date);
    return buf_text(&out);
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
    clock_date(in, in->file, deadline, &e.rule.trace, &e.floor.trace, &e.do_by, &date);
    e.rule.date = date.rule;
    e.rule.calendar = name_of(date.rule_calendar);
    e.rule.binds = date.known && !date.floor_binds;
    e.floor.date = date.floor;
    e.floor.calendar = name_of(date.floor_calendar);
    e.floor.binds = date.floor_binds;
    e.differs = e.clock && (date.known ? e.clock->due != date.due : clock_open(e.clock));
    e.verdict = verdict(arena, &e, &date);
    *out = e;
    return ERR_NONE;
}
