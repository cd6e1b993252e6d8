/* SPDX-License-Identifier: MIT */
/* `reeve fmt`: all files are read and laid out first; one that cannot be leaves all as they are. */
#include "rules/fmt.h"

#include "engine/base/arena.h"
#include "engine/cli/caseview.h"
#include "engine/cli/commands.h"
#include "engine/cli/differ.h"
#include "engine/cli/put.h"
#include "engine/cli/say.h"
#include "rules/pack.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct sheet {
    struct source source;    /* The path is where it stands. */
    enum owner owner;
    const char *text;        /* Laid out. */
    bool changed;
};
struct laying {
    struct call *call;
    struct diags *diags;
    struct { struct sheet *at; size_t count, room; } sheets;
    size_t changed;
};

/* --- which files ----------------------------------------------------------------------------- */

static void add_sheet(struct laying *l, const char *path, const char *text, size_t len,
                      enum owner owner)
{
    for (size_t i = 0; i < l->sheets.count; i++)
        if (!strcmp(l->sheets.at[i].source.path, path))
            return;
    *LIST_ADD(l->call->arena, &l->sheets) = (struct sheet){ { path, text, len }, owner, NULL, 0 };
}

/* A pack's own files, not those of the packs below. */
static enum err_code add_pack(struct laying *l, const char *folder)
{
    struct arena *arena = l->call->arena;
    struct pack_files *files;
    enum err_code rc = pack_read(arena, folder, &files, &l->call->err);
    size_t room = strlen(folder);

    if (rc) {
        l->call->cannot = true;
        return rc;
    }
    while (room > 1 && folder[room - 1] == '/')
        room--;
    const char *own = arena_printf(arena, "%s/", files->layers.at[0]);
    for (size_t i = 0; i < files->files.count; i++) {
        const struct source *s = &files->files.at[i];
        const char *in = s->path + strlen(own);
        if (text_starts(s->path, own) && !strcmp(strrchr(s->path, '.'), ".yaml"))
            add_sheet(l, arena_printf(arena, "%.*s/%s", (int)room, folder, in), s->text, s->len,
                      fmt_owner(in));
    }
    return ERR_NONE;
}

/* "processes/x.yaml" of "torbay/processes/x.yaml": where a file of a pack stands in it. */
static enum owner owner_of(const char *path)
{
    const char *name = strrchr(path, '/'), *folder = name;

    while (folder && folder > path && folder[-1] != '/')
        folder--;
    enum owner owner = folder ? fmt_owner(folder) : OWNER_NONE;
    return owner ? owner : fmt_owner(name ? name + 1 : path);
}

static enum err_code add_file(struct laying *l, const char *path)
{
    struct err *err = &l->call->err;
    struct stat st;
    char *text = NULL;
    ssize_t len = 0;
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    enum err_code rc = ERR_NONE;

    if (fd < 0 && errno != ELOOP)
        rc = err_set(err, ERR_UNKNOWN, "cannot open '%s': %s", path, strerror(errno));
    else if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
        rc = err_set(err, ERR_INPUT, "'%s' is not a file, or a symbolic link", path);
    else if (st.st_size > PACK_FILE_BYTES_MAX)
        rc = err_set(err, ERR_LIMIT, "'%s' is larger than %d bytes", path, PACK_FILE_BYTES_MAX);
    if (!rc) {
        text = arena_alloc(l->call->arena, (size_t)st.st_size + 1);
        len = read(fd, text, (size_t)st.st_size);
        if (len < 0)
            rc = err_set(err, ERR_SYSTEM, "cannot read '%s': %s", path, strerror(errno));
    }
    if (fd >= 0)
        close(fd);
    l->call->cannot = rc != ERR_NONE;
    if (rc)
        return rc;
    size_t mark = len >= 3 && !memcmp(text, "\xef\xbb\xbf", 3) ? 3 : 0;
    add_sheet(l, path, text + mark, (size_t)len - mark, owner_of(path));
    return ERR_NONE;
}

static enum err_code add_word(struct laying *l, const char *word)
{
    struct stat st;

    if (stat(word, &st) == 0 && S_ISDIR(st.st_mode))
        return add_pack(l, word);
    return add_file(l, word);
}

/* --- laid out, told, written ----------------------------------------------------------------- */

static enum err_code lay_out(struct laying *l)
{
    struct call *call = l->call;
    size_t unread = 0;

    for (size_t i = 0; i < l->sheets.count; i++) {
        struct sheet *s = &l->sheets.at[i];
        enum err_code rc = fmt_text(call->arena, &s->source, s->owner, l->diags, &s->text,
                                    &call->err);
        unread += rc == ERR_PACK;
        if (rc && rc != ERR_PACK)
            return rc;
        s->changed = !rc && (strlen(s->text) != s->source.len ||
                             memcmp(s->text, s->source.text, s->source.len) != 0);
        l->changed += s->changed;
    }
    if (!unread)
        return ERR_NONE;
    struct buf found = buf_in(call->arena);
    diags_sort(l->diags);
    diags_print(l->diags, &found, false);
    talk("%s", buf_text(&found));
    err_set(&call->err, ERR_PACK, "%s cannot be read", counted(call, (int64_t)unread, "file",
                                                              "files"));
    err_hint(&call->err, "nothing was changed; mend what was found first");
    return ERR_PACK;
}

static const char *changes_of(struct laying *l, const struct sheet *s)
{
    struct buf out = buf_in(l->call->arena);

    differ(&out, s->source.path, s->source.text, s->text);
    return buf_text(&out);
}

static void say_changes(struct laying *l, const struct sheet *s)
{
    for (const char *line = changes_of(l, s); *line;) {
        int len = (int)strcspn(line, "\n");
        say(l->call, "%s%.*s%s\n", *line == '-' ? RED : *line == '+' ? GREEN : "", len, line,
            *line == '-' || *line == '+' ? OFF : "");
        line += len + (line[len] == '\n');
    }
}

static void say_json_of(struct laying *l, bool diff, bool wrote)
{
    struct arena *arena = l->call->arena;
    struct json *json = json_new(arena, JSON_MAP), *list = json_new(arena, JSON_LIST);

    for (size_t i = 0; i < l->sheets.count; i++) {
        const struct sheet *s = &l->sheets.at[i];
        struct json *one = json_new(arena, JSON_MAP);
        json_put(arena, one, "file", json_words(arena, s->source.path));
        json_put(arena, one, "tidy", json_yes(arena, !s->changed));
        if (diff && s->changed)
            json_put(arena, one, "diff", json_words(arena, changes_of(l, s)));
        json_add(list, one);
    }
    json_put(arena, json, "files", list);
    json_put(arena, json, "untidy", json_new_int(arena, (int64_t)l->changed));
    json_put(arena, json, "written", json_yes(arena, wrote));
    say_json(l->call, json);
}

static void say_verdict(struct laying *l, bool wrote)
{
    const char *all = counted(l->call, (int64_t)l->sheets.count, "file", "files");

    if (!l->changed)
        say(l->call, GREEN "%s, all tidy" OFF "\n", all);
    else if (wrote)
        say(l->call, GREEN "%s, %zu tidied" OFF "\n", all, l->changed);
    else
        say(l->call, RED "%s, %zu not tidy" OFF "\n", all, l->changed);
}

static enum err_code tell(struct laying *l, bool diff, bool write)
{
    for (size_t i = 0; i < l->sheets.count; i++) {
        const struct sheet *s = &l->sheets.at[i];
        if (!s->changed)
            continue;
        enum err_code rc = write ? put_file(l->call->arena, s->source.path, s->source.text, s->text,
                                            &l->call->err) : ERR_NONE;
        if (rc)
            return rc;
        if (!l->call->json && diff)
            say_changes(l, s);
        else if (!l->call->json)
            say(l->call, "%s %s\n", write ? "tidied  " : "not tidy", s->source.path);
    }
    if (l->call->json)
        say_json_of(l, diff, write);
    else
        say_verdict(l, write);
    return ERR_NONE;
}

enum err_code fmt_run(struct call *call)
{
    struct laying l = { .call = call, .diags = diags_new(call->arena) };
    bool diff = call_flag(call, "diff") != NULL;
    bool write = !diff && !call_flag(call, "check");

    for (size_t i = 0; i < call->arg_count; i++) {
        enum err_code rc = add_word(&l, call->args[i]);
        if (rc)
            return rc;
    }
    enum err_code rc = lay_out(&l);
    if (!rc)
        rc = tell(&l, diff, write);
    call->findings = !rc && !write && l.changed > 0;
    return rc;
}
