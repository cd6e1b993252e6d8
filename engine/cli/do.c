/* SPDX-License-Identifier: MIT */
#include "engine/cli/act.h"
#include "engine/cli/commands.h"
#include "engine/cli/facts.h"

static enum err_code run(struct call *call, bool what_if)
{
    struct act act;
    enum err_code rc = act_begin(call, EVENT_DO, &act);
    if (rc)
        return rc;
    const char *name = call->args[1];
    const struct event_rule *rule = process_event(act.before.process, act.before.file->state, name);
    if (!rule) /* Deciding says why it is not possible here; it needs a role to say it to. */
        rule = process_event_any(act.before.process, name);
    act.request.event.name = name;
    act.request.what_if = what_if;
    rc = facts_given(call, 2, &act.request.event);
    if (!rc)
        rc = act_who(&act, rule ? &rule->by : NULL);
    return rc ? rc : act_finish(&act);
}

enum err_code do_run(struct call *call)
{
    return run(call, false);
}

enum err_code what_if_run(struct call *call)
{
    return run(call, true);
}
