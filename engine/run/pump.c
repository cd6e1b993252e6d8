/* SPDX-License-Identifier: MIT */
#include "engine/run/pump.h"

#include "engine/base/arena.h"
#include "engine/run/occasions.h"
#include "engine/run/publish.h"
#include "engine/run/seal.h"
#include "store/cases.h"
#include "store/mail.h"
#include "store/packs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SLICE = 25, SLICE_MS = 5, DIGESTS_AT_ONCE = 16, READY_MAX = 64, SCHEDULES_MAX = 1000 };

static bool under_way(const struct pump *pump, int64_t message)
{
    for (size_t i = 0; i < pump->sending_count; i++)
        if (pump->sending[i] == message)
            return true;
    for (size_t i = 0; i < pump->out_count; i++)
        if (pump->out[i].id == message)
            return true;
    return false;
}

static char *keep(const char *text)
{
    char *copy = strdup(text);
    MUST(copy);
    return copy;
}

/* After a rollback the slice runs again: what it had prepared goes. */
void pump_drop(struct pump *pump)
{
    for (size_t i = 0; i < pump->out_count; i++) {
        free(pump->out[i].key);
        free(pump->out[i].from);
        free(pump->out[i].to);
        free(pump->out[i].content);
    }
    pump->out_count = 0;
}

/* The machine's fault, not one message's. */
static bool is_fault(enum err_code code)
{
    return code == ERR_STORE || code == ERR_FULL || code == ERR_BUSY || code == ERR_SYSTEM;
}

/* What cannot be written (of a case that cannot be read) is tried again later, as if the server had
 * not answered: it must not keep others' mail. */
static enum err_code put_off(struct pump *pump, struct world *world, int64_t id, int64_t minute,
                             bool *changes, struct arena *arena, struct err *err)
{
    const char *why = arena_text(arena, err->text);
    *changes = true;
    return message_answered(world, id, 0, why, pump->now_ms, minute, arena, err);
}

static enum err_code take_mail(struct pump *pump, struct world *world, int64_t minute,
                               struct arena *arena, bool *changes, struct err *err)
{
    int64_t ids[READY_MAX];
    size_t count;
    enum err_code rc =
        messages_ready(world_store(world), pump->now_ms, READY_MAX, ids, &count, err);
    for (size_t i = 0; !rc && i < count && pump->out_count < pump->send_room; i++) {
        struct outgoing out;
        struct message_row row;
        if (under_way(pump, ids[i]))
            continue;
        rc = message_get(world_store(world), ids[i], arena, &row, err);
        if (!rc)
            rc = message_ready(world, ids[i], pump->now_ms, minute, &pump->head, arena, &out, err);
        if (rc && !is_fault(rc)) {
            rc = put_off(pump, world, ids[i], minute, changes, arena, err);
            continue;
        }
        if (rc)
            break;
        *changes = *changes || !row.content;
        pump->out[pump->out_count++] = (struct outbound){ .id = out.id, .key = keep(row.key),
            .from = keep(out.from), .to = keep(out.to), .content = keep(out.content) };
    }
    return rc;
}

/* Once a day. */
static enum err_code seal_daily(struct pump *pump, struct world *world, day today, bool *changes,
                                struct err *err)
{
    struct seal seal;
    if (pump->place.seal_day == today)
        return ERR_NONE;
    enum err_code rc = seal_now(world_store(world), pump->now_ms, &seal, err);
    if (rc)
        return rc;
    pump->next_place.seal_day = today;
    pump->sealed = seal.made;
    *changes = *changes || seal.made;
    if (seal.made) {
        pump->seal_upto = seal.upto;
        memcpy(pump->seal_hex, seal.hex, sizeof pump->seal_hex);
    }
    return ERR_NONE;
}

static int64_t sooner(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Once a day: nothing is guessed beyond the calendar, so somebody must hear of it. */
static enum err_code look_at_schedules(struct pump *pump, struct world *world, day today,
                                       struct arena *arena, struct err *err)
{
    struct occasion *all;
    size_t count;
    if (pump->place.schedule_day == today)
        return ERR_NONE;
    enum err_code rc = occasions_list(world, DAY_NONE, SCHEDULES_MAX, arena, &all, &count, err);
    for (size_t i = 0; !rc && i < count; i++)
        if (all[i].process && !all[i].known && !*pump->unknown)
            snprintf(pump->unknown, sizeof pump->unknown, "%.50s/%.50s", all[i].row.pack,
                     all[i].row.process);
    pump->next_place.schedule_day = today;
    return rc;
}

/* Notices that are left over by now wait for the next day's digest: today's has gone, or its hour
 * has not come. Messages under way are looked at again when they are answered. */
static enum err_code find_next(struct pump *pump, struct world *world, const char *zone,
                               int64_t minute, struct arena *arena, struct err *err)
{
    int64_t wake, leave, try_ms;
    struct occasion next;
    enum err_code rc = cases_next_wake(world_store(world), &wake, err);
    if (!rc)
        rc = occasions_next(world, arena, &next, err);
    if (!rc)
        rc = notices_next(world_store(world), &leave, err);
    if (!rc)
        rc = messages_next(world_store(world), &try_ms, err);
    if (rc)
        return rc;
    bool sending = pump->sending_count || pump->out_count;
    pump->next_ms = sending && try_ms <= pump->now_ms ? INT64_MAX : try_ms;
    if (wake != MINUTE_NONE && wake > minute && !pump->hold_clock)
        pump->next_ms = sooner(pump->next_ms, clock_instant(wake, zone));
    day today = minute_day(minute);
    if (next.known && next.on > today && !pump->hold_clock)
        pump->next_ms = sooner(pump->next_ms, clock_instant(minute_at(next.on, 0), zone));
    int64_t hour = minute_at(today, world_digest_minute(world, today));
    if (leave != MINUTE_NONE && leave <= minute)
        leave = hour > minute ? hour : hour + MINUTES_A_DAY;
    if (leave != MINUTE_NONE)
        pump->next_ms = sooner(pump->next_ms, clock_instant(leave, zone));
    return ERR_NONE;
}

static enum err_code make_digests(struct pump *pump, struct world *world, int64_t minute,
                                  struct arena *arena, bool *changes, struct err *err)
{
    struct digests run = { .now_ms = pump->now_ms,
                           .now_minute = minute,
                           .sending = pump->sending,
                           .sending_count = pump->sending_count,
                           .ahead = pump->place.ahead_day != minute_day(minute),
                           .after = pump->place.digest_after };
    enum err_code rc = digests_make(world, &run, DIGESTS_AT_ONCE, arena, err);
    pump->next_place.digest_after = run.after;
    if (run.looked_ahead)
        pump->next_place.ahead_day = minute_day(minute);
    pump->made = run.made;
    pump->more = run.more;
    *changes = true; /* Notices may have been settled without a message. */
    return rc;
}

static int64_t steady_ms(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* As much as a slice has time for: the disk is waited for once for all of it. */
static enum err_code sweep(struct pump *pump, struct world *world, int64_t minute,
                           struct arena *arena, bool *changes, struct err *err)
{
    int64_t until = steady_ms() + SLICE_MS;
    enum err_code rc = ERR_NONE;
    pump->more = !pump->hold_clock;
    while (!rc && pump->more && steady_ms() < until)
        rc = sweep_slice(world, pump->now_ms, minute, SLICE, arena, &pump->swept, &pump->more, err);
    *changes = *changes || pump->swept.events || pump->swept.occasions;
    return rc || !pump->swept.events ? rc : cases_owed_count(world_store(world), minute,
                                                             &pump->swept.left, err);
}

/* A calendar that was published ahead has come into use: dates move before the clock looks. */
static enum err_code apply_calendars(struct pump *pump, struct world *world, int64_t minute,
                                     bool *changes, struct err *err)
{
    struct store *store = world_store(world);
    day today = minute_day(minute);
    enum calendar_news calendars;
    bool left = false;
    if (pump->hold_clock || pump->place.calendar_day == today)
        return ERR_NONE;
    enum err_code rc = calendars_waiting(store, today, &calendars, err);
    if (!rc && calendars == CALENDARS_WAIT) {
        rc = recount_slice(world, pump->now_ms, minute, SLICE, &pump->next_place.recount_after,
                           &left, &pump->swept.events, err);
        pump->more = *changes = true;
    }
    if (rc || left)
        return rc;
    pump->next_place.recount_after = 0;
    pump->next_place.calendar_day = today;
    if (calendars == CALENDARS_APPLIED)
        return ERR_NONE;
    *changes = true;
    return calendars_applied(store, today, err);
}

void pump_kept(struct pump *pump)
{
    pump->place = pump->next_place;
}

enum err_code pump_slice(struct pump *pump, struct world *world, struct arena *arena,
                         bool *changes, struct err *err)
{
    const char *zone = world_zone(world, minute_day(clock_local(pump->now_ms, NULL)));
    int64_t minute = clock_local(pump->now_ms, zone);
    *changes = false;
    pump->more = pump->sealed = false;
    pump->made = 0;
    *pump->unknown = 0;
    pump->swept = (struct sweep_figures){ 0 };
    pump->next_place = pump->place;
    pump_drop(pump);

    enum err_code rc = seal_daily(pump, world, minute_day(minute), changes, err);
    if (!rc)
        rc = apply_calendars(pump, world, minute, changes, err);
    if (rc || pump->more)
        return rc;
    rc = look_at_schedules(pump, world, minute_day(minute), arena, err);
    if (rc)
        return rc;
    rc = sweep(pump, world, minute, arena, changes, err);
    if (rc || pump->more)
        return rc;
    rc = make_digests(pump, world, minute, arena, changes, err);
    if (rc || pump->more)
        return rc;
    rc = take_mail(pump, world, minute, arena, changes, err);
    return rc ? rc : find_next(pump, world, zone, minute, arena, err);
}
