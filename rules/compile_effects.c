/* SPDX-License-Identifier: MIT */
#include "rules/build.h"

#include "engine/base/arena.h"
#include "engine/base/json.h"
#include "engine/base/text.h"
#include <string.h>

struct effect_list {
    struct effect *at;
    size_t count, room;
};
struct copied_list {
    struct copied *at;
    size_t count, room;
};

/* --- notify, letter -------------------------------------------------------------------------- */

static void check_message(struct build *b, const struct node *node)
{
    const struct model *m = b->model;
    const char **names = ARENA_ARRAY(b->arena, const char *, m->message_count);

    for (size_t i = 0; i < m->message_count; i++) {
        names[i] = m->messages[i].name;
        if (!strcmp(names[i], node->text))
            return;
    }
    struct diag *d =
        diag_error(b->diags, "R011", node->span, "there is no message '%s'", node->text);
    diag_nearest(b->diags, d, node->text, names, m->message_count);
}

static void add_message(struct build *b, const struct node *node, enum effect_kind kind,
                        struct effect_list *out)
{
    const struct node *message = node_get(node, "message");
    bool email = node_is(node_get(node, "by"), "email");

    if (message)
        check_message(b, message);
    for (const struct node *n = build_first(b, node_get(node, "who")); n; n = n->next) {
        if (!names_role(b, n, n->text))
            continue;
        *LIST_ADD(b->arena, out) = (struct effect){ .kind = kind, .span = node_place(node),
                                                    .who = build_intern(b, n->text),
                                                    .message = build_text(b, node, "message"),
                                                    .email = email };
    }
}

/* --- open ------------------------------------------------------------------------------------ */

static const struct node *process_tree(struct build *b, const struct node *name)
{
    const struct named_trees *trees = &b->resolved->processes;
    const struct node *tree = named_tree(trees, name->text);

    if (tree)
        return tree;
    struct diag *d =
        diag_error(b->diags, "R011", name->span, "there is no process '%s'", name->text);
    named_tree_nearest(trees, name->text, b->diags, d);
    return NULL;
}

/* A field of the process that is opened. */
static bool check_theirs(struct build *b, const struct node *tree, const struct node *node)
{
    const struct node *fields = node_get(tree, "fields");
    struct { const char **at; size_t count, room; } all = { NULL, 0, 0 };

    for (const struct node *n = fields ? fields->first : NULL; n; n = n->next) {
        if (!strcmp(n->key, node->key))
            return true;
        *LIST_ADD(b->arena, &all) = n->key;
    }
    struct diag *d = diag_error(b->diags, "R007", node->key_span,
                                "the case opened has no field '%s'", node->key);
    diag_nearest(b->diags, d, node->key, all.at, all.count);
    return false;
}

static const struct field *own_field(const struct build *b, const char *name)
{
    for (size_t i = 0; i < b->process->field_count; i++)
        if (!strcmp(b->process->fields[i].name, name))
            return &b->process->fields[i];
    return NULL;
}

#define EACH_ROW "each row of "

/* The field of `for: each row of X`; NULL: there is no `for`, or it is wrong, which was said. */
static const struct field *each_row(struct build *b, const struct node *whom)
{
    bool good = whom && whom->kind == NODE_TEXT && text_starts(whom->text, EACH_ROW);
    const char *name = good ? whom->text + strlen(EACH_ROW) : NULL;
    const struct field *field = NULL;

    if (whom && !good)
        diag_hint(b->diags, diag_error(b->diags, "R002", whom->span, "'%s' is not what cases are "
                                       "opened for", whom->kind == NODE_TEXT ? whom->text : ""),
                  "write `for: each row of X`, where X is a field of rows or cases");
    else if (good && names_want(b, whom, name, NAME_FIELD))
        field = own_field(b, name);
    if (field && field->type != FIELD_ROWS) {
        diag_error(b->diags, "R002", whom->span, "'%s' has no rows", name);
        field = NULL;
    }
    return field;
}

static void add_copied(struct build *b, const struct node *tree, const struct node *n,
                       const struct field *each, struct copied_list *out)
{
    const struct name *ours = names_find(b, n->text);
    const struct field *column = each ? process_column(each, n->text) : NULL;
    bool good = check_theirs(b, tree, n);

    if (!column && (!ours || ours->kind != NAME_EVENT))
        good = names_want(b, n, n->text, NAME_FIELD) && good;
    if (good)
        *LIST_ADD(b->arena, out) = (struct copied){
            .theirs = build_intern(b, n->key),
            .ours = column ? NULL : build_intern(b, n->text),
            .column = column ? column->name : NULL,
        };
}

static void add_open(struct build *b, const struct node *node, struct effect_list *out)
{
    const struct node *process = node_get(node, "process");
    const struct node *tree = process ? process_tree(b, process) : NULL;
    const struct node *copy = node_get(node, "copy"), *with = node_get(node, "with");
    const struct field *each = each_row(b, node_get(node, "for"));
    struct copied_list values = { NULL, 0, 0 };

    if (!tree)
        return;
    for (const struct node *n = copy ? copy->first : NULL; n; n = n->next)
        add_copied(b, tree, n, each, &values);
    for (const struct node *n = with ? with->first : NULL; n; n = n->next)
        if (check_theirs(b, tree, n))
            *LIST_ADD(b->arena, &values) =
                (struct copied){ .theirs = build_intern(b, n->key),
                                 .literal = node_json(b->arena, n, false) };
    *LIST_ADD(b->arena, out) = (struct effect){ .kind = EFFECT_OPEN, .span = node_place(node),
                                                .name = build_intern(b, process->text),
                                                .each = each ? each->name : NULL,
                                                .values = values.at, .value_count = values.count };
}

/* --- signal ---------------------------------------------------------------------------------- */

static bool tree_has_event(const struct node *tree, const char *name)
{
    const struct node *states = node_get(tree, "states");

    if (node_get(node_get(tree, "events"), name))
        return true;
    for (const struct node *n = states ? states->first : NULL; n; n = n->next)
        if (node_get(node_get(n, "events"), name))
            return true;
    return false;
}

/* The process whose cases a signal reaches by a field of them; NULL: by another way, or by none,
 * which was said. */
static const char *signal_field(struct build *b, const struct node *to, struct effect *out)
{
    bool word = !to || node_is(to, "parent") || node_is(to, "children");
    const struct field *field = to ? own_field(b, to->text) : NULL;
    if (word && !(field && field->cases)) /* A field of that name is meant before the word. */
        return NULL;
    if (!field)
        names_want(b, to, to->text, NAME_FIELD);
    if (!field)
        return NULL;
    if (!field->cases) {
        diag_hint(b->diags, diag_error(b->diags, "R002", to->span, "'%s' holds no cases", to->text),
                  "a signal goes to `parent`, `children` or a field of `type: cases`");
        return NULL;
    }
    out->each = field->name;
    out->to = NULL;
    return field->cases->of;
}

static void add_signal(struct build *b, const struct node *node, struct effect_list *out)
{
    const struct named_trees *trees = &b->resolved->processes;
    const struct node *event = node_get(node, "event");
    struct effect effect = { .kind = EFFECT_SIGNAL, .span = node_place(node),
                             .name = build_text(b, node, "event"),
                             .to = build_text(b, node, "to") };
    const char *of = signal_field(b, node_get(node, "to"), &effect);
    bool found = false;

    for (size_t i = 0; event && i < trees->count; i++)
        if (!of || !strcmp(trees->at[i].name, of))
            found = found || tree_has_event(trees->at[i].tree, event->text);
    if (event && !found && of)
        diag_error(b->diags, "R006", event->span, "'%s' has no event '%s'", of, event->text);
    else if (event && !found)
        diag_error(b->diags, "R006", event->span, "no process has an event '%s'", event->text);
    *LIST_ADD(b->arena, out) = effect;
}

/* --- set and name ---------------------------------------------------------------------------- */

/* Words that stand for themselves: what the field's type can read. In a text that is anything, so
 * there a name or an expression is told by what is in it. */
static bool is_literal(struct build *b, const struct field *field, const struct node *node)
{
    struct value value;

    if (node->kind != NODE_TEXT)
        return !node_get(node, "lua");
    if (node->quoted || !*node->text)
        return true;
    if (names_find(b, node->text))
        return false;
    switch (field->type) {
    case FIELD_TEXT: case FIELD_DOCUMENT: case FIELD_PERSON: case FIELD_EMAIL: case FIELD_POSTCODE:
        return !strpbrk(node->text, "()\"'=<>~+*") && !strstr(node->text, "..");
    default:
        return value_read(b->arena, field, node_json(b->arena, node, false), &value, NULL) ==
               ERR_NONE;
    }
}

static void add_set(struct build *b, const struct node *map, struct effect_list *out)
{
    struct copied_list values = { NULL, 0, 0 };
    struct err err;

    for (const struct node *n = map->first; n; n = n->next) {
        struct node name = { .span = n->key_span };
        const struct field *field = own_field(b, n->key);
        struct value value;
        if (!names_want(b, &name, n->key, NAME_FIELD) || !field)
            continue;
        struct copied copied = { .theirs = field->name };
        if (field->is || field->is_moment)
            diag_error(b->diags, "R002", n->key_span, "'%s' is worked out, so it cannot be set",
                       n->key);
        if (!is_literal(b, field, n))
            copied.is = build_condition(b, n);
        else
            copied.literal = node_json(b->arena, n, false);
        if (copied.literal && value_read(b->arena, field, copied.literal, &value, &err))
            diag_error(b->diags, "R002", n->span, "%s", err.text);
        *LIST_ADD(b->arena, &values) = copied;
    }
    *LIST_ADD(b->arena, out) = (struct effect){ .kind = EFFECT_SET, .span = node_place(map),
                                                .values = values.at, .value_count = values.count };
}

static void add_name(struct build *b, const struct node *map, struct effect_list *out)
{
    struct copied_list values = { NULL, 0, 0 };

    for (const struct node *n = map->first; n; n = n->next) {
        struct node name = { .span = n->key_span };
        if (!names_role(b, &name, n->key) || n->kind != NODE_TEXT)
            continue;
        bool field = names_field_type(b, n->text) != NULL;
        *LIST_ADD(b->arena, &values) = (struct copied){
            .theirs = build_intern(b, n->key),
            .ours = field ? build_intern(b, n->text) : NULL,
            .literal = field ? NULL : node_json(b->arena, n, false),
        };
    }
    *LIST_ADD(b->arena, out) = (struct effect){ .kind = EFFECT_NAME, .span = node_place(map),
                                                .values = values.at, .value_count = values.count };
}

/* --- the list -------------------------------------------------------------------------------- */

static void add_effect(struct build *b, const struct node *node, struct effect_list *out)
{
    if (!strcmp(node->key, "notify")) {
        add_message(b, node, EFFECT_NOTIFY, out);
    } else if (!strcmp(node->key, "letter")) {
        add_message(b, node, EFFECT_LETTER, out);
    } else if (!strcmp(node->key, "ask")) {
        if (names_want(b, node, node->text, NAME_CONSENT))
            *LIST_ADD(b->arena, out) = (struct effect){ .kind = EFFECT_ASK,
                                                        .span = node_place(node),
                                                        .name = build_intern(b, node->text) };
    } else if (!strcmp(node->key, "open")) {
        add_open(b, node, out);
    } else if (!strcmp(node->key, "signal")) {
        add_signal(b, node, out);
    } else if (!strcmp(node->key, "set")) {
        add_set(b, node, out);
    } else {
        add_name(b, node, out);
    }
}

struct effects compile_effects(struct build *b, const struct node *list)
{
    struct effect_list effects = { NULL, 0, 0 };

    for (const struct node *n = list ? list->first : NULL; n; n = n->next)
        if (n->first && n->first->kind != NODE_WRONG)
            add_effect(b, n->first, &effects);
    return (struct effects){ effects.at, effects.count };
}
