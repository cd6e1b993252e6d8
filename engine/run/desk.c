/* SPDX-License-Identifier: MIT */
#include "engine/run/desk.h"

#include "engine/base/arena.h"
#include "store/people.h"

#include <string.h>

enum { OTHERWISE_MAX = 8 };

/* Which desk it is. */
struct place {
    int64_t school, person;
};

static struct place place_of(const struct model *model, const char *role,
                             const struct casefile *file)
{
    const struct role *rule = model_role(model, role);
    const struct party *party = casefile_party(file, role);
    if (party && party->person)
        return (struct place){ 0, party->person };
    return (struct place){ rule && rule->of == ROLE_SCHOOL ? file->school : 0, 0 };
}

enum err_code desk_of(struct world *world, const struct model *model, const char *role,
                      const struct casefile *file, int64_t *desk, struct err *err)
{
    struct place place = place_of(model, role, file);
    return world_desk(world, role, place.school, place.person, desk, err);
}

bool desk_fits(const struct model *model, const char *role, const struct casefile *file,
               const struct desk_row *desk)
{
    struct place place = place_of(model, role, file);
    return strcmp(desk->role, role) == 0 && desk->school == place.school &&
           desk->person == place.person;
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
    for (int i = 0; role && i < OTHERWISE_MAX; i++) {
        struct place place = place_of(model, role, file);
        const struct role *rule = model_role(model, role);
        int64_t desk = 0;
        enum err_code rc = ERR_NONE;
        if (place.person)
            add_person(&people, place.person);
        else
            rc = desk_known(world_store(world), role, place.school, 0, &desk, err);
        if (!rc && desk)
            rc = desk_people(world_store(world), desk, &people, add_person, err);
        if (rc)
            return rc;
        if (people.count)
            break;
        role = rule ? rule->otherwise : NULL;
    }
    *out = (struct desk_holders){ .people = people.at, .count = people.count,
                                  .role = people.count ? role : NULL };
    return ERR_NONE;
}

const char *desk_officers(const struct model *model)
{
    for (size_t i = 0; i < model->role_count; i++)
        if (model->roles[i].of == ROLE_AUTHORITY)
            return model->roles[i].name;
    return model->role_count ? model->roles[0].name : "officer";
}
