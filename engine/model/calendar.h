/* SPDX-License-Identifier: MIT */
/* calendar - which days count, resolved from its layers into one.
 *
 * Nation, authority and (later) school are merged by rules/calendar.c. A pack
 * has several by name; the main one is the pack's own. Immutable. Stored as
 * canonical JSON (calendar_encode), so that an event can name the one it saw.
 */
#ifndef ENGINE_MODEL_CALENDAR_H
#define ENGINE_MODEL_CALENDAR_H

#include "engine/base/date.h"
#include "engine/base/err.h"

struct arena;
struct buf;

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
    bool working[7];                 /* Monday first. */
    day known_from, known_until;     /* Outside: a working or school day is never guessed. */
    const struct named_day *holidays;   size_t holiday_count;   /* Ascending. */
    const struct stretch *closures;     size_t closure_count;   /* Ascending by from. */
    const struct term *terms;           size_t term_count;      /* Ascending. */
    const struct yearly *not_counted;   size_t not_counted_count;
    const struct table *tables;         size_t table_count;
};

/* The calendars of one version. at[0] is the main one. */
struct calendars {
    const struct calendar *const *at;
    size_t count;
};

/* By name; NULL name: the main one; NULL: there is none of that name. */
const struct calendar *calendar_find(const struct calendars *calendars, const char *name);

/* Canonical JSON of all calendars of a version, and back (into `arena`). ERR_INPUT: damaged. */
void calendars_encode(const struct calendars *calendars, struct buf *out);
MUST_CHECK enum err_code calendars_decode(struct arena *arena, const char *bytes, size_t len,
                                          struct calendars **out, struct err *err);

#endif
