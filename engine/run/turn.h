/* SPDX-License-Identifier: MIT */
/* turn - one thing that happened, carried through: what the clock already
 * owes the case, then the event, then what it opens and signals, breadth
 * first; decided whole on an overlay, then written.
 *
 * At most TURN_DECISIONS decisions and TURN_DEPTH deep. A refused open or a
 * spent limit refuses the turn; a refused signal becomes a remark on the
 * sender. Nothing is written before all is decided, so a refusal writes
 * nothing. Runs inside the caller's transaction.
 */
#ifndef ENGINE_RUN_TURN_H
#define ENGINE_RUN_TURN_H

#include "engine/run/world.h"
#include "store/files.h"

enum { TURN_DECISIONS = 64, TURN_DEPTH = 8, TURN_OWED_MAX = 4000 };

/* What somebody asks. Borrowed until the answer. */
struct request {
    int64_t case_id;          /* 0 with EVENT_OPEN */
    const char *ref;          /* Or by reference, when case_id is 0 and it is not an opening. */
    /* What event.file says of a file, and the file itself; NULL: none, or only named. */
    const struct file_row *file;
    struct event event; /* As filled by ask_* or the caller; today, minute, recorded_ms by turn. */
    int64_t now_ms;           /* UTC. */
    int64_t now_minute;       /* Local minute of it. */
    bool what_if;             /* Decide, answer, write nothing. */
    bool only_if_moved;       /* EVENT_RECKON: write nothing if no date of an open clock moves. */
    bool clock_only;          /* Only what the clock owes (the sweep): at most one of its events. */
};

struct turned {
    enum err_code code;
    struct err err;
    int64_t case_id, event_id;
    const char *ref;
    bool again;               /* The key was known: this is the stored answer. */
    bool more;                /* clock_only: the clock owes still more. */
    const struct casefile *file;     /* As it is now; arena. */
    const struct process *process;   /* Valid as long as its rule set. */
    const struct outcome *outcome;   /* Of the event itself, not of what the clock owed. */
    const int64_t *opened; size_t opened_count; /* Cases it opened. */
    size_t decisions;
};

/* ERR codes of decide(), and: ERR_CONFLICT the key was used for something else; ERR_UNKNOWN no
 * such case; ERR_BUSY, ERR_STORE, ERR_FULL from the store: the transaction must be rolled back. */
enum err_code turn(struct world *world, const struct request *request, struct arena *arena,
                   struct turned *out);

/* The same in a transaction of its own: what `reeve do` uses. */
enum err_code turn_once(struct world *world, const struct request *request, struct arena *arena,
                        struct turned *out);

#endif
