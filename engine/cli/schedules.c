/* SPDX-License-Identifier: MIT */
#include "engine/cli/commands.h"

#include "engine/base/arena.h"
#include "engine/cli/caseview.h"
#include "engine/cli/facts.h"
#include "engine/cli/grid.h"
#include "engine/cli/say.h"
#include "engine/run/occasions.h"

#include <stdlib.h>
#include <string.h>

enum { LISTED_MAX = 2000 };

/* Those that nobody can date come last. */
static int by_day(const void *a, const void *b)
{
    const struct occasion *x = a, *y = b;
    if (x->known != y->known)
        return y->known - x->known;
    if (!x->known || x->on == y->on)
        return strcmp(x->row.process, y->row.process);
    return x->on < y->on ? -1 : 1;
}

static const char *title(struct call *call, const struct occasion *one)
{
    const char *name = one->process && one->process->title ? one->process->title : one->row.process;
    return one_line(call->arena, name);
}

/* "each school (43)" */
static const char *whom(struct call *call, const struct occasion *one, int64_t count)
{
    const struct schedule *schedule = one->process->schedule;
    switch (schedule->whom) {
    case FOR_AUTHORITY:
        return "the authority";
    case FOR_EACH_SCHOOL:
        return arena_printf(call->arena, "each school (%lld now)", (long long)count);
    case FOR_EACH_CASE:
        break;
    }
    return arena_printf(call->arena, "each case of %s (%lld now)", schedule->of, (long long)count);
}

static const char *when(struct call *call, const struct occasion *one)
{
    char text[DAY_TEXT_MAX];
    if (!one->process)
        return "not any more";
    return one->known ? arena_text(call->arena, day_short(one->on, text)) : "not known";
}

/* Nothing is guessed, so somebody must add the next years. */
static const char *note(const struct occasion *one)
{
    if (!one->process)
        return "the rules in use have no such schedule";
    return one->beyond ? "the calendar ends: add the next years, and publish" : "";
}

static struct json *one_json(struct call *call, const struct occasion *one, int64_t count)
{
    static const char *const words[] = { "authority", "each school", "each case" };
    struct arena *arena = call->arena;
    struct json *json = json_new(arena, JSON_MAP);
    const struct schedule *schedule = one->process ? one->process->schedule : NULL;
    json_put(arena, json, "pack", json_words(arena, one->row.pack));
    json_put(arena, json, "process", json_words(arena, one->row.process));
    json_put(arena, json, "title", json_words(arena, title(call, one)));
    json_put(arena, json, "on", json_day(arena, one->known ? one->on : DAY_NONE));
    json_put(arena, json, "opens", json_words(arena, schedule ? schedule->opens->text : NULL));
    json_put(arena, json, "for", json_words(arena, schedule ? words[schedule->whom] : NULL));
    json_put(arena, json, "of", json_words(arena, schedule ? schedule->of : NULL));
    json_put(arena, json, "cases_now", json_new_int(arena, count));
    json_put(arena, json, "calendar_ends", json_yes(arena, one->beyond));
    return json;
}

static enum err_code say_all(struct call *call, const struct occasion *all, size_t count)
{
    bool notes = false;
    for (size_t i = 0; i < count; i++)
        notes = notes || *note(&all[i]);
    struct grid grid = grid_of(call->arena, notes ? 5 : 4);
    struct json *list = json_new(call->arena, JSON_LIST), *json;
    enum err_code rc = ERR_NONE;
    for (size_t i = 0; !rc && i < count; i++) {
        int64_t cases = 0;
        if (all[i].process)
            rc = occasion_count(call->world, &all[i], &cases, &call->err);
        json_add(list, one_json(call, &all[i], cases));
        grid_row(&grid, all[i].known ? "" : YELLOW,
                 (const char *[]){ when(call, &all[i]), title(call, &all[i]),
                                   arena_printf(call->arena, "%s/%s", all[i].row.pack,
                                                all[i].row.process),
                                   all[i].process ? whom(call, &all[i], cases) : "",
                                   note(&all[i]) });
    }
    if (rc)
        return rc;
    if (call->json) {
        json = json_new(call->arena, JSON_MAP);
        json_put(call->arena, json, "schedules", list);
        say_json(call, json);
        return ERR_NONE;
    }
    grid_head(&grid, (const char *[]){ "Opens", "What", "Process", "For", "" });
    grid_say(&grid, call);
    if (!count)
        talk("Nothing opens by itself: no published pack has a `schedule`");
    return ERR_NONE;
}

enum err_code schedules_run(struct call *call)
{
    struct occasion *all;
    size_t count;
    day until;
    enum err_code rc = facts_date(call, "until", &until);
    if (!rc)
        rc = database_open(call, STORE_READ);
    if (!rc)
        rc = occasions_list(call->world, until, LISTED_MAX, call->arena, &all, &count, &call->err);
    if (rc)
        return rc;
    if (count)
        qsort(all, count, sizeof *all, by_day);
    return say_all(call, all, count);
}
