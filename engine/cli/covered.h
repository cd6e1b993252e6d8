/* SPDX-License-Identifier: MIT */
/* covered - what scenarios reached, and what they did not, for `test --coverage`. */
#ifndef ENGINE_CLI_COVERED_H
#define ENGINE_CLI_COVERED_H

#include "engine/base/json.h"
#include "engine/cli/command.h"
#include "engine/run/coverage.h"

void covered_text(struct call *call, const struct coverage *coverage);
/* {"percent", "reached", "of", "kinds": [{"kind", "reached", "of", "missing": [{"process", "name",
 * "file", "line"}]}]} */
struct json *covered_json(struct call *call, const struct coverage *coverage);

/* --min N, 0 to 100; 0: not given. ERR_INPUT: not such a number. */
MUST_CHECK enum err_code covered_min(struct call *call, int *out);

#endif
