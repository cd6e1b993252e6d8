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

/* --- what was wanted ------------------------------------------------------------------------- */

static const char *words_text(const char *words, struct arena *arena)
{
    struct buf buf = buf_in(arena);

    for (const char *c = words; *c; c++)
        if (*c != '|')
            buf_char(&buf, *c);
        else
            buf_add(&buf, strchr(c + 1, '|') ? ", " : " or ");
    return buf_text(&buf);
}

const char *shape_wanted(const struct key *key, struct arena *arena)
{
    static const char *const wanted[] = {
        [SHAPE_TEXT] = "words",
        [SHAPE_NAME] = "a name",
        [SHAPE_NAMES] = "a name or a list of names",
        [SHAPE_YES_NO] = "yes or no",
        [SHAPE_DATE] = "a date",
        [SHAPE_MONTH_DAY] = "a day and a month",
        [SHAPE_TIME] = "a time in quotes",
        [SHAPE_LENGTH] = "a length of time",
        [SHAPE_MOMENT] = "a moment",
        [SHAPE_CONDITION] = "a condition, or {lua: file.function}",
        [SHAPE_VALUE] = "a value",
        [SHAPE_MOMENT_OR_VALUE] = "a value or a moment",
        [SHAPE_LIMIT] = "a moment, or a map with `is`",
        [SHAPE_WORD_OR_MAP] = "",
        [SHAPE_ONE] = "a map",
        [SHAPE_MAP] = "a map of named things",
        [SHAPE_LIST] = "a list",
        [SHAPE_SOME] = "a map, or a list of maps",
        [SHAPE_COUNT] = "a whole number",
        [SHAPE_TEXTS] = "a map of names to words",
        [SHAPE_VALUES] = "a map of names to values",
        [SHAPE_OPTIONS] = "a list of names, or a map of names to labels",
        [SHAPE_ROWS] = "a list of rows, each a list of dates",
        [SHAPE_TARGETS] = "a state, or a map of states to conditions",
        [SHAPE_ENOUGH] = "`all`, {at_least: 2} or {lua: file.function}",
        [SHAPE_REMIND] = "a list of reminders, or `none`",
        [SHAPE_REMIND_LUA] = "a list of reminders, `none` or {lua: file.function}",
    };

    if (key->shape == SHAPE_WORD_OR_MAP)
        return arena_printf(arena, "%s, or a map", words_text(key->words, arena));
    return key->shape == SHAPE_WORD ? words_text(key->words, arena) : wanted[key->shape];
}

static void wrong(struct checker *c, const struct key *key, struct node *node,
                  const char *why)
{
    struct diag *d;

    c->ok = false;
    if (why)
        d = diag_error(c->diags, "R002", node->span, "'%s': %s", key->name, why);
    else if (node->kind == NODE_TEXT)
        d = diag_error(c->diags, "R002", node->span, "'%s' cannot be '%s'", key->name, node->text);
    else
        d = diag_error(c->diags, "R002", node_place(node), "'%s' cannot be a %s", key->name,
                       node_kind_name(node));
    bool short_example = key->example && !strchr(key->example, '\n');
    diag_hint(c->diags, d, short_example ? "write %s; for example %s" : "write %s",
              shape_wanted(key, c->arena), key->example);
    node_spoil(node);
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
    diag_hint(c->diags, d, "use letters, digits and _, and begin with a letter");
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

static const struct key *elsewhere(const char *name)
{
    size_t count;
    const struct key *all = keys_all(&count);

    for (size_t i = 0; i < count; i++)
        if (!strcmp(all[i].name, name))
            return &all[i];
    return NULL;
}

static void unknown(struct checker *c, struct node *node, enum owner owner)
{
    size_t count, known = 0;
    const struct key *all = keys_all(&count);
    const char **names = ARENA_ARRAY(c->arena, const char *, count);
    struct diag *d = diag_error(c->diags, "R001", node->key_span, "%s has no key '%s'",
                                owner_title(owner), node->key);

    c->ok = false;
    for (size_t i = 0; i < count; i++)
        if (all[i].owner == owner)
            names[known++] = all[i].name;
    const struct key *other = elsewhere(node->key);
    if (!diag_nearest(c->diags, d, node->key, names, known) && other)
        diag_hint(c->diags, d, "'%s' belongs to %s", node->key, owner_title(other->owner));
    node_spoil(node);
}

static void check_map(struct checker *c, struct node *map, enum owner owner)
{
    for (struct node *n = map->first; n; n = n->next) {
        const struct key *key = key_find(owner, n->key);
        if (!key) {
            unknown(c, n, owner);
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
