/* SPDX-License-Identifier: MIT */
#include "engine/core/given.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/answers.h"
#include "engine/core/consents.h"
#include "engine/core/in_force.h"
#include "engine/core/rows.h"

#include <string.h>

static bool is_computed(const struct field *field)
{
    return field->is || field->is_moment;
}

/* Its own value, or that of some of its columns. */
static bool has_computed(const struct field *field)
{
    return is_computed(field) || rows_compute(field);
}

static const struct ask *find_ask(const struct ask *asks, size_t count, const char *field)
{
    for (size_t i = 0; i < count; i++) {
        if (text_same(asks[i].field, field))
            return &asks[i];
    }
    return NULL;
}

static const char *ask_list(const struct draft *d, const struct ask *asks, size_t count)
{
    struct buf text = buf_in(d->arena);
    for (size_t i = 0; i < count; i++)
        buf_printf(&text, "%s%s", i ? ", " : "", asks[i].field);
    return buf_text(&text);
}

static enum err_code no_such_field(struct draft *d, const char *name)
{
    const struct process *process = d->process;
    const char **names = ARENA_ARRAY(d->arena, const char *, process->field_count);
    for (size_t i = 0; i < process->field_count; i++)
        names[i] = process->fields[i].name;
    err_set(d->err, ERR_INPUT, "there is no field '%s'", name);
    err_nearest(d->err, name, names, process->field_count);
    return ERR_INPUT;
}

static void see(struct draft *d, const struct field *field, const struct value *value)
{
    sections_put_fields(d->arena, &d->seen, field->name)->value = *value;
}

/* Computed fields may hang on each other: as many rounds as there are fields, and one to see that
 * nothing moves. More, and they go in a circle that check did not see, through a function. */
static enum err_code in_a_circle(struct draft *d, const struct field *field)
{
    if (d->forgiving)
        return ERR_NONE;
    err_set(d->err, ERR_SCRIPT, "'%s' hangs on itself: it comes out otherwise each time",
            text_or(field->label, field->name));
    err_hint(d->err, "look at what its function reads");
    return ERR_SCRIPT;
}

enum err_code given_work_out(struct draft *d, const struct field *field,
                             const struct casefile *file, const struct sections *given,
                             struct value *out)
{
    *out = (struct value){ .kind = VALUE_NONE };
    if (in_force_judge(field->in_force, file, NULL, NULL, d->on).holds != TRUTH_YES)
        return ERR_NONE; /* Of another time, or not known of which. */
    if (field->is_moment) {
        struct when_out when;
        draft_when(d, file, field->is_moment, NULL, &when);
        if (when.known)
            *out = (struct value){ .kind = VALUE_DATE, .number = when.due };
        return ERR_NONE;
    }
    const struct view view = { .process = d->process,
                               .file = file,
                               .calendar = d->calendar,
                               .given = given ? given->fields.at : NULL,
                               .given_count = given ? given->fields.count : 0,
                               .on = d->on };
    struct err own = { .code = ERR_NONE };
    enum err_code rc = d->in->oracle->compute(d->in->oracle->self, field->is, &view, field,
                                              d->arena, out, d->forgiving ? &own : d->err);
    if (rc && d->forgiving) {
        const struct field_entry *old = casefile_field(&d->file, field->name);
        *out = old ? old->value : (struct value){ .kind = VALUE_NONE };
        return ERR_NONE;
    }
    return rc;
}

/* Whether working it out gave another value than the case has. */
static bool is_new(const struct casefile *file, const struct field *field,
                   const struct value *value)
{
    const struct field_entry *old = casefile_field(file, field->name);
    const struct value none = { .kind = VALUE_NONE };
    return !value_same(old ? &old->value : &none, value);
}

/* A computed field, or a table with computed columns as it now is; `seen` as in given_work_out. */
static enum err_code compute(struct draft *d, const struct field *field,
                             const struct casefile *seen, const struct sections *given,
                             struct value *out)
{
    const struct casefile *file = field->is_moment || !given ? seen : &d->file;
    if (is_computed(field)) {
        enum err_code rc = given_work_out(d, field, file, given, out);
        return rc || !rows_compute(field) ? rc : rows_work_out(d, field, file, given, out);
    }
    const struct field_entry *entry = casefile_field(seen, field->name);
    *out = entry ? entry->value : (struct value){ .kind = VALUE_NONE };
    return rows_work_out(d, field, file, given, out);
}

/* What is computed from the values given, so that conditions see both alike. */
static enum err_code see_computed(struct draft *d)
{
    const struct field *moved = NULL;
    if (!d->seen.fields.count)
        return ERR_NONE;
    for (size_t round = 0; round <= d->process->field_count; round++) {
        moved = NULL;
        for (size_t i = 0; i < d->process->field_count; i++) {
            const struct field *field = &d->process->fields[i];
            if (!has_computed(field))
                continue;
            const struct casefile seen = draft_seen(d);
            struct value value;
            enum err_code rc = compute(d, field, &seen, &d->seen, &value);
            if (rc)
                return rc;
            if (!is_new(&seen, field, &value))
                continue;
            see(d, field, &value);
            moved = field;
        }
        if (!moved)
            return ERR_NONE;
    }
    return in_a_circle(d, moved);
}

/* What was proposed and is asked again belongs together with what is typed now. */
static void see_proposed(struct draft *d, const struct ask *asks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct proposal *proposal = casefile_proposal(&d->file, asks[i].field);
        const struct field *field = proposal ? process_field(d->process, asks[i].field) : NULL;
        if (field)
            see(d, field, &proposal->value);
    }
}

/* A question of another time: asked only under the regime it belongs to. */
static enum err_code check_in_force(struct draft *d)
{
    for (size_t i = 0; i < d->typed.fields.count; i++) {
        const struct field *field = process_field(d->process, d->typed.fields.at[i].name);
        const struct casefile seen = draft_seen(d);
        if (d->typed.fields.at[i].value.kind == VALUE_NONE || !field->in_force)
            continue;
        const struct judged judged = in_force_judge(field->in_force, &seen, NULL, NULL, d->on);
        if (judged.holds == TRUTH_NO)
            return err_set(d->err, ERR_INPUT, "'%s' (%s) is not asked in this case: %s",
                           draft_field_label(d, field->name), field->name,
                           in_force_why(d->arena, field->in_force, &judged));
    }
    return ERR_NONE;
}

enum err_code given_read(struct draft *d, const struct ask *asks, size_t count, const char *dated,
                         bool any)
{
    const struct event *event = d->in->event;
    see_proposed(d, asks, count);
    for (size_t i = 0; i < event->given_count; i++) {
        const struct given *given = &event->given[i];
        const struct field *field = process_field(d->process, given->name);
        if (!field)
            return no_such_field(d, given->name);
        if (is_computed(field))
            return err_set(d->err, ERR_INPUT, "'%s' (%s) is worked out, not typed",
                           draft_field_label(d, field->name), field->name);
        if (field->cases && !event_looked(event, field->name))
            return err_set(d->err, ERR_INPUT, "'%s' (%s) is looked up, not typed",
                           draft_field_label(d, field->name), field->name);
        if (!any && !find_ask(asks, count, field->name) && !text_same(dated, field->name)) {
            err_set(d->err, ERR_INPUT, "'%s' (%s) is not asked here",
                    draft_field_label(d, field->name), field->name);
            if (count)
                err_hint(d->err, "asked are: %s", ask_list(d, asks, count));
            return ERR_INPUT;
        }
        struct value value;
        enum err_code rc = value_read(d->arena, field, given->value, &value, d->err);
        if (!rc)
            rc = rows_typed(d, field, &value);
        if (rc)
            return rc;
        sections_put_fields(d->arena, &d->typed, field->name)->value = value;
        see(d, field, &value);
    }
    enum err_code rc = see_computed(d);
    return rc ? rc : check_in_force(d);
}

static enum err_code limit_date(struct draft *d, const struct field *field,
                                const struct bound *bound, bool is_max, const struct value *value)
{
    const struct casefile seen = draft_seen(d);
    struct when_out when;
    draft_when(d, &seen, bound->moment, NULL, &when);
    if (!when.known) {
        draft_lacks(d, "'%s' cannot be checked until '%s' is known",
                    text_or(field->label, field->name),
                    when.missing ? draft_field_label(d, when.missing) : bound->moment->text);
        return ERR_NONE;
    }
    if (is_max ? value->number <= when.due : value->number >= when.due)
        return ERR_NONE;
    return err_set(d->err, ERR_INPUT, "'%s' must not be %s %s (%s)",
                   text_or(field->label, field->name), is_max ? "after" : "before",
                   draft_day(d, when.due), bound->moment->text);
}

/* How many rows there are, or choices. */
static enum err_code limit_count(struct draft *d, const struct field *field, int64_t edge,
                                 bool is_max, const struct value *value)
{
    int64_t has = (int64_t)value->tree->count;
    const char *one = value->kind == VALUE_ROWS ? "row" : "choice";
    if (is_max ? has <= edge : has >= edge)
        return ERR_NONE;
    return err_set(d->err, ERR_INPUT, "'%s' has %lld %s%s: at %s %lld",
                   text_or(field->label, field->name), (long long)has, one, has == 1 ? "" : "s",
                   is_max ? "most" : "least", (long long)edge);
}

static enum err_code limit(struct draft *d, const struct field *field, const struct bound *bound,
                           bool is_max, const struct value *value)
{
    if (!bound->set)
        return ERR_NONE;
    if (bound->moment)
        return value->kind == VALUE_DATE ? limit_date(d, field, bound, is_max, value) : ERR_NONE;
    if (value->kind == VALUE_ROWS || value->kind == VALUE_CHOICES)
        return limit_count(d, field, bound_on(bound, d->on), is_max, value);
    bool counts = value->kind == VALUE_INT || value->kind == VALUE_DECIMAL ||
                  value->kind == VALUE_TIME;
    struct value edge = { .kind = value->kind, .number = bound_on(bound, d->on) };
    if (!counts || (is_max ? value->number <= edge.number : value->number >= edge.number))
        return ERR_NONE;
    return err_set(d->err, ERR_INPUT, "'%s' must not be %s than %s",
                   text_or(field->label, field->name), is_max ? "more" : "less",
                   value_show(d->arena, field, &edge));
}

enum err_code given_check_value(struct draft *d, const struct field *field,
                                const struct value *value)
{
    enum err_code rc = limit(d, field, &field->min, false, value);
    if (!rc)
        rc = limit(d, field, &field->max, true, value);
    if (!rc && value->kind == VALUE_ROWS)
        rc = rows_check(d, field, value);
    if (rc || !field->pattern || value->kind != VALUE_TEXT)
        return rc;
    bool matches = false;
    rc = d->in->oracle->matches(d->in->oracle->self, field->pattern, value->text, &matches, d->err);
    if (rc || matches)
        return rc;
    bool secret = field->type == FIELD_UPN || field->type == FIELD_ULN; /* Not for any log. */
    err_set(d->err, ERR_INPUT, "'%s' is not as it must be%s%s%s",
            text_or(field->label, field->name), secret ? "" : ": '", secret ? "" : value->text,
            secret ? "" : "'");
    if (field->help)
        err_hint(d->err, "%s", field->help);
    return ERR_INPUT;
}

/* Whether the field must be filled now. */
static enum err_code must_have(struct draft *d, const struct ask *ask, const struct field *field,
                               bool *must)
{
    /* Whether it is in force not being known, it is asked. */
    bool gone = draft_in_force(d, field->in_force, NULL, false) == TRUTH_NO;
    *must = !ask->optional && !gone;
    if (gone)
        return ERR_NONE;
    if (*must || !field->required_if)
        return ERR_NONE;
    struct answer answer;
    enum err_code rc = draft_ask(d, field->required_if, &answer);
    *must = answer.truth != TRUTH_NO; /* Not known lets nothing through. */
    return rc;
}

/* Emptied on purpose: it counts as missing, whatever the case had. */
static bool emptied(const struct draft *d, const char *field)
{
    for (size_t i = 0; i < d->typed.fields.count; i++) {
        const struct field_entry *typed = &d->typed.fields.at[i];
        if (text_same(typed->name, field))
            return typed->value.kind == VALUE_NONE;
    }
    return false;
}

/* Whether the hint so far is of fields too: what is missing is named at once, while it fits. */
static bool given_hint(const char *hint)
{
    return strncmp(hint, "give ", 5) == 0 && strlen(hint) < 120;
}

static enum err_code check_ask(struct draft *d, const struct ask *ask, const struct field *field)
{
    const struct value *value = draft_value(d, field->name);
    if (value && !emptied(d, field->name))
        return given_check_value(d, field, value);
    bool must = false;
    enum err_code rc = d->preview ? ERR_NONE : must_have(d, ask, field, &must);
    if (must) {
        draft_lacks(d, "'%s' is missing", draft_field_label(d, field->name));
        if (d->hint && given_hint(d->hint))
            d->hint = arena_printf(d->arena, "%s %s=...", d->hint, field->name);
        else
            draft_hint(d, "give %s=...", field->name);
    }
    return rc;
}

enum err_code given_check(struct draft *d, const struct ask *asks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct field *field = process_field(d->process, asks[i].field);
        if (!field || is_computed(field))
            continue;
        enum err_code rc = check_ask(d, &asks[i], field);
        if (rc)
            return rc;
    }
    return ERR_NONE;
}

enum err_code given_keep(struct draft *d, const struct field *field, const struct value *value)
{
    const struct consent_rule *covers;
    enum err_code rc = consents_covering(d, field->name, &covers);
    if (rc)
        return rc;
    draft_drop(d, "proposals", field->name);
    if (!covers) {
        draft_set_field(d, field, value);
        return ERR_NONE;
    }
    const struct field_entry *in_force = casefile_field(&d->file, field->name);
    bool news = value->kind != VALUE_NONE && !(in_force && value_same(&in_force->value, value));
    if (news) {
        answers_forget(d, covers->name); /* They were about something else. */
        draft_set_proposal(d, field, covers->name, value);
    }
    return ERR_NONE;
}

enum err_code given_store(struct draft *d)
{
    for (size_t i = 0; i < d->typed.fields.count; i++) {
        const struct field_entry *entry = &d->typed.fields.at[i];
        const struct field *field = process_field(d->process, entry->name);
        /* With the columns that were worked out. */
        const struct value *whole = rows_compute(field) ? draft_value(d, entry->name) : NULL;
        enum err_code rc = given_keep(d, field, whole ? whole : &entry->value);
        if (rc)
            return rc;
    }
    return ERR_NONE;
}

enum err_code given_compute(struct draft *d)
{
    const struct field *moved = NULL;
    for (size_t round = 0; round <= d->process->field_count; round++) {
        moved = NULL;
        for (size_t i = 0; i < d->process->field_count; i++) {
            const struct field *field = &d->process->fields[i];
            if (!has_computed(field))
                continue;
            struct value value;
            enum err_code rc = compute(d, field, &d->file, NULL, &value);
            if (rc)
                return rc;
            if (!is_new(&d->file, field, &value))
                continue;
            draft_set_field(d, field, &value);
            moved = field;
        }
        if (!moved)
            return ERR_NONE;
    }
    return in_a_circle(d, moved);
}

static bool hangs_on_due(const struct moment *moment)
{
    if (!moment)
        return false;
    if (moment->kind == MOMENT_ANCHOR && moment->anchor.kind == ANCHOR_DUE)
        return true;
    for (size_t i = 0; i < moment->part_count; i++) {
        if (hangs_on_due(moment->parts[i]))
            return true;
    }
    return hangs_on_due(moment->base) || hangs_on_due(moment->after);
}

enum err_code given_compute_due(struct draft *d, bool *changed)
{
    *changed = false;
    for (size_t i = 0; i < d->process->field_count; i++) {
        const struct field *field = &d->process->fields[i];
        bool script = field->is && field->is->is_function; /* It may look at case.due. */
        struct value value;
        if (!script && !hangs_on_due(field->is_moment))
            continue;
        enum err_code rc = given_work_out(d, field, &d->file, NULL, &value);
        if (rc)
            return rc;
        *changed = *changed || is_new(&d->file, field, &value);
    }
    return *changed ? given_compute(d) : ERR_NONE;
}
