/* SPDX-License-Identifier: MIT */
/* date - civil dates and local minutes, and nothing about time zones.
 *
 * A `day` counts civil days since 1 January 1970; a minute counts local
 * minutes since that midnight. The core knows only these (the edge turns
 * instants into them).
 */
#ifndef ENGINE_BASE_DATE_H
#define ENGINE_BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int32_t day;
enum { DAY_NONE = INT32_MIN, MINUTES_A_DAY = 1440 };
/* The years that are read and counted in: both included. */
enum { YEAR_MIN = 1900, YEAR_MAX = 2199 };
#define MINUTE_NONE INT64_MIN

struct ymd {
    int year, month, day; /* month 1..12 */
};

enum weekday { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

day day_of(int year, int month, int mday); /* Must be a real date, of any year. */
struct ymd ymd_of(day date);
enum weekday weekday_of(day date);
bool ymd_valid(int year, int month, int mday);
int month_days(int year, int month);

/* "2026-11-21" and nothing else; 31 February is false. */
bool day_parse(const char *text, day *out);
/* As people write: "2026-11-21", "21 November 2026", "21 Nov 2026". */
bool day_parse_any(const char *text, day *out);
/* Why day_parse refused, in words ("2026-02-31 is not a date: February 2026 has 28 days"). */
void day_parse_why(const char *text, char *why, size_t room);

enum { DAY_TEXT_MAX = 32 };
/* All return `text`; DAY_NONE gives "". */
const char *day_iso(day date, char text[DAY_TEXT_MAX]);   /* 2026-11-21 */
const char *day_short(day date, char text[DAY_TEXT_MAX]); /* Sat 21 Nov 2026 */
const char *day_long(day date, char text[DAY_TEXT_MAX]);  /* Saturday 21 November 2026: 27 max */

/* Months land on the same day number, else on the month's last day. */
day day_add_months(day date, int months);

/* "08:00" to 480. */
bool minute_parse(const char *text, int *out);
const char *minute_text(int minute, char text[8]);
/* Whole or the first three letters, in capitals or not. */
int month_from_name(const char *name, size_t len);   /* 1..12, 0: none. */
int weekday_from_name(const char *name, size_t len); /* 0..6, -1: none. */
const char *month_name(int month);
const char *weekday_name(enum weekday weekday);

static inline int64_t minute_at(day date, int minute)
{
    return (int64_t)date * MINUTES_A_DAY + minute;
}
static inline day minute_day(int64_t minute)
{
    return (day)(minute >= 0 ? minute / MINUTES_A_DAY : -1 - (-1 - minute) / MINUTES_A_DAY);
}

#endif
