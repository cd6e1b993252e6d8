/* SPDX-License-Identifier: MIT */
#include "engine/when/when.h"
#include "tests/unit/when/calendars.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum which { WORKING, SCHOOL };
struct row {
    int line;
    enum which which;
    const char *calendar, *date;
    enum day_is is;
    const char *why;
};
#define ROW(...) { __LINE__, __VA_ARGS__ }

static const struct row rows[] = {
    ROW(WORKING, "england", "2026-11-10", DAY_COUNTS, NULL),
    ROW(WORKING, "england", "2026-11-14", DAY_SKIPPED, "Saturday"),
    ROW(WORKING, "england", "2026-11-15", DAY_SKIPPED, "Sunday"),
    ROW(WORKING, "england", "2026-12-25", DAY_SKIPPED, "Christmas Day"),
    ROW(WORKING, "england", "2026-12-26", DAY_SKIPPED, "Saturday"),
    ROW(WORKING, "england", "2026-12-28", DAY_SKIPPED, "Boxing Day (substitute day)"),
    ROW(WORKING, "england", "2026-12-29", DAY_COUNTS, NULL),
    /* Christmas on a Saturday needs no list to be no working day. */
    ROW(WORKING, "england", "2027-12-25", DAY_SKIPPED, "Saturday"),
    ROW(WORKING, "england", "2027-12-27", DAY_SKIPPED, "Christmas Day (substitute day)"),
    ROW(WORKING, "england", "2028-12-29", DAY_COUNTS, NULL),
    ROW(WORKING, "england", "2029-01-02", DAY_UNKNOWN, NULL),
    ROW(WORKING, "england", "2018-12-31", DAY_UNKNOWN, NULL),
    ROW(SCHOOL, "england", "2026-11-10", DAY_UNKNOWN, NULL),
    ROW(WORKING, "tribunal", "2026-07-31", DAY_COUNTS, NULL),
    ROW(WORKING, "tribunal", "2026-08-03", DAY_SKIPPED, "August"),
    ROW(WORKING, "tribunal", "2026-08-31", DAY_SKIPPED, "August"),
    ROW(WORKING, "tribunal", "2026-09-01", DAY_COUNTS, NULL),
    ROW(WORKING, "tribunal", "2026-12-24", DAY_COUNTS, NULL),
    ROW(WORKING, "tribunal", "2026-12-30", DAY_SKIPPED, "25 December to 1 January"),
    ROW(WORKING, "tribunal", "2027-01-01", DAY_SKIPPED, "25 December to 1 January"),
    ROW(WORKING, "tribunal", "2027-01-04", DAY_COUNTS, NULL),
    ROW(WORKING, "county", "2026-12-30", DAY_SKIPPED, "Offices closed"),
    ROW(WORKING, "county", "2026-08-03", DAY_COUNTS, NULL),
    ROW(SCHOOL, "county", "2026-11-10", DAY_COUNTS, NULL),
    ROW(SCHOOL, "county", "2026-11-14", DAY_SKIPPED, "Saturday"),
    ROW(SCHOOL, "county", "2026-10-28", DAY_SKIPPED, "half-term holiday"),
    ROW(SCHOOL, "county", "2026-08-03", DAY_SKIPPED, "school holidays"),
    ROW(SCHOOL, "county", "2026-12-18", DAY_COUNTS, NULL),
    ROW(SCHOOL, "county", "2026-12-21", DAY_SKIPPED, "school holidays"),
    ROW(SCHOOL, "county", "2026-05-04", DAY_SKIPPED, "Early May bank holiday"),
    /* Holidays are known to the end of the school year, and from its beginning. */
    ROW(SCHOOL, "county", "2025-09-02", DAY_SKIPPED, "school holidays"),
    ROW(SCHOOL, "county", "2025-08-31", DAY_UNKNOWN, NULL),
    ROW(SCHOOL, "county", "2027-08-31", DAY_SKIPPED, "school holidays"),
    ROW(SCHOOL, "county", "2027-09-01", DAY_UNKNOWN, NULL),
};

static void days_are_what_the_calendar_says(void **state)
{
    (void)state;
    const struct calendar all[] = { england_calendar(), tribunal_calendar(), county_calendar() };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct row *row = &rows[i];
        size_t at = 0;
        while (strcmp(all[at].name, row->calendar) != 0)
            at++;
        const char *why = "untouched";
        day date = on_day(row->date);
        enum day_is is = row->which == WORKING ? working_day(&all[at], date, &why)
                                               : school_day(&all[at], date, &why);
        bool same = why && row->why ? strcmp(why, row->why) == 0 : why == row->why;
        if (is != row->is || !same)
            fail_msg("line %d: %s is %d: %s", row->line, row->date, is, why ? why : "(none)");
    }
}

/* Training days and a school's own closures are worked by everybody else. */
static void a_school_has_days_of_its_own(void **state)
{
    (void)state;
    static const struct {
        const char *date;
        enum day_is working, school;
        const char *why;
    } days[] = {
        { "2026-10-22", DAY_COUNTS, DAY_COUNTS, NULL },
        { "2026-10-23", DAY_COUNTS, DAY_SKIPPED, "Training day" },
        { "2026-10-24", DAY_SKIPPED, DAY_SKIPPED, "Saturday" },
        { "2026-11-30", DAY_COUNTS, DAY_SKIPPED, "Burst pipe" },
        { "2026-12-01", DAY_COUNTS, DAY_SKIPPED, "Burst pipe" },
        { "2026-12-02", DAY_COUNTS, DAY_COUNTS, NULL },
    };
    const struct named_day training = { on_day("2026-10-23"), "Training day" };
    const struct stretch pipe = { on_day("2026-11-30"), on_day("2026-12-01"), "Burst pipe" };
    struct calendar grove = county_calendar();
    grove.non_pupil = &training;
    grove.shut = &pipe;
    grove.non_pupil_count = grove.shut_count = 1;
    for (size_t i = 0; i < COUNT_OF(days); i++) {
        const char *why = NULL;
        day date = on_day(days[i].date);
        if (working_day(&grove, date, NULL) != days[i].working ||
            school_day(&grove, date, &why) != days[i].school ||
            (why ? !days[i].why || strcmp(why, days[i].why) != 0 : days[i].why != NULL))
            fail_msg("%s: %s", days[i].date, why ? why : "(none)");
    }
}

/* A year that nobody wrote down is not one long holiday. */
static void a_gap_between_terms_is_not_guessed(void **state)
{
    (void)state;
    struct calendar county = county_calendar();
    struct term terms[2] = { county.terms[0], county.terms[5] };
    county.terms = terms;
    county.term_count = 2;
    assert_int_equal(school_day(&county, on_day("2025-11-10"), NULL), DAY_COUNTS);
    assert_int_equal(school_day(&county, on_day("2026-06-10"), NULL), DAY_UNKNOWN);
    assert_int_equal(school_day(&county, on_day("2027-06-10"), NULL), DAY_COUNTS);
    /* Near the years' ends nothing is known, and nothing runs away. */
    county.known_from = DAY_NONE;
    county.known_until = INT32_MAX;
    memset(county.working, 0, sizeof county.working);
    struct when_in in = { .calendar = &county };
    day out;
    assert_false(when_do_by(&in, on_day("2026-01-01"), false, &out));
    assert_false(when_roll(&in, "next working day", INT32_MAX, &out));
    assert_false(when_after(&in, (struct length){ 1, UNIT_WORKING_DAY }, INT32_MAX, &out));
    assert_false(when_after(&in, (struct length){ INT32_MAX, UNIT_YEAR }, 0, &out));
    assert_false(when_before(&in, (struct length){ -1, UNIT_DAY }, 0, &out));
}

static const struct {
    int line;
    const char *date;
    int days;
    const char *from, *to; /* NULL: none. */
    const char *title;
} closures[] = {
    /* Asked in term: the next long closure is the summer's. */
    { __LINE__, "2026-07-14", 28, "2026-07-24", "2026-09-02", "school holidays" },
    { __LINE__, "2026-08-10", 28, "2026-07-24", "2026-09-02", "school holidays" },
    { __LINE__, "2025-11-03", 28, "2026-07-24", "2026-09-02", "school holidays" },
    /* Christmas has 16 days, half-term 9. */
    { __LINE__, "2025-12-10", 16, "2025-12-20", "2026-01-04", "school holidays" },
    { __LINE__, "2025-12-10", 17, "2026-04-03", "2026-04-19", "school holidays" },
    { __LINE__, "2026-10-12", 9, "2026-10-24", "2026-11-01", "half-term holiday" },
    { __LINE__, "2026-10-12", 2, "2026-10-17", "2026-10-18", "Saturday" },
    /* Nobody knows when the school opens again. */
    { __LINE__, "2027-07-14", 28, NULL, NULL, "its last term ends on Fri 23 Jul 2027" },
    { __LINE__, "2026-09-10", 60, NULL, NULL, "its last term ends on Fri 23 Jul 2027" },
    { __LINE__, "2024-05-01", 28, NULL, NULL, "its first term begins on Wed 3 Sep 2025" },
    { __LINE__, "2025-09-01", 28, NULL, NULL, "its first term begins on Wed 3 Sep 2025" },
    /* Fourteen months without one. */
    { __LINE__, "2025-09-03", 60, NULL, NULL, NULL },
};

static void long_closures_are_found(void **state)
{
    (void)state;
    const struct calendar county = county_calendar();
    for (size_t i = 0; i < COUNT_OF(closures); i++) {
        struct stretch got;
        char from[DAY_TEXT_MAX], to[DAY_TEXT_MAX], why[ENDS_TEXT_MAX];
        day unknown = DAY_NONE;
        enum day_is is = closure_around(&county, on_day(closures[i].date), closures[i].days, &got,
                                        &unknown);
        bool found = is == DAY_COUNTS;
        if (found != (closures[i].from != NULL) || (is == DAY_UNKNOWN) != (unknown != DAY_NONE))
            fail_msg("line %d: found %d", closures[i].line, is);
        if (is == DAY_UNKNOWN)
            calendar_ends(&county, true, unknown, why);
        if (is == DAY_UNKNOWN && strcmp(why, closures[i].title) != 0)
            fail_msg("line %d: %s", closures[i].line, why);
        if (found && (strcmp(day_iso(got.from, from), closures[i].from) != 0 ||
                      strcmp(day_iso(got.to, to), closures[i].to) != 0 ||
                      strcmp(got.title, closures[i].title) != 0))
            fail_msg("line %d: %s to %s, %s", closures[i].line, from, to, got.title);
    }
}

static void terms_hold_their_days(void **state)
{
    (void)state;
    const struct calendar county = county_calendar();
    assert_string_equal(term_at(&county, on_day("2026-09-03"))->name, "autumn 2026");
    assert_string_equal(term_at(&county, on_day("2026-12-18"))->name, "autumn 2026");
    assert_string_equal(term_at(&county, on_day("2026-10-28"))->name, "autumn 2026");
    assert_null(term_at(&county, on_day("2026-12-19")));
    assert_null(term_at(&county, on_day("2026-09-02")));
}

static void children_grow_older(void **state)
{
    (void)state;
    static const struct {
        const char *birth, *on;
        int age, year;
    } children[] = {
        { "2013-08-31", "2026-08-31", 13, 8 },  { "2013-08-31", "2026-09-01", 13, 9 },
        { "2013-09-01", "2026-09-01", 13, 8 },  { "2013-09-01", "2026-08-31", 12, 7 },
        { "2008-02-29", "2026-02-28", 17, 13 }, { "2008-02-29", "2026-03-01", 18, 13 },
        { "2008-02-29", "2024-02-28", 15, 11 }, { "2008-02-29", "2024-02-29", 16, 11 },
        { "2022-01-10", "2026-09-01", 4, 0 },   { "2024-01-10", "2026-09-01", 2, -2 },
    };
    for (size_t i = 0; i < COUNT_OF(children); i++) {
        day birth = on_day(children[i].birth), on = on_day(children[i].on);
        assert_int_equal(age_at(birth, on), children[i].age);
        assert_int_equal(school_year_at(birth, on), children[i].year);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_what_the_calendar_says),
        cmocka_unit_test(a_school_has_days_of_its_own),
        cmocka_unit_test(a_gap_between_terms_is_not_guessed),
        cmocka_unit_test(long_closures_are_found),
        cmocka_unit_test(terms_hold_their_days),
        cmocka_unit_test(children_grow_older),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
