/* SPDX-License-Identifier: MIT */
/* moment - a date as a rule says it ("2 weeks after meeting"), as a tree.
 *
 * Written by rules/moment.c, worked out by engine/when. Settings are already
 * put in: a moment holds lengths, never setting names. Immutable; lives in
 * the model's arena (or the call's, for `reeve when`).
 */
#ifndef ENGINE_MODEL_MOMENT_H
#define ENGINE_MODEL_MOMENT_H

#include "engine/base/date.h"
#include "engine/base/diag.h"

enum unit {
    UNIT_DAY, UNIT_WEEK, UNIT_MONTH, UNIT_YEAR,
    UNIT_WORKING_DAY, UNIT_SCHOOL_DAY, UNIT_SCHOOL_WEEK,
};

struct length {
    int n;
    enum unit unit;
};

/* A date that the case knows by a name. */
enum anchor_kind {
    ANCHOR_GIVEN,      /* Any name: `reeve when` takes it from the command line. */
    ANCHOR_FIELD,      /* A date field's value in force. */
    ANCHOR_NUMBER,     /* An integer field: the year in "before 15 February in year". */
    ANCHOR_EVENT,      /* When it happened (on): the latest, or the first. */
    ANCHOR_STATE,      /* When the state was entered. */
    ANCHOR_ASKED,      /* An item's. name = list, item = item; both NULL: the item's own. */
    ANCHOR_DONE,
    ANCHOR_SENT,       /* The day a letter was sent; name = its message. */
    ANCHOR_DUE,        /* The date of a deadline: `due of final_plan`. */
    ANCHOR_OPENED,     /* The day the case was opened. */
    ANCHOR_OCCASION,   /* Of a schedule. */
};

struct anchor {
    enum anchor_kind kind;
    bool first;        /* `first X`; else the latest. */
    bool chosen;       /* `first` or `latest` was written. */
    const char *name, *item;
};

enum moment_kind {
    MOMENT_DATE,        /* date */
    MOMENT_ANCHOR,      /* anchor; `on X` is X */
    MOMENT_FIRST_KNOWN, /* parts: (a or b): the first *written* that is known */
    MOMENT_EARLIER,     /* parts; unknown ones leave the rest standing, provisional */
    MOMENT_LATER,       /* parts; the same */
    MOMENT_ALL,         /* parts: the latest, once all are known */
    MOMENT_AFTER,       /* length after base; starting: base is day 1 */
    MOMENT_BEFORE,      /* length before base; at_least: clear days between */
    MOMENT_DAY_AFTER,   /* the day after base */
    MOMENT_DAY_BEFORE,  /* `before X`: the day before base */
    MOMENT_RECURRING,   /* recurring, picked by `pick` relative to base */
    MOMENT_MONTH_END,   /* `end of month after X`: picked like what comes round, so of the month X
                         * lies in, but of the next when X is itself a month's last day */
    MOMENT_BIRTHDAY,    /* n-th birthday of base; born 29 February: 1 March */
    MOMENT_SCHOOL_YEAR, /* start (recurring.end: end) of year n, of the child born on base */
    MOMENT_ANNIVERSARY, /* of base; with `after`: the next one after that moment */
};

/* What comes round: chosen by `pick` relative to the base. */
enum recurring_kind {
    RECURRING_DAY,      /* "1 October": month, mday */
    RECURRING_WEEKDAY,  /* "first Thursday of October": nth (1..4, -1 last), weekday, month */
    RECURRING_TERM,     /* start or end of a term (name NULL: any) */
    RECURRING_HALF,     /* start or end of half term: of the stretch between two breaks */
    RECURRING_TABLE,    /* a row of a calendar's table: the first column is compared, `column` is
                         * the answer */
    RECURRING_SCHOOL_YEAR, /* start (1 September) or end (31 August) of a school year */
};

enum pick {
    PICK_NEXT,      /* first after base (base itself left out) */
    PICK_NEXT_ON,   /* first on or after base */
    PICK_LAST,      /* last before base */
    PICK_LAST_ON,   /* last on or before base */
    PICK_IN_YEAR,   /* the one in the calendar year that base names (number or date) */
};

struct recurring {
    enum recurring_kind kind;
    int month, mday, nth;
    enum weekday weekday;
    bool end;            /* TERM, HALF, SCHOOL_YEAR: the end, not the start. */
    const char *name;    /* TERM: "autumn"; TABLE: its name. */
    const char *column;  /* TABLE: the answer's column; NULL: the first. */
};

/* From a day on, another length: a setting that is dated. */
struct length_from {
    day from;
    struct length length;
};

struct moment {
    enum moment_kind kind;
    const char *text;            /* As written, for explanations. */
    struct span span;
    day date;                    /* DATE */
    struct anchor anchor;        /* ANCHOR */
    struct length length;        /* AFTER, BEFORE; BIRTHDAY, SCHOOL_YEAR use n */
    const struct length_from *later; /* What it is when counted from a day on or after `from`, */
    size_t later_count;              /* earliest first; none: always the same. */
    bool starting, at_least;
    struct recurring recurring;
    enum pick pick;
    const struct moment *base;   /* What it is counted from. */
    const struct moment *after;  /* ANNIVERSARY only; may be NULL. */
    const struct moment *const *parts;
    size_t part_count;
};

#endif
