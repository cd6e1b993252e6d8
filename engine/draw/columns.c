/* SPDX-License-Identifier: MIT */
/* Where things stand from left to right. */
#include "engine/draw/plan.h"

#include "engine/base/arena.h"
#include "engine/draw/spread.h"

#include <stdlib.h>

enum { LABEL_MOST = 210, ARRIVAL_MOST = 260 };

static const struct chart_state *state_of(const struct plan *plan, size_t node)
{
    return &plan->chart->states[plan->grid->nodes.at[node].state];
}

static int most(int a, int b) { return a > b ? a : b; }
static int least(int a, int b) { return a < b ? a : b; }
static int within(int x, int low, int high) { return least(most(x, low), high); }

int plan_way_x(const struct plan *plan, size_t node)
{
    int aside = plan->w[node] / 2 - PLAN_WAY / 2;
    return plan->w[node] > PLAN_WAY ? plan->x[node] - aside : plan->x[node];
}

static int from_x(const struct plan *plan, const struct entry *entry)
{
    const struct port *port = entry->link == NO_LINK
                                  ? NULL : plan_port(plan, &plan->grid->links.at[entry->link]);
    return port ? port->x : PLAN_RIGHT;
}

/* Those of one card in the order of what they come from. */
static void sort_entries(struct plan *plan, struct storey *storey)
{
    for (size_t i = 1; i < storey->entries.count; i++)
        for (size_t j = i; j > 0; j--) {
            struct entry *a = &storey->entries.at[j - 1], *b = &storey->entries.at[j], swap = *a;
            if (a->node != b->node || from_x(plan, a) <= from_x(plan, b))
                break;
            *a = *b;
            *b = swap;
        }
}

/* Moves a row's nodes to where they wish to be, as far as the others let them. */
static void settle_row(struct plan *plan, size_t row, const int *wish)
{
    const struct grid_row *nodes = &plan->grid->rows[row];
    struct spread *s = spread_new(plan->arena, nodes->count);
    for (size_t i = 0; i < nodes->count; i++) {
        size_t node = nodes->at[i];
        int half = plan->w[node] / 2;
        s->wish[i] = wish[node];
        s->low[i] = plan->left + half;
        s->high[i] = PLAN_RIGHT - (plan->w[node] - half);
        if (i + 1 < nodes->count)
            s->apart[i] = plan->w[node] - half + PLAN_GAP + plan->w[nodes->at[i + 1]] / 2;
    }
    spread_out(s);
    for (size_t i = 0; i < nodes->count; i++)
        plan->x[nodes->at[i]] = s->x[i];
}

/* The middle of what a node is linked with, above or below; where it is if with nothing. */
static int middle(const struct plan *plan, size_t node, bool above)
{
    int sum = 0, count = 0;
    for (size_t i = 0; i < plan->grid->links.count; i++) {
        const struct grid_link *link = &plan->grid->links.at[i];
        if ((above ? link->lower : link->upper) != node || (link->back && !link->first))
            continue;
        sum += plan->x[above ? link->upper : link->lower];
        count++;
    }
    return count ? sum / count : plan->x[node];
}

static void settle(struct plan *plan)
{
    size_t rows = plan->grid->row_count;
    int *wish = ARENA_ARRAY(plan->arena, int, plan->grid->nodes.count + 1);
    for (size_t i = 0; i < plan->grid->nodes.count; i++)
        wish[i] = (plan->left + PLAN_RIGHT) / 2;
    for (size_t r = 0; r < rows; r++)
        settle_row(plan, r, wish);
    for (int round = 0; round < 16; round++) {
        bool down = round % 2 == 0;
        for (size_t i = 0; i < rows; i++) {
            size_t r = down ? i : rows - 1 - i;
            for (size_t j = 0; j < plan->grid->rows[r].count; j++) {
                size_t node = plan->grid->rows[r].at[j];
                wish[node] = middle(plan, node, down);
            }
            settle_row(plan, r, wish);
        }
    }
}

/* Where a port would go: straight to what it leads to, a bar to the middle of its card. */
static int port_wish(const struct plan *plan, const struct port *port)
{
    size_t found = 0;
    int x = plan_way_x(plan, port->node);
    if (!port->card)
        return x;
    for (size_t i = 0; i < plan->grid->links.count; i++) {
        const struct grid_link *link = &plan->grid->links.at[i];
        if (plan_port(plan, link) != port)
            continue;
        size_t beside = 0, before = 0;
        for (size_t j = 0; j < plan->grid->links.count; j++) {
            const struct grid_link *other = &plan->grid->links.at[j];
            const struct grid_node *nodes = plan->grid->nodes.at;
            beside += other->lower == link->lower;
            before += other->lower == link->lower &&
                      nodes[other->upper].pos < nodes[link->upper].pos;
        }
        int w = plan->w[link->lower], left = plan->x[link->lower] - w / 2;
        x = left + w * (int)(before + 1) / (int)(beside + 1);
        found++;
    }
    return found > 1 ? plan->x[port->node] : x;
}

static void place_ports(struct plan *plan, struct storey *storey)
{
    struct spread *s = spread_new(plan->arena, storey->ports.count);
    for (size_t i = 0; i < storey->ports.count; i++) {
        const struct port *port = &storey->ports.at[i];
        int half = port->card ? plan->w[port->node] / 2 - PLAN_RIM : 0;
        int x = port->card ? plan->x[port->node] : plan_way_x(plan, port->node);
        s->wish[i] = port_wish(plan, port);
        s->low[i] = x - half;
        s->high[i] = x + half;
        if (port->card && s->high[i] > PLAN_RIGHT - port->need)
            s->high[i] = most(PLAN_RIGHT - port->need, s->low[i]);
        s->apart[i] = port->need;
    }
    spread_out(s);
    for (size_t i = 0; i < storey->ports.count; i++)
        storey->ports.at[i].x = s->x[i];
}

static bool leads_on(const struct plan *plan, size_t node)
{
    for (size_t i = 0; i < plan->grid->links.count; i++)
        if (plan->grid->links.at[i].upper == node)
            return true;
    return false;
}

/* The mean of the ports that lead to a node; where it is if there is none. */
static int under(const struct plan *plan, size_t node)
{
    int sum = 0, count = 0;
    for (size_t i = 0; i < plan->grid->links.count; i++)
        if (plan->grid->links.at[i].lower == node) {
            sum += plan_port(plan, &plan->grid->links.at[i])->x;
            count++;
        }
    return count ? sum / count : plan->x[node];
}

/* Moves the ways of a row under what they come from, and cards that lead nowhere; others stay. */
static void place_ways(struct plan *plan, size_t row)
{
    const struct grid_row *nodes = &plan->grid->rows[row];
    struct spread *s = spread_new(plan->arena, nodes->count);
    for (size_t i = 0; i < nodes->count; i++) {
        size_t node = nodes->at[i];
        int half = plan->w[node] / 2;
        bool card = plan->grid->nodes.at[node].card;
        bool fixed = card ? leads_on(plan, node) : plan->w[node] > PLAN_WAY;
        s->wish[i] = fixed ? plan->x[node] : under(plan, node);
        s->low[i] = fixed ? plan->x[node] : plan->left + half;
        s->high[i] = fixed ? plan->x[node] : PLAN_RIGHT - (plan->w[node] - half);
        if (i + 1 < nodes->count)
            s->apart[i] = half + PLAN_GAP - 3 + plan->w[nodes->at[i + 1]] / 2;
    }
    spread_out(s);
    for (size_t i = 0; i < nodes->count; i++)
        plan->x[nodes->at[i]] = s->x[i];
}

/* Straight down where it can be; a branch to the middle of its card. */
static int entry_wish(const struct plan *plan, const struct entry *entry, int middle)
{
    const struct grid_link *link = &plan->grid->links.at[entry->link];
    const struct chart_exit *exit = &plan->chart->states[link->state].exits.at[link->exit];
    int from = from_x(plan, entry);
    bool branches = link->first && exit->branches.count > 1;
    return branches && abs(from - middle) > plan->w[entry->node] / 4 ? middle : from;
}

/* A case begins above the middle of its card; any other arrival has much to say at its right. */
static int arrival_wish(const struct plan *plan, const struct entry *entry, int middle)
{
    bool opens = state_of(plan, entry->node)->arrivals.at[0].opens;
    return opens ? middle : middle - plan->w[entry->node] / 2 + PLAN_RIM + 10;
}

static void place_entries(struct plan *plan, struct storey *storey)
{
    struct spread *s = spread_new(plan->arena, storey->entries.count);
    sort_entries(plan, storey);
    for (size_t i = 0; i < storey->entries.count; i++) {
        const struct entry *entry = &storey->entries.at[i];
        bool card = plan->grid->nodes.at[entry->node].card;
        int half = card ? plan->w[entry->node] / 2 - PLAN_RIM : 0;
        int x = card ? plan->x[entry->node] : plan_way_x(plan, entry->node);
        s->low[i] = x - half;
        s->high[i] = x + half;
        s->wish[i] = entry->link == NO_LINK ? arrival_wish(plan, entry, x)
                                            : entry_wish(plan, entry, x);
        s->wish[i] = within(s->wish[i], s->low[i], s->high[i]);
        s->apart[i] = entry->need;
    }
    spread_out(s);
    for (size_t i = 0; i < storey->entries.count; i++)
        storey->entries.at[i].x = s->x[i];
}

/* A step of a few pixels looks like a mistake: a port or an entry of a card moves over, if its
 * neighbours let it. */
static void straighten(struct plan *plan, size_t i)
{
    enum { STEP = 16, CORNER = 9 };
    const struct grid_link *link = &plan->grid->links.at[i];
    const struct grid_node *upper = &plan->grid->nodes.at[link->upper];
    const struct grid_node *lower = &plan->grid->nodes.at[link->lower];
    struct storey *from = &plan->storeys[upper->row], *to = &plan->storeys[lower->row];
    struct port *port = &from->ports.at[plan_port(plan, link) - from->ports.at];
    struct entry *entry = &to->entries.at[plan_entry(plan, i) - to->entries.at];
    size_t p = (size_t)(port - from->ports.at), e = (size_t)(entry - to->entries.at);
    int off = abs(port->x - entry->x), x = entry->x, middle = plan->x[link->upper];
    if (!off || off > STEP)
        return;
    bool free = port->card && abs(x - middle) <= plan->w[link->upper] / 2 - CORNER &&
                x <= PLAN_RIGHT - port->need + STEP &&
                (!p || x - port[-1].x >= port[-1].need - CORNER) &&
                (p + 1 >= from->ports.count || port[1].x - x >= port->need - CORNER);
    if (free) {
        port->x = x;
        return;
    }
    x = port->x;
    middle = plan->x[link->lower];
    free = lower->card && abs(x - middle) <= plan->w[link->lower] / 2 - CORNER &&
           (!e || x - entry[-1].x >= entry[-1].need) &&
           (e + 1 >= to->entries.count || entry[1].x - x >= entry->need);
    if (free)
        entry->x = x;
}

/* What each label has beside its line, before the next. */
static void find_rooms(struct storey *storey)
{
    for (size_t i = 0; i < storey->ports.count; i++) {
        struct port *port = &storey->ports.at[i];
        int next = i + 1 < storey->ports.count ? port[1].x - 8 : PLAN_RIGHT;
        port->room = within(next - port->x - PLAN_ASIDE, 40, LABEL_MOST);
    }
    for (size_t i = 0; i < storey->entries.count; i++) {
        struct entry *entry = &storey->entries.at[i];
        int next = i + 1 < storey->entries.count ? entry[1].x - 8 : PLAN_RIGHT;
        entry->room = within(next - entry->x - PLAN_ASIDE, 40,
                             entry->link == NO_LINK ? ARRIVAL_MOST : LABEL_MOST);
    }
}

/* The rows of one card each, from the first on, stand further right: the brackets need the room. */
static void lean(struct plan *plan)
{
    for (size_t r = 0; r < plan->grid->row_count && plan->grid->rows[r].count == 1; r++) {
        size_t node = plan->grid->rows[r].at[0];
        int right = PLAN_RIGHT - most(plan->w[node] - plan->w[node] / 2, 170);
        plan->x[node] = most(plan->x[node], right);
    }
}

bool plan_columns(struct plan *plan)
{
    if (!plan_widths(plan))
        return false;
    settle(plan);
    if (plan->leans)
        lean(plan);
    for (size_t r = 0; r < plan->grid->row_count; r++) {
        place_ways(plan, r);
        place_entries(plan, &plan->storeys[r]);
        place_ports(plan, &plan->storeys[r]);
    }
    for (size_t i = 0; i < plan->grid->links.count; i++)
        straighten(plan, i);
    for (size_t r = 0; r < plan->grid->row_count; r++)
        find_rooms(&plan->storeys[r]);
    return true;
}
