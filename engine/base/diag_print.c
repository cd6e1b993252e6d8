/* SPDX-License-Identifier: MIT */
#include "engine/base/diag.h"

#include "engine/base/diag_codes.h"
#include "engine/base/json.h"
#include "engine/base/text.h"
#include <string.h>

/* A line is shown from SHOW_BEFORE characters before the span when that stands beyond SHOW_FROM,
 * and for SHOW_MAX characters. */
enum { SHOW_FROM = 120, SHOW_BEFORE = 40, SHOW_MAX = 160 };

struct paint {
    const char *place, *error, *warning, *caret, *off;
};
static const struct paint plain = { "", "", "", "", "" };
static const struct paint colours = { "\033[1m", "\033[1;31m", "\033[1;33m", "\033[1;32m",
                                      "\033[0m" };

const char *source_line(const struct source *source, int line)
{
    const char *at = source->text;
    while (at && --line > 0) {
        at = strchr(at, '\n');
        at = at ? at + 1 : NULL;
    }
    return at;
}

/* Bytes of the character at `at`; broken ones count as one byte. */
static size_t step(const char *at, const char *end)
{
    size_t n = utf8_len(at, (size_t)(end - at));
    return n ? n : 1;
}

static const char *walk(const char *at, const char *end, int characters)
{
    while (at < end && characters-- > 0)
        at += step(at, end);
    return at;
}

/* The stretch of a line, harmless to a terminal: control characters and bytes that are no
 * character become '?'. */
static void show(struct buf *out, const char *from, const char *to)
{
    for (size_t n; from < to; from += n) {
        unsigned char c = (unsigned char)*from;
        n = step(from, to);
        if ((c < 0x20 && c != '\t') || c == 0x7f || !utf8_len(from, n))
            buf_char(out, '?');
        else
            buf_add_n(out, from, n);
    }
}

/* Blanks as wide as the text, tabs kept, so that what follows stands beneath. */
static void blank(struct buf *out, const char *from, const char *to)
{
    while (from < to) {
        size_t n = step(from, to);
        size_t columns = utf8_columns(from, n);
        if (*from == '\t')
            buf_char(out, '\t');
        else
            while (columns--)
                buf_char(out, ' ');
        from += n;
    }
}

static void print_line(struct buf *out, const struct span *span, const struct paint *paint)
{
    const char *line = span->source ? source_line(span->source, span->line) : NULL;
    if (!line || span->line < 1 || span->col < 1)
        return;
    const char *end = line + strcspn(line, "\r\n");
    int skipped = span->col > SHOW_FROM ? span->col - SHOW_BEFORE : 0;
    const char *from = walk(line, end, skipped);
    const char *to = walk(from, end, SHOW_MAX);

    buf_printf(out, "%5d | %s", span->line, skipped ? "..." : "");
    show(out, from, to);
    buf_add(out, to < end ? "...\n" : "\n");

    const char *start = walk(from, to, span->col - 1 - skipped);
    const char *stop = walk(start, to, span->end_col - span->col);
    size_t width = utf8_columns(start, (size_t)(stop - start));
    buf_printf(out, "      | %s", skipped ? "   " : "");
    blank(out, from, start);
    buf_add(out, paint->caret);
    do
        buf_char(out, '^');
    while (width-- > 1);
    buf_printf(out, "%s\n", paint->off);
}

static void print_place(struct buf *out, const struct span *span)
{
    buf_add(out, span->source->path);
    if (span->line > 0)
        buf_printf(out, ":%d", span->line);
    if (span->line > 0 && span->col > 0)
        buf_printf(out, ":%d", span->col);
}

static const char *hint_of(const struct diag *diag)
{
    return diag->hint ? diag->hint : diag_code_find(diag->code)->hint;
}

static void print_one(struct buf *out, const struct diag *diag, const struct paint *paint)
{
    bool error = diag->severity == SEVERITY_ERROR;
    if (diag->span.source) {
        buf_add(out, paint->place);
        print_place(out, &diag->span);
        buf_printf(out, ":%s ", paint->off);
    }
    buf_printf(out, "%s%s:%s %s [%s%s%s]\n", error ? paint->error : paint->warning,
               error ? "error" : "warning", paint->off, diag->text, diag->code,
               diag->about ? " " : "", diag->about ? diag->about : "");
    print_line(out, &diag->span, paint);
    if (diag->note) {
        buf_printf(out, " note: %s", diag->note);
        if (diag->note_span.source) {
            buf_add(out, " at ");
            print_place(out, &diag->note_span);
        }
        buf_char(out, '\n');
    }
    if (*hint_of(diag))
        buf_printf(out, " hint: %s\n", hint_of(diag));
}

void diags_print(const struct diags *diags, struct buf *out, bool colour)
{
    for (size_t i = 0; i < diags->count; i++)
        print_one(out, &diags->at[i], colour ? &colours : &plain);
    if (diags->dropped)
        buf_printf(out, "and %zu more\n", diags->dropped);
}

void diags_json(const struct diags *diags, struct buf *out)
{
    struct json_out json = json_to(out);
    json_begin(&json, NULL, '[');
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *d = &diags->at[i];
        const struct source *source = d->span.source;
        json_begin(&json, NULL, '{');
        json_out_text(&json, "about", d->about);
        json_out_text(&json, "code", d->code);
        json_out_int(&json, "col", d->span.col);
        json_out_int(&json, "end_col", d->span.end_col);
        json_out_text(&json, "file", source ? source->path : NULL);
        json_out_text(&json, "hint", hint_of(d));
        json_out_int(&json, "line", d->span.line);
        json_out_text(&json, "note", d->note);
        json_out_text(&json, "severity", d->severity == SEVERITY_ERROR ? "error" : "warning");
        json_out_text(&json, "text", d->text);
        json_end(&json, '}');
    }
    json_end(&json, ']');
}
