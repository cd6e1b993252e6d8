/* SPDX-License-Identifier: MIT */
/* Periods of the law that no process of the examples uses yet, by England's calendar. */
#include "tests/unit/rules/moment_kit.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

struct row {
    const char *moment, *anchors, *date;
};

static const struct row rows[] = {
    /* Reg 15(2): 15 working days beginning with the day the old authority became aware. */
    { "15 working days starting with aware", "aware=2026-12-21", "2027-01-13" },
    { "15 working days starting with aware", "aware=2026-11-02", "2026-11-20" },
    { "15 working days before moves", "moves=2026-11-23", "2026-11-02" },
    /* Reg 15(5): the later of the year and three months, both beginning with their day. */
    { "later of (12 months starting with plan and 3 months starting with transfer)",
      "plan=2026-01-20 transfer=2026-12-01", "2027-02-28" },
    { "later of (12 months starting with plan and 3 months starting with transfer)",
      "plan=2026-09-14 transfer=2026-10-12", "2027-09-13" },
    /* Reg 15(4), when the transfer is on a Saturday: no day rolls. */
    { "6 weeks after transfer", "transfer=2026-11-14", "2026-12-26" },
    /* The tribunal's later-of: each limb may be the later. */
    { "later of (2 months after letter and 1 month after certificate)",
      "letter=2026-10-01 certificate=2026-11-29", "2026-12-29" },
    { "later of (2 months after letter and 1 month after certificate)",
      "letter=2026-10-01 certificate=2026-10-20", "2026-12-01" },
    /* Nothing is guessed beyond the calendar. */
    { "15 working days starting with aware", "aware=2028-12-20", "beyond the calendar" },
};

static void the_laws_other_periods(void **state)
{
    (void)state;
    const struct calendar england = england_calendar();
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct span span = { .col = 1 };
        const struct when_in in = given_when(&england, rows[i].anchors);
        const struct moment *moment =
            moment_parse(arena, rows[i].moment, span, NULL, diags_new(arena));
        struct when_out out;
        char text[160];
        assert_non_null(moment);
        when_moment(&in, moment, &out);
        if (strcmp(shown(&out, text), rows[i].date) != 0)
            fail_msg("%s, %s: '%s', not '%s'", rows[i].moment, rows[i].anchors, text, rows[i].date);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_laws_other_periods),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
