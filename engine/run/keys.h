/* SPDX-License-Identifier: MIT */
/* keys - what a caller's key was used for.
 *
 * A key belongs to its case. The row holds hashes of the last KEYS_KEPT, so
 * that the usual question costs nothing; older ones are looked for in the
 * history, where each event has its key in full.
 */
#ifndef ENGINE_RUN_KEYS_H
#define ENGINE_RUN_KEYS_H

#include "engine/run/turn.h"
#include "store/cases.h"

enum { KEYS_KEPT = 64 };

uint64_t keys_hash(const char *key); /* Never 0. */
/* Of what was asked, before anything is filled in: the same key must come with the same. */
uint64_t keys_content(const struct request *request, struct arena *arena);

/* The event the request's key was used for in this case; *event_id 0: it was not. ERR_CONFLICT: it
 * was, for something else. */
MUST_CHECK enum err_code keys_find(struct store *store, const struct case_row *row,
                                   const struct request *request, uint64_t content,
                                   struct arena *arena, int64_t *event_id, struct err *err);

/* Notes a key in the row, letting go of the oldest beyond KEYS_KEPT. */
void keys_add(struct case_row *row, uint64_t key, uint64_t content, int64_t event_id,
              struct arena *arena);

/* Whether the row has the last of the keys that the events of its case came with, oldest first. */
struct key_used {
    uint64_t key;
    int64_t event;
};
bool keys_fit(const struct case_row *row, const struct key_used *used, size_t count);

#endif
