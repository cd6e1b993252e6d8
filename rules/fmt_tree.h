/* SPDX-License-Identifier: MIT */
/* fmt_tree - a file's text in pieces: values, and what stands between them. */
#ifndef RULES_FMT_TREE_H
#define RULES_FMT_TREE_H

#include "rules/keys.h"

struct arena;
struct buf;

/* Lines of their own: remarks, and NULL for a blank line. */
struct fmt_lines {
    const char **at;
    size_t count, room;
};

/* A remark behind something, and the lines below that go on in its column. */
struct fmt_note {
    const char *text;        /* NULL: none. */
    int col;                 /* Of the #, from 0. */
    struct fmt_lines more;
};

enum fmt_kind { FMT_PLAIN, FMT_QUOTED, FMT_BLOCK, FMT_MAP, FMT_LIST };
struct fmt_entry;

/* A value: a text (PLAIN, QUOTED, or BLOCK after | or >), a map, a list. */
struct fmt_piece {
    enum fmt_kind kind;
    bool flow;               /* MAP, LIST: between { } or [ ]. */
    const char *raw;         /* Texts: as typed, quotes and header included. */
    const char *bare;        /* QUOTED: without the quotes, where they mark nothing; else NULL. */
    int indent;              /* BLOCK: of its lines. */
    int line, end_line, col; /* Where it stood, from 0. Of a block: the column of its entries. */
    struct fmt_piece *parent;
    struct fmt_entry *first, *last;
    struct fmt_lines tail;   /* Behind the last entry. */
};

struct fmt_entry {
    struct fmt_lines before;
    struct fmt_piece *key;   /* NULL in a list. */
    struct fmt_piece *value;
    struct fmt_note head;    /* Behind `key:`, where the value begins below. */
    struct fmt_note note;    /* Behind the value. */
    bool new_line;           /* Within [ ]: it began on a line of its own. */
    struct fmt_entry *next;
};

struct fmt_file {
    struct fmt_lines before; /* What stands above `---`, and that itself. */
    struct fmt_piece *root;
};

/* --- fmt_read.c --- */

/* The pieces of a text that yaml_read() took without a finding; its lines end with \n. `text` is
 * borrowed for good. */
struct fmt_file *fmt_read(struct arena *arena, const char *text, size_t len);

/* --- fmt_quotes.c --- */

/* Finds the quotes that mark nothing: about words for people, where the key takes such. */
void fmt_quotes(struct arena *arena, struct fmt_piece *root, enum owner owner);
/* Whether such words may stand without quotes, here within { } or [ ]. */
bool fmt_bare_in_flow(const char *words);
/* Whether two trees say the same to our reading; `b` may have lost such quotes. */
bool fmt_same(const struct node *a, const struct node *b, enum owner owner);

/* --- fmt_texts.c --- */

enum { FMT_STEP = 2 };

void fmt_indent(struct buf *out, int columns);
int fmt_width(const char *text); /* Characters. */
bool fmt_is_text(const struct fmt_piece *piece);
/* The piece on one line, as `{a: 1, b: [2, 3]}`; `in_flow`: within others. False: a remark stands
 * in it, or a text that cannot, and `out` holds some of it. */
bool fmt_flat(const struct fmt_piece *piece, bool in_flow, struct buf *out);
/* A text under | or > and its line's end; `at`: the column of what it stands in. */
void fmt_block(const struct fmt_piece *piece, int at, struct buf *out);
/* A text that goes on below, a step further in. The last line is not ended. */
void fmt_folded(const struct fmt_piece *piece, int at, struct buf *out);

/* --- fmt_write.c --- */

void fmt_write(const struct fmt_file *file, struct buf *out);

#endif
