/* SPDX-License-Identifier: MIT */
#include "engine/cli/act.h"

#include "engine/base/arena.h"
#include "engine/cli/commands.h"
#include "engine/cli/facts.h"

#include <string.h>

static const char *const acts[] = { "asked", "done", "undone", "na", "add" };

/* Whose item it is: its own role, who the case says, or who may add to the list. */
static const char *item_by(const struct caseview *view, const char *name, bool adds)
{
    size_t len = strcspn(name, ".");
    const struct checklist *list =
        process_checklist(view->process, arena_text_n(view->arena, name, len));
    if (!list || adds)
        return list ? list->more_by : NULL;
    const char *word = name[len] ? name + len + 1 : "";
    const struct item *entry = casefile_item(view->file, list->name, word);
    if (entry && entry->by)
        return entry->by;
    const struct item_rule *rule = checklist_item(list, word);
    return rule ? rule->by : NULL;
}

static enum err_code check_act(struct call *call, bool *adds)
{
    const char *act = call->args[2];
    *adds = strcmp(act, "add") == 0;
    if (!text_in(act, acts, sizeof acts / sizeof *acts)) {
        const char *near = text_nearest(act, acts, sizeof acts / sizeof *acts);
        err_set(&call->err, ERR_USAGE, "an item is asked, done, undone or na, or added: not '%s'",
                act);
        if (near)
            err_hint(&call->err, "did you mean '%s'?", near);
        return ERR_USAGE;
    }
    if (*adds && !call_arg(call, 3))
        return err_set(&call->err, ERR_USAGE, "the title of what to add is missing");
    if (!*adds && call_flag(call, "by"))
        return err_set(&call->err, ERR_USAGE, "--by goes with `add` only");
    return ERR_NONE;
}

enum err_code item_run(struct call *call)
{
    struct act act;
    struct event *event = &act.request.event;
    bool adds;
    enum err_code rc = check_act(call, &adds);
    if (!rc)
        rc = act_begin(call, EVENT_ITEM, &act);
    if (rc)
        return rc;
    event->name = call->args[1];
    event->act = call->args[2];
    if (adds) {
        event->why = call->args[3];
        event->by = call_flag(call, "by");
    }
    rc = facts_given(call, adds ? 4 : 3, event);
    if (rc)
        return rc;
    /* Where the item is nobody's in particular, somebody of the authority stands in. */
    const char *by = item_by(&act.before, event->name, adds);
    struct names who = by ? (struct names){ (const char *const[]){ by }, 1 } : act_authority(&act);
    rc = act_who(&act, &who);
    return rc ? rc : act_finish(&act);
}
