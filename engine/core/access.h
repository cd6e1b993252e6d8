/* SPDX-License-Identifier: MIT */
/* access - who may do what, by role. Private to engine/core. */
#ifndef ENGINE_CORE_ACCESS_H
#define ENGINE_CORE_ACCESS_H

#include "engine/core/draft.h"

/* A role's title, or its name. */
const char *access_title(const struct model *model, const char *role);
/* "SENCO, Head teacher or SEND officer". */
const char *access_titles(struct arena *arena, const struct model *model,
                          const struct names *roles);

/* Whether the role has any part in the process: may open it, do an event, hold an item... */
bool access_takes_part(const struct process *process, const char *role);
bool access_is_authority(const struct model *model, const char *role);

bool access_event(const struct event_rule *rule, const struct event *event);
/* ERR_FORBIDDEN naming those who may. */
MUST_CHECK enum err_code access_check_event(struct draft *d, const struct event_rule *rule);
/* Whoever takes part in the process, or works for the authority. */
MUST_CHECK enum err_code access_check_part(struct draft *d, const char *doing);
/* Whoever holds the item, does an event that needs its list, or works for the authority. */
MUST_CHECK enum err_code access_check_item(struct draft *d, const struct checklist *list,
                                           const char *item, const char *by);
MUST_CHECK enum err_code access_check_names(struct draft *d, const struct names *by,
                                            const char *doing);

#endif
