/* SPDX-License-Identifier: MIT */
#include "engine/edge/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_ROOM = 4096 };

enum err_code folder_make(const char *folder, struct err *err)
{
    if (mkdir(folder, 0700) && errno != EEXIST)
        return err_set(err, ERR_SYSTEM, "cannot make the mail folder '%s': %s", folder,
                       strerror(errno));
    return ERR_NONE;
}

static enum err_code write_all(int fd, const char *content, size_t len, struct err *err)
{
    while (len) {
        ssize_t n = write(fd, content, len);
        if (n < 0)
            return err_set(err, ERR_SYSTEM, "cannot write a message: %s", strerror(errno));
        content += n;
        len -= (size_t)n;
    }
    return fsync(fd) ? err_set(err, ERR_SYSTEM, "cannot write a message: %s", strerror(errno))
                     : ERR_NONE;
}

enum err_code folder_put(const char *folder, const char *key, const char *content, size_t len,
                         struct err *err)
{
    char path[PATH_ROOM], temp[PATH_ROOM];
    char name[200];
    snprintf(name, sizeof name, "%s", key);
    for (char *c = name; *c; c++)
        if (*c == ':' || *c == '/')
            *c = '.';
    if (snprintf(path, sizeof path, "%s/%s.eml", folder, name) >= PATH_ROOM ||
        snprintf(temp, sizeof temp, "%s/.%s.part", folder, name) >= PATH_ROOM)
        return err_set(err, ERR_SYSTEM, "the mail folder's name is too long");
    int fd = open(temp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return err_set(err, ERR_SYSTEM, "cannot write '%s': %s", temp, strerror(errno));
    enum err_code rc = write_all(fd, content, len, err);
    close(fd);
    if (!rc && rename(temp, path))
        rc = err_set(err, ERR_SYSTEM, "cannot write '%s': %s", path, strerror(errno));
    if (rc)
        unlink(temp);
    return rc;
}
