/* SPDX-License-Identifier: MIT */
#include "engine/when/count.h"

#include "engine/base/arena.h"
#include "engine/when/calendar_days.h"
#include "engine/when/say.h"
#include "engine/when/skips.h"
#include <stdio.h>

/* No length that a rule can mean is longer: 300 years. */
enum { LENGTH_MAX = 300 * 366, MONTHS_A_YEAR = 12 };

static const char *const unit_names[] = {
    [UNIT_DAY] = "day",
    [UNIT_WEEK] = "week",
    [UNIT_MONTH] = "month",
    [UNIT_YEAR] = "year",
    [UNIT_WORKING_DAY] = "working day",
    [UNIT_SCHOOL_DAY] = "school day",
    [UNIT_SCHOOL_WEEK] = "school week",
};

const char *length_write(struct length length, char text[LENGTH_TEXT_MAX])
{
    snprintf(text, LENGTH_TEXT_MAX, "%d %s%s", length.n, unit_names[length.unit],
             length.n == 1 ? "" : "s");
    return text;
}

const char *length_text(struct arena *arena, struct length length)
{
    char text[LENGTH_TEXT_MAX];
    return arena_text(arena, length_write(length, text));
}

bool count_in_years(int64_t date)
{
    return date >= DAY_FIRST && date <= DAY_LAST;
}

void count_beyond(const struct when_in *in, bool school, day date, const char *what)
{
    char text[DAY_TEXT_MAX], ends[ENDS_TEXT_MAX];
    if (!in->trace)
        return;
    const char *why = calendar_ends(in->calendar, school, date, ends);
    SAY(in, STEP_MISSING, date, "the calendar '%s' does not know the %s around %s%s%s",
        in->calendar->name ? in->calendar->name : "", what, day_short(date, text), why ? ": " : "",
        why ? why : "");
}

static const char *day_word(bool school)
{
    return school ? "school days" : "working days";
}

bool count_to_day(const struct when_in *in, bool school, bool back, day from, day *out)
{
    struct skips skips;
    const char *why;
    enum day_is is;
    skips_begin(&skips, in->trace);
    day date = from;
    while ((is = calendar_day(in->calendar, school, date, &why)) == DAY_SKIPPED) {
        skips_add(&skips, date, why);
        date += back ? -1 : 1;
    }
    skips_end(&skips);
    if (is == DAY_UNKNOWN) {
        count_beyond(in, school, date, day_word(school));
        return false;
    }
    *out = date;
    return true;
}

/* `n` days that count, the first of them beside `from`. */
static bool count_days(const struct when_in *in, bool school, int n, bool back, day from, day *out)
{
    struct skips skips;
    const char *why;
    skips_begin(&skips, in->trace);
    day date = from;
    while (n > 0) {
        date += back ? -1 : 1;
        switch (calendar_day(in->calendar, school, date, &why)) {
        case DAY_COUNTS:
            n--;
            break;
        case DAY_SKIPPED:
            skips_add(&skips, date, why);
            break;
        case DAY_UNKNOWN:
            skips_end(&skips);
            count_beyond(in, school, date, day_word(school));
            return false;
        }
    }
    skips_end(&skips);
    *out = date;
    return true;
}

enum day_is count_school_week(const struct calendar *calendar, day date)
{
    day monday = date - (day)weekday_of(date);
    enum day_is is = DAY_SKIPPED;
    for (day at = monday; at < monday + 7; at++) {
        enum day_is one = school_day(calendar, at, NULL);
        if (one == DAY_COUNTS)
            return DAY_COUNTS;
        if (one == DAY_UNKNOWN)
            is = DAY_UNKNOWN;
    }
    return is;
}

static bool count_school_weeks(const struct when_in *in, int n, bool back, day from, day *out)
{
    day date = from;
    while (n > 0) {
        date += back ? -7 : 7;
        char text[DAY_TEXT_MAX];
        switch (count_school_week(in->calendar, date)) {
        case DAY_COUNTS:
            n--;
            break;
        case DAY_SKIPPED:
            SAY(in, STEP_SKIP, date, "the week of %s is not counted: no school day",
                day_short(date, text));
            break;
        case DAY_UNKNOWN:
            count_beyond(in, true, date, "school weeks");
            return false;
        }
    }
    *out = date;
    return true;
}

/* Months that start with a day end before its anniversary; where that month has no such day,
 * on its last. */
static day count_months(int months, bool starting, day from)
{
    day date = day_add_months(from, months);
    bool exact = ymd_of(date).day == ymd_of(from).day;
    return starting && exact ? date - 1 : date;
}

/* Days and weeks and months need no calendar, and so go beyond its end. */
static bool count_plain(const struct when_in *in, struct counting how, day from, day *out)
{
    int64_t date = from;
    int n = how.back ? -how.length.n : how.length.n;
    switch (how.length.unit) {
    case UNIT_MONTH:
    case UNIT_YEAR: {
        int months = n * (how.length.unit == UNIT_YEAR ? MONTHS_A_YEAR : 1);
        date = count_months(months, how.starting, from);
        break;
    }
    case UNIT_WEEK:
        date += (int64_t)n * 7 - (how.starting ? 1 : 0);
        break;
    default:
        date += n - (how.starting ? 1 : 0);
        break;
    }
    if (!count_in_years(date)) {
        SAY(in, STEP_MISSING, DAY_NONE, "that is beyond the years that reeve knows");
        return false;
    }
    *out = (day)date;
    return true;
}

static bool count_by_calendar(const struct when_in *in, struct counting how, day from, day *out)
{
    day date;
    bool found = false;
    switch (how.length.unit) {
    case UNIT_WORKING_DAY:
    case UNIT_SCHOOL_DAY:
        found = count_days(in, how.length.unit == UNIT_SCHOOL_DAY, how.length.n, how.back,
                           how.starting ? from - 1 : from, &date);
        break;
    case UNIT_SCHOOL_WEEK:
        found = count_school_weeks(in, how.length.n, how.back, from, &date);
        date -= found && how.starting ? 1 : 0;
        break;
    default:
        return count_plain(in, how, from, out);
    }
    if (found)
        *out = date;
    return found;
}

static bool has_no_such_day(struct length length, day from, day to)
{
    struct ymd last = ymd_of(to);
    return (length.unit == UNIT_MONTH || length.unit == UNIT_YEAR) &&
           ymd_of(from).day > month_days(last.year, last.month);
}

static void say(const struct when_in *in, struct counting how, day from, day to)
{
    if (!in->trace)
        return;
    char length[LENGTH_TEXT_MAX], first[DAY_TEXT_MAX], last[DAY_TEXT_MAX];
    const char *clamped = has_no_such_day(how.length, from, to) ? ", the month's last day" : "";
    length_write(how.length, length);
    day_short(from, first);
    day_short(to, last);
    if (how.starting)
        SAY(in, STEP_COUNT, to, "%s starting with %s, which is day 1, end on %s%s", length, first,
            last, clamped);
    else if (how.at_least && in->notice_ordinary)
        SAY(in, STEP_COUNT, to, "%s before %s, by the ordinary count, is %s", length, first, last);
    else if (how.at_least)
        SAY(in, STEP_COUNT, to, "at least %s before %s, neither day counted, is %s", length, first,
            last);
    else
        SAY(in, STEP_COUNT, to, "%s %s %s is %s%s", length, how.back ? "before" : "after", first,
            last, clamped);
}

bool count_length(const struct when_in *in, struct counting how, day from, day *out)
{
    day date;
    if (how.length.n < 0 || how.length.n > LENGTH_MAX || !count_in_years(from)) {
        SAY(in, STEP_MISSING, DAY_NONE, "that is longer than reeve counts");
        return false;
    }
    if (!count_by_calendar(in, how, from, &date))
        return false;
    if (how.at_least && !in->notice_ordinary)
        date--; /* Clear days: neither end of the stretch counts. */
    say(in, how, from, date);
    *out = date;
    return true;
}

bool when_after(const struct when_in *in, struct length length, day from, day *out)
{
    return count_length(in, (struct counting){ .length = length }, from, out);
}

bool when_before(const struct when_in *in, struct length length, day from, day *out)
{
    return count_length(in, (struct counting){ .length = length, .back = true }, from, out);
}
