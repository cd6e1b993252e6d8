/* SPDX-License-Identifier: MIT */
#include "engine/base/arena.h"
#include "engine/cli/args.h"
#include "engine/cli/facts.h"
#include "engine/run/files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* A call as if `reeve item 1 list.item done WORDS...` had been typed. */
static struct call *called(struct arena *arena, const char *const *words, size_t count)
{
    struct call *call = ARENA_NEW(arena, struct call);
    char **argv = ARENA_ARRAY(arena, char *, count + 6);
    const char *first[] = { "reeve", "item", "1", "papers.x", "done" };
    for (int i = 0; i < 5; i++)
        argv[i] = arena_text(arena, first[i]);
    for (size_t i = 0; i < count; i++)
        argv[5 + i] = arena_text(arena, words[i]);
    call->arena = arena;
    assert_int_equal(args_read(call, (int)count + 5, argv), ERR_NONE);
    return call;
}
#define CALLED(arena, ...)                                                                        \
    called(arena, (const char *const[]){ __VA_ARGS__ },                                           \
           sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

static void fields_come_sorted(void **state)
{
    struct event event = { 0 };
    struct call *call = CALLED(*state, "b=2=3", "a=", "c=x y");
    assert_int_equal(facts_given(call, 3, &event), ERR_NONE);
    assert_int_equal(event.given_count, 3);
    assert_string_equal(event.given[0].name, "a");
    assert_string_equal(event.given[0].value->text, "");
    assert_string_equal(event.given[1].value->text, "2=3");
    assert_string_equal(event.given[2].value->text, "x y");
}

static void what_is_no_field_is_refused(void **state)
{
    struct event event = { 0 };
    assert_int_equal(facts_given(CALLED(*state, "a"), 3, &event), ERR_USAGE);
    assert_int_equal(facts_given(CALLED(*state, "=a"), 3, &event), ERR_USAGE);
    assert_int_equal(facts_given(CALLED(*state, "a=1", "b=2", "a=3"), 3, &event), ERR_USAGE);
    assert_null(event.given);
}

static void dates_are_read_or_explained(void **state)
{
    static const struct {
        const char *text;
        day date;
        const char *why;
    } rows[] = {
        { "2026-12-14", 20801, NULL },
        { "14 December 2026", 20801, NULL },
        { "2026-02-31", DAY_NONE, "February 2026 has 28 days" },
        { "31 February 2026", DAY_NONE, "February 2026 has 28 days" },
        { "2026-13-01", DAY_NONE, "months run from 01 to 12" },
        { "tomorrow", DAY_NONE, "write it as 2026-11-21" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct call *call = CALLED(*state, "--on", rows[i].text);
        day date = 7;
        enum err_code code = facts_date(call, "on", &date);
        assert_int_equal(code, rows[i].why ? ERR_INPUT : ERR_NONE);
        if (rows[i].why && !strstr(call->err.text, rows[i].why))
            fail_msg("'%s': '%s'", rows[i].text, call->err.text);
        if (!rows[i].why)
            assert_int_equal(date, rows[i].date);
    }
}

static void a_file_is_named_and_kept(void **state)
{
    struct event event = { 0 };
    const struct file_row *file = NULL;
    char path[] = "/tmp/reeve-facts-XXXXXX.txt";
    int fd = mkstemps(path, 4);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "abc", 3), 3);
    struct call *call = CALLED(*state, "--file", path, "--why", "because", "--key", "k");
    assert_int_equal(facts_common(call, &event, &file), ERR_NONE);
    /* SHA-256 of "abc": FIPS 180-2, appendix B.1. */
    const char *digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    char *wanted = arena_printf(*state, "%s sha256:%s txt 3", strrchr(path, '/') + 1, digest);
    assert_string_equal(event.file, wanted);
    assert_non_null(file);
    assert_int_equal(file->len, 3);
    assert_memory_equal(file->bytes, "abc", 3);
    assert_string_equal(event.why, "because");
    assert_string_equal(event.key, "k");
    assert_int_equal(event.on, DAY_NONE);
    assert_int_equal(ftruncate(fd, PROOF_BYTES_MAX + 1), 0);
    assert_int_equal(facts_common(call, &event, &file), ERR_LIMIT);
    close(fd);
    unlink(path);
    assert_int_equal(facts_common(call, &event, &file), ERR_UNKNOWN);
    assert_true(call->cannot);
    assert_int_equal(facts_common(CALLED(*state, "--file", "/tmp"), &event, &file), ERR_INPUT);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(facts_common(call, &event, &file), ERR_INPUT);
    unlink(path);
}

static void words_have_limits(void **state)
{
    struct event event = { 0 };
    const struct file_row *file = NULL;
    char *long_text = arena_alloc(*state, FACT_WHY_BYTES_MAX + 2);
    memset(long_text, 'x', FACT_WHY_BYTES_MAX + 1);
    assert_int_equal(facts_common(CALLED(*state, "--why", long_text), &event, &file), ERR_LIMIT);
    long_text[FACT_WHY_BYTES_MAX] = 0;
    assert_int_equal(facts_common(CALLED(*state, "--why", long_text), &event, &file), ERR_NONE);
    assert_int_equal(facts_common(CALLED(*state, "--key", long_text), &event, &file), ERR_INPUT);
    long_text[FACT_KEY_BYTES_MAX] = 0;
    assert_int_equal(facts_common(CALLED(*state, "--key", long_text), &event, &file), ERR_NONE);
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
        TEST(fields_come_sorted),
        TEST(what_is_no_field_is_refused),
        TEST(dates_are_read_or_explained),
        TEST(a_file_is_named_and_kept),
        TEST(words_have_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
