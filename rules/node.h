/* SPDX-License-Identifier: MIT */
/* node - a tree of text, lists and maps, in which every part knows its place in
 * a file. Read by yaml.c, merged by merge.c, compiled by compile_*.c.
 */
#ifndef RULES_NODE_H
#define RULES_NODE_H

#include "engine/base/diag.h"

struct arena;
struct json;

/* WRONG: it was not of the shape its key wants, which was said; as good as absent, and yet not
 * missing. */
enum node_kind { NODE_TEXT, NODE_LIST, NODE_MAP, NODE_WRONG };

struct node {
    enum node_kind kind;
    bool quoted;             /* TEXT: written in quotes or as a block, so never a word of ours. */
    bool took;               /* `removed` that found something to remove (rules/merge.c). */
    bool gap;                /* MAP: one of its keys had no value, which was said. */
    const char *key;         /* Within a map; else NULL. */
    const char *text;        /* TEXT */
    struct span key_span;    /* Of the key; without one, the same as span. */
    struct span span;        /* Of the value; what stands inside the quotes. */
    struct node *first, *last, *next;
    struct node *dropped;    /* MAP: the `removed` that took something away (rules/merge.c). */
    size_t count;            /* Children. */
};

/* The child of a map; NULL when it is absent or WRONG, or `map` is NULL or no map. */
struct node *node_get(const struct node *map, const char *key);
/* The same, a WRONG one too. */
struct node *node_at(const struct node *map, const char *key);
/* Where to point for a whole node: its key, else itself. */
struct span node_place(const struct node *node);
/* A plain `word`, not a quoted one. */
bool node_is(const struct node *node, const char *word);

struct node *node_new(struct arena *arena, enum node_kind kind, struct span span);
void node_add(struct node *parent, struct node *child); /* Last; `child` has no siblings yet. */
/* A copy without siblings. Its children are copies too, unless `shallow`: then it has none. */
struct node *node_copy(struct arena *arena, const struct node *node, bool shallow);
/* As JSON: all texts, or with `numbers` numbers where a plain text is one. */
struct json *node_json(struct arena *arena, const struct node *node, bool numbers);
/* Marks it as WRONG: it has no text and no children any more. */
void node_spoil(struct node *node);
/* "text", "list" or "map", for findings. */
const char *node_kind_name(const struct node *node);

#endif
