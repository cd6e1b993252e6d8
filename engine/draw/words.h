/* SPDX-License-Identifier: MIT */
/* words - how wide text is, and where it breaks.
 *
 * There is no font here: the widths of a common sans face (Helvetica, Arial
 * and Liberation Sans agree on them) stand in a table, with a margin for
 * readers whose face is a little wider.
 */
#ifndef ENGINE_DRAW_WORDS_H
#define ENGINE_DRAW_WORDS_H

#include <stddef.h>

struct arena;

enum face {
    FACE_PLAIN, /* 14 */
    FACE_SOFT,  /* 12.5, grey */
    FACE_BOLD,  /* 14 */
    FACE_BIG,   /* 15, bold: a card's title */
    FACE_HEAD,  /* 21, bold: the picture's title */
};

/* From one baseline to the next; above and below the baseline. */
int face_line(enum face face);
int face_up(enum face face);
int face_down(enum face face);

/* Pixels, rounded up, margin included. */
int words_width(enum face face, const char *text);
/* Of the longest word that stays whole. */
int words_longest(enum face face, const char *text);

struct lines {
    const char *const *at;
    size_t count;
    int width; /* Of the widest. */
};
/* Broken at blanks; a word wider than `width` is broken inside. Never empty. In `arena`. */
struct lines words_wrap(struct arena *arena, enum face face, const char *text, int width);

#endif
