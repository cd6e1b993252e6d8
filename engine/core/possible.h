/* SPDX-License-Identifier: MIT */
/* possible - what may be done with a case now, by one role, and why not.
 *
 * For the page that shows a closed button with its reason, and for `case`: it
 * asks what deciding asks, without doing anything.
 */
#ifndef ENGINE_CORE_POSSIBLE_H
#define ENGINE_CORE_POSSIBLE_H

#include "engine/core/decide.h"

struct possible_event {
    const struct event_rule *rule;
    bool allowed;        /* This role may do it. */
    bool refused;        /* Something stands in its way, whoever does it. */
    const char *why;     /* All of it, or NULL: "'Risk assessment' is missing; ..." */
};

/* The events of the case's state that people do, in the order of the rules; those that only the
 * clock or another case brings about are left out. Takes today, minute, on and role from
 * in->event, whose kind and name do not matter. What the event itself would ask is not counted as
 * missing. `in` is borrowed, *out lives in `arena`. */
size_t possible(const struct decide_in *in, struct arena *arena, struct possible_event **out);

#endif
