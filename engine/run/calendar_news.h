/* SPDX-License-Identifier: MIT */
/* calendar_news - the dates of another's file, read whole or not at all.
 *
 *   gov.uk's bank-holidays.json ----------------------> bank holidays
 *   a school's or council's CSV or .ics -> pieces ----> terms, non-pupil days
 *
 * Which it is, is told by its first bytes. A line that is not understood
 * refuses the file: a date that is left out would be counted as a school day.
 */
#ifndef ENGINE_RUN_CALENDAR_NEWS_H
#define ENGINE_RUN_CALENDAR_NEWS_H

#include "engine/base/date.h"
#include "engine/base/err.h"

struct arena;

enum { NEWS_BYTES_MAX = 1024 * 1024, NEWS_ROWS_MAX = 2000 };

struct news_day {
    day date;
    const char *title;
};
struct news_days {
    struct news_day *at;
    size_t count, room;
};
struct news_term {
    const char *name;              /* "autumn 2026" */
    day from, to;
    day half_from, half_to;        /* DAY_NONE: none. */
};
struct news_terms {
    struct news_term *at;
    size_t count, room;
};

struct news {
    const char *division;          /* Of bank holidays: "england-and-wales". NULL: terms. */
    struct news_days holidays;     /* Ascending. */
    struct news_days non_pupil;    /* Ascending. */
    struct news_terms terms;       /* Ascending. */
    struct { const char **at; size_t count, room; } left; /* What was understood and left out. */
};

/* All in `arena`; `bytes` is borrowed. `division` NULL: England and Wales.
 * ERR_INPUT: not such a file; the text names the line, or the number of the event.
 * ERR_UNKNOWN: it has no such division. ERR_LIMIT: too large. */
MUST_CHECK enum err_code calendar_news_read(struct arena *arena, const char *bytes, size_t len,
                                            const char *division, struct news *out,
                                            struct err *err);

/* --- terms.c --- */

/* One line of the file. */
struct news_piece {
    int line;
    day from, to;
    const char *text;              /* "Autumn term 1" */
    day half_from, half_to;        /* Columns of the same line; DAY_NONE. */
};
struct news_pieces {
    struct news_piece *at;
    size_t count, room;
};

/* Puts the pieces together to terms. ERR_INPUT: one is not understood, or they do not fit. */
MUST_CHECK enum err_code terms_put_together(struct arena *arena, struct news_pieces *pieces,
                                            struct news *out, struct err *err);

#endif
