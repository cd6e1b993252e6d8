/* SPDX-License-Identifier: MIT */
#include "engine/cli/commands.h"
#include "engine/cli/findings.h"
#include "lua/library.h"
#include "rules/schema.h"

enum err_code schema_run(struct call *call)
{
    schema_write(call->arena, &call->out);
    return ERR_NONE;
}

enum err_code stubs_run(struct call *call)
{
    struct findings findings;
    enum err_code rc = ERR_NONE;
    library_stubs(&call->out);
    if (!call->arg_count)
        return rc;
    rc = findings_open(call, call->args[0], &findings);
    if (rc)
        return rc;
    rc = findings_demand(call, &findings);
    if (!rc)
        library_stubs_of(findings.rules->pack->model, &call->out);
    findings_close(&findings);
    return rc;
}
