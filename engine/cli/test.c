/* SPDX-License-Identifier: MIT */
#include "engine/cli/commands.h"

#include "engine/cli/caseview.h"
#include "engine/cli/findings.h"
#include "engine/cli/played.h"
#include "engine/cli/say.h"

static void test_json(struct call *call, const struct scenario_run *run)
{
    struct arena *arena = call->arena;
    struct json *json = json_new(arena, JSON_MAP), *list = json_new(arena, JSON_LIST);
    for (size_t i = 0; i < run->played.count; i++) {
        const struct played *played = &run->played.at[i];
        struct json *one = json_new(arena, JSON_MAP);
        json_put(arena, one, "title", json_words(arena, played->title));
        json_put(arena, one, "file", json_words(arena, played->path));
        json_put(arena, one, "passed", json_yes(arena, played->passed));
        json_put(arena, one, "report", json_words(arena, played->report));
        json_add(list, one);
    }
    json_put(arena, json, "passed", json_new_int(arena, (int64_t)run->passed));
    json_put(arena, json, "failed", json_new_int(arena, (int64_t)run->failed));
    json_put(arena, json, "scenarios", list);
    say_json(call, json);
}

static void test_text(struct call *call, const struct scenario_run *run)
{
    for (size_t i = 0; i < run->played.count; i++) {
        const struct played *played = &run->played.at[i];
        say(call, "  %s  %s\n", played->passed ? GREEN "ok    " OFF : RED "FAILED" OFF,
            one_line(call->arena, played->title));
        if (!played->passed)
            say(call, "%s", played->report);
    }
    say(call, "%s%zu passed, %zu failed" OFF "\n", run->failed ? RED : GREEN, run->passed,
        run->failed);
}

enum err_code test_run(struct call *call)
{
    struct findings findings;
    struct scenario_run run;
    enum err_code rc = findings_open(call, call->args[0], &findings);
    if (rc)
        return rc;
    rc = findings_demand(call, &findings);
    if (!rc)
        rc = played_run(call, &findings, &call->args[1], call->arg_count - 1, &run);
    if (!rc && call->arg_count > 1 && !run.played.count)
        rc = err_set(&call->err, ERR_UNKNOWN, "no scenario's title or file name has '%s' in it",
                     call->args[1]);
    if (!rc && !run.played.count)
        talk("'%s' has no scenarios: add some under scenarios/", call->args[0]);
    if (!rc && call->json)
        test_json(call, &run);
    else if (!rc)
        test_text(call, &run);
    call->findings = !rc && run.failed > 0;
    findings_close(&findings);
    return rc;
}
