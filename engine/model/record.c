/* SPDX-License-Identifier: MIT */
#include "engine/model/record.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/model/section.h"
#include <string.h>

/* Keys are so short that calling strcmp would cost more than comparing. */
static bool key_is(const char *a, const char *b)
{
    while (*a == *b && *a) {
        a++;
        b++;
    }
    return *a == *b;
}

/* A key and a text of ours that needs no escapes, in one piece: dates and words are most of a
 * case, and this is four times as fast as json_out_text. */
static void write_plain(const struct member *member, const char *text, struct json_out *out)
{
    size_t len = strlen(text);
    unsigned level = out->depth - 1;
    char *start = buf_reserve(out->buf, member->key_len + len + 7), *to = start;
    if (out->some[level])
        *to++ = ',';
    out->some[level] = true;
    out->last[level] = member->key;
    *to++ = '"';
    to = mempcpy(to, member->key, member->key_len);
    to = mempcpy(to, "\":\"", 3);
    to = mempcpy(to, text, len);
    *to++ = '"';
    *to = '\0';
    out->buf->len += (size_t)(to - start);
}

static void write_word(const struct member *member, const void *at, struct json_out *out)
{
    unsigned word;
    memcpy(&word, at, sizeof word);
    MUST(word < member->word_count);
    write_plain(member, member->words[word], out);
}

static void write_member(const struct member *member, const char *from, struct json_out *out)
{
    const void *at = from + member->at;
    char text[DAY_TEXT_MAX];
    switch (member->kind) {
    case MEMBER_TEXT:
        if (*(const char *const *)at)
            json_out_text(out, member->key, *(const char *const *)at);
        break;
    case MEMBER_NAME:
        MUST(*(const char *const *)at);
        json_out_text(out, member->key, *(const char *const *)at);
        break;
    case MEMBER_DAY:
        if (*(const day *)at != DAY_NONE)
            write_plain(member, day_iso(*(const day *)at, text), out);
        break;
    case MEMBER_YES:
        if (*(const bool *)at)
            json_out_bool(out, member->key, true);
        break;
    case MEMBER_COUNT:
        if (*(const int *)at)
            json_out_int(out, member->key, *(const int *)at);
        break;
    case MEMBER_NUMBER:
        if (*(const int64_t *)at)
            json_out_int(out, member->key, *(const int64_t *)at);
        break;
    case MEMBER_MINUTE:
        if (*(const int64_t *)at != MINUTE_NONE)
            json_out_int(out, member->key, *(const int64_t *)at);
        break;
    case MEMBER_WORD:
        write_word(member, at, out);
        break;
    case MEMBER_VALUE:
        value_write_pair(at, out);
        break;
    }
}

void record_write(const struct record *record, const void *from, struct json_out *out)
{
    for (size_t i = 0; i < record->count; i++)
        write_member(&record->members[i], from, out);
}

void records_write(const struct record *record, const char *key, const void *at, size_t count,
                   struct json_out *out)
{
    if (!count)
        return;
    json_begin(out, key, '[');
    for (size_t i = 0; i < count; i++) {
        json_begin(out, NULL, '{');
        record_write(record, (const char *)at + i * record->size, out);
        json_end(out, '}');
    }
    json_end(out, ']');
}

static bool read_word(const struct member *member, const struct json *json, void *at)
{
    if (json->kind != JSON_TEXT)
        return false;
    for (unsigned i = 0; i < member->word_count; i++) {
        if (key_is(member->words[i], json->text)) {
            memcpy(at, &i, sizeof i);
            return true;
        }
    }
    return false;
}

static bool read_count(const struct json *json, int *out)
{
    if (json->kind != JSON_INT || json->number < INT32_MIN || json->number > INT32_MAX)
        return false;
    *out = (int)json->number;
    return true;
}

/* Values left out when they are the blank ones must not be stated either: two texts for one case
 * would break what compares them. */
static bool read_member(const struct member *member, const struct json *json, char *to)
{
    void *at = to + member->at;
    switch (member->kind) {
    case MEMBER_TEXT:
    case MEMBER_NAME:
        *(const char **)at = json->text;
        return json->kind == JSON_TEXT;
    case MEMBER_DAY:
        return json->kind == JSON_TEXT && stored_day(json->text, at);
    case MEMBER_YES:
        *(bool *)at = json->number != 0;
        return json->kind == JSON_BOOL && json->number;
    case MEMBER_COUNT:
        return read_count(json, at) && json->number;
    case MEMBER_NUMBER:
        *(int64_t *)at = json->number;
        return json->kind == JSON_INT && json->number;
    case MEMBER_MINUTE:
        *(int64_t *)at = json->number;
        return json->kind == JSON_INT && json->number != MINUTE_NONE;
    case MEMBER_WORD:
        return read_word(member, json, at);
    case MEMBER_VALUE: {
        const struct json *v = json->next && strcmp(json->next->key, "v") == 0 ? json->next : NULL;
        return json->kind == JSON_TEXT && !value_from_pair(json->text, v, at, NULL);
    }
    }
    return false;
}

static bool always_written(const struct member *member)
{
    return member->kind == MEMBER_NAME || member->kind == MEMBER_WORD ||
           member->kind == MEMBER_VALUE;
}

bool record_read(const struct record *record, const struct json **json, void *to,
                 const char **bad_key)
{
    const struct json *at = *json;
    if (record->blank)
        memcpy(to, record->blank, record->size);
    else
        memset(to, 0, record->size);
    for (size_t i = 0; i < record->count; i++) {
        const struct member *member = &record->members[i];
        *bad_key = member->key;
        if (!at || !key_is(at->key, member->key)) {
            if (always_written(member))
                return false;
            continue;
        }
        if (!read_member(member, at, to))
            return false;
        at = at->next;
        if (member->kind == MEMBER_VALUE && at && key_is(at->key, "v"))
            at = at->next;
    }
    *json = at;
    return true;
}

bool records_read(struct arena *arena, const struct record *record, const struct json *list,
                  void **at, size_t *count)
{
    const char *bad;
    *at = NULL;
    *count = 0;
    if (!list)
        return true;
    if (list->kind != JSON_LIST || !list->count)
        return false;
    char *to = arena_alloc(arena, list->count * record->size);
    *at = to;
    *count = list->count;
    for (const struct json *map = list->first; map; map = map->next, to += record->size) {
        const struct json *json = map->first;
        if (map->kind != JSON_MAP || !record_read(record, &json, to, &bad) || json)
            return false;
    }
    return true;
}

const struct json *json_take(const struct json **json, const char *key)
{
    const struct json *member = *json;
    if (!member || !key_is(member->key, key))
        return NULL;
    *json = member->next;
    return member;
}
