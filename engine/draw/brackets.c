/* SPDX-License-Identifier: MIT */
/* Time limits: each a bracket from the event that starts it to the one that meets it, with its
 * words.
 */
#include "engine/draw/packing.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"

#include <stdlib.h>

enum {
    TRIES = 7,         /* To make room for a bracket; ample: and three for each of its limits. */
    STRETCH = 16,
    OWNER_BRACKET = 1 << 26,
};

static const char *limit_text(struct arena *arena, const struct chart_limit *limit)
{
    return arena_printf(arena, "%s: %s%s%s", limit->length, limit->what, limit->law ? ", " : "",
                        text_or(limit->law, ""));
}

static void gather(struct packing *p)
{
    struct plan *plan = p->plan;
    plan->apart.count = 0;
    for (size_t i = 0; i < plan->chart->limits.count; i++) {
        const struct chart_limit *limit = &plan->chart->limits.at[i];
        struct stretch *same = NULL, one = { .statutory = limit->statutory };
        if (!plan_ends(plan, limit, &one.from, &one.till)) {
            *LIST_ADD(plan->arena, &plan->apart) = limit_text(plan->arena, limit);
            continue;
        }
        for (size_t j = 0; j < p->all.count; j++)
            if (p->all.at[j].from.y == one.from.y && p->all.at[j].till.y == one.till.y &&
                p->all.at[j].statutory == one.statutory && !limit->pauses.count &&
                !p->all.at[j].limits.at[0]->pauses.count)
                same = &p->all.at[j];
        if (!same) {
            same = LIST_ADD(plan->arena, &p->all);
            *same = one;
            same->top = one.from.y + 4;
            same->low = one.till.y - 4;
        }
        *LIST_ADD(plan->arena, &same->limits) = limit;
    }
}

static int longer(const void *a, const void *b)
{
    const struct stretch *one = a, *other = b;
    int la = one->low - one->top, lb = other->low - other->top;
    return la != lb ? (la < lb) - (la > lb) : (one->top > other->top) - (one->top < other->top);
}

static bool ends_at(const struct stretch *s, int y)
{
    return s->placed && (s->from.y == y || s->till.y == y);
}

/* A thin line from the leftmost bracket that ends there to its event, or to what is in the way. */
static void ink_rule(const struct packing *p, struct picture *picture, const struct place *to,
                     int y)
{
    int x = to->x, stop = to->x;
    for (size_t i = 0; i < p->all.count; i++) {
        const struct stretch *s = &p->all.at[i];
        if (ends_at(s, y) && s->x < x)
            x = s->x;
    }
    for (size_t i = 0; i < p->marks; i++) {
        const struct mark *mark = &picture->marks.at[i];
        if (mark->kind == MARK_EDGE || mark->y > y || mark->y + mark->h < y)
            continue;
        if (mark->x > x && mark->x - 6 < stop && mark->x != to->x)
            stop = mark->x - 6;
    }
    struct spot spots[] = { { x, y }, { stop, y } };
    if (stop > x)
        picture_line(picture, MARK_RULE, 0, spots, 2);
}

/* The bracket is broken where all its limits stand still. */
static void ink_pauses(const struct plan *plan, const struct stretch *s, struct mark *mark)
{
    const struct chart_limit *limit = s->limits.at[0];
    for (size_t i = 0; s->limits.count == 1 && i < limit->pauses.count; i++) {
        const struct chart_pause *pause = &limit->pauses.at[i];
        const struct place *from = plan_highest(plan, &pause->from);
        const struct place *till = from ? plan_below(plan, &pause->till, from, false) : NULL;
        int last = mark->spot_count ? mark->spots[mark->spot_count - 1].y : s->top;
        if (!from || mark->spot_count + 2 > SPOTS_MAX)
            continue;
        /* In one card, or back and forth: a short break where it begins. */
        int end = till && till->y < s->low - 8 ? till->y : from->y + 12;
        if (from->y < last + 8 || end > s->low - 8)
            continue;
        mark->spots[mark->spot_count++] = (struct spot){ mark->x, from->y };
        mark->spots[mark->spot_count++] = (struct spot){ mark->x, end };
    }
}

static void ink(const struct packing *p, struct picture *picture)
{
    for (size_t i = 0; i < p->all.count; i++) {
        const struct stretch *s = &p->all.at[i];
        bool seen_from = false, seen_till = false;
        if (!s->placed)
            continue;
        for (size_t j = 0; j < i; j++) {
            const struct stretch *t = &p->all.at[j];
            seen_from = seen_from || ends_at(t, s->from.y);
            seen_till = seen_till || ends_at(t, s->till.y);
        }
        if (!seen_from)
            ink_rule(p, picture, &s->from, s->from.y);
        if (!seen_till)
            ink_rule(p, picture, &s->till, s->till.y);
        struct mark *mark = picture_box(picture, s->statutory ? MARK_LAW : MARK_LOCAL,
                                        OWNER_BRACKET + (int)i, s->x, s->top, BRACKET_FEET,
                                        s->low - s->top);
        ink_pauses(p->plan, s, mark);
        for (size_t j = 0; j < s->words.count; j++)
            block_ink(picture, &s->words.at[j].block, OWNER_BRACKET + (int)i, s->words.at[j].x,
                      s->words.at[j].y);
    }
}

/* Where more height would let the words of a bracket in: where it begins. NULL: nowhere. */
static int *room_for(struct plan *plan, const struct stretch *s)
{
    struct storey *storey = &plan->storeys[s->from.row];
    bool same = s->from.row == s->till.row;
    bool whole = s->from.y == storey->top + 4;
    if (s->from.zone == ZONE_CARD && (!same || s->till.zone != ZONE_CARD || whole))
        return &storey->extra;
    if (s->from.zone == ZONE_LABEL && !same)
        return &storey->label_extra;
    return s->from.zone == ZONE_ENTRY ? &storey->entry_extra : NULL;
}

/* False: there is more height now, and all is to be placed again. What has been given in vain is
 * taken back. */
static bool give_up(struct plan *plan, const struct stretch *s)
{
    const struct chart_limit *limit = s->limits.at[0];
    size_t which = (size_t)(limit - plan->chart->limits.at);
    int *room = room_for(plan, s), more = plan->ample ? 3 * (int)s->limits.count : 0;
    int most = TRIES + more;
    if (!room || plan->tries[which] > most)
        return true;
    if (plan->tries[which]++ == most) {
        *room -= most * STRETCH;
        return false;
    }
    *room += STRETCH;
    return false;
}

bool plan_brackets(struct plan *plan, struct picture *picture)
{
    struct packing p = { plan, picture, picture->marks.count, { NULL, 0, 0 } };
    plan->unfit = 0;
    gather(&p);
    if (p.all.count)
        qsort(p.all.at, p.all.count, sizeof *p.all.at, longer);
    for (size_t i = 0; i < p.all.count; i++) {
        struct stretch *s = &p.all.at[i];
        if (packing_place(&p, s))
            continue;
        if (!give_up(plan, s))
            return false;
        plan->unfit++;
        for (size_t j = 0; j < s->limits.count; j++)
            *LIST_ADD(plan->arena, &plan->apart) = limit_text(plan->arena, s->limits.at[j]);
    }
    for (size_t i = 0; i < p.all.count; i++)
        packing_widen(&p, &p.all.at[i]);
    ink(&p, picture);
    return true;
}
