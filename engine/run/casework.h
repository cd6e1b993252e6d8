/* SPDX-License-Identifier: MIT */
/* casework - between rows and plain data: a case read and written whole, with
 * its projection (due, notices).
 */
#ifndef ENGINE_RUN_CASEWORK_H
#define ENGINE_RUN_CASEWORK_H

#include "engine/run/world.h"
#include "store/cases.h"

/* The fault is this one case's: it is damaged, or not there. Others can still be served. */
static inline bool case_unreadable(enum err_code code)
{
    return code == ERR_DAMAGED || code == ERR_UNKNOWN;
}

/* Reads a case; `row` keeps what the case file has no room for. */
MUST_CHECK enum err_code case_load(struct store *store, int64_t id, struct arena *arena,
                                   struct case_row *row, struct casefile *out, struct err *err);
/* The case as it was at the end of a day, folded from its events; `until_ms` INT64_MAX: now. */
MUST_CHECK enum err_code case_fold(struct store *store, int64_t id, int64_t until_ms,
                                   struct arena *arena, struct casefile *out, struct err *err);
/* Its events, oldest first. */
MUST_CHECK enum err_code case_history(struct store *store, int64_t id, struct arena *arena,
                                      struct event_row **out, size_t *count, struct err *err);

/* The event and outcome of a row, personal parts put back. */
MUST_CHECK enum err_code case_event(const struct event_row *row, struct arena *arena,
                                    struct event *event, struct outcome *outcome, struct err *err);

/* Whose list a clock stands in: the role that must act while it is open and a duty rather than a
 * right; NULL otherwise. And what it stands there under: do_by, or due where the calendar ends; and
 * the date that binds. */
const char *clock_listed(struct arena *arena, const struct process *process,
                         const struct casefile *file, const struct clock *clock);
day clock_listed_day(const struct clock *clock);
day clock_listed_due(const struct clock *clock);
/* Both of them for what stands still: behind everything else. */
#define CLOCK_PAUSED_DAY day_of(9999, 12, 31)

/* Writes one decided event: event row, case row, differences in `due`, notices resolved to people.
 * `before` is the case as stored (zeroed when opening). */
struct decided {
    const struct ruleset *ruleset;
    struct case_row *row;             /* Its ids, head and head_hash are brought up to date. */
    const struct casefile *before, *after;
    const struct event *event;
    const struct outcome *outcome;
    int64_t event_id;
    uint64_t key, content; /* Hashes of the caller's key and of what was asked; key 0: none. */
};
MUST_CHECK enum err_code case_write(struct world *world, const struct decided *decided,
                                    struct arena *arena, struct err *err);

/* What was to be told to `role` reaches nobody: those who look after the case hear of it. */
MUST_CHECK enum err_code case_tell_nobody(struct world *world, const struct decided *decided,
                                          const char *role, const char *about,
                                          struct arena *arena, struct err *err);

/* What `one_per` compares, as the row keeps it; NULL: nothing. */
const char *case_subject(const struct process *process, const struct casefile *file);

#endif
