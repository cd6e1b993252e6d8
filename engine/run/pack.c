/* SPDX-License-Identifier: MIT */
#include "engine/run/pack.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/run/clock.h"
#include "lua/reads.h"

struct rules *rules_make(struct arena *arena, struct pack_files *files, day lint_on,
                         struct diags *diags)
{
    struct pack *pack = pack_load(arena, files, diags);
    struct model *model = pack->model ? pack->model : pack->draft;
    if (!model)
        return NULL;

    struct host_module *modules = ARENA_ARRAY(arena, struct host_module, pack->lua.count + 1);
    for (size_t i = 0; i < pack->lua.count; i++)
        modules[i] = (struct host_module){ pack->lua.at[i].module, pack->lua.at[i].source };
    struct host *host = host_new(model, modules, pack->lua.count, diags);
    if (diags->errors) { /* Of the pack or of its Lua: both are said at once. */
        host_free(host);
        return NULL;
    }
    if (lint_on != DAY_NONE) {
        reads_check(model, modules, pack->lua.count, diags);
        pack_lint(pack, host_oracle(host), lint_on, diags);
        pack_accept(pack, diags);
    }
    if (diags->errors) {
        host_free(host);
        return NULL;
    }
    struct rules *rules = ARENA_NEW(arena, struct rules);
    *rules = (struct rules){ .arena = arena, .files = files, .pack = pack, .host = host };
    return rules;
}

enum err_code rules_load(struct arena *arena, const char *folder, struct rules **out,
                         struct diags **diags, struct err *err)
{
    struct pack_files *files;
    *diags = diags_new(arena);
    enum err_code rc = pack_read(arena, folder, &files, err);
    if (rc)
        return rc;
    day today = minute_day(clock_local(clock_now_ms(), NULL));
    struct rules *rules = rules_make(arena, files, today, *diags);
    diags_sort(*diags);
    if (!rules)
        return err_set(err, ERR_PACK, "%s has %s", folder,
                       text_count(arena, (int64_t)(*diags)->errors, "error", "errors"));
    *out = rules;
    return ERR_NONE;
}

void rules_free(struct rules *rules)
{
    if (!rules)
        return;
    host_free(rules->host);
    arena_free(rules->arena); /* Holds `rules` itself. */
}
