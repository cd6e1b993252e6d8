/* SPDX-License-Identifier: MIT */
/* Deadlines that come round, hang on each other, or have two dates of which one binds. */
#include "kit.h"

/* A visit held and reported as often as one likes. */
static struct kit *visits(void)
{
    struct kit *k = kit_new();
    event(k, "begun", "hold", "senco", "", NULL);
    event(k, "begun", "report", "senco", "", NULL);
    event(k, "begun", "close", "senco", "", "over");
    return k;
}

static void test_an_event_again_is_a_new_round(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    deadline(k, "report", weeks_after(k, 2, "hold"), "report");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "hold", "");
    did(k, "2026-09-20", "report", "");
    CLOCK(k, "report", "met late 2026-09-15");
    did(k, "2026-09-21", "hold", "");
    CLOCK(k, "report", "running 2026-10-05 round 2");
    CLOCK(k, "report#1", "met late 2026-09-15");
    did(k, "2026-10-05", "report", "");
    CLOCK(k, "report", "met 2026-10-05 round 2");
    did(k, "2026-10-06", "hold", "");
    CLOCK(k, "report", "running 2026-10-20 round 3");
    CLOCK(k, "report#2", "met 2026-10-05 round 2");
    did(k, "2026-10-07", "report", "");
    did(k, "2026-10-07", "hold", ""); /* On the day it closed. */
    CLOCK(k, "report", "running 2026-10-21 round 4");
    kit_free(k);
}

static void test_a_later_round_wants_its_list_anew(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    item(k, checklist(k, "papers"), "note", "The note", "senco");
    met_by(deadline(k, "circulate", weeks_after(k, 2, "hold"), NULL), MET_CHECKLIST, "papers",
           NULL);
    opened(k, "2026-09-01", "");
    DONE(k, item_act(k, "2026-09-01", "papers.note", "done", "senco", NULL));
    did(k, "2026-09-02", "hold", "");
    CLOCK(k, "circulate", "met 2026-09-16"); /* Ready before it was asked for. */
    did(k, "2026-10-01", "hold", "");
    CLOCK(k, "circulate", "running 2026-10-15 round 2");
    DONE(k, item_act(k, "2026-10-02", "papers.note", "undone", "senco", NULL));
    DONE(k, item_act(k, "2026-10-16", "papers.note", "done", "senco", NULL));
    CLOCK(k, "circulate", "met late 2026-10-15 round 2");
    kit_free(k);
}

/* due: 2 weeks after (review or agree), met_by: review */
static void test_what_meets_it_can_start_it_again(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    deadline(k, "review",
             counted(k, MOMENT_AFTER, 2, UNIT_WEEK,
                     either(k, MOMENT_FIRST_KNOWN, anchor(k, ANCHOR_EVENT, "report"),
                            anchor(k, ANCHOR_EVENT, "hold"))),
             "report");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "hold", "");
    CLOCK(k, "review", "running 2026-09-15");
    did(k, "2026-09-10", "report", "");
    CLOCK(k, "review", "running 2026-09-24 round 2");
    CLOCK(k, "review#1", "met 2026-09-15");
    did(k, "2026-09-10", "report", ""); /* The same day again changes nothing. */
    CLOCK(k, "review", "running 2026-09-24 round 2");
    did(k, "2026-09-25", "report", "");
    CLOCK(k, "review", "running 2026-10-09 round 3");
    CLOCK(k, "review#2", "met late 2026-09-24 round 2");
    kit_free(k);
}

static void test_a_review_on_the_day_it_was_agreed(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    deadline(k, "review",
             counted(k, MOMENT_AFTER, 2, UNIT_WEEK,
                     either(k, MOMENT_FIRST_KNOWN, anchor(k, ANCHOR_EVENT, "report"),
                            anchor(k, ANCHOR_EVENT, "hold"))),
             "report");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "hold", "");
    did(k, "2026-09-01", "report", "");
    CLOCK(k, "review#1", "met 2026-09-15");
    CLOCK(k, "review", "running 2026-09-15 round 2");
    kit_free(k);
}

static void test_a_cycle_that_only_its_own_event_starts(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    deadline(k, "next", weeks_after(k, 2, "report"), "report");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "report", "");
    CLOCK(k, "next", "running 2026-09-15");
    did(k, "2026-09-08", "report", "");
    CLOCK(k, "next#1", "met 2026-09-15");
    CLOCK(k, "next", "running 2026-09-22 round 2");
    kit_free(k);
}

static void test_a_deadline_from_another(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    /* Written before the one it starts from. */
    deadline(k, "warn", counted(k, MOMENT_BEFORE, 1, UNIT_WEEK, anchor(k, ANCHOR_DUE, "report")),
             NULL);
    deadline(k, "report", weeks_after(k, 2, "hold"), "report");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "hold", "");
    CLOCK(k, "warn", "running 2026-09-08");
    did(k, "2026-09-03", "hold", "");
    CLOCK(k, "report", "running 2026-09-17");
    CLOCK(k, "warn", "running 2026-09-10");
    kit_free(k);
}

static void test_the_earlier_of_two_is_provisional(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    deadline(k, "plan",
             either(k, MOMENT_EARLIER, weeks_after(k, 8, "report"), weeks_after(k, 12, "hold")),
             "close");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "hold", "");
    CLOCK(k, "plan", "running 2026-11-24");
    assert_true(casefile_clock(&k->file, "plan")->provisional);
    did(k, "2026-09-10", "report", "");
    CLOCK(k, "plan", "running 2026-11-05");
    assert_false(casefile_clock(&k->file, "plan")->provisional);
    kit_free(k);
}

static void test_the_law_is_a_floor(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    struct deadline *rule =
        deadline(k, "report", counted(k, MOMENT_AFTER, 10, UNIT_WORKING_DAY,
                                      anchor(k, ANCHOR_EVENT, "hold")), "report");
    rule->floor = weeks_after(k, 2, "hold");
    rule->statutory = true;
    opened(k, "2026-09-01", "");
    did(k, "2026-12-15", "hold", "");
    const struct clock *clock = casefile_clock(&k->file, "report");
    CLOCK(k, "report", "running 2026-12-29");
    assert_int_equal(clock->local, on("2026-12-31"));
    until(k, "2026-12-30", 0);
    CLOCK(k, "report", "missed 2026-12-29");
    kit_free(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_event_again_is_a_new_round),
        cmocka_unit_test(test_a_later_round_wants_its_list_anew),
        cmocka_unit_test(test_what_meets_it_can_start_it_again),
        cmocka_unit_test(test_a_review_on_the_day_it_was_agreed),
        cmocka_unit_test(test_a_cycle_that_only_its_own_event_starts),
        cmocka_unit_test(test_a_deadline_from_another),
        cmocka_unit_test(test_the_earlier_of_two_is_provisional),
        cmocka_unit_test(test_the_law_is_a_floor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
