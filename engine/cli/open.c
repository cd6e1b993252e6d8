/* SPDX-License-Identifier: MIT */
#include "engine/cli/act.h"
#include "engine/cli/commands.h"
#include "engine/cli/facts.h"

enum err_code open_run(struct call *call)
{
    struct act act;
    const struct model *model;
    const struct process *process;
    enum err_code rc = act_begin_open(call, &act, &model, &process);
    if (!rc)
        rc = facts_given(call, 1, &act.request.event);
    if (!rc)
        rc = act_who(&act, process ? &process->open_by : NULL);
    return rc ? rc : act_finish(&act);
}
