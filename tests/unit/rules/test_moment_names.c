/* SPDX-License-Identifier: MIT */
/* Names that a process knows: anchors, settings, tables; and questions about a tree. */
#include "tests/unit/rules/moment_kit.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const char *const known_names[] = { "meeting", "review",        "birth", "transfer_year",
                                           "limit",   "advice.ep.asked" };

static bool find_anchor(void *self, const char *name, bool number, struct anchor *out)
{
    (void)self;
    if (strcmp(name, "transfer_year") == 0 && number)
        *out = (struct anchor){ .kind = ANCHOR_NUMBER, .name = "transfer_year" };
    else if (strcmp(name, "meeting") == 0)
        *out = (struct anchor){ .kind = ANCHOR_FIELD, .name = "meeting" };
    else if (strcmp(name, "review") == 0)
        *out = (struct anchor){ .kind = ANCHOR_EVENT, .name = "review" };
    else if (strcmp(name, "advice.ep.asked") == 0)
        *out = (struct anchor){ .kind = ANCHOR_ASKED, .name = "advice", .item = "ep" };
    else if (strcmp(name, "opened") == 0)
        *out = (struct anchor){ .kind = ANCHOR_OPENED };
    else
        return false;
    return true;
}

static bool find_length(void *self, const char *name, struct length *out)
{
    (void)self;
    return strcmp(name, "limit") == 0 && length_parse("12 weeks", out);
}

static const char *const *all_known(void *self, size_t *count)
{
    (void)self;
    *count = COUNT_OF(known_names);
    return known_names;
}

static struct arena *arena;
static struct diags *diags;
static struct calendar county;

static const struct moment *parse(const char *text)
{
    const struct moment_names names = { .anchor = find_anchor,
                                        .length = find_length,
                                        .known = all_known,
                                        .calendar = &county };
    struct span span = { .line = 1, .col = 1 };
    diags = diags_new(arena);
    return moment_parse(arena, text, span, &names, diags);
}

static void settings_stand_for_lengths(void **state)
{
    (void)state;
    const struct moment *moment = parse("limit starting with meeting");
    assert_non_null(moment);
    assert_int_equal(moment->kind, MOMENT_AFTER);
    assert_int_equal(moment->length.n, 12);
    assert_int_equal(moment->length.unit, UNIT_WEEK);
    assert_true(moment->starting);
    assert_int_equal(moment->base->anchor.kind, ANCHOR_FIELD);
    assert_string_equal(moment->text, "limit starting with meeting");
    assert_string_equal(moment->base->text, "meeting");
    assert_int_equal(moment->base->span.col, 21);
    assert_non_null(parse("at least limit before meeting"));
    assert_non_null(parse("limit before (limit after meeting)"));
}

static void anchors_are_what_the_process_says(void **state)
{
    (void)state;
    const struct moment *moment = parse("2 weeks after first review");
    assert_int_equal(moment->base->anchor.kind, ANCHOR_EVENT);
    assert_true(moment->base->anchor.first && moment->base->anchor.chosen);
    moment = parse("2 weeks after latest review");
    assert_true(!moment->base->anchor.first && moment->base->anchor.chosen);
    moment = parse("2 weeks after review");
    assert_true(!moment->base->anchor.first && !moment->base->anchor.chosen);
    moment = parse("6 weeks after advice.ep.asked");
    assert_int_equal(moment->base->anchor.kind, ANCHOR_ASKED);
    assert_string_equal(moment->base->anchor.item, "ep");
    moment = parse("before 15 February in transfer_year");
    assert_int_equal(moment->base->base->anchor.kind, ANCHOR_NUMBER);
    moment = parse("day after due of appeal");
    assert_int_equal(moment->base->anchor.kind, ANCHOR_DUE);
    assert_string_equal(moment->base->anchor.name, "appeal");
}

static const struct {
    int line;
    const char *moment, *code, *text, *hint;
    int col;
} wrong[] = {
    { __LINE__, "2 weeks after meting", "M002", "unknown name 'meting'", "did you mean 'meeting'?",
      15 },
    { __LINE__, "limt after meeting", "R013", "'limt' is not a length", "did you mean 'limit'?",
      1 },
    { __LINE__, "meeting after review", "R013", "'meeting' is not a length",
      "write a length before `after`: `2 weeks after X`", 1 },
    { __LINE__, "2 weeks after transfer_year", "M002", "unknown name 'transfer_year'", NULL, 15 },
    { __LINE__, "before 15 February in transfr_year", "M002", "unknown year 'transfr_year'",
      "did you mean 'transfer_year'?", 23 },
    { __LINE__, "start of year 9", "M002",
      "a school year needs the date of birth, and there is no 'birth'", "add a field `birth`", 1 },
    { __LINE__, "next panl after meeting", "C001", "the calendar 'county' has no table 'panl'",
      "did you mean 'panel'?", 6 },
    { __LINE__, "meet of next alfi_board after meeting", "C001",
      "the table 'alfi_board' has no column 'meet'", "did you mean 'meets'?", 1 },
    { __LINE__, "end of autum term after meeting", "C001",
      "the calendar 'county' has no autum term",
      "did you mean 'autumn'?", 8 },
};

static void unknown_names_are_told_with_the_nearest(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        if (parse(wrong[i].moment))
            fail_msg("line %d: '%s' was taken", wrong[i].line, wrong[i].moment);
        const struct diag *got = &diags->at[0];
        if (diags->count != 1 || strcmp(got->code, wrong[i].code) != 0 ||
            strcmp(got->text, wrong[i].text) != 0 || got->span.col != wrong[i].col)
            fail_msg("line %d: '%s': %s at %d: %s", wrong[i].line, wrong[i].moment, got->code,
                     got->span.col, got->text);
        if (wrong[i].hint && strcmp(got->hint, wrong[i].hint) != 0)
            fail_msg("line %d: hint %s", wrong[i].line, got->hint);
    }
}

/* As `reeve when` asks: any name, but the calendar's own tables. */
static void a_calendar_alone_checks_its_tables(void **state)
{
    (void)state;
    const struct moment_names names = { .calendar = &county };
    struct span span = { .col = 1 };
    diags = diags_new(arena);
    assert_null(moment_parse(arena, "next panl after whatever", span, &names, diags));
    assert_string_equal(diags->at[0].code, "C001");
    diags = diags_new(arena);
    assert_null(moment_parse(arena, "whatever after meeting", span, &names, diags));
    assert_string_equal(diags->at[0].code, "R013");
    diags = diags_new(arena);
    const struct moment *moment =
        moment_parse(arena, "earlier of (next panel after a, start of year 9)", span, &names,
            diags);
    assert_non_null(moment);
    assert_int_equal(moment->parts[0]->base->anchor.kind, ANCHOR_GIVEN);
}

static void all_unknown_names_are_told_at_once(void **state)
{
    (void)state;
    assert_null(parse("earlier of (2 weeks after meting and next panl after reviw)"));
    assert_int_equal(diags->count, 3);
}

static void count_names(void *self, const struct anchor *anchor)
{
    struct buf *buf = self;
    buf_printf(buf, "%s ", anchor->name);
}

static void anchors_are_found_in_the_whole_tree(void **state)
{
    (void)state;
    struct span span = { .col = 1 };
    struct buf buf = buf_in(arena);
    const struct moment *moment = moment_parse(
        arena,
        "earlier of (next panel at least 2 days after a, next anniversary of b after (c or due of "
        "d) and start of year 9)",
        span, NULL, diags_new(arena));
    assert_non_null(moment);
    moment_anchors(moment, &buf, count_names);
    assert_string_equal(buf_text(&buf), "a b c d birth ");
}

/* Moments in pairs: the first two of a row are the same rule, the third is another. */
static const char *const pairs[][3] = {
    { "2 weeks after x", "2  weeks after (x)", "3 weeks after x" },
    { "2 weeks after x", "2 week after on x", "2 weeks before x" },
    { "2 weeks after x", "2 weeks after x", "14 days after x" },
    { "12 months starting with x", "(12 months starting with x)", "12 months after x" },
    { "at least 2 weeks before x", "at least 2 weeks before (x)", "2 weeks before x" },
    { "1 October 2027", "2027-10-01", "2 October 2027" },
    { "earlier of (x and y)", "earlier of (x, y)", "later of (x and y)" },
    { "earlier of (x and y)", "earlier of (x, and y)", "earlier of (x, y and z)" },
    { "first Thursday of May after x", "first Thu of May after x", "last Thursday of May after x" },
    { "next 1 May after x", "1 May after x", "next 1 May on or after x" },
    { "end of term after x", "next end of term after x", "end of autumn term after x" },
    { "meets of next b after x", "meets of next b after x", "papers of next b after x" },
    { "latest x", "x", "first x" },
    { "anniversary of x", "anniversary of (x)", "next anniversary of x after y" },
};

static void the_same_rule_is_known_again(void **state)
{
    (void)state;
    struct span span = { .col = 1 };
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        const struct moment *moments[3];
        for (int j = 0; j < 3; j++) {
            moments[j] = moment_parse(arena, pairs[i][j], span, NULL, diags_new(arena));
            if (!moments[j])
                fail_msg("'%s' is not a moment", pairs[i][j]);
        }
        if (!moment_same(moments[0], moments[1]))
            fail_msg("'%s' is not '%s'", pairs[i][0], pairs[i][1]);
        if (moment_same(moments[0], moments[2]))
            fail_msg("'%s' is '%s'", pairs[i][0], pairs[i][2]);
    }
}

static void lengths_stand_alone(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is;
        int n;
        enum unit unit;
    } lengths[] = {
        { "2 weeks", true, 2, UNIT_WEEK },
        { " 10  working days ", true, 10, UNIT_WORKING_DAY },
        { "1 day", true, 1, UNIT_DAY },
        { "6 school weeks", true, 6, UNIT_SCHOOL_WEEK },
        { "15 school days", true, 15, UNIT_SCHOOL_DAY },
        { "12 months", true, 12, UNIT_MONTH },
        { "3 years", true, 3, UNIT_YEAR },
        { "0 days", true, 0, UNIT_DAY },
        { "", false, 0, UNIT_DAY },
        { "2", false, 0, UNIT_DAY },
        { "weeks", false, 0, UNIT_DAY },
        { "2 weeks after", false, 0, UNIT_DAY },
        { "-2 weeks", false, 0, UNIT_DAY },
        { "+2 weeks", false, 0, UNIT_DAY },
        { "2.5 weeks", false, 0, UNIT_DAY },
        { "99999 days", false, 0, UNIT_DAY },
        { "24 hours", false, 0, UNIT_DAY },
        { "2 working weeks", false, 0, UNIT_DAY },
        { "2 working", false, 0, UNIT_DAY },
    };
    for (size_t i = 0; i < COUNT_OF(lengths); i++) {
        struct length got = { -1, UNIT_DAY };
        if (length_parse(lengths[i].text, &got) != lengths[i].is)
            fail_msg("'%s'", lengths[i].text);
        assert_int_equal(got.n, lengths[i].is ? lengths[i].n : -1);
        assert_int_equal(got.unit, lengths[i].unit);
    }
}

static void words_of_the_grammar_are_no_names(void **state)
{
    (void)state;
    assert_true(moment_word("after") && moment_word("due") && moment_word("opened"));
    assert_false(moment_word("meeting") || moment_word("school") || moment_word("year"));
}

static int make_arena(void **state)
{
    (void)state;
    arena = arena_new();
    county = county_calendar();
    return 0;
}

static int drop_arena(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_stand_for_lengths),
        cmocka_unit_test(anchors_are_what_the_process_says),
        cmocka_unit_test(unknown_names_are_told_with_the_nearest),
        cmocka_unit_test(a_calendar_alone_checks_its_tables),
        cmocka_unit_test(all_unknown_names_are_told_at_once),
        cmocka_unit_test(anchors_are_found_in_the_whole_tree),
        cmocka_unit_test(the_same_rule_is_known_again),
        cmocka_unit_test(lengths_stand_alone),
        cmocka_unit_test(words_of_the_grammar_are_no_names),
    };
    return cmocka_run_group_tests(tests, make_arena, drop_arena);
}
