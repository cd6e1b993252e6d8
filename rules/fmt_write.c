/* SPDX-License-Identifier: MIT */
#include "rules/fmt_tree.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "rules/fmt.h"
#include <string.h>

struct writer {
    struct arena *arena;
    struct buf *out;
};

/* NULL: it cannot stand on one line that has `room` columns. */
static const char *flat_in(struct writer *w, const struct fmt_piece *piece, int room)
{
    struct buf text = buf_in(w->arena);

    if (!fmt_flat(piece, false, &text))
        return NULL;
    /* A text is never broken to make it fit. */
    return fmt_is_text(piece) || fmt_width(buf_text(&text)) <= room ? buf_text(&text) : NULL;
}

/* --- remarks --------------------------------------------------------------------------------- */

/* How far the line that is being written has come. */
static int column(const struct writer *w)
{
    size_t from = w->out->len;

    while (from > 0 && w->out->at[from - 1] != '\n')
        from--;
    return fmt_width(w->out->at + from);
}

/* At most one blank line, and none where something begins (`first`). */
static void put_lines(struct writer *w, const struct fmt_lines *lines, int at, bool first)
{
    bool blank = first;

    for (size_t i = 0; i < lines->count; i++) {
        if (lines->at[i]) {
            fmt_indent(w->out, at);
            buf_printf(w->out, "%s\n", lines->at[i]);
        } else if (!blank) {
            buf_char(w->out, '\n');
        }
        blank = !lines->at[i];
    }
}

/* The remark behind a line, in its column if the line leaves room; ends the line. With `anew` the
 * line is another than the one it stood behind. */
static void put_note(struct writer *w, const struct fmt_note *note, bool anew)
{
    int at = column(w);
    int to = anew || note->col <= at ? at + 2 : note->col;

    if (note->text) {
        fmt_indent(w->out, to - at);
        buf_add(w->out, note->text);
    }
    buf_char(w->out, '\n');
    for (size_t i = 0; note->text && i < note->more.count; i++) {
        fmt_indent(w->out, to);
        buf_printf(w->out, "%s\n", note->more.at[i]);
    }
}

/* A remark that has no line to stand behind: above it. */
static void put_above(struct writer *w, const struct fmt_note *note, int at)
{
    if (!note->text)
        return;
    fmt_indent(w->out, at);
    buf_printf(w->out, "%s\n", note->text);
    put_lines(w, &note->more, at, false);
}

/* --- texts of several lines ------------------------------------------------------------------ */

static bool several_lines(const struct fmt_piece *piece)
{
    return fmt_is_text(piece) && strchr(piece->raw, '\n');
}

/* --- lists on several lines ------------------------------------------------------------------ */

/* Whether a list in brackets can be filled into lines from column `at` on: short texts only. */
static bool can_fill(struct writer *w, const struct fmt_piece *piece, int at)
{
    struct buf whole = buf_in(w->arena);

    if (piece->kind != FMT_LIST || !piece->flow || !piece->first || !fmt_flat(piece, false, &whole))
        return false;
    for (const struct fmt_entry *e = piece->first; e; e = e->next) {
        struct buf text = buf_in(w->arena);
        if (!fmt_is_text(e->value) || !fmt_flat(e->value, true, &text) ||
            at + fmt_width(buf_text(&text)) + 1 > FMT_WIDTH)
            return false;
    }
    return true;
}

/* Begins a line where the writer did, and where one is full. */
static void put_filled(struct writer *w, const struct fmt_piece *piece)
{
    int at = column(w) + 1;

    buf_char(w->out, '[');
    for (const struct fmt_entry *e = piece->first; e; e = e->next) {
        struct buf text = buf_in(w->arena);
        MUST(fmt_flat(e->value, true, &text));
        bool full = column(w) + 1 + fmt_width(buf_text(&text)) + 1 > FMT_WIDTH;
        if (e != piece->first && (e->new_line || full)) {
            buf_char(w->out, '\n');
            fmt_indent(w->out, at);
        } else if (e != piece->first) {
            buf_char(w->out, ' ');
        }
        buf_add(w->out, buf_text(&text));
        buf_char(w->out, e->next ? ',' : ']');
    }
}

/* --- values ---------------------------------------------------------------------------------- */

static void put_entries(struct writer *w, const struct fmt_piece *piece, int at, bool first_placed);

/* How an entry of a block is written. */
enum way { ON_LINE, FILLED, FOLDED, BLOCK_TEXT, BELOW };

static enum way way_of(struct writer *w, const struct fmt_piece *value, int at, const char **text)
{
    *text = NULL;
    if (value->kind == FMT_BLOCK)
        return BLOCK_TEXT;
    if (several_lines(value))
        return FOLDED;
    *text = flat_in(w, value, FMT_WIDTH - at);
    if (*text || !value->first) {
        *text = *text ? *text : value->kind == FMT_MAP ? "{}" : "[]";
        return ON_LINE;
    }
    return can_fill(w, value, at + 1) ? FILLED : BELOW;
}

/* What stands in an empty { } or [ ], which has no line for it. */
static void put_inside_above(struct writer *w, const struct fmt_piece *value, int at)
{
    if (!fmt_is_text(value) && !value->first)
        put_lines(w, &value->tail, at, true);
}

/* The value from the column that the line has come to, and the end of its line. `at`: where its
 * block begins, if it has one. */
static void put_value(struct writer *w, const struct fmt_entry *e, enum way way, const char *text,
                      int at)
{
    switch (way) {
    case ON_LINE:
        buf_add(w->out, text);
        put_note(w, &e->note, e->value->line != e->value->end_line || e->value->parent->flow);
        break;
    case FILLED:
        put_filled(w, e->value);
        put_note(w, &e->note, true);
        break;
    case FOLDED:
        fmt_folded(e->value, at, w->out);
        put_note(w, &e->note, true);
        break;
    case BLOCK_TEXT:
        fmt_block(e->value, at, w->out);
        break;
    case BELOW:
        break;
    }
}

/* --- maps ------------------------------------------------------------------------------------ */

struct plan {
    const struct fmt_entry *entry;
    enum way way;
    const char *text;
    int key;                 /* Columns up to and with the colon. */
    int from;                /* The column where the value stood; 0: on no line to be aligned. */
    int to;                  /* Where it will. */
};

/* Where the value stood beside its key; 0: it did not. */
static int stood_at(const struct fmt_entry *e)
{
    const struct fmt_piece *value = e->value;

    if (e->key->line != value->line || value->line != value->end_line)
        return 0;
    return value->col;
}

/* The column for all whose values stood in column `from`; 0: they were not aligned. */
static int column_of(const struct plan *plans, size_t count, int from)
{
    int to = 0;
    size_t members = 0;
    bool wide = false;

    for (size_t i = 0; i < count; i++) {
        const struct plan *p = &plans[i];
        if (p->way != ON_LINE || p->from != from)
            continue;
        members++;
        to = p->key + 1 > to ? p->key + 1 : to;
        wide = wide || from - p->entry->key->col > fmt_width(p->entry->key->raw) + 2;
    }
    return members > 1 && wide ? to : 0;
}

/* Columns that were aligned stay so, as near as their longest key allows. What is too long for its
 * column is broken, which may bring the others nearer. */
static void align(struct writer *w, struct plan *plans, size_t count, int at)
{
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < count; i++) {
            struct plan *p = &plans[i];
            int to = p->from && p->way == ON_LINE ? column_of(plans, count, p->from) : 0;
            p->to = to ? to : p->key + 1;
            if (p->way != ON_LINE || fmt_is_text(p->entry->value) || !p->entry->value->first ||
                at + p->to + fmt_width(p->text) <= FMT_WIDTH)
                continue;
            p->way = can_fill(w, p->entry->value, at + p->key + 2) ? FILLED : BELOW;
            p->to = p->key + 1;
            again = true;
        }
    }
}

static struct plan *plan_map(struct writer *w, const struct fmt_piece *map, int at, size_t *count)
{
    struct { struct plan *at; size_t count, room; } plans = { 0 };

    for (const struct fmt_entry *e = map->first; e; e = e->next) {
        struct plan *p = LIST_ADD(w->arena, &plans);
        p->entry = e;
        p->key = fmt_width(e->key->raw) + 1;
        p->way = way_of(w, e->value, at + p->key + 1, &p->text);
        p->from = map->flow ? 0 : stood_at(e);
    }
    align(w, plans.at, plans.count, at);
    *count = plans.count;
    return plans.at;
}

static void put_pair(struct writer *w, const struct plan *p, int at)
{
    const struct fmt_entry *e = p->entry;

    buf_printf(w->out, "%s:", e->key->raw);
    if (p->way != BELOW) {
        fmt_indent(w->out, p->to - p->key);
        put_value(w, e, p->way, p->text, at);
        return;
    }
    const struct fmt_note *behind = e->head.text ? &e->head : &e->note;
    put_note(w, behind, e->value->flow);
    if (e->head.text)
        put_above(w, &e->note, at + FMT_STEP);
    put_entries(w, e->value, at + FMT_STEP, false);
}

/* Remarks of an entry whose line cannot bear them behind it. */
static void put_notes_above(struct writer *w, const struct fmt_entry *e, enum way way, int at)
{
    if (way == BLOCK_TEXT)
        put_above(w, &e->note, at);
    put_inside_above(w, e->value, at);
}

/* `placed`: the first entry's key begins where the line has come to, behind a dash. */
static void put_map(struct writer *w, const struct fmt_piece *map, int at, bool placed)
{
    size_t count;
    const struct plan *plans = plan_map(w, map, at, &count);

    for (size_t i = 0; i < count; i++) {
        const struct fmt_entry *e = plans[i].entry;
        if (i || !placed) {
            put_lines(w, &e->before, at, i == 0);
            put_notes_above(w, e, plans[i].way, at);
            fmt_indent(w->out, at);
        }
        put_pair(w, &plans[i], at);
    }
}

/* --- lists ----------------------------------------------------------------------------------- */

/* Remarks above what stands first behind a dash stand above the dash. */
static void put_first_above(struct writer *w, const struct fmt_piece *value, enum way way, int at)
{
    const char *text;

    while (way == BELOW && value->first) {
        const struct fmt_entry *e = value->first;
        int in = at + FMT_STEP + (e->key ? fmt_width(e->key->raw) + 2 : FMT_STEP);
        put_lines(w, &e->before, at, true);
        way = way_of(w, e->value, in, &text);
        put_notes_above(w, e, way, at);
        if (e->key)
            return;
        if (way == BELOW) {
            put_above(w, &e->head, at);
            put_above(w, &e->note, at);
        }
        value = e->value;
    }
}

static void put_list(struct writer *w, const struct fmt_piece *list, int at, bool placed)
{
    for (const struct fmt_entry *e = list->first; e; e = e->next) {
        const char *text;
        enum way way = way_of(w, e->value, at + FMT_STEP, &text);
        if (e != list->first || !placed) {
            put_lines(w, &e->before, at, e == list->first);
            put_notes_above(w, e, way, at);
            if (way == BELOW) {
                put_above(w, &e->head, at);
                put_above(w, &e->note, at);
            }
            put_first_above(w, e->value, way, at);
            fmt_indent(w->out, at);
        }
        buf_add(w->out, "- ");
        if (way == BELOW)
            put_entries(w, e->value, at + FMT_STEP, true);
        else
            put_value(w, e, way, text, at);
    }
}

static void put_entries(struct writer *w, const struct fmt_piece *piece, int at, bool placed)
{
    struct fmt_lines tail = piece->tail;

    if (piece->kind == FMT_MAP)
        put_map(w, piece, at, placed);
    else
        put_list(w, piece, at, placed);
    while (tail.count && !tail.at[tail.count - 1])
        tail.count--;
    put_lines(w, &tail, at, false);
}

void fmt_write(const struct fmt_file *file, struct buf *out)
{
    struct writer w = { .arena = out->arena, .out = out };
    const char *text = flat_in(&w, file->root, FMT_WIDTH);

    put_lines(&w, &file->before, 0, true);
    if (text) {
        buf_printf(out, "%s\n", text);
    } else if (file->root->first) {
        put_entries(&w, file->root, 0, false);
    } else {
        put_inside_above(&w, file->root, 0);
        buf_add(out, "{}\n");
    }
}
