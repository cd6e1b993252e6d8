/* SPDX-License-Identifier: MIT */
/* Deadlines that never begin, and those that nothing meets. */
#include "rules/lint.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"

/* Why none of what meets it can come; NULL: one can. */
static const char *unmet(const struct lint *l, const struct deadline *clock)
{
    const char *why = NULL;

    for (size_t i = 0; i < clock->met_count; i++) {
        const struct met_by *met = &clock->met_by[i];
        size_t state = lint_state(l->process, met->kind == MET_STATE ? met->name : NULL);
        if (met->kind == MET_EVENT && !lint_happens(l, met->name))
            why = arena_printf(l->arena, "'%s' cannot happen", met->name);
        else if (met->kind == MET_STATE && state < l->process->state_count &&
                 !l->reach.states[state])
            why = arena_printf(l->arena, "no case comes to '%s'", met->name);
        else
            return NULL;
    }
    return why;
}

void lint_deadlines(const struct lint *l)
{
    for (size_t i = 0; i < l->process->deadline_count; i++) {
        const struct deadline *clock = &l->process->deadlines[i];
        const char *never = clock->due ? lint_never(l, clock->due) : NULL;
        const char *why = unmet(l, clock);
        if (!clock->met_count && !clock->right_of)
            lint_warn(l, "R017", clock->span, clock->name, "nothing meets '%s'", clock->name);
        else if (why)
            diag_hint(l->diags,
                      lint_warn(l, "R017", clock->span, clock->name, "nothing meets '%s': %s",
                                clock->name, why),
                      "name what does happen in `met_by`");
        if (never)
            lint_warn(l, "D008", clock->span, clock->name, "'%s' never begins: %s", clock->name,
                      never);
    }
}
