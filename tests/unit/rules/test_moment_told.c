/* SPDX-License-Identifier: MIT */
/* How a date came about, in the words that a council officer reads. */
#include "tests/unit/rules/moment_kit.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct {
    int line;
    const char *moment, *anchors, *calendar, *roll, *told;
} stories[] = {
    { __LINE__, "10 working days after hold", "hold=2026-12-18", "county", NULL,
      "start: hold is Fri 18 Dec 2026\n"
      "skip: Fri 25 Dec 2026 is not counted: Christmas Day\n"
      "skip: Mon 28 Dec 2026 is not counted: Boxing Day (substitute day)\n"
      "skip: Tue 29 Dec 2026 to Thu 31 Dec 2026 are not counted: Offices closed\n"
      "skip: Fri 1 Jan 2027 is not counted: New Year's Day\n"
      "skip: 8 days of weekends are not counted\n"
      "count: 10 working days after Fri 18 Dec 2026 is Mon 11 Jan 2027\n"
      "do_by: do it by then: Mon 11 Jan 2027 is a working day\n" },
    { __LINE__, "12 months starting with (last_review or plan)", "plan=2024-02-29", "county", NULL,
      "missing: last_review is not known yet\n"
      "start: plan is Thu 29 Feb 2024\n"
      "choose: plan is the first in order that is known\n"
      "count: 12 months starting with Thu 29 Feb 2024, which is day 1, end on Fri 28 Feb 2025, "
      "the month's last day\n"
      "do_by: do it by then: Fri 28 Feb 2025 is a working day\n" },
    { __LINE__, "at least 2 weeks before meeting", "meeting=2026-11-10", "county", NULL,
      "start: meeting is Tue 10 Nov 2026\n"
      "count: at least 2 weeks before Tue 10 Nov 2026, neither day counted, is Mon 26 Oct 2026\n"
      "do_by: do it by then: Mon 26 Oct 2026 is a working day\n" },
    { __LINE__, "earlier of (8 weeks after notice and 12 weeks after hold)",
      "hold=2026-11-10 notice=2026-12-01", "county", NULL,
      "start: notice is Tue 1 Dec 2026\n"
      "count: 8 weeks after Tue 1 Dec 2026 is Tue 26 Jan 2027\n"
      "start: hold is Tue 10 Nov 2026\n"
      "count: 12 weeks after Tue 10 Nov 2026 is Tue 2 Feb 2027\n"
      "choose: the earlier of the two is Tue 26 Jan 2027\n"
      "do_by: do it by then: Tue 26 Jan 2027 is a working day\n" },
    { __LINE__, "later of (a, b and c)", "b=2026-11-10 c=2026-11-12", "county", NULL,
      "missing: a is not known yet\n"
      "start: b is Tue 10 Nov 2026\n"
      "start: c is Thu 12 Nov 2026\n"
      "choose: the later of what is known so far is Thu 12 Nov 2026; it stands until the rest is "
      "known\n"
      "do_by: do it by then: Thu 12 Nov 2026 is a working day\n" },
    { __LINE__, "2 months after letter", "letter=2026-06-15", "tribunal", "next working day",
      "start: letter is Mon 15 Jun 2026\n"
      "count: 2 months after Mon 15 Jun 2026 is Sat 15 Aug 2026\n"
      "skip: Sat 15 Aug 2026 to Mon 31 Aug 2026 are not counted: August\n"
      "roll: it moves to the next working day: Tue 1 Sep 2026\n"
      "do_by: do it by then: Tue 1 Sep 2026 is a working day\n" },
    { __LINE__, "before 15 February in year", "year=2027", "county", NULL,
      "start: year is 2027\n"
      "count: 15 February in year is Mon 15 Feb 2027\n"
      "count: before Mon 15 Feb 2027 means at the latest on Sun 14 Feb 2027\n"
      "skip: 2 days of weekends are not counted\n"
      "do_by: do it by the last working day before: Fri 12 Feb 2027\n" },
    { __LINE__, "6 school weeks after x", "x=2026-10-12", "county", NULL,
      "start: x is Mon 12 Oct 2026\n"
      "skip: the week of Mon 26 Oct 2026 is not counted: no school day\n"
      "count: 6 school weeks after Mon 12 Oct 2026 is Mon 30 Nov 2026\n"
      "do_by: do it by then: Mon 30 Nov 2026 is a working day\n" },
    { __LINE__, "papers of next alfi_board after opened", "opened=2026-09-09", "county", NULL,
      "start: opened is Wed 9 Sep 2026\n"
      "count: papers of next alfi_board after opened is Thu 10 Sep 2026 12:00\n"
      "do_by: do it by then: Thu 10 Sep 2026 is a working day\n" },
    { __LINE__, "2 weeks after due of final", "final=~2026-11-10", "county", NULL,
      "start: due of final is Tue 10 Nov 2026, which may still move\n"
      "count: 2 weeks after Tue 10 Nov 2026 is Tue 24 Nov 2026\n"
      "do_by: do it by then: Tue 24 Nov 2026 is a working day\n" },
    { __LINE__, "10 working days after x", "x=2028-12-20", "county", NULL,
      "start: x is Wed 20 Dec 2028\n"
      "skip: Mon 25 Dec 2028 is not counted: Christmas Day\n"
      "skip: Tue 26 Dec 2028 is not counted: Boxing Day\n"
      "skip: 4 days of weekends are not counted\n"
      "missing: the calendar 'county' does not know the working days around "
      "Mon 1 Jan 2029: it ends on Sun 31 Dec 2028\n" },
    { __LINE__, "31 years after birth", "birth=2010-03-15", "county", NULL,
      "start: birth is Mon 15 Mar 2010\n"
      "count: 31 years after Mon 15 Mar 2010 is Fri 15 Mar 2041\n"
      "missing: the calendar 'county' does not know the working days around "
      "Fri 15 Mar 2041: it ends on Sun 31 Dec 2028\n" },
    { __LINE__, "end of term after x", "x=2027-08-20", "county", NULL,
      "start: x is Fri 20 Aug 2027\n"
      "missing: the calendar 'county' does not know the terms around "
      "Wed 1 Sep 2027: its last term ends on Fri 23 Jul 2027\n" },
    { __LINE__, "next panel after x", "x=2026-08-20", "county", NULL,
      "start: x is Thu 20 Aug 2026\n"
      "count: next panel after x is Tue 1 Sep 2026\n"
      "do_by: do it by then: Tue 1 Sep 2026 is a working day\n" },
    /* Further before the first than the panels are apart: one may have been left out. */
    { __LINE__, "next panel after x", "x=2026-08-17", "county", NULL,
      "start: x is Mon 17 Aug 2026\n"
      "missing: the calendar 'county' has no panel before Tue 1 Sep 2026, so it may be another "
      "one\n"
      "count: next panel after x is Tue 1 Sep 2026\n"
      "do_by: do it by then: Tue 1 Sep 2026 is a working day\n" },
    { __LINE__, "last panel before x", "x=2026-12-01", "county", NULL,
      "start: x is Tue 1 Dec 2026\n"
      "missing: the calendar 'county' has no panel after Tue 29 Sep 2026, so it may be another "
      "one\n"
      "count: last panel before x is Tue 29 Sep 2026\n"
      "do_by: do it by then: Tue 29 Sep 2026 is a working day\n" },
    { __LINE__, "next panel after x", "x=2026-09-29", "county", NULL,
      "start: x is Tue 29 Sep 2026\n"
      "missing: the calendar 'county' has no such date of panel: the last is "
      "Tue 29 Sep 2026\n" },
};

static struct arena *arena;

static const char *told(const struct calendar *calendar, const char *text, const char *anchors,
                        const char *roll)
{
    struct span span = { .col = 1 };
    const struct moment *moment = moment_parse(arena, text, span, NULL, diags_new(arena));
    struct trace trace = { .arena = arena };
    struct when_in in = given_when(calendar, anchors);
    struct when_out out;
    day date;
    in.trace = &trace;
    when_moment(&in, moment, &out);
    if (out.known && when_roll(&in, roll, out.due, &date) && when_do_by(&in, date, false, &date))
        assert_true(trace.count > 1);
    struct buf buf = buf_in(arena);
    for (size_t i = 0; i < trace.count; i++)
        buf_printf(&buf, "%s: %s\n", step_kind_name(trace.at[i].kind), trace.at[i].text);
    return buf_text(&buf);
}

static void each_date_can_be_told(void **state)
{
    (void)state;
    const struct calendar county = county_calendar(), tribunal = tribunal_calendar();
    for (size_t i = 0; i < COUNT_OF(stories); i++) {
        bool is_county = strcmp(stories[i].calendar, "county") == 0;
        const char *got = told(is_county ? &county : &tribunal, stories[i].moment,
                               stories[i].anchors, stories[i].roll);
        if (strcmp(got, stories[i].told) != 0)
            fail_msg("line %d: '%s':\n%s", stories[i].line, stories[i].moment, got);
    }
}

static void ordinary_notice_is_told(void **state)
{
    (void)state;
    const struct calendar county = county_calendar();
    struct span span = { .col = 1 };
    const struct moment *moment =
        moment_parse(arena, "at least 2 weeks before x", span, NULL, diags_new(arena));
    struct trace trace = { .arena = arena };
    struct when_in in = given_when(&county, "x=2026-11-10");
    struct when_out out;
    in.trace = &trace;
    in.notice_ordinary = true;
    when_moment(&in, moment, &out);
    assert_string_equal(trace.at[1].text, "2 weeks before Tue 10 Nov 2026, by the ordinary count, "
                                          "is Tue 27 Oct 2026");
}

/* A long story is cut in the middle: the end is what people look for. */
static void a_trace_has_an_end(void **state)
{
    (void)state;
    const struct calendar county = county_calendar();
    const char *story = told(&county,
                             "earlier of (200 working days after x, 300 working days after x, "
                             "400 working days after x, 500 working days after x, "
                             "600 working days after x, 350 working days after x)",
                             "x=2026-01-12", "next working day");
    size_t lines = 0;
    for (const char *at = story; *at; at++)
        lines += *at == '\n';
    assert_true(lines > 30 && lines <= 40);
    assert_non_null(strstr(story, "further days are not counted"));
    assert_non_null(strstr(story, "roll: Mon 26 Oct 2026 is a working day and stays\n"));
    assert_non_null(strstr(story, "do_by: "));
}


static int make_arena(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int drop_arena(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_date_can_be_told),
        cmocka_unit_test(ordinary_notice_is_told),
        cmocka_unit_test(a_trace_has_an_end),
    };
    return cmocka_run_group_tests(tests, make_arena, drop_arena);
}
