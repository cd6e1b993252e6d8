/* SPDX-License-Identifier: MIT */
#include "engine/run/clock.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/run/occasions.h"
#include "engine/run/turn.h"
#include "engine/run/writer.h"
#include "store/cases.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SLICE = 100 };

static _Atomic int64_t pretended_ms;

int64_t clock_now_ms(void)
{
    int64_t pretended = atomic_load(&pretended_ms);
    if (pretended)
        return pretended;
    struct timespec ts;
    clock_gettime(CLOCK_REALTIME, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

void clock_pretend(int64_t now_ms)
{
    atomic_store(&pretended_ms, now_ms);
}

struct sweep {
    struct world *world;
    int64_t now_ms, until;
    struct arena *arena;
    struct sweep_figures *figures;
    int64_t earliest;          /* What a case just swept owes next; INT64_MAX: nothing yet. */
    bool any;                  /* Something could be decided. */
};

static bool is_fault(enum err_code code)
{
    return code == ERR_STORE || code == ERR_FULL || code == ERR_BUSY;
}

/* Its wake is not what the rules now say (a calendar published ahead has come into use): worked out
 * again. */
static enum err_code reckon_one(struct sweep *sweep, int64_t case_id, struct turned *turned)
{
    struct request request = { .case_id = case_id, .now_ms = sweep->now_ms,
                               .now_minute = sweep->until };
    request.event = (struct event){ .kind = EVENT_RECKON, .name = "calendar", .on = DAY_NONE,
                                    .role = "clock", .who_text = "reeve" };
    return turn(sweep->world, &request, sweep->arena, turned);
}

/* One clock event of one case: its earliest. What cannot be decided must not block the rest, so it
 * is counted and the case waits for the next look. */
static enum err_code sweep_one(struct sweep *sweep, const struct owed *owed, struct err *err)
{
    struct request request = { .case_id = owed->case_id, .now_ms = sweep->now_ms,
                               .now_minute = sweep->until, .clock_only = true };
    struct turned turned;
    request.event = (struct event){ .kind = EVENT_CLOCK, .on = DAY_NONE };
    enum err_code rc = turn(sweep->world, &request, sweep->arena, &turned);
    bool stuck = false;
    if (!rc && !turned.event_id) {
        rc = reckon_one(sweep, owed->case_id, &turned);
        stuck = !rc && turned.file->wake == owed->wake;
    }
    if (is_fault(rc)) {
        *err = turned.err;
        return rc;
    }
    if (rc || stuck) {
        sweep->figures->refused++;
        return ERR_NONE;
    }
    sweep->figures->events++;
    sweep->any = true;
    if (turned.file->wake != MINUTE_NONE && turned.file->wake < sweep->earliest)
        sweep->earliest = turned.file->wake;
    return ERR_NONE;
}

/* What cases are owed up to `limit`, which is not later than sweep->until. */
static enum err_code sweep_cases(struct sweep *sweep, int64_t limit, size_t room, bool *more,
                                 struct err *err)
{
    struct owed owed[SLICE], after = { MINUTE_NONE, 0 };
    size_t count, done;
    if (room > SLICE)
        room = SLICE;
    do { /* Past those that nothing can be decided on. */
        enum err_code rc = cases_owed_after(world_store(sweep->world), &after, limit, room, owed,
                                            &count, err);
        /* In order of instant over all cases: once one owes something earlier than the rest of this
         * slice, the slice ends and the next look-up begins with it. */
        for (done = 0; !rc && done < count && owed[done].wake <= sweep->earliest; done++) {
            rc = sweep_one(sweep, &owed[done], err);
            after = owed[done];
        }
        if (rc)
            return rc;
    } while (!sweep->any && count == room);
    *more = sweep->any && (done < count || count == room || sweep->earliest <= limit);
    return ERR_NONE;
}

/* A schedule's day comes after all that cases are owed up to its first minute. */
enum err_code sweep_slice(struct world *world, int64_t now_ms, int64_t until, size_t room,
                          struct arena *arena, struct sweep_figures *figures, bool *more,
                          struct err *err)
{
    struct sweep sweep = { world, now_ms, until, arena, figures, INT64_MAX, false };
    struct occasion next;
    enum err_code rc = occasions_next(world, arena, &next, err);
    if (rc)
        return rc;
    int64_t begins = next.known ? minute_at(next.on, 0) : INT64_MAX;
    rc = sweep_cases(&sweep, begins < until ? begins : until, room, more, err);
    if (rc || *more || begins > until)
        return rc;
    *more = true;
    return occasion_open(world, &next, now_ms, room, arena, figures, err);
}

struct slice_job {
    struct job job;
    int64_t now_ms, until;
    struct sweep_figures *figures, before;
    bool more;
    enum err_code code;
    struct err err;
};

static enum err_code slice_work(struct job *job, struct world *world, struct arena *arena,
                                struct err *err)
{
    struct slice_job *slice = job->self;
    *slice->figures = slice->before; /* May run again after a rollback. */
    enum err_code rc = sweep_slice(world, slice->now_ms, slice->until, SLICE, arena,
                                   slice->figures, &slice->more, err);
    job->changes = slice->figures->events > slice->before.events ||
                   slice->figures->occasions > slice->before.occasions;
    return rc;
}

static void slice_done(struct job *job, enum err_code code, const struct err *err)
{
    struct slice_job *slice = job->self;
    slice->code = code;
    slice->err = *err;
}

enum err_code sweep_all(struct world *world, int64_t now_ms, int64_t until,
                        void (*progress)(void *self, int64_t done, int64_t all), void *self,
                        struct sweep_figures *figures, struct err *err)
{
    int64_t all = 0;
    enum err_code rc = cases_owed_count(world_store(world), until, &all, err);
    *figures = (struct sweep_figures){ 0 };
    for (bool more = true; !rc && more;) {
        struct slice_job slice = { .now_ms = now_ms, .until = until, .figures = figures,
                                   .before = *figures };
        slice.job = (struct job){ .work = slice_work, .done = slice_done, .self = &slice,
                                  .bulk = true };
        struct job *jobs[] = { &slice.job };
        writer_batch(world, jobs, 1);
        rc = slice.code;
        if (rc)
            *err = slice.err;
        more = slice.more;
        int64_t left = 0;
        if (!rc && progress && !cases_owed_count(world_store(world), until, &left, NULL))
            progress(self, all > left ? all - left : 0, all);
        figures->left = left;
    }
    return rc;
}

/* --- instants and local minutes --------------------------------------------------------------
 * The C library keeps the zone rules; TZ is set once per zone used. Under one mutex because TZ is
 * the process's, and only the edge's threads come here.
 */
static pthread_mutex_t zone_mutex = PTHREAD_MUTEX_INITIALIZER;
static char zone_now[64];

static void zone_use(const char *zone)
{
    if (!zone)
        zone = "Europe/London";
    if (strcmp(zone, zone_now) == 0 || strlen(zone) >= sizeof zone_now)
        return;
    memcpy(zone_now, zone, strlen(zone) + 1);
    setenv("TZ", zone, 1);
    tzset();
}

int64_t clock_local(int64_t utc_ms, const char *zone)
{
    time_t seconds = (time_t)(utc_ms >= 0 ? utc_ms / 1000 : (utc_ms - 999) / 1000);
    struct tm tm;
    pthread_mutex_lock(&zone_mutex);
    zone_use(zone);
    localtime_r(&seconds, &tm);
    pthread_mutex_unlock(&zone_mutex);
    return minute_at(day_of(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday),
                     tm.tm_hour * 60 + tm.tm_min);
}

static int64_t make_instant(int64_t local_minute, const char *zone)
{
    struct ymd ymd = ymd_of(minute_day(local_minute));
    int minute = (int)(local_minute - minute_at(minute_day(local_minute), 0));
    struct tm tm = { .tm_year = ymd.year - 1900, .tm_mon = ymd.month - 1, .tm_mday = ymd.day,
                     .tm_hour = minute / 60, .tm_min = minute % 60, .tm_isdst = -1 };
    pthread_mutex_lock(&zone_mutex);
    zone_use(zone);
    time_t seconds = mktime(&tm);
    pthread_mutex_unlock(&zone_mutex);
    return (int64_t)seconds * 1000;
}

/* The C library may choose either of a doubled hour, and either side of a gap. Clocks change by a
 * whole or half an hour (Lord Howe), two at most. */
int64_t clock_instant(int64_t local_minute, const char *zone)
{
    enum { HALF_HOUR_MS = 30 * 60 * 1000, STEPS = 4 };
    int64_t ms = make_instant(local_minute, zone);
    for (int i = STEPS; i > 0; i--)
        if (clock_local(ms - i * HALF_HOUR_MS, zone) == local_minute)
            return ms - i * HALF_HOUR_MS;
    if (clock_local(ms, zone) == local_minute)
        return ms;
    /* Skipped: the first minute that is later. */
    int64_t at = ms - STEPS * HALF_HOUR_MS;
    while (clock_local(at, zone) < local_minute)
        at += 60000;
    return at;
}

/* "2026-12-16", "2026-12-16T08:00", then perhaps ":00", then perhaps "Z". */
static bool parse_parts(const char *text, day *on, int *minute, bool *utc)
{
    char part[11];
    size_t len = strlen(text);
    *minute = 0;
    *utc = len > 10 && text[len - 1] == 'Z';
    len -= *utc;
    if (len != 10 && len != 16 && len != 19)
        return false;
    memcpy(part, text, 10);
    part[10] = 0;
    if (!day_parse(part, on))
        return false;
    if (len == 10)
        return !*utc;
    memcpy(part, text + 11, 5);
    part[5] = 0;
    bool seconds = len == 16 || (text[16] == ':' && text[17] >= '0' && text[17] <= '5' &&
                                 text[18] >= '0' && text[18] <= '9');
    return (text[10] == 'T' || text[10] == ' ') && minute_parse(part, minute) && seconds;
}

enum err_code clock_parse(const char *text, const char *zone, int64_t *out_ms, struct err *err)
{
    int minute;
    day on;
    bool utc;
    if (!parse_parts(text, &on, &minute, &utc))
        return err_set(err, ERR_INPUT, "'%s' is not an instant: write 2026-12-16T08:00", text);
    *out_ms = utc ? ((int64_t)on * MINUTES_A_DAY + minute) * 60000
                  : clock_instant(minute_at(on, minute), zone);
    return ERR_NONE;
}
