/* SPDX-License-Identifier: MIT */
#include "engine/base/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

enum { FIRST_YEAR = 1900, LAST_YEAR = 2199 };

/* Every day reeve knows, against the C library. */
static void every_day_goes_there_and_back(void **state)
{
    (void)state;
    day last = day_of(LAST_YEAR, 12, 31);
    int days = 0;
    for (day d = day_of(FIRST_YEAR, 1, 1); d <= last; d++, days++) {
        struct ymd got = ymd_of(d);
        struct tm tm = { .tm_year = got.year - 1900, .tm_mon = got.month - 1, .tm_mday = got.day };
        time_t seconds = timegm(&tm);
        if (seconds != (time_t)d * 86400 || day_of(got.year, got.month, got.day) != d ||
            !ymd_valid(got.year, got.month, got.day) ||
            (int)weekday_of(d) != (tm.tm_wday + 6) % 7)
            fail_msg("day %d is taken for %d-%d-%d", d, got.year, got.month, got.day);

        char iso[DAY_TEXT_MAX], libc[DAY_TEXT_MAX];
        strftime(libc, sizeof libc, "%Y-%m-%d", &tm);
        day again = DAY_NONE;
        if (strcmp(day_iso(d, iso), libc) != 0 || !day_parse(iso, &again) || again != d)
            fail_msg("day %d is written '%s', not '%s'", d, iso, libc);
    }
    assert_int_equal(days, 300 * 365 + 73);
}

static void days_far_away_hold_too(void **state)
{
    (void)state;
    for (int year = -2000; year <= 5000; year += 7) {
        struct ymd d = ymd_of(day_of(year, 2, 28));
        assert_int_equal(d.year, year);
        assert_int_equal(d.month, 2);
        assert_int_equal(d.day, 28);
    }
}

static const struct {
    const char *text;
    bool strict, any;
    int year, month, day;
} parses[] = {
    { "2026-11-21", true, true, 2026, 11, 21 },
    { "1900-01-01", true, true, 1900, 1, 1 },
    { "2199-12-31", true, true, 2199, 12, 31 },
    { "2024-02-29", true, true, 2024, 2, 29 },
    { "2000-02-29", true, true, 2000, 2, 29 },
    { "21 November 2026", false, true, 2026, 11, 21 },
    { "21 Nov 2026", false, true, 2026, 11, 21 },
    { " 1  may 2026 ", false, true, 2026, 5, 1 },
    { "01 MAY 2026", false, true, 2026, 5, 1 },
    { "1899-12-31", false, false, 0, 0, 0 },
    { "2200-01-01", false, false, 0, 0, 0 },
    { "2026-02-31", false, false, 0, 0, 0 },
    { "2026-02-29", false, false, 0, 0, 0 },
    { "2100-02-29", false, false, 0, 0, 0 },
    { "2026-04-31", false, false, 0, 0, 0 },
    { "2026-00-10", false, false, 0, 0, 0 },
    { "2026-13-10", false, false, 0, 0, 0 },
    { "2026-01-00", false, false, 0, 0, 0 },
    { "2026-1-01", false, false, 0, 0, 0 },
    { "2026-11-21 ", false, false, 0, 0, 0 },
    { "2026/11/21", false, false, 0, 0, 0 },
    { "+026-11-21", false, false, 0, 0, 0 },
    { "21-11-2026", false, false, 0, 0, 0 },
    { "31 February 2026", false, false, 0, 0, 0 },
    { "21November 2026", false, false, 0, 0, 0 },
    { "21 Novem 2026", false, false, 0, 0, 0 },
    { "21 Nov 26", false, false, 0, 0, 0 },
    { "21 Nov 2026 at noon", false, false, 0, 0, 0 },
    { "21", false, false, 0, 0, 0 },
    { "2", false, false, 0, 0, 0 },
    { " ", false, false, 0, 0, 0 },
    { "", false, false, 0, 0, 0 },
};

static void dates_are_read_as_written(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof parses / sizeof *parses; i++) {
        day strict = 77, any = 77;
        bool strict_ok = day_parse(parses[i].text, &strict);
        bool any_ok = day_parse_any(parses[i].text, &any);
        day want = parses[i].any ? day_of(parses[i].year, parses[i].month, parses[i].day) : 77;
        if (strict_ok != parses[i].strict || any_ok != parses[i].any || any != want ||
            strict != (parses[i].strict ? want : 77))
            fail_msg("'%s' gives %d (%d), in any form %d (%d)", parses[i].text, strict_ok, strict,
                     any_ok, any);
    }
}

static void a_refused_date_says_why(void **state)
{
    (void)state;
    static const struct {
        const char *text, *why;
    } rows[] = {
        { "2026-02-31", "2026-02-31 is not a date: February 2026 has 28 days" },
        { "2024-02-30", "2024-02-30 is not a date: February 2024 has 29 days" },
        { "31 April 2026", "31 April 2026 is not a date: April 2026 has 30 days" },
        { "2026-13-01", "2026-13-01 is not a date: months run from 01 to 12" },
        { "2026-01-00", "2026-01-00 is not a date: days run from 01" },
        { "1899-12-31", "1899-12-31 is out of range: years run from 1900 to 2199" },
        { "soon", "'soon' is not a date: write it as 2026-11-21" },
        { "", "'' is not a date: write it as 2026-11-21" },
        { "a very long text that somebody pasted he\xc3\xa9re",
          "'a very long text that somebody pasted he' is not a date: write it as 2026-11-21" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char why[160];
        day_parse_why(rows[i].text, why, sizeof why);
        assert_string_equal(why, rows[i].why);
    }
    char small[12];
    day_parse_why("2026-02-31", small, sizeof small);
    assert_string_equal(small, "2026-02-31 ");
}

static void dates_are_written_in_words(void **state)
{
    (void)state;
    char text[DAY_TEXT_MAX];
    assert_string_equal(day_short(day_of(2026, 11, 21), text), "Sat 21 Nov 2026");
    assert_string_equal(day_long(day_of(2026, 9, 2), text), "Wednesday 2 September 2026");
    assert_string_equal(day_long(day_of(2026, 9, 30), text), "Wednesday 30 September 2026");
    assert_string_equal(day_iso(DAY_NONE, text), "");
    assert_string_equal(day_short(DAY_NONE, text), "");
    assert_string_equal(day_long(DAY_NONE, text), "");
}

static void months_end_on_the_last_day(void **state)
{
    (void)state;
    static const struct {
        const char *from;
        int months;
        const char *to;
    } rows[] = {
        { "2026-01-31", 1, "2026-02-28" },  { "2024-01-31", 1, "2024-02-29" },
        { "2024-02-29", 12, "2025-02-28" }, { "2024-02-29", 48, "2028-02-29" },
        { "2026-08-31", 1, "2026-09-30" },  { "2026-11-15", 2, "2027-01-15" },
        { "2026-12-01", 1, "2027-01-01" },  { "2026-01-31", -1, "2025-12-31" },
        { "2026-03-31", -1, "2026-02-28" }, { "2026-01-15", -13, "2024-12-15" },
        { "2026-05-05", 0, "2026-05-05" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        day from;
        char text[DAY_TEXT_MAX];
        assert_true(day_parse(rows[i].from, &from));
        assert_string_equal(day_iso(day_add_months(from, rows[i].months), text), rows[i].to);
    }
}

static void times_of_day(void **state)
{
    (void)state;
    static const char *const bad[] = { "24:00", "08:60", "8:00", "08.00", "08:00 ", "", "-1:00" };
    for (int minute = 0; minute < MINUTES_A_DAY; minute++) {
        char text[8];
        int again = -1;
        assert_true(minute_parse(minute_text(minute, text), &again));
        assert_int_equal(again, minute);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int minute = 77;
        assert_false(minute_parse(bad[i], &minute));
        assert_int_equal(minute, 77);
    }
    char text[8];
    assert_string_equal(minute_text(480, text), "08:00");
}

static void minutes_belong_to_days(void **state)
{
    (void)state;
    static const day days[] = { -25567, -2, -1, 0, 1, 20778 };
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        assert_int_equal(minute_day(minute_at(days[i], 0)), days[i]);
        assert_int_equal(minute_day(minute_at(days[i], MINUTES_A_DAY - 1)), days[i]);
        assert_int_equal(minute_day(minute_at(days[i], 0) - 1), days[i] - 1);
    }
}

static void names_of_months_and_weekdays(void **state)
{
    (void)state;
    for (int month = 1; month <= 12; month++) {
        assert_int_equal(month_from_name(month_name(month), strlen(month_name(month))), month);
        assert_int_equal(month_from_name(month_name(month), 3), month);
    }
    for (int w = MONDAY; w <= SUNDAY; w++) {
        const char *name = weekday_name((enum weekday)w);
        assert_int_equal(weekday_from_name(name, strlen(name)), w);
        assert_int_equal(weekday_from_name(name, 3), w);
    }
    assert_int_equal(month_from_name("march of", 5), 3);
    assert_int_equal(month_from_name("sept", 4), 0);
    assert_int_equal(month_from_name("", 0), 0);
    assert_int_equal(weekday_from_name("tues", 4), -1);
    assert_int_equal(weekday_from_name("", 0), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_goes_there_and_back),
        cmocka_unit_test(days_far_away_hold_too),
        cmocka_unit_test(dates_are_read_as_written),
        cmocka_unit_test(a_refused_date_says_why),
        cmocka_unit_test(dates_are_written_in_words),
        cmocka_unit_test(months_end_on_the_last_day),
        cmocka_unit_test(times_of_day),
        cmocka_unit_test(minutes_belong_to_days),
        cmocka_unit_test(names_of_months_and_weekdays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
