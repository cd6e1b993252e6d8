/* SPDX-License-Identifier: MIT */
/* lint_trial - conditions of one event, asked for all values that could make a difference.
 *
 * Fields are free (the event asks them, or no other condition looks at them) or bound (some values
 * may be gone by the time). Both are counted through on their own: trial_first, trial_next.
 */
#ifndef RULES_LINT_TRIAL_H
#define RULES_LINT_TRIAL_H

#include "rules/lint.h"

enum { TRIAL_VARS_MAX = 8, TRIAL_VALUES_MAX = 24, TRIAL_MOST = 4096 };

/* A field, or an event or state of which is asked only whether it is known. */
struct trial_var {
    const char *name;
    const struct field *field;   /* NULL: an event or a state. */
    bool bound, absent;          /* absent: `known` asks of it, so it is tried without a value. */
    bool read;                   /* Its value is looked at, not only whether there is one. */
    struct value values[TRIAL_VALUES_MAX];
    size_t count, at;
};
struct trial {
    const struct lint *l;
    const struct event_rule *event;
    struct trial_var vars[TRIAL_VARS_MAX];
    size_t count;
    int64_t numbers[TRIAL_VALUES_MAX]; /* Compared with, in ten-thousandths. */
    size_t number_count;
    bool failed;                 /* A script failed: nothing can be said. */
};

struct trial trial_of(const struct lint *l, const struct event_rule *event);
/* Adds what the condition looks at. False: it cannot be gone through, and nothing was added. */
bool trial_add(struct trial *trial, const struct condition *condition);
/* Whether all it looks at is gone through. */
bool trial_covers(const struct trial *trial, const struct condition *condition);
/* Whether it names anything that is gone through. */
bool trial_touches(const struct trial *trial, const struct condition *condition);
/* Finds the values. False: there are too many to go through, or none. */
bool trial_ready(struct trial *trial);
/* Of the free or the bound ones: the first combination, and the next; false: there is no more. */
void trial_first(struct trial *trial, bool bound);
bool trial_next(struct trial *trial, bool bound);
enum truth trial_ask(struct trial *trial, const struct condition *condition);
/* `decision = "amend"` and so on, of all that has a value now. */
const char *trial_text(const struct trial *trial);

#endif
