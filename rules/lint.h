/* SPDX-License-Identifier: MIT */
/* lint - the parts of pack_lint() that stand in files of their own. */
#ifndef RULES_LINT_H
#define RULES_LINT_H

#include "rules/pack.h"

/* The place of a state in its process; state_count: there is none of that name. `name` may be NULL.
 */
size_t lint_state(const struct process *process, const char *name);

/* Searches a day on which a local date comes out later than the law's, or a least date earlier,
 * and names both (F001). */
void lint_floor(const struct pack *pack, const struct process *process, struct diags *diags);

/* Clocks of the law on an event that can happen again, and do not say which time (R022). */
void lint_repeats(struct arena *arena, const struct process *process, struct diags *diags);

/* Clocks that one event both sets, by a field it asks, and meets (R023). */
void lint_met(const struct process *process, struct diags *diags);

/* Signals that bring each other about (R020). */
void lint_signals(struct arena *arena, const struct model *model, struct diags *diags);

/* Schedules of which the calendar knows no day (C010). */
void lint_schedules(const struct pack *pack, struct diags *diags);

#endif
