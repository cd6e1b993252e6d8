/* SPDX-License-Identifier: MIT */
#include "engine/base/arena.h"
#include "engine/base/json.h"
#include "engine/base/text.h"
#include "tests/unit/arena.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Both call one of their constants JSON_NULL. */
#define JSON_NULL JANSSON_NULL
#include <jansson.h>
#undef JSON_NULL

/* What a text comes back as, or NULL when it is refused. */
static const char *again(struct arena *arena, const char *text, size_t len)
{
    struct json *json = NULL;
    struct err err = { 0 };
    if (json_parse(arena, text, len, &json, &err)) {
        assert_null(json);
        assert_true(err.code == ERR_INPUT || err.code == ERR_LIMIT);
        assert_true(*err.text);
        return NULL;
    }
    struct buf out = buf_in(arena);
    json_write(json, &out);
    return buf_text(&out);
}

static json_t *jansson(const char *text)
{
    json_error_t error;
    return json_loads(text, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &error);
}

/* Whether our value is theirs; reading 7.0, ours is an integer. */
static bool alike(const struct json *ours, const json_t *theirs)
{
    size_t i = 0;
    switch (ours->kind) {
    case JSON_NULL:
        return json_typeof(theirs) == JANSSON_NULL;
    case JSON_BOOL:
        return json_is_boolean(theirs) && json_is_true(theirs) == ours->number;
    case JSON_INT:
        return json_is_integer(theirs) ? json_integer_value(theirs) == ours->number
                                       : json_is_real(theirs) && json_real_value(theirs) ==
                                                                     (double)ours->number;
    case JSON_DECIMAL:
        return json_is_real(theirs) &&
               fabs(json_real_value(theirs) * DECIMAL_ONE - (double)ours->number) < 1e-6;
    case JSON_TEXT:
        return json_is_string(theirs) && strcmp(json_string_value(theirs), ours->text) == 0;
    case JSON_LIST:
        for (const struct json *item = ours->first; item; item = item->next)
            if (!json_is_array(theirs) || !alike(item, json_array_get(theirs, i++)))
                return false;
        return json_array_size(theirs) == ours->count;
    case JSON_MAP:
        for (const struct json *member = ours->first; member; member = member->next)
            if (!json_is_object(theirs) || !alike(member, json_object_get(theirs, member->key)))
                return false;
        return json_object_size(theirs) == ours->count;
    }
    return false;
}

static bool alike_text(struct arena *arena, const char *text, const json_t *theirs)
{
    struct json *ours;
    return !json_parse(arena, text, strlen(text), &ours, NULL) && alike(ours, theirs);
}

/* Given, and what it is in canonical form; jansson must agree on both. */
static const struct {
    const char *given, *canonical;
} good[] = {
    { "{}", "{}" },
    { " [ ] \n", "[]" },
    { "null", "null" },
    { "true", "true" },
    { "\t[false,\r\n true ]", "[false,true]" },
    { "0", "0" },
    { "-0", "0" },
    { "-0.0", "0" },
    { "12", "12" },
    { "9223372036854775807", "9223372036854775807" },
    { "-9223372036854775808", "-9223372036854775808" },
    { "23.5", "23.5" },
    { "-0.25", "-0.25" },
    { "7.0", "7" },
    { "7.00000000", "7" },
    { "1.50000", "1.5" },
    { "0.0001", "0.0001" },
    { "\"\"", "\"\"" },
    { "\"plain\"", "\"plain\"" },
    { "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\\"\\\\/\\b\\f\\n\\r\\t\"" },
    { "\"\\u0001\\u001f\\u007f\"", "\"\\u0001\\u001f\x7f\"" },
    { "\"\\u00e9 \\u20AC \\uD83D\\uDE00\"", "\"\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80\"" },
    { "\"\xc3\xa9 \xf0\x9f\x98\x80\"", "\"\xc3\xa9 \xf0\x9f\x98\x80\"" },
    { "{\"b\":1,\"a\":2}", "{\"a\":2,\"b\":1}" },
    { "{\"b\":{\"z\":[],\"y\":null},\"aa\":[{},1],\"a\":\"x\"}",
      "{\"a\":\"x\",\"aa\":[{},1],\"b\":{\"y\":null,\"z\":[]}}" },
    { "{\"\":1,\"B\":2,\"a\":3,\"\xc3\xa9\":4,\"Z\":5}",
      "{\"\":1,\"B\":2,\"Z\":5,\"a\":3,\"\xc3\xa9\":4}" },
    { "{\"\\u0061\":1,\"A\":2}", "{\"A\":2,\"a\":1}" },
};

static void good_json_comes_back_canonical(void **state)
{
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        const char *got = again(*state, good[i].given, strlen(good[i].given));
        if (!text_same(got, good[i].canonical))
            fail_msg("%s comes back as %s", good[i].given, got ? got : "refused");
        assert_string_equal(again(*state, got, strlen(got)), got);

        json_t *theirs = jansson(good[i].given), *back = jansson(got);
        if (!theirs || !alike_text(*state, good[i].given, theirs) || !back ||
            !alike_text(*state, good[i].given, back))
            fail_msg("jansson reads %s differently", good[i].given);
        json_decref(theirs);
        json_decref(back);
    }
}

/* Refused by both. */
static const char *const bad[] = {
    "",
    " ",
    "{",
    "[",
    "]",
    "}",
    "[1",
    "[1,",
    "[1,]",
    "[,1]",
    "[1 2]",
    "[1]]",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\":1,}",
    "{\"a\" 1}",
    "{a:1}",
    "{1:1}",
    "{\"a\":1 \"b\":2}",
    "{\"a\":1]",
    "[1}",
    "{\"a\":1,\"a\":2}",
    "{\"b\":1,\"a\":1,\"b\":2}",
    "{\"a\":1,\"\\u0061\":2}",
    "tru",
    "nul",
    "nulll",
    "True",
    "NaN",
    "-",
    "+1",
    "01",
    "-01",
    "1.",
    ".5",
    "1.e1",
    "0x10",
    "1 2",
    "\"",
    "\"a",
    "\"a\\",
    "\"a\\\"",
    "\"\\x\"",
    "\"\\u12\"",
    "\"\\u12G4\"",
    "\"\\ud800\"",
    "\"\\ud800x\"",
    "\"\\ud800\\u0041\"",
    "\"\\udc00\"",
    "\"\\ud83d\\u",
    "\"\\u0000\"",
    "\"a\nb\"",
    "\"a\tb\"",
    "\"\x01\"",
    "\"\xff\"",
    "\"\xc3\"",
    "\"\xc0\xaf\"",
    "\"\xed\xa0\x80\"",
    "\xef\xbb\xbf{}",
    "'a'",
    "9223372036854775808",
    "-9223372036854775809",
    "99999999999999999999999999",
    "// note\n1",
};

static void bad_json_is_refused(void **state)
{
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *got = again(*state, bad[i], strlen(bad[i]));
        if (got)
            fail_msg("%s is taken for %s", bad[i], got);
        if (jansson(bad[i]))
            fail_msg("jansson takes %s", bad[i]);
    }
    assert_null(again(*state, "1\0", 2));
    assert_null(again(*state, "\"a\0b\"", 5));
    assert_null(again(*state, "[1,\0]", 5));
}

/* JSON, but not what reeve stores. */
static void numbers_reeve_does_not_keep_are_refused(void **state)
{
    static const char *const rows[] = { "1e2", "1E+2", "1.5e1", "0.00001", "1.23456",
                                        "922337203685477.5808" };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_null(again(*state, rows[i], strlen(rows[i])));
    assert_string_equal(again(*state, "-922337203685477.5808", 21), "-922337203685477.5808");
}

static void a_refusal_says_where(void **state)
{
    static const struct {
        const char *given, *text;
        enum err_code code;
    } rows[] = {
        { "[1,x]", "not JSON reeve reads: no value at byte 3", ERR_INPUT },
        { "[1", "not JSON reeve reads: neither , nor ] in a list at byte 2", ERR_INPUT },
        { "{\"b\":1,\"a\":2,\"b\":3}", "not JSON reeve reads: the key 'b' stands twice",
          ERR_INPUT },
        { "[1.23456]", "not JSON reeve reads: a number with more than 4 places at byte 1",
          ERR_INPUT },
        { "\"ab", "not JSON reeve reads: a text without end at byte 3", ERR_INPUT },
        { "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
          "JSON deeper than 32 levels at byte 32", ERR_LIMIT },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct json *json = NULL;
        struct err err = { 0 };
        assert_int_equal(json_parse(*state, rows[i].given, strlen(rows[i].given), &json, &err),
                         rows[i].code);
        assert_string_equal(err.text, rows[i].text);
        assert_int_equal(json_parse(*state, rows[i].given, strlen(rows[i].given), &json, NULL),
                         rows[i].code);
    }
    const char *deep = "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]";
    assert_string_equal(again(*state, deep, strlen(deep)), deep);
}

static const char whole[] =
    "{\"body\":{\"fields\":{\"birth\":\"2015-03-02\",\"child\":\"C-17\",\"hours\":23.5,"
    "\"note\":\"a \\\"b\\\" \\u00e9\"},\"items\":[{\"asked\":20778,\"by\":\"school\"},"
    "{\"asked\":null,\"done\":true}],\"n\":-4}}";

/* Cut anywhere, it is refused, and reading never goes beyond the end. */
static void half_of_it_is_never_enough(void **state)
{
    assert_non_null(again(*state, whole, sizeof whole - 1));
    for (size_t len = 0; len < sizeof whole - 1; len++) {
        char *exact = malloc(len + 1); /* So that the sanitizer sees its end. */
        assert_non_null(exact);
        memcpy(exact, whole, len);
        char *cut = realloc(exact, len ? len : 1);
        assert_non_null(cut);
        assert_null(again(*state, cut, len));
        free(cut);
    }
}

/* With any byte changed, jansson and this agree on whether it is JSON. */
static void one_wrong_byte_is_judged_as_jansson_does(void **state)
{
    static const char bytes[] = "\"\\{}[],:0e.-x \t\n\x01\x80\xc3";
    struct arena *arena = *state;
    int differing = 0;
    for (size_t i = 0; i < sizeof whole - 1; i++) {
        for (size_t b = 0; b < sizeof bytes - 1; b++) {
            char changed[sizeof whole];
            memcpy(changed, whole, sizeof whole);
            changed[i] = bytes[b];
            json_t *theirs = jansson(changed);
            const char *ours = again(arena, changed, sizeof whole - 1);
            if (!theirs && ours)
                fail_msg("jansson refuses %s", changed);
            differing += theirs && !ours;
            if (theirs && ours &&
                !(alike_text(arena, changed, theirs) && alike_text(arena, ours, theirs)))
                fail_msg("%s comes back as %s", changed, ours);
            json_decref(theirs);
            arena_reset(arena);
        }
    }
    /* Exponents only: 23.5, 20778 and -4 have a few places for an e. */
    assert_in_range(differing, 1, 6);
}

static void trees_are_made_and_asked(void **state)
{
    struct arena *arena = *state;
    struct json *map = json_new(arena, JSON_MAP);
    char key[] = "m", text[] = "first";
    json_put(arena, map, key, json_new_text(arena, text));
    key[0] = text[0] = '?'; /* Both were copied. */
    json_put(arena, map, "z", json_new_int(arena, 5));
    json_put(arena, map, "a", json_new_text(arena, NULL));
    json_put(arena, map, "f", json_new_int(arena, 6));
    json_put(arena, map, "f", json_new_int(arena, 7)); /* Replaces. */
    json_put(arena, map, "z", json_new_int(arena, 8));
    json_put(arena, map, "a", json_new_int(arena, 9));
    struct json *list = json_new(arena, JSON_LIST);
    json_add(list, json_new_int(arena, 1));
    json_add(list, json_new_int(arena, 2));
    json_put(arena, map, "zz", list);
    struct json *yes = json_new(arena, JSON_BOOL), *half = json_new(arena, JSON_DECIMAL);
    yes->number = 1;
    half->number = 5000;
    json_put(arena, map, "half", half);
    json_put(arena, map, "yes", yes);
    assert_int_equal(map->count, 7);

    struct buf out = buf_in(arena);
    json_write(map, &out);
    assert_string_equal(buf_text(&out),
                        "{\"a\":9,\"f\":7,\"half\":0.5,\"m\":\"first\","
                        "\"yes\":true,\"z\":8,\"zz\":[1,2]}");
    assert_string_equal(json_text(map, "m", "?"), "first");
    assert_string_equal(json_text(map, "z", "?"), "?");
    assert_string_equal(json_text(map, "none", "?"), "?");
    assert_string_equal(json_text(list, "m", "?"), "?");
    assert_string_equal(json_text(NULL, "m", "?"), "?");
    assert_int_equal(json_decimal(map, "half", -1), 5000);
    assert_int_equal(json_decimal(map, "z", -1), 80000);
    assert_int_equal(json_decimal(map, "m", -1), -1);
    assert_null(json_get(map, "zzz"));
    assert_int_equal(json_get(map, "zz")->count, 2);
}

static void straight_writing_gives_the_same_bytes(void **state)
{
    struct arena *arena = *state;
    struct json *tree;
    assert_int_equal(json_parse(arena, "[1,{\"b\":2,\"a\":1}]", 17, &tree, NULL), ERR_NONE);
    struct buf out = buf_in(arena);
    struct json_out json = json_to(&out);
    json_begin(&json, NULL, '{');
    json_begin(&json, "a", '[');
    json_out_text(&json, NULL, "x\"");
    json_out_text(&json, NULL, NULL);
    json_begin(&json, NULL, '{');
    json_end(&json, '}');
    json_begin(&json, NULL, '[');
    json_end(&json, ']');
    json_end(&json, ']');
    json_out_bool(&json, "b", false);
    json_out_decimal(&json, "c", -2500);
    json_out_int(&json, "d", INT64_MIN);
    json_out_tree(&json, "e", tree);
    json_out_text(&json, "f", "last");
    json_end(&json, '}');
    const char *want = "{\"a\":[\"x\\\"\",null,{},[]],\"b\":false,\"c\":-0.25,"
                       "\"d\":-9223372036854775808,\"e\":[1,{\"a\":1,\"b\":2}],\"f\":\"last\"}";
    assert_string_equal(buf_text(&out), want);
    assert_string_equal(again(arena, out.at, out.len), want);
}

static void texts_of_any_length_are_escaped(void **state)
{
    struct arena *arena = *state;
    for (size_t len = 1; len < 5000; len = len * 3 / 2 + 1) {
        struct buf text = buf_in(arena), want = buf_in(arena), out = buf_in(arena);
        buf_char(&want, '"');
        for (size_t i = 0; i < len; i++) {
            buf_char(&text, '\x01');
            buf_add(&want, "\\u0001");
        }
        buf_char(&want, '"');
        json_write(json_new_text(arena, buf_text(&text)), &out);
        assert_string_equal(buf_text(&out), buf_text(&want));
        assert_string_equal(again(arena, out.at, out.len), want.at);
    }
}

static void many_unsorted_keys_are_sorted(void **state)
{
    enum { KEYS = 20000 };
    struct arena *arena = *state;
    struct buf given = buf_in(arena), want = buf_in(arena);
    for (int i = 0; i < KEYS; i++) /* 7919 is prime, so each number comes once. */
        buf_printf(&given, "%c\"%05d\":%d", i ? ',' : '{', i * 7919 % KEYS, i * 7919 % KEYS);
    for (int i = 0; i < KEYS; i++)
        buf_printf(&want, "%c\"%05d\":%d", i ? ',' : '{', i, i);
    buf_char(&given, '}');
    buf_char(&want, '}');
    assert_string_equal(again(arena, given.at, given.len), want.at);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)
    const struct CMUnitTest tests[] = {
        TEST(good_json_comes_back_canonical),
        TEST(bad_json_is_refused),
        TEST(numbers_reeve_does_not_keep_are_refused),
        TEST(a_refusal_says_where),
        TEST(half_of_it_is_never_enough),
        TEST(one_wrong_byte_is_judged_as_jansson_does),
        TEST(trees_are_made_and_asked),
        TEST(straight_writing_gives_the_same_bytes),
        TEST(texts_of_any_length_are_escaped),
        TEST(many_unsorted_keys_are_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
