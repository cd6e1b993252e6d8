/* SPDX-License-Identifier: MIT */
/* Pieces from libyaml's events, remarks from the text between them: libyaml passes those over, but
 * its marks say where every value began and ended. */
#include "rules/fmt_tree.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "rules/pack.h"
#include <string.h>
#include <yaml.h>

/* What stood between two values. */
struct gap {
    const char *same;        /* A remark on the line of the value before; NULL: none. */
    int same_col;
    struct { struct gap_line { const char *text; int col; } *at; size_t count, room; } lines;
    bool breaks;             /* There was a line break in it. */
};

struct reader {
    struct arena *arena;
    const char *text;
    size_t len;
    size_t at, index;        /* A byte, and which character of the text it begins. */
    size_t pos;              /* Up to here everything was taken. */
    int pos_col;
    struct fmt_file *file;
    struct { struct fmt_piece *piece; struct fmt_entry *entry; } open[PACK_DEPTH_MAX + 2];
    size_t depth;
    struct fmt_entry *before_this; /* The first that began since the last value. */
    struct fmt_entry *ended;       /* Whose value, or key, was the last. */
    bool after_key;
    struct { struct fmt_piece **at; size_t count, room; } closed; /* Blocks ended since. */
};

/* --- places ---------------------------------------------------------------------------------- */

/* The byte of a mark; marks come in order and count characters. */
static size_t byte_of(struct reader *r, const yaml_mark_t *mark)
{
    while (r->index < mark->index && r->at < r->len) {
        size_t n = utf8_len(r->text + r->at, r->len - r->at);
        r->at += n ? n : 1;
        r->index++;
    }
    return r->at;
}

/* --- remarks --------------------------------------------------------------------------------- */

static const char *trimmed(struct reader *r, const char *from, const char *to)
{
    while (to > from && (to[-1] == ' ' || to[-1] == '\t'))
        to--;
    return arena_text_n(r->arena, from, (size_t)(to - from));
}

/* Takes what stands from r->pos to `to` apart. What is no remark there is a mark of YAML's own,
 * which is written anew; a line that begins with % is an instruction and stays. */
static struct gap read_gap(struct reader *r, size_t to)
{
    struct gap gap = { .breaks = r->pos_col == 0 };
    const char *at = r->text + r->pos, *end = r->text + to;
    int col = r->pos_col;
    bool blank = gap.breaks; /* Nothing on this line so far. */

    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop ? stop : end;
        if (*at == '\n') {
            if (blank)
                *LIST_ADD(r->arena, &gap.lines) = (struct gap_line){ 0 };
            gap.breaks = blank = true;
            col = -1;
        } else if (*at == '#' || (*at == '%' && col == 0)) {
            const char *text = trimmed(r, at, stop);
            if (!gap.breaks) {
                gap.same = text;
                gap.same_col = col;
            } else {
                *LIST_ADD(r->arena, &gap.lines) = (struct gap_line){ text, col };
            }
            at = stop - 1;
            blank = false;
        } else if (*at != ' ' && *at != '\t') {
            blank = false;
        }
        at++;
        col++;
    }
    return gap;
}

static void add_line(struct reader *r, struct fmt_lines *lines, const char *text)
{
    *LIST_ADD(r->arena, lines) = text;
}

/* A remark behind the last value; lines right below it in its column belong to it. */
static size_t take_note(struct reader *r, const struct gap *gap, struct fmt_note *note)
{
    size_t i = 0;

    if (!gap->same)
        return 0;
    if (note->text) { /* Between a colon and what follows it there was one already. */
        add_line(r, &note->more, gap->same);
        return 0;
    }
    note->text = gap->same;
    note->col = gap->same_col;
    for (; i < gap->lines.count && gap->lines.at[i].text &&
           gap->lines.at[i].col == gap->same_col; i++)
        add_line(r, &note->more, gap->lines.at[i].text);
    return i;
}

/* The block that ended whose entries a remark in this column stands below: of two in one column the
 * outer one. `next_col` is where the next entry stands; blocks within `from` were left already. */
static size_t block_at(const struct reader *r, int col, int next_col, size_t from)
{
    size_t count = r->closed.count, i = from;

    while (i < count && (r->closed.at[i]->col > col || r->closed.at[i]->col <= next_col))
        i++;
    while (i + 1 < count && r->closed.at[i + 1]->col == r->closed.at[i]->col)
        i++;
    return i;
}

/* Hands out lines: those that stand further in than what comes next end the block before. */
static void take_lines(struct reader *r, const struct gap *gap, size_t i, int next_col,
                       struct fmt_lines *next)
{
    size_t block = 0, blanks = 0;

    for (; i < gap->lines.count; i++) {
        const struct gap_line *line = &gap->lines.at[i];
        if (!line->text) {
            blanks++;
            continue;
        }
        if (block < r->closed.count)
            block = block_at(r, line->col, next_col, block);
        struct fmt_lines *into = block < r->closed.count ? &r->closed.at[block]->tail : next;
        for (; blanks; blanks--)
            add_line(r, into, NULL);
        add_line(r, into, line->text);
    }
    for (; blanks; blanks--)
        add_line(r, next, NULL);
}

/* --- values ---------------------------------------------------------------------------------- */

/* All that stands before a value that is not the value of a key on its line. */
static void begin_entry(struct reader *r, const struct gap *gap)
{
    struct fmt_entry *entry = r->before_this;
    struct fmt_piece *holder = r->depth ? r->open[r->depth - 1].piece : NULL;
    struct fmt_note *note = !r->ended ? NULL : r->after_key ? &r->ended->head : &r->ended->note;
    size_t taken = 0;

    for (size_t i = r->depth; i-- > 0;) /* The one that holds the entry. */
        if (r->open[i].entry == entry)
            holder = r->open[i].piece;
    entry->new_line = gap->breaks;
    if (note)
        taken = take_note(r, gap, note);
    else if (gap->same)
        add_line(r, &entry->before, gap->same);
    take_lines(r, gap, taken, holder->flow ? INT32_MAX : holder->col, &entry->before);
}

/* What stands between a key and its value on the same line or below. */
static void begin_value(struct reader *r, const struct gap *gap, struct fmt_entry *entry)
{
    if (gap->same)
        entry->note = (struct fmt_note){ .text = gap->same, .col = 0 };
    for (size_t i = 0; i < gap->lines.count; i++)
        if (gap->lines.at[i].text)
            add_line(r, &entry->before, gap->lines.at[i].text);
}

/* Takes the text before a value, and the value: from here on what follows belongs behind it. */
static void take(struct reader *r, const yaml_event_t *event, struct fmt_entry *entry, bool is_key)
{
    struct gap gap = read_gap(r, byte_of(r, &event->start_mark));

    if (r->before_this)
        begin_entry(r, &gap);
    else if (entry)
        begin_value(r, &gap, entry);
    else
        take_lines(r, &gap, 0, -1, &r->file->before);
    r->pos = byte_of(r, &event->end_mark);
    r->pos_col = (int)event->end_mark.column;
    r->before_this = NULL;
    r->closed.count = 0;
    r->ended = entry;
    r->after_key = is_key;
}

static struct fmt_piece *new_piece(struct reader *r, const yaml_event_t *event, enum fmt_kind kind)
{
    struct fmt_piece *piece = ARENA_NEW(r->arena, struct fmt_piece);

    piece->kind = kind;
    piece->line = (int)event->start_mark.line;
    piece->end_line = (int)event->end_mark.line;
    piece->col = (int)event->start_mark.column;
    return piece;
}

static struct fmt_entry *new_entry(struct reader *r, struct fmt_piece *in)
{
    struct fmt_entry *entry = ARENA_NEW(r->arena, struct fmt_entry);

    if (in->last)
        in->last->next = entry;
    else
        in->first = entry;
    in->last = entry;
    r->open[r->depth - 1].entry = entry;
    if (!r->before_this)
        r->before_this = entry;
    return entry;
}

/* Hangs a value in: the entry whose value it is, or NULL for the root. */
static struct fmt_entry *place(struct reader *r, struct fmt_piece *piece)
{
    if (!r->depth) {
        r->file->root = piece;
        return NULL;
    }
    struct fmt_piece *in = r->open[r->depth - 1].piece;
    struct fmt_entry *entry = in->kind == FMT_LIST ? new_entry(r, in)
                                                   : r->open[r->depth - 1].entry;
    piece->parent = in;
    entry->value = piece;
    return entry;
}

static int spaces(const char *line)
{
    return (int)strspn(line, " ");
}

/* By how much the text under a | or > is indented: as its header says, else as its first line, or
 * what blank lines above that have more. `outer`: the column of what it stands in. */
static int block_indent(const char *raw, int outer)
{
    size_t digit = strcspn(raw, "123456789 #\n");
    const char *line = strchr(raw, '\n');
    int indent = outer + 1;

    if (raw[digit] >= '1' && raw[digit] <= '9')
        return outer + raw[digit] - '0';
    for (bool blank = true; line && blank; line = strchr(line + 1, '\n')) {
        int n = spaces(line + 1);
        indent = n > indent ? n : indent;
        blank = line[1 + n] == '\n';
    }
    return indent;
}

/* Where a text under | or > ends: blank lines behind it that do not count are of what follows. */
static size_t block_end(const struct reader *r, size_t from, size_t to, int indent)
{
    size_t head = strcspn(r->text + from, " \t\n#");

    if (memchr(r->text + from, '+', head))
        return to;
    for (size_t line = to;; to = line) {
        while (line > from && (line == to || r->text[line - 1] != '\n'))
            line--;
        size_t blank = strspn(r->text + line, " ");
        size_t end = to - (r->text[to - 1] == '\n');
        if (line == from || blank > (size_t)indent || line + blank < end)
            break;
    }
    return to > from && r->text[to - 1] == '\n' ? to - 1 : to;
}

/* As typed. Where the file ends without a line break the text has none at its end either, and as
 * we end every file with one, it must say so. */
static const char *block_raw(struct reader *r, size_t from, size_t to)
{
    const char *raw = arena_text_n(r->arena, r->text + from, to - from);
    size_t head = strcspn(raw, " \t\n#");

    if (memchr(r->text + to, '\n', r->len - to) || to == 0 || r->text[to - 1] == '\n' ||
        memchr(raw, '-', head))
        return raw;
    struct buf out = buf_in(r->arena);
    for (size_t i = 0; i < head; i++)
        if (raw[i] != '+')
            buf_char(&out, raw[i]);
    buf_char(&out, '-');
    buf_add(&out, raw + head);
    return buf_text(&out);
}

static void on_scalar(struct reader *r, const yaml_event_t *event)
{
    yaml_scalar_style_t style = event->data.scalar.style;
    enum fmt_kind kind = style == YAML_PLAIN_SCALAR_STYLE ? FMT_PLAIN
                         : style == YAML_LITERAL_SCALAR_STYLE ||
                           style == YAML_FOLDED_SCALAR_STYLE ? FMT_BLOCK : FMT_QUOTED;
    struct fmt_piece *piece = new_piece(r, event, kind);
    struct fmt_piece *in = r->depth ? r->open[r->depth - 1].piece : NULL;
    bool is_key = in && in->kind == FMT_MAP && (!in->last || in->last->value);
    size_t from = byte_of(r, &event->start_mark);

    if (is_key) {
        struct fmt_entry *entry = new_entry(r, in);
        entry->key = piece;
        take(r, event, entry, true);
    } else {
        take(r, event, place(r, piece), false);
    }
    if (kind == FMT_BLOCK) {
        const char *raw = arena_text_n(r->arena, r->text + from, r->pos - from);
        piece->indent = block_indent(raw, in && !in->flow ? in->col : 0);
        r->pos = block_end(r, from, r->pos, piece->indent);
        r->pos_col = r->text[r->pos - 1] == '\n' ? 0 : 1;
        piece->raw = block_raw(r, from, r->pos);
    } else {
        piece->raw = arena_text_n(r->arena, r->text + from, r->pos - from);
    }
}

static void on_begin(struct reader *r, const yaml_event_t *event, enum fmt_kind kind, bool flow)
{
    struct fmt_piece *piece = new_piece(r, event, kind);
    struct fmt_entry *entry = place(r, piece);
    bool bracket = flow && strchr("{[", r->text[byte_of(r, &event->start_mark)]);

    piece->flow = flow;
    if (bracket) {
        take(r, event, entry, false);
        r->ended = NULL; /* A remark right behind the bracket is about what stands within. */
    }
    r->open[r->depth].piece = piece;
    r->open[r->depth++].entry = NULL;
}

static void on_end(struct reader *r, const yaml_event_t *event)
{
    struct fmt_piece *piece = r->open[--r->depth].piece;
    struct fmt_entry *entry = r->depth ? r->open[r->depth - 1].entry : NULL;
    bool bracket = event->end_mark.index > event->start_mark.index;

    if (!piece->flow)
        *LIST_ADD(r->arena, &r->closed) = piece;
    if (!piece->flow || !bracket)
        return;
    struct gap gap = read_gap(r, byte_of(r, &event->start_mark));
    size_t taken = 0;
    if (r->ended)
        taken = take_note(r, &gap, &r->ended->note);
    else if (gap.same)
        add_line(r, &piece->tail, gap.same);
    for (size_t i = taken; i < gap.lines.count; i++)
        if (gap.lines.at[i].text)
            add_line(r, &piece->tail, gap.lines.at[i].text);
    piece->end_line = (int)event->end_mark.line;
    r->pos = byte_of(r, &event->end_mark);
    r->pos_col = (int)event->end_mark.column;
    r->ended = entry;
    r->after_key = false;
}

/* What stands above `---` stays above it. */
static void on_document(struct reader *r, const yaml_event_t *event)
{
    if (event->data.document_start.implicit)
        return;
    /* The event begins at the first instruction, if there are any; the three dashes end it. */
    struct gap gap = read_gap(r, byte_of(r, &event->end_mark));
    take_lines(r, &gap, 0, -1, &r->file->before);
    if (gap.same)
        add_line(r, &r->file->before, gap.same);
    add_line(r, &r->file->before, "---");
    r->pos = byte_of(r, &event->end_mark);
    r->pos_col = (int)event->end_mark.column;
}

static void on_stream_end(struct reader *r)
{
    struct gap gap = read_gap(r, r->len);
    struct fmt_piece *root = r->file->root;
    size_t taken = r->ended ? take_note(r, &gap, &r->ended->note) : 0;

    if (!r->ended && gap.same) /* Behind a root in braces. */
        add_line(r, &root->tail, gap.same);
    take_lines(r, &gap, taken, -1, &root->tail);
}

static bool on_event(struct reader *r, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_STREAM_END_EVENT:
        on_stream_end(r);
        return false;
    case YAML_DOCUMENT_START_EVENT:
        on_document(r, event);
        break;
    case YAML_SCALAR_EVENT:
        on_scalar(r, event);
        break;
    case YAML_SEQUENCE_START_EVENT:
        on_begin(r, event, FMT_LIST,
                 event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE);
        break;
    case YAML_MAPPING_START_EVENT:
        on_begin(r, event, FMT_MAP, event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        on_end(r, event);
        break;
    default:
        break;
    }
    return true;
}

struct fmt_file *fmt_read(struct arena *arena, const char *text, size_t len)
{
    struct reader r = { .arena = arena, .text = text, .len = len };
    yaml_parser_t parser;

    r.file = ARENA_NEW(arena, struct fmt_file);
    MUST(yaml_parser_initialize(&parser)); /* Fails only without memory. */
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, len);
    for (bool more = true; more;) {
        yaml_event_t event;
        MUST(yaml_parser_parse(&parser, &event)); /* It was read once already. */
        more = on_event(&r, &event);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return r.file;
}
