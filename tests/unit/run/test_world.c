/* SPDX-License-Identifier: MIT */
/* Versions of packs and calendars, and cases that keep theirs. */
#include "kit.h"

#include "engine/run/duelist.h"

#define LETTER(within)                                                                            \
    "process: letter\ntitle: A letter\nopens: {by: officer}\n"                                    \
    "states:\n  here:\n    title: Here\n    first: true\n    waiting_for: officer\n    events:\n" \
    "      post: {title: Posted, by: officer}\n      close: {title: Closed, by: officer, to: "    \
    "gone}\n"                                                                                     \
    "  gone: {title: Gone, final: true}\n"                                                        \
    "deadlines:\n  reply: {title: Reply, due: " within                                            \
    " after post, met_by: close, owner: officer}\n"

static const struct file first[] = { { "processes/letter.yaml", LETTER("10 working days") } };
static const struct file shorter[] = { { "processes/letter.yaml", LETTER("5 working days") } };

#define CALENDAR(days)                                                                            \
    { "calendar.yaml", "calendar: town\nknown_from: 2020-01-01\nknown_until: 2032-12-31\n"         \
      "bank_holidays: {" days "}\n" }
static const struct file more_holidays[] = {
    { "processes/letter.yaml", LETTER("10 working days") },
    CALENDAR("2026-11-05: A day of joy, 2026-12-25: Christmas Day, 2026-12-28: Boxing Day"),
};
static const struct file far_holidays[] = {
    { "processes/letter.yaml", LETTER("10 working days") },
    CALENDAR("2029-11-05: A day of joy, 2026-12-25: Christmas Day, 2026-12-28: Boxing Day"),
};

static day reply_of(struct kit *k, int64_t id)
{
    struct casefile file = case_now(k, id);
    return casefile_clock(&file, "reply")->due;
}

static void cases_keep_their_version(void **state)
{
    (void)state;
    struct kit *k = kit_begin(first, 1, false);
    int64_t old = open_case(k, "letter", "", 0);
    struct published published = publish_rules(k, rules_of(shorter, 1), "2026-11-01");
    assert_true(published.pack_new);
    assert_false(published.calendar_new);
    assert_int_equal(published.moved, 0);
    int64_t new = open_case(k, "letter", "", 0);
    do_event(k, old, "post", "");
    do_event(k, new, "post", "");
    assert_string_equal(iso(k, reply_of(k, old)), "2026-11-16");
    assert_string_equal(iso(k, reply_of(k, new)), "2026-11-09");
    verify_clean(k);
    kit_end(k);
}

static void a_version_from_a_later_day(void **state)
{
    (void)state;
    struct kit *k = kit_begin(first, 1, false);
    publish_rules(k, rules_of(shorter, 1), "2026-12-01");
    int64_t now = open_case(k, "letter", "", 0);
    do_event(k, now, "post", "");
    assert_string_equal(iso(k, reply_of(k, now)), "2026-11-16");
    k->minute = at("2026-12-01", 9);
    int64_t later = open_case(k, "letter", "", 0);
    do_event(k, later, "post", "");
    assert_string_equal(iso(k, reply_of(k, later)), "2026-12-08");
    kit_end(k);
}

static void the_same_again_is_the_same_version(void **state)
{
    (void)state;
    struct kit *k = kit_begin(first, 1, false);
    struct published published = publish_rules(k, rules_of(first, 1), "2026-11-02");
    assert_false(published.pack_new || published.calendar_new);
    assert_int_equal(published.pack, 1);
    assert_int_equal(published.ruleset, 1);
    kit_end(k);
}

static void a_new_calendar_moves_open_dates(void **state)
{
    (void)state;
    struct kit *k = kit_begin(first, 1, false);
    int64_t posted = open_case(k, "letter", "", 0), waiting = open_case(k, "letter", "", 0);
    int64_t closed = open_case(k, "letter", "", 0);
    do_event(k, posted, "post", "");
    do_event(k, closed, "post", "");
    do_event(k, closed, "close", "");
    int64_t events = event_count(k);

    struct published published = publish_rules(k, rules_of(more_holidays, 2), "2026-11-02");
    assert_true(published.calendar_new);
    assert_false(published.pack_new);
    assert_int_equal(published.moved, 1);
    assert_int_equal(event_count(k), events + 1);
    assert_string_equal(iso(k, reply_of(k, posted)), "2026-11-17");
    assert_string_equal(iso(k, reply_of(k, closed)), "2026-11-16");
    assert_string_equal(history(k, posted), "open letter, do post, reckon calendar");
    /* An event after it is decided under the case's own rules and the calendar now in use. */
    struct event_row row;
    ok(event_get(k->store, case_now(k, posted).head, k->arena, &row, &err));
    assert_int_not_equal(row.ruleset, case_now(k, posted).ruleset);
    do_event(k, waiting, "post", "");
    assert_string_equal(iso(k, reply_of(k, waiting)), "2026-11-17");
    verify_clean(k);

    /* A calendar that moves nothing makes no event; and the first one again moves it back. */
    events = event_count(k);
    published = publish_rules(k, rules_of(first, 1), "2026-11-02");
    assert_int_equal(published.moved, 2);
    assert_string_equal(iso(k, reply_of(k, posted)), "2026-11-16");
    assert_int_equal(event_count(k), events + 2);
    published = publish_rules(k, rules_of(far_holidays, 2), "2026-11-02");
    assert_true(published.calendar_new);
    assert_int_equal(published.moved, 0);
    assert_int_equal(event_count(k), events + 2);
    verify_clean(k);
    kit_end(k);
}

/* The due list and the next look of the clock move with the date. */
static void lists_move_with_the_calendar(void **state)
{
    (void)state;
    struct kit *k = kit_begin(first, 1, false);
    int64_t id = open_case(k, "letter", "", 0);
    do_event(k, id, "post", "");
    int64_t before = case_now(k, id).wake;
    publish_rules(k, rules_of(more_holidays, 2), "2026-11-02");
    assert_int_equal(before, at("2026-11-09", 8));
    assert_int_equal(case_now(k, id).wake, at("2026-11-10", 8));
    verify_clean(k);
    kit_end(k);
}

/* Published ahead, it is counted with from its day on: at the next event, or when the clock looks.
 */
static void a_calendar_from_a_later_day(void **state)
{
    (void)state;
    struct kit *k = kit_begin(first, 1, false);
    int64_t id = open_case(k, "letter", "", 0);
    do_event(k, id, "post", "");
    struct published published = publish_rules(k, rules_of(more_holidays, 2), "2026-11-04");
    assert_int_equal(published.moved, 0);
    assert_string_equal(iso(k, reply_of(k, id)), "2026-11-16");
    /* Its reminder of the 9th is a day early by then: the clock looks, tells nobody, and moves it.
     */
    struct sweep_figures figures = sweep_to(k, at("2026-11-09", 9));
    assert_int_equal(figures.refused, 0);
    assert_string_equal(iso(k, reply_of(k, id)), "2026-11-17");
    assert_string_equal(history(k, id), "open letter, do post, clock");
    assert_int_equal(case_now(k, id).wake, at("2026-11-10", 8));
    struct counts counts;
    ok(read_counts(k->store, &counts, &err));
    assert_int_equal(counts.notices_waiting, 0);
    verify_clean(k);
    kit_end(k);
}

static void which_process_is_meant(void **state)
{
    (void)state;
    struct kit *k = kit_begin(first, 1, false);
    assert_int_equal(open_with(k, "town/letter", "", NULL, 0), ERR_NONE);
    assert_string_equal(k->turned.file->process, "letter");
    assert_int_equal(open_with(k, "city/letter", "", NULL, 0), ERR_UNKNOWN);
    assert_int_equal(open_with(k, "leter", "", NULL, 0), ERR_UNKNOWN);
    assert_non_null(strstr(k->turned.err.hint, "letter"));
    kit_end(k);
}

static void nothing_published(void **state)
{
    (void)state;
    struct kit *k = kit_begin(first, 1, false);
    struct store *empty;
    ok(store_open(NULL, STORE_MEMORY, &empty, &err));
    struct world *world = world_new(empty);
    struct request request = { .event = event_of(EVENT_OPEN, "letter", "officer"),
                               .now_ms = now_ms(k), .now_minute = k->minute };
    assert_int_equal(turn_once(world, &request, k->arena, &k->turned), ERR_UNKNOWN);
    assert_non_null(strstr(k->turned.err.text, "nothing is published"));
    assert_non_null(strstr(k->turned.err.hint, "reeve publish"));
    assert_string_equal(world_zone(world, 0), "Europe/London");
    assert_int_equal(world_digest_minute(world, 0), 480);
    world_free(world);
    store_close(empty);
    kit_end(k);
}

/* A rule set made in a transaction that was undone is not kept: its number comes again. */
static void a_rolled_back_version_is_forgotten(void **state)
{
    (void)state;
    struct kit *k = kit_begin(first, 1, false);
    struct published published;
    struct rules *rules = rules_of(shorter, 1);
    const struct ruleset *set;
    ok(store_begin(k->store, &err));
    world_begin(k->world);
    ok(publish(k->world, rules, "x", on("2026-11-01"), now_ms(k), k->minute, &published, &err));
    world_published(k->world);
    ok(world_ruleset_new(k->world, "letter", minute_day(k->minute), &set, &err));
    int64_t gone = set->id;
    store_rollback(k->store);
    world_rolled_back(k->world);
    rules_free(rules);

    publish_rules(k, rules_of(more_holidays, 2), "2026-11-01");
    int64_t id = open_case(k, "letter", "", 0);
    assert_int_equal(case_now(k, id).ruleset, gone);
    do_event(k, id, "post", "");
    assert_string_equal(iso(k, reply_of(k, id)),
                        "2026-11-17"); /* Ten working days, with the holiday. */
    verify_clean(k);
    kit_end(k);
}

/* More versions than a world keeps, all in one list: each case still has its own. */
static void many_versions(void **state)
{
    (void)state;
    enum { VERSIONS = 80 };
    const struct duelist_filter all = { .until = DAY_NONE, .limit = 1000 };
    struct due_line *lines;
    size_t count;
    struct kit *k = kit_begin(first, 1, false);
    for (int i = 0; i < VERSIONS; i++) {
        const char *within = arena_printf(k->arena, "%d days", i + 1);
        const char *text = arena_printf(
            k->arena, "%.*s%s%s", (int)(strstr(first[0].text, "10 working") - first[0].text),
            first[0].text, within, strstr(first[0].text, " after post"));
        struct file file = { "processes/letter.yaml", text };
        publish_rules(k, rules_of(&file, 1), "2026-11-01");
        assert_int_equal(open_case(k, "letter", "", 0), i + 1);
    }
    for (int i = 0; i < VERSIONS; i++) {
        do_event(k, i + 1, "post", "");
        assert_int_equal(reply_of(k, i + 1), on("2026-11-02") + i + 1);
    }
    world_begin(k->world);
    ok(duelist_read(k->world, &all, k->arena, &lines, &count, &err));
    assert_int_equal(count, VERSIONS);
    verify_clean(k);
    kit_end(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_keep_their_version),
        cmocka_unit_test(a_version_from_a_later_day),
        cmocka_unit_test(the_same_again_is_the_same_version),
        cmocka_unit_test(a_new_calendar_moves_open_dates),
        cmocka_unit_test(lists_move_with_the_calendar),
        cmocka_unit_test(a_calendar_from_a_later_day),
        cmocka_unit_test(which_process_is_meant),
        cmocka_unit_test(nothing_published),
        cmocka_unit_test(a_rolled_back_version_is_forgotten),
        cmocka_unit_test(many_versions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
