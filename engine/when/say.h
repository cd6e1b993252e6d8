/* SPDX-License-Identifier: MIT */
/* say - notes a step, for the other files of this folder. Without a trace, as in the hot path,
 * its words are not even worked out. */
#ifndef ENGINE_WHEN_SAY_H
#define ENGINE_WHEN_SAY_H

#include "engine/when/when.h"

#define SAY(in, ...)                                                                              \
    do {                                                                                          \
        if ((in)->trace)                                                                          \
            trace_step((in)->trace, __VA_ARGS__);                                                 \
    } while (0)

#endif
