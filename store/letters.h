/* SPDX-License-Identifier: MIT */
/* letters - letters as they were written, kept beside their cases until they are sent and after. */
#ifndef STORE_LETTERS_H
#define STORE_LETTERS_H

#include "engine/base/date.h"
#include "store/store.h"

struct arena;

struct letter_row {
    int64_t case_id, event;     /* The event that made it. */
    const char *ref;            /* The case's. Only read. */
    const char *name, *role, *by;
    const char *addressee;      /* NULL: nobody held the role. */
    day made, sent;             /* sent DAY_NONE: not yet. */
    const char *subject, *text, *html;
    bool leaving;               /* Its e-mail waits to go. Only of letters_read() unsent. */
};

MUST_CHECK enum err_code letter_put(struct store *store, const struct letter_row *row,
                                    struct err *err);
MUST_CHECK enum err_code letter_sent(struct store *store, int64_t case_id, const char *name,
                                     day sent, struct err *err);
/* In `arena`. ERR_UNKNOWN: there is none. */
MUST_CHECK enum err_code letter_get(struct store *store, int64_t case_id, const char *name,
                                    struct arena *arena, struct letter_row *out, struct err *err);
/* Each letter, by case; or only those not sent yet, the oldest first. Texts are the row's own and
 * good until `seen` returns; false stops. */
MUST_CHECK enum err_code letters_read(struct store *store, bool unsent, void *self,
                                      bool (*seen)(void *self, const struct letter_row *row),
                                      struct err *err);

#endif
