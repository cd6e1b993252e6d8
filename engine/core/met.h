/* SPDX-License-Identifier: MIT */
/* met - whether a deadline is met, and since when. Private to engine/core. */
#ifndef ENGINE_CORE_MET_H
#define ENGINE_CORE_MET_H

#include "engine/core/draft.h"

struct met_in {
    const struct deadline *rule;
    day since;          /* What the round runs from. */
    int round;
    bool opening;       /* The round begins now: what happened before counts too. */
    bool itself;        /* Out: it was met by the very event it runs from, so it comes round. */
};

/* Whether it is met, and on which day. ERR_SCRIPT: a checklist's `enough` failed. */
MUST_CHECK enum err_code met_on(struct draft *d, struct met_in *in, bool *met, day *on);

/* Whether the deadline runs from something that happens (an event, a state, an item), and so
 * comes round when that happens again; not from a field, which moves. */
bool met_repeats(const struct draft *d, const struct deadline *rule);

/* Whether an item, or its list, meets the deadline. */
bool met_by_item(const struct deadline *rule, const char *list, const char *item);

#endif
