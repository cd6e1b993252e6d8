/* SPDX-License-Identifier: MIT */
/* Grounds drawn on a deadline: excused, extended, and what it was missed for. */
#include "kit.h"

#include "engine/core/clock_date.h"
#include "engine/core/explain.h"

/* Two weeks for a report, which may be extended by two weeks in all. */
static struct kit *reports(void)
{
    struct kit *k = kit_new();
    event(k, "begun", "hold", "senco", "", NULL);
    event(k, "begun", "report", "senco", "", NULL);
    event(k, "begun", "stop", "senco", "", NULL);
    event(k, "begun", "go_on", "senco", "", NULL);
    event(k, "begun", "close", "senco", "", "over");
    excuse(k, "away", "officer");
    excuse(k, "staff", "officer")->proof = true;
    struct deadline *rule = deadline(k, "send", weeks_after(k, 2, "hold"), "report");
    struct extension *extends = ARENA_NEW(k->arena, struct extension);
    *extends = (struct extension){ .limit = { 2, UNIT_WEEK }, .grounds = words(k, "away staff") };
    rule->extends = extends;
    rule->missed_for = words(k, "staff");
    rule->excused_by = words(k, "away");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "hold", "");
    CLOCK(k, "send", "running 2026-09-15");
    return k;
}

static struct extension *extends_of(struct kit *k)
{
    return (struct extension *)(uintptr_t)k->deadlines[0].extends;
}

static enum err_code draw(struct kit *k, enum event_kind kind, const char *date, const char *clock,
                          const char *ground, const char *to)
{
    struct event what =
        kit_event(k, kind, date, clock, "officer", *to ? arena_printf(k->arena, "to=%s", to) : "");
    what.act = ground;
    what.why = "as was said";
    what.file = "letter.pdf blake2b:12";
    return act_(k, &what);
}

static enum err_code extend(struct kit *k, const char *date, const char *to)
{
    return draw(k, EVENT_EXTEND, date, "send", "away", to);
}

static void twice_within_the_limit(void **unused)
{
    (void)unused;
    struct kit *k = reports();
    DONE(k, extend(k, "2026-09-10", "2026-09-22"));
    CLOCK(k, "send", "running 2026-09-22");
    DONE(k, extend(k, "2026-09-21", "2026-09-29")); /* 14 days after Tue 15 Sep, and no more. */
    CLOCK(k, "send", "running 2026-09-29");
    const struct drawn *first = drawn_of(&k->file, "send", 1, DRAWN_EXTENDED, 0);
    const struct drawn *second = drawn_of(&k->file, "send", 1, DRAWN_EXTENDED, 1);
    assert_string_equal(iso(k, first->from), "2026-09-15");
    assert_string_equal(iso(k, first->to), "2026-09-22");
    assert_string_equal(iso(k, second->from), "2026-09-22");
    assert_string_equal(first->ground, "away");
    assert_string_equal(first->why, "as was said");
    assert_string_equal(first->proof, "letter.pdf blake2b:12");
    assert_string_equal(first->by, "somebody");
    assert_string_equal(first->role, "officer");
    assert_null(drawn_of(&k->file, "send", 1, DRAWN_EXTENDED, 2));
    REFUSED(k, extend(k, "2026-09-22", "2026-09-30"), ERR_REFUSED,
            "cannot be extended any more: it is due on Tue 29 Sep 2026");
    did(k, "2026-09-29", "report", "");
    CLOCK(k, "send", "met 2026-09-29");
    kit_free(k);
}

static void past_the_limit_it_says_what_is_left(void **unused)
{
    (void)unused;
    struct kit *k = reports();
    DONE(k, extend(k, "2026-09-10", "2026-09-25"));
    REFUSED(k, extend(k, "2026-09-11", "2026-09-30"), ERR_REFUSED,
            "until Tue 29 Sep 2026 at most: 4 days are left");
    assert_string_equal(k->err.hint, "2 weeks in all, from Tue 15 Sep 2026");
    DONE(k, extend(k, "2026-09-11", "2026-09-28"));
    REFUSED(k, extend(k, "2026-09-11", "2026-09-30"), ERR_REFUSED, "1 day is left");
    kit_free(k);
}

static void never_past_the_law_s_date(void **unused)
{
    (void)unused;
    struct kit *k = reports();
    k->deadlines[0].floor = weeks_after(k, 3, "hold"); /* Tue 22 Sep */
    k->deadlines[0].floor_law = "reg 9";
    REFUSED(k, extend(k, "2026-09-02", "2026-09-23"), ERR_REFUSED,
            "until Tue 22 Sep 2026 at most: 7 days are left");
    assert_string_equal(k->err.hint, "that is the law's own date: reg 9");
    DONE(k, extend(k, "2026-09-02", "2026-09-22"));
    CLOCK(k, "send", "running 2026-09-22");
    kit_free(k);
}

static void what_refuses_it(void **unused)
{
    (void)unused;
    struct kit *k = reports();
    struct extension *rule = extends_of(k);
    deadline(k, "fixed", weeks_after(k, 2, "hold"), NULL);
    deadline(k, "waits", weeks_after(k, 2, "report"), NULL)->extends = rule;
    excuse(k, "weather", "officer");
    excuse(k, "shut", "officer")->only_if = when_(k, "no: the school was open");
    REFUSED(k, draw(k, EVENT_EXTEND, "2026-09-02", "sned", "away", "2026-09-16"), ERR_UNKNOWN,
            "there is no deadline 'sned'");
    REFUSED(k, draw(k, EVENT_EXTEND, "2026-09-02", "send", "awya", "2026-09-16"), ERR_UNKNOWN,
            "there is no ground 'awya'");
    REFUSED(k, draw(k, EVENT_EXTEND, "2026-09-02", "fixed", "away", "2026-09-16"), ERR_REFUSED,
            "'fixed' cannot be extended");
    REFUSED(k, draw(k, EVENT_EXTEND, "2026-09-02", "send", "weather", "2026-09-16"), ERR_REFUSED,
            "'weather' does not extend 'send'");
    assert_string_equal(k->err.hint, "grounds for it: away, staff");
    REFUSED(k, draw(k, EVENT_EXTEND, "2026-09-02", "waits", "away", "2026-09-16"), ERR_REFUSED,
            "has no date yet that could be moved");
    REFUSED(k, extend(k, "2026-09-02", ""), ERR_INPUT, "the day to which 'send' is extended");
    REFUSED(k, extend(k, "2026-09-02", "soon"), ERR_INPUT, "soon");
    REFUSED(k, extend(k, "2026-09-02", "2026-09-15"), ERR_INPUT,
            "due on Tue 15 Sep 2026: Tue 15 Sep 2026 is not later");
    rule->grounds = words(k, "away staff shut");
    REFUSED(k, draw(k, EVENT_EXTEND, "2026-09-02", "send", "shut", "2026-09-16"), ERR_REFUSED,
            "the school was open");
    rule->by = words(k, "head");
    REFUSED(k, extend(k, "2026-09-02", "2026-09-16"), ERR_FORBIDDEN, "SEND officer may not");
    rule->by = (struct names){ NULL, 0 };
    rule->times = 1;
    DONE(k, extend(k, "2026-09-02", "2026-09-16"));
    REFUSED(k, extend(k, "2026-09-02", "2026-09-17"), ERR_REFUSED, "extended 1 time");
    REFUSED(k, extend(k, "2026-09-17", "2026-09-18"), ERR_REFUSED,
            "was due on Wed 16 Sep 2026: what is missed cannot be extended");
    did(k, "2026-09-17", "report", "");
    REFUSED(k, extend(k, "2026-09-17", "2026-09-18"), ERR_REFUSED, "already met late");
    kit_free(k);
}

/* Decided in time, and recorded after the day: it was never missed. */
static void decided_in_time_and_recorded_late(void **unused)
{
    (void)unused;
    struct kit *k = reports();
    until(k, "2026-09-16", 0);
    CLOCK(k, "send", "missed 2026-09-15");
    struct event what =
        kit_event(k, EVENT_EXTEND, "2026-09-17", "send", "officer", "to=2026-09-22");
    what.on = on("2026-09-15");
    what.act = "away";
    what.why = "by telephone";
    DONE(k, act_(k, &what));
    CLOCK(k, "send", "running 2026-09-22");
    kit_free(k);
}

/* What it is counted from moves: the day decided on stands, within the limit. */
static void it_moves_with_what_it_is_counted_from(void **unused)
{
    (void)unused;
    struct kit *k = reports();
    field(k, "meeting", FIELD_DATE, "The meeting");
    event(k, "begun", "arrange", "senco", "meeting", NULL);
    k->deadlines[0].due =
        counted(k, MOMENT_AFTER, 2, UNIT_WEEK, anchor(k, ANCHOR_FIELD, "meeting"));
    did(k, "2026-09-02", "arrange", "meeting=2026-09-03");
    CLOCK(k, "send", "running 2026-09-17");
    DONE(k, extend(k, "2026-09-04", "2026-09-24"));
    did(k, "2026-09-05", "arrange", "meeting=2026-09-07"); /* Without: Mon 21. */
    CLOCK(k, "send", "running 2026-09-24");
    did(k, "2026-09-05", "arrange", "meeting=2026-09-14"); /* Later than what was decided. */
    CLOCK(k, "send", "running 2026-09-28");
    did(k, "2026-09-05", "arrange", "meeting=2026-08-20"); /* 3 Sep, and two weeks more. */
    CLOCK(k, "send", "running 2026-09-17");
    kit_free(k);
}

static void extended_and_then_stopped(void **unused)
{
    (void)unused;
    struct kit *k = reports();
    struct pause pause = { .from = words(k, "stop"), .until = words(k, "go_on") };
    k->deadlines[0].pauses = &pause;
    k->deadlines[0].pause_count = 1;
    DONE(k, extend(k, "2026-09-10", "2026-09-22"));
    did(k, "2026-09-14", "stop", "");
    CLOCK(k, "send", "paused 2026-09-22");
    REFUSED(k, extend(k, "2026-09-15", "2026-09-29"), ERR_REFUSED, "stands still");
    did(k, "2026-09-16", "go_on", "");
    CLOCK(k, "send", "running 2026-09-24"); /* Two days on; the limit moves with it: 1 October. */
    REFUSED(k, extend(k, "2026-09-16", "2026-10-02"), ERR_REFUSED, "until Thu 1 Oct 2026");
    DONE(k, extend(k, "2026-09-16", "2026-10-01"));
    CLOCK(k, "send", "running 2026-10-01");
    kit_free(k);
}

static void a_new_round_is_not_extended(void **unused)
{
    (void)unused;
    struct kit *k = reports();
    DONE(k, extend(k, "2026-09-10", "2026-09-22"));
    did(k, "2026-09-14", "report", "");
    CLOCK(k, "send", "met 2026-09-22");
    did(k, "2026-10-01", "hold", "");
    CLOCK(k, "send", "running 2026-10-15 round 2");
    DONE(k, extend(k, "2026-10-02", "2026-10-20"));
    CLOCK(k, "send", "running 2026-10-20 round 2");
    CLOCK(k, "send#1", "met 2026-09-22");
    kit_free(k);
}

static void reminders_follow_the_new_date(void **unused)
{
    (void)unused;
    struct kit *k = reports(); /* Usual: 1 week before, on the day, weekly. */
    until(k, "2026-09-08", 600);
    DONE(k, extend(k, "2026-09-10", "2026-09-29"));
    until(k, "2026-09-29", 600);
    assert_string_equal(buf_text(&k->sent), "2026-09-08 remind senco send\n"
                                            "2026-09-22 remind senco send\n"
                                            "2026-09-29 remind senco send\n");
    kit_free(k);
}

static void missed_with_its_ground_stays_missed(void **unused)
{
    (void)unused;
    struct kit *k = reports();
    REFUSED(k, draw(k, EVENT_LATE, "2026-09-10", "send", "staff", ""), ERR_REFUSED,
            "'send' was not missed: it is running");
    until(k, "2026-09-16", 0);
    REFUSED(k, draw(k, EVENT_LATE, "2026-09-16", "send", "away", ""), ERR_REFUSED,
            "'away' does not explain that it missed 'send'");
    struct event bare = kit_event(k, EVENT_LATE, "2026-09-16", "send", "officer", "");
    bare.act = "staff";
    REFUSED(k, act_(k, &bare), ERR_INPUT, "why 'send' was missed is missing");
    bare.why = "nobody there";
    REFUSED(k, act_(k, &bare), ERR_INPUT, "the document that proves the ground");
    DONE(k, draw(k, EVENT_LATE, "2026-09-16", "send", "staff", ""));
    CLOCK(k, "send", "missed 2026-09-15");
    const struct drawn *drawn = drawn_of(&k->file, "send", 1, DRAWN_LATE, 0);
    assert_string_equal(drawn->ground, "staff");
    assert_string_equal(drawn->proof, "letter.pdf blake2b:12");
    REFUSED(k, draw(k, EVENT_LATE, "2026-09-17", "send", "staff", ""), ERR_REFUSED,
            "on record already");
    did(k, "2026-09-18", "report", "");
    CLOCK(k, "send", "met late 2026-09-15");
    kit_free(k);
}

/* An earlier round, and a case that is over, may still be asked why. */
static void of_an_earlier_round_and_a_closed_case(void **unused)
{
    (void)unused;
    struct kit *k = reports();
    did(k, "2026-09-20", "report", "");
    did(k, "2026-09-21", "hold", "");
    did(k, "2026-10-20", "close", "");
    CLOCK(k, "send#1", "met late 2026-09-15");
    CLOCK(k, "send", "missed, never met 2026-10-05 round 2");
    DONE(k, draw(k, EVENT_LATE, "2026-10-21", "send#1", "staff", ""));
    DONE(k, draw(k, EVENT_LATE, "2026-10-21", "send", "staff", ""));
    assert_non_null(drawn_of(&k->file, "send#1", 1, DRAWN_LATE, 0));
    assert_non_null(drawn_of(&k->file, "send", 2, DRAWN_LATE, 0));
    REFUSED(k, extend(k, "2026-10-21", "2026-10-22"), ERR_REFUSED, "the case is closed");
    kit_free(k);
}

static void it_explains_itself(void **unused)
{
    (void)unused;
    struct kit *k = reports();
    struct explained e;
    const struct event now = { .today = on("2026-09-16") };
    const struct decide_in in = kit_in(k, &now);
    struct pause pause = { .from = words(k, "stop"), .until = words(k, "go_on") };
    k->deadlines[0].pauses = &pause;
    k->deadlines[0].pause_count = 1;
    DONE(k, extend(k, "2026-09-10", "2026-09-22"));
    did(k, "2026-09-14", "stop", "");
    assert_int_equal(explain_deadline(&in, "send", k->arena, &e, &k->err), ERR_NONE);
    assert_string_equal(e.verdict,
                        "Due Tue 22 Sep 2026: 2 weeks after hold; extended from Tue 15 Sep 2026; "
                        "paused since Mon 14 Sep 2026 with 13 of 21 days used, 8 left: if it went "
                        "on today it would be due Thu 24 Sep 2026");
    assert_string_equal(e.rule.trace.at[e.rule.trace.count - 2].text,
                        "it was extended from Tue 15 Sep 2026 to Tue 22 Sep 2026 (away), decided "
                        "by somebody");
    assert_string_equal(e.rule.trace.at[e.rule.trace.count - 1].text,
                        "it has stood still since Mon 14 Sep 2026 with 8 days left");
    did(k, "2026-09-16", "go_on", "");
    assert_int_equal(explain_deadline(&in, "send", k->arena, &e, &k->err), ERR_NONE);
    assert_string_equal(e.verdict,
                        "Due Thu 24 Sep 2026: 2 weeks after hold; extended from Thu 17 Sep 2026; "
                        "13 of 21 days used, 8 left");
    kit_free(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twice_within_the_limit),
        cmocka_unit_test(past_the_limit_it_says_what_is_left),
        cmocka_unit_test(never_past_the_law_s_date),
        cmocka_unit_test(what_refuses_it),
        cmocka_unit_test(decided_in_time_and_recorded_late),
        cmocka_unit_test(it_moves_with_what_it_is_counted_from),
        cmocka_unit_test(extended_and_then_stopped),
        cmocka_unit_test(a_new_round_is_not_extended),
        cmocka_unit_test(reminders_follow_the_new_date),
        cmocka_unit_test(missed_with_its_ground_stays_missed),
        cmocka_unit_test(of_an_earlier_round_and_a_closed_case),
        cmocka_unit_test(it_explains_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
