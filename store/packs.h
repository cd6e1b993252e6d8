/* SPDX-License-Identifier: MIT */
/* packs - published versions of rules and calendars, and which is in use. */
#ifndef STORE_PACKS_H
#define STORE_PACKS_H

#include "engine/base/date.h"
#include "store/store.h"
#include <stddef.h>

struct arena;

/* Stores by content: *is_new false when the same was there. The hash of name and files is worked
 * out here. */
MUST_CHECK enum err_code pack_put(struct store *store, const char *name, const char *files,
                                  const char *by, int64_t now_ms, int64_t *id, bool *is_new,
                                  struct err *err);
MUST_CHECK enum err_code calendar_put(struct store *store, const char *name, const char *files,
                                      int64_t now_ms, int64_t *id, bool *is_new, struct err *err);
MUST_CHECK enum err_code in_use_put(struct store *store, const char *kind, const char *name,
                                    day from, int64_t version, struct err *err);
/* The version in use on a day; ERR_UNKNOWN: nothing published under that name by then. */
MUST_CHECK enum err_code in_use_get(struct store *store, const char *kind, const char *name, day on,
                                    int64_t *version, struct err *err);
/* Whether a calendar that was published ahead has come into use since calendars were last applied
 * to all open cases. */
enum calendar_news { CALENDARS_NEVER, CALENDARS_APPLIED, CALENDARS_WAIT };
MUST_CHECK enum err_code calendars_waiting(struct store *store, day today, enum calendar_news *out,
                                           struct err *err);
MUST_CHECK enum err_code calendars_applied(struct store *store, day today, struct err *err);
/* The versions in use on a day, one row a pack, by name. */
struct in_use_row {
    const char *name;
    int64_t pack, calendar;
};
MUST_CHECK enum err_code in_use_all(struct store *store, day on, struct arena *arena,
                                    struct in_use_row **out, size_t *count, struct err *err);
MUST_CHECK enum err_code ruleset_put(struct store *store, int64_t pack, int64_t calendar,
                                     int edition, int64_t *id, struct err *err);
struct ruleset_row {
    int64_t id, pack, calendar;
    int edition;
    const char *pack_name;
};
/* The newest of any edition, without making one. ERR_DAMAGED: there is none. */
MUST_CHECK enum err_code ruleset_any(struct store *store, int64_t pack, int64_t calendar,
                                     int64_t *id, struct err *err);
MUST_CHECK enum err_code ruleset_get(struct store *store, int64_t id, struct arena *arena,
                                     struct ruleset_row *out, struct err *err);
MUST_CHECK enum err_code pack_files_get(struct store *store, int64_t pack, struct arena *arena,
                                        const char **files, size_t *len, struct err *err);
MUST_CHECK enum err_code calendar_files_get(struct store *store, int64_t calendar,
                                            struct arena *arena, const char **files, size_t *len,
                                            struct err *err);

/* Calls `wrong` for each version whose files are not those that were published, and each that is
 * said to be in use and is not there. */
MUST_CHECK enum err_code packs_check(struct store *store, void *self,
                                     void (*wrong)(void *self, const char *kind, int64_t id,
                                                   const char *name), struct err *err);

#endif
