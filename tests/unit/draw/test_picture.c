/* SPDX-License-Identifier: MIT */
/* The self-check itself: what it must find, and what it must let pass. Text, and what conditions
 * are called.
 */
#include "engine/draw/condition.h"
#include "engine/draw/picture.h"
#include "engine/draw/spread.h"
#include "engine/base/text.h"
#include "tests/unit/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct thing {
    enum mark_kind kind;
    int owner, x, y, w, h; /* Of a line: to x + w, y + h. */
};

static void put(struct picture *picture, const struct thing *it)
{
    struct spot spots[] = { { it->x, it->y }, { it->x + it->w, it->y + it->h } };
    if (it->kind == MARK_EDGE || it->kind == MARK_RULE)
        picture_line(picture, it->kind, it->owner, spots, 2);
    else if (it->kind == MARK_TEXT)
        picture_text(picture, it->owner, FACE_PLAIN, it->x, it->y, "A word");
    else
        picture_box(picture, it->kind, it->owner, it->x, it->y, it->w, it->h);
}

static void what_lies_on_something_is_found(void **state)
{
    static const struct {
        const char *name;
        struct thing a, b, c;
        bool fault;
    } rows[] = {
        { "two cards apart", { MARK_CARD, 1, 10, 10, 50, 50 }, { MARK_CARD, 2, 70, 10, 50, 50 },
          { MARK_RING, 3, 0, 0, 4, 4 }, false },
        { "two cards", { MARK_CARD, 1, 10, 10, 50, 50 }, { MARK_CARD, 2, 50, 50, 50, 50 },
          { MARK_RING, 3, 0, 0, 4, 4 }, true },
        { "a word in its card", { MARK_CARD, 1, 10, 10, 90, 50 }, { MARK_TEXT, 1, 20, 20, 0, 0 },
          { MARK_RING, 3, 0, 0, 4, 4 }, false },
        { "a word out of its card", { MARK_CARD, 1, 10, 10, 90, 50 },
          { MARK_TEXT, 1, 80, 20, 0, 0 }, { MARK_RING, 3, 0, 0, 4, 4 }, true },
        { "a word in another's card", { MARK_CARD, 1, 10, 10, 90, 50 },
          { MARK_TEXT, 2, 20, 20, 0, 0 }, { MARK_RING, 3, 0, 0, 4, 4 }, true },
        { "two words", { MARK_TEXT, 1, 10, 10, 0, 0 }, { MARK_TEXT, 1, 30, 15, 0, 0 },
          { MARK_RING, 3, 0, 0, 4, 4 }, true },
        { "an edge from card to card", { MARK_CARD, 1, 10, 10, 50, 50 },
          { MARK_CARD, 2, 10, 100, 50, 50 }, { MARK_EDGE, 3, 30, 60, 0, 40 }, false },
        { "an edge across a card", { MARK_CARD, 1, 10, 10, 50, 50 },
          { MARK_CARD, 2, 10, 100, 50, 50 }, { MARK_EDGE, 3, 30, 10, 0, 140 }, true },
        { "an edge to nowhere", { MARK_CARD, 1, 10, 10, 50, 50 },
          { MARK_CARD, 2, 10, 100, 50, 50 }, { MARK_EDGE, 3, 30, 60, 0, 30 }, true },
        { "an edge across a word", { MARK_CARD, 1, 10, 10, 50, 50 },
          { MARK_TEXT, 2, 20, 70, 0, 0 }, { MARK_EDGE, 1, 30, 60, 0, 90 }, true },
        { "a thin line across a bracket", { MARK_LAW, 1, 10, 10, 7, 90 },
          { MARK_RULE, 0, 5, 50, 90, 0 }, { MARK_RING, 3, 0, 0, 4, 4 }, false },
        { "a thin line across a word", { MARK_TEXT, 1, 10, 10, 0, 0 },
          { MARK_RULE, 0, 5, 18, 90, 0 }, { MARK_RING, 3, 0, 0, 4, 4 }, true },
        { "two brackets", { MARK_LAW, 1, 10, 10, 7, 90 }, { MARK_LOCAL, 2, 14, 90, 7, 50 },
          { MARK_RING, 3, 0, 0, 4, 4 }, true },
        { "one bracket beside another", { MARK_LAW, 1, 10, 10, 7, 90 },
          { MARK_LOCAL, 2, 24, 50, 7, 50 }, { MARK_RING, 3, 0, 0, 4, 4 }, false },
        { "a bracket over a word", { MARK_LAW, 1, 10, 10, 7, 90 }, { MARK_TEXT, 1, 4, 50, 0, 0 },
          { MARK_RING, 3, 0, 0, 4, 4 }, true },
        { "beyond the paper", { MARK_CARD, 1, 180, 10, 50, 50 }, { MARK_RING, 3, 0, 0, 4, 4 },
          { MARK_RING, 3, 8, 0, 4, 4 }, true },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct picture picture = { .arena = *state, .width = 200, .height = 200 };
        put(&picture, &rows[i].a);
        put(&picture, &rows[i].b);
        put(&picture, &rows[i].c);
        const char *fault = picture_fault(&picture);
        if (!fault == rows[i].fault)
            fail_msg("%s: %s", rows[i].name, fault ? fault : "nothing was found");
    }
}

static void crossing_edges_are_found_and_branches_are_none(void **state)
{
    for (int owner = 1; owner <= 2; owner++) {
        struct picture picture = { .arena = *state, .width = 200, .height = 200 };
        const struct thing things[] = {
            { MARK_CARD, 9, 80, 10, 30, 30 }, { MARK_CARD, 9, 80, 120, 30, 30 },
            { MARK_CARD, 9, 10, 60, 30, 30 }, { MARK_CARD, 9, 150, 60, 30, 30 },
            { MARK_EDGE, 1, 90, 40, 0, 80 }, { MARK_EDGE, owner, 40, 75, 110, 0 },
        };
        for (size_t i = 0; i < sizeof things / sizeof *things; i++)
            put(&picture, &things[i]);
        assert_int_equal(picture_fault(&picture) != NULL, owner == 2);
    }
}

static void text_breaks_at_blanks_and_within_long_words(void **state)
{
    struct lines lines = words_wrap(*state, FACE_SOFT, "Tell the family the decision", 80);
    assert_int_equal(lines.count, 3);
    assert_string_equal(lines.at[0], "Tell the");
    assert_string_equal(lines.at[2], "decision");
    lines = words_wrap(*state, FACE_SOFT, "Donaudampfschifffahrtsgesellschaft", 80);
    assert_true(lines.count > 2);
    assert_true(lines.width <= 80);
    lines = words_wrap(*state, FACE_SOFT, "", 80);
    assert_int_equal(lines.count, 1);
    assert_string_equal(lines.at[0], "");
    assert_true(words_width(FACE_BIG, "Plan kept") > words_width(FACE_SOFT, "Plan kept"));
    assert_true(words_width(FACE_PLAIN, "日本") >= 28);
    assert_int_equal(words_longest(FACE_SOFT, "a decision of"), words_width(FACE_SOFT, "decision"));
}

static void things_go_where_they_wish_as_far_as_they_may(void **state)
{
    static const struct {
        int wish[3], apart, low, high, x[3];
    } rows[] = {
        { { 10, 50, 90 }, 20, 0, 100, { 10, 50, 90 } },  /* Far apart already. */
        { { 50, 50, 50 }, 20, 0, 100, { 30, 50, 70 } },  /* All in one place: about it. */
        { { 90, 50, 10 }, 20, 0, 100, { 30, 50, 70 } },  /* The order stays. */
        { { 0, 0, 0 }, 20, 0, 100, { 0, 20, 40 } },      /* Not beyond the bounds. */
        { { 100, 100, 100 }, 20, 0, 100, { 60, 80, 100 } },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct spread *s = spread_new(*state, 3);
        for (size_t j = 0; j < 3; j++) {
            s->wish[j] = rows[i].wish[j];
            s->apart[j] = rows[i].apart;
            s->low[j] = rows[i].low;
            s->high[j] = rows[i].high;
        }
        spread_out(s);
        assert_memory_equal(s->x, rows[i].x, sizeof rows[i].x);
    }
}

static void conditions_have_short_names(void **state)
{
    static const struct option options[] = { { "amend", "Amend it" }, { "keep", "Keep the plan" },
                                             { "end", "End it" } };
    static const struct field fields[] = {
        { .name = "decision", .type = FIELD_CHOICE, .options = options, .option_count = 3 },
        { .name = "moved", .label = "Moved away", .type = FIELD_YES_NO },
        { .name = "meeting", .label = "Date of the meeting", .type = FIELD_DATE },
    };
    static const struct event_rule events[] = { { .name = "hold", .title = "Meeting held" } };
    static const struct process process = { .fields = fields, .field_count = 3, .events = events,
                                            .event_count = 1 };
    static const char *const rows[][2] = {
        { "decision == \"amend\"", "Amend it" },
        { "decision ~= 'amend'", "not “Amend it”" },
        { "decision == \"keep\" and not moved", "Keep the plan and not Moved away" },
        { "moved or known(\"hold\")", "Moved away or after “Meeting held”" },
        { "known(\"meeting\")", "“Date of the meeting” is known" },
        { "decision == \"and or\"", "decision == \"and or\"" },
        { "age(birth) < 5", "age(birth) < 5" },
        { "a  +\n b > 3", "a + b > 3" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct condition condition = { .source = rows[i][0], .process = &process };
        assert_string_equal(condition_words(*state, &condition), rows[i][1]);
    }
    const struct condition function = { .is_function = true, .source = "timetable.full_time" };
    assert_string_equal(condition_words(*state, &function), "full time");

    const struct condition keep = { .source = "decision == \"keep\"", .process = &process };
    const struct condition amend = { .source = "decision == \"amend\"", .process = &process };
    const struct target to[] = { { .when = &keep }, { .when = &amend }, { .otherwise = true } };
    const struct event_rule three = { .to = to, .target_count = 3 };
    assert_string_equal(condition_branch(*state, &process, &three, 2), "End it");
    const struct target two[] = { { .when = &keep }, { .otherwise = true } };
    const struct event_rule left = { .to = two, .target_count = 2 };
    assert_string_equal(condition_branch(*state, &process, &left, 1), "otherwise");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_lies_on_something_is_found, arena_setup,
                                        arena_teardown),
        cmocka_unit_test_setup_teardown(crossing_edges_are_found_and_branches_are_none,
                                        arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(text_breaks_at_blanks_and_within_long_words, arena_setup,
                                        arena_teardown),
        cmocka_unit_test_setup_teardown(things_go_where_they_wish_as_far_as_they_may, arena_setup,
                                        arena_teardown),
        cmocka_unit_test_setup_teardown(conditions_have_short_names, arena_setup, arena_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
