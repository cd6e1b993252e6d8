/* SPDX-License-Identifier: MIT */
/* effects - what an event or a state does besides (`then`). Private to engine/core. */
#ifndef ENGINE_CORE_EFFECTS_H
#define ENGINE_CORE_EFFECTS_H

#include "engine/core/draft.h"

/* Does them in their order. ERR_SCRIPT: a value could not be worked out. ERR_INPUT: what is set
 * does not fit its field. */
MUST_CHECK enum err_code effects_apply(struct draft *d, const struct effects *then);

/* What one of our names is worth: a field in force (*field; else NULL), an event's latest date, a
 * state's entry, `opened`. */
struct value effects_value(const struct draft *d, const char *name, const struct field **field);

/* Opens a case of `process` on d->on: it leaves with the outcome, and is linked as a child. */
void effects_open(struct draft *d, const char *process, const struct given *given, size_t count);

/* Enters a state on d->on, with what it does. Errors as above. */
MUST_CHECK enum err_code effects_enter(struct draft *d, const struct state *state);

#endif
