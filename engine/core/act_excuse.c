/* SPDX-License-Identifier: MIT */
#include "engine/core/act.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/access.h"
#include "engine/core/clock_date.h"
#include "engine/core/evidence.h"

static enum err_code check_ground(struct draft *d, const struct deadline *rule,
                                  const struct excuse *excuse)
{
    const struct event *event = d->in->event;
    const char *title = text_or(rule->title, rule->name);
    const char *ground = text_or(excuse->title, excuse->name);
    if (!names_have(&rule->excused_by, excuse->name)) {
        err_set(d->err, ERR_REFUSED, "'%s' does not excuse '%s'", ground, title);
        struct buf grounds = buf_in(d->arena);
        for (size_t i = 0; i < rule->excused_by.count; i++)
            buf_printf(&grounds, "%s%s", i ? ", " : "", rule->excused_by.at[i]);
        err_hint(d->err, "%s%s", grounds.len ? "grounds for it: " : "nothing excuses it",
                 buf_text(&grounds));
        return ERR_REFUSED;
    }
    enum err_code rc = access_check_names(d, &excuse->by, ground);
    if (rc)
        return rc;
    if (!event->why || !*event->why)
        return err_set(d->err, ERR_INPUT, "why '%s' is excused is missing", title);
    if (excuse->proof && !event->file) {
        err_set(d->err, ERR_INPUT, "the document that proves the ground '%s' is missing",
                text_or(excuse->title, excuse->name));
        err_hint(d->err, "hand the file in with it");
        return ERR_INPUT;
    }
    rc = evidence_check(d, &excuse->files, arena_printf(d->arena, "the ground '%s'", ground));
    if (rc)
        return rc;
    struct answer answer = { .truth = TRUTH_YES };
    if (draft_in_force(d, excuse->in_force, NULL, true) != TRUTH_YES)
        return draft_verdict(d, ground);
    rc = excuse->only_if ? draft_ask(d, excuse->only_if, &answer) : ERR_NONE;
    if (rc || answer.truth == TRUTH_YES)
        return rc;
    if (answer.truth == TRUTH_UNKNOWN)
        draft_lacks(d, "'%s' is not known", answer.why ? draft_field_label(d, answer.why)
                                                       : "what the ground asks");
    else
        draft_lacks(d, "%s", answer.why ? answer.why : "the ground is not open in this case");
    return draft_verdict(d, ground);
}

static enum err_code excuse_clock(struct draft *d)
{
    const struct event *event = d->in->event;
    const struct deadline *rule = clock_rule(d->arena, d->process, &d->file, event->name);
    const struct excuse *excuse = event->act ? process_excuse(d->process, event->act) : NULL;
    MUST(rule && excuse);
    enum err_code rc = check_ground(d, rule, excuse);
    if (rc)
        return rc;
    const struct clock *old = casefile_clock(&d->file, rule->name);
    const char *title = text_or(rule->title, rule->name);
    if (!old)
        return err_set(d->err, ERR_REFUSED, "'%s' has no date yet that could be excused", title);
    if (!clock_open(old))
        return err_set(d->err, ERR_REFUSED, "'%s' is already %s", title,
                       clock_status_name(old->status));
    struct clock clock = *old;
    clock.status = CLOCK_EXCUSED;
    clock.closed_on = d->on;
    clock.ground = excuse->name;
    clock.why = event->why;
    draft_set_clock(d, &clock);
    return ERR_NONE;
}

enum err_code act_excuse(struct draft *d)
{
    const struct event *event = d->in->event;
    const struct process *process = d->process;
    if (!event->name || !clock_rule(d->arena, process, &d->file, event->name)) {
        const char **names = ARENA_ARRAY(d->arena, const char *, process->deadline_count);
        for (size_t i = 0; i < process->deadline_count; i++)
            names[i] = process->deadlines[i].name;
        return act_unknown(d, "deadline", event->name, names, process->deadline_count);
    }
    if (!event->act || !process_excuse(process, event->act)) {
        const char **names = ARENA_ARRAY(d->arena, const char *, process->excuse_count);
        for (size_t i = 0; i < process->excuse_count; i++)
            names[i] = process->excuses[i].name;
        return act_unknown(d, "ground", event->act, names, process->excuse_count);
    }
    enum err_code rc = act_check_open(d);
    return rc ? rc : excuse_clock(d);
}
