/* SPDX-License-Identifier: MIT */
/* Checklists with their items, and who holds the case. */
#include "kit.h"

/* Advice to be asked for, and an event that needs it. */
static struct kit *advice(void)
{
    struct kit *k = kit_new();
    field(k, "hearing", FIELD_YES_NO, "Hard of hearing?");
    field(k, "note", FIELD_TEXT, "A note");
    struct checklist *list = checklist(k, "advice");
    item(k, list, "school", "The school", "head");
    item(k, list, "ep", "The psychologist", "officer");
    item(k, list, "ears", "The teacher for hearing", "officer")->only_if = when_(k, "hearing");
    item(k, list, "extra", "What is nice to have", NULL)->required = false;
    event(k, "begun", "say", "senco", "hearing?", NULL);
    event(k, "begun", "decide", "senco", "", "over")->needs = words(k, "advice");
    return k;
}

static void test_items_are_asked_done_and_undone(void **unused)
{
    (void)unused;
    struct kit *k = advice();
    opened(k, "2026-09-01", "");
    REFUSED(k, item_act(k, "2026-09-02", "advise.ep", "done", "officer", NULL), ERR_UNKNOWN,
            "no checklist 'advise'");
    REFUSED(k, item_act(k, "2026-09-02", "advice.epp", "done", "officer", NULL), ERR_UNKNOWN,
            "no item 'epp'");
    assert_string_equal(k->err.hint, "did you mean 'ep'?");
    REFUSED(k, item_act(k, "2026-09-02", "advice.ep", "did", "officer", NULL), ERR_INPUT,
            "not 'did'");
    REFUSED(k, item_act(k, "2026-09-02", "advice.ep", "undone", "officer", NULL), ERR_REFUSED,
            "is not done");
    REFUSED(k, item_act(k, "2026-09-02", "advice.ep", "na", "officer", NULL), ERR_INPUT, "why");
    DONE(k, item_act(k, "2026-09-02", "advice.ep", "asked", "officer", NULL));
    DONE(k, item_act(k, "2026-09-03", "advice.ep", "done", "officer", NULL));
    const struct item *ep = casefile_item(&k->file, "advice", "ep");
    assert_int_equal(ep->asked, on("2026-09-02"));
    assert_int_equal(ep->done, on("2026-09-03"));
    DONE(k, item_act(k, "2026-09-04", "advice.ep", "undone", "officer", NULL));
    assert_int_equal(casefile_item(&k->file, "advice", "ep")->done, DAY_NONE);
    DONE(k, item_act(k, "2026-09-04", "advice.ep", "na", "officer", "there is old advice"));
    ep = casefile_item(&k->file, "advice", "ep");
    assert_true(ep->na);
    assert_string_equal(ep->why, "there is old advice");
    kit_free(k);
}

static void test_who_may_record_an_item(void **unused)
{
    (void)unused;
    struct kit *k = advice();
    opened(k, "2026-09-01", "");
    DONE(k, item_act(k, "2026-09-02", "advice.school", "done", "head", NULL));    /* Whose it is, */
    DONE(k, item_act(k, "2026-09-02", "advice.school", "done", "senco", NULL)); /* who needs it, */
    DONE(k,
         item_act(k, "2026-09-02", "advice.school", "done", "officer", NULL)); /* the authority, */
    REFUSED(k, item_act(k, "2026-09-02", "advice.school", "done", "family", NULL), ERR_FORBIDDEN,
            "Parent or carer may not"); /* and nobody else. */
    assert_string_equal(k->err.hint, "those who may: Head teacher or SENCO");
    kit_free(k);
}

static void test_all_required_ones_are_needed(void **unused)
{
    (void)unused;
    struct kit *k = advice();
    opened(k, "2026-09-01", "");
    REFUSED(k, try_(k, "2026-09-02", "decide", ""), ERR_REFUSED,
            "'The school' is missing; 'The psychologist' is missing; 'The teacher for hearing' is "
            "missing (or say 'Hard of hearing?', if it does not apply)");
    assert_null(strstr(k->err.text, "nice to have"));
    did(k, "2026-09-02", "say", "hearing=yes");
    DONE(k, item_act(k, "2026-09-02", "advice.school", "done", "head", NULL));
    DONE(k, item_act(k, "2026-09-02", "advice.ep", "na", "officer", "old advice stands"));
    REFUSED(k, try_(k, "2026-09-02", "decide", ""), ERR_REFUSED,
            "'decide' cannot be done: 'The teacher for hearing' is missing");
    did(k, "2026-09-02", "say", "hearing=no");
    did(k, "2026-09-02", "decide", "");
    STATE(k, "over");
    REFUSED(k, item_act(k, "2026-09-03", "advice.school", "done", "head", NULL), ERR_REFUSED,
            "closed");
    kit_free(k);
}

static void test_enough(void **unused)
{
    (void)unused;
    struct kit *k = advice();
    k->checklists[0].enough = ENOUGH_AT_LEAST;
    k->checklists[0].at_least = 2;
    opened(k, "2026-09-01", "");
    DONE(k, item_act(k, "2026-09-02", "advice.school", "done", "head", NULL));
    REFUSED(k, try_(k, "2026-09-02", "decide", ""), ERR_REFUSED,
            "'advice' needs at least 2 and has 1");
    DONE(k,
         item_act(k, "2026-09-02", "advice.ep", "na", "officer", "old")); /* Not one that came. */
    REFUSED(k, try_(k, "2026-09-02", "decide", ""), ERR_REFUSED,
            "'advice' needs at least 2 and has 1");
    DONE(k, item_act(k, "2026-09-02", "advice.extra", "done", "officer", NULL));
    did(k, "2026-09-02", "decide", "");
    kit_free(k);

    k = advice();
    k->checklists[0].enough = ENOUGH_LUA;
    k->checklists[0].enough_if = when_(k, "hearing");
    opened(k, "2026-09-01", "");
    REFUSED(k, try_(k, "2026-09-02", "decide", ""), ERR_REFUSED,
            "'advice' is not enough yet: Hard of hearing? is not known");
    did(k, "2026-09-02", "say", "hearing=yes");
    did(k, "2026-09-02", "decide", "");
    kit_free(k);
}

static void test_a_single_item_is_needed(void **unused)
{
    (void)unused;
    struct kit *k = advice();
    event(k, "begun", "meet", "senco", "", NULL)->needs = words(k, "advice.ep advice.ears");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-02", "say", "hearing=no");
    REFUSED(k, try_(k, "2026-09-02", "meet", ""), ERR_REFUSED,
            "'meet' cannot be done: 'The psychologist' is missing");
    DONE(k, item_act(k, "2026-09-02", "advice.ep", "done", "officer", NULL));
    did(k, "2026-09-02", "meet", "");
    kit_free(k);
}

static void test_an_item_asks_what_it_needs_to_know(void **unused)
{
    (void)unused;
    struct kit *k = advice();
    struct ask ask = { "note", false };
    k->items[0][1].asks = &ask;
    k->items[0][1].ask_count = 1;
    opened(k, "2026-09-01", "");
    REFUSED(k, item_act(k, "2026-09-02", "advice.ep", "done", "officer", NULL), ERR_REFUSED,
            "'A note' is missing");
    struct event done = kit_event(k, EVENT_ITEM, "2026-09-02", "advice.ep", "officer", "note=seen");
    done.act = "done";
    done.file = "report.pdf";
    DONE(k, act_(k, &done));
    assert_string_equal(value_of_(k, "note"), "seen");
    assert_string_equal(casefile_item(&k->file, "advice", "ep")->proof, "report.pdf");
    kit_free(k);
}

static struct kit *clocked(void)
{
    struct kit *k = advice();
    static struct anchor own_asked = { .kind = ANCHOR_ASKED };
    struct moment *asked = (struct moment *)(uintptr_t)anchor(k, ANCHOR_ASKED, NULL);
    asked->anchor = own_asked;
    const struct moment *due = counted(k, MOMENT_AFTER, 6, UNIT_WEEK, asked);
    struct deadline *ep = deadline(k, "advice.ep", due, NULL);
    ep->list = "advice";
    ep->item = "ep";
    struct deadline *more = ARENA_NEW(k->arena, struct deadline);
    struct item_rule *pattern = ARENA_NEW(k->arena, struct item_rule);
    *more = *ep;
    more->name = "advice.more";
    more->item = NULL;
    *pattern = (struct item_rule){ .name = "more", .title = "Somebody else", .by = "officer",
                                   .clock = more, .required = true };
    k->checklists[0].more = pattern;
    k->checklists[0].more_by = "officer";
    return k;
}

static void test_the_clock_of_an_item(void **unused)
{
    (void)unused;
    struct kit *k = clocked();
    opened(k, "2026-09-01", "");
    DONE(k, item_act(k, "2026-09-01", "advice.ep", "asked", "officer", NULL));
    CLOCK(k, "advice.ep", "running 2026-10-13");
    DONE(k, item_act(k, "2026-10-13", "advice.ep", "done", "officer", NULL));
    CLOCK(k, "advice.ep", "met 2026-10-13");
    DONE(k, item_act(k, "2026-10-14", "advice.ep", "undone", "officer", NULL));
    CLOCK(k, "advice.ep", "missed 2026-10-13");
    DONE(k, item_act(k, "2026-10-14", "advice.ep", "na", "officer", "old advice"));
    CLOCK(k, "advice.ep", "cancelled 2026-10-13");
    DONE(k, item_act(k, "2026-10-15", "advice.ep", "undone", "officer", NULL));
    CLOCK(k, "advice.ep", "missed 2026-10-13");
    DONE(k, item_act(k, "2026-10-15", "advice.ep", "done", "officer", NULL));
    CLOCK(k, "advice.ep", "met late 2026-10-13");
    DONE(k, item_act(k, "2026-10-20", "advice.ep", "asked", "officer", NULL)); /* Asked again. */
    CLOCK(k, "advice.ep", "running 2026-12-01 round 2");
    kit_free(k);
}

static void test_items_added_to_a_case(void **unused)
{
    (void)unused;
    struct kit *k = clocked();
    opened(k, "2026-09-01", "");
    REFUSED(k, item_act(k, "2026-09-01", "advice", "add", "senco", "The doctor"), ERR_FORBIDDEN,
            "SENCO may not");
    REFUSED(k, item_act(k, "2026-09-01", "advice", "add", "officer", ""), ERR_INPUT, "missing");
    DONE(k, item_act(k, "2026-09-01", "advice", "add", "officer", "The doctor"));
    DONE(k, item_act(k, "2026-09-01", "advice", "add", "officer", "The nurse"));
    assert_string_equal(casefile_item(&k->file, "advice", "more2")->title, "The nurse");
    CLOCK(k, "advice.more1", "none");
    DONE(k, item_act(k, "2026-09-01", "advice.more1", "asked", "officer", NULL));
    CLOCK(k, "advice.more1", "running 2026-10-13");
    CLOCK(k, "advice.more2", "none");
    REFUSED(k, try_(k, "2026-09-02", "decide", ""), ERR_REFUSED,
            "'The doctor' is missing; 'The nurse' is missing");
    DONE(k, item_act(k, "2026-10-14", "advice.more1", "done", "officer", NULL));
    CLOCK(k, "advice.more1", "met late 2026-10-13");
    kit_free(k);
}

/* Its own day and owner; the law's weeks bind where they are sooner. */
static void test_an_added_item_has_a_day_of_its_own(void **unused)
{
    (void)unused;
    struct kit *k = clocked();
    opened(k, "2026-09-01", "");
    struct event what = kit_event(k, EVENT_ITEM, "2026-09-01", "advice", "officer",
                                  "due=2026-09-20");
    what.act = "add";
    what.why = "The doctor";
    what.by = "senco";
    DONE(k, act_(k, &what));
    CLOCK(k, "advice.more1", "running 2026-09-20");
    DONE(k, item_act(k, "2026-09-02", "advice.more1", "asked", "officer", NULL));
    CLOCK(k, "advice.more1", "running 2026-09-20");
    DONE(k, item_act(k, "2026-09-21", "advice.more1", "done", "senco", NULL));
    CLOCK(k, "advice.more1", "met late 2026-09-20");

    what.given = kit_event(k, EVENT_ITEM, "2026-09-21", "advice", "officer",
                           "due=2026-08-01").given;
    what.on = what.today = on("2026-09-21");
    REFUSED(k, act_(k, &what), ERR_INPUT, "Due: Sat 1 Aug 2026 has passed already");
    what.given = kit_event(k, EVENT_ITEM, "2026-09-21", "advice", "officer", "doe=x").given;
    REFUSED(k, act_(k, &what), ERR_INPUT, "'doe' is not asked here: only 'due' is");

    struct deadline *like = (struct deadline *)k->checklists[0].more->clock;
    like->statutory = true;
    what.given = kit_event(k, EVENT_ITEM, "2026-09-21", "advice", "officer",
                           "due=2027-03-01").given;
    DONE(k, act_(k, &what));
    CLOCK(k, "advice.more2", "running 2027-03-01");
    DONE(k, item_act(k, "2026-09-21", "advice.more2", "asked", "officer", NULL));
    CLOCK(k, "advice.more2", "running 2026-11-02"); /* Six weeks. */
    kit_free(k);
}

static void test_a_deadline_met_by_a_list(void **unused)
{
    (void)unused;
    struct kit *k = advice();
    field(k, "meeting", FIELD_DATE, "Meeting");
    event(k, "begun", "arrange", "senco", "meeting", NULL);
    met_by(deadline(k, "circulate",
                    counted(k, MOMENT_BEFORE, 2, UNIT_WEEK, anchor(k, ANCHOR_FIELD, "meeting")),
                    NULL),
           MET_CHECKLIST, "advice", NULL);
    met_by(deadline(k, "psychology",
                    counted(k, MOMENT_BEFORE, 2, UNIT_WEEK, anchor(k, ANCHOR_FIELD, "meeting")),
                    NULL),
           MET_ITEM, "advice", "ep");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "say", "hearing=no");
    did(k, "2026-09-01", "arrange", "meeting=2026-10-20");
    DONE(k, item_act(k, "2026-09-02", "advice.ep", "done", "officer", NULL));
    CLOCK(k, "circulate", "running 2026-10-06");
    CLOCK(k, "psychology", "met 2026-10-06");
    DONE(k, item_act(k, "2026-10-07", "advice.school", "done", "head", NULL));
    CLOCK(k, "circulate", "met late 2026-10-06");
    DONE(k, item_act(k, "2026-10-08", "advice.ep", "undone", "officer", NULL));
    CLOCK(k, "circulate", "missed 2026-10-06");
    CLOCK(k, "psychology", "missed 2026-10-06");
    kit_free(k);
}

static void test_naming_who_holds_the_case(void **unused)
{
    (void)unused;
    struct kit *k = kit_new();
    opened(k, "2026-09-01", "");
    struct event what = kit_event(k, EVENT_NAME, "2026-09-02", "oficer", "officer", "");
    what.person = 7;
    REFUSED(k, act_(k, &what), ERR_UNKNOWN, "no role 'oficer'");
    what.name = "officer";
    what.role = "family";
    REFUSED(k, act_(k, &what), ERR_FORBIDDEN, "Parent or carer may not");
    what.role = "officer";
    DONE(k, act_(k, &what));
    assert_int_equal(casefile_party(&k->file, "officer")->person, 7);
    what.person = 0;
    what.by = "A. Person";
    DONE(k, act_(k, &what));
    assert_string_equal(casefile_party(&k->file, "officer")->text, "A. Person");
    what.by = NULL;
    DONE(k, act_(k, &what));
    assert_null(casefile_party(&k->file, "officer"));
    kit_free(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_items_are_asked_done_and_undone),
        cmocka_unit_test(test_who_may_record_an_item),
        cmocka_unit_test(test_all_required_ones_are_needed),
        cmocka_unit_test(test_enough),
        cmocka_unit_test(test_a_single_item_is_needed),
        cmocka_unit_test(test_an_item_asks_what_it_needs_to_know),
        cmocka_unit_test(test_the_clock_of_an_item),
        cmocka_unit_test(test_items_added_to_a_case),
        cmocka_unit_test(test_an_added_item_has_a_day_of_its_own),
        cmocka_unit_test(test_a_deadline_met_by_a_list),
        cmocka_unit_test(test_naming_who_holds_the_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
