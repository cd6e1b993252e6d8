/* SPDX-License-Identifier: MIT */
#include "engine/run/verify.h"

#include "engine/base/arena.h"
#include "engine/cli/caseview.h"
#include "engine/cli/commands.h"
#include "engine/cli/progress.h"
#include "engine/cli/say.h"

struct hearing {
    struct call *call;
    struct progress progress;
    struct json *wrong;
};

static void hear_wrong(void *self, const char *ref, const char *text)
{
    struct hearing *hearing = self;
    struct call *call = hearing->call;
    struct json *json = json_new(call->arena, JSON_MAP);
    json_put(call->arena, json, "ref", json_words(call->arena, arena_text(call->arena, ref)));
    json_put(call->arena, json, "text", json_words(call->arena, arena_text(call->arena, text)));
    json_add(hearing->wrong, json);
    progress_end(&hearing->progress);
    if (!call->json)
        say(call, RED "%s" OFF "%s%s\n", ref ? ref : "", ref ? ": " : "", text);
}

static void hear_progress(void *self, int64_t done, int64_t all)
{
    progress_say(&((struct hearing *)self)->progress, done, all);
}

static void say_figures(struct call *call, const struct verify_figures *figures,
                        struct json *wrong)
{
    if (!call->json) {
        say(call, "%s%s, %s, %lld decided again, %s%s%s: %lld wrong" OFF "\n",
            figures->wrong ? RED : GREEN, counted(call, figures->cases, "case", "cases"),
            counted(call, figures->events, "event", "events"), (long long)figures->redecided,
            figures->files ? counted(call, figures->files, "file", "files") : "",
            figures->files ? ", " : "", counted(call, figures->seals, "seal", "seals"),
            (long long)figures->wrong);
        return;
    }
    struct json *json = json_new(call->arena, JSON_MAP);
    json_put(call->arena, json, "cases", json_new_int(call->arena, figures->cases));
    json_put(call->arena, json, "events", json_new_int(call->arena, figures->events));
    json_put(call->arena, json, "redecided", json_new_int(call->arena, figures->redecided));
    json_put(call->arena, json, "files", json_new_int(call->arena, figures->files));
    json_put(call->arena, json, "seals", json_new_int(call->arena, figures->seals));
    json_put(call->arena, json, "wrong", json_new_int(call->arena, figures->wrong));
    json_put(call->arena, json, "differences", wrong);
    say_json(call, json);
}

enum err_code verify_run(struct call *call)
{
    struct hearing hearing = { call, progress_begin("Checking cases"),
                               json_new(call->arena, JSON_LIST) };
    struct verify_figures figures;
    enum err_code rc = database_open(call, STORE_READ);
    if (!rc)
        rc = verify_all(call->world, &hearing, hear_wrong, hear_progress, &figures, &call->err);
    progress_end(&hearing.progress);
    if (rc)
        return rc;
    call->findings = figures.wrong > 0;
    say_figures(call, &figures, hearing.wrong);
    return ERR_NONE;
}
