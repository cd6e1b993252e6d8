/* SPDX-License-Identifier: MIT */
#include "engine/cli/act.h"

#include "engine/cli/commands.h"

static const char *const answers[] = { "given", "refused", "withdrawn", "discuss" };
static const char *const ways[] = { "paper", "link", "telephone" };

static enum err_code check_word(struct call *call, const char *word, const char *const *words,
                                size_t count, const char *wanted)
{
    if (text_in(word, words, count))
        return ERR_NONE;
    const char *near = text_nearest(word, words, count);
    err_set(&call->err, ERR_USAGE, "'%s' is not %s", word, wanted);
    if (near)
        err_hint(&call->err, "did you mean '%s'?", near);
    return ERR_USAGE;
}

enum err_code consent_run(struct call *call)
{
    struct act act;
    const char *how = call_flag(call, "how");
    enum err_code rc = check_word(call, call->args[2], answers, 4,
                                  "an answer: given, refused, withdrawn or discuss");
    if (!rc && how)
        rc = check_word(call, how, ways, 3, "a way: paper, link or telephone");
    if (!rc && (!call_flag(call, "by") || !how)) {
        err_set(&call->err, ERR_USAGE, "who answered, and how, goes on record");
        err_hint(&call->err, "add --by NAME and --how paper, link or telephone");
        rc = ERR_USAGE;
    }
    if (!rc)
        rc = act_begin(call, EVENT_CONSENT, &act);
    if (rc)
        return rc;
    const struct consent_rule *rule = process_consent(act.before.process, call->args[1]);
    struct event *event = &act.request.event;
    event->name = call->args[1];
    event->act = call->args[2];
    event->by = call_flag(call, "by");
    event->how = how;
    struct names who = rule ? (struct names){ &rule->from, 1 } : (struct names){ NULL, 0 };
    rc = act_who(&act, &who);
    return rc ? rc : act_finish(&act);
}
