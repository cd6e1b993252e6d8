/* SPDX-License-Identifier: MIT */
#include "engine/cli/commands.h"

#include "engine/base/arena.h"
#include "engine/cli/caseview.h"
#include "engine/cli/progress.h"
#include "engine/cli/say.h"
#include "store/store.h"

/* store_backup() hears no `self`. */
static struct progress copying;

static void hear(int done, int all)
{
    progress_say(&copying, done, all);
}

static void say_file(struct call *call, const char *word, const char *path)
{
    if (!call->json) {
        say(call, "%s: %s\n", word, path);
        return;
    }
    struct json *json = json_new(call->arena, JSON_MAP);
    json_put(call->arena, json, "file", json_words(call->arena, path));
    say_json(call, json);
}

enum err_code backup_run(struct call *call)
{
    enum err_code rc = database_open(call, STORE_READ);
    if (rc)
        return rc;
    copying = progress_begin("Copying pages");
    rc = store_backup(call->store, call->args[0], hear, &call->err);
    progress_end(&copying);
    if (!rc)
        say_file(call, "Backed up and checked", call->args[0]);
    return rc;
}

enum err_code restore_run(struct call *call)
{
    const char *path = database_path(call);
    enum err_code rc = store_restore(call->args[0], path, call_flag(call, "force") != NULL,
                                     &call->err);
    if (rc == ERR_CONFLICT && !*call->err.hint)
        err_hint(&call->err, "--force puts the backup in its place");
    if (!rc)
        say_file(call, "Restored", path);
    return rc;
}
