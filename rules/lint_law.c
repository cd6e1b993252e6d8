/* SPDX-License-Identifier: MIT */
/* What the law sets, and which law is not said. */
#include "rules/lint.h"

void lint_law(const struct lint *l)
{
    const struct process *p = l->process;

    for (size_t i = 0; i < p->deadline_count; i++)
        if (p->deadlines[i].statutory && !p->deadlines[i].law)
            lint_warn(l, "D012", p->deadlines[i].span, p->deadlines[i].name,
                      "'%s' is the law's, and no clause is named", p->deadlines[i].name);
    for (size_t i = 0; i < p->consent_count; i++)
        if (p->consents[i].statutory && !p->consents[i].law)
            lint_warn(l, "D012", p->consents[i].span, p->consents[i].name,
                      "the consent '%s' is the law's, and no clause is named",
                      p->consents[i].name);
    for (size_t i = 0; i < p->event_count; i++) {
        const struct not_before *limit = p->events[i].not_before;
        if (limit && limit->statutory && !limit->law && !p->events[i].law)
            lint_warn(l, "D012", limit->span, p->events[i].name,
                      "the least date of '%s' is the law's, and no clause is named",
                      p->events[i].name);
    }
}
