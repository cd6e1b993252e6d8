/* SPDX-License-Identifier: MIT */
/* effects - what an event or a state does besides (`then`). Private to engine/core. */
#ifndef ENGINE_CORE_EFFECTS_H
#define ENGINE_CORE_EFFECTS_H

#include "engine/core/draft.h"

MUST_CHECK enum err_code effects_apply(struct draft *d, const struct effects *then);

/* Enters a state on d->on, with what it does. */
MUST_CHECK enum err_code effects_enter(struct draft *d, const struct state *state);

#endif
