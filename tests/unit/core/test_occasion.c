/* SPDX-License-Identifier: MIT */
/* What a schedule's day asks of one case; what the clock may open; whom rows of cases tell. */
#include "kit.h"

#include "engine/core/occasion.h"

static void the_clock_opens_what_has_a_schedule(void **unused)
{
    (void)unused;
    struct kit *k = kit_new();
    static const struct schedule schedule = { .whom = FOR_AUTHORITY };
    assert_int_equal(open_as(k, "2026-09-01", "clock", ""), ERR_FORBIDDEN);
    k->process.schedule = &schedule;
    assert_int_equal(open_as(k, "2026-09-01", "head", ""), ERR_FORBIDDEN);
    assert_int_equal(open_as(k, "2026-09-01", "clock", ""), ERR_NONE);
    kit_free(k);
}

/* "yes child=C-1", "no": what the day means for the case as it stands. */
static const char *wanted(struct kit *k, const struct schedule *schedule, const char *date)
{
    const struct process opens = { .name = "review", .schedule = schedule };
    const struct decide_in in = kit_in(k, NULL);
    const struct given *given = NULL;
    size_t count = 0;
    bool yes;
    struct buf text = buf_in(k->arena);
    enum err_code rc = occasion_wants(&in, &opens, on(date), k->arena, &yes, &given, &count,
                                      &k->err);
    if (rc)
        return err_name(rc);
    buf_add(&text, yes ? "yes" : "no");
    for (size_t i = 0; i < count; i++)
        buf_printf(&text, " %s=%s", given[i].name, given[i].value->text);
    return buf_text(&text);
}

static void which_cases_a_day_is_for(void **unused)
{
    (void)unused;
    struct kit *k = kit_new();
    field(k, "child", FIELD_TEXT, "The child");
    field(k, "big", FIELD_YES_NO, "Is it big?");
    state(k, "running");
    event(k, "begun", "go", "senco", "", "running");
    event(k, "running", "end", "senco", "", "over");
    event(k, "begun", "ask_big", "senco", "big", NULL);
    static const struct copied copy[] = { { .theirs = "whom", .ours = "child" },
                                          { .theirs = "since", .ours = "go" } };
    struct schedule schedule = { .whom = FOR_EACH_CASE, .of = "visit", .copy = copy,
                                 .copy_count = 2 };
    opened(k, "2026-09-10", "child=C-1");
    assert_string_equal(wanted(k, &schedule, "2026-09-09"), "no"); /* Not opened by then. */
    assert_string_equal(wanted(k, &schedule, "2026-09-10"), "yes whom=C-1");
    schedule.in = words(k, "running");
    assert_string_equal(wanted(k, &schedule, "2026-09-11"), "no");
    did(k, "2026-09-14", "go", "");
    assert_string_equal(wanted(k, &schedule, "2026-09-13"), "no"); /* Running only since. */
    assert_string_equal(wanted(k, &schedule, "2026-09-14"), "yes since=2026-09-14 whom=C-1");
    schedule.only_if = when_(k, "big");
    assert_string_equal(wanted(k, &schedule, "2026-09-14"), "no"); /* Not known. */
    schedule.only_if = when_(k, "broken");
    assert_string_equal(wanted(k, &schedule, "2026-09-14"), err_name(ERR_SCRIPT));
    schedule.only_if = NULL;
    schedule.of = "another";
    assert_string_equal(wanted(k, &schedule, "2026-09-14"), "no");
    schedule.of = "visit";
    did(k, "2026-09-20", "end", "");
    assert_string_equal(wanted(k, &schedule, "2026-09-21"), "no"); /* Closed. */
    kit_free(k);
}

static void the_day_is_kept_with_what_it_gave(void **unused)
{
    (void)unused;
    struct kit *k = kit_new();
    event(k, "begun", "end", "senco", "", "over");
    opened(k, "2026-09-10", "");
    struct event what = kit_event(k, EVENT_OCCASION, "2026-10-01", "review", "clock", "whom=C-1");
    assert_int_equal(act_(k, &what), ERR_NONE);
    assert_int_equal(k->last->openings.count, 1);
    assert_string_equal(k->last->openings.at[0].process, "review");
    assert_string_equal(k->last->openings.at[0].given[0].value->text, "C-1");
    assert_int_equal(k->file.in.links.count, 1);
    assert_string_equal(k->file.in.links.at[0].name, "child:700");
    did(k, "2026-10-02", "end", "");
    what = kit_event(k, EVENT_OCCASION, "2026-10-03", "review", "clock", "");
    assert_int_equal(act_(k, &what), ERR_REFUSED);
    kit_free(k);
}

static void rows_of_cases(void **unused)
{
    (void)unused;
    struct kit *k = kit_new();
    static const struct cases_rule rule = { .of = "other" };
    static const struct field columns[] = { { .name = "case", .type = FIELD_TEXT },
                                            { .name = "state", .type = FIELD_TEXT } };
    struct field *others = field(k, "others", FIELD_ROWS, "Others");
    others->cases = &rule;
    others->columns = columns;
    others->column_count = 2;
    static const struct copied copy[] = { { .theirs = "about", .column = "case" } };
    struct effect *then = ARENA_ARRAY(k->arena, struct effect, 2);
    then[0] = (struct effect){ .kind = EFFECT_SIGNAL, .name = "told", .each = "others" };
    then[1] = (struct effect){ .kind = EFFECT_OPEN, .name = "other", .each = "others",
                               .values = copy, .value_count = 1 };
    event(k, "begun", "tell", "senco", "others", NULL)->then = (struct effects){ then, 2 };
    opened(k, "2026-09-10", "");
    assert_int_equal(try_(k, "2026-09-11", "tell", "others=x"), ERR_INPUT);
    assert_non_null(strstr(k->err.text, "is looked up, not typed"));
    assert_int_equal(try_(k, "2026-09-11", "tell", ""), ERR_REFUSED);

    struct err err;
    struct json *rows;
    static const char text[] = "[{\"case\":\"O-1\",\"state\":\"a\"},{\"case\":\"O-2\"}]";
    assert_int_equal(json_parse(k->arena, text, strlen(text), &rows, &err), ERR_NONE);
    struct event what = kit_event(k, EVENT_DO, "2026-09-11", "tell", "senco", "others=x");
    struct given given = { "others", rows };
    what.given = &given;
    what.looked = "others";
    assert_int_equal(act_(k, &what), ERR_NONE);
    assert_int_equal(k->last->sendings.count, 2);
    assert_string_equal(k->last->sendings.at[1].to, "O-2");
    assert_int_equal(k->last->openings.count, 2);
    assert_string_equal(k->last->openings.at[0].given[0].value->text, "O-1");

    static const struct json none = { .kind = JSON_LIST };
    given.value = &none;
    assert_int_equal(act_(k, &what), ERR_NONE); /* None is known. */
    assert_int_equal(k->last->sendings.count, 0);
    const struct field_entry *entry = casefile_field(&k->file, "others");
    assert_true(entry && entry->value.kind == VALUE_ROWS && entry->value.tree->count == 0);
    kit_free(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_clock_opens_what_has_a_schedule),
        cmocka_unit_test(which_cases_a_day_is_for),
        cmocka_unit_test(the_day_is_kept_with_what_it_gave),
        cmocka_unit_test(rows_of_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
