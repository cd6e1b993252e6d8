/* SPDX-License-Identifier: MIT */
/* played - a pack's scenarios played for `test` and `publish`. */
#ifndef ENGINE_CLI_PLAYED_H
#define ENGINE_CLI_PLAYED_H

#include "engine/cli/findings.h"
#include "engine/run/scenario.h"

/* Those that `names` ask for (none: all); `coverage` may be NULL. ERR_PACK: a scenario cannot be
 * read; what was found went to stderr. */
MUST_CHECK enum err_code played_run(struct call *call, const struct findings *findings,
                                    const char *const *names, size_t name_count,
                                    struct coverage *coverage, struct scenario_run *out);

#endif
