/* SPDX-License-Identifier: MIT */
/* A date that moves: what was done in time for the old one may be late for the new one. */
#include "kit.h"

static void test_what_was_met_is_judged_by_the_date_as_moved(void **unused)
{
    (void)unused;
    struct kit *k = kit_new();
    field(k, "meeting", FIELD_DATE, "Meeting");
    event(k, "begun", "arrange", "senco", "meeting", NULL);
    event(k, "begun", "send", "senco", "", NULL);
    deadline(k, "invite",
             counted(k, MOMENT_BEFORE, 2, UNIT_WEEK, anchor(k, ANCHOR_FIELD, "meeting")), "send");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "arrange", "meeting=2026-11-24");
    did(k, "2026-10-20", "send", "");
    CLOCK(k, "invite", "met 2026-11-10");
    did(k, "2026-10-21", "arrange", "meeting=2026-10-30");
    CLOCK(k, "invite", "met late 2026-10-16");
    assert_int_equal(casefile_clock(&k->file, "invite")->closed_on, on("2026-10-20"));
    did(k, "2026-10-22", "arrange", "meeting=2026-11-24");
    CLOCK(k, "invite", "met 2026-11-10");
    until(k, "2026-12-31", 0);
    CLOCK(k, "invite", "met 2026-11-10");
    kit_free(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_was_met_is_judged_by_the_date_as_moved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
