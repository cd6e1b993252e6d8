/* SPDX-License-Identifier: MIT */
#include "engine/run/keys.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/run/casework.h"

#include <string.h>

enum { KEY_BYTES = 24 }; /* Key, content, event. */

static uint64_t hash_text(uint64_t hash, const char *text)
{
    for (const char *c = text ? text : "\1"; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 1099511628211u;
    return (hash ^ 0xff) * 1099511628211u;
}

uint64_t keys_hash(const char *key)
{
    uint64_t hash = hash_text(1469598103934665603u, key);
    return hash ? hash : 1; /* 0 means no key. */
}

uint64_t keys_content(const struct request *request, struct arena *arena)
{
    const struct event *event = &request->event;
    struct buf text = buf_in(arena);
    for (size_t i = 0; i < event->given_count; i++) {
        buf_printf(&text, "%s=", event->given[i].name);
        json_write(event->given[i].value, &text);
    }
    buf_printf(&text, "|%d|%d|%lld|%lld", (int)event->kind, (int)event->on,
               (long long)event->person, (long long)event->school);
    uint64_t hash = hash_text(1469598103934665603u, buf_text(&text));
    const char *const parts[] = { event->name, event->act, event->role, event->why, event->how,
                                  event->by, event->file };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        hash = hash_text(hash, parts[i]);
    return hash;
}

static uint64_t read_u64(const unsigned char *at)
{
    uint64_t value = 0;
    for (int i = 0; i < 8; i++)
        value = value << 8 | at[i];
    return value;
}

static void write_u64(unsigned char *at, uint64_t value)
{
    for (int i = 7; i >= 0; i--, value >>= 8)
        at[i] = (unsigned char)value;
}

static int64_t find_kept(const struct case_row *row, uint64_t key, uint64_t *content)
{
    for (size_t i = 0; i + KEY_BYTES <= row->keys_len; i += KEY_BYTES) {
        if (read_u64(row->keys + i) == key) {
            *content = read_u64(row->keys + i + 8);
            return (int64_t)read_u64(row->keys + i + 16);
        }
    }
    return 0;
}

/* What was typed: not what was looked up for it then. */
static size_t typed(const struct event *event, const struct given **out, struct arena *arena)
{
    struct given *given = ARENA_ARRAY(arena, struct given, event->given_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < event->given_count; i++)
        if (!event_looked(event, event->given[i].name))
            given[count++] = event->given[i];
    *out = given;
    return count;
}

static bool same_given(const struct event *was, const struct event *asked, struct arena *arena)
{
    const struct given *a, *b;
    size_t count = typed(was, &a, arena);
    bool same = count == typed(asked, &b, arena);
    for (size_t i = 0; same && i < count; i++) {
        struct buf x = buf_in(arena), y = buf_in(arena);
        json_write(a[i].value, &x);
        json_write(b[i].value, &y);
        same = text_same(a[i].name, b[i].name) && text_same(buf_text(&x), buf_text(&y));
    }
    return same;
}

static const char *bare(const char *name)
{
    const char *slash = name ? strchr(name, '/') : NULL;
    return slash ? slash + 1 : name;
}

/* What is on record against what is asked now: where an erasure took values, they are let pass. */
static bool same_request(const struct event *was, const struct event_row *row,
                         const struct event *asked, struct arena *arena)
{
    bool erased = row->erased && !row->personal;
    return was->kind == asked->kind && text_same(was->name, bare(asked->name)) &&
           text_same(was->act, asked->act) && text_same(was->why, asked->why) &&
           text_same(was->by, asked->by) && text_same(was->how, asked->how) &&
           text_same(was->file, asked->file) && was->person == asked->person &&
           (asked->on == DAY_NONE || was->on == asked->on) &&
           (erased || same_given(was, asked, arena));
}

static enum err_code conflict(const char *key, struct err *err)
{
    err_set(err, ERR_CONFLICT, "the key '%s' was used for something else", key);
    err_hint(err, "a key belongs to one request; use another for this one");
    return ERR_CONFLICT;
}

static enum err_code find_in_history(struct store *store, const struct case_row *row,
                                     const struct request *request, struct arena *arena,
                                     int64_t *event_id, struct err *err)
{
    for (int64_t at = row->head; at;) {
        struct event_row stored;
        struct event event;
        enum err_code rc = event_get(store, at, arena, &stored, err);
        if (!rc)
            rc = case_event(&stored, arena, &event, NULL, err);
        if (rc)
            return rc;
        if (text_same(event.key, request->event.key)) {
            if (!same_request(&event, &stored, &request->event, arena))
                return conflict(request->event.key, err);
            *event_id = at;
            return ERR_NONE;
        }
        at = stored.prev < at ? stored.prev : 0;
    }
    return ERR_NONE;
}

enum err_code keys_find(struct store *store, const struct case_row *row,
                        const struct request *request, uint64_t content, struct arena *arena,
                        int64_t *event_id, struct err *err)
{
    uint64_t was = 0;
    int64_t kept = find_kept(row, keys_hash(request->event.key), &was);
    if (kept && was != content)
        return conflict(request->event.key, err);
    *event_id = kept;
    return kept || row->keys_len < KEYS_KEPT * KEY_BYTES
               ? ERR_NONE
               : find_in_history(store, row, request, arena, event_id, err);
}

void keys_add(struct case_row *row, uint64_t key, uint64_t content, int64_t event_id,
              struct arena *arena)
{
    size_t keep = row->keys_len, skip = 0;
    if (keep >= KEYS_KEPT * KEY_BYTES) {
        skip = keep - (KEYS_KEPT - 1) * KEY_BYTES;
        keep -= skip;
    }
    unsigned char *keys = arena_alloc(arena, keep + KEY_BYTES);
    if (keep)
        memcpy(keys, row->keys + skip, keep);
    write_u64(keys + keep, key);
    write_u64(keys + keep + 8, content);
    write_u64(keys + keep + 16, (uint64_t)event_id);
    row->keys = keys;
    row->keys_len = keep + KEY_BYTES;
}

bool keys_fit(const struct case_row *row, const struct key_used *used, size_t count)
{
    size_t kept = count < KEYS_KEPT ? count : KEYS_KEPT;
    if (row->keys_len != kept * KEY_BYTES)
        return false;
    for (size_t i = 0; i < kept; i++) {
        const unsigned char *at = row->keys + i * KEY_BYTES;
        const struct key_used *is = &used[count - kept + i];
        if (read_u64(at) != is->key || (int64_t)read_u64(at + 16) != is->event)
            return false;
    }
    return true;
}
