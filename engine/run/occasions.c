/* SPDX-License-Identifier: MIT */
#include "engine/run/occasions.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/occasion.h"
#include "engine/run/casework.h"
#include "engine/run/turn.h"
#include "engine/when/round.h"

#include <stdio.h>
#include <string.h>

enum { AT_ONCE = 100 };

/* --- which day comes next -------------------------------------------------------------------- */

/* The pack's rules on a day; NULL: none were in use, or they do not load any more. */
static enum err_code rules_on(struct world *world, const char *pack, day on,
                              const struct ruleset **out, struct err *err)
{
    struct store *store = world_store(world);
    struct in_use_row row = { .name = pack };
    *out = NULL;
    enum err_code rc = in_use_get(store, "pack", pack, on, &row.pack, err);
    if (!rc)
        rc = in_use_get(store, "calendar", pack, on, &row.calendar, err);
    if (!rc)
        rc = world_ruleset_read(world, &row, out, err);
    return rc == ERR_UNKNOWN || rc == ERR_DAMAGED ? ERR_NONE : rc;
}

static void look(const struct ruleset *ruleset, const char *name, day from, struct occasion *out)
{
    const struct model *model = ruleset->rules->pack->model;
    const struct process *process = model_process(model, name);
    struct round_out round;
    out->ruleset = process && process->schedule ? ruleset : NULL;
    out->process = out->ruleset ? process : NULL;
    if (!out->process)
        return;
    const struct when_in in = {
        .calendar = calendar_find(ruleset->rules->pack->calendars, process->calendar),
        .notice_ordinary = model->notice_ordinary,
    };
    round_next(&in, process->schedule->opens, from - 1, &round);
    out->known = round.known;
    out->beyond = out->beyond || round.beyond;
    out->on = round.date;
}

/* The next day of one schedule on or after row->settled. */
static enum err_code next_of(struct world *world, const struct schedule_row *row,
                             struct occasion *out, struct err *err)
{
    *out = (struct occasion){ .row = *row };
    for (day from = row->settled;;) {
        const struct ruleset *ruleset;
        day changes;
        enum err_code rc = rules_on(world, row->pack, from, &ruleset, err);
        if (!rc)
            rc = in_use_next(world_store(world), row->pack, from, &changes, err);
        if (rc)
            return rc;
        out->known = false;
        if (ruleset)
            look(ruleset, row->process, from, out);
        if (changes == DAY_NONE || (out->known && out->on < changes))
            return ERR_NONE;
        from = changes;
    }
}

enum err_code occasions_next(struct world *world, struct arena *arena, struct occasion *out,
                             struct err *err)
{
    struct schedule_row *rows;
    size_t count;
    enum err_code rc = schedules_all(world_store(world), arena, &rows, &count, err);
    *out = (struct occasion){ .on = DAY_NONE };
    for (size_t i = 0; !rc && i < count; i++) {
        struct occasion one;
        rc = next_of(world, &rows[i], &one, err);
        if (!rc && one.known && (!out->known || one.on < out->on))
            *out = one;
    }
    return rc;
}

enum err_code occasions_list(struct world *world, day until, size_t most, struct arena *arena,
                             struct occasion **out, size_t *count, struct err *err)
{
    struct { struct occasion *at; size_t count, room; } list = { 0 };
    struct schedule_row *rows;
    size_t all;
    enum err_code rc = schedules_all(world_store(world), arena, &rows, &all, err);
    for (size_t i = 0; !rc && i < all; i++) {
        struct occasion one = { .known = true, .row = rows[i] };
        for (bool first = true; !rc && one.known && list.count < most; first = false) {
            rc = next_of(world, &one.row, &one, err);
            bool late = one.known && !first && (until == DAY_NONE || one.on > until);
            if (rc || late || (!one.known && !one.beyond && !first))
                break;
            *LIST_ADD(arena, &list) = one;
            one.row.settled = one.known ? one.on + 1 : one.row.settled;
        }
    }
    *out = list.at;
    *count = list.count;
    return rc;
}

/* --- opening --------------------------------------------------------------------------------- */

struct opener {
    struct world *world;
    const struct occasion *occasion;
    const char *process, *key;    /* "torbay/part-time-return" */
    int64_t now_ms;
    struct arena *arena;
    struct sweep_figures *figures;
};

static bool is_fault(enum err_code code)
{
    return code == ERR_STORE || code == ERR_FULL || code == ERR_BUSY;
}

static void note_refusal(const struct opener *opener, int64_t subject, const struct err *why)
{
    char text[DAY_TEXT_MAX];
    if (!opener->figures->unopened++)
        snprintf(opener->figures->why, sizeof opener->figures->why, "%.60s of %s for %lld: %.90s",
                 opener->process, day_iso(opener->occasion->on, text), (long long)subject,
                 why->text);
}

static enum err_code carry_out(const struct opener *opener, struct request *request,
                               int64_t subject, struct err *err)
{
    struct turned turned;
    request->now_ms = opener->now_ms;
    request->now_minute = minute_at(opener->occasion->on, 0);
    request->event.on = opener->occasion->on;
    request->event.role = request->event.who_text = "clock";
    request->event.key = arena_printf(opener->arena, "%s:%lld", opener->key, (long long)subject);
    enum err_code rc = turn(opener->world, request, opener->arena, &turned);
    if (is_fault(rc)) {
        *err = turned.err;
        return rc;
    }
    if (rc)
        note_refusal(opener, subject, &turned.err);
    else if (!turned.again)
        opener->figures->opened++;
    opener->figures->events += !rc && !turned.again;
    return ERR_NONE;
}

/* `school` 0: the authority's. */
static enum err_code open_for(const struct opener *opener, int64_t school, struct err *err)
{
    struct request request = { .event = { .kind = EVENT_OPEN, .name = opener->process,
                                          .school = school } };
    return carry_out(opener, &request, school, err);
}

/* Asked by the rules that the schedule stands in; the case itself may stand under older ones. */
static enum err_code wants(const struct opener *opener, int64_t id, bool *wanted,
                           struct event *event, struct err *err)
{
    const struct occasion *occasion = opener->occasion;
    const struct rules *rules = occasion->ruleset->rules;
    struct case_row row;
    struct casefile file;
    const struct decide_in in = { .model = rules->pack->model, .calendars = rules->pack->calendars,
                                  .file = &file, .oracle = host_oracle(rules->host) };
    enum err_code rc = case_load(world_store(opener->world), id, opener->arena, &row, &file, err);
    if (rc)
        return rc;
    host_begin(rules->host);
    return occasion_wants(&in, occasion->process, occasion->on, opener->arena, wanted,
                          &event->given, &event->given_count, err);
}

static enum err_code open_for_case(const struct opener *opener, int64_t id, struct err *err)
{
    struct request request = { .case_id = id,
                               .event = { .kind = EVENT_OCCASION,
                                          .name = opener->occasion->process->name } };
    struct err own = { 0 };
    bool wanted = false;
    enum err_code rc = wants(opener, id, &wanted, &request.event, &own);
    if (is_fault(rc)) {
        *err = own;
        return rc;
    }
    if (rc)
        note_refusal(opener, id, &own);
    return rc || !wanted ? ERR_NONE : carry_out(opener, &request, id, err);
}

static enum err_code list_subjects(const struct opener *opener, int64_t after, size_t room,
                                   int64_t *out, size_t *count, struct err *err)
{
    const struct schedule *schedule = opener->occasion->process->schedule;
    struct store *store = world_store(opener->world);
    if (schedule->whom == FOR_EACH_SCHOOL)
        return schools_after(store, after, room, out, count, err);
    const struct cases_wanted wanted = { .pack = opener->occasion->row.pack,
                                         .process = schedule->of };
    return cases_of_process(store, &wanted, after, room, out, count, err);
}

/* Of each school or case. *done: that was the last of them. */
static enum err_code open_for_each(const struct opener *opener, size_t room, int64_t *cursor,
                                   bool *done, struct err *err)
{
    int64_t subjects[AT_ONCE];
    size_t count;
    enum err_code rc = list_subjects(opener, *cursor, room, subjects, &count, err);
    bool school = opener->occasion->process->schedule->whom == FOR_EACH_SCHOOL;
    for (size_t i = 0; !rc && i < count; i++) {
        rc = school ? open_for(opener, subjects[i], err) : open_for_case(opener, subjects[i], err);
        *cursor = subjects[i];
    }
    *done = !rc && count < room;
    return rc;
}

enum err_code occasion_open(struct world *world, const struct occasion *occasion, int64_t now_ms,
                            size_t room, struct arena *arena, struct sweep_figures *figures,
                            struct err *err)
{
    char date[DAY_TEXT_MAX];
    struct schedule_row row = occasion->row;
    struct opener opener = { .world = world, .occasion = occasion, .now_ms = now_ms,
                             .arena = arena, .figures = figures };
    opener.process = arena_printf(arena, "%s/%s", row.pack, row.process);
    opener.key = arena_printf(arena, "schedule:%s:%s", opener.process,
                              day_iso(occasion->on, date));
    bool done = true;
    enum err_code rc = occasion->process->schedule->whom == FOR_AUTHORITY
                           ? open_for(&opener, 0, err)
                           : open_for_each(&opener, room < AT_ONCE ? room : AT_ONCE, &row.cursor,
                                           &done, err);
    if (rc)
        return rc;
    row.settled = done ? occasion->on + 1 : occasion->on;
    row.cursor = done ? 0 : row.cursor;
    figures->occasions++;
    return schedule_set(world_store(world), &row, err);
}

/* --- counting -------------------------------------------------------------------------------- */

static enum err_code count_wanting(const struct opener *opener, const int64_t *subjects,
                                   size_t count, int64_t *out, struct err *err)
{
    enum err_code rc = ERR_NONE;
    for (size_t i = 0; !rc && i < count; i++) {
        struct event event;
        bool wanted = false;
        arena_reset(opener->arena);
        rc = wants(opener, subjects[i], &wanted, &event, err);
        *out += !rc && wanted;
        rc = is_fault(rc) ? rc : ERR_NONE;
    }
    return rc;
}

enum err_code occasion_count(struct world *world, const struct occasion *occasion, int64_t *out,
                             struct err *err)
{
    enum schedule_for whom = occasion->process->schedule->whom;
    struct opener opener = { .world = world, .occasion = occasion, .arena = arena_new() };
    int64_t subjects[AT_ONCE], after = 0, seen = 0;
    size_t count = AT_ONCE;
    enum err_code rc = ERR_NONE;
    *out = whom == FOR_AUTHORITY;
    while (whom != FOR_AUTHORITY && !rc && count == AT_ONCE && seen < OCCASION_COUNT_MAX) {
        rc = list_subjects(&opener, after, AT_ONCE, subjects, &count, err);
        if (!rc && whom == FOR_EACH_SCHOOL)
            *out += (int64_t)count;
        else if (!rc)
            rc = count_wanting(&opener, subjects, count, out, err);
        after = !rc && count ? subjects[count - 1] : after;
        seen += (int64_t)count;
    }
    arena_free(opener.arena);
    return rc;
}
