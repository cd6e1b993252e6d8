/* SPDX-License-Identifier: MIT */
/* digest - one message a person a day from the notices that wait.
 *
 * In one transaction: drop notices whose deadline is no longer open, insert
 * the message under "digest:PERSON:DATE" (taken: they wait for tomorrow),
 * attach them. The text is made and frozen at the first attempt, its lines
 * from the due list as it then stands. What still waits when its day is over
 * is replaced: its notices join the next day's, so that nobody gets two on the
 * day the mail comes back. The Message-ID comes from the key.
 * Who is not told daily (engine/run/weekdays.h) gets theirs on their days, with
 * what they would be reminded of until the next one; on another day they work
 * only when something cannot wait: it is the last such day before a date that
 * they were to be reminded of, or something is overdue in law.
 * What `notify` tells (a decision to a family) is a message of its own.
 */
#ifndef ENGINE_RUN_DIGEST_H
#define ENGINE_RUN_DIGEST_H

#include "engine/run/world.h"

struct letterhead {
    const char *from;      /* "Torbay Council SEND <send@example.org>" */
    const char *base_url;  /* "https://reeve.example.org", no slash at the end; may be NULL. */
    const char *domain;    /* For Message-IDs: of `from`. */
};

/* A round over all people whose notices wait, a few at a time. */
struct digests {
    int64_t now_ms, now_minute;
    const int64_t *sending;    /* Messages under way: they are not replaced. */
    size_t sending_count;
    bool ahead;                /* Those who are not told daily are still to be looked at today. */
    int64_t after;             /* How far the round has come; 0: it begins. */
    size_t made;               /* Out. */
    bool more;                 /* Call again. */
    bool looked_ahead;         /* They were: not again today. */
};
/* Makes the messages due for up to `room` more people: letters at any time, digests from the packs'
 * hour on, so that what comes in the night does not use up the day's. */
MUST_CHECK enum err_code digests_make(struct world *world, struct digests *run, size_t room,
                                      struct arena *arena, struct err *err);

/* A message ready for the wire. */
struct outgoing {
    int64_t id;
    const char *to, *from;     /* Bare addresses for the envelope. */
    const char *content;       /* The whole RFC 5322 message, CRLF. */
    int tries;
};
/* Makes and freezes the text if it was not yet. ERR_UNKNOWN: it is not waiting any more. */
MUST_CHECK enum err_code message_ready(struct world *world, int64_t message, int64_t now_ms,
                                       int64_t now_minute, const struct letterhead *head,
                                       struct arena *arena, struct outgoing *out, struct err *err);
/* Records what the server said: `reply` 0: no answer. 2xx sent; 4xx and none: back off (1, 5, 15,
 * 60 minutes, then hourly); 5xx: refused, and unless the address is marked already it is, with one
 * notice to the officers' desk of each of its cases (never about one of those). A message that is
 * not waiting any more stays as it is. */
MUST_CHECK enum err_code message_answered(struct world *world, int64_t message, int reply,
                                          const char *text, int64_t now_ms, int64_t now_minute,
                                          struct arena *arena, struct err *err);

#endif
