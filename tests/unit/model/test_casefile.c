/* SPDX-License-Identifier: MIT */
#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/model/casefile.h"
#include "tests/unit/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *encode(struct arena *arena, const struct casefile *file)
{
    struct buf out = buf_in(arena);
    casefile_encode(file, &out);
    return buf_text(&out);
}

/* One entry of each section with every member set. */
static const char whole[] =
    "{\"in\":{"
    "\"clocks\":{\"send_report\":{\"closed\":\"2026-11-24\",\"do_by\":\"2026-11-24\","
    "\"due\":\"2026-11-28\",\"ground\":\"away\",\"law\":\"2026-12-01\",\"local\":\"2026-12-02\","
    "\"provisional\":true,\"round\":2,\"since\":\"2026-11-14\",\"status\":\"met late\","
    "\"told\":-5,\"why\":\"ill\"}},"
    "\"consents\":{\"agreed\":{\"answered\":\"2026-11-02\",\"asked\":\"2026-11-01\","
    "\"by\":\"A. Parent\",\"force\":true,\"how\":\"paper\",\"lapses\":\"2026-11-15\","
    "\"status\":\"given\",\"until\":\"2027-01-01\"}},"
    "\"entered\":{\"reporting\":{\"count\":1,\"first\":\"2026-11-14\",\"latest\":\"2026-11-14\"}},"
    "\"events\":{\"hold\":{\"count\":2,\"first\":\"2026-11-01\",\"latest\":\"2026-11-14\"}},"
    "\"fields\":{\"child\":{\"p\":true,\"t\":\"t\",\"v\":\"C-17\"},"
    "\"gone\":{\"t\":\"n\"},\"hours\":{\"t\":\"f\",\"v\":23.5},"
    "\"meeting\":{\"t\":\"d\",\"v\":\"2026-11-14\"}},"
    "\"items\":{\"advice.school\":{\"asked\":\"2026-10-01\",\"by\":\"head\","
    "\"done\":\"2026-10-09\",\"na\":true,\"proof\":\"a.pdf\",\"title\":\"School\","
    "\"why\":\"none\"}},"
    "\"links\":{\"parent\":{\"case\":12,\"process\":\"ehc\"}},"
    "\"parties\":{\"caseworker\":{\"person\":7,\"text\":\"D. Okafor\"}},"
    "\"proposals\":{\"ends\":{\"c\":\"agreed\",\"p\":true,\"t\":\"d\",\"v\":\"2027-01-01\"}},"
    "\"remarks\":{\"0001\":{\"text\":\"refused\"}}},"
    "\"opened\":\"2026-09-01\",\"recorded\":1793000000000,\"since\":\"2026-11-14\"}";

static void what_is_written_is_what_was_read(void **state)
{
    struct casefile file = { .id = 3, .ref = "AR-1" };
    assert_int_equal(casefile_decode(*state, whole, strlen(whole), &file, NULL), ERR_NONE);
    assert_string_equal(encode(*state, &file), whole);
    assert_int_equal(file.id, 3); /* The columns are not the body's. */

    const struct clock *clock = casefile_clock(&file, "send_report");
    assert_int_equal(clock->status, CLOCK_MET_LATE);
    assert_int_equal(clock->told, -5);
    assert_int_equal(clock->due, day_of(2026, 11, 28));
    assert_int_equal(casefile_consent(&file, "agreed")->status, CONSENT_GIVEN);
    assert_int_equal(casefile_event(&file, "hold")->count, 2);
    assert_int_equal(casefile_entered(&file, "reporting")->latest, day_of(2026, 11, 14));
    assert_int_equal(casefile_field(&file, "hours")->value.number, 235000);
    assert_true(casefile_field(&file, "child")->personal);
    assert_true(casefile_item(&file, "advice", "school")->na);
    assert_string_equal(casefile_party(&file, "caseworker")->text, "D. Okafor");
    assert_string_equal(casefile_proposal(&file, "ends")->consent, "agreed");
}

static void an_empty_case_says_nothing(void **state)
{
    struct casefile file = { .opened = DAY_NONE, .state_since = DAY_NONE };
    const char *text = encode(*state, &file);
    assert_string_equal(text, "{\"in\":{},\"recorded\":0}");
    assert_int_equal(casefile_decode(*state, text, strlen(text), &file, NULL), ERR_NONE);
    assert_int_equal(file.opened, DAY_NONE);
    assert_null(casefile_clock(&file, "any"));
    assert_null(casefile_item(&file, "any", "thing"));
}

static void absent_members_are_not_known(void **state)
{
    static const char text[] = "{\"in\":{\"clocks\":{\"a\":{\"status\":\"running\"}},"
                               "\"items\":{\"l.i\":{}}},\"recorded\":1}";
    struct casefile file = { .id = 0 };
    assert_int_equal(casefile_decode(*state, text, strlen(text), &file, NULL), ERR_NONE);
    const struct clock *clock = casefile_clock(&file, "a");
    assert_int_equal(clock->due, DAY_NONE);
    assert_int_equal(clock->closed_on, DAY_NONE);
    assert_true(clock->told == MINUTE_NONE);
    assert_int_equal(casefile_item(&file, "l", "i")->done, DAY_NONE);
}

static void damage_is_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "[]",
        "{}",
        "{\"in\":[],\"recorded\":1}",
        "{\"in\":{}}",
        "{\"in\":{},\"recorded\":\"1\"}",
        "{\"in\":{},\"recorded\":1,\"more\":1}",
        "{\"in\":{},\"opened\":\"2026-02-30\",\"recorded\":1}",
        "{\"in\":{},\"recorded\":1,\"since\":7}",
        "{\"in\":{\"clocks\":{}},\"recorded\":1}",
        "{\"in\":{\"clock\":{\"a\":{}}},\"recorded\":1}",
        "{\"in\":{\"clocks\":{\"a\":{}}},\"recorded\":1}",
        "{\"in\":{\"clocks\":{\"a\":{\"status\":\"runing\"}}},\"recorded\":1}",
        "{\"in\":{\"clocks\":{\"a\":{\"due\":5,\"status\":\"running\"}}},\"recorded\":1}",
        "{\"in\":{\"clocks\":{\"a\":{\"round\":99999999999,\"status\":\"met\"}}},\"recorded\":1}",
        "{\"in\":{\"clocks\":{\"a\":{\"status\":\"met\",\"xyz\":1}}},\"recorded\":1}",
        "{\"in\":{\"clocks\":[1]},\"recorded\":1}",
        "{\"in\":{\"clocks\":{\"a\":1}},\"recorded\":1}",
        "{\"in\":{\"fields\":{\"a\":{}}},\"recorded\":1}",
        "{\"in\":{\"fields\":{\"a\":{\"p\":false,\"t\":\"n\"}}},\"recorded\":1}",
        "{\"in\":{\"fields\":{\"a\":{\"t\":\"d\",\"v\":\"x\"}}},\"recorded\":1}",
        "{\"in\":{\"fields\":{\"a\":{\"t\":\"n\"},\"a\":{\"t\":\"n\"}}},\"recorded\":1}",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct casefile file = { .id = 9 };
        struct err err = { 0 };
        if (casefile_decode(*state, bad[i], strlen(bad[i]), &file, &err) != ERR_INPUT)
            fail_msg("taken: %s", bad[i]);
        assert_true(*err.text);
        assert_int_equal(file.in.clocks.count + file.in.fields.count, 0);
    }
}

/* Cut short anywhere, or with one byte changed, it is refused or is another good case. */
static void no_damage_ends_the_program(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    char text[sizeof whole];
    for (size_t i = 0; i < sizeof whole - 1; i++) {
        struct casefile file = { .id = 0 };
        arena_reset(arena);
        assert_int_not_equal(casefile_decode(arena, whole, i, &file, NULL), ERR_NONE);
        memcpy(text, whole, sizeof text);
        text[i] = (char)(text[i] ^ 1);
        if (!casefile_decode(arena, text, sizeof whole - 1, &file, NULL))
            encode(arena, &file);
    }
    arena_free(arena);
}

static void entries_stay_sorted(void **state)
{
    static const char *const names[] = { "m", "c", "z", "a", "m", "b", "y", "c" };
    struct sections in = { .fields = { NULL, 0, 0 } };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct field_entry *entry = sections_put_fields(*state, &in, names[i]);
        assert_string_equal(entry->name, names[i]);
        entry->value.number++;
    }
    assert_int_equal(in.fields.count, 6);
    for (size_t i = 1; i < in.fields.count; i++)
        assert_true(strcmp(in.fields.at[i - 1].name, in.fields.at[i].name) < 0);
    struct casefile file = { .in = in };
    assert_int_equal(casefile_field(&file, "m")->value.number, 2);
    assert_null(casefile_field(&file, "n"));
    assert_int_equal(sections_put_clocks(*state, &in, "x")->due, DAY_NONE);
}

static void dropping_and_merging_leave_the_old_as_it_was(void **state)
{
    struct sections old = { .fields = { NULL, 0, 0 } }, more = old;
    for (const char *const *name = (const char *const[]){ "a", "b", "c", NULL }; *name; name++)
        sections_put_fields(*state, &old, *name)->value.number = 1;
    for (const char *const *name = (const char *const[]){ "b", "d", NULL }; *name; name++)
        sections_put_fields(*state, &more, *name)->value.number = 2;

    struct sections now = old;
    sections_merge(*state, &now, &more);
    assert_false(sections_drop(*state, &now, "fields", "x"));
    assert_false(sections_drop(*state, &now, "nothing", "a"));
    assert_true(sections_drop(*state, &now, "fields", "a"));
    assert_int_equal(now.fields.count, 3);
    assert_string_equal(now.fields.at[0].name, "b");
    assert_int_equal(now.fields.at[0].value.number, 2);
    assert_int_equal(now.fields.at[1].value.number, 1);
    assert_string_equal(now.fields.at[2].name, "d");

    assert_int_equal(old.fields.count, 3);
    assert_string_equal(old.fields.at[0].name, "a");
    assert_int_equal(old.fields.at[1].value.number, 1);
}

static void statuses_have_words(void **state)
{
    (void)state;
    assert_string_equal(clock_status_name(CLOCK_MET_LATE), "met late");
    assert_string_equal(clock_status_name(CLOCK_CANCELLED), "cancelled");
    assert_string_equal(consent_status_name(CONSENT_DISCUSS), "discuss");
    assert_true(clock_open(&(struct clock){ .status = CLOCK_MISSED }));
    assert_false(clock_open(&(struct clock){ .status = CLOCK_EXCUSED }));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_what_was_read),
        cmocka_unit_test(an_empty_case_says_nothing),
        cmocka_unit_test(absent_members_are_not_known),
        cmocka_unit_test(damage_is_refused),
        cmocka_unit_test(no_damage_ends_the_program),
        cmocka_unit_test(entries_stay_sorted),
        cmocka_unit_test(dropping_and_merging_leave_the_old_as_it_was),
        cmocka_unit_test(statuses_have_words),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
