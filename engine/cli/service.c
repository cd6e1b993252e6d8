/* SPDX-License-Identifier: MIT */
#include "engine/cli/service.h"

#include "engine/base/arena.h"
#include "engine/cli/database.h"
#include "engine/cli/say.h"
#include "engine/run/settings.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A name within the folder that another file stands in. */
static const char *beside(struct arena *arena, const char *file, const char *name)
{
    const char *slash = strrchr(file, '/');
    if (!slash || name[0] == '/')
        return name;
    return arena_printf(arena, "%.*s/%s", (int)(slash - file), file, name);
}

static enum err_code read_file(struct call *call, const char *path, struct settings *out)
{
    struct diags *diags = diags_new(call->arena);
    enum err_code rc = settings_read(path, call->arena, out, diags, &call->err);
    if (rc == ERR_PACK) {
        struct buf text = buf_in(call->arena);
        diags_sort(diags);
        diags_print(diags, &text, false);
        talk("%s", buf_text(&text));
        err_set(&call->err, ERR_PACK, "the settings in '%s' are not right", path);
    }
    return rc;
}

enum err_code service_settings(struct call *call, struct service_settings *out)
{
    struct settings settings = { 0 };
    const char *env = getenv("REEVE_DB"), *config = call_flag(call, "config");
    bool said = call_flag(call, "db") || (env && *env);
    const char *database = database_path(call);
    if (!config) {
        config = beside(call->arena, database, "reeve.yaml");
        if (access(config, F_OK) != 0)
            config = NULL;
    }
    enum err_code rc = config ? read_file(call, config, &settings) : ERR_NONE;
    call->cannot = rc != ERR_NONE;
    if (rc)
        return rc;
    if (!said && settings.database)
        database = beside(call->arena, config, settings.database);
    *out = (struct service_settings){
        .database = database, .base_url = settings.base_url,
        .mail_server = settings.mail_server, .mail_from = settings.mail_from,
        .mail_user = settings.mail_user, .mail_password = settings.mail_password,
    };
    if (!settings.mail_server)
        talk("No mail server is set: messages are written to a folder beside the database.");
    return ERR_NONE;
}
