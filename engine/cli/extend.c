/* SPDX-License-Identifier: MIT */
#include "engine/base/arena.h"
#include "engine/cli/act.h"
#include "engine/cli/commands.h"
#include "engine/core/clock_date.h"

static enum err_code draw(struct call *call, enum event_kind kind, struct act *act,
                          const struct names **by)
{
    enum err_code rc = act_begin(call, kind, act);
    if (rc)
        return rc;
    const struct excuse *ground = process_excuse(act->before.process, call->args[2]);
    act->request.event.name = call->args[1];
    act->request.event.act = call->args[2];
    *by = ground ? &ground->by : NULL;
    return ERR_NONE;
}

enum err_code extend_run(struct call *call)
{
    struct act act;
    const struct names *by;
    enum err_code rc = draw(call, EVENT_EXTEND, &act, &by);
    if (rc)
        return rc;
    const struct deadline *rule =
        clock_rule(call->arena, act.before.process, act.before.file, call->args[1]);
    const char *to = call_flag(call, "to");
    struct given *given = ARENA_NEW(call->arena, struct given);
    if (rule && rule->extends && rule->extends->by.count)
        by = &rule->extends->by;
    if (to) {
        *given = (struct given){ "to", json_new_text(call->arena, to) };
        act.request.event.given = given;
        act.request.event.given_count = 1;
    }
    rc = act_who(&act, by);
    return rc ? rc : act_finish(&act);
}

enum err_code late_run(struct call *call)
{
    struct act act;
    const struct names *by;
    enum err_code rc = draw(call, EVENT_LATE, &act, &by);
    if (!rc)
        rc = act_who(&act, by);
    return rc ? rc : act_finish(&act);
}
