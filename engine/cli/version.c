/* SPDX-License-Identifier: MIT */
#include "engine/cli/commands.h"

#include "engine/cli/caseview.h"
#include "engine/cli/say.h"

enum err_code version_run(struct call *call)
{
    if (!call->json) {
        say(call, "reeve %s (decisions: edition %d)\n", REEVE_VERSION, CORE_EDITION);
        return ERR_NONE;
    }
    struct json *json = json_new(call->arena, JSON_MAP);
    json_put(call->arena, json, "version", json_new_text(call->arena, REEVE_VERSION));
    json_put(call->arena, json, "edition", json_new_int(call->arena, CORE_EDITION));
    say_json(call, json);
    return ERR_NONE;
}
