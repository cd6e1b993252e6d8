/* SPDX-License-Identifier: MIT */
/* access - who may do what, by role. Private to engine/core. */
#ifndef ENGINE_CORE_ACCESS_H
#define ENGINE_CORE_ACCESS_H

#include "engine/core/draft.h"

/* A role's title, or its name; "nobody" for NULL. */
const char *access_title(const struct model *model, const char *role);

/* The roles of people that may do an event: its `by` but for the clock and other cases. */
struct names access_people(struct arena *arena, const struct event_rule *rule);

/* Whether whoever comes with `event` may do what `rule` describes. */
bool access_event(const struct event_rule *rule, const struct event *event);

/* The checks are ERR_FORBIDDEN, naming those who may. `doing` is what it is called for people. */
MUST_CHECK enum err_code access_check_event(struct draft *d, const struct event_rule *rule);
/* Whoever takes part in the process (may open it, do an event, hold an item...), or works for the
 * authority. */
MUST_CHECK enum err_code access_check_part(struct draft *d, const char *doing);
/* Whoever holds the item, does an event that needs its list, or works for the authority. */
MUST_CHECK enum err_code access_check_item(struct draft *d, const struct checklist *list,
                                           const char *item, const char *by);
/* Whoever is named. */
MUST_CHECK enum err_code access_check_names(struct draft *d, const struct names *by,
                                            const char *doing);

#endif
