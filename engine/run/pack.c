/* SPDX-License-Identifier: MIT */
#include "engine/run/pack.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"

struct rules *rules_make(struct arena *arena, struct pack_files *files, bool lint,
                         struct diags *diags)
{
    struct pack *pack = pack_load(arena, files, diags);
    if (diags->errors || !pack->model)
        return NULL;

    struct host_module *modules = ARENA_ARRAY(arena, struct host_module, pack->lua.count + 1);
    for (size_t i = 0; i < pack->lua.count; i++)
        modules[i] = (struct host_module){ pack->lua.at[i].module, pack->lua.at[i].source };
    struct host *host = host_new(pack->model, modules, pack->lua.count, diags);
    if (!host)
        return NULL;
    if (lint)
        pack_lint(pack, diags);
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
    struct rules *rules = rules_make(arena, files, true, *diags);
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
