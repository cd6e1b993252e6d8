/* SPDX-License-Identifier: MIT */
/* `people`: who works where, and when each wants to hear of things. */
#include "engine/cli/commands.h"

#include "engine/base/arena.h"
#include "engine/cli/caseview.h"
#include "engine/cli/import.h"
#include "engine/cli/say.h"
#include "engine/run/lookup.h"
#include "engine/run/people.h"
#include "engine/run/weekdays.h"

#include <string.h>

struct posts {
    struct call *call;
    struct json *json;         /* NULL: as text. */
};

static void tell_post(void *self, const struct desk_row *desk)
{
    struct posts *posts = self;
    struct call *call = posts->call;
    const char *school =
        desk->school ? lookup_school(call->world, desk->school, call->arena) : NULL;
    /* Reads the packs, so that the role's title is at hand. */
    if (lookup_name(call->world, LOOKUP_ROLE, desk->role, call->arena, NULL))
        talk("'%s' is a role of no published pack", desk->role);
    const char *role = one_line(call->arena, world_role_title(call->world, desk->role,
                                                              call->arena));
    if (posts->json) {
        struct json *one = json_new(call->arena, JSON_MAP);
        json_put(call->arena, one, "role", json_words(call->arena, desk->role));
        json_put(call->arena, one, "school", desk->school ? json_new_int(call->arena, desk->school)
                                                          : json_new(call->arena, JSON_NULL));
        json_add(posts->json, one);
        return;
    }
    if (desk->person)
        say(call, "  %s, where a case names them\n", role);
    else
        say(call, "  %s%s%s\n", role, school ? " of " : "",
            school ? one_line(call->arena, school) : "");
}

static enum err_code tell_json(struct call *call, const struct person_row *person)
{
    struct arena *arena = call->arena;
    struct json *json = json_new(arena, JSON_MAP);
    struct posts posts = { call, json_new(arena, JSON_LIST) };
    enum err_code rc = lookup_posts(call->world, person->id, arena, &posts, tell_post, &call->err);
    json_put(arena, json, "email", json_words(arena, person->email));
    json_put(arena, json, "name", json_words(arena, person->name));
    json_put(arena, json, "on", json_words(arena, weekdays_text(arena, person->told_on)));
    json_put(arena, json, "days", json_words(arena, weekdays_text(arena, person->works_on)));
    json_put(arena, json, "digest_on",
             json_words(arena, weekdays_text(arena, weekdays_of_digest(person))));
    json_put(arena, json, "refused", json_words(arena, person->refused));
    json_put(arena, json, "posts", posts.json);
    if (!rc)
        say_json(call, json);
    return rc;
}

static enum err_code tell(struct call *call, const struct person_row *person)
{
    struct arena *arena = call->arena;
    struct posts posts = { .call = call };
    if (call->json)
        return tell_json(call, person);
    say(call, BOLD "%s" OFF ", %s\n", one_line(arena, person->name), person->email);
    if (person->refused)
        say(call, RED "  Mail to this address is refused: %s" OFF "\n",
            one_line(arena, person->refused));
    enum err_code rc = lookup_posts(call->world, person->id, arena, &posts, tell_post, &call->err);
    say(call, "  Works on %s; the digest comes on %s.\n", weekdays_text(arena, person->works_on),
        weekdays_text(arena, weekdays_of_digest(person)));
    if (weekdays_of_digest(person) != person->works_on)
        say(call, "  On another day of work, only what is due then or overdue in law.\n");
    return rc;
}

static enum err_code show(struct call *call)
{
    struct person_row person;
    if (call->arg_count > 2)
        return err_set(&call->err, ERR_USAGE, "reeve people show WHO, and nothing more");
    enum err_code rc = database_open(call, STORE_READ);
    if (!rc)
        rc = lookup_person_row(call->world, call->args[1], call->arena, &person, &call->err);
    return rc ? rc : tell(call, &person);
}

static enum err_code set(struct call *call)
{
    struct person_row person;
    if (call->arg_count < 3)
        return err_set(&call->err, ERR_USAGE, "say what is to change: reeve people set WHO "
                       "reminders=weekly on=Monday days=Mon-Wed");
    enum err_code rc = database_open(call, STORE_WRITE);
    if (!rc)
        rc = store_begin(call->store, &call->err);
    if (rc)
        return rc;
    world_begin(call->world);
    rc = people_prefer(call->world, call->args[1], call->args + 2, call->arg_count - 2,
                       call->arena, &person, &call->err);
    if (rc) {
        store_rollback(call->store);
        return rc;
    }
    rc = store_commit(call->store, &call->err);
    return rc ? rc : tell(call, &person);
}

enum err_code people_run(struct call *call)
{
    static const struct {
        const char *word;
        enum err_code (*run)(struct call *call);
    } acts[] = { { "import", people_import_run }, { "set", set }, { "show", show } };
    enum { ACTS = sizeof acts / sizeof *acts };
    const char *words[ACTS];
    for (size_t i = 0; i < ACTS; i++) {
        words[i] = acts[i].word;
        if (strcmp(call->args[0], acts[i].word) == 0)
            return acts[i].run(call);
    }
    err_set(&call->err, ERR_USAGE, "reeve people import FILE.csv, set WHO or show WHO, not '%s'",
            call->args[0]);
    err_nearest(&call->err, call->args[0], words, ACTS);
    return ERR_USAGE;
}
