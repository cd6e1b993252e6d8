/* SPDX-License-Identifier: MIT */
/* database - the database of a call, and what time it is there. */
#ifndef ENGINE_CLI_DATABASE_H
#define ENGINE_CLI_DATABASE_H

#include "engine/cli/command.h"
#include "engine/run/world.h"

/* --db, else $REEVE_DB, else reeve.db here. */
const char *database_path(const struct call *call);

/* Opens call->store and call->world; database_close() at the end of every call. ERR as
 * store_open(). */
MUST_CHECK enum err_code database_open(struct call *call, enum store_mode mode);
void database_close(struct call *call);

/* Takes $REEVE_NOW over, if it is set, for tests and rehearsals. ERR_USAGE: it is no instant. */
MUST_CHECK enum err_code database_clock(struct call *call);
int64_t database_now_minute(void); /* Local. */
day database_today(void);

#endif
