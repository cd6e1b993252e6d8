/* SPDX-License-Identifier: MIT */
/* scenario - plays a pack's scenarios under a made-up clock, on a store in
 * memory: the same turns, writer and sweep as everything else.
 */
#ifndef ENGINE_RUN_SCENARIO_H
#define ENGINE_RUN_SCENARIO_H

#include "engine/base/text.h"
#include "engine/run/pack.h"

struct coverage;

struct played {
    const char *title, *path;
    bool passed;
    char outcomes[33]; /* A digest of every outcome of every case in it: equal runs, equal digests.
                        */
    const char *report;   /* What was expected, what came, the date explained; "" when passed. */
};
struct scenario_run {
    struct { struct played *at; size_t count, room; } played;
    size_t passed, failed;
};
/* Those whose title or file name contains one of `names` (none: all); of each, the first step that
 * fails is told in full. `coverage` hears what they reach; NULL: nobody wants to know. ERR_PACK: a
 * scenario cannot be read, findings in `diags`. */
MUST_CHECK enum err_code scenarios_play(struct arena *arena, struct rules *rules,
                                        const char *const *names, size_t name_count,
                                        struct coverage *coverage,
                                        struct scenario_run *out, struct diags *diags,
                                        struct err *err);

#endif
