/* SPDX-License-Identifier: MIT */
/* Asking an adviser a second time must not give the adviser more time. */
#include "kit.h"

static struct kit *advice(void)
{
    struct kit *k = kit_new();
    struct checklist *list = checklist(k, "advice");
    struct item_rule *ep = item(k, list, "ep", "Psychologist", "officer");
    struct deadline *due = deadline(
        k, "advice.ep", counted(k, MOMENT_AFTER, 6, UNIT_WEEK, anchor(k, ANCHOR_ASKED, NULL)),
        NULL);
    due->list = "advice";
    due->item = "ep";
    due->statutory = true;
    ep->clock = due;
    opened(k, "2026-09-01", "");
    return k;
}

static enum err_code asks(struct kit *k, const char *date, const char *what)
{
    return item_act(k, date, "advice.ep", what, "officer", NULL);
}

static void test_asking_again_while_open_moves_nothing(void **unused)
{
    (void)unused;
    struct kit *k = advice();
    DONE(k, asks(k, "2026-09-01", "asked"));
    CLOCK(k, "advice.ep", "running 2026-10-13");
    REFUSED(k, asks(k, "2026-10-12", "asked"), ERR_REFUSED,
            "was asked on Tue 1 Sep 2026 and is still open");
    CLOCK(k, "advice.ep", "running 2026-10-13");
    REFUSED(k, asks(k, "2026-10-14", "asked"), ERR_REFUSED, "still open"); /* Nor once late. */
    CLOCK(k, "advice.ep", "missed 2026-10-13");
    kit_free(k);
}

static void test_what_was_recorded_by_mistake_is_taken_back_first(void **unused)
{
    (void)unused;
    struct kit *k = advice();
    REFUSED(k, asks(k, "2026-09-01", "undone"), ERR_REFUSED, "not done, nor asked");
    DONE(k, asks(k, "2026-09-01", "asked"));
    DONE(k, asks(k, "2026-09-08", "undone"));
    CLOCK(k, "advice.ep", "none");
    DONE(k, asks(k, "2026-09-08", "asked"));
    CLOCK(k, "advice.ep", "running 2026-10-20");
    DONE(k, asks(k, "2026-09-10", "done"));
    DONE(k, asks(k, "2026-09-11", "undone")); /* Only that it is done: it stays asked. */
    CLOCK(k, "advice.ep", "running 2026-10-20");
    kit_free(k);
}

static void test_after_an_answer_it_may_be_asked_again(void **unused)
{
    (void)unused;
    struct kit *k = advice();
    DONE(k, asks(k, "2026-09-01", "asked"));
    DONE(k, asks(k, "2026-09-10", "done"));
    CLOCK(k, "advice.ep", "met 2026-10-13");
    DONE(k, asks(k, "2026-10-20", "asked"));
    CLOCK(k, "advice.ep", "running 2026-12-01 round 2");
    kit_free(k);
}

#define SHA "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* An item's own rule, the pack's, and what is known without either. */
static void test_files_are_of_the_kinds_that_are_taken(void **unused)
{
    (void)unused;
    struct kit *k = advice();
    struct event what = kit_event(k, EVENT_ITEM, "2026-09-12", "advice.ep", "officer", "");
    what.act = "done";
    what.file = "tool.exe";
    REFUSED(k, act_(k, &what), ERR_INPUT, "'tool.exe' is of a kind that is not kept");
    what.file = "a.pdf sha256:" SHA " pdf 10485761";
    REFUSED(k, act_(k, &what), ERR_INPUT, "this pack takes up to 10 MB");

    k->items[0][0].files = (struct file_rule){ words(k, "pdf"), 15 << 20 };
    what.file = "a.txt sha256:" SHA " txt 7";
    REFUSED(k, act_(k, &what), ERR_INPUT,
            "'a.txt' is of kind txt, and 'Psychologist' takes only pdf");
    what.file = "a.pdf sha256:" SHA " pdf 15728641";
    REFUSED(k, act_(k, &what), ERR_INPUT, "takes up to 15 MB");
    k->model.files = (struct file_rule){ words(k, "docx"), 1 << 20 };
    what.file = "a.pdf sha256:" SHA " pdf 15728640";
    DONE(k, act_(k, &what));

    struct event hold = kit_event(k, EVENT_NAME, "2026-09-13", "officer", "officer", "");
    hold.by = "J Ross";
    hold.file = "a.pdf sha256:" SHA " pdf 9";
    REFUSED(k, act_(k, &hold), ERR_INPUT, "'a.pdf' is of kind pdf, and this pack takes only docx");
    kit_free(k);
}

static void test_a_document_is_named_where_one_is_wanted(void **unused)
{
    (void)unused;
    struct kit *k = advice();
    k->items[0][0].proof = true;
    k->deadlines[0].excused_by = words(k, "away");
    excuse(k, "away", "officer")->proof = true;
    DONE(k, asks(k, "2026-09-01", "asked"));
    REFUSED(k, asks(k, "2026-09-10", "done"), ERR_REFUSED,
            "the document that proves it is missing");
    REFUSED(k, excuse_(k, "2026-09-10", "advice.ep", "away", "officer", "In France"), ERR_INPUT,
            "the document that proves the ground 'away' is missing");
    CLOCK(k, "advice.ep", "running 2026-10-13");

    struct event what = kit_event(k, EVENT_EXCUSE, "2026-09-11", "advice.ep", "officer", "");
    what.act = "away";
    what.why = "In France";
    what.file = "letter.pdf";
    DONE(k, act_(k, &what));
    CLOCK(k, "advice.ep", "excused 2026-10-13");
    what = kit_event(k, EVENT_ITEM, "2026-09-12", "advice.ep", "officer", "");
    what.act = "done";
    what.file = "advice.pdf";
    DONE(k, act_(k, &what));
    CLOCK(k, "advice.ep", "excused 2026-10-13"); /* Done or not, it was excused. */
    kit_free(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_asking_again_while_open_moves_nothing),
        cmocka_unit_test(test_what_was_recorded_by_mistake_is_taken_back_first),
        cmocka_unit_test(test_after_an_answer_it_may_be_asked_again),
        cmocka_unit_test(test_files_are_of_the_kinds_that_are_taken),
        cmocka_unit_test(test_a_document_is_named_where_one_is_wanted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
