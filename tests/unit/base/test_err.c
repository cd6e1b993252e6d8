/* SPDX-License-Identifier: MIT */
#include "engine/base/err.h"
#include "engine/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void every_code_has_a_row(void **state)
{
    (void)state;
    assert_string_equal(err_name(ERR_NONE), "none");
    assert_string_equal(err_name(ERR_FORBIDDEN), "forbidden");
    assert_string_equal(err_name(ERR_PACK), "pack");
    assert_int_equal(err_exit(ERR_NONE), 0);
    assert_int_equal(err_exit(ERR_USAGE), 2);
    assert_int_equal(err_exit(ERR_REFUSED), 1);
    assert_int_equal(err_http(ERR_UNKNOWN), 404);
    for (int code = ERR_NONE; code <= ERR_PACK; code++)
        assert_true(strlen(err_means((enum err_code)code)) > 3);
}

static void a_fault_is_filled_and_wrapped(void **state)
{
    (void)state;
    struct err err = { 0 };
    assert_int_equal(err_set(&err, ERR_INPUT, "unknown state '%s'", "aproved"), ERR_INPUT);
    err_place(&err, "%s:%d:%d", "processes/x.yaml", 12, 7);
    err_hint(&err, "did you mean '%s'?", "approved");
    err_wrap(&err, "cannot open '%s'", "X-1");
    assert_int_equal(err.code, ERR_INPUT);
    assert_string_equal(err.text, "cannot open 'X-1': unknown state 'aproved'");
    assert_string_equal(err.place, "processes/x.yaml:12:7");
    assert_string_equal(err.hint, "did you mean 'approved'?");

    assert_int_equal(err_set(&err, ERR_STORE, "again: %s", err.text), ERR_STORE);
    assert_string_equal(err.text, "again: cannot open 'X-1': unknown state 'aproved'");
    assert_string_equal(err.place, "");
    assert_string_equal(err.hint, "");
}

static void nobody_need_listen(void **state)
{
    (void)state;
    assert_int_equal(err_set(NULL, ERR_LIMIT, "too %s", "long"), ERR_LIMIT);
    err_place(NULL, "x");
    err_hint(NULL, "x");
    err_wrap(NULL, "x");
}

static void a_long_text_is_cut_between_characters(void **state)
{
    (void)state;
    for (size_t start = 0; start < 4; start++) {
        char text[3000];
        memset(text, 'x', start);
        for (size_t i = start; i + 3 < sizeof text; i += 3)
            memcpy(text + i, "\xe2\x82\xac", 4);
        struct err err = { 0 };
        err_set(&err, ERR_INPUT, "%s", text);
        assert_true(strlen(err.text) > sizeof err.text - 8);
        assert_true(utf8_valid(err.text, strlen(err.text)));
        err_wrap(&err, "abc");
        assert_true(strlen(err.text) > sizeof err.text - 8);
        assert_true(utf8_valid(err.text, strlen(err.text)));
        assert_true(text_starts(err.text, "abc: "));
        err_place(&err, "%s", text);
        assert_true(utf8_valid(err.place, strlen(err.place)));
    }
}

static void a_text_is_utf8_whatever_it_was_made_of(void **state)
{
    (void)state;
    struct err err = { 0 };
    err_set(&err, ERR_SCRIPT, "%s", "a\xff\xc3 \xe2\x82\xac\xe2\x82");
    assert_string_equal(err.text, "a?? \xe2\x82\xac??");
    err_wrap(&err, "%s", "\xc3");
    assert_string_equal(err.text, "?: a?? \xe2\x82\xac??");
    err_place(&err, "%s", "\xfe.yaml");
    assert_string_equal(err.place, "?.yaml");
    err_hint(&err, "%s", "\x80");
    assert_string_equal(err.hint, "?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_has_a_row),
        cmocka_unit_test(a_fault_is_filled_and_wrapped),
        cmocka_unit_test(nobody_need_listen),
        cmocka_unit_test(a_long_text_is_cut_between_characters),
        cmocka_unit_test(a_text_is_utf8_whatever_it_was_made_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
