/* SPDX-License-Identifier: MIT */
/* The marks of cards, edges and labels. */
#include "engine/draw/plan.h"

#include "engine/base/arena.h"

enum { OWNER_CARD = 1 << 24, OWNER_LABEL = 1 << 25, PAD = 11, BELOW = 9, DOT = 6 };

static int owner_of(const struct grid_link *link)
{
    return 1 + (int)(link->state << 8 | (link->exit & 255));
}

static void add_place(struct plan *plan, enum point_kind kind, size_t state, const char *name,
                      size_t row, enum zone zone, struct spot at)
{
    struct place *place = LIST_ADD(plan->arena, &plan->places);
    *place = (struct place){ kind, state, row, name, at.x, at.y, zone };
}

/* The events whose titles stand in a block, each at the middle of its first line. */
static void add_places(struct plan *plan, const struct block *block, size_t state, size_t row,
                       enum zone zone, struct spot at)
{
    for (size_t i = 0; i < block->count; i++)
        if (block->at[i].event) {
            int middle = at.y + block->at[i].y + face_up(block->at[i].face) / 2 + 2;
            add_place(plan, POINT_EVENT, state, block->at[i].event, row, zone,
                      (struct spot){ at.x, middle });
        }
}

static void ink_card(struct plan *plan, struct picture *picture, size_t node)
{
    const struct grid_node *it = &plan->grid->nodes.at[node];
    const struct chart_state *state = &plan->chart->states[it->state];
    const struct storey *storey = &plan->storeys[it->row];
    int x = plan->x[node] - plan->w[node] / 2, y = storey->top, owner = OWNER_CARD + (int)node;
    int own = plan->words[node].height + 2 * PAD;
    picture_box(picture, state->state->final ? MARK_END : MARK_CARD, owner, x, y, plan->w[node],
                state->exits.count || own > storey->height ? storey->height : own);
    block_ink(picture, &plan->words[node], owner, x + PLAN_RIM, y + PAD);
    add_place(plan, POINT_STATE, it->state, state->state->name, it->row, ZONE_CARD,
              (struct spot){ x, y + 4 });
    add_places(plan, &plan->words[node], it->state, it->row, ZONE_CARD,
               (struct spot){ x, y + PAD });
}

/* How many ways back stand between this one and its card. */
static int rank_of(const struct plan *plan, const struct grid_side *side)
{
    size_t card = plan->grid->nodes.at[side->card].pos, way = plan->grid->nodes.at[side->way].pos;
    return (int)(way > card ? way - card : card - way) - 1;
}

/* Ends of ways back on the same side of the same card. */
static int ends_of(const struct plan *plan, const struct grid_side *side)
{
    int count = 0;
    bool right = plan->grid->nodes.at[side->way].pos > plan->grid->nodes.at[side->card].pos;
    for (size_t i = 0; i < plan->grid->sides.count; i++) {
        const struct grid_side *other = &plan->grid->sides.at[i];
        bool there = plan->grid->nodes.at[other->way].pos > plan->grid->nodes.at[other->card].pos;
        count += other->card == side->card && there == right;
    }
    return count;
}

/* At what height a way back leaves its card, or comes to it: nested, so that none crosses. */
static int side_y(const struct plan *plan, const struct grid_side *side)
{
    const struct storey *storey = &plan->storeys[plan->grid->nodes.at[side->card].row];
    int rank = rank_of(plan, side), low = storey->top + storey->height - 14;
    return low - 12 * (side->source ? ends_of(plan, side) - 1 - rank : rank);
}

static const struct grid_side *side_at(const struct plan *plan, size_t way)
{
    for (size_t i = 0; i < plan->grid->sides.count; i++)
        if (plan->grid->sides.at[i].way == way)
            return &plan->grid->sides.at[i];
    return NULL;
}

static void ink_side(struct plan *plan, struct picture *picture, const struct grid_side *side)
{
    int x = plan_way_x(plan, side->way), y = side_y(plan, side), half = plan->w[side->card] / 2;
    bool right = x > plan->x[side->card];
    int edge = plan->x[side->card] - half + (right ? plan->w[side->card] : 0);
    struct spot spots[] = { { x, y }, { edge, y } };
    struct grid_link owner = { .state = side->state, .exit = side->exit };
    picture_line(picture, MARK_EDGE, owner_of(&owner), spots, 2)->tip = !side->source;
    if (!side->source)
        return;
    const struct block *label = &plan->words[side->way];
    struct spot at = { x + PLAN_ASIDE, y - 8 - label->height };
    block_ink(picture, label, OWNER_LABEL, at.x, at.y);
    add_places(plan, label, side->state, plan->grid->nodes.at[side->way].row, ZONE_CARD,
               (struct spot){ x, at.y });
}

static void ink_link(struct plan *plan, struct picture *picture, size_t i)
{
    const struct grid_link *link = &plan->grid->links.at[i];
    const struct port *port = plan_port(plan, link);
    const struct entry *entry = plan_entry(plan, i);
    const struct storey *from = &plan->storeys[plan->grid->nodes.at[link->upper].row];
    const struct storey *to = &plan->storeys[plan->grid->nodes.at[link->lower].row];
    const struct grid_side *begins = side_at(plan, link->upper), *ends = side_at(plan, link->lower);
    int foot = from->top + from->height, top = foot;
    int track = foot + from->labels + (int)plan->track[i] * PLAN_TRACK + PLAN_TRACK / 2;
    int low = to->top;
    if (!link->first)
        top = begins ? side_y(plan, begins) : from->top;
    if (ends)
        low = side_y(plan, ends);
    struct spot spots[] = {
        { port->x, top }, { port->x, track }, { entry->x, track }, { entry->x, low },
    };
    picture_line(picture, MARK_EDGE, owner_of(link), spots, 4)->tip = link->last;
    if (entry->label.count)
        block_ink(picture, &entry->label, OWNER_LABEL, entry->x + PLAN_ASIDE,
                  to->top - 7 - entry->label.height);
}

static void ink_arrival(struct plan *plan, struct picture *picture, const struct entry *entry)
{
    const struct grid_node *node = &plan->grid->nodes.at[entry->node];
    const struct chart_state *state = &plan->chart->states[node->state];
    const struct storey *storey = &plan->storeys[node->row];
    int top = storey->top, y = top - 12 - entry->label.height - storey->entry_extra;
    int owner = OWNER_CARD + (int)entry->node;
    bool opens = state->arrivals.at[0].opens;
    struct spot line[] = { { entry->x, y + 2 * DOT }, { entry->x, top } };
    picture_box(picture, opens ? MARK_DOT : MARK_RING, owner, entry->x - DOT, y, 2 * DOT, 2 * DOT);
    picture_line(picture, MARK_EDGE, OWNER_CARD / 2 + (int)entry->node, line, 2)->tip = true;
    block_ink(picture, &entry->label, OWNER_LABEL, entry->x + PLAN_ASIDE, y);
    if (opens)
        add_place(plan, POINT_OPENED, node->state, NULL, node->row, ZONE_ENTRY,
                  (struct spot){ entry->x - DOT, y + DOT });
    for (size_t i = 0; i < state->arrivals.count; i++)
        if (!opens && !state->arrivals.at[i].states.count && state->arrivals.at[i].event)
            add_place(plan, POINT_EVENT, node->state, state->arrivals.at[i].event, node->row,
                      ZONE_ENTRY, (struct spot){ entry->x - DOT, y + DOT });
}

void plan_ink(struct plan *plan, struct picture *picture)
{
    plan->places.count = 0;
    for (size_t i = 0; i < plan->grid->nodes.count; i++)
        if (plan->grid->nodes.at[i].card)
            ink_card(plan, picture, i);
    for (size_t i = 0; i < plan->grid->links.count; i++)
        ink_link(plan, picture, i);
    for (size_t i = 0; i < plan->grid->sides.count; i++)
        ink_side(plan, picture, &plan->grid->sides.at[i]);
    for (size_t r = 0; r < plan->grid->row_count; r++) {
        struct storey *storey = &plan->storeys[r];
        for (size_t i = 0; i < storey->ports.count; i++) {
            const struct port *port = &storey->ports.at[i];
            struct spot at = { port->x + PLAN_ASIDE, storey->top + storey->height + BELOW };
            block_ink(picture, &port->label, OWNER_LABEL, at.x, at.y);
            if (port->card)
                add_places(plan, &port->label, port->state, r, ZONE_LABEL,
                           (struct spot){ port->x, at.y });
        }
        for (size_t i = 0; i < storey->entries.count; i++)
            if (storey->entries.at[i].link == NO_LINK)
                ink_arrival(plan, picture, &storey->entries.at[i]);
    }
}
