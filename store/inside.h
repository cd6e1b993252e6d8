/* SPDX-License-Identifier: MIT */
/* inside - what the sources of the store share and nobody else sees. */
#ifndef STORE_INSIDE_H
#define STORE_INSIDE_H

#include "store/statements.h"
#include "store/stmt.h"
#include "store/store.h"

#include <limits.h>
#include <sqlite3.h>

enum {
    APPLICATION_ID = 0x72656576, /* "reev", in the file's header */
    WAIT_MS = 5000,
    NOTICES_AN_EVENT = 4096,     /* A notice's number is its event's times this, and up. */
};

struct store {
    sqlite3 *db;
    char *path;
    enum store_mode mode;
    struct stmt statements[SQL_COUNT];

    bool in_tx, in_snapshot;
    bool committing;             /* Only store_commit() and migrations may; see on_commit(). */
    bool io_failed;
    const char *begun_file;      /* Where the open transaction was begun. */
    int begun_line;
    int wal_pages;
    int64_t busy_since_us;       /* When the present wait for a lock began. */
    int wait_ms;

    /* The next free numbers. 0: not looked up in this transaction yet; another process may have
     * written since the last. */
    int64_t next_case, next_event;

    struct due_window *window;   /* See read.c. */
};

/* Turns SQLite's present error into ours: "NAME: what it says". */
enum err_code store_fail(struct store *store, const char *name, struct err *err);

int64_t store_clock_us(void); /* Monotonic. */

/* A statement without parameters or rows. */
MUST_CHECK enum err_code store_exec(struct store *store, enum statement which, struct err *err);
/* SQL that is no statement of the table: pragmas and schema files. */
MUST_CHECK enum err_code store_script(struct store *store, const char *name, const char *sql,
                                      struct err *err);
MUST_CHECK enum err_code store_number(struct store *store, const char *sql, int64_t *out,
                                      struct err *err);

/* Hooks tx.c puts on a connection. */
void tx_hooks(struct store *store);

void due_window_free(struct store *store);

/* Opens a file only to copy it: as STORE_READ, but one of an older schema will do, and there are no
 * statements. */
MUST_CHECK enum err_code store_look(const char *path, struct store **out, struct err *err);

/* Where links lead to, or `path` itself when there is nothing yet: a database has one place,
 * whatever it is called by. */
const char *real_path(const char *path, char out[PATH_MAX]);
/* "nfs", or NULL: a local file system. `type` as statfs() gives it. */
const char *network_file_system(unsigned long type);

#endif
