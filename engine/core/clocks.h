/* SPDX-License-Identifier: MIT */
/* clocks - every deadline of a case, worked out again after each event.
 *
 *   waits --anchor known--> running --met_by--> met          (in time)
 *                |  ^          |   '----------> met late
 *                |  |          |--its day over-> missed, still open
 *                |  |          |--a ground-----> excused
 *                |  |          |--what stops it-> paused, and running again with a later date
 *                |  '-applies--'--ends_with, only_if no, final state-> cancelled
 *                '--- its anchor happens again after it closed: a new round
 *
 * Private to engine/core.
 */
#ifndef ENGINE_CORE_CLOCKS_H
#define ENGINE_CORE_CLOCKS_H

#include "engine/core/draft.h"

/* Closes what this event meets, moves, opens and cancels the rest. ERR_SCRIPT: a condition failed,
 * unless the draft forgives it. */
MUST_CHECK enum err_code clocks_reckon(struct draft *d);

/* An item was undone: what it had met is open again. ERR_SCRIPT. */
MUST_CHECK enum err_code clocks_undone(struct draft *d, const char *list, const char *item);

/* Why a cancelled clock was: in its `ground`. */
#define CLOCK_NO_LONGER "only_if"     /* Its condition says no; it may run again. */
#define CLOCK_NOT_IN_FORCE "in_force" /* It is of another time; likewise. */
#define CLOCK_NOT_APPLICABLE "na"     /* Its item was said not to apply; likewise. */
#define CLOCK_LAPSED "lapsed"         /* A right's time is over. */
#define CLOCK_ENDED "ends_with"       /* A state it ends with, or a final one, was entered. */

#endif
