/* SPDX-License-Identifier: MIT */
/* A clock that its own event sets going and meets in one: it is over as soon as it begins. */
#include "rules/lint.h"

#include "engine/base/text.h"

static bool counts_from(const struct moment *moment, const char *field)
{
    if (!moment)
        return false;
    if (moment->kind == MOMENT_ANCHOR && moment->anchor.kind == ANCHOR_FIELD &&
        text_same(moment->anchor.name, field))
        return true;
    for (size_t i = 0; i < moment->part_count; i++)
        if (counts_from(moment->parts[i], field))
            return true;
    return counts_from(moment->base, field) || counts_from(moment->after, field);
}

static bool meets(const struct deadline *clock, const char *event)
{
    for (size_t i = 0; i < clock->met_count; i++)
        if (clock->met_by[i].kind == MET_EVENT && text_same(clock->met_by[i].name, event))
            return true;
    return false;
}

/* A field that says when the event itself happened is not the day of the next. */
static const char *asked_by(const struct deadline *clock, const struct event_rule *event)
{
    for (size_t i = 0; i < event->ask_count; i++)
        if (!text_same(event->asks[i].field, event->dated) && meets(clock, event->name) &&
            counts_from(clock->due, event->asks[i].field))
            return event->asks[i].field;
    return NULL;
}

void lint_met(const struct lint *l)
{
    const struct process *process = l->process;

    for (size_t i = 0; i < process->deadline_count; i++) {
        const struct deadline *clock = &process->deadlines[i];
        for (size_t j = 0; j < process->event_count; j++) {
            const char *field = asked_by(clock, &process->events[j]);
            if (!field)
                continue;
            lint_warn(l, "R023", clock->span, clock->name,
                      "'%s' asks '%s', from which '%s' is counted, and meets it",
                      process->events[j].name, field, clock->name);
            break;
        }
    }
}
