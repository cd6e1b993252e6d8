/* SPDX-License-Identifier: MIT */
/* A list that took the place of the pack below's and has less in it: mostly `...` was forgotten. */
#include "rules/lint.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "rules/layer.h"
#include <string.h>

/* A name that is asked may be asked with a question mark. */
static bool same_text(const char *a, const char *b)
{
    size_t one = strcspn(a, "?"), two = strcspn(b, "?");

    return one == two && !strncmp(a, b, one);
}

static bool same(const struct node *a, const struct node *b)
{
    const struct node *x = a->first, *y = b->first;

    if (a->kind != b->kind || a->count != b->count)
        return false;
    if (a->kind == NODE_TEXT)
        return same_text(a->text, b->text);
    for (; x && y; x = x->next, y = y->next)
        if (!text_same(x->key, y->key) || !same(x, y))
            return false;
    return true;
}

static bool holds(const struct node *list, const struct node *what)
{
    if (list->kind != NODE_LIST)
        return same(list, what);
    for (const struct node *n = list->first; n; n = n->next)
        if (same(n, what))
            return true;
    return false;
}

/* "ask: parent_agreement" */
static const char *entry_text(const struct lint *l, const struct node *entry)
{
    const struct node *first = entry->first;

    if (entry->kind == NODE_TEXT)
        return entry->text;
    return first && first->kind == NODE_TEXT
               ? arena_printf(l->arena, "%s: %s", first->key, first->text)
               : first && first->key ? first->key : "an entry";
}

/* `name` is what the thing is called: "propose" */
static void check_list(const struct lint *l, const char *name, const struct node *mine,
                       const struct node *base)
{
    const struct node *first = NULL;
    size_t gone = 0;

    if (!mine || !base || !lint_own(l, node_place(mine)))
        return;
    for (const struct node *n = base->kind == NODE_LIST ? base->first : base; n;
         n = base->kind == NODE_LIST ? n->next : NULL)
        if (!holds(mine, n)) {
            first = first ? first : n;
            gone++;
        }
    if (!gone)
        return;
    struct diag *d = lint_warn(
        l, "R031", node_place(mine), arena_printf(l->arena, "%s.%s", name, mine->key),
        "'%s' of '%s' takes the place of what was there: `%s`%s", mine->key, name,
        entry_text(l, first),
        gone == 1 ? " is gone" : arena_printf(l->arena, " and %zu more are gone", gone - 1));
    diag_note(l->diags, d, node_place(base), "it stands");
    diag_hint(l->diags, d, "begin the list with `...` to keep what it has: `%s: [..., more]`",
              mine->key);
}

static void check_events(const struct lint *l, const struct node *mine, const struct node *base)
{
    static const char *const keys[] = { "asks", "needs", "then" };

    for (const struct node *n = mine ? mine->first : NULL; n; n = n->next)
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            check_list(l, n->key, node_get(n, keys[i]), node_get(node_get(base, n->key), keys[i]));
}

void lint_replaced(const struct lint *l)
{
    const struct node *tree = named_tree(&l->pack->resolved->processes, l->process->name);
    const struct node *base =
        l->base ? named_tree(&l->pack->base->resolved->processes, l->process->name) : NULL;
    const struct node *states = node_get(tree, "states");

    if (!base)
        return;
    check_list(l, "opens", node_get(node_get(tree, "opens"), "asks"),
               node_get(node_get(base, "opens"), "asks"));
    check_events(l, node_get(tree, "events"), node_get(base, "events"));
    for (const struct node *n = states ? states->first : NULL; n; n = n->next) {
        const struct node *below = node_get(node_get(base, "states"), n->key);
        check_list(l, n->key, node_get(n, "then"), node_get(below, "then"));
        check_events(l, node_get(n, "events"), node_get(below, "events"));
    }
}
