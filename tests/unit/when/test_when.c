/* SPDX-License-Identifier: MIT */
/* The walk over a tree as core uses it: many times, without a trace, on anchors that are there
 * or not. What each moment means stands in tests/unit/rules/test_moment_meaning.c. */
#include "engine/base/arena.h"
#include "engine/when/when.h"
#include "tests/unit/when/calendars.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

struct facts {
    struct anchored a, b;
};

static void find(void *self, const struct anchor *anchor, struct anchored *out)
{
    const struct facts *facts = self;
    *out = strcmp(anchor->name, "a") == 0 ? facts->a : facts->b;
}

static const struct moment a = { .kind = MOMENT_ANCHOR, .anchor = { .name = "a" } };
static const struct moment b = { .kind = MOMENT_ANCHOR, .anchor = { .name = "b" } };
static const struct moment ten_after_a = {
    .kind = MOMENT_AFTER, .length = { 10, UNIT_WORKING_DAY }, .base = &a
};
static const struct moment week_after_b = {
    .kind = MOMENT_AFTER, .length = { 1, UNIT_WEEK }, .base = &b
};
static const struct moment *const both[] = { &ten_after_a, &week_after_b };

static struct when_out work(enum moment_kind kind, const char *on_a, const char *on_b)
{
    const struct calendar england = england_calendar();
    const struct moment moment = { .kind = kind, .parts = both, .part_count = 2 };
    struct facts facts = {
        .a = { .known = on_a != NULL, .date = on_a ? on_day(on_a) : DAY_NONE },
        .b = { .known = on_b != NULL, .date = on_b ? on_day(on_b) : DAY_NONE },
    };
    struct when_in in = { .calendar = &england, .anchor = find, .self = &facts };
    struct when_out out;
    when_moment(&in, &moment, &out);
    return out;
}

static void what_is_not_known_is_named(void **state)
{
    (void)state;
    struct when_out out = work(MOMENT_EARLIER, NULL, "2026-11-10");
    assert_true(out.known && out.provisional && !out.beyond);
    assert_string_equal(out.missing, "a");
    assert_int_equal(out.due, on_day("2026-11-17"));
    assert_int_equal(out.minute, -1);

    out = work(MOMENT_ALL, "2026-11-10", NULL);
    assert_true(!out.known && !out.provisional && !out.beyond);
    assert_string_equal(out.missing, "b");
    assert_int_equal(out.due, DAY_NONE);

    out = work(MOMENT_ALL, "2026-11-10", "2026-11-10");
    assert_true(out.known && !out.provisional && !out.missing);
    assert_int_equal(out.due, on_day("2026-11-24"));
}

static void a_calendar_that_ends_is_told_from_what_is_missing(void **state)
{
    (void)state;
    struct when_out out = work(MOMENT_LATER, "2028-12-20", "2026-11-10");
    assert_true(out.known && out.provisional && out.beyond && !out.missing);
    out = work(MOMENT_ALL, "2028-12-20", "2026-11-10");
    assert_true(!out.known && out.beyond && !out.missing);
    out = work(MOMENT_FIRST_KNOWN, "2028-12-20", "2026-11-10");
    assert_true(!out.known && out.beyond);
    out = work(MOMENT_FIRST_KNOWN, NULL, "2026-11-10");
    assert_true(out.known && !out.provisional);
}

static void a_number_is_no_date(void **state)
{
    (void)state;
    const struct calendar england = england_calendar();
    struct facts facts = { .a = { .known = true, .is_number = true, .number = 2027 } };
    struct when_in in = { .calendar = &england, .anchor = find, .self = &facts };
    struct when_out out;
    when_moment(&in, &a, &out);
    assert_true(!out.known && !out.beyond);
    assert_string_equal(out.missing, "a");
    struct moment in_year = { .kind = MOMENT_RECURRING, .pick = PICK_IN_YEAR, .base = &a,
                              .recurring = { .kind = RECURRING_DAY, .month = 2, .mday = 15 } };
    when_moment(&in, &in_year, &out);
    assert_int_equal(out.due, on_day("2027-02-15"));
    facts.a.number = 99999;
    when_moment(&in, &in_year, &out);
    assert_true(!out.known && out.beyond);
}

/* The edges of the years that reeve knows: refused, never wrapped round. */
static void dates_end_with_the_years(void **state)
{
    (void)state;
    const struct calendar england = england_calendar();
    struct facts facts = { .a = { .known = true, .date = on_day("2199-12-31") } };
    struct when_in in = { .calendar = &england, .anchor = find, .self = &facts };
    const struct moment wrong[] = {
        { .kind = MOMENT_AFTER, .base = &a, .length = { 1, UNIT_DAY } },
        { .kind = MOMENT_AFTER, .base = &a, .length = { 9999, UNIT_YEAR } },
        { .kind = MOMENT_AFTER, .base = &a, .length = { INT32_MAX, UNIT_MONTH } },
        { .kind = MOMENT_BIRTHDAY, .base = &a, .length = { INT32_MAX, UNIT_YEAR } },
        { .kind = MOMENT_SCHOOL_YEAR, .base = &a, .length = { 9, UNIT_YEAR } },
        { .kind = MOMENT_ANNIVERSARY, .base = &a },
        { .kind = MOMENT_RECURRING, .base = &a, .pick = PICK_NEXT,
          .recurring = { .kind = RECURRING_DAY, .month = 12, .mday = 31 } },
    };
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        struct when_out out;
        when_moment(&in, &wrong[i], &out);
        if (out.known || !out.beyond)
            fail_msg("moment %zu is known", i);
    }
}

/* The hot path: nothing is told, so nothing is allocated and nothing is written down. */
static void untold_dates_cost_no_memory(void **state)
{
    (void)state;
    const struct calendar england = england_calendar();
    const struct moment moment = { .kind = MOMENT_EARLIER, .parts = both, .part_count = 2 };
    struct facts facts = { .a = { .known = true, .date = on_day("2026-11-10") } };
    struct when_in in = { .calendar = &england, .anchor = find, .self = &facts };
    struct when_out out;
    day date;
    struct arena *arena = arena_new();
    struct trace trace = { .arena = arena };

    when_moment(&in, &moment, &out);
    assert_true(when_do_by(&in, out.due, false, &date));
    assert_int_equal(arena_used(arena), 0);
    in.trace = &trace;
    when_moment(&in, &moment, &out);
    assert_true(arena_used(arena) > 0);
    trace_step(NULL, STEP_FLOOR, DAY_NONE, "nobody listens");
    arena_free(arena);
}

static void a_trace_keeps_room_for_its_end(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct trace trace = { .arena = arena };
    for (int i = 0; i < 100; i++)
        trace_step(&trace, STEP_SKIP, i, "day %d", i);
    size_t skips = trace.count;
    assert_true(skips < 40);
    for (int i = 0; i < 100; i++)
        trace_step(&trace, STEP_FLOOR, DAY_NONE, "the law's date is earlier and binds");
    assert_int_equal(trace.count, 40);
    assert_int_equal(trace.at[skips].kind, STEP_FLOOR);
    assert_string_equal(trace.at[3].text, "day 3");
    arena_free(arena);
}

static void kinds_and_lengths_have_names(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    assert_string_equal(step_kind_name(STEP_START), "start");
    assert_string_equal(step_kind_name(STEP_FLOOR), "floor");
    assert_string_equal(length_text(arena, (struct length){ 10, UNIT_WORKING_DAY }),
                        "10 working days");
    assert_string_equal(length_text(arena, (struct length){ 1, UNIT_WEEK }), "1 week");
    assert_string_equal(length_text(arena, (struct length){ 2, UNIT_SCHOOL_WEEK }),
                        "2 school weeks");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_known_is_named),
        cmocka_unit_test(a_calendar_that_ends_is_told_from_what_is_missing),
        cmocka_unit_test(a_number_is_no_date),
        cmocka_unit_test(dates_end_with_the_years),
        cmocka_unit_test(untold_dates_cost_no_memory),
        cmocka_unit_test(a_trace_keeps_room_for_its_end),
        cmocka_unit_test(kinds_and_lengths_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
