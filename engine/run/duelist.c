/* SPDX-License-Identifier: MIT */
#include "engine/run/duelist.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/clock_date.h"
#include "engine/run/casework.h"
#include "engine/run/desk.h"
#include "store/packs.h"
#include "store/people.h"
#include "store/read.h"

#include <stdlib.h>
#include <string.h>

enum { FALL_MAX = 8 };

struct gathering {
    struct world *world;
    struct arena *arena;
    struct arena *scratch;     /* For one case at a time. */
    day today;
    struct { struct due_row *at; size_t count, room; } rows;
    struct { struct desk_row *at; size_t count, room; } desks; /* The person's own. */
    struct { struct desk_row *at; size_t count, room; } empty; /* Of one role. */
    struct { int64_t *at; size_t count, room; } extra;         /* Those that fall to them. */
};

static bool keep_row(void *self, const struct due_row *row)
{
    struct gathering *g = self;
    struct due_row *kept = LIST_ADD(g->arena, &g->rows);
    *kept = *row;
    kept->ref = arena_text(g->arena, row->ref);
    kept->process = arena_text(g->arena, row->process);
    kept->state = arena_text(g->arena, row->state);
    kept->name = arena_text(g->arena, row->name);
    kept->role = arena_text(g->arena, row->role);
    kept->school_name = arena_text(g->arena, row->school_name);
    return true;
}

static void keep_desk(void *self, const struct desk_row *desk)
{
    struct gathering *g = self;
    struct desk_row *kept = LIST_ADD(g->arena, &g->desks);
    *kept = *desk;
    kept->role = arena_text(g->arena, desk->role);
}

/* Whether somebody sits where a role's work at a school would be done. */
static enum err_code is_held(struct gathering *g, const struct role *role, int64_t school,
                             bool *held, struct err *err)
{
    int64_t id;
    int size = 0;
    enum err_code rc = desk_known(world_store(g->world), role->name,
                                  role->of == ROLE_SCHOOL ? school : 0, 0, &id, err);
    if (!rc && id)
        rc = read_desk_size(world_store(g->world), id, &size, err);
    *held = size > 0;
    return rc;
}

static bool sits_there(const struct gathering *g, const struct role *role, int64_t school)
{
    for (size_t i = 0; i < g->desks.count; i++) {
        const struct desk_row *desk = &g->desks.at[i];
        if (!desk->person && strcmp(desk->role, role->name) == 0 &&
            desk->school == (role->of == ROLE_SCHOOL ? school : 0))
            return true;
    }
    return false;
}

/* Whether the work at an empty desk falls to the person: nobody may sit in between. */
static enum err_code falls_here(struct gathering *g, const struct model *model,
                                const struct role *role, int64_t school, bool *falls,
                                struct err *err)
{
    bool held = false;
    *falls = false;
    for (int i = 0; i < FALL_MAX && !held; i++) {
        role = role->otherwise ? model_role(model, role->otherwise) : NULL;
        *falls = role && sits_there(g, role, school);
        if (!role || *falls)
            return ERR_NONE;
        enum err_code rc = is_held(g, role, school, &held, err);
        if (rc)
            return rc;
    }
    return ERR_NONE;
}

static void keep_empty(void *self, const struct desk_row *desk)
{
    struct gathering *g = self;
    *LIST_ADD(g->arena, &g->empty) = *desk;
}

static void add_once(struct gathering *g, int64_t desk)
{
    for (size_t i = 0; i < g->extra.count; i++)
        if (g->extra.at[i] == desk)
            return; /* By another pack with such a role. */
    *LIST_ADD(g->arena, &g->extra) = desk;
}

static enum err_code add_extra(struct gathering *g, const struct model *model, struct err *err)
{
    enum err_code rc = ERR_NONE;
    for (size_t r = 0; !rc && r < model->role_count; r++) {
        const struct role *role = &model->roles[r];
        if (!role->otherwise)
            continue;
        g->empty.count = 0;
        rc = desks_empty(world_store(g->world), role->name, g->arena, g, keep_empty, err);
        for (size_t i = 0; !rc && i < g->empty.count; i++) {
            bool falls;
            rc = falls_here(g, model, role, g->empty.at[i].school, &falls, err);
            if (!rc && falls)
                add_once(g, g->empty.at[i].id);
        }
    }
    return rc;
}

/* Desks that are empty and fall to one of the person's. */
static enum err_code find_extra(struct gathering *g, int64_t person, struct err *err)
{
    struct in_use_row *packs;
    size_t count;
    enum err_code rc = person_desks(world_store(g->world), person, g->arena, g, keep_desk, err);
    if (!rc)
        rc = in_use_all(world_store(g->world), INT32_MAX, g->arena, &packs, &count, err);
    for (size_t p = 0; !rc && p < count; p++) {
        const struct ruleset *set;
        rc = world_ruleset_read(g->world, &packs[p], &set, err);
        if (rc == ERR_DAMAGED) {
            rc = ERR_NONE;
            continue;
        }
        if (!rc)
            rc = add_extra(g, set->rules->pack->model, err);
    }
    return rc;
}

static int by_date(const void *a, const void *b)
{
    const struct due_line *x = a, *y = b;
    if (x->do_by != y->do_by)
        return x->do_by < y->do_by ? -1 : 1;
    int ref = strcmp(x->ref, y->ref);
    return ref ? ref : strcmp(x->name, y->name);
}

static void add_holder(struct due_line *line, const struct model *model,
                       const struct desk_holders *holders, const struct due_row *row)
{
    line->nobody = holders->count == 0;
    if (holders->role && strcmp(holders->role, row->role) != 0) {
        const struct role *other = model_role(model, holders->role);
        line->covering = other ? other->title : holders->role;
    }
}

/* An item by its list: "Advice for the assessment: Medical". */
static const char *title_of(struct arena *arena, const struct process *process,
                            const struct deadline *rule, const char *name)
{
    if (!rule)
        return name;
    const struct checklist *list = rule->list ? process_checklist(process, rule->list) : NULL;
    return list ? arena_printf(arena, "%s: %s", list->title, rule->title) : rule->title;
}

/* Of a case that cannot be read: what the list itself says. It must not go unseen, nor hide
 * others. */
static void bare_line(const struct due_row *row, struct due_line *line)
{
    *line = (struct due_line){
        .case_id = row->case_id, .school = row->school, .ref = row->ref, .process = row->process,
        .process_title = row->process, .state_title = row->state,
        .school_name = row->school_name, .name = row->name, .title = row->name, .role = row->role,
        .role_title = row->role, .do_by = row->do_by, .due = row->due, .in_law = DAY_NONE,
    };
}

/* What stands still, or was extended. */
static void add_moves(struct due_line *line, const struct model *model,
                      const struct calendars *calendars, const struct casefile *file,
                      const struct deadline *rule, const struct clock *clock, day today)
{
    const struct decide_in in = { .model = model, .calendars = calendars, .file = file };
    const struct drawn *first = drawn_of(file, clock->name, clock->round, DRAWN_EXTENDED, 0);
    line->paused = clock->status == CLOCK_PAUSED;
    line->extended_from = first ? first->from : DAY_NONE;
    if (rule->pause_count && clock_open(clock))
        clock_pace(&in, file, rule, today, &line->pace);
}

static enum err_code fill_line(struct gathering *g, const struct due_row *row,
                               struct due_line *line, struct err *err)
{
    struct case_row case_row;
    struct casefile file;
    const struct ruleset *set;
    struct desk_holders holders;
    struct person_row person;
    arena_reset(g->scratch);
    enum err_code rc =
        case_load(world_store(g->world), row->case_id, g->scratch, &case_row, &file, err);
    if (!rc)
        rc = world_ruleset(g->world, file.ruleset, &set, err);
    if (!rc)
        rc = desk_holders(g->world, set->rules->pack->model, row->role, &file, g->scratch, &holders,
                          err);
    if (case_unreadable(rc)) {
        bare_line(row, line);
        return ERR_NONE;
    }
    if (rc)
        return rc;
    const struct model *model = set->rules->pack->model;
    const struct process *process = model_process(model, file.process);
    const struct state *state = process_state(process, file.state);
    const struct deadline *rule = clock_rule(g->scratch, process, &file, row->name);
    const struct clock *clock = casefile_clock(&file, row->name);
    const struct role *role = model_role(model, row->role);
    *line = (struct due_line){
        .case_id = row->case_id, .school = row->school, .ref = row->ref, .process = row->process,
        .process_title = process->title, .state_title = state ? state->title : row->state,
        .school_name = row->school_name, .name = row->name,
        .title = arena_text(g->arena, title_of(g->scratch, process, rule, row->name)),
        .law = rule ? rule->law : NULL,
        .role = row->role, .role_title = role ? role->title : row->role, .do_by = row->do_by,
        .due = row->due, .in_law = clock ? clock->law : DAY_NONE,
        .cut_off = rule ? rule->cut_off : 0, .statutory = rule && rule->statutory,
        .provisional = clock && clock->provisional, .extended_from = DAY_NONE,
    };
    if (rule && clock)
        add_moves(line, model, set->rules->pack->calendars, &file, rule, clock, g->today);
    add_holder(line, model, &holders, row);
    if (row->owner && !person_get(world_store(g->world), row->owner, g->arena, &person, NULL))
        line->with = person.email;
    return ERR_NONE;
}

enum err_code duelist_read(struct world *world, const struct duelist_filter *filter,
                           struct arena *arena, struct due_line **out, size_t *count,
                           struct err *err)
{
    struct gathering g = { .world = world, .arena = arena, .today = filter->today };
    struct due_filter rows = { .person = filter->person, .school = filter->school,
                               .role = filter->role, .process = filter->process,
                               .until = filter->until, .limit = filter->limit };
    enum err_code rc = read_due(world_store(world), &rows, &g, keep_row, err);
    if (!rc && filter->person)
        rc = find_extra(&g, filter->person, err);
    rows.person = 0;
    for (size_t i = 0; !rc && i < g.extra.count; i++) {
        rows.desk = g.extra.at[i];
        rc = read_due(world_store(world), &rows, &g, keep_row, err);
    }
    struct due_line *lines = ARENA_ARRAY(arena, struct due_line, g.rows.count + 1);
    g.scratch = arena_new();
    for (size_t i = 0; !rc && i < g.rows.count; i++)
        rc = fill_line(&g, &g.rows.at[i], &lines[i], err);
    arena_free(g.scratch);
    if (rc)
        return rc;
    if (g.rows.count)
        qsort(lines, g.rows.count, sizeof *lines, by_date);
    *out = lines;
    *count = g.rows.count;
    return ERR_NONE;
}
