/* SPDX-License-Identifier: MIT */
/* people - imports people.csv and schools.csv, whole or not at all, and says
 * who somebody is.
 */
#ifndef ENGINE_RUN_PEOPLE_H
#define ENGINE_RUN_PEOPLE_H

#include "engine/run/world.h"

struct import_figures {
    int64_t rows, added, changed;
};
/* `csv` is a file's bytes (RFC 4180, UTF-8 with or without BOM, CRLF or LF, header line). Bad rows
 * go to `wrong` with line number and reason; any bad row: nothing is imported, ERR_INPUT. Inside
 * the caller's transaction. People may have the columns reminders, on and days besides; an empty
 * cell leaves what is known. */
MUST_CHECK enum err_code people_import(struct world *world, const char *csv, size_t len,
                                       struct arena *arena, void *self,
                                       void (*wrong)(void *self, int line, const char *text),
                                       struct import_figures *out, struct err *err);
MUST_CHECK enum err_code schools_import(struct world *world, const char *csv, size_t len,
                                        struct arena *arena, void *self,
                                        void (*wrong)(void *self, int line, const char *text),
                                        struct import_figures *out, struct err *err);

/* Says when somebody hears of things: `words` are "reminders=weekly", "on=Monday", "days=Mon-Wed"
 * (engine/run/weekdays.h), all or none of them. Inside the caller's transaction. ERR_UNKNOWN: no
 * such person; ERR_USAGE, ERR_INPUT. */
struct person_row;
MUST_CHECK enum err_code people_prefer(struct world *world, const char *email,
                                       const char *const *words, size_t count,
                                       struct arena *arena, struct person_row *out,
                                       struct err *err);

/* Somebody who is named on a case and comes from no file: a parent. Added under the address, with
 * a name; whoever is known already stays as they are. Inside the caller's transaction. ERR_INPUT:
 * not an address, or not a name. */
MUST_CHECK enum err_code people_add(struct world *world, const char *email, const char *name,
                                    struct arena *arena, int64_t *person, struct err *err);

/* Fills event->who, who_text and role from WHO ("d.okafor@example.org", "senco" or empty) for an
 * act that `by` may do (roles; may be NULL for any). Empty: an operator, standing in for the first
 * of `by`. A person gets the first of `by` that they hold for this case's school or the authority,
 * else their first role. ERR_UNKNOWN: no such person or role (hint: the nearest). */
struct names;
MUST_CHECK enum err_code people_who(struct world *world, const struct model *model, const char *who,
                                    const struct names *by, const struct casefile *file,
                                    struct arena *arena, struct event *event, struct err *err);

#endif
