/* SPDX-License-Identifier: MIT */
/* What is only proposed moves nothing: no clock, and no condition of a clock. */
#include "kit.h"

static void test_a_proposal_does_not_start_a_conditional_clock(void **unused)
{
    (void)unused;
    struct kit *k = kit_new();
    field(k, "hours", FIELD_INTEGER, "Hours");
    struct consent_rule *agreed = consent(k, "agreed", "family", "hours");
    agreed->statutory = true;
    struct event_rule *propose = event(k, "begun", "propose", "senco", "hours", NULL);
    then(k, &propose->then, (struct effect){ .kind = EFFECT_ASK, .name = "agreed" });
    deadline(k, "tell", weeks_after(k, 1, "propose"), NULL)->only_if = when_(k, "hours > 20");
    opened(k, "2026-09-01", "");
    did(k, "2026-09-02", "propose", "hours=25");
    CLOCK(k, "tell", "none");
    DONE(k, answer(k, "2026-09-03", "agreed", "given", "Mrs A"));
    CLOCK(k, "tell", "running 2026-09-09");
    did(k, "2026-09-03", "propose", "hours=10"); /* Nor does one end it. */
    CLOCK(k, "tell", "running 2026-09-10");
    DONE(k, answer(k, "2026-09-04", "agreed", "given", "Mrs A"));
    CLOCK(k, "tell", "cancelled 2026-09-10");
    kit_free(k);
}

/* A yes to nothing stood in for the yes to what was proposed afterwards. */
static void test_nobody_agrees_to_what_was_not_proposed(void **unused)
{
    (void)unused;
    struct kit *k = kit_new();
    field(k, "hours", FIELD_INTEGER, "Hours");
    consent(k, "agreed", "family", "hours");
    struct event_rule *propose = event(k, "begun", "propose", "senco", "hours", NULL);
    then(k, &propose->then, (struct effect){ .kind = EFFECT_ASK, .name = "agreed" });
    event(k, "begun", "start", "senco", "", NULL)->needs = words(k, "agreed");
    opened(k, "2026-09-01", "");
    REFUSED(k, answer(k, "2026-09-01", "agreed", "given", "Mrs A"), ERR_REFUSED,
            "nothing has been proposed");
    did(k, "2026-09-02", "propose", "hours=25");
    REFUSED(k, try_(k, "2026-09-02", "start", ""), ERR_REFUSED, "not been answered yet");
    DONE(k, answer(k, "2026-09-03", "agreed", "refused", "Mrs A"));
    REFUSED(k, answer(k, "2026-09-03", "agreed", "given", "Mrs A"), ERR_REFUSED,
            "nothing has been proposed");
    did(k, "2026-09-04", "propose", "hours=20");
    DONE(k, answer(k, "2026-09-05", "agreed", "given", "Mrs A"));
    DONE(k, answer(k, "2026-09-06", "agreed", "withdrawn", "Mrs A"));
    DONE(k, answer(k, "2026-09-07", "agreed", "given", "Mrs A")); /* To what is in force. */
    did(k, "2026-09-07", "start", "");
    kit_free(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_proposal_does_not_start_a_conditional_clock),
        cmocka_unit_test(test_nobody_agrees_to_what_was_not_proposed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
