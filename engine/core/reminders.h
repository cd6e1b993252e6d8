/* SPDX-License-Identifier: MIT */
/* reminders - who is told of an open clock and when, and who else once it is late.
 *
 * Found from the clock alone: `told` says up to which minute all is settled. What a pack's script
 * says is asked whenever the clock is reckoned, and kept with it. Private to engine/core.
 */
#ifndef ENGINE_CORE_REMINDERS_H
#define ENGINE_CORE_REMINDERS_H

#include "engine/core/draft.h"

/* The i-th role that is reminded of a clock: those of `to`, else its owner, else whose turn it is.
 * NULL: there are no more. */
const char *reminder_role(const struct decide_in *in, const struct casefile *file,
                          const struct deadline *rule, size_t i);
/* Whether anybody is ever reminded of it. */
bool reminder_any(const struct decide_in *in, const struct deadline *rule,
                  const struct clock *clock);

/* The first reminder of an open clock to `role` after minute `after`, and the first telling of
 * escalation role `i`. MINUTE_NONE: there is none. */
int64_t reminder_next(const struct decide_in *in, const struct casefile *file, const char *role,
                      const struct deadline *rule, const struct clock *clock, int64_t after);
int64_t escalation_next(const struct decide_in *in, const struct casefile *file,
                        const struct deadline *rule, const struct clock *clock, size_t i,
                        int64_t after);
/* The earliest of all of these. */
int64_t telling_next(const struct decide_in *in, const struct casefile *file,
                     const struct deadline *rule, const struct clock *clock, int64_t after);

/* Asks the pack's script about an open clock (rule->remind_lua) and keeps what it says. One that
 * fails loses nothing: the pack's usual reminders stand in, and the case has a remark. */
void reminders_ask(struct draft *d, const struct deadline *rule);

#endif
