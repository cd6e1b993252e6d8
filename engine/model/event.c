/* SPDX-License-Identifier: MIT */
#include "engine/model/event.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/model/given_map.h"
#include "engine/model/record.h"
#include <stdlib.h>
#include <string.h>

static const char *const kind_words[] = { "open",   "do",     "item",     "consent",
                                          "excuse", "name",   "letter",   "clock",
                                          "signal", "reckon", "occasion", "extend", "late" };

/* "given" stands between the two. */
static const struct member before_given[] = {
    MEMBER(event, act, "act", TEXT),
    MEMBER(event, by, "by", TEXT),
    MEMBER(event, cause_case, "cause_case", NUMBER),
    MEMBER(event, cause_process, "cause_process", TEXT),
    MEMBER(event, file, "file", TEXT),
    MEMBER(event, first_child, "first_child", NUMBER),
};
static const struct member after_given[] = {
    MEMBER(event, how, "how", TEXT),
    MEMBER(event, key, "key", TEXT),
    MEMBER_ONE_OF(event, kind, "kind", kind_words),
    MEMBER(event, looked, "looked", TEXT),
    MEMBER(event, minute, "minute", COUNT),
    MEMBER(event, name, "name", TEXT),
    MEMBER(event, on, "on", DAY),
    MEMBER(event, person, "person", NUMBER),
    MEMBER(event, ref, "ref", TEXT),
    MEMBER(event, role, "role", TEXT),
    MEMBER(event, school, "school", NUMBER),
    MEMBER(event, today, "today", DAY),
    MEMBER(event, who, "who", NUMBER),
    MEMBER(event, who_text, "who_text", TEXT),
    MEMBER(event, why, "why", TEXT),
};
static const struct event blank = { .on = DAY_NONE, .today = DAY_NONE };
static const struct record first_part = RECORD(event, &blank, before_given);
static const struct record second_part = RECORD(event, &blank, after_given);

const char *event_kind_name(enum event_kind kind)
{
    return (size_t)kind < MEMBER_COUNT_OF(kind_words) ? kind_words[kind] : "";
}

static int by_name(const void *a, const void *b)
{
    const struct given *x = a, *y = b;
    return strcmp(x->name, y->name);
}

void given_sort(struct given *given, size_t count)
{
    if (count)
        qsort(given, count, sizeof *given, by_name);
}

const struct json *event_given(const struct event *event, const char *name)
{
    for (size_t i = 0; i < event->given_count; i++)
        if (strcmp(event->given[i].name, name) == 0)
            return event->given[i].value;
    return NULL;
}

bool event_looked(const struct event *event, const char *name)
{
    size_t len = strlen(name);
    for (const char *at = event->looked; at && *at; at += strcspn(at, " "), at += *at == ' ')
        if (strcspn(at, " ") == len && strncmp(at, name, len) == 0)
            return true;
    return false;
}

bool event_by_clock(const struct event *event)
{
    return text_same(event->role, "clock");
}

void event_encode(const struct event *event, const char *const *personal, size_t personal_count,
                  struct buf *out, struct buf *personal_out)
{
    struct json_out json = json_to(out), apart = json_to(personal_out);
    json_begin(&json, NULL, '{');
    record_write(&first_part, event, &json);
    given_map_write(event->given, event->given_count, personal, personal_count, false, "given",
                    &json);
    record_write(&second_part, event, &json);
    json_end(&json, '}');
    given_map_write(event->given, event->given_count, personal, personal_count, true, NULL, &apart);
}

static enum err_code damaged(struct err *err, const char *key)
{
    return err_set(err, ERR_INPUT, "a stored event is damaged: '%.40s'", key);
}

enum err_code event_decode(struct arena *arena, const char *said, size_t len, const char *personal,
                           size_t personal_len, struct event *out, struct err *err)
{
    struct event first, event;
    struct json *map, *apart = NULL;
    const char *bad = NULL;
    enum err_code rc = json_parse(arena, said, len, &map, err);
    if (!rc && personal && personal_len)
        rc = json_parse(arena, personal, personal_len, &apart, err);
    if (rc)
        return rc;
    if (map->kind != JSON_MAP)
        return damaged(err, "not a map");

    const struct json *json = map->first;
    if (!record_read(&first_part, &json, &first, &bad))
        return damaged(err, bad);
    const struct json *given = json_take(&json, "given");
    if (!record_read(&second_part, &json, &event, &bad))
        return damaged(err, bad);
    if (json)
        return damaged(err, json->key);
    if (!given_map_read(arena, given, apart, &event.given, &event.given_count))
        return damaged(err, "given");
    event.act = first.act;
    event.by = first.by;
    event.cause_case = first.cause_case;
    event.cause_process = first.cause_process;
    event.file = first.file;
    event.first_child = first.first_child;
    *out = event;
    return ERR_NONE;
}
