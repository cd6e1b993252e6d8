/* SPDX-License-Identifier: MIT */
/* Time limits, packed into what the cards leave free at the left: each a
 * bracket from the event that starts it to the one that meets it, its words
 * at its right where no other line runs. The longest goes first and leftmost.
 */
#include "engine/draw/plan.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"

#include <stdlib.h>

enum {
    FEET = 7,          /* Of a bracket. */
    AWAY = 13,         /* From one bracket's line to the next. */
    ASIDE = 9,         /* From the line to the words. */
    SHORTEST = 26,
    TRIES = 7,         /* To make room for a bracket, each of STRETCH. */
    STEP_X = 6, STEP_Y = 4,
    STRETCH = 16,
    OWNER_BRACKET = 1 << 26,
};

struct stretch {
    struct place from, till;
    bool statutory, placed;
    int x, top, low;
    struct { const struct chart_limit **at; size_t count, room; } limits;
    struct { struct words { struct block block; int x, y; } *at; size_t count, room; } words;
};
struct packing {
    struct plan *plan;
    const struct picture *picture;
    size_t marks;              /* Of the cards' part: what is in the way. */
    struct { struct stretch *at; size_t count, room; } all;
};

/* --- from where to where --------------------------------------------------------------------- */
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
static const struct place *highest(const struct plan *plan, const struct chart_points *points)
{
    const struct place *found = NULL;
    for (size_t i = 0; i < plan->places.count; i++)
        for (size_t j = 0; j < points->count; j++)
            if (is_at(&plan->places.at[i], &points->at[j]) &&
                better(&plan->places.at[i], found, true))
                found = &plan->places.at[i];
    return found;
}

/* The lowest place, below `from`, of the first point that has one. */
static const struct place *lowest(const struct plan *plan, const struct chart_points *points,
                                  const struct place *from)
{
    const struct place *found = NULL;
    for (size_t j = 0; j < points->count && !found; j++)
        for (size_t i = 0; i < plan->places.count; i++) {
            const struct place *place = &plan->places.at[i];
            if (is_at(place, &points->at[j]) && place->y > from->y + SHORTEST &&
                better(place, found, false))
                found = place;
        }
    return found;
}

/* A limit that begins with what meets it, as a review every so often: all along its card. */
static bool along_card(const struct plan *plan, const struct chart_limit *limit,
                       struct place *from, struct place *till)
{
    const struct place *at = highest(plan, &limit->till);
    if (!at || at->zone != ZONE_CARD)
        return false;
    const struct storey *storey = &plan->storeys[at->row];
    *from = *till = *at;
    from->y = storey->top + 4;
    till->y = storey->top + storey->height - 4;
    return true;
}

static bool find_ends(const struct plan *plan, const struct chart_limit *limit,
                      struct place *from, struct place *till)
{
    const struct place *begins = highest(plan, &limit->from);
    const struct place *ends = begins ? lowest(plan, &limit->till, begins) : NULL;
    if (!ends)
        return along_card(plan, limit, from, till);
    *from = *begins;
    *till = *ends;
    return true;
}

static const char *limit_text(struct arena *arena, const struct chart_limit *limit)
{
    return arena_printf(arena, "%s: %s%s%s", limit->what, limit->length, limit->law ? ", " : "",
                        text_or(limit->law, ""));
}

static void gather(struct packing *p)
{
    struct plan *plan = p->plan;
    plan->apart.count = 0;
    for (size_t i = 0; i < plan->chart->limits.count; i++) {
        const struct chart_limit *limit = &plan->chart->limits.at[i];
        struct stretch *same = NULL, one = { .statutory = limit->statutory };
        if (!find_ends(plan, limit, &one.from, &one.till)) {
            *LIST_ADD(plan->arena, &plan->apart) = limit_text(plan->arena, limit);
            continue;
        }
        for (size_t j = 0; j < p->all.count; j++)
            if (p->all.at[j].from.y == one.from.y && p->all.at[j].till.y == one.till.y &&
                p->all.at[j].statutory == one.statutory)
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

/* --- what is free ---------------------------------------------------------------------------- */
/* All that stands at these heights stands right of `right`. */
static bool clear_of_cards(const struct packing *p, int right, int top, int low)
{
    for (size_t i = 0; i < p->marks; i++) {
        const struct mark *mark = &p->picture->marks.at[i];
        if (mark->y < low && mark->y + mark->h > top && mark->x < right)
            return false;
    }
    return true;
}

static bool line_is_free(const struct packing *p, const struct stretch *s, int x)
{
    if (!clear_of_cards(p, x + FEET + 8, s->top - 2, s->low + 2))
        return false;
    for (size_t i = 0; i < p->all.count; i++) {
        const struct stretch *other = &p->all.at[i];
        if (!other->placed)
            continue;
        if (other->top <= s->low + 2 && s->top <= other->low + 2 && abs(other->x - x) < AWAY)
            return false;
        for (size_t j = 0; j < other->words.count; j++) {
            const struct words *w = &other->words.at[j];
            int right = w->x + w->block.width + 4, low = w->y + w->block.height;
            if (w->y < s->low + 2 && low > s->top - 2 && w->x - 4 < x + FEET && right > x)
                return false;
            /* The thin lines from its ends run on to the right. */
            if (right > x && ((s->from.y >= w->y - 1 && s->from.y <= low) ||
                              (s->till.y >= w->y - 1 && s->till.y <= low)))
                return false;
        }
    }
    return true;
}

static bool on_one_page(const struct packing *p, int top, int low)
{
    return !p->plan->paged || top / PAGE_HEIGHT == low / PAGE_HEIGHT;
}

static bool words_are_free(const struct packing *p, const struct block *block, int x, int y)
{
    int right = x + block->width + 6, low = y + block->height;
    if (!clear_of_cards(p, right, y - 2, low + 2) || !on_one_page(p, y - 6, low + 6))
        return false;
    for (size_t i = 0; i < p->all.count; i++) {
        const struct stretch *other = &p->all.at[i];
        if (!other->placed)
            continue;
        if (other->top < low + 2 && other->low > y - 2 && other->x < right &&
            other->x + FEET > x - 4)
            return false;
        if (other->x < right && ((other->from.y >= y - 1 && other->from.y <= low + 1) ||
                                 (other->till.y >= y - 1 && other->till.y <= low + 1)))
            return false;
        for (size_t j = 0; j < other->words.count; j++) {
            const struct words *w = &other->words.at[j];
            if (w->x < right && w->x + w->block.width + 6 > x && w->y < low + 3 &&
                w->y + w->block.height + 3 > y)
                return false;
        }
    }
    return true;
}

static struct block words_of(struct arena *arena, const struct chart_limit *limit, int width)
{
    struct block block = { NULL, 0, 0, 0, 0 };
    int longest = words_longest(FACE_BOLD, limit->length);
    int what = words_longest(FACE_SOFT, limit->what);
    width = width > longest ? width : longest;
    width = width > what ? width : what;
    block_add(arena, &block, FACE_BOLD, limit->length, NULL, width);
    block_add(arena, &block, FACE_SOFT, limit->what, NULL, width);
    if (limit->law)
        block_add(arena, &block, FACE_SOFT, limit->law, NULL, width);
    return block;
}

/* The words of all limits of one bracket, below each other; false: they do not go in there. */
static bool place_words(struct packing *p, struct stretch *s, int x, int width)
{
    int y = s->top;
    s->words.count = 0;
    for (size_t i = 0; i < s->limits.count; i++) {
        struct block block = words_of(p->plan->arena, s->limits.at[i], width);
        while (y + block.height <= s->low && !words_are_free(p, &block, x + ASIDE, y))
            y += STEP_Y;
        if (y + block.height > s->low)
            return false;
        *LIST_ADD(p->plan->arena, &s->words) = (struct words){ block, x + ASIDE, y };
        y += block.height + 5;
    }
    return true;
}

static bool place(struct packing *p, struct stretch *s)
{
    static const int widths[] = { 76, 62, 96, 120, 160 };
    for (int x = PAPER_MARGIN + 2; x < PAPER_WIDTH / 2 + 100; x += STEP_X) {
        if (!line_is_free(p, s, x))
            continue;
        for (size_t i = 0; i < sizeof widths / sizeof *widths; i++)
            if (place_words(p, s, x, widths[i])) {
                s->x = x;
                s->placed = true;
                return true;
            }
    }
    s->words.count = 0;
    return false;
}

static size_t lines_in(const struct stretch *s)
{
    size_t count = 0;
    for (size_t i = 0; i < s->words.count; i++)
        count += s->words.at[i].block.count;
    return count;
}

/* Once all are placed: longer lines, where that makes them fewer and nothing is in the way. */
static void widen(struct packing *p, struct stretch *s)
{
    static const int widths[] = { 180, 150, 125, 100 };
    struct stretch was = *s;
    for (size_t i = 0; was.placed && i < sizeof widths / sizeof *widths; i++) {
        struct stretch now = was;
        now.words.at = NULL;
        now.words.count = now.words.room = 0;
        s->placed = false; /* Not in its own way. */
        bool fits = place_words(p, &now, was.x, widths[i]) && lines_in(&now) < lines_in(&was);
        *s = fits ? now : was;
        s->placed = true;
        if (fits)
            return;
    }
}

/* --- ink ------------------------------------------------------------------------------------- */
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
        picture_box(picture, s->statutory ? MARK_LAW : MARK_LOCAL, OWNER_BRACKET + (int)i, s->x,
                    s->top, FEET, s->low - s->top);
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
    int *room = room_for(plan, s);
    if (!room || plan->tries[which] > TRIES)
        return true;
    if (plan->tries[which]++ == TRIES) {
        *room -= TRIES * STRETCH;
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
        if (place(&p, s))
            continue;
        if (!give_up(plan, s))
            return false;
        plan->unfit++;
        for (size_t j = 0; j < s->limits.count; j++)
            *LIST_ADD(plan->arena, &plan->apart) = limit_text(plan->arena, s->limits.at[j]);
    }
    for (size_t i = 0; i < p.all.count; i++)
        widen(&p, &p.all.at[i]);
    ink(&p, picture);
    return true;
}
