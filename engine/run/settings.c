/* SPDX-License-Identifier: MIT */
#include "engine/run/settings.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "rules/yaml.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* One row a key: where it stands and where its value goes. */
struct setting_row {
    const char *section, *key;
    size_t offset;
};
#define ROW(section, key, member) { section, key, offsetof(struct settings, member) }
static const struct setting_row rows[] = {
    ROW(NULL, "database", database),
    ROW(NULL, "base_url", base_url),
    ROW("mail", "server", mail_server),
    ROW("mail", "from", mail_from),
    ROW("mail", "user", mail_user),
    ROW("mail", "password_file", mail_password),
};
enum { ROWS = sizeof rows / sizeof *rows };

static enum err_code read_file(struct arena *arena, const char *path, const char **out,
                               size_t *len, struct err *err)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return err_set(err, errno == ENOENT ? ERR_UNKNOWN : ERR_SYSTEM, "cannot open '%s': %s",
                       path, strerror(errno));
    char *bytes = arena_alloc(arena, SETTINGS_BYTES_MAX + 1);
    errno = 0;
    *len = fread(bytes, 1, SETTINGS_BYTES_MAX + 1, file);
    bool failed = ferror(file); /* A folder can be opened, and not be read. */
    fclose(file);
    if (failed)
        return err_set(err, ERR_SYSTEM, "cannot read '%s': %s", path, strerror(errno));
    if (*len > SETTINGS_BYTES_MAX)
        return err_set(err, ERR_LIMIT, "'%s' is larger than %d bytes", path, SETTINGS_BYTES_MAX);
    bytes[*len] = 0;
    *out = bytes;
    return ERR_NONE;
}

static void unknown_key(struct diags *diags, const struct node *node, const char *section)
{
    const char *words[ROWS + 1];
    size_t count = 0;
    for (size_t i = 0; i < ROWS; i++)
        if (text_same(rows[i].section, section))
            words[count++] = rows[i].key;
    if (!section)
        words[count++] = "mail";
    struct diag *diag = diag_error(diags, "R001", node->key_span, "unknown key '%s'", node->key);
    const char *near = text_nearest(node->key, words, count);
    if (near)
        diag_hint(diags, diag, "did you mean '%s'?", near);
}

static void take_section(struct diags *diags, const struct node *map, const char *section,
                         struct settings *out)
{
    for (const struct node *node = map->first; node; node = node->next) {
        bool known = !section && strcmp(node->key, "mail") == 0;
        if (known && node->kind == NODE_MAP)
            take_section(diags, node, "mail", out);
        else if (known)
            diag_error(diags, "R002", node->span, "'mail' holds server, from, user, password_file");
        for (size_t i = 0; !known && i < ROWS; i++) {
            if (!text_same(rows[i].section, section) || strcmp(rows[i].key, node->key) != 0)
                continue;
            known = true;
            if (node->kind == NODE_TEXT)
                *(const char **)(void *)((char *)out + rows[i].offset) = node->text;
            else
                diag_error(diags, "R002", node->span, "'%s' is one line of text", node->key);
        }
        if (!known)
            unknown_key(diags, node, section);
    }
}

/* Comments alone are settings too: none. */
static bool says_nothing(const char *text)
{
    while (*text) {
        text += strspn(text, " \t\r\n");
        if (*text && *text != '#')
            return false;
        text += strcspn(text, "\n");
    }
    return true;
}

/* Where a mail server is, as curl takes it: a scheme and a host. */
static bool is_server(const char *text)
{
    const char *host = text_starts(text, "smtp://")    ? text + 7
                       : text_starts(text, "smtps://") ? text + 8
                                                       : "";
    return *host && !strpbrk(host, " \t/@") && *host != ':';
}

/* A relay refuses every message of a sender without an address, and none would ever go. */
static bool is_sender(const char *text)
{
    const char *open = strrchr(text, '<');
    const char *email = open ? open + 1 : text;
    const char *at = strchr(email, '@');
    size_t len = open ? strcspn(email, ">") : strlen(email);
    return at && at > email && at < email + len - 1 && strcspn(email, " ,;") >= len &&
           (!open || email[len] == '>');
}

static enum err_code read_password(struct arena *arena, struct settings *settings, struct err *err)
{
    const char *bytes;
    size_t len;
    if (!settings->mail_password)
        return ERR_NONE;
    enum err_code rc = read_file(arena, settings->mail_password, &bytes, &len, err);
    if (rc) {
        err_wrap(err, "mail.password_file");
        return ERR_SYSTEM;
    }
    settings->mail_password = arena_text_n(arena, bytes, strcspn(bytes, "\r\n"));
    return ERR_NONE;
}

enum err_code settings_read(const char *path, struct arena *arena, struct settings *out,
                            struct diags *diags, struct err *err)
{
    struct source *source = ARENA_NEW(arena, struct source);
    struct settings settings = { 0 };
    enum err_code rc = read_file(arena, path, &source->text, &source->len, err);
    if (rc)
        return rc;
    source->path = arena_text(arena, path);
    if (text_starts(source->text, "\xef\xbb\xbf")) { /* As editors on Windows save a file. */
        source->text += 3;
        source->len -= 3;
    }
    const struct node *root = says_nothing(source->text) ? NULL : yaml_read(arena, source, diags);
    if (root && root->kind == NODE_MAP)
        take_section(diags, root, NULL, &settings);
    else if (root)
        diag_error(diags, "R002", root->span, "settings are lines of 'name: value'");
    if (settings.mail_from && !is_sender(settings.mail_from))
        diag_error(diags, "R002", node_get(node_get(root, "mail"), "from")->span,
                   "mail comes from an address: NAME <send@example.org>");
    if (settings.mail_server && !is_server(settings.mail_server))
        diag_error(diags, "R002", node_get(node_get(root, "mail"), "server")->span,
                   "a mail server is written smtp://HOST:PORT or smtps://HOST:PORT");
    diags_sort(diags);
    if (diags->errors)
        return err_set(err, ERR_PACK, "%s has %zu error%s", path, diags->errors,
                       diags->errors == 1 ? "" : "s");
    rc = read_password(arena, &settings, err);
    if (rc)
        return rc;
    if (settings.base_url) {
        size_t len = strlen(settings.base_url);
        while (len && settings.base_url[len - 1] == '/')
            len--;
        settings.base_url = arena_text_n(arena, settings.base_url, len);
    }
    *out = settings;
    return ERR_NONE;
}
