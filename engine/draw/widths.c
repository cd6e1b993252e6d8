/* SPDX-License-Identifier: MIT */
/* Ports and entries, and how wide cards are. */
#include "engine/draw/plan.h"

#include "engine/base/arena.h"

enum {
    BARE = 20,         /* What an arrow without a name takes. */
    CARD_LEAST = 96, CARD_MOST = 278,
    CARDS_LEAST = 330, CARDS_USUAL = 540, CARDS_MOST = 690,
};

static const struct chart_state *state_of(const struct plan *plan, size_t node)
{
    return &plan->chart->states[plan->grid->nodes.at[node].state];
}

static int most(int a, int b) { return a > b ? a : b; }
static int least(int a, int b) { return a < b ? a : b; }

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
                *port = (struct port){ .node = nodes->at[i], .need = PLAN_WAY };
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
    m.best = most(most(least(most(m.best + 2 * PLAN_RIM, 150), CARD_MOST), m.least), entries * 2);
    return m;
}

/* A way back has its label beside it in the row it comes from, a branch has its name above it. */
static struct measure measure_way(const struct plan *plan, size_t node)
{
    const struct storey *storey = &plan->storeys[plan->grid->nodes.at[node].row];
    struct measure m = { PLAN_WAY, PLAN_WAY };
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
    struct measure sum = { (int)(nodes->count - 1) * PLAN_GAP, (int)(nodes->count - 1) * PLAN_GAP };
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

bool plan_widths(struct plan *plan)
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
    plan->left = PLAN_RIGHT - have;
    for (size_t r = 0; r < plan->grid->row_count; r++)
        share(plan, r, have);
    return true;
}
