/* SPDX-License-Identifier: MIT */
/* schedules - how far each schedule has come, and whom it opens cases for. */
#ifndef STORE_SCHEDULES_H
#define STORE_SCHEDULES_H

#include "engine/base/date.h"
#include "store/store.h"
#include <stddef.h>

struct arena;

struct schedule_row {
    const char *pack, *process;
    int64_t cursor;  /* Of an occasion under way: the last URN or case seen to; 0: none is. */
    day settled;     /* Every occasion before this day has been seen to. */
};
MUST_CHECK enum err_code schedules_all(struct store *store, struct arena *arena,
                                       struct schedule_row **out, size_t *count, struct err *err);
/* Begins with occasions on or after `from`; one that has begun already is left as it is. */
MUST_CHECK enum err_code schedule_begin(struct store *store, const char *pack, const char *process,
                                        day from, struct err *err);
MUST_CHECK enum err_code schedule_set(struct store *store, const struct schedule_row *row,
                                      struct err *err);

/* The next day after `after` on which another version of the pack, or of its calendar, comes into
 * use; DAY_NONE: none is published. */
MUST_CHECK enum err_code in_use_next(struct store *store, const char *pack, day after, day *out,
                                     struct err *err);

/* At most `room` of the schools after `after`. */
MUST_CHECK enum err_code schools_after(struct store *store, int64_t after, size_t room,
                                       int64_t *out, size_t *count, struct err *err);

/* Which cases of a process of a pack. */
struct cases_wanted {
    const char *pack, *process;
    const char *subject;   /* What `one_per` compares; NULL: any. */
    bool at_school;        /* Only those of `school`. */
    int64_t school;        /* 0: the authority's. */
    bool closed;           /* Closed ones too. */
};
/* At most `room` of them after case number `after`. */
MUST_CHECK enum err_code cases_of_process(struct store *store, const struct cases_wanted *wanted,
                                          int64_t after, size_t room, int64_t *out, size_t *count,
                                          struct err *err);

#endif
