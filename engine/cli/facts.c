/* SPDX-License-Identifier: MIT */
#include "engine/cli/facts.h"

#include "engine/base/arena.h"
#include "engine/cli/say.h"
#include "engine/run/files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum err_code facts_given(struct call *call, size_t from, struct event *event)
{
    size_t count = call->arg_count - from;
    struct given *given = ARENA_ARRAY(call->arena, struct given, count + 1);
    for (size_t i = 0; i < count; i++) {
        const char *word = call->args[from + i], *equals = strchr(word, '=');
        if (!equals || equals == word) {
            err_set(&call->err, ERR_USAGE, "'%s' is not field=value", word);
            err_hint(&call->err, "a value with spaces stands in quotes: why='two words'");
            return ERR_USAGE;
        }
        given[i].name = arena_text_n(call->arena, word, (size_t)(equals - word));
        given[i].value = json_new_text(call->arena, equals + 1);
    }
    given_sort(given, count);
    for (size_t i = 1; i < count; i++)
        if (strcmp(given[i].name, given[i - 1].name) == 0)
            return err_set(&call->err, ERR_USAGE, "'%s' is given twice", given[i].name);
    event->given = given;
    event->given_count = count;
    return ERR_NONE;
}

enum err_code facts_date(struct call *call, const char *flag, day *out)
{
    const char *text = call_flag(call, flag);
    char why[200];
    *out = DAY_NONE;
    if (!text || day_parse_any(text, out))
        return ERR_NONE;
    day_parse_why(text, why, sizeof why);
    return err_set(&call->err, ERR_INPUT, "--%s: %s", flag, why);
}

enum err_code facts_urn(struct call *call, const char *flag, int64_t *out)
{
    const char *text = call_flag(call, flag);
    *out = 0;
    if (!text || (text_int(text, out) && *out >= 100000 && *out <= 999999))
        return ERR_NONE;
    return err_set(&call->err, ERR_INPUT, "--%s: '%s' is not a URN: six digits", flag, text);
}

enum err_code facts_count(struct call *call, const char *flag, size_t *out)
{
    const char *text = call_flag(call, flag);
    int64_t number = 0;
    *out = 0;
    if (!text)
        return ERR_NONE;
    if (!text_int(text, &number) || number < 1 || number > 1000000)
        return err_set(&call->err, ERR_INPUT, "--%s: '%s' is not a number from 1 to 1000000", flag,
                       text);
    *out = (size_t)number;
    return ERR_NONE;
}

static enum err_code read_all(struct call *call, int fd, const char *path, size_t most,
                              const char **bytes, size_t *len)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        return err_set(&call->err, ERR_SYSTEM, "'%s' cannot be read: %s", path, strerror(errno));
    if (S_ISDIR(st.st_mode)) {
        err_set(&call->err, ERR_INPUT, "'%s' is a folder", path);
        err_hint(&call->err, "name a file in it");
        return ERR_INPUT;
    }
    if ((uintmax_t)st.st_size > most)
        return err_set(&call->err, ERR_LIMIT, "'%s' is larger than %zu MB", path, most >> 20);
    /* One byte more than may be: pipes and growing files have no size beforehand. */
    size_t room = S_ISREG(st.st_mode) ? (size_t)st.st_size + 1 : most + 1, got = 0;
    char *at = arena_alloc(call->arena, room + 1);
    while (got < room) {
        ssize_t n = read(fd, at + got, room - got);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_set(&call->err, ERR_SYSTEM, "'%s' cannot be read: %s", path,
                           strerror(errno));
        if (n == 0)
            break;
        got += (size_t)n;
    }
    if (got > most)
        return err_set(&call->err, ERR_LIMIT, "'%s' is larger than %zu MB", path, most >> 20);
    *bytes = at;
    *len = got;
    return ERR_NONE;
}

enum err_code facts_read(struct call *call, const char *path, size_t most, const char **bytes,
                         size_t *len)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    call->cannot = fd < 0;
    if (fd < 0)
        return err_set(&call->err, errno == ENOENT ? ERR_UNKNOWN : ERR_SYSTEM,
                       "'%s' cannot be read: %s", path, strerror(errno));
    enum err_code rc = read_all(call, fd, path, most, bytes, len);
    close(fd);
    return rc;
}

/* Opened without waiting for whoever writes a pipe, and only what stays as it is. */
static enum err_code read_proof(struct call *call, const char *path, const char **bytes,
                                size_t *len)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    call->cannot = fd < 0;
    if (fd < 0)
        return err_set(&call->err, errno == ENOENT ? ERR_UNKNOWN : ERR_SYSTEM,
                       "'%s' cannot be read: %s", path, strerror(errno));
    enum err_code rc = ERR_NONE;
    if (fstat(fd, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
        rc = err_set(&call->err, ERR_INPUT, "'%s' is a pipe or a device, not a file", path);
    if (!rc)
        rc = read_all(call, fd, path, PROOF_BYTES_MAX, bytes, len);
    close(fd);
    return rc;
}

static enum err_code take_proof(struct call *call, const char *path, const char **text,
                                const struct file_row **out)
{
    const char *bytes, *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    struct file_row *row = ARENA_NEW(call->arena, struct file_row);
    size_t len;
    enum err_code rc = read_proof(call, path, &bytes, &len);
    if (!rc)
        rc = file_take(call->arena, name, (const unsigned char *)bytes, len, text, row,
                       &call->err);
    if (rc)
        err_wrap(&call->err, "--file");
    *out = row;
    return rc;
}

static bool has_flag(const struct call *call, const char *name)
{
    for (const struct flag *const *flag = call->command->flags; *flag; flag++)
        if (strcmp((*flag)->name, name) == 0)
            return true;
    return false;
}

enum err_code facts_common(struct call *call, struct event *event, const struct file_row **file)
{
    event->on = DAY_NONE;
    enum err_code rc = facts_date(call, "on", &event->on);
    if (!rc && has_flag(call, "why")) {
        event->why = call_flag(call, "why");
        if (event->why && strlen(event->why) > FACT_WHY_BYTES_MAX)
            rc = err_set(&call->err, ERR_LIMIT, "--why is longer than %d bytes",
                         FACT_WHY_BYTES_MAX);
    }
    if (!rc && has_flag(call, "key")) {
        event->key = call_flag(call, "key");
        if (event->key && (!*event->key || strlen(event->key) > FACT_KEY_BYTES_MAX))
            rc = err_set(&call->err, ERR_INPUT, "--key: 1 to %d bytes", FACT_KEY_BYTES_MAX);
    }
    if (!rc && has_flag(call, "file") && call_flag(call, "file"))
        rc = take_proof(call, call_flag(call, "file"), &event->file, file);
    return rc;
}
