/* SPDX-License-Identifier: MIT */
#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/model/section.h"
#include <string.h>

/* --- out ------------------------------------------------------------------------------------- */

static void write_entry(const struct section *section, const void *entry, struct json_out *out)
{
    json_begin(out, *(const char *const *)entry, '{');
    record_write(&section->record, entry, out);
    json_end(out, '}');
}

/* Writes the entries of one section. An empty one is left out. */
struct writer {
    struct json_out *out;
    const struct section *section;
    bool open;
};

static void writer_add(struct writer *w, const void *entry)
{
    if (!w->open)
        json_begin(w->out, w->section->key, '{');
    w->open = true;
    write_entry(w->section, entry, w->out);
}

static void writer_end(struct writer *w)
{
    if (w->open)
        json_end(w->out, '}');
}

#define WRITE_ALL(list, member)                                                                   \
    do {                                                                                          \
        struct writer w_ = { out, &sections[SECTION_##member], false };                           \
        for (size_t i_ = 0; i_ < (list).count; i_++)                                              \
            writer_add(&w_, &(list).at[i_]);                                                      \
        writer_end(&w_);                                                                          \
    } while (0)

#define WRITE_SPLIT(list, member, apart)                                                          \
    do {                                                                                          \
        struct writer w_ = { out, &sections[SECTION_##member], false };                           \
        for (size_t i_ = 0; i_ < (list).count; i_++) {                                            \
            if (personal && (list).at[i_].personal)                                               \
                *LIST_ADD(arena, &(apart)) = (list).at[i_];                                       \
            else                                                                                  \
                writer_add(&w_, &(list).at[i_]);                                                  \
        }                                                                                         \
        writer_end(&w_);                                                                          \
    } while (0)

void sections_encode(const struct sections *in, struct json_out *out, struct sections *personal,
                     struct arena *arena)
{
    _Static_assert(SECTION_COUNT == 14, "each section is written below, in the order of the keys");
    WRITE_ALL(in->answers, answers);
    WRITE_ALL(in->clocks, clocks);
    WRITE_ALL(in->consents, consents);
    WRITE_ALL(in->entered, entered);
    WRITE_ALL(in->events, events);
    WRITE_SPLIT(in->fields, fields, personal->fields);
    WRITE_ALL(in->grounds, grounds);
    WRITE_ALL(in->items, items);
    WRITE_ALL(in->letters, letters);
    WRITE_ALL(in->links, links);
    WRITE_ALL(in->marks, marks);
    WRITE_ALL(in->parties, parties);
    WRITE_SPLIT(in->proposals, proposals, personal->proposals);
    WRITE_ALL(in->remarks, remarks);
}

/* --- in -------------------------------------------------------------------------------------- */

static enum err_code damaged(struct err *err, const char *where, const char *name)
{
    return err_set(err, ERR_INPUT, "a stored case is damaged: '%.40s' in '%.80s'", name, where);
}

static enum err_code read_entry(const struct section *section, const struct json *map, char *entry,
                                struct err *err)
{
    const char *bad = NULL;
    const struct json *json = map->first;
    if (map->kind != JSON_MAP)
        return damaged(err, section->key, map->key);
    if (!record_read(&section->record, &json, entry, &bad))
        return damaged(err, map->key, bad);
    memcpy(entry, &map->key, sizeof map->key);
    return json ? damaged(err, map->key, json->key) : ERR_NONE;
}

static enum err_code read_section(struct arena *arena, const struct section *section,
                                  const struct json *map, void **out, struct err *err)
{
    if (map->kind != JSON_MAP || !map->count)
        return damaged(err, "a case", section->key);
    char *at = arena_alloc(arena, map->count * section->record.size);
    *out = at;
    for (const struct json *entry = map->first; entry; entry = entry->next) {
        enum err_code rc = read_entry(section, entry, at, err);
        if (rc)
            return rc;
        at += section->record.size;
    }
    return ERR_NONE;
}

enum err_code sections_decode(struct arena *arena, const struct json *map, struct sections *out,
                              struct err *err)
{
    struct sections in = { .clocks = { NULL, 0, 0 } };
    enum err_code rc;
    void *at;
    if (map->kind != JSON_MAP)
        return err_set(err, ERR_INPUT, "a stored case is damaged: its sections are not a map");
    const struct json *json = map->first;
#define X(member, type, word)                                                                     \
    if (json && strcmp(json->key, word) == 0) {                                                    \
        rc = read_section(arena, &sections[SECTION_##member], json, &at, err);                    \
        if (rc)                                                                                   \
            return rc;                                                                            \
        in.member.at = at;                                                                        \
        in.member.count = in.member.room = json->count;                                           \
        json = json->next;                                                                        \
    }
    CASEFILE_SECTIONS(X)
#undef X
    if (json)
        return damaged(err, "a case", json->key);
    *out = in;
    return ERR_NONE;
}
