/* SPDX-License-Identifier: MIT */
/* service - the loop: an alarm, the writer, mail, signals.
 *
 * The alarm is a hint, the table is the truth: it sleeps to the earliest
 * thing owed, 30 seconds at most, so it sees what another process wrote.
 * Only one service runs on a database: it holds the lock beside it.
 */
#ifndef ENGINE_EDGE_SERVICE_H
#define ENGINE_EDGE_SERVICE_H

#include "engine/base/err.h"

#include <stdbool.h>
#include <stdint.h>

struct service_settings {
    const char *database;
    const char *base_url;                     /* May be NULL. */
    const char *mail_server, *mail_from, *mail_user, *mail_password; /* server NULL: a folder. */
    bool once;                                /* `tick`: until nothing is left to do now. */
    /* Hears, on the loop, how much of the clock's work is done; may be NULL. */
    void (*progress)(void *self, int64_t events_done, int64_t cases_left);
    void *self;
};

struct service_figures {
    int64_t events, refused, messages_made, sent, mail_refused, mail_waiting;
};

/* Runs until SIGTERM or SIGINT (ends people's queue, gives mail under way 10 s), or with `once`
 * until nothing is left to do now. SIGHUP: looks at the clock again (confirms a jump).
 * ERR_BUSY: another service holds the database. Else as store_open(). */
MUST_CHECK enum err_code service_run(const struct service_settings *settings,
                                     struct service_figures *out, struct err *err);

#endif
