/* SPDX-License-Identifier: MIT */
/* flock(): the kernel lets go when the process ends, however it ends, so nothing stale is left. The
 * file stays: removing it would let two processes hold locks on two files of one name. */
#include "store/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

struct service_lock {
    int fd;
};

static enum err_code held(int fd, const char *database, struct err *err)
{
    char pid[32] = "";
    ssize_t len = pread(fd, pid, sizeof pid - 1, 0);
    pid[len > 0 ? strcspn(pid, "\n") : 0] = '\0';
    err_set(err, ERR_BUSY, "the service is running on '%s' already%s%s", database,
            pid[0] ? ", as process " : "", pid);
    err_hint(err, "only one may send mail and run the clock; stop that one first");
    return ERR_BUSY;
}

static enum err_code write_pid(int fd, const char *path, struct err *err)
{
    char pid[32];
    int len = snprintf(pid, sizeof pid, "%ld\n", (long)getpid());
    if (ftruncate(fd, 0) || pwrite(fd, pid, (size_t)len, 0) != len)
        return err_set(err, errno == ENOSPC ? ERR_FULL : ERR_SYSTEM, "cannot write '%s': %s", path,
                       strerror(errno));
    return ERR_NONE;
}

static enum err_code take(const char *database, const char *path, int fd, struct err *err)
{
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        return write_pid(fd, path, err);
    if (errno == EWOULDBLOCK)
        return held(fd, database, err);
    return err_set(err, ERR_SYSTEM, "cannot lock '%s': %s", path, strerror(errno));
}

enum err_code service_lock_take(const char *database, struct service_lock **out, struct err *err)
{
    char real[PATH_MAX], path[PATH_MAX + 8];
    if (snprintf(path, sizeof path, "%s.lock", real_path(database, real)) >= (int)sizeof path)
        return err_set(err, ERR_SYSTEM, "the path of the database is too long");
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (fd < 0)
        return err_set(err, ERR_SYSTEM, "cannot open '%s': %s", path, strerror(errno));
    enum err_code rc = take(database, path, fd, err);
    if (rc) {
        close(fd);
        return rc;
    }
    struct service_lock *lock = malloc(sizeof *lock);
    MUST(lock);
    lock->fd = fd;
    *out = lock;
    return ERR_NONE;
}

void service_lock_release(struct service_lock *lock)
{
    if (!lock)
        return;
    if (ftruncate(lock->fd, 0) == 0)
        flock(lock->fd, LOCK_UN);
    close(lock->fd);
    free(lock);
}
