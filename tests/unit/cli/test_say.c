/* SPDX-License-Identifier: MIT */
#include "engine/base/arena.h"
#include "engine/cli/grid.h"
#include "engine/cli/say.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void nothing_steers_a_terminal(void **state)
{
    static const struct {
        const char *text, *clean, *line;
    } rows[] = {
        { "plain", "plain", "plain" },
        { "a\tb\nc", "a\tb\nc", "a b c" },
        { "\033[2J", "?[2J", "?[2J" },
        { "a\rb", "a?b", "a b" },
        { "\x7f\x01", "??", "??" },
        { "\xc2\x9b" "31m", "?31m", "?31m" },             /* C1: CSI */
        { "\xc2\xa3" "5", "\xc2\xa3" "5", "\xc2\xa3" "5" }, /* A pound sign is no control. */
        { "\xe2\x80\xae" "x", "?x", "?x" },               /* Turned writing. */
        { "\xe2\x81\xa6" "x\xe2\x81\xa9", "?x?", "?x?" }, /* Isolated writing. */
        { "\xe2\x80\xa6", "\xe2\x80\xa6", "\xe2\x80\xa6" },
        { "\xc3\xa9t\xc3\xa9", "\xc3\xa9t\xc3\xa9", "\xc3\xa9t\xc3\xa9" },
        { "\x80", "?", "?" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf out = buf_in(*state);
        say_clean(&out, rows[i].text, strlen(rows[i].text), false);
        assert_string_equal(buf_text(&out), rows[i].clean);
        assert_string_equal(one_line(*state, rows[i].text), rows[i].line);
    }
}

static void marks_become_colour_or_nothing(void **state)
{
    const char *text = RED "late" OFF " now";
    struct buf plain = buf_in(*state), colour = buf_in(*state);
    say_clean(&plain, text, strlen(text), false);
    say_clean(&colour, text, strlen(text), true);
    assert_string_equal(buf_text(&plain), "late now");
    assert_string_equal(buf_text(&colour), "\033[1;31mlate\033[0m now");
    /* A mark within data is no mark: what is shown as one line has none. */
    assert_string_equal(one_line(*state, RED "x"), "?x");
}

static void json_keeps_what_it_says(void **state)
{
    struct call call = { .arena = *state, .out = buf_in(*state) };
    struct json *json = json_new(*state, JSON_MAP), *back;
    const char *text = "a\033\x7f\xc2\x9b\xe2\x80\xae\xe2\x81\xa6\xc3\xa9";
    json_put(*state, json, "x", json_new_text(*state, text));
    say_json(&call, json);
    const char *out = buf_text(&call.out);
    assert_null(strpbrk(out, "\033\x7f\xc2"));
    assert_non_null(strstr(out, "\\u202e\\u2066\xc3\xa9"));
    struct err err;
    assert_int_equal(json_parse(*state, out, strlen(out), &back, &err), ERR_NONE);
    assert_string_equal(json_text(back, "x", ""), text);
}

static void columns_are_as_wide_as_what_stands_in_them(void **state)
{
    struct call call = { .arena = *state, .out = buf_in(*state) };
    struct grid grid = grid_of(*state, 3);
    grid_say(&grid, &call);
    assert_string_equal(buf_text(&call.out), "");
    grid_row(&grid, "", (const char *[]){ "\xc3\xa9t\xc3\xa9", "1", "end" });
    grid_row(&grid, "", (const char *[]){ "longer", NULL, "x" });
    grid_say(&grid, &call);
    assert_string_equal(buf_text(&call.out), "\xc3\xa9t\xc3\xa9     1  end\n"
                                             "longer     x\n");
}

static void what_is_too_wide_is_cut_at_a_character(void **state)
{
    struct call call = { .arena = *state, .out = buf_in(*state) };
    struct grid grid = grid_of(*state, 2);
    struct buf wide = buf_in(*state);
    for (int i = 0; i < GRID_WIDTH_MAX + 5; i++)
        buf_add(&wide, "\xc3\xa9");
    grid_row(&grid, "", (const char *[]){ buf_text(&wide), buf_text(&wide) });
    grid_say(&grid, &call);
    const char *out = buf_text(&call.out);
    assert_true(utf8_valid(out, strlen(out)));
    size_t len = strlen(out) - 1; /* Without the line's end. */
    assert_int_equal(utf8_columns(out, len), GRID_WIDTH_MAX + 2 + GRID_WIDTH_MAX + 5);
    assert_non_null(strstr(out, "\xe2\x80\xa6  \xc3\xa9"));
}

static int setup(void **state)
{
    *state = arena_new();
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_steers_a_terminal),
        TEST(marks_become_colour_or_nothing),
        TEST(json_keeps_what_it_says),
        TEST(columns_are_as_wide_as_what_stands_in_them),
        TEST(what_is_too_wide_is_cut_at_a_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
