/* SPDX-License-Identifier: MIT */
/* Any bytes as one file of a pack, laid out: what can be read can be laid out, says the same, keeps
 * every remark, and stays as it is when it is laid out again. The first byte chooses the file. */
#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "rules/fmt.h"
#include "rules/fmt_tree.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

struct remarks {
    struct arena *arena;
    const char **at;
    size_t count, room;
};

static void add_lines(struct remarks *all, const struct fmt_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        if (lines->at[i])
            *LIST_ADD(all->arena, all) = lines->at[i];
}

static void add_note(struct remarks *all, const struct fmt_note *note)
{
    if (note->text)
        *LIST_ADD(all->arena, all) = note->text;
    add_lines(all, &note->more);
}

static void add_piece(struct remarks *all, const struct fmt_piece *piece)
{
    for (const struct fmt_entry *e = piece->first; e; e = e->next) {
        add_lines(all, &e->before);
        add_note(all, &e->head);
        add_note(all, &e->note);
        add_piece(all, e->value);
    }
    add_lines(all, &piece->tail);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static struct remarks remarks_of(struct arena *arena, const char *text)
{
    struct remarks all = { .arena = arena };
    const struct fmt_file *file = fmt_read(arena, text, strlen(text));

    add_lines(&all, &file->before);
    add_piece(&all, file->root);
    if (all.count)
        qsort(all.at, all.count, sizeof *all.at, by_text);
    return all;
}

static const char *without_returns(struct arena *arena, const char *text)
{
    struct buf out = buf_in(arena);

    for (; *text; text++)
        if (*text != '\r' || text[1] != '\n')
            buf_char(&out, *text == '\r' ? '\n' : *text);
    return buf_text(&out);
}

static bool has_odd_break(const char *text)
{
    return strstr(text, "\xc2\x85") || strstr(text, "\xe2\x80\xa8") || strstr(text, "\xe2\x80\xa9");
}

static void check(struct arena *arena, const struct source *source, enum owner owner)
{
    struct diags *diags = diags_new(arena);
    struct err err = { 0 };
    const char *once, *twice;
    enum err_code rc = fmt_text(arena, source, owner, diags, &once, &err);

    MUST((rc == ERR_PACK) == (diags->errors > 0));
    if (rc == ERR_PACK || rc == ERR_LIMIT || has_odd_break(source->text))
        return;
    MUST(rc == ERR_NONE);
    struct source again = { source->path, once, strlen(once) };
    MUST(fmt_text(arena, &again, owner, diags, &twice, &err) == ERR_NONE);
    MUST(!strcmp(once, twice));

    struct remarks before = remarks_of(arena, without_returns(arena, source->text));
    struct remarks after = remarks_of(arena, once);
    MUST(before.count == after.count);
    for (size_t i = 0; i < before.count; i++)
        MUST(!strcmp(before.at[i], after.at[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const enum owner owners[] = { OWNER_PROCESS, OWNER_PACK, OWNER_CALENDAR,
                                         OWNER_SCENARIO, OWNER_NONE };
    if (len < 1)
        return 0;
    struct arena *arena = arena_new();
    enum owner owner = owners[bytes[0] % (sizeof owners / sizeof *owners)];
    const char *text = arena_text_n(arena, (const char *)bytes + 1, len - 1);
    struct source source = { "x.yaml", text, len - 1 };

    if (strlen(text) == len - 1)
        check(arena, &source, owner);
    arena_free(arena);
    return 0;
}
