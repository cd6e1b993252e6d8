/* SPDX-License-Identifier: MIT */
/* calendar - which days count, resolved from its layers into one.
 *
 * A pack has several by name; the main one is the pack's own. Made by
 * rules/calendar.c and then immutable. What is stored, and named by each event
 * that saw it, are the files it was made from.
 */
#ifndef ENGINE_MODEL_CALENDAR_H
#define ENGINE_MODEL_CALENDAR_H

#include "engine/base/date.h"
#include <stdbool.h>
#include <stddef.h>

struct named_day {
    day date;
    const char *title; /* "Christmas Day" */
};

struct stretch {
    day from, to;      /* Both included. */
    const char *title; /* "christmas 2026", "Offices closed" */
};

struct term {
    const char *season;       /* "autumn" */
    const char *name;         /* "autumn 2026" */
    day from, to;             /* First and last school day. */
    day half_from, half_to;   /* The break in it; DAY_NONE: none. */
};

/* A stretch that comes every year and is not counted at all (the tribunal's August). It may
 * run over new year. */
struct yearly {
    int from_month, from_mday, to_month, to_mday;
    const char *title;
};

struct table_row {
    const day *dates;        /* One a column; DAY_NONE: empty. */
    const int *minutes;      /* -1: no time given. */
};

struct table {
    const char *name;
    const char *const *columns;
    size_t column_count;
    const struct table_row *rows; /* Ascending by the first column. */
    size_t row_count;
};

struct calendar {
    const char *name, *zone;         /* zone: "Europe/London" */
    int64_t school;                  /* URN of the school that counts by it; 0: of none alone. */
    bool working[7];                 /* Monday first. */
    day known_from, known_until;     /* Outside: a working or school day is never guessed. */
    const struct named_day *holidays;   size_t holiday_count;   /* Ascending. */
    const struct stretch *closures;     size_t closure_count;   /* Ascending by from. */
    /* Worked, but no school: training days, and a school's own closures. */
    const struct named_day *non_pupil;  size_t non_pupil_count; /* Ascending. */
    const struct stretch *shut;         size_t shut_count;      /* Ascending by from. */
    const struct term *terms;           size_t term_count;      /* Ascending. */
    const struct yearly *not_counted;   size_t not_counted_count;
    const struct table *tables;         size_t table_count;
};

/* The calendars of one version. at[0] is the main one. */
struct calendars {
    const struct calendar *const *at;
    size_t count;
    const struct calendar *const *schools; /* Those of a school, ascending by its number. */
    size_t school_count;
};

/* By name; NULL name: the main one; NULL: there is none of that name. */
const struct calendar *calendar_find(const struct calendars *calendars, const char *name);
/* The one that a case of `school` (0: of none) counts by where no other is named: the school's own,
 * else the main one. A `name` is always that calendar; NULL: there is none of that name. */
const struct calendar *calendar_for(const struct calendars *calendars, const char *name,
                                    int64_t school);

#endif
