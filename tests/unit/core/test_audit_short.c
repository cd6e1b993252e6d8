/* SPDX-License-Identifier: MIT */
/* A deadline that begins when its owner has no later day to work in is told of at once. */
#include "kit.h"

static struct kit *reports(void)
{
    struct kit *k = kit_new();
    event(k, "begun", "hold", "senco", "", NULL);
    event(k, "begun", "report", "senco", "", NULL);
    deadline(k, "report", weeks_after(k, 2, "hold"), "report");
    return k;
}

static void test_on_the_last_day_of_term(void **unused)
{
    (void)unused;
    struct kit *k = reports();
    opened(k, "2026-12-01", "");
    did(k, "2026-12-18", "hold", "");
    assert_int_equal(casefile_clock(&k->file, "report")->do_by, on("2026-12-18"));
    assert_string_equal(buf_text(&k->sent), "2026-12-18 remind senco report\n");
    until(k, "2027-01-03", 0); /* Told once: what is said in the holidays nobody reads. */
    assert_string_equal(buf_text(&k->sent), "2026-12-18 remind senco report\n");
    kit_free(k);
}

static void test_not_where_there_is_time_or_nothing_is_owed(void **unused)
{
    (void)unused;
    struct kit *k = reports();
    opened(k, "2026-11-02", "");
    did(k, "2026-11-10", "hold", "");
    assert_string_equal(buf_text(&k->sent), "");
    kit_free(k);

    k = reports();
    k->deadlines[0].remind_set = true; /* `remind: none` */
    opened(k, "2026-12-01", "");
    did(k, "2026-12-18", "hold", "");
    assert_string_equal(buf_text(&k->sent), "");
    kit_free(k);

    k = reports();
    k->deadlines[0].right_of = "family";
    opened(k, "2026-12-01", "");
    did(k, "2026-12-18", "hold", "");
    assert_string_equal(buf_text(&k->sent), "");
    kit_free(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_on_the_last_day_of_term),
        cmocka_unit_test(test_not_where_there_is_time_or_nothing_is_owed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
