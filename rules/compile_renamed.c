/* SPDX-License-Identifier: MIT */
/* What became what since an earlier version. */
#include "rules/build.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include <string.h>

static const char **names_under(struct build *b, const char *key, const char *below, size_t *count)
{
    const struct node *map = node_get(b->tree, key);
    struct { const char **at; size_t count, room; } list = { NULL, 0, 0 };

    for (const struct node *n = map ? map->first : NULL; n; n = n->next) {
        const struct node *within = below ? node_get(n, below) : NULL;
        if (!below)
            *LIST_ADD(b->arena, &list) = n->key;
        for (const struct node *w = within ? within->first : NULL; w; w = w->next)
            *LIST_ADD(b->arena, &list) =
                !strcmp(below, "items") ? arena_printf(b->arena, "%s.%s", n->key, w->key) : w->key;
    }
    *count = list.count;
    return list.at;
}

static bool has_name(struct build *b, const char *section, const char *name, struct diag *nearest)
{
    bool events = !strcmp(section, "events"), items = !strcmp(section, "items");
    size_t count, more = 0;
    const char **names = items ? names_under(b, "checklists", "items", &count)
                               : names_under(b, section, NULL, &count);
    const char **own = events ? names_under(b, "states", "events", &more) : NULL;

    if (text_in(name, names, count) || (own && text_in(name, own, more)))
        return true;
    if (nearest && !diag_nearest(b->diags, nearest, name, names, count) && own)
        diag_nearest(b->diags, nearest, name, own, more);
    return false;
}

static void check_renaming(struct build *b, const char *section, const struct node *n)
{
    if (has_name(b, section, n->key, NULL)) {
        struct diag *d = diag_error(b->diags, "R045", n->key_span,
                                    "'%s' is still there, so it was not renamed", n->key);
        diag_hint(b->diags, d, "the old name stands first: `old: new`");
    }
    if (has_name(b, section, n->text, NULL))
        return;
    struct diag *d = diag_error(b->diags, "R045", n->span, "'%s' became '%s', which is not under "
                                "'%s'", n->key, n->text, section);
    has_name(b, section, n->text, d);
}

void compile_renamed(struct build *b)
{
    const struct node *map = node_get(b->tree, "renamed");
    struct { struct renaming *at; size_t count, room; } list = { NULL, 0, 0 };

    for (const struct node *section = map ? map->first : NULL; section; section = section->next)
        for (const struct node *n = section->first; n; n = n->next) {
            check_renaming(b, section->key, n);
            *LIST_ADD(b->arena, &list) =
                (struct renaming){ build_intern(b, section->key), build_intern(b, n->key),
                                   build_intern(b, n->text) };
        }
    b->process->renamed = list.at;
    b->process->renamed_count = list.count;
}
