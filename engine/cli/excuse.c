/* SPDX-License-Identifier: MIT */
#include "engine/cli/act.h"

#include "engine/cli/commands.h"

enum err_code excuse_run(struct call *call)
{
    struct act act;
    enum err_code rc = act_begin(call, EVENT_EXCUSE, &act);
    if (rc)
        return rc;
    const struct excuse *rule = process_excuse(act.before.process, call->args[2]);
    act.request.event.name = call->args[1];
    act.request.event.act = call->args[2];
    rc = act_who(&act, rule ? &rule->by : NULL);
    return rc ? rc : act_finish(&act);
}
