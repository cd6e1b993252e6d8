/* SPDX-License-Identifier: MIT */
/* Rule sets are few (a handful of published versions) and large (a model and a
 * Lua state each), so a short list with a last-used stamp serves. Two rule
 * sets of one pack that differ only in their calendar are two entries: the
 * model holds the pack's moments, which are compiled together with the
 * calendars' names.
 */
#include "engine/run/world.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "store/packs.h"
#include "store/people.h"

#include <stdlib.h>
#include <string.h>

enum { RULESETS_KEPT = 32, IN_USE_MAX = 64, DESKS_MAX = 4096, ROLE_MAX = 40, EIGHT = 8 * 60 };

struct loaded {
    struct ruleset set;
    struct arena *names;
    uint64_t used;
    bool fresh; /* Met since world_begin(): its row goes with a rollback. */
    bool lent;  /* The rules are somebody else's. */
};

/* What is in use today, remembered for one batch: another process may publish in between. */
struct remembered {
    int64_t key_a, key_b;
    int64_t ruleset;
};

/* A desk's number never changes, so one seen once is good for ever; a slot each, newest wins. */
struct known_desk {
    char role[ROLE_MAX];
    int64_t school, person, desk;
};

struct world {
    struct store *store;
    /* Grows as far as one batch, or one list of cases, needs: each may stand under other rules.
     * world_begin() lets go of all but RULESETS_KEPT. */
    struct loaded **at;
    size_t count, room;
    uint64_t tick;
    struct remembered now[IN_USE_MAX];
    size_t now_count;
    day now_day;
    bool stale; /* Rolled back: what is fresh has lost its rows. */
    uint64_t customs_of; /* Of which packs in use the next two are; 0: of none yet. */
    char zone[64];
    int digest_minute;
    struct known_desk desks[DESKS_MAX];
};

struct world *world_new(struct store *store)
{
    struct world *world = calloc(1, sizeof *world);
    MUST(world);
    world->store = store;
    world->now_day = DAY_NONE;
    return world;
}

static void loaded_free(struct loaded *loaded)
{
    if (!loaded->lent)
        rules_free(loaded->set.rules);
    arena_free(loaded->names);
    free(loaded);
}

void world_free(struct world *world)
{
    if (!world)
        return;
    for (size_t i = 0; i < world->count; i++)
        loaded_free(world->at[i]);
    free(world->at);
    free(world);
}

struct store *world_store(struct world *world)
{
    return world->store;
}

/* Rows that a rolled-back transaction had made are gone, and their numbers will be used again. */
static void drop_stale(struct world *world)
{
    for (size_t i = 0; i < world->count;) {
        if (!world->at[i]->fresh) {
            i++;
            continue;
        }
        loaded_free(world->at[i]);
        world->at[i] = world->at[--world->count];
    }
    memset(world->desks, 0, sizeof world->desks);
    world->stale = false;
}

static void drop_oldest(struct world *world)
{
    size_t oldest = 0;
    for (size_t i = 1; i < world->count; i++)
        if (world->at[i]->used < world->at[oldest]->used)
            oldest = i;
    loaded_free(world->at[oldest]);
    world->at[oldest] = world->at[--world->count];
}

void world_published(struct world *world)
{
    world->now_count = 0;
    world->now_day = DAY_NONE;
}

void world_begin(struct world *world)
{
    world_published(world);
    if (world->stale)
        drop_stale(world);
    while (world->count > RULESETS_KEPT)
        drop_oldest(world);
    for (size_t i = 0; i < world->count; i++)
        world->at[i]->fresh = false;
}

void world_rolled_back(struct world *world)
{
    world->stale = true;
}

static struct known_desk *desk_slot(struct world *world, const char *role, int64_t school,
                                    int64_t person)
{
    uint64_t hash = 1469598103934665603u;
    for (const char *c = role; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 1099511628211u;
    hash = (hash ^ (uint64_t)school) * 1099511628211u;
    hash = (hash ^ (uint64_t)person) * 1099511628211u;
    return &world->desks[(hash ^ hash >> 32) % DESKS_MAX];
}

enum err_code world_desk(struct world *world, const char *role, int64_t school, int64_t person,
                         int64_t *desk, struct err *err)
{
    struct known_desk *known = desk_slot(world, role, school, person);
    if (known->desk && known->school == school && known->person == person &&
        strcmp(known->role, role) == 0) {
        *desk = known->desk;
        return ERR_NONE;
    }
    enum err_code rc = desk_find(world->store, role, school, person, desk, err);
    if (!rc && strlen(role) < ROLE_MAX) {
        *known = (struct known_desk){ .school = school, .person = person, .desk = *desk };
        memcpy(known->role, role, strlen(role) + 1);
    }
    return rc;
}

/* Reads a published pack and calendar back and compiles them. What was published passed check, so
 * findings now mean that the program understands it otherwise than the one that published it. */
static enum err_code load_rules(struct world *world, const struct ruleset_row *row,
                                struct rules **out, struct err *err)
{
    struct arena *arena = arena_new();
    const char *files, *calendars;
    size_t files_len, calendars_len;
    struct pack_files *pack = NULL;
    enum err_code rc = pack_files_get(world->store, row->pack, arena, &files, &files_len, err);
    if (!rc)
        rc =
            calendar_files_get(world->store, row->calendar, arena, &calendars, &calendars_len, err);
    if (!rc)
        rc = pack_unpack(arena, files, files_len, calendars, calendars_len, &pack, err);
    if (rc) {
        arena_free(arena);
        if (rc != ERR_UNKNOWN && rc != ERR_INPUT && rc != ERR_LIMIT)
            return rc;
        err_wrap(err, "the published pack '%s'", row->pack_name);
        if (err)
            err->code = ERR_DAMAGED;
        return ERR_DAMAGED;
    }
    struct diags *diags = diags_new(arena);
    struct rules *rules = rules_make(arena, pack, DAY_NONE, diags);
    if (!rules) {
        rc = err_set(err, ERR_DAMAGED, "the published pack '%s' does not load any more: %s",
                     row->pack_name, diags->count ? diags->at[0].text : "no reason known");
        arena_free(arena);
        return rc;
    }
    *out = rules;
    return ERR_NONE;
}

static void add_loaded(struct world *world, struct loaded *loaded)
{
    if (world->count == world->room) {
        world->room = world->room ? world->room * 2 : RULESETS_KEPT * 2;
        world->at = realloc(world->at, world->room * sizeof *world->at);
        MUST(world->at);
    }
    world->at[world->count++] = loaded;
}

/* With `lent` rules, or (NULL) loading them. */
static enum err_code keep_ruleset(struct world *world, int64_t id, struct rules *lent,
                                  const struct ruleset **out, struct err *err)
{
    struct arena *names = arena_new();
    struct ruleset_row row;
    struct rules *rules = lent;
    enum err_code rc = ruleset_get(world->store, id, names, &row, err);
    if (rc == ERR_UNKNOWN)
        rc = err_set(err, ERR_DAMAGED, "there is no rule set number %lld", (long long)id);
    if (!rc && !lent)
        rc = load_rules(world, &row, &rules, err);
    if (rc) {
        arena_free(names);
        return rc;
    }
    struct loaded *loaded = calloc(1, sizeof *loaded);
    MUST(loaded);
    *loaded = (struct loaded){ .names = names, .used = ++world->tick, .fresh = true,
                               .lent = lent != NULL };
    loaded->set = (struct ruleset){ .id = id, .pack_id = row.pack, .calendar_id = row.calendar,
                                    .edition = row.edition, .pack_name = row.pack_name,
                                    .rules = rules };
    add_loaded(world, loaded);
    *out = &loaded->set;
    return ERR_NONE;
}

enum err_code world_ruleset(struct world *world, int64_t id, const struct ruleset **out,
                            struct err *err)
{
    for (size_t i = 0; i < world->count; i++) {
        if (world->at[i]->set.id == id) {
            world->at[i]->used = ++world->tick;
            *out = &world->at[i]->set;
            return ERR_NONE;
        }
    }
    return keep_ruleset(world, id, NULL, out, err);
}

enum err_code world_lend(struct world *world, int64_t id, struct rules *rules, struct err *err)
{
    const struct ruleset *set;
    return keep_ruleset(world, id, rules, &set, err);
}

static bool remembered(struct world *world, day today, int64_t a, int64_t b, int64_t *ruleset)
{
    if (world->now_day != today) {
        world->now_count = 0;
        world->now_day = today;
    }
    for (size_t i = 0; i < world->now_count; i++) {
        if (world->now[i].key_a == a && world->now[i].key_b == b) {
            *ruleset = world->now[i].ruleset;
            return true;
        }
    }
    return false;
}

static void remember(struct world *world, int64_t a, int64_t b, int64_t ruleset)
{
    if (world->now_count < IN_USE_MAX)
        world->now[world->now_count++] = (struct remembered){ a, b, ruleset };
}

enum err_code world_ruleset_now(struct world *world, int64_t pinned, day today,
                                const struct ruleset **out, struct err *err)
{
    int64_t id;
    if (remembered(world, today, pinned, -1, &id))
        return world_ruleset(world, id, out, err);

    struct arena *arena = arena_new();
    struct ruleset_row row;
    enum err_code rc = ruleset_get(world->store, pinned, arena, &row, err);
    if (!rc) {
        int64_t calendar;
        if (in_use_get(world->store, "calendar", row.pack_name, today, &calendar, NULL))
            calendar = row.calendar; /* Published from a later day on: what it was opened under. */
        if (calendar == row.calendar && row.edition == CORE_EDITION)
            id = pinned;
        else
            rc = ruleset_put(world->store, row.pack, calendar, CORE_EDITION, &id, err);
    }
    arena_free(arena);
    if (rc)
        return rc;
    remember(world, pinned, -1, id);
    return world_ruleset(world, id, out, err);
}

enum err_code world_ruleset_read(struct world *world, const struct in_use_row *in_use,
                                 const struct ruleset **out, struct err *err)
{
    int64_t id;
    enum err_code rc = ruleset_any(world->store, in_use->pack, in_use->calendar, &id, err);
    return rc ? rc : world_ruleset(world, id, out, err);
}

/* A process asked for as "annual-review" or "torbay/annual-review". */
struct wanted {
    const char *process;
    size_t pack_len;    /* 0: any pack. */
    const char *pack;
};

static struct wanted wanted_of(const char *name)
{
    const char *slash = strchr(name, '/');
    return slash ? (struct wanted){ slash + 1, (size_t)(slash - name), name }
                 : (struct wanted){ .process = name };
}

static bool wanted_pack(const struct wanted *wanted, const char *pack)
{
    return !wanted->pack_len || (strlen(pack) == wanted->pack_len &&
                                 memcmp(pack, wanted->pack, wanted->pack_len) == 0);
}

struct processes {
    struct arena *arena;
    const char **at;
    size_t count, room;
};

static enum err_code no_process(const struct wanted *wanted, const struct processes *names,
                                struct err *err)
{
    err_set(err, ERR_UNKNOWN, names->count ? "no published pack has a process '%s'"
                                           : "nothing is published, so there is no process '%s'",
            wanted->process);
    const char *near = text_nearest(wanted->process, names->at, names->count);
    if (near)
        err_hint(err, "did you mean '%s'?", near);
    else if (!names->count)
        err_hint(err, "publish a pack first: reeve publish PACK");
    return ERR_UNKNOWN;
}

/* The one pack in use that has the process. */
static enum err_code find_process(struct world *world, const struct wanted *wanted,
                                  const struct in_use_row *rows, size_t count,
                                  struct processes *names, int64_t *found, struct err *err)
{
    const char *in = NULL;
    for (size_t i = 0; i < count; i++) {
        int64_t id;
        const struct ruleset *set;
        if (!wanted_pack(wanted, rows[i].name))
            continue;
        enum err_code rc = ruleset_put(world->store, rows[i].pack, rows[i].calendar, CORE_EDITION,
                                       &id, err);
        if (!rc)
            rc = world_ruleset(world, id, &set, err);
        if (rc == ERR_DAMAGED && !wanted->pack_len)
            continue; /* Cases of other packs are opened all the same. */
        if (rc)
            return rc;
        const struct model *model = set->rules->pack->model;
        for (size_t p = 0; p < model->process_count; p++)
            *LIST_ADD(names->arena, names) = model->processes[p].name;
        if (!model_process(model, wanted->process))
            continue;
        if (in) {
            err_set(err, ERR_INPUT, "%s and %s both have a process '%s'", in, rows[i].name,
                    wanted->process);
            err_hint(err, "say which: %s/%s", rows[i].name, wanted->process);
            return ERR_INPUT;
        }
        in = rows[i].name;
        *found = id;
    }
    return in ? ERR_NONE : no_process(wanted, names, err);
}

enum err_code world_ruleset_new(struct world *world, const char *process, day today,
                                const struct ruleset **out, struct err *err)
{
    struct processes names = { .arena = arena_new() };
    struct wanted wanted = wanted_of(process);
    struct in_use_row *rows;
    size_t count;
    int64_t id = 0;
    enum err_code rc = in_use_all(world->store, today, names.arena, &rows, &count, err);
    if (!rc)
        rc = find_process(world, &wanted, rows, count, &names, &id, err);
    arena_free(names.arena);
    return rc ? rc : world_ruleset(world, id, out, err);
}

/* --- what the packs in use have in common ---------------------------------------------------- */

static void learn_customs(struct world *world, const struct in_use_row *rows, size_t count)
{
    strcpy(world->zone, "Europe/London");
    world->digest_minute = count ? MINUTES_A_DAY : EIGHT;
    for (size_t i = 0; i < count; i++) {
        struct rules *rules;
        struct ruleset_row row = { .pack = rows[i].pack, .calendar = rows[i].calendar,
                                   .pack_name = rows[i].name };
        if (load_rules(world, &row, &rules, NULL))
            continue; /* Whoever decides with it says so. */
        const char *zone = rules->pack->calendars->at[0]->zone;
        if (i == 0 && zone && strlen(zone) < sizeof world->zone)
            memcpy(world->zone, zone, strlen(zone) + 1);
        if (rules->pack->model->digest_minute < world->digest_minute)
            world->digest_minute = rules->pack->model->digest_minute;
        rules_free(rules);
    }
    if (world->digest_minute == MINUTES_A_DAY)
        world->digest_minute = EIGHT;
}

static void find_customs(struct world *world, day today)
{
    struct arena *arena = arena_new();
    struct in_use_row *rows;
    size_t count = 0;
    uint64_t of = 14695981039346656037u;
    if (!in_use_all(world->store, today, arena, &rows, &count, NULL)) {
        for (size_t i = 0; i < count; i++)
            of = (of ^ (uint64_t)(rows[i].pack << 32 ^ rows[i].calendar)) * 1099511628211u;
        if (of != world->customs_of)
            learn_customs(world, rows, count);
        world->customs_of = of;
    }
    arena_free(arena);
}

const char *world_zone(struct world *world, day today)
{
    find_customs(world, today);
    return world->customs_of ? world->zone : "Europe/London";
}

int world_digest_minute(struct world *world, day today)
{
    find_customs(world, today);
    return world->customs_of ? world->digest_minute : EIGHT;
}

const char *world_role_title(struct world *world, const char *role, struct arena *arena)
{
    for (size_t i = 0; i < world->count; i++) {
        const struct role *rule = model_role(world->at[i]->set.rules->pack->model, role);
        if (rule)
            return arena_text(arena, rule->title);
    }
    return arena_text(arena, role);
}
