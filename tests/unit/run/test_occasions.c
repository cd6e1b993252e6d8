/* SPDX-License-Identifier: MIT */
/* Schedules in a store: each day's cases once, in order, by the rules of that day. */
#include "kit.h"

#include "engine/run/occasions.h"

#define STATES                                                                                    \
    "states:\n"                                                                                   \
    "  asked_for: {title: Asked, first: true, events: {answer: {title: Answered, by: officer, "   \
    "to: over}}}\n"                                                                               \
    "  over: {title: Over, final: true}\n"

static const char child[] =
    "process: placing\ntitle: A placing\nopens: {by: officer, asks: [child, hours]}\n"
    "fields:\n  child: {type: text, label: The child, personal: true}\n"
    "  hours: {type: hours, label: Hours}\n"
    "states:\n"
    "  begun: {title: Begun, first: true, events: {set_off: {title: Set off, by: officer, to: "
    "running_now}}}\n"
    "  running_now: {title: Running, events: {stop: {title: Stopped, by: officer, to: over}}}\n"
    "  over: {title: Over, final: true}\n";
static const char every_month[] =
    "process: count-up\ntitle: The monthly count\n"
    "schedule: {every: month, opens: 1 week before end of month, for: each school}\n" STATES
    "deadlines:\n  send: {title: Send it, due: 5 working days after occasion, met_by: answer, "
    "owner: head}\n";
static const char once_a_year[] =
    "process: plan-year\ntitle: The year's plan\n"
    "schedule: {every: year, opens: 1 December, for: authority}\n" STATES;
static const char each_case[] =
    "process: look-in\ntitle: A look in\n"
    "schedule: {every: month, opens: day after end of month, for: each case of placing, "
    "in: [running_now], copy: {child: child, since: set_off}, only_if: hours < 20}\n"
    "fields:\n  child: {type: text, label: The child, personal: true}\n"
    "  since: {type: date, label: Since}\n" STATES;

static const struct file files[] = {
    { "processes/placing.yaml", child },
    { "processes/count-up.yaml", every_month },
    { "processes/plan-year.yaml", once_a_year },
    { "processes/look-in.yaml", each_case },
};
#define FILES files, sizeof files / sizeof *files

/* "count-up 2026-11-23 900001; ...": every case but those that people opened, by number. */
static const char *opened(struct kit *k)
{
    struct buf text = buf_in(k->arena);
    int64_t ids[500];
    size_t count;
    ok(read_case_ids(k->store, 0, 500, ids, &count, &err));
    for (size_t i = 0; i < count; i++) {
        struct casefile file = case_now(k, ids[i]);
        if (strcmp(file.process, "placing") != 0)
            buf_printf(&text, "%s%s %s %lld", text.len ? "; " : "", file.process,
                       iso(k, file.opened), (long long)file.school);
    }
    return buf_text(&text);
}

/* Published on 2 November with use from 1 January: what lies before is not opened. */
static void once_each_and_in_order(void **state)
{
    (void)state;
    struct kit *k = kit_begin(FILES, false);
    sweep_to(k, at("2026-11-22", 23));
    assert_string_equal(opened(k), "");
    struct sweep_figures figures = sweep_to(k, at("2026-11-23", 0));
    assert_int_equal(figures.opened, 3);
    assert_string_equal(opened(k), "count-up 2026-11-23 900001; count-up 2026-11-23 900002; "
                                   "count-up 2026-11-23 900003");
    assert_int_equal(sweep_to(k, at("2026-11-23", 12)).opened, 0);
    struct casefile file = case_now(k, 1);
    assert_string_equal(iso(k, casefile_clock(&file, "send")->due), "2026-11-30");

    /* Slept through for six weeks: all in the order of their days. */
    figures = sweep_to(k, at("2027-01-05", 9));
    assert_int_equal(figures.opened, 4);
    assert_string_equal(opened(k), "count-up 2026-11-23 900001; count-up 2026-11-23 900002; "
                                   "count-up 2026-11-23 900003; plan-year 2026-12-01 0; "
                                   "count-up 2026-12-24 900001; count-up 2026-12-24 900002; "
                                   "count-up 2026-12-24 900003");
    file = case_now(k, 5);
    assert_int_equal(casefile_clock(&file, "send")->status, CLOCK_MISSED);
    assert_string_equal(iso(k, casefile_clock(&file, "send")->due), "2027-01-04");
    verify_clean(k);
    kit_end(k);
}

static void of_each_case(void **state)
{
    (void)state;
    struct kit *k = kit_begin(FILES, false);
    int64_t a = open_case(k, "placing", "child=C-1 hours=12", 900001);
    int64_t b = open_case(k, "placing", "child=C-2 hours=25", 900001);
    int64_t c = open_case(k, "placing", "child=C-3 hours=12", 0);
    do_event(k, a, "set_off", "");
    do_event(k, b, "set_off", "");
    (void)c; /* Not running. */
    sweep_to(k, at("2026-12-01", 0));
    struct casefile file = case_now(k, a);
    assert_int_equal(file.in.links.count, 1);
    assert_int_equal(case_now(k, b).in.links.count, 0);
    int64_t look = file.in.links.at[0].case_id;
    assert_string_equal(history(k, a), "open placing, do set_off, occasion look-in");
    file = case_now(k, look);
    assert_string_equal(file.process, "look-in");
    assert_int_equal(file.school, 900001);
    assert_string_equal(casefile_field(&file, "child")->value.text, "C-1");
    assert_int_equal(casefile_field(&file, "since")->value.number, on("2026-11-02"));
    assert_string_equal(file.in.links.at[0].name, "parent");
    assert_int_equal(file.in.links.at[0].case_id, a);
    do_event(k, a, "stop", "");
    assert_int_equal(sweep_to(k, at("2026-12-31", 0)).unopened, 0);
    assert_int_equal(sweep_to(k, at("2027-01-01", 0)).opened, 0);
    verify_clean(k);
    kit_end(k);
}

/* What stands in the store when the program is killed between two slices, or in one. */
static void slices_and_rollback(void **state)
{
    (void)state;
    struct kit *k = kit_begin(FILES, false);
    for (int slice = 0; slice < 12; slice++) {
        struct sweep_figures figures = { 0 };
        bool more;
        k->minute = at("2026-12-02", 0);
        ok(store_begin(k->store, &err));
        world_begin(k->world);
        ok(sweep_slice(k->world, now_ms(k), k->minute, 2, k->arena, &figures, &more, &err));
        if (slice % 2) {
            ok(store_commit(k->store, &err));
        } else {
            store_rollback(k->store);
            world_rolled_back(k->world);
        }
    }
    sweep_to(k, at("2026-12-02", 1));
    assert_string_equal(opened(k), "count-up 2026-11-23 900001; count-up 2026-11-23 900002; "
                                   "count-up 2026-11-23 900003; plan-year 2026-12-01 0");
    verify_clean(k);
    kit_end(k);
}

/* A row that was set back (a restored backup of it alone) opens nothing twice. */
static void keys_hold(void **state)
{
    (void)state;
    struct kit *k = kit_begin(FILES, false);
    open_case(k, "placing", "child=C-1 hours=12", 900001);
    do_event(k, 1, "set_off", "");
    sweep_to(k, at("2026-12-02", 0));
    const char *before = opened(k);
    struct schedule_row *rows;
    size_t count;
    ok(store_begin(k->store, &err));
    ok(schedules_all(k->store, k->arena, &rows, &count, &err));
    assert_int_equal(count, 3);
    for (size_t i = 0; i < count; i++) {
        rows[i].settled = on("2026-11-02");
        ok(schedule_set(k->store, &rows[i], &err));
    }
    ok(store_commit(k->store, &err));
    struct sweep_figures figures = sweep_to(k, at("2026-12-02", 1));
    assert_int_equal(figures.opened, 0);
    assert_int_equal(figures.unopened, 0);
    assert_string_equal(opened(k), before);
    kit_end(k);
}

static void republish(struct kit *k, const char *process, const char *text, const char *from)
{
    struct file changed[sizeof files / sizeof *files];
    memcpy(changed, files, sizeof files);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (strstr(files[i].path, process))
            changed[i].text = text;
    publish_rules(k, rules_of(changed, sizeof files / sizeof *files), from);
}

/* Each day goes by the rules that were in use on it, also when nobody was awake then. */
static void by_the_rules_of_the_day(void **state)
{
    (void)state;
    static const char sooner[] =
        "process: count-up\ntitle: The monthly count\n"
        "schedule: {every: month, opens: 2 weeks before end of month, for: authority}\n" STATES;
    static const char by_hand[] =
        "process: count-up\ntitle: The monthly count\nopens: {by: officer}\n" STATES;
    struct kit *k = kit_begin(FILES, false);
    republish(k, "plan-year", "process: plan-year\ntitle: Plan\nopens: {by: officer}\n" STATES,
              "2026-11-02");
    republish(k, "count-up", sooner, "2026-12-01");
    republish(k, "count-up", by_hand, "2027-01-04");
    republish(k, "count-up", every_month, "2027-03-01");
    sweep_to(k, at("2027-04-01", 9));
    assert_string_equal(opened(k), "count-up 2026-11-23 900001; count-up 2026-11-23 900002; "
                                   "count-up 2026-11-23 900003; plan-year 2026-12-01 0; "
                                   "count-up 2026-12-17 0; "
                                   "count-up 2027-03-24 900001; count-up 2027-03-24 900002; "
                                   "count-up 2027-03-24 900003");
    verify_clean(k);
    kit_end(k);
}

/* What the new process's own rules refuse is counted, told, and passed by. */
static void refusals(void **state)
{
    (void)state;
    static const char guarded[] =
        "process: count-up\ntitle: The monthly count\n"
        "opens: {by: officer, only_if: false}\n"
        "schedule: {every: month, opens: 1 week before end of month, for: each school}\n" STATES;
    struct kit *k = kit_begin(FILES, false);
    republish(k, "count-up", guarded, "2026-11-02");
    struct sweep_figures figures = sweep_to(k, at("2026-11-24", 9));
    assert_int_equal(figures.opened, 0);
    assert_int_equal(figures.unopened, 3);
    assert_non_null(strstr(figures.why, "town/count-up of 2026-11-23 for 900001: "));
    assert_int_equal(sweep_to(k, at("2026-11-25", 9)).unopened, 0);
    kit_end(k);
}

static void what_comes_next(void **state)
{
    (void)state;
    struct kit *k = kit_begin(FILES, false);
    struct occasion next, *list;
    size_t count;
    int64_t cases;
    ok(occasions_next(k->world, k->arena, &next, &err));
    assert_true(next.known);
    assert_string_equal(iso(k, next.on), "2026-11-23");
    ok(occasion_count(k->world, &next, &cases, &err));
    assert_int_equal(cases, 3);
    ok(occasions_list(k->world, DAY_NONE, 100, k->arena, &list, &count, &err));
    assert_int_equal(count, 3);
    ok(occasions_list(k->world, on("2027-02-01"), 100, k->arena, &list, &count, &err));
    assert_int_equal(count, 3 + 3 + 1);
    ok(occasions_list(k->world, on("2090-02-01"), 50, k->arena, &list, &count, &err));
    assert_int_equal(count, 50);
    kit_end(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(once_each_and_in_order),
        cmocka_unit_test(of_each_case),
        cmocka_unit_test(slices_and_rollback),
        cmocka_unit_test(keys_hold),
        cmocka_unit_test(by_the_rules_of_the_day),
        cmocka_unit_test(refusals),
        cmocka_unit_test(what_comes_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
