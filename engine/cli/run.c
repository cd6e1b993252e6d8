/* SPDX-License-Identifier: MIT */
#include "engine/cli/commands.h"

#include "engine/cli/say.h"
#include "engine/cli/service.h"

enum err_code run_run(struct call *call)
{
    struct service_settings settings;
    struct service_figures figures;
    enum err_code rc = service_settings(call, &settings);
    if (!rc) {
        rc = service_run(&settings, &figures, &call->err);
        call->cannot = rc == ERR_UNKNOWN; /* No database. */
    }
    return rc;
}
