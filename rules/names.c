/* SPDX-License-Identifier: MIT */
#include "rules/build.h"

#include "engine/base/arena.h"
#include "engine/base/reserved.h"
#include "engine/base/text.h"
#include <string.h>

static const char *const reserved[] = {
#define X(word) word,
    RESERVED_TABLE(X)
#undef X
};

/* How a kind of name is told, and the finding when there is none of that name. */
static const struct {
    const char *word, *one, *code, *lead;
} kinds[] = {
    [NAME_FIELD] = { "field", "a field", "R007", "there are these fields:" },
    [NAME_EVENT] = { "event", "an event", "R006", "there are these events:" },
    [NAME_STATE] = { "state", "a state", "R005", "there are these states:" },
    [NAME_CHECKLIST] = { "checklist", "a checklist", "R009", "there are these checklists:" },
    [NAME_CONSENT] = { "consent", "a consent", "R009", "there are these consents:" },
    [NAME_SETTING] = { "setting", "a setting", "R013", "there are these settings:" },
};

const struct name *names_find(const struct build *b, const char *name)
{
    for (size_t i = 0; i < b->names.count; i++)
        if (!strcmp(b->names.at[i].name, name))
            return &b->names.at[i];
    return NULL;
}

/* --- collecting ------------------------------------------------------------------------------ */

/* `what` the thing is: a name that will do is made of it. */
static void check_reserved(struct build *b, const struct node *node, const char *what)
{
    if (!text_in(node->key, reserved, sizeof reserved / sizeof *reserved))
        return;
    struct diag *d =
        diag_error(b->diags, "R004", node->key_span,
                   "nothing can be called '%s': dates and conditions are made of that word",
                   node->key);
    diag_hint(b->diags, d, "call it `%s_%s`, say; `reeve explain R004` lists the words that are "
              "taken", node->key, what);
}

static void add_name(struct build *b, const struct node *node, enum name_kind kind)
{
    const struct name *twin = names_find(b, node->key);

    bool date = kind == NAME_FIELD && node_is(node_get(node, "type"), "date");
    check_reserved(b, node, date ? "date" : kinds[kind].word);
    if (twin && !(kind == NAME_EVENT && twin->kind == NAME_EVENT)) {
        struct diag *d = diag_error(b->diags, "R004", node->key_span, "'%s' is %s already",
                                    node->key, kinds[twin->kind].one);
        diag_note(b->diags, d, twin->node->key_span, "it stands");
    } else if (!twin) {
        *LIST_ADD(b->arena, &b->names) =
            (struct name){ build_intern(b, node->key), kind, node };
    }
}

static void add_all(struct build *b, const struct node *map, enum name_kind kind)
{
    for (const struct node *n = map ? map->first : NULL; n; n = n->next)
        add_name(b, n, kind);
}

/* Names by which items, excuses and deadlines are reached stand apart: LIST.ITEM, case.due.X. */
static void check_apart(struct build *b)
{
    const struct node *lists = node_get(b->tree, "checklists");

    for (const struct node *n = lists ? lists->first : NULL; n; n = n->next) {
        const struct node *items = node_get(n, "items");
        for (const struct node *i = items ? items->first : NULL; i; i = i->next)
            check_reserved(b, i, "item");
    }
}

void names_collect(struct build *b)
{
    const struct node *states = node_get(b->tree, "states");
    const struct node *wide = node_get(b->resolved->pack, "settings");

    memset(&b->names, 0, sizeof b->names);
    add_all(b, node_get(b->tree, "fields"), NAME_FIELD);
    add_all(b, node_get(b->tree, "events"), NAME_EVENT);
    for (const struct node *n = states ? states->first : NULL; n; n = n->next)
        add_all(b, node_get(n, "events"), NAME_EVENT);
    add_all(b, states, NAME_STATE);
    add_all(b, node_get(b->tree, "checklists"), NAME_CHECKLIST);
    add_all(b, node_get(b->tree, "consents"), NAME_CONSENT);
    add_all(b, node_get(b->tree, "settings"), NAME_SETTING);
    for (const struct node *n = wide ? wide->first : NULL; n; n = n->next)
        if (!names_find(b, n->key) || names_find(b, n->key)->kind != NAME_SETTING)
            add_name(b, n, NAME_SETTING);
    check_apart(b);
}

/* --- asking ---------------------------------------------------------------------------------- */

static const char *const *all_of(struct build *b, enum name_kind kind, size_t *count)
{
    const char **names = ARENA_ARRAY(b->arena, const char *, b->names.count);

    *count = 0;
    for (size_t i = 0; i < b->names.count; i++)
        if (b->names.at[i].kind == kind)
            names[(*count)++] = b->names.at[i].name;
    return names;
}

bool names_want(struct build *b, const struct node *node, const char *name, enum name_kind kind)
{
    const struct name *found = names_find(b, name);
    size_t count;

    if (found && found->kind == kind)
        return true;
    if (diag_blamed(b->diags, name))
        return false;
    struct diag *d = diag_error(b->diags, kinds[kind].code, node->span, "there is no %s '%s'",
                                kinds[kind].word, name);
    if (found)
        diag_note(b->diags, d, found->node->key_span, "it is %s,", kinds[found->kind].one);
    const char *const *all = all_of(b, kind, &count);
    diag_one_of(b->diags, d, name, all, count, kinds[kind].lead);
    return false;
}

bool names_any(struct build *b, const struct node *node, const char *name,
               const struct names_wanted *wanted)
{
    const struct name *found = names_find(b, name);
    struct { const char **at; size_t count, room; } all = { NULL, 0, 0 };

    for (size_t i = 0; i < wanted->count; i++)
        if (found && found->kind == wanted->kinds[i])
            return true;
    if (diag_blamed(b->diags, name))
        return false;
    struct diag *d =
        diag_error(b->diags, wanted->code, node->span, "there is no %s '%s'", wanted->words, name);
    if (found)
        diag_note(b->diags, d, found->node->key_span, "it is %s,", kinds[found->kind].one);
    for (size_t i = 0; i < wanted->count; i++)
        for (size_t j = 0; j < b->names.count; j++)
            if (b->names.at[j].kind == wanted->kinds[i])
                *LIST_ADD(b->arena, &all) = b->names.at[j].name;
    diag_hint(b->diags, d, "%s", wanted->hint);
    diag_one_of(b->diags, d, name, all.at, all.count, "there are these:");
    return false;
}

bool names_role(struct build *b, const struct node *node, const char *name)
{
    const struct node *roles = node_get(b->resolved->pack, "roles");
    struct { const char **at; size_t count, room; } all = { NULL, 0, 0 };

    for (const struct node *n = roles ? roles->first : NULL; n; n = n->next) {
        if (!strcmp(n->key, name))
            return true;
        *LIST_ADD(b->arena, &all) = n->key;
    }
    if (diag_blamed(b->diags, name))
        return false;
    struct diag *d = diag_error(b->diags, "R008", node->span, "there is no role '%s'", name);
    diag_one_of(b->diags, d, name, all.at, all.count,
                "add it under `roles` in pack.yaml, or name one that is there:");
    return false;
}

const struct node *names_item_node(const struct build *b, const char *name)
{
    const struct node *lists = node_get(b->tree, "checklists");
    const char *dot = strchr(name, '.');

    for (const struct node *n = lists && dot ? lists->first : NULL; n; n = n->next)
        if (strlen(n->key) == (size_t)(dot - name) && !strncmp(n->key, name, strlen(n->key)))
            return node_get(node_get(n, "items"), dot + 1);
    return NULL;
}

bool names_item(struct build *b, const struct node *node, const char *name)
{
    const struct node *lists = node_get(b->tree, "checklists");
    struct { const char **at; size_t count, room; } all = { NULL, 0, 0 };

    if (names_item_node(b, name))
        return true;
    for (const struct node *n = lists ? lists->first : NULL; n; n = n->next) {
        const struct node *items = node_get(n, "items");
        for (const struct node *i = items ? items->first : NULL; i; i = i->next)
            *LIST_ADD(b->arena, &all) = arena_printf(b->arena, "%s.%s", n->key, i->key);
    }
    if (diag_blamed(b->diags, arena_text_n(b->arena, name, strcspn(name, "."))))
        return false;
    struct diag *d = diag_error(b->diags, "R009", node->span, "there is no item '%s'", name);
    diag_nearest(b->diags, d, name, all.at, all.count);
    return false;
}

const char *names_field_type(const struct build *b, const char *name)
{
    const struct name *found = names_find(b, name);
    const struct node *type =
        found && found->kind == NAME_FIELD ? node_get(found->node, "type") : NULL;

    return type ? type->text : NULL;
}

/* --- for moments ----------------------------------------------------------------------------- */

/* "advice.ep.asked" */
static bool item_anchor(struct build *b, const char *name, struct anchor *out)
{
    const char *last = strrchr(name, '.');
    bool asked = last && !strcmp(last, ".asked");

    if (!last || (!asked && strcmp(last, ".done") != 0))
        return false;
    const char *item = arena_text_n(b->arena, name, (size_t)(last - name));
    if (!names_item_node(b, item))
        return false;
    const char *dot = strchr(item, '.');
    *out = (struct anchor){
        .kind = asked ? ANCHOR_ASKED : ANCHOR_DONE,
        .name = build_intern(b, arena_text_n(b->arena, item, (size_t)(dot - item))),
        .item = build_intern(b, dot + 1),
    };
    return true;
}

/* A column of the row at hand comes before a field of that name. */
static bool column_anchor(struct build *b, const char *name, bool number, struct anchor *out)
{
    const struct node *column = node_get(node_get(b->rows, "columns"), name);
    const struct node *type = node_get(column, "type");

    if (!type || (!node_is(type, "date") && !(number && node_is(type, "integer"))))
        return false;
    *out = (struct anchor){ .kind = node_is(type, "date") ? ANCHOR_FIELD : ANCHOR_NUMBER,
                            .name = build_intern(b, name) };
    return true;
}

static bool writes_letter(const struct node *then, const char *message)
{
    for (const struct node *n = then ? then->first : NULL; n; n = n->next) {
        const struct node *is = node_get(node_get(n, "letter"), "message");
        if (is && !strcmp(is->text, message))
            return true;
    }
    return false;
}

static bool event_writes(const struct node *events, const char *message)
{
    for (const struct node *n = events ? events->first : NULL; n; n = n->next)
        if (writes_letter(node_get(n, "then"), message))
            return true;
    return false;
}

/* Whether some event or state of the process writes that letter. */
static bool is_letter(const struct build *b, const char *message)
{
    const struct node *states = node_get(b->tree, "states");

    for (const struct node *n = states ? states->first : NULL; n; n = n->next)
        if (writes_letter(node_get(n, "then"), message) ||
            event_writes(node_get(n, "events"), message))
            return true;
    return event_writes(node_get(b->tree, "events"), message);
}

const char *names_sent(struct build *b, const char *name)
{
    size_t len = strlen(name), tail = strlen(".sent");

    if (len <= tail || strcmp(name + len - tail, ".sent") != 0)
        return NULL;
    const char *message = arena_text_n(b->arena, name, len - tail);
    return is_letter(b, message) ? build_intern(b, message) : NULL;
}

/* A field whose type cannot be: that was said, and it may be a date. */
static bool wrong_type(const struct name *found)
{
    const struct node *type =
        found && found->kind == NAME_FIELD ? node_at(found->node, "type") : NULL;

    return type && type->kind == NODE_WRONG;
}

static bool find_anchor(void *self, const char *name, bool number, struct anchor *out)
{
    struct build *b = self;
    const struct name *found = names_find(b, name);
    const char *type = names_field_type(b, name);

    if (column_anchor(b, name, number, out))
        return true;
    if (!strcmp(name, "opened")) {
        *out = (struct anchor){ .kind = ANCHOR_OPENED };
    } else if (!strcmp(name, "occasion") && node_get(b->tree, "schedule")) {
        *out = (struct anchor){ .kind = ANCHOR_OCCASION };
    } else if (b->in_item && (!strcmp(name, "asked") || !strcmp(name, "done"))) {
        *out = (struct anchor){ .kind = *name == 'a' ? ANCHOR_ASKED : ANCHOR_DONE };
    } else if (type && number && !strcmp(type, "integer")) {
        *out = (struct anchor){ .kind = ANCHOR_NUMBER, .name = found->name };
    } else if ((type && !strcmp(type, "date")) || wrong_type(found)) {
        *out = (struct anchor){ .kind = ANCHOR_FIELD, .name = found->name };
    } else if (found && (found->kind == NAME_EVENT || found->kind == NAME_STATE)) {
        *out = (struct anchor){ .kind = found->kind == NAME_EVENT ? ANCHOR_EVENT : ANCHOR_STATE,
                                .name = found->name };
    } else if (names_sent(b, name)) {
        *out = (struct anchor){ .kind = ANCHOR_SENT, .name = names_sent(b, name) };
    } else {
        return item_anchor(b, name, out);
    }
    return true;
}

static bool find_length(void *self, const char *name, struct length *out)
{
    const struct build *b = self;
    const struct name *found = names_find(b, name);
    const struct node *is =
        found && found->kind == NAME_SETTING ? node_get(found->node, "is") : NULL;

    return is && is->kind == NODE_TEXT && length_parse(is->text, out);
}

static const struct length_from *find_later(void *self, const char *name, size_t *count)
{
    struct build *b = self;
    const struct name *found = names_find(b, name);

    return setting_lengths(b, found->node, count);
}

static bool find_setting(void *self, const char *name, struct span *span, const char **text)
{
    const struct build *b = self;
    const struct name *found = names_find(b, name);
    const struct node *is =
        found && found->kind == NAME_SETTING ? node_get(found->node, "is") : NULL;

    if (!is)
        return false;
    *span = is->span;
    *text = is->kind == NODE_TEXT ? is->text : node_kind_name(is);
    return true;
}

static const char *const *all_names(void *self, size_t *count)
{
    struct build *b = self;
    const struct node *lists = node_get(b->tree, "checklists");
    struct { const char **at; size_t count, room; } all = { NULL, 0, 0 };

    for (size_t i = 0; i < b->names.count; i++) {
        const struct name *n = &b->names.at[i];
        const char *type = names_field_type(b, n->name);
        struct length length;
        if ((type && (!strcmp(type, "date") || !strcmp(type, "integer"))) ||
            n->kind == NAME_EVENT || n->kind == NAME_STATE || find_length(b, n->name, &length))
            *LIST_ADD(b->arena, &all) = n->name;
    }
    for (const struct node *n = lists ? lists->first : NULL; n; n = n->next) {
        const struct node *items = node_get(n, "items");
        for (const struct node *i = items ? items->first : NULL; i; i = i->next) {
            *LIST_ADD(b->arena, &all) = arena_printf(b->arena, "%s.%s.asked", n->key, i->key);
            *LIST_ADD(b->arena, &all) = arena_printf(b->arena, "%s.%s.done", n->key, i->key);
        }
    }
    *LIST_ADD(b->arena, &all) = "opened";
    if (node_get(b->tree, "schedule"))
        *LIST_ADD(b->arena, &all) = "occasion";
    *LIST_ADD(b->arena, &all) = NULL;
    *count = all.count - 1;
    return all.at;
}

struct moment_names names_for_moments(struct build *b)
{
    return (struct moment_names){ .self = b, .anchor = find_anchor, .length = find_length,
                                  .later = find_later,
                                  .setting = find_setting, .known = all_names };
}
