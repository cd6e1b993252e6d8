/* SPDX-License-Identifier: MIT */
/* Consents: what they cover waits for them; given, refused, withdrawn, lapsed and run out. */
#include "kit.h"

/* Hours that change only with the family's word, until a last day. */
static struct kit *agreement(void)
{
    struct kit *k = kit_new();
    state(k, "withdrawn");
    field(k, "ends", FIELD_DATE, "Last day");
    field(k, "looked_after", FIELD_YES_NO, "Looked after");
    struct consent_rule *family = consent(k, "agreed", "family", "ends");
    family->until = anchor(k, ANCHOR_FIELD, "ends");
    family->answer_limited = true;
    family->answer_within = (struct length){ 2, UNIT_WEEK };
    family->withdrawn_to = "withdrawn";
    consent(k, "virtual", "officer", "")->only_if = when_(k, "looked_after");
    struct event_rule *propose = event(k, "begun", "propose", "senco", "ends looked_after?", NULL);
    then(k, &propose->then, (struct effect){ .kind = EFFECT_ASK, .name = "agreed" });
    then(k, &propose->then, (struct effect){ .kind = EFFECT_ASK, .name = "virtual" });
    event(k, "begun", "start", "senco", "", NULL)->needs = words(k, "agreed virtual");
    deadline(k, "full", day_after(k, anchor(k, ANCHOR_FIELD, "ends")), NULL);
    return k;
}

static const char *consent_of(struct kit *k, const char *name)
{
    const struct consent *consent = casefile_consent(&k->file, name);
    return !consent ? "none"
                    : arena_printf(k->arena, "%s%s", consent_status_name(consent->status),
                                   consent->in_force ? ", in force" : "");
}
#define CONSENT(k, name, is) assert_string_equal(consent_of(k, name), is)

static void test_a_proposal_waits_for_its_consent(void **unused)
{
    (void)unused;
    struct kit *k = agreement();
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "propose", "ends=2026-10-09 looked_after=no");
    assert_string_equal(value_of_(k, "ends"), "none");
    assert_string_equal(proposed(k, "ends"), "Fri 9 Oct 2026");
    CONSENT(k, "agreed", "asked");
    CONSENT(k, "virtual", "none"); /* Its only_if says no: asking does nothing. */
    CLOCK(k, "full", "none");      /* No clock runs from a proposal. */
    REFUSED(k, try_(k, "2026-09-02", "start", ""), ERR_REFUSED,
            "'start' cannot be done: 'agreed' has been asked for and not been answered yet");
    DONE(k, answer(k, "2026-09-15", "agreed", "given", "Mrs A"));
    assert_string_equal(value_of_(k, "ends"), "Fri 9 Oct 2026");
    assert_string_equal(proposed(k, "ends"), "none");
    CONSENT(k, "agreed", "given, in force");
    assert_int_equal(casefile_consent(&k->file, "agreed")->until, on("2026-10-09"));
    CLOCK(k, "full", "running 2026-10-10");
    did(k, "2026-09-16", "start", "");
    kit_free(k);
}

static void test_without_an_answer_it_lapses(void **unused)
{
    (void)unused;
    struct kit *k = agreement();
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "propose", "ends=2026-10-09 looked_after=no");
    REFUSED(k, answer(k, "2026-09-15", "virtual", "withdrawn", "Mr V"), ERR_REFUSED,
            "not in force");
    DONE(k, answer(k, "2026-09-15", "virtual", "given",
                   "Mr V")); /* Whatever happens on the last day. */
    until(k, "2026-09-15", 1439);
    CONSENT(k, "agreed", "asked");
    until(k, "2026-09-16", 0);
    CONSENT(k, "agreed", "lapsed");
    assert_string_equal(proposed(k, "ends"), "none");
    REFUSED(k, answer(k, "2026-09-16", "agreed", "given", "Mrs A"), ERR_REFUSED,
            "its time to answer ended");
    REFUSED(k, try_(k, "2026-09-16", "start", ""), ERR_REFUSED, "got no answer in time");
    kit_free(k);
}

static void test_the_old_stands_while_the_new_is_asked(void **unused)
{
    (void)unused;
    struct kit *k = agreement();
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "propose", "ends=2026-10-09 looked_after=no");
    DONE(k, answer(k, "2026-09-02", "agreed", "given", "Mrs A"));
    did(k, "2026-09-20", "propose", "ends=2026-11-06");
    CONSENT(k, "agreed", "asked, in force");
    assert_string_equal(value_of_(k, "ends"), "Fri 9 Oct 2026");
    CLOCK(k, "full", "running 2026-10-10");
    did(k, "2026-09-21", "start", "");
    DONE(k, answer(k, "2026-09-22", "agreed", "refused", "Mrs A"));
    CONSENT(k, "agreed", "refused, in force");
    assert_string_equal(proposed(k, "ends"), "none");
    did(k, "2026-09-23", "start", "");
    did(k, "2026-09-24", "propose", "ends=2026-10-09"); /* The same again proposes nothing. */
    assert_string_equal(proposed(k, "ends"), "none");
    kit_free(k);
}

static void test_it_ends_after_its_last_day(void **unused)
{
    (void)unused;
    struct kit *k = agreement();
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "propose", "ends=2026-10-09 looked_after=no");
    DONE(k, answer(k, "2026-09-02", "agreed", "given", "Mrs A"));
    did(k, "2026-10-09", "start", "");
    until(k, "2026-10-10", 0);
    CONSENT(k, "agreed", "given");
    REFUSED(k, try_(k, "2026-10-10", "start", ""), ERR_REFUSED,
            "'agreed' ran out on Fri 9 Oct 2026");
    kit_free(k);
}

static void test_withdrawing(void **unused)
{
    (void)unused;
    struct kit *k = agreement();
    opened(k, "2026-09-01", "");
    REFUSED(k, answer(k, "2026-09-01", "agreed", "withdrawn", "Mrs A"), ERR_REFUSED,
            "not in force");
    did(k, "2026-09-01", "propose", "ends=2026-10-09 looked_after=no");
    REFUSED(k, answer(k, "2026-09-02", "agreed", "withdrawn", "Mrs A"), ERR_REFUSED,
            "not in force");
    DONE(k, answer(k, "2026-09-02", "agreed", "given", "Mrs A"));
    DONE(k, answer(k, "2026-09-03", "agreed", "withdrawn", "Mrs A"));
    CONSENT(k, "agreed", "withdrawn");
    STATE(k, "withdrawn");
    assert_int_equal(casefile_entered(&k->file, "withdrawn")->first, on("2026-09-03"));
    kit_free(k);
}

static void test_two_answers_to_one_question(void **unused)
{
    (void)unused;
    struct kit *k = agreement();
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "propose", "ends=2026-10-09 looked_after=no");
    DONE(k, answer(k, "2026-09-02", "agreed", "given", "Mrs A"));
    DONE(k, answer(k, "2026-09-03", "agreed", "refused", "Mr A"));
    CONSENT(k, "agreed", "given, in force");
    assert_string_equal(
        k->file.in.remarks.at[0].text,
        "'agreed': Mr A said no on Thu 3 Sep 2026, but Mrs A had said yes on Wed 2 Sep 2026");
    DONE(k, answer(k, "2026-09-04", "agreed", "refused", "Mrs A")); /* Taken back by who gave it. */
    CONSENT(k, "agreed", "withdrawn");
    STATE(k, "withdrawn");
    kit_free(k);

    k = agreement();
    k->consents[0].enough_all = true;
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "propose", "ends=2026-10-09 looked_after=no");
    DONE(k, answer(k, "2026-09-02", "agreed", "refused", "Mr A"));
    DONE(k, answer(k, "2026-09-03", "agreed", "given", "Mrs A"));
    CONSENT(k, "agreed", "refused");
    kit_free(k);
}

static void test_talk_first(void **unused)
{
    (void)unused;
    struct kit *k = agreement();
    opened(k, "2026-09-01", "");
    REFUSED(k, answer(k, "2026-09-01", "agreed", "discuss", "Mrs A"), ERR_REFUSED,
            "has not been asked for");
    did(k, "2026-09-01", "propose", "ends=2026-10-09 looked_after=no");
    DONE(k, answer(k, "2026-09-02", "agreed", "discuss", "Mrs A"));
    CONSENT(k, "agreed", "discuss");
    assert_string_equal(buf_text(&k->sent), "2026-09-02 notify senco agreed\n");
    assert_string_equal(proposed(k, "ends"), "Fri 9 Oct 2026");
    DONE(k, answer(k, "2026-09-03", "agreed", "given", "Mrs A"));
    CONSENT(k, "agreed", "given, in force");
    kit_free(k);
}

static void test_how_an_answer_is_recorded(void **unused)
{
    (void)unused;
    struct kit *k = agreement();
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "propose", "ends=2026-10-09 looked_after=no");
    REFUSED(k, answer(k, "2026-09-02", "agred", "given", "Mrs A"), ERR_UNKNOWN,
            "no consent 'agred'");
    REFUSED(k, answer(k, "2026-09-02", "agreed", "maybe", "Mrs A"), ERR_INPUT, "not 'maybe'");
    REFUSED(k, answer(k, "2026-09-02", "agreed", "given", NULL), ERR_INPUT, "who answered");
    struct event what = kit_event(k, EVENT_CONSENT, "2026-09-02", "agreed", "family", "");
    what.act = "given";
    REFUSED(k, act_(k, &what), ERR_INPUT, "how 'agreed' was answered is missing");
    what.how = "pigeon";
    REFUSED(k, act_(k, &what), ERR_INPUT, "how 'agreed' was answered is missing");
    what.how = "link";
    what.role = "head";
    what.by = "Mrs A";
    REFUSED(k, act_(k, &what), ERR_FORBIDDEN, "Head teacher may not");
    what.role = "family"; /* Who answers by the link names themselves. */
    what.by = NULL;
    DONE(k, act_(k, &what));
    assert_string_equal(casefile_consent(&k->file, "agreed")->by, "somebody");
    kit_free(k);
}

static void test_a_field_that_nothing_covers_here_is_in_force_at_once(void **unused)
{
    (void)unused;
    struct kit *k = agreement();
    k->consents[0].only_if = when_(k, "looked_after");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "propose", "ends=2026-10-09 looked_after=no");
    assert_string_equal(value_of_(k, "ends"), "Fri 9 Oct 2026");
    did(k, "2026-09-02", "start", "");
    did(k, "2026-09-02", "propose", "ends=2026-10-16 looked_after=yes");
    assert_string_equal(proposed(k, "ends"), "Fri 16 Oct 2026");
    REFUSED(k, try_(k, "2026-09-02", "start", ""), ERR_REFUSED, "'virtual' has been asked for");
    kit_free(k);
}

static void test_what_is_proposed_belongs_together(void **unused)
{
    (void)unused;
    struct kit *k = agreement();
    field(k, "begins", FIELD_DATE, "First day");
    k->fields[0].min = (struct bound){ .set = true, .moment = anchor(k, ANCHOR_FIELD, "begins") };
    k->consents[0].covers = words(k, "begins ends");
    event(k, "begun", "extend", "senco", "begins ends", NULL);
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "extend", "begins=2026-09-07 ends=2026-10-09");
    DONE(k, answer(k, "2026-09-02", "agreed", "given", "Mrs A"));
    did(k, "2026-09-20", "extend", "begins=2026-10-12 ends=2026-11-06");
    /* Beside the first day proposed, not the one in force. */
    REFUSED(k, try_(k, "2026-09-21", "extend", "ends=2026-10-11"), ERR_INPUT,
            "'Last day' must not be before Mon 12 Oct 2026");
    did(k, "2026-09-21", "extend", "ends=2026-10-12");
    assert_string_equal(proposed(k, "begins"), "Mon 12 Oct 2026");
    assert_string_equal(value_of_(k, "begins"), "Mon 7 Sep 2026");
    kit_free(k);
}

static void test_not_known_whether_it_is_needed(void **unused)
{
    (void)unused;
    struct kit *k = agreement();
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "propose", "ends=2026-10-09");
    CONSENT(k, "virtual", "asked");
    DONE(k, answer(k, "2026-09-02", "agreed", "given", "Mrs A"));
    REFUSED(k, try_(k, "2026-09-02", "start", ""), ERR_REFUSED,
            "'virtual' has been asked for and not been answered yet (or say 'Looked after', if it "
            "is not needed)");
    kit_free(k);
}

static const char *said(struct kit *k, const char *person)
{
    const struct consent_answer *answer =
        casefile_answer(&k->file, arena_printf(k->arena, "agreed: %s", person));
    if (!answer)
        return "none";
    return arena_printf(k->arena, "%s %s %s", consent_status_name(answer->status),
                        iso(k, answer->on), answer->how);
}

/* All of those the fields name, and nobody else; a new proposal forgets what was said. */
static void test_all_of_several_people(void **unused)
{
    (void)unused;
    struct kit *k = agreement();
    field(k, "mother", FIELD_PERSON, "Mother");
    field(k, "father", FIELD_PERSON, "Father");
    k->consents[0].enough_all = true;
    k->consents[0].of = words(k, "mother father");
    event(k, "begun", "know", "senco", "mother? father?", NULL);
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "propose", "ends=2026-10-09 looked_after=no");
    REFUSED(k, answer(k, "2026-09-01", "agreed", "given", "Ann"), ERR_REFUSED,
            "who has to agree to 'agreed' is not known yet: 'Mother' is missing");
    did(k, "2026-09-01", "know", "mother=Ann father=Bob");
    REFUSED(k, answer(k, "2026-09-02", "agreed", "given", "Anne"), ERR_REFUSED,
            "'Anne' is not one of those who have to agree to 'agreed'");
    DONE(k, answer(k, "2026-09-02", "agreed", "given", "ann"));
    CONSENT(k, "agreed", "asked");
    assert_string_equal(said(k, "Ann"), "given 2026-09-02 paper");
    assert_string_equal(proposed(k, "ends"), "Fri 9 Oct 2026");
    REFUSED(k, try_(k, "2026-09-02", "start", ""), ERR_REFUSED,
            "'agreed' has not been given by Bob");
    DONE(k, answer(k, "2026-09-03", "agreed", "refused", "Bob"));
    CONSENT(k, "agreed", "refused");
    /* A yes does not undo another's no, which took the proposal away. */
    REFUSED(k, answer(k, "2026-09-03", "agreed", "given", "Ann"), ERR_REFUSED,
            "nothing has been proposed");
    CONSENT(k, "agreed", "refused");

    did(k, "2026-09-04", "propose", "ends=2026-10-16");
    assert_string_equal(said(k, "Ann"), "none");
    DONE(k, answer(k, "2026-09-05", "agreed", "given", "Bob"));
    DONE(k, answer(k, "2026-09-06", "agreed", "given", "Ann"));
    CONSENT(k, "agreed", "given, in force");
    assert_string_equal(value_of_(k, "ends"), "Fri 16 Oct 2026");
    DONE(k, answer(k, "2026-09-07", "agreed", "withdrawn", "Ann"));
    CONSENT(k, "agreed", "withdrawn");
    assert_string_equal(said(k, "Ann"), "withdrawn 2026-09-07 paper");
    assert_string_equal(said(k, "Bob"), "given 2026-09-05 paper");
    kit_free(k);
}

static void test_one_person_answers_once(void **unused)
{
    (void)unused;
    struct kit *k = agreement();
    field(k, "mother", FIELD_PERSON, "Mother");
    field(k, "father", FIELD_PERSON, "Father");
    k->consents[0].enough_all = true;
    k->consents[0].of = words(k, "mother father");
    event(k, "begun", "know", "senco", "mother? father?", NULL);
    opened(k, "2026-09-01", "");
    did(k, "2026-09-01", "know", "mother=Ann father=ANN");
    did(k, "2026-09-01", "propose", "ends=2026-10-09 looked_after=no");
    DONE(k, answer(k, "2026-09-02", "agreed", "given", "ann"));
    CONSENT(k, "agreed", "given, in force");
    kit_free(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_proposal_waits_for_its_consent),
        cmocka_unit_test(test_without_an_answer_it_lapses),
        cmocka_unit_test(test_the_old_stands_while_the_new_is_asked),
        cmocka_unit_test(test_it_ends_after_its_last_day),
        cmocka_unit_test(test_withdrawing),
        cmocka_unit_test(test_two_answers_to_one_question),
        cmocka_unit_test(test_talk_first),
        cmocka_unit_test(test_how_an_answer_is_recorded),
        cmocka_unit_test(test_a_field_that_nothing_covers_here_is_in_force_at_once),
        cmocka_unit_test(test_what_is_proposed_belongs_together),
        cmocka_unit_test(test_not_known_whether_it_is_needed),
        cmocka_unit_test(test_all_of_several_people),
        cmocka_unit_test(test_one_person_answers_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
