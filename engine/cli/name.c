/* SPDX-License-Identifier: MIT */
#include "engine/cli/act.h"

#include "engine/cli/commands.h"
#include "engine/run/lookup.h"

#include <string.h>

enum { NAME_BYTES_MAX = 200 };

/* Somebody with an address gets the role's work and its messages; a name alone is kept as text. */
static enum err_code find_person(struct act *act, const char *who)
{
    struct event *event = &act->request.event;
    if (strlen(who) > NAME_BYTES_MAX)
        return err_set(&act->call->err, ERR_LIMIT, "the name is longer than %d bytes",
                       NAME_BYTES_MAX);
    event->by = who;
    if (!strchr(who, '@'))
        return ERR_NONE;
    return lookup_person(act->call->world, who, act->call->arena, &event->person, &act->call->err);
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
    return rc ? rc : act_finish(&act);
}
