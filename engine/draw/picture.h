/* SPDX-License-Identifier: MIT */
/* picture - marks on paper, each with its place: what is written as SVG, and
 * what the self-check looks at. Pixels; y runs down.
 */
#ifndef ENGINE_DRAW_PICTURE_H
#define ENGINE_DRAW_PICTURE_H

#include "engine/draw/words.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;

enum {
    PAPER_WIDTH = 800, PAPER_MARGIN = 8,
    PAGE_HEIGHT = 1166,        /* Of A4 portrait at this width, with margins of 10 mm. */
    PAGE_SHRUNK = 1400,        /* What is shrunk onto one page rather than cut in two. */
};

struct spot {
    int x, y;
};
enum mark_kind {
    MARK_CARD,
    MARK_END,     /* The card of a final state. */
    MARK_EDGE,    /* A line of up to SPOTS_MAX spots; `tip`: an arrow at its last. */
    MARK_DOT,     /* Where a case begins. */
    MARK_RING,    /* Where one comes from elsewhere. */
    MARK_RULE,    /* A thin line between a bracket and its event: may be crossed. */
    MARK_LAW,     /* A bracket, open to the right: x, y, w (its feet), h. Spots in pairs: where */
    MARK_LOCAL,   /* it is broken, because its clock may stand still there. */
    MARK_FRAME,
    MARK_TEXT,    /* x, y, w, h: its box. */
};
enum { SPOTS_MAX = 6 };

struct mark {
    enum mark_kind kind;
    int owner;                 /* Marks of one owner may touch. */
    int x, y, w, h;            /* The box; of lines, what holds them. */
    struct spot spots[SPOTS_MAX];
    size_t spot_count;
    bool tip;
    enum face face;
    const char *text;
};

struct picture {
    struct arena *arena;
    int width, height;
    const char *title, *told;  /* told: the whole in words, for those who cannot see it. */
    bool paged;                /* Too high for a page: nothing is to lie across the end of one. */
    bool listed;               /* Not drawn: a list of states, each with where it leads. */
    struct { struct mark *at; size_t count, room; } marks;
};

/* They return the new mark, which is good until the next one. */
struct mark *picture_box(struct picture *picture, enum mark_kind kind, int owner, int x, int y,
                         int w, int h);
struct mark *picture_line(struct picture *picture, enum mark_kind kind, int owner,
                          const struct spot *spots, size_t count);
/* `y` is the top of the line. */
struct mark *picture_text(struct picture *picture, int owner, enum face face, int x, int y,
                          const char *text);

/* What is wrong with the picture, in words, or NULL: marks that lie on each other, lines across a
 * card or a text, something beyond the paper. In the picture's arena. */
const char *picture_fault(const struct picture *picture);

/* As SVG 1.1 with its own style: light, dark, print. */
void picture_svg(const struct picture *picture, struct buf *out);

#endif
