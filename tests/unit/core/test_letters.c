/* SPDX-License-Identifier: MIT */
/* Letters: written by effects, sent on a day that time limits run from. */
#include "kit.h"

/* "tell" writes to the family and the head; "tell_one" to the family alone. */
static struct kit *telling(void)
{
    struct kit *k = kit_new();
    const struct effect family = { .kind = EFFECT_LETTER, .who = "family", .message = "told" };
    const struct effect head = { .kind = EFFECT_LETTER, .who = "head", .message = "told",
                                 .email = true };
    struct event_rule *both = event(k, "begun", "tell", "senco", "", NULL);
    then(k, &both->then, family);
    then(k, &both->then, head);
    then(k, &event(k, "begun", "tell_one", "senco", "", NULL)->then, family);
    then(k, &event(k, "begun", "end", "senco", "", "over")->then, family);
    return k;
}

static enum err_code sent(struct kit *k, const char *date, const char *name, const char *when,
                          const char *why)
{
    struct event what = kit_event(k, EVENT_LETTER, date, name, "senco", "");
    what.act = "sent";
    what.on = on(when);
    what.why = why;
    return act_(k, &what);
}

/* "told family post 2026-09-07 sent never; ..." */
static const char *letters(struct kit *k)
{
    struct buf text = buf_in(k->arena);
    for (size_t i = 0; i < k->file.in.letters.count; i++) {
        const struct letter_entry *one = &k->file.in.letters.at[i];
        buf_printf(&text, "%s%s to %s by %s, %s, round %d, sent %s", i ? "; " : "", one->name,
                   one->role, one->email ? "email" : "post", iso(k, one->made), one->round,
                   one->sent == DAY_NONE ? "never" : iso(k, one->sent));
    }
    return buf_text(&text);
}

static void test_written_once_an_event(void **unused)
{
    (void)unused;
    struct kit *k = telling();
    opened(k, "2026-09-01", "");
    did(k, "2026-09-07", "tell", "");
    did(k, "2026-09-09", "tell_one", "");
    assert_string_equal(letters(k),
                        "told to family by post, 2026-09-07, round 1, sent never; "
                        "told-2 to head by email, 2026-09-07, round 1, sent never; "
                        "told-3 to family by post, 2026-09-09, round 2, sent never");
    kit_free(k);
}

/* All that one event wrote must have gone; what is written later does not take it away. */
static void test_the_day_it_was_sent(void **unused)
{
    (void)unused;
    struct kit *k = telling();
    const struct moment *posted = anchor(k, ANCHOR_SENT, "told");
    struct deadline *post = deadline(k, "post", counted(k, MOMENT_AFTER, 1, UNIT_WEEK,
                                                        anchor(k, ANCHOR_EVENT, "tell")), NULL);
    met_by(post, MET_LETTER, "told", NULL);
    deadline(k, "appeal", counted(k, MOMENT_AFTER, 2, UNIT_MONTH, posted), NULL);
    opened(k, "2026-09-01", "");
    did(k, "2026-09-07", "tell", "");
    DONE(k, sent(k, "2026-09-10", "told", "2026-09-08", NULL));
    CLOCK(k, "appeal", "none");
    CLOCK(k, "post", "running 2026-09-14");
    DONE(k, sent(k, "2026-09-10", "told-2", "2026-09-09", NULL));
    CLOCK(k, "appeal", "running 2026-11-09");
    CLOCK(k, "post", "met 2026-09-14");
    did(k, "2026-09-14", "tell_one", "");
    CLOCK(k, "appeal", "running 2026-11-09");
    DONE(k, sent(k, "2026-09-16", "told-3", "2026-09-16", NULL));
    CLOCK(k, "appeal", "running 2026-11-16");
    kit_free(k);
}

static void test_put_right_with_a_reason(void **unused)
{
    (void)unused;
    struct kit *k = telling();
    deadline(k, "appeal", counted(k, MOMENT_AFTER, 2, UNIT_MONTH, anchor(k, ANCHOR_SENT, "told")),
             NULL);
    opened(k, "2026-09-01", "");
    did(k, "2026-09-07", "tell_one", "");
    DONE(k, sent(k, "2026-09-10", "told", "2026-09-10", NULL));
    REFUSED(k, sent(k, "2026-09-11", "told", "2026-09-09", NULL), ERR_REFUSED,
            "'told' was sent on Thu 10 Sep 2026");
    DONE(k, sent(k, "2026-09-11", "told", "2026-09-09", "The post book says so"));
    assert_string_equal(casefile_letter(&k->file, "told")->why, "The post book says so");
    CLOCK(k, "appeal", "running 2026-11-09");
    kit_free(k);
}

static void test_refusals(void **unused)
{
    (void)unused;
    struct kit *k = telling();
    opened(k, "2026-09-01", "");
    did(k, "2026-09-07", "tell_one", "");
    REFUSED(k, sent(k, "2026-09-10", "tolt", "2026-09-10", NULL), ERR_UNKNOWN,
            "there is no letter 'tolt'");
    REFUSED(k, sent(k, "2026-09-10", "told", "2026-09-04", NULL), ERR_INPUT,
            "before the letter was written on Mon 7 Sep 2026");
    REFUSED(k, sent(k, "2026-09-10", "told", "2026-09-11", NULL), ERR_INPUT, "in the future");
    struct event what = kit_event(k, EVENT_LETTER, "2026-09-10", "told", "stranger", "");
    role(k, "stranger", "Stranger", ROLE_SCHOOL);
    REFUSED(k, act_(k, &what), ERR_FORBIDDEN, "Stranger may not");
    kit_free(k);
}

/* What closes a case is often told by letter. */
static void test_after_the_case_is_closed(void **unused)
{
    (void)unused;
    struct kit *k = telling();
    opened(k, "2026-09-01", "");
    did(k, "2026-09-07", "end", "");
    assert_false(k->file.open);
    DONE(k, sent(k, "2026-09-08", "told", "2026-09-08", NULL));
    assert_string_equal(letters(k), "told to family by post, 2026-09-07, round 1, sent 2026-09-08");
    kit_free(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_written_once_an_event),
        cmocka_unit_test(test_the_day_it_was_sent),
        cmocka_unit_test(test_put_right_with_a_reason),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_after_the_case_is_closed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
