/* SPDX-License-Identifier: MIT */
/* The bytes of a pack: from folders, and to and from one text for the database. */
#include "rules/pack.h"

#include "engine/base/arena.h"
#include "engine/base/json.h"
#include "engine/base/text.h"
#include "rules/layer.h"
#include "rules/yaml.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a pack is made of; other files in its folder are nobody's business. */
static const struct { const char *folder, *ending; } kinds[] = {
    { NULL, ".yaml" },        { "calendars", ".yaml" }, { "processes", ".yaml" },
    { "parts", ".yaml" },     { "lua", ".lua" },        { "messages", ".md" },
    { "scenarios", ".yaml" },
};

struct reading {
    struct arena *arena;
    struct pack_files *files;
    size_t bytes;
    struct err *err;
};

static bool ends_in(const char *name, const char *ending)
{
    size_t n = strlen(name), e = strlen(ending);

    return n > e && !strcmp(name + n - e, ending);
}

/* Whether somebody who meant `ending` could have written this: "a.yml", "a.YAML". */
static bool nearly_ends_in(const char *name, const char *ending)
{
    size_t n = strlen(name), e = strlen(ending);
    bool short_form = !strcmp(ending, ".yaml") && n > 4 && !strcasecmp(name + n - 4, ".yml");

    return short_form || (n > e && !strcasecmp(name + n - e, ending));
}

/* --- a file ---------------------------------------------------------------------------------- */

/* Editors on Windows put a mark before the text, which neither YAML's second line nor Lua would
 * take. */
static size_t mark_len(const char *text, size_t len)
{
    return len >= 3 && !memcmp(text, "\xef\xbb\xbf", 3) ? 3 : 0;
}

static enum err_code slurp(struct reading *r, int fd, const char *path, size_t size)
{
    char *text = arena_alloc(r->arena, size + 1);
    size_t len = 0;

    while (len < size) {
        ssize_t n = read(fd, text + len, size - len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_set(r->err, ERR_SYSTEM, "cannot read '%s': %s", path, strerror(errno));
        if (!n)
            break;
        len += (size_t)n;
    }
    text[len] = '\0';
    r->bytes += len;
    size_t mark = mark_len(text, len);
    *LIST_ADD(r->arena, &r->files->files) = (struct source){ .path = arena_text(r->arena, path),
                                                             .text = text + mark,
                                                             .len = len - mark };
    return ERR_NONE;
}

static enum err_code read_file(struct reading *r, int dir, const char *name, const char *path)
{
    struct stat st;
    int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    enum err_code rc;

    if (fd < 0)
        return errno == ELOOP
                   ? err_set(r->err, ERR_INPUT, "'%s' is a symbolic link", path)
                   : err_set(r->err, ERR_SYSTEM, "cannot open '%s': %s", path, strerror(errno));
    if (fstat(fd, &st) < 0)
        rc = err_set(r->err, ERR_SYSTEM, "cannot read '%s': %s", path, strerror(errno));
    else if (!S_ISREG(st.st_mode))
        rc = err_set(r->err, ERR_INPUT, "'%s' is not a file", path);
    else if (st.st_size > PACK_FILE_BYTES_MAX)
        rc = err_set(r->err, ERR_LIMIT, "'%s' is larger than %d bytes", path, PACK_FILE_BYTES_MAX);
    else if (r->files->files.count >= PACK_FILES_MAX)
        rc = err_set(r->err, ERR_LIMIT, "the pack has more than %d files", PACK_FILES_MAX);
    else if (r->bytes + (size_t)st.st_size > PACK_BYTES_MAX)
        rc = err_set(r->err, ERR_LIMIT, "the pack is larger than %d bytes", PACK_BYTES_MAX);
    else
        rc = slurp(r, fd, path, (size_t)st.st_size);
    close(fd);
    return rc;
}

/* --- a folder -------------------------------------------------------------------------------- */

static enum err_code read_entries(struct reading *r, DIR *dir, const char *prefix,
                                  const char *ending)
{
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (entry->d_name[0] == '.' || !nearly_ends_in(entry->d_name, ending))
            continue;
        /* The database keeps names as text: a pack with another one could never be read back. */
        if (!utf8_valid(entry->d_name, strlen(entry->d_name)))
            return err_set(r->err, ERR_INPUT, "the name of '%s/%s' is not UTF-8", prefix,
                           entry->d_name);
        const char *path = arena_printf(r->arena, "%s/%s", prefix, entry->d_name);
        bool ours = ends_in(entry->d_name, ending);
        enum err_code rc = ours ? read_file(r, dirfd(dir), entry->d_name, path) : ERR_NONE;
        if (!ours && r->files->unread.count < PACK_FILES_MAX)
            *LIST_ADD(r->arena, &r->files->unread) = path;
        if (rc)
            return rc;
    }
    return ERR_NONE;
}

static enum err_code read_kind(struct reading *r, int layer, const char *name, const char *folder,
                               const char *ending)
{
    const char *prefix = folder ? arena_printf(r->arena, "%s/%s", name, folder) : name;
    int fd = openat(layer, folder ? folder : ".", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

    if (fd < 0)
        return errno == ENOENT ? ERR_NONE
               : errno == ELOOP || errno == ENOTDIR
                   ? err_set(r->err, ERR_INPUT, "'%s' is not a folder", prefix)
                   : err_set(r->err, ERR_SYSTEM, "cannot open '%s': %s", prefix, strerror(errno));

    DIR *dir = fdopendir(fd);
    if (!dir) {
        close(fd);
        return err_set(r->err, ERR_SYSTEM, "cannot open '%s': %s", prefix, strerror(errno));
    }
    enum err_code rc = read_entries(r, dir, prefix, ending);
    closedir(dir);
    return rc;
}

/* The folder a pack's own `extends` names, or NULL: it says none, or what stands there is wrong,
 * which pack_load() will find again and say with its place. */
static const char *base_of(struct reading *r, const char *name)
{
    const char *path = arena_printf(r->arena, "%s/pack.yaml", name);

    for (size_t i = 0; i < r->files->files.count; i++) {
        const struct source *s = &r->files->files.at[i];
        if (strcmp(s->path, path) != 0)
            continue;
        const struct node *node = node_get(yaml_read(r->arena, s, diags_new(r->arena)), "extends");
        return node && node->kind == NODE_TEXT ? extends_name(node->text) : NULL;
    }
    return NULL;
}

static enum err_code read_layer(struct reading *r, const char *parent, const char *name,
                                bool *there)
{
    const char *path = arena_printf(r->arena, "%s/%s", parent, name);
    bool first = r->files->layers.count == 0;
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | (first ? 0 : O_NOFOLLOW));
    enum err_code rc = ERR_NONE;

    *there = fd >= 0 && faccessat(fd, "pack.yaml", F_OK, AT_SYMLINK_NOFOLLOW) == 0;
    if (*there)
        *LIST_ADD(r->arena, &r->files->layers) = name;
    for (size_t i = 0; *there && !rc && i < sizeof kinds / sizeof *kinds; i++)
        rc = read_kind(r, fd, name, kinds[i].folder, kinds[i].ending);
    if (fd >= 0)
        close(fd);
    return rc;
}

static bool layer_read(const struct pack_files *files, const char *name)
{
    for (size_t i = 0; i < files->layers.count; i++)
        if (!strcmp(files->layers.at[i], name))
            return true;
    return false;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct source *)a)->path, ((const struct source *)b)->path);
}

enum err_code pack_read(struct arena *arena, const char *folder, struct pack_files **out,
                        struct err *err)
{
    struct reading r = { .arena = arena, .files = ARENA_NEW(arena, struct pack_files), .err = err };
    char real[PATH_MAX];
    bool there = false;

    if (!realpath(folder, real))
        return err_set(err, errno == ENOENT || errno == ENOTDIR ? ERR_UNKNOWN : ERR_SYSTEM,
                       "cannot open '%s': %s", folder, strerror(errno));
    char *slash = strrchr(real, '/');
    const char *name = arena_text(arena, slash + 1);
    *slash = '\0';
    if (!utf8_valid(name, strlen(name)))
        return err_set(err, ERR_INPUT, "the name of the folder '%s' is not UTF-8", name);
    while (name && !layer_read(r.files, name) && r.files->layers.count < PACK_EXTENDS_MAX) {
        enum err_code rc = read_layer(&r, real, name, &there);
        if (rc)
            return rc;
        if (!there)
            break;
        name = base_of(&r, name);
    }
    if (!r.files->layers.count)
        return err_set(err, ERR_UNKNOWN, "there is no pack.yaml in '%s'", folder);
    qsort(r.files->files.at, r.files->files.count, sizeof *r.files->files.at, by_path);
    *out = r.files;
    return ERR_NONE;
}

/* --- to the database and back ---------------------------------------------------------------- */

static bool is_calendar(const char *path)
{
    const char *in = strchr(path, '/');

    return in && (!strcmp(in, "/calendar.yaml") || !strncmp(in, "/calendars/", 11));
}

void pack_pack(const struct pack_files *files, bool calendars, struct buf *out)
{
    struct json_out json = json_to(out);

    json_begin(&json, NULL, '{');
    json_begin(&json, "files", '{');
    for (size_t i = 0; i < files->files.count; i++)
        if (is_calendar(files->files.at[i].path) == calendars)
            json_out_text(&json, files->files.at[i].path, files->files.at[i].text);
    json_end(&json, '}');
    json_begin(&json, "layers", '[');
    for (size_t i = 0; i < files->layers.count; i++)
        json_out_text(&json, NULL, files->layers.at[i]);
    json_end(&json, ']');
    json_end(&json, '}');
}

static enum err_code unpack(struct arena *arena, const char *bytes, size_t len,
                            struct pack_files *files, bool layers, struct err *err)
{
    struct json *root;
    enum err_code rc = json_parse(arena, bytes, len, &root, err);

    if (rc)
        return rc;
    const struct json *map = json_get(root, "files"), *list = json_get(root, "layers");
    if (!map || map->kind != JSON_MAP || !list || list->kind != JSON_LIST)
        return err_set(err, ERR_INPUT, "a stored pack is damaged");
    for (const struct json *j = map->first; j; j = j->next) {
        if (j->kind != JSON_TEXT)
            return err_set(err, ERR_INPUT, "a stored pack is damaged");
        *LIST_ADD(arena, &files->files) =
            (struct source){ .path = j->key, .text = j->text, .len = strlen(j->text) };
    }
    for (const struct json *j = list->first; layers && j; j = j->next) {
        if (j->kind != JSON_TEXT)
            return err_set(err, ERR_INPUT, "a stored pack is damaged");
        *LIST_ADD(arena, &files->layers) = j->text;
    }
    return ERR_NONE;
}

enum err_code pack_unpack(struct arena *arena, const char *rules, size_t rules_len,
                          const char *calendars, size_t calendars_len, struct pack_files **out,
                          struct err *err)
{
    struct pack_files *files = ARENA_NEW(arena, struct pack_files);
    enum err_code rc = unpack(arena, rules, rules_len, files, true, err);

    if (!rc)
        rc = unpack(arena, calendars, calendars_len, files, false, err);
    if (rc)
        return rc;
    qsort(files->files.at, files->files.count, sizeof *files->files.at, by_path);
    *out = files;
    return ERR_NONE;
}
