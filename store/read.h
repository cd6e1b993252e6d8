/* SPDX-License-Identifier: MIT */
/* read - lists: rows straight to whoever shows them. The only store header
 * that edge and cli see. Callbacks get rows that are valid during the call.
 * A callback returning false ends the list.
 */
#ifndef STORE_READ_H
#define STORE_READ_H

#include "engine/base/date.h"
#include "store/store.h"
#include <stddef.h>

struct due_row {
    int64_t case_id, school, desk, owner; /* owner: the desk's named person, or 0 */
    const char *ref, *process, *state, *name, *role, *school_name; /* name: the deadline's */
    day do_by, due;
};
struct due_filter {
    int64_t person;      /* Who sits at the desk; 0: everybody's. */
    int64_t desk;        /* One desk; 0: all. */
    int64_t school;      /* 0: all. */
    const char *role, *process;
    day until;           /* do_by up to; DAY_NONE: all. */
    size_t limit;        /* 0: 1,000. */
};
/* Soonest do_by first. Desks nobody sits at are listed too. */
MUST_CHECK enum err_code read_due(struct store *store, const struct due_filter *filter, void *self,
                                  bool (*row)(void *self, const struct due_row *row),
                                  struct err *err);
/* How many people sit at a desk. */
MUST_CHECK enum err_code read_desk_size(struct store *store, int64_t desk, int *out,
                                        struct err *err);

struct case_list_row {
    int64_t id, school;
    const char *ref, *process, *state, *school_name;
    bool open;
    day next_do_by;      /* DAY_NONE: nothing is due. */
};
struct case_filter {
    const char *process, *state;
    int64_t school;
    bool open_only, overdue;   /* overdue: something's do_by is before `today`. */
    day today;
    int64_t after;             /* Ids above it. */
    size_t limit;              /* 0: 1,000. */
};
MUST_CHECK enum err_code read_cases(struct store *store, const struct case_filter *filter,
                                    void *self,
                                    bool (*row)(void *self, const struct case_list_row *row),
                                    struct err *err);

struct version_row {
    const char *name, *by;
    unsigned char hash[32];
    int64_t pack, made_ms, open_cases;
    day from;            /* In use from; DAY_NONE: not in use. */
};
MUST_CHECK enum err_code read_versions(struct store *store, const char *pack, void *self,
                                       bool (*row)(void *self, const struct version_row *row),
                                       struct err *err);

struct sent_row {
    int64_t message;
    const char *key, *reply, *kind, *about;
    const char *state; /* "": it still waits to leave; "dropped": there was nothing left to say. */
    const char *email;   /* "": nobody. */
    const char *role;    /* Whose it was to be. */
    int tries;
    int64_t next_try_ms;
};
/* Notices of a case with the messages they left with. */
MUST_CHECK enum err_code read_notices(struct store *store, int64_t case_id, void *self,
                                      bool (*row)(void *self, const struct sent_row *row),
                                      struct err *err);

/* Every case's number, for verify: after `after`, at most `room`. */
MUST_CHECK enum err_code read_case_ids(struct store *store, int64_t after, size_t room,
                                       int64_t *out, size_t *count, struct err *err);
/* The due rows of one case, for verify. */
MUST_CHECK enum err_code read_due_of(struct store *store, int64_t case_id, void *self,
                                     bool (*row)(void *self, const struct due_row *row),
                                     struct err *err);
struct counts {
    int64_t cases, open_cases, events, due, notices_waiting, messages_waiting, messages_refused;
};
MUST_CHECK enum err_code read_counts(struct store *store, struct counts *out, struct err *err);

#endif
