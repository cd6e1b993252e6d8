/* SPDX-License-Identifier: MIT */
#include "engine/core/occasion.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/act.h"
#include "engine/core/effects.h"
#include "engine/core/given_of.h"

#include <string.h>

static size_t copy_all(const struct draft *d, const struct schedule *schedule,
                       const struct given **out)
{
    struct given *given = ARENA_ARRAY(d->arena, struct given, schedule->copy_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < schedule->copy_count; i++) {
        const struct field *field;
        const struct value value = effects_value(d, schedule->copy[i].ours, &field);
        const struct json *json = given_of_value(d->arena, field, &value);
        if (json)
            given[count++] = (struct given){ schedule->copy[i].theirs, json };
    }
    given_sort(given, count);
    *out = given;
    return count;
}

/* After an outage the day lies back: what was opened, or came into the state, only since then does
 * not count. */
static bool stood_then(const struct schedule *schedule, const struct casefile *file, day on)
{
    if (!file->open || !text_same(file->process, schedule->of) || file->opened > on)
        return false;
    if (!schedule->in.count)
        return true;
    const struct happened *entered = casefile_entered(file, file->state);
    return names_have(&schedule->in, file->state) && (!entered || entered->first <= on);
}

enum err_code occasion_wants(const struct decide_in *in, const struct process *opens, day on,
                             struct arena *arena, bool *wanted, const struct given **given,
                             size_t *count, struct err *err)
{
    const struct schedule *schedule = opens->schedule;
    const struct process *process = model_process(in->model, in->file->process);
    *wanted = false;
    if (!process || !stood_then(schedule, in->file, on))
        return ERR_NONE;
    const struct event event = { .kind = EVENT_OCCASION, .name = opens->name, .on = on,
                                 .today = on, .role = "clock" };
    struct decide_in asked = *in;
    struct draft d;
    asked.event = &event;
    draft_begin(&d, &asked, process, arena, err);
    struct answer answer = { .truth = TRUTH_YES };
    enum err_code rc =
        schedule->only_if ? draft_ask(&d, schedule->only_if, &answer) : ERR_NONE;
    if (rc || answer.truth != TRUTH_YES)
        return rc;
    *wanted = true;
    *count = copy_all(&d, schedule, given);
    return ERR_NONE;
}

/* All was worked out when the day came: what is opened, and with what, stands in the event. */
enum err_code act_occasion(struct draft *d)
{
    const struct event *event = d->in->event;
    enum err_code rc = act_check_open(d);
    if (!rc)
        effects_open(d, event->name, event->given, event->given_count);
    return rc;
}
