/* SPDX-License-Identifier: MIT */
#include "engine/base/json.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include <string.h>

const struct json *json_get(const struct json *map, const char *key)
{
    if (!map || map->kind != JSON_MAP)
        return NULL;
    for (const struct json *member = map->first; member; member = member->next)
        if (strcmp(member->key, key) == 0)
            return member;
    return NULL;
}

const char *json_text(const struct json *map, const char *key, const char *fallback)
{
    const struct json *member = json_get(map, key);
    return member && member->kind == JSON_TEXT ? member->text : fallback;
}

int64_t json_decimal(const struct json *map, const char *key, int64_t fallback)
{
    const struct json *member = json_get(map, key);
    int64_t value;
    if (member && member->kind == JSON_DECIMAL)
        return member->number;
    if (!member || member->kind != JSON_INT ||
        __builtin_mul_overflow(member->number, DECIMAL_ONE, &value))
        return fallback;
    return value;
}

struct json *json_new(struct arena *arena, enum json_kind kind)
{
    struct json *json = ARENA_NEW(arena, struct json);
    json->kind = kind;
    return json;
}

struct json *json_new_text(struct arena *arena, const char *text)
{
    struct json *json = json_new(arena, text ? JSON_TEXT : JSON_NULL);
    json->text = arena_text(arena, text);
    return json;
}

struct json *json_new_int(struct arena *arena, int64_t number)
{
    struct json *json = json_new(arena, JSON_INT);
    json->number = number;
    return json;
}

void json_add(struct json *list, struct json *item)
{
    if (list->last)
        list->last->next = item;
    else
        list->first = item;
    list->last = item;
    list->count++;
}

void json_put(struct arena *arena, struct json *map, const char *key, struct json *value)
{
    value->key = arena_text(arena, key);
    if (!map->last || strcmp(map->last->key, key) < 0) {
        json_add(map, value);
        return;
    }
    struct json **at = &map->first;
    int order;
    while ((order = strcmp((*at)->key, key)) < 0)
        at = &(*at)->next;
    struct json *old = *at;
    value->next = order == 0 ? old->next : old;
    *at = value;
    if (order)
        map->count++;
    else if (map->last == old)
        map->last = value;
}
