/* SPDX-License-Identifier: MIT */
/* A file is looked at before anything is changed in it: what is not ours stays as it was. */
#include "store/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

/* A WAL larger than this was left by something that never stopped; see performance of recovery. */
enum { WAL_LEFT_MAX = 64 << 20 };

const char *network_file_system(unsigned long type)
{
    static const struct {
        unsigned long type;
        const char *name;
    } known[] = {
        { 0x6969, "nfs" },       { 0x517b, "smb" },        { 0xff534d42, "cifs" },
        { 0xfe534d42, "smb2" },  { 0x01021997, "9p" },     { 0x5346414f, "afs" },
        { 0x6b414653, "afs" },   { 0x73757245, "coda" },   { 0x00c36400, "ceph" },
        { 0x0bd00bd0, "lustre" }, { 0x01161970, "gfs2" },  { 0x7461636f, "ocfs2" },
        { 0x564c, "ncp" },       { 0x19830326, "fhgfs" },  { 0x47504653, "gpfs" },
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].type == (type & 0xffffffff))
            return known[i].name;
    return NULL;
}

const char *real_path(const char *path, char out[PATH_MAX])
{
    return realpath(path, out) ? out : path;
}

static enum err_code check_folder(const char *path, enum store_mode mode, struct err *err)
{
    char copy[PATH_MAX], real[PATH_MAX];
    struct statfs fs;
    path = real_path(path, real); /* SQLite's own files stand beside what a link leads to. */
    if (strlen(path) >= sizeof copy)
        return err_set(err, ERR_SYSTEM, "the path of the database is too long");
    strcpy(copy, path);
    const char *folder = dirname(copy);
    if (statfs(folder, &fs))
        return err_set(err, ERR_SYSTEM, "cannot use the folder '%s': %s", folder, strerror(errno));
    const char *network = network_file_system((unsigned long)fs.f_type);
    if (network) {
        err_set(err, ERR_SYSTEM, "'%s' is on a network file system (%s), where locks cannot be "
                "trusted", path, network);
        err_hint(err, "keep the database on a disk of this machine");
        return ERR_SYSTEM;
    }
    if (mode != STORE_READ && eaccess(folder, W_OK | X_OK))
        return err_set(err, ERR_SYSTEM, "cannot write in the folder '%s': %s", folder,
                       strerror(errno));
    return ERR_NONE;
}

static enum err_code check_file(const char *path, enum store_mode mode, struct err *err)
{
    struct stat st;
    if (stat(path, &st) == 0) {
        if (!S_ISREG(st.st_mode))
            return err_set(err, ERR_STORE, "'%s' is not a file", path);
        if (eaccess(path, mode == STORE_READ ? R_OK : R_OK | W_OK))
            return err_set(err, ERR_SYSTEM, "cannot open '%s': %s", path, strerror(errno));
        return ERR_NONE;
    }
    if (errno != ENOENT && errno != ENOTDIR)
        return err_set(err, ERR_SYSTEM, "cannot open '%s': %s", path, strerror(errno));
    if (mode == STORE_CREATE)
        return ERR_NONE;
    err_set(err, ERR_UNKNOWN, "there is no database '%s'", path);
    err_hint(err, "`reeve publish PACK` makes one");
    return ERR_UNKNOWN;
}

/* What it holds is about children: not for everybody on the machine. SQLite's own files beside it
 * take after it. Only a new file may be opened here: closing one would let go of the locks that
 * another connection of this process has on it. */
static enum err_code make_private(const char *path, struct err *err)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
    if (fd >= 0)
        close(fd);
    else if (errno != EEXIST)
        return err_set(err, errno == ENOSPC ? ERR_FULL : ERR_SYSTEM, "cannot make '%s': %s",
                       path, strerror(errno));
    return ERR_NONE;
}

static enum err_code connect(struct store *store, const char *path, int flags, struct err *err)
{
    int rc = sqlite3_open_v2(path, &store->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
    MUST(store->db);
    if (rc)
        return store_fail(store, "open", err);
    sqlite3_extended_result_codes(store->db, 1);
    tx_hooks(store);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, 0);
    return ERR_NONE;
}

/* What the file says it is. A new one, or one whose making was cut off, is blank. */
struct marks {
    int64_t application, schema;
    bool blank;
};

/* The application last: another process may be making the file in between, in one transaction, and
 * tables without our mark would read as another program's. */
static enum err_code read_marks(struct store *store, struct marks *out, struct err *err)
{
    int64_t tables = 0;
    enum err_code rc = store_number(store, "SELECT count(*) FROM sqlite_schema", &tables, err);
    if (!rc)
        rc = store_number(store, "PRAGMA user_version", &out->schema, err);
    if (!rc)
        rc = store_number(store, "PRAGMA application_id", &out->application, err);
    int code = sqlite3_errcode(store->db) & 0xff;
    if (rc == ERR_STORE && (code == SQLITE_NOTADB || code == SQLITE_CORRUPT))
        return err_set(err, rc, code == SQLITE_NOTADB ? "'%s' is not a database"
                                                      : "the database '%s' is damaged",
                       store->path);
    out->blank = !rc && !out->application && !out->schema && !tables;
    return rc;
}

static enum err_code check_marks(const struct store *store, const struct marks *marks,
                                 struct err *err)
{
    int newest = schema_newest();
    if (marks->blank) {
        if (store->mode == STORE_CREATE || store->mode == STORE_MEMORY)
            return ERR_NONE;
        err_set(err, ERR_UNKNOWN, "the database '%s' is empty", store->path);
        err_hint(err, "`reeve publish PACK` fills it");
        return ERR_UNKNOWN;
    }
    if (marks->application != APPLICATION_ID)
        return err_set(err, ERR_STORE, "'%s' is another program's database", store->path);
    if (marks->schema > newest) {
        err_set(err, ERR_STORE, "'%s' was made by a newer reeve (schema %lld; this one knows %d)",
                store->path, (long long)marks->schema, newest);
        err_hint(err, "use the newer program, or restore a backup from before");
        return ERR_STORE;
    }
    if (marks->schema < newest && store->mode == STORE_READ) {
        err_set(err, ERR_STORE, "'%s' was made by an older reeve (schema %lld; this one needs %d)",
                store->path, (long long)marks->schema, newest);
        err_hint(err, "start the service or any command that writes: that brings it forward");
        return ERR_STORE;
    }
    return ERR_NONE;
}

/* Another process may be making or migrating the same file: SQLite answers busy at once, without
 * asking the busy handler, when the journal mode is in question. */
static enum err_code set_wal(struct store *store, struct err *err)
{
    int64_t until = store_clock_us() + (int64_t)WAIT_MS * 1000;
    for (;;) {
        store->committing = true; /* The mode stands in the file's header. */
        enum err_code rc = store_script(store, "journal_mode", "PRAGMA journal_mode = WAL", err);
        store->committing = false;
        if (rc != ERR_BUSY || store_clock_us() > until)
            return rc;
        const struct timespec nap = { .tv_nsec = 2000000 };
        nanosleep(&nap, NULL);
    }
}

static enum err_code set_pragmas(struct store *store, struct err *err)
{
    enum err_code rc = ERR_NONE;
    if (store->mode == STORE_WRITE || store->mode == STORE_CREATE)
        rc = set_wal(store, err);
    if (!rc)
        rc = store_script(store, "pragmas",
                          "PRAGMA synchronous = FULL;"
                          "PRAGMA cache_size = -8192;" /* KiB */
                          "PRAGMA temp_store = MEMORY;"
                          "PRAGMA cell_size_check = ON;",
                          err);
    return rc;
}

static enum err_code apply_schemas(struct store *store, struct err *err)
{
    struct marks marks;
    char mark[96];
    int newest = schema_newest();
    /* Once more, now that nobody else can write. */
    enum err_code rc = read_marks(store, &marks, err);
    if (!rc)
        rc = check_marks(store, &marks, err);
    for (int i = (int)marks.schema + 1; !rc && i <= newest; i++)
        rc = store_script(store, "schema", schema_text(i), err);
    if (rc)
        return rc;
    sqlite3_snprintf((int)sizeof mark, mark, "PRAGMA application_id = %d; PRAGMA user_version = %d",
                     APPLICATION_ID, newest);
    return store_script(store, "schema", mark, err);
}

static enum err_code migrate(struct store *store, struct err *err)
{
    enum err_code rc = store_script(store, "begin", "BEGIN IMMEDIATE", err);
    if (rc)
        return rc;
    rc = apply_schemas(store, err);
    if (!rc) {
        store->committing = true;
        rc = store_script(store, "commit", "COMMIT", err);
        store->committing = false;
    }
    if (!sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return rc;
}

/* Only when nobody is in the way. */
static void truncate_left_wal(struct store *store)
{
    const char *wal = sqlite3_filename_wal(sqlite3_db_filename(store->db, "main"));
    struct stat st;
    if (store->mode == STORE_MEMORY || stat(wal, &st) || st.st_size < WAL_LEFT_MAX)
        return;
    store->wait_ms = 0;
    sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    store->wait_ms = WAIT_MS;
}

static enum err_code open_checked(struct store *store, struct err *err)
{
    static const int flags[] = {
        [STORE_READ] = SQLITE_OPEN_READONLY,
        [STORE_WRITE] = SQLITE_OPEN_READWRITE,
        [STORE_CREATE] = SQLITE_OPEN_READWRITE,
        [STORE_MEMORY] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY,
    };
    struct marks marks;
    enum err_code rc = connect(store, store->path, flags[store->mode], err);
    if (!rc)
        rc = read_marks(store, &marks, err);
    if (!rc)
        rc = check_marks(store, &marks, err);
    if (!rc)
        rc = set_pragmas(store, err);
    if (!rc && marks.schema < schema_newest())
        rc = migrate(store, err);
    if (!rc)
        rc = stmt_prepare_all(store, err);
    if (!rc && store->mode != STORE_READ)
        truncate_left_wal(store);
    return rc;
}

static struct store *store_new(const char *path, enum store_mode mode)
{
    struct store *store = calloc(1, sizeof *store);
    MUST(store);
    store->mode = mode;
    store->path = strdup(path);
    MUST(store->path);
    return store;
}

enum err_code store_open(const char *path, enum store_mode mode, struct store **out,
                         struct err *err)
{
    enum err_code rc = ERR_NONE;
    if (mode == STORE_MEMORY)
        path = ":memory:";
    else if (!(rc = check_folder(path, mode, err)))
        rc = check_file(path, mode, err);
    if (!rc && mode == STORE_CREATE)
        rc = make_private(path, err);
    if (rc)
        return rc;
    if (sodium_init() < 0)
        return err_set(err, ERR_SYSTEM, "this system gives no random numbers");
    struct store *store = store_new(path, mode);
    rc = open_checked(store, err);
    if (rc) {
        store_close(store);
        return rc;
    }
    *out = store;
    return ERR_NONE;
}

/* A file at rest, without a WAL, is read as it is: no files are made beside it, so a backup may lie
 * where nothing can be written. False: it has a WAL that belongs to it. */
static bool file_uri(const char *path, char *uri, size_t room)
{
    char wal[PATH_MAX + 8];
    struct stat st;
    snprintf(wal, sizeof wal, "%s-wal", path);
    if (stat(wal, &st) == 0 && st.st_size > 0)
        return false;
    size_t len = (size_t)snprintf(uri, room, "file:");
    for (; *path && len + 32 < room; path++)
        len += (size_t)(strchr("%?#", *path)
                            ? snprintf(uri + len, room - len, "%%%02X", (unsigned char)*path)
                            : snprintf(uri + len, room - len, "%c", *path));
    snprintf(uri + len, room - len, "?immutable=1");
    return *path == '\0';
}

enum err_code store_look(const char *path, struct store **out, struct err *err)
{
    struct marks marks;
    char uri[3 * PATH_MAX + 32];
    struct store *store = store_new(path, STORE_READ);
    enum err_code rc;
    if (file_uri(path, uri, sizeof uri))
        rc = connect(store, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err);
    else
        rc = connect(store, path, SQLITE_OPEN_READONLY, err);
    if (!rc)
        rc = read_marks(store, &marks, err);
    if (!rc && marks.schema >= schema_newest())
        rc = check_marks(store, &marks, err);
    else if (!rc && marks.application != APPLICATION_ID)
        rc = err_set(err, ERR_STORE, "'%s' is no reeve database", path);
    if (rc) {
        store_close(store);
        return rc;
    }
    *out = store;
    return ERR_NONE;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    store_snapshot_end(store);
    store_rollback(store);
    due_window_free(store);
    stmt_close_all(store);
    /* The last connection that may write brings the WAL into the file and removes it. */
    MUST(sqlite3_close(store->db) == SQLITE_OK);
    free(store->path);
    free(store);
}

const char *store_path(const struct store *store)
{
    return store->path;
}
