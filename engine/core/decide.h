/* SPDX-License-Identifier: MIT */
/* decide - what one event does to one case.
 *
 * The centre of the engine, and pure: it reads no clock, file, table or
 * socket. Equal arguments give equal outcomes, which is what lets a case be
 * rebuilt from its events, a change be previewed, a refusal be explained and
 * a failing test be replayed.
 */
#ifndef ENGINE_CORE_DECIDE_H
#define ENGINE_CORE_DECIDE_H

#include "engine/base/err.h"
#include "engine/core/oracle.h"
#include "engine/model/outcome.h"

/* Raised when the core decides the same event otherwise than before. */
enum { CORE_EDITION = 1 };

struct decide_in {
    const struct model *model;
    const struct calendars *calendars;
    const struct casefile *file;     /* As stored; never changed. For EVENT_OPEN: zeroed. */
    const struct event *event;
    const struct oracle *oracle;
};

/* Decides what `in->event` does to `in->file`. All of `in` is borrowed; *out lives in `arena`.
 * The caller has let the clock catch up first (decide_owed below).
 *
 * ERR_UNKNOWN    no such process, event, item, consent, clock or ground; hint: the nearest.
 * ERR_FORBIDDEN  this role may not; the text names those who may.
 * ERR_REFUSED    the rules refuse it; the text names all that is missing.
 * ERR_INPUT      a value of the wrong type, a date in the future, a field too many.
 * ERR_SCRIPT     the pack's script failed or spent its budget; err->place has file and line. */
MUST_CHECK enum err_code decide(const struct decide_in *in, struct arena *arena,
                                struct outcome **out, struct err *err);

/* What the clock owes the case next, if at or before local minute `until`: fills *event with the
 * event to decide (EVENT_DO by "clock", or EVENT_CLOCK), its on, today and minute; the caller adds
 * recorded_ms. False: nothing is owed by then. Call again after each. */
bool decide_owed(const struct decide_in *in, int64_t until, struct arena *arena,
                 struct event *event);

/* When `role` is next reminded of in->file's open clock `name`, as things stand: a local minute, or
 * MINUTE_NONE. For those who must be told ahead; in->event is not looked at. */
int64_t decide_reminds(const struct decide_in *in, const char *name, const char *role,
                       struct arena *arena);

/* A fresh case file for EVENT_OPEN to be folded into: zeroed, with MINUTE_NONE and DAY_NONE set. */
struct casefile casefile_blank(void);

#endif
