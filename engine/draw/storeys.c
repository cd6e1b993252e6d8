/* SPDX-License-Identifier: MIT */
/* Where things stand from above to below. */
#include "engine/draw/plan.h"

#include "engine/base/arena.h"

enum {
    PAD = 11,          /* Above and below a card's words. */
    CARD_LEAST = 48,
    BELOW = 9,         /* From a card's foot to its labels. */
    ARROW = 18,        /* What an arrow takes at least. */
    NEAR = 9,          /* Lines nearer than this would touch. */
    BETWEEN = 4,       /* Labels of one edge. */
};

static int most(int a, int b) { return a > b ? a : b; }

static void say_labels(struct plan *plan, struct block *block, const struct chart_exit *exit,
                       int width)
{
    for (size_t i = 0; i < exit->labels.count; i++) {
        const struct chart_label *label = &exit->labels.at[i];
        if (i)
            block_space(block, BETWEEN);
        block_add(plan->arena, block, FACE_PLAIN, label->title, label->event, width);
        if (*label->who)
            block_add(plan->arena, block, FACE_SOFT, label->who, NULL, width);
    }
}

static void say_card(struct plan *plan, size_t node)
{
    const struct chart_state *state = &plan->chart->states[plan->grid->nodes.at[node].state];
    struct block *block = &plan->words[node];
    int width = plan->w[node] - 2 * PLAN_RIM + 4;
    block_add(plan->arena, block, FACE_BIG, state->title, NULL, width);
    if (state->with)
        block_add(plan->arena, block, FACE_SOFT, state->with, NULL, width);
    for (size_t i = 0; i < state->lines.count; i++)
        block_add(plan->arena, block, FACE_SOFT, state->lines.at[i].text, state->lines.at[i].event,
                  width);
}

static void say_arrivals(struct plan *plan, struct entry *entry)
{
    const struct chart_state *state = &plan->chart->states[plan->grid->nodes.at[entry->node].state];
    for (size_t i = 0; i < state->arrivals.count; i++) {
        const struct chart_arrival *arrival = &state->arrivals.at[i];
        if (i)
            block_space(&entry->label, BETWEEN);
        block_add(plan->arena, &entry->label, FACE_PLAIN, arrival->title, NULL, entry->room);
        if (*arrival->who)
            block_add(plan->arena, &entry->label, FACE_SOFT, arrival->who, NULL, entry->room);
        if (!arrival->opens)
            block_add(plan->arena, &entry->label, FACE_SOFT,
                      arrival->from ? arrival->from : "from any state", NULL, entry->room);
    }
}

static void say(struct plan *plan, size_t row)
{
    struct storey *storey = &plan->storeys[row];
    for (size_t i = 0; i < plan->grid->rows[row].count; i++) {
        size_t node = plan->grid->rows[row].at[i];
        if (plan->grid->nodes.at[node].card)
            say_card(plan, node);
    }
    for (size_t i = 0; i < plan->grid->sides.count; i++) {
        const struct grid_side *side = &plan->grid->sides.at[i];
        const struct chart_exit *exit = &plan->chart->states[side->state].exits.at[side->exit];
        const char *when = exit->branches.at[side->branch].when;
        int width = plan->w[side->way] - PLAN_ASIDE - 12;
        if (!side->source || plan->grid->nodes.at[side->way].row != row)
            continue;
        say_labels(plan, &plan->words[side->way], exit, width);
        if (when)
            block_add(plan->arena, &plan->words[side->way], FACE_SOFT, when, NULL, width);
    }
    for (size_t i = 0; i < storey->ports.count; i++) {
        struct port *port = &storey->ports.at[i];
        if (port->card)
            say_labels(plan, &port->label,
                       &plan->chart->states[port->state].exits.at[port->exit], port->room);
    }
    for (size_t i = 0; i < storey->entries.count; i++) {
        struct entry *entry = &storey->entries.at[i];
        if (entry->link == NO_LINK) {
            say_arrivals(plan, entry);
            continue;
        }
        const struct grid_link *link = &plan->grid->links.at[entry->link];
        const struct chart_exit *exit = &plan->chart->states[link->state].exits.at[link->exit];
        if (link->first && exit->branches.at[link->branch].when)
            block_add(plan->arena, &entry->label, FACE_SOFT, exit->branches.at[link->branch].when,
                      NULL, entry->room);
    }
}

static void measure(struct plan *plan, size_t row)
{
    struct storey *storey = &plan->storeys[row];
    int height = CARD_LEAST, labels = 0, entry = ARROW;
    for (size_t i = 0; i < plan->grid->rows[row].count; i++) {
        size_t node = plan->grid->rows[row].at[i];
        bool card = plan->grid->nodes.at[node].card;
        int words = plan->words[node].height;
        height = most(height, words ? words + (card ? 2 * PAD : 44) : 0);
    }
    for (size_t i = 0; i < storey->ports.count; i++)
        if (storey->ports.at[i].card)
            labels = most(labels, BELOW + storey->ports.at[i].label.height + 4);
    for (size_t i = 0; i < storey->entries.count; i++) {
        const struct entry *one = &storey->entries.at[i];
        int more = one->link == NO_LINK ? 18 : 8;
        entry = most(entry, one->label.height ? one->label.height + more : 0);
    }
    storey->height = height + storey->extra;
    storey->labels = labels + storey->label_extra;
    storey->entry = entry + storey->entry_extra;
}

/* What goes sideways under one port. */
struct sideways {
    const struct port *port;
    int low, high;
    size_t track;
    bool straight;
};

static bool enters_within(const struct plan *plan, const struct port *port, int low, int high)
{
    for (size_t i = 0; i < plan->grid->links.count; i++)
        if (plan_port(plan, &plan->grid->links.at[i]) == port) {
            int x = plan_entry(plan, i)->x;
            if (x > low - NEAR && x < high + NEAR)
                return true;
        }
    return false;
}

/* `a` must lie above `b`: its line comes down from above into b's stretch, or b's goes on down in
 * a's. */
static bool above(const struct plan *plan, const struct sideways *a, const struct sideways *b)
{
    if (a == b || a->straight || b->straight)
        return false;
    return (a->port->x > b->low - NEAR && a->port->x < b->high + NEAR) ||
           enters_within(plan, b->port, a->low, a->high);
}

static struct sideways sideways_of(const struct plan *plan, const struct port *port)
{
    struct sideways it = { port, port->x, port->x, 0, false };
    size_t count = 0;
    for (size_t i = 0; i < plan->grid->links.count; i++)
        if (plan_port(plan, &plan->grid->links.at[i]) == port) {
            int x = plan_entry(plan, i)->x;
            it.low = x < it.low ? x : it.low;
            it.high = x > it.high ? x : it.high;
            count++;
        }
    it.straight = it.low == it.high && count < 2;
    return it;
}

static void find_tracks(struct plan *plan, size_t row)
{
    struct storey *storey = &plan->storeys[row];
    size_t n = storey->ports.count;
    struct sideways *all = ARENA_ARRAY(plan->arena, struct sideways, n + 1);
    storey->tracks = 0;
    for (size_t i = 0; i < n; i++)
        all[i] = sideways_of(plan, &storey->ports.at[i]);
    for (size_t round = 0; round < n; round++)
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                if (above(plan, &all[i], &all[j]) && all[j].track < all[i].track + 1)
                    all[j].track = all[i].track + 1 < n ? all[i].track + 1 : all[j].track;
    for (size_t i = 0; i < n; i++) {
        if (!all[i].straight && all[i].track + 1 > storey->tracks)
            storey->tracks = all[i].track + 1;
        for (size_t j = 0; j < plan->grid->links.count; j++)
            if (plan_port(plan, &plan->grid->links.at[j]) == all[i].port)
                plan->track[j] = all[i].track;
    }
}

void plan_storeys(struct plan *plan)
{
    size_t rows = plan->grid->row_count;
    bool said = plan->words != NULL;
    int y = plan->head;
    if (!said)
        plan->words = ARENA_ARRAY(plan->arena, struct block, plan->grid->nodes.count + 1);
    for (size_t r = 0; r < rows && !said; r++)
        say(plan, r);
    for (size_t r = 0; r < rows && !said; r++)
        find_tracks(plan, r);
    for (size_t r = 0; r < rows; r++) {
        struct storey *storey = &plan->storeys[r];
        measure(plan, r);
        int unit = storey->entry + storey->height + storey->labels;
        int page = (y / PAGE_HEIGHT + 1) * PAGE_HEIGHT;
        storey->skip = 0;
        if (plan->paged && y + unit > page - PAPER_MARGIN && unit < PAGE_HEIGHT * 3 / 4)
            storey->skip = page + 2 * PAPER_MARGIN - y;
        storey->top = y + storey->skip + storey->entry;
        y = storey->top + storey->height + storey->labels + (int)storey->tracks * PLAN_TRACK;
    }
    plan->end = y;
}
