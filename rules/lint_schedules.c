/* SPDX-License-Identifier: MIT */
#include "rules/lint.h"

#include "engine/when/round.h"

/* One in all that the calendar knows, or within two years of its first day. */
static bool reached(const struct pack *pack, const struct process *process,
                    const struct calendar *calendar)
{
    const struct when_in in = { .calendar = calendar,
                                .notice_ordinary = pack->model->notice_ordinary };
    struct round_out round;

    for (day from = calendar->known_from - 1; from <= calendar->known_until;
         from += ROUND_OFFSET_MAX) {
        round_next(&in, process->schedule->opens, from, &round);
        if (round.known)
            return true;
    }
    return false;
}

void lint_schedules(const struct lint *l)
{
    for (size_t i = 0; i < l->model->process_count; i++) {
        const struct process *process = &l->model->processes[i];
        const struct calendar *calendar =
            process->schedule ? calendar_find(l->pack->calendars, process->calendar) : NULL;
        if (!calendar || reached(l->pack, process, calendar))
            continue;
        diag_about(l->diags,
                   diag_warning(l->diags, "C010", process->schedule->opens->span,
                                "the calendar '%s' has no day for '%s': nothing will open",
                                calendar->name, process->schedule->opens->text),
                   "%s.schedule", process->name);
    }
}
