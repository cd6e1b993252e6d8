/* SPDX-License-Identifier: MIT */
/* Two regimes side by side: each rule holds in the cases judged on a day of its time. */
#include "kit.h"

#include "engine/core/in_force.h"
#include "engine/core/possible.h"

static const struct in_force *force(struct kit *k, const char *from, const char *until,
                                    const struct moment *judged_on)
{
    struct in_force *made = ARENA_NEW(k->arena, struct in_force);
    *made = (struct in_force){ .from = *from ? on(from) : DAY_NONE,
                               .until = *until ? on(until) : DAY_NONE,
                               .judged_on = judged_on };
    return made;
}

/* A SENCO's award: the old one for courses begun before 1 September 2026, the new from then on. */
static struct kit *awards(void)
{
    struct kit *k = kit_new();
    field(k, "course", FIELD_DATE, "First day of the course");
    field(k, "note", FIELD_TEXT, "A note");
    event(k, "begun", "appoint", "senco", "course? note?", NULL);
    event(k, "begun", "qualify", "senco", "", NULL);
    return k;
}

static void both_sides_of_the_day(void **unused)
{
    (void)unused;
    static const struct {
        const char *course, *old, *new;
    } rows[] = {
        { "2026-08-31", "running 2026-10-01", "none" },
        { "2026-09-01", "none", "running 2026-11-01" }, /* `from` and `until` are the same day. */
        { "2026-09-02", "none", "running 2026-11-01" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct kit *k = awards();
        const struct moment *course = anchor(k, ANCHOR_FIELD, "course");
        const struct moment *appoint = anchor(k, ANCHOR_EVENT, "appoint");
        deadline(k, "old", counted(k, MOMENT_AFTER, 1, UNIT_MONTH, appoint), "qualify")->in_force =
            force(k, "", "2026-09-01", course);
        deadline(k, "new", counted(k, MOMENT_AFTER, 2, UNIT_MONTH, appoint), "qualify")->in_force =
            force(k, "2026-09-01", "", course);
        opened(k, "2026-09-01", "");
        did(k, "2026-09-01", "appoint", "");
        CLOCK(k, "old", "none"); /* The day it is judged on is not known: both wait. */
        CLOCK(k, "new", "none");
        did(k, "2026-09-01", "appoint", arena_printf(k->arena, "course=%s", rows[i].course));
        CLOCK(k, "old", rows[i].old);
        CLOCK(k, "new", rows[i].new);
        kit_free(k);
    }
}

static void a_field_put_right_changes_the_regime(void **unused)
{
    (void)unused;
    struct kit *k = awards();
    const struct moment *course = anchor(k, ANCHOR_FIELD, "course");
    deadline(k, "old", weeks_after(k, 4, "appoint"), "qualify")->in_force =
        force(k, "", "2026-09-01", course);
    deadline(k, "new", weeks_after(k, 6, "appoint"), "qualify")->in_force =
        force(k, "2026-09-01", "", course);
    opened(k, "2026-09-07", "");
    did(k, "2026-09-07", "appoint", "course=2026-08-01");
    CLOCK(k, "old", "running 2026-10-05");
    did(k, "2026-09-08", "appoint", "course=2026-09-05");
    CLOCK(k, "old", "cancelled 2026-10-05");
    CLOCK(k, "new", "running 2026-10-20");
    did(k, "2026-09-09", "appoint", "course=");
    CLOCK(k, "new", "none"); /* It waits again. */
    kit_free(k);
}

/* Without a day of its own: the earliest known that the date is counted from, else the opening. */
static void judged_by_the_rule_s_own_day(void **unused)
{
    (void)unused;
    struct kit *k = awards();
    const struct moment *due =
        either(k, MOMENT_EARLIER, weeks_after(k, 2, "appoint"), weeks_after(k, 3, "qualify"));
    struct in_force *own = (struct in_force *)(uintptr_t)force(k, "2026-09-10", "", NULL);
    own->own = due;
    deadline(k, "report", due, NULL)->in_force = own;
    const struct in_force *bare = force(k, "2026-09-10", "", NULL);
    opened(k, "2026-09-09", "");
    assert_int_equal(in_force_judge(bare, &k->file, NULL, NULL, DAY_NONE).holds, TRUTH_NO);
    did(k, "2026-09-11", "appoint", "");
    CLOCK(k, "report", "running 2026-09-25");
    struct event early = kit_event(k, EVENT_DO, "2026-09-11", "qualify", "senco", "");
    early.on = on("2026-09-09");
    DONE(k, act_(k, &early));
    CLOCK(k, "report", "cancelled 2026-09-25");
    assert_int_equal(in_force_judge(NULL, &k->file, NULL, NULL, DAY_NONE).holds, TRUTH_YES);
    kit_free(k);
}

static void an_event_of_another_time_is_refused(void **unused)
{
    (void)unused;
    struct kit *k = awards();
    event(k, "begun", "apply", "senco", "", NULL)->in_force =
        force(k, "2026-09-01", "", anchor(k, ANCHOR_FIELD, "course"));
    event(k, "begun", "renew", "senco", "", NULL)->in_force =
        force(k, "", "2026-09-10", anchor(k, ANCHOR_EVENT, "renew"));
    opened(k, "2026-09-07", "");
    REFUSED(k, try_(k, "2026-09-07", "apply", ""), ERR_REFUSED,
            "'First day of the course' is not known");
    did(k, "2026-09-07", "appoint", "course=2026-08-31");
    REFUSED(k, try_(k, "2026-09-07", "apply", ""), ERR_REFUSED,
            "in force only from Tue 1 Sep 2026, judged on course (Mon 31 Aug 2026)");
    did(k, "2026-09-07", "appoint", "course=2026-09-01");
    did(k, "2026-09-07", "apply", "");
    did(k, "2026-09-09", "renew", ""); /* Judged on itself: on the day it happens. */
    REFUSED(k, try_(k, "2026-09-10", "renew", ""), ERR_REFUSED, "before Thu 10 Sep 2026");
    kit_free(k);
}

static void fields_consents_items_and_excuses(void **unused)
{
    (void)unused;
    struct kit *k = awards();
    const struct moment *course = anchor(k, ANCHOR_FIELD, "course");
    const struct in_force *old = force(k, "", "2026-09-01", course);
    k->fields[1].in_force = old;
    consent(k, "agreed", "family", "")->in_force = old;
    struct checklist *list = checklist(k, "papers");
    item(k, list, "form", "The old form", "senco")->in_force = old;
    excuse(k, "away", "officer")->in_force = old;
    event(k, "begun", "finish", "senco", "note", NULL)->needs = words(k, "papers agreed");
    struct deadline *rule = deadline(k, "report", weeks_after(k, 2, "appoint"), "qualify");
    rule->excused_by = words(k, "away");
    opened(k, "2026-09-07", "");
    did(k, "2026-09-07", "appoint", "");
    /* Not known: nothing is let through. */
    REFUSED(k, try_(k, "2026-09-07", "finish", "note=x"), ERR_REFUSED,
            "'The old form' is missing (or say 'First day of the course'");
    REFUSED(k, try_(k, "2026-09-07", "finish", "note=x"), ERR_REFUSED, "'agreed' has not been");
    REFUSED(k, excuse_(k, "2026-09-07", "report", "away", "officer", "x"), ERR_REFUSED,
            "'First day of the course' is not known");
    did(k, "2026-09-07", "appoint", "course=2026-08-01");
    REFUSED(k, try_(k, "2026-09-07", "finish", ""), ERR_REFUSED, "'A note' is missing");
    did(k, "2026-09-07", "appoint", "course=2026-09-02");
    REFUSED(k, excuse_(k, "2026-09-07", "report", "away", "officer", "x"), ERR_REFUSED,
            "in force only before Tue 1 Sep 2026");
    REFUSED(k, try_(k, "2026-09-07", "finish", "note=x"), ERR_INPUT, "is not asked in this case");
    did(k, "2026-09-07", "finish", "");
    kit_free(k);
}

static void what_happens_by_itself_does_so_only_in_its_time(void **unused)
{
    (void)unused;
    struct kit *k = awards();
    struct event_rule *rule = event(k, "begun", "expire", "clock", "", "over");
    rule->by_clock = true;
    rule->at = weeks_after(k, 1, "appoint");
    rule->in_force = force(k, "2026-09-01", "", anchor(k, ANCHOR_FIELD, "course"));
    opened(k, "2026-09-07", "");
    did(k, "2026-09-07", "appoint", "course=2026-08-31");
    until(k, "2026-10-30", 0);
    STATE(k, "begun");
    did(k, "2026-10-30", "appoint", "course=2026-09-01");
    until(k, "2026-11-06", 0);
    STATE(k, "over");
    kit_free(k);
}

static void a_least_date_of_another_time_does_not_count(void **unused)
{
    (void)unused;
    struct kit *k = awards();
    struct not_before limit = { .is = weeks_after(k, 2, "appoint") };
    limit.in_force = force(k, "2026-09-01", "", anchor(k, ANCHOR_FIELD, "course"));
    event(k, "begun", "finish", "senco", "", NULL)->not_before = &limit;
    opened(k, "2026-09-07", "");
    did(k, "2026-09-07", "appoint", "");
    REFUSED(k, try_(k, "2026-09-08", "finish", ""), ERR_REFUSED, "not before Mon 21 Sep 2026");
    did(k, "2026-09-07", "appoint", "course=2026-09-01");
    REFUSED(k, try_(k, "2026-09-08", "finish", ""), ERR_REFUSED, "not before Mon 21 Sep 2026");
    did(k, "2026-09-08", "appoint", "course=2026-08-31");
    did(k, "2026-09-08", "finish", "");
    kit_free(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_sides_of_the_day),
        cmocka_unit_test(a_field_put_right_changes_the_regime),
        cmocka_unit_test(judged_by_the_rule_s_own_day),
        cmocka_unit_test(an_event_of_another_time_is_refused),
        cmocka_unit_test(fields_consents_items_and_excuses),
        cmocka_unit_test(what_happens_by_itself_does_so_only_in_its_time),
        cmocka_unit_test(a_least_date_of_another_time_does_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
