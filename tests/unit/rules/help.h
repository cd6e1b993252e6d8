/* SPDX-License-Identifier: MIT */
/* help - packs out of texts, and findings as one text. */
#ifndef TESTS_UNIT_RULES_HELP_H
#define TESTS_UNIT_RULES_HELP_H

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "rules/pack.h"
#include <stdlib.h>
#include <string.h>

static inline int help_by_path(const void *a, const void *b)
{
    return strcmp(((const struct source *)a)->path, ((const struct source *)b)->path);
}

/* Puts a file in, in place of one with the same path. */
static inline void help_put(struct arena *arena, struct pack_files *files, const char *path,
                            const char *text, size_t len)
{
    struct source source = { arena_text(arena, path),
                             memcpy(arena_alloc(arena, len + 1), text, len), len };

    for (size_t i = 0; i < files->files.count; i++)
        if (!strcmp(files->files.at[i].path, path)) {
            files->files.at[i] = source;
            return;
        }
    *LIST_ADD(arena, &files->files) = source;
    qsort(files->files.at, files->files.count, sizeof *files->files.at, help_by_path);
}

/* `layers` is "town law"; `texts` are pairs of path and text, ended by NULL. */
static inline struct pack_files *help_files(struct arena *arena, const char *layers,
                                            const char *const *texts)
{
    struct pack_files *files = ARENA_NEW(arena, struct pack_files);
    char *words = arena_text(arena, layers), *save = NULL;

    for (char *word = strtok_r(words, " ", &save); word; word = strtok_r(NULL, " ", &save))
        *LIST_ADD(arena, &files->layers) = word;
    for (; *texts; texts += 2)
        help_put(arena, files, texts[0], texts[1], strlen(texts[1]));
    return files;
}

/* Findings as people see them. */
static inline const char *help_findings(struct diags *diags)
{
    struct buf out = buf_in(diags->arena);

    diags_sort(diags);
    diags_print(diags, &out, false);
    return buf_text(&out);
}

#endif
