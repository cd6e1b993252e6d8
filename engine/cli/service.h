/* SPDX-License-Identifier: MIT */
/* service - what `run` and `tick` share: the settings. Private to engine/cli. */
#ifndef ENGINE_CLI_SERVICE_H
#define ENGINE_CLI_SERVICE_H

#include "engine/cli/command.h"
#include "engine/edge/service.h"

/* From --config, else reeve.yaml beside the database if it is there. --db and $REEVE_DB come before
 * the file's `database`. ERR_PACK: the settings have findings; they went to stderr. Any error:
 * call->cannot, as nothing was begun. */
MUST_CHECK enum err_code service_settings(struct call *call, struct service_settings *out);

#endif
