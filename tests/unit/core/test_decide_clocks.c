/* SPDX-License-Identifier: MIT */
/* The life of a deadline: waiting, running, met, missed, excused, cancelled. */
#include "kit.h"

/* A visit with a meeting, held and reported as often as one likes. */
static struct kit *visits(void)
{
    struct kit *k = kit_new();
    state(k, "away");
    field(k, "meeting", FIELD_DATE, "Date of the meeting");
    event(k, "begun", "arrange", "senco", "meeting?", NULL);
    event(k, "begun", "hold", "senco", "", NULL);
    event(k, "begun", "report", "senco", "", NULL);
    event(k, "begun", "close", "senco", "", "over");
    event(k, "begun", "leave", "senco", "", "away");
    event(k, "away", "back", "senco", "", "begun");
    event(k, "away", "hold", "senco", "", NULL);
    return k;
}

static void test_it_waits_runs_and_is_met(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    deadline(k, "report", weeks_after(k, 2, "hold"), "report");
    opened(k, "2026-09-01", "");
    CLOCK(k, "report", "none");
    did(k, "2026-09-01", "hold", "");
    CLOCK(k, "report", "running 2026-09-15");
    assert_int_equal(casefile_clock(&k->file, "report")->do_by, on("2026-09-15"));
    did(k, "2026-09-15", "report", "");
    CLOCK(k, "report", "met 2026-09-15");
    assert_int_equal(casefile_clock(&k->file, "report")->closed_on, on("2026-09-15"));
    kit_free(k);
}

static void test_it_is_missed_the_day_after_and_met_late(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    deadline(k, "report", weeks_after(k, 2, "hold"), "report");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "hold", "");
    until(k, "2026-09-15", 1439);
    CLOCK(k, "report", "running 2026-09-15");
    until(k, "2026-09-16", 0);
    CLOCK(k, "report", "missed 2026-09-15");
    did(k, "2026-09-16", "report", "");
    CLOCK(k, "report", "met late 2026-09-15");
    kit_free(k);
}

static void test_recorded_late_is_not_met_late(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    deadline(k, "report", weeks_after(k, 2, "hold"), "report");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "hold", "");
    struct event what = kit_event(k, EVENT_DO, "2026-09-20", "report", "senco", "");
    what.on = on("2026-09-15");
    DONE(k, act_(k, &what));
    CLOCK(k, "report", "met 2026-09-15");
    kit_free(k);
}

static void test_one_that_opens_past_its_day_is_missed_at_once(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    deadline(k, "invite",
             counted(k, MOMENT_BEFORE, 2, UNIT_WEEK, anchor(k, ANCHOR_FIELD, "meeting")), NULL);
    opened(k, "2026-09-01", "");
    did(k, "2026-09-15", "arrange", "meeting=2026-09-29");
    CLOCK(k, "invite", "running 2026-09-15");
    did(k, "2026-09-15", "arrange", "meeting=2026-09-28");
    CLOCK(k, "invite", "missed 2026-09-14");
    kit_free(k);
}

static void test_a_field_moves_it(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    deadline(k, "invite",
             counted(k, MOMENT_BEFORE, 2, UNIT_WEEK, anchor(k, ANCHOR_FIELD, "meeting")), "report");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-02", "arrange", "meeting=2026-09-20");
    CLOCK(k, "invite", "running 2026-09-06");
    until(k, "2026-09-07", 0);
    CLOCK(k, "invite", "missed 2026-09-06");
    did(k, "2026-09-08", "arrange", "meeting=2026-10-20");
    CLOCK(k, "invite", "running 2026-10-06");
    did(k, "2026-09-08", "arrange", "meeting="); /* No longer known: it waits again. */
    CLOCK(k, "invite", "none");
    did(k, "2026-09-08", "arrange", "meeting=2026-10-20");
    did(k, "2026-09-09", "report", "");
    CLOCK(k, "invite", "met 2026-10-06");
    did(k, "2026-09-10", "arrange", "meeting=2026-12-01"); /* What was done stays done. */
    CLOCK(k, "invite", "met 2026-11-17");
    kit_free(k);
}

static void test_what_was_done_before_a_field_is_known_counts(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    deadline(k, "invite",
             counted(k, MOMENT_BEFORE, 2, UNIT_WEEK, anchor(k, ANCHOR_FIELD, "meeting")), "report");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-02", "report", "");
    did(k, "2026-09-03", "arrange", "meeting=2026-10-20");
    CLOCK(k, "invite", "met 2026-10-06");
    kit_free(k);
}

static void test_only_if(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    field(k, "long", FIELD_YES_NO, "Is it long?");
    event(k, "begun", "say", "senco", "long?", NULL);
    deadline(k, "report", weeks_after(k, 2, "hold"), "report")->only_if = when_(k, "long");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "hold", "");
    CLOCK(k, "report", "none"); /* Not known: it waits. */
    did(k, "2026-09-02", "say", "long=yes");
    CLOCK(k, "report", "running 2026-09-15");
    did(k, "2026-09-03", "say", "long="); /* Not known stops nothing that runs. */
    CLOCK(k, "report", "running 2026-09-15");
    did(k, "2026-09-03", "say", "long=no");
    CLOCK(k, "report", "cancelled 2026-09-15");
    did(k, "2026-09-20", "say", "long=yes");
    CLOCK(k, "report", "missed 2026-09-15");
    kit_free(k);
}

static void test_states_that_end_it(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    deadline(k, "report", weeks_after(k, 2, "hold"), "report")->ends_with = words(k, "away");
    deadline(k, "other", weeks_after(k, 2, "hold"), NULL);
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "hold", "");
    did(k, "2026-09-02", "leave", "");
    CLOCK(k, "report", "cancelled 2026-09-15");
    CLOCK(k, "other", "running 2026-09-15");
    did(k, "2026-09-03", "hold", ""); /* Nothing opens where it would end. */
    CLOCK(k, "report", "cancelled 2026-09-15");
    did(k, "2026-09-04", "back", "");
    CLOCK(k, "report", "running 2026-09-17 round 2");
    did(k, "2026-09-05", "close", "");
    CLOCK(k, "report", "cancelled 2026-09-17 round 2");
    CLOCK(k, "other", "cancelled 2026-09-17");
    assert_true(k->file.wake == MINUTE_NONE);
    kit_free(k);
}

/* What was late and then left undone is not the same as what was never owed. */
static void test_missed_stays_missed_when_the_case_goes_on(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    deadline(k, "report", weeks_after(k, 2, "hold"), "report")->ends_with = words(k, "away");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "hold", "");
    until(k, "2026-09-20", 1439);
    CLOCK(k, "report", "missed 2026-09-15");
    did(k, "2026-09-21", "leave", "");
    CLOCK(k, "report", "missed, never met 2026-09-15");
    did(k, "2026-09-22", "back", ""); /* The same date is not owed again. */
    CLOCK(k, "report", "missed, never met 2026-09-15");
    kit_free(k);
}

static void test_met_by_the_event_that_closes_the_case(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    deadline(k, "report", weeks_after(k, 2, "hold"), "close");
    struct deadline *entered = deadline(k, "entered", weeks_after(k, 2, "hold"), NULL);
    met_by(entered, MET_STATE, "over", NULL);
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "hold", "");
    did(k, "2026-09-16", "close", "");
    CLOCK(k, "report", "met late 2026-09-15");
    CLOCK(k, "entered", "met late 2026-09-15");
    kit_free(k);
}

static void test_excuses(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    field(k, "shut", FIELD_YES_NO, "Was the school shut?");
    event(k, "begun", "say", "senco", "shut?", NULL);
    deadline(k, "report", weeks_after(k, 2, "hold"), "report")->excused_by =
        words(k, "personal shut");
    excuse(k, "personal", "officer");
    excuse(k, "shut", "officer")->only_if = when_(k, "shut");
    excuse(k, "other", "officer");
    opened(k, "2026-09-01", "");
    REFUSED(k, excuse_(k, "2026-09-01", "report", "personal", "officer", "ill"), ERR_REFUSED,
            "no date yet");
    did(k, "2026-09-01", "hold", "");
    REFUSED(k, excuse_(k, "2026-09-02", "reprot", "personal", "officer", "ill"), ERR_UNKNOWN,
            "no deadline");
    REFUSED(k, excuse_(k, "2026-09-02", "report", "persona", "officer", "ill"), ERR_UNKNOWN,
            "no ground");
    REFUSED(k, excuse_(k, "2026-09-02", "report", "other", "officer", "ill"), ERR_REFUSED,
            "does not excuse");
    assert_string_equal(k->err.hint, "grounds for it: personal, shut");
    REFUSED(k, excuse_(k, "2026-09-02", "report", "personal", "senco", "ill"), ERR_FORBIDDEN,
            "SENCO may not");
    REFUSED(k, excuse_(k, "2026-09-02", "report", "personal", "officer", ""), ERR_INPUT, "why");
    REFUSED(k, excuse_(k, "2026-09-02", "report", "shut", "officer", "shut"), ERR_REFUSED,
            "'Was the school shut?' is not known");
    did(k, "2026-09-02", "say", "shut=no");
    REFUSED(k, excuse_(k, "2026-09-02", "report", "shut", "officer", "shut"), ERR_REFUSED,
            "not open");
    did(k, "2026-09-02", "say", "shut=yes");
    DONE(k, excuse_(k, "2026-09-20", "report", "shut", "officer", "the boiler"));
    CLOCK(k, "report", "excused 2026-09-15");
    const struct clock *clock = casefile_clock(&k->file, "report");
    assert_string_equal(clock->ground, "shut");
    assert_string_equal(clock->why, "the boiler");
    did(k, "2026-09-21", "report", "");
    CLOCK(k, "report", "excused 2026-09-15");
    REFUSED(k, excuse_(k, "2026-09-22", "report", "personal", "officer", "ill"), ERR_REFUSED,
            "already excused");
    kit_free(k);
}

static void test_a_right_lapses_quietly(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    struct deadline *appeal = deadline(k, "appeal", weeks_after(k, 2, "hold"), "report");
    appeal->owner = NULL;
    appeal->right_of = "family";
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "hold", "");
    until(k, "2026-09-15", 1439);
    CLOCK(k, "appeal", "running 2026-09-15");
    until(k, "2026-09-16", 0);
    CLOCK(k, "appeal", "cancelled 2026-09-15");
    until(k, "2026-12-16", 0);
    assert_string_equal(buf_text(&k->sent), "");
    assert_int_equal(k->owed, 1);
    did(k, "2026-12-16", "hold", "");
    CLOCK(k, "appeal", "running 2026-12-30 round 2");
    did(k, "2026-12-30", "report", "");
    CLOCK(k, "appeal", "met 2026-12-30 round 2");
    kit_free(k);
}

static void test_reckoning_again_changes_only_what_the_calendar_moves(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    deadline(k, "report",
             counted(k, MOMENT_AFTER, 10, UNIT_WORKING_DAY, anchor(k, ANCHOR_EVENT, "hold")),
             "report");
    opened(k, "2026-09-01", "");
    did(k, "2026-12-15", "hold", "");
    CLOCK(k, "report", "running 2026-12-31");
    struct event again = kit_event(k, EVENT_RECKON, "2026-12-16", NULL, NULL, "");
    DONE(k, act_(k, &again));
    assert_int_equal(k->last->changed.clocks.count, 0);
    static const struct named_day holidays[] = { { 20812, "Christmas Day" },
                                                 { 20815, "Boxing Day" },
                                                 { 20816, "A new bank holiday" } };
    k->calendar.holidays = holidays;
    k->calendar.holiday_count = 3;
    DONE(k, act_(k, &again));
    CLOCK(k, "report", "running 2027-01-01");
    assert_int_equal(k->last->changed.clocks.count, 1);
    kit_free(k);
}

static void test_a_broken_condition_does_not_stop_the_clock(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    struct deadline *rule = deadline(k, "report", weeks_after(k, 2, "hold"), "report");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "hold", "");
    rule->only_if = when_(k, "broken");
    until(k, "2026-09-20", 0);
    CLOCK(k, "report", "missed 2026-09-15");
    assert_string_equal(k->file.in.remarks.at[0].text, "the script ran too long");
    REFUSED(k, try_(k, "2026-09-20", "hold", ""), ERR_SCRIPT, "the script ran too long");
    rule->only_if = NULL; /* Mended. */
    did(k, "2026-09-20", "report", "");
    assert_int_equal(k->file.in.remarks.count, 0);
    kit_free(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_waits_runs_and_is_met),
        cmocka_unit_test(test_it_is_missed_the_day_after_and_met_late),
        cmocka_unit_test(test_recorded_late_is_not_met_late),
        cmocka_unit_test(test_one_that_opens_past_its_day_is_missed_at_once),
        cmocka_unit_test(test_a_field_moves_it),
        cmocka_unit_test(test_what_was_done_before_a_field_is_known_counts),
        cmocka_unit_test(test_only_if),
        cmocka_unit_test(test_states_that_end_it),
        cmocka_unit_test(test_missed_stays_missed_when_the_case_goes_on),
        cmocka_unit_test(test_met_by_the_event_that_closes_the_case),
        cmocka_unit_test(test_excuses),
        cmocka_unit_test(test_a_right_lapses_quietly),
        cmocka_unit_test(test_reckoning_again_changes_only_what_the_calendar_moves),
        cmocka_unit_test(test_a_broken_condition_does_not_stop_the_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
