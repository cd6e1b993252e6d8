/* SPDX-License-Identifier: MIT */
/* duelist - what is due, with the words people read: the list of `reeve due`,
 * of the digest and later of the page.
 *
 * Rows come from the store's `due`; titles from the rules each case is under.
 * Somebody's list holds their own desks and those that fall to them because
 * nobody sits there (`otherwise`).
 */
#ifndef ENGINE_RUN_DUELIST_H
#define ENGINE_RUN_DUELIST_H

#include "engine/core/stops.h"
#include "engine/run/world.h"

struct due_line {
    int64_t case_id, school;
    const char *ref, *process, *process_title, *state_title, *school_name;
    const char *name, *title, *law;        /* The deadline; its clause, or NULL. */
    const char *role, *role_title;
    day do_by, due, in_law; /* in_law: the law's date, where another than due; else DAY_NONE. */
    int cut_off;                           /* The minute at which the last day ends; 0: midnight. */
    bool statutory, provisional;
    bool paused;                           /* It stands still: last in the list, its do_by and due
                                            * CLOCK_PAUSED_DAY. */
    struct pace pace;                      /* How far it has run, for what can stand still. */
    day extended_from;                     /* Its date before it was extended; else DAY_NONE. */
    bool nobody;                           /* Nobody sits at the desk or at those it falls to. */
    const char *covering; /* The role's title it falls to, when it does; else NULL. */
    const char *with;                      /* A named person's e-mail, or NULL. */
};

struct duelist_filter {
    int64_t person;                        /* 0: everybody's. */
    const char *role, *process;            /* NULL: all. */
    int64_t school;                        /* 0: all. */
    day until;                             /* DAY_NONE: all. */
    day today;                             /* As of which day a pace is told. */
    size_t limit;                          /* 0: 1,000. */
};

/* Soonest do-by first. All in `arena`. */
MUST_CHECK enum err_code duelist_read(struct world *world, const struct duelist_filter *filter,
                                      struct arena *arena, struct due_line **out, size_t *count,
                                      struct err *err);

#endif
