/* SPDX-License-Identifier: MIT */
#include "engine/cli/commands.h"

#include "engine/base/arena.h"
#include "engine/cli/caseview.h"
#include "engine/cli/covered.h"
#include "engine/cli/findings.h"
#include "engine/cli/played.h"
#include "engine/cli/say.h"

#include <string.h>

static void test_json(struct call *call, const struct scenario_run *run,
                      const struct coverage *coverage)
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
    if (coverage)
        json_put(arena, json, "coverage", covered_json(call, coverage));
    say_json(call, json);
}

static void test_text(struct call *call, const struct scenario_run *run,
                      const struct coverage *coverage)
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
    if (coverage)
        covered_text(call, coverage);
}

/* Names that fit no scenario are a slip of the keyboard: the nearest file's name is the hint. */
static enum err_code no_such(struct call *call, const struct findings *findings)
{
    const struct pack *pack = findings->rules->pack;
    const char **words = ARENA_ARRAY(call->arena, const char *, pack->scenarios.count + 1);
    for (size_t i = 0; i < pack->scenarios.count; i++) {
        const char *path = pack->scenarios.at[i]->path, *slash = strrchr(path, '/');
        const char *name = slash ? slash + 1 : path;
        words[i] = arena_text_n(call->arena, name, strcspn(name, "."));
    }
    err_set(&call->err, ERR_UNKNOWN, "no scenario's title or file name has '%s' in it",
            call->args[1]);
    if (!err_nearest(&call->err, call->args[1], words, pack->scenarios.count))
        err_hint(&call->err, "a part of a title or of a file's name is enough; without one all "
                             "are played");
    return ERR_UNKNOWN;
}

/* Less than --min reached is a finding, said after all the rest. */
static void judge(struct call *call, const struct coverage *coverage, int min)
{
    int percent = coverage_percent(coverage);
    if (percent >= min)
        return;
    talk("%d%% is below the %d%% asked for", percent, min);
    call->findings = true;
}

enum err_code test_run(struct call *call)
{
    struct findings findings;
    struct scenario_run run;
    struct coverage *coverage = NULL;
    int min;
    enum err_code rc = covered_min(call, &min);
    if (!rc)
        rc = findings_open(call, call->args[0], &findings);
    if (rc)
        return rc;
    rc = findings_demand(call, &findings);
    if (!rc && (call_flag(call, "coverage") || call_flag(call, "min")))
        coverage = coverage_begin(findings.arena, findings.rules);
    if (!rc)
        rc = played_run(call, &findings, &call->args[1], call->arg_count - 1, coverage, &run);
    if (!rc && call->arg_count > 1 && !run.played.count)
        rc = no_such(call, &findings);
    if (!rc && !run.played.count)
        talk("'%s' has no scenarios: add some under scenarios/", call->args[0]);
    if (!rc && coverage)
        coverage_end(coverage);
    if (!rc && call->json)
        test_json(call, &run, coverage);
    else if (!rc)
        test_text(call, &run, coverage);
    call->findings = !rc && run.failed > 0;
    if (!rc && coverage)
        judge(call, coverage, min);
    findings_close(&findings);
    return rc;
}
