/* SPDX-License-Identifier: MIT */
/* Marks as SVG. The classes are those of the pages; the style stands in the
 * file, so that it is whole wherever it is put.
 */
#include "engine/draw/picture.h"

#include "engine/base/text.h"

#include <string.h>

static const char style[] =
    "  <style>\n"
    "    svg { --ink: #0b0c0c; --soft: #484949; --paper: #fff; --wash: #f0f4f3; --hair: #d3dbd9;\n"
    "      background: var(--paper); fill: var(--ink);\n"
    "      font: 14px \"Helvetica Neue\", Helvetica, Arial, \"Liberation Sans\", Arimo,\n"
    "        sans-serif }\n"
    "    @media (prefers-color-scheme: dark) {\n"
    "      svg { --ink: #e9eeed; --soft: #b3bfbd; --paper: #141a1b; --wash: #1b2425;\n"
    "        --hair: #364243 }\n"
    "    }\n"
    "    .card { fill: var(--paper); stroke: var(--ink); stroke-width: 1.5 }\n"
    "    .end { fill: var(--wash) }\n"
    "    .edge { fill: none; stroke: var(--ink); stroke-width: 1.5 }\n"
    "    .tip, .dot { fill: var(--ink) }\n"
    "    .ring { fill: var(--paper); stroke: var(--ink); stroke-width: 1.5 }\n"
    "    .rule { fill: none; stroke: var(--hair); stroke-width: 1 }\n"
    "    .law { fill: none; stroke: var(--ink); stroke-width: 3 }\n"
    "    .local { fill: none; stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 5 4 }\n"
    "    .frame { fill: none; stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 5 4 }\n"
    "    .soft { fill: var(--soft); font-size: 12.5px }\n"
    "    .bold { font-weight: 700 }\n"
    "    .big { font-weight: 700; font-size: 15px }\n"
    "    .head { font-weight: 700; font-size: 21px }\n"
    "    @page { size: A4 portrait; margin: 10mm }\n"
    "    @media print {\n"
    "      svg { --ink: #000; --soft: #333; --paper: #fff; --wash: #eee; --hair: #bbb;\n"
    "        %s }\n"
    "    }\n"
    "  </style>\n";
/* As wide as the paper; a little too high for one page: as high as the paper. */
static const char print_wide[] = "width: 190mm; height: auto";
static const char print_high[] = "width: auto; height: 276mm";

/* As XML takes it: what it cannot hold at all becomes a question mark. */
static void escape(struct buf *out, const char *text)
{
    for (size_t len = strlen(text), i = 0; i < len;) {
        size_t n = utf8_len(text + i, len - i);
        const unsigned char *c = (const unsigned char *)text + i;
        bool outside = n == 3 && c[0] == 0xef && c[1] == 0xbf && c[2] >= 0xbe;
        if (*c == '&')
            buf_add(out, "&amp;");
        else if (*c == '<')
            buf_add(out, "&lt;");
        else if (*c == '>')
            buf_add(out, "&gt;");
        else if (!n || outside || (*c < 0x20 && *c != '\n' && *c != '\t'))
            buf_char(out, '?');
        else
            buf_add_n(out, text + i, n);
        i += n ? n : 1;
    }
}

static void write_rect(struct buf *out, const char *class, const struct mark *mark, int in, int rx)
{
    buf_printf(out,
               "  <rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\"/>\n",
               class, mark->x + in, mark->y + in, mark->w - 2 * in, mark->h - 2 * in, rx);
}

static int sign(int n)
{
    return (n > 0) - (n < 0);
}

/* The point of an arrow lies at the last spot; the line ends inside it. */
static void write_tip(struct buf *out, const struct mark *mark)
{
    struct spot to = mark->spots[mark->spot_count - 1], from = mark->spots[mark->spot_count - 2];
    for (size_t i = mark->spot_count - 2; i > 0 && from.x == to.x && from.y == to.y; i--)
        from = mark->spots[i - 1];
    int dx = sign(to.x - from.x), dy = sign(to.y - from.y);
    buf_printf(out, "  <path class=\"tip\" d=\"M%d %dL%d %dL%d %dZ\"/>\n", to.x, to.y,
               to.x - 9 * dx - 5 * dy, to.y - 9 * dy - 5 * dx, to.x - 9 * dx + 5 * dy,
               to.y - 9 * dy + 5 * dx);
}

static void write_line(struct buf *out, const char *class, const struct mark *mark)
{
    buf_printf(out, "  <path class=\"%s\" d=\"M%d %d", class, mark->spots[0].x, mark->spots[0].y);
    for (size_t i = 1; i < mark->spot_count; i++) {
        struct spot a = mark->spots[i - 1], b = mark->spots[i];
        bool tip = mark->tip && i + 1 == mark->spot_count;
        if (a.x != b.x)
            buf_printf(out, "H%d", b.x - (tip ? 3 * sign(b.x - a.x) : 0));
        else if (a.y != b.y)
            buf_printf(out, "V%d", b.y - (tip ? 3 * sign(b.y - a.y) : 0));
    }
    buf_add(out, "\"/>\n");
    if (mark->tip)
        write_tip(out, mark);
}

/* Broken from each pair's first spot to its second. */
static void write_bracket(struct buf *out, const struct mark *mark)
{
    buf_printf(out, "  <path class=\"%s\" d=\"M%d %dH%d",
               mark->kind == MARK_LAW ? "law" : "local", mark->x + mark->w, mark->y, mark->x);
    for (size_t i = 0; i + 1 < mark->spot_count; i += 2)
        buf_printf(out, "V%dM%d %d", mark->spots[i].y, mark->x, mark->spots[i + 1].y);
    buf_printf(out, "V%dH%d\"/>\n", mark->y + mark->h, mark->x + mark->w);
}

static void write_text(struct buf *out, const struct mark *mark)
{
    static const char *const classes[] = {
        "", " class=\"soft\"", " class=\"bold\"", " class=\"big\"", " class=\"head\"",
    };
    buf_printf(out, "  <text%s x=\"%d\" y=\"%d\">", classes[mark->face], mark->x,
               mark->y + face_up(mark->face));
    escape(out, mark->text);
    buf_add(out, "</text>\n");
}

static void write_mark(struct buf *out, const struct mark *mark)
{
    switch (mark->kind) {
    case MARK_CARD:
        write_rect(out, "card", mark, 0, 4);
        break;
    case MARK_END:
        write_rect(out, "card end", mark, 0, 4);
        write_rect(out, "edge", mark, 4, 2);
        break;
    case MARK_EDGE:
        write_line(out, "edge", mark);
        break;
    case MARK_DOT:
    case MARK_RING:
        buf_printf(out, "  <circle class=\"%s\" cx=\"%d\" cy=\"%d\" r=\"%d\"/>\n",
                   mark->kind == MARK_DOT ? "dot" : "ring", mark->x + mark->w / 2,
                   mark->y + mark->h / 2, mark->w / 2);
        break;
    case MARK_RULE:
        write_line(out, "rule", mark);
        break;
    case MARK_LAW:
    case MARK_LOCAL:
        write_bracket(out, mark);
        break;
    case MARK_FRAME:
        write_rect(out, "frame", mark, 0, 4);
        break;
    case MARK_TEXT:
        write_text(out, mark);
        break;
    }
}

void picture_svg(const struct picture *picture, struct buf *out)
{
    buf_printf(out,
               "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
               "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
               " viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"title told\">\n"
               "  <title id=\"title\">", picture->width, picture->height, picture->width,
               picture->height);
    escape(out, picture->title);
    buf_add(out, "</title>\n  <desc id=\"told\">");
    escape(out, picture->told);
    buf_add(out, "</desc>\n");
    bool high = picture->height > PAGE_HEIGHT && picture->height <= PAGE_SHRUNK;
    buf_printf(out, style, high ? print_high : print_wide);
    /* Thin lines first: everything else lies on them. */
    for (size_t i = 0; i < picture->marks.count; i++)
        if (picture->marks.at[i].kind == MARK_RULE)
            write_mark(out, &picture->marks.at[i]);
    for (size_t i = 0; i < picture->marks.count; i++)
        if (picture->marks.at[i].kind != MARK_RULE)
            write_mark(out, &picture->marks.at[i]);
    buf_add(out, "</svg>\n");
}
