/* SPDX-License-Identifier: MIT */
#include "engine/run/desk.h"

#include "engine/base/arena.h"
#include "store/people.h"

enum { OTHERWISE_MAX = 8 };

enum err_code desk_of(struct world *world, const struct model *model, const char *role,
                      const struct casefile *file, int64_t *desk, struct err *err)
{
    const struct role *rule = model_role(model, role);
    const struct party *party = casefile_party(file, role);
    if (party && party->person)
        return world_desk(world, role, 0, party->person, desk, err);
    int64_t school = rule && rule->of == ROLE_SCHOOL ? file->school : 0;
    return world_desk(world, role, school, 0, desk, err);
}

struct people {
    struct arena *arena;
    int64_t *at;
    size_t count, room;
};

static void add_person(void *self, int64_t person)
{
    struct people *people = self;
    *LIST_ADD(people->arena, people) = person;
}

enum err_code desk_holders(struct world *world, const struct model *model, const char *role,
                           const struct casefile *file, struct arena *arena,
                           struct desk_holders *out, struct err *err)
{
    struct people people = { .arena = arena };
    int64_t own = 0;
    for (int i = 0; role && i < OTHERWISE_MAX && !people.count; i++) {
        int64_t desk;
        enum err_code rc = desk_of(world, model, role, file, &desk, err);
        if (rc)
            return rc;
        if (i == 0)
            own = desk;
        const struct party *party = casefile_party(file, role);
        if (party && party->person)
            add_person(&people, party->person);
        else if ((rc = desk_people(world_store(world), desk, &people, add_person, err)))
            return rc;
        const struct role *rule = model_role(model, role);
        role = rule ? rule->otherwise : NULL;
    }
    *out = (struct desk_holders){ .desk = own, .people = people.at, .count = people.count };
    return ERR_NONE;
}
