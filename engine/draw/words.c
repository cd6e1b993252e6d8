/* SPDX-License-Identifier: MIT */
#include "engine/draw/words.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"

#include <string.h>

/* Thousandths of the size, from the blank to the tilde. */
static const short plain[] = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
};
static const short bold[] = {
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667,
    611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556,
    278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
};

/* Tenths of a pixel; `up` and `down` hold the tallest letters and the longest tails. */
static const struct {
    const short *widths;
    int size, line, up, down;
} faces[] = {
    [FACE_PLAIN] = { plain, 140, 17, 12, 4 },
    [FACE_SOFT] = { plain, 125, 16, 11, 4 },
    [FACE_BOLD] = { bold, 140, 17, 12, 4 },
    [FACE_BIG] = { bold, 150, 19, 13, 4 },
    [FACE_HEAD] = { bold, 210, 26, 18, 6 },
};

int face_line(enum face face) { return faces[face].line; }
int face_up(enum face face) { return faces[face].up; }
int face_down(enum face face) { return faces[face].down; }

/* Of one character of `n` bytes, in thousandths. Letters with accents are as wide as those
 * without, or as the widest small letter; anything from afar is as wide as it is high. */
static int glyph(enum face face, const char *at, size_t n)
{
    static const struct {
        const char *text;
        int width;
    } others[] = {
        { "·", 278 }, { "’", 278 }, { "‘", 278 }, { "–", 556 }, { "“", 500 }, { "”", 500 },
        { "§", 556 }, { "£", 556 }, { "\xc2\xa0", 278 },
    };
    unsigned char c = (unsigned char)*at;
    if (n == 1 && c >= 0x20 && c < 0x7f)
        return faces[face].widths[c - 0x20];
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strlen(others[i].text) == n && memcmp(others[i].text, at, n) == 0)
            return others[i].width;
    if (n == 2 && c == 0xc3)
        return (unsigned char)at[1] < 0xa0 ? 800 : 611;
    return 1000;
}

static int width_n(enum face face, const char *text, size_t len)
{
    long sum = 0;
    for (size_t i = 0; i < len;) {
        size_t n = utf8_len(text + i, len - i);
        n = n ? n : 1;
        sum += glyph(face, text + i, n);
        i += n;
    }
    /* Thousandths of tenths; four in a hundred more for another face. */
    return (int)((sum * faces[face].size * 104 / 100 + 9999) / 10000);
}

int words_width(enum face face, const char *text)
{
    return width_n(face, text, strlen(text));
}

int words_longest(enum face face, const char *text)
{
    int longest = 0;
    while (*text) {
        size_t n = strcspn(text, " ");
        int width = width_n(face, text, n);
        longest = width > longest ? width : longest;
        text += n;
        text += strspn(text, " ");
    }
    return longest;
}

/* How many bytes of `text` go into one line. */
static size_t fitting(enum face face, const char *text, int width)
{
    size_t all = strlen(text), good = 0;
    for (size_t at = 0; at < all;) {
        size_t end = at + strcspn(text + at, " ");
        if (width_n(face, text, end) > width)
            break;
        good = end;
        at = end + strspn(text + end, " ");
    }
    if (good)
        return good;
    for (size_t at = 0; at < all && text[at] != ' ';) {
        size_t n = utf8_len(text + at, all - at);
        n = n ? n : 1;
        if (at && width_n(face, text, at + n) > width)
            break;
        good = at += n;
    }
    return good;
}

struct lines words_wrap(struct arena *arena, enum face face, const char *text, int width)
{
    struct { const char **at; size_t count, room; } list = { NULL, 0, 0 };
    struct lines lines = { NULL, 0, 0 };
    text += strspn(text, " ");
    do {
        size_t n = fitting(face, text, width);
        int wide = width_n(face, text, n);
        lines.width = wide > lines.width ? wide : lines.width;
        *LIST_ADD(arena, &list) = arena_text_n(arena, text, n);
        text += n;
        text += strspn(text, " ");
    } while (*text);
    lines.at = list.at;
    lines.count = list.count;
    return lines;
}
