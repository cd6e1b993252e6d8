/* SPDX-License-Identifier: MIT */
/* A scenario that says what is not so must fail, whichever of the sets says it. */
#include "kit.h"

#include "engine/run/scenario.h"

#define PROCESS                                                                                  \
    "process: x\ntitle: X\nopens: {by: officer}\n"                                               \
    "events: {go: {title: Go, by: officer}, stop: {title: Stop, by: officer}}\n"                 \
    "states:\n  here: {title: Here, first: true, events: {leave: {title: L, by: officer, to: "   \
    "gone}}}\n"                                                                                  \
    "  gone: {title: Gone, final: true}\n"                                                       \
    "deadlines:\n"                                                                               \
    "  each: {owner: officer}\n"                                                                 \
    "  late: {title: A, due: 1 day after opened, met_by: stop}\n"                                \
    "  open: {title: B, due: 9 weeks after opened, met_by: stop}\n"                              \
    "  done: {title: C, due: 1 week after opened, met_by: go}\n"                                 \
    "  over: {title: D, due: 8 weeks after opened, met_by: stop, only_if: times(\"go\") == 0}\n" \
    "  waived: {title: E, due: 7 weeks after opened, met_by: stop, excused_by: ill}\n"           \
    "  half: {title: F, due: \"earlier of (6 weeks after opened and 1 week after stop)\", "      \
    "met_by: stop}\n"                                                                            \
    "excuses: {ill: {title: Ill, by: officer}}\n"

static bool passes(const char *expect)
{
    struct arena *arena = arena_new();
    const char *story = arena_printf(arena,
                                     "scenario: S\nprocess: x\nopened: 2026-11-02\nsteps:\n"
                                     "  - date: 2026-11-03\n    excuse: {waived: ill}\n    do: go\n"
                                     "  - until: 2026-11-05\n    expect: {%s}\n", expect);
    const struct file files[] = { { "processes/x.yaml", PROCESS }, { "scenarios/s.yaml", story } };
    struct rules *rules = rules_of(files, 2);
    struct scenario_run run;
    struct diags *diags = diags_new(arena);
    struct err err = { 0 };
    assert_int_equal(scenarios_play(arena, rules, NULL, 0, NULL, &run, diags, &err), ERR_NONE);
    assert_int_equal(run.passed + run.failed, 1);
    bool passed = run.passed == 1;
    rules_free(rules);
    arena_free(arena);
    return passed;
}

static void each_set_is_compared_whole(void **state)
{
    static const char *const right[] = {
        "overdue: [late]",  "met: [done]",     "missed: [late]",           "excused: [waived]",
        "cancelled: [over]", "provisional: [half]", "running: [late, open, half]",
    };
    (void)state;
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        char set[64];
        snprintf(set, sizeof set, "%.*s: []", (int)strcspn(right[i], ":"), right[i]);
        if (!passes(right[i]))
            fail_msg("%s does not pass", right[i]);
        if (passes(set))
            fail_msg("%s passes", set); /* Something is left out. */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_set_is_compared_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
