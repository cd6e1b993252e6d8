/* SPDX-License-Identifier: MIT */
#include "rules/build.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include <string.h>

/* --- interning ------------------------------------------------------------------------------- */

static size_t hash_of(const char *text)
{
    size_t hash = 5381;

    for (; *text; text++)
        hash = hash * 33 + (unsigned char)*text;
    return hash;
}

static const char **slot_of(const struct interned *in, const char *text)
{
    size_t at = hash_of(text) & (in->room - 1);

    while (in->at[at] && strcmp(in->at[at], text) != 0)
        at = (at + 1) & (in->room - 1);
    return &in->at[at];
}

static void intern_grow(struct build *b)
{
    struct interned old = b->interned;

    b->interned.room = old.room ? old.room * 2 : 256;
    b->interned.at = ARENA_ARRAY(b->arena, const char *, b->interned.room);
    for (size_t i = 0; i < old.room; i++)
        if (old.at[i])
            *slot_of(&b->interned, old.at[i]) = old.at[i];
}

const char *build_intern(struct build *b, const char *text)
{
    if (!text)
        return NULL;
    if (b->interned.count * 2 >= b->interned.room)
        intern_grow(b);
    const char **slot = slot_of(&b->interned, text);
    if (!*slot) {
        *slot = arena_text(b->arena, text);
        b->interned.count++;
    }
    return *slot;
}

/* --- values ---------------------------------------------------------------------------------- */

const char *build_text(struct build *b, const struct node *map, const char *key)
{
    const struct node *node = node_get(map, key);

    return node && node->kind == NODE_TEXT ? build_intern(b, node->text) : NULL;
}

bool build_yes(const struct node *map, const char *key, bool fallback)
{
    const struct node *node = node_get(map, key);
    bool yes;

    return node && yes_no_read(node, &yes) ? yes : fallback;
}

const struct node *build_first(struct build *b, const struct node *node)
{
    if (!node)
        return NULL;
    return node->kind == NODE_LIST ? node->first : node_copy(b->arena, node, false);
}

struct names build_names(struct build *b, const struct node *node)
{
    struct { const char **at; size_t count, room; } list = { NULL, 0, 0 };

    for (const struct node *n = build_first(b, node); n; n = n->next)
        *LIST_ADD(b->arena, &list) = build_intern(b, n->text);
    return (struct names){ list.at, list.count };
}

const struct condition *build_condition(struct build *b, const struct node *node)
{
    if (!node)
        return NULL;
    struct condition *condition = ARENA_NEW(b->arena, struct condition);
    const struct node *lua = node_get(node, "lua");

    condition->id = (int)b->conditions.count;
    condition->is_function = lua != NULL;
    condition->source = build_intern(b, lua ? lua->text : node->text);
    condition->process = b->process;
    condition->rows = b->rows ? build_intern(b, b->rows->key) : NULL;
    condition->span = lua ? lua->span : node->span;
    *LIST_ADD(b->arena, &b->conditions) = condition;
    return condition;
}

struct due_check {
    struct build *b;
    const struct node *node;
};

/* The parser takes any name after `due of`. */
static void check_due(void *self, const struct anchor *anchor)
{
    struct due_check *check = self;
    const struct node *deadlines = node_get(check->b->tree, "deadlines");

    if (anchor->kind != ANCHOR_DUE || node_get(deadlines, anchor->name) ||
        names_item_node(check->b, anchor->name))
        return;
    diag_error(check->b->diags, "M002", check->node->span, "there is no deadline '%s'",
               anchor->name);
}

/* The table of some calendar of the pack; NULL: none has it. */
static const struct table *find_table(const struct build *b, const char *name)
{
    for (size_t i = 0; i < b->calendars->count; i++)
        for (size_t j = 0; j < b->calendars->at[i]->table_count; j++)
            if (!strcmp(b->calendars->at[i]->tables[j].name, name))
                return &b->calendars->at[i]->tables[j];
    return NULL;
}

static bool has_column(const struct build *b, const char *name, const char *column)
{
    for (size_t i = 0; i < b->calendars->count; i++)
        for (size_t j = 0; j < b->calendars->at[i]->table_count; j++) {
            const struct table *table = &b->calendars->at[i]->tables[j];
            if (!strcmp(table->name, name) &&
                text_in(column, table->columns, table->column_count))
                return true;
        }
    return false;
}

static void unknown_table(struct build *b, const struct node *node, const char *name)
{
    struct { const char **at; size_t count, room; } all = { NULL, 0, 0 };

    for (size_t i = 0; i < b->calendars->count; i++)
        for (size_t j = 0; j < b->calendars->at[i]->table_count; j++)
            if (!text_in(b->calendars->at[i]->tables[j].name, all.at, all.count))
                *LIST_ADD(b->arena, &all) = b->calendars->at[i]->tables[j].name;
    struct diag *d =
        diag_error(b->diags, "C001", node->span, "no calendar has a table '%s'", name);
    diag_hint(b->diags, d, "add it to calendar.yaml, under `dates`");
    diag_one_of(b->diags, d, name, all.at, all.count,
                "add it to calendar.yaml, under `dates`, or name one that is there:");
}

static void unknown_column(struct build *b, const struct node *node, const struct table *table,
                           const char *column)
{
    struct diag *d = diag_error(b->diags, "C001", node->span,
                                "the table '%s' has no column '%s'", table->name, column);

    diag_one_of(b->diags, d, column, table->columns, table->column_count, "its columns are:");
}

static void check_tables(struct build *b, const struct moment *moment, const struct node *node)
{
    const struct recurring *r = &moment->recurring;

    if (moment->kind == MOMENT_RECURRING && r->kind == RECURRING_TABLE) {
        if (!find_table(b, r->name))
            unknown_table(b, node, r->name);
        else if (r->column && !has_column(b, r->name, r->column))
            unknown_column(b, node, find_table(b, r->name), r->column);
    }
    if (moment->base)
        check_tables(b, moment->base, node);
    if (moment->after)
        check_tables(b, moment->after, node);
    for (size_t i = 0; i < moment->part_count; i++)
        check_tables(b, moment->parts[i], node);
}

const struct moment *build_moment(struct build *b, const struct node *node)
{
    if (!node || node->kind != NODE_TEXT)
        return NULL;
    struct moment_names names = names_for_moments(b);
    struct due_check check = { b, node };
    const struct moment *moment = moment_parse(b->arena, node->text, node->span, &names, b->diags);

    if (moment) {
        moment_anchors(moment, &check, check_due);
        check_tables(b, moment, node);
    }
    return moment;
}

bool build_length(struct build *b, const struct node *node, struct length *out)
{
    struct moment_names names = names_for_moments(b);

    if (!node)
        return false;
    const struct name *setting = names_find(b, node->text);
    if (setting && setting->kind == NAME_SETTING && node_get(setting->node, "from")) {
        struct diag *d = diag_error(b->diags, "R002", node->span,
                                    "'%s' changes with the date, which '%s' cannot", node->text,
                                    node->key ? node->key : "this");
        diag_hint(b->diags, d, "write two rules, each with its own length and `in_force`");
        return false;
    }
    if (length_parse(node->text, out) || names.length(b, node->text, out))
        return true;
    if (name_valid(node->text) && !names_find(b, node->text))
        return names_want(b, node, node->text, NAME_SETTING);
    struct diag *d =
        diag_error(b->diags, "R002", node->span, "'%s' is not a length of time", node->text);
    diag_hint(b->diags, d, "write a number and a unit, as 2 weeks, or a setting that is one");
    return false;
}

size_t build_layer(const struct build *b, const struct node *node)
{
    return layer_of(b->layers, node->span.source);
}
