/* SPDX-License-Identifier: MIT */
/* verify - proof by chain and by replay: every event's hash fits the one
 * before, folding the outcomes gives the stored case, deciding again gives
 * the stored outcome (where edition and personal parts are still there), the
 * lists are what the cases say, no event is without its case, the published
 * rules are those that were published, and the file itself is sound.
 */
#ifndef ENGINE_RUN_VERIFY_H
#define ENGINE_RUN_VERIFY_H

#include "engine/run/world.h"

struct verify_figures {
    int64_t cases, events, redecided, files, seals, wrong;
};
/* `wrong` hears each difference in words; `ref` NULL: it is of no one case. `progress` may be NULL.
 */
MUST_CHECK enum err_code verify_all(struct world *world, void *self,
                                    void (*wrong)(void *self, const char *ref, const char *text),
                                    void (*progress)(void *self, int64_t done, int64_t all),
                                    struct verify_figures *out, struct err *err);

#endif
