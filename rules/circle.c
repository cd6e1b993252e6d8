/* SPDX-License-Identifier: MIT */
/* What hangs on itself: a deadline on `due of` another, a computed field on another, a column of a
 * row on the columns beside it. Of an expression the names are read; what a function of lua/ reads
 * is not known here, and deciding says it when it goes in a circle. */
#include "rules/build.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include <ctype.h>
#include <string.h>

enum mark { UNSEEN, ON_THE_WAY, DONE };

struct hanging {
    struct build *b;
    enum mark *clocks, *fields, *columns; /* By their place in the process, or in `rows`. */
    const struct field *rows;             /* Whose columns are looked at; NULL: the process's. */
    const struct field *beside;           /* Its columns hide fields of their names. */
    bool found;
    int depth;
};

enum { CHAIN_MAX = 100 };

/* One thing that hangs: by moments, or by an expression. */
struct hook {
    const char *name;
    struct span span;
    const struct moment *moment, *floor;
    const struct condition *is;
    const struct field *table;            /* Its columns' hooks are its own. */
};

static void visit(struct hanging *h, const char *name, bool is_clock);

static void on_anchor(void *self, const struct anchor *anchor)
{
    struct hanging *h = self;

    if (anchor->kind == ANCHOR_DUE)
        visit(h, anchor->name, true);
    else if (anchor->kind == ANCHOR_FIELD || anchor->kind == ANCHOR_NUMBER)
        visit(h, anchor->name, false);
}

/* --- the names of an expression -------------------------------------------------------------- */

static bool in_word(char c)
{
    return c == '_' || isalnum((unsigned char)c);
}

/* Behind a text in quotes; known("x") names x, other texts name nothing. */
static const char *visit_quoted(struct hanging *h, const char *start, const char *at)
{
    const char *end = at + 1, *before = at;

    while (*end && *end != *at)
        end += *end == '\\' && end[1] ? 2 : 1;
    while (before > start && (before[-1] == ' ' || before[-1] == '('))
        before--;
    if (before - start >= 5 && !strncmp(before - 5, "known", 5))
        visit(h, arena_text_n(h->b->arena, at + 1, (size_t)(end - at - 1)), false);
    return *end ? end + 1 : end;
}

static void visit_names(struct hanging *h, const struct condition *condition)
{
    const char *start = condition->source, *at = start;

    while (*at) {
        size_t len = 0;
        if (*at == '"' || *at == '\'') {
            at = visit_quoted(h, start, at);
            continue;
        }
        while (in_word(at[len]))
            len++;
        bool part = at > start && (at[-1] == '.' || at[-1] == ':'); /* begins.year */
        if (len && !part)
            visit(h, arena_text_n(h->b->arena, at, len), false);
        at += len ? len : 1;
    }
}

/* --- walking --------------------------------------------------------------------------------- */

static void follow(struct hanging *h, const struct hook *hook)
{
    if (hook->moment)
        moment_anchors(hook->moment, h, on_anchor);
    if (hook->floor)
        moment_anchors(hook->floor, h, on_anchor);
    if (hook->is && !hook->is->is_function)
        visit_names(h, hook->is);
}

static void step(struct hanging *h, enum mark *mark, const struct hook *hook)
{
    const struct field *table = hook->table;

    if (*mark == ON_THE_WAY && !h->found) {
        h->found = true;
        diag_error(h->b->diags, "M004", hook->span, "'%s' hangs on itself", hook->name);
    }
    if (*mark != UNSEEN)
        return;
    if (h->depth >= CHAIN_MAX) {
        if (!h->found)
            diag_error(h->b->diags, "M004", hook->span,
                       "'%s' hangs on a chain of over %d others", hook->name, CHAIN_MAX);
        h->found = true;
        return;
    }
    h->depth++;
    *mark = ON_THE_WAY;
    follow(h, hook);
    for (size_t i = 0; table && i < table->column_count; i++) {
        const struct field *column = &table->columns[i];
        h->beside = table;
        follow(h, &(struct hook){ .moment = column->is_moment, .is = column->is });
        h->beside = NULL;
    }
    *mark = DONE;
    h->depth--;
}

static struct hook hook_of(const struct field *field)
{
    struct span span = field->is ? field->is->span
                                 : field->is_moment ? field->is_moment->span : field->span;

    return (struct hook){ .name = field->name, .span = span, .moment = field->is_moment,
                          .is = field->is };
}

/* Within a table its own columns come before the fields of that name. */
static void visit_column(struct hanging *h, const char *name)
{
    for (size_t i = 0; i < h->rows->column_count; i++) {
        const struct hook hook = hook_of(&h->rows->columns[i]);
        if (!strcmp(hook.name, name) && (hook.is || hook.moment))
            step(h, &h->columns[i], &hook);
    }
}

static void visit_field(struct hanging *h, const char *name)
{
    const struct process *p = h->b->process;
    const struct field *beside = h->beside;

    h->beside = NULL;
    for (size_t i = 0; i < p->field_count && !process_column(beside, name); i++) {
        struct hook hook = hook_of(&p->fields[i]);
        if (strcmp(hook.name, name) != 0)
            continue;
        hook.table = p->fields[i].column_count ? &p->fields[i] : NULL;
        if (hook.is || hook.moment || hook.table)
            step(h, &h->fields[i], &hook);
    }
    h->beside = beside;
}

static void visit(struct hanging *h, const char *name, bool is_clock)
{
    const struct process *p = h->b->process;

    if (!is_clock && h->rows)
        visit_column(h, name);
    else if (!is_clock)
        visit_field(h, name);
    for (size_t i = 0; is_clock && i < p->deadline_count; i++) {
        const struct deadline *clock = &p->deadlines[i];
        const struct hook hook = { .name = name, .span = clock->span, .moment = clock->due,
                                   .floor = clock->floor };
        if (!strcmp(clock->name, name) && !h->rows)
            step(h, &h->clocks[i], &hook);
    }
}

static void check_columns(struct hanging *h, const struct field *rows)
{
    h->rows = rows;
    h->columns = ARENA_ARRAY(h->b->arena, enum mark, rows->column_count);
    for (size_t i = 0; i < rows->column_count; i++, h->found = false)
        visit(h, rows->columns[i].name, false);
    h->rows = NULL;
}

void circle_check(struct build *b)
{
    struct hanging h = { .b = b };

    h.clocks = ARENA_ARRAY(b->arena, enum mark, b->process->deadline_count);
    h.fields = ARENA_ARRAY(b->arena, enum mark, b->process->field_count);
    for (size_t i = 0; i < b->process->deadline_count; i++, h.found = false)
        visit(&h, b->process->deadlines[i].name, true);
    for (size_t i = 0; i < b->process->field_count; i++, h.found = false)
        visit(&h, b->process->fields[i].name, false);
    for (size_t i = 0; i < b->process->field_count; i++)
        check_columns(&h, &b->process->fields[i]);
}
