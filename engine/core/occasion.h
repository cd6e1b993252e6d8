/* SPDX-License-Identifier: MIT */
/* occasion - what a schedule's day means for one case it opens others for. */
#ifndef ENGINE_CORE_OCCASION_H
#define ENGINE_CORE_OCCASION_H

#include "engine/core/decide.h"

/* Whether the schedule of `opens` wants a case for in->file on the day `on`: an open case of its
 * process, opened by then, in one of its states since then or before, for which `only_if` holds.
 * `in` has the rules that the schedule stands in, whichever the case itself is decided under;
 * in->event is not looked at. Then *given are the new case's fields, sorted. ERR_SCRIPT: the
 * condition failed. */
MUST_CHECK enum err_code occasion_wants(const struct decide_in *in, const struct process *opens,
                                        day on, struct arena *arena, bool *wanted,
                                        const struct given **given, size_t *count,
                                        struct err *err);

#endif
