/* SPDX-License-Identifier: MIT */
/* A name that a pack adds beside one of the pack below, one letter apart: the file that changes a
 * process makes a new thing of a misspelt one, and the thing that was meant stays as it was. */
#include "rules/lint.h"

#include "rules/layer.h"
#include <string.h>

enum { SHORT = 5 }; /* Shorter names are one letter apart by chance. */

/* One letter more, less or other; two that changed places. */
static bool one_letter_apart(const char *a, const char *b)
{
    size_t len_a = strlen(a), len_b = strlen(b), same = 0;

    if (len_a < SHORT || len_b < SHORT)
        return false;
    while (a[same] && a[same] == b[same])
        same++;
    a += same;
    b += same;
    if (len_a == len_b)
        return *a && (!strcmp(a + 1, b + 1) ||
                      (a[1] && a[0] == b[1] && a[1] == b[0] && !strcmp(a + 2, b + 2)));
    if (len_a == len_b + 1)
        return !strcmp(a + 1, b);
    return len_b == len_a + 1 && !strcmp(a, b + 1);
}

/* Names that count up, as cycle_1 and cycle_2, are meant. */
static bool counts_up(const char *a, const char *b)
{
    return strcspn(a, "0123456789") < strlen(a) || strcspn(b, "0123456789") < strlen(b);
}

static void check_map(const struct lint *l, const struct node *map, const char *what)
{
    for (const struct node *n = map ? map->first : NULL; n; n = n->next)
        for (const struct node *o = lint_own(l, n->key_span) ? map->first : NULL; o; o = o->next) {
            if (lint_own(l, o->key_span) || !one_letter_apart(n->key, o->key) ||
                counts_up(n->key, o->key))
                continue;
            struct diag *d = lint_warn(l, "D017", n->key_span, n->key,
                                       "%s '%s' is a new one beside '%s', one letter apart", what,
                                       n->key, o->key);
            diag_note(l->diags, d, o->key_span, "'%s' stands", o->key);
            diag_hint(l->diags, d, "to change '%s', write its name; else choose another name",
                      o->key);
        }
}

void lint_alike(const struct lint *l)
{
    static const char *const maps[][2] = {
        { "fields", "the field" },   { "events", "the event" },         { "states", "the state" },
        { "deadlines", "the deadline" }, { "checklists", "the checklist" },
        { "consents", "the consent" },   { "excuses", "the ground" },
    };
    const struct node *tree = named_tree(&l->pack->resolved->processes, l->process->name);
    const struct node *states = node_get(tree, "states"), *lists = node_get(tree, "checklists");

    if (!l->base)
        return;
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        check_map(l, node_get(tree, maps[i][0]), maps[i][1]);
    for (const struct node *n = states ? states->first : NULL; n; n = n->next)
        check_map(l, node_get(n, "events"), "the event");
    for (const struct node *n = lists ? lists->first : NULL; n; n = n->next)
        check_map(l, node_get(n, "items"), "the item");
}
