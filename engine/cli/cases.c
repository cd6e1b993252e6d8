/* SPDX-License-Identifier: MIT */
#include "engine/cli/commands.h"

#include "engine/base/arena.h"
#include "engine/cli/caseview.h"
#include "engine/cli/facts.h"
#include "engine/cli/say.h"
#include "engine/run/casework.h"
#include "engine/run/lookup.h"
#include "engine/cli/grid.h"
#include "store/read.h"

enum { CASES_USUAL = 1000 };

struct listing {
    struct call *call;
    struct grid *grid;
    struct json *list;
    size_t count;
    int64_t last;
    day today;
};

/* `state`: its title, or its name where the rules cannot be read. */
static void see_json(struct listing *listing, const struct case_list_row *row, const char *state)
{
    struct arena *arena = listing->call->arena;
    struct json *json = json_new(arena, JSON_MAP);
    json_put(arena, json, "case", json_new_int(arena, row->id));
    json_put(arena, json, "ref", json_words(arena, arena_text(arena, row->ref)));
    json_put(arena, json, "process", json_words(arena, arena_text(arena, row->process)));
    json_put(arena, json, "state", json_words(arena, arena_text(arena, row->state)));
    json_put(arena, json, "state_title", json_words(arena, state));
    json_put(arena, json, "open", json_yes(arena, row->open));
    json_put(arena, json, "school", row->school ? json_new_int(arena, row->school)
                                                : json_new(arena, JSON_NULL));
    json_put(arena, json, "school_name", json_words(arena, arena_text(arena, row->school_name)));
    bool paused = row->next_do_by == CLOCK_PAUSED_DAY; /* All it has stands still. */
    json_put(arena, json, "next_do_by", json_day(arena, paused ? DAY_NONE : row->next_do_by));
    json_add(listing->list, json);
}

/* One that cannot be read is listed by what its row says: it must not hide the others. */
static bool see_case(void *self, const struct case_list_row *row)
{
    struct listing *listing = self;
    struct call *call = listing->call;
    struct caseview view = { .arena = call->arena };
    listing->count++;
    listing->last = row->id;
    enum err_code rc = caseview_load(call, row->id, &view);
    if (rc && !case_unreadable(rc))
        return false;
    call->err = (struct err){ 0 };
    const char *state = rc ? "cannot be read" : caseview_state(&view, view.file->state);
    if (call->json) {
        see_json(listing, row, state);
        return true;
    }
    bool late = row->next_do_by != DAY_NONE && row->next_do_by < listing->today;
    const char *school = row->school_name && *row->school_name ? row->school_name : "";
    const char *process = rc ? row->process : view.process->title;
    grid_row(listing->grid, late ? RED : row->open ? "" : FAINT,
              (const char *[]){ arena_text(call->arena, row->ref),
                                row->next_do_by == DAY_NONE ? (row->open ? "-" : "closed")
                                : row->next_do_by == CLOCK_PAUSED_DAY
                                    ? "paused"
                                    : caseview_day(&view, row->next_do_by),
                                state, one_line(call->arena, school),
                                one_line(call->arena, process) });
    return true;
}

static enum err_code read_filter(struct call *call, struct case_filter *filter)
{
    *filter = (struct case_filter){
        .process = call_flag(call, "process"), .state = call_flag(call, "state"),
        .open_only = !call_flag(call, "all"), .overdue = call_flag(call, "overdue") != NULL,
        .today = database_today(),
    };
    enum err_code rc = facts_urn(call, "school", &filter->school);
    size_t after = 0;
    if (!rc)
        rc = facts_count(call, "limit", &filter->limit);
    if (!rc && call_flag(call, "after"))
        rc = facts_count(call, "after", &after);
    filter->after = (int64_t)after;
    if (!filter->limit)
        filter->limit = CASES_USUAL;
    return rc;
}

enum err_code cases_run(struct call *call)
{
    struct case_filter filter;
    struct grid grid = grid_of(call->arena, 5);
    struct listing listing = { .call = call, .grid = &grid,
                               .list = json_new(call->arena, JSON_LIST),
                               .today = database_today() };
    enum err_code rc = read_filter(call, &filter);
    if (!rc)
        rc = database_open(call, STORE_READ);
    if (!rc && filter.process)
        rc = lookup_name(call->world, LOOKUP_PROCESS, filter.process, call->arena, &call->err);
    if (!rc && filter.state)
        rc = lookup_name(call->world, LOOKUP_STATE, filter.state, call->arena, &call->err);
    if (!rc)
        rc = read_cases(call->store, &filter, &listing, see_case, &call->err);
    if (rc || call->err.code)
        return rc ? rc : call->err.code;
    bool more = listing.count == filter.limit;
    if (call->json) {
        struct json *json = json_new(call->arena, JSON_MAP);
        json_put(call->arena, json, "cases", listing.list);
        json_put(call->arena, json, "after",
                 more ? json_new_int(call->arena, listing.last) : json_new(call->arena, JSON_NULL));
        say_json(call, json);
        return ERR_NONE;
    }
    grid_head(&grid, (const char *[]){ "Case", "Do by", "State", "School", "Process" });
    grid_say(&grid, call);
    say(call, "%s%s%s\n", listing.count ? "\n" : "",
        counted(call, (int64_t)listing.count, "case", "cases"),
        more ? "; there may be more: --limit and --after" : "");
    return ERR_NONE;
}
