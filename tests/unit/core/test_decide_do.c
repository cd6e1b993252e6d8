/* SPDX-License-Identifier: MIT */
/* Events of the rules: who may, what is asked, what stands in the way, where they lead. Each rule
 * in pairs: just allowed, just refused. */
#include "kit.h"

/* A visit that is arranged, held on its day and reported. */
static struct kit *visits(void)
{
    struct kit *k = kit_new();
    state(k, "reporting");
    field(k, "meeting", FIELD_DATE, "Date of the meeting");
    field(k, "note", FIELD_TEXT, "A note");
    field(k, "kind", FIELD_TEXT, "Its kind");
    field(k, "pupils", FIELD_INTEGER, "Pupils");
    event(k, "begun", "arrange", "senco", "meeting note?", NULL);
    event(k, "begun", "hold", "senco head", "", "reporting")->dated = "meeting";
    event(k, "reporting", "report", "senco", "kind", "over");
    return k;
}

static void test_an_event_must_be_known_and_possible(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    opened(k, "2026-09-01", "");
    REFUSED(k, try_(k, "2026-09-02", "arange", ""), ERR_UNKNOWN, "there is no event 'arange'");
    assert_string_equal(k->err.hint, "did you mean 'arrange'?");
    REFUSED(k, try_(k, "2026-09-02", "report", ""), ERR_REFUSED, "'report' is not possible now");
    assert_string_equal(k->err.hint, "possible now: arrange, hold");
    did(k, "2026-09-02", "arrange", "meeting=2026-09-10");
    did(k, "2026-09-10", "hold", "");
    STATE(k, "reporting");
    did(k, "2026-09-11", "report", "kind=short");
    STATE(k, "over");
    assert_false(k->file.open);
    assert_true(k->file.wake == MINUTE_NONE);
    REFUSED(k, try_(k, "2026-09-12", "report", ""), ERR_REFUSED, "closed");
    kit_free(k);
}

static void test_only_those_named_may(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    REFUSED(k, open_as(k, "2026-09-01", "family", ""), ERR_FORBIDDEN, "Parent or carer may not");
    opened(k, "2026-09-01", "");
    REFUSED(k, try_as(k, "2026-09-02", "arrange", "head", "meeting=2026-09-10"), ERR_FORBIDDEN,
            "Head teacher may not do 'arrange': only SENCO may");
    REFUSED(k, try_as(k, "2026-09-02", "hold", "officer", ""), ERR_FORBIDDEN,
            "only SENCO or Head teacher may");
    REFUSED(k, try_as(k, "2026-09-02", "hold", NULL, ""), ERR_FORBIDDEN, "only SENCO");
    REFUSED(k, try_as(k, "2026-09-02", "arrange", "clock", "meeting=2026-09-10"), ERR_FORBIDDEN,
            "");
    did(k, "2026-09-02", "arrange", "meeting=2026-09-03");
    DONE(k, try_as(k, "2026-09-03", "hold", "head", ""));
    kit_free(k);
}

static void test_what_only_the_clock_or_a_case_brings_about(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    event(k, "begun", "told", "link", "", NULL);
    struct event_rule *lapse = event(k, "begun", "lapse", "clock", "", "over");
    lapse->by_clock = true;
    lapse->at = weeks_after(k, 2, "told");
    opened(k, "2026-09-01", "");
    REFUSED(k, try_(k, "2026-09-02", "told", ""), ERR_FORBIDDEN, "it comes from another case");
    REFUSED(k, try_(k, "2026-09-02", "lapse", ""), ERR_FORBIDDEN, "it happens by itself");
    REFUSED(k, try_as(k, "2026-09-02", "told", "link", ""), ERR_FORBIDDEN, "");
    struct event signal = kit_event(k, EVENT_SIGNAL, "2026-09-02", "told", "link", "");
    DONE(k, act_(k, &signal));
    assert_int_equal(casefile_event(&k->file, "told")->count, 1);
    kit_free(k);
}

static void test_a_signal_that_was_refused_is_remarked(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    opened(k, "2026-09-01", "");
    struct event told = kit_event(k, EVENT_SIGNAL, "2026-09-02", "over", "link", "");
    REFUSED(k, act_(k, &told), ERR_UNKNOWN, "there is no event 'over'");
    told.act = "refused";
    told.why = "'over' is not possible now";
    told.cause_case = 12;
    DONE(k, act_(k, &told));
    assert_string_equal(k->file.in.remarks.at[0].name, "0001");
    assert_string_equal(
        k->file.in.remarks.at[0].text,
        "'over' was sent to case 12 on Wed 2 Sep 2026 and refused: 'over' is not possible now");
    assert_int_equal(k->file.in.events.count, 0);
    kit_free(k);
}

static void test_when_it_happened(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    opened(k, "2026-09-01", "");
    struct event early =
        kit_event(k, EVENT_DO, "2026-09-02", "arrange", "senco", "meeting=2026-09-08");
    early.on = on("2026-09-03");
    REFUSED(k, act_(k, &early), ERR_INPUT, "Thu 3 Sep 2026 is in the future");
    early.on = on("2026-08-31");
    REFUSED(k, act_(k, &early), ERR_INPUT, "the case was opened on Tue 1 Sep 2026");
    early.on = on("2026-09-01");
    DONE(k, act_(k, &early));
    assert_int_equal(casefile_event(&k->file, "arrange")->latest, on("2026-09-01"));

    /* Dated by its field: the day before it is refused, recorded later it still counts from it. */
    REFUSED(k, try_(k, "2026-09-07", "hold", ""), ERR_INPUT,
            "'Date of the meeting' is in the future");
    did(k, "2026-09-10", "hold", "");
    assert_int_equal(casefile_event(&k->file, "hold")->latest, on("2026-09-08"));
    assert_int_equal(k->file.state_since, on("2026-09-08"));
    kit_free(k);
}

static void test_the_field_that_dates_it_must_be_known(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    opened(k, "2026-09-01", "");
    REFUSED(k, try_(k, "2026-09-07", "hold", ""), ERR_REFUSED, "'Date of the meeting' is missing");
    DONE(k, try_(k, "2026-09-07", "hold", "meeting=2026-09-04"));
    assert_int_equal(casefile_entered(&k->file, "reporting")->first, on("2026-09-04"));
    kit_free(k);
}

static void test_what_is_given_is_read(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    struct field *twice = field(k, "twice", FIELD_INTEGER, "Twice");
    twice->is = when_(k, "double pupils");
    event(k, "begun", "count", "senco", "pupils", NULL);
    opened(k, "2026-09-01", "");
    REFUSED(k, try_(k, "2026-09-02", "arrange", ""), ERR_REFUSED,
            "'Date of the meeting' is missing");
    assert_string_equal(k->err.hint, "give meeting=...");
    REFUSED(k, try_(k, "2026-09-02", "arrange", "meeting=2026-02-31"), ERR_INPUT,
            "Date of the meeting");
    REFUSED(k, try_(k, "2026-09-02", "arrange", "meating=2026-09-08"), ERR_INPUT,
            "no field 'meating'");
    assert_string_equal(k->err.hint, "did you mean 'meeting'?");
    REFUSED(k, try_(k, "2026-09-02", "arrange", "meeting=2026-09-08 kind=a"), ERR_INPUT,
            "'Its kind' (kind) is not asked here");
    REFUSED(k, try_(k, "2026-09-02", "count", "pupils=3 twice=6"), ERR_INPUT,
            "worked out, not typed");
    assert_int_equal(k->file.in.fields.count, 0);
    did(k, "2026-09-02", "count", "pupils=3");
    assert_string_equal(value_of_(k, "twice"), "6");
    did(k, "2026-09-02", "count", "pupils=4");
    assert_string_equal(value_of_(k, "twice"), "8");
    did(k, "2026-09-02", "count", ""); /* Already known. */
    REFUSED(k, try_(k, "2026-09-02", "count", "pupils="), ERR_REFUSED, "'Pupils' is missing");
    kit_free(k);
}

static void test_an_optional_field_may_be_emptied(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    opened(k, "2026-09-01", "");
    did(k, "2026-09-02", "arrange", "meeting=2026-09-08 note=soon");
    assert_string_equal(value_of_(k, "note"), "soon");
    did(k, "2026-09-02", "arrange", "");
    assert_string_equal(value_of_(k, "note"), "soon");
    did(k, "2026-09-02", "arrange", "note=");
    assert_string_equal(value_of_(k, "note"), "none");
    kit_free(k);
}

static void test_limits_of_a_value(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    struct field *last = field(k, "last", FIELD_DATE, "Last day");
    struct field *code = field(k, "code", FIELD_TEXT, "Code");
    last->min = (struct bound){ .set = true, .moment = anchor(k, ANCHOR_FIELD, "meeting") };
    last->max = (struct bound){ .set = true, .moment = counted(k, MOMENT_AFTER, 2, UNIT_WEEK,
                                                              anchor(k, ANCHOR_FIELD, "meeting")) };
    k->fields[3].min = (struct bound){ .set = true, .number = 1 };
    k->fields[3].max = (struct bound){ .set = true, .number = 30 };
    code->pattern = "A..";
    event(k, "begun", "plan", "senco", "meeting? last? pupils? code?", NULL);
    opened(k, "2026-09-01", "");
    REFUSED(k, try_(k, "2026-09-02", "plan", "last=2026-09-08"), ERR_REFUSED,
            "'Last day' cannot be checked until 'Date of the meeting' is known");
    REFUSED(k, try_(k, "2026-09-02", "plan", "meeting=2026-09-08 last=2026-09-07"), ERR_INPUT,
            "'Last day' must not be before Tue 8 Sep 2026");
    DONE(k, try_(k, "2026-09-02", "plan", "meeting=2026-09-08 last=2026-09-08"));
    DONE(k, try_(k, "2026-09-02", "plan", "last=2026-09-22"));
    REFUSED(k, try_(k, "2026-09-02", "plan", "last=2026-09-23"), ERR_INPUT,
            "'Last day' must not be after Tue 22 Sep 2026 (2 weeks after meeting)");
    REFUSED(k, try_(k, "2026-09-02", "plan", "pupils=0"), ERR_INPUT,
            "'Pupils' must not be less than 1");
    DONE(k, try_(k, "2026-09-02", "plan", "pupils=30"));
    REFUSED(k, try_(k, "2026-09-02", "plan", "pupils=31"), ERR_INPUT, "must not be more than 30");
    REFUSED(k, try_(k, "2026-09-02", "plan", "code=B12"), ERR_INPUT, "'Code' is not as it must be");
    DONE(k, try_(k, "2026-09-02", "plan", "code=A12"));
    kit_free(k);
}

static void test_required_if(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    field(k, "tried", FIELD_TEXT, "What was tried")->required_if = when_(k, "kind == last");
    event(k, "begun", "propose", "senco", "kind? tried?", NULL);
    opened(k, "2026-09-01", "");
    /* Not known lets nothing through. */
    REFUSED(k, try_(k, "2026-09-02", "propose", ""), ERR_REFUSED, "'What was tried' is missing");
    REFUSED(k, try_(k, "2026-09-02", "propose", "kind=last"), ERR_REFUSED,
            "'What was tried' is missing");
    DONE(k, try_(k, "2026-09-02", "propose", "kind=first"));
    DONE(k, try_(k, "2026-09-02", "propose", "kind=last tried=much"));
    kit_free(k);
}

static void test_only_if_and_refused_if(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    field(k, "agreed", FIELD_YES_NO, "Is it agreed?");
    field(k, "forced", FIELD_YES_NO, "Is it forced?");
    struct event_rule *go = event(k, "begun", "go", "senco", "agreed? forced?", NULL);
    struct event_rule *never = event(k, "begun", "never", "senco", "", NULL);
    struct refusal forced = { "forced", "It must not be forced.", when_(k, "forced") };
    go->only_if = when_(k, "agreed");
    go->refused_if = &forced;
    go->refused_count = 1;
    never->only_if = when_(k, "no: the school is closed");
    opened(k, "2026-09-01", "");
    REFUSED(k, try_(k, "2026-09-02", "go", "forced=no"), ERR_REFUSED,
            "'Is it agreed?' is not known");
    REFUSED(k, try_(k, "2026-09-02", "go", "agreed=yes"), ERR_REFUSED,
            "'Is it forced?' is not known");
    REFUSED(k, try_(k, "2026-09-02", "go", "agreed=yes forced=yes"), ERR_REFUSED,
            "It must not be forced.");
    REFUSED(k, try_(k, "2026-09-02", "go", "agreed=no forced=yes"), ERR_REFUSED,
            "only possible if agreed; It must not be forced.");
    REFUSED(k, try_(k, "2026-09-02", "never", ""), ERR_REFUSED, "the school is closed");
    DONE(k, try_(k, "2026-09-02", "go", "agreed=yes forced=no"));
    kit_free(k);
}

static void test_a_broken_script_refuses_and_changes_nothing(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    event(k, "begun", "go", "senco", "", "over")->only_if = when_(k, "broken");
    opened(k, "2026-09-01", "");
    REFUSED(k, try_(k, "2026-09-02", "go", ""), ERR_SCRIPT, "the script ran too long");
    STATE(k, "begun");
    assert_int_equal(k->file.in.events.count, 0);
    kit_free(k);
}

static void test_all_that_is_missing_is_named_at_once(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    struct checklist *papers = checklist(k, "papers");
    item(k, papers, "views", "The family's views", "family");
    item(k, papers, "report", "The school's report", "head");
    consent(k, "yes", "family", "")->title = "The family agrees";
    struct event_rule *send = event(k, "begun", "send", "senco", "kind", NULL);
    send->needs = words(k, "papers yes");
    opened(k, "2026-09-01", "");
    REFUSED(k, try_(k, "2026-09-02", "send", ""), ERR_REFUSED,
            "'send' cannot be done: 'Its kind' is missing; 'The family's views' is missing; 'The "
            "school's report' is missing; 'The family agrees' has not been given");
    kit_free(k);
}

static void test_not_before(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    struct not_before wait = {
        .is = weeks_after(k, 1, "sent"), .floor = counted(k, MOMENT_AFTER, 15, UNIT_DAY,
                                                         anchor(k, ANCHOR_EVENT, "sent")),
        .unless = when_(k, "known replied"), .law = "reg 13",
    };
    event(k, "begun", "sent", "senco", "", NULL);
    event(k, "begun", "replied", "senco", "", NULL);
    event(k, "begun", "issue", "senco", "", NULL)->not_before = &wait;
    opened(k, "2026-09-01", "");
    REFUSED(k, try_(k, "2026-09-01", "issue", ""), ERR_REFUSED, "'sent' is missing");
    did(k, "2026-09-01", "sent", "");
    /* The law's is the later, so it binds. */
    REFUSED(k, try_(k, "2026-09-15", "issue", ""), ERR_REFUSED, "not before Wed 16 Sep 2026");
    DONE(k, try_(k, "2026-09-16", "issue", ""));
    did(k, "2026-09-17", "sent", "");
    REFUSED(k, try_(k, "2026-09-18", "issue", ""), ERR_REFUSED, "reg 13");
    did(k, "2026-09-18", "replied", "");
    DONE(k, try_(k, "2026-09-18", "issue", ""));
    kit_free(k);
}

static void test_exactly_one_state(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    field(k, "big", FIELD_YES_NO, "Is it big?");
    state(k, "left");
    state(k, "right");
    struct event_rule *part = event(k, "begun", "part", "senco", "big? kind?", NULL);
    ends_at(k, part, "left", "kind == left");
    ends_at(k, part, "right", "big");
    ends_at(k, part, "over", NULL);
    opened(k, "2026-09-01", "");
    REFUSED(k, try_(k, "2026-09-02", "part", "kind=left"), ERR_REFUSED,
            "'Is it big?' is not known");
    REFUSED(k, try_(k, "2026-09-02", "part", "kind=left big=yes"), ERR_REFUSED,
            "both to 'left' and to 'right'");
    STATE(k, "begun");
    assert_string_equal(value_of_(k, "kind"), "none");
    did(k, "2026-09-02", "part", "kind=left big=no");
    STATE(k, "left");
    kit_free(k);
}

static void test_otherwise_is_the_rest(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    state(k, "left");
    struct event_rule *part = event(k, "begun", "part", "senco", "kind", NULL);
    struct event_rule *fork = event(k, "left", "fork", "senco", "kind", NULL);
    ends_at(k, part, "over", "kind == over");
    ends_at(k, part, "left", NULL);
    ends_at(k, fork, "over", "kind == over");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-02", "part", "kind=any");
    STATE(k, "left");
    REFUSED(k, try_(k, "2026-09-02", "fork", "kind=any"), ERR_REFUSED, "none of the states");
    did(k, "2026-09-02", "fork", "kind=over");
    STATE(k, "over");
    kit_free(k);
}

static void test_effects(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    struct copied copied[] = { { .theirs = "before", .ours = "meeting" },
                               { .theirs = "held", .ours = "hold" },
                               { .theirs = "kind", .literal = json_new_text(k->arena, "again") } };
    struct copied sets[] = { { .theirs = "first", .ours = "meeting" } };
    field(k, "first", FIELD_DATE, "The first of all");
    struct event_rule *hold = &k->events[1];
    then(k, &hold->then, (struct effect){ .kind = EFFECT_SET, .values = sets, .value_count = 1 });
    then(k, &hold->then,
         (struct effect){ .kind = EFFECT_NOTIFY, .who = "family", .message = "held" });
    then(k, &k->states[2].then,
         (struct effect){ .kind = EFFECT_NOTIFY, .who = "head", .message = "now" });
    then(k, &k->states[2].then,
         (struct effect){
             .kind = EFFECT_OPEN, .name = "visit", .values = copied, .value_count = 3 });
    then(k, &k->states[2].then,
         (struct effect){ .kind = EFFECT_SIGNAL, .to = "parent", .name = "held" });
    opened(k, "2026-09-01", "");
    did(k, "2026-09-10", "hold", "meeting=2026-09-08");
    assert_string_equal(value_of_(k, "first"), "Tue 8 Sep 2026");
    assert_string_equal(buf_text(&k->sent),
                        "2026-09-10 notify family held\n2026-09-10 notify head now\n");
    /* The family at once; the head's desk with the rest, at the pack's next hour. */
    assert_int_equal(k->last->notices.at[0].leave, minute_at(on("2026-09-10"), KIT_MINUTE));
    assert_int_equal(
        k->last->notices.at[1].leave,
        minute_at(on(KIT_MINUTE > k->model.digest_minute ? "2026-09-11" : "2026-09-10"),
                  k->model.digest_minute));
    assert_int_equal(k->last->openings.count, 1);
    const struct opening *opening = &k->last->openings.at[0];
    assert_string_equal(opening->process, "visit");
    assert_int_equal(opening->on, on("2026-09-08"));
    assert_int_equal(opening->given_count, 3);
    assert_string_equal(opening->given[0].name, "before");
    assert_string_equal(opening->given[0].value->text, "2026-09-08");
    assert_string_equal(opening->given[1].value->text, "2026-09-08");
    assert_string_equal(opening->given[2].value->text, "again");
    assert_string_equal(k->file.in.links.at[0].name, "child:700");
    assert_string_equal(k->last->sendings.at[0].event, "held");
    kit_free(k);
}

static void test_opening(void **unused)
{
    (void)unused;
    struct kit *k = visits();
    struct ask asks[] = { { "kind", false }, { "note", true } };
    struct refusal odd = { "odd", "Not an odd one.", when_(k, "kind == odd") };
    k->process.open_asks = asks;
    k->process.open_ask_count = 2;
    k->process.open_refused_if = &odd;
    k->process.open_refused_count = 1;
    then(k, &k->states[0].then,
         (struct effect){ .kind = EFFECT_NOTIFY, .who = "head", .message = "new" });
    REFUSED(k, open_as(k, "2026-09-01", "senco", ""), ERR_REFUSED, "'Its kind' is missing");
    REFUSED(k, open_as(k, "2026-09-01", "senco", "kind=odd"), ERR_REFUSED, "Not an odd one.");
    struct event what = kit_event(k, EVENT_OPEN, "2026-09-01", "visti", "senco", "kind=a");
    REFUSED(k, act_(k, &what), ERR_UNKNOWN, "there is no process 'visti'");
    assert_string_equal(k->err.hint, "did you mean 'visit'?");

    /* By another case: whoever it is, and the link back to it. */
    what = kit_event(k, EVENT_OPEN, "2026-09-01", "visit", "link", "kind=a");
    what.cause = 5;
    what.cause_case = 12;
    what.cause_process = "other";
    what.school = 113000;
    what.ref = "V-1";
    DONE(k, act_(k, &what));
    assert_int_equal(k->file.in.links.at[0].case_id, 12);
    assert_string_equal(k->file.in.links.at[0].name, "parent");
    assert_string_equal(k->file.ref, "V-1");
    assert_int_equal(k->file.school, 113000);
    assert_int_equal(k->file.opened, on("2026-09-01"));
    STATE(k, "begun");
    assert_string_equal(buf_text(&k->sent), "2026-09-01 notify head new\n");
    kit_free(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_event_must_be_known_and_possible),
        cmocka_unit_test(test_only_those_named_may),
        cmocka_unit_test(test_what_only_the_clock_or_a_case_brings_about),
        cmocka_unit_test(test_a_signal_that_was_refused_is_remarked),
        cmocka_unit_test(test_when_it_happened),
        cmocka_unit_test(test_the_field_that_dates_it_must_be_known),
        cmocka_unit_test(test_what_is_given_is_read),
        cmocka_unit_test(test_an_optional_field_may_be_emptied),
        cmocka_unit_test(test_limits_of_a_value),
        cmocka_unit_test(test_required_if),
        cmocka_unit_test(test_only_if_and_refused_if),
        cmocka_unit_test(test_a_broken_script_refuses_and_changes_nothing),
        cmocka_unit_test(test_all_that_is_missing_is_named_at_once),
        cmocka_unit_test(test_not_before),
        cmocka_unit_test(test_exactly_one_state),
        cmocka_unit_test(test_otherwise_is_the_rest),
        cmocka_unit_test(test_effects),
        cmocka_unit_test(test_opening),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
