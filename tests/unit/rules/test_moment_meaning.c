/* SPDX-License-Identifier: MIT */
/* Each line of the grammar's table, and what stands beside it: text to date. */
#include "tests/unit/rules/moment_kit.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

struct row {
    int line;
    const char *moment, *anchors, *date;
};
#define ROW(...) { __LINE__, __VA_ARGS__ }

static const struct row plain[] = {
    /* The day itself is not counted. */
    ROW("2 weeks after meeting", "meeting=2026-11-10", "2026-11-24"),
    ROW("1 day after meeting", "meeting=2026-12-31", "2027-01-01"),
    ROW("0 days after meeting", "meeting=2026-11-10", "2026-11-10"),
    ROW("10 days before meeting", "meeting=2026-11-10", "2026-10-31"),
    ROW("2 weeks after term", "term=2026-11-10", "2026-11-24"),
    /* That day is day 1. */
    ROW("12 months starting with plan", "plan=2026-09-14", "2027-09-13"),
    ROW("12 months starting with plan", "plan=2024-02-29", "2025-02-28"),
    ROW("12 months starting with plan", "plan=2023-02-28", "2024-02-27"),
    ROW("1 month starting with plan", "plan=2027-01-31", "2027-02-28"),
    ROW("1 month starting with plan", "plan=2027-02-01", "2027-02-28"),
    ROW("1 year starting with plan", "plan=2027-01-01", "2027-12-31"),
    ROW("2 weeks starting with meeting", "meeting=2026-11-10", "2026-11-23"),
    ROW("15 days starting with served", "served=2026-12-08", "2026-12-22"),
    /* Clear days. */
    ROW("at least 2 weeks before meeting", "meeting=2026-11-10", "2026-10-26"),
    ROW("at least 14 days before meeting", "meeting=2026-11-10", "2026-10-26"),
    ROW("at least 1 month before meeting", "meeting=2027-03-31", "2027-02-27"),
    ROW("at least 5 working days before meeting", "meeting=2026-11-20", "2026-11-12"),
    ROW("at least 5 working days before meeting", "meeting=2026-11-16", "2026-11-08"),
    ROW("at least 5 working days before meeting", "meeting=2027-01-05", "2026-12-20"),
    ROW("at least 2 school weeks before meeting", "meeting=2026-11-10", "2026-10-19"),
    /* Before a day of the year. */
    ROW("before 15 February in transfer_year", "transfer_year=2027", "2027-02-14"),
    ROW("before 15 February in transfer_year", "transfer_year=2027-09-01", "2027-02-14"),
    ROW("before 15 February in 2027", "", "2027-02-14"),
    ROW("15th February in year", "year=2027", "2027-02-15"),
    ROW("29 February in year", "year=2027", "2027-02-28"),
    ROW("before 1 September 2027", "", "2027-08-31"),
    ROW("before meeting", "meeting=2026-11-10", "2026-11-09"),
    ROW("before 15 February in transfer_year", "", "waits for transfer_year"),
    /* As they read. */
    ROW("on meeting", "meeting=2026-11-10", "2026-11-10"),
    ROW("meeting", "meeting=2026-11-10", "2026-11-10"),
    ROW("day after meeting", "meeting=2026-11-30", "2026-12-01"),
    ROW("day before meeting", "meeting=2026-12-01", "2026-11-30"),
    ROW("day after (15 days starting with sent)", "sent=2026-12-08", "2026-12-23"),
    ROW("1 September 2027", "", "2027-09-01"),
    ROW("1 Sep 2027", "", "2027-09-01"),
    ROW("2027-09-01", "", "2027-09-01"),
    ROW("on 1 September 2027", "", "2027-09-01"),
    ROW("2 weeks after school", "school=2026-11-10", "2026-11-24"),
    ROW("2 weeks after due of complete", "complete=2026-11-10", "2026-11-24"),
    ROW("day after due of appeal", "appeal=2026-11-10", "2026-11-11"),
    ROW("6 weeks after asked", "asked=2026-07-14", "2026-08-25"),
    ROW("6 weeks after advice.ep.asked", "advice.ep.asked=2026-07-14", "2026-08-25"),
    ROW("2 weeks after first review", "review=2026-11-10", "2026-11-24"),
    ROW("2 weeks after latest review", "review=2026-11-10", "2026-11-24"),
    ROW("2 weeks after opened", "opened=2026-11-10", "2026-11-24"),
    ROW("5 days after occasion", "occasion=2026-09-01", "2026-09-06"),
    /* Months end where the day number does not exist. */
    ROW("6 months after plan", "plan=2026-08-31", "2027-02-28"),
    ROW("1 month after plan", "plan=2028-01-30", "2028-02-29"),
    ROW("1 month before plan", "plan=2027-03-31", "2027-02-28"),
    ROW("31 years after birth", "birth=2008-02-29", "2039-02-28"),
};

static const struct row several[] = {
    /* The first written that is known. */
    ROW("6 weeks after (request or became)", "request=? became=2026-06-01", "2026-07-13"),
    ROW("6 weeks after (request or became)", "request=2026-06-08 became=2026-06-01", "2026-07-20"),
    ROW("6 weeks after (request or became)", "", "waits for request"),
    ROW("request or became or told", "told=2026-06-01", "2026-06-01"),
    ROW("request or 2 weeks after told", "told=2026-06-01", "2026-06-15"),
    ROW("(2 weeks after request) or told", "told=2026-06-01", "2026-06-01"),
    /* A calendar that ends is not a date that nobody wrote: the next one is not what is meant. */
    ROW("(10 working days after request) or told", "request=2028-12-20 told=2026-06-01",
        "beyond the calendar"),
    /* The rest stand while one is unknown. */
    ROW("earlier of (8 weeks after notice and 12 weeks after meeting)",
        "notice=2026-12-01 meeting=2026-11-10", "2027-01-26"),
    ROW("earlier of (8 weeks after notice, 12 weeks after meeting)",
        "notice=? meeting=2026-11-10", "2027-02-02 until notice is known"),
    ROW("later of (a, b and c)", "a=2026-01-02 b=2026-01-03 c=2026-01-01", "2026-01-03"),
    ROW("later of (a, b, and c)", "a=2026-01-02 c=2026-01-01", "2026-01-02 until b is known"),
    ROW("earlier of (a and b)", "a=~2026-01-02 b=2026-01-01", "2026-01-01 for now"),
    ROW("earlier of (a and b)", "", "waits for a"),
    ROW("earlier of (10 working days after a and b)", "a=2028-12-20 b=2029-01-20",
        "2029-01-20 beyond the calendar"),
    ROW("all of (a and b)", "a=2026-01-02 b=2026-01-01", "2026-01-02"),
    ROW("all of (a and b)", "a=2026-01-02", "waits for b"),
    ROW("earlier of (3 years after appointed and before 1 September 2027)",
        "appointed=2024-09-01", "2027-08-31"),
    ROW("later of (2 months after (kept or amended) and 1 month after certificate)",
        "amended=2026-06-15", "2026-08-15 until certificate is known"),
    ROW("2 weeks after due of final", "final=~2026-06-15", "2026-06-29 for now"),
    ROW("2 weeks after (earlier of (a and b))", "a=2026-06-15", "2026-06-29 until b is known"),
};

static const struct row counted[] = {
    /* Ten working days over Christmas: the offices' closure counts too. */
    ROW("10 working days after hold", "hold=2026-12-18", "2027-01-11"),
    ROW("10 working days before hold", "hold=2027-01-11", "2026-12-18"),
    ROW("1 working day after hold", "hold=2026-11-13", "2026-11-16"),
    ROW("15 working days starting with aware", "aware=2026-11-09", "2026-11-27"),
    ROW("15 working days starting with aware", "aware=2026-11-07", "2026-11-27"),
    ROW("1 working day starting with aware", "aware=2026-11-09", "2026-11-09"),
    ROW("10 working days after hold", "hold=2028-12-20", "beyond the calendar"),
    ROW("2 weeks after hold", "hold=2028-12-20", "2029-01-03"),
    ROW("15 school days after asked", "asked=2026-10-12", "2026-11-09"),
    ROW("1 school day after asked", "asked=2026-07-23", "2026-09-03"),
    ROW("1 school day after asked", "asked=2027-07-23", "beyond the calendar"),
    ROW("1 school day before asked", "asked=2026-11-02", "2026-10-23"),
    ROW("6 school weeks after begins", "begins=2026-10-12", "2026-11-30"),
    ROW("2 school weeks after begins", "begins=2026-12-16", "2027-01-13"),
    ROW("1 school week before begins", "begins=2027-01-06", "2026-12-16"),
    ROW("6 school weeks starting with begins", "begins=2026-10-12", "2026-11-29"),
    ROW("2 school weeks after begins", "begins=2027-07-20", "beyond the calendar"),
};

static const struct row recurring[] = {
    ROW("end of term after x", "x=2026-10-12", "2026-12-18"),
    ROW("end of term after x", "x=2026-12-18", "2027-03-25"),
    ROW("end of term on or after x", "x=2026-12-18", "2026-12-18"),
    ROW("end of autumn term after x", "x=2026-09-10", "2026-12-18"),
    ROW("end of spring term after x", "x=2026-09-10", "2027-03-25"),
    ROW("start of term after x", "x=2026-07-30", "2026-09-03"),
    ROW("start of term before x", "x=2026-10-12", "2026-09-03"),
    ROW("next end of term after x", "x=2026-10-12", "2026-12-18"),
    ROW("last end of term before x", "x=2026-10-12", "2026-07-23"),
    ROW("end of summer term in year", "year=2027", "2027-07-23"),
    ROW("end of term in 2026", "", "2026-04-02"),
    ROW("end of term after x", "x=2027-07-23", "beyond the calendar"),
    ROW("end of term after x", "x=2024-05-01", "beyond the calendar"),
    ROW("end of term before x", "x=2027-08-20", "2027-07-23"),
    ROW("end of term before x", "x=2028-05-01", "beyond the calendar"),
    ROW("end of summer term before x", "x=2026-05-01", "beyond the calendar"),
    /* A half term is the stretch between two breaks. */
    ROW("start of half term after x", "x=2026-10-12", "2026-11-02"),
    ROW("end of half term after x", "x=2026-10-12", "2026-10-23"),
    ROW("end of half term after x", "x=2026-10-23", "2026-12-18"),
    ROW("start of half term before x", "x=2026-11-10", "2026-11-02"),
    ROW("end of half term after x", "x=2027-04-20", "2027-05-28"),
    ROW("start of school year after x", "x=2026-10-01", "2027-09-01"),
    ROW("end of school year after x", "x=2026-08-31", "2027-08-31"),
    ROW("end of school year on or after x", "x=2026-08-31", "2026-08-31"),
    /* Days of the year. */
    ROW("first Thursday of October after x", "x=2026-10-01", "2027-10-07"),
    ROW("first Thursday of October on or after x", "x=2026-10-01", "2026-10-01"),
    ROW("first Thursday of October in year", "year=2026", "2026-10-01"),
    ROW("third Thursday of May in year", "year=2027", "2027-05-20"),
    ROW("last Friday of June in 2027", "", "2027-06-25"),
    ROW("last Friday of June before (start of year 12)", "birth=2007-09-23", "2024-06-28"),
    ROW("last Friday of June before (start of year 12)", "birth=2011-08-31", "2027-06-25"),
    ROW("next 1 October after x", "x=2026-10-01", "2027-10-01"),
    ROW("next 1 October on or after x", "x=2026-10-01", "2026-10-01"),
    ROW("1 October after x", "x=2026-09-30", "2026-10-01"),
    ROW("last 15 February before start of year 7", "birth=2015-05-10", "2026-02-15"),
    ROW("last 15 February before x", "x=2026-02-15", "2025-02-15"),
    ROW("last 15 February on or before x", "x=2026-02-15", "2026-02-15"),
    ROW("next 29 February after x", "x=2027-03-01", "2028-02-29"),
    ROW("earlier of (next 31 August on or after (5th birthday of birth), "
        "next 31 December on or after (5th birthday of birth), "
        "next 31 March on or after (5th birthday of birth))",
        "birth=2019-02-10", "2024-03-31"),
    ROW("end of month after x", "x=2026-11-10", "2026-11-30"),
    ROW("end of month after x", "x=2026-11-30", "2026-12-31"),
    ROW("end of month on or after x", "x=2026-11-30", "2026-11-30"),
    ROW("end of month before x", "x=2026-11-30", "2026-10-31"),
    ROW("end of month on or before x", "x=2026-11-30", "2026-11-30"),
    /* Tables. */
    ROW("next panel at least 14 days after x", "x=2026-08-18", "2026-09-01"),
    ROW("next panel at least 14 days after x", "x=2026-08-19", "2026-09-15"),
    ROW("next panel after x", "x=2026-09-01", "2026-09-15"),
    ROW("next panel on or after x", "x=2026-09-01", "2026-09-01"),
    ROW("last panel before x", "x=2026-09-15", "2026-09-01"),
    ROW("last panel on or before x", "x=2026-09-15", "2026-09-15"),
    ROW("last panel at least 14 days before x", "x=2026-09-29", "2026-09-15"),
    ROW("next panel after x", "x=2026-09-29", "beyond the calendar"),
    ROW("papers of next alfi_board after opened", "opened=2026-09-09", "2026-09-10 12:00"),
    ROW("papers of next alfi_board after opened", "opened=2026-09-10", "2026-11-12 12:00"),
    ROW("meets of next alfi_board after opened", "opened=2026-09-09", "2026-09-24"),
    ROW("pays of last alfi_board before x", "x=2026-11-01", "2026-10-15"),
    ROW("pays of next alfi_board after x", "x=2027-01-01", "waits for pays"),
    ROW("next alfi_board after (papers of next alfi_board after x)", "x=2026-09-01",
        "2026-11-12 12:00"),
    ROW("next alfi_board on or after (papers of next alfi_board after x)", "x=2026-09-01",
        "2026-09-10 12:00"),
    /* Times are compared where both sides have one. */
    ROW("next slot after (papers of next alfi_board after x)", "x=2026-09-01", "2026-09-10 17:00"),
    ROW("last slot before (papers of next alfi_board after x)", "x=2026-09-01", "2026-09-10 09:00"),
    ROW("next slot on or after x", "x=2026-09-10", "2026-09-10 09:00"),
    ROW("next slot after x", "x=2026-09-10", "beyond the calendar"),
    ROW("next nothing after x", "x=2026-09-01", "waits for nothing"),
    /* Ages and school years. */
    ROW("31st birthday of birth", "birth=2010-03-15", "2041-03-15"),
    ROW("31st birthday of birth", "birth=2008-02-29", "2039-03-01"),
    ROW("16th birthday of birth", "birth=2008-02-29", "2024-02-29"),
    ROW("start of year 9", "birth=2013-08-31", "2026-09-01"),
    ROW("start of year 9", "birth=2013-09-01", "2027-09-01"),
    ROW("end of year 11", "birth=2010-09-01", "2027-08-31"),
    ROW("start of year 0", "birth=2019-02-10", "2023-09-01"),
    ROW("start of year 9", "", "waits for birth"),
    /* Anniversaries. */
    ROW("3 months before anniversary of plan", "plan=2026-03-31", "2026-12-31"),
    ROW("anniversary of plan", "plan=2024-02-29", "2025-02-28"),
    ROW("next anniversary of plan after opened", "plan=2020-05-06 opened=2026-05-06", "2027-05-06"),
    ROW("next anniversary of plan after opened", "plan=2020-05-06 opened=2026-05-05", "2026-05-06"),
    ROW("next anniversary of plan after opened", "plan=2020-05-06 opened=2019-01-01", "2021-05-06"),
    ROW("next anniversary of plan after x", "plan=2024-02-29 x=2027-03-01", "2028-02-29"),
    ROW("next anniversary of plan after x", "plan=2024-02-29", "waits for x"),
};

/* A calendar whose terms are listed beyond the last day that it knows. */
static const struct row short_known[] = {
    ROW("start of half term before x", "x=2026-09-20", "2026-09-03"),
    ROW("start of half term before x", "x=2026-11-20", "beyond the calendar"),
    ROW("end of half term after x", "x=2026-09-20", "beyond the calendar"),
    ROW("end of term after x", "x=2026-09-20", "2026-12-18"),
};

static void check_rows_by(const struct calendar *calendar, const struct row *rows, size_t count)
{
    static struct arena *arena;
    arena = arena_new();
    for (size_t i = 0; i < count; i++) {
        arena_reset(arena);
        struct diags *diags = diags_new(arena);
        struct span span = { .col = 1 };
        const struct moment *moment = moment_parse(arena, rows[i].moment, span, NULL, diags);
        if (!moment)
            fail_msg("line %d: '%s': %s", rows[i].line, rows[i].moment, diags->at[0].text);
        struct when_in in = given_when(calendar, rows[i].anchors);
        struct when_out out, again;
        char text[160];
        when_moment(&in, moment, &out);
        if (strcmp(shown(&out, text), rows[i].date) != 0)
            fail_msg("line %d: '%s' is %s, not %s", rows[i].line, rows[i].moment, text,
                     rows[i].date);
        /* Telling how changes nothing, and always says something. */
        struct trace trace = { .arena = arena };
        in.trace = &trace;
        when_moment(&in, moment, &again);
        assert_int_equal(again.due, out.due);
        assert_int_equal(again.known, out.known);
        assert_true(trace.count > 0);
    }
    arena_free(arena);
}

static void check_rows(const struct row *rows, size_t count)
{
    const struct calendar county = county_calendar();
    check_rows_by(&county, rows, count);
}

static void periods_and_dates_mean_what_they_say(void **state)
{
    (void)state;
    check_rows(plain, COUNT_OF(plain));
}

static void several_dates_become_one(void **state)
{
    (void)state;
    check_rows(several, COUNT_OF(several));
}

static void days_count_by_the_calendar(void **state)
{
    (void)state;
    check_rows(counted, COUNT_OF(counted));
}

static void dates_come_round(void **state)
{
    (void)state;
    check_rows(recurring, COUNT_OF(recurring));
}

static void half_terms_end_with_the_calendar(void **state)
{
    (void)state;
    struct calendar county = county_calendar();
    county.known_until = on_day("2026-10-01");
    check_rows_by(&county, short_known, COUNT_OF(short_known));
}

static void ordinary_notice_is_the_plain_count(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const struct calendar county = county_calendar();
    struct when_in in = given_when(&county, "meeting=2026-11-10");
    in.notice_ordinary = true;
    struct span span = { .col = 1 };
    const struct moment *moment =
        moment_parse(arena, "at least 2 weeks before meeting", span, NULL, diags_new(arena));
    struct when_out out;
    when_moment(&in, moment, &out);
    assert_int_equal(out.due, on_day("2026-10-27"));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(periods_and_dates_mean_what_they_say),
        cmocka_unit_test(several_dates_become_one),
        cmocka_unit_test(days_count_by_the_calendar),
        cmocka_unit_test(dates_come_round),
        cmocka_unit_test(half_terms_end_with_the_calendar),
        cmocka_unit_test(ordinary_notice_is_the_plain_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
