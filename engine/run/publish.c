/* SPDX-License-Identifier: MIT */
#include "engine/run/publish.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/run/turn.h"
#include "store/packs.h"
#include "store/read.h"
#include "store/schedules.h"

enum { IDS_AT_ONCE = 256 };

struct recount {
    struct world *world;
    int64_t now_ms, now_minute, moved;
};

/* Works one open case out again under the calendar now in use; an event only where a date moves. */
static enum err_code recount_one(struct recount *recount, int64_t id, struct arena *arena,
                                 struct err *err)
{
    struct request request = {
        .case_id = id, .now_ms = recount->now_ms, .now_minute = recount->now_minute,
        .only_if_moved = true,
        .event = { .kind = EVENT_RECKON, .name = "calendar", .on = DAY_NONE, .role = "clock",
                   .who_text = "reeve" },
    };
    struct turned turned;
    enum err_code rc = turn(recount->world, &request, arena, &turned);
    if (!rc && turned.event_id)
        recount->moved++;
    if (rc != ERR_STORE && rc != ERR_FULL && rc != ERR_BUSY)
        return ERR_NONE; /* What a case refuses by its own rules must not hold the others up. */
    *err = turned.err;
    return rc;
}

enum err_code recount_slice(struct world *world, int64_t now_ms, int64_t now_minute, size_t room,
                            int64_t *after, bool *more, int64_t *moved, struct err *err)
{
    int64_t ids[IDS_AT_ONCE];
    size_t count;
    struct recount recount = { world, now_ms, now_minute, 0 };
    struct arena *arena = arena_new();
    if (room > IDS_AT_ONCE)
        room = IDS_AT_ONCE;
    enum err_code rc = read_case_ids(world_store(world), *after, room, ids, &count, err);
    for (size_t i = 0; !rc && i < count; i++) {
        arena_reset(arena);
        rc = recount_one(&recount, ids[i], arena, err);
        *after = ids[i];
    }
    *more = !rc && count == room;
    *moved += recount.moved;
    arena_free(arena);
    return rc;
}

static enum err_code recount_all(struct world *world, int64_t now_ms, int64_t now_minute,
                                 int64_t *moved, struct err *err)
{
    int64_t after = 0;
    bool more = true;
    enum err_code rc = ERR_NONE;
    while (!rc && more)
        rc = recount_slice(world, now_ms, now_minute, IDS_AT_ONCE, &after, &more, moved, err);
    return rc;
}

/* The calendar in use on a day; 0: none, so there are no cases under another. */
static int64_t calendar_on(struct store *store, const char *name, day on)
{
    int64_t version;
    return in_use_get(store, "calendar", name, on, &version, NULL) ? 0 : version;
}

static enum err_code put(struct store *store, const struct rules *rules, const char *by, day from,
                         int64_t now_ms, struct published *out, struct err *err)
{
    const char *name = rules->pack->model->pack;
    struct buf files = buf_in(rules->arena), calendars = buf_in(rules->arena);
    pack_pack(rules->files, false, &files);
    pack_pack(rules->files, true, &calendars);
    enum err_code rc = pack_put(store, name, buf_text(&files), by, now_ms, &out->pack,
                                &out->pack_new, err);
    if (!rc)
        rc = calendar_put(store, name, buf_text(&calendars), now_ms, &out->calendar,
                          &out->calendar_new, err);
    if (!rc)
        rc = in_use_put(store, "pack", name, from, out->pack, err);
    if (!rc)
        rc = in_use_put(store, "calendar", name, from, out->calendar, err);
    if (!rc)
        rc = ruleset_put(store, out->pack, out->calendar, CORE_EDITION, &out->ruleset, err);
    return rc;
}

/* New schedules begin with the version, and never in the past. */
static enum err_code begin_schedules(struct store *store, const struct model *model, day from,
                                     struct err *err)
{
    enum err_code rc = ERR_NONE;
    for (size_t i = 0; !rc && i < model->process_count; i++)
        if (model->processes[i].schedule)
            rc = schedule_begin(store, model->pack, model->processes[i].name, from, err);
    return rc;
}

enum err_code publish(struct world *world, const struct rules *rules, const char *by, day from,
                      int64_t now_ms, int64_t now_minute, struct published *out, struct err *err)
{
    struct store *store = world_store(world);
    const char *name = rules->pack->model->pack;
    day today = minute_day(now_minute);
    int64_t before = calendar_on(store, name, today);
    *out = (struct published){ 0 };
    enum calendar_news calendars;
    enum err_code rc = put(store, rules, by, from, now_ms, out, err);
    if (!rc)
        rc = begin_schedules(store, rules->pack->model, from > today ? from : today, err);
    if (!rc)
        rc = calendars_waiting(store, today, &calendars, err);
    if (!rc && calendars == CALENDARS_NEVER)
        rc = calendars_applied(store, today, err);
    if (rc || !before || calendar_on(store, name, today) == before)
        return rc;
    world_published(world);
    rc = recount_all(world, now_ms, now_minute, &out->moved, err);
    return rc ? rc : calendars_applied(store, today, err);
}
