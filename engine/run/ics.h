/* SPDX-License-Identifier: MIT */
/* ics - the whole days of an iCalendar file (RFC 5545), with their line numbers.
 *
 * Only what a school's or a council's feed of term dates holds: events with a
 * summary and dates. Folded lines are put together; components that are no
 * events are passed over; whatever would move a date unseen (times of day,
 * repetition) is refused.
 */
#ifndef ENGINE_RUN_ICS_H
#define ENGINE_RUN_ICS_H

#include "engine/base/date.h"
#include "engine/base/err.h"

struct arena;

enum { ICS_BYTES_MAX = 1024 * 1024, ICS_EVENTS_MAX = 2000, ICS_DEPTH_MAX = 8 };

struct ics_event {
    int line;              /* Of its BEGIN, from 1. */
    day from, to;          /* Both included. */
    const char *summary;   /* One line, unescaped. */
    bool cancelled;
};
struct ics_events {
    struct ics_event *at;
    size_t count, room;
};

/* In the order of the file. All in `arena`; `bytes` is borrowed.
 * ERR_INPUT: not UTF-8, not iCalendar, or an event that is not of whole days; the text names the
 * line. ERR_LIMIT: larger than the limits above. */
MUST_CHECK enum err_code ics_read(struct arena *arena, const char *bytes, size_t len,
                                  struct ics_events *out, struct err *err);

#endif
