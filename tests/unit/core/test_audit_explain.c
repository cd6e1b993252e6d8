/* SPDX-License-Identifier: MIT */
/* What is explained must be true of this case, and lead back to what somebody typed. */
#include "kit.h"

#include "engine/core/explain.h"

static struct kit *reviews(void)
{
    struct kit *k = kit_new();
    state(k, "resting");
    field(k, "young", FIELD_YES_NO, "Under five");
    field(k, "plan", FIELD_DATE, "Plan made");
    field(k, "half_year", FIELD_DATE, "Half a year on")->is_moment =
        counted(k, MOMENT_AFTER, 6, UNIT_MONTH, anchor(k, ANCHOR_FIELD, "plan"));
    event(k, "begun", "say", "senco", "young? plan?", NULL);
    event(k, "begun", "rest", "senco", "", "resting");
    event(k, "begun", "finish", "senco", "", "over");
    struct deadline *review = deadline(
        k, "review", counted(k, MOMENT_BEFORE, 1, UNIT_WEEK, anchor(k, ANCHOR_FIELD, "half_year")),
        NULL);
    review->only_if = when_(k, "young");
    review->ends_with = words(k, "resting");
    opened(k, "2026-09-01", "");
    return k;
}

static const char *verdict(struct kit *k, struct explained *e)
{
    const struct event none = { .kind = EVENT_DO };
    const struct decide_in in = kit_in(k, &none);
    assert_int_equal(explain_deadline(&in, "review", k->arena, e, &k->err), ERR_NONE);
    return e->verdict;
}

static void test_what_is_not_owed_is_not_called_due(void **unused)
{
    (void)unused;
    struct explained e;
    struct kit *k = reviews();
    did(k, "2026-09-01", "say", "plan=2026-08-31");
    assert_non_null(strstr(verdict(k, &e), "No clock runs: it waits until 'Under five' is known; "
                                           "it would be due Sun 21 Feb 2027"));
    did(k, "2026-09-01", "say", "young=no");
    assert_non_null(strstr(verdict(k, &e), "No clock runs: it is owed only if young"));
    did(k, "2026-09-01", "say", "young=yes");
    assert_true(text_starts(verdict(k, &e), "Due Sun 21 Feb 2027"));
    kit_free(k);

    k = reviews();
    did(k, "2026-09-01", "rest", "");
    k->file.in.fields = (__typeof__(k->file.in.fields)){ 0 };
    *sections_put_fields(k->arena, &k->file.in, "half_year") =
        (struct field_entry){ .name = "half_year",
                              .value = { .kind = VALUE_DATE, .number = on("2027-02-28") } };
    assert_non_null(strstr(verdict(k, &e), "nothing is owed at 'resting'"));
    kit_free(k);
}

static void test_a_worked_out_field_is_explained_first(void **unused)
{
    (void)unused;
    struct explained e;
    struct kit *k = reviews();
    did(k, "2026-09-01", "say", "plan=2026-08-31 young=yes");
    verdict(k, &e);
    assert_true(e.rule.trace.count >= 3);
    assert_non_null(strstr(e.rule.trace.at[0].text, "plan is Mon 31 Aug 2026"));
    assert_non_null(strstr(e.rule.trace.at[1].text, "6 months after Mon 31 Aug 2026"));
    assert_non_null(strstr(e.rule.trace.at[2].text, "half_year is Sun 28 Feb 2027"));
    kit_free(k);
}

static void test_late_for_the_pack_is_not_late_in_law(void **unused)
{
    (void)unused;
    struct explained e;
    struct kit *k = kit_new();
    event(k, "begun", "hold", "senco", "", NULL);
    event(k, "begun", "report", "senco", "", NULL);
    struct deadline *review = deadline(k, "review", weeks_after(k, 1, "hold"), "report");
    review->floor = weeks_after(k, 2, "hold");
    review->statutory = true;
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "hold", "");
    did(k, "2026-09-10", "report", "");
    CLOCK(k, "review", "met late 2026-09-08");
    assert_non_null(strstr(verdict(k, &e), "the law allows until Tue 15 Sep 2026; met late on Thu "
                                           "10 Sep 2026: late for this pack, not in law"));
    kit_free(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_not_owed_is_not_called_due),
        cmocka_unit_test(test_a_worked_out_field_is_explained_first),
        cmocka_unit_test(test_late_for_the_pack_is_not_late_in_law),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
