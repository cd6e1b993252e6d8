/* SPDX-License-Identifier: MIT */
#include "tests/kit/fill.h"

#include "engine/base/arena.h"
#include "engine/base/json.h"
#include "engine/base/text.h"
#include "engine/run/clock.h"
#include "engine/run/writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GIVEN_MAX = 32, NOON = 12 * 60 };

struct filling {
    struct job job;
    const struct fill *fill;
    int64_t number;
};

/* "child=C-%d" of case 7 gives child C-7. */
static void give(struct event *event, const char *const *words, int64_t number, struct arena *arena)
{
    struct given *given = ARENA_ARRAY(arena, struct given, GIVEN_MAX);
    size_t count = 0;
    for (; words && words[count]; count++) {
        const char *eq = strchr(words[count], '='), *mark = strstr(eq + 1, "%d");
        const char *value = eq + 1;
        if (mark)
            value = arena_printf(arena, "%.*s%lld%s", (int)(mark - value), value, (long long)number,
                                 mark + 2);
        given[count] =
            (struct given){ arena_text_n(arena, words[count], (size_t)(eq - words[count])),
                            json_new_text(arena, value) };
    }
    given_sort(given, count);
    event->given = given;
    event->given_count = count;
}

static enum err_code ask(const struct filling *filling, struct world *world, int64_t case_id,
                         enum event_kind kind, struct arena *arena, struct turned *turned)
{
    const struct fill *fill = filling->fill;
    int64_t minute = minute_at(fill->on, NOON);
    struct request request = { .case_id = case_id, .now_minute = minute,
                               .now_ms = clock_instant(minute, NULL) };
    bool opening = kind == EVENT_OPEN;
    request.event = (struct event){ .kind = kind, .name = opening ? fill->process : fill->event,
                                    .on = DAY_NONE, .role = fill->role, .who_text = fill->role };
    if (opening && fill->first_urn)
        request.event.school = fill->first_urn + filling->number % fill->schools;
    give(&request.event, opening ? fill->given : fill->with, filling->number, arena);
    return turn(world, &request, arena, turned);
}

static enum err_code fill_one(struct job *job, struct world *world, struct arena *arena,
                              struct err *err)
{
    const struct filling *filling = job->self;
    struct turned turned;
    enum err_code rc = ask(filling, world, 0, EVENT_OPEN, arena, &turned);
    if (!rc && filling->fill->event)
        rc = ask(filling, world, turned.case_id, EVENT_DO, arena, &turned);
    if (rc)
        *err = turned.err;
    job->changes = true;
    return rc;
}

static void filled(struct job *job, enum err_code code, const struct err *err)
{
    const struct filling *filling = job->self;
    if (!code)
        return;
    fprintf(stderr, "case %lld: %s\n", (long long)filling->number, err->text);
    exit(1);
}

void fill_cases(struct world *world, int64_t count, const struct fill *fill)
{
    struct filling fillings[WRITER_BATCH];
    struct job *jobs[WRITER_BATCH];
    for (int64_t done = 0; done < count;) {
        size_t n = 0;
        for (; n < WRITER_BATCH && done < count; n++, done++) {
            fillings[n] = (struct filling){ .fill = fill, .number = done + 1 };
            fillings[n].job =
                (struct job){ .work = fill_one, .done = filled, .self = &fillings[n] };
            jobs[n] = &fillings[n].job;
        }
        writer_batch(world, jobs, n);
    }
}
