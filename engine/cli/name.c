/* SPDX-License-Identifier: MIT */
#include "engine/cli/act.h"

#include "engine/base/arena.h"
#include "engine/cli/commands.h"
#include "engine/run/lookup.h"
#include "engine/run/people.h"

#include <string.h>

enum { NAME_BYTES_MAX = 200 };

/* A parent stands in no file of people. Who works here does: there an unknown address is rather a
 * wrong one, unless they are given a name with it. */
static enum err_code find_new(struct act *act, const char *email)
{
    struct call *call = act->call;
    const char *named = call_flag(call, "named");
    const struct role *role = model_role(act->before.model, call->args[1]);
    if (role && role->of != ROLE_CASE)
        return ERR_UNKNOWN;
    if (role && role->otherwise && !named) {
        err_hint(&call->err, "people come in by: reeve people import FILE.csv, or give the name: "
                             "--named NAME");
        return ERR_UNKNOWN;
    }
    call->err = (struct err){ 0 };
    if (role) /* Else deciding says that there is no such role. */
        act->added = named ? arena_printf(call->arena, "%s, %s", named, email) : email;
    return ERR_NONE;
}

/* Somebody with an address gets the role's work and its messages; a name alone is kept as text. */
static enum err_code find_person(struct act *act, const char *who)
{
    struct call *call = act->call;
    struct event *event = &act->request.event;
    bool address = strchr(who, '@') != NULL;
    if (strlen(who) > NAME_BYTES_MAX)
        return err_set(&call->err, ERR_LIMIT, "the name is longer than %d bytes", NAME_BYTES_MAX);
    if (!address && call_flag(call, "named")) {
        err_set(&call->err, ERR_USAGE, "--named goes with an e-mail address, not with '%s'", who);
        err_hint(&call->err, "give the address first, or the name alone");
        return ERR_USAGE;
    }
    event->by = who;
    if (!address)
        return ERR_NONE;
    enum err_code rc = lookup_person(call->world, who, call->arena, &event->person, &call->err);
    return rc == ERR_UNKNOWN ? find_new(act, who) : rc;
}

/* Adding and naming, both or neither. */
static enum err_code add_and_name(struct act *act)
{
    struct call *call = act->call;
    const char *email = call->args[2], *named = call_flag(call, "named");
    struct err *err = &act->turned.err;
    enum err_code rc = store_begin(call->store, err);
    if (rc)
        return rc;
    world_begin(call->world);
    rc = people_add(call->world, email, named ? named : email, call->arena,
                    &act->request.event.person, err);
    if (!rc)
        rc = turn(call->world, &act->request, call->arena, &act->turned);
    if (!rc)
        return store_commit(call->store, &act->turned.err);
    store_rollback(call->store);
    world_rolled_back(call->world);
    return rc;
}

enum err_code name_run(struct call *call)
{
    struct act act;
    enum err_code rc = act_begin(call, EVENT_NAME, &act);
    if (!rc)
        rc = find_person(&act, call->args[2]);
    if (rc)
        return rc;
    struct names who = act_authority(&act);
    act.request.event.name = call->args[1];
    rc = act_who(&act, &who);
    if (rc)
        return rc;
    return act.added ? act_answer(&act, add_and_name(&act)) : act_finish(&act);
}
