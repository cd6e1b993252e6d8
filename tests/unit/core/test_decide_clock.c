/* SPDX-License-Identifier: MIT */
/* What the clock owes: in which order, each once, nothing for ever. */
#include "kit.h"

static struct kit *visits(void)
{
    struct kit *k = kit_new();
    state(k, "late");
    field(k, "ends", FIELD_DATE, "Last day");
    event(k, "begun", "hold", "senco", "", NULL);
    event(k, "begun", "set", "senco", "ends", NULL);
    event(k, "begun", "report", "senco", "", NULL);
    event(k, "begun", "close", "senco", "", "over");
    event(k, "late", "again", "senco", "ends?", "begun");
    return k;
}

static struct event_rule *by_clock(struct kit *k, const char *in, const char *name,
                                   const struct moment *at, const char *to)
{
    struct event_rule *rule = event(k, in, name, "clock", "", to);
    rule->by_clock = true;
    rule->at = at;
    return rule;
}

static void test_reminders_each_once_on_their_day(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    deadline(k, "report", weeks_after(k, 4, "hold"), "report");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "hold", "");
    assert_true(k->file.wake == minute_at(on("2026-09-22"), 480));
    until(k, "2026-09-22", 479);
    assert_string_equal(buf_text(&k->sent), "");
    until(k, "2026-10-13", 480);
    assert_string_equal(buf_text(&k->sent), "2026-09-22 remind senco report\n"
                                            "2026-09-29 remind senco report\n"
                                            "2026-10-06 remind senco report\n"
                                            "2026-10-13 remind senco report\n");
    /* Two weeks late: a day missed and four reminders. */
    assert_int_equal(k->owed, 5);
    did(k, "2026-10-14", "report", "");
    until(k, "2026-12-01", 0);
    assert_int_equal(k->owed, 5);
    assert_true(k->file.wake == MINUTE_NONE);
    kit_free(k);
}

static void test_a_reminder_that_is_past_is_not_sent(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    deadline(k, "report", day_after(k, anchor(k, ANCHOR_FIELD, "ends")), "report");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "set", "ends=2026-09-06"); /* Due on the 7th: a week before is over. */
    assert_true(k->file.wake == minute_at(on("2026-09-07"), 480));
    did(k, "2026-09-02", "set", "ends=2026-09-08");
    assert_true(k->file.wake ==
                minute_at(on("2026-09-09"), 480)); /* The 2nd at 8 is past at noon. */
    did(k, "2026-09-02", "set", "ends=2026-09-09");
    assert_true(k->file.wake == minute_at(on("2026-09-03"), 480));
    until(k, "2026-09-04", 0);
    did(k, "2026-09-04", "set",
        "ends=2026-09-10"); /* Moved: a week before the 11th was today at 8. */
    assert_true(k->file.wake == minute_at(on("2026-09-11"), 480));
    did(k, "2026-09-04", "set", "ends=2026-09-20");
    until(k, "2026-09-14", 480);
    assert_string_equal(buf_text(&k->sent),
                        "2026-09-03 remind senco report\n2026-09-14 remind senco report\n");
    kit_free(k);
}

static void test_a_school_is_not_told_in_the_holidays(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    deadline(k, "report", anchor(k, ANCHOR_FIELD, "ends"), "report");
    opened(k, "2026-12-01", "");
    did(k, "2026-12-01", "set", "ends=2026-12-31");
    /* Do by the last school day, 18 December; every week after falls into the holidays until
     * term, and merges with what was told. */
    assert_int_equal(casefile_clock(&k->file, "report")->do_by, on("2026-12-18"));
    until(k, "2027-01-15", 1439);
    assert_string_equal(buf_text(&k->sent), "2026-12-11 remind senco report\n"
                                            "2026-12-18 remind senco report\n"
                                            "2027-01-08 remind senco report\n"
                                            "2027-01-15 remind senco report\n");
    kit_free(k);
}

static void test_an_authority_is(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    deadline(k, "report", anchor(k, ANCHOR_FIELD, "ends"), "report")->owner = "officer";
    opened(k, "2026-12-01", "");
    did(k, "2026-12-01", "set", "ends=2026-12-31");
    until(k, "2027-01-07", 1439);
    assert_string_equal(buf_text(&k->sent), "2026-12-24 remind officer report\n"
                                            "2026-12-31 remind officer report\n"
                                            "2027-01-07 remind officer report\n");
    kit_free(k);
}

static void test_its_own_reminders_and_escalation(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    static const struct reminder own[] = { { REMIND_BEFORE, { 2, UNIT_DAY }, 0 },
                                           { REMIND_AFTER, { 3, UNIT_DAY }, 0 } };
    static const struct reminder week = { REMIND_AFTER, { 1, UNIT_WEEK }, 0 },
                                 fortnight = { REMIND_AFTER, { 2, UNIT_WEEK }, 0 };
    static const struct escalation up[] = { { "head", { &week, 1 } },
                                            { "officer", { &fortnight, 1 } } };
    struct deadline *rule = deadline(k, "report", weeks_after(k, 2, "hold"), "report");
    rule->remind_set = true;
    rule->remind = (struct reminders){ own, 2 };
    rule->escalate = up;
    rule->escalate_count = 2;
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "hold", "");
    until(k, "2026-09-22", 1439);
    assert_string_equal(buf_text(&k->sent),
                        "2026-09-11 remind senco report\n" /* The 13th is a Sunday. */
                        "2026-09-18 remind senco report\n"
                        "2026-09-22 escalate head report\n");
    did(k, "2026-09-28", "report", "");
    until(k, "2026-12-01", 0);
    assert_null(strstr(buf_text(&k->sent), "officer"));
    kit_free(k);
}

static void test_nobody_is_reminded_of_what_is_excused_or_set_to_none(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    deadline(k, "report", weeks_after(k, 2, "hold"), "report")->excused_by = words(k, "ill");
    deadline(k, "quiet", weeks_after(k, 2, "hold"), "report")->remind_set = true;
    excuse(k, "ill", "officer");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "hold", "");
    DONE(k, excuse_(k, "2026-09-02", "report", "ill", "officer", "flu"));
    until(k, "2026-12-01", 0);
    assert_string_equal(buf_text(&k->sent), "");
    CLOCK(k, "quiet", "missed 2026-09-15");
    CLOCK(k, "report", "excused 2026-09-15");
    assert_true(k->file.wake == MINUTE_NONE);
    kit_free(k);
}

static void test_an_event_by_the_clock(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    by_clock(k, "begun", "run_out", day_after(k, anchor(k, ANCHOR_FIELD, "ends")), "late");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "set", "ends=2026-09-10");
    until(k, "2026-09-10", 1439);
    STATE(k, "begun");
    until(k, "2026-09-11", 0);
    STATE(k, "late");
    assert_int_equal(k->file.state_since, on("2026-09-11"));
    assert_int_equal(k->owed, 1);
    /* Back with the old day: it is over at once, but only once a stay. */
    did(k, "2026-09-14", "again", "");
    STATE(k, "begun");
    until(k, "2026-09-14", 800);
    STATE(k, "late");
    assert_int_equal(casefile_event(&k->file, "run_out")->latest, on("2026-09-14"));
    did(k, "2026-09-15", "again", "ends=2026-09-20");
    until(k, "2026-09-20", 1439);
    STATE(k, "begun");
    until(k, "2026-09-21", 0);
    STATE(k, "late");
    kit_free(k);
}

static void test_an_event_by_the_clock_that_stays_happens_once(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    by_clock(k, "begun", "warn", weeks_after(k, 1, "hold"), NULL);
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "hold", "");
    until(k, "2026-12-01", 0);
    assert_int_equal(casefile_event(&k->file, "warn")->count, 1);
    assert_int_equal(k->owed, 1);
    did(k, "2026-12-01", "hold", "");
    until(k, "2026-12-31", 0);
    assert_int_equal(casefile_event(&k->file, "warn")->count, 2);
    kit_free(k);
}

static void test_a_refused_one_waits_until_something_changes(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    field(k, "open", FIELD_YES_NO, "Is it open?");
    event(k, "begun", "say", "senco", "open", NULL);
    by_clock(k, "begun", "run_out", day_after(k, anchor(k, ANCHOR_FIELD, "ends")), "late")
        ->only_if = when_(k, "open");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "set", "ends=2026-09-10");
    until(k, "2026-09-30", 0);
    STATE(k, "begun");
    assert_int_equal(k->owed, 1);
    assert_string_equal(k->file.in.remarks.at[0].text,
                        "due on Fri 11 Sep 2026, but refused: 'run_out' "
                        "cannot be done: 'Is it open?' is not known");
    did(k, "2026-10-01", "say", "open=no");
    until(k, "2026-10-02", 0);
    STATE(k, "begun");
    assert_int_equal(k->owed, 2);
    did(k, "2026-10-03", "say", "open=yes");
    until(k, "2026-10-03", 800);
    STATE(k, "late");
    assert_int_equal(k->file.in.remarks.count, 0);
    kit_free(k);
}

static void test_a_broken_script_by_the_clock_does_not_loop(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    by_clock(k, "begun", "run_out", day_after(k, anchor(k, ANCHOR_FIELD, "ends")), "late")
        ->only_if = when_(k, "broken");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "set", "ends=2026-09-10");
    until(k, "2026-09-30", 0);
    assert_int_equal(k->owed, 1);
    assert_non_null(strstr(k->file.in.remarks.at[0].text, "the script ran too long"));
    kit_free(k);
}

/* Within one minute: a consent runs out, then the day's event, then what is missed. */
static void test_the_order_within_a_minute(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    struct consent_rule *family = consent(k, "agreed", "family", "");
    family->until = anchor(k, ANCHOR_FIELD, "ends");
    deadline(k, "stays", anchor(k, ANCHOR_FIELD, "ends"), NULL);
    deadline(k, "goes", anchor(k, ANCHOR_FIELD, "ends"), NULL)->ends_with = words(k, "late");
    by_clock(k, "begun", "run_out", day_after(k, anchor(k, ANCHOR_FIELD, "ends")), "late");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "set", "ends=2026-09-10");
    DONE(k, answer(k, "2026-09-01", "agreed", "given", "Mrs A"));
    until(k, "2026-09-10", 1439);

    static const enum event_kind kinds[] = { EVENT_CLOCK, EVENT_DO, EVENT_CLOCK };
    for (size_t i = 0; i < 3; i++) {
        struct event owed;
        const struct decide_in in = kit_in(k, &owed);
        assert_false(decide_owed(&in, minute_at(on("2026-09-10"), 1439), k->arena, &owed));
        assert_true(decide_owed(&in, minute_at(on("2026-09-11"), 0), k->arena, &owed));
        assert_int_equal(owed.kind, kinds[i]);
        assert_string_equal(owed.role, "clock");
        assert_int_equal(kit_decide(k, &owed), ERR_NONE);
        assert_int_equal(casefile_consent(&k->file, "agreed")->in_force, false);
        CLOCK(k, "stays", i < 2 ? "running 2026-09-10" : "missed 2026-09-10");
        CLOCK(k, "goes", i < 1 ? "running 2026-09-10" : "cancelled 2026-09-10");
    }
    kit_free(k);
}

/* Catching up at once does what would have been done day by day. */
static void test_switched_off_for_long_everything_in_order(void **unused)
{
    (void)unused;
    struct kit *k = visits(), *also = visits();
    struct kit *both[] = { k, also };
    for (size_t i = 0; i < 2; i++) {
        deadline(both[i], "report", weeks_after(both[i], 4, "hold"), "report");
        by_clock(both[i], "begun", "run_out", weeks_after(both[i], 9, "hold"), "late");
        opened(both[i], "2026-09-01", "");
        did(both[i], "2026-09-01", "hold", "");
    }
    for (day date = on("2026-09-02"); date <= on("2026-12-18"); date++)
        until(k, iso(k, date), 600);
    until(also, "2026-12-18", 600);
    assert_string_equal(buf_text(&k->sent), buf_text(&also->sent));
    assert_int_equal(k->owed, also->owed);
    STATE(also, "late");
    kit_free(k);
    kit_free(also);
}

static void test_deciding_again_gives_the_same(void **unused)
{
    (void)unused;
    struct buf texts[2];
    struct kit *kits[2];
    for (size_t i = 0; i < 2; i++) {
        struct kit *k = kits[i] = visits();
        deadline(k, "report", weeks_after(k, 2, "hold"), "report");
        opened(k, "2026-09-01", "");
        did(k, "2026-09-01", "hold", "");
        did(k, "2026-09-20", "hold", "");
        did(k, "2026-09-21", "report", "");
        texts[i] = buf_in(k->arena);
        casefile_encode(&k->file, &texts[i]);
    }
    assert_string_equal(buf_text(&texts[0]), buf_text(&texts[1]));
    kit_free(kits[0]);
    kit_free(kits[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reminders_each_once_on_their_day),
        cmocka_unit_test(test_a_reminder_that_is_past_is_not_sent),
        cmocka_unit_test(test_a_school_is_not_told_in_the_holidays),
        cmocka_unit_test(test_an_authority_is),
        cmocka_unit_test(test_its_own_reminders_and_escalation),
        cmocka_unit_test(test_nobody_is_reminded_of_what_is_excused_or_set_to_none),
        cmocka_unit_test(test_an_event_by_the_clock),
        cmocka_unit_test(test_an_event_by_the_clock_that_stays_happens_once),
        cmocka_unit_test(test_a_refused_one_waits_until_something_changes),
        cmocka_unit_test(test_a_broken_script_by_the_clock_does_not_loop),
        cmocka_unit_test(test_the_order_within_a_minute),
        cmocka_unit_test(test_switched_off_for_long_everything_in_order),
        cmocka_unit_test(test_deciding_again_gives_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
