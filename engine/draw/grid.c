/* SPDX-License-Identifier: MIT */
/* Rows, and the links between them. */
#include "engine/draw/grid.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/draw/grid_order.h"

#include <string.h>

enum { UNSEEN, OPEN, DONE };

struct building {
    struct arena *arena;
    const struct chart *chart;
    struct grid *grid;
    int *seen;
    size_t *row, *node;               /* Of each state. */
    struct { struct way { size_t from, exit, branch, to; bool back, named; } *at;
             size_t count, room; } ways;
};

/* Depth first in the order of `to`: what leads to a state that is still open leads back. */
static void walk(struct building *b, size_t state)
{
    const struct chart_state *it = &b->chart->states[state];
    b->seen[state] = OPEN;
    for (size_t i = 0; i < it->exits.count; i++)
        for (size_t j = 0; j < it->exits.at[i].branches.count; j++) {
            size_t to = it->exits.at[i].branches.at[j].to;
            *LIST_ADD(b->arena, &b->ways) =
                (struct way){ state, i, j, to, b->seen[to] == OPEN, it->exits.at[i].named };
            if (b->seen[to] == UNSEEN)
                walk(b, to);
        }
    b->seen[state] = DONE;
}

static bool comes_by_way(const struct building *b, size_t state)
{
    for (size_t i = 0; i < b->ways.count; i++)
        if (!b->ways.at[i].back && b->ways.at[i].to == state)
            return true;
    return false;
}

/* The longest way from the first; what is entered from anywhere stands one row above the first
 * that it leads to. */
static void find_rows(struct building *b)
{
    size_t n = b->chart->state_count;
    for (size_t round = 0; round < n; round++)
        for (size_t i = 0; i < b->ways.count; i++) {
            const struct way *way = &b->ways.at[i];
            if (!way->back && b->row[way->to] < b->row[way->from] + 1)
                b->row[way->to] = b->row[way->from] + 1;
        }
    for (size_t i = 0; i < n; i++) {
        size_t above = n;
        if (b->chart->states[i].state->first || comes_by_way(b, i))
            continue;
        for (size_t j = 0; j < b->ways.count; j++)
            if (b->ways.at[j].from == i && !b->ways.at[j].back && b->row[b->ways.at[j].to] < above)
                above = b->row[b->ways.at[j].to];
        if (above > 0 && above < n)
            b->row[i] = above - 1;
    }
}

static size_t add_node(struct building *b, bool card, size_t state, size_t row)
{
    struct grid *g = b->grid;
    *LIST_ADD(b->arena, &g->nodes) = (struct grid_node){ card, state, row, g->rows[row].count };
    *LIST_ADD(b->arena, &g->rows[row]) = g->nodes.count - 1;
    return g->nodes.count - 1;
}

static void add_link(struct building *b, const struct way *way, size_t upper, size_t lower,
                     bool first, bool last)
{
    *LIST_ADD(b->arena, &b->grid->links) = (struct grid_link){
        upper, lower, way->from, way->exit, way->branch, first, last, way->back,
    };
}

static void lay_down(struct building *b, const struct way *way)
{
    size_t upper = b->node[way->from];
    for (size_t row = b->row[way->from] + 1; row < b->row[way->to]; row++) {
        size_t node = add_node(b, false, way->to, row);
        add_link(b, way, upper, node, upper == b->node[way->from], false);
        upper = node;
    }
    add_link(b, way, upper, b->node[way->to], upper == b->node[way->from], true);
}

static void lay_back(struct building *b, const struct way *way)
{
    size_t upper = add_node(b, false, way->to, b->row[way->to]);
    *LIST_ADD(b->arena, &b->grid->sides) =
        (struct grid_side){ b->node[way->to], upper, way->from, way->exit,
                             way->branch, false };
    for (size_t row = b->row[way->to] + 1; row <= b->row[way->from]; row++) {
        size_t node = add_node(b, false, way->to, row);
        add_link(b, way, upper, node, false, false);
        upper = node;
    }
    *LIST_ADD(b->arena, &b->grid->sides) =
        (struct grid_side){ b->node[way->from], upper, way->from, way->exit,
                             way->branch, true };
}

/* Cards and ways in the order in which one comes to them. */
static void lay(struct building *b, size_t state)
{
    if (b->seen[state] == DONE || !chart_shown(b->chart, state))
        return;
    b->seen[state] = DONE;
    b->node[state] = add_node(b, true, state, b->row[state]);
    for (size_t i = 0; i < b->ways.count; i++)
        if (b->ways.at[i].from == state && !b->ways.at[i].back && !b->ways.at[i].named)
            lay(b, b->ways.at[i].to);
    for (size_t i = 0; i < b->ways.count; i++)
        if (b->ways.at[i].from == state && !b->ways.at[i].back && b->ways.at[i].named)
            lay(b, b->ways.at[i].to);
}

static void close_gaps(struct building *b)
{
    size_t n = b->chart->state_count, to = 0;
    for (size_t row = 0; row < n; row++) {
        bool used = false;
        for (size_t i = 0; i < n; i++)
            used = used || (b->row[i] == row && chart_shown(b->chart, i));
        for (size_t i = 0; i < n; i++)
            if (b->row[i] == row)
                b->row[i] = to;
        to += used;
    }
    b->grid->row_count = to;
}

struct grid *grid_make(struct arena *arena, const struct chart *chart)
{
    size_t n = chart->state_count, first = 0;
    struct building b = { arena, chart, ARENA_NEW(arena, struct grid),
                          ARENA_ARRAY(arena, int, n), ARENA_ARRAY(arena, size_t, n),
                          ARENA_ARRAY(arena, size_t, n), { NULL, 0, 0 } };
    b.grid->rows = ARENA_ARRAY(arena, struct grid_row, n + 1);
    while (first + 1 < n && !chart->states[first].state->first)
        first++;
    walk(&b, first);
    for (size_t i = 0; i < n; i++)
        if (b.seen[i] == UNSEEN)
            walk(&b, i);
    find_rows(&b);
    close_gaps(&b);
    memset(b.seen, 0, n * sizeof *b.seen);
    lay(&b, first);
    for (size_t i = 0; i < n; i++)
        lay(&b, i);
    for (size_t i = 0; i < b.ways.count; i++) {
        const struct way *way = &b.ways.at[i];
        if (way->named || !chart_shown(chart, way->from) || !chart_shown(chart, way->to))
            continue;
        if (way->back)
            lay_back(&b, way);
        else
            lay_down(&b, way);
    }
    grid_order(b.arena, b.grid);
    return b.grid;
}

/* How many of the other exits lead to the same state by the same event. */
static size_t alike(const struct chart *chart, const struct chart_exit *exit)
{
    size_t count = 0;
    for (size_t i = 0; i < chart->state_count; i++)
        for (size_t j = 0; j < chart->states[i].exits.count; j++) {
            const struct chart_exit *other = &chart->states[i].exits.at[j];
            count += !other->named && other->branches.at[0].to == exit->branches.at[0].to &&
                     text_same(other->labels.at[0].event, exit->labels.at[0].event);
        }
    return count;
}

bool grid_worst(const struct grid *grid, const struct chart *chart, size_t *state, size_t *exit)
{
    size_t best = 0;
    for (size_t i = 0; i < chart->state_count; i++)
        for (size_t j = 0; j < chart->states[i].exits.count; j++) {
            const struct chart_exit *it = &chart->states[i].exits.at[j];
            size_t faults = it->named ? 0 : grid_faults_of(grid, i, j);
            size_t weight = faults ? faults * 4 + alike(chart, it) * 6 : 0;
            if (weight > best) {
                best = weight;
                *state = i;
                *exit = j;
            }
        }
    return best > 0;
}

bool grid_longest(const struct grid *grid, const struct chart *chart, size_t *state,
                  size_t *exit)
{
    size_t best = 0;
    for (size_t i = 0; i < chart->state_count; i++)
        for (size_t j = 0; j < chart->states[i].exits.count; j++) {
            size_t links = 0;
            for (size_t k = 0; k < grid->links.count; k++)
                links += grid->links.at[k].state == i && grid->links.at[k].exit == j;
            if (links > best) {
                best = links;
                *state = i;
                *exit = j;
            }
        }
    return best > 0;
}
