/* SPDX-License-Identifier: MIT */
#include "engine/run/clock.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
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
    int64_t now_ms;
    struct arena *arena;
    struct sweep_figures *figures;
};

/* One clock event of one case: its earliest. What cannot be decided must not block the rest, so a
 * refusal is counted and the case waits for the next look. */
static enum err_code sweep_one(struct sweep *sweep, const struct owed *owed, int64_t until,
                               bool *stuck, int64_t *next, struct err *err)
{
    struct request request = { .case_id = owed->case_id, .now_ms = sweep->now_ms,
                               .now_minute = until, .clock_only = true };
    struct turned turned;
    request.event = (struct event){ .kind = EVENT_CLOCK, .on = DAY_NONE };
    enum err_code rc = turn(sweep->world, &request, sweep->arena, &turned);
    if (rc == ERR_STORE || rc == ERR_FULL || rc == ERR_BUSY) {
        *err = turned.err;
        return rc;
    }
    *stuck = rc != ERR_NONE || !turned.event_id;
    *next = *stuck ? MINUTE_NONE : turned.file->wake;
    if (*stuck)
        sweep->figures->refused++;
    else
        sweep->figures->events++;
    return ERR_NONE;
}

enum err_code sweep_slice(struct world *world, int64_t now_ms, int64_t until, size_t room,
                          struct arena *arena, struct sweep_figures *figures, bool *more,
                          struct err *err)
{
    struct owed owed[SLICE];
    size_t count;
    struct sweep sweep = { world, now_ms, arena, figures };
    if (room > SLICE)
        room = SLICE;
    enum err_code rc = cases_owed(world_store(world), until, room, owed, &count, err);
    if (rc)
        return rc;
    /* In order of instant over all cases: once one owes something earlier than the rest of this
     * slice, the slice ends and the next look-up begins with it. */
    int64_t earliest = INT64_MAX;
    size_t done = 0;
    bool any = false;
    for (; done < count && owed[done].wake <= earliest; done++) {
        bool stuck;
        int64_t next;
        rc = sweep_one(&sweep, &owed[done], until, &stuck, &next, err);
        if (rc)
            return rc;
        if (next != MINUTE_NONE && next < earliest)
            earliest = next;
        any = any || !stuck;
    }
    *more = any && (done < count || count == room || earliest <= until);
    return ERR_NONE;
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
    job->changes = slice->figures->events > slice->before.events;
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

int64_t clock_instant(int64_t local_minute, const char *zone)
{
    struct ymd ymd = ymd_of(minute_day(local_minute));
    int minute = (int)(local_minute - minute_at(minute_day(local_minute), 0));
    struct tm tm = { .tm_year = ymd.year - 1900, .tm_mon = ymd.month - 1, .tm_mday = ymd.day,
                     .tm_hour = minute / 60, .tm_min = minute % 60, .tm_isdst = -1 };
    pthread_mutex_lock(&zone_mutex);
    zone_use(zone);
    time_t seconds = mktime(&tm);
    pthread_mutex_unlock(&zone_mutex);
    int64_t ms = (int64_t)seconds * 1000;
    /* A doubled hour: the first of the two. */
    if (clock_local(ms - 3600 * 1000, zone) == local_minute)
        ms -= 3600 * 1000;
    return ms;
}

enum err_code clock_parse(const char *text, const char *zone, int64_t *out_ms, struct err *err)
{
    char date[11] = "";
    int minute = 0;
    day on;
    size_t len = strlen(text);
    bool utc = len && text[len - 1] == 'Z';
    if (len >= 10)
        memcpy(date, text, 10);
    char clock[6] = "";
    if (len >= 16)
        memcpy(clock, text + 11, 5);
    bool shape = len == 10 || ((text[10] == 'T' || text[10] == ' ') &&
                               (len == 16 || (utc && (len == 17 || len == 20))));
    if (len < 10 || !shape || !day_parse(date, &on) || (len > 10 && !minute_parse(clock, &minute)))
        return err_set(err, ERR_INPUT, "'%s' is not an instant: write 2026-12-16T08:00", text);
    *out_ms = utc ? ((int64_t)on * MINUTES_A_DAY + minute) * 60000
                  : clock_instant(minute_at(on, minute), zone);
    return ERR_NONE;
}
