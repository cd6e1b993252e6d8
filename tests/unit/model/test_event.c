/* SPDX-License-Identifier: MIT */
#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/model/outcome.h"
#include "tests/unit/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char said[] =
    "{\"act\":\"done\",\"by\":\"A. Parent\",\"cause_case\":4,\"cause_process\":\"ehc\","
    "\"file\":\"a.pdf\",\"first_child\":9,\"given\":{\"begins\":\"2026-11-21\",\"ends\":[1,2]},"
    "\"how\":\"paper\",\"key\":\"k\",\"kind\":\"do\",\"minute\":480,\"name\":\"hold\","
    "\"on\":\"2026-11-20\",\"person\":5,\"ref\":\"AR-1\",\"role\":\"senco\",\"school\":113489,"
    "\"today\":\"2026-11-21\",\"who\":7,\"who_text\":\"d@example.org\",\"why\":\"so\"}";

static void events_come_back_as_they_were(void **state)
{
    struct arena *arena = *state;
    struct event event;
    struct buf out = buf_in(arena), personal = buf_in(arena);
    assert_int_equal(event_decode(arena, said, strlen(said), NULL, 0, &event, NULL), ERR_NONE);
    assert_int_equal(event.kind, EVENT_DO);
    assert_int_equal(event.on, day_of(2026, 11, 20));
    assert_int_equal(event.given_count, 2);
    assert_string_equal(event.given[0].name, "begins");
    event_encode(&event, NULL, 0, &out, &personal);
    assert_string_equal(buf_text(&out), said);
    assert_int_equal(personal.len, 0);
    assert_string_equal(event_kind_name(EVENT_RECKON), "reckon");
}

static void given_is_found_by_name(void **state)
{
    (void)state;
    struct given given[] = { { "ends", (const struct json *)&given[0] },
                             { "begins", (const struct json *)&given[1] } };
    const struct json *ends = given[0].value;
    given_sort(given, 2);
    given_sort(NULL, 0);
    const struct event event = { .given = given, .given_count = 2 };
    assert_string_equal(given[0].name, "begins");
    assert_ptr_equal(event_given(&event, "ends"), ends);
    assert_null(event_given(&event, "end"));
}

static void personal_values_stand_apart(void **state)
{
    static const char *const names[] = { "ends", "nobody" };
    struct arena *arena = *state;
    struct event event, back, erased;
    struct buf out = buf_in(arena), personal = buf_in(arena);
    assert_int_equal(event_decode(arena, said, strlen(said), NULL, 0, &event, NULL), ERR_NONE);
    event_encode(&event, names, 2, &out, &personal);
    assert_null(strstr(buf_text(&out), "ends"));
    assert_string_equal(buf_text(&personal), "{\"ends\":[1,2]}");

    assert_int_equal(event_decode(arena, out.at, out.len, personal.at, personal.len, &back, NULL),
                     ERR_NONE);
    struct buf again = buf_in(arena), none = buf_in(arena);
    event_encode(&back, NULL, 0, &again, &none);
    assert_string_equal(buf_text(&again), said);

    assert_int_equal(event_decode(arena, out.at, out.len, NULL, 0, &erased, NULL), ERR_NONE);
    assert_int_equal(erased.given_count, 1);
}

static void damaged_events_are_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "[]",
        "{}",
        "{\"kind\":\"dance\"}",
        "{\"kind\":\"do\",\"on\":\"2026-13-01\"}",
        "{\"given\":[],\"kind\":\"do\"}",
        "{\"kind\":\"do\",\"zz\":1}",
        "{\"kind\":\"do\",\"who\":\"7\"}",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct event event = { .who = 77 };
        struct err err = { 0 };
        if (event_decode(*state, bad[i], strlen(bad[i]), NULL, 0, &event, &err) != ERR_INPUT)
            fail_msg("taken: %s", bad[i]);
        assert_true(*err.text);
        assert_int_equal(event.who, 77);
    }
    struct event event;
    assert_int_equal(event_decode(*state, said, strlen(said), "{\"ends\":1}", 10, &event, NULL),
                     ERR_INPUT); /* A value that is both public and personal. */
}

static const char did[] =
    "{\"changed\":{\"events\":{\"hold\":{\"count\":1,\"first\":\"2026-11-14\","
    "\"latest\":\"2026-11-14\"}},\"fields\":{\"begins\":{\"t\":\"d\",\"v\":\"2026-11-21\"},"
    "\"child\":{\"p\":true,\"t\":\"t\",\"v\":\"C-17\"}},"
    "\"proposals\":{\"ends\":{\"c\":\"agreed\",\"p\":true,\"t\":\"d\",\"v\":\"2027-01-01\"}}},"
    "\"gone\":[{\"name\":\"begins\",\"section\":\"proposals\"}],"
    "\"notices\":[{\"about\":\"report\",\"kind\":\"escalate\",\"leave\":29500000,"
    "\"role\":\"head\"}],\"open\":true,\"opened\":\"2026-11-14\","
    "\"openings\":[{\"on\":\"2026-11-14\",\"process\":\"annual-review\"},"
    "{\"on\":\"2026-11-14\",\"process\":\"nil\"}],\"opens\":true,\"process\":\"ehc\","
    "\"recorded\":1793000000000,\"ref\":\"AR-1\",\"school\":113489,"
    "\"sendings\":[{\"event\":\"reviewed\",\"on\":\"2026-11-14\",\"to\":\"parent\"}],"
    "\"since\":\"2026-11-14\",\"state\":\"reporting\",\"wake\":29500000}";

static void outcomes_come_back_as_they_were(void **state)
{
    static const char apart[] =
        "{\"in\":{\"fields\":{\"child\":{\"p\":true,\"t\":\"t\",\"v\":\"C-17\"}},"
        "\"proposals\":{\"ends\":{\"c\":\"agreed\",\"p\":true,\"t\":\"d\",\"v\":\"2027-01-01\"}}},"
        "\"openings\":[{\"birth\":\"2015-02-01\",\"child\":\"C-17\"},{}]}";
    struct arena *arena = *state;
    struct outcome outcome;
    assert_int_equal(outcome_decode(arena, did, strlen(did), NULL, 0, &outcome, NULL), ERR_NONE);
    assert_int_equal(outcome.notices.at[0].kind, NOTICE_ESCALATE);
    assert_true(outcome.open && outcome.opens);
    const struct given given[] = { { "child", json_new_text(arena, "C-17") },
                                   { "birth", json_new_text(arena, "2015-02-01") } };
    outcome.openings.at[0].given = given;
    outcome.openings.at[0].given_count = 2;

    struct buf out = buf_in(arena), personal = buf_in(arena);
    outcome_encode(&outcome, arena, &out, &personal);
    assert_string_equal(buf_text(&personal), apart);
    assert_null(strstr(buf_text(&out), "C-17"));
    assert_null(strstr(buf_text(&out), "ends"));
    assert_non_null(strstr(buf_text(&out), "begins"));

    struct outcome back, erased;
    assert_int_equal(outcome_decode(arena, out.at, out.len, personal.at, personal.len, &back, NULL),
                     ERR_NONE);
    assert_int_equal(back.changed.fields.count, 2);
    assert_string_equal(back.changed.fields.at[1].name, "child");
    assert_int_equal(back.openings.at[0].given_count, 2);
    assert_int_equal(back.openings.at[1].given_count, 0);
    struct buf again = buf_in(arena), again_personal = buf_in(arena);
    outcome_encode(&back, arena, &again, &again_personal);
    assert_string_equal(buf_text(&again), buf_text(&out));
    assert_string_equal(buf_text(&again_personal), apart);

    assert_int_equal(outcome_decode(arena, out.at, out.len, NULL, 0, &erased, NULL), ERR_NONE);
    assert_int_equal(erased.changed.fields.count, 1);
    assert_int_equal(erased.changed.proposals.count, 0);
}

static void nothing_personal_leaves_that_part_empty(void **state)
{
    struct arena *arena = *state;
    struct outcome outcome = { .state = "a", .state_since = DAY_NONE, .opened = DAY_NONE,
                               .wake = MINUTE_NONE };
    sections_put_fields(arena, &outcome.changed, "f")->value.kind = VALUE_NONE;
    struct buf out = buf_in(arena), personal = buf_in(arena);
    outcome_encode(&outcome, arena, &out, &personal);
    assert_string_equal(buf_text(&out), "{\"changed\":{\"fields\":{\"f\":{\"t\":\"n\"}}},"
                                        "\"state\":\"a\"}");
    assert_int_equal(personal.len, 0);
    assert_string_equal(notice_kind_name(NOTICE_CORRECT), "correct");
}

static void damaged_outcomes_are_refused(void **state)
{
    static const char *const bad[][2] = {
        { "", "" },
        { "{}", "" },
        { "{\"changed\":{}}", "" },
        { "{\"changed\":{},\"gone\":[],\"state\":\"a\"}", "" },
        { "{\"changed\":{},\"gone\":[{\"name\":\"a\"}],\"state\":\"a\"}", "" },
        { "{\"changed\":{},\"gone\":[1],\"state\":\"a\"}", "" },
        { "{\"changed\":{},\"notices\":[{\"kind\":\"x\"}],\"state\":\"a\"}", "" },
        { "{\"changed\":{},\"state\":\"a\",\"zz\":1}", "" },
        { "{\"changed\":{},\"state\":\"a\"}", "[]" },
        { "{\"changed\":{},\"state\":\"a\"}", "{\"in\":{},\"openings\":[{}]}" },
        { "{\"changed\":{},\"state\":\"a\"}", "{\"in\":{},\"zz\":[{}]}" },
        { "{\"changed\":{},\"openings\":[{\"process\":\"p\"}],\"state\":\"a\"}",
          "{\"in\":{},\"openings\":[1]}" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct outcome outcome = { .school = 77 };
        struct err err = { 0 };
        if (outcome_decode(*state, bad[i][0], strlen(bad[i][0]), bad[i][1], strlen(bad[i][1]),
                           &outcome, &err) != ERR_INPUT)
            fail_msg("taken: %s %s", bad[i][0], bad[i][1]);
        assert_true(*err.text);
        assert_int_equal(outcome.school, 77);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_come_back_as_they_were),
        cmocka_unit_test(given_is_found_by_name),
        cmocka_unit_test(personal_values_stand_apart),
        cmocka_unit_test(damaged_events_are_refused),
        cmocka_unit_test(outcomes_come_back_as_they_were),
        cmocka_unit_test(nothing_personal_leaves_that_part_empty),
        cmocka_unit_test(damaged_outcomes_are_refused),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
