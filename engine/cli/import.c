/* SPDX-License-Identifier: MIT */
/* `people import` and `schools import`: a whole file or nothing. */
#include "engine/cli/commands.h"

#include "engine/cli/caseview.h"
#include "engine/cli/facts.h"
#include "engine/cli/import.h"
#include "engine/cli/say.h"
#include "engine/run/csv.h"
#include "engine/run/people.h"

#include <string.h>

typedef enum err_code import_fn(struct world *world, const char *csv, size_t len,
                                struct arena *arena, void *self,
                                void (*wrong)(void *self, int line, const char *text),
                                struct import_figures *out, struct err *err);

struct import_call {
    struct call *call;
    const char *path;
    struct json *wrong;
};

static void hear_wrong(void *self, int line, const char *text)
{
    struct import_call *import = self;
    struct arena *arena = import->call->arena;
    struct json *json = json_new(arena, JSON_MAP);
    json_put(arena, json, "line", json_new_int(arena, line));
    json_put(arena, json, "text", json_new_text(arena, text));
    json_add(import->wrong, json);
    talk("%s:%d: %s", import->path, line, text);
}

static enum err_code import_in(struct call *call, struct import_call *import, import_fn *run,
                               const char *bytes, size_t len, struct import_figures *figures)
{
    enum err_code rc = database_open(call, STORE_WRITE);
    if (!rc)
        rc = store_begin(call->store, &call->err);
    if (rc)
        return rc;
    world_begin(call->world);
    rc = run(call->world, bytes, len, call->arena, import, hear_wrong, figures, &call->err);
    if (!rc)
        return store_commit(call->store, &call->err);
    store_rollback(call->store);
    return rc;
}

static enum err_code import_file(struct call *call, const char *one, const char *many,
                                 import_fn *run)
{
    struct import_call import = { call, call_arg(call, 1), json_new(call->arena, JSON_LIST) };
    struct import_figures figures;
    const char *bytes;
    size_t len;
    if (strcmp(call->args[0], "import") != 0)
        return err_set(&call->err, ERR_USAGE, "reeve %s import FILE.csv, not '%s'",
                       call->command->name, call->args[0]);
    enum err_code rc = facts_read(call, import.path, CSV_BYTES_MAX, &bytes, &len);
    if (!rc)
        rc = import_in(call, &import, run, bytes, len, &figures);
    if (rc)
        return rc;
    if (call->json) {
        struct json *json = json_new(call->arena, JSON_MAP);
        json_put(call->arena, json, "rows", json_new_int(call->arena, figures.rows));
        json_put(call->arena, json, "added", json_new_int(call->arena, figures.added));
        json_put(call->arena, json, "changed", json_new_int(call->arena, figures.changed));
        say_json(call, json);
    } else {
        say(call, "%s: %s, %lld known.\n", counted(call, figures.rows, "row", "rows"),
            counted(call, figures.added, one, many), (long long)figures.changed);
    }
    return ERR_NONE;
}

enum err_code people_import_run(struct call *call)
{
    if (call->arg_count > 2)
        return err_set(&call->err, ERR_USAGE, "reeve people import FILE.csv, and nothing more");
    return import_file(call, "new person", "new people", people_import);
}

enum err_code schools_run(struct call *call)
{
    return import_file(call, "new school", "new schools", schools_import);
}
