/* SPDX-License-Identifier: MIT */
/* store - one SQLite file: open, migrate, transactions.
 *
 * WAL, synchronous=FULL, foreign keys, defensive mode. SQL stands in
 * store/sql/ under "-- name:" headings, is embedded by the build and prepared
 * at open; no other folder contains SQL or sees sqlite3.h. One writing
 * connection a process; readers have their own. A store is used by one thread
 * at a time.
 *
 * Every write function must be called between store_begin() and
 * store_commit(). A failing commit rolls back.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "engine/base/err.h"
#include <stdbool.h>
#include <stdint.h>

struct store;

enum store_mode {
    STORE_READ,    /* Must exist. Only reads. */
    STORE_WRITE,   /* Must exist; migrated forward if older. */
    STORE_CREATE,  /* Made when missing. */
    STORE_MEMORY,  /* In memory, path ignored: scenarios. */
};

/* ERR_UNKNOWN  no such file (hint: `reeve publish PACK` makes one).
 * ERR_STORE    not a reeve database, made by a newer reeve, or damaged; the text says which.
 * ERR_SYSTEM   the folder cannot be written, or it is on a network file system.
 * ERR_BUSY     locked by another for longer than 5 s. ERR_FULL: no room to migrate. */
MUST_CHECK enum err_code store_open(const char *path, enum store_mode mode, struct store **out,
                                    struct err *err);
/* Truncates the WAL when it is the last and in write mode. NULL is fine. */
void store_close(struct store *store);

/* Takes every row out of a store in memory, which is then as new. ERR_STORE: memory has run out. */
MUST_CHECK enum err_code store_empty(struct store *store, struct err *err);

const char *store_path(const struct store *store);

/* BEGIN IMMEDIATE. ERR_BUSY: another process holds the lock for longer than `wait_ms` (5 s).
 * ERR_STORE: one is open already; the text says since which line. */
#define store_begin_wait(store, wait_ms, err)                                                     \
    store_begin_at((store), (wait_ms), __FILE__, __LINE__, (err))
#define store_begin(store, err) store_begin_wait((store), 5000, (err))
MUST_CHECK enum err_code store_begin_at(struct store *store, int wait_ms, const char *file,
                                        int line, struct err *err);
/* ERR_FULL: no room, nothing was written. ERR_STORE with store_io_failed(): whether it was written
 * is not known; the process must end, recovery knows. */
MUST_CHECK enum err_code store_commit(struct store *store, struct err *err);
void store_rollback(struct store *store); /* Fine without a transaction. */
bool store_io_failed(const struct store *store);

/* A snapshot for several reads that must agree. */
#define store_snapshot(store, err) store_snapshot_at((store), __FILE__, __LINE__, (err))
MUST_CHECK enum err_code store_snapshot_at(struct store *store, const char *file, int line,
                                           struct err *err);
void store_snapshot_end(struct store *store);

/* Pages in the WAL after the last commit, and a PASSIVE checkpoint of them. */
int store_wal_pages(const struct store *store);
void store_checkpoint(struct store *store);

/* A consistent copy, while others work. `progress` (may be NULL) hears pages done and in all. The
 * copy is checked, made durable and then renamed to `path`. ERR_INPUT: `path` is there already. */
MUST_CHECK enum err_code store_backup(struct store *store, const char *path,
                                      void (*progress)(int done, int all), struct err *err);
/* Puts a backup in place of `path`. ERR_INPUT: `from` is no sound reeve database; ERR_CONFLICT:
 * there is a database at `path` and `force` is false; ERR_BUSY: somebody has it open. */
MUST_CHECK enum err_code store_restore(const char *from, const char *path, bool force,
                                       struct err *err);
/* SQLite's own integrity check. ERR_STORE: damaged; the text has its first words. */
MUST_CHECK enum err_code store_integrity(struct store *store, struct err *err);

/* The exclusive lock of `run` and `tick`, beside the database. ERR_BUSY: another holds it (text
 * names its process). */
struct service_lock;
MUST_CHECK enum err_code service_lock_take(const char *database, struct service_lock **out,
                                           struct err *err);
void service_lock_release(struct service_lock *lock);

#endif
