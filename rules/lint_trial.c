/* SPDX-License-Identifier: MIT */
#include "rules/lint_trial.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include <ctype.h>
#include <string.h>

enum { BEGUN = 20000 }; /* Some day: dates are never looked at here. */

/* --- what a condition looks at --------------------------------------------------------------- */

enum word_kind { WORD_END, WORD_NAME, WORD_TEXT, WORD_NUMBER, WORD_SIGN };
struct word {
    enum word_kind kind;
    const char *at;
    size_t len;
};

static struct word next_word(const char *at)
{
    at += strspn(at, " \t\r\n");
    const char *end = at;

    if (!*at)
        return (struct word){ WORD_END, at, 0 };
    if (isalpha((unsigned char)*at) || *at == '_') {
        while (isalnum((unsigned char)*end) || *end == '_')
            end++;
        return (struct word){ WORD_NAME, at, (size_t)(end - at) };
    }
    if (isdigit((unsigned char)*at)) {
        while (isalnum((unsigned char)*end) || *end == '.')
            end++;
        return (struct word){ WORD_NUMBER, at, (size_t)(end - at) };
    }
    if (*at == '"' || *at == '\'') {
        for (end = at + 1; *end && *end != *at; end++)
            ;
        return (struct word){ WORD_TEXT, at + 1, (size_t)(end - at) - 1 };
    }
    return (struct word){ WORD_SIGN, at, 1 };
}

static const char *after(const struct word *word)
{
    return word->at + word->len + (word->kind == WORD_TEXT && word->at[word->len]);
}

static bool is(const struct word *word, const char *text)
{
    return strlen(text) == word->len && !strncmp(word->at, text, word->len);
}

/* What is said of a name: found among those that can be gone through, or not. */
struct reading {
    const struct trial *trial;
    struct trial *into;       /* NULL: only looked at. */
    bool good, touches;
};

static struct trial_var *var_of(const struct trial *trial, const char *name)
{
    for (size_t i = 0; i < trial->count; i++)
        if (!strcmp(trial->vars[i].name, name))
            return (struct trial_var *)&trial->vars[i];
    return NULL;
}

static void want(struct reading *r, const char *name, const struct field *field, bool known)
{
    struct trial_var *var = var_of(r->trial, name);

    r->touches = r->touches || var;
    if (!var && (!r->into || r->trial->count == TRIAL_VARS_MAX)) {
        r->good = false;
        return;
    }
    if (!var) {
        var = &r->into->vars[r->into->count++];
        *var = (struct trial_var){ .name = name, .field = field };
    }
    if (!r->into)
        return;
    var->absent = var->absent || known;
    var->read = var->read || !known;
}

static bool has_values(const struct field *field)
{
    switch (field->type) {
    case FIELD_CHOICE: case FIELD_YES_NO: case FIELD_INTEGER: case FIELD_NUMBER:
    case FIELD_HOURS: case FIELD_MONEY:
        return !field->is && !field->pattern;
    default:
        return false;
    }
}

static void read_name(struct reading *r, const struct word *word)
{
    static const char *const plain[] = { "and", "or", "not", "true", "false" };
    const char *name = arena_text_n(r->trial->l->arena, word->at, word->len);
    const struct field *field = process_field(r->trial->l->process, name);

    if (text_in(name, plain, sizeof plain / sizeof *plain))
        return;
    if (field && has_values(field))
        want(r, field->name, field, false);
    else
        r->good = false;
}

/* known("x"): whether there is a value at all. */
static void read_known(struct reading *r, const struct word *word)
{
    const struct process *p = r->trial->l->process;
    const char *name = arena_text_n(r->trial->l->arena, word->at, word->len);
    const struct field *field = process_field(p, name);
    const struct event_rule *event = process_event_any(p, name);
    const struct state *state = process_state(p, name);

    if (field && !field->is && !field->is_moment)
        want(r, field->name, field, true);
    else if (event || state)
        want(r, event ? event->name : state->name, NULL, true);
    else
        r->good = false;
}

static void read_number(struct reading *r, const struct word *word)
{
    const char *text = arena_text_n(r->trial->l->arena, word->at, word->len);
    int64_t number;

    if (!decimal_parse(text, &number)) {
        r->good = false;
        return;
    }
    for (size_t i = 0; i < r->trial->number_count; i++)
        if (r->trial->numbers[i] == number)
            return;
    if (!r->into)
        return;
    if (r->into->number_count == TRIAL_VALUES_MAX)
        r->good = false;
    else
        r->into->numbers[r->into->number_count++] = number;
}

static void read_condition(struct reading *r, const struct condition *condition)
{
    struct word last[2] = { { WORD_END, "", 0 }, { WORD_END, "", 0 } };

    r->good = !condition->is_function;
    for (struct word word = next_word(condition->source);
         !condition->is_function && word.kind != WORD_END; word = next_word(after(&word))) {
        bool known = last[0].kind == WORD_SIGN && is(&last[0], "(") && is(&last[1], "known");
        if (word.kind == WORD_NAME && !is(&word, "known"))
            read_name(r, &word);
        else if (word.kind == WORD_TEXT && known)
            read_known(r, &word);
        else if (word.kind == WORD_NUMBER)
            read_number(r, &word);
        else if (word.kind == WORD_SIGN && !strchr("()=~<>+-*/", *word.at))
            r->good = false;
        last[1] = last[0];
        last[0] = word;
    }
}

struct trial trial_of(const struct lint *l, const struct event_rule *event)
{
    return (struct trial){ .l = l, .event = event };
}

bool trial_add(struct trial *trial, const struct condition *condition)
{
    struct trial before = *trial;
    struct reading r = { .trial = trial, .into = trial };

    read_condition(&r, condition);
    if (!r.good)
        *trial = before;
    return r.good;
}

bool trial_covers(const struct trial *trial, const struct condition *condition)
{
    struct reading r = { .trial = trial };

    read_condition(&r, condition);
    return r.good;
}

bool trial_touches(const struct trial *trial, const struct condition *condition)
{
    for (size_t i = 0; i < trial->count; i++)
        if (condition->is_function || lint_says(condition->source, trial->vars[i].name))
            return true;
    return false;
}

/* --- values ---------------------------------------------------------------------------------- */

static void add_value(struct trial_var *var, struct value value)
{
    const struct field *field = var->field;
    bool number = value.kind == VALUE_INT || value.kind == VALUE_DECIMAL;

    if (number && ((field->min.set && value.number < field->min.number) ||
                   (field->max.set && value.number > field->max.number)))
        return;
    for (size_t i = 0; i < var->count; i++)
        if (value_same(&var->values[i], &value))
            return;
    if (var->count < TRIAL_VALUES_MAX)
        var->values[var->count++] = value;
}

/* Each number it may be compared with, and one on either side. */
static void add_numbers(const struct trial *trial, struct trial_var *var)
{
    bool whole = var->field->type == FIELD_INTEGER || var->field->type == FIELD_MONEY;
    int64_t step = whole ? 1 : DECIMAL_ONE / 2;
    enum value_kind kind = whole ? VALUE_INT : VALUE_DECIMAL;

    for (size_t i = 0; i < trial->number_count; i++) {
        int64_t number = whole ? trial->numbers[i] / DECIMAL_ONE : trial->numbers[i];
        for (int side = -1; side <= 1; side++)
            add_value(var, (struct value){ .kind = kind, .number = number + side * step });
    }
    add_value(var, (struct value){ .kind = kind });
}

static void add_values(const struct trial *trial, struct trial_var *var)
{
    const struct field *field = var->field;

    if (!field || !var->read)
        var->values[var->count++] = (struct value){ .kind = VALUE_TEXT, .text = "x" };
    else if (field->type == FIELD_CHOICE)
        for (size_t i = 0; i < field->option_count; i++)
            add_value(var, (struct value){ .kind = VALUE_TEXT, .text = field->options[i].name });
    else if (field->type == FIELD_YES_NO)
        for (int yes = 1; yes >= 0; yes--)
            add_value(var, (struct value){ .kind = VALUE_BOOL, .number = yes });
    else
        add_numbers(trial, var);
    if (var->absent && var->count < TRIAL_VALUES_MAX)
        var->values[var->count++] = (struct value){ .kind = VALUE_NONE };
}

static bool asked(const struct event_rule *event, const char *field)
{
    for (size_t i = 0; i < event->ask_count; i++)
        if (text_same(event->asks[i].field, field))
            return true;
    return false;
}

static bool looked_at(const struct condition *condition, const char *name)
{
    return condition && (condition->is_function || lint_says(condition->source, name));
}

/* Whether another event of the process hangs on it: then some of its values may be gone before
 * this one can happen. Events and states are, always. */
static bool is_bound(const struct trial *trial, const struct trial_var *var)
{
    const struct process *p = trial->l->process;

    if (!var->field)
        return true;
    if (asked(trial->event, var->name))
        return false;
    for (size_t i = 0; i < p->event_count; i++) {
        const struct event_rule *event = &p->events[i];
        if (event == trial->event || text_same(event->name, trial->event->name))
            continue;
        bool looks = looked_at(event->only_if, var->name);
        for (size_t j = 0; !looks && j < event->refused_count; j++)
            looks = looked_at(event->refused_if[j].is, var->name);
        for (size_t j = 0; !looks && j < event->target_count; j++)
            looks = looked_at(event->to[j].when, var->name);
        if (looks)
            return true;
    }
    return false;
}

bool trial_ready(struct trial *trial)
{
    size_t all = 1;

    for (size_t i = 0; i < trial->count; i++) {
        struct trial_var *var = &trial->vars[i];
        add_values(trial, var);
        var->bound = is_bound(trial, var);
        all *= var->count;
        if (!var->count || all > TRIAL_MOST)
            return false;
    }
    return trial->count > 0;
}

/* --- going through --------------------------------------------------------------------------- */

void trial_first(struct trial *trial, bool bound)
{
    for (size_t i = 0; i < trial->count; i++)
        if (trial->vars[i].bound == bound)
            trial->vars[i].at = 0;
}

bool trial_next(struct trial *trial, bool bound)
{
    for (size_t i = trial->count; i-- > 0;) {
        struct trial_var *var = &trial->vars[i];
        if (var->bound != bound)
            continue;
        if (++var->at < var->count)
            return true;
        var->at = 0;
    }
    return false;
}

enum truth trial_ask(struct trial *trial, const struct condition *condition)
{
    struct field_entry given[TRIAL_VARS_MAX];
    struct casefile file = { .process = trial->l->process->name, .opened = BEGUN };
    struct arena *arena = trial->l->arena;
    struct answer answer;
    struct err err;
    size_t count = 0;

    for (size_t i = 0; i < trial->count; i++) {
        const struct trial_var *var = &trial->vars[i];
        const struct value *value = &var->values[var->at];
        if (value->kind == VALUE_NONE)
            continue;
        if (var->field) {
            given[count++] = (struct field_entry){ .name = var->name, .value = *value };
        } else {
            struct happened *at = process_state(trial->l->process, var->name)
                                      ? sections_put_entered(arena, &file.in, var->name)
                                      : sections_put_events(arena, &file.in, var->name);
            *at = (struct happened){ var->name, BEGUN, BEGUN, 1 };
        }
    }
    file.state = trial->l->process->state_count ? trial->l->process->states[0].name : "";
    const struct view view = { .process = trial->l->process, .file = &file,
                               .calendar = lint_calendar_of(trial->l, NULL), .given = given,
                               .given_count = count, .on = BEGUN };
    const struct oracle *oracle = trial->l->oracle;
    if (oracle->ask(oracle->self, condition, &view, arena, &answer, &err)) {
        trial->failed = true;
        return TRUTH_UNKNOWN;
    }
    return answer.truth;
}

const char *trial_text(const struct trial *trial)
{
    struct buf text = buf_in(trial->l->arena);

    for (size_t i = 0; i < trial->count; i++) {
        const struct trial_var *var = &trial->vars[i];
        const struct value *value = &var->values[var->at];
        if (i)
            buf_add(&text, i + 1 < trial->count ? ", " : " and ");
        if (value->kind == VALUE_NONE)
            buf_printf(&text, "no %s", var->name);
        else if (!var->field || !var->read)
            buf_printf(&text, "%s known", var->name);
        else if (var->field->type == FIELD_CHOICE)
            buf_printf(&text, "%s = \"%s\"", var->name, value->text);
        else
            buf_printf(&text, "%s = %s", var->name,
                       value_show(trial->l->arena, var->field, value));
    }
    return buf_text(&text);
}
