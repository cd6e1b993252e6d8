/* SPDX-License-Identifier: MIT */
#include "engine/model/casefile.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/model/section.h"
#include <string.h>

/* A section seen without its type; every entry begins with its name. */
struct entries {
    char *at;
    size_t count, room, size;
};

static const char *name_at(const struct entries *in, size_t i)
{
    const char *name;
    memcpy(&name, in->at + i * in->size, sizeof name);
    return name;
}

/* The first entry whose name is not before `name`. */
static size_t place_of(const struct entries *in, const char *name)
{
    size_t low = 0, high = in->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (strcmp(name_at(in, mid), name) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static void *find(const struct entries *in, const char *name)
{
    size_t i = place_of(in, name);
    return i < in->count && strcmp(name_at(in, i), name) == 0 ? in->at + i * in->size : NULL;
}

static void *put(struct arena *arena, struct entries *in, const struct section *section,
                 const char *name)
{
    size_t i = place_of(in, name);
    if (i < in->count && strcmp(name_at(in, i), name) == 0)
        return in->at + i * in->size;

    if (in->count == in->room) {
        in->room = in->count ? in->count * 2 : 4;
        in->at = arena_grow(arena, in->at, in->count * in->size, in->room * in->size);
    }
    char *at = in->at + i * in->size;
    memmove(at + in->size, at, (in->count - i) * in->size);
    memcpy(at, section->record.blank, in->size);
    memcpy(at, &name, sizeof name);
    in->count++;
    return at;
}

static bool drop(struct arena *arena, struct entries *in, const char *name)
{
    char *at = find(in, name);
    if (!at)
        return false;
    size_t before = (size_t)(at - in->at), size = in->count * in->size;
    char *rest = arena_grow(arena, in->at, before, size);
    memcpy(rest + before, at + in->size, size - before - in->size);
    in->at = rest;
    in->room = in->count--;
    return true;
}

static void merge(struct arena *arena, struct entries *in, const struct entries *from)
{
    if (!from->count)
        return;
    struct entries all = { .room = in->count + from->count, .size = in->size };
    all.at = arena_alloc(arena, all.room * all.size);
    size_t i = 0, j = 0;
    while (i < in->count || j < from->count) {
        int order = i == in->count      ? 1
                    : j == from->count ? -1
                                       : strcmp(name_at(in, i), name_at(from, j));
        const char *next = order < 0 ? in->at + i * in->size : from->at + j * from->size;
        memcpy(all.at + all.count++ * all.size, next, all.size);
        i += order <= 0;
        j += order >= 0;
    }
    *in = all;
}

#define ENTRIES(list) { (char *)(list).at, (list).count, (list).room, sizeof *(list).at }
#define STORE(list, entries)                                                                      \
    ((list).at = (void *)(entries).at, (list).count = (entries).count, (list).room = (entries).room)

#define X(member, type, key)                                                                      \
    struct type *sections_put_##member(struct arena *arena, struct sections *in, const char *name) \
    {                                                                                             \
        struct entries entries = ENTRIES(in->member);                                             \
        void *at = put(arena, &entries, &sections[SECTION_##member], name);                       \
        STORE(in->member, entries);                                                               \
        return at;                                                                                \
    }                                                                                             \
    __attribute__((unused)) static const struct type *find_##member(const struct casefile *file,  \
                                                                    const char *name)             \
    {                                                                                             \
        const struct entries entries = ENTRIES(file->in.member);                                  \
        return find(&entries, name);                                                              \
    }
CASEFILE_SECTIONS(X)
#undef X

bool sections_drop(struct arena *arena, struct sections *in, const char *section, const char *name)
{
#define X(member, type, key)                                                                      \
    if (strcmp(section, key) == 0) {                                                              \
        struct entries entries = ENTRIES(in->member);                                             \
        bool was_there = drop(arena, &entries, name);                                             \
        STORE(in->member, entries);                                                               \
        return was_there;                                                                         \
    }
    CASEFILE_SECTIONS(X)
#undef X
    return false;
}

void sections_merge(struct arena *arena, struct sections *in, const struct sections *from)
{
#define X(member, type, key)                                                                      \
    {                                                                                             \
        struct entries entries = ENTRIES(in->member);                                             \
        const struct entries more = ENTRIES(from->member);                                        \
        merge(arena, &entries, &more);                                                            \
        STORE(in->member, entries);                                                               \
    }
    CASEFILE_SECTIONS(X)
#undef X
}

const struct field_entry *casefile_field(const struct casefile *file, const char *name)
{
    return find_fields(file, name);
}

const struct happened *casefile_event(const struct casefile *file, const char *name)
{
    return find_events(file, name);
}

const struct happened *casefile_entered(const struct casefile *file, const char *name)
{
    return find_entered(file, name);
}

const struct clock *casefile_clock(const struct casefile *file, const char *name)
{
    return find_clocks(file, name);
}

const struct item *casefile_item(const struct casefile *file, const char *list, const char *item)
{
    for (size_t i = 0; i < file->in.items.count; i++) {
        const char *name = casefile_item_name(&file->in.items.at[i], list);
        if (name && strcmp(name, item) == 0)
            return &file->in.items.at[i];
    }
    return NULL;
}

const struct consent *casefile_consent(const struct casefile *file, const char *name)
{
    return find_consents(file, name);
}

const struct consent_answer *casefile_answer(const struct casefile *file, const char *name)
{
    return find_answers(file, name);
}

const struct proposal *casefile_proposal(const struct casefile *file, const char *field)
{
    return find_proposals(file, field);
}

const struct letter_entry *casefile_letter(const struct casefile *file, const char *name)
{
    return find_letters(file, name);
}

day casefile_sent(const struct casefile *file, const char *message)
{
    day sent = DAY_NONE;
    int latest = 0;
    for (size_t i = 0; i < file->in.letters.count; i++) {
        int round = file->in.letters.at[i].round;
        day all = DAY_NONE;
        bool whole = text_same(file->in.letters.at[i].message, message) && round > latest;
        for (size_t k = 0; whole && k < file->in.letters.count; k++) {
            const struct letter_entry *one = &file->in.letters.at[k];
            if (one->round != round || !text_same(one->message, message))
                continue;
            whole = one->sent != DAY_NONE;
            all = all == DAY_NONE || one->sent > all ? one->sent : all;
        }
        if (whole) {
            sent = all;
            latest = round;
        }
    }
    return sent;
}

const struct party *casefile_party(const struct casefile *file, const char *role)
{
    return find_parties(file, role);
}

const struct remark *casefile_remark(const struct casefile *file, const char *name)
{
    return find_remarks(file, name);
}

const char *casefile_item_name(const struct item *item, const char *list)
{
    size_t len = strlen(list);
    bool ours = strncmp(item->name, list, len) == 0 && item->name[len] == '.';
    return ours ? item->name + len + 1 : NULL;
}

bool clock_open(const struct clock *clock)
{
    return clock->status == CLOCK_RUNNING || clock->status == CLOCK_MISSED ||
           clock->status == CLOCK_PAUSED;
}

bool clock_chased(const struct clock *clock)
{
    return clock_open(clock) && clock->status != CLOCK_PAUSED;
}

bool casefile_numbered(const char *name, const char *of)
{
    size_t len = strcspn(of, "#");
    return strncmp(name, of, len) == 0 && name[len] == ':';
}

/* --- stored ---------------------------------------------------------------------------------- */

static void write_day(struct json_out *out, const char *key, day date)
{
    char text[DAY_TEXT_MAX];
    if (date != DAY_NONE)
        json_out_text(out, key, day_iso(date, text));
}

void casefile_encode(const struct casefile *file, struct buf *out)
{
    struct json_out json = json_to(out);
    json_begin(&json, NULL, '{');
    json_begin(&json, "in", '{');
    sections_encode(&file->in, &json, NULL, NULL);
    json_end(&json, '}');
    write_day(&json, "opened", file->opened);
    json_out_int(&json, "recorded", file->recorded_ms);
    write_day(&json, "since", file->state_since);
    json_end(&json, '}');
}

static bool read_day(const struct json **json, const char *key, day *out)
{
    *out = DAY_NONE;
    if (!*json || strcmp((*json)->key, key) != 0)
        return true;
    bool good = (*json)->kind == JSON_TEXT && stored_day((*json)->text, out);
    *json = (*json)->next;
    return good;
}

enum err_code casefile_decode(struct arena *arena, const char *bytes, size_t len,
                              struct casefile *out, struct err *err)
{
    struct json *map;
    struct sections in;
    day opened, since;
    enum err_code rc = json_parse(arena, bytes, len, &map, err);
    if (rc)
        return rc;
    const struct json *json = map->first;
    if (map->kind != JSON_MAP || !json || strcmp(json->key, "in") != 0)
        return err_set(err, ERR_INPUT, "a stored case is damaged: it has no \"in\"");
    rc = sections_decode(arena, json, &in, err);
    if (rc)
        return rc;
    json = json->next;
    if (!read_day(&json, "opened", &opened))
        return err_set(err, ERR_INPUT, "a stored case is damaged: \"opened\"");
    if (!json || strcmp(json->key, "recorded") != 0 || json->kind != JSON_INT)
        return err_set(err, ERR_INPUT, "a stored case is damaged: \"recorded\"");
    int64_t recorded_ms = json->number;
    json = json->next;
    if (!read_day(&json, "since", &since) || json)
        return err_set(err, ERR_INPUT, "a stored case is damaged: \"since\"");
    out->in = in;
    out->opened = opened;
    out->state_since = since;
    out->recorded_ms = recorded_ms;
    return ERR_NONE;
}
