/* SPDX-License-Identifier: MIT */
/* Instants and local minutes on both clock-change days; and the sweep over all cases. */
#include "kit.h"

static int64_t utc(const char *date, int hour, int minute)
{
    return (minute_at(on(date), 0) + hour * 60 + minute) * 60000;
}

static void local_minutes(void **state)
{
    (void)state;
    /* In 2026 the clocks go forward on 29 March and back on 25 October, at 01:00 UTC. */
    static const struct {
        const char *date;
        int hour, minute, local;
    } table[] = {
        { "2026-01-15", 8, 0, 480 },     { "2026-07-15", 8, 0, 540 },
        { "2026-03-29", 0, 59, 59 },     { "2026-03-29", 1, 0, 120 },
        { "2026-10-25", 0, 0, 60 },      { "2026-10-25", 0, 59, 119 },
        { "2026-10-25", 1, 0, 60 },      { "2026-10-25", 2, 0, 120 },
        { "1965-06-01", 8, 0, 540 },
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        assert_int_equal(clock_local(utc(table[i].date, table[i].hour, table[i].minute), NULL),
                         minute_at(on(table[i].date), table[i].local));
    assert_int_equal(clock_local(utc("2026-07-15", 8, 0) + 59999, NULL),
                     minute_at(on("2026-07-15"), 540));
    assert_int_equal(clock_local(-1, "UTC"), -1);
}

static void instants(void **state)
{
    (void)state;
    static const struct {
        const char *date;
        int local, hour, minute;
    } table[] = {
        { "2026-01-15", 480, 8, 0 },
        { "2026-07-15", 480, 7, 0 },
        { "2026-03-29", 59, 0, 59 },
        { "2026-03-29", 60, 1, 0 },      /* 01:00 to 01:59 are skipped: 02:00 is the first after. */
        { "2026-03-29", 90, 1, 0 },
        { "2026-03-29", 119, 1, 0 },
        { "2026-03-29", 120, 1, 0 },
        { "2026-10-25", 59, -1, 59 },
        { "2026-10-25", 60, 0, 0 },      /* 01:00 comes twice: the first. */
        { "2026-10-25", 119, 0, 59 },
        { "2026-10-25", 120, 2, 0 },
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        assert_int_equal(clock_instant(minute_at(on(table[i].date), table[i].local), NULL),
                         utc(table[i].date, table[i].hour, table[i].minute));
    /* A zone whose clocks change by half an hour. */
    int64_t gap = minute_at(on("2026-10-04"), 2 * 60 + 15);
    assert_int_equal(clock_local(clock_instant(gap, "Australia/Lord_Howe"), "Australia/Lord_Howe"),
                     minute_at(on("2026-10-04"), 2 * 60 + 30));
}

/* Every minute of three years there and back, but for those that come twice. */
static void there_and_back(void **state)
{
    (void)state;
    int64_t last = INT64_MIN;
    for (int64_t local = minute_at(on("2025-01-01"), 0); local < minute_at(on("2028-01-01"), 0);
         local += 7) {
        int64_t ms = clock_instant(local, NULL);
        assert_true(ms >= last);
        int64_t again = clock_local(ms, NULL);
        assert_true(again == local || (again > local && again - local < 60));
        last = ms;
    }
}

static void parse(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *date;
        int hour, minute;
    } good[] = {
        { "2026-12-16", "2026-12-16", 0, 0 },
        { "2026-12-16T08:00", "2026-12-16", 8, 0 },
        { "2026-12-16 08:00", "2026-12-16", 8, 0 },
        { "2026-07-16T08:00", "2026-07-16", 7, 0 },
        { "2026-07-16T08:00Z", "2026-07-16", 8, 0 },
        { "2026-07-16T08:00:59Z", "2026-07-16", 8, 0 },
        { "2026-07-16T08:00:00", "2026-07-16", 7, 0 },
        { "2026-03-29T01:30", "2026-03-29", 1, 0 },
    };
    static const char *const bad[] = {
        "",
        "x",
        "2026",
        "2026-12-1",
        "2026-02-31",
        "2026-12-16Z",
        "2026-12-16T",
        "2026-12-16T8:00",
        "2026-12-16T25:00",
        "2026-12-16T08:60",
        "2026-12-16x08:00",
        "2026-12-16T08:00:",
        "2026-12-16T08:00:60",
        "2026-12-16T08:00:xxZ",
        "2026-12-16T08:00ZZ",
        "16 December 2026",
        "2026-12-16T08:00:00+01:00",
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        int64_t ms;
        ok(clock_parse(good[i].text, NULL, &ms, &err));
        assert_int_equal(ms, utc(good[i].date, good[i].hour, good[i].minute));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t ms = 77;
        char text[64]; /* So that reading past the end is seen. */
        char *exact = strdup(bad[i]);
        snprintf(text, sizeof text, "'%s' is not an instant", bad[i]);
        fails(ERR_INPUT, text, clock_parse(exact, NULL, &ms, &err));
        assert_int_equal(ms, 77);
        free(exact);
    }
}

static void pretend(void **state)
{
    (void)state;
    clock_pretend(1234);
    assert_int_equal(clock_now_ms(), 1234);
    clock_pretend(0);
    assert_true(clock_now_ms() > utc("2020-01-01", 0, 0));
}

/* --- the sweep ------------------------------------------------------------------------------- */

static const struct file files[] = {
    { "processes/letter.yaml",
      "process: letter\ntitle: A letter\nopens: {by: officer}\n"
      "fields: {wanted: {type: date, label: Wanted by}}\n"
      "states:\n  here:\n    title: Here\n    first: true\n    waiting_for: officer\n    events:\n"
      "      post: {title: Posted, by: officer, asks: [wanted]}\n      reply: {title: Replied, by: "
      "officer, to: gone}\n"
      "  gone: {title: Gone, final: true}\n"
      "deadlines:\n  reply: {title: Reply, due: on wanted, met_by: reply, owner: officer, "
      "remind: [1 week before, on the day]}\n" },
};

static void in_order_of_instant(void **state)
{
    (void)state;
    enum { CASES = 250 };
    struct kit *k = kit_begin(files, 1, false);
    for (int i = 0; i < CASES; i++) {
        int64_t id = open_case(k, "letter", "", 0);
        day wanted = on("2026-11-10") + (i * 37) % 40;
        do_event(k, id, "post", arena_printf(k->arena, "wanted=%s", iso(k, wanted)));
    }
    struct sweep_figures figures = sweep_to(k, at("2027-02-01", 9));
    assert_int_equal(figures.events, 3 * CASES); /* A week before, on the day, missed at its end. */
    assert_int_equal(figures.left, 0);
    int64_t last = INT64_MIN, events = event_count(k);
    for (int64_t id = 2 * CASES + 1; id <= events; id++) {
        struct event_row row;
        struct event event;
        ok(event_get(k->store, id, k->arena, &row, &err));
        ok(case_event(&row, k->arena, &event, NULL, &err));
        int64_t minute = minute_at(event.today, event.minute);
        assert_true(minute >= last);
        last = minute;
    }
    verify_clean(k);
    kit_end(k);
}

static void all_at_once_or_day_by_day(void **state)
{
    (void)state;
    const char *bodies[2];
    struct arena *kept = arena_new();
    for (int way = 0; way < 2; way++) {
        struct kit *k = kit_begin(files, 1, false);
        int64_t id = open_case(k, "letter", "", 0);
        do_event(k, id, "post", "wanted=2026-11-20");
        if (way)
            for (int d = 0; d < 40; d++)
                sweep_to(k, at("2026-11-03", 0) + d * 24 * 60);
        sweep_to(k, at("2026-12-31", 9));
        struct casefile file = case_now(k, id);
        struct buf body = buf_in(kept);
        file.recorded_ms = 0; /* When it was written down is another thing. */
        casefile_encode(&file, &body);
        bodies[way] = buf_text(&body);
        kit_end(k);
    }
    assert_string_equal(bodies[0], bodies[1]);
    arena_free(kept);
}

/* Cases nothing can be decided on do not hold the others up. */
static void past_what_is_stuck(void **state)
{
    (void)state;
    enum { STUCK = 130 };
    struct kit *k = kit_begin(files, 1, false);
    for (int i = 0; i <= STUCK; i++)
        do_event(k, open_case(k, "letter", "", 0), "post", "wanted=2026-11-20");
    ok(store_begin(k->store, &err));
    for (int64_t id = 1; id <= STUCK; id++) { /* A rule set that is not there. */
        struct case_row row;
        ok(case_get(k->store, id, k->arena, &row, &err));
        row.process = "unknown";
        row.wake = at("2026-11-03", 8);
        ok(case_update(k->store, &row, row.head, &err));
    }
    ok(store_commit(k->store, &err));
    struct sweep_figures figures = sweep_to(k, at("2026-11-20", 9));
    assert_int_equal(figures.events, 2);
    assert_true(figures.refused >= STUCK);
    assert_string_equal(history(k, STUCK + 1), "open letter, do post, clock, clock");
    kit_end(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(local_minutes),
        cmocka_unit_test(instants),
        cmocka_unit_test(there_and_back),
        cmocka_unit_test(parse),
        cmocka_unit_test(pretend),
        cmocka_unit_test(in_order_of_instant),
        cmocka_unit_test(all_at_once_or_day_by_day),
        cmocka_unit_test(past_what_is_stuck),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
