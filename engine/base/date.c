/* SPDX-License-Identifier: MIT */
#include "engine/base/date.h"

#include "engine/base/err.h"
#include "engine/base/text.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { DAYS_400_YEARS = 146097, DAYS_TO_1970 = 719468 };

static const char *const months[] = { "January",   "February", "March",    "April",
                                      "May",       "June",     "July",     "August",
                                      "September", "October",  "November", "December" };
static const char *const weekdays[] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday" };

static bool leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int month_days(int year, int month)
{
    static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    MUST(month >= 1 && month <= 12);
    return lengths[month - 1] + (month == 2 && leap(year));
}

bool ymd_valid(int year, int month, int mday)
{
    return year >= YEAR_MIN && year <= YEAR_MAX && month >= 1 && month <= 12 && mday >= 1 &&
           mday <= month_days(year, month);
}

/* Years are counted from 1 March of year 0, so that the leap day comes last and the days before
 * a month follow from 153 days in every five months (Hinnant's "days from civil"). */
day day_of(int year, int month, int mday)
{
    MUST(month >= 1 && month <= 12 && mday >= 1 && mday <= month_days(year, month));
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + mday - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_400_YEARS + day_of_era - DAYS_TO_1970;
}

struct ymd ymd_of(day date)
{
    int64_t z = (int64_t)date + DAYS_TO_1970;
    int64_t era = (z >= 0 ? z : z - (DAYS_400_YEARS - 1)) / DAYS_400_YEARS;
    int doe = (int)(z - era * DAYS_400_YEARS);
    int year_of_era = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int day_of_year = doe - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int m = (5 * day_of_year + 2) / 153;
    int month = m < 10 ? m + 3 : m - 9;
    return (struct ymd){
        .year = (int)(era * 400) + year_of_era + (month <= 2),
        .month = month,
        .day = day_of_year - (153 * m + 2) / 5 + 1,
    };
}

enum weekday weekday_of(day date)
{
    int64_t since_monday = ((int64_t)date + THURSDAY) % 7; /* 1 January 1970. */
    return (enum weekday)(since_monday < 0 ? since_monday + 7 : since_monday);
}

/* Exactly `count` digits; -1 when there is anything else. */
static int digits(const char *text, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

/* What was meant for a year, month and day, whether or not there is such a date. */
static bool read_iso(const char *text, struct ymd *out)
{
    if (strnlen(text, 11) != 10 || text[4] != '-' || text[7] != '-')
        return false;
    *out = (struct ymd){ digits(text, 4), digits(text + 5, 2), digits(text + 8, 2) };
    return out->year >= 0 && out->month >= 0 && out->day >= 0;
}

static const char *skip_spaces(const char *text)
{
    while (*text == ' ')
        text++;
    return text;
}

static bool read_words(const char *text, struct ymd *out)
{
    text = skip_spaces(text);
    int long_day = text[0] && text[1] != ' ' ? 2 : 1;
    int mday = digits(text, long_day);
    if (mday < 0)
        return false;
    const char *name = skip_spaces(text + long_day);
    size_t len = strcspn(name, " ");
    const char *year = skip_spaces(name + len);
    int month = month_from_name(name, len);
    if (!month || name == text + long_day || digits(year, 4) < 0 || *skip_spaces(year + 4))
        return false;
    *out = (struct ymd){ digits(year, 4), month, mday };
    return true;
}

bool day_parse(const char *text, day *out)
{
    struct ymd date;
    if (!read_iso(text, &date) || !ymd_valid(date.year, date.month, date.day))
        return false;
    *out = day_of(date.year, date.month, date.day);
    return true;
}

bool day_parse_any(const char *text, day *out)
{
    struct ymd date;
    if (day_parse(text, out))
        return true;
    if (!read_words(text, &date) || !ymd_valid(date.year, date.month, date.day))
        return false;
    *out = day_of(date.year, date.month, date.day);
    return true;
}

/* "5/11/2026", "05.11.2026": as dates are typed here, the day first. */
static bool read_typed(const char *text, struct ymd *out)
{
    static const char separators[] = "/.-";
    int number[3] = { 0 };
    for (int i = 0; i < 3; i++) {
        int most = i < 2 ? 2 : 4, count = 0;
        for (; count < most && *text >= '0' && *text <= '9'; count++)
            number[i] = number[i] * 10 + (*text++ - '0');
        if (!count || (i == 2 && count != 4) || (i < 2 && !(*text && strchr(separators, *text++))))
            return false;
    }
    *out = (struct ymd){ number[2], number[1], number[0] };
    return !*text && ymd_valid(out->year, out->month, out->day);
}

void day_parse_why(const char *text, char *why, size_t room)
{
    struct ymd date;
    char iso[DAY_TEXT_MAX];
    if (read_typed(text, &date)) {
        snprintf(why, room, "'%s' is not a date: write it as %s", text,
                 day_iso(day_of(date.year, date.month, date.day), iso));
        return;
    }
    if (!read_iso(text, &date) && !read_words(text, &date)) {
        enum { SHOWN_MAX = 40 };
        snprintf(why, room, "'%.*s' is not a date: write it as 2026-11-21",
                 (int)utf8_cut(text, SHOWN_MAX), text);
    } else if (date.month < 1 || date.month > 12) {
        snprintf(why, room, "%s is not a date: months run from 01 to 12", text);
    } else if (date.year < YEAR_MIN || date.year > YEAR_MAX) {
        snprintf(why, room, "%s is out of range: years run from %d to %d", text, YEAR_MIN,
                 YEAR_MAX);
    } else if (date.day < 1) {
        snprintf(why, room, "%s is not a date: days run from 01", text);
    } else {
        snprintf(why, room, "%s is not a date: %s %d has %d days", text, month_name(date.month),
                 date.year, month_days(date.year, date.month));
    }
}

static char *put_two(char *at, int value)
{
    at[0] = (char)('0' + value / 10 % 10);
    at[1] = (char)('0' + value % 10);
    return at + 2;
}

const char *day_iso(day date, char text[DAY_TEXT_MAX])
{
    text[0] = '\0';
    if (date == DAY_NONE)
        return text;
    struct ymd d = ymd_of(date);
    char *at = put_two(put_two(text, d.year / 100), d.year % 100);
    *at++ = '-';
    at = put_two(at, d.month);
    *at++ = '-';
    *put_two(at, d.day) = '\0';
    return text;
}

const char *day_short(day date, char text[DAY_TEXT_MAX])
{
    text[0] = '\0';
    if (date == DAY_NONE)
        return text;
    struct ymd d = ymd_of(date);
    snprintf(text, DAY_TEXT_MAX, "%.3s %d %.3s %04d", weekdays[weekday_of(date)], d.day,
             month_name(d.month), d.year);
    return text;
}

const char *day_long(day date, char text[DAY_TEXT_MAX])
{
    text[0] = '\0';
    if (date == DAY_NONE)
        return text;
    struct ymd d = ymd_of(date);
    snprintf(text, DAY_TEXT_MAX, "%s %d %s %04d", weekdays[weekday_of(date)], d.day,
             month_name(d.month), d.year);
    return text;
}

day day_add_months(day date, int add)
{
    struct ymd d = ymd_of(date);
    int64_t month = (int64_t)d.year * 12 + d.month - 1 + add;
    int64_t year = (month >= 0 ? month : month - 11) / 12;
    int in_year = (int)(month - year * 12) + 1;
    int last = month_days((int)year, in_year);
    return day_of((int)year, in_year, d.day < last ? d.day : last);
}

bool minute_parse(const char *text, int *out)
{
    if (strnlen(text, 6) != 5 || text[2] != ':')
        return false;
    int hour = digits(text, 2), minute = digits(text + 3, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59)
        return false;
    *out = hour * 60 + minute;
    return true;
}

const char *minute_text(int minute, char text[8])
{
    char *at = put_two(text, minute / 60);
    *at++ = ':';
    *put_two(at, minute % 60) = '\0';
    return text;
}

/* The index of the name that is `name`, whole or its first three letters; -1: none. */
static int name_index(const char *const *names, int count, const char *name, size_t len)
{
    for (int i = 0; i < count; i++) {
        if ((len == 3 || len == strlen(names[i])) && strncasecmp(name, names[i], len) == 0)
            return i;
    }
    return -1;
}

int month_from_name(const char *name, size_t len)
{
    return name_index(months, 12, name, len) + 1;
}

int weekday_from_name(const char *name, size_t len)
{
    return name_index(weekdays, 7, name, len);
}

const char *month_name(int month)
{
    MUST(month >= 1 && month <= 12);
    return months[month - 1];
}

const char *weekday_name(enum weekday weekday)
{
    MUST(weekday <= SUNDAY);
    return weekdays[weekday];
}
