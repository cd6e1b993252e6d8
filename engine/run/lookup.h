/* SPDX-License-Identifier: MIT */
/* lookup - what people type, found; and numbers turned into what people read.
 *
 * For those who show things: only reads, and needs no transaction.
 */
#ifndef ENGINE_RUN_LOOKUP_H
#define ENGINE_RUN_LOOKUP_H

#include "engine/run/world.h"
#include "store/people.h"

/* A case by its reference ("AR-26-0412", in capitals or not) or its number. ERR_UNKNOWN: there is
 * none. */
MUST_CHECK enum err_code lookup_case(struct world *world, const char *text, struct arena *arena,
                                     int64_t *out, struct err *err);
/* A person by e-mail address. ERR_UNKNOWN. */
MUST_CHECK enum err_code lookup_person(struct world *world, const char *email, struct arena *arena,
                                       int64_t *out, struct err *err);

/* All that is known of them, and each desk they sit at. */
MUST_CHECK enum err_code lookup_person_row(struct world *world, const char *email,
                                           struct arena *arena, struct person_row *out,
                                           struct err *err);
MUST_CHECK enum err_code lookup_posts(struct world *world, int64_t person, struct arena *arena,
                                      void *self,
                                      void (*seen)(void *self, const struct desk_row *desk),
                                      struct err *err);

/* Whether some published pack knows a name. ERR_UNKNOWN: none does (hint: the nearest). */
enum lookup_kind { LOOKUP_PROCESS, LOOKUP_STATE, LOOKUP_ROLE };
MUST_CHECK enum err_code lookup_name(struct world *world, enum lookup_kind kind, const char *name,
                                     struct arena *arena, struct err *err);

/* Where a number leads nowhere these give NULL. In `arena`. */
const char *lookup_email(struct world *world, int64_t person, struct arena *arena);
const char *lookup_school(struct world *world, int64_t urn, struct arena *arena);

/* The addresses of those who get a role's work in a case: who holds it, else its `otherwise`. */
struct lookup_holders {
    const char *const *emails;
    size_t count;
};
struct lookup_holders lookup_holders(struct world *world, const struct model *model,
                                     const char *role, const struct casefile *file,
                                     struct arena *arena);

#endif
