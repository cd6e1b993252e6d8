/* SPDX-License-Identifier: MIT */
#include "engine/run/yaml_edit.h"

#include "engine/base/arena.h"

#include <stdlib.h>
#include <string.h>

/* --- places ---------------------------------------------------------------------------------- */

static size_t line_start(const struct yaml_edits *e, int line)
{
    const char *at = e->source->text;
    for (int i = 1; i < line && at; i++) {
        at = strchr(at, '\n');
        at = at ? at + 1 : NULL;
    }
    return at ? (size_t)(at - e->source->text) : e->source->len;
}

/* Columns count characters, from 1. */
static size_t place(const struct yaml_edits *e, int line, int col)
{
    size_t at = line_start(e, line);
    for (int i = 1; i < col && at < e->source->len; i++)
        at += utf8_len(e->source->text + at, e->source->len - at);
    return at;
}

static size_t text_start(const struct yaml_edits *e, const struct node *text)
{
    return place(e, text->span.line, text->span.col) - (text->quoted ? 1 : 0);
}

static size_t text_end(const struct yaml_edits *e, const struct node *text)
{
    return place(e, text->span.line, text->span.end_col) + (text->quoted ? 1 : 0);
}

bool yaml_is_flow(const struct yaml_edits *edits, const struct node *map)
{
    size_t at = place(edits, map->span.line, map->span.col);
    return edits->source->text[at] == '{' || edits->source->text[at] == '[';
}

/* Behind the bracket that closes it. */
static size_t flow_end(const struct yaml_edits *e, const struct node *map)
{
    const char *text = e->source->text;
    size_t at = place(e, map->span.line, map->span.col);
    int depth = 0;
    char quote = '\0';
    for (; at < e->source->len; at++) {
        char c = text[at];
        if (quote)
            quote = c == quote ? '\0' : quote;
        else if ((c == '"' || c == '\'') && strchr(" {[,:\n", text[at ? at - 1 : 0]))
            quote = c;
        else if (c == '{' || c == '[')
            depth++;
        else if ((c == '}' || c == ']') && --depth == 0)
            return at + 1;
    }
    return at;
}

static int last_line(const struct yaml_edits *e, const struct node *node)
{
    bool flow = node->kind != NODE_TEXT && yaml_is_flow(e, node);
    int line = node->span.line;
    size_t end = flow ? flow_end(e, node) : 0;
    for (size_t at = line_start(e, line); at < end; at++)
        line += e->source->text[at] == '\n';
    for (const struct node *n = flow ? NULL : node->first; n; n = n->next) {
        int below = last_line(e, n);
        line = below > line ? below : line;
    }
    return line;
}

/* --- values ---------------------------------------------------------------------------------- */

static bool plain(const char *text, bool flow)
{
    size_t len = strlen(text);
    bool word = (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z');
    return word && !strstr(text, ": ") && !strstr(text, " #") && !strpbrk(text, "\\\"") &&
           !(flow && strpbrk(text, ",[]{}")) && text[len - 1] != ':' && text[len - 1] != ' ' &&
           strcmp(text, "removed") != 0;
}

const char *yaml_value(struct arena *arena, const char *text, bool flow)
{
    struct buf buf = buf_in(arena);
    if (plain(text, flow))
        return text;
    buf_char(&buf, '"');
    for (const char *c = text; *c; c++) {
        if (*c == '"' || *c == '\\')
            buf_char(&buf, '\\');
        buf_char(&buf, *c);
    }
    buf_char(&buf, '"');
    return buf_text(&buf);
}

/* --- edits ----------------------------------------------------------------------------------- */

static void edit(struct yaml_edits *e, size_t at, size_t drop, const char *insert)
{
    size_t number = e->list.count;
    *LIST_ADD(e->arena, &e->list) = (struct yaml_edit){ at, drop, insert, number };
}

void yaml_add(struct yaml_edits *edits, const struct node *map, const struct node *before,
              const char *key, const char *value)
{
    struct yaml_edits *e = edits;
    if (yaml_is_flow(e, map)) {
        size_t at = !before ? place(e, map->span.line, map->span.col) + 1
                    : before->kind == NODE_TEXT ? text_end(e, before) : flow_end(e, before);
        struct buf text = buf_in(e->arena);
        if (before)
            buf_add(&text, ", ");
        buf_printf(&text, "%s: %s", key, value);
        if (!before && map->count)
            buf_add(&text, ", ");
        edit(e, at, 0, buf_text(&text));
        return;
    }
    size_t at = before ? line_start(e, last_line(e, before) + 1)
                       : line_start(e, map->first->key_span.line);
    bool ended = !at || e->source->text[at - 1] == '\n';
    edit(e, at, 0, arena_printf(e->arena, "%s%*s%s: %s%s", ended ? "" : "\n",
                                map->first->key_span.col - 1, "", key, value,
                                ended ? "\n" : ""));
}

void yaml_set(struct yaml_edits *edits, const struct node *text, const char *value)
{
    size_t from = text_start(edits, text);
    edit(edits, from, text_end(edits, text) - from, value);
}

void yaml_drop(struct yaml_edits *edits, const struct node *entry)
{
    size_t from = line_start(edits, entry->key_span.line);
    edit(edits, from, line_start(edits, last_line(edits, entry) + 1) - from, "");
}

static int by_place(const void *a, const void *b)
{
    const struct yaml_edit *one = a, *two = b;
    return one->at != two->at ? (one->at > two->at) - (one->at < two->at)
                              : (one->number > two->number) - (one->number < two->number);
}

struct buf yaml_apply(struct yaml_edits *edits)
{
    struct buf text = buf_in(edits->arena);
    const struct source *source = edits->source;
    size_t at = 0;
    if (edits->list.count)
        qsort(edits->list.at, edits->list.count, sizeof *edits->list.at, by_place);
    for (size_t i = 0; i < edits->list.count; i++) {
        const struct yaml_edit *e = &edits->list.at[i];
        if (e->at > at)
            buf_add_n(&text, source->text + at, e->at - at);
        buf_add(&text, e->insert);
        at = e->at + e->drop > at ? e->at + e->drop : at > e->at ? at : e->at;
    }
    if (at < source->len)
        buf_add_n(&text, source->text + at, source->len - at);
    return text;
}
