/* SPDX-License-Identifier: MIT */
#include "engine/cli/act.h"
#include "engine/cli/commands.h"
#include "engine/cli/facts.h"
#include "engine/run/lookup.h"

/* With a wrong number the reminders of all its desks would go to nobody. */
static enum err_code check_school(struct call *call, int64_t urn)
{
    if (!urn || lookup_school(call->world, urn, call->arena))
        return ERR_NONE;
    err_set(&call->err, ERR_UNKNOWN, "there is no school with URN '%lld'", (long long)urn);
    err_hint(&call->err, "schools come in by: reeve schools import FILE.csv");
    return ERR_UNKNOWN;
}

enum err_code open_run(struct call *call)
{
    struct act act;
    const struct model *model;
    const struct process *process;
    enum err_code rc = act_begin_open(call, &act, &model, &process);
    if (!rc)
        rc = facts_given(call, 1, &act.request.event);
    if (!rc)
        rc = facts_urn(call, "school", &act.request.event.school);
    if (!rc)
        rc = check_school(call, act.request.event.school);
    if (!rc)
        rc = act_who(&act, process ? &process->open_by : NULL);
    return rc ? rc : act_finish(&act);
}
