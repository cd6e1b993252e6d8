/* SPDX-License-Identifier: MIT */
#include "engine/cli/database.h"

#include "engine/run/clock.h"

#include <stdlib.h>

const char *database_path(const struct call *call)
{
    const char *path = call_flag(call, "db");
    if (!path)
        path = getenv("REEVE_DB");
    return path && *path ? path : "reeve.db";
}

enum err_code database_open(struct call *call, enum store_mode mode)
{
    enum err_code rc = store_open(database_path(call), mode, &call->store, &call->err);
    if (!rc)
        call->world = world_new(call->store);
    call->cannot = rc != ERR_NONE;
    return rc;
}

void database_close(struct call *call)
{
    world_free(call->world);
    store_close(call->store);
    call->world = NULL;
    call->store = NULL;
}

enum err_code database_clock(struct call *call)
{
    const char *text = getenv("REEVE_NOW");
    int64_t now_ms;
    if (!text || !*text)
        return ERR_NONE;
    if (clock_parse(text, NULL, &now_ms, &call->err)) {
        err_wrap(&call->err, "REEVE_NOW");
        return call->err.code = ERR_USAGE;
    }
    clock_pretend(now_ms);
    return ERR_NONE;
}

int64_t database_now_minute(void)
{
    return clock_local(clock_now_ms(), NULL);
}

day database_today(void)
{
    return minute_day(database_now_minute());
}
