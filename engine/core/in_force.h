/* SPDX-License-Identifier: MIT */
/* in_force - whether a rule holds in a case at all.
 *
 * Two regimes stand side by side in a pack; the day a rule is judged on says
 * under which of them a case falls.
 */
#ifndef ENGINE_CORE_IN_FORCE_H
#define ENGINE_CORE_IN_FORCE_H

#include "engine/core/oracle.h"
#include "engine/model/casefile.h"
#include "engine/model/process.h"

struct judged {
    enum truth holds;      /* Not known: the day it is judged on is not. */
    day on;                /* Valid unless that. */
    const char *missing;   /* That day's name, when it is not known; else NULL. */
};

/* `in_force` NULL: it always holds. `clock`: whose own `asked` and `done` are meant; may be NULL.
 * `itself`: an event that is judged on the day it happens, and `on`, that day; may be NULL. */
struct judged in_force_judge(const struct in_force *in_force, const struct casefile *file,
                             const struct deadline *clock, const char *itself, day on);

/* "it holds only from Sun 1 Sep 2024, judged on course_began (Mon 4 Sep 2023)"; for what holds:
 * NULL. In `arena`. */
const char *in_force_why(struct arena *arena, const struct in_force *in_force,
                         const struct judged *judged);

#endif
