/* SPDX-License-Identifier: MIT */
#include "rules/node.h"

#include "engine/base/arena.h"
#include "engine/base/json.h"
#include "engine/base/text.h"
#include <string.h>

struct node *node_at(const struct node *map, const char *key)
{
    if (!map || map->kind != NODE_MAP)
        return NULL;
    for (struct node *n = map->first; n; n = n->next)
        if (!strcmp(n->key, key))
            return n;
    return NULL;
}

struct node *node_get(const struct node *map, const char *key)
{
    struct node *node = node_at(map, key);

    return node && node->kind != NODE_WRONG ? node : NULL;
}

void node_spoil(struct node *node)
{
    node->kind = NODE_WRONG;
    node->text = NULL;
    node->first = node->last = NULL;
    node->count = 0;
}

struct span node_place(const struct node *node)
{
    return node->key ? node->key_span : node->span;
}

bool node_is(const struct node *node, const char *word)
{
    return node && node->kind == NODE_TEXT && !node->quoted && !strcmp(node->text, word);
}

struct node *node_new(struct arena *arena, enum node_kind kind, struct span span)
{
    struct node *node = ARENA_NEW(arena, struct node);

    node->kind = kind;
    node->span = node->key_span = span;
    return node;
}

void node_add(struct node *parent, struct node *child)
{
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    parent->count++;
}

struct node *node_copy(struct arena *arena, const struct node *node, bool shallow)
{
    struct node *copy = ARENA_NEW(arena, struct node);

    *copy = *node;
    copy->next = copy->first = copy->last = NULL;
    copy->count = 0;
    if (!shallow)
        for (const struct node *n = node->first; n; n = n->next)
            node_add(copy, node_copy(arena, n, false));
    return copy;
}

static struct json *number_of(struct arena *arena, const char *text)
{
    struct json *json;
    int64_t number;

    if (text_int(text, &number))
        return json_new_int(arena, number);
    if (!decimal_parse(text, &number))
        return NULL;
    json = json_new(arena, JSON_DECIMAL);
    json->number = number;
    return json;
}

struct json *node_json(struct arena *arena, const struct node *node, bool numbers)
{
    struct json *json;

    if (node->kind == NODE_TEXT) {
        json = numbers && !node->quoted ? number_of(arena, node->text) : NULL;
        return json ? json : json_new_text(arena, node->text);
    }
    json = json_new(arena, node->kind == NODE_LIST ? JSON_LIST : JSON_MAP);
    for (const struct node *n = node->first; n; n = n->next)
        if (node->kind == NODE_LIST)
            json_add(json, node_json(arena, n, numbers));
        else
            json_put(arena, json, n->key, node_json(arena, n, numbers));
    return json;
}

const char *node_kind_name(const struct node *node)
{
    static const char *const names[] = { "text", "list", "map", "value" };

    return names[node->kind];
}
