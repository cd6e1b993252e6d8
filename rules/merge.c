/* SPDX-License-Identifier: MIT */
/* One merge rule: maps merge by key, lists and single values are replaced.
 *
 * `removed` and a leading `...` may be meant for the base file or for the map's `each`, which is
 * only put in at the end. So they stay in the tree as they were written (`took` marks a `removed`
 * that already found something) until settle() knows. */
#include "rules/layer.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include <string.h>

static bool adds(const struct node *node)
{
    return node->kind == NODE_LIST && node_is(node->first, "...");
}

/* A list that begins with `...` on top of what it adds to. */
static struct node *merge_list(struct arena *arena, const struct node *base,
                               const struct node *over)
{
    struct node *list = node_copy(arena, over, true);

    if (base->kind == NODE_TEXT)
        node_add(list, node_copy(arena, base, false));
    for (const struct node *n = base->first; base->kind == NODE_LIST && n; n = n->next)
        node_add(list, node_copy(arena, n, false));
    for (const struct node *n = over->first->next; n; n = n->next)
        node_add(list, node_copy(arena, n, false));
    if (list->count && list->first->key) /* A single value that was a key's: now an item. */
        list->first->key = NULL;
    return list;
}

static struct node *merge_removed(struct arena *arena, const struct node *base,
                                  const struct node *over)
{
    struct node *mark = node_copy(arena, over, false);

    mark->took = over->took || (base && !node_is(base, "removed"));
    return mark;
}

/* {lua: ...} and {at_least: ...} are values written as maps: never half of one, half of another. */
static bool is_value(const struct node *map)
{
    return node_get(map, "lua") || node_get(map, "at_least");
}

struct node *merge(struct arena *arena, const struct node *base, const struct node *over)
{
    if (over && over->kind == NODE_WRONG && base)
        return node_copy(arena, base, false);
    if (over && node_is(over, "removed"))
        return merge_removed(arena, base, over);
    if (!over || !base || node_is(base, "removed"))
        return node_copy(arena, over ? over : base, false);
    if (adds(over) && base->kind != NODE_MAP)
        return merge_list(arena, base, over);
    if (over->kind != NODE_MAP || base->kind != NODE_MAP || is_value(over) || is_value(base))
        return node_copy(arena, over, false);

    struct node *map = node_copy(arena, base, true);
    for (const struct node *n = base->first; n; n = n->next)
        node_add(map, merge(arena, n, node_at(over, n->key)));
    for (const struct node *n = over->first; n; n = n->next)
        if (!node_at(base, n->key))
            node_add(map, merge(arena, NULL, n));
    return map;
}

/* --- settling -------------------------------------------------------------------------------- */

struct settling {
    struct arena *arena;
    struct diags *diags;
};

static void settle_map(struct settling *s, struct node *map, enum owner owner);

/* Takes a child out and leaves it without siblings. */
static void unlink_child(struct node *map, struct node *child)
{
    struct node *before = NULL;

    for (struct node *n = map->first; n != child; n = n->next)
        before = n;
    if (before)
        before->next = child->next;
    else
        map->first = child->next;
    if (map->last == child)
        map->last = before;
    map->count--;
    child->next = NULL;
}

static void drop(struct settling *s, struct node *map, struct node *child)
{
    unlink_child(map, child);
    if (!child->took)
        diag_error(s->diags, "R015", node_place(child), "there is no '%s' to remove", child->key);
    child->next = map->dropped;
    map->dropped = child;
}

static void drop_removed(struct settling *s, struct node *map)
{
    for (struct node *n = map->first, *next; n; n = next) {
        next = n->next;
        if (node_is(n, "removed"))
            drop(s, map, n);
        else if (adds(n)) {
            diag_error(s->diags, "R015", n->first->span, "'%s' has nothing to add to", n->key);
            unlink_child(n, n->first);
        }
    }
}

/* A thing on top of what all share; its own keys come first. `owner` and `right_of` stand in place
 * of each other. */
static struct node *shared(struct settling *s, const struct node *each, const struct node *thing)
{
    struct node *whole = node_copy(s->arena, thing, true);

    for (const struct node *n = thing->first; n; n = n->next)
        node_add(whole, merge(s->arena, node_get(each, n->key), n));
    for (const struct node *n = each->first; n; n = n->next) {
        const char *other = !strcmp(n->key, "owner")      ? "right_of"
                            : !strcmp(n->key, "right_of") ? "owner"
                                                          : NULL;
        if (!node_at(thing, n->key) && !(other && node_get(thing, other)))
            node_add(whole, node_copy(s->arena, n, false));
    }
    return whole;
}

/* Puts `each` under every thing of a map. */
static void share(struct settling *s, struct node *map, const struct node *each)
{
    struct node *first = map->first;

    map->first = map->last = NULL;
    map->count = 0;
    for (struct node *n = first, *next; n; n = next) {
        next = n->next;
        n->next = NULL;
        if (n != each)
            node_add(map, n->kind == NODE_MAP ? shared(s, each, n) : n);
    }
}

/* A checklist's `each` stands beside its items. */
static void share_items(struct settling *s, struct node *list)
{
    struct node *each = node_get(list, "each");

    if (!each || each->kind != NODE_MAP)
        return;
    struct node *items = node_get(list, "items"), *more = node_get(list, "more");
    unlink_child(list, each);
    if (items && items->kind == NODE_MAP)
        share(s, items, each);
    if (more && more->kind == NODE_MAP) {
        node_add(list, node_copy(s->arena, each, false));
        list->last->key = "more_each"; /* Read by compile_checklists; no file can hold it. */
    }
}

static void insert_after(struct node *map, struct node *place, struct node *child)
{
    child->next = place->next;
    place->next = child;
    if (map->last == place)
        map->last = child;
    map->count++;
}

/* `after: reporting` on a state moves it there and is gone. */
static void place_states(struct settling *s, struct node *states)
{
    for (struct node *n = states->first, *next; n; n = next) {
        next = n->next;
        struct node *after = node_get(n, "after");
        if (!after || after->kind != NODE_TEXT)
            continue;
        struct node *place = node_get(states, after->text);
        unlink_child(n, after);
        if (!place || place == n) {
            diag_error(s->diags, "R005", after->span, "there is no state '%s' to stand after",
                       after->text);
            continue;
        }
        unlink_child(states, n);
        insert_after(states, place, n);
    }
}

static void settle_things(struct settling *s, struct node *map, enum owner of)
{
    struct node *each = node_get(map, "each");

    if (each && each->kind == NODE_MAP)
        share(s, map, each);
    drop_removed(s, map);
    for (struct node *n = map->first; n; n = n->next)
        if (n->kind == NODE_MAP)
            settle_map(s, n, of);
    if (of == OWNER_STATE)
        place_states(s, map);
}

static void settle_map(struct settling *s, struct node *map, enum owner owner)
{
    if (owner == OWNER_CHECKLIST)
        share_items(s, map);
    drop_removed(s, map);
    for (struct node *n = map->first; n; n = n->next) {
        const struct key *key = key_find(owner, n->key);
        if (!key || n->kind == NODE_TEXT)
            continue;
        if (key->shape == SHAPE_MAP)
            settle_things(s, n, key->of);
        else if (key->shape == SHAPE_LIST || (key->shape == SHAPE_SOME && n->kind == NODE_LIST))
            for (struct node *item = n->first; item; item = item->next)
                settle_map(s, item, key->of);
        else if (n->kind == NODE_MAP)
            settle_map(s, n, key->of);
    }
}

void settle(struct arena *arena, struct node *tree, enum owner owner, struct diags *diags)
{
    struct settling s = { arena, diags };

    settle_map(&s, tree, owner);
}
