/* SPDX-License-Identifier: MIT */
/* A resolved process as text; if wanted, each line with the file and line it came from. */
#include "rules/pack.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "rules/layer.h"
#include <string.h>

enum { WIDTH = 100, ORIGIN_COLUMN = 64 };

struct showing {
    struct buf *out;
    bool origins;
    size_t line;         /* Where the line at hand began. */
};

/* --- texts ----------------------------------------------------------------------------------- */

static bool needs_quotes(const struct node *node)
{
    const char *text = node->text;

    return node->quoted || !*text || strpbrk(text, ",[]{}\"#\n") || strstr(text, ": ") ||
           strchr("&*!|>'%@`?- ", *text);
}

static void add_text(struct buf *out, const struct node *node)
{
    if (!needs_quotes(node)) {
        buf_add(out, node->text);
        return;
    }
    buf_char(out, '"');
    for (const char *c = node->text; *c; c++)
        if (*c == '\n' && !c[1])
            continue; /* What ends a block is not part of what it says. */
        else if (*c == '\n')
            buf_add(out, "\\n");
        else if (*c == '"' || *c == '\\')
            buf_printf(out, "\\%c", *c);
        else
            buf_char(out, *c);
    buf_char(out, '"');
}

/* --- values on one line ---------------------------------------------------------------------- */

/* A map is kept on one line when it was written so; a list when it is from one file. */
static bool together(const struct node *node, const struct node *child)
{
    const struct span *a = &node->first->span, *b = &child->span;

    return a->source == b->source && (node->kind == NODE_LIST || a->line == b->line);
}

/* Words, a list of them, or a small map of them. */
static bool fits(const struct node *node)
{
    size_t width = 0;

    if (node->kind == NODE_TEXT || node->dropped)
        return node->kind == NODE_TEXT;
    for (const struct node *n = node->first; n; n = n->next) {
        if (n->kind != NODE_TEXT || !together(node, n))
            return false;
        width += strlen(n->text) + (n->key ? strlen(n->key) + 4 : 2);
    }
    return width < WIDTH - 30;
}

static void add_flow(struct buf *out, const struct node *node)
{
    if (node->kind == NODE_TEXT) {
        add_text(out, node);
        return;
    }
    buf_char(out, node->kind == NODE_MAP ? '{' : '[');
    for (const struct node *n = node->first; n; n = n->next) {
        if (n->key)
            buf_printf(out, "%s: ", n->key);
        add_text(out, n);
        if (n->next)
            buf_add(out, ", ");
    }
    buf_char(out, node->kind == NODE_MAP ? '}' : ']');
}

/* --- lines ----------------------------------------------------------------------------------- */

static void begin_line(struct showing *s, int indent)
{
    s->line = s->out->len;
    for (int i = 0; i < indent; i++)
        buf_char(s->out, ' ');
}

static void end_line(struct showing *s, struct span from)
{
    size_t columns = utf8_columns(buf_text(s->out) + s->line, s->out->len - s->line);

    if (s->origins && from.source) {
        do
            buf_char(s->out, ' ');
        while (++columns < ORIGIN_COLUMN);
        buf_printf(s->out, " # %s:%d", from.source->path, from.line);
    }
    buf_char(s->out, '\n');
}

static void show_children(struct showing *s, const struct node *node, int indent, const char *lead);

/* `lead` stands before the first key of a map that is an item of a list. */
static void show_node(struct showing *s, const struct node *node, int indent, const char *lead)
{
    struct span place = node->kind == NODE_TEXT ? node->span : node_place(node);

    if (!node->key && !fits(node) && node->kind == NODE_MAP) {
        show_children(s, node, indent + 2, "- ");
        return;
    }
    begin_line(s, indent - (int)strlen(lead));
    buf_printf(s->out, "%s%s%s", lead, node->key ? node->key : "-", node->key ? ":" : "");
    if (fits(node)) {
        buf_char(s->out, ' ');
        add_flow(s->out, node);
        end_line(s, node->first ? node->first->span : place);
        return;
    }
    end_line(s, place);
    show_children(s, node, indent + 2, "");
}

static void show_children(struct showing *s, const struct node *node, int indent, const char *lead)
{
    for (const struct node *n = node->first; n; n = n->next) {
        if (n->key && !strcmp(n->key, "more_each"))
            continue;
        show_node(s, n, indent, lead);
        lead = "";
    }
    for (const struct node *n = s->origins ? node->dropped : NULL; n; n = n->next) {
        begin_line(s, indent);
        buf_printf(s->out, "# %s: removed", n->key);
        end_line(s, node_place(n));
    }
}

/* The keys of a process in the order of the table, whoever wrote them first. */
void pack_show(const struct pack *pack, const char *process, bool resolved, struct buf *out)
{
    const struct node *tree =
        pack->resolved ? named_tree(&pack->resolved->processes, process) : NULL;
    struct showing s = { .out = out, .origins = resolved };
    size_t count;
    const struct key *keys = keys_all(&count);

    for (size_t i = 0; tree && i < count; i++) {
        const struct node *node =
            keys[i].owner == OWNER_PROCESS ? node_get(tree, keys[i].name) : NULL;
        if (!node)
            continue;
        if (node->kind != NODE_TEXT && out->len)
            buf_char(out, '\n');
        show_node(&s, node, 0, "");
    }
}
