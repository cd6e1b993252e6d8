/* SPDX-License-Identifier: MIT */
/* What an event sees of other cases, and what it does to each of them. */
#include "kit.h"

static const char placing[] =
    "process: placing\ntitle: A placing\nopens: {by: officer, asks: [child, hours], "
    "one_per: child}\n"
    "fields:\n  child: {type: text, label: The child, personal: true}\n"
    "  hours: {type: hours, label: Hours}\n"
    "states:\n"
    "  begun: {title: Begun, first: true, events: {set_off: {title: Set off, by: officer, to: "
    "under_way}}}\n"
    "  under_way: {title: Under way, events: {stop: {title: Stopped, by: officer, to: over}, "
    "told: {title: Told, by: link}}}\n"
    "  over: {title: Over, final: true}\n";
static const char counting[] =
    "process: counting\ntitle: A count\nopens: {by: officer, asks: [\"child?\", at_open]}\n"
    "fields:\n"
    "  child: {type: text, label: Whom}\n"
    "  here: {type: cases, label: Here, of: placing, at: same school, in: [under_way], "
    "keep: [child, hours]}\n"
    "  everywhere: {type: cases, label: Everywhere, of: placing, at: anywhere}\n"
    "  ended: {type: cases, label: Ended, of: placing, at: anywhere, in: [over]}\n"
    "  own: {type: cases, label: Own, of: placing, at: same child, keep: [hours]}\n"
    "  mine: {type: cases, label: Mine, of: visit, at: children}\n"
    "  at_open: {type: cases, label: At the opening, of: counting, at: same school}\n"
    "  sum: {type: hours, label: Sum, is: 'total(here, \"hours\")'}\n"
    "checklists:\n  papers: {title: Papers, each: {by: officer, asks: [here]}, "
    "items: {one: {title: One}}, more: {by: officer, title: Another}}\n"
    "states:\n"
    "  begun:\n"
    "    title: Begun\n"
    "    first: true\n"
    "    events:\n"
    "      look: {title: Looked, by: officer, asks: [here, everywhere, ended, own, mine]}\n"
    "      tell: {title: Told them, by: officer, asks: [everywhere], "
    "then: [{signal: {to: everywhere, event: told}}]}\n"
    "      visit_all: {title: Visits, by: officer, asks: [here], then: [{open: {process: visit, "
    "for: each row of here, copy: {whom: case, hours: hours, by: child}, with: {note: yes}}}]}\n"
    "      whose: {title: Whose, by: officer, asks: [child, own]}\n"
    "      nil_only: {title: Nothing here, by: officer, asks: [here], only_if: count(here) == 0}\n";
static const char visit[] = "process: visit\ntitle: A visit\nopens: {by: officer, asks: [whom]}\n"
                            "fields:\n  whom: {type: text, label: Whom}\n"
                            "  hours: {type: hours, label: Hours}\n"
                            "  by: {type: text, label: By, personal: true}\n"
                            "  note: {type: text, label: Note}\n"
                            "states:\n  made: {title: Made, first: true, events: {"
                            "stop: {title: Stopped, by: officer, to: over}}}\n"
                            "  over: {title: Over, final: true}\n";

static const struct file files[] = {
    { "processes/placing.yaml", placing },
    { "processes/visit.yaml", visit },
    { "processes/counting.yaml", counting },
};
#define FILES files, sizeof files / sizeof *files

static const char *shown(struct kit *k, int64_t id, const char *field)
{
    struct casefile file = case_now(k, id);
    const struct field_entry *entry = casefile_field(&file, field);
    struct buf text = buf_in(k->arena);
    if (!entry)
        return "not known";
    assert_int_equal(entry->value.kind, VALUE_ROWS);
    json_write(entry->value.tree, &text);
    return buf_text(&text);
}

/* P-1 at 900001 under way with 5 hours, P-2 there begun, P-3 at 900002 under way, P-4 over. */
static struct kit *begin(void)
{
    struct kit *k = kit_begin(FILES, false);
    open_case(k, "placing", "child=C-1 hours=5", 900001);
    open_case(k, "placing", "child=C-2 hours=6", 900001);
    open_case(k, "placing", "child=C-3 hours=7.5", 900002);
    open_case(k, "placing", "child=C-4 hours=8", 900001);
    do_event(k, 1, "set_off", "");
    do_event(k, 3, "set_off", "");
    do_event(k, 4, "set_off", "");
    do_event(k, 4, "stop", "");
    return k;
}

static void what_is_seen(void **state)
{
    (void)state;
    struct kit *k = begin();
    int64_t id = open_case(k, "counting", "child=C-2", 900001);
    assert_string_equal(shown(k, id, "at_open"), "[]");
    assert_string_equal(shown(k, id, "here"), "not known");
    do_event(k, id, "look", "");
    assert_string_equal(shown(k, id, "here"), "[{\"case\":\"P-26-0001\",\"child\":\"C-1\","
                                              "\"hours\":5,\"state\":\"under_way\"}]");
    assert_non_null(strstr(shown(k, id, "everywhere"), "0001"));
    assert_non_null(strstr(shown(k, id, "everywhere"), "0003"));
    assert_null(strstr(shown(k, id, "everywhere"), "0004"));
    assert_non_null(strstr(shown(k, id, "ended"), "0004"));
    assert_null(strstr(shown(k, id, "ended"), "0001"));
    assert_non_null(strstr(shown(k, id, "own"), "\"hours\":6"));
    assert_string_equal(shown(k, id, "mine"), "[]");
    struct casefile file = case_now(k, id);
    assert_int_equal(casefile_field(&file, "sum")->value.number, 5 * DECIMAL_ONE);
    /* A second one sees the first as it is opened; the authority's sees no school's. */
    id = open_case(k, "counting", "", 900001);
    assert_non_null(strstr(shown(k, id, "at_open"), "\"case\":\"C-26-0005\""));
    id = open_case(k, "counting", "", 0);
    assert_string_equal(shown(k, id, "at_open"), "[]");
    /* Whose child it is is not known, so what is asked is missing. */
    assert_int_equal(try_event(k, id, "look", "", NULL), ERR_REFUSED);
    assert_non_null(strstr(k->turned.err.text, "'Own' is missing"));
    kit_end(k);
}

/* The event keeps what was seen, whatever became of the others; and is answered again as it was. */
static void seen_once(void **state)
{
    (void)state;
    struct kit *k = begin();
    int64_t id = open_case(k, "counting", "", 900002);
    assert_int_equal(try_event(k, id, "nil_only", "", NULL), ERR_REFUSED);
    do_event(k, 3, "stop", "");
    assert_int_equal(try_event(k, id, "nil_only", "", "key-1"), ERR_NONE);
    open_case(k, "placing", "child=C-9 hours=1", 900002);
    do_event(k, k->turned.case_id, "set_off", "");
    assert_int_equal(try_event(k, id, "nil_only", "", "key-1"), ERR_NONE);
    assert_true(k->turned.again);
    assert_string_equal(shown(k, id, "here"), "[]");
    /* Also when the key is found in the history alone. */
    for (int i = 0; i < 70; i++)
        assert_int_equal(try_event(k, id, "tell", "",
                                   arena_printf(k->arena, "more-%d", i)), ERR_NONE);
    assert_int_equal(try_event(k, id, "nil_only", "", "key-1"), ERR_NONE);
    assert_true(k->turned.again);
    verify_clean(k);
    kit_end(k);
}

/* The child is looked for as the case will hold it, not as it was typed. */
static void the_child_as_kept(void **state)
{
    (void)state;
    struct kit *k = begin();
    int64_t id = open_case(k, "counting", "", 900001);
    const struct given given = { "child", json_new_text(k->arena, " C-2") };
    struct event event = event_of(EVENT_DO, "whose", "officer");
    event.given = &given;
    event.given_count = 1;
    assert_int_equal(act(k, id, event), ERR_NONE);
    assert_non_null(strstr(shown(k, id, "own"), "P-26-0002"));
    kit_end(k);
}

/* An item asks as an event does; one that was added to the case, as its list's others. */
static void items_ask_too(void **state)
{
    (void)state;
    struct kit *k = begin();
    static const char *const items[] = { "papers.one", "papers.more1" };
    for (size_t i = 0; i < 2; i++) {
        int64_t id = open_case(k, "counting", "", 900001);
        struct event add = event_of(EVENT_ITEM, "papers", "officer");
        add.act = "add";
        add.why = "A further paper";
        assert_int_equal(act(k, id, add), ERR_NONE);
        struct event done = event_of(EVENT_ITEM, items[i], "officer");
        done.act = "done";
        if (act(k, id, done))
            fail_msg("%s: %s", items[i], k->turned.err.text);
        assert_non_null(strstr(shown(k, id, "here"), "P-26-0001"));
    }
    kit_end(k);
}

static void nobody_types_them(void **state)
{
    (void)state;
    struct kit *k = begin();
    int64_t id = open_case(k, "counting", "", 900001);
    assert_int_equal(try_event(k, id, "look", "here=x", NULL), ERR_INPUT);
    assert_non_null(strstr(k->turned.err.text, "'Here' (here) is looked up, not typed"));
    assert_int_equal(try_event(k, 1, "told", "", NULL), ERR_FORBIDDEN);
    assert_non_null(strstr(k->turned.err.text, "it comes from another case"));
    kit_end(k);
}

static void each_is_told(void **state)
{
    (void)state;
    struct kit *k = begin();
    int64_t id = open_case(k, "counting", "", 900001);
    do_event(k, id, "tell", "");
    assert_string_equal(history(k, 1), "open placing, do set_off, signal told");
    assert_string_equal(history(k, 3), "open placing, do set_off, signal told");
    struct casefile file = case_now(k, id);
    assert_int_equal(file.in.remarks.count, 1); /* The second is not under way. */
    assert_non_null(strstr(file.in.remarks.at[0].text, "'told' was sent to P-26-0002 on "));
    assert_int_equal(case_now(k, 1).in.links.count, 0);
    verify_clean(k);
    kit_end(k);
}

static void one_for_each(void **state)
{
    (void)state;
    struct kit *k = begin();
    do_event(k, 2, "set_off", "");
    int64_t id = open_case(k, "counting", "", 900001);
    do_event(k, id, "visit_all", "");
    assert_int_equal(k->turned.opened_count, 2);
    struct casefile first = case_now(k, k->turned.opened[0]);
    struct casefile second = case_now(k, k->turned.opened[1]);
    assert_string_equal(casefile_field(&first, "whom")->value.text, "P-26-0001");
    assert_string_equal(casefile_field(&first, "by")->value.text, "C-1");
    assert_int_equal(casefile_field(&first, "hours")->value.number, 5 * DECIMAL_ONE);
    assert_string_equal(casefile_field(&second, "whom")->value.text, "P-26-0002");
    assert_string_equal(casefile_field(&second, "note")->value.text, "yes");
    assert_int_equal(case_now(k, id).in.links.count, 2);
    assert_int_equal(first.in.links.at[0].case_id, id);
    verify_clean(k);
    kit_end(k);
}

/* More than one event may lead to: refused whole. */
static void too_many(void **state)
{
    (void)state;
    struct kit *k = kit_begin(FILES, false);
    for (int i = 0; i < TURN_DECISIONS + 1; i++) {
        int64_t one = open_case(k, "placing", arena_printf(k->arena, "child=C-%d hours=1", i),
                                900001);
        do_event(k, one, "set_off", "");
    }
    int64_t id = open_case(k, "counting", "", 900001), before = event_count(k);
    assert_int_equal(try_event(k, id, "visit_all", "", NULL), ERR_LIMIT);
    assert_int_equal(event_count(k), before);
    kit_end(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_seen),   cmocka_unit_test(seen_once),
        cmocka_unit_test(nobody_types_them), cmocka_unit_test(each_is_told),
        cmocka_unit_test(one_for_each),   cmocka_unit_test(too_many),
        cmocka_unit_test(items_ask_too), cmocka_unit_test(the_child_as_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
