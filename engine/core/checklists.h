/* SPDX-License-Identifier: MIT */
/* checklists - what is on a list, and whether enough of it is there. Private to engine/core. */
#ifndef ENGINE_CORE_CHECKLISTS_H
#define ENGINE_CORE_CHECKLISTS_H

#include "engine/core/draft.h"

struct list_item {
    const char *name;              /* Within its list. */
    const char *full;              /* "advice.school" */
    const char *title, *by;
    const struct item_rule *rule;  /* Of one added to the case: the list's rule for more. */
    const struct item *entry;      /* NULL: nothing happened to it. */
    bool added;
};

/* All items of a list, in the order of the rules, then those added to this case. */
size_t checklists_items(const struct draft *d, const struct checklist *list,
                        struct list_item **out);
/* False: there is no such item. */
bool checklists_find(const struct draft *d, const struct checklist *list, const char *name,
                     struct list_item *out);

bool checklists_is_done(const struct list_item *item); /* Done, or not applicable. */

/* Whether enough of the list is there. `say`: notes everything that is missing, by title.
 * ERR_SCRIPT: a condition failed; so below. */
MUST_CHECK enum err_code checklists_enough(struct draft *d, const struct checklist *list, bool say,
                                           bool *enough);
/* Whether one item is there or does not apply; notes it if it is missing. */
MUST_CHECK enum err_code checklists_need_item(struct draft *d, const struct list_item *item);

/* The day the last of it was done; DAY_NONE: nothing was. `some`: at least one item was done or
 * said not to apply. */
day checklists_done_on(const struct draft *d, const struct checklist *list, bool *some);

#endif
