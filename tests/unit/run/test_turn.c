/* SPDX-License-Identifier: MIT */
#include "kit.h"

static const struct file visits[] = {
    { "parts/child.yaml",
      "part: child\nfields: {child: {type: text, label: Child, required: true}}\n" },
    { "processes/visit.yaml",
      "process: visit\ntitle: A visit\nsubject: child\nuses: [child]\n"
      "opens: {by: officer, asks: [child, 'ends?'], one_per: child}\n"
      "fields:\n"
      "  ends: {type: date, label: Last day}\n"
      "  note: {type: text, label: Note}\n"
      "states:\n"
      "  planned:\n"
      "    title: Planned\n    first: true\n    waiting_for: officer\n"
      "    events:\n"
      "      go: {title: Gone, by: officer, asks: [ends], to: away}\n"
      "      jot: {title: Jotted, by: officer, asks: [note]}\n"
      "      again: {title: Another, by: officer, then: [{open: {process: visit, copy: {child: "
      "child}}}]}\n"
      "      twins: {title: Twins, by: officer, to: over, then: [{open: {process: visit, copy: "
      "{child: child}}}, "
      "{open: {process: visit, copy: {child: child}}}]}\n"
      "      follow: {title: Followed up, by: officer, to: over, then: [{open: {process: call, "
      "copy: {child: child}}}]}\n"
      "  away:\n"
      "    title: Away\n    waiting_for: officer\n"
      "    events:\n"
      "      back: {title: Came back, by: officer, to: over}\n"
      "      run_out: {title: Time is over, by: clock, at: day after ends, to: over, "
      "then: [{open: {process: call, copy: {child: child}}}]}\n"
      "  over: {title: Over, final: true}\n"
      "deadlines:\n"
      "  report: {title: Report, due: 2 weeks after go, met_by: back, owner: officer}\n" },
    { "processes/call.yaml",
      "process: call\ntitle: A call\nsubject: child\nuses: [child]\n"
      "opens: {by: officer, asks: [child], one_per: child}\n"
      "states:\n"
      "  waiting:\n    title: Waiting\n    first: true\n    waiting_for: officer\n"
      "    events: {called: {title: Called, by: officer, to: finished}}\n"
      "  finished: {title: Finished, final: true}\n" },
};

static struct kit *begin(void)
{
    return kit_begin(visits, 3, false);
}

static void owed_first(void **state)
{
    (void)state;
    struct kit *k = begin();
    int64_t id = open_case(k, "visit", "child=C-1", 900001);
    do_event(k, id, "go", "ends=2026-11-04");
    k->minute = at("2026-11-10", 9);
    /* The clock took it out of `away` on the 5th, so nobody comes back on the 10th. */
    assert_int_equal(try_event(k, id, "back", "", NULL), ERR_REFUSED);
    assert_non_null(strstr(k->turned.err.text, "Over"));
    assert_string_equal(history(k, id), "open visit, do go");
    sweep_to(k, k->minute);
    assert_string_equal(history(k, id), "open visit, do go, do run_out");
    assert_string_equal(case_now(k, id).state, "over");
    assert_int_equal(
        casefile_entered(&(struct casefile){ .in = case_now(k, id).in }, "over")->first,
        on("2026-11-05"));
    verify_clean(k);
    kit_end(k);
}

static void owed_first_and_then_accepted(void **state)
{
    (void)state;
    struct kit *k = begin();
    int64_t id = open_case(k, "visit", "child=C-1", 900001);
    do_event(k, id, "go", "ends=2026-12-31");
    k->minute = at("2026-11-17", 9);
    do_event(k, id, "back", "");
    /* Reminded a week before and on the day, missed at the end of the 16th, each at its own
     * instant. */
    assert_string_equal(history(k, id), "open visit, do go, clock, clock, clock, do back");
    assert_int_equal(k->turned.decisions, 4);
    assert_int_equal(casefile_clock(k->turned.file, "report")->status, CLOCK_MET_LATE);
    verify_clean(k);
    kit_end(k);
}

/* Everything that a database holds of cases and what comes of them. */
static struct counts all(struct kit *k)
{
    struct counts counts;
    ok(read_counts(k->store, &counts, &err));
    return counts;
}

static void refusal_writes_nothing(void **state)
{
    (void)state;
    struct kit *k = begin();
    int64_t id = open_case(k, "visit", "child=C-1", 900001);
    do_event(k, id, "go", "ends=2026-11-04");
    k->minute = at("2026-11-10", 9);
    struct counts before = all(k);
    struct casefile file = case_now(k, id);
    static const struct {
        const char *event, *given;
        enum err_code code;
    } refused[] = {
        { "back", "", ERR_REFUSED },           /* After what the clock owes, no longer possible. */
        { "bakc", "", ERR_UNKNOWN },
        { "back", "nonsense=1", ERR_REFUSED }, /* The state is looked at first. */
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_int_equal(try_event(k, id, refused[i].event, refused[i].given, "k1"),
                         refused[i].code);
        struct counts after = all(k);
        assert_memory_equal(&before, &after, sizeof after);
        assert_int_equal(case_now(k, id).head, file.head);
        assert_true(*k->turned.err.text);
    }
    assert_int_equal(open_with(k, "visit", "child=C-1", "k2", 900001), ERR_REFUSED);
    assert_non_null(strstr(k->turned.err.text, "V-26-0001"));
    assert_int_equal(open_with(k, "visit", "", "k3", 900001), ERR_REFUSED);
    assert_int_equal(open_with(k, "vist", "child=C-2", "k4", 900001), ERR_UNKNOWN);
    assert_non_null(strstr(k->turned.err.hint, "visit"));
    struct counts after = all(k);
    assert_memory_equal(&before, &after, sizeof after);
    /* A refused key is free. */
    do_event(k, open_case(k, "visit", "child=C-2", 900001), "go", "ends=2026-12-01");
    assert_int_equal(open_with(k, "visit", "child=C-3", "k3", 900001), ERR_NONE);
    kit_end(k);
}

static void no_such_case(void **state)
{
    (void)state;
    struct kit *k = begin();
    assert_int_equal(try_event(k, 17, "go", "ends=2026-11-04", NULL), ERR_UNKNOWN);
    struct request request = { .ref = "AR-26-0001", .event = event_of(EVENT_DO, "go", "officer"),
                               .now_ms = now_ms(k), .now_minute = k->minute };
    assert_int_equal(turn_once(k->world, &request, k->arena, &k->turned), ERR_UNKNOWN);
    kit_end(k);
}

static void keys_answer_again(void **state)
{
    (void)state;
    struct kit *k = begin();
    assert_int_equal(open_with(k, "visit", "child=C-1", "open-1", 900001), ERR_NONE);
    int64_t id = k->turned.case_id, event = k->turned.event_id;
    assert_false(k->turned.again);
    int64_t events = event_count(k);

    assert_int_equal(open_with(k, "visit", "child=C-1", "open-1", 900001), ERR_NONE);
    assert_true(k->turned.again);
    assert_int_equal(k->turned.case_id, id);
    assert_int_equal(k->turned.event_id, event);
    assert_int_equal(event_count(k), events);
    /* Other content: another child, another school, another process. */
    assert_int_equal(open_with(k, "visit", "child=C-2", "open-1", 900001), ERR_CONFLICT);
    assert_int_equal(open_with(k, "visit", "child=C-1", "open-1", 900002), ERR_CONFLICT);
    assert_int_equal(open_with(k, "call", "child=C-1", "open-1", 900001), ERR_CONFLICT);
    assert_non_null(strstr(k->turned.err.text, "open-1"));

    assert_int_equal(try_event(k, id, "jot", "note=one", "do-1"), ERR_NONE);
    event = k->turned.event_id;
    do_event(k, id, "jot", "note=two");
    k->minute = at("2026-11-05", 9); /* The next day too: what was asked is the same. */
    assert_int_equal(try_event(k, id, "jot", "note=one", "do-1"), ERR_NONE);
    assert_true(k->turned.again);
    assert_int_equal(k->turned.event_id, event);
    assert_string_equal(k->turned.outcome->changed.fields.at[0].value.text, "one");
    assert_string_equal(casefile_field(k->turned.file, "note")->value.text, "two");
    assert_int_equal(try_event(k, id, "jot", "note=three", "do-1"), ERR_CONFLICT);
    assert_int_equal(try_event(k, id, "go", "ends=2026-11-09", "do-1"), ERR_CONFLICT);
    struct event other = event_of(EVENT_DO, "jot", "head");
    give(k->arena, &other, "note=one");
    other.key = "do-1";
    assert_int_equal(act(k, id, other), ERR_CONFLICT);
    assert_int_equal(event_count(k), events + 2);
    /* A key belongs to its case. */
    int64_t second = open_case(k, "visit", "child=C-9", 900001);
    assert_int_equal(try_event(k, second, "jot", "note=elsewhere", "do-1"), ERR_NONE);
    assert_false(k->turned.again);
    kit_end(k);
}

static void old_keys_are_found_in_the_history(void **state)
{
    (void)state;
    struct kit *k = begin();
    assert_int_equal(open_with(k, "visit", "child=C-1", "open-1", 900001), ERR_NONE);
    int64_t id = k->turned.case_id;
    for (int i = 0; i < 90; i++) {
        const char *key = arena_printf(k->arena, "key-%d", i);
        assert_int_equal(try_event(k, id, "jot", arena_printf(k->arena, "note=n%d", i), key),
                         ERR_NONE);
        assert_false(k->turned.again);
    }
    int64_t events = event_count(k);
    assert_int_equal(events, 91);
    for (int i = 0; i < 90; i++) {
        const char *key = arena_printf(k->arena, "key-%d", i);
        assert_int_equal(try_event(k, id, "jot", arena_printf(k->arena, "note=n%d", i), key),
                         ERR_NONE);
        assert_true(k->turned.again);
        assert_int_equal(try_event(k, id, "jot", "note=other", key), ERR_CONFLICT);
    }
    assert_int_equal(open_with(k, "visit", "child=C-1", "open-1", 900001), ERR_NONE);
    assert_true(k->turned.again);
    assert_int_equal(k->turned.case_id, id);
    assert_int_equal(open_with(k, "visit", "child=C-2", "open-1", 900001), ERR_CONFLICT);
    assert_int_equal(event_count(k), events);
    kit_end(k);
}

static void what_if_writes_nothing(void **state)
{
    (void)state;
    struct kit *k = begin();
    int64_t id = open_case(k, "visit", "child=C-1", 900001);
    struct counts before = all(k);
    struct request request = { .case_id = id, .event = event_of(EVENT_DO, "follow", "officer"),
                               .now_ms = now_ms(k), .now_minute = k->minute, .what_if = true };
    assert_int_equal(turn_once(k->world, &request, k->arena, &k->turned), ERR_NONE);
    assert_string_equal(k->turned.file->state, "over");
    assert_int_equal(k->turned.opened_count, 1);
    struct counts after = all(k);
    assert_memory_equal(&before, &after, sizeof after);
    assert_string_equal(case_now(k, id).state, "planned");
    kit_end(k);
}

static void opens_in_the_same_turn(void **state)
{
    (void)state;
    struct kit *k = begin();
    int64_t id = open_case(k, "visit", "child=C-1", 900001);
    do_event(k, id, "follow", "");
    assert_int_equal(k->turned.opened_count, 1);
    struct casefile child = case_now(k, k->turned.opened[0]);
    assert_string_equal(child.process, "call");
    assert_string_equal(casefile_field(&child, "child")->value.text, "C-1");
    assert_int_equal(child.school, 900001);
    assert_int_equal(child.in.links.at[0].case_id, id);
    struct casefile parent = case_now(k, id);
    assert_int_equal(parent.in.links.at[0].case_id, child.id);
    /* The event that opened it is on record with it. */
    struct event_row *rows;
    size_t count;
    ok(case_history(k->store, child.id, k->arena, &rows, &count, &err));
    assert_int_equal(rows[0].cause, parent.head);
    verify_clean(k);
    kit_end(k);
}

static void a_refused_open_refuses_the_turn(void **state)
{
    (void)state;
    struct kit *k = begin();
    int64_t id = open_case(k, "visit", "child=C-1", 900001);
    int64_t other = open_case(k, "visit", "child=C-2", 900001);
    do_event(k, id, "again", "");
    struct counts before = all(k);
    assert_int_equal(try_event(k, id, "again", "", NULL), ERR_REFUSED);
    assert_non_null(strstr(k->turned.err.text, "it opens visit"));
    assert_non_null(strstr(k->turned.err.text, "V-26-0003"));
    /* Two of one child in one turn: the first is open by then. */
    assert_int_equal(try_event(k, other, "twins", "", NULL), ERR_REFUSED);
    struct counts after = all(k);
    assert_memory_equal(&before, &after, sizeof after);
    kit_end(k);
}

/* A visit that takes long holds up neither the next nor the one after that. */
static void one_follows_on_another(void **state)
{
    (void)state;
    struct kit *k = begin();
    int64_t first = open_case(k, "visit", "child=C-1", 900001);
    do_event(k, first, "again", "");
    int64_t second = k->turned.opened[0];
    do_event(k, second, "again", "");
    assert_int_equal(k->turned.opened_count, 1);
    assert_true(case_now(k, first).open && case_now(k, second).open);
    assert_int_equal(try_event(k, first, "again", "", NULL), ERR_REFUSED);
    assert_int_equal(try_event(k, second, "again", "", NULL), ERR_REFUSED);
    verify_clean(k);
    kit_end(k);
}

/* What happens by itself and cannot does not block the case: it is taken back, and remarked. */
static void a_refused_open_of_the_clock_is_remarked(void **state)
{
    (void)state;
    struct kit *k = begin();
    int64_t id = open_case(k, "visit", "child=C-1", 900001);
    int64_t call = open_case(k, "call", "child=C-1", 900001);
    do_event(k, id, "go", "ends=2026-11-04");
    struct sweep_figures figures = sweep_to(k, at("2026-11-06", 9));
    assert_int_equal(figures.refused, 0);
    assert_string_equal(history(k, id), "open visit, do go, do run_out refused");
    struct casefile file = case_now(k, id);
    assert_string_equal(file.state, "away");
    assert_int_equal(file.in.remarks.count, 1);
    assert_non_null(strstr(file.in.remarks.at[0].text, "A call is open already for C-1"));
    /* It is not tried for ever; and people can go on. */
    assert_int_equal(sweep_to(k, at("2026-11-07", 9)).events, 0);
    do_event(k, call, "called", "");
    do_event(k, id, "back", "");
    assert_string_equal(case_now(k, id).state, "over");
    verify_clean(k);
    kit_end(k);
}

static void the_clock_tries_again_after_a_change(void **state)
{
    (void)state;
    struct kit *k = begin();
    int64_t id = open_case(k, "visit", "child=C-1", 900001);
    int64_t call = open_case(k, "call", "child=C-1", 900001);
    do_event(k, id, "go", "ends=2026-11-04");
    sweep_to(k, at("2026-11-06", 9));
    do_event(k, call, "called", "");
    struct event named = event_of(EVENT_NAME, "caseworker", "officer");
    named.by = "Kim";
    assert_int_equal(act(k, id, named), ERR_NONE);
    sweep_to(k, at("2026-11-06", 10));
    assert_string_equal(case_now(k, id).state, "over");
    assert_int_equal(case_now(k, id).in.remarks.count, 0);
    verify_clean(k);
    kit_end(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(owed_first),
        cmocka_unit_test(owed_first_and_then_accepted),
        cmocka_unit_test(refusal_writes_nothing),
        cmocka_unit_test(no_such_case),
        cmocka_unit_test(keys_answer_again),
        cmocka_unit_test(old_keys_are_found_in_the_history),
        cmocka_unit_test(what_if_writes_nothing),
        cmocka_unit_test(opens_in_the_same_turn),
        cmocka_unit_test(a_refused_open_refuses_the_turn),
        cmocka_unit_test(one_follows_on_another),
        cmocka_unit_test(a_refused_open_of_the_clock_is_remarked),
        cmocka_unit_test(the_clock_tries_again_after_a_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
