/* SPDX-License-Identifier: MIT */
/* limit_words - what the moment of a time limit is called in a picture. All in
 * `arena`, or borrowed. Private to engine/draw.
 */
#ifndef ENGINE_DRAW_LIMIT_WORDS_H
#define ENGINE_DRAW_LIMIT_WORDS_H

#include "engine/draw/chart.h"

enum { LIMIT_DEEP = 8 }; /* Fields and deadlines that hang on each other are followed so far. */

/* The length by which people call it ("12 months"), of several parts the first one's; else what
 * its file says. */
const char *limit_length(struct arena *arena, const struct chart *chart,
                         const struct moment *moment);
/* What a moment of several parts says beside its first; "" for any other. */
const char *limit_other_parts(struct arena *arena, const struct chart *chart,
                              const struct moment *moment);
/* What an anchor is called, as in "2 weeks after …"; NULL: that cannot be said. */
const char *limit_anchor(struct arena *arena, const struct chart *chart,
                         const struct anchor *anchor);
/* The limit on whose date a moment hangs; NULL: on something else. */
const struct deadline *limit_due_of(const struct chart *chart, const struct moment *moment);

#endif
