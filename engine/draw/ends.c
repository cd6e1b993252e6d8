/* SPDX-License-Identifier: MIT */
/* From where to where a time limit runs on the paper. */
#include "engine/draw/packing.h"

#include "engine/base/text.h"

enum { SHORTEST = 26 };

static bool is_at(const struct place *place, const struct chart_point *point)
{
    return place->kind == point->kind &&
           (point->kind == POINT_OPENED || text_same(place->name, point->name));
}

/* Of two places in one row the left one: nothing stands between it and the brackets. */
static bool better(const struct place *a, const struct place *b, bool high)
{
    if (!b || a->row != b->row)
        return !b || (high ? a->row < b->row : a->row > b->row);
    return a->x < b->x;
}

/* The highest of the places where any of the points stands; NULL: nowhere. */
const struct place *plan_highest(const struct plan *plan, const struct chart_points *points)
{
    const struct place *found = NULL;
    for (size_t i = 0; i < plan->places.count; i++)
        for (size_t j = 0; j < points->count; j++)
            if (is_at(&plan->places.at[i], &points->at[j]) &&
                better(&plan->places.at[i], found, true))
                found = &plan->places.at[i];
    return found;
}

/* States among the points stand in several rows. */
static bool scattered(const struct plan *plan, const struct chart_points *points)
{
    const struct place *first = plan_highest(plan, points);
    for (size_t i = 0; first && i < plan->places.count; i++)
        for (size_t j = 0; j < points->count; j++)
            if (points->at[j].kind == POINT_STATE &&
                is_at(&plan->places.at[i], &points->at[j]) &&
                plan->places.at[i].row != first->row)
                return true;
    return false;
}

/* The next place below `from`, or the last there is, of the first point that has one. */
const struct place *plan_below(const struct plan *plan, const struct chart_points *points,
                               const struct place *from, bool last)
{
    const struct place *found = NULL;
    for (size_t j = 0; j < points->count && !found; j++)
        for (size_t i = 0; i < plan->places.count; i++) {
            const struct place *place = &plan->places.at[i];
            if (is_at(place, &points->at[j]) && place->y > from->y + SHORTEST &&
                better(place, found, !last))
                found = place;
        }
    return found;
}

/* A limit that begins with what meets it, as a review every so often: all along its card. */
static bool along_card(const struct plan *plan, const struct chart_limit *limit,
                       const struct place *begins, struct place *from, struct place *till)
{
    const struct place *at = plan_highest(plan, &limit->till);
    if (!at || at->zone != ZONE_CARD || at->row != begins->row)
        return false;
    const struct storey *storey = &plan->storeys[at->row];
    *from = *till = *at;
    from->y = storey->top + 4;
    till->y = storey->top + storey->height - 4;
    return true;
}

bool plan_ends(const struct plan *plan, const struct chart_limit *limit, struct place *from,
               struct place *till)
{
    const struct place *begins = plan_highest(plan, &limit->from);
    /* What may begin in several states goes on until the last of them. */
    bool last = scattered(plan, &limit->from);
    const struct place *ends = begins ? plan_below(plan, &limit->till, begins, last) : NULL;
    if (begins && !ends && along_card(plan, limit, begins, from, till))
        return true;
    if (begins && !ends)
        ends = plan_below(plan, &limit->else_till, begins, last);
    if (!ends)
        return false;
    *from = *begins;
    *till = *ends;
    /* Two lines of one card are too near each other for the words. */
    if (begins->zone == ZONE_CARD && ends->zone == ZONE_CARD && begins->row == ends->row)
        return along_card(plan, limit, begins, from, till);
    return true;
}
