/* SPDX-License-Identifier: MIT */
/* Quotes around a word can mean something: "removed" is a text, removed is ours; under `set` a text
 * in quotes is no expression; other tools read yes, 08:30 and 0123 as something else. So only those
 * around several words go, where the table of keys says that the value is words for people. */
#include "rules/fmt_tree.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include <string.h>

/* What stands at a place: the keys of an owner, named things that each have them, or a list. */
enum holds { NOTHING, KEYS, NAMED, ITEMS, WORDS };
struct place {
    enum holds holds;
    enum owner owner;
};

static struct place below(struct place at, const char *key)
{
    if (at.holds == NAMED || at.holds == ITEMS)
        return (struct place){ KEYS, at.owner };
    const struct key *row = at.holds == KEYS && key ? key_find(at.owner, key) : NULL;
    if (!row)
        return (struct place){ NOTHING, OWNER_NONE };
    switch (row->shape) {
    case SHAPE_TEXT:
        return (struct place){ WORDS, OWNER_NONE };
    case SHAPE_ONE:
    case SHAPE_LIMIT:
        return (struct place){ KEYS, row->of };
    case SHAPE_MAP:
        return (struct place){ NAMED, row->of };
    case SHAPE_LIST:
        return (struct place){ ITEMS, row->of };
    default:
        return (struct place){ NOTHING, OWNER_NONE };
    }
}

/* Several words that no reader of YAML takes for anything but a text, on a line of their own. */
static bool several_words(const char *text)
{
    size_t len = strlen(text);

    if (!len || !strchr(text, ' ') || text[len - 1] == ' ' || text[len - 1] == ':')
        return false;
    if ((*text < 'a' || *text > 'z') && (*text < 'A' || *text > 'Z'))
        return false;
    for (const char *c = text; *c; c++)
        if ((unsigned char)*c < 0x20)
            return false;
    return !strstr(text, ": ") && !strstr(text, " #");
}

bool fmt_bare_in_flow(const char *words)
{
    return !strpbrk(words, ",[]{}");
}

/* The text between the quotes if nothing in it is written otherwise than it reads. */
static const char *unquoted(struct arena *arena, const char *raw)
{
    size_t len = strlen(raw);
    const char *text = arena_text_n(arena, raw + 1, len - 2);

    return strchr(text, *raw) || (*raw == '"' && strchr(text, '\\')) ? NULL : text;
}

static void find(struct arena *arena, struct fmt_piece *piece, struct place at)
{
    for (struct fmt_entry *e = piece->first; e; e = e->next)
        find(arena, e->value, below(at, e->key ? e->key->raw : NULL));
    if (piece->kind != FMT_QUOTED || at.holds != WORDS)
        return;
    const char *text = unquoted(arena, piece->raw);
    piece->bare = text && several_words(text) ? text : NULL;
}

void fmt_quotes(struct arena *arena, struct fmt_piece *root, enum owner owner)
{
    find(arena, root, (struct place){ owner ? KEYS : NOTHING, owner });
}

static bool same(const struct node *a, const struct node *b, struct place at)
{
    if (a->kind != b->kind || a->count != b->count || !text_same(a->key, b->key))
        return false;
    if (a->kind == NODE_TEXT)
        return !strcmp(a->text, b->text) &&
               (a->quoted == b->quoted || (a->quoted && at.holds == WORDS));
    for (a = a->first, b = b->first; a; a = a->next, b = b->next)
        if (!same(a, b, below(at, a->key)))
            return false;
    return true;
}

bool fmt_same(const struct node *a, const struct node *b, enum owner owner)
{
    return same(a, b, (struct place){ owner ? KEYS : NOTHING, owner });
}
