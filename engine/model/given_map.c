/* SPDX-License-Identifier: MIT */
#include "engine/model/given_map.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include <string.h>

static bool is_sorted(const struct given *given, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (strcmp(given[i - 1].name, given[i].name) >= 0)
            return false;
    return true;
}

bool given_map_write(const struct given *given, size_t count, const char *const *personal,
                     size_t personal_count, bool only_personal, const char *key,
                     struct json_out *out)
{
    bool open = false;
    if (!is_sorted(given, count)) {
        struct given *copy = ARENA_ARRAY(out->buf->arena, struct given, count);
        memcpy(copy, given, count * sizeof *given);
        given_sort(copy, count);
        given = copy;
    }
    for (size_t i = 0; i < count; i++) {
        if (text_in(given[i].name, personal, personal_count) != only_personal)
            continue;
        if (!open)
            json_begin(out, key, '{');
        open = true;
        json_out_tree(out, given[i].name, given[i].value);
    }
    if (open)
        json_end(out, '}');
    return open;
}

bool given_map_read(struct arena *arena, const struct json *map, const struct json *more,
                    const struct given **out, size_t *count)
{
    if ((map && map->kind != JSON_MAP) || (more && more->kind != JSON_MAP))
        return false;
    const struct json *a = map ? map->first : NULL, *b = more ? more->first : NULL;
    size_t total = (map ? map->count : 0) + (more ? more->count : 0), n = 0;
    struct given *all = total ? ARENA_ARRAY(arena, struct given, total) : NULL;
    while (a || b) {
        int order = !a ? 1 : !b ? -1 : strcmp(a->key, b->key);
        const struct json **from = order < 0 ? &a : &b;
        if (order == 0)
            return false;
        all[n++] = (struct given){ (*from)->key, *from };
        *from = (*from)->next;
    }
    *out = all;
    *count = n;
    return true;
}
