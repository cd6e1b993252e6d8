/* SPDX-License-Identifier: MIT */
#include "rules/layer.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include <string.h>

const char *extends_name(const char *text)
{
    const char *name = text_starts(text, "../") ? text + 3 : text;

    return name_valid(name) ? name : NULL;
}

size_t layer_of(const struct layers *layers, const struct source *source)
{
    const char *slash = source ? strchr(source->path, '/') : NULL;

    for (size_t i = 0; slash && i < layers->count; i++) {
        const char *folder = layers->at[i].folder;
        if (strlen(folder) == (size_t)(slash - source->path) &&
            !strncmp(folder, source->path, strlen(folder)))
            return i;
    }
    return 0;
}

/* --- one file -------------------------------------------------------------------------------- */

/* {is: what stood there}, in its place. */
static void wrap_is(struct arena *arena, struct node *node)
{
    struct node *is = node_copy(arena, node, false);

    is->key = "is";
    node->kind = NODE_MAP;
    node->text = NULL;
    node->first = node->last = NULL;
    node->count = 0;
    node_add(node, is);
}

/* A setting that is only a value becomes {is: value}, so that values merge with descriptions. */
static void wrap_settings(struct arena *arena, struct node *settings)
{
    if (!settings || settings->kind != NODE_MAP)
        return;
    for (struct node *n = settings->first; n; n = n->next) {
        bool described = node_get(n, "is") || node_get(n, "title") || node_get(n, "from");
        if (!described && n->kind != NODE_WRONG && !node_is(n, "removed") &&
            strcmp(n->key, "each") != 0)
            wrap_is(arena, n);
    }
}

/* `not_before: MOMENT` is short for {is: MOMENT}. */
static void wrap_limits(struct arena *arena, struct node *events)
{
    for (struct node *n = events && events->kind == NODE_MAP ? events->first : NULL; n;
         n = n->next) {
        struct node *limit = node_get(n, "not_before");
        if (limit && limit->kind == NODE_TEXT && !node_is(limit, "removed"))
            wrap_is(arena, limit);
    }
}

static void wrap(struct arena *arena, struct node *tree)
{
    struct node *states = node_get(tree, "states");

    wrap_settings(arena, node_get(tree, "settings"));
    wrap_limits(arena, node_get(tree, "events"));
    for (struct node *n = states && states->kind == NODE_MAP ? states->first : NULL; n; n = n->next)
        wrap_limits(arena, node_get(n, "events"));
}

/* Without what a misspelt `fields` holds, all that names it would be wrong as well. */
static bool lost_names(const struct node *tree)
{
    static const char *const sections[] = { "fields", "events", "states", "checklists",
                                            "consents", "settings", "uses" };

    for (const struct node *n = tree->first; n; n = n->next)
        if (n->kind == NODE_WRONG &&
            text_nearest(n->key, sections, sizeof sections / sizeof *sections))
            return true;
    return false;
}

static struct node *load(struct layers *l, const struct source *source, enum owner owner)
{
    struct node *tree = yaml_read(l->arena, source, l->diags);

    if (!tree)
        return NULL;
    if (!keys_check(l->arena, tree, owner, l->diags) && lost_names(tree))
        return NULL;
    wrap(l->arena, tree);
    return tree;
}

static struct span first_line(const struct source *source)
{
    return (struct span){ source, 1, 1, 2 };
}

/* "annual-review" of "torbay/processes/annual-review.yaml" */
static const char *stem(struct arena *arena, const struct source *source)
{
    const char *name = strrchr(source->path, '/') + 1;

    return arena_text_n(arena, name, (size_t)(strrchr(name, '.') - name));
}

/* The name that stands in a file must be the file's own. */
static void check_stem(struct layers *l, const struct node *name, const char *wanted)
{
    struct diag *d;

    if (!strcmp(name->text, wanted))
        return;
    d = diag_error(l->diags, "R002", name->span, "'%s' stands in a file called '%s'", name->text,
                   wanted);
    diag_hint(l->diags, d, "give both the same name: `%s`, if the file is called as it should be",
              wanted);
    diag_blame(l->diags, name->text);
}

static void load_part(struct layers *l, const struct source *source, enum owner owner,
                      struct part_files *into)
{
    const char *own = owner == OWNER_PROCESS ? "process" : "part";
    struct node *tree = load(l, source, owner);

    if (!tree)
        return;
    struct node *name = node_get(tree, own), *changes = node_get(tree, "changes");
    if (!name == !changes) {
        struct diag *d = diag_error(l->diags, "R003", first_line(source), "the file begins with %s",
                                    name ? "two names" : "no name");
        diag_hint(l->diags, d, "begin with `%s: NAME`, or `changes: NAME` for one of a pack below",
                  own);
        return;
    }
    check_stem(l, name ? name : changes, stem(l->arena, source));
    *LIST_ADD(l->arena, into) = (struct part_file){
        .name = (name ? name : changes)->text, .tree = tree, .changes = changes != NULL,
    };
}

static void load_calendar(struct layers *l, struct layer *layer, const struct source *source,
                          bool main)
{
    struct node *tree = load(l, source, OWNER_CALENDAR);
    struct node *name = node_get(tree, "calendar");

    if (!tree)
        return;
    if (!name) {
        diag_error(l->diags, "R003", first_line(source), "a calendar needs 'calendar'");
        return;
    }
    if (main)
        layer->main_calendar = name->text;
    else
        check_stem(l, name, stem(l->arena, source));
    *LIST_ADD(l->arena, &layer->calendars) = (struct part_file){ .name = name->text, .tree = tree };
}

/* --- a layer --------------------------------------------------------------------------------- */

static bool check_utf8(struct layers *l, const struct source *source)
{
    if (utf8_valid(source->text, source->len))
        return true;
    diag_error(l->diags, "Y005", first_line(source), "bytes that are not UTF-8");
    return false;
}

static void load_file(struct layers *l, struct layer *layer, const struct source *s, const char *in)
{
    if (!strcmp(in, "pack.yaml")) {
        layer->pack_source = s;
        layer->pack = load(l, s, OWNER_PACK);
    } else if (!strcmp(in, "calendar.yaml")) {
        load_calendar(l, layer, s, true);
    } else if (text_starts(in, "calendars/")) {
        load_calendar(l, layer, s, false);
    } else if (text_starts(in, "processes/")) {
        load_part(l, s, OWNER_PROCESS, &layer->processes);
    } else if (text_starts(in, "parts/")) {
        load_part(l, s, OWNER_PART, &layer->parts);
    } else if (text_starts(in, "messages/") && check_utf8(l, s)) {
        *LIST_ADD(l->arena, &layer->messages) = s;
    } else if (text_starts(in, "lua/") && check_utf8(l, s)) {
        *LIST_ADD(l->arena, &layer->lua) = s;
    } else if (text_starts(in, "scenarios/")) {
        *LIST_ADD(l->arena, &layer->scenarios) = s;
    } else if (!strchr(in, '/')) {
        struct diag *d = diag_warning(l->diags, "R021", first_line(s), "this file is not read");
        diag_about(l->diags, d, "%s", in);
        diag_hint(l->diags, d, "processes stand under processes/, calendars under calendars/");
    }
}

/* "a.yml" is left out without a word by everything else. */
static void tell_unread(struct layers *l, const struct pack_files *files)
{
    for (size_t i = 0; i < files->unread.count; i++) {
        struct source *source = ARENA_NEW(l->arena, struct source);
        *source = (struct source){ .path = files->unread.at[i], .text = "", .len = 0 };
        const char *in = strchr(source->path, '/') + 1;
        struct diag *d =
            diag_warning(l->diags, "R021", first_line(source), "this file is not read");
        diag_about(l->diags, d, "%s", in);
        diag_hint(l->diags, d, "names end in .yaml, .lua or .md, in small letters");
    }
}

static void load_layer(struct layers *l, struct layer *layer, const struct pack_files *files)
{
    size_t len = strlen(layer->folder);

    for (size_t i = 0; i < files->files.count; i++) {
        const struct source *s = &files->files.at[i];
        if (!strncmp(s->path, layer->folder, len) && s->path[len] == '/')
            load_file(l, layer, s, s->path + len + 1);
    }
}

/* `extends` of each layer must name the next one that was read. */
static void check_extends(struct layers *l, size_t i)
{
    struct layer *layer = &l->at[i];
    const struct node *node = node_get(layer->pack, "extends");
    const char *name = node ? extends_name(node->text) : NULL;
    struct diag *d;

    if (!node || (name && i + 1 < l->count && !strcmp(name, l->at[i + 1].folder)))
        return;
    if (!name) {
        d = diag_error(l->diags, "R014", node->span, "'%s' is not a pack beside this one",
                       node->text);
        diag_hint(l->diags, d, "write ../NAME, where NAME is a folder next to this pack's");
        return;
    }
    for (size_t j = 0; j <= i; j++) {
        if (strcmp(name, l->at[j].folder) != 0)
            continue;
        d = diag_error(l->diags, "R014", node->span, "'%s' extends itself", name);
        diag_note(l->diags, d, node->span, "followed from %s", l->at[0].folder);
        return;
    }
    diag_error(l->diags, "R014", node->span, "there is no pack '%s' beside this one", name);
}

/* The folder and the pack have one name: files and messages are named by it. */
static void check_name(struct layers *l, const struct layer *layer)
{
    const struct node *name = node_get(layer->pack, "pack");
    struct diag *d;

    if (!name || !strcmp(name->text, layer->folder))
        return;
    d = diag_error(l->diags, "R002", name->span, "the pack is called '%s', its folder '%s'",
                   name->text, layer->folder);
    diag_hint(l->diags, d, "give both the same name");
}

struct layers *layers_read(struct arena *arena, const struct pack_files *files, struct diags *diags)
{
    struct layers *l = ARENA_NEW(arena, struct layers);

    l->arena = arena;
    l->diags = diags;
    l->count = files->layers.count;
    l->at = ARENA_ARRAY(arena, struct layer, l->count);
    for (size_t i = 0; i < l->count; i++) {
        l->at[i].folder = files->layers.at[i];
        load_layer(l, &l->at[i], files);
    }
    tell_unread(l, files);
    for (size_t i = 0; i < l->count; i++) {
        check_extends(l, i);
        check_name(l, &l->at[i]);
    }
    return l;
}
