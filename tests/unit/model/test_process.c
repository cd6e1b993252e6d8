/* SPDX-License-Identifier: MIT */
#include "engine/model/process.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct event_rule move = { .name = "move", .everywhere = true };
static const struct event_rule hold = { .name = "hold" };
static const struct event_rule again_here = { .name = "again" }, again_there = { .name = "again" };
static const struct event_rule *const preparing[] = { &hold, &again_here, &move };
static const struct event_rule *const reporting[] = { &again_there, &move };
static const struct state states[] = {
    { .name = "preparing", .events = preparing, .event_count = 3 },
    { .name = "reporting", .events = reporting, .event_count = 2 },
    { .name = "closed", .final = true },
};
static const struct item_rule items[] = { { .name = "school" }, { .name = "family" } };
static const struct checklist lists[] = { { .name = "papers", .items = items, .item_count = 2 } };
static const struct process process = {
    .name = "review", .states = states, .state_count = 3, .checklists = lists,
    .checklist_count = 1,
};

static void events_belong_to_states(void **state)
{
    (void)state;
    static const struct {
        const char *in, *name;
        const struct event_rule *wanted;
    } rows[] = {
        { "preparing", "hold", &hold },        { "reporting", "hold", NULL },
        { "preparing", "again", &again_here }, { "reporting", "again", &again_there },
        { "reporting", "move", &move },        { "closed", "move", NULL },
        { "nowhere", "move", NULL },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_ptr_equal(process_event(&process, rows[i].in, rows[i].name), rows[i].wanted);
    assert_ptr_equal(process_event_any(&process, "hold"), &hold);
    assert_null(process_event_any(&process, "dance"));
}

/* Both of a pair: the day before, and the day itself. */
static void a_setting_is_what_it_was_on_the_day(void **state)
{
    (void)state;
    static const struct setting_value later[] = {
        { .from = 100, .length = { 3, UNIT_WEEK } }, { .from = 200, .length = { 4, UNIT_WEEK } }
    };
    static const struct bound_from limits[] = { { 100, 5 }, { 200, 7 } };
    const struct setting setting = { .first = { .from = DAY_NONE, .length = { 2, UNIT_WEEK } },
                                     .later = later, .later_count = 2 };
    const struct bound bound = { .set = true, .number = 1, .later = limits, .later_count = 2 };
    static const struct {
        day on;
        int weeks, number;
    } rows[] = { { 99, 2, 1 }, { 100, 3, 5 }, { 199, 3, 5 }, { 200, 4, 7 }, { 9999, 4, 7 } };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(setting_on(&setting, rows[i].on)->length.n, rows[i].weeks);
        assert_int_equal(bound_on(&bound, rows[i].on), rows[i].number);
    }
}

static void names_are_compared_as_text(void **state)
{
    (void)state;
    char typed[] = "papers"; /* Not the model's own pointer. */
    assert_ptr_equal(process_checklist(&process, typed), &lists[0]);
    assert_ptr_equal(checklist_item(&lists[0], "family"), &items[1]);
    assert_null(checklist_item(&lists[0], "famil"));
    const char *item;
    assert_ptr_equal(process_list_of(&process, "papers.added", &item), &lists[0]);
    assert_string_equal(item, "added");
    assert_ptr_equal(process_item(&process, "papers.family"), &items[1]);
    static const char *const none[] = { "papers.added", "papers", "paper.family", "papersx.family",
                                        "", "." };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_null(process_item(&process, none[i]));
    assert_null(process_field(&process, "papers"));

    const char *const at[] = { "senco", "officer" };
    const struct names names = { at, 2 };
    assert_true(names_have(&names, "officer"));
    assert_false(names_have(&names, "head"));
    assert_false(names_have(&(struct names){ NULL, 0 }, "head"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_belong_to_states),
        cmocka_unit_test(a_setting_is_what_it_was_on_the_day),
        cmocka_unit_test(names_are_compared_as_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
