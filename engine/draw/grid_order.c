/* SPDX-License-Identifier: MIT */
#include "engine/draw/grid_order.h"

#include "engine/base/arena.h"

#include <string.h>

enum {
    FAULT = 1000,   /* A crossing, or something between a way back and its card. */
    TRIES = 24,     /* Beginnings. */
    ROUNDS = 12,    /* Of each. */
    WORK_MAX = 3000000, /* Pairs of links looked at, in all; after that, the best so far. */
};

static size_t pos(const struct grid *g, size_t node)
{
    return g->nodes.at[node].pos;
}

static bool same_exit(const struct grid_link *a, const struct grid_link *b)
{
    return a->state == b->state && a->exit == b->exit;
}

/* The places of the lower ends of all links that leave the card by the same exit. */
static void fan(const struct grid *g, const struct grid_link *link, size_t *low, size_t *high)
{
    *low = *high = pos(g, link->lower);
    for (size_t i = 0; link->first && i < g->links.count; i++) {
        const struct grid_link *other = &g->links.at[i];
        if (!other->first || !same_exit(link, other))
            continue;
        size_t at = pos(g, other->lower);
        *low = at < *low ? at : *low;
        *high = at > *high ? at : *high;
    }
}

static bool cross(const struct grid *g, const struct grid_link *a, const struct grid_link *b)
{
    size_t la, ha, lb, hb;
    if (g->nodes.at[a->upper].row != g->nodes.at[b->upper].row)
        return false;
    if (a->upper != b->upper)
        return (pos(g, a->upper) < pos(g, b->upper)) ? pos(g, a->lower) > pos(g, b->lower)
                                                     : pos(g, a->lower) < pos(g, b->lower);
    if (same_exit(a, b))
        return false;
    fan(g, a, &la, &ha);
    fan(g, b, &lb, &hb);
    return ha > lb && hb > la;
}

/* Nodes between a way back and its card that are not themselves beside that card. */
static size_t between(const struct grid *g, const struct grid_side *side)
{
    const struct grid_row *row = &g->rows[g->nodes.at[side->card].row];
    size_t a = pos(g, side->card), b = pos(g, side->way), count = 0;
    size_t low = a < b ? a : b, high = a < b ? b : a;
    for (size_t i = low + 1; i < high; i++) {
        bool with = false;
        for (size_t j = 0; j < g->sides.count; j++)
            with = with || (g->sides.at[j].card == side->card && g->sides.at[j].way == row->at[i]);
        count += !with;
    }
    return count;
}

size_t grid_faults_of(const struct grid *g, size_t state, size_t exit)
{
    size_t count = 0;
    for (size_t i = 0; i < g->links.count; i++)
        for (size_t j = 0; j < g->links.count; j++)
            count += i != j && g->links.at[i].state == state && g->links.at[i].exit == exit &&
                     cross(g, &g->links.at[i], &g->links.at[j]);
    for (size_t i = 0; i < g->sides.count; i++)
        if (g->sides.at[i].state == state && g->sides.at[i].exit == exit)
            count += between(g, &g->sides.at[i]);
    return count;
}

static size_t cost(const struct grid *g, const size_t *wish)
{
    size_t sum = 0;
    for (size_t i = 0; i < g->links.count; i++)
        for (size_t j = i + 1; j < g->links.count; j++)
            sum += cross(g, &g->links.at[i], &g->links.at[j]) ? FAULT : 0;
    for (size_t i = 0; i < g->sides.count; i++) {
        sum += between(g, &g->sides.at[i]) * FAULT;
        sum += pos(g, g->sides.at[i].way) < pos(g, g->sides.at[i].card); /* Right is better. */
    }
    for (size_t r = 0; r < g->row_count; r++)
        for (size_t i = 0; i + 1 < g->rows[r].count; i++)
            for (size_t j = i + 1; j < g->rows[r].count; j++)
                sum += wish[g->rows[r].at[i]] > wish[g->rows[r].at[j]] ? 2 : 0;
    return sum;
}

/* Takes the node at `from` out of its row and puts it in at `to`. */
static void shift(struct grid *g, struct grid_row *row, size_t from, size_t to)
{
    size_t node = row->at[from];
    if (from < to)
        memmove(&row->at[from], &row->at[from + 1], (to - from) * sizeof *row->at);
    else
        memmove(&row->at[to + 1], &row->at[to], (from - to) * sizeof *row->at);
    row->at[to] = node;
    for (size_t i = 0; i < row->count; i++)
        g->nodes.at[row->at[i]].pos = i;
}

static size_t climb(struct grid *g, const size_t *wish, size_t *work)
{
    size_t now = cost(g, wish), each = g->links.count * g->links.count / 2 + 1;
    for (int round = 0; round < ROUNDS && *work < WORK_MAX; round++) {
        size_t before = now;
        for (size_t r = 0; r < g->row_count; r++)
            for (size_t i = 0; i < g->rows[r].count; i++)
                for (size_t j = 0; j < g->rows[r].count; j++) {
                    if (i == j || *work >= WORK_MAX)
                        continue;
                    *work += each;
                    shift(g, &g->rows[r], i, j);
                    size_t then = cost(g, wish);
                    if (then < now)
                        now = then;
                    else
                        shift(g, &g->rows[r], j, i);
                }
        if (now == before)
            break;
    }
    return now;
}

/* Where a node wishes to stand: the cards in the order in which one comes to them, a way under
 * what it comes from. */
static void wishes(const struct grid *g, size_t *wish)
{
    for (size_t i = 0; i < g->nodes.count; i++)
        wish[i] = g->nodes.at[i].card ? i : g->nodes.count;
    for (size_t round = 0; round < g->row_count; round++)
        for (size_t i = 0; i < g->links.count; i++) {
            const struct grid_link *link = &g->links.at[i];
            if (!g->nodes.at[link->lower].card && !link->back)
                wish[link->lower] = wish[link->upper];
        }
}

static void keep(const struct grid *g, size_t *order)
{
    for (size_t r = 0; r < g->row_count; r++)
        for (size_t i = 0; i < g->rows[r].count; i++)
            *order++ = g->rows[r].at[i];
}

static void put_back(struct grid *g, const size_t *order)
{
    for (size_t r = 0; r < g->row_count; r++)
        for (size_t i = 0; i < g->rows[r].count; i++) {
            g->rows[r].at[i] = *order++;
            g->nodes.at[g->rows[r].at[i]].pos = i;
        }
}

/* Ways go in under their upper end; the first order. */
static void settle(struct grid *g, const size_t *wish)
{
    for (size_t r = 0; r < g->row_count; r++)
        for (size_t i = 1; i < g->rows[r].count; i++) {
            size_t j = i;
            while (j > 0 && wish[g->rows[r].at[j - 1]] > wish[g->rows[r].at[i]])
                j--;
            shift(g, &g->rows[r], i, j);
        }
}

/* The same shuffles every time. */
static void shuffle(struct grid *g, unsigned *seed)
{
    for (size_t r = 0; r < g->row_count; r++)
        for (size_t i = g->rows[r].count; i > 1; i--) {
            *seed = *seed * 1664525u + 1013904223u;
            shift(g, &g->rows[r], i - 1, (*seed >> 8) % i);
        }
}

void grid_order(struct arena *arena, struct grid *g)
{
    size_t *wish = ARENA_ARRAY(arena, size_t, g->nodes.count + 1);
    size_t *best = ARENA_ARRAY(arena, size_t, g->nodes.count + 1), least = (size_t)-1;
    size_t work = 0;
    unsigned seed = 1;
    wishes(g, wish);
    settle(g, wish);
    keep(g, best);
    for (int i = 0; i < TRIES && least >= FAULT && work < WORK_MAX; i++) {
        if (i)
            shuffle(g, &seed);
        size_t now = climb(g, wish, &work);
        if (now < least) {
            least = now;
            keep(g, best);
        }
    }
    put_back(g, best);
    g->faults = least / FAULT;
}
