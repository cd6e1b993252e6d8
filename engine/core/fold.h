/* SPDX-License-Identifier: MIT */
/* fold - applies an outcome to a case. The only thing that changes one.
 *
 * Needs no rules and no Lua: folding all stored outcomes of a case gives the
 * stored case, always; as-of views are that fold, cut off.
 */
#ifndef ENGINE_CORE_FOLD_H
#define ENGINE_CORE_FOLD_H

#include "engine/model/outcome.h"

struct arena;

/* Applies `outcome` to *file. Lists that change are new ones in `arena`, so a copy of the struct
 * made before keeps the case as it was. Entries are copied shallowly: both must live as long as
 * *file. */
void fold(struct arena *arena, struct casefile *file, const struct outcome *outcome);

#endif
