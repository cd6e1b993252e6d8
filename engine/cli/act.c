/* SPDX-License-Identifier: MIT */
#include "engine/cli/act.h"

#include "engine/base/arena.h"
#include "engine/cli/facts.h"
#include "engine/run/clock.h"
#include "engine/run/lookup.h"
#include "engine/run/people.h"

#include <string.h>

static enum err_code begin(struct call *call, enum event_kind kind, struct act *act)
{
    *act = (struct act){ .call = call };
    act->request.event.kind = kind;
    enum err_code rc = facts_common(call, &act->request.event, &act->request.file);
    if (!rc)
        rc = database_open(call, STORE_WRITE);
    act->request.now_ms = clock_now_ms();
    act->request.now_minute = clock_local(act->request.now_ms, NULL);
    return rc;
}

enum err_code act_begin(struct call *call, enum event_kind kind, struct act *act)
{
    enum err_code rc = begin(call, kind, act);
    if (!rc)
        rc = caseview_find(call, call->args[0], &act->before);
    if (!rc)
        act->request.case_id = act->before.file->id;
    return rc;
}

/* With a wrong number the reminders of all its desks would go to nobody. */
static enum err_code find_school(struct call *call, int64_t *urn)
{
    enum err_code rc = facts_urn(call, "school", urn);
    if (rc || !*urn || lookup_school(call->world, *urn, call->arena))
        return rc;
    err_set(&call->err, ERR_UNKNOWN, "there is no school with URN '%lld'", (long long)*urn);
    err_hint(&call->err, "schools come in by: reeve schools import FILE.csv");
    return ERR_UNKNOWN;
}

/* Which rules a new case gets may be worked out for the first time today, which is a row. */
enum err_code act_begin_open(struct call *call, struct act *act, const struct model **model,
                             const struct process **process)
{
    const struct ruleset *ruleset;
    enum err_code rc = begin(call, EVENT_OPEN, act);
    if (!rc)
        rc = find_school(call, &act->request.event.school);
    if (!rc)
        rc = store_begin(call->store, &call->err);
    if (rc)
        return rc;
    rc = world_ruleset_new(call->world, call->args[0], minute_day(act->request.now_minute),
                           &ruleset, &call->err);
    if (rc) {
        store_rollback(call->store);
        world_rolled_back(call->world);
        return rc;
    }
    rc = store_commit(call->store, &call->err);
    if (rc)
        return rc;
    const char *slash = strchr(call->args[0], '/');
    *model = ruleset->rules->pack->model;
    *process = model_process(*model, slash ? slash + 1 : call->args[0]);
    act->request.event.name = call->args[0];
    act->before.model = *model;
    return ERR_NONE;
}

enum err_code act_who(struct act *act, const struct names *by)
{
    return people_who(act->call->world, act->before.model, call_flag(act->call, "as"), by,
                      act->before.file, act->call->arena, &act->request.event, &act->call->err);
}

struct names act_authority(struct act *act)
{
    const struct model *model = act->before.model;
    const char **at = ARENA_ARRAY(act->call->arena, const char *, model->role_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < model->role_count; i++)
        if (model->roles[i].of == ROLE_AUTHORITY)
            at[count++] = model->roles[i].name;
    return (struct names){ at, count };
}

enum err_code act_answer(struct act *act, enum err_code rc)
{
    if (!rc)
        return answer_say(act);
    act->call->err = act->turned.err;
    act->call->err.code = rc;
    return rc;
}

enum err_code act_finish(struct act *act)
{
    struct call *call = act->call;
    return act_answer(act, turn_once(call->world, &act->request, call->arena, &act->turned));
}
