/* SPDX-License-Identifier: MIT */
/* scenario - reads scenarios/NAME.yaml: a story with dates, and what must be true.
 *
 * Only reading; engine/run/scenario.c plays it. The keys stand in the same
 * kind of table as the rest of the language (rules/keys.h).
 */
#ifndef RULES_SCENARIO_H
#define RULES_SCENARIO_H

#include "engine/base/diag.h"
#include "engine/base/json.h"
#include "engine/model/process.h"

struct pair {
    const char *name;
    const struct json *value;  /* Text; or list/map for rows and choices. */
    struct span span;
};
struct pairs {
    struct pair *at;
    size_t count, room;
};

struct sent {
    const char *to, *about, *by;      /* by: "post", "email" or NULL. */
    struct span span;
};
struct sent_list {
    struct sent *at;
    size_t count, room;
};

struct opened {
    const char *process;
    struct pairs fields;
    struct span span;
};
struct opened_list {
    struct opened *at;
    size_t count, room;
};

struct signalled {
    const char *event, *to; /* to: "parent", "children", a reference, a field; NULL: any. */
    struct span span;
};

struct extending {
    const char *clock, *ground, *to;  /* to: a date, as written. */
    struct span span;
};
struct extending_list {
    struct extending *at;
    size_t count, room;
};

/* A clock that stands still; -1 and DAY_NONE: not asked. */
struct standing {
    const char *clock;
    int used, left;
    day since, earliest;
    struct span span;
};
struct standing_list {
    struct standing *at;
    size_t count, room;
};

/* What must be true. A set that was not written is not checked. */
struct expectation {
    const char *state;
    const char *open;                 /* "yes", "no" or NULL */
    struct pairs fields, due, law, do_by, proposed, consents;
    struct pairs missed_for;          /* Deadlines with grounds, or `none`. */
    bool has_extended, has_paused;
    struct pairs extended;            /* Names only. */
    struct standing_list paused;
    bool has_overdue, has_met, has_missed, has_excused, has_cancelled, has_running, has_provisional;
    struct pairs overdue, met, missed, excused, cancelled, running, provisional; /* Names only. */
    struct sent_list sent, not_sent;
    struct opened_list opened;
    bool has_opened;
    struct { struct signalled *at; size_t count, room; } signalled;
    struct span span;
};

struct scenario_step {
    day date;
    bool until;                       /* Only let time pass, to the end of that day. */
    int minute;                       /* Of the day; -1: noon, or the day's end. */
    day happened;                     /* On an earlier day than `date`; DAY_NONE: on it. */
    struct extending_list extend;
    struct pairs late;                /* Each with its ground. */
    struct pairs posted;              /* Names only. */
    struct pairs asked, done, undone, na, consent, excuse, name; /* na: why; consent: answer; ... */
    const char *event, *signal, *as;
    struct pairs with, cases;         /* cases: what fields of cases find. */
    struct pairs add;                 /* By checklist: {title, by, due}. */
    const char *file;                 /* Of what is done or excused; "none"; NULL: not said. */
    const char *refused;              /* Must be in the refusal; NULL: must not be refused. */
    struct expectation *expect;       /* May be NULL. */
    struct span span;
};

struct scenario {
    const char *title, *process, *as;
    int64_t school;                   /* URN; 0: of none. */
    day opened;
    struct pairs fields, cases;
    struct { struct scenario_step *at; size_t count, room; } steps;
    const struct source *source;
};

/* NULL: findings say what is wrong (S001 and the R codes). All in `arena`. */
struct scenario *scenario_read(struct arena *arena, const struct source *source,
                               const struct model *model, struct diags *diags);

#endif
