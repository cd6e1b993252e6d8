/* SPDX-License-Identifier: MIT */
/* What may be done now, and why not: the same answers as deciding, without doing it. */
#include "kit.h"

#include "engine/core/possible.h"

static const char *listed(struct kit *k, const char *date, const char *as)
{
    struct event what = kit_event(k, EVENT_DO, date, NULL, as, "");
    const struct decide_in in = kit_in(k, &what);
    struct possible_event *events;
    size_t count = possible(&in, k->arena, &events);
    struct buf text = buf_in(k->arena);
    for (size_t i = 0; i < count; i++)
        buf_printf(&text, "%s%s %s%s%s", i ? "\n" : "", events[i].rule->name,
                   events[i].allowed ? "yours" : "theirs", events[i].refused ? ": " : "",
                   events[i].refused ? events[i].why : "");
    return buf_text(&text);
}

static void test_buttons_and_their_reasons(void **unused)
{
    (void)unused;
    struct kit *k = kit_new();
    field(k, "meeting", FIELD_DATE, "Date of the meeting");
    field(k, "big", FIELD_YES_NO, "Is it big?");
    struct checklist *papers = checklist(k, "papers");
    item(k, papers, "views", "The family's views", "family");
    event(k, "begun", "arrange", "senco", "meeting big?", NULL)->only_if = when_(k, "big");
    struct event_rule *hold = event(k, "begun", "hold", "head", "", "over");
    hold->dated = "meeting";
    hold->needs = words(k, "papers");
    event(k, "begun", "weigh", "officer", "", NULL)->only_if = when_(k, "big");
    event(k, "begun", "told", "link", "", NULL);
    opened(k, "2026-09-01", "");
    /* What `arrange` asks itself is not in its way. */
    assert_string_equal(listed(k, "2026-09-02", "senco"),
                        "arrange yours\n"
                        "hold theirs: 'The family's views' is missing\n"
                        "weigh theirs: 'Is it big?' is not known");
    DONE(k, item_act(k, "2026-09-02", "papers.views", "done", "family", NULL));
    did(k, "2026-09-02", "arrange", "meeting=2026-09-10 big=yes");
    assert_string_equal(listed(k, "2026-09-09", "head"),
                        "arrange theirs\nhold yours: 'Date of the meeting' is in the future, Thu "
                        "10 Sep 2026\nweigh theirs");
    assert_string_equal(listed(k, "2026-09-10", "officer"),
                        "arrange theirs\nhold theirs\nweigh yours");
    DONE(k, try_as(k, "2026-09-10", "hold", "head", ""));
    assert_string_equal(listed(k, "2026-09-10", "senco"), "");
    kit_free(k);
}

static void test_looking_changes_nothing(void **unused)
{
    (void)unused;
    struct kit *k = kit_new();
    event(k, "begun", "go", "senco", "", "over");
    opened(k, "2026-09-01", "");
    struct buf before = buf_in(k->arena), after = buf_in(k->arena);
    casefile_encode(&k->file, &before);
    assert_string_equal(listed(k, "2026-09-02", "senco"), "go yours");
    casefile_encode(&k->file, &after);
    assert_string_equal(buf_text(&before), buf_text(&after));
    STATE(k, "begun");
    kit_free(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_buttons_and_their_reasons),
        cmocka_unit_test(test_looking_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
