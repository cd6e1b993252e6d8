/* SPDX-License-Identifier: MIT */
#include "engine/draw/draw.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/draw/list.h"
#include "engine/draw/plan.h"
#include "engine/draw/told.h"

enum {
    NAMED_MOST = 12,   /* Exits that are named and not drawn, at most. */
    WORTH = 300,       /* Of a bracket, in height. */
    HEAD = 16,         /* Between the head and what follows. */
    TO_FOOT = 22,
};

static struct picture *new_picture(struct arena *arena, const struct chart *chart)
{
    struct picture *picture = ARENA_NEW(arena, struct picture);
    picture->arena = arena;
    picture->width = PAPER_WIDTH;
    picture->title = chart->title;
    return picture;
}

static void ink_head(const struct plan *plan, struct picture *picture)
{
    int y = plan->head - 34;
    list_head(picture, plan->chart);
    if (plan->chart->limits.count > plan->apart.count)
        picture_text(picture, 0, FACE_BOLD, PAPER_MARGIN, y, "Time limits");
    picture_text(picture, 0, FACE_BOLD, plan->left, y, "Where a case stands, and with whom");
}

static struct plan *new_plan(struct arena *arena, const struct chart *chart,
                             const struct grid *grid)
{
    struct plan *plan = ARENA_NEW(arena, struct plan);
    plan->arena = arena;
    plan->chart = chart;
    plan->grid = grid;
    plan->x = ARENA_ARRAY(arena, int, grid->nodes.count + 1);
    plan->w = ARENA_ARRAY(arena, int, grid->nodes.count + 1);
    plan->track = ARENA_ARRAY(arena, size_t, grid->links.count + 1);
    plan->tries = ARENA_ARRAY(arena, int, chart->limits.count + 1);
    plan->storeys = ARENA_ARRAY(arena, struct storey, grid->row_count + 1);
    return plan;
}

static struct picture *ink_plan(struct plan *plan)
{
    struct picture *picture = NULL;
    bool whole = false;
    while (!whole) {
        picture = new_picture(plan->arena, plan->chart);
        plan->head = list_head(picture, plan->chart) + HEAD + 34;
        picture->marks.count = 0;
        picture->paged = plan->paged;
        plan_storeys(plan);
        plan_ink(plan, picture);
        whole = plan_brackets(plan, picture);
    }
    ink_head(plan, picture);
    list_foot(picture, plan->chart, (const char *const *)plan->apart.at, plan->apart.count,
              plan->end + TO_FOOT);
    return picture;
}

static struct picture *draw_plan(struct plan *plan)
{
    if (!plan_columns(plan))
        return NULL;
    struct picture *picture = ink_plan(plan);
    if (picture->height > PAGE_SHRUNK) {
        plan->paged = true;
        picture = ink_plan(plan);
    }
    return picture_fault(picture) ? NULL : picture;
}

/* As the cards like it best; if not every bracket finds room then, in other ways, and the best of
 * those: a limit in its place is worth some height. NULL: something lies on something else, or the
 * paper is too narrow. */
static struct picture *draw_best(struct arena *arena, const struct chart *chart,
                                 const struct grid *grid)
{
    struct picture *best = NULL;
    int least = 0;
    for (int i = 0; i < 8; i++) {
        struct plan *plan = new_plan(arena, chart, grid);
        plan->quiet = i & 1;
        plan->leans = i & 2;
        plan->ample = i & 4;
        struct picture *picture = draw_plan(plan);
        int cost = picture ? picture->height + (int)plan->unfit * WORTH : 0;
        if (picture && (!best || cost < least)) {
            best = picture;
            least = cost;
        }
        if (i == 0 && picture && !plan->unfit)
            break;
    }
    return best;
}

/* The exit is named instead of drawn, and the same event from other states to the same state with
 * it. */
static void name_exit(struct arena *arena, struct chart *chart, size_t state, size_t exit)
{
    const struct chart_exit *worst = &chart->states[state].exits.at[exit];
    const char *event = worst->labels.at[0].event;
    size_t to = worst->branches.at[0].to;
    for (size_t i = 0; i < chart->state_count; i++)
        for (size_t j = 0; j < chart->states[i].exits.count; j++) {
            const struct chart_exit *other = &chart->states[i].exits.at[j];
            if (!other->named && text_same(other->labels.at[0].event, event) &&
                other->branches.at[0].to == to)
                chart_name(arena, chart, i, j);
        }
}

const struct picture *draw_picture(struct arena *arena, const struct model *model,
                                   const struct process *process)
{
    struct chart *chart = chart_make(arena, model, process);
    struct picture *picture = NULL;
    for (int i = 0; i <= NAMED_MOST && !picture; i++) {
        size_t state, exit;
        const struct grid *grid = grid_make(arena, chart);
        if (!grid->faults)
            picture = draw_best(arena, chart, grid);
        bool found = grid->faults ? grid_worst(grid, chart, &state, &exit)
                                  : grid_longest(grid, chart, &state, &exit);
        if (!picture && !found)
            break;
        if (!picture)
            name_exit(arena, chart, state, exit);
    }
    if (!picture) {
        chart = chart_make(arena, model, process);
        picture = list_picture(arena, chart);
    }
    picture->told = told(arena, chart);
    return picture;
}
