/* SPDX-License-Identifier: MIT */
/* One-line conditions: three-valued answers, values, and what is refused at load. */
#include "tests/unit/lua/fixture.h"

struct row {
    int line;
    const char *condition, *answer;
};
#define ROW(...) { __LINE__, __VA_ARGS__ }

static void check(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct fixture *f = fixture_new(&rows[i].condition, 1, NULL);
        const char *answer = fixture_ask(f, 0);
        if (strcmp(answer, rows[i].answer) != 0)
            fail_msg("line %d: %s\n wanted %s\n    got %s", rows[i].line, rows[i].condition,
                     rows[i].answer, answer);
        fixture_free(f);
    }
}

static void values_are_read(void **state)
{
    static const struct row rows[] = {
        ROW("urgent", "yes"),
        ROW("not urgent", "no"),
        ROW("chosen == \"amend\"", "yes"),
        ROW("chosen ~= 'amend'", "no"),
        ROW("pupils == 12 and cost == 1250", "yes"),
        ROW("hours == 23.5 and size == 7", "yes"),
        ROW("starts < \"09:00\"", "yes"),
        ROW("note == \"Grüße\"", "yes"),
        ROW("meeting == date(\"2026-11-10\")", "yes"),
        ROW("meeting.year == 2026 and meeting.month == 11 and meeting.day == 10", "yes"),
        ROW("meeting < on and on == date(\"2026-11-21\")", "yes"),
        ROW("days(meeting, on) == 11", "yes"),
        ROW("on - meeting == 11", "yes"),
        ROW("meeting + weeks(1) + days(3) == date(\"2026-11-20\")", "yes"),
        ROW("meeting + limit == date(\"2026-12-22\")", "yes"),
        ROW("limit == weeks(6) and limit == days(42) and limit < weeks(7)", "yes"),
        ROW("meeting + report_within == date(\"2026-11-24\")", "yes"),
        ROW("date(\"2026-12-24\") + report_within == date(\"2027-01-11\")", "yes"),
        ROW("ratio == 2.5 and word == \"012345\" and written == 7", "yes"),
        ROW("full_hours.KS1 == 21 and full_hours[\"KS2\"] == 23.5 and full_hours[7] == 24", "yes"),
        ROW("hours < full_hours.KS2", "no"),
        ROW("review == date(\"2026-11-10\")", "yes"),
        ROW("preparing == date(\"2025-09-01\")", "yes"),
        ROW("times(\"review\") == 2 and times(\"hold\") == 0 and times(\"preparing\") == 1", "yes"),
        ROW("known(\"review\") and not known(\"hold\") and known(\"preparing\")", "yes"),
        ROW("known(\"meeting\") and not known(\"ends\") and not known(\"looked_after\")", "yes"),
        ROW("has(needs, \"motor\") and not has(needs, \"sight\")", "yes"),
        ROW("count(sessions) == 3 and count(needs) == 2", "yes"),
        ROW("total(sessions) == 9.5", "yes"),
        ROW("total(costs) == 3.5 and total(costs, \"amount\") == 3.5", "yes"),
        ROW("age(meeting) == 11 and age(date(\"2026-05-04\")) == 10", "yes"),
        ROW("school_year(meeting) == 7", "yes"),
        ROW("(pupils > 3) == (pupils > 2)", "yes"),
    };
    (void)state;
    check(rows, COUNT(rows));
}

static void not_known_is_an_answer(void **state)
{
    static const struct row rows[] = {
        ROW("decision == \"maintain\"", "unknown: Decision"),
        ROW("not (decision == \"maintain\")", "unknown: Decision"),
        ROW("ends > meeting", "unknown: Last day"),
        ROW("count(others) > 1", "unknown: Other needs"),
        ROW("has(others, \"sight\")", "unknown: Other needs"),
        ROW("hold < on", "unknown: The meeting was held"),
        ROW("closed < on", "unknown: Closed"),
        ROW("looked_after", "unknown: Label of looked_after"),
        ROW("not looked_after", "unknown: Label of looked_after"),
        ROW("looked_after or not looked_after", "yes"),
        ROW("looked_after and not looked_after", "no"),
        ROW("looked_after or urgent", "yes"),
        ROW("looked_after and not urgent", "no"),
        ROW("looked_after and has_plan", "unknown: Label of looked_after"),
        ROW("looked_after == has_plan", "unknown: Label of looked_after"),
        ROW("(looked_after or has_plan) and not urgent", "no"),
        ROW("(looked_after and ends > meeting) or urgent", "unknown: Label of looked_after"),
        ROW("(looked_after and ends > meeting) or ends > meeting", "unknown: Last day"),
        ROW("ends > meeting or looked_after", "unknown: Last day"),
        ROW("urgent or ends > meeting", "yes"),
        ROW("known(\"ends\") and ends > meeting", "no"),
        ROW("not known(\"looked_after\") or looked_after", "yes"),
        ROW("(q1 or not q1) and (q2 or not q2) and (q3 or not q3) and (q4 or not q4) and (q5 or "
            "not q5) "
            "and (q6 or not q6)",
            "yes"),
        ROW("(q1 or not q1) and (q2 or not q2) and (q3 or not q3) and (q4 or not q4) and (q5 or "
            "not q5) "
            "and (q6 or not q6) and (q7 or not q7)",
            "unknown: Label of q1"),
        ROW("q1 and q2 and q3 and q4 and q5 and q6 and q7", "unknown: Label of q1"),
        ROW("urgent and (q2 or q1 or urgent)", "yes"),
        ROW("date(\"2027-12-24\") + report_within > on", "unknown: the calendar's further years"),
    };
    (void)state;
    check(rows, COUNT(rows));
}

static void errors_have_a_place(void **state)
{
    static const struct row rows[] = {
        ROW("meeting",
            "t/processes/p.yaml:1:1: the condition 'meeting' gave a date, not true or false"),
        ROW("pupils",
            "t/processes/p.yaml:1:1: the condition 'pupils' gave a number, not true or false"),
        ROW("meeting + 7 > on", "t/processes/p.yaml:1:1: in the condition 'meeting + 7 > on': a "
                                "number cannot be added to a "
                                "date: say days(7) or weeks(1)"),
        ROW("meeting < \"2026-01-01\"",
            "t/processes/p.yaml:1:1: in the condition 'meeting < \"2026-01-01\"': a date cannot be "
            "compared with a text: write date(\"2026-09-01\")"),
        ROW("date(\"2026-02-31\") < on", "t/processes/p.yaml:1:1: in the condition "
                                         "'date(\"2026-02-31\") < on': 2026-02-31 is not a "
                                         "date: February 2026 has 28 days"),
        ROW("full_hours.KS3 > 1", "t/processes/p.yaml:1:1: in the condition 'full_hours.KS3 > 1': "
                                  "no line 'KS3'; did you mean "
                                  "'KS1'?"),
        ROW("limit < months(2)", "t/processes/p.yaml:1:1: in the condition 'limit < months(2)': 42 "
                                 "days and 2 months cannot be "
                                 "compared: which is longer depends on the date"),
        ROW("meeting.week > 1", "t/processes/p.yaml:1:1: in the condition 'meeting.week > 1': a "
                                "date has .year, .month and "
                                ".day, no 'week'"),
        ROW("pupils > note", "t/processes/p.yaml:1:1: in the condition 'pupils > note': attempt to "
                             "compare string with "
                             "number"),
        ROW("has(needs, chosen)", "t/processes/p.yaml:1:1: in the condition 'has(needs, chosen)': "
                                  "'amend' is no choice of needs"),
    };
    (void)state;
    check(rows, COUNT(rows));
}

static void given_values_are_seen_first(void **state)
{
    static const char *const asked[] = {
        "meeting == date(\"2026-12-01\")", "looked_after", "urgent", "chosen == \"amend\"",
    };
    struct field_entry given[] = {
        { .name = "looked_after", .value = { .kind = VALUE_BOOL, .number = 1 } },
        { .name = "meeting", .value = { .kind = VALUE_DATE, .number = D(2026, 12, 1) } },
        { .name = "urgent", .value = { .kind = VALUE_NONE } },
    };
    struct fixture *f = fixture_new(asked, COUNT(asked), NULL);
    (void)state;
    assert_string_equal(fixture_ask(f, 0), "no");
    assert_string_equal(fixture_ask(f, 1), "unknown: Label of looked_after");
    f->view.given = given;
    f->view.given_count = COUNT(given);
    assert_string_equal(fixture_ask(f, 0), "yes");
    assert_string_equal(fixture_ask(f, 1), "yes");
    assert_string_equal(fixture_ask(f, 2), "unknown: Urgent"); /* Emptied by the event. */
    assert_string_equal(fixture_ask(f, 3), "yes");
    fixture_free(f);
}

static void findings_at_load(void **state)
{
    static const struct row rows[] = {
        ROW("meting < on", "1:1 L002 unknown name 'meting' - did you mean 'meeting'?\n"),
        ROW("on > meting", "1:6 L002 unknown name 'meting' - did you mean 'meeting'?\n"),
        ROW("note == \"é\" or meting",
            "1:16 L002 unknown name 'meting' - did you mean 'meeting'?\n"),
        ROW("decision == maintain",
            "1:13 L002 unknown name 'maintain' - write an option in quotes: \"maintain\"\n"),
        ROW("decision == \"mantain\"",
            "1:13 L002 'mantain' is no option of 'decision' - did you mean 'maintain'?\n"),
        ROW("has(needs, \"speach\")",
            "1:12 L002 'speach' is no option of 'needs' - did you mean 'speech'?\n"),
        ROW("urgent == \"yes\"", "1:11 L002 'urgent' is yes or no, which no text is the same as - "
                                 "write `urgent`, or `not urgent`\n"),
        ROW("meeting ~= \"2026-12-14\"", "1:12 L002 'meeting' is a date, which no text is the same "
                                         "as - write date(\"2026-12-14\")\n"),
        ROW("known(\"reviw\")", "1:7 L002 unknown name 'reviw' - did you mean 'review'?\n"),
        ROW("today > on", "1:1 L002 unknown name 'today'\n"),
        ROW("string.rep(\"x\", 3) == note", "1:1 L002 unknown name 'string'\n"),
        ROW("pcall(known, \"review\")", "1:1 L002 unknown name 'pcall'\n"),
        ROW("_ENV == 1", "1:1 L002 unknown name '_ENV'\n"),
        ROW("urgent = true", "1:8 L001 '=' has no place in a one-line condition - == compares\n"),
        ROW("chosen != \"amend\"",
            "1:8 L001 '!=' has no place in a one-line condition - write ~= for 'is not'\n"),
        ROW("urgent && urgent", "1:8 L001 '&&' has no place in a one-line condition - write and\n"),
        ROW("chosen == nil", "1:11 L001 'nil' has no place in a one-line condition - to ask "
                             "whether something is there, "
                             "write known(\"...\")\n"),
        ROW("(function() return true end)()", "1:2 L001 'function' has no place in a one-line "
                                              "condition - a function goes into a file of "
                                              "lua/, named as {lua: file.function}\n"),
        ROW("true; while true do end",
            "1:5 L001 ';' has no place in a one-line condition - a condition is one expression\n"),
        ROW("true while true do end", "1:6 L001 'while' has no place in a one-line condition - a "
                                      "condition is one expression; more "
                                      "goes into a function in a file of lua/\n"),
        ROW("urgent, urgent",
            "1:7 L001 a comma has no place between conditions - and, or join conditions\n"),
        ROW("urgent -- really", "1:8 L001 '--' has no place in a one-line condition - a comment "
                                "goes behind # at the end of "
                                "the line\n"),
        ROW("(urgent", "1:2 L001 a bracket is not closed\n"),
        ROW("urgent)", "1:7 L001 ')' closes nothing\n"),
        ROW("urgent and", "1:1 L001 unexpected symbol at the end\n"),
        ROW("chosen == “amend”",
            "1:11 L001 '“' has no place in a one-line condition - write plain quotes\n"),
        ROW("chosen == \"amend", "1:1 L001 unfinished string at the end\n"),
        ROW("lua:m.f", "1:5 L003 there is no file lua/m.lua\n"),
        ROW("lua:f", "1:5 L003 'f' is not written as file.function\n"),
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fixture *f = fixture_made(&rows[i].condition, 1, NULL);
        const char *found = fixture_findings(f);
        bool hinted = strncmp(found, rows[i].answer, strlen(rows[i].answer) - 1) == 0;
        if (f->host || !hinted)
            fail_msg("line %d: %s\n wanted %s    got %s", rows[i].line, rows[i].condition,
                     rows[i].answer, found);
        fixture_free(f);
    }
}

static void computed_values(void **state)
{
    static const struct {
        int line;
        const char *expression, *field;
        struct value value; /* kind NONE: not known; text "error": refused */
    } rows[] = {
        ROW("pupils + 1", "pupils", { .kind = VALUE_INT, .number = 13 }),
        ROW("hours * 2", "hours", { .kind = VALUE_DECIMAL, .number = 470000 }),
        ROW("hours / 7", "hours", { .kind = VALUE_DECIMAL, .number = 33571 }),
        ROW("total(sessions)", "hours", { .kind = VALUE_DECIMAL, .number = 95000 }),
        ROW("meeting + weeks(2)", "ends", { .kind = VALUE_DATE, .number = 20781 }),
        ROW("chosen", "decision", { .kind = VALUE_TEXT, .text = "amend" }),
        ROW("\"Keep the plan\"", "decision", { .kind = VALUE_TEXT, .text = "maintain" }),
        ROW("starts", "starts", { .kind = VALUE_TIME, .number = 510 }),
        ROW("urgent and pupils > 3", "urgent", { .kind = VALUE_BOOL, .number = 1 }),
        ROW("ends", "ends", { .kind = VALUE_NONE }),
        ROW("looked_after", "urgent", { .kind = VALUE_NONE }),
        ROW("looked_after and 1 or 1", "pupils", { .kind = VALUE_INT, .number = 1 }),
        ROW("looked_after and 1 or 2", "pupils", { .kind = VALUE_NONE }),
        ROW("pupils / 5", "pupils", { .text = "error" }),
        ROW("pupils / 0", "hours", { .text = "error" }),
        ROW("pupils", "ends", { .text = "error" }),
        ROW("\"perhaps\"", "decision", { .text = "error" }),
        ROW("needs", "hours", { .text = "error" }),
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fixture *f = fixture_new(&rows[i].expression, 1, NULL);
        const struct oracle *oracle = host_oracle(f->host);
        const struct field *field = process_field(&f->process, rows[i].field);
        struct value value = { .kind = VALUE_NONE };
        struct err err = { 0 };
        enum err_code rc =
            oracle->compute(oracle->self, f->list[0], &f->view, field, f->arena, &value, &err);
        bool refused = rows[i].value.text && strcmp(rows[i].value.text, "error") == 0;
        if (refused ? rc != ERR_SCRIPT : rc || !value_same(&value, &rows[i].value))
            fail_msg("line %d: %s gave kind %d, %lld (%s)", rows[i].line, rows[i].expression,
                     (int)value.kind, (long long)value.number, err.text);
        fixture_free(f);
    }
}

static void lists_are_computed(void **state)
{
    static const char *const asked[] = { "needs", "sessions" };
    static const char *const fields[] = { "others", "sessions" };
    struct fixture *f = fixture_new(asked, COUNT(asked), NULL);
    const struct oracle *oracle = host_oracle(f->host);
    (void)state;
    for (size_t i = 0; i < COUNT(asked); i++) {
        struct value value;
        struct err err;
        assert_int_equal(oracle->compute(oracle->self, f->list[i], &f->view,
                                         process_field(&f->process, fields[i]), f->arena, &value,
                                         &err),
                         ERR_NONE);
        assert_true(value_same(&value, &casefile_field(&f->file, asked[i])->value));
    }
    fixture_free(f);
}

static void whole_texts_match_patterns(void **state)
{
    static const struct {
        const char *pattern, *text;
        bool matches;
    } rows[] = {
        { "%d%d%d", "123", true },     { "%d%d%d", "1234", false },  { "^%d+$", "123", true },
        { "%u%u?%d", "AB1", true },    { "", "", true },             { "", "x", false },
        { "[^%s]+", "a b", false },    { "(%a)%1", "aa", true },     { "(%a)%1", "ab", false },
        { "a.-b", "axxbxb", true },    { "%f[%a]%a+", "abc", true }, { "%b()", "(a(b))", true },
    };
    struct fixture *f = fixture_new(NULL, 0, NULL);
    const struct oracle *oracle = host_oracle(f->host);
    struct err err;
    bool out;
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_int_equal(oracle->matches(oracle->self, rows[i].pattern, rows[i].text, &out, &err),
                         ERR_NONE);
        if (out != rows[i].matches)
            fail_msg("'%s' on '%s'", rows[i].pattern, rows[i].text);
    }
    assert_int_equal(oracle->matches(oracle->self, "%d[", "1", &out, &err), ERR_SCRIPT);
    char long_text[HOST_PATTERN_SUBJECT_MAX + 2];
    memset(long_text, 'a', sizeof long_text);
    long_text[sizeof long_text - 1] = '\0';
    assert_int_equal(oracle->matches(oracle->self, "a*", long_text, &out, &err), ERR_SCRIPT);
    long_text[4000] = '\0';
    assert_int_equal(oracle->matches(oracle->self, "a*a*a*a*b", long_text, &out, &err), ERR_SCRIPT);
    assert_non_null(strstr(err.text, "steps of patterns"));
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_read),
        cmocka_unit_test(not_known_is_an_answer),
        cmocka_unit_test(errors_have_a_place),
        cmocka_unit_test(given_values_are_seen_first),
        cmocka_unit_test(findings_at_load),
        cmocka_unit_test(computed_values),
        cmocka_unit_test(lists_are_computed),
        cmocka_unit_test(whole_texts_match_patterns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
