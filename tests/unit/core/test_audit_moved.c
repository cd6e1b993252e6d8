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

/* A worked-out field that looks at a deadline's date followed it only with the next event. */
static void test_a_field_follows_a_deadline_at_once(void **unused)
{
    (void)unused;
    struct kit *k = kit_new();
    field(k, "meeting", FIELD_DATE, "Meeting");
    field(k, "latest", FIELD_DATE, "Latest day")->is_moment =
        counted(k, MOMENT_BEFORE, 4, UNIT_WEEK, anchor(k, ANCHOR_DUE, "complete"));
    event(k, "begun", "arrange", "senco", "meeting", NULL);
    event(k, "begun", "hold", "senco", "", NULL);
    deadline(k, "complete",
             counted(k, MOMENT_AFTER, 8, UNIT_WEEK, anchor(k, ANCHOR_FIELD, "meeting")), NULL);
    deadline(k, "meet", anchor(k, ANCHOR_FIELD, "latest"), "hold");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "arrange", "meeting=2026-10-06");
    CLOCK(k, "complete", "running 2026-12-01");
    assert_string_equal(value_of_(k, "latest"), "Tue 3 Nov 2026");
    CLOCK(k, "meet", "running 2026-11-03");
    did(k, "2026-09-02", "arrange", "meeting=2026-10-13");
    CLOCK(k, "meet", "running 2026-11-10");
    kit_free(k);
}

/* A request received on Friday and put into a case on Tuesday was refused, and the only day that
 * was taken began the weeks too late. */
static void test_what_a_field_dates_may_be_older_than_the_case(void **unused)
{
    (void)unused;
    struct kit *k = kit_new();
    state(k, "received");
    field(k, "came", FIELD_DATE, "The request came");
    event(k, "begun", "receive", "senco", "came", "received")->dated = "came";
    event(k, "received", "decide", "senco", "", NULL);
    deadline(k, "decide", weeks_after(k, 6, "receive"), "decide");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "receive", "came=2026-08-28");
    CLOCK(k, "decide", "running 2026-10-09");
    assert_int_equal(k->file.state_since, on("2026-08-28"));
    struct event early = kit_event(k, EVENT_DO, "2026-09-02", "decide", "senco", "");
    early.on = on("2026-08-31"); /* What nothing dates belongs to the case. */
    REFUSED(k, act_(k, &early), ERR_INPUT, "the case was opened on Tue 1 Sep 2026");
    kit_free(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_was_met_is_judged_by_the_date_as_moved),
        cmocka_unit_test(test_a_field_follows_a_deadline_at_once),
        cmocka_unit_test(test_what_a_field_dates_may_be_older_than_the_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
