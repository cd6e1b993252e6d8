/* SPDX-License-Identifier: MIT */
#include "engine/cli/commands.h"

#include "engine/base/arena.h"
#include "engine/cli/caseview.h"
#include "engine/cli/progress.h"
#include "engine/cli/say.h"
#include "engine/run/clock.h"
#include "engine/run/seal.h"
#include "store/store.h"

#include <unistd.h>

/* store_backup() hears no `self`. */
static struct progress copying;

static void hear(int done, int all)
{
    progress_say(&copying, done, all);
}

static enum err_code seal_in(struct store *store, struct seal *out, struct err *err)
{
    enum err_code rc = store_begin(store, err);
    if (rc)
        return rc;
    rc = seal_now(store, clock_now_ms(), out, err);
    if (!rc)
        return store_commit(store, err);
    store_rollback(store);
    return rc;
}

/* What the copy holds is covered by a seal that is printed: kept elsewhere, it shows later whether
 * the copy is still what it was. A copy without one is better than none, on a full disk for one. */
static enum err_code seal(struct call *call, struct seal *out)
{
    enum err_code rc = seal_in(call->store, out, &call->err);
    if (!rc || store_io_failed(call->store))
        return rc;
    *out = (struct seal){ 0 };
    talk(YELLOW "No seal was made:" OFF " %s. The copy is made without one.", call->err.text);
    call->err = (struct err){ 0 };
    return ERR_NONE;
}

static void say_backup(struct call *call, const char *path, const struct seal *seal)
{
    if (!call->json) {
        say(call, "Backed up and checked: %s\n", path);
        if (seal->upto)
            say(call, "Seal of all events to %lld: %s\nKeep the seal elsewhere: nothing older can "
                      "then be changed unseen.\n", (long long)seal->upto, seal->hex);
        return;
    }
    struct arena *arena = call->arena;
    struct json *json = json_new(arena, JSON_MAP), *sealed = json_new(arena, JSON_MAP);
    json_put(arena, sealed, "upto", json_new_int(arena, seal->upto));
    json_put(arena, sealed, "hash", json_words(arena, seal->hex));
    json_put(arena, json, "file", json_words(arena, path));
    json_put(arena, json, "seal", seal->upto ? sealed : json_new(arena, JSON_NULL));
    say_json(call, json);
}

enum err_code backup_run(struct call *call)
{
    struct seal sealed = { 0 };
    enum err_code rc = database_open(call, STORE_WRITE);
    bool there = access(call->args[0], F_OK) == 0; /* It will be refused: change nothing. */
    if (!rc && !there)
        rc = seal(call, &sealed);
    if (rc)
        return rc;
    copying = progress_begin("Copying pages");
    rc = store_backup(call->store, call->args[0], hear, &call->err);
    progress_end(&copying);
    if (!rc)
        say_backup(call, call->args[0], &sealed);
    return rc;
}

enum err_code restore_run(struct call *call)
{
    const char *path = database_path(call);
    enum err_code rc = store_restore(call->args[0], path, call_flag(call, "force") != NULL,
                                     &call->err);
    if (rc == ERR_CONFLICT && !*call->err.hint)
        err_hint(&call->err, "--force puts the backup in its place");
    if (rc)
        return rc;
    if (!call->json) {
        say(call, "Restored: %s\n", path);
        return ERR_NONE;
    }
    struct json *json = json_new(call->arena, JSON_MAP);
    json_put(call->arena, json, "file", json_words(call->arena, path));
    say_json(call, json);
    return ERR_NONE;
}
