/* SPDX-License-Identifier: MIT */
/* Dates that hang on each other: a deadline on `due of` another, a field on a computed one. */
#include "rules/build.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include <string.h>

enum mark { UNSEEN, ON_THE_WAY, DONE };

struct hanging {
    struct build *b;
    enum mark *clocks, *fields; /* By their place in the process. */
    bool found;
    int depth;
};

enum { CHAIN_MAX = 100 };

static void visit(struct hanging *h, const char *name, bool is_clock);

static void on_anchor(void *self, const struct anchor *anchor)
{
    struct hanging *h = self;

    if (anchor->kind == ANCHOR_DUE)
        visit(h, anchor->name, true);
    else if (anchor->kind == ANCHOR_FIELD)
        visit(h, anchor->name, false);
}

static void step(struct hanging *h, enum mark *mark, const struct moment *moment,
                 const struct moment *floor, const char *name)
{
    if (*mark == ON_THE_WAY && moment && !h->found) {
        h->found = true;
        diag_error(h->b->diags, "M004", moment->span, "'%s' hangs on itself", name);
    }
    if (*mark != UNSEEN)
        return;
    if (h->depth >= CHAIN_MAX) {
        if (moment && !h->found)
            diag_error(h->b->diags, "M004", moment->span, "'%s' hangs on a chain of over %d others",
                       name, CHAIN_MAX);
        h->found = true;
        return;
    }
    h->depth++;
    *mark = ON_THE_WAY;
    if (moment)
        moment_anchors(moment, h, on_anchor);
    if (floor)
        moment_anchors(floor, h, on_anchor);
    *mark = DONE;
    h->depth--;
}

static void visit(struct hanging *h, const char *name, bool is_clock)
{
    const struct process *p = h->b->process;

    for (size_t i = 0; is_clock && i < p->deadline_count; i++)
        if (!strcmp(p->deadlines[i].name, name))
            step(h, &h->clocks[i], p->deadlines[i].due, p->deadlines[i].floor, name);
    for (size_t i = 0; !is_clock && i < p->field_count; i++)
        if (!strcmp(p->fields[i].name, name))
            step(h, &h->fields[i], p->fields[i].is_moment, NULL, name);
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
}
