/* SPDX-License-Identifier: MIT */
#include "rules/build.h"

#include "engine/base/arena.h"
#include "engine/base/json.h"
#include "engine/base/text.h"
#include <string.h>

static const char *const types[] = {
    [FIELD_TEXT] = "text",       [FIELD_DATE] = "date",         [FIELD_TIME] = "time",
    [FIELD_INTEGER] = "integer", [FIELD_NUMBER] = "number",     [FIELD_YES_NO] = "yes/no",
    [FIELD_CHOICE] = "choice",   [FIELD_CHOICES] = "choices",   [FIELD_HOURS] = "hours",
    [FIELD_MONEY] = "money",     [FIELD_DOCUMENT] = "document", [FIELD_ROWS] = "rows",
    [FIELD_PERSON] = "person",   [FIELD_EMAIL] = "email",       [FIELD_POSTCODE] = "postcode",
    [FIELD_URN] = "urn",         [FIELD_UPN] = "upn",           [FIELD_ULN] = "uln",
};

enum field_type compile_type(const char *text)
{
    if (text_same(text, "cases"))
        return FIELD_ROWS; /* That the engine fills. */
    for (size_t i = 0; text && i < sizeof types / sizeof *types; i++)
        if (!strcmp(types[i], text))
            return (enum field_type)i;
    return FIELD_TEXT;
}

void compile_options(struct build *b, const struct node *field, struct field *out)
{
    const struct node *node = node_get(field, "options");
    bool choice = out->type == FIELD_CHOICE || out->type == FIELD_CHOICES;

    if (choice != (node != NULL)) {
        diag_error(b->diags, choice ? "R003" : "R002", node ? node->key_span : node_place(field),
                   choice ? "'%s' is a choice and needs 'options'"
                          : "'%s' is no choice: it has no options",
                   field->key);
        return;
    }
    if (!node)
        return;
    struct option *options = ARENA_ARRAY(b->arena, struct option, node->count);
    out->options = options;
    out->option_count = node->count;
    for (const struct node *n = node->first; n; n = n->next, options++) {
        const char *name = n->key ? n->key : n->text;
        options->name = build_intern(b, name);
        options->label = build_intern(b, n->text);
        for (const struct node *twin = node->first; !n->key && twin != n; twin = twin->next)
            if (!strcmp(twin->text, name))
                diag_error(b->diags, "R004", n->span, "'%s' is an option already", name);
    }
}

/* --- limits ---------------------------------------------------------------------------------- */

static bool bound_number(const struct field *field, const char *text, int64_t *out)
{
    int64_t number;
    int minute;

    switch (field->type) {
    case FIELD_NUMBER:
    case FIELD_HOURS:
        return decimal_parse(text, out);
    case FIELD_MONEY:
        if (!decimal_parse(text, &number) || number % (DECIMAL_ONE / 100))
            return false;
        *out = number / (DECIMAL_ONE / 100);
        return true;
    case FIELD_TIME:
        if (!minute_parse(text, &minute))
            return false;
        *out = minute;
        return true;
    default:
        return text_int(text, out);
    }
}

static void not_a_number(struct build *b, const struct node *node, const struct node *field)
{
    diag_error(b->diags, "R002", node->span,
               "'%s' of '%s' is neither a number nor a setting that is one", node->key,
               field->key);
}

/* A setting's name stands for its value, and for those it has later. */
static void bound_of_setting(struct build *b, const struct node *node, const struct node *field,
                             const struct field *of, struct bound *out)
{
    const struct node *setting = names_find(b, node->text)->node, *is = node_get(setting, "is");
    const struct dated_node *dates = setting_dates(b, setting, &out->later_count);
    struct bound_from *later = ARENA_ARRAY(b->arena, struct bound_from, out->later_count);

    out->set = is && is->kind == NODE_TEXT && bound_number(of, is->text, &out->number);
    out->later = later;
    for (size_t i = 0; out->set && i < out->later_count; i++) {
        later[i].from = dates[i].from;
        out->set = dates[i].is->kind == NODE_TEXT &&
                   bound_number(of, dates[i].is->text, &later[i].number);
    }
    if (!out->set)
        not_a_number(b, node, field);
}

static void compile_bound(struct build *b, const struct node *field, const char *key,
                          const struct field *of, struct bound *out)
{
    const struct node *node = node_get(field, key);

    if (!node)
        return;
    if (of->type == FIELD_DATE) {
        out->moment = build_moment(b, node);
        out->set = out->moment != NULL;
        return;
    }
    const struct name *found = names_find(b, node->text);
    if (found && found->kind == NAME_SETTING) {
        bound_of_setting(b, node, field, of, out);
        return;
    }
    out->set = bound_number(of, node->text, &out->number);
    if (!out->set && name_valid(node->text) && !found)
        names_want(b, node, node->text, NAME_SETTING);
    else if (!out->set)
        not_a_number(b, node, field);
}

/* --- a field --------------------------------------------------------------------------------- */

static void compile_is(struct build *b, const struct node *field, struct field *out)
{
    const struct node *is = node_get(field, "is");

    if (!is)
        return;
    if (out->type == FIELD_DATE && is->kind == NODE_TEXT)
        out->is_moment = build_moment(b, is);
    else
        out->is = build_condition(b, is);
    if (build_yes(field, "required", false))
        diag_error(b->diags, "R002", is->key_span, "'%s' is worked out, so it cannot be required",
                   field->key);
}

static struct field field_of(struct build *b, const struct node *node)
{
    struct field field = {
        .name = build_intern(b, node->key),
        .label = build_text(b, node, "label"),
        .help = build_text(b, node, "help"),
        .type = compile_type(build_text(b, node, "type")),
        .required = build_yes(node, "required", false),
        .statutory = build_yes(node, "statutory", false),
        .about = build_yes(node, "about", false),
        .personal = build_yes(node, "personal", false),
        .pattern = build_text(b, node, "pattern"),
        .required_if = build_condition(b, node_get(node, "required_if")),
        .seen_by = build_names(b, node_get(node, "seen_by")),
        .span = node_place(node),
    };

    const struct node *type = node_at(node, "type");

    for (const struct node *n = build_first(b, node_get(node, "seen_by")); n; n = n->next)
        names_role(b, n, n->text);
    if (type && type->kind == NODE_WRONG)
        return field; /* What the rest means hangs on it. */
    compile_bound(b, node, "min", &field, &field.min);
    compile_bound(b, node, "max", &field, &field.max);
    compile_options(b, node, &field);
    compile_is(b, node, &field);
    field.in_force = compile_in_force(b, node, field.is_moment);
    return field;
}

static void compile_columns(struct build *b, const struct node *node, struct field *out)
{
    const struct node *map = node_get(node, "columns");
    bool rows = out->type == FIELD_ROWS;

    if (rows != (map != NULL)) {
        diag_error(b->diags, rows ? "R003" : "R002", map ? map->key_span : node_place(node),
                   rows ? "'%s' is a table and needs 'columns'"
                        : "'%s' is no table: it has no columns",
                   node->key);
        return;
    }
    if (!map)
        return;
    struct field *columns = ARENA_ARRAY(b->arena, struct field, map->count);
    out->columns = columns;
    out->column_count = map->count;
    b->rows = node;
    for (const struct node *n = map->first; n; n = n->next, columns++) {
        *columns = field_of(b, n);
        if (columns->type == FIELD_ROWS || columns->type == FIELD_CHOICES)
            diag_error(b->diags, "R002", node_place(n), "a column cannot hold several values");
    }
    b->rows = NULL;
}

/* Keys that only fields of other cases have. */
static void check_no_cases(struct build *b, const struct node *node)
{
    static const char *const only[] = { "of", "at", "in", "keep" };

    for (size_t i = 0; i < sizeof only / sizeof *only; i++)
        if (node_get(node, only[i]))
            diag_error(b->diags, "R002", node_get(node, only[i])->key_span,
                       "'%s' is for fields of `type: cases`", only[i]);
}

void compile_fields(struct build *b)
{
    const struct node *map = node_get(b->tree, "fields");
    size_t count = map ? map->count : 0;
    struct field *fields = ARENA_ARRAY(b->arena, struct field, count);

    b->process->fields = fields;
    b->process->field_count = count;
    for (const struct node *n = map ? map->first : NULL; n; n = n->next, fields++) {
        *fields = field_of(b, n);
        if (text_same(build_text(b, n, "type"), "cases"))
            compile_cases(b, n, fields);
        else
            compile_columns(b, n, fields);
        if (!fields->cases)
            check_no_cases(b, n);
    }
}

/* --- asks ------------------------------------------------------------------------------------ */

const struct ask *compile_asks(struct build *b, const struct node *node, size_t *count)
{
    struct { struct ask *at; size_t count, room; } list = { NULL, 0, 0 };

    for (const struct node *n = build_first(b, node); n; n = n->next) {
        size_t len = strlen(n->text);
        bool optional = n->text[len - 1] == '?';
        const char *name = arena_text_n(b->arena, n->text, len - optional);
        if (!names_want(b, n, name, NAME_FIELD))
            continue;
        if (node_get(names_find(b, name)->node, "is")) {
            diag_error(b->diags, "R002", n->span, "'%s' is worked out, so nobody is asked", name);
            continue;
        }
        *LIST_ADD(b->arena, &list) = (struct ask){ build_intern(b, name), optional };
    }
    *count = list.count;
    return list.at;
}
