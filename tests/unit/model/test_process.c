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

static void names_are_compared_as_text(void **state)
{
    (void)state;
    char typed[] = "papers"; /* Not the model's own pointer. */
    assert_ptr_equal(process_checklist(&process, typed), &lists[0]);
    assert_ptr_equal(checklist_item(&lists[0], "family"), &items[1]);
    assert_null(checklist_item(&lists[0], "famil"));
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
        cmocka_unit_test(names_are_compared_as_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
