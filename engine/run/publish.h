/* SPDX-License-Identifier: MIT */
/* publish - checks, tests and stores a pack, and makes it the version new
 * cases get from a day on. A changed calendar is applied to open cases: those
 * in which a date moves get an event. One that is published ahead is applied
 * by the service when its day has come.
 */
#ifndef ENGINE_RUN_PUBLISH_H
#define ENGINE_RUN_PUBLISH_H

#include "engine/run/pack.h"
#include "engine/run/world.h"

struct published {
    int64_t pack, calendar;
    bool pack_new, calendar_new;
    int64_t ruleset;   /* The two together, under this core's edition. */
    int64_t moved;     /* Cases in which a date moved with the calendar. */
};
MUST_CHECK enum err_code publish(struct world *world, const struct rules *rules, const char *by,
                                 day from, int64_t now_ms, int64_t now_minute,
                                 struct published *out, struct err *err);

/* Works out again, under the calendars in use, up to `room` of the cases after *after, which moves
 * on; *moved grows by those in which a date moved. Needs a transaction. */
MUST_CHECK enum err_code recount_slice(struct world *world, int64_t now_ms, int64_t now_minute,
                                       size_t room, int64_t *after, bool *more, int64_t *moved,
                                       struct err *err);

#endif
