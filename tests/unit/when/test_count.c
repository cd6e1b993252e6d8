/* SPDX-License-Identifier: MIT */
/* Lengths against a second counting that goes a day at a time and shares no code: it asks the
 * calendar's lists itself, and knows months only by turning pages. */
#include "engine/when/when.h"
#include "tests/unit/when/calendars.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { ROUNDS = 2000, UNKNOWN = -1 };

static uint32_t seed = 20261121;

static int random_below(int n)
{
    seed = seed * 1664525u + 1013904223u;
    return (int)((seed >> 8) % (uint32_t)n);
}

/* --- the slow way ---------------------------------------------------------------------------- */

struct slow {
    const struct calendar *calendar;
    int year, month, mday; /* Of `at`, kept by turning pages. */
    day at;
};

static bool slow_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int slow_month(int year, int month)
{
    static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return lengths[month - 1] + (month == 2 && slow_leap(year) ? 1 : 0);
}

static void slow_step(struct slow *slow, int by)
{
    slow->at += by;
    slow->mday += by;
    if (slow->mday == 0) {
        slow->month = slow->month == 1 ? 12 : slow->month - 1;
        slow->year -= slow->month == 12;
        slow->mday = slow_month(slow->year, slow->month);
    } else if (slow->mday > slow_month(slow->year, slow->month)) {
        slow->mday = 1;
        slow->month = slow->month == 12 ? 1 : slow->month + 1;
        slow->year += slow->month == 1;
    }
}

static struct slow slow_at(const struct calendar *calendar, day date)
{
    struct slow slow = { .calendar = calendar, .year = 1970, .month = 1, .mday = 1, .at = 0 };
    while (slow.at != date)
        slow_step(&slow, date > slow.at ? 1 : -1);
    return slow;
}

/* 1 counts, 0 does not, UNKNOWN. 1 January 1970 was a Thursday; all test dates come later. */
static int slow_counts(const struct slow *slow, bool school)
{
    const struct calendar *calendar = slow->calendar;
    if (slow->at < calendar->known_from || slow->at > calendar->known_until)
        return UNKNOWN;
    bool in_term = false, in_half = false;
    for (size_t i = 0; i < calendar->term_count; i++) {
        const struct term *term = &calendar->terms[i];
        in_term |= slow->at >= term->from && slow->at <= term->to;
        in_half |= slow->at >= term->half_from && slow->at <= term->half_to;
    }
    /* The county's terms run without a gap from September 2025 to July 2027. */
    if (school && !in_term &&
        (!calendar->term_count || slow->at < on_day("2025-09-01") ||
         slow->at > on_day("2027-08-31")))
        return UNKNOWN;
    int counts = calendar->working[(slow->at + 3) % 7] && (!school || (in_term && !in_half));
    for (size_t i = 0; i < calendar->holiday_count; i++)
        counts &= calendar->holidays[i].date != slow->at;
    for (size_t i = 0; i < calendar->closure_count; i++)
        counts &= slow->at < calendar->closures[i].from || slow->at > calendar->closures[i].to;
    if (calendar->not_counted_count) /* The tribunal's. */
        counts &= slow->month != 8 && !(slow->month == 12 && slow->mday >= 25) &&
                  !(slow->month == 1 && slow->mday == 1);
    return counts;
}

static bool slow_days(struct slow *slow, int n, int by, bool school)
{
    while (n > 0) {
        slow_step(slow, by);
        int counts = slow_counts(slow, school);
        if (counts == UNKNOWN)
            return false;
        n -= counts;
    }
    return true;
}

static bool slow_week_has_school(struct slow slow, bool *known)
{
    bool unknown = false;
    while ((slow.at + 3) % 7 != 0)
        slow_step(&slow, -1);
    for (int i = 0; i < 7; i++, slow_step(&slow, 1)) {
        int counts = slow_counts(&slow, true);
        if (counts == 1) {
            *known = true;
            return true;
        }
        unknown |= counts == UNKNOWN;
    }
    *known = !unknown;
    return false;
}

static bool slow_school_weeks(struct slow *slow, int n, int by)
{
    while (n > 0) {
        bool known;
        for (int i = 0; i < 7; i++)
            slow_step(slow, by);
        n -= slow_week_has_school(*slow, &known);
        if (!known)
            return false;
    }
    return true;
}

/* To the same day number, else that month's last: the first day in the right month whose number
 * is right or whose next day is in another month. */
static void slow_months(struct slow *slow, int n, int by)
{
    int number = slow->mday, month = slow->month, year = slow->year;
    for (int i = 0; i < n; i++) {
        month += by;
        year += month == 13 ? 1 : month == 0 ? -1 : 0;
        month = month == 13 ? 1 : month == 0 ? 12 : month;
    }
    while (slow->year != year || slow->month != month)
        slow_step(slow, by);
    int target = number < slow_month(year, month) ? number : slow_month(year, month);
    while (slow->mday != target)
        slow_step(slow, slow->mday < target ? 1 : -1);
}

static bool slow_length(const struct calendar *calendar, struct length length, int by, day from,
                        day *out)
{
    struct slow slow = slow_at(calendar, from);
    bool known = true;
    switch (length.unit) {
    case UNIT_DAY:
    case UNIT_WEEK:
        for (int i = 0; i < length.n * (length.unit == UNIT_WEEK ? 7 : 1); i++)
            slow_step(&slow, by);
        break;
    case UNIT_MONTH:
    case UNIT_YEAR:
        slow_months(&slow, length.n * (length.unit == UNIT_YEAR ? 12 : 1), by);
        break;
    case UNIT_WORKING_DAY:
    case UNIT_SCHOOL_DAY:
        known = slow_days(&slow, length.n, by, length.unit == UNIT_SCHOOL_DAY);
        break;
    case UNIT_SCHOOL_WEEK:
        known = slow_school_weeks(&slow, length.n, by);
        break;
    }
    *out = slow.at;
    return known;
}

/* --- comparing ------------------------------------------------------------------------------- */

static void fixed_anchor(void *self, const struct anchor *anchor, struct anchored *out)
{
    (void)anchor;
    *out = (struct anchored){ .known = true, .date = *(day *)self };
}

static bool worked(const struct calendar *calendar, struct moment moment, day from, day *out)
{
    const struct moment base = { .kind = MOMENT_ANCHOR, .anchor = { .name = "x" } };
    struct when_in in = { .calendar = calendar, .anchor = fixed_anchor, .self = &from };
    struct when_out got;
    moment.base = &base;
    when_moment(&in, &moment, &got);
    assert_int_equal(got.known, !got.beyond);
    *out = got.due;
    return got.known;
}

static void compare(const char *what, const struct calendar *calendar, struct length length,
                    day from, bool known, day date, bool slow_known, day slow_date)
{
    if (known == slow_known && (!known || date == slow_date))
        return;
    char a[DAY_TEXT_MAX], b[DAY_TEXT_MAX], c[DAY_TEXT_MAX];
    fail_msg("%s: %d of unit %d %s %s is %s (%d), not %s (%d)", calendar->name, length.n,
             length.unit, what, day_iso(from, a), day_iso(date, b), known, day_iso(slow_date, c),
             slow_known);
}

static struct length random_length(void)
{
    static const int most[] = { 800, 120, 40, 4, 300, 150, 60 };
    enum unit unit = (enum unit)random_below(UNIT_SCHOOL_WEEK + 1);
    return (struct length){ random_below(most[unit]), unit };
}

static void one_round(const struct calendar *calendar, day from)
{
    struct length length = random_length();
    day date, slow;
    bool known = worked(calendar, (struct moment){ .kind = MOMENT_AFTER, .length = length }, from,
                        &date);
    bool slow_known = slow_length(calendar, length, 1, from, &slow);
    compare("after", calendar, length, from, known, date, slow_known, slow);

    known = worked(calendar, (struct moment){ .kind = MOMENT_BEFORE, .length = length }, from,
                   &date);
    slow_known = slow_length(calendar, length, -1, from, &slow);
    compare("before", calendar, length, from, known, date, slow_known, slow);

    /* Notice is given the day before: as many whole days lie between. */
    struct moment notice = { .kind = MOMENT_BEFORE, .length = length, .at_least = true };
    known = worked(calendar, notice, from, &date);
    compare("at least before", calendar, length, from, known, date, slow_known, slow - 1);
}

/* `n` days starting with X are those after the day before X; months end before the anniversary. */
static void one_starting(const struct calendar *calendar, day from)
{
    struct length length = random_length();
    length.n++;
    day date, slow;
    struct moment moment = { .kind = MOMENT_AFTER, .length = length, .starting = true };
    bool months = length.unit == UNIT_MONTH || length.unit == UNIT_YEAR;
    bool weeks = length.unit == UNIT_SCHOOL_WEEK;
    bool known = worked(calendar, moment, from, &date);
    bool slow_known = slow_length(calendar, length, 1, months || weeks ? from : from - 1, &slow);
    if (weeks || (months && slow_at(calendar, slow).mday == slow_at(calendar, from).mday))
        slow--;
    compare("starting with", calendar, length, from, known, date, slow_known, slow);
}

static void lengths_agree_with_counting_day_by_day(void **state)
{
    (void)state;
    const struct calendar all[] = { england_calendar(), tribunal_calendar(), county_calendar() };
    day first = on_day("2023-01-01"), last = on_day("2029-06-30");
    for (int i = 0; i < ROUNDS; i++) {
        const struct calendar *calendar = &all[random_below(3)];
        day from = first + random_below(last - first);
        one_round(calendar, from);
        one_starting(calendar, from);
    }
}

/* However far: as many days of the kind lie between as the rule says, and no fewer would do. */
static void notice_leaves_whole_days_between(void **state)
{
    (void)state;
    const struct calendar county = county_calendar();
    day first = on_day("2026-01-10"), last = on_day("2027-06-01");
    for (int i = 0; i < ROUNDS; i++) {
        day meeting = first + random_below(last - first), sent;
        bool school = random_below(2);
        struct length length = { random_below(30) + 1,
                                 school ? UNIT_SCHOOL_DAY : UNIT_WORKING_DAY };
        struct moment notice = { .kind = MOMENT_BEFORE, .length = length, .at_least = true };
        if (!worked(&county, notice, meeting, &sent))
            continue;
        int between = 0;
        for (day date = sent + 1; date < meeting; date++)
            between += (school ? school_day(&county, date, NULL)
                               : working_day(&county, date, NULL)) == DAY_COUNTS;
        assert_int_equal(between, length.n);
        assert_int_equal(school ? school_day(&county, sent + 1, NULL)
                                : working_day(&county, sent + 1, NULL),
                         DAY_COUNTS);
    }
}

static void lengths_without_a_moment_are_the_same(void **state)
{
    (void)state;
    const struct calendar county = county_calendar();
    struct when_in in = { .calendar = &county };
    struct length ten = { 10, UNIT_WORKING_DAY };
    day out;
    assert_true(when_after(&in, ten, on_day("2026-12-18"), &out));
    assert_int_equal(out, on_day("2027-01-11"));
    assert_true(when_before(&in, ten, on_day("2027-01-11"), &out));
    assert_int_equal(out, on_day("2026-12-18"));
    out = 7;
    assert_false(when_after(&in, ten, on_day("2028-12-20"), &out));
    assert_int_equal(out, 7);
}

static const struct {
    const char *roll, *from, *to;
} rolls[] = {
    { NULL, "2026-12-25", "2026-12-25" },
    { "next working day", "2026-12-24", "2026-12-24" },
    { "next working day", "2026-12-25", "2027-01-04" },
    { "next working day", "2026-08-15", "2026-09-01" },
    { "previous working day", "2026-12-27", "2026-12-24" },
};

static void dates_roll_over_days_that_do_not_count(void **state)
{
    (void)state;
    const struct calendar tribunal = tribunal_calendar(), county = county_calendar();
    struct when_in in = { .calendar = &tribunal };
    day out;
    for (size_t i = 0; i < COUNT_OF(rolls); i++) {
        assert_true(when_roll(&in, rolls[i].roll, on_day(rolls[i].from), &out));
        assert_int_equal(out, on_day(rolls[i].to));
    }
    assert_false(when_roll(&in, "next working day", on_day("2029-01-01"), &out));
    in.calendar = &county;
    assert_true(when_roll(&in, "next school day", on_day("2026-12-19"), &out));
    assert_int_equal(out, on_day("2027-01-04"));
    assert_true(when_roll(&in, "previous school day", on_day("2027-01-03"), &out));
    assert_int_equal(out, on_day("2026-12-18"));
    assert_true(when_do_by(&in, on_day("2026-12-31"), false, &out));
    assert_int_equal(out, on_day("2026-12-24"));
    assert_true(when_do_by(&in, on_day("2026-12-31"), true, &out));
    assert_int_equal(out, on_day("2026-12-18"));
    assert_false(when_do_by(&in, on_day("2028-01-31"), true, &out));
    size_t count;
    const char *const *known = when_rolls(&count);
    assert_int_equal(count, 4);
    assert_string_equal(known[0], "next working day");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths_agree_with_counting_day_by_day),
        cmocka_unit_test(notice_leaves_whole_days_between),
        cmocka_unit_test(lengths_without_a_moment_are_the_same),
        cmocka_unit_test(dates_roll_over_days_that_do_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
