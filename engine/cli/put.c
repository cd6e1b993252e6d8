/* SPDX-License-Identifier: MIT */
#include "engine/cli/put.h"

#include "engine/base/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum err_code fail(struct err *err, const char *path)
{
    return err_set(err, errno == ENOSPC || errno == EDQUOT ? ERR_FULL : ERR_SYSTEM,
                   "cannot write '%s': %s", path, strerror(errno));
}

/* All of `text`, on the disk when it returns. */
static enum err_code write_all(int fd, const char *path, const char *text, size_t len,
                               struct err *err)
{
    while (len) {
        ssize_t n = write(fd, text, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail(err, path);
        text += n;
        len -= (size_t)n;
    }
    return fsync(fd) < 0 ? fail(err, path) : ERR_NONE;
}

enum err_code put_new(const char *path, const unsigned char *bytes, size_t len, struct err *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0 && errno == EEXIST)
        return err_set(err, ERR_CONFLICT, "'%s' is there already", path);
    if (fd < 0)
        return fail(err, path);
    enum err_code rc = write_all(fd, path, (const char *)bytes, len, err);
    if (close(fd) < 0 && !rc)
        rc = fail(err, path);
    if (rc)
        unlink(path);
    return rc;
}

/* "processes/x.yaml" of "moorland/processes/x.yaml" */
static const char *within(const struct source *file)
{
    return strchr(file->path, '/') + 1;
}

static enum err_code put_one(struct arena *arena, int dir, const struct source *file,
                             struct err *err)
{
    const char *name = within(file), *slash = strchr(name, '/');
    if (slash && mkdirat(dir, arena_text_n(arena, name, (size_t)(slash - name)), 0777) < 0 &&
        errno != EEXIST)
        return fail(err, file->path);
    int fd = openat(dir, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd < 0)
        return fail(err, file->path);
    enum err_code rc = write_all(fd, file->path, file->text, file->len, err);
    if (close(fd) < 0 && !rc)
        rc = fail(err, file->path);
    return rc;
}

/* What was begun. The folders go when the last file in them has gone. */
static void take_back(struct arena *arena, const char *temp, int dir, const struct source *files,
                      size_t count)
{
    for (size_t i = 0; i < count && dir >= 0; i++) {
        const char *name = within(&files[i]), *slash = strchr(name, '/');
        unlinkat(dir, name, 0);
        if (slash)
            unlinkat(dir, arena_text_n(arena, name, (size_t)(slash - name)), AT_REMOVEDIR);
    }
    rmdir(temp);
}

/* The folder gets its name. Never in place of anything: not even of an empty folder. */
static enum err_code name_it(const char *temp, const char *folder, struct err *err)
{
    struct stat st;
    if (renameat2(AT_FDCWD, temp, AT_FDCWD, folder, RENAME_NOREPLACE) == 0)
        return ERR_NONE;
    /* A file system that cannot promise it: looked at first, and rename() takes no full folder. */
    if (errno == EINVAL || errno == ENOSYS) {
        errno = EEXIST;
        if (lstat(folder, &st) < 0 && rename(temp, folder) == 0)
            return ERR_NONE;
    }
    if (errno == EEXIST || errno == ENOTEMPTY || errno == ENOTDIR)
        return err_set(err, ERR_CONFLICT, "'%s' is there already", folder);
    return fail(err, folder);
}

enum err_code put_folder(struct arena *arena, const char *folder, const struct source *files,
                         size_t count, struct err *err)
{
    const char *slash = strrchr(folder, '/');
    const char *parent = !slash ? "." : slash == folder ? "/"
                         : arena_text_n(arena, folder, (size_t)(slash - folder));
    char *temp = arena_printf(arena, "%s/.reeve-new-XXXXXX", parent);
    enum err_code rc = ERR_NONE;

    if (!mkdtemp(temp)) {
        bool absent = errno == ENOENT || errno == ENOTDIR;
        err_set(err, absent ? ERR_UNKNOWN : errno == ENOSPC ? ERR_FULL : ERR_SYSTEM,
                "cannot make a folder in '%s': %s", parent, strerror(errno));
        if (absent)
            err_hint(err, "make that folder first, or give another place");
        return err->code;
    }
    int dir = open(temp, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (dir < 0)
        rc = fail(err, temp);
    for (size_t i = 0; !rc && i < count; i++)
        rc = put_one(arena, dir, &files[i], err);
    /* mkdtemp() made it for us alone; a pack is for whoever the umask lets in. */
    mode_t mask = umask(0);
    umask(mask);
    if (!rc && fchmod(dir, 0777 & ~mask) < 0)
        rc = fail(err, temp);
    if (!rc)
        rc = name_it(temp, folder, err);
    if (rc)
        take_back(arena, temp, dir, files, count);
    if (dir >= 0)
        close(dir);
    return rc;
}

/* --- one file -------------------------------------------------------------------------------- */

/* Whether the open file holds `was` still. */
static bool holds(struct arena *arena, int fd, size_t size, const char *was)
{
    char *text = arena_alloc(arena, size + 1);
    size_t len = 0, wanted = strlen(was);

    while (len < size) {
        ssize_t n = read(fd, text + len, size - len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        len += (size_t)n;
    }
    size_t mark = len >= 3 && !memcmp(text, "\xef\xbb\xbf", 3) ? 3 : 0;
    return len - mark == wanted && !memcmp(text + mark, was, wanted);
}

static enum err_code replace(struct arena *arena, const char *path, const struct stat *st,
                             const char *text, struct err *err)
{
    const char *slash = strrchr(path, '/');
    int before = slash ? (int)(slash - path + 1) : 0;
    char *temp = arena_printf(arena, "%.*s.reeve-XXXXXX", before, path);
    int fd = mkstemp(temp);

    if (fd < 0)
        return fail(err, path);
    enum err_code rc = fchmod(fd, st->st_mode & 07777) < 0 ? fail(err, path) : ERR_NONE;
    if (!rc)
        rc = write_all(fd, path, text, strlen(text), err);
    if (close(fd) < 0 && !rc)
        rc = fail(err, path);
    if (!rc && rename(temp, path) < 0)
        rc = fail(err, path);
    if (rc)
        unlink(temp);
    return rc;
}

enum err_code put_file(struct arena *arena, const char *path, const char *was, const char *text,
                       struct err *err)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

    if (fd < 0)
        return errno == ELOOP ? err_set(err, ERR_INPUT, "'%s' is a symbolic link", path)
                              : fail(err, path);
    enum err_code rc = ERR_NONE;
    if (fstat(fd, &st) < 0)
        rc = fail(err, path);
    else if (!S_ISREG(st.st_mode))
        rc = err_set(err, ERR_INPUT, "'%s' is not a file", path);
    else if (!holds(arena, fd, (size_t)st.st_size, was))
        rc = err_set(err, ERR_CONFLICT, "'%s' has changed since it was read", path);
    close(fd);
    return rc ? rc : replace(arena, path, &st, text, err);
}

static bool ends_in(const char *path, const char *const *endings)
{
    for (size_t len = strlen(path); *endings; endings++) {
        size_t n = strlen(*endings);
        if (len > n && strcmp(path + len - n, *endings) == 0)
            return true;
    }
    return false;
}

enum err_code put_made(struct arena *arena, const char *path, const char *const *endings,
                       const char *text, struct err *err)
{
    struct stat st;
    mode_t mask = umask(0);

    umask(mask);
    if (lstat(path, &st) < 0) {
        st.st_mode = 0666 & ~mask;
        return replace(arena, path, &st, text, err);
    }
    if (!S_ISREG(st.st_mode))
        return err_set(err, ERR_INPUT, "'%s' is there already, and is not a file", path);
    if (!ends_in(path, endings)) {
        err_set(err, ERR_CONFLICT, "'%s' is there already, and its name is not a picture's", path);
        err_hint(err, "a name that ends in %s is put in place of the one before", *endings);
        return ERR_CONFLICT;
    }
    return replace(arena, path, &st, text, err);
}
