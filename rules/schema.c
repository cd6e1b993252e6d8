/* SPDX-License-Identifier: MIT */
#include "rules/schema.h"

#include "engine/base/arena.h"
#include "engine/base/json.h"
#include "engine/base/text.h"
#include "rules/keys.h"

#include <ctype.h>
#include <string.h>

enum { OWNERS = 1
#define X(name, title) +1
    OWNER_TABLE(X)
#undef X
};

struct schema {
    struct arena *arena;
    bool of_scenario[OWNERS]; /* Reached from scenarios alone: nothing is merged there. */
};

static const char name_pattern[] = "^([A-Za-z][A-Za-z0-9_]{0,63})$";

/* --- small pieces ---------------------------------------------------------------------------- */

static struct json *map_new(struct schema *s)
{
    return json_new(s->arena, JSON_MAP);
}

static void put(struct schema *s, struct json *map, const char *key, struct json *value)
{
    json_put(s->arena, map, key, value);
}

static void put_text(struct schema *s, struct json *map, const char *key, const char *text)
{
    put(s, map, key, json_new_text(s->arena, text));
}

static void put_no(struct schema *s, struct json *map, const char *key)
{
    put(s, map, key, json_new(s->arena, JSON_BOOL));
}

static struct json *texts(struct schema *s, const char *const *words, size_t count)
{
    struct json *list = json_new(s->arena, JSON_LIST);
    for (size_t i = 0; i < count; i++)
        json_add(list, json_new_text(s->arena, words[i]));
    return list;
}

/* An editor reads 12 as a number and yes as a truth value; we read all as text. */
static struct json *scalar(struct schema *s)
{
    static const char *const types[] = { "string", "number", "boolean" };
    struct json *map = map_new(s);
    put(s, map, "type", texts(s, types, 3));
    put(s, map, "minLength", json_new_int(s->arena, 1));
    return map;
}

static struct json *patterned(struct schema *s, const char *pattern)
{
    struct json *map = map_new(s);
    put_text(s, map, "type", "string");
    put_text(s, map, "pattern", pattern);
    return map;
}

static struct json *list_of(struct schema *s, struct json *items)
{
    struct json *map = map_new(s);
    put_text(s, map, "type", "array");
    put(s, map, "items", items);
    return map;
}

static struct json *map_of(struct schema *s, struct json *values)
{
    struct json *map = map_new(s);
    put_text(s, map, "type", "object");
    put(s, map, "additionalProperties", values);
    return map;
}

static struct json *any_of(struct schema *s, struct json *a, struct json *b, struct json *c)
{
    struct json *map = map_new(s), *list = json_new(s->arena, JSON_LIST);
    json_add(list, a);
    json_add(list, b);
    if (c)
        json_add(list, c);
    put(s, map, "anyOf", list);
    return map;
}

/* A map with one key, which must stand there. */
static struct json *only(struct schema *s, const char *key, struct json *value)
{
    struct json *map = map_new(s), *keys = map_new(s);
    put_text(s, map, "type", "object");
    put(s, keys, key, value);
    put(s, map, "properties", keys);
    put(s, map, "required", texts(s, &key, 1));
    put_no(s, map, "additionalProperties");
    return map;
}

static struct json *constant(struct schema *s, const char *word)
{
    struct json *map = map_new(s);
    put_text(s, map, "const", word);
    return map;
}

static const char *owner_name(struct schema *s, enum owner owner)
{
    static const char *const names[] = {
        "none",
#define X(name, title) #name,
        OWNER_TABLE(X)
#undef X
    };
    char *name = arena_text(s->arena, names[owner]);
    for (char *c = name; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    return name;
}

static struct json *ref(struct schema *s, enum owner owner)
{
    struct json *map = map_new(s);
    put_text(s, map, "$ref", arena_printf(s->arena, "#/definitions/%s", owner_name(s, owner)));
    return map;
}

/* --- shapes ---------------------------------------------------------------------------------- */

static struct json *lua(struct schema *s)
{
    return only(s, "lua", patterned(s, "\\."));
}

static struct json *words(struct schema *s, const char *list, bool merged)
{
    struct json *map = map_new(s), *all = json_new(s->arena, JSON_LIST);
    while (*list) {
        size_t len = strcspn(list, "|");
        json_add(all, json_new_text(s->arena, arena_text_n(s->arena, list, len)));
        list += len + (list[len] == '|');
    }
    if (merged)
        json_add(all, json_new_text(s->arena, "removed"));
    put(s, map, "enum", all);
    return map;
}

static struct json *yes_no(struct schema *s, bool merged)
{
    struct json *map = words(s, "yes|no|true|false", merged), *all = map->first;
    struct json *yes = json_new(s->arena, JSON_BOOL);
    yes->number = 1;
    json_add(all, yes);
    json_add(all, json_new(s->arena, JSON_BOOL));
    return map;
}

/* A thing of a map or a list: its keys, or `removed`. Two cases by kind, since editors then say
 * what is wrong with the map and not that it is no `removed`. */
static struct json *thing(struct schema *s, enum owner of, const char *word)
{
    struct json *map = map_new(s), *when = map_new(s);
    if (!word)
        return ref(s, of);
    put_text(s, when, "type", "string");
    put(s, map, "if", when);
    put(s, map, "then", constant(s, word));
    put(s, map, "else", ref(s, of));
    return map;
}

static struct json *things(struct schema *s, const struct key *key, bool merged)
{
    struct json *map;
    if (key->of == OWNER_SETTING) {
        struct json *when = map_new(s);
        put_text(s, when, "type", "object");
        map = map_new(s);
        put(s, map, "if", when);
        put(s, map, "then", ref(s, key->of));
        put(s, map, "else", scalar(s));
        map = map_of(s, map);
    } else {
        map = map_of(s, thing(s, key->of, merged ? "removed" : NULL));
    }
    if (!owner_named_freely(key->of))
        put(s, map, "propertyNames", patterned(s, name_pattern));
    return map;
}

static struct json *enough(struct schema *s)
{
    struct json *least = map_new(s);
    put_text(s, least, "type", "integer");
    put(s, least, "minimum", json_new_int(s->arena, 1));
    put(s, least, "maximum", json_new_int(s->arena, 1000));
    return any_of(s, constant(s, "all"), only(s, "at_least", least), lua(s));
}

static struct json *count(struct schema *s)
{
    struct json *map = map_new(s);
    put_text(s, map, "type", "integer");
    put(s, map, "minimum", json_new_int(s->arena, 0));
    return map;
}

static struct json *targets(struct schema *s)
{
    struct json *map = map_of(s, any_of(s, scalar(s), lua(s), NULL));
    put(s, map, "minProperties", json_new_int(s->arena, 1));
    return any_of(s, scalar(s), map, NULL);
}

static struct json *rows(struct schema *s)
{
    return list_of(s, any_of(s, constant(s, "..."), list_of(s, scalar(s)), NULL));
}

static struct json *shape(struct schema *s, const struct key *key)
{
    bool merged = !s->of_scenario[key->owner];
    switch (key->shape) {
    case SHAPE_TEXT: case SHAPE_NAME: case SHAPE_MOMENT: case SHAPE_MOMENT_OR_VALUE:
    case SHAPE_LENGTH:
        return scalar(s);
    case SHAPE_NAMES: case SHAPE_REMIND:
        return any_of(s, scalar(s), list_of(s, scalar(s)), NULL);
    case SHAPE_REMIND_LUA:
        return any_of(s, scalar(s), list_of(s, scalar(s)), lua(s));
    case SHAPE_YES_NO:
        return yes_no(s, merged);
    case SHAPE_WORD:
        return words(s, key->words, merged);
    case SHAPE_DATE:
        return patterned(s, merged ? "^(\\d{4}-\\d\\d-\\d\\d|removed)$" : "^\\d{4}-\\d\\d-\\d\\d$");
    case SHAPE_MONTH_DAY:
        return patterned(s, merged ? "^(\\d{1,2} [A-Za-z]+|removed)$" : "^\\d{1,2} [A-Za-z]+$");
    case SHAPE_TIME:
        return patterned(s, merged ? "^(\\d\\d:\\d\\d|removed)$" : "^\\d\\d:\\d\\d$");
    case SHAPE_CONDITION:
        return any_of(s, scalar(s), lua(s), NULL);
    case SHAPE_VALUE:
        return map_new(s);
    case SHAPE_WORD_OR_MAP:
        return any_of(s, words(s, key->words, merged), ref(s, key->of), NULL);
    case SHAPE_LIMIT:
        return any_of(s, scalar(s), ref(s, key->of), NULL);
    case SHAPE_ONE:
        return thing(s, key->of, merged ? "removed" : NULL);
    case SHAPE_MAP:
        return things(s, key, merged);
    case SHAPE_SOME:
        return any_of(s, thing(s, key->of, merged ? "removed" : NULL),
                      list_of(s, thing(s, key->of, merged ? "..." : NULL)), NULL);
    case SHAPE_COUNT:
        return any_of(s, patterned(s, merged ? "^(\\d+|removed)$" : "^\\d+$"), count(s), NULL);
    case SHAPE_LIST:
        return list_of(s, thing(s, key->of, merged ? "..." : NULL));
    case SHAPE_TEXTS:
        return map_of(s, scalar(s));
    case SHAPE_VALUES:
        return map_of(s, map_new(s));
    case SHAPE_OPTIONS:
        return any_of(s, list_of(s, scalar(s)), map_of(s, scalar(s)), NULL);
    case SHAPE_ROWS:
        return rows(s);
    case SHAPE_TARGETS:
        return targets(s);
    case SHAPE_ENOUGH:
        return enough(s);
    }
    return map_new(s);
}

/* --- keys ------------------------------------------------------------------------------------ */

static struct json *property(struct schema *s, const struct key *key)
{
    struct json *map = shape(s, key);
    put_text(s, map, "title", arena_printf(s->arena, "%s%s", key->name,
                                           key->required ? " (needed)" : ""));
    put_text(s, map, "description",
             arena_printf(s->arena, "%s\nWrite %s. For example:\n%s", key->doc,
                          shape_wanted(key, s->arena), key->example));
    put_text(s, map, "markdownDescription",
             arena_printf(s->arena, "%s\n\nWrite %s. For example:\n```yaml\n%s\n```", key->doc,
                          shape_wanted(key, s->arena), key->example));
    return map;
}

/* A file of a pack may hold only what differs, so only a scenario can be said to lack a key. */
static struct json *definition(struct schema *s, enum owner owner)
{
    size_t count;
    const struct key *all = keys_all(&count);
    struct json *map = map_new(s), *keys = map_new(s), *needed = json_new(s->arena, JSON_LIST);
    for (size_t i = 0; i < count; i++) {
        if (all[i].owner != owner)
            continue;
        put(s, keys, all[i].name, property(s, &all[i]));
        if (all[i].required && s->of_scenario[owner])
            json_add(needed, json_new_text(s->arena, all[i].name));
    }
    put_text(s, map, "title", owner_title(owner));
    put_text(s, map, "type", "object");
    put(s, map, "properties", keys);
    put_no(s, map, "additionalProperties");
    if (needed->count)
        put(s, map, "required", needed);
    if (owner == OWNER_EFFECT)
        put(s, map, "maxProperties", json_new_int(s->arena, 1));
    return map;
}

static void reach(struct schema *s, enum owner owner)
{
    size_t count;
    const struct key *all = keys_all(&count);
    if (owner == OWNER_NONE || s->of_scenario[owner])
        return;
    s->of_scenario[owner] = true;
    for (size_t i = 0; i < count; i++)
        if (all[i].owner == owner)
            reach(s, all[i].of);
}

/* Which kind of file it is: the key that names it. Nested if-else, since an editor then reports
 * what is wrong with this kind, not with all five. */
static void choose(struct schema *s, struct json *map)
{
    static const struct {
        const char *key;
        enum owner owner;
    } kinds[] = {
        { "scenario", OWNER_SCENARIO }, { "calendar", OWNER_CALENDAR }, { "pack", OWNER_PACK },
        { "part", OWNER_PART },
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct json *when = map_new(s), *otherwise = map_new(s);
        put(s, when, "required", texts(s, &kinds[i].key, 1));
        put(s, map, "if", when);
        put(s, map, "then", ref(s, kinds[i].owner));
        put(s, map, "else", otherwise);
        map = otherwise;
    }
    put_text(s, map, "$ref", "#/definitions/process");
}

void schema_write(struct arena *arena, struct buf *out)
{
    struct schema s = { .arena = arena };
    struct json *map = map_new(&s), *all = map_new(&s);
    reach(&s, OWNER_SCENARIO);
    for (int owner = 1; owner < OWNERS; owner++)
        put(&s, all, owner_name(&s, (enum owner)owner), definition(&s, (enum owner)owner));
    put_text(&s, map, "$schema", "http://json-schema.org/draft-07/schema#");
    put_text(&s, map, "title", "reeve: a file of a pack");
    put_text(&s, map, "description",
             "Written by `reeve schema`. A first key of `pack`, `calendar`, `process`, `part`, "
             "`changes` or `scenario` says which kind of file it is.");
    put_text(&s, map, "type", "object");
    choose(&s, map);
    put(&s, map, "definitions", all);
    json_write_lines(map, out);
}
