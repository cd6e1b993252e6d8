/* SPDX-License-Identifier: MIT */
/* A copy is made under another name, checked, made durable, and only then takes its name: whoever
 * sees the name sees a sound database, whenever the machine stops. */
#include "store/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STEP_PAGES = 1024 };

struct copy {
    const char *path;           /* What it will be called. */
    char part[PATH_MAX];        /* What it is called until then. */
    sqlite3 *db;
    struct err *err;
};

static enum err_code system_error(const struct copy *copy, const char *what)
{
    return err_set(copy->err, errno == ENOSPC || errno == EDQUOT ? ERR_FULL : ERR_SYSTEM,
                   "cannot %s '%s': %s", what, copy->path, strerror(errno));
}

static enum err_code sqlite_error(const struct copy *copy, int rc)
{
    return err_set(copy->err, (rc & 0xff) == SQLITE_FULL ? ERR_FULL : ERR_STORE,
                   "cannot copy to '%s': %s", copy->path, sqlite3_errstr(rc));
}

static enum err_code open_part(struct copy *copy)
{
    if (snprintf(copy->part, sizeof copy->part, "%s.part", copy->path) >= (int)sizeof copy->part) {
        errno = ENAMETOOLONG;
        return system_error(copy, "make");
    }
    if (unlink(copy->part) && errno != ENOENT)
        return system_error(copy, "make");
    int fd = open(copy->part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
    if (fd < 0)
        return system_error(copy, "make");
    close(fd);
    int rc = sqlite3_open_v2(copy->part, &copy->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                             NULL);
    /* Nobody reads it before it is whole: its durability is settled once, at the end. */
    if (!rc)
        rc = sqlite3_exec(copy->db, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", NULL,
                          NULL, NULL);
    return rc ? sqlite_error(copy, rc) : ERR_NONE;
}

static enum err_code copy_pages(const struct copy *copy, sqlite3 *from,
                                void (*progress)(int done, int all))
{
    sqlite3_backup *backup = sqlite3_backup_init(copy->db, "main", from, "main");
    if (!backup)
        return sqlite_error(copy, sqlite3_errcode(copy->db));
    int rc;
    do {
        rc = sqlite3_backup_step(backup, STEP_PAGES);
        int all = sqlite3_backup_pagecount(backup);
        if (progress && (rc == SQLITE_OK || rc == SQLITE_DONE))
            progress(all - sqlite3_backup_remaining(backup), all);
    } while (rc == SQLITE_OK);
    int finished = sqlite3_backup_finish(backup);
    if (rc == SQLITE_DONE && finished == SQLITE_OK)
        return ERR_NONE;
    return sqlite_error(copy, rc == SQLITE_DONE ? finished : rc);
}

/* The first row of one of SQLite's own checks; NULL: none. The text lives as long as *raw. */
static const char *first_word(sqlite3 *db, const char *sql, sqlite3_stmt **raw, int *step)
{
    *raw = NULL;
    *step = sqlite3_prepare_v2(db, sql, -1, raw, NULL);
    if (!*step)
        *step = sqlite3_step(*raw);
    return *step == SQLITE_ROW ? (const char *)sqlite3_column_text(*raw, 0) : NULL;
}

static enum err_code check(sqlite3 *db, const char *path, struct err *err)
{
    sqlite3_stmt *raw;
    enum err_code rc = ERR_NONE;
    int step;
    const char *says = first_word(db, "PRAGMA integrity_check(1)", &raw, &step);
    if (!says)
        rc = err_set(err, ERR_STORE, "'%s' is damaged: %s", path, sqlite3_errmsg(db));
    else if (strcmp(says, "ok") != 0)
        rc = err_set(err, ERR_STORE, "'%s' is damaged: %.200s", path, says);
    sqlite3_finalize(raw);
    if (rc)
        return rc;
    says = first_word(db, "PRAGMA foreign_key_check", &raw, &step);
    if (step != SQLITE_DONE)
        rc = err_set(err, ERR_STORE, "'%s' is damaged: a row of '%s' points at nothing", path,
                     says ? says : "a table");
    sqlite3_finalize(raw);
    return rc;
}

static enum err_code sync_path(const struct copy *copy, const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC);
    if (fd < 0)
        return system_error(copy, "make durable");
    int failed = fsync(fd);
    int why = errno;
    close(fd);
    errno = why;
    return failed ? system_error(copy, "make durable") : ERR_NONE;
}

static enum err_code sync_folder(const struct copy *copy)
{
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s", copy->part);
    return sync_path(copy, dirname(folder), O_RDONLY | O_DIRECTORY);
}

static enum err_code finish_part(struct copy *copy)
{
    enum err_code rc = check(copy->db, copy->part, copy->err);
    int closed = sqlite3_close(copy->db);
    copy->db = NULL;
    if (!rc && closed)
        rc = sqlite_error(copy, closed);
    return rc ? rc : sync_path(copy, copy->part, O_RDWR);
}

static void drop_part(struct copy *copy)
{
    char side[PATH_MAX + 8];
    sqlite3_close(copy->db);
    unlink(copy->part);
    snprintf(side, sizeof side, "%s-wal", copy->part);
    unlink(side);
    snprintf(side, sizeof side, "%s-shm", copy->part);
    unlink(side);
}

/* Fills PATH.part from `from`, sound and durable. On failure nothing is left of it. */
static enum err_code make_part(struct copy *copy, sqlite3 *from,
                               void (*progress)(int done, int all))
{
    enum err_code rc = open_part(copy);
    if (!rc)
        rc = copy_pages(copy, from, progress);
    if (!rc)
        rc = finish_part(copy);
    if (rc)
        drop_part(copy);
    return rc;
}

static enum err_code refuse_there(const struct copy *copy)
{
    err_set(copy->err, ERR_INPUT, "'%s' is there already", copy->path);
    err_hint(copy->err, "a backup never overwrites; name another file");
    return ERR_INPUT;
}

/* Gives the part its name, unless the name was taken meanwhile. */
static enum err_code name_new(const struct copy *copy)
{
    if (renameat2(AT_FDCWD, copy->part, AT_FDCWD, copy->path, RENAME_NOREPLACE) == 0)
        return sync_folder(copy);
    if (errno == EEXIST)
        return refuse_there(copy);
    /* Some file systems cannot refuse to replace; that it was not there was looked at before. */
    if (errno != EINVAL || rename(copy->part, copy->path))
        return system_error(copy, "name");
    return sync_folder(copy);
}

enum err_code store_backup(struct store *store, const char *path,
                           void (*progress)(int done, int all), struct err *err)
{
    struct copy copy = { .path = path, .err = err };
    struct stat st;
    MUST(!store->in_tx);
    if (lstat(path, &st) == 0)
        return refuse_there(&copy);
    /* One snapshot for all steps: SQLite begins again whenever another connection commits between
     * two of them, which beside a busy service is for ever. */
    bool own_snapshot = !store->in_snapshot;
    enum err_code rc = own_snapshot ? store_snapshot(store, err) : ERR_NONE;
    if (rc)
        return rc;
    rc = make_part(&copy, store->db, progress);
    if (own_snapshot)
        store_snapshot_end(store);
    if (rc)
        return rc;
    rc = name_new(&copy);
    if (rc)
        unlink(copy.part);
    return rc;
}

enum err_code store_integrity(struct store *store, struct err *err)
{
    return check(store->db, store->path, err);
}

/* Keeps everybody out of the database that is to be replaced, and its WAL emptied into it, until
 * the connection is closed. One that is damaged cannot be held: then the service's lock must do. */
static enum err_code hold_old(const char *path, sqlite3 **held, struct err *err)
{
    sqlite3 *db = NULL;
    int rc = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    sqlite3_busy_timeout(db, 1000);
    if (!rc)
        rc = sqlite3_exec(db, "PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE", NULL, NULL, NULL);
    *held = db;
    if ((rc & 0xff) != SQLITE_BUSY)
        return ERR_NONE;
    err_set(err, ERR_BUSY, "another process has '%s' open", path);
    err_hint(err, "stop it first; nothing was changed");
    return ERR_BUSY;
}

static enum err_code replace(const struct copy *copy)
{
    char side[PATH_MAX + 8];
    sqlite3 *held = NULL;
    struct stat st;
    enum err_code rc = ERR_NONE;
    if (stat(copy->path, &st) == 0)
        rc = hold_old(copy->path, &held, copy->err);
    if (!rc) {
        /* A WAL of the old file would be played into the new one. */
        snprintf(side, sizeof side, "%s-wal", copy->path);
        unlink(side);
        snprintf(side, sizeof side, "%s-shm", copy->path);
        unlink(side);
        rc = rename(copy->part, copy->path) ? system_error(copy, "replace") : sync_folder(copy);
    }
    sqlite3_close(held);
    return rc;
}

static enum err_code refuse_restore(const char *from, const char *path, bool force,
                                    struct err *err)
{
    struct stat is, was;
    if (stat(from, &is))
        return err_set(err, ERR_INPUT, "cannot read '%s': %s", from, strerror(errno));
    if (stat(path, &was))
        return ERR_NONE;
    if (is.st_dev == was.st_dev && is.st_ino == was.st_ino)
        return err_set(err, ERR_INPUT, "'%s' is the database itself", from);
    if (force)
        return ERR_NONE;
    err_set(err, ERR_CONFLICT, "there is a database '%s' already", path);
    err_hint(err, "back it up, then restore with --force");
    return ERR_CONFLICT;
}

static enum err_code restore_locked(const char *from, const char *path, struct err *err)
{
    struct copy copy = { .path = path, .err = err };
    struct store *backup;
    enum err_code rc = store_look(from, &backup, err);
    if (rc)
        return rc == ERR_STORE || rc == ERR_UNKNOWN ? err_set(err, ERR_INPUT, "%s", err->text) : rc;
    rc = make_part(&copy, backup->db, NULL);
    store_close(backup);
    if (rc)
        return rc == ERR_STORE ? err_set(err, ERR_INPUT, "%s", err->text) : rc;
    rc = replace(&copy);
    if (rc)
        unlink(copy.part);
    return rc;
}

enum err_code store_restore(const char *from, const char *path, bool force, struct err *err)
{
    struct service_lock *lock;
    char real[PATH_MAX];
    struct err own;
    err = err ? err : &own;
    path = real_path(path, real); /* A link stays one. */
    enum err_code rc = refuse_restore(from, path, force, err);
    if (!rc)
        rc = service_lock_take(path, &lock, err);
    if (rc)
        return rc;
    rc = restore_locked(from, path, err);
    service_lock_release(lock);
    return rc;
}
