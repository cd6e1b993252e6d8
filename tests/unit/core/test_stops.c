/* SPDX-License-Identifier: MIT */
/* Clocks that stand still and go on. Dates are worked by hand. September 2026: the 1st is a
 * Tuesday; the calendar of the kit has Christmas Day (Fri 25) and Boxing Day (Mon 28 December). */
#include "kit.h"

#include "engine/core/clock_date.h"
#include "engine/core/explain.h"

/* A request that is answered within a time, and stands still while the family is asked. */
static struct kit *requests(int n, enum unit unit)
{
    struct kit *k = kit_new();
    state(k, "waiting");
    event(k, "begun", "receive", "senco", "", NULL);
    event(k, "begun", "ask", "senco", "", NULL);
    event(k, "begun", "reply", "senco", "", NULL);
    event(k, "begun", "answer", "senco", "", NULL);
    event(k, "begun", "note", "senco", "", NULL);
    struct pause *pause = ARENA_NEW(k->arena, struct pause);
    *pause = (struct pause){ .from = words(k, "ask"), .until = words(k, "reply") };
    struct deadline *rule =
        deadline(k, "answer_it",
                 counted(k, MOMENT_AFTER, n, unit, anchor(k, ANCHOR_EVENT, "receive")), "answer");
    rule->pauses = pause;
    rule->pause_count = 1;
    opened(k, "2026-08-03", "");
    return k;
}

static struct pause *pause_of(struct kit *k)
{
    return (struct pause *)(uintptr_t)k->deadlines[0].pauses;
}

/* "5 used 5 left", "5 used 5 left paused since 2026-09-08, 2026-09-29 at the earliest" */
static const char *pace(struct kit *k, const char *today)
{
    const struct decide_in in = kit_in(k, NULL);
    struct pace p;
    clock_pace(&in, &k->file, &k->deadlines[0], on(today), &p);
    if (!p.known)
        return "not known";
    const char *text = arena_printf(k->arena, "%d used %d left", p.used, p.left);
    if (p.paused)
        text = arena_printf(k->arena, "%s paused since %s, %s at the earliest", text,
                            iso(k, p.stop.from), iso(k, p.earliest));
    if (p.paused && p.stop.cap != DAY_NONE)
        text = arena_printf(k->arena, "%s, on after %s", text, iso(k, p.stop.cap));
    return text;
}
#define PACE(k, today, is) assert_string_equal(pace(k, today), is)

static enum err_code late(struct kit *k, const char *today, const char *name, const char *date)
{
    struct event what = kit_event(k, EVENT_DO, today, name, "senco", "");
    what.on = on(date);
    return act_(k, &what);
}

/* 10 working days after Tue 1 Sep are Wed 2 to Tue 15. */
static void working_days_stop_as_working_days(void **unused)
{
    (void)unused;
    struct kit *k = requests(10, UNIT_WORKING_DAY);
    did(k, "2026-09-01", "receive", "");
    CLOCK(k, "answer_it", "running 2026-09-15");
    PACE(k, "2026-09-01", "0 used 10 left");
    PACE(k, "2026-09-07", "4 used 6 left"); /* A Monday. */
    did(k, "2026-09-08", "ask", "");        /* Wed 2, Thu 3, Fri 4, Mon 7, Tue 8 are used. */
    CLOCK(k, "answer_it", "paused 2026-09-15");
    PACE(k, "2026-09-08", "5 used 5 left paused since 2026-09-08, 2026-09-15 at the earliest");
    PACE(k, "2026-09-22", "5 used 5 left paused since 2026-09-08, 2026-09-29 at the earliest");
    until(k, "2026-09-22", 0);
    CLOCK(k, "answer_it", "paused 2026-09-15"); /* Never missed meanwhile. */
    did(k, "2026-09-22", "reply", "");          /* Wed 23 to Tue 29 are left. */
    CLOCK(k, "answer_it", "running 2026-09-29");
    PACE(k, "2026-09-22", "5 used 5 left");
    PACE(k, "2026-09-24", "7 used 3 left");
    until(k, "2026-09-30", 0);
    CLOCK(k, "answer_it", "missed 2026-09-29");
    did(k, "2026-09-30", "answer", "");
    CLOCK(k, "answer_it", "met late 2026-09-29");
    kit_free(k);
}

/* The example of the domain: received Mon 1 Mar 2027, asked 8 Mar, given 15 Mar: 8 Apr. */
static void a_month_stops_as_days(void **unused)
{
    (void)unused;
    struct kit *k = requests(1, UNIT_MONTH);
    did(k, "2027-03-01", "receive", "");
    CLOCK(k, "answer_it", "running 2027-04-01");
    did(k, "2027-03-08", "ask", "");
    PACE(k, "2027-03-10", "7 used 24 left paused since 2027-03-08, 2027-04-03 at the earliest");
    did(k, "2027-03-15", "reply", "");
    CLOCK(k, "answer_it", "running 2027-04-08");
    did(k, "2027-04-08", "answer", "");
    CLOCK(k, "answer_it", "met 2027-04-08");
    kit_free(k);
}

/* 10 working days after Mon 14 Dec: 15, 16, 17, 18, 21, 22, 23, 24, 29, 30. */
static void over_christmas_working_days_only_count_once(void **unused)
{
    (void)unused;
    struct kit *k = requests(10, UNIT_WORKING_DAY);
    did(k, "2026-12-14", "receive", "");
    CLOCK(k, "answer_it", "running 2026-12-30");
    did(k, "2026-12-21", "ask", ""); /* 5 used: 15, 16, 17, 18, 21. */
    PACE(k, "2026-12-27", "5 used 5 left paused since 2026-12-21, 2027-01-04 at the earliest");
    did(k, "2026-12-27", "reply", ""); /* A Sunday; 29, 30, 31 Dec, 1 and 4 Jan are left. */
    CLOCK(k, "answer_it", "running 2027-01-04");
    kit_free(k);
}

static void it_stops_several_times(void **unused)
{
    (void)unused;
    struct kit *k = requests(10, UNIT_WORKING_DAY);
    did(k, "2026-09-01", "receive", "");
    did(k, "2026-09-03", "ask", "");   /* 2 used. */
    did(k, "2026-09-07", "reply", ""); /* Tue 8 to Thu 17 are the other 8. */
    CLOCK(k, "answer_it", "running 2026-09-17");
    did(k, "2026-09-09", "ask", ""); /* 4 used: 2, 3, 8, 9. */
    did(k, "2026-09-10", "ask", ""); /* Asked once more: it stands still already. */
    PACE(k, "2026-09-11", "4 used 6 left paused since 2026-09-09, 2026-09-21 at the earliest");
    did(k, "2026-09-11", "reply", ""); /* Mon 14 to Mon 21 are the other 6. */
    CLOCK(k, "answer_it", "running 2026-09-21");
    did(k, "2026-09-16", "ask", "");
    did(k, "2026-09-16", "reply", ""); /* On one day: nothing is lost. */
    CLOCK(k, "answer_it", "running 2026-09-21");
    did(k, "2026-09-17", "reply", ""); /* Nothing to go on from. */
    CLOCK(k, "answer_it", "running 2026-09-21");
    kit_free(k);
}

static void at_most_so_long_in_all(void **unused)
{
    (void)unused;
    struct kit *k = requests(10, UNIT_WORKING_DAY);
    pause_of(k)->limited = true;
    pause_of(k)->at_most = (struct length){ 5, UNIT_WORKING_DAY };
    did(k, "2026-09-01", "receive", "");
    did(k, "2026-09-03", "ask", "");
    did(k, "2026-09-07", "reply", ""); /* Fri 4 and Mon 7: 2 of 5. */
    CLOCK(k, "answer_it", "running 2026-09-17");
    did(k, "2026-09-09", "ask", ""); /* Thu 10, Fri 11 and Mon 14 are left of the 5. */
    PACE(k, "2026-09-10",
         "4 used 6 left paused since 2026-09-09, 2026-09-18 at the earliest, on after 2026-09-14");
    until(k, "2026-09-14", 1439);
    CLOCK(k, "answer_it", "paused 2026-09-17");
    until(k, "2026-09-15", 0); /* By itself: 6 working days after Mon 14 are Tue 15 to Tue 22. */
    CLOCK(k, "answer_it", "running 2026-09-22");
    did(k, "2026-09-16", "reply", ""); /* Too late to matter. */
    CLOCK(k, "answer_it", "running 2026-09-22");
    did(k, "2026-09-17", "ask", ""); /* Nothing is left of what it may stand still. */
    CLOCK(k, "answer_it", "running 2026-09-22");
    PACE(k, "2026-09-17", "7 used 3 left");
    kit_free(k);
}

/* Two weeks of standing still, in a rule of working days: 14 days, a weekend as any other. */
static void at_most_in_a_unit_of_its_own(void **unused)
{
    (void)unused;
    struct kit *k = requests(10, UNIT_WORKING_DAY);
    pause_of(k)->limited = true;
    pause_of(k)->at_most = (struct length){ 2, UNIT_WEEK };
    did(k, "2026-09-01", "receive", "");
    did(k, "2026-09-08", "ask", "");
    until(k, "2026-09-22", 1439);
    CLOCK(k, "answer_it", "paused 2026-09-15");
    until(k, "2026-09-23", 0); /* On after Tue 22: Wed 23 to Tue 29 are the 5 left. */
    CLOCK(k, "answer_it", "running 2026-09-29");
    kit_free(k);
}

static void what_was_recorded_late_falls_into_its_place(void **unused)
{
    (void)unused;
    struct kit *k = requests(10, UNIT_WORKING_DAY);
    did(k, "2026-09-01", "receive", "");
    until(k, "2026-09-16", 0);
    CLOCK(k, "answer_it", "missed 2026-09-15");
    DONE(k, late(k, "2026-09-18", "ask", "2026-09-08")); /* It was never missed. */
    CLOCK(k, "answer_it", "paused 2026-09-15");
    DONE(k, late(k, "2026-09-24", "reply", "2026-09-22"));
    CLOCK(k, "answer_it", "running 2026-09-29");
    /* The answer first, and then that it was asked for. */
    DONE(k, late(k, "2026-09-25", "reply", "2026-09-04"));
    CLOCK(k, "answer_it", "running 2026-09-29");
    DONE(k, late(k, "2026-09-25", "ask", "2026-09-02")); /* Thu 3 and Fri 4 stood still, too. */
    CLOCK(k, "answer_it", "running 2026-10-01");
    kit_free(k);
}

static void after_its_day_it_is_missed_all_the_same(void **unused)
{
    (void)unused;
    struct kit *k = requests(10, UNIT_WORKING_DAY);
    did(k, "2026-09-01", "receive", "");
    did(k, "2026-09-16", "ask", "");
    CLOCK(k, "answer_it", "missed 2026-09-15");
    did(k, "2026-09-17", "reply", "");
    CLOCK(k, "answer_it", "missed 2026-09-15");
    kit_free(k);
}

static void on_its_last_day_nothing_is_left(void **unused)
{
    (void)unused;
    struct kit *k = requests(10, UNIT_WORKING_DAY);
    did(k, "2026-09-01", "receive", "");
    did(k, "2026-09-15", "ask", "");
    PACE(k, "2026-09-17", "10 used 0 left paused since 2026-09-15, 2026-09-17 at the earliest");
    did(k, "2026-09-17", "reply", ""); /* It is to be answered that day. */
    CLOCK(k, "answer_it", "running 2026-09-17");
    kit_free(k);
}

static void met_while_it_stands_still_is_in_time(void **unused)
{
    (void)unused;
    struct kit *k = requests(10, UNIT_WORKING_DAY);
    did(k, "2026-09-01", "receive", "");
    did(k, "2026-09-08", "ask", "");
    did(k, "2026-10-20", "answer", "");
    CLOCK(k, "answer_it", "met 2026-09-15");
    did(k, "2026-10-21", "reply", ""); /* What comes after it was met moves nothing. */
    CLOCK(k, "answer_it", "met 2026-09-15");
    did(k, "2026-11-02", "receive", ""); /* A new round has no part in it. */
    CLOCK(k, "answer_it", "running 2026-11-16 round 2");
    did(k, "2026-11-04", "ask", "");
    did(k, "2026-11-06", "reply", "");
    CLOCK(k, "answer_it", "running 2026-11-18 round 2");
    CLOCK(k, "answer_it#1", "met 2026-09-15");
    kit_free(k);
}

static void states_stop_it_too_and_several_rules_at_once(void **unused)
{
    (void)unused;
    struct kit *k = requests(20, UNIT_DAY);
    struct pause *two = ARENA_ARRAY(k->arena, struct pause, 2);
    two[0] = *pause_of(k);
    two[1] = (struct pause){ .from = words(k, "waiting"), .until = words(k, "begun") };
    k->deadlines[0].pauses = two;
    k->deadlines[0].pause_count = 2;
    event(k, "begun", "hold", "senco", "", "waiting");
    event(k, "waiting", "resume", "senco", "", "begun");
    event(k, "waiting", "reply", "senco", "", NULL);
    did(k, "2026-09-01", "receive", "");
    CLOCK(k, "answer_it", "running 2026-09-21");
    did(k, "2026-09-05", "ask", "");
    did(k, "2026-09-07", "hold", "");
    did(k, "2026-09-08", "reply", ""); /* The other still holds it. */
    CLOCK(k, "answer_it", "paused 2026-09-21");
    PACE(k, "2026-09-09", "4 used 16 left paused since 2026-09-05, 2026-09-25 at the earliest");
    did(k, "2026-09-10", "resume", ""); /* From 5 to 10: five days, once. */
    CLOCK(k, "answer_it", "running 2026-09-26");
    kit_free(k);
}

/* At most 5 working days for the family; without end while the case is held. */
static struct kit *held(void)
{
    struct kit *k = requests(20, UNIT_DAY);
    struct pause *two = ARENA_ARRAY(k->arena, struct pause, 2);
    two[0] = *pause_of(k);
    two[0].limited = true;
    two[0].at_most = (struct length){ 5, UNIT_WORKING_DAY };
    two[1] = (struct pause){ .from = words(k, "hold"), .until = words(k, "resume") };
    k->deadlines[0].pauses = two;
    k->deadlines[0].pause_count = 2;
    event(k, "begun", "hold", "senco", "", NULL);
    event(k, "begun", "resume", "senco", "", NULL);
    did(k, "2026-09-01", "receive", "");
    CLOCK(k, "answer_it", "running 2026-09-21");
    did(k, "2026-09-03", "ask", ""); /* Fri 4, Mon 7 to Thu 10. */
    PACE(k, "2026-09-03", "2 used 18 left paused since 2026-09-03, 2026-09-21 at the earliest, "
                          "on after 2026-09-10");
    return k;
}

static void one_rule_s_limit_is_not_another_s(void **unused)
{
    (void)unused;
    struct kit *k = held();
    did(k, "2026-09-08", "hold", "");
    PACE(k, "2026-09-08", "2 used 18 left paused since 2026-09-03, 2026-09-26 at the earliest");
    until(k, "2026-09-20", 0); /* The clock has nothing to do on the 11th, nor again and again. */
    CLOCK(k, "answer_it", "paused 2026-09-21");
    did(k, "2026-09-20", "resume", ""); /* From 3 to 20: 17 days. */
    CLOCK(k, "answer_it", "running 2026-10-08");
    kit_free(k);
}

static void what_went_on_by_itself_stops_again(void **unused)
{
    (void)unused;
    struct kit *k = held();
    struct explained e;
    until(k, "2026-09-11", 0); /* From 3 to 10: 7 days. */
    CLOCK(k, "answer_it", "running 2026-09-28");
    did(k, "2026-09-14", "hold", "");
    CLOCK(k, "answer_it", "paused 2026-09-28");
    PACE(k, "2026-09-15", "6 used 14 left paused since 2026-09-14, 2026-09-29 at the earliest");
    const struct event today = { .today = on("2026-09-15") };
    const struct decide_in in = kit_in(k, &today);
    assert_int_equal(explain_deadline(&in, "answer_it", k->arena, &e, &k->err), ERR_NONE);
    assert_false(e.differs);
    assert_int_equal(e.rule.date.due, on("2026-09-28"));
    until(k, "2026-10-20", 0);
    CLOCK(k, "answer_it", "paused 2026-09-28");
    kit_free(k);
}

static void school_days_and_weeks(void **unused)
{
    (void)unused;
    static const struct {
        int n;
        enum unit unit;
        const char *before, *is;
    } rows[] = {
        /* Half term is 26 to 30 Oct. Asked Tue 20, answered Mon 2 Nov. Of the 10 days 4 are left:
         * Tue 3 to Fri 6 Nov. Of the 3 weeks 13 days: 21 to 25 Oct, 2 to 9 Nov; so 3 to 15 Nov. */
        { 10, UNIT_SCHOOL_DAY, "running 2026-11-02", "running 2026-11-06" },
        { 3, UNIT_SCHOOL_WEEK, "running 2026-11-09", "running 2026-11-15" },
    };
    for (size_t i = 0; i < 2; i++) {
        struct kit *k = requests(rows[i].n, rows[i].unit);
        did(k, "2026-10-12", "receive", "");
        CLOCK(k, "answer_it", rows[i].before);
        did(k, "2026-10-20", "ask", "");
        did(k, "2026-11-02", "reply", "");
        CLOCK(k, "answer_it", rows[i].is);
        kit_free(k);
    }
}

static void a_calendar_that_ends_guesses_nothing(void **unused)
{
    (void)unused;
    struct kit *k = requests(10, UNIT_WORKING_DAY);
    k->calendar.known_until = on("2026-09-25");
    did(k, "2026-09-01", "receive", "");
    did(k, "2026-09-08", "ask", "");
    did(k, "2026-09-22", "reply", ""); /* Wed 23 to Tue 29: beyond what is known. */
    CLOCK(k, "answer_it", "none");
    kit_free(k);
}

static void what_stands_still_is_not_chased(void **unused)
{
    (void)unused;
    struct kit *k = requests(10, UNIT_WORKING_DAY); /* Usual: 1 week before, on the day, weekly. */
    did(k, "2026-09-01", "receive", "");
    did(k, "2026-09-07", "ask", ""); /* The first would be on Tue 8. */
    until(k, "2026-10-05", 0);
    assert_string_equal(buf_text(&k->sent), "");
    did(k, "2026-10-05", "reply", ""); /* 6 left: Tue 6 to Tue 13. */
    CLOCK(k, "answer_it", "running 2026-10-13");
    until(k, "2026-10-14", 0);
    assert_string_equal(buf_text(&k->sent), "2026-10-06 remind senco answer_it\n"
                                            "2026-10-13 remind senco answer_it\n");
    kit_free(k);
}

static void what_was_told_is_not_told_again(void **unused)
{
    (void)unused;
    struct kit *k = requests(10, UNIT_WORKING_DAY);
    did(k, "2026-09-01", "receive", "");
    did(k, "2026-09-08", "ask", ""); /* At noon: reminded at 8, a week before Tue 15. */
    assert_string_equal(buf_text(&k->sent), "2026-09-08 remind senco answer_it\n");
    did(k, "2026-09-09", "reply", ""); /* 5 left: Thu 10 to Wed 16; a week before is today. */
    CLOCK(k, "answer_it", "running 2026-09-16");
    until(k, "2026-09-16", 1439);
    assert_string_equal(buf_text(&k->sent), "2026-09-08 remind senco answer_it\n"
                                            "2026-09-16 remind senco answer_it\n");
    kit_free(k);
}

static void the_law_s_date_stands_still_with_it(void **unused)
{
    (void)unused;
    struct kit *k = requests(5, UNIT_WORKING_DAY);
    struct deadline *rule = &k->deadlines[0];
    rule->floor = weeks_after(k, 2, "receive");
    did(k, "2026-09-01", "receive", "");
    const struct clock *clock = casefile_clock(&k->file, "answer_it");
    assert_string_equal(iso(k, clock->due), "2026-09-08");
    assert_string_equal(iso(k, clock->law), "2026-09-15");
    did(k, "2026-09-03", "ask", "");
    did(k, "2026-09-10", "reply", ""); /* 3 left: Fri 11, Mon 14, Tue 15. The law: 7 days on. */
    clock = casefile_clock(&k->file, "answer_it");
    assert_string_equal(iso(k, clock->due), "2026-09-15");
    assert_string_equal(iso(k, clock->law), "2026-09-22");
    kit_free(k);
}

static void a_case_is_not_without_end(void **unused)
{
    (void)unused;
    struct kit *k = requests(10, UNIT_WORKING_DAY);
    did(k, "2026-09-01", "receive", "");
    for (int i = 0; i < MARKS_MAX - 1; i++)
        did(k, "2026-09-02", i % 2 ? "reply" : "ask", "");
    REFUSED(k, try_(k, "2026-09-02", "ask", ""), ERR_LIMIT, "no more is kept");
    kit_free(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(working_days_stop_as_working_days),
        cmocka_unit_test(a_month_stops_as_days),
        cmocka_unit_test(over_christmas_working_days_only_count_once),
        cmocka_unit_test(it_stops_several_times),
        cmocka_unit_test(at_most_so_long_in_all),
        cmocka_unit_test(at_most_in_a_unit_of_its_own),
        cmocka_unit_test(what_was_recorded_late_falls_into_its_place),
        cmocka_unit_test(after_its_day_it_is_missed_all_the_same),
        cmocka_unit_test(on_its_last_day_nothing_is_left),
        cmocka_unit_test(met_while_it_stands_still_is_in_time),
        cmocka_unit_test(states_stop_it_too_and_several_rules_at_once),
        cmocka_unit_test(one_rule_s_limit_is_not_another_s),
        cmocka_unit_test(what_went_on_by_itself_stops_again),
        cmocka_unit_test(school_days_and_weeks),
        cmocka_unit_test(a_calendar_that_ends_guesses_nothing),
        cmocka_unit_test(what_stands_still_is_not_chased),
        cmocka_unit_test(what_was_told_is_not_told_again),
        cmocka_unit_test(the_law_s_date_stands_still_with_it),
        cmocka_unit_test(a_case_is_not_without_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
