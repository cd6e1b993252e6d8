/* SPDX-License-Identifier: MIT */
/* owed - what the clock owes a case next. One answer for waking and for deciding.
 *
 * Everything is found from the case alone. Within a minute: consents that run
 * out, then events by the clock, then what is missed, then reminders.
 * Private to engine/core.
 */
#ifndef ENGINE_CORE_OWED_H
#define ENGINE_CORE_OWED_H

#include "engine/core/decide.h"

enum owed_kind { OWED_NOTHING, OWED_CONSENTS, OWED_EVENT, OWED_CLOCKS };
struct owed {
    enum owed_kind kind;
    int64_t minute;
    const struct event_rule *rule; /* OWED_EVENT */
    day on;                        /* OWED_EVENT: when it happens. */
};

/* EVENT_CLOCK with this act settles consents alone: events by the clock of that minute come
 * before what is missed. */
#define OWED_ACT_CONSENTS "consents"

/* `file` need not be the stored one. */
struct owed owed_next(const struct decide_in *in, const struct casefile *file,
                      struct arena *arena);

/* The remark that says that an event by the clock was refused; it is not tried again while it
 * stands. The name lives in `arena`. */
const char *owed_refused_name(struct arena *arena, const char *event);
bool owed_is_refused_name(const char *remark);

#endif
