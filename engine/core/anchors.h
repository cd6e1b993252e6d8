/* SPDX-License-Identifier: MIT */
/* anchors - what a date of a rule starts from, looked up in a case.
 *
 * The one lookup for deciding, for explaining and for `not_before`: a
 * when_anchor_fn over a case file.
 */
#ifndef ENGINE_CORE_ANCHORS_H
#define ENGINE_CORE_ANCHORS_H

#include "engine/model/casefile.h"
#include "engine/model/process.h"
#include "engine/when/when.h"

struct anchors {
    const struct casefile *file;
    const struct deadline *clock; /* Whose own `asked` and `done` are meant; may be NULL. */
};

/* `self` is a struct anchors. Values proposed but not consented to are not seen; a deadline that
 * was excused or cancelled still has its date. */
void anchors_lookup(void *self, const struct anchor *anchor, struct anchored *out);

#endif
