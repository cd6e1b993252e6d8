/* SPDX-License-Identifier: MIT */
/* letters - the letters that events write: kept, sent by e-mail, listed for the post.
 *
 *   effect -> entry of the case -> row with its words -> by post: printed, `posted`
 *                                                     -> by e-mail: a message of its own; once the
 *                                                        relay took it, an event says so
 */
#ifndef ENGINE_RUN_LETTERS_H
#define ENGINE_RUN_LETTERS_H

#include "engine/run/casework.h"
#include "store/letters.h"

/* Part of case_write(): rows for letters that the event made, dates of those it sent. */
MUST_CHECK enum err_code letters_write(struct world *world, const struct decided *decided,
                                       struct arena *arena, struct err *err);

/* "letter:CASE:NAME:PERSON", the key of a letter's message. False: it is another's. */
bool letters_of_key(const char *key, struct arena *arena, int64_t *case_id, const char **name);

/* The relay took a letter: the case's own event says that it was sent, unless it was before or the
 * case cannot be read. Inside the caller's transaction. */
MUST_CHECK enum err_code letters_left(struct world *world, const char *key, int64_t now_ms,
                                      int64_t now_minute, struct arena *arena, struct err *err);

#endif
