/* SPDX-License-Identifier: MIT */
#include "engine/run/lookup.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/run/desk.h"
#include "store/cases.h"
#include "store/packs.h"
#include "store/people.h"
#include "store/read.h"

#include <ctype.h>
#include <string.h>

enum err_code lookup_case(struct world *world, const char *text, struct arena *arena, int64_t *out,
                          struct err *err)
{
    struct case_row row;
    int64_t id;
    char *ref = arena_text(arena, text);
    for (char *c = ref; *c; c++)
        *c = (char)toupper((unsigned char)*c);
    struct store *store = world_store(world);
    enum err_code rc = text_int(text, &id) ? case_get(store, id, arena, &row, err)
                                           : case_get_ref(store, ref, arena, &row, err);
    if (rc == ERR_UNKNOWN) {
        err_set(err, ERR_UNKNOWN, "there is no case '%s'", text);
        err_hint(err, "reeve cases lists them");
    }
    if (!rc)
        *out = row.id;
    return rc;
}

enum err_code lookup_person_row(struct world *world, const char *email, struct arena *arena,
                                struct person_row *out, struct err *err)
{
    enum err_code rc = person_by_email(world_store(world), email, arena, out, err);
    if (rc == ERR_UNKNOWN) {
        err_set(err, ERR_UNKNOWN, "nobody has the address '%s'", email);
        err_hint(err, "people come in by: reeve people import FILE.csv");
    }
    return rc;
}

enum err_code lookup_posts(struct world *world, int64_t person, struct arena *arena, void *self,
                           void (*seen)(void *self, const struct desk_row *desk), struct err *err)
{
    return person_desks(world_store(world), person, arena, self, seen, err);
}

enum err_code lookup_person(struct world *world, const char *email, struct arena *arena,
                            int64_t *out, struct err *err)
{
    struct person_row row;
    enum err_code rc = lookup_person_row(world, email, arena, &row, err);
    if (!rc)
        *out = row.id;
    return rc;
}

struct found {
    struct arena *arena;
    struct { const char **at; size_t count, room; } names;
};

static void add_states(struct found *found, const struct process *process)
{
    for (size_t i = 0; i < process->state_count; i++)
        *LIST_ADD(found->arena, &found->names) = process->states[i].name;
}

static void add_names(struct found *found, enum lookup_kind kind, const struct model *model)
{
    for (size_t i = 0; kind == LOOKUP_ROLE && i < model->role_count; i++)
        *LIST_ADD(found->arena, &found->names) = model->roles[i].name;
    for (size_t i = 0; kind != LOOKUP_ROLE && i < model->process_count; i++) {
        if (kind == LOOKUP_STATE)
            add_states(found, &model->processes[i]);
        else
            *LIST_ADD(found->arena, &found->names) = model->processes[i].name;
    }
}

static bool see_a_case(void *self, const struct case_list_row *row)
{
    (void)row;
    *(bool *)self = true;
    return false;
}

static bool see_a_line(void *self, const struct due_row *row)
{
    (void)row;
    *(bool *)self = true;
    return false;
}

/* Cases keep their rules: some may stand in a state, or wait for a role, that no pack in use
 * has. */
static bool in_a_case(struct world *world, enum lookup_kind kind, const char *name)
{
    const struct case_filter cases = { .process = kind == LOOKUP_PROCESS ? name : NULL,
                                       .state = kind == LOOKUP_STATE ? name : NULL, .limit = 1 };
    const struct due_filter due = { .role = name, .until = DAY_NONE, .limit = 1 };
    bool seen = false;
    enum err_code rc =
        kind == LOOKUP_ROLE ? read_due(world_store(world), &due, &seen, see_a_line, NULL)
                            : read_cases(world_store(world), &cases, &seen, see_a_case, NULL);
    return !rc && seen;
}

enum err_code lookup_name(struct world *world, enum lookup_kind kind, const char *name,
                          struct arena *arena, struct err *err)
{
    static const char *const kinds[] = { "process", "state", "role" };
    struct found found = { .arena = arena };
    struct in_use_row *rows;
    size_t count;
    /* The far future: versions published ahead count too. */
    enum err_code rc = in_use_all(world_store(world), INT32_MAX, arena, &rows, &count, err);
    for (size_t i = 0; !rc && i < count; i++) {
        const struct ruleset *set;
        rc = world_ruleset_read(world, &rows[i], &set, err);
        if (rc == ERR_DAMAGED) {
            rc = ERR_NONE;
            continue;
        }
        if (!rc)
            add_names(&found, kind, set->rules->pack->model);
    }
    if (rc || text_in(name, found.names.at, found.names.count) || in_a_case(world, kind, name))
        return rc;
    const char *near = text_nearest(name, found.names.at, found.names.count);
    err_set(err, ERR_UNKNOWN, "no published pack has a %s '%s'", kinds[kind], name);
    if (near)
        err_hint(err, "did you mean '%s'?", near);
    return ERR_UNKNOWN;
}

const char *lookup_email(struct world *world, int64_t person, struct arena *arena)
{
    struct person_row row;
    if (!person || person_get(world_store(world), person, arena, &row, NULL))
        return NULL;
    return row.email;
}

const char *lookup_school(struct world *world, int64_t urn, struct arena *arena)
{
    struct school_row row;
    if (!urn || school_get(world_store(world), urn, arena, &row, NULL))
        return NULL;
    return row.name;
}

struct lookup_holders lookup_holders(struct world *world, const struct model *model,
                                     const char *role, const struct casefile *file,
                                     struct arena *arena)
{
    struct desk_holders holders;
    if (!role || desk_holders(world, model, role, file, arena, &holders, NULL))
        return (struct lookup_holders){ 0 };
    const char **emails = ARENA_ARRAY(arena, const char *, holders.count + 1);
    size_t count = 0;
    for (size_t i = 0; i < holders.count; i++) {
        const char *email = lookup_email(world, holders.people[i], arena);
        if (email)
            emails[count++] = email;
    }
    return (struct lookup_holders){ emails, count };
}
