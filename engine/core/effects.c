/* SPDX-License-Identifier: MIT */
#include "engine/core/effects.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/consents.h"
#include "engine/core/given.h"
#include "engine/core/given_of.h"
#include <inttypes.h>
#include <string.h>

struct value effects_value(const struct draft *d, const char *name, const struct field **field)
{
    *field = process_field(d->process, name);
    const struct field_entry *entry = casefile_field(&d->file, name);
    if (entry)
        return entry->value;
    const struct happened *happened = *field ? NULL : casefile_event(&d->file, name);
    if (!happened && !*field)
        happened = casefile_entered(&d->file, name);
    if (happened)
        return (struct value){ .kind = VALUE_DATE, .number = happened->latest };
    if (!*field && text_same(name, "opened"))
        return (struct value){ .kind = VALUE_DATE, .number = d->file.opened };
    return (struct value){ .kind = VALUE_NONE };
}

static enum err_code set_one(struct draft *d, const struct copied *copied)
{
    const struct field *field = process_field(d->process, copied->theirs), *ours;
    MUST(field); /* The loader checked the name. */
    struct value value = { .kind = VALUE_NONE };
    if (copied->ours) {
        value = effects_value(d, copied->ours, &ours);
    } else if (copied->is) {
        const struct view view = { .process = d->process, .file = &d->file,
                                   .calendar = d->calendar, .on = d->on };
        enum err_code rc = d->in->oracle->compute(d->in->oracle->self, copied->is, &view, field,
                                                  d->arena, &value, d->err);
        if (rc)
            return rc;
    } else if (copied->literal) {
        enum err_code rc = value_read(d->arena, field, copied->literal, &value, d->err);
        if (rc)
            return rc;
    }
    return given_keep(d, field, &value);
}

void effects_open(struct draft *d, const char *process, const struct given *given, size_t count)
{
    int64_t first = d->in->event->first_child, number = first + (int64_t)d->out->openings.count;
    *LIST_ADD(d->arena, &d->out->openings) = (struct opening){
        .process = process, .given = given, .given_count = count, .on = d->on
    };
    if (first) {
        const struct link link = { .name = arena_printf(d->arena, "child:%" PRId64, number),
                                   .case_id = number,
                                   .process = process };
        draft_set_link(d, &link);
    }
}

/* `row` NULL: without `for`. */
static const struct json *copied_value(const struct draft *d, const struct copied *copied,
                                       const struct field *each, const struct json *row)
{
    if (copied->ours) {
        const struct field *field;
        const struct value ours = effects_value(d, copied->ours, &field);
        return given_of_value(d->arena, field, &ours);
    }
    const struct json *cell = copied->column && row ? json_get(row, copied->column) : NULL;
    return cell ? given_of_cell(d->arena, process_column(each, copied->column), cell)
                : copied->literal;
}

static void open_one(struct draft *d, const struct effect *effect, const struct field *each,
                     const struct json *row)
{
    struct given *given = ARENA_ARRAY(d->arena, struct given, effect->value_count);
    size_t count = 0;
    for (size_t i = 0; i < effect->value_count; i++) {
        const struct json *value = copied_value(d, &effect->values[i], each, row);
        if (value)
            given[count++] = (struct given){ .name = effect->values[i].theirs, .value = value };
    }
    given_sort(given, count);
    effects_open(d, effect->name, given, count);
}

/* The first row of a field in force; NULL: it has none. */
static const struct json *first_row(const struct draft *d, const char *field)
{
    const struct field_entry *entry = casefile_field(&d->file, field);
    return entry && entry->value.kind == VALUE_ROWS ? entry->value.tree->first : NULL;
}

static void open_all(struct draft *d, const struct effect *effect)
{
    if (!effect->each) {
        open_one(d, effect, NULL, NULL);
        return;
    }
    const struct field *each = process_field(d->process, effect->each);
    for (const struct json *row = first_row(d, effect->each); row; row = row->next)
        open_one(d, effect, each, row);
}

static void signal_all(struct draft *d, const struct effect *effect)
{
    if (!effect->each) {
        *LIST_ADD(d->arena, &d->out->sendings) =
            (struct sending){ .to = effect->to, .event = effect->name, .on = d->on };
        return;
    }
    for (const struct json *row = first_row(d, effect->each); row; row = row->next) {
        const struct json *ref = json_get(row, CASES_COLUMN_CASE);
        if (ref && ref->kind == JSON_TEXT)
            *LIST_ADD(d->arena, &d->out->sendings) =
                (struct sending){ .to = ref->text, .event = effect->name, .on = d->on };
    }
}

/* A letter is written once for each event that tells so: "keep", then "keep-2". */
static void letter_one(struct draft *d, const struct effect *effect)
{
    struct letter_entry letter = { .message = effect->message, .role = effect->who,
                                   .email = effect->email, .round = 1, .made = d->on,
                                   .sent = DAY_NONE };
    int written = 0;
    for (size_t i = 0; i < d->file.in.letters.count; i++) {
        const struct letter_entry *old = &d->file.in.letters.at[i];
        bool before = casefile_letter(d->in->file, old->name) != NULL;
        if (!text_same(old->message, effect->message))
            continue;
        written++;
        if (before && old->round >= letter.round)
            letter.round = old->round + 1;
    }
    letter.name = written ? arena_printf(d->arena, "%s-%d", effect->message, written + 1)
                          : effect->message;
    draft_set_letter(d, &letter);
}

static void name_one(struct draft *d, const struct copied *copied)
{
    struct party party = { .name = copied->theirs };
    if (copied->ours) {
        const struct field *field;
        const struct value value = effects_value(d, copied->ours, &field);
        party.text = value.kind == VALUE_TEXT ? value.text : NULL;
    } else if (copied->literal) {
        party.text = copied->literal->text;
    }
    if (party.text)
        draft_set_party(d, &party);
}

static enum err_code apply_one(struct draft *d, const struct effect *effect)
{
    enum err_code rc = ERR_NONE;
    switch (effect->kind) {
    case EFFECT_NOTIFY:
        draft_notice(d, NOTICE_NOTIFY, effect->who, effect->message);
        break;
    case EFFECT_LETTER:
        letter_one(d, effect);
        break;
    case EFFECT_ASK: {
        const struct consent_rule *rule = process_consent(d->process, effect->name);
        rc = rule ? consents_ask(d, rule) : ERR_NONE;
        break;
    }
    case EFFECT_OPEN:
        open_all(d, effect);
        break;
    case EFFECT_SIGNAL:
        signal_all(d, effect);
        break;
    case EFFECT_SET:
        for (size_t i = 0; i < effect->value_count && !rc; i++)
            rc = set_one(d, &effect->values[i]);
        break;
    case EFFECT_NAME:
        for (size_t i = 0; i < effect->value_count; i++)
            name_one(d, &effect->values[i]);
        break;
    }
    return rc;
}

enum err_code effects_apply(struct draft *d, const struct effects *then)
{
    enum err_code rc = ERR_NONE;
    for (size_t i = 0; i < then->count && !rc; i++)
        rc = apply_one(d, &then->at[i]);
    return rc;
}

enum err_code effects_enter(struct draft *d, const struct state *state)
{
    draft_enter(d, state);
    return effects_apply(d, &state->then);
}
