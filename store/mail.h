/* SPDX-License-Identifier: MIT */
/* mail - waiting notices, and messages on their way out. */
#ifndef STORE_MAIL_H
#define STORE_MAIL_H

#include "store/cases.h"
#include "store/store.h"

struct arena;

/* People with notices whose minute has come, and with `ahead` all who are not told daily, after
 * `after` (a person's number), at most `room`. */
MUST_CHECK enum err_code notices_people(struct store *store, int64_t until, bool ahead,
                                        int64_t after, size_t room, int64_t *out, size_t *count,
                                        struct err *err);
/* One person's waiting notices, oldest first. */
MUST_CHECK enum err_code notices_of(struct store *store, int64_t person, int64_t until,
                                    struct arena *arena, struct notice_row **out, size_t *count,
                                    struct err *err);
/* The notices that went with a message, oldest first. */
MUST_CHECK enum err_code notices_with(struct store *store, int64_t message, struct arena *arena,
                                      struct notice_row **out, size_t *count, struct err *err);
/* The earliest minute at which a waiting notice may leave; MINUTE_NONE: none. */
MUST_CHECK enum err_code notices_next(struct store *store, int64_t *out, struct err *err);
MUST_CHECK enum err_code notice_settle(struct store *store, int64_t notice, int64_t message,
                                       struct err *err);
/* Those that went with a message go back to waiting (it was replaced). */
MUST_CHECK enum err_code notices_release(struct store *store, int64_t message, struct err *err);

struct message_row {
    int64_t id, person, next_try_ms;
    int tries;
    const char *key, *content, *state, *reply;
};
/* ERR_CONFLICT: the key is taken. */
MUST_CHECK enum err_code message_add(struct store *store, const char *key, int64_t person,
                                     int64_t next_try_ms, int64_t *id, struct err *err);
MUST_CHECK enum err_code message_get(struct store *store, int64_t id, struct arena *arena,
                                     struct message_row *out, struct err *err);
MUST_CHECK enum err_code message_by_key(struct store *store, const char *key, struct arena *arena,
                                        struct message_row *out, struct err *err); /* ERR_UNKNOWN */
MUST_CHECK enum err_code message_freeze(struct store *store, int64_t id, const char *content,
                                        struct err *err);
/* waiting (with next_try), sent, refused, replaced. tries goes up by one unless replaced. */
MUST_CHECK enum err_code message_done(struct store *store, int64_t id, const char *state,
                                      int64_t next_try_ms, const char *reply, struct err *err);
/* Waiting messages whose time has come, oldest first. */
MUST_CHECK enum err_code messages_ready(struct store *store, int64_t now_ms, size_t room,
                                        int64_t *out, size_t *count, struct err *err);
/* INT64_MAX: none */
MUST_CHECK enum err_code messages_next(struct store *store, int64_t *next_try_ms, struct err *err);
/* Digests of days before `today` ("2026-11-05") that still wait, anybody's. */
MUST_CHECK enum err_code messages_stale(struct store *store, const char *today, size_t room,
                                        int64_t *out, size_t *count, struct err *err);
/* A person's digests that still wait, for replacing. */
MUST_CHECK enum err_code messages_waiting_of(struct store *store, int64_t person, size_t room,
                                             int64_t *out, size_t *count, struct err *err);

#endif
