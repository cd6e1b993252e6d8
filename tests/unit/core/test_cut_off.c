/* SPDX-License-Identifier: MIT */
/* The last day of a deadline may end at an hour. */
#include "kit.h"

static struct kit *papers(void)
{
    struct kit *k = kit_new();
    event(k, "begun", "call", "senco", "", NULL);
    event(k, "begun", "submit", "senco", "", NULL);
    struct deadline *rule = deadline(k, "papers_in", weeks_after(k, 1, "call"), "submit");
    rule->cut_off = 12 * 60;
    rule->remind_set = true;
    opened(k, "2026-09-01", "");
    did(k, "2026-09-03", "call", ""); /* Thu; due Thu 10 Sep 2026, 12:00 */
    CLOCK(k, "papers_in", "running 2026-09-10");
    return k;
}

static enum err_code submit(struct kit *k, const char *today, int minute, const char *date)
{
    struct event what = kit_event(k, EVENT_DO, today, "submit", "senco", "");
    what.minute = minute;
    what.on = on(date);
    return act_(k, &what);
}

static void until_the_hour_it_is_in_time(void **unused)
{
    (void)unused;
    static const struct {
        const char *today;
        int minute;
        const char *on, *is;
    } rows[] = {
        { "2026-09-10", 12 * 60 - 1, "2026-09-10", "met 2026-09-10" },
        { "2026-09-10", 12 * 60, "2026-09-10", "met 2026-09-10" },
        { "2026-09-10", 12 * 60 + 1, "2026-09-10", "met late 2026-09-10" },
        { "2026-09-10", 13 * 60, "2026-09-09", "met 2026-09-10" }, /* Of yesterday. */
        { "2026-09-09", 18 * 60, "2026-09-09", "met 2026-09-10" },
        { "2026-09-11", 9 * 60, "2026-09-10", "met 2026-09-10" }, /* The day alone counts. */
        { "2026-09-11", 9 * 60, "2026-09-11", "met late 2026-09-10" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct kit *k = papers();
        DONE(k, submit(k, rows[i].today, rows[i].minute, rows[i].on));
        CLOCK(k, "papers_in", rows[i].is);
        kit_free(k);
    }
}

static void it_is_missed_the_minute_after(void **unused)
{
    (void)unused;
    struct kit *k = papers();
    until(k, "2026-09-10", 12 * 60);
    CLOCK(k, "papers_in", "running 2026-09-10");
    until(k, "2026-09-10", 12 * 60 + 1);
    CLOCK(k, "papers_in", "missed 2026-09-10");
    kit_free(k);
}

/* A right that ends at noon lapses at noon, once. */
static void a_right_lapses_at_its_hour(void **unused)
{
    (void)unused;
    struct kit *k = kit_new();
    event(k, "begun", "call", "senco", "", NULL);
    event(k, "begun", "note", "senco", "", NULL);
    struct deadline *rule = deadline(k, "reply", weeks_after(k, 1, "call"), NULL);
    rule->owner = NULL;
    rule->right_of = "family";
    rule->cut_off = 12 * 60;
    opened(k, "2026-09-01", "");
    did(k, "2026-09-03", "call", "");
    until(k, "2026-09-10", 12 * 60 + 1);
    CLOCK(k, "reply", "cancelled 2026-09-10");
    struct event what = kit_event(k, EVENT_DO, "2026-09-10", "note", "senco", "");
    what.minute = 15 * 60;
    DONE(k, act_(k, &what));
    CLOCK(k, "reply", "cancelled 2026-09-10");
    assert_int_equal(k->last->changed.clocks.count, 0);
    kit_free(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(until_the_hour_it_is_in_time),
        cmocka_unit_test(it_is_missed_the_minute_after),
        cmocka_unit_test(a_right_lapses_at_its_hour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
