/* SPDX-License-Identifier: MIT */
/* desk - who acts: from a role of the rules to a desk, and to the people at it.
 *
 * A desk is a role at a school, a role of the authority, or the person a case
 * names. Cases and due dates point at desks, never at people, so a new SENCO
 * is one row and no case is touched. When nobody sits at a role's desk, its
 * `otherwise` role gets the work.
 */
#ifndef ENGINE_RUN_DESK_H
#define ENGINE_RUN_DESK_H

#include "engine/run/world.h"
#include "store/people.h"

/* The desk of a role for a case; made when missing (needs a transaction). */
MUST_CHECK enum err_code desk_of(struct world *world, const struct model *model, const char *role,
                                 const struct casefile *file, int64_t *desk, struct err *err);

/* Whether that is the desk of a role for a case. */
bool desk_fits(const struct model *model, const char *role, const struct casefile *file,
               const struct desk_row *desk);

/* Who gets a role's work in a case. Only reads: a desk that was never made is empty. */
struct desk_holders {
    const int64_t *people; /* Those who sit there, or at the first `otherwise` desk that is held. */
    size_t count;              /* 0: nobody's. */
    const char *role;          /* Whose desk that is; NULL: nobody's. */
};
MUST_CHECK enum err_code desk_holders(struct world *world, const struct model *model,
                                      const char *role, const struct casefile *file,
                                      struct arena *arena, struct desk_holders *out,
                                      struct err *err);

/* The role that looks after what went wrong: the first of the authority's. */
const char *desk_officers(const struct model *model);

#endif
