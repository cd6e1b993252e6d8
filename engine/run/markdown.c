/* SPDX-License-Identifier: MIT */
#include "engine/run/markdown.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

static void add_plain(struct buf *out, const char *text, size_t len)
{
    char *html = cmark_markdown_to_html(text, len, CMARK_OPT_DEFAULT);
    buf_add(out, html);
    free(html);
}

/* A cell's words, without the paragraph around them. */
static void add_cell(struct buf *out, const char *tag, const char *text, size_t len)
{
    struct buf html = buf_in(out->arena);
    add_plain(&html, text, len);
    const char *inner = buf_text(&html), *end = inner + strlen(inner);
    if (text_starts(inner, "<p>") && end - inner >= 8 && strcmp(end - 5, "</p>\n") == 0) {
        inner += 3;
        end -= 5;
    }
    buf_printf(out, "<%s>%.*s</%s>", tag, (int)(end - inner), inner, tag);
}

/* A bar that is not escaped. */
static size_t to_bar(const char *text, size_t len)
{
    size_t at = 0;
    while (at < len && text[at] != '|')
        at += text[at] == '\\' && at + 1 < len ? 2 : 1;
    return at < len ? at : len;
}

static void add_row(struct buf *out, const char *line, size_t len, const char *tag)
{
    buf_add(out, "<tr>");
    while (len && line[len - 1] == ' ')
        len--;
    for (size_t at = 1; at < len;) {
        size_t cell = to_bar(line + at, len - at), from = at, to = at + cell;
        while (from < to && line[from] == ' ')
            from++;
        while (to > from && line[to - 1] == ' ')
            to--;
        add_cell(out, tag, line + from, to - from);
        at += cell + 1;
    }
    buf_add(out, "</tr>\n");
}

static size_t line_len(const char *text)
{
    return strcspn(text, "\n");
}

static const char *line_after(const char *text)
{
    size_t len = line_len(text);
    return text + len + (text[len] == '\n');
}

/* "| a | b |" with "|---|---|" under it. */
static bool begins_table(const char *text)
{
    const char *under = line_after(text);
    size_t len = line_len(under);
    return *text == '|' && *under == '|' && len > 2 && strspn(under, "|-: ") >= len &&
           memchr(under, '-', len);
}

static const char *add_table(struct buf *out, const char *text)
{
    buf_add(out, "<table>\n<thead>");
    add_row(out, text, line_len(text), "th");
    buf_add(out, "</thead>\n<tbody>\n");
    for (text = line_after(line_after(text)); *text == '|'; text = line_after(text))
        add_row(out, text, line_len(text), "td");
    buf_add(out, "</tbody>\n</table>\n");
    return text;
}

const char *markdown_html(struct arena *arena, const char *text)
{
    struct buf out = buf_in(arena);
    const char *from = text;
    while (*text) {
        if (!begins_table(text)) {
            text = line_after(text);
            continue;
        }
        add_plain(&out, from, (size_t)(text - from));
        from = text = add_table(&out, text);
    }
    add_plain(&out, from, strlen(from));
    return buf_text(&out);
}
