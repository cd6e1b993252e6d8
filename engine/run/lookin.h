/* SPDX-License-Identifier: MIT */
/* lookin - a look into other cases, for the fields of `type: cases` that an
 * event asks. What is seen goes into the event, so that deciding it again
 * sees the same, whatever became of the others. Private to gather.c.
 */
#ifndef ENGINE_RUN_LOOKIN_H
#define ENGINE_RUN_LOOKIN_H

#include "engine/run/gather.h"

/* Adds such fields that `event` on the touched case asks and has not yet to event->given and
 * event->looked. Cases stand as this turn has them so far. ERR_LIMIT: more than VALUE_CASES_MAX. */
MUST_CHECK enum err_code lookin_fill(struct gather *g, size_t index, const struct ruleset *ruleset,
                                     struct event *event);

#endif
