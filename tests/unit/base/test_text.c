/* SPDX-License-Identifier: MIT */
#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "tests/unit/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <sanitizer/asan_interface.h>

struct numbers {
    int *at;
    size_t count, room;
};

static void arenas_hand_out_zeroed_aligned_memory(void **state)
{
    struct arena *arena = *state;
    for (size_t size = 0; size < 5000; size += 13) {
        unsigned char *at = arena_alloc(arena, size);
        assert_int_equal((uintptr_t)at % 16, 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(at[i], 0);
        memset(at, 0xAA, size);
    }
    assert_true(arena_alloc(arena, 0) != arena_alloc(arena, 0));

    size_t large = 3 * 1024 * 1024;
    char *at = arena_alloc(arena, large);
    at[0] = at[large - 1] = 'x';
    assert_true(arena_used(arena) > large);

    arena_reset(arena);
    assert_int_equal(arena_used(arena), 0);
    at = arena_alloc(arena, 100);
    for (size_t i = 0; i < 100; i++)
        assert_int_equal(at[i], 0); /* Also where something lay before. */
}

/* Tests are always built with AddressSanitizer. */
static void what_was_given_back_is_poisoned(void **state)
{
    struct arena *arena = *state;
    char *at = arena_alloc(arena, 20);
    assert_false(__asan_address_is_poisoned(at + 19));
    assert_true(__asan_address_is_poisoned(at + 20));
    arena_reset(arena);
    assert_true(__asan_address_is_poisoned(at));
    assert_true(__asan_address_is_poisoned(at + 19));
}

static void lists_grow_and_keep_what_they_hold(void **state)
{
    struct arena *arena = *state;
    struct numbers list = { 0 };
    for (int i = 0; i < 1000; i++)
        *LIST_ADD(arena, &list) = i;
    int *more = LIST_ADD(arena, &list);
    assert_int_equal(*more, 0);
    assert_int_equal(list.count, 1001);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(list.at[i], i);
}

static void growing_copies_and_leaves_the_old(void **state)
{
    struct arena *arena = *state;
    char *old = arena_text(arena, "abc");
    char *grown = arena_grow(arena, old, 4, 10);
    assert_true(grown != old);
    assert_string_equal(grown, "abc");
    grown[0] = 'x';
    assert_string_equal(old, "abc");
    assert_int_equal(grown[9], 0);
    assert_null(arena_text(arena, NULL));
    assert_string_equal(arena_text_n(arena, "abcdef", 3), "abc");
}

static void long_texts_are_printed_whole(void **state)
{
    struct arena *arena = *state;
    for (int len = 0; len < 600; len += 51) {
        char *text = arena_printf(arena, "%*s!", len, "");
        assert_int_equal(strlen(text), len + 1);
    }
    struct buf buf = buf_in(arena);
    assert_string_equal(buf_text(&buf), "");
    buf_printf(&buf, "%s", "");
    assert_string_equal(buf.at, "");
    size_t len = 0;
    for (int i = 0; i < 300; i++) {
        buf_printf(&buf, "%*d", i, i);
        buf_char(&buf, ';');
        buf_add(&buf, "ab");
        buf_add_n(&buf, "cdef", 1);
        len += (size_t)(i > 3 ? i : snprintf(NULL, 0, "%*d", i, i)) + 4;
        assert_int_equal(buf.len, len);
        assert_int_equal(strlen(buf.at), len);
    }
    assert_memory_equal(buf.at + len - 7, "299;abc", 8);
    buf_cut(&buf, 2);
    assert_string_equal(buf_text(&buf), "0;");
    buf_cut(&buf, 100);
    assert_int_equal(buf.len, 2);
}

static void two_texts_may_grow_in_turn(void **state)
{
    struct buf a = buf_in(*state), b = buf_in(*state);
    for (int i = 0; i < 2000; i++) {
        buf_char(&a, 'a');
        buf_char(&b, 'b');
    }
    assert_int_equal(strspn(buf_text(&a), "a"), 2000);
    assert_int_equal(strspn(buf_text(&b), "b"), 2000);
}

static void bad_utf8_is_seen(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t len;
        bool valid;
    } rows[] = {
        { "", 0, true },
        { "plain", 5, true },
        { "\xc3\xa9", 2, true },
        { "\xe2\x82\xac", 3, true },
        { "\xf0\x9f\x98\x80", 4, true },
        { "\xf4\x8f\xbf\xbf", 4, true },
        { "\xef\xbf\xbf", 3, true },
        { "a\0b", 3, false },          /* NUL */
        { "\xc3", 1, false },          /* Cut short. */
        { "\xe2\x82", 2, false },
        { "\xf0\x9f\x98", 3, false },
        { "\x80", 1, false },          /* No beginning. */
        { "\xc0\xaf", 2, false },      /* Longer than needed. */
        { "\xc1\xbf", 2, false },
        { "\xe0\x9f\xbf", 3, false },
        { "\xf0\x8f\xbf\xbf", 4, false },
        { "\xed\xa0\x80", 3, false },  /* A surrogate. */
        { "\xed\xbf\xbf", 3, false },
        { "\xf4\x90\x80\x80", 4, false }, /* Beyond the last. */
        { "\xf5\x80\x80\x80", 4, false },
        { "\xff", 1, false },
        { "\xe9t\xe9", 3, false }, /* Latin-1 */
        { "\xc3\xa9\xc3", 3, false },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (utf8_valid(rows[i].bytes, rows[i].len) != rows[i].valid)
            fail_msg("row %zu is taken for the other", i);
}

static void columns_count_wide_characters_twice(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t columns;
    } rows[] = {
        { "", 0 },
        { "abc", 3 },
        { "\xc3\xa9t\xc3\xa9", 3 },
        { "\xe6\x97\xa5\xe6\x9c\xac", 4 }, /* Two Chinese characters. */
        { "\xf0\x9f\x98\x80", 2 },         /* A face. */
        { "e\xcc\x81", 1 },                /* An e and an accent of its own. */
        { "\xff\xfe", 2 },                 /* Broken bytes count one each. */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(utf8_columns(rows[i].text, strlen(rows[i].text)), rows[i].columns);
}

static void the_nearest_word_is_offered(void **state)
{
    (void)state;
    static const char *const words[] = { "approved", "annual-review", "to",  "by", "draft",
                                         "drafted",  "met_by",        "due", "a" };
    static const struct {
        const char *word, *nearest;
    } rows[] = {
        { "aproved", "approved" },        /* One dropped. */
        { "approvedd", "approved" },      /* One added. */
        { "apporved", "approved" },       /* Two swapped count once. */
        { "Approved", "approved" },       /* Capitals. */
        { "appruvd", "approved" },        /* Two. */
        { "apruvd", NULL },               /* Three are too far. */
        { "annual_review", "annual-review" },
        { "annual", "annual-review" },    /* The beginning of one. */
        { "drafting", "draft" },
        { "drafte", "draft" },            /* Equally far: the first. */
        { "metby", "met_by" },
        { "tto", "to" },
        { "byy", "by" },
        { "yb", "by" },
        { "xy", "by" },                   /* One changed, in a short word. */
        { "xx", NULL },
        { "b", NULL },                    /* Everything changed is no likeness. */
        { "duedue", "due" },
        { "", NULL },
        { "a-word-that-is-far-longer-than-any-key-and-far-longer-than-sixty-four-letters", NULL },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *got = text_nearest(rows[i].word, words, sizeof words / sizeof *words);
        if (!text_same(got, rows[i].nearest))
            fail_msg("'%s' is near to '%s', not '%s'", rows[i].word, got ? got : "nothing",
                     rows[i].nearest ? rows[i].nearest : "nothing");
    }
    assert_null(text_nearest("due", NULL, 0));
}

static void texts_are_compared(void **state)
{
    (void)state;
    static const char *const words[] = { "a", "b" };
    assert_true(text_same(NULL, NULL));
    assert_false(text_same("a", NULL));
    assert_false(text_same(NULL, "a"));
    assert_true(text_same("a", "a"));
    assert_true(text_starts("abc", "ab"));
    assert_true(text_starts("abc", ""));
    assert_false(text_starts("ab", "abc"));
    assert_true(text_in("b", words, 2));
    assert_false(text_in("b", words, 1));
    assert_false(text_in(NULL, words, 2));
}

static void whole_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool good;
        int64_t value;
    } rows[] = {
        { "0", true, 0 },     { "-0", true, 0 },  { "+7", true, 7 },     { "007", true, 7 },
        { "-12", true, -12 }, { "", false, 0 },   { "-", false, 0 },     { "1.0", false, 0 },
        { " 1", false, 0 },   { "1 ", false, 0 }, { "0x10", false, 0 },  { "--1", false, 0 },
        { "9223372036854775807", true, INT64_MAX },
        { "-9223372036854775808", true, INT64_MIN },
        { "9223372036854775808", false, 0 },
        { "-9223372036854775809", false, 0 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t got = 77;
        if (text_int(rows[i].text, &got) != rows[i].good ||
            got != (rows[i].good ? rows[i].value : 77))
            fail_msg("'%s' gives %lld", rows[i].text, (long long)got);
    }
}

static void counts(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    static const char *const words[] = { "pdf", "jpg", "txt" };
    assert_string_equal(text_list(arena, words, 0, " and "), "");
    assert_string_equal(text_list(arena, words, 1, " and "), "pdf");
    assert_string_equal(text_list(arena, words, 2, " or "), "pdf or jpg");
    assert_string_equal(text_list(arena, words, 3, " and "), "pdf, jpg and txt");
    assert_string_equal(text_count(arena, 0, "day", "days"), "0 days");
    assert_string_equal(text_count(arena, 1, "day", "days"), "1 day");
    assert_string_equal(text_count(arena, 2, "of these lies", "of these lie"), "2 of these lie");
    assert_string_equal(text_count(arena, -1, "day", "days"), "-1 days");
    arena_free(arena);
}

static void decimals(void **state)
{
    static const struct {
        const char *text;
        bool good;
        int64_t value;
        const char *again;
    } rows[] = {
        { "23.5", true, 235000, "23.5" },
        { "-0.25", true, -2500, "-0.25" },
        { "7", true, 70000, "7" },
        { "7.0", true, 70000, "7" },
        { "+0.0001", true, 1, "0.0001" },
        { "0", true, 0, "0" },
        { "-0", true, 0, "0" },
        { "10.0500", true, 100500, "10.05" },
        { "922337203685477.5807", true, INT64_MAX, "922337203685477.5807" },
        { "-922337203685477.5808", true, INT64_MIN, "-922337203685477.5808" },
        { "922337203685477.5808", false, 0, NULL },
        { "922337203685478", false, 0, NULL },
        { "1.23456", false, 0, NULL },
        { "1.", false, 0, NULL },
        { ".5", false, 0, NULL },
        { "1.2.3", false, 0, NULL },
        { "1,5", false, 0, NULL },
        { "1e3", false, 0, NULL },
        { "", false, 0, NULL },
        { "-", false, 0, NULL },
        { " 1", false, 0, NULL },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t got = 77;
        if (decimal_parse(rows[i].text, &got) != rows[i].good ||
            got != (rows[i].good ? rows[i].value : 77))
            fail_msg("'%s' gives %lld", rows[i].text, (long long)got);
        if (rows[i].good)
            assert_string_equal(decimal_text(*state, got), rows[i].again);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)
    const struct CMUnitTest tests[] = {
        TEST(arenas_hand_out_zeroed_aligned_memory),
        TEST(what_was_given_back_is_poisoned),
        TEST(lists_grow_and_keep_what_they_hold),
        TEST(growing_copies_and_leaves_the_old),
        TEST(long_texts_are_printed_whole),
        TEST(two_texts_may_grow_in_turn),
        TEST(bad_utf8_is_seen),
        TEST(columns_count_wide_characters_twice),
        TEST(the_nearest_word_is_offered),
        TEST(texts_are_compared),
        TEST(whole_numbers),
        TEST(counts),
        TEST(decimals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
