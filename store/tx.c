/* SPDX-License-Identifier: MIT */
/* Only here is anything committed: a commit by any other way is a bug and stops the program. */
#include "store/inside.h"

#include <errno.h>
#include <string.h>
#include <time.h>

int64_t store_clock_us(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

/* The shared memory beside the WAL cannot grow: SQLite calls that an I/O error, but nothing of the
 * transaction was written. */
static bool full_shared_memory(sqlite3 *db)
{
    int code = sqlite3_extended_errcode(db);
    int why = sqlite3_system_errno(db);
    return (code == SQLITE_IOERR_SHMSIZE || code == SQLITE_IOERR_SHMMAP) &&
           (why == ENOSPC || why == EDQUOT);
}

static enum err_code code_of(sqlite3 *db)
{
    switch (sqlite3_errcode(db) & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR_BUSY;
    case SQLITE_FULL:
        return ERR_FULL;
    case SQLITE_IOERR:
        return full_shared_memory(db) ? ERR_FULL : ERR_STORE;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return ERR_SYSTEM;
    default:
        return ERR_STORE;
    }
}

enum err_code store_fail(struct store *store, const char *name, struct err *err)
{
    sqlite3 *db = store->db;
    enum err_code code = code_of(db);
    int system = sqlite3_system_errno(db);
    switch (code) {
    case ERR_BUSY:
        err_set(err, code, "%s: another process has '%s' locked", name, store_path(store));
        err_hint(err, "try again in a moment");
        return code;
    case ERR_FULL:
        err_set(err, code, "%s: there is no room left for '%s'", name, store_path(store));
        err_hint(err, "free some space on that disk; nothing was written");
        return code;
    default:
        if ((sqlite3_errcode(db) & 0xff) == SQLITE_IOERR && system)
            return err_set(err, code, "%s: %s (%s)", name, sqlite3_errmsg(db), strerror(system));
        return err_set(err, code, "%s: %s", name, sqlite3_errmsg(db));
    }
}

/* Polls every third of a millisecond. SQLite's own handler soon sleeps for 100 ms at a time, and a
 * busy service leaves the lock free for about one in ten. */
static int on_busy(void *self, int tries)
{
    struct store *store = self;
    int64_t now = store_clock_us();
    if (tries == 0)
        store->busy_since_us = now;
    if (now - store->busy_since_us >= (int64_t)store->wait_ms * 1000)
        return 0;
    const struct timespec nap = { .tv_nsec = tries < 3 ? 50000 : 330000 };
    nanosleep(&nap, NULL);
    return 1;
}

static int on_commit(void *self)
{
    const struct store *store = self;
    MUST(store->committing);
    return 0;
}

static int on_wal(void *self, sqlite3 *db, const char *schema, int pages)
{
    (void)db;
    (void)schema;
    ((struct store *)self)->wal_pages = pages;
    return SQLITE_OK;
}

void tx_hooks(struct store *store)
{
    store->wait_ms = WAIT_MS;
    sqlite3_busy_handler(store->db, on_busy, store);
    sqlite3_commit_hook(store->db, on_commit, store);
    /* Takes the place of SQLite's own hook, so wal_autocheckpoint is off: no checkpoint comes
     * within a commit. */
    sqlite3_wal_hook(store->db, on_wal, store);
}

enum err_code store_exec(struct store *store, enum statement which, struct err *err)
{
    return stmt_run(stmt_start(store, which), NULL, err);
}

enum err_code store_script(struct store *store, const char *name, const char *sql, struct err *err)
{
    if (sqlite3_exec(store->db, sql, NULL, NULL, NULL))
        return store_fail(store, name, err);
    return ERR_NONE;
}

enum err_code store_number(struct store *store, const char *sql, int64_t *out, struct err *err)
{
    sqlite3_stmt *raw = NULL;
    enum err_code rc = ERR_NONE;
    int step = sqlite3_prepare_v2(store->db, sql, -1, &raw, NULL);
    if (!step)
        step = sqlite3_step(raw);
    if (step == SQLITE_ROW)
        *out = sqlite3_column_int64(raw, 0);
    else if (step == SQLITE_DONE)
        *out = 0;
    else
        rc = store_fail(store, sql, err);
    sqlite3_finalize(raw);
    return rc;
}

enum err_code store_begin_at(struct store *store, int wait_ms, const char *file, int line,
                             struct err *err)
{
    MUST(store->mode != STORE_READ);
    if (store->in_tx || store->in_snapshot)
        return err_set(err, ERR_STORE, "a transaction is open already, since %s:%d",
                       store->begun_file, store->begun_line);
    store->wait_ms = wait_ms;
    enum err_code rc = store_exec(store, SQL_tx_begin, err);
    store->wait_ms = WAIT_MS;
    if (rc)
        return rc;
    store->in_tx = true;
    store->begun_file = file;
    store->begun_line = line;
    store->next_case = store->next_event = 0;
    return ERR_NONE;
}

enum err_code store_commit(struct store *store, struct err *err)
{
    MUST(store->in_tx);
    enum err_code rc;
    if (sqlite3_get_autocommit(store->db)) {
        rc = err_set(err, ERR_STORE, "commit: an earlier fault undid the transaction");
    } else {
        store->committing = true;
        rc = store_exec(store, SQL_tx_commit, err);
        store->committing = false;
        /* The disk may or may not have it, and what it says later may differ. */
        if (rc && (sqlite3_errcode(store->db) & 0xff) == SQLITE_IOERR) {
            store->io_failed = true;
            rc = ERR_STORE;
            if (err)
                err->code = rc;
        }
    }
    if (rc) {
        store_rollback(store);
        return rc;
    }
    store->in_tx = false;
    return ERR_NONE;
}

void store_rollback(struct store *store)
{
    store->in_tx = false;
    store->next_case = store->next_event = 0;
    due_window_free(store);
    if (!store->in_snapshot && !sqlite3_get_autocommit(store->db))
        (void)!store_exec(store, SQL_tx_rollback, NULL);
}

bool store_io_failed(const struct store *store)
{
    return store->io_failed;
}

enum err_code store_snapshot_at(struct store *store, const char *file, int line, struct err *err)
{
    if (store->in_tx || store->in_snapshot)
        return err_set(err, ERR_STORE, "a transaction is open already, since %s:%d",
                       store->begun_file, store->begun_line);
    enum err_code rc = store_exec(store, SQL_tx_snapshot, err);
    if (rc)
        return rc;
    store->in_snapshot = true;
    store->begun_file = file;
    store->begun_line = line;
    /* A deferred transaction fixes nothing until something is read. */
    struct stmt *s = stmt_start(store, SQL_tx_look);
    bool has_row;
    rc = stmt_next(s, &has_row, err);
    if (rc) {
        store_snapshot_end(store);
        return rc;
    }
    if (has_row)
        stmt_done(s);
    return ERR_NONE;
}

void store_snapshot_end(struct store *store)
{
    if (!store->in_snapshot)
        return;
    store->in_snapshot = false;
    if (!sqlite3_get_autocommit(store->db))
        (void)!store_exec(store, SQL_tx_rollback, NULL);
}

int store_wal_pages(const struct store *store)
{
    return store->wal_pages;
}

void store_checkpoint(struct store *store)
{
    int pages = 0, done = 0;
    if (sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_PASSIVE, &pages, &done))
        return;
    store->wal_pages = pages - done;
}
