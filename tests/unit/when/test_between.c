/* SPDX-License-Identifier: MIT */
/* Days counted one by one: how many lie between, and the n-th after. */
#include "engine/when/when.h"
#include "tests/unit/when/calendars.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void counted_by_hand(void **state)
{
    (void)state;
    static const struct {
        enum unit unit;
        const char *from, *to;
        int days;
    } rows[] = {
        { UNIT_DAY, "2026-12-14", "2026-12-14", 0 },
        { UNIT_DAY, "2026-12-14", "2026-12-10", 0 },
        { UNIT_DAY, "2026-12-14", "2026-12-28", 14 },
        { UNIT_WEEK, "2026-12-14", "2026-12-28", 14 },
        { UNIT_MONTH, "2027-02-28", "2027-03-31", 31 },
        /* 15 to 18, 21 to 24; Christmas Day and the substitute for Boxing Day are not worked. */
        { UNIT_WORKING_DAY, "2026-12-14", "2026-12-28", 8 },
        { UNIT_WORKING_DAY, "2026-12-24", "2026-12-28", 0 },
        { UNIT_SCHOOL_DAY, "2026-10-20", "2026-11-02", 4 },  /* 21 to 23 October, 2 November. */
        { UNIT_SCHOOL_WEEK, "2026-10-20", "2026-11-02", 6 }, /* 21 to 25 October, 2 November. */
    };
    const struct calendar calendar = county_calendar();
    const struct when_in in = { .calendar = &calendar };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        int days = -1;
        assert_true(when_between(&in, rows[i].unit, on_day(rows[i].from), on_day(rows[i].to),
                                 &days));
        if (days != rows[i].days)
            fail_msg("%s to %s: %d instead of %d", rows[i].from, rows[i].to, days, rows[i].days);
    }
}

/* One is the reverse of the other, on every day and in every unit. */
static void there_and_back(void **state)
{
    (void)state;
    const struct calendar calendar = county_calendar();
    const struct when_in in = { .calendar = &calendar };
    for (int unit = UNIT_DAY; unit <= UNIT_SCHOOL_WEEK; unit++)
        for (day from = on_day("2026-09-07"); from < on_day("2026-11-20"); from += 3)
            for (int n = 0; n < 15; n++) {
                day date;
                int days;
                assert_true(when_beyond(&in, (enum unit)unit, n, from, &date));
                assert_true(when_between(&in, (enum unit)unit, from, date, &days));
                assert_int_equal(days, n);
                assert_true(n || date == from);
            }
}

static void a_calendar_that_ends_is_never_guessed(void **state)
{
    (void)state;
    struct calendar calendar = county_calendar();
    const struct when_in in = { .calendar = &calendar };
    calendar.known_until = on_day("2026-12-18");
    day date;
    int days;
    assert_false(when_between(&in, UNIT_WORKING_DAY, on_day("2026-12-14"), on_day("2026-12-21"),
                              &days));
    assert_false(when_beyond(&in, UNIT_WORKING_DAY, 5, on_day("2026-12-14"), &date));
    assert_true(when_beyond(&in, UNIT_WORKING_DAY, 4, on_day("2026-12-14"), &date));
    assert_int_equal(date, on_day("2026-12-18"));
    assert_true(when_beyond(&in, UNIT_DAY, 30, on_day("2026-12-14"), &date));
    assert_false(when_between(&in, UNIT_DAY, 0, 200000, &days));
}

static void the_unit_a_date_is_counted_in(void **state)
{
    (void)state;
    const struct moment anchor = { .kind = MOMENT_ANCHOR };
    const struct moment days = { .kind = MOMENT_AFTER, .length = { 10, UNIT_WORKING_DAY },
                                 .base = &anchor };
    const struct moment weeks = { .kind = MOMENT_AFTER, .length = { 2, UNIT_WEEK },
                                  .base = &days };
    const struct moment months = { .kind = MOMENT_AFTER, .length = { 2, UNIT_MONTH },
                                   .base = &anchor };
    const struct moment back = { .kind = MOMENT_BEFORE, .length = { 2, UNIT_WEEK },
                                 .base = &anchor };
    const struct moment next = { .kind = MOMENT_DAY_AFTER, .base = &days };
    const struct moment *const same[] = { &weeks, &months }, *const both[] = { &weeks, &days };
    const struct moment of_same = { .kind = MOMENT_EARLIER, .parts = same, .part_count = 2 };
    const struct moment of_both = { .kind = MOMENT_EARLIER, .parts = both, .part_count = 2 };
    enum unit unit;
    assert_true(when_unit(&days, &unit) && unit == UNIT_WORKING_DAY);
    assert_true(when_unit(&weeks, &unit) && unit == UNIT_DAY);
    assert_true(when_unit(&next, &unit) && unit == UNIT_WORKING_DAY);
    assert_true(when_unit(&of_same, &unit) && unit == UNIT_DAY);
    assert_false(when_unit(&of_both, &unit));
    assert_false(when_unit(&back, &unit));
    assert_false(when_unit(&anchor, &unit));
}

static void days_in_words(void **state)
{
    (void)state;
    char text[LENGTH_TEXT_MAX];
    assert_string_equal(when_days_text(UNIT_WORKING_DAY, 1, text), "1 working day");
    assert_string_equal(when_days_text(UNIT_SCHOOL_DAY, 3, text), "3 school days");
    assert_string_equal(when_days_text(UNIT_MONTH, 12, text), "12 days");
    assert_string_equal(when_days_text(UNIT_SCHOOL_WEEK, 12, text), "12 days");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counted_by_hand),
        cmocka_unit_test(there_and_back),
        cmocka_unit_test(a_calendar_that_ends_is_never_guessed),
        cmocka_unit_test(the_unit_a_date_is_counted_in),
        cmocka_unit_test(days_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
