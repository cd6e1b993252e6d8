/* SPDX-License-Identifier: MIT */
#include "tests/faults/vfs.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OPEN_MAX = 16, PENDING_MAX = 4096 };

/* A write since the last sync; a cut when `bytes` is NULL. */
struct pending {
    unsigned char *bytes;
    sqlite3_int64 at;
    int len;
};

/* The shim's file, with the real one right behind it. */
struct file {
    sqlite3_file base;
    sqlite3_file *real;
    unsigned char *durable; /* What the last sync left; kept only when the power may go. */
    sqlite3_int64 durable_len;
    struct pending pending[PENDING_MAX];
    int pending_count;
    bool tracked;
};

static struct fault_plan plan;
static bool armed;
static int seen, failed;

static sqlite3_file *real_of(sqlite3_file *file)
{
    return ((struct file *)file)->real;
}

static struct file *open_files[OPEN_MAX];

static bool loses_power(void)
{
    return armed && (plan.kind == FAULT_POWER || plan.kind == FAULT_TORN);
}

static void forget_pending(struct file *file)
{
    for (int i = 0; i < file->pending_count; i++)
        free(file->pending[i].bytes);
    file->pending_count = 0;
}

/* What is in the file now is what a loss of power leaves. */
static void take_durable(struct file *file)
{
    sqlite3_int64 size = 0;
    file->real->pMethods->xFileSize(file->real, &size);
    free(file->durable);
    file->durable = malloc(size ? (size_t)size : 1);
    file->durable_len = size;
    if (!file->durable)
        abort();
    if (size)
        file->real->pMethods->xRead(file->real, file->durable, (int)size, 0);
    forget_pending(file);
}

static void track(struct file *file)
{
    file->tracked = loses_power();
    file->durable = NULL;
    file->pending_count = 0;
    if (!file->tracked)
        return;
    take_durable(file);
    int i = 0;
    while (open_files[i])
        if (++i == OPEN_MAX)
            abort();
    open_files[i] = file;
}

static void untrack(struct file *file)
{
    if (!file->tracked)
        return;
    for (int i = 0; i < OPEN_MAX; i++)
        if (open_files[i] == file)
            open_files[i] = NULL;
    forget_pending(file);
    free(file->durable);
}

static void note_write(struct file *file, const void *bytes, int len, sqlite3_int64 at)
{
    if (!file->tracked)
        return;
    if (file->pending_count == PENDING_MAX)
        abort();
    struct pending *pending = &file->pending[file->pending_count++];
    *pending = (struct pending){ .at = at, .len = len };
    if (bytes) {
        pending->bytes = malloc((size_t)len);
        if (!pending->bytes)
            abort();
        memcpy(pending->bytes, bytes, (size_t)len);
    }
}

static void lose(struct file *file)
{
    const sqlite3_io_methods *real = file->real->pMethods;
    real->xTruncate(file->real, file->durable_len);
    if (file->durable_len)
        real->xWrite(file->real, file->durable, (int)file->durable_len, 0);
    for (int i = 0; plan.kind == FAULT_TORN && i < file->pending_count; i += 2) {
        const struct pending *pending = &file->pending[i];
        if (pending->bytes)
            real->xWrite(file->real, pending->bytes, pending->len, pending->at);
        else
            real->xTruncate(file->real, pending->at);
    }
    forget_pending(file);
}

static void lose_power(void)
{
    for (int i = 0; i < OPEN_MAX; i++)
        if (open_files[i])
            lose(open_files[i]);
    plan.forever = true;
}

/* True when this operation is to fail. */
static bool strikes(enum fault_op op)
{
    if (!armed || !(plan.ops & op))
        return false;
    seen++;
    if (seen < plan.nth || (seen > plan.nth && !plan.forever))
        return false;
    if (plan.kind == FAULT_KILL)
        _exit(0);
    if (loses_power() && !failed)
        lose_power();
    failed++;
    return true;
}

static int on_close(sqlite3_file *file)
{
    untrack((struct file *)file);
    return real_of(file)->pMethods->xClose(real_of(file));
}

static int on_read(sqlite3_file *file, void *bytes, int len, sqlite3_int64 at)
{
    if (strikes(FAULT_READ))
        return SQLITE_IOERR_READ;
    return real_of(file)->pMethods->xRead(real_of(file), bytes, len, at);
}

static int on_write(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 at)
{
    const sqlite3_io_methods *real = real_of(file)->pMethods;
    if (!strikes(FAULT_WRITE)) {
        note_write((struct file *)file, bytes, len, at);
        return real->xWrite(real_of(file), bytes, len, at);
    }
    if (plan.kind == FAULT_HALF && len > 1)
        (void)real->xWrite(real_of(file), bytes, len / 2, at);
    return plan.kind == FAULT_NO_ROOM ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static int on_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    if (strikes(FAULT_TRUNCATE))
        return SQLITE_IOERR_TRUNCATE;
    note_write((struct file *)file, NULL, 0, size);
    return real_of(file)->pMethods->xTruncate(real_of(file), size);
}

static int on_sync(sqlite3_file *file, int flags)
{
    if (strikes(FAULT_SYNC))
        return SQLITE_IOERR_FSYNC;
    if (((struct file *)file)->tracked)
        take_durable((struct file *)file);
    return real_of(file)->pMethods->xSync(real_of(file), flags);
}

static int on_file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int on_lock(sqlite3_file *file, int lock)
{
    return real_of(file)->pMethods->xLock(real_of(file), lock);
}

static int on_unlock(sqlite3_file *file, int lock)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), lock);
}

static int on_check_lock(sqlite3_file *file, int *out)
{
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), out);
}

static int on_control(sqlite3_file *file, int op, void *arg)
{
    return real_of(file)->pMethods->xFileControl(real_of(file), op, arg);
}

static int on_sector_size(sqlite3_file *file)
{
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int on_device(sqlite3_file *file)
{
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int on_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
    return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, out);
}

static int on_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
    return real_of(file)->pMethods->xShmLock(real_of(file), offset, n, flags);
}

static void on_shm_barrier(sqlite3_file *file)
{
    real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int on_shm_unmap(sqlite3_file *file, int remove)
{
    return real_of(file)->pMethods->xShmUnmap(real_of(file), remove);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2, /* 3 would be memory maps, which go past xWrite. */
    .xClose = on_close,
    .xRead = on_read,
    .xWrite = on_write,
    .xTruncate = on_truncate,
    .xSync = on_sync,
    .xFileSize = on_file_size,
    .xLock = on_lock,
    .xUnlock = on_unlock,
    .xCheckReservedLock = on_check_lock,
    .xFileControl = on_control,
    .xSectorSize = on_sector_size,
    .xDeviceCharacteristics = on_device,
    .xShmMap = on_shm_map,
    .xShmLock = on_shm_lock,
    .xShmBarrier = on_shm_barrier,
    .xShmUnmap = on_shm_unmap,
};

static sqlite3_vfs *under;

static int on_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    struct file *own = (struct file *)file;
    (void)vfs;
    own->base.pMethods = NULL;
    if (strikes(FAULT_OPEN))
        return SQLITE_CANTOPEN;
    own->real = (sqlite3_file *)(own + 1);
    int rc = under->xOpen(under, name, own->real, flags, out);
    if (own->real->pMethods) {
        own->base.pMethods = &methods;
        track(own);
    }
    return rc;
}

void faults_install(void)
{
    static sqlite3_vfs vfs;
    if (under)
        return;
    under = sqlite3_vfs_find(NULL);
    /* All else is the real one's, which looks at its own data through pAppData. */
    vfs = *under;
    vfs.zName = "faulty";
    vfs.szOsFile = (int)sizeof(struct file) + under->szOsFile;
    vfs.xOpen = on_open;
    sqlite3_vfs_register(&vfs, 1);
}

void faults_arm(const struct fault_plan *given)
{
    plan = *given;
    armed = true;
    seen = failed = 0;
}

int faults_disarm(void)
{
    armed = false;
    return failed;
}

int faults_seen(void)
{
    return seen;
}
