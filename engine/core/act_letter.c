/* SPDX-License-Identifier: MIT */
/* act_letter - a letter that was written left the house. That may be after the case was closed: its
 * last event is often a decision that is told by letter. */
#include "engine/core/act.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/access.h"

static enum err_code no_letter(struct draft *d, const char *name)
{
    const char **names = ARENA_ARRAY(d->arena, const char *, d->file.in.letters.count);
    for (size_t i = 0; i < d->file.in.letters.count; i++)
        names[i] = d->file.in.letters.at[i].name;
    return act_unknown(d, "letter", name, names, d->file.in.letters.count);
}

enum err_code act_letter(struct draft *d)
{
    const struct event *event = d->in->event;
    const struct letter_entry *old =
        event->name ? casefile_letter(&d->file, event->name) : NULL;
    if (!old)
        return no_letter(d, event->name);
    if (event->role && model_role(d->in->model, event->role)) {
        enum err_code rc = access_check_part(d, old->name);
        if (rc)
            return rc;
    }
    if (d->on < old->made)
        return err_set(d->err, ERR_INPUT, "%s is before the letter was written on %s",
                       draft_day(d, d->on), draft_day(d, old->made));
    if (old->sent != DAY_NONE && !(event->why && *event->why)) {
        err_set(d->err, ERR_REFUSED, "'%s' was sent on %s", old->name, draft_day(d, old->sent));
        err_hint(d->err, "to put that date right, say why: --why TEXT");
        return ERR_REFUSED;
    }
    struct letter_entry letter = *old;
    letter.sent = d->on;
    letter.why = event->why && *event->why ? event->why : NULL;
    draft_set_letter(d, &letter);
    return ERR_NONE;
}
