/* SPDX-License-Identifier: MIT */
/* Where things stand from left to right. */
#include "engine/draw/plan.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/draw/spread.h"

#include <stdlib.h>
#include <string.h>

enum {
    GAP = 17,          /* Between two cards. */
    WAY = 16,          /* What a way takes. */
    BARE = 20,         /* What an arrow without a name takes. */
    CARD_LEAST = 96, CARD_MOST = 278,
    LABEL_MOST = 210,
    CARDS_LEAST = 330, CARDS_USUAL = 540, CARDS_MOST = 690,
    RIGHT = PAPER_WIDTH - PAPER_MARGIN,
};

static const struct chart_state *state_of(const struct plan *plan, size_t node)
{
    return &plan->chart->states[plan->grid->nodes.at[node].state];
}

static int most(int a, int b) { return a > b ? a : b; }
static int least(int a, int b) { return a < b ? a : b; }
static int within(int x, int low, int high) { return least(most(x, low), high); }

/* What a label takes beside its line: at least its longest word, better `comfort`. */
static int label_need(const struct plan *plan, const char *title, const char *below)
{
    int longest = most(words_longest(FACE_PLAIN, title), words_longest(FACE_SOFT, below));
    int whole = most(words_width(FACE_PLAIN, title), words_width(FACE_SOFT, below));
    return PLAN_ASIDE + most(longest, least(whole, plan->comfort)) + 14;
}

/* Some branch of the exit leaves the card at its foot; the others lead back. */
static bool leads_down(const struct plan *plan, size_t state, size_t exit)
{
    for (size_t i = 0; i < plan->grid->links.count; i++) {
        const struct grid_link *link = &plan->grid->links.at[i];
        if (link->first && link->state == state && link->exit == exit)
            return true;
    }
    return false;
}

int plan_way_x(const struct plan *plan, size_t node)
{
    return plan->w[node] > WAY ? plan->x[node] - plan->w[node] / 2 + WAY / 2 : plan->x[node];
}

/* --- ports and entries ----------------------------------------------------------------------- */
/* What a port leads to, for the order: the leftmost first, then the rightmost. */
static size_t ends_of(const struct plan *plan, const struct port *port)
{
    size_t most = plan->grid->nodes.count + 1, low = most, high = 0;
    for (size_t i = 0; i < plan->grid->links.count; i++) {
        const struct grid_link *link = &plan->grid->links.at[i];
        if (plan_port(plan, link) != port)
            continue;
        size_t at = plan->grid->nodes.at[link->lower].pos;
        low = at < low ? at : low;
        high = at > high ? at : high;
    }
    return low * most + high;
}

static void add_exits(struct plan *plan, struct storey *storey, size_t node)
{
    const struct chart_state *state = state_of(plan, node);
    size_t begin = storey->ports.count;
    for (size_t i = 0; i < state->exits.count; i++) {
        const struct chart_exit *exit = &state->exits.at[i];
        size_t from = plan->grid->nodes.at[node].state;
        if (exit->named || !leads_down(plan, from, i))
            continue;
        struct port *port = LIST_ADD(plan->arena, &storey->ports);
        *port = (struct port){ .node = node, .state = from, .exit = i, .card = true };
        for (size_t j = 0; j < exit->labels.count; j++)
            port->need = most(port->need,
                              label_need(plan, exit->labels.at[j].title, exit->labels.at[j].who));
    }
    /* In the order of what they lead to. */
    for (size_t i = begin + 1; i < storey->ports.count; i++)
        for (size_t j = i; j > begin; j--) {
            struct port *a = &storey->ports.at[j - 1], *b = &storey->ports.at[j], swap = *a;
            if (ends_of(plan, a) <= ends_of(plan, b))
                break;
            *a = *b;
            *b = swap;
        }
}

static void find_ports(struct plan *plan, size_t row)
{
    struct storey *storey = &plan->storeys[row];
    const struct grid_row *nodes = &plan->grid->rows[row];
    for (size_t i = 0; i < nodes->count; i++) {
        if (plan->grid->nodes.at[nodes->at[i]].card) {
            add_exits(plan, storey, nodes->at[i]);
            continue;
        }
        for (size_t j = 0; j < plan->grid->links.count; j++)
            if (plan->grid->links.at[j].upper == nodes->at[i]) {
                struct port *port = LIST_ADD(plan->arena, &storey->ports);
                *port = (struct port){ .node = nodes->at[i], .need = WAY };
                break;
            }
    }
}

const struct port *plan_port(const struct plan *plan, const struct grid_link *link)
{
    const struct storey *storey = &plan->storeys[plan->grid->nodes.at[link->upper].row];
    for (size_t i = 0; i < storey->ports.count; i++) {
        const struct port *port = &storey->ports.at[i];
        if (port->node == link->upper &&
            (!link->first || (port->state == link->state && port->exit == link->exit)))
            return port;
    }
    return NULL;
}

const struct entry *plan_entry(const struct plan *plan, size_t link)
{
    size_t node = plan->grid->links.at[link].lower;
    const struct storey *storey = &plan->storeys[plan->grid->nodes.at[node].row];
    for (size_t i = 0; i < storey->entries.count; i++)
        if (storey->entries.at[i].link == link)
            return &storey->entries.at[i];
    return NULL;
}

/* The name of a link's branch, when it is what begins under a bar. */
static const char *branch_name(const struct plan *plan, const struct grid_link *link)
{
    const struct chart_exit *exit = &plan->chart->states[link->state].exits.at[link->exit];
    return link->first ? exit->branches.at[link->branch].when : NULL;
}

static int from_x(const struct plan *plan, const struct entry *entry)
{
    const struct port *port = entry->link == NO_LINK
                                  ? NULL : plan_port(plan, &plan->grid->links.at[entry->link]);
    return port ? port->x : RIGHT;
}

static void find_entries(struct plan *plan, size_t row)
{
    struct storey *storey = &plan->storeys[row];
    const struct grid_row *nodes = &plan->grid->rows[row];
    for (size_t i = 0; i < nodes->count; i++) {
        size_t node = nodes->at[i];
        for (size_t j = 0; j < plan->grid->links.count; j++) {
            const struct grid_link *link = &plan->grid->links.at[j];
            if (link->lower != node)
                continue;
            const char *name = branch_name(plan, link);
            int need = name ? label_need(plan, "", name) : BARE;
            *LIST_ADD(plan->arena, &storey->entries) =
                (struct entry){ .node = node, .link = j, .need = need };
        }
        if (plan->grid->nodes.at[node].card && state_of(plan, node)->arrivals.count)
            *LIST_ADD(plan->arena, &storey->entries) =
                (struct entry){ .node = node, .link = NO_LINK, .need = 120 };
    }
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

/* --- widths ---------------------------------------------------------------------------------- */
struct measure {
    int least, best;
};

static struct measure measure_card(const struct plan *plan, size_t node)
{
    const struct chart_state *state = state_of(plan, node);
    const struct storey *storey = &plan->storeys[plan->grid->nodes.at[node].row];
    struct measure m = { words_longest(FACE_BIG, state->title),
                         words_width(FACE_BIG, state->title) };
    int ports = 0, entries = 0;
    if (state->with) {
        m.least = most(m.least, words_longest(FACE_SOFT, state->with));
        m.best = most(m.best, words_width(FACE_SOFT, state->with));
    }
    for (size_t i = 0; i < state->lines.count; i++) {
        m.least = most(m.least, words_longest(FACE_SOFT, state->lines.at[i].text));
        m.best = most(m.best, words_width(FACE_SOFT, state->lines.at[i].text));
    }
    for (size_t i = 0; i < storey->ports.count; i++)
        ports += storey->ports.at[i].node == node ? storey->ports.at[i].need : 0;
    for (size_t i = 0; i < storey->entries.count; i++)
        entries += storey->entries.at[i].node == node ? storey->entries.at[i].need : 0;
    m.least = most(m.least + 2 * PLAN_RIM, CARD_LEAST);
    m.least = most(m.least, most(ports ? ports + PLAN_RIM : 0, entries));
    m.best = most(most(within(m.best + 2 * PLAN_RIM, 150, CARD_MOST), m.least), entries * 2);
    return m;
}

/* A way back has its label beside it in the row it comes from, a branch has its name above it. */
static struct measure measure_way(const struct plan *plan, size_t node)
{
    const struct storey *storey = &plan->storeys[plan->grid->nodes.at[node].row];
    struct measure m = { WAY, WAY };
    for (size_t i = 0; i < storey->entries.count; i++)
        if (storey->entries.at[i].node == node && storey->entries.at[i].need > BARE)
            m.least = m.best = storey->entries.at[i].need;
    for (size_t i = 0; i < plan->grid->sides.count; i++) {
        const struct grid_side *side = &plan->grid->sides.at[i];
        if (side->way != node || !side->source)
            continue;
        const struct chart_exit *exit = &plan->chart->states[side->state].exits.at[side->exit];
        for (size_t j = 0; j < exit->labels.count; j++)
            m.least = most(m.least, label_need(plan, exit->labels.at[j].title,
                                               exit->labels.at[j].who));
        m.best = m.least;
    }
    return m;
}

static struct measure measure(const struct plan *plan, size_t node)
{
    return plan->grid->nodes.at[node].card ? measure_card(plan, node) : measure_way(plan, node);
}

static struct measure measure_row(const struct plan *plan, size_t row)
{
    const struct grid_row *nodes = &plan->grid->rows[row];
    struct measure sum = { (int)(nodes->count - 1) * GAP, (int)(nodes->count - 1) * GAP };
    for (size_t i = 0; i < nodes->count; i++) {
        struct measure one = measure(plan, nodes->at[i]);
        sum.least += one.least;
        sum.best += one.best;
    }
    return sum;
}

/* Shares out what a row has: each its least, and of the rest as much as it would like. */
static void share(struct plan *plan, size_t row, int have)
{
    const struct grid_row *nodes = &plan->grid->rows[row];
    struct measure sum = measure_row(plan, row);
    int more = sum.best - sum.least, spare = least(have, sum.best) - sum.least;
    for (size_t i = 0; i < nodes->count; i++) {
        struct measure one = measure(plan, nodes->at[i]);
        int wish = one.best - one.least;
        plan->w[nodes->at[i]] = one.least + (more > 0 ? wish * spare / more : 0);
    }
}

/* What stands in each row, when labels are as wide as plan->comfort at least. */
static struct measure measure_rows(struct plan *plan)
{
    struct measure all = { CARDS_LEAST, CARDS_LEAST };
    for (size_t r = 0; r < plan->grid->row_count; r++) {
        plan->storeys[r].ports.count = 0;
        find_ports(plan, r);
    }
    for (size_t r = 0; r < plan->grid->row_count; r++) {
        plan->storeys[r].entries.count = 0;
        find_entries(plan, r);
    }
    for (size_t r = 0; r < plan->grid->row_count; r++) {
        struct measure sum = measure_row(plan, r);
        all.least = most(all.least, sum.least);
        all.best = most(all.best, sum.best);
    }
    return all;
}

static bool find_widths(struct plan *plan)
{
    static const int comforts[] = { 120, 100, 84, 60 };
    struct measure all = { CARDS_MOST + 1, 0 };
    for (size_t i = 0; i < sizeof comforts / sizeof *comforts && all.least > CARDS_USUAL; i++) {
        plan->comfort = comforts[i];
        all = measure_rows(plan);
    }
    int need = all.least, wish = all.best;
    if (need > CARDS_MOST)
        return false;
    int have = most(need, least(wish, CARDS_USUAL));
    plan->left = RIGHT - have;
    for (size_t r = 0; r < plan->grid->row_count; r++)
        share(plan, r, have);
    return true;
}

/* --- places ---------------------------------------------------------------------------------- */
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
        s->high[i] = RIGHT - (plan->w[node] - half);
        if (i + 1 < nodes->count)
            s->apart[i] = plan->w[node] - half + GAP + plan->w[nodes->at[i + 1]] / 2;
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
        wish[i] = (plan->left + RIGHT) / 2;
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
        if (port->card && s->high[i] > RIGHT - port->need)
            s->high[i] = most(RIGHT - port->need, s->low[i]);
        s->apart[i] = port->need;
    }
    spread_out(s);
    for (size_t i = 0; i < storey->ports.count; i++) {
        struct port *port = &storey->ports.at[i];
        int next = i + 1 < storey->ports.count ? s->x[i + 1] - 8 : RIGHT;
        port->x = s->x[i];
        port->room = within(next - port->x - PLAN_ASIDE, 40, LABEL_MOST);
    }
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
        bool fixed = plan->grid->nodes.at[node].card ? leads_on(plan, node) : plan->w[node] > WAY;
        s->wish[i] = fixed ? plan->x[node] : under(plan, node);
        s->low[i] = fixed ? plan->x[node] : plan->left + half;
        s->high[i] = fixed ? plan->x[node] : RIGHT - (plan->w[node] - half);
        if (i + 1 < nodes->count)
            s->apart[i] = half + GAP - 3 + plan->w[nodes->at[i + 1]] / 2;
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
        s->wish[i] = entry->link == NO_LINK ? x : entry_wish(plan, entry, x);
        s->wish[i] = within(s->wish[i], s->low[i], s->high[i]);
        s->apart[i] = entry->need;
    }
    spread_out(s);
    for (size_t i = 0; i < storey->entries.count; i++) {
        struct entry *entry = &storey->entries.at[i];
        int next = i + 1 < storey->entries.count ? s->x[i + 1] - 8 : RIGHT;
        entry->x = s->x[i];
        entry->room = within(next - entry->x - PLAN_ASIDE, 40,
                             entry->link == NO_LINK ? 260 : LABEL_MOST);
    }
}

/* The rows of one card each, from the first on, stand further right: the brackets need the room. */
static void lean(struct plan *plan)
{
    for (size_t r = 0; r < plan->grid->row_count && plan->grid->rows[r].count == 1; r++) {
        size_t node = plan->grid->rows[r].at[0];
        int right = RIGHT - most(plan->w[node] - plan->w[node] / 2, 170);
        plan->x[node] = most(plan->x[node], right);
    }
}

bool plan_columns(struct plan *plan)
{
    if (!find_widths(plan))
        return false;
    settle(plan);
    if (plan->leans)
        lean(plan);
    for (size_t r = 0; r < plan->grid->row_count; r++) {
        place_ways(plan, r);
        place_entries(plan, &plan->storeys[r]);
        place_ports(plan, &plan->storeys[r]);
    }
    return true;
}
