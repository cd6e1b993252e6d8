/* SPDX-License-Identifier: MIT */
/* play - one scenario being played: a store in memory, a made-up clock, and
 * what the acts of its steps lead to. Private to scenario.c and expect.c.
 */
#ifndef ENGINE_RUN_PLAY_H
#define ENGINE_RUN_PLAY_H

#include "engine/base/text.h"
#include "engine/run/casework.h"
#include "engine/run/turn.h"
#include "rules/scenario.h"

struct play {
    struct arena *arena;
    const struct rules *rules;
    const struct scenario *scenario;
    const struct process *process;
    struct store *store;
    struct world *world;
    int64_t case_id;
    int64_t minute;          /* Local now. */
    struct buf report;       /* Empty as long as all is as expected. */
    /* The deadlines whose dates were explained below this expectation: once is enough. */
    struct { const char **at; size_t count, room; } explained;
    char outcomes[33];       /* Hexadecimal; "" until played. */
};

/* Adds a line to the report: "FILE:LINE: text". */
void play_report(struct play *play, struct span span, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The scenario's case, or one it opened, as it now is. */
MUST_CHECK enum err_code play_case(struct play *play, int64_t id, struct casefile *out,
                                   struct err *err);

/* Compares what is with what must be, reporting every difference. */
MUST_CHECK enum err_code expect_check(struct play *play, const struct expectation *expect,
                                      struct err *err);

/* Its parts for fields, and for other cases. */
void expect_fields(struct play *play, const struct casefile *file, const struct pairs *pairs);
MUST_CHECK enum err_code expect_links(struct play *play, const struct casefile *file,
                                      const struct expectation *expect, struct err *err);

#endif
