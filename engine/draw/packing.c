/* SPDX-License-Identifier: MIT */
/* The longest goes first and leftmost; words stand at the right of their line where no other runs.
 */
#include "engine/draw/packing.h"

#include "engine/base/arena.h"

#include <stdlib.h>

enum {
    AWAY = 13,         /* From one bracket's line to the next. */
    ASIDE = 9,         /* From the line to the words. */
    QUIET = 120,       /* How high words are, about. */
    STEP = 6,
};

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
    for (size_t i = 0; i < p->all.count; i++) {
        const struct stretch *other = &p->all.at[i];
        if (!other->placed)
            continue;
        if (other->top <= s->low + 2 && s->top <= other->low + 2 && abs(other->x - x) < AWAY)
            return false;
        for (size_t j = 0; j < other->words.count; j++) {
            const struct words *w = &other->words.at[j];
            int right = w->x + w->block.width + 4, low = w->y + w->block.height;
            if (w->y < s->low + 2 && low > s->top - 2 && w->x - 4 < x + BRACKET_FEET && right > x)
                return false;
            /* The thin lines from its ends run on to the right. */
            if (right > x && ((s->from.y >= w->y - 1 && s->from.y <= low) ||
                              (s->till.y >= w->y - 1 && s->till.y <= low)))
                return false;
        }
    }
    return true;
}

/* Where words at this place would lie across the end of a page: where the next page begins. */
static int page_after(const struct packing *p, int top, int low)
{
    int page = (top / PAGE_HEIGHT + 1) * PAGE_HEIGHT;
    return p->plan->paged && low + 6 >= page ? page + 6 : 0;
}

/* Words would lie on what belongs to one bracket: where they are past it; else 0. */
static int past_bracket(const struct stretch *other, const struct block *block, int x, int y)
{
    int right = x + block->width + 6, low = y + block->height;
    if (!other->placed)
        return 0;
    if (other->top < low + 2 && other->low > y - 2 && other->x < right &&
        other->x + BRACKET_FEET > x - 4)
        return other->low + 2;
    if (other->x < right && other->from.y >= y - 1 && other->from.y <= low + 1)
        return other->from.y + 2;
    if (other->x < right && other->till.y >= y - 1 && other->till.y <= low + 1)
        return other->till.y + 2;
    for (size_t j = 0; j < other->words.count; j++) {
        const struct words *w = &other->words.at[j];
        if (w->x < right && w->x + w->block.width + 6 > x && w->y < low + 3 &&
            w->y + w->block.height + 3 > y)
            return w->y + w->block.height + 3;
    }
    return 0;
}

/* Words may stand here: 0. Else the next height at which they might. */
static int blocked_until(const struct packing *p, const struct block *block, int x, int y)
{
    int right = x + block->width + 6, low = y + block->height;
    for (size_t i = 0; i < p->marks; i++) {
        const struct mark *mark = &p->picture->marks.at[i];
        if (mark->x < right && mark->y < low + 2 && mark->y + mark->h > y - 2)
            return mark->y + mark->h + 2;
    }
    for (size_t i = 0; i < p->all.count; i++) {
        int past = past_bracket(&p->all.at[i], block, x, y);
        if (past)
            return past;
    }
    return page_after(p, y - 6, low);
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

/* How many other brackets run beside this one at a height. */
static size_t beside(const struct packing *p, const struct stretch *s, int y)
{
    size_t count = 0;
    for (size_t i = 0; i < p->all.count; i++) {
        const struct stretch *other = &p->all.at[i];
        bool same = other->top == s->top && other->low == s->low &&
                    other->statutory == s->statutory;
        count += !same && other->top < y + QUIET && other->low > y;
    }
    return count;
}

/* Where its words would be least in the way of others: where a bracket beside it has ended. */
static int quiet_place(const struct packing *p, const struct stretch *s)
{
    int best = s->top;
    for (size_t i = 0; i < p->all.count; i++) {
        int y = p->all.at[i].low + 8;
        if (y > s->top && y + QUIET < s->low && beside(p, s, y) < beside(p, s, best))
            best = y;
    }
    return best;
}

/* The words of all limits of one bracket, below each other from `y` on; false: they do not go in
 * there. */
static bool place_words(struct packing *p, struct stretch *s, int x, int y,
                        const struct block *blocks)
{
    s->words.count = 0;
    for (size_t i = 0; i < s->limits.count; i++) {
        const struct block *block = &blocks[i];
        for (int next; y + block->height <= s->low &&
                       (next = blocked_until(p, block, x + ASIDE, y)) != 0;)
            y = next;
        if (y + block->height > s->low)
            return false;
        *LIST_ADD(p->plan->arena, &s->words) = (struct words){ *block, x + ASIDE, y };
        y += block->height + 5;
    }
    return true;
}

static const struct block *blocks_of(const struct packing *p, const struct stretch *s, int width)
{
    struct block *blocks = ARENA_ARRAY(p->plan->arena, struct block, s->limits.count);
    for (size_t i = 0; i < s->limits.count; i++)
        blocks[i] = words_of(p->plan->arena, s->limits.at[i], width);
    return blocks;
}

bool packing_place(struct packing *p, struct stretch *s)
{
    enum { WIDTHS = 5 };
    static const int widths[WIDTHS] = { 76, 62, 96, 120, 160 };
    const struct block *blocks[WIDTHS];
    for (size_t i = 0; i < WIDTHS; i++)
        blocks[i] = blocks_of(p, s, widths[i]);
    int begin = p->plan->quiet ? quiet_place(p, s) : s->top;
    for (int x = PAPER_MARGIN + 2; x < PAPER_WIDTH; x += STEP) {
        if (!clear_of_cards(p, x + BRACKET_FEET + 8, s->top - 2, s->low + 2))
            break; /* Nor will it be further to the right. */
        if (!line_is_free(p, s, x))
            continue;
        for (size_t i = 0; i < (begin == s->top ? 1 : 2) * WIDTHS; i++)
            if (place_words(p, s, x, i < WIDTHS ? begin : s->top, blocks[i % WIDTHS])) {
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

void packing_widen(struct packing *p, struct stretch *s)
{
    static const int widths[] = { 180, 150, 125, 100 };
    struct stretch was = *s;
    for (size_t i = 0; was.placed && i < sizeof widths / sizeof *widths; i++) {
        struct stretch now = was;
        now.words.at = NULL;
        now.words.count = now.words.room = 0;
        s->placed = false; /* Not in its own way. */
        bool fits = place_words(p, &now, was.x, was.words.at[0].y,
                                blocks_of(p, &was, widths[i])) &&
                    lines_in(&now) < lines_in(&was);
        *s = fits ? now : was;
        s->placed = true;
        if (fits)
            return;
    }
}
