/* SPDX-License-Identifier: MIT */
#include "engine/run/publish.h"

#include "engine/base/arena.h"
#include "engine/cli/caseview.h"
#include "engine/cli/commands.h"
#include "engine/cli/facts.h"
#include "engine/cli/findings.h"
#include "engine/cli/played.h"
#include "engine/cli/say.h"
#include "engine/run/clock.h"

/* A version whose own scenarios fail is not published. */
static enum err_code demand_scenarios(struct call *call, const struct findings *findings,
                                      size_t *passed)
{
    struct scenario_run run;
    enum err_code rc = played_run(call, findings, NULL, 0, NULL, &run);
    if (rc)
        return rc;
    *passed = run.passed;
    for (size_t i = 0; i < run.played.count; i++)
        if (!run.played.at[i].passed)
            talk(RED "FAILED" OFF "  %s\n%s", run.played.at[i].title, run.played.at[i].report);
    if (!run.failed)
        return ERR_NONE;
    err_set(&call->err, ERR_PACK, "%zu of %s failed: nothing was published", run.failed,
            counted(call, (int64_t)run.played.count, "scenario", "scenarios"));
    err_hint(&call->err, "reeve test %s plays them again", findings->folder);
    return ERR_PACK;
}

static enum err_code store_it(struct call *call, const struct findings *findings, day from,
                              struct published *out)
{
    int64_t now_ms = clock_now_ms(), minute = clock_local(now_ms, NULL);
    const char *by = call_flag(call, "as");
    enum err_code rc = database_open(call, STORE_CREATE);
    if (!rc)
        rc = store_begin(call->store, &call->err);
    if (rc)
        return rc;
    world_begin(call->world);
    rc = publish(call->world, findings->rules, by ? by : "operator",
                 from == DAY_NONE ? minute_day(minute) : from, now_ms, minute, out, &call->err);
    if (!rc)
        return store_commit(call->store, &call->err);
    store_rollback(call->store);
    return rc;
}

static void say_published(struct call *call, const struct model *model, size_t passed, day from,
                          const struct published *out)
{
    char text[DAY_TEXT_MAX];
    if (call->json) {
        struct json *json = json_new(call->arena, JSON_MAP);
        json_put(call->arena, json, "pack", json_words(call->arena, model->pack));
        json_put(call->arena, json, "version", json_new_int(call->arena, out->pack));
        json_put(call->arena, json, "calendar", json_new_int(call->arena, out->calendar));
        json_put(call->arena, json, "new", json_yes(call->arena, out->pack_new));
        json_put(call->arena, json, "calendar_new", json_yes(call->arena, out->calendar_new));
        json_put(call->arena, json, "from", json_day(call->arena, from));
        json_put(call->arena, json, "scenarios", json_new_int(call->arena, (int64_t)passed));
        json_put(call->arena, json, "moved", json_new_int(call->arena, out->moved));
        say_json(call, json);
        return;
    }
    say(call, "%s: version %lld%s, calendar %lld%s\n", model->pack, (long long)out->pack,
        out->pack_new ? "" : " (as it was)", (long long)out->calendar,
        out->calendar_new ? "" : " (as it was)");
    say(call, "%s passed. New cases get it from %s on.\n",
        counted(call, (int64_t)passed, "scenario", "scenarios"), day_short(from, text));
    if (out->moved)
        say(call, "The calendar moved dates in %s.\n",
            counted(call, out->moved, "open case", "open cases"));
}

enum err_code publish_run(struct call *call)
{
    struct findings findings;
    struct published published;
    day from;
    size_t passed = 0;
    enum err_code rc = facts_date(call, "from", &from);
    if (!rc)
        rc = findings_open(call, call->args[0], &findings);
    if (rc)
        return rc;
    rc = findings_demand(call, &findings);
    if (!rc)
        rc = demand_scenarios(call, &findings, &passed);
    if (!rc)
        rc = store_it(call, &findings, from, &published);
    if (!rc)
        say_published(call, findings.rules->pack->model, passed,
                      from == DAY_NONE ? database_today() : from, &published);
    findings_close(&findings);
    return rc;
}
