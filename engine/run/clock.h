/* SPDX-License-Identifier: MIT */
/* clock - what time it is here, and the sweep that lets time happen.
 *
 * The table is the truth: `casefile.wake` says what is owed. The sweep takes
 * owed cases in order of instant, in slices, through the same turns as people.
 */
#ifndef ENGINE_RUN_CLOCK_H
#define ENGINE_RUN_CLOCK_H

#include "engine/run/world.h"

/* A wall clock that can be made up: $REEVE_NOW or --now for tests and rehearsals. */
int64_t clock_now_ms(void);
void clock_pretend(int64_t now_ms);     /* From now on it stands at this instant; 0: real again. */
/* The local minute of an instant in `zone` ("Europe/London", from the system's tz database; NULL:
 * that). A doubled hour: the first; a skipped one: the first after. */
int64_t clock_local(int64_t utc_ms, const char *zone);
/* The instant of a local minute: the first of two, or the first after a gap. */
int64_t clock_instant(int64_t local_minute, const char *zone);
/* "2026-12-16T08:00", "2026-12-16" or "...Z" to an instant. */
MUST_CHECK enum err_code clock_parse(const char *text, const char *zone, int64_t *out_ms,
                                     struct err *err);

struct sweep_figures {
    int64_t events, cases, refused;
    int64_t left;             /* Still owed: cases. */
    int64_t occasions;        /* Days of schedules that were seen to, or begun. */
    int64_t opened, unopened; /* Cases that schedules opened, and should have but were refused. */
    char why[200];            /* The first such refusal. */
};
/* One slice: up to `room` clock events and openings by schedules at or before local minute `until`,
 * oldest instant first, in the caller's batch. *more: call again. */
MUST_CHECK enum err_code sweep_slice(struct world *world, int64_t now_ms, int64_t until,
                                     size_t room, struct arena *arena,
                                     struct sweep_figures *figures, bool *more, struct err *err);
/* All of it, in batches through writer_batch; progress (may be NULL) hears cases done and in all.
 */
MUST_CHECK enum err_code sweep_all(struct world *world, int64_t now_ms, int64_t until,
                                   void (*progress)(void *self, int64_t done, int64_t all),
                                   void *self, struct sweep_figures *figures, struct err *err);

#endif
