/* SPDX-License-Identifier: MIT */
#include "engine/cli/commands.h"

#include "engine/base/arena.h"
#include "engine/cli/caseview.h"
#include "engine/cli/progress.h"
#include "engine/cli/say.h"
#include "engine/cli/service.h"
#include "engine/run/clock.h"

struct hearing {
    struct progress progress;
    int64_t most;        /* The most cases that were ever left: the whole of it. */
};

static void hear(void *self, int64_t events_done, int64_t cases_left)
{
    struct hearing *hearing = self;
    (void)events_done;
    if (cases_left > hearing->most)
        hearing->most = cases_left;
    progress_say(&hearing->progress, hearing->most - cases_left, hearing->most);
}

static enum err_code pretend(struct call *call)
{
    const char *text = call_flag(call, "now");
    int64_t now_ms;
    if (!text)
        return ERR_NONE;
    if (clock_parse(text, NULL, &now_ms, &call->err)) {
        err_wrap(&call->err, "--now");
        return call->err.code = ERR_USAGE;
    }
    clock_pretend(now_ms);
    return ERR_NONE;
}

static void say_figures(struct call *call, const struct service_figures *figures)
{
    if (call->json) {
        struct json *json = json_new(call->arena, JSON_MAP);
        json_put(call->arena, json, "events", json_new_int(call->arena, figures->events));
        json_put(call->arena, json, "refused", json_new_int(call->arena, figures->refused));
        json_put(call->arena, json, "messages", json_new_int(call->arena, figures->messages_made));
        json_put(call->arena, json, "sent", json_new_int(call->arena, figures->sent));
        json_put(call->arena, json, "mail_refused",
                 json_new_int(call->arena, figures->mail_refused));
        json_put(call->arena, json, "mail_waiting",
                 json_new_int(call->arena, figures->mail_waiting));
        say_json(call, json);
        return;
    }
    say(call, "%s of the clock, %s made, %lld sent",
        counted(call, figures->events, "event", "events"),
        counted(call, figures->messages_made, "message", "messages"), (long long)figures->sent);
    if (figures->mail_refused)
        say(call, ", " RED "%lld refused" OFF, (long long)figures->mail_refused);
    if (figures->mail_waiting)
        say(call, ", " YELLOW "%lld waiting" OFF, (long long)figures->mail_waiting);
    say(call, "\n");
    if (figures->refused)
        talk("%s could not be decided: reeve case says why",
             counted(call, figures->refused, "event", "events"));
}

enum err_code tick_run(struct call *call)
{
    struct service_settings settings;
    struct service_figures figures = { 0 };
    struct hearing hearing = { .progress = progress_begin("Catching up") };
    enum err_code rc = pretend(call);
    if (!rc)
        rc = service_settings(call, &settings);
    if (rc)
        return rc;
    settings.once = true;
    settings.progress = hear;
    settings.self = &hearing;
    rc = service_run(&settings, &figures, &call->err);
    call->cannot = rc == ERR_UNKNOWN; /* No database. */
    progress_end(&hearing.progress);
    if (!rc)
        say_figures(call, &figures);
    return rc;
}
