/* SPDX-License-Identifier: MIT */
/* pack - a pack made ready to decide with: rules/, then lua/, then lint.
 *
 * The one place where rules and Lua meet.
 */
#ifndef ENGINE_RUN_PACK_H
#define ENGINE_RUN_PACK_H

#include "engine/base/diag.h"
#include "lua/host.h"
#include "rules/pack.h"

struct rules {
    struct arena *arena;
    struct pack_files *files;
    struct pack *pack;         /* pack->model, pack->calendars */
    struct host *host;
};

/* From files. Findings go to `diags`, with lint as of the day `lint_on` (DAY_NONE: without). NULL:
 * there were errors. Takes `arena`: rules_free() frees it; on NULL it stays the caller's, since
 * findings point into it. */
struct rules *rules_make(struct arena *arena, struct pack_files *files, day lint_on,
                         struct diags *diags);
/* A folder, with lint as of today: `check`, `test`, `when`, `publish`. ERR_PACK: findings in *diags
 * (made in `arena`, which stays the caller's then). ERR_UNKNOWN, ERR_LIMIT, ERR_SYSTEM as
 * pack_read(). */
MUST_CHECK enum err_code rules_load(struct arena *arena, const char *folder, struct rules **out,
                                    struct diags **diags, struct err *err);
void rules_free(struct rules *rules);

#endif
