/* SPDX-License-Identifier: MIT */
/* `reassign`: who is named on open cases is replaced, each case by events of its own, whole or not
 * at all. */
#include "engine/cli/act.h"

#include "engine/base/arena.h"
#include "engine/cli/commands.h"
#include "engine/cli/facts.h"
#include "engine/cli/progress.h"
#include "engine/cli/say.h"
#include "engine/run/casework.h"
#include "engine/run/clock.h"
#include "engine/run/lookup.h"
#include "store/read.h"

#include <string.h>

enum { PAGE = 1000 };

struct reassigning {
    struct call *call;
    int64_t from, to;          /* People; from 0: somebody named by words alone. */
    struct case_filter filter;
    const char *role;          /* NULL: any. */
    bool dry;
    struct { int64_t *at; size_t count, room; } cases;
    struct json *done, *refused;
    size_t roles;              /* Handed over. */
};

static bool see_case(void *self, const struct case_list_row *row)
{
    struct reassigning *r = self;
    *LIST_ADD(r->call->arena, &r->cases) = row->id;
    r->filter.after = row->id;
    return true;
}

static enum err_code find_cases(struct reassigning *r)
{
    size_t before;
    enum err_code rc;
    r->filter.open_only = true;
    r->filter.today = database_today();
    r->filter.limit = PAGE;
    do {
        before = r->cases.count;
        rc = read_cases(r->call->store, &r->filter, r, see_case, &r->call->err);
    } while (!rc && r->cases.count == before + PAGE);
    return rc;
}

/* "process=annual-review school=900001 role=caseworker" */
static enum err_code read_where(struct reassigning *r)
{
    struct call *call = r->call;
    const char *where = call_flag(call, "where");
    static const char *const keys[] = { "process", "school", "role" };
    for (const char *at = where ? where : ""; *at; at += strspn(at, " ")) {
        size_t len = strcspn(at, " "), name = strcspn(at, "=");
        const char *key = arena_text_n(call->arena, at, name < len ? name : len);
        const char *value =
            name < len ? arena_text_n(call->arena, at + name + 1, len - name - 1) : "";
        enum err_code rc = ERR_NONE;
        at += len;
        if (strcmp(key, "process") == 0 && *value) {
            r->filter.process = value;
            rc = lookup_name(call->world, LOOKUP_PROCESS, value, call->arena, &call->err);
        } else if (strcmp(key, "role") == 0 && *value) {
            r->role = value;
            rc = lookup_name(call->world, LOOKUP_ROLE, value, call->arena, &call->err);
        } else if (strcmp(key, "school") == 0 && text_int(value, &r->filter.school)) {
            if (!lookup_school(call->world, r->filter.school, call->arena))
                rc = err_set(&call->err, ERR_UNKNOWN, "there is no school with URN '%s'", value);
        } else {
            err_set(&call->err, ERR_USAGE, "'%s' says nothing about a case", key);
            if (!err_nearest(&call->err, key, keys, 3))
                err_hint(&call->err, "write process=NAME, school=URN or role=NAME");
            return ERR_USAGE;
        }
        if (rc)
            return rc;
    }
    return ERR_NONE;
}

static enum err_code find_people(struct reassigning *r)
{
    struct call *call = r->call;
    enum err_code rc =
        lookup_person(call->world, call->args[1], call->arena, &r->to, &call->err);
    if (!rc && strchr(call->args[0], '@'))
        rc = lookup_person(call->world, call->args[0], call->arena, &r->from, &call->err);
    if (!rc && r->from == r->to)
        rc = err_set(&call->err, ERR_USAGE, "both are the same person");
    return rc;
}

static bool is_theirs(const struct reassigning *r, const struct party *party)
{
    if (r->role && strcmp(r->role, party->name) != 0)
        return false;
    return r->from ? party->person == r->from
                   : !party->person && text_same(party->text, r->call->args[0]);
}

static void note(const struct reassigning *r, struct json *list, const char *ref, const char *role,
                 const char *why)
{
    struct arena *arena = r->call->arena;
    struct json *json = json_new(arena, JSON_MAP);
    json_put(arena, json, "case", json_words(arena, arena_text(arena, ref)));
    if (role)
        json_put(arena, json, "role", json_words(arena, arena_text(arena, role)));
    if (why)
        json_put(arena, json, "why", json_words(arena, arena_text(arena, why)));
    json_add(list, json);
    if (!r->call->json && why)
        say(r->call, RED "%s" OFF " was refused: %s\n", ref, one_line(arena, why));
    else if (!r->call->json && r->dry)
        say(r->call, "%s: %s\n", ref, role);
}

/* All roles of one case, in one transaction that the caller began. */
static enum err_code hand_over(struct reassigning *r, struct act *act, const struct casefile *file,
                               const char **role)
{
    enum err_code rc = ERR_NONE;
    for (size_t i = 0; !rc && i < file->in.parties.count; i++) {
        if (!is_theirs(r, &file->in.parties.at[i]))
            continue;
        *role = file->in.parties.at[i].name;
        act->request.event.name = *role;
        rc = turn(r->call->world, &act->request, r->call->arena, &act->turned);
    }
    return rc;
}

static bool is_fault(enum err_code code)
{
    return code == ERR_STORE || code == ERR_FULL || code == ERR_BUSY || code == ERR_SYSTEM;
}

static enum err_code one_case(struct reassigning *r, struct act *act)
{
    struct call *call = r->call;
    const struct casefile *file = act->before.file;
    const char *role = NULL;
    struct names who = act_authority(act);
    enum err_code rc = act_who(act, &who);
    if (!rc)
        rc = store_begin(call->store, &call->err);
    if (rc)
        return rc;
    world_begin(call->world);
    rc = hand_over(r, act, file, &role);
    if (!rc && !r->dry)
        return store_commit(call->store, &call->err);
    store_rollback(call->store);
    world_rolled_back(call->world);
    if (is_fault(rc)) {
        call->err = act->turned.err;
        return rc;
    }
    if (rc)
        note(r, r->refused, file->ref, role, act->turned.err.text);
    return ERR_NONE;
}

static enum err_code look_at(struct reassigning *r, const struct act *like, int64_t id)
{
    struct act act = *like;
    size_t refused = r->refused->count, theirs = 0;
    enum err_code rc = caseview_load(r->call, id, &act.before);
    if (case_unreadable(rc)) { /* It is left as it is; verify names it. */
        r->call->err = (struct err){ 0 };
        return ERR_NONE;
    }
    if (rc)
        return rc;
    const struct casefile *file = act.before.file;
    for (size_t i = 0; i < file->in.parties.count; i++)
        theirs += is_theirs(r, &file->in.parties.at[i]);
    if (!theirs)
        return ERR_NONE;
    act.request.case_id = id;
    rc = one_case(r, &act);
    for (size_t i = 0; !rc && r->refused->count == refused && i < file->in.parties.count; i++)
        if (is_theirs(r, &file->in.parties.at[i])) {
            note(r, r->done, file->ref, file->in.parties.at[i].name, NULL);
            r->roles++;
        }
    return rc;
}

static void say_verdict(const struct reassigning *r)
{
    struct call *call = r->call;
    call->findings = r->refused->count > 0;
    if (call->json) {
        struct json *json = json_new(call->arena, JSON_MAP);
        json_put(call->arena, json, "dry_run", json_yes(call->arena, r->dry));
        json_put(call->arena, json, "done", r->done);
        json_put(call->arena, json, "refused", r->refused);
        say_json(call, json);
        return;
    }
    say(call, "%s %s %s to %s", counted(call, (int64_t)r->roles, "role", "roles"),
        r->dry ? "would go from" : "went from",
        one_line(call->arena, call->args[0]), one_line(call->arena, call->args[1]));
    say(call, r->refused->count ? "; %s refused.\n" : ".\n",
        counted(call, (int64_t)r->refused->count, "case", "cases"));
}

enum err_code reassign_run(struct call *call)
{
    struct reassigning r = { .call = call, .done = json_new(call->arena, JSON_LIST),
                             .refused = json_new(call->arena, JSON_LIST),
                             .dry = call_flag(call, "dry-run") != NULL };
    struct act like = { .call = call, .request = { .now_ms = clock_now_ms() } };
    like.request.now_minute = clock_local(like.request.now_ms, NULL);
    like.request.event.kind = EVENT_NAME;
    enum err_code rc = facts_common(call, &like.request.event, NULL);
    if (!rc)
        rc = database_open(call, STORE_WRITE);
    if (!rc)
        rc = find_people(&r);
    if (!rc)
        rc = read_where(&r);
    if (!rc)
        rc = find_cases(&r);
    like.request.event.person = r.to;
    like.request.event.by = call->args[1];
    struct progress progress = progress_begin("Handing over");
    for (size_t i = 0; !rc && i < r.cases.count; i++) {
        rc = look_at(&r, &like, r.cases.at[i]);
        progress_say(&progress, (int64_t)i + 1, (int64_t)r.cases.count);
    }
    progress_end(&progress);
    if (!rc)
        say_verdict(&r);
    return rc;
}
