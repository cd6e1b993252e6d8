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

static bool same_line(const struct span *a, const struct span *b)
{
    return a->source == b->source && a->line == b->line;
}

/* A list of words, or a map that was written on one line and still is from there alone. */
static bool fits(const struct node *node)
{
    size_t width = 0;

    if (node->kind == NODE_TEXT || node->dropped)
        return node->kind == NODE_TEXT;
    for (const struct node *n = node->first; n; n = n->next) {
        if (n->kind != NODE_TEXT || (node->kind == NODE_MAP && !same_line(&n->span, &node->first->span)))
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

static void show_children(struct showing *s, const struct node *node, int indent);

/* `lead` is what stands before: "key:" or "-". */
static void show_node(struct showing *s, const struct node *node, int indent)
{
    struct span place = node->kind == NODE_TEXT ? node->span : node_place(node);

    begin_line(s, indent);
    buf_printf(s->out, node->key ? "%s:" : "-", node->key);
    if (fits(node)) {
        buf_char(s->out, ' ');
        add_flow(s->out, node);
        end_line(s, node->first ? node->first->span : place);
        return;
    }
    end_line(s, place);
    show_children(s, node, indent + 2);
}

static void show_children(struct showing *s, const struct node *node, int indent)
{
    for (const struct node *n = node->first; n; n = n->next)
        if (!n->key || strcmp(n->key, "more_each") != 0)
            show_node(s, n, indent);
    for (const struct node *n = s->origins ? node->dropped : NULL; n; n = n->next) {
        begin_line(s, indent);
        buf_printf(s->out, "# %s: removed", n->key);
        end_line(s, node_place(n));
    }
}

/* The keys of a process in the order of the table, whoever wrote them first. */
void pack_show(const struct pack *pack, const char *process, bool resolved, struct buf *out)
{
    const struct node *tree = pack->resolved ? named_tree(&pack->resolved->processes, process) : NULL;
    struct showing s = { .out = out, .origins = resolved };
    size_t count;
    const struct key *keys = keys_all(&count);

    for (size_t i = 0; tree && i < count; i++) {
        const struct node *node = keys[i].owner == OWNER_PROCESS ? node_get(tree, keys[i].name) : NULL;
        if (!node)
            continue;
        if (node->kind != NODE_TEXT && out->len)
            buf_char(out, '\n');
        show_node(&s, node, 0);
    }
}
