/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/dates.h"

#include "engine/core/explain.h"
#include "tests/unit/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static enum err_code explain(struct arena *arena, const struct casefile *file, const char *name,
                             struct explained *out, struct err *err)
{
    const struct calendar main_one = christmas(), *const at[] = { &main_one };
    const struct calendars calendars = { .at = at, .count = 1 };
    const struct decide_in in = { .model = &model, .calendars = &calendars, .file = file };
    return explain_deadline(&in, name, arena, out, err);
}

static void verdicts_say_which_rule_won(void **state)
{
    static const struct {
        const char *name, *wanted;
    } rows[] = {
        { "report", "Due Mon 28 Dec 2026: 2 weeks after hold (reg 20(7)); the law's date binds, as "
                    "10 working days after hold is later, on Wed 30 Dec 2026" },
        { "early", "Due Mon 21 Dec 2026: 1 week after hold; the law allows until Mon 28 Dec 2026" },
        { "plain", "Due Mon 28 Dec 2026: 2 weeks after hold (reg 20(7))" },
        { "rule_only", "Due Mon 28 Dec 2026: 2 weeks after hold; provisional" },
        { "waits", "No date yet: 1 week after meeting (reg 1); meeting is not known yet" },
    };
    const struct casefile file = held(*state);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct explained e;
        assert_int_equal(explain(*state, &file, rows[i].name, &e, NULL), ERR_NONE);
        if (strcmp(e.verdict, rows[i].wanted) != 0)
            fail_msg("%s: '%s' instead of '%s'", rows[i].name, e.verdict, rows[i].wanted);
    }
}

static bool traced(const struct trace *trace, enum step_kind kind, day date)
{
    for (size_t i = 0; i < trace->count; i++)
        if (trace->at[i].kind == kind && trace->at[i].date == date)
            return true;
    return false;
}

static void steps_are_shown_for_each_rule(void **state)
{
    struct explained e;
    const struct casefile file = held(*state);
    assert_int_equal(explain(*state, &file, "report", &e, NULL), ERR_NONE);
    assert_true(traced(&e.rule.trace, STEP_START, day_of(2026, 12, 14)));
    assert_true(traced(&e.rule.trace, STEP_SKIP, day_of(2026, 12, 25)));
    assert_true(traced(&e.rule.trace, STEP_COUNT, day_of(2026, 12, 30)));
    assert_true(traced(&e.floor.trace, STEP_COUNT, day_of(2026, 12, 28)));
    assert_true(traced(&e.floor.trace, STEP_FLOOR, day_of(2026, 12, 28)));
    assert_false(traced(&e.floor.trace, STEP_SKIP, day_of(2026, 12, 25)));
    assert_true(traced(&e.do_by, STEP_DO_BY, day_of(2026, 12, 18)));
    assert_true(e.floor.binds && e.floor.floor);
    assert_false(e.rule.binds);
    assert_string_equal(e.rule.calendar, "torbay");
    assert_int_equal(e.rule.date.due, day_of(2026, 12, 30));
}

static void what_is_stored_is_compared(void **state)
{
    struct explained e;
    struct casefile file = held(*state);
    struct clock *clock = sections_put_clocks(*state, &file.in, "plain");
    clock->due = day_of(2026, 12, 28);
    assert_int_equal(explain(*state, &file, "plain", &e, NULL), ERR_NONE);
    assert_false(e.differs);
    assert_ptr_equal(e.clock, clock);

    clock->due = day_of(2026, 12, 29);
    clock->status = CLOCK_EXCUSED;
    clock->closed_on = day_of(2026, 12, 20);
    assert_int_equal(explain(*state, &file, "plain", &e, NULL), ERR_NONE);
    assert_true(e.differs);
    assert_string_equal(e.verdict, "Due Mon 28 Dec 2026: 2 weeks after hold (reg 20(7)); the case "
                                   "has Tue 29 Dec 2026; excused on Sun 20 Dec 2026");
    assert_int_equal(explain(*state, &file, "early", &e, NULL), ERR_NONE);
    assert_null(e.clock);
}

static void an_unknown_deadline_has_a_nearest(void **state)
{
    struct explained e = { .verdict = "untouched" };
    struct err err = { .code = ERR_NONE };
    const struct casefile file = held(*state);
    assert_int_equal(explain(*state, &file, "raport", &e, &err), ERR_UNKNOWN);
    assert_string_equal(err.text, "there is no deadline 'raport' in 'review'");
    assert_string_equal(err.hint, "did you mean 'report'?");
    assert_string_equal(e.verdict, "untouched");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts_say_which_rule_won),
        cmocka_unit_test(steps_are_shown_for_each_rule),
        cmocka_unit_test(what_is_stored_is_compared),
        cmocka_unit_test(an_unknown_deadline_has_a_nearest),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
