/* SPDX-License-Identifier: MIT */
#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/model/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

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

static const char stored[] =
    "[{\"closures\":[{\"from\":\"2026-12-29\",\"title\":\"Offices closed\",\"to\":\"2026-12-31\"}],"
    "\"holidays\":[{\"date\":\"2026-12-25\",\"title\":\"Christmas Day\"}],"
    "\"known_from\":\"2020-01-01\",\"known_until\":\"2028-12-31\",\"name\":\"torbay\","
    "\"tables\":[{\"columns\":[\"papers\",\"meets\"],\"name\":\"alfi_board\","
    "\"rows\":[[\"2026-09-10 12:00\",\"2026-09-24\"],[\"2026-10-10\",\"\"]]}],"
    "\"terms\":[{\"from\":\"2026-09-03\",\"half_from\":\"2026-10-26\",\"half_to\":\"2026-10-30\","
    "\"name\":\"autumn 2026\",\"season\":\"autumn\",\"to\":\"2026-12-18\"}],"
    "\"working\":\"1111100\",\"zone\":\"Europe/London\"},"
    "{\"name\":\"tribunal\",\"not_counted\":[{\"from_day\":1,\"from_month\":8,\"title\":\"August\","
    "\"to_day\":31,\"to_month\":8}],\"working\":\"1111100\"}]";

static void calendars_come_back_as_they_were(void **state)
{
    struct calendars *calendars;
    struct buf out = buf_in(*state);
    assert_int_equal(calendars_decode(*state, stored, strlen(stored), &calendars, NULL), ERR_NONE);
    calendars_encode(calendars, &out);
    assert_string_equal(buf_text(&out), stored);

    const struct calendar *main_one = calendar_find(calendars, NULL);
    assert_string_equal(main_one->name, "torbay");
    assert_true(main_one->working[0] && !main_one->working[6]);
    assert_int_equal(main_one->tables[0].rows[0].minutes[0], 720);
    assert_int_equal(main_one->tables[0].rows[0].minutes[1], -1);
    assert_int_equal(main_one->tables[0].rows[1].dates[1], DAY_NONE);
    assert_string_equal(calendar_find(calendars, "tribunal")->name, "tribunal");
    assert_null(calendar_find(calendars, "moon"));
    assert_null(calendar_find(&(struct calendars){ NULL, 0 }, NULL));
}

static void damage_is_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "{}",
        "[1]",
        "[{}]",
        "[{\"name\":\"a\"}]",
        "[{\"name\":\"a\",\"working\":\"111110\"}]",
        "[{\"name\":\"a\",\"working\":\"1111102\"}]",
        "[{\"name\":\"a\",\"working\":\"1111100\",\"zz\":1}]",
        "[{\"closures\":[{\"from\":\"2026-12-29\"}],\"name\":\"a\",\"working\":\"1111100\"}]",
        "[{\"holidays\":[{\"title\":\"x\"}],\"name\":\"a\",\"working\":\"1111100\"}]",
        "[{\"name\":\"a\",\"not_counted\":[{\"from_day\":1,\"from_month\":13,\"to_day\":1,"
        "\"to_month\":1}],\"working\":\"1111100\"}]",
        "[{\"name\":\"a\",\"tables\":[{\"columns\":[\"x\"],\"name\":\"t\",\"rows\":[[]]}],"
        "\"working\":\"1111100\"}]",
        "[{\"name\":\"a\",\"tables\":[{\"columns\":[\"x\"],\"name\":\"t\","
        "\"rows\":[[\"2026-09-10 25:00\"]]}],\"working\":\"1111100\"}]",
        "[{\"name\":\"a\",\"tables\":[{\"columns\":[],\"name\":\"t\",\"rows\":[]}],"
        "\"working\":\"1111100\"}]",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct calendars *calendars = NULL;
        struct err err = { 0 };
        if (calendars_decode(*state, bad[i], strlen(bad[i]), &calendars, &err) != ERR_INPUT)
            fail_msg("taken: %s", bad[i]);
        assert_null(calendars);
        assert_true(*err.text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calendars_come_back_as_they_were),
        cmocka_unit_test(damage_is_refused),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
