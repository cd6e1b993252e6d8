/* SPDX-License-Identifier: MIT */
#include "rules/fmt.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "rules/fmt_tree.h"
#include "rules/pack.h"
#include <string.h>

enum owner fmt_owner(const char *path)
{
    static const struct { const char *folder; enum owner owner; } rows[] = {
        { "calendars/", OWNER_CALENDAR }, { "processes/", OWNER_PROCESS },
        { "parts/", OWNER_PART },         { "scenarios/", OWNER_SCENARIO },
    };

    if (!strcmp(path, "pack.yaml"))
        return OWNER_PACK;
    if (!strcmp(path, "calendar.yaml"))
        return OWNER_CALENDAR;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (text_starts(path, rows[i].folder))
            return rows[i].owner;
    return OWNER_NONE;
}

/* Lines end with \n, however they were ended. */
static struct source plain_lines(struct arena *arena, const struct source *source)
{
    struct buf text = buf_in(arena);

    for (size_t i = 0; i < source->len; i++) {
        char c = source->text[i];
        if (c == '\r' && source->text[i + 1] == '\n')
            continue;
        buf_char(&text, c == '\r' ? '\n' : c);
    }
    return (struct source){ source->path, buf_text(&text), text.len };
}

/* YAML ends a line at these too, and nobody sees them: whoever pasted them in did not mean to. */
static enum err_code refuse_odd_breaks(const struct source *source, struct err *err)
{
    static const char *const breaks[] = { "\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xa9" };

    for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++) {
        const char *at = strstr(source->text, breaks[i]);
        int line = 1;
        for (const char *c = source->text; at && c < at; c++)
            line += *c == '\n';
        if (!at)
            continue;
        err_set(err, ERR_INPUT, "'%s' has a line break in line %d that no editor shows",
                source->path, line);
        err_hint(err, "type that line anew: it was pasted in with the text");
        return ERR_INPUT;
    }
    return ERR_NONE;
}

enum err_code fmt_text(struct arena *arena, const struct source *source, enum owner owner,
                       struct diags *diags, const char **out, struct err *err)
{
    size_t errors = diags->errors;
    const struct node *before = yaml_read(arena, source, diags);
    struct buf text = buf_in(arena);

    if (!before || diags->errors > errors)
        return err_set(err, ERR_PACK, "'%s' cannot be read", source->path);
    enum err_code rc = refuse_odd_breaks(source, err);
    if (rc)
        return rc;
    struct source lines = plain_lines(arena, source);
    struct fmt_file *file = fmt_read(arena, lines.text, lines.len);
    fmt_quotes(arena, file->root, owner);
    fmt_write(file, &text);
    if (text.len > PACK_FILE_BYTES_MAX)
        return err_set(err, ERR_LIMIT, "laid out, '%s' would be larger than %d bytes",
                       source->path, PACK_FILE_BYTES_MAX);

    struct source *result = ARENA_NEW(arena, struct source);
    *result = (struct source){ source->path, buf_text(&text), text.len };
    const struct node *after = yaml_read(arena, result, diags_new(arena));
    if (!after || !fmt_same(before, after, owner)) {
        err_set(err, ERR_INPUT, "'%s' cannot be laid out without changing what it says",
                source->path);
        err_hint(err, "a fault of reeve: please report it with the file; nothing was written");
        return ERR_INPUT;
    }
    *out = result->text;
    return ERR_NONE;
}
