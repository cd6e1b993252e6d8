/* SPDX-License-Identifier: MIT */
#include "rules/keys.h"

#include "engine/base/arena.h"
#include "engine/base/date.h"
#include "engine/base/text.h"
#include <ctype.h>
#include <string.h>

struct checker {
    struct arena *arena;
    struct diags *diags;
    bool extends;            /* A pack's file: `removed`, `...` and `each` have their meaning. */
    bool ok;
};

static void check_map(struct checker *c, struct node *map, enum owner owner);

/* --- readings -------------------------------------------------------------------------------- */

bool yes_no_read(const struct node *node, bool *out)
{
    static const char *const yes[] = { "yes", "true" }, *const no[] = { "no", "false" };

    if (node->kind != NODE_TEXT)
        return false;
    *out = text_in(node->text, yes, 2);
    return *out || text_in(node->text, no, 2);
}

bool month_day_read(const char *text, int *month, int *mday)
{
    int n = 0, length = 0;

    while (isdigit((unsigned char)text[length]) && length < 2)
        n = n * 10 + (text[length++] - '0');
    if (!length || text[length] != ' ')
        return false;
    *month = month_from_name(text + length + 1, strlen(text + length + 1));
    *mday = n;
    return *month && ymd_valid(2024, *month, n); /* A leap year: 29 February stands. */
}

bool urn_read(const char *text, int64_t *out)
{
    return strspn(text, "0123456789") == 6 && !text[6] && *text != '0' && text_int(text, out);
}

bool word_among(const char *words, const char *word)
{
    size_t len = strlen(word);

    for (const char *at = words; at; at = strchr(at, '|') ? strchr(at, '|') + 1 : NULL)
        if (!strncmp(at, word, len) && (at[len] == '|' || !at[len]))
            return true;
    return false;
}

bool name_valid(const char *text)
{
    if (!isalpha((unsigned char)*text) || strlen(text) > 64)
        return false;
    for (const char *c = text; *c; c++)
        if (!isalnum((unsigned char)*c) && *c != '_' && *c != '-')
            return false;
    return true;
}

/* --- saying what is wrong -------------------------------------------------------------------- */

/* A value nearly as it should be is taken for that, so that nothing follows from it. */
static void repair(struct checker *c, const struct key *key, struct node *node)
{
    const char *near =
        node->kind == NODE_TEXT ? keys_near_word(key, node->text, c->arena) : NULL;

    if (near)
        node->text = near;
    else
        node_spoil(node);
}

static void wrong(struct checker *c, const struct key *key, struct node *node,
                  const char *why)
{
    enum { SHOWN = 60 };
    struct diag *d;

    c->ok = false;
    if (why) {
        d = diag_error(c->diags, "R002", node->span, "'%s': %s", key->name, why);
    } else if (node->kind == NODE_TEXT) {
        size_t len = strcspn(node->text, "\n"), cut = utf8_cut(node->text, SHOWN);
        bool whole = !node->text[len] && len <= cut;
        d = diag_error(c->diags, "R002", node->span, "'%s' cannot be '%.*s%s'", key->name,
                       (int)(len < cut ? len : cut), node->text, whole ? "" : "...");
    } else {
        d = diag_error(c->diags, "R002", node_place(node), "'%s' cannot be a %s", key->name,
                       node_kind_name(node));
    }
    keys_hint_value(key, node, c->diags, d);
    repair(c, key, node);
}

/* --- shapes ---------------------------------------------------------------------------------- */

static bool is_text(const struct node *node)
{
    return node->kind == NODE_TEXT && *node->text;
}

static bool all_texts(const struct node *node)
{
    for (const struct node *n = node->first; n; n = n->next)
        if (!is_text(n))
            return false;
    return true;
}

static bool is_lua(const struct node *node)
{
    return node->kind == NODE_MAP && node->count == 1 && node_get(node, "lua") &&
           is_text(node->first) && strchr(node->first->text, '.');
}

static bool is_enough(const struct node *node)
{
    int64_t n;
    const struct node *least = node_get(node, "at_least");

    if (node->kind == NODE_TEXT)
        return !strcmp(node->text, "all");
    return is_lua(node) || (least && node->count == 1 && is_text(least) &&
                            text_int(least->text, &n) && n >= 1 && n <= 1000);
}

static bool is_targets(const struct node *node)
{
    if (node->kind != NODE_MAP)
        return is_text(node);
    for (const struct node *n = node->first; n; n = n->next)
        if (!is_text(n) && !is_lua(n))
            return false;
    return node->count > 0;
}

static bool is_rows(const struct node *node)
{
    if (node->kind != NODE_LIST)
        return false;
    for (const struct node *n = node->first; n; n = n->next)
        if (!node_is(n, "...") && (n->kind != NODE_LIST || !all_texts(n)))
            return false;
    return true;
}

static bool is_date(struct checker *c, const struct key *key, struct node *node)
{
    day date;
    char why[256];

    if (is_text(node) && day_parse(node->text, &date))
        return true;
    if (is_text(node)) {
        day_parse_why(node->text, why, sizeof why);
        wrong(c, key, node, why);
        return true; /* Said already. */
    }
    return false;
}

/* Names that Lua or a moment will say: no hyphen in them. */
static void check_name(struct checker *c, const struct node *thing, enum owner of)
{
    struct diag *d;

    if (owner_named_freely(of))
        return;
    if (name_valid(thing->key) && !strchr(thing->key, '-'))
        return;
    c->ok = false;
    d = diag_error(c->diags, "R004", thing->key_span, "'%s' cannot be a name", thing->key);
    keys_hint_name(thing->key, c->diags, d);
    diag_blame(c->diags, thing->key);
}

static bool check_things(struct checker *c, const struct key *key, struct node *map)
{
    if (map->kind != NODE_MAP)
        return false;
    for (struct node *n = map->first; n; n = n->next) {
        if (c->extends && node_is(n, "removed"))
            continue;
        if (!(c->extends && !strcmp(n->key, "each")))
            check_name(c, n, key->of);
        if (n->kind == NODE_MAP)
            check_map(c, n, key->of);
        else if (key->of != OWNER_SETTING)
            wrong(c, key, n, "each thing in it is a map of keys");
    }
    return true;
}

static bool check_list(struct checker *c, const struct key *key, struct node *list)
{
    if (list->kind != NODE_LIST)
        return false;
    for (struct node *n = list->first; n; n = n->next) {
        if (c->extends && node_is(n, "..."))
            continue;
        if (n->kind != NODE_MAP) {
            wrong(c, key, n, "each of the list is a map of keys");
            continue;
        }
        check_map(c, n, key->of);
        if (key->of == OWNER_EFFECT && n->count != 1)
            wrong(c, key, n, "one effect to each `-`");
    }
    return true;
}

/* `...` anywhere but first adds all the same, once that was said. */
static void mend_dots(struct checker *c, struct node *list)
{
    for (struct node *n = list->first, *before = NULL; c->extends && n; before = n, n = n->next) {
        if (!before || !node_is(n, "..."))
            continue;
        struct diag *d = diag_error(c->diags, "R002", n->span,
                                    "`...` stands at the beginning of a list, or not at all");
        diag_hint(c->diags, d, "`[..., more]` keeps what is there and adds to it");
        c->ok = false;
        before->next = n->next;
        if (list->last == n)
            list->last = before;
        n->next = list->first;
        list->first = n;
        return;
    }
}

static bool texts_or_list(const struct node *node)
{
    return is_text(node) || (node->kind == NODE_LIST && all_texts(node));
}

/* False: the shape is wrong, and nothing was said yet. */
static bool check_shape(struct checker *c, const struct key *key, struct node *node)
{
    enum { COUNT_MAX = 100000 };
    int64_t count;
    bool yes;
    int a, b;

    if (node->kind == NODE_LIST)
        mend_dots(c, node);
    switch (key->shape) {
    case SHAPE_TEXT: case SHAPE_NAME: case SHAPE_MOMENT: case SHAPE_MOMENT_OR_VALUE:
    case SHAPE_LENGTH: /* Or a setting: told apart when names are known. */
        return is_text(node);
    case SHAPE_NAMES: case SHAPE_REMIND:
        return texts_or_list(node);
    case SHAPE_REMIND_LUA:
        return texts_or_list(node) || is_lua(node);
    case SHAPE_YES_NO:
        return yes_no_read(node, &yes);
    case SHAPE_WORD:
        return is_text(node) && word_among(key->words, node->text);
    case SHAPE_DATE:
        return is_date(c, key, node);
    case SHAPE_MONTH_DAY:
        return is_text(node) && month_day_read(node->text, &a, &b);
    case SHAPE_TIME:
        return is_text(node) && minute_parse(node->text, &a);
    case SHAPE_CONDITION:
        return is_text(node) || is_lua(node);
    case SHAPE_VALUE:
        return node->kind != NODE_TEXT || *node->text;
    case SHAPE_WORD_OR_MAP:
    case SHAPE_LIMIT:
        if (node->kind != NODE_MAP)
            return is_text(node) && (!key->words || word_among(key->words, node->text));
        check_map(c, node, key->of);
        return true;
    case SHAPE_ONE:
        if (node->kind == NODE_MAP)
            check_map(c, node, key->of);
        return node->kind == NODE_MAP;
    case SHAPE_MAP:
        return check_things(c, key, node);
    case SHAPE_LIST:
        return check_list(c, key, node);
    case SHAPE_SOME:
        if (node->kind != NODE_MAP)
            return check_list(c, key, node);
        check_map(c, node, key->of);
        return true;
    case SHAPE_COUNT:
        return is_text(node) && text_int(node->text, &count) && count >= 0 && count <= COUNT_MAX;
    case SHAPE_TEXTS:
        return node->kind == NODE_MAP && all_texts(node);
    case SHAPE_VALUES:
        return node->kind == NODE_MAP;
    case SHAPE_OPTIONS:
        return (node->kind == NODE_LIST || node->kind == NODE_MAP) && all_texts(node) &&
               node->count;
    case SHAPE_ROWS:
        return is_rows(node);
    case SHAPE_TARGETS:
        return is_targets(node);
    case SHAPE_ENOUGH:
        return is_enough(node);
    }
    return false;
}

/* --- keys ------------------------------------------------------------------------------------ */

/* What stands under it is not read, so that its names are unknown elsewhere. */
static void unknown(struct checker *c, const struct node *map, struct node *node, enum owner owner)
{
    c->ok = false;
    for (const struct node *n = node->first; n && node->kind == NODE_MAP; n = n->next)
        diag_blame(c->diags, n->key);
    if (!map->gap) { /* Else it belongs, it seems, to the key before, which has no value. */
        struct diag *d = diag_error(c->diags, "R001", node->key_span, "%s has no key '%s'",
                                    owner_title(owner), node->key);
        keys_hint_key(owner, node->key, c->diags, d);
    }
    node_spoil(node);
}

static void check_map(struct checker *c, struct node *map, enum owner owner)
{
    for (struct node *n = map->first; n; n = n->next) {
        const struct key *key = key_find(owner, n->key);
        if (!key) {
            unknown(c, map, n, owner);
        } else if (!(c->extends && node_is(n, "removed")) && !check_shape(c, key, n)) {
            wrong(c, key, n, NULL);
        }
    }
}

bool keys_check(struct arena *arena, struct node *map, enum owner owner, struct diags *diags)
{
    struct checker c = { .arena = arena, .diags = diags, .ok = true,
                         .extends = owner != OWNER_SCENARIO };

    check_map(&c, map, owner);
    return c.ok;
}

/* --- what is missing ------------------------------------------------------------------------- */

static bool require(const struct node *map, enum owner owner, const char *near,
                    struct diags *diags);

/* The name beside it that may have been meant: a change to a misspelt thing is a new thing. */
static const char *near_sibling(const struct node *all, const struct node *thing)
{
    for (const struct node *n = all->first; n; n = n->next)
        if (n != thing && text_nearest(thing->key, (const char *const[]){ n->key }, 1) &&
            !text_starts(n->key, thing->key) && !text_starts(thing->key, n->key))
            return n->key;
    return NULL;
}

static bool require_below(const struct key *key, const struct node *node, struct diags *diags)
{
    bool ok = true;

    bool may_be_map = key->shape == SHAPE_LIMIT || key->shape == SHAPE_WORD_OR_MAP ||
                      key->shape == SHAPE_SOME;
    if ((key->shape == SHAPE_ONE || may_be_map) && node->kind == NODE_MAP)
        return keys_require(node, key->of, diags);
    if (key->shape == SHAPE_MAP || key->shape == SHAPE_LIST || key->shape == SHAPE_SOME)
        for (const struct node *n = node->first; n; n = n->next)
            ok = (n->kind != NODE_MAP ||
                  require(n, key->of, key->shape == SHAPE_MAP ? near_sibling(node, n) : NULL,
                          diags)) &&
                 ok;
    return ok;
}

static bool require(const struct node *map, enum owner owner, const char *near,
                    struct diags *diags)
{
    size_t count;
    const struct key *all = keys_all(&count);
    bool ok = true;

    for (size_t i = 0; i < count; i++) {
        if (all[i].owner != owner)
            continue;
        const struct node *node = node_at(map, all[i].name);
        if (node && node->kind != NODE_WRONG) {
            ok = require_below(&all[i], node, diags) && ok;
        } else if (all[i].required && !node) {
            ok = false;
            struct diag *d = diag_error(diags, "R003", node_place(map), "%s needs '%s'",
                                        owner_title(owner), all[i].name);
            if (near)
                diag_hint(diags, d, "add it; or did you mean to change '%s'?", near);
        }
    }
    return ok;
}

bool keys_require(const struct node *map, enum owner owner, struct diags *diags)
{
    return require(map, owner, NULL, diags);
}
