/* SPDX-License-Identifier: MIT */
/* layer - a pack and those it extends, as trees: read, then resolved into one.
 *
 *   files -> layers_read: a tree a file, checked against the keys
 *         -> resolve: layers [from..] merged into one pack, `from` on top
 *
 * Layer 0 is the pack itself; the last is the base of all. The law's floor
 * compares the pack with the same layers without the first, so resolving can
 * begin at any.
 */
#ifndef RULES_LAYER_H
#define RULES_LAYER_H

#include "rules/keys.h"
#include "rules/pack.h"

/* A file that describes one named thing: a process, a part or a calendar. */
struct part_file {
    const char *name;
    struct node *tree;
    bool changes;            /* Begins with `changes`: holds what differs. */
};
struct part_files {
    struct part_file *at;
    size_t count, room;
};

struct layer {
    const char *folder;
    const struct source *pack_source;
    struct node *pack;               /* pack.yaml; NULL when it could not be read. */
    const char *main_calendar;       /* Of its calendar.yaml; NULL: it has none. */
    struct part_files processes, parts, calendars;
    struct { const struct source **at; size_t count, room; } messages, lua, scenarios;
};

struct layers {
    struct arena *arena;
    struct diags *diags;
    struct layer *at;
    size_t count;
};

/* "england" of "../england" or "england"; NULL when it is no such thing. */
const char *extends_name(const char *text);

/* Reads and checks all files. Findings are collected; what could not be read is absent. */
struct layers *layers_read(struct arena *arena, const struct pack_files *files,
                           struct diags *diags);
/* The layer a file belongs to. */
size_t layer_of(const struct layers *layers, const struct source *source);

struct named_tree {
    const char *name;
    struct node *tree;
};
struct named_trees {
    struct named_tree *at;
    size_t count, room;
};

/* A pack as it is in force, in trees. */
struct resolved {
    struct node *pack;               /* pack, title, roles, reminders, settings of all layers. */
    struct named_trees processes;    /* Sorted by name. */
    struct named_trees calendars;    /* The main one first, then by name. */
    const char *main_calendar;       /* NULL: there is none. */
    struct { const struct source **at; size_t count, room; } messages;
};

/* Merges the layers from `from` on. NULL when a pack.yaml is missing or unreadable. */
struct resolved *resolve(const struct layers *layers, size_t from);

struct node *named_tree(const struct named_trees *trees, const char *name); /* NULL: none. */
/* Hints at the tree whose name is near. */
void named_tree_nearest(const struct named_trees *trees, const char *name, struct diags *diags,
                        struct diag *diag);

/* --- merge.c --- */

/* What `over` says on top of `base` (either may be NULL), as a new tree. Both stay as they are. */
struct node *merge(struct arena *arena, const struct node *base, const struct node *over);

/* Brings a merged tree to its end: puts `each` into what it is for, takes what was removed out
 * (it hangs on at node->dropped), places states by `after`; says where there was nothing to remove
 * or to add to (R015). */
void settle(struct arena *arena, struct node *tree, enum owner owner, struct diags *diags);

#endif
