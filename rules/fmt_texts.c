/* SPDX-License-Identifier: MIT */
/* Texts as they are written: on one line, as typed over several, under | and >. */
#include "rules/fmt_tree.h"

#include "engine/base/text.h"
#include <string.h>

void fmt_indent(struct buf *out, int columns)
{
    for (int i = 0; i < columns; i++)
        buf_char(out, ' ');
}

int fmt_width(const char *text)
{
    int n = 0;

    for (; *text; text++)
        n += ((unsigned char)*text & 0xC0) != 0x80;
    return n;
}

bool fmt_is_text(const struct fmt_piece *piece)
{
    return piece->kind == FMT_PLAIN || piece->kind == FMT_QUOTED || piece->kind == FMT_BLOCK;
}

/* --- on one line ----------------------------------------------------------------------------- */

/* A text of several lines as one, without quotes that mark nothing, if it says the same: no blank
 * line, no \ at the end of one. */
static bool flat_text(const struct fmt_piece *piece, bool in_flow, struct buf *out)
{
    const char *at = piece->raw;

    if (piece->kind == FMT_BLOCK)
        return false;
    if (piece->bare && (!in_flow || fmt_bare_in_flow(piece->bare))) {
        buf_add(out, piece->bare);
        return true;
    }
    for (const char *stop; (stop = strchr(at, '\n')); at = stop + 1 + strspn(stop + 1, " \t")) {
        const char *end = stop;
        while (end > at && (end[-1] == ' ' || end[-1] == '\t'))
            end--;
        if (stop[1 + strspn(stop + 1, " \t")] == '\n' || (end > at && end[-1] == '\\') ||
            end == at)
            return false;
        buf_add_n(out, at, (size_t)(end - at));
        buf_char(out, ' ');
    }
    buf_add(out, at);
    return true;
}

/* The piece on one line, as `{a: 1, b: [2, 3]}`. False: a remark stands in it, or a text that
 * cannot. */
bool fmt_flat(const struct fmt_piece *piece, bool in_flow, struct buf *out)
{
    if (fmt_is_text(piece))
        return flat_text(piece, in_flow, out);
    if (!piece->flow)
        return false;
    for (size_t i = 0; i < piece->tail.count; i++)
        if (piece->tail.at[i])
            return false;
    buf_char(out, piece->kind == FMT_MAP ? '{' : '[');
    for (const struct fmt_entry *e = piece->first; e; e = e->next) {
        for (size_t i = 0; i < e->before.count; i++)
            if (e->before.at[i])
                return false;
        if (e->note.text || e->head.text)
            return false;
        if (e->key)
            buf_printf(out, "%s: ", e->key->raw);
        if (!fmt_flat(e->value, true, out))
            return false;
        buf_add(out, e->next ? ", " : "");
    }
    buf_char(out, piece->kind == FMT_MAP ? '}' : ']');
    return true;
}

/* --- over several lines ----------------------------------------------------------------------- */

static int spaces(const char *line)
{
    return (int)strspn(line, " ");
}

/* Under | or >: the lines keep what they are indented by beyond the first. */
void fmt_block(const struct fmt_piece *piece, int at, struct buf *out)
{
    size_t digit = strcspn(piece->raw, "123456789 #\n");
    bool told = piece->raw[digit] >= '1' && piece->raw[digit] <= '9';
    int off = piece->indent, to = at + (told ? piece->raw[digit] - '0' : FMT_STEP);
    const char *line = strchr(piece->raw, '\n');
    size_t head = strcspn(piece->raw, "\n");

    while (head > 1 && strchr(" \t", piece->raw[head - 1]))
        head--;
    buf_add_n(out, piece->raw, head);
    buf_char(out, '\n');
    while (line && line[1]) {
        const char *end = strchrnul(line + 1, '\n');
        int in = spaces(line + 1) < off ? spaces(line + 1) : off;
        const char *text = line + 1 + in;
        if (text < end) {
            fmt_indent(out, to);
            buf_add_n(out, text, (size_t)(end - text));
        }
        buf_char(out, '\n');
        line = *end ? end : NULL;
    }
}

/* A text that goes on below: its lines, a step further in. The last is not ended. */
void fmt_folded(const struct fmt_piece *piece, int at, struct buf *out)
{
    for (const char *line = piece->raw; *line;) {
        const char *end = strchrnul(line, '\n'), *stop = end;
        line += line == piece->raw ? 0 : strspn(line, " \t");
        /* A space that is typed after \ at the end of a line counts. */
        while (*end && stop > line && strchr(" \t", stop[-1]) && (stop - 1 == line ||
                                                                  stop[-2] != '\\'))
            stop--;
        if (line > piece->raw && stop > line)
            fmt_indent(out, at + FMT_STEP);
        buf_add_n(out, line, stop > line ? (size_t)(stop - line) : 0);
        if (*end)
            buf_char(out, '\n');
        line = *end ? end + 1 : end;
    }
}

