/* SPDX-License-Identifier: MIT */
#include "rules/yaml.h"

#include "engine/base/arena.h"
#include "engine/base/err.h"
#include "engine/base/text.h"
#include "rules/pack.h"
#include <string.h>
#include <yaml.h>

/* What is open at one depth: a map waits for a key, then for that key's value. */
struct open {
    struct node *node;
    bool flow;               /* Between { } or [ ]. */
    const char *key;         /* MAP: read, and its value is next. */
    struct span key_span;
    bool skip;               /* The value belongs to a key that stood before: dropped. */
};

struct reader {
    struct arena *arena;
    const struct source *source;
    struct diags *diags;
    yaml_parser_t parser;
    struct open open[PACK_DEPTH_MAX + 1];
    size_t depth;            /* Of `open`. */
    size_t nodes;
    struct node *root;
    bool failed;
};

static struct span span_of(const struct reader *r, const yaml_mark_t *from, const yaml_mark_t *to)
{
    int col = (int)from->column + 1;
    int end = to && to->line == from->line ? (int)to->column + 1 : col + 1;

    return (struct span){ r->source, (int)from->line + 1, col, end > col ? end : col + 1 };
}

/* --- events to nodes ------------------------------------------------------------------------- */

static void fail(struct reader *r, const char *code, struct span span, const char *text)
{
    diag_error(r->diags, code, span, "%s", text);
    r->failed = true;
}

static bool count_node(struct reader *r, struct span span)
{
    if (++r->nodes <= PACK_NODES_MAX)
        return true;
    fail(r, "Y004", span, "more keys and values than a file may have");
    return false;
}

static bool refuse_tag(struct reader *r, const yaml_char_t *tag, const yaml_char_t *anchor,
                       struct span span)
{
    if (tag)
        diag_error(r->diags, "Y003", span, "a tag, '%s'", (const char *)tag);
    if (anchor)
        diag_error(r->diags, "Y003", span, "an anchor, '&%s'", (const char *)anchor);
    return tag || anchor;
}

/* Hangs a value into what is open: as the root, an item, or the value of the waiting key. */
static void place(struct reader *r, struct node *node)
{
    struct open *open = r->depth ? &r->open[r->depth - 1] : NULL;

    if (!open) {
        r->root = node;
        return;
    }
    if (open->node->kind == NODE_MAP) {
        node->key = open->key;
        node->key_span = open->key_span;
        open->key = NULL;
    }
    if (!open->skip)
        node_add(open->node, node);
    open->skip = false;
}

static void take_key(struct reader *r, struct open *open, const char *text, struct span span)
{
    const struct node *twin = node_get(open->node, text);

    open->key = arena_text(r->arena, text);
    open->key_span = span;
    open->skip = twin != NULL;
    if (twin) {
        struct diag *d = diag_error(r->diags, "Y002", span, "'%s' stands twice", text);
        diag_note(r->diags, d, twin->key_span, "it stands first");
    } else if (open->node->count >= YAML_KEYS_MAX) {
        fail(r, "Y004", span, "more keys than one map may have");
    } else if (!*text) {
        fail(r, "Y001", span, "a key is empty");
    }
}

static void empty_value(struct reader *r, struct open *open, struct span span)
{
    const char *key = open && open->node->kind == NODE_MAP ? open->key : NULL;
    struct diag *d;

    if (key) {
        d = diag_error(r->diags, "Y006", open->key_span, "'%s' has no value", open->key);
        open->key = NULL;
        open->skip = false;
    } else {
        d = diag_error(r->diags, "Y006", span, open ? "an empty item" : "the file is empty");
    }
    const struct node *before = open ? open->node->last : NULL;
    if (open && open->flow && before && before->kind == NODE_TEXT && before->key && key)
        diag_hint(r->diags, d, "a comma ends a value here; if it is part of one, use quotes: "
                  "%s: \"%s, %s\"", before->key, before->text, key);
    else if (open && open->flow)
        diag_hint(r->diags, d, "a comma ends a value here: use quotes or separate lines");
    else if (key)
        diag_hint(r->diags, d, "give a value, or remove the key; what belongs to '%s' stands under "
                  "it, two spaces further in", key);
    if (open && !open->flow)
        open->node->gap = true;
    if (!open)
        r->failed = true;
}

/* Escapes in double quotes can say what the file itself may not hold. */
static bool plain_text(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] < 0x20 && text[i] != '\n' && text[i] != '\t')
            return false;
    return true;
}

static void on_scalar(struct reader *r, const yaml_event_t *event)
{
    struct open *open = r->depth ? &r->open[r->depth - 1] : NULL;
    const char *text = (const char *)event->data.scalar.value;
    size_t len = event->data.scalar.length;
    yaml_scalar_style_t style = event->data.scalar.style;
    struct span span = span_of(r, &event->start_mark, &event->end_mark);
    bool in_quotes = style == YAML_SINGLE_QUOTED_SCALAR_STYLE ||
                     style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;

    if (!count_node(r, span))
        return;
    refuse_tag(r, event->data.scalar.tag, event->data.scalar.anchor, span);
    if (!plain_text(text, len)) {
        fail(r, "Y001", span, "a text with control characters");
        return;
    }
    if (open && open->node->kind == NODE_MAP && !open->key) {
        take_key(r, open, text, span);
        return;
    }
    if (!len && style == YAML_PLAIN_SCALAR_STYLE) {
        empty_value(r, open, span);
        return;
    }
    if (in_quotes) {
        span.col++;
        span.end_col = span.end_col - 1 > span.col ? span.end_col - 1 : span.col + 1;
    }

    struct node *node = node_new(r->arena, NODE_TEXT, span);
    node->text = arena_text_n(r->arena, text, len);
    node->quoted = style != YAML_PLAIN_SCALAR_STYLE;
    place(r, node);
}

static void on_begin(struct reader *r, const yaml_event_t *event, enum node_kind kind)
{
    struct open *open = r->depth ? &r->open[r->depth - 1] : NULL;
    bool map = kind == NODE_MAP;
    struct span span = span_of(r, &event->start_mark, NULL);
    bool flow = map ? event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
                    : event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;

    if (!count_node(r, span))
        return;
    refuse_tag(r, map ? event->data.mapping_start.tag : event->data.sequence_start.tag,
               map ? event->data.mapping_start.anchor : event->data.sequence_start.anchor, span);
    if (r->depth >= PACK_DEPTH_MAX) {
        fail(r, "Y004", span, "nested deeper than a file may be");
        return;
    }
    if (open && open->node->kind == NODE_MAP && !open->key) {
        fail(r, "Y001", span,
             map ? "a map where a key should stand" : "a list where a key should stand");
        return;
    }

    struct node *node = node_new(r->arena, kind, span);
    place(r, node);
    r->open[r->depth++] = (struct open){ .node = node, .flow = flow };
}

static void on_alias(struct reader *r, const yaml_event_t *event)
{
    struct open *open = r->depth ? &r->open[r->depth - 1] : NULL;
    struct span span = span_of(r, &event->start_mark, &event->end_mark);

    fail(r, "Y003", span, "an alias");
    if (open)
        open->key = NULL;
}

/* --- what libyaml says, in words ------------------------------------------------------------- */

static const char tab_problem[] = "found a tab character that violates indentation";

static const struct {
    const char *problem, *text, *hint;
} problems[] = {
    { "mapping values are not allowed in this context", "a colon and a space inside a value",
      "put the whole value in quotes, or check the indentation" },
    { "found character that cannot start any token", "a character that cannot begin a value",
      "indent with spaces, not tabs; put a value that begins with @, ` or % in quotes" },
    { tab_problem, "a tab in the indentation",
      "indent with spaces, not tabs: two for each step" },
    { "found a tab character where an indentation space is expected", "a tab in the indentation",
      "indent with spaces, not tabs: two for each step" },
    { "could not find expected ':'", "a key without its colon",
      "write `key: value`, indented as its neighbours" },
    { "did not find expected key", "a key was expected here",
      "check the indentation and the quotes" },
    { "did not find expected '-' indicator", "a list item was expected here",
      "begin each line of a list with `- `, or indent it as its neighbours" },
    { "did not find expected ',' or '}'", "a comma or } is missing",
      "a colon or comma in the value? use quotes or separate lines" },
    { "did not find expected ',' or ']'", "a comma or ] is missing",
      "a colon or comma in the value? use quotes or separate lines" },
    { "found unexpected end of stream", "the file ends inside a value",
      "close the quote or bracket" },
    { "did not find expected node content", "a value was expected here",
      "give a value, or remove the comma" },
    { "control characters are not allowed", "a control character", "remove it" },
    { "block sequence entries are not allowed in this context", "a list cannot begin on this line",
      "begin the list on the next line" },
};

static bool is_tab(const struct reader *r, struct span span)
{
    const char *line = source_line(r->source, span.line);
    size_t at = 0;

    for (int col = 1; line && col < span.col && line[at] && line[at] != '\n'; col++)
        at += utf8_len(line + at, strlen(line + at));
    return line && line[at] == '\t';
}

static void on_error(struct reader *r)
{
    const yaml_parser_t *p = &r->parser;
    struct span span = span_of(r, &p->problem_mark, NULL);
    const char *problem = p->problem ? p->problem : "it cannot be read";

    if (p->error == YAML_READER_ERROR)
        span = span_of(r, &p->mark, NULL);
    if (is_tab(r, span))
        problem = tab_problem;
    for (size_t i = 0; i < sizeof problems / sizeof *problems; i++) {
        if (strcmp(problem, problems[i].problem) != 0)
            continue;
        struct diag *d = diag_error(r->diags, "Y001", span, "%s", problems[i].text);
        diag_hint(r->diags, d, "%s", problems[i].hint);
        r->failed = true;
        return;
    }
    fail(r, "Y001", span, problem);
}

/* One event; false at the end of the stream. */
static bool on_event(struct reader *r, const yaml_event_t *event, size_t *documents)
{
    switch (event->type) {
    case YAML_STREAM_END_EVENT:
        return false;
    case YAML_DOCUMENT_START_EVENT:
        if (++*documents > 1)
            fail(r, "Y001", span_of(r, &event->start_mark, NULL), "a second document begins");
        break;
    case YAML_SCALAR_EVENT:
        on_scalar(r, event);
        break;
    case YAML_SEQUENCE_START_EVENT:
        on_begin(r, event, NODE_LIST);
        break;
    case YAML_MAPPING_START_EVENT:
        on_begin(r, event, NODE_MAP);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        r->depth--;
        break;
    case YAML_ALIAS_EVENT:
        on_alias(r, event);
        break;
    default:
        break;
    }
    return true;
}

/* --- the whole ------------------------------------------------------------------------------- */

static bool check_bytes(struct reader *r)
{
    const struct source *s = r->source;
    struct span span = { s, 1, 1, 2 };
    size_t at = 0;

    if (s->len > PACK_FILE_BYTES_MAX) {
        fail(r, "Y004", span, "larger than a file may be");
        return false;
    }
    while (at < s->len) {
        size_t n = s->text[at] ? utf8_len(s->text + at, s->len - at) : 0;
        if (!n) {
            span.end_col = span.col + 1;
            fail(r, "Y005", span, s->text[at] ? "bytes that are not UTF-8" : "a NUL byte");
            return false;
        }
        span.col = s->text[at] == '\n' ? 1 : span.col + 1;
        span.line += s->text[at] == '\n';
        at += n;
    }
    return true;
}

static void read_events(struct reader *r)
{
    size_t documents = 0;

    for (bool more = true; more && !r->failed;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&r->parser, &event)) {
            on_error(r);
            return;
        }
        more = on_event(r, &event, &documents);
        yaml_event_delete(&event);
    }
    if (!r->failed && !documents)
        empty_value(r, NULL, (struct span){ r->source, 1, 1, 2 });
}

struct node *yaml_read(struct arena *arena, const struct source *source, struct diags *diags)
{
    struct reader *r = ARENA_NEW(arena, struct reader);

    r->arena = arena;
    r->source = source;
    r->diags = diags;
    if (!check_bytes(r))
        return NULL;
    MUST(yaml_parser_initialize(&r->parser)); /* Fails only without memory. */
    yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r->parser, (const unsigned char *)source->text, source->len);
    read_events(r);
    yaml_parser_delete(&r->parser);
    if (!r->failed && r->root && r->root->kind != NODE_MAP)
        fail(r, "R002", r->root->span,
             "the file should begin with keys, each on a line of its own");
    return r->failed ? NULL : r->root;
}
