/* SPDX-License-Identifier: MIT */
/* Questions about a whole moment. */
#include "rules/moment.h"

#include "engine/base/text.h"

static bool same_or_none(const struct moment *a, const struct moment *b)
{
    return a && b ? moment_same(a, b) : a == b;
}

static bool same_anchor(const struct anchor *a, const struct anchor *b)
{
    return a->kind == b->kind && a->first == b->first && text_same(a->name, b->name) &&
           text_same(a->item, b->item);
}

static bool same_recurring(const struct recurring *a, const struct recurring *b)
{
    return a->kind == b->kind && a->month == b->month && a->mday == b->mday && a->nth == b->nth &&
           a->weekday == b->weekday && a->end == b->end && text_same(a->name, b->name) &&
           text_same(a->column, b->column);
}

static bool same_length(struct length a, struct length b)
{
    return a.n == b.n && a.unit == b.unit;
}

static bool same_later(const struct moment *a, const struct moment *b)
{
    if (a->later_count != b->later_count)
        return false;
    for (size_t i = 0; i < a->later_count; i++)
        if (a->later[i].from != b->later[i].from ||
            !same_length(a->later[i].length, b->later[i].length))
            return false;
    return true;
}

/* What a kind does not use is zero in both. */
bool moment_same(const struct moment *a, const struct moment *b)
{
    if (a->kind != b->kind || a->date != b->date || !same_anchor(&a->anchor, &b->anchor) ||
        !same_length(a->length, b->length) || !same_later(a, b) || a->starting != b->starting ||
        a->at_least != b->at_least || !same_recurring(&a->recurring, &b->recurring) ||
        a->pick != b->pick || a->part_count != b->part_count || !same_or_none(a->base, b->base) ||
        !same_or_none(a->after, b->after))
        return false;
    for (size_t i = 0; i < a->part_count; i++) {
        if (!moment_same(a->parts[i], b->parts[i]))
            return false;
    }
    return true;
}

void moment_anchors(const struct moment *moment, void *self,
                    void (*seen)(void *self, const struct anchor *anchor))
{
    if (moment->kind == MOMENT_ANCHOR)
        seen(self, &moment->anchor);
    if (moment->base)
        moment_anchors(moment->base, self, seen);
    if (moment->after)
        moment_anchors(moment->after, self, seen);
    for (size_t i = 0; i < moment->part_count; i++)
        moment_anchors(moment->parts[i], self, seen);
}
