/* SPDX-License-Identifier: MIT */
/* casework - between rows and plain data: a case read and written whole, with
 * its projection (due, notices).
 */
#ifndef ENGINE_RUN_CASEWORK_H
#define ENGINE_RUN_CASEWORK_H

#include "engine/run/world.h"
#include "store/cases.h"

/* Reads a case; `row` keeps what the case file has no room for. */
MUST_CHECK enum err_code case_load(struct store *store, int64_t id, struct arena *arena,
                                   struct case_row *row, struct casefile *out, struct err *err);
/* The case as it was at the end of a day, folded from its events; `until_ms` INT64_MAX: now. */
MUST_CHECK enum err_code case_fold(struct store *store, int64_t id, int64_t until_ms,
                                   struct arena *arena, struct casefile *out, struct err *err);
/* Its events, oldest first. */
MUST_CHECK enum err_code case_history(struct store *store, int64_t id, struct arena *arena,
                                      struct event_row **out, size_t *count, struct err *err);

/* Writes one decided event: event row, case row, differences in `due`, notices resolved to people.
 * `before` is the case as stored (zeroed when opening). */
struct decided {
    const struct ruleset *ruleset;
    struct case_row *row;             /* Its ids, head and head_hash are brought up to date. */
    const struct casefile *before, *after;
    const struct event *event;
    const struct outcome *outcome;
    int64_t event_id;
    uint64_t key_hash;                /* 0: no key */
};
MUST_CHECK enum err_code case_write(struct world *world, const struct decided *decided,
                                    struct arena *arena, struct err *err);

/* The desk of a role for a case: the named person's, the school's, the authority's. */
MUST_CHECK enum err_code case_desk(struct world *world, const struct model *model, const char *role,
                                   const struct casefile *file, int64_t *desk, struct err *err);
/* The people at it, or at the desks of its `otherwise` roles when nobody sits there. */
MUST_CHECK enum err_code case_people(struct world *world, const struct model *model, const char *role,
                                     const struct casefile *file, struct arena *arena,
                                     int64_t **people, size_t *count, int64_t *desk, struct err *err);

#endif
