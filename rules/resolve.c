/* SPDX-License-Identifier: MIT */
#include "rules/layer.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include <stdlib.h>
#include <string.h>

struct resolving {
    const struct layers *layers;
    struct arena *arena;
    struct diags *diags;
    size_t from;
    struct named_trees parts;
    struct resolved *out;
};

struct node *named_tree(const struct named_trees *trees, const char *name)
{
    for (size_t i = 0; i < trees->count; i++)
        if (!strcmp(trees->at[i].name, name))
            return trees->at[i].tree;
    return NULL;
}

void named_tree_nearest(const struct named_trees *trees, const char *name, struct diags *diags,
                        struct diag *diag)
{
    const char **names = ARENA_ARRAY(diags->arena, const char *, trees->count);

    for (size_t i = 0; i < trees->count; i++)
        names[i] = trees->at[i].name;
    diag_nearest(diags, diag, name, names, trees->count);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct named_tree *)a)->name, ((const struct named_tree *)b)->name);
}

/* --- parts and processes --------------------------------------------------------------------- */

/* Whether the file is called as one of the trees. */
static bool called_rightly(const struct named_trees *trees, const struct part_file *file)
{
    const char *name = strrchr(file->tree->span.source->path, '/') + 1;

    for (size_t i = 0; i < trees->count; i++) {
        size_t len = strlen(trees->at[i].name);
        if (!strncmp(trees->at[i].name, name, len) && !strcmp(name + len, ".yaml"))
            return true;
    }
    return false;
}

/* A layer's file on top of what the layers below said. Nothing is settled yet. */
static void add_file(struct resolving *r, struct named_trees *trees, const struct part_file *file,
                     const char *kind)
{
    struct node *name = node_get(file->tree, file->changes ? "changes" : kind);
    struct diag *d;

    for (size_t i = 0; i < trees->count; i++) {
        if (strcmp(trees->at[i].name, file->name) != 0)
            continue;
        if (!file->changes) {
            d = diag_error(r->diags, "R004", name->span, "there is a %s '%s' already", kind,
                           file->name);
            diag_note(r->diags, d, node_place(trees->at[i].tree->first), "it stands");
            diag_hint(r->diags, d, "to change it, begin with `changes: %s`", file->name);
            return;
        }
        trees->at[i].tree = merge(r->arena, trees->at[i].tree, file->tree);
        return;
    }
    if (file->changes && diag_blamed(r->diags, file->name) && called_rightly(trees, file))
        return; /* What it changes is what the file is called: that was hinted. */
    if (file->changes) {
        d = diag_error(r->diags, "R015", name->span, "there is no %s '%s' to change", kind,
                       file->name);
        named_tree_nearest(trees, file->name, r->diags, d);
        return;
    }
    *LIST_ADD(r->arena, trees) = (struct named_tree){ file->name, file->tree };
}

/* What the process is, before its own file: the parts it uses, one on top of the other. */
static struct node *uses(struct resolving *r, const struct node *tree)
{
    const struct node *use = node_get(tree, "uses");
    const struct node *n = use && use->kind == NODE_LIST ? use->first : use;
    struct node *parts = NULL;

    for (; n; n = use->kind == NODE_LIST ? n->next : NULL) {
        struct node *part = named_tree(&r->parts, n->text);
        if (part) {
            parts = merge(r->arena, parts, part);
            continue;
        }
        if (node_is(n, "...") || node_is(n, "removed"))
            continue; /* Said by settle(). */
        struct diag *d = diag_error(r->diags, "R011", n->span, "there is no part '%s'", n->text);
        named_tree_nearest(&r->parts, n->text, r->diags, d);
    }
    return parts;
}

/* What names a file is not part of what it says. */
static struct node *without(struct resolving *r, const struct node *tree, const char *key)
{
    struct node *copy = node_copy(r->arena, tree, true);

    for (const struct node *n = tree->first; n; n = n->next)
        if (strcmp(n->key, key) != 0)
            node_add(copy, node_copy(r->arena, n, false));
    return copy;
}

/* A file of the process, on top of what is there; a second beginning was refused by add_file. */
static struct node *add_own(struct resolving *r, struct node *whole, const struct part_file *file,
                            const char *name)
{
    if (strcmp(file->name, name) != 0 || (!file->changes && node_get(whole, "process")))
        return whole;
    return merge(r->arena, whole, without(r, file->tree, "changes"));
}

static void nested_uses(struct resolving *r)
{
    for (size_t i = 0; i < r->parts.count; i++) {
        const struct node *use = node_get(r->parts.at[i].tree, "uses");
        if (use)
            diag_error(r->diags, "R014", use->key_span, "a part cannot use another part");
    }
}

static void resolve_processes(struct resolving *r)
{
    struct named_trees *trees = &r->out->processes;

    for (size_t i = r->layers->count; i-- > r->from;) {
        const struct layer *layer = &r->layers->at[i];
        for (size_t j = 0; j < layer->parts.count; j++)
            add_file(r, &r->parts, &layer->parts.at[j], "part");
    }
    nested_uses(r);
    for (size_t i = r->layers->count; i-- > r->from;) {
        const struct layer *layer = &r->layers->at[i];
        for (size_t j = 0; j < layer->processes.count; j++)
            add_file(r, trees, &layer->processes.at[j], "process");
    }
    /* Parts go in below the base's file, so the files are gone through once more. */
    for (size_t i = 0; i < trees->count; i++) {
        struct node *whole = uses(r, trees->at[i].tree);
        if (whole)
            whole = without(r, whole, "part");
        for (size_t j = r->layers->count; j-- > r->from;) {
            const struct part_files *files = &r->layers->at[j].processes;
            for (size_t k = 0; k < files->count; k++)
                whole = add_own(r, whole, &files->at[k], trees->at[i].name);
        }
        settle(r->arena, whole, OWNER_PROCESS, r->diags);
        keys_require(whole, OWNER_PROCESS, r->diags);
        trees->at[i].tree = whole;
    }
    if (trees->count)
        qsort(trees->at, trees->count, sizeof *trees->at, by_name);
}

/* --- calendars ------------------------------------------------------------------------------- */

static const struct part_file *find_calendar(struct resolving *r, const char *name)
{
    for (size_t i = r->from; i < r->layers->count; i++) {
        const struct part_files *files = &r->layers->at[i].calendars;
        for (size_t j = 0; j < files->count; j++)
            if (!strcmp(files->at[j].name, name))
                return &files->at[j];
    }
    return NULL;
}

/* With all it extends; `deep` ends circles. */
static struct node *calendar_tree(struct resolving *r, const struct part_file *file, size_t deep)
{
    const struct node *extends = node_get(file->tree, "extends");
    const struct part_file *base = extends ? find_calendar(r, extends->text) : NULL;

    if (!extends)
        return file->tree;
    if (!base) {
        diag_error(r->diags, "C001", extends->span, "there is no calendar '%s'", extends->text);
        return file->tree;
    }
    if (base == file || deep >= PACK_EXTENDS_MAX) {
        diag_error(r->diags, "R014", extends->span, "the calendar extends itself");
        return file->tree;
    }
    return merge(r->arena, without(r, calendar_tree(r, base, deep + 1), "school"), file->tree);
}

/* Whether the calendar is, or extends, the one of that name. */
static bool extends_calendar(struct resolving *r, const struct part_file *file, const char *name)
{
    for (size_t deep = 0; file && deep <= PACK_EXTENDS_MAX; deep++) {
        const struct node *extends = node_get(file->tree, "extends");
        if (!strcmp(file->name, name))
            return true;
        file = extends ? find_calendar(r, extends->text) : NULL;
    }
    return false;
}

/* A school keeps the bank holidays, panels and closures of the pack whose calendar it is. */
static void check_school(struct resolving *r, size_t layer, const struct part_file *file)
{
    const struct node *school = node_get(file->tree, "school");
    const char *main = NULL;

    for (size_t i = layer; school && i < r->layers->count && !main; i++)
        main = r->layers->at[i].main_calendar;
    if (!main || extends_calendar(r, file, main))
        return;
    struct diag *d = diag_error(r->diags, "C004", school->span,
                                "the calendar of school %s does not extend '%s'", school->text,
                                main);
    diag_hint(r->diags, d, "write `extends: %s`", main);
}

static void add_calendar(struct resolving *r, const struct part_file *file)
{
    struct node *tree;

    if (named_tree(&r->out->calendars, file->name))
        return;
    tree = node_copy(r->arena, calendar_tree(r, file, 0), false);
    settle(r->arena, tree, OWNER_CALENDAR, r->diags);
    keys_require(tree, OWNER_CALENDAR, r->diags);
    *LIST_ADD(r->arena, &r->out->calendars) = (struct named_tree){ file->name, tree };
}

/* Two calendars of one name would hide each other. */
static void check_twins(struct resolving *r)
{
    for (size_t i = r->from; i < r->layers->count; i++) {
        const struct part_files *files = &r->layers->at[i].calendars;
        for (size_t j = 0; j < files->count; j++) {
            const struct part_file *first = find_calendar(r, files->at[j].name);
            if (first == &files->at[j])
                continue;
            const struct node *name = node_get(first->tree, "calendar");
            struct diag *d = diag_error(r->diags, "R004", name->span,
                                        "there is a calendar '%s' already", first->name);
            diag_note(r->diags, d, node_get(files->at[j].tree, "calendar")->span, "it stands");
            diag_hint(r->diags, d, "choose another name, and write `extends: %s`", first->name);
        }
    }
}

static void resolve_calendars(struct resolving *r)
{
    struct named_trees *out = &r->out->calendars;

    check_twins(r);
    for (size_t i = r->from; i < r->layers->count && !r->out->main_calendar; i++)
        r->out->main_calendar = r->layers->at[i].main_calendar;
    if (r->out->main_calendar)
        add_calendar(r, find_calendar(r, r->out->main_calendar));
    for (size_t i = r->from; i < r->layers->count; i++)
        for (size_t j = 0; j < r->layers->at[i].calendars.count; j++) {
            check_school(r, i, &r->layers->at[i].calendars.at[j]);
            add_calendar(r, &r->layers->at[i].calendars.at[j]);
        }
    if (out->count > 1)
        qsort(out->at + 1, out->count - 1, sizeof *out->at, by_name);
    if (!r->out->main_calendar)
        diag_error(r->diags, "C001", (struct span){ r->layers->at[r->from].pack_source, 1, 1, 2 },
                   "the pack has no calendar.yaml, and nor has one below");
}

/* --- pack.yaml and the rest ------------------------------------------------------------------ */

static void resolve_pack(struct resolving *r)
{
    struct node *whole = NULL;

    for (size_t i = r->layers->count; i-- > r->from;)
        whole = merge(r->arena, whole, without(r, r->layers->at[i].pack, "extends"));
    settle(r->arena, whole, OWNER_PACK, r->diags);
    keys_require(whole, OWNER_PACK, r->diags);
    r->out->pack = whole;
}

static const char *file_of(const struct source *source)
{
    return strrchr(source->path, '/') + 1;
}

static void resolve_messages(struct resolving *r)
{
    for (size_t i = r->from; i < r->layers->count; i++) {
        const struct layer *layer = &r->layers->at[i];
        for (size_t j = 0; j < layer->messages.count; j++) {
            bool hidden = false;
            for (size_t k = 0; k < r->out->messages.count; k++)
                hidden = hidden ||
                         !strcmp(file_of(r->out->messages.at[k]), file_of(layer->messages.at[j]));
            if (!hidden)
                *LIST_ADD(r->arena, &r->out->messages) = layer->messages.at[j];
        }
    }
}

struct resolved *resolve(const struct layers *layers, size_t from)
{
    struct resolving r = { .layers = layers, .arena = layers->arena, .diags = layers->diags,
                           .from = from, .out = ARENA_NEW(layers->arena, struct resolved) };

    for (size_t i = from; i < layers->count; i++)
        if (!layers->at[i].pack)
            return NULL;
    resolve_pack(&r);
    resolve_processes(&r);
    resolve_calendars(&r);
    resolve_messages(&r);
    return r.out;
}
