/* SPDX-License-Identifier: MIT */
/* Ladders, who is told in place of the owner, what a script says, and holidays. */
#include "engine/model/reminder.h"
#include "kit.h"

/* A report due two weeks after a visit was held. */
static struct kit *reports(void)
{
    struct kit *k = kit_new();
    event(k, "begun", "hold", "senco", "", NULL);
    event(k, "begun", "report", "senco", "", NULL);
    event(k, "begun", "note", "senco", "", NULL);
    deadline(k, "report", weeks_after(k, 2, "hold"), "report");
    return k;
}

static void test_words(void **unused)
{
    static const struct {
        const char *text;
        int kind, n, unit;
    } rows[] = {
        { "1 week before", REMIND_BEFORE, 1, UNIT_WEEK },
        { "5 working days before", REMIND_BEFORE, 5, UNIT_WORKING_DAY },
        { "on the day", REMIND_ON, 0, UNIT_DAY },
        { "3 days after", REMIND_AFTER, 3, UNIT_DAY },
        { "every week after", REMIND_EVERY, 1, UNIT_WEEK },
        { "every 3 days after", REMIND_EVERY, 3, UNIT_DAY },
        { "2026-11-02", REMIND_DATE, 0, UNIT_DAY },
        { "every week before", -1, 0, 0 },
        { "0 days after", -1, 0, 0 },
        { "6 school weeks after", -1, 0, 0 },
        { "soon", -1, 0, 0 },
        { "after", -1, 0, 0 },
        { " after", -1, 0, 0 },
        { "every after", -1, 0, 0 },
        { "", -1, 0, 0 },
        { "2026-02-30", -1, 0, 0 },
        { "99999 days after", -1, 0, 0 },
        { "1 week                                   after", -1, 0, 0 },
    };
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct reminder read;
        bool good = reminder_parse(rows[i].text, &read);
        if (good != (rows[i].kind >= 0))
            fail_msg("'%s'", rows[i].text);
        if (!good)
            continue;
        assert_int_equal(read.kind, rows[i].kind);
        assert_int_equal(read.length.n, rows[i].n);
        assert_int_equal(read.length.unit, rows[i].unit);
        assert_int_equal(read.date, read.kind == REMIND_DATE ? on("2026-11-02") : DAY_NONE);
    }
    struct reminder list[REMINDERS_MAX];
    assert_int_equal(reminders_read("2026-11-02, 1 week before", list), 2);
    assert_int_equal(list[1].kind, REMIND_BEFORE);
    assert_int_equal(reminders_read("none", list), 0);
    assert_int_equal(reminders_read("", list), 0);
}

/* head: [on the day, 1 week after], officer: 2 weeks after, then every week. */
static void test_a_ladder(void **unused)
{
    (void)unused;
    struct kit *k = reports();
    static const struct reminder head[] = { { REMIND_ON, { 0, UNIT_DAY }, 0 },
                                            { REMIND_AFTER, { 1, UNIT_WEEK }, 0 } };
    static const struct reminder officer[] = { { REMIND_AFTER, { 2, UNIT_WEEK }, 0 },
                                               { REMIND_EVERY, { 3, UNIT_WEEK }, 0 } };
    static const struct escalation up[] = { { "head", { head, 2 } },
                                            { "officer", { officer, 2 } } };
    struct deadline *rule = &k->deadlines[0];
    rule->remind_set = true;
    rule->escalate = up;
    rule->escalate_count = 2;
    opened(k, "2026-09-03", "");
    did(k, "2026-09-03", "hold", "");
    until(k, "2026-11-01", 1439);
    assert_string_equal(buf_text(&k->sent), "2026-09-17 escalate head report\n"
                                            "2026-09-24 escalate head report\n"
                                            "2026-10-01 escalate officer report\n"
                                            "2026-10-08 escalate officer report\n"
                                            "2026-10-29 escalate officer report\n");
    kit_free(k);
}

/* Each in their own way: the school on its last school day, the authority on the day. */
static void test_to_others_than_the_owner(void **unused)
{
    (void)unused;
    struct kit *k = reports();
    static const struct reminder own[] = { { REMIND_AFTER, { 1, UNIT_WEEK }, 0 } };
    struct deadline *rule = &k->deadlines[0];
    rule->remind_to = words(k, "head officer");
    rule->remind_set = true;
    rule->remind = (struct reminders){ own, 1 };
    rule->escalate_count = 1;
    rule->escalate = (const struct escalation[]){ { "senco", { own, 1 } } };
    opened(k, "2026-12-01", "");
    did(k, "2026-12-03", "hold", ""); /* Due on the 17th; a week after is Christmas Eve. */
    until(k, "2027-02-01", 0);
    assert_string_equal(buf_text(&k->sent), "2026-12-18 remind head report\n"
                                            "2026-12-18 escalate senco report\n"
                                            "2026-12-24 remind officer report\n");
    kit_free(k);
}

static struct kit *asked_of_a_script(const char *says)
{
    struct kit *k = reports();
    k->deadlines[0].remind_set = true;
    k->deadlines[0].remind_lua = when_(k, says);
    opened(k, "2026-09-03", "");
    did(k, "2026-09-03", "hold", "");
    return k;
}

static void test_what_a_script_says(void **unused)
{
    (void)unused;
    struct kit *k = asked_of_a_script("2026-09-10, 2 days before, 1 week after");
    assert_string_equal(casefile_clock(&k->file, "report")->remind,
                        "2026-09-10, 2 days before, 1 week after");
    until(k, "2026-10-30", 1439);
    assert_string_equal(buf_text(&k->sent), "2026-09-10 remind senco report\n"
                                            "2026-09-15 remind senco report\n"
                                            "2026-09-24 remind senco report\n");
    assert_int_equal(k->file.in.remarks.count, 0);
    kit_free(k);

    k = asked_of_a_script("none");
    until(k, "2026-10-30", 1439);
    assert_string_equal(buf_text(&k->sent), "");
    kit_free(k);

    k = asked_of_a_script("nil"); /* It leaves it to the pack. */
    until(k, "2026-09-24", 1439);
    assert_string_equal(buf_text(&k->sent), "2026-09-10 remind senco report\n"
                                            "2026-09-17 remind senco report\n"
                                            "2026-09-24 remind senco report\n");
    kit_free(k);
}

/* No event is refused and no reminder lost because of it; put right, the remark goes. */
static void test_a_script_that_fails(void **unused)
{
    (void)unused;
    struct kit *k = asked_of_a_script("broken");
    until(k, "2026-09-11", 0);
    assert_string_equal(buf_text(&k->sent), "2026-09-10 remind senco report\n");
    const struct remark *remark = casefile_remark(&k->file, "remind.report");
    assert_non_null(remark);
    assert_string_equal(remark->text,
                        "the usual reminders go out, since the script ran too long");
    did(k, "2026-09-11", "note", "");
    assert_non_null(casefile_remark(&k->file, "remind.report"));
    k->deadlines[0].remind_lua = when_(k, "on the day");
    did(k, "2026-09-12", "note", "");
    assert_null(casefile_remark(&k->file, "remind.report"));
    until(k, "2026-10-30", 0);
    assert_string_equal(buf_text(&k->sent), "2026-09-10 remind senco report\n"
                                            "2026-09-17 remind senco report\n");
    kit_free(k);

    k = asked_of_a_script("broken"); /* Met: there is nothing to remark any more. */
    did(k, "2026-09-11", "report", "");
    assert_null(casefile_remark(&k->file, "remind.report"));
    kit_free(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_a_ladder),
        cmocka_unit_test(test_to_others_than_the_owner),
        cmocka_unit_test(test_what_a_script_says),
        cmocka_unit_test(test_a_script_that_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
