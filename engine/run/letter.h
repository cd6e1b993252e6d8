/* SPDX-License-Identifier: MIT */
/* letter - the words of a message: a digest from the due list as it now
 * stands, or what `notify` tells, from the pack's own message.
 *
 * Never a child's name or need: the reference and a link.
 */
#ifndef ENGINE_RUN_LETTER_H
#define ENGINE_RUN_LETTER_H

#include "engine/run/digest.h"
#include "store/mail.h"
#include "store/people.h"

struct letter {
    struct world *world;
    struct arena *arena;
    const struct letterhead *head;
    const struct message_row *message;
    const struct person_row *person;
    int64_t now_ms, now_minute;
};

/* The whole message for the wire. ERR as the store's. */
MUST_CHECK enum err_code letter_write(const struct letter *letter, const char **out,
                                      struct err *err);

#endif
