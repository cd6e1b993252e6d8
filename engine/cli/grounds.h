/* SPDX-License-Identifier: MIT */
/* grounds - what was decided on a deadline: excused, extended, why it was
 * missed, with the ground, who decided and the evidence; and how far one has
 * run that stands still.
 */
#ifndef ENGINE_CLI_GROUNDS_H
#define ENGINE_CLI_GROUNDS_H

#include "engine/cli/caseview.h"
#include "engine/core/stops.h"

/* "paused since Mon 8 Mar 2027, 5 of 10 working days used, 5 left; at the earliest ..." */
const char *grounds_pause(const struct caseview *view, const struct clock *clock);

/* A line for each, `first` before the first. False: there was none. */
bool grounds_say(struct call *call, const struct caseview *view, const struct clock *clock,
                 const char *first);

/* {"now": whether it stands still, "used", "left", ...}; null where it is not known. */
struct json *grounds_pace_json(struct arena *arena, const struct pace *pace);

/* Puts "excused", "extended", "missed_for" and "paused" into a clock's JSON. */
void grounds_put(const struct caseview *view, const struct clock *clock, struct json *json);

#endif
