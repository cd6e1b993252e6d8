/* SPDX-License-Identifier: MIT */
/* Three passes: look the key up, gather (gather.h: load, decide, fold on
 * copies), then write every decided event in the order it was decided.
 * Nothing is written before the last decision is made.
 */
#include "engine/run/turn.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/run/casework.h"
#include "engine/run/gather.h"
#include "engine/run/keys.h"

#include <string.h>

static enum err_code write_steps(struct gather *g)
{
    struct store *store = world_store(g->world);
    for (size_t i = 0; i < g->steps.count; i++) {
        struct step *step = &g->steps.at[i];
        struct touched *touched = &g->touched.at[step->touched];
        enum err_code rc = event_next_id(store, &step->event_id, g->err);
        if (rc)
            return rc;
        if (step->cause)
            step->event.cause = g->steps.at[step->cause - 1].event_id;
        const struct decided decided = {
            .ruleset = step->ruleset, .row = &touched->row, .before = &step->before,
            .after = &step->after, .event = &step->event, .outcome = step->outcome,
            .event_id = step->event_id, .key = step->key, .content = step->content,
        };
        rc = case_write(g->world, &decided, g->arena, g->err);
        if (rc)
            return rc;
        touched->file.head = step->event_id;
    }
    return ERR_NONE;
}

/* The key was used: the same question gets the stored answer, another one a refusal. */
static enum err_code answer_again(struct gather *g, int64_t case_id, int64_t event_id,
                                  struct turned *out)
{
    struct case_row *row = ARENA_NEW(g->arena, struct case_row);
    struct casefile *file = ARENA_NEW(g->arena, struct casefile);
    struct event_row event;
    struct outcome *outcome = ARENA_NEW(g->arena, struct outcome);
    const struct ruleset *ruleset;
    enum err_code rc = case_load(world_store(g->world), case_id, g->arena, row, file, g->err);
    if (!rc)
        rc = event_get(world_store(g->world), event_id, g->arena, &event, g->err);
    if (!rc)
        rc = case_event(&event, g->arena, NULL, outcome, g->err);
    if (!rc)
        rc = world_ruleset(g->world, row->ruleset, &ruleset, g->err);
    if (rc)
        return rc;
    out->again = true;
    out->case_id = case_id;
    out->event_id = event_id;
    out->ref = row->ref;
    out->file = file;
    out->process = model_process(ruleset->rules->pack->model, file->process);
    out->outcome = outcome;
    return ERR_NONE;
}

/* Looks the key up. *found: `out` has the answer. */
static enum err_code check_key(struct gather *g, int64_t case_id, uint64_t content, bool *found,
                               struct turned *out)
{
    const char *key = g->request->event.key;
    struct case_row row;
    int64_t event = 0;
    *found = false;
    if (!key)
        return ERR_NONE;
    enum err_code rc = case_id ? ERR_NONE
                               : opened_get(world_store(g->world), key, &case_id, g->err);
    if (rc || !case_id)
        return rc;
    rc = case_get(world_store(g->world), case_id, g->arena, &row, g->err);
    if (!rc)
        rc = keys_find(world_store(g->world), &row, g->request, content, g->arena, &event, g->err);
    if (rc || !event)
        return rc;
    *found = true;
    return answer_again(g, case_id, event, out);
}

static enum err_code find_case(struct gather *g, int64_t *id)
{
    const struct request *request = g->request;
    struct case_row row;
    *id = request->case_id;
    if (*id || request->event.kind == EVENT_OPEN)
        return ERR_NONE;
    enum err_code rc = case_get_ref(world_store(g->world), request->ref, g->arena, &row, g->err);
    if (!rc)
        *id = row.id;
    return rc;
}

static void fill_event(const struct request *request, struct event *event)
{
    *event = request->event;
    event->today = minute_day(request->now_minute);
    event->minute = (int)(request->now_minute - minute_at(event->today, 0));
    if (event->on == DAY_NONE)
        event->on = event->today;
}

/* SIZE_MAX in *step: nothing was owed (clock_only). */
static enum err_code decide_request(struct gather *g, int64_t id, bool *more, size_t *step)
{
    const struct request *request = g->request;
    struct event event;
    size_t index;
    bool left = false;
    fill_event(request, &event);
    enum err_code rc;
    if (event.kind == EVENT_OPEN) {
        rc = gather_open(g, &event, step);
    } else {
        rc = gather_touch(g, id, &index);
        if (!rc)
            rc = gather_owed(g, index, request->now_minute,
                             request->clock_only ? 1 : TURN_OWED_MAX, &left);
        *more = left;
        *step = g->steps.count ? 0 : SIZE_MAX;
        if (rc || request->clock_only)
            return rc;
        rc = gather_event(g, index, &event, step);
    }
    return rc ? rc : gather_consequences(g, *step);
}

/* A reckoning that changes neither a clock nor when the case is looked at again is not worth an
 * event. */
static bool moves_nothing(const struct gather *g)
{
    for (size_t i = 0; i < g->steps.count; i++) {
        const struct step *step = &g->steps.at[i];
        if (step->outcome->changed.clocks.count || step->event.kind != EVENT_RECKON ||
            step->before.wake != step->after.wake)
            return false;
    }
    return true;
}

static void fill_answer(struct gather *g, size_t index, struct turned *out)
{
    if (index == SIZE_MAX)
        return; /* The clock owed nothing. */
    const struct step *step = &g->steps.at[index];
    struct casefile *file = ARENA_NEW(g->arena, struct casefile);
    *file = g->touched.at[step->touched].file;
    out->case_id = file->id;
    out->event_id = step->event_id;
    out->ref = file->ref;
    out->file = file;
    out->process = model_process(step->ruleset->rules->pack->model, file->process);
    out->outcome = step->outcome;
    out->opened = g->opened.at;
    out->opened_count = g->opened.count;
    out->decisions = g->steps.count;
}

static enum err_code keep(struct gather *g, size_t step, uint64_t content)
{
    const char *key = g->request->event.key;
    if (key && step != SIZE_MAX) {
        g->steps.at[step].key = keys_hash(key);
        g->steps.at[step].content = content;
    }
    struct file_row file = g->request->file ? *g->request->file : (struct file_row){ .len = 0 };
    file.made_ms = g->request->now_ms;
    enum err_code rc = file.len ? file_put(world_store(g->world), &file, g->err) : ERR_NONE;
    if (!rc)
        rc = write_steps(g);
    if (!rc && key && g->request->event.kind == EVENT_OPEN)
        rc = opened_put(world_store(g->world), key, g->steps.at[step].after.id, g->err);
    return rc;
}

enum err_code turn(struct world *world, const struct request *request, struct arena *arena,
                   struct turned *out)
{
    *out = (struct turned){ 0 };
    struct gather g = { .world = world, .arena = arena, .request = request, .err = &out->err };
    uint64_t content = request->event.key ? keys_content(request, arena) : 0;
    int64_t id;
    size_t step = SIZE_MAX;
    bool found;

    enum err_code rc = find_case(&g, &id);
    if (!rc)
        rc = check_key(&g, id, content, &found, out);
    if (rc || found)
        return out->code = rc;
    rc = case_next_id(world_store(world), &g.next_case, &out->err);
    if (!rc)
        rc = decide_request(&g, id, &out->more, &step);
    if (!rc && request->only_if_moved && moves_nothing(&g))
        return ERR_NONE;
    if (!rc && !request->what_if)
        rc = keep(&g, step, content);
    if (!rc)
        fill_answer(&g, step, out);
    return out->code = rc;
}

enum err_code turn_once(struct world *world, const struct request *request, struct arena *arena,
                        struct turned *out)
{
    struct store *store = world_store(world);
    *out = (struct turned){ 0 };
    enum err_code rc = store_begin(store, &out->err);
    if (rc)
        return out->code = rc;
    world_begin(world);
    rc = turn(world, request, arena, out);
    if (!rc && !request->what_if && !out->again) {
        rc = store_commit(store, &out->err);
        if (rc)
            world_rolled_back(world);
        return out->code = rc;
    }
    /* A refusal wrote nothing; what was prepared for it (a desk, a rule set) goes too. */
    store_rollback(store);
    world_rolled_back(world);
    return rc;
}
