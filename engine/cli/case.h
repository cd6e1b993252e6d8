/* SPDX-License-Identifier: MIT */
/* case - what `reeve case` shows, in parts: case_text.c, case_json.c, and
 * history.c for what happened. Private to engine/cli.
 */
#ifndef ENGINE_CLI_CASE_H
#define ENGINE_CLI_CASE_H

#include "engine/cli/caseview.h"
#include "engine/cli/say.h"
#include "engine/core/possible.h"

/* One event of the case as it is told. */
struct told_event {
    struct event event;
    struct outcome outcome;
    day on;                           /* When it happened: of a meeting its own day. */
    int64_t recorded_ms;
    const char *what;                 /* "The meeting was held" */
    const char *who;
    const char *const *did; size_t did_count; /* "Report: due Mon 28 Dec 2026" */
    bool erased;
};
/* Its events recorded up to `until_ms`, oldest first. */
MUST_CHECK enum err_code history_read(struct call *call, const struct caseview *view,
                                      int64_t until_ms, struct told_event **out, size_t *count);

/* A notice and the message it left with. */
struct told_message {
    const char *about, *kind, *email, *role, *state, *reply; /* As in store/read.h. */
    int tries;
    int64_t next_try_ms;
};

/* All that is shown of a case. */
struct case_shown {
    struct caseview view;
    day as_of;                        /* DAY_NONE: now. */
    const struct told_event *events; size_t event_count;
    const struct told_message *messages; size_t message_count;
    /* For who is waited for; now only. */
    const struct possible_event *possible; size_t possible_count;
};

void case_text(struct call *call, const struct case_shown *shown);
void case_json(struct call *call, const struct case_shown *shown);

/* Every item of a list, those of the rules first, then those added; *entry NULL: untouched. */
struct shown_item {
    const char *full, *title, *by;
    const struct item *entry;
    enum truth applies;               /* By its own rule (only_if), */
    const char *missing;              /* UNKNOWN: as this field is not known; may be NULL. */
};
size_t case_items(const struct case_shown *shown, const struct checklist *list,
                  struct shown_item **out);

#endif
