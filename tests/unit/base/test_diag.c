/* SPDX-License-Identifier: MIT */
#include "engine/base/arena.h"
#include "engine/base/diag.h"
#include "engine/base/diag_codes.h"
#include "engine/base/diag_texts.h"
#include "engine/base/json.h"
#include "engine/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const char review_text[] = "process: review\n"
                                  "events:\n"
                                  "  decide:\n"
                                  "    to: aproved\n"
                                  "\tby:\tclrek\r\n"
                                  "    title: \xe6\x97\xa5\xe6\x9c\xac \xc3\xa9 wrong\n"
                                  "    \033[31mred: x";

static const struct source review = { "torbay/review.yaml", review_text, sizeof review_text - 1 };
static const struct source first = { "torbay/a.yaml", "pack torbay\n", 12 };
static const struct span nowhere = { NULL, 0, 0, 0 };

static struct span at(const struct source *source, int line, int col, int end_col)
{
    return (struct span){ source, line, col, end_col };
}

static int setup(void **state)
{
    struct arena *arena = arena_new();
    *state = diags_new(arena);
    return 0;
}

static int teardown(void **state)
{
    arena_free(((struct diags *)*state)->arena);
    return 0;
}

static const char *printed(struct diags *diags, bool colour)
{
    struct buf out = buf_in(diags->arena);
    diags_sort(diags);
    diags_print(diags, &out, colour);
    return buf_text(&out);
}

static void findings_are_printed_in_order_with_their_lines(void **state)
{
    struct diags *diags = *state;
    struct span span = at(&review, 4, 9, 16);
    struct diag *d = diag_error(diags, "R005", span, "unknown state '%s'", "aproved");
    diag_note(diags, d, at(&review, 1, 1, 8), "states are declared");
    diag_hint(diags, d, "did you mean '%s'?", "approved");
    d = diag_warning(diags, "R016", at(&review, 3, 3, 9), "nothing leads to 'decide'");
    diag_note(diags, d, nowhere, "it is not the first");
    diag_error(diags, "C001", at(&first, 1, 1, 5), "no calendar");
    diag_error(diags, "S002", nowhere, "no scenarios");

    assert_string_equal(printed(diags, false),
                        "error: no scenarios [S002]\n"
                        " hint: add one under scenarios/\n"
                        "torbay/a.yaml:1:1: error: no calendar [C001]\n"
                        "    1 | pack torbay\n"
                        "      | ^^^^\n"
                        " hint: name one of the pack's calendars\n"
                        "torbay/review.yaml:3:3: warning: nothing leads to 'decide' [R016]\n"
                        "    3 |   decide:\n"
                        "      |   ^^^^^^\n"
                        " note: it is not the first\n"
                        " hint: lead an event to it, or remove it\n"
                        "torbay/review.yaml:4:9: error: unknown state 'aproved' [R005]\n"
                        "    4 |     to: aproved\n"
                        "      |         ^^^^^^^\n"
                        " note: states are declared at torbay/review.yaml:1:1\n"
                        " hint: did you mean 'approved'?\n");
    assert_int_equal(diags->errors, 3);
    assert_int_equal(diags->warnings, 1);
}

static void carets_stand_beneath_what_they_mean(void **state)
{
    struct diags *diags = *state;
    static const struct {
        int line, col, end_col;
        const char *lines;
    } rows[] = {
        { 5, 6, 11, "    5 | \tby:\tclrek\n      | \t   \t^^^^^\n" }, /* Tabs stay tabs. */
        { 6, 17, 22, "    6 |     title: \xe6\x97\xa5\xe6\x9c\xac \xc3\xa9 wrong\n"
                     "      |                   ^^^^^\n" }, /* Wide is two. */
        { 6, 12, 14, "    6 |     title: \xe6\x97\xa5\xe6\x9c\xac \xc3\xa9 wrong\n"
                     "      |            ^^^^\n" },
        { 7, 6, 9, "    7 |     ?[31mred: x\n      |      ^^^\n" }, /* No escapes. */
        { 7, 13, 14, "    7 |     ?[31mred: x\n      |             ^\n" },
        { 4, 16, 16, "    4 |     to: aproved\n      |                ^\n" }, /* At the end. */
        { 4, 90, 95, "    4 |     to: aproved\n      |                ^\n" }, /* Beyond it. */
        { 1, 3, 1, "    1 | process: review\n      |   ^\n" }, /* Backwards. */
        { 99, 1, 2, "" }, /* No such line. */
        { 0, 0, 0, "" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        diags->count = 0;
        struct span span = at(&review, rows[i].line, rows[i].col, rows[i].end_col);
        diag_hint(diags, diag_error(diags, "R002", span, "x"), "%s", "");
        const char *got = strchr(printed(diags, false), '\n') + 1;
        if (strcmp(got, rows[i].lines) != 0)
            fail_msg("row %zu: got\n%swanted\n%s", i, got, rows[i].lines);
    }
}

static void a_long_line_is_shown_in_part(void **state)
{
    struct diags *diags = *state;
    char text[1001];
    memset(text, 'x', 1000);
    memcpy(text + 500, "WRONG", 5);
    text[1000] = '\0';
    struct source source = { "long.yaml", text, 1000 };
    diag_error(diags, "R002", at(&source, 1, 501, 506), "wrong");
    const char *got = printed(diags, false);
    const char *line = strstr(got, "    1 | ...xxx"), *caret = strstr(got, "      | ");
    assert_non_null(line);
    assert_true(strlen(got) < 500);
    assert_int_equal(strstr(line, "WRONG") - line, strchr(caret, '^') - caret);
    assert_non_null(strstr(caret, " ^^^^^\n"));
}

static void colour_only_where_wanted(void **state)
{
    struct diags *diags = *state;
    diag_error(diags, "C001", at(&first, 1, 1, 5), "no calendar");
    assert_null(strchr(printed(diags, false), '\033'));
    assert_string_equal(printed(diags, true),
                        "\033[1mtorbay/a.yaml:1:1:\033[0m "
                        "\033[1;31merror:\033[0m no calendar [C001]\n"
                        "    1 | pack torbay\n"
                        "      | \033[1;32m^^^^\033[0m\n"
                        " hint: name one of the pack's calendars\n");
}

static void the_same_finding_is_told_once(void **state)
{
    struct diags *diags = *state;
    assert_non_null(diag_error(diags, "R005", at(&review, 4, 9, 16), "unknown"));
    assert_null(diag_error(diags, "R005", at(&review, 4, 9, 16), "unknown"));
    assert_non_null(diag_error(diags, "R005", at(&review, 4, 9, 16), "another text"));
    assert_non_null(diag_error(diags, "R006", at(&review, 4, 9, 16), "unknown"));
    assert_non_null(diag_error(diags, "R005", at(&review, 5, 9, 16), "unknown"));
    assert_int_equal(diags->count, 4);
    assert_int_equal(diags->errors, 4);
}

static void findings_are_bounded_and_errors_go_first(void **state)
{
    struct diags *diags = *state;
    for (int i = 1; i <= DIAG_MAX; i++)
        assert_non_null(diag_warning(diags, "R016", at(&first, i, 1, 2), "warning %d", i));
    assert_null(diag_warning(diags, "R016", at(&first, 51, 1, 2), "one warning more"));
    assert_non_null(diag_error(diags, "R005", at(&first, 52, 1, 2), "an error"));
    diag_note(diags, NULL, nowhere, "nothing happens");
    diag_hint(diags, NULL, "nothing happens");
    assert_int_equal(diags->count, DIAG_MAX);
    assert_int_equal(diags->dropped, 2);
    assert_int_equal(diags->errors, 1);
    assert_int_equal(diags->warnings, DIAG_MAX + 1);
    const char *text = printed(diags, false);
    assert_non_null(strstr(text, "error: an error [R005]"));
    assert_non_null(strstr(text, "\nand 2 more\n"));
}

static void findings_as_json(void **state)
{
    struct diags *diags = *state;
    struct diag *d = diag_error(diags, "R005", at(&review, 4, 9, 16), "unknown state \"x\"");
    diag_note(diags, d, nowhere, "a note");
    diag_warning(diags, "S002", nowhere, "no scenarios");
    struct buf out = buf_in(diags->arena);
    diags_sort(diags);
    diags_json(diags, &out);
    assert_string_equal(
        buf_text(&out),
        "[{\"about\":null,\"code\":\"S002\",\"col\":0,\"end_col\":0,\"file\":null,"
        "\"hint\":\"add one under scenarios/\",\"line\":0,\"note\":null,"
        "\"severity\":\"warning\",\"text\":\"no scenarios\"},"
        "{\"about\":null,\"code\":\"R005\",\"col\":9,\"end_col\":16,"
        "\"file\":\"torbay/review.yaml\",\"hint\":\"name a state of this process\","
        "\"line\":4,\"note\":\"a note\",\"severity\":\"error\","
        "\"text\":\"unknown state \\\"x\\\"\"}]");
    struct json *json;
    assert_int_equal(json_parse(diags->arena, out.at, out.len, &json, NULL), ERR_NONE);
}

static void every_code_stands_once_and_says_what_to_do(void **state)
{
    (void)state;
    size_t count;
    const struct diag_code *codes = diag_codes(&count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(strlen(codes[i].code), 4);
        assert_ptr_equal(diag_code_find(codes[i].code), &codes[i]);
        assert_true(*codes[i].title && *codes[i].hint);
        const struct diag_text *text = diag_text_find(codes[i].code);
        if (!text)
            fail_msg("nothing explains %s: add it to diag_texts.h", codes[i].code);
        assert_true(*text->means && *text->wrong && *text->right);
        assert_string_not_equal(text->wrong, text->right);
    }
    assert_null(diag_code_find("X999"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(findings_are_printed_in_order_with_their_lines),
        TEST(carets_stand_beneath_what_they_mean),
        TEST(a_long_line_is_shown_in_part),
        TEST(colour_only_where_wanted),
        TEST(the_same_finding_is_told_once),
        TEST(findings_are_bounded_and_errors_go_first),
        TEST(findings_as_json),
        TEST(every_code_stands_once_and_says_what_to_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
