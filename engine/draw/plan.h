/* SPDX-License-Identifier: MIT */
/* plan - the places of cards, ports and labels while they are worked out.
 * Private to engine/draw.
 *
 *   widths.c   ports, entries, and how wide each card is
 *   columns.c  x: where each card stands, where lines leave and come in
 *   storeys.c  y: rows of cards, and between them from above to below
 *                labels | tracks for what goes sideways | labels of branches
 *   ink.c      the marks
 *   ends.c     where time limits begin and end
 *   packing.c  a place for each, in what is left free at the left
 *   brackets.c their marks
 */
#ifndef ENGINE_DRAW_PLAN_H
#define ENGINE_DRAW_PLAN_H

#include "engine/draw/grid.h"
#include "engine/draw/picture.h"

/* Lines of text under each other. */
struct block_line {
    enum face face;
    const char *text, *event;  /* event: whose title begins here, or NULL. */
    int y;                     /* From the block's top. */
};
struct block {
    struct block_line *at;
    size_t count, room;
    int width, height;
};
/* Adds a text, broken to the width. */
void block_add(struct arena *arena, struct block *block, enum face face, const char *text,
               const char *event, int width);
void block_space(struct block *block, int height);
void block_ink(struct picture *picture, const struct block *block, int owner, int x, int y);

/* Where a line leaves a row at its foot: one exit of a card, or a way that passes. */
struct port {
    size_t node, state, exit;
    bool card;
    int x, need, room;         /* need: to the next port, at least; room: for the label. */
    struct block label;
};
/* Where a line comes to a row from above. */
struct entry {
    size_t node, link;         /* link: of the grid; or NO_LINK: an arrival. */
    int x, need, room;
    struct block label;
};
#define NO_LINK ((size_t)-1)

enum {
    PLAN_RIM = 15,   /* Of a card: from its edge to its words and its outermost port. */
    PLAN_ASIDE = 10, /* From a line to its label. */
    PLAN_TRACK = 12, /* From one track to the next. */
    PLAN_GAP = 17,   /* Between two cards. */
    PLAN_WAY = 16,   /* What a way takes. */
    PLAN_RIGHT = PAPER_WIDTH - PAPER_MARGIN,
};

struct storey {
    int skip;                  /* To the next page. */
    int top, height, extra;    /* Of the cards; extra: more than they need. */
    int labels, label_extra;   /* What stands right under them. */
    size_t tracks;
    int entry, entry_extra;    /* What stands right above them. */
    struct { struct port *at; size_t count, room; } ports;
    struct { struct entry *at; size_t count, room; } entries;
};
/* Where an event or a state stands on the paper, for brackets. */
enum zone { ZONE_ENTRY, ZONE_CARD, ZONE_LABEL };
struct place {
    enum point_kind kind;
    size_t state, row;
    const char *name;
    int x, y;
    enum zone zone;
};

struct plan {
    struct arena *arena;
    const struct chart *chart;
    const struct grid *grid;
    int comfort;               /* How wide a label is to be at least, if it has so much to say. */
    int left;                  /* Where the cards' part of the paper begins. */
    int *x, *w;                /* Of each node: the middle, the width. */
    struct block *words;       /* Of each node: what a card says, or a way back's label. */
    struct storey *storeys;
    size_t *track;             /* Of each link: which, from above; meaningless for straight ones. */
    int *tries;                /* Of each limit: how often it was given more height. */
    bool leans, quiet, ample;  /* For the brackets' sake: the first rows further to the right; */
    bool paged;                /* words where fewest others run, not at the top; more height. */
    size_t unfit;              /* Brackets for which there was no room. */
    int head, end;             /* The first storey's top; where the last ends. */
    struct { struct place *at; size_t count, room; } places;
    struct { const char **at; size_t count, room; } apart; /* Limits that no bracket shows. */
};

/* Finds ports and entries, widths, and where the cards' part begins. False: the cards are too many
 * for the paper's width. */
bool plan_widths(struct plan *plan);
/* Widths, and places. False as plan_widths(). */
bool plan_columns(struct plan *plan);
/* Where the line of a way runs: with a label, at its left. */
int plan_way_x(const struct plan *plan, size_t node);
void plan_storeys(struct plan *plan);
/* The two ends of a link. */
const struct port *plan_port(const struct plan *plan, const struct grid_link *link);
const struct entry *plan_entry(const struct plan *plan, size_t link);
void plan_ink(struct plan *plan, struct picture *picture);
/* False: the rows stand elsewhere now, to let a bracket in, and all is to be inked again. Limits
 * for which there is no place at all go to plan->apart. */
bool plan_brackets(struct plan *plan, struct picture *picture);

#endif
