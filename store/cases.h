/* SPDX-License-Identifier: MIT */
/* cases - case rows, their events with the chain, and what is projected from
 * them: due dates and notices.
 *
 * Rows as text and numbers: what a body or an outcome means is not the
 * store's business. Texts that come out live in the arena given.
 */
#ifndef STORE_CASES_H
#define STORE_CASES_H

#include "engine/base/date.h"
#include "store/store.h"
#include <stddef.h>

struct arena;

enum { HASH_BYTES = 32, SALT_BYTES = 16 };

struct case_row {
    int64_t id;
    const char *ref, *process, *state;
    int64_t ruleset, school, head, wake; /* wake: MINUTE_NONE for none. */
    bool open;
    const char *subject;                 /* May be NULL. */
    const unsigned char *keys; size_t keys_len;
    unsigned char head_hash[HASH_BYTES];
    const char *body; size_t body_len;
};

struct event_row {
    int64_t id, case_id, prev, cause, ruleset, recorded_ms; /* cause 0: none */
    const char *said, *did;
    const char *personal;                /* NULL: none, or erased. */
    bool erased;                         /* There was a personal part. */
    unsigned char salt[SALT_BYTES], sealed[HASH_BYTES];
    unsigned char hash[HASH_BYTES];
};

/* Reads. ERR_UNKNOWN: no such case or event. */
MUST_CHECK enum err_code case_get(struct store *store, int64_t id, struct arena *arena,
                                  struct case_row *out, struct err *err);
MUST_CHECK enum err_code case_get_ref(struct store *store, const char *ref, struct arena *arena,
                                      struct case_row *out, struct err *err);
MUST_CHECK enum err_code event_get(struct store *store, int64_t id, struct arena *arena,
                                   struct event_row *out, struct err *err);
/* The newest open case of `process` about `subject`; 0: none. */
MUST_CHECK enum err_code case_about(struct store *store, const char *process, const char *subject,
                                    int64_t *out, struct err *err);
/* The next free numbers, from inside a transaction. They only look: case_insert() and event_add()
 * take the number, the next call gives the one after. */
MUST_CHECK enum err_code case_next_id(struct store *store, int64_t *out, struct err *err);
MUST_CHECK enum err_code event_next_id(struct store *store, int64_t *out, struct err *err);

/* Writes. The event's hash is worked out here from the row's head_hash, and put into both rows. */
MUST_CHECK enum err_code event_add(struct store *store, struct case_row *of, struct event_row *row,
                                   struct err *err);
MUST_CHECK enum err_code case_insert(struct store *store, const struct case_row *row,
                                     struct err *err);
/* ERR_CONFLICT: the row's head is not `was_head` any more. */
MUST_CHECK enum err_code case_update(struct store *store, const struct case_row *row,
                                     int64_t was_head, struct err *err);
/* The hash an event must have, for verify. */
void event_hash(const unsigned char prev_hash[HASH_BYTES], const struct event_row *row,
                unsigned char out[HASH_BYTES]);

/* Keys of those who open: ERR_NONE and *case_id 0 when not used yet. */
MUST_CHECK enum err_code opened_get(struct store *store, const char *key, int64_t *case_id,
                                    struct err *err);
MUST_CHECK enum err_code opened_put(struct store *store, const char *key, int64_t case_id,
                                    struct err *err);

/* The projection of open deadlines. */
MUST_CHECK enum err_code due_put(struct store *store, int64_t desk, day do_by, int64_t case_id,
                                 const char *name, day due, struct err *err);
MUST_CHECK enum err_code due_drop(struct store *store, int64_t desk, day do_by, int64_t case_id,
                                  const char *name, struct err *err);

struct notice_row {
    int64_t id, event, case_id, desk, person, leave; /* person 0: nobody sits there. */
    const char *kind, *about;
};
MUST_CHECK enum err_code notice_add(struct store *store, const struct notice_row *row,
                                    struct err *err);

/* What the clock owes: cases with wake <= until, by wake then id; at most `room`. Only ids and
 * wakes. */
struct owed {
    int64_t wake, case_id;
};
MUST_CHECK enum err_code cases_owed(struct store *store, int64_t until, size_t room,
                                    struct owed *out, size_t *count, struct err *err);
/* Those that come after `after`. */
MUST_CHECK enum err_code cases_owed_after(struct store *store, const struct owed *after,
                                          int64_t until, size_t room, struct owed *out,
                                          size_t *count, struct err *err);
/* The earliest wake of all; MINUTE_NONE: none. */
MUST_CHECK enum err_code cases_next_wake(struct store *store, int64_t *out, struct err *err);
MUST_CHECK enum err_code cases_owed_count(struct store *store, int64_t until, int64_t *out,
                                          struct err *err);

/* Seals: the hash over all event hashes after the last seal. False in *made: nothing new. */
MUST_CHECK enum err_code seal_make(struct store *store, int64_t now_ms, bool *made, int64_t *upto,
                                   unsigned char hash[HASH_BYTES], struct err *err);
/* Checks every seal against the events. ERR_STORE: names the first that does not fit. */
MUST_CHECK enum err_code seals_check(struct store *store, int64_t *count, struct err *err);

#endif
