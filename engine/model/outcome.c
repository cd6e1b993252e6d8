/* SPDX-License-Identifier: MIT */
#include "engine/model/outcome.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/model/given_map.h"
#include "engine/model/record.h"

static const char *const kind_words[] = { "remind", "escalate", "notify", "correct", "failed" };

static const struct member gone_members[] = {
    MEMBER(gone, name, "name", NAME),
    MEMBER(gone, section, "section", NAME),
};
static const struct member notice_members[] = {
    MEMBER(notice, about, "about", TEXT),
    MEMBER_ONE_OF(notice, kind, "kind", kind_words),
    MEMBER(notice, leave, "leave", MINUTE),
    MEMBER(notice, role, "role", TEXT),
};
static const struct member opening_members[] = {
    MEMBER(opening, on, "on", DAY),
    MEMBER(opening, process, "process", NAME),
};
static const struct member sending_members[] = {
    MEMBER(sending, event, "event", NAME),
    MEMBER(sending, on, "on", DAY),
    MEMBER(sending, to, "to", NAME),
};
/* What stands between the lists, in their order. */
static const struct member open_members[] = {
    MEMBER(outcome, open, "open", YES),
    MEMBER(outcome, opened, "opened", DAY),
};
static const struct member opens_members[] = {
    MEMBER(outcome, opens, "opens", YES),
    MEMBER(outcome, process, "process", TEXT),
    MEMBER(outcome, recorded_ms, "recorded", NUMBER),
    MEMBER(outcome, ref, "ref", TEXT),
    MEMBER(outcome, school, "school", NUMBER),
};
static const struct member state_members[] = {
    MEMBER(outcome, state_since, "since", DAY),
    MEMBER(outcome, state, "state", NAME),
    MEMBER(outcome, wake, "wake", MINUTE),
};

static const struct notice notice_blank = { .leave = MINUTE_NONE };
static const struct opening opening_blank = { .on = DAY_NONE };
static const struct sending sending_blank = { .on = DAY_NONE };
static const struct outcome outcome_blank = { .opened = DAY_NONE,
                                              .state_since = DAY_NONE,
                                              .wake = MINUTE_NONE };

static const struct record gone_record = RECORD(gone, NULL, gone_members);
static const struct record notice_record = RECORD(notice, &notice_blank, notice_members);
static const struct record opening_record = RECORD(opening, &opening_blank, opening_members);
static const struct record sending_record = RECORD(sending, &sending_blank, sending_members);
static const struct record open_part = RECORD(outcome, &outcome_blank, open_members);
static const struct record opens_part = RECORD(outcome, &outcome_blank, opens_members);
static const struct record state_part = RECORD(outcome, &outcome_blank, state_members);

const char *notice_kind_name(enum notice_kind kind)
{
    return (size_t)kind < MEMBER_COUNT_OF(kind_words) ? kind_words[kind] : "";
}

static bool openings_have_values(const struct outcome *outcome)
{
    for (size_t i = 0; i < outcome->openings.count; i++)
        if (outcome->openings.at[i].given_count)
            return true;
    return false;
}

/* What a new case begins with is copied from this one's fields. Whether that is personal only the
 * other process says, so all of it is kept apart: it may be erased, and folding needs none. */
static void write_personal(const struct outcome *outcome, const struct sections *in,
                           struct buf *out)
{
    bool values = openings_have_values(outcome);
    if (!in->fields.count && !in->proposals.count && !values)
        return;
    struct json_out json = json_to(out);
    json_begin(&json, NULL, '{');
    json_begin(&json, "in", '{');
    sections_encode(in, &json, NULL, NULL);
    json_end(&json, '}');
    if (values) {
        json_begin(&json, "openings", '[');
        for (size_t i = 0; i < outcome->openings.count; i++) {
            const struct opening *opening = &outcome->openings.at[i];
            if (!given_map_write(opening->given, opening->given_count, NULL, 0, false, NULL,
                                 &json)) {
                json_begin(&json, NULL, '{');
                json_end(&json, '}');
            }
        }
        json_end(&json, ']');
    }
    json_end(&json, '}');
}

#define WRITE_LIST(record, key, list) records_write(&(record), key, (list).at, (list).count, &json)

void outcome_encode(const struct outcome *outcome, struct arena *arena, struct buf *out,
                    struct buf *personal_out)
{
    struct sections personal = { .fields = { NULL, 0, 0 } };
    struct json_out json = json_to(out);
    json_begin(&json, NULL, '{');
    json_begin(&json, "changed", '{');
    sections_encode(&outcome->changed, &json, &personal, arena);
    json_end(&json, '}');
    WRITE_LIST(gone_record, "gone", outcome->gone);
    WRITE_LIST(notice_record, "notices", outcome->notices);
    record_write(&open_part, outcome, &json);
    WRITE_LIST(opening_record, "openings", outcome->openings);
    record_write(&opens_part, outcome, &json);
    WRITE_LIST(sending_record, "sendings", outcome->sendings);
    record_write(&state_part, outcome, &json);
    json_end(&json, '}');
    write_personal(outcome, &personal, personal_out);
}

static enum err_code damaged(struct err *err, const char *key)
{
    return err_set(err, ERR_INPUT, "a stored outcome is damaged: '%.40s'", key);
}

static enum err_code read_opening_values(struct arena *arena, const struct json *list,
                                         struct outcome *out, struct err *err)
{
    if (list->kind != JSON_LIST || list->count != out->openings.count)
        return damaged(err, "openings");
    struct opening *opening = out->openings.at;
    for (const struct json *map = list->first; map; map = map->next, opening++)
        if (!given_map_read(arena, map, NULL, &opening->given, &opening->given_count))
            return damaged(err, "openings");
    return ERR_NONE;
}

static enum err_code read_personal(struct arena *arena, const char *bytes, size_t len,
                                   struct outcome *out, struct err *err)
{
    struct json *map;
    struct sections in;
    enum err_code rc = json_parse(arena, bytes, len, &map, err);
    if (rc)
        return rc;
    const struct json *json = map->first;
    const struct json *section_map = map->kind == JSON_MAP ? json_take(&json, "in") : NULL;
    if (!section_map)
        return damaged(err, "in");
    rc = sections_decode(arena, section_map, &in, err);
    if (rc)
        return rc;
    sections_merge(arena, &out->changed, &in);
    const struct json *openings = json_take(&json, "openings");
    if (json)
        return damaged(err, json->key);
    return openings ? read_opening_values(arena, openings, out, err) : ERR_NONE;
}

/* Reads a list if it is there. */
#define READ_LIST(record, key, list) \
    do { \
        void *at_; \
        if (!records_read(arena, &(record), json_take(&json, key), &at_, &(list).count)) \
            return damaged(err, key); \
        (list).at = at_; \
        (list).room = (list).count; \
    } while (0)

static enum err_code read_parts(struct arena *arena, const struct json *json, struct outcome *out,
                                struct err *err)
{
    struct outcome open, opens, state;
    const char *bad = NULL;
    const struct json *changed = json_take(&json, "changed");
    if (!changed)
        return damaged(err, "changed");
    enum err_code rc = sections_decode(arena, changed, &out->changed, err);
    if (rc)
        return rc;
    READ_LIST(gone_record, "gone", out->gone);
    READ_LIST(notice_record, "notices", out->notices);
    if (!record_read(&open_part, &json, &open, &bad))
        return damaged(err, bad);
    READ_LIST(opening_record, "openings", out->openings);
    if (!record_read(&opens_part, &json, &opens, &bad))
        return damaged(err, bad);
    READ_LIST(sending_record, "sendings", out->sendings);
    if (!record_read(&state_part, &json, &state, &bad))
        return damaged(err, bad);
    if (json)
        return damaged(err, json->key);

    out->open = open.open;
    out->opened = open.opened;
    out->opens = opens.opens;
    out->process = opens.process;
    out->recorded_ms = opens.recorded_ms;
    out->ref = opens.ref;
    out->school = opens.school;
    out->state_since = state.state_since;
    out->state = state.state;
    out->wake = state.wake;
    return ERR_NONE;
}

enum err_code outcome_decode(struct arena *arena, const char *did, size_t len, const char *personal,
                             size_t personal_len, struct outcome *out, struct err *err)
{
    struct outcome outcome = outcome_blank;
    struct json *map;
    enum err_code rc = json_parse(arena, did, len, &map, err);
    if (rc)
        return rc;
    if (map->kind != JSON_MAP)
        return damaged(err, "not a map");
    rc = read_parts(arena, map->first, &outcome, err);
    if (!rc && personal && personal_len)
        rc = read_personal(arena, personal, personal_len, &outcome, err);
    if (!rc)
        *out = outcome;
    return rc;
}
