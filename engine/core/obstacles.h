/* SPDX-License-Identifier: MIT */
/* obstacles - what stands in the way of an event, all of it at once.
 *
 * Deciding and the page that shows why a button is closed ask the same.
 * Private to engine/core.
 */
#ifndef ENGINE_CORE_OBSTACLES_H
#define ENGINE_CORE_OBSTACLES_H

#include "engine/core/draft.h"

/* Notes all that is missing for `rule` on d->on, the values given being read: asks, only_if,
 * refused_if, needs, not_before. ERR_REFUSED with all of it, ERR_INPUT (a value out of bounds),
 * ERR_SCRIPT. */
MUST_CHECK enum err_code obstacles_event(struct draft *d, const struct event_rule *rule);

/* The same for opening a case, which needs nothing and has no earliest day. */
MUST_CHECK enum err_code obstacles_open(struct draft *d);

/* Fills d->on from the field an event is dated by; notes it when it is not known.
 * ERR_INPUT: it is not over yet. */
MUST_CHECK enum err_code obstacles_dated(struct draft *d, const struct event_rule *rule);

#endif
