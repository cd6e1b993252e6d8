/* SPDX-License-Identifier: MIT */
#include "engine/cli/commands.h"

#include "engine/base/arena.h"
#include "engine/cli/caseview.h"
#include "engine/cli/say.h"
#include "engine/run/clock.h"
#include "store/read.h"

#include <stdio.h>

struct listing {
    struct call *call;
    struct json *list;
    size_t count;
};

static bool see_version(void *self, const struct version_row *row)
{
    struct listing *listing = self;
    struct call *call = listing->call;
    char hash[17], date[DAY_TEXT_MAX], from[DAY_TEXT_MAX];
    for (int i = 0; i < 8; i++)
        snprintf(hash + 2 * i, 3, "%02x", row->hash[i]);
    day made = minute_day(clock_local(row->made_ms, NULL));
    listing->count++;
    if (!call->json) {
        say(call, "%-12s %4lld  %s  %s by %s, %s, %s%s\n",
            one_line(call->arena, row->name), (long long)row->pack, hash, day_short(made, date),
            one_line(call->arena, row->by),
            counted(call, row->open_cases, "open case", "open cases"),
            row->from == DAY_NONE ? "not in use" : "in use from ", day_short(row->from, from));
        return true;
    }
    struct json *json = json_new(call->arena, JSON_MAP);
    json_put(call->arena, json, "pack",
             json_new_text(call->arena, arena_text(call->arena, row->name)));
    json_put(call->arena, json, "version", json_new_int(call->arena, row->pack));
    json_put(call->arena, json, "hash", json_new_text(call->arena, arena_text(call->arena, hash)));
    json_put(call->arena, json, "made", json_day(call->arena, made));
    json_put(call->arena, json, "by", json_new_text(call->arena, arena_text(call->arena, row->by)));
    json_put(call->arena, json, "open_cases", json_new_int(call->arena, row->open_cases));
    json_put(call->arena, json, "from", json_day(call->arena, row->from));
    json_add(listing->list, json);
    return true;
}

enum err_code versions_run(struct call *call)
{
    struct listing listing = { call, json_new(call->arena, JSON_LIST), 0 };
    enum err_code rc = database_open(call, STORE_READ);
    if (!rc)
        rc = read_versions(call->store, call_arg(call, 0), &listing, see_version, &call->err);
    if (rc)
        return rc;
    if (call_arg(call, 0) && !listing.count)
        return err_set(&call->err, ERR_UNKNOWN, "no pack '%s' was ever published",
                       call_arg(call, 0));
    if (call->json) {
        struct json *json = json_new(call->arena, JSON_MAP);
        json_put(call->arena, json, "versions", listing.list);
        say_json(call, json);
    } else if (!listing.count) {
        talk("Nothing was published yet: reeve publish PACK");
    }
    return ERR_NONE;
}
