/* SPDX-License-Identifier: MIT */
#include "engine/core/draft.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/anchors.h"
#include "engine/core/in_force.h"
#include "engine/core/stops.h"
#include <stdio.h>
#include <string.h>

/* The stored case is borrowed, and a section's spare room is shared with it: so every section
 * that will be written in place is copied first. */
static void own_sections(struct arena *arena, struct sections *in)
{
#define X(member, type, key)                                                                      \
    if (in->member.count) {                                                                       \
        size_t size = in->member.count * sizeof *in->member.at;                                   \
        in->member.at = arena_grow(arena, in->member.at, size, size);                             \
        in->member.room = in->member.count;                                                       \
    }
    CASEFILE_SECTIONS(X)
#undef X
}

void draft_begin(struct draft *d, const struct decide_in *in, const struct process *process,
                 struct arena *arena, struct err *err)
{
    const struct event *event = in->event;
    *d = (struct draft){
        .in = in,
        .process = process,
        .calendar = calendar_for(in->calendars, process->calendar,
                                 event->kind == EVENT_OPEN ? event->school : in->file->school),
        .arena = arena,
        .err = err,
        .file = *in->file,
        .out = ARENA_NEW(arena, struct outcome),
        .on = event->on == DAY_NONE ? event->today : event->on,
        .today = event->today,
        .now = minute_at(event->today, event->minute),
        .miss_before = event->today,
    };
    own_sections(arena, &d->file.in);
    d->file.recorded_ms = event->recorded_ms;
}

/* Puts `value` under its name into the case and into what changed. */
#define SET(member, type, value_)                                                                 \
    do {                                                                                          \
        const struct type set_ = (value_);                                                        \
        forget_gone(d, #member, set_.name);                                                       \
        *sections_put_##member(d->arena, &d->file.in, set_.name) = set_;                          \
        *sections_put_##member(d->arena, &d->out->changed, set_.name) = set_;                     \
    } while (0)

/* What is set again is not gone: fold drops last. */
static void forget_gone(struct draft *d, const char *section, const char *name)
{
    for (size_t i = 0; i < d->out->gone.count; i++) {
        struct gone *gone = &d->out->gone.at[i];
        if (text_same(gone->section, section) && text_same(gone->name, name)) {
            *gone = d->out->gone.at[--d->out->gone.count];
            return;
        }
    }
}

static bool was_stored(const struct draft *d, const char *section, const char *name)
{
    struct sections stored = d->in->file->in;
    return sections_drop(d->arena, &stored, section, name);
}

void draft_drop(struct draft *d, const char *section, const char *name)
{
    if (!sections_drop(d->arena, &d->file.in, section, name))
        return;
    d->clock_writes += text_same(section, "clocks");
    sections_drop(d->arena, &d->out->changed, section, name);
    if (was_stored(d, section, name))
        *LIST_ADD(d->arena, &d->out->gone) = (struct gone){ .section = section, .name = name };
}

void draft_set_field(struct draft *d, const struct field *field, const struct value *value)
{
    const struct field_entry *old = casefile_field(&d->file, field->name);
    if (value->kind == VALUE_NONE) {
        draft_drop(d, "fields", field->name);
        return;
    }
    if (old && value_same(&old->value, value))
        return;
    SET(fields, field_entry,
        ((struct field_entry){
            .name = field->name, .value = *value, .personal = field->personal }));
}

void draft_set_proposal(struct draft *d, const struct field *field, const char *consent,
                        const struct value *value)
{
    SET(proposals, proposal,
        ((struct proposal){ .name = field->name,
                            .consent = consent,
                            .value = *value,
                            .personal = field->personal }));
}

static bool same_clock(const struct clock *a, const struct clock *b)
{
    return a->status == b->status && a->since == b->since && a->due == b->due && a->law == b->law &&
           a->local == b->local && a->do_by == b->do_by && a->provisional == b->provisional &&
           a->round == b->round && a->closed_on == b->closed_on && a->told == b->told &&
           text_same(a->remind, b->remind) &&
           text_same(a->ground, b->ground) && text_same(a->why, b->why);
}

void draft_set_clock(struct draft *d, const struct clock *clock)
{
    const struct clock *old = casefile_clock(&d->file, clock->name);
    if (old && same_clock(old, clock))
        return;
    SET(clocks, clock, *clock);
    d->clock_writes++;
}

void draft_set_drawn(struct draft *d, const struct drawn *drawn)
{
    SET(grounds, drawn, *drawn);
}

void draft_set_item(struct draft *d, const struct item *item)
{
    SET(items, item, *item);
}

void draft_set_consent(struct draft *d, const struct consent *consent)
{
    SET(consents, consent, *consent);
}

void draft_set_answer(struct draft *d, const struct consent_answer *answer)
{
    SET(answers, consent_answer, *answer);
}

void draft_set_letter(struct draft *d, const struct letter_entry *letter)
{
    SET(letters, letter_entry, *letter);
}

void draft_set_party(struct draft *d, const struct party *party)
{
    SET(parties, party, *party);
}

void draft_set_link(struct draft *d, const struct link *link)
{
    SET(links, link, *link);
}

void draft_set_remark(struct draft *d, const char *name, const char *text)
{
    SET(remarks, remark, ((struct remark){ .name = name, .text = text }));
}

void draft_remark(struct draft *d, const char *text)
{
    int highest = 0;
    for (size_t i = 0; i < d->file.in.remarks.count; i++) {
        int64_t number;
        if (text_int(d->file.in.remarks.at[i].name, &number) && number > highest)
            highest = (int)number;
    }
    draft_set_remark(d, arena_printf(d->arena, "%04d", highest + 1), text);
}

static struct happened once_more(const struct happened *old, const char *name, day on)
{
    if (!old)
        return (struct happened){ .name = name, .first = on, .latest = on, .count = 1 };
    return (struct happened){ .name = name,
                              .first = on < old->first ? on : old->first,
                              .latest = on > old->latest ? on : old->latest,
                              .count = old->count + 1 };
}

/* What stops a clock is kept each time, as only so a stop that is recorded late finds its place. */
static void mark(struct draft *d, const char *name)
{
    if (!stops_marks(d->process, name))
        return;
    const char *mark = arena_printf(d->arena, "%s:%04zu", name, d->file.in.marks.count + 1);
    SET(marks, marking, ((struct marking){ .name = mark, .on = d->on }));
}

void draft_event(struct draft *d, const char *name)
{
    mark(d, name);
    SET(events, happened, once_more(casefile_event(&d->file, name), name, d->on));
    *LIST_ADD(d->arena, &d->occurred) = (struct occurred){ .kind = MET_EVENT, .name = name };
}

void draft_enter(struct draft *d, const struct state *state)
{
    mark(d, state->name);
    SET(entered, happened, once_more(casefile_entered(&d->file, state->name), state->name, d->on));
    *LIST_ADD(d->arena, &d->occurred) = (struct occurred){ .kind = MET_STATE, .name = state->name };
    d->file.state = state->name;
    d->file.state_since = d->on;
    d->file.open = !state->final;
}

/* A party of the case (a family) is told at once. A desk is told with the rest, at the pack's hour:
 * one message a person a day. */
static int64_t notice_leaves(const struct draft *d, const char *role)
{
    const struct role *rule = model_role(d->in->model, role);
    if (!rule || (rule->of == ROLE_CASE && !rule->otherwise))
        return d->now;
    int64_t hour = minute_at(minute_day(d->now), d->in->model->digest_minute);
    return hour >= d->now ? hour : hour + MINUTES_A_DAY;
}

void draft_notice(struct draft *d, enum notice_kind kind, const char *role, const char *about)
{
    *LIST_ADD(d->arena, &d->out->notices) =
        (struct notice){ .kind = kind, .role = role, .about = about,
                         .leave = notice_leaves(d, role) };
}

enum err_code draft_ask(struct draft *d, const struct condition *condition, struct answer *out)
{
    const struct view view = { .process = d->process,
                               .file = &d->file,
                               .calendar = d->calendar,
                               .given = d->seen.fields.at,
                               .given_count = d->seen.fields.count,
                               .on = d->on };
    const struct oracle *oracle = d->in->oracle;
    *out = (struct answer){ .truth = TRUTH_UNKNOWN };
    struct err own = { .code = ERR_NONE };
    enum err_code rc = oracle->ask(oracle->self, condition, &view, d->arena, out,
                                   d->forgiving ? &own : d->err);
    if (!rc || !d->forgiving)
        return rc;

    /* The clock must go on past a broken script, or it would try it for ever. */
    draft_set_remark(
        d, arena_printf(d->arena, DRAFT_SCRIPT_REMARK "%d", condition->id),
        arena_printf(d->arena, "%s%s%s", own.text, *own.place ? " at " : "", own.place));
    *out = (struct answer){ .truth = TRUTH_UNKNOWN };
    return ERR_NONE;
}

enum truth draft_in_force(struct draft *d, const struct in_force *in_force, const char *itself,
                          bool say)
{
    if (!in_force)
        return TRUTH_YES;
    const struct casefile seen = draft_seen(d);
    const struct judged judged = in_force_judge(in_force, &seen, NULL, itself, d->on);
    if (judged.holds == TRUTH_UNKNOWN && say)
        draft_lacks(d, "'%s' is not known, and whether it is in force hangs on it",
                    draft_field_label(d, judged.missing));
    else if (judged.holds == TRUTH_NO && say)
        draft_lacks(d, "%s", in_force_why(d->arena, in_force, &judged));
    return judged.holds;
}

struct casefile draft_seen(const struct draft *d)
{
    struct casefile seen = d->file;
    sections_merge(d->arena, &seen.in, &d->seen);
    return seen;
}

void draft_when(const struct draft *d, const struct casefile *file, const struct moment *moment,
                const char *calendar, struct when_out *out)
{
    struct anchors anchors = { .file = file };
    const struct when_in in = {
        .calendar = calendar ? calendar_find(d->in->calendars, calendar) : d->calendar,
        .notice_ordinary = d->in->model->notice_ordinary,
        .anchor = anchors_lookup,
        .self = &anchors,
    };
    when_moment(&in, moment, out);
}

static const struct value *value_in(const struct field_entry *at, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (text_same(at[i].name, name))
            return &at[i].value;
    }
    return NULL;
}

const struct value *draft_value(const struct draft *d, const char *field)
{
    const struct value *value = value_in(d->seen.fields.at, d->seen.fields.count, field);
    const struct field_entry *entry = value ? NULL : casefile_field(&d->file, field);
    if (entry)
        value = &entry->value;
    if (!value) {
        const struct proposal *proposal = casefile_proposal(&d->file, field);
        value = proposal ? &proposal->value : NULL;
    }
    return value && value->kind != VALUE_NONE ? value : NULL;
}

void draft_lacks(struct draft *d, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    *LIST_ADD(d->arena, &d->lacks) = arena_vprintf(d->arena, format, args);
    va_end(args);
}

void draft_hint(struct draft *d, const char *format, ...)
{
    if (d->hint)
        return;
    va_list args;
    va_start(args, format);
    d->hint = arena_vprintf(d->arena, format, args);
    va_end(args);
}

const char *draft_all_lacks(const struct draft *d)
{
    struct buf text = buf_in(d->arena);
    for (size_t i = 0; i < d->lacks.count; i++)
        buf_printf(&text, "%s%s", i ? "; " : "", d->lacks.at[i]);
    return buf_text(&text);
}

enum err_code draft_verdict(struct draft *d, const char *title)
{
    if (!d->lacks.count)
        return ERR_NONE;
    err_set(d->err, ERR_REFUSED, "'%s' cannot be done: %s", title, draft_all_lacks(d));
    if (d->hint)
        err_hint(d->err, "%s", d->hint);
    return ERR_REFUSED;
}

const char *draft_field_label(const struct draft *d, const char *name)
{
    const struct field *field = process_field(d->process, name);
    return field && field->label ? field->label : name;
}

const char *draft_day(const struct draft *d, day date)
{
    char text[DAY_TEXT_MAX];
    return arena_text(d->arena, day_short(date, text));
}
