/* SPDX-License-Identifier: MIT */
/* fill - many cases quickly: opened through the writer's batches, in one process. */
#ifndef TESTS_KIT_FILL_H
#define TESTS_KIT_FILL_H

#include "engine/run/world.h"

struct fill {
    const char *process;     /* "annual-review" */
    const char *role;        /* Who opens. */
    const char *const
        *given; /* "name=value", the values with %d for the case's number; ends with NULL. */
    const char *event;       /* What is done in each then, or NULL, */
    const char *const *with; /* and with what; ends with NULL. */
    day on;                  /* The day it happens, at noon. */
    int64_t first_urn;       /* Schools in turn from here; 0: none. */
    int schools;
};

/* Opens `count` cases and does the event in each. Exits with a line on stderr if one is refused. */
void fill_cases(struct world *world, int64_t count, const struct fill *fill);

#endif
