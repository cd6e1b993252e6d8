/* SPDX-License-Identifier: MIT */
/* seal - a hash over all events so far, to be kept elsewhere: what is older
 * cannot be changed unseen then. Once a day by the service, and with every
 * backup.
 */
#ifndef ENGINE_RUN_SEAL_H
#define ENGINE_RUN_SEAL_H

#include "store/store.h"

struct seal {
    bool made;       /* False: nothing has happened since; the rest is of the last one. */
    int64_t upto;    /* The last event it covers; 0: there is none yet. */
    char hex[65];
};

/* Inside the caller's transaction. ERR as seal_make() in store/cases.h. */
MUST_CHECK enum err_code seal_now(struct store *store, int64_t now_ms, struct seal *out,
                                  struct err *err);

#endif
