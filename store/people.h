/* SPDX-License-Identifier: MIT */
/* people - schools, people, desks and who sits where. */
#ifndef STORE_PEOPLE_H
#define STORE_PEOPLE_H

#include "store/store.h"
#include <stddef.h>

struct arena;

struct person_row {
    int64_t id;
    const char *name, *email, *refused; /* refused: NULL, or why mail to it is refused for good. */
    int told_on, works_on;              /* Weekdays of their digest, and of work. */
};
enum { WEEKDAYS_ALL = 127 };            /* A bit a weekday: Monday 1, Tuesday 2, ... Sunday 64. */
struct school_row {
    int64_t urn;
    const char *name, *phase;
};

MUST_CHECK enum err_code school_put(struct store *store, const struct school_row *row, bool *is_new,
                                    struct err *err);
MUST_CHECK enum err_code school_get(struct store *store, int64_t urn, struct arena *arena,
                                    struct school_row *out, struct err *err); /* ERR_UNKNOWN */
/* By e-mail; made or renamed. */
MUST_CHECK enum err_code person_put(struct store *store, const char *email, const char *name,
                                    int64_t *id, bool *is_new, struct err *err);
MUST_CHECK enum err_code person_get(struct store *store, int64_t id, struct arena *arena,
                                    struct person_row *out, struct err *err); /* ERR_UNKNOWN */
MUST_CHECK enum err_code person_by_email(struct store *store, const char *email,
                                         struct arena *arena, struct person_row *out,
                                         struct err *err); /* ERR_UNKNOWN */
MUST_CHECK enum err_code person_prefer(struct store *store, int64_t id, int told_on, int works_on,
                                       struct err *err);
MUST_CHECK enum err_code person_refused(struct store *store, int64_t id, const char *why,
                                        struct err *err);

struct desk_row {
    int64_t id, school, person;
    const char *role;
};
/* The desk's number, made when missing (needs a transaction then). */
MUST_CHECK enum err_code desk_find(struct store *store, const char *role, int64_t school,
                                   int64_t person, int64_t *out, struct err *err);
/* Its number if there is one, else 0: for those who only read. */
MUST_CHECK enum err_code desk_known(struct store *store, const char *role, int64_t school,
                                    int64_t person, int64_t *out, struct err *err);
MUST_CHECK enum err_code desk_get(struct store *store, int64_t id, struct arena *arena,
                                  struct desk_row *out, struct err *err);
/* Calls `seen` for each desk of a role, at whichever school, where nobody sits. */
MUST_CHECK enum err_code desks_empty(struct store *store, const char *role, struct arena *arena,
                                     void *self,
                                     void (*seen)(void *self, const struct desk_row *desk),
                                     struct err *err);
MUST_CHECK enum err_code sits_put(struct store *store, int64_t person, int64_t desk,
                                  struct err *err);
/* Empties every desk of this role and school before an import fills it again. */
MUST_CHECK enum err_code sits_clear(struct store *store, struct err *err);

/* Calls `seen` for each person at a desk; nobody: not at all. */
MUST_CHECK enum err_code desk_people(struct store *store, int64_t desk, void *self,
                                     void (*seen)(void *self, int64_t person), struct err *err);
/* Calls `seen` for each desk a person sits at. */
MUST_CHECK enum err_code person_desks(struct store *store, int64_t person, struct arena *arena,
                                      void *self,
                                      void (*seen)(void *self, const struct desk_row *desk),
                                      struct err *err);

#endif
