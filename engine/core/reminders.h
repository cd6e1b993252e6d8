/* SPDX-License-Identifier: MIT */
/* reminders - when the owner of an open clock is told, and who else once it is late.
 *
 * Found from the clock alone: `told` says up to which minute all is settled.
 * Private to engine/core.
 */
#ifndef ENGINE_CORE_REMINDERS_H
#define ENGINE_CORE_REMINDERS_H

#include "engine/core/decide.h"

/* The first reminder of an open clock after minute `after`, and the first telling of escalation
 * role `i`. MINUTE_NONE: there is none. */
int64_t reminder_next(const struct decide_in *in, const struct casefile *file,
                      const struct deadline *rule, const struct clock *clock, int64_t after);
int64_t escalation_next(const struct decide_in *in, const struct deadline *rule,
                        const struct clock *clock, size_t i, int64_t after);

/* The earlier of two minutes, MINUTE_NONE being never. */
int64_t minute_earlier(int64_t a, int64_t b);

#endif
