/* SPDX-License-Identifier: MIT */
/* What is not a moment: where the caret stands, what it says, and what it suggests. */
#include "tests/unit/rules/moment_kit.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

struct row {
    int line;
    const char *moment;
    int col, end_col;
    const char *code, *text, *hint; /* hint NULL: not asked. */
};
#define ROW(...) { __LINE__, __VA_ARGS__ }

static const struct row rows[] = {
    ROW("", 1, 2, "M001", "expected a date, a length or a name, but the moment ends here", NULL),
    ROW("2 weeks", 8, 9, "M001",
        "expected 'after', 'before' or 'starting with', but the moment ends here", NULL),
    ROW("2 weeks after", 14, 15, "M001",
        "expected a date, a length or a name, but the moment ends here", NULL),
    ROW("2 wekks after meeting", 3, 8, "M001",
        "expected days, weeks, months, years or working days, found 'wekks'",
        "did you mean 'weeks'?"),
    ROW("2 after meeting", 3, 8, "M001",
        "expected days, weeks, months, years or working days, found 'after'", NULL),
    ROW("2 weeks aftr meeting", 9, 13, "M001",
        "expected 'after', 'before' or 'starting with', found 'aftr'", "did you mean 'after'?"),
    ROW("2 months beginning with x", 10, 19, "M001",
        "expected 'after', 'before' or 'starting with', found 'beginning'",
            "write `starting with`"),
    ROW("2weeks after meeting", 1, 7, "M001", "'2weeks' cannot be read",
        "put a space between number and word"),
    ROW("2 calendar days after x", 3, 11, "M001",
        "expected days, weeks, months, years or working days, found 'calendar'",
        "`days` are calendar days: leave 'calendar' out"),
    ROW("2 working weeks after x", 11, 16, "M001", "expected 'days', found 'weeks'", NULL),
    ROW("2 school months after x", 10, 16, "M001", "expected 'days' or 'weeks', found 'months'",
        NULL),
    ROW("99999 days after x", 1, 6, "M001", "a length is at most 9999", NULL),
    ROW("0 days starting with x", 17, 21, "M001", "what starts with a day is at least 1 long",
        NULL),
    ROW("2 weeks starting x", 18, 19, "M001", "expected 'with', found 'x'", NULL),
    ROW("two weeks after x", 5, 10, "M001", "the moment is complete before 'weeks'",
        "write the number: `2 weeks after X`"),
    ROW("befor meeting", 7, 14, "M001", "the moment is complete before 'meeting'",
        "did you mean 'before'?"),
    ROW("within 2 weeks of x", 8, 9, "M001", "the moment is complete before '2'",
        "write `2 weeks after X`"),
    ROW("first Thrsday of October after x", 15, 17, "M001", "the moment is complete before 'of'",
        "did you mean 'Thursday'?"),
    /* Hours. */
    ROW("24 hours after x", 1, 9, "M003", "'24 hours': hours are not counted", NULL),
    ROW("within 24 hours of x", 8, 16, "M003", "'24 hours': hours are not counted", NULL),
    /* Lists and `or`. */
    ROW("2 weeks after x or y", 17, 19, "M001", "it is not clear what `or` belongs to",
        "write `2 weeks after (X or Y)`, in brackets"),
    ROW("2 weeks after or", 15, 17, "M001", "expected a name, found 'or'", NULL),
    ROW("2 weeks after (x or y", 22, 23, "M001", "expected ')', but the moment ends here", NULL),
    ROW("2 weeks after x)", 16, 17, "M001", "the moment is complete before ')'", NULL),
    ROW("earlier of (x)", 12, 13, "M001", "`earlier of` needs two dates or more", NULL),
    ROW("later of (x or y)", 10, 11, "M001", "`later of` needs two dates or more",
        "`or` takes the first that is known: write `and`"),
    ROW("earlier of x and y", 12, 13, "M001", "expected '(', found 'x'",
        "write `earlier of (A and B)`"),
    ROW("latest of (x and y)", 8, 10, "M001", "expected a name, found 'of'",
        "write `earlier of (A and B)` or `later of (A and B)`"),
    ROW("x and y", 3, 6, "M001", "the moment is complete before 'and'",
        "write `earlier of (A and B)`, `later of` or `all of`"),
    ROW("earlier of (x by y)", 15, 17, "M001", "expected 'and', ',' or ')', found 'by'", NULL),
    ROW("at least 2 weeks after x", 18, 23, "M001", "expected 'before', found 'after'",
        "`at least` gives notice before a day; after one, write `day after (15 days after X)`"),
    /* Dates. */
    ROW("31 February 2027", 1, 17, "M001", "February of that year has 28 days", NULL),
    ROW("2 weeks after 2027-02-31", 15, 25, "M001",
        "2027-02-31 is not a date: February 2027 has 28 days", NULL),
    ROW("31 February in year", 1, 12, "M001", "February has 29 days", NULL),
    ROW("1 October 3000", 11, 15, "M001", "years run from 1900 to 2199", NULL),
    ROW("1 October", 10, 11, "M001",
        "expected 'after', 'before', 'on or after' or 'in', but the moment ends here", NULL),
    ROW("15 February in (x or y)", 16, 17, "M001", "expected a year, found '('", NULL),
    ROW("first Thursday October after x", 16, 23, "M001",
        "expected 'of' and a month, found 'October'", NULL),
    ROW("first Thursday of term after x", 19, 23, "M001", "expected a month, found 'term'", NULL),
    ROW("next 1 October before x", 16, 22, "M001", "`next` goes with `after`", NULL),
    ROW("last panel after x", 12, 17, "M001", "`last` goes with `before`", NULL),
    ROW("next 1 October in year", 16, 18, "M001",
        "expected 'after', 'before' or 'on or after', found 'in'", NULL),
    ROW("last review", 12, 13, "M001",
        "expected 'after', 'before' or 'on or after', but the moment ends here",
        "`next` and `last` pick from a table of the calendar: `last review before X`; the last "
        "time of an event is `latest X`"),
    ROW("next", 5, 6, "M001",
        "expected a table of the calendar, a day of the year or a term, but the moment ends here",
        NULL),
    ROW("end of week after x", 8, 12, "M001",
        "expected term, half term, school year, year 9 or month, found 'week'", NULL),
    ROW("end of month in year", 14, 16, "M001", "a month's end comes `after` or `before` a date",
        NULL),
    ROW("start of year 99", 15, 17, "M001", "school years run to 14", NULL),
    ROW("31st birthday", 14, 15, "M001", "expected 'of', but the moment ends here", NULL),
    ROW("31st of birth", 6, 8, "M001", "expected 'birthday' or a month, found 'of'", NULL),
    ROW("next anniversary of x", 22, 23, "M001", "expected 'after', but the moment ends here",
        NULL),
    ROW("2 weeks after due of", 21, 22, "M001",
        "expected the name of a deadline, but the moment ends here", NULL),
    ROW("2 weeks after x + 1", 17, 18, "M001", "'+' cannot be read", NULL),
    /* Columns count characters, not bytes. */
    ROW("2 weeks after caf\xc3\xa9", 18, 19, "M001", "'\xc3\xa9' cannot be read", NULL),
    ROW("limit after x", 1, 6, "R013", "'limit' is not a length",
        "write a length before `after`: `2 weeks after X`"),
};

static struct arena *arena;

static const struct diag *only_finding(int line, const char *moment, struct span span)
{
    struct diags *diags = diags_new(arena);
    if (moment_parse(arena, moment, span, NULL, diags))
        fail_msg("line %d: '%s' was taken for a moment", line, moment);
    if (diags->count != 1)
        fail_msg("line %d: '%s' has %zu findings", line, moment, diags->count);
    return &diags->at[0];
}

static void wrong_moments_are_refused_at_the_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct row *row = &rows[i];
        struct span span = { .line = 1, .col = 1 };
        const struct diag *got = only_finding(row->line, row->moment, span);
        if (strcmp(got->code, row->code) != 0 || strcmp(got->text, row->text) != 0)
            fail_msg("line %d: '%s': %s %s", row->line, row->moment, got->code, got->text);
        if (got->span.col != row->col || got->span.end_col != row->end_col)
            fail_msg("line %d: '%s': columns %d to %d, not %d to %d", row->line, row->moment,
                     got->span.col, got->span.end_col, row->col, row->end_col);
        if (row->hint && (!got->hint || strcmp(got->hint, row->hint) != 0))
            fail_msg("line %d: '%s': hint %s", row->line, row->moment,
                     got->hint ? got->hint : "(none)");
    }
}

/* Where YAML has the text: plain, in quotes, or folded over lines. */
static void columns_follow_the_text(void **state)
{
    (void)state;
    const char *text = "2 wekks after meeting";
    int wide = (int)strlen(text);
    const struct diag *got = only_finding(0, text, (struct span){ .line = 9, .col = 12,
                                                                 .end_col = 12 + wide });
    assert_int_equal(got->span.line, 9);
    assert_int_equal(got->span.col, 14);
    assert_int_equal(got->span.end_col, 19);
    got = only_finding(0, text, (struct span){ .line = 9, .col = 12, .end_col = 14 + wide });
    assert_int_equal(got->span.col, 15);
    assert_int_equal(got->span.end_col, 20);
    got = only_finding(0, text, (struct span){ .line = 9, .col = 12, .end_col = 14 });
    assert_int_equal(got->span.col, 12);
    assert_int_equal(got->span.end_col, 14);
}

static void fill(char *text, size_t room, const char *piece, const char *end)
{
    size_t len = 0, step = strlen(piece);
    for (; len + step + strlen(end) + 1 < room; len += step)
        memcpy(text + len, piece, step);
    memcpy(text + len, end, strlen(end) + 1);
}

static void what_is_too_large_is_refused(void **state)
{
    (void)state;
    static char text[3000];
    struct span span = { .line = 1, .col = 1 };
    fill(text, sizeof text, "a", "");
    assert_string_equal(only_finding(__LINE__, text, span)->text,
                        "a moment has at most 2000 letters");
    fill(text, 1900, "a or ", "a");
    assert_string_equal(only_finding(__LINE__, text, span)->text, "a moment has at most 250 words");
    fill(text, 200, "(", "a");
    assert_string_equal(only_finding(__LINE__, text, span)->text, "a moment is at most 32 deep");
    fill(text, 800, "day after ", "a");
    assert_string_equal(only_finding(__LINE__, text, span)->text, "a moment is at most 32 deep");
}

static int make_arena(void **state)
{
    (void)state;
    arena = arena_new();
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
        cmocka_unit_test(wrong_moments_are_refused_at_the_place),
        cmocka_unit_test(columns_follow_the_text),
        cmocka_unit_test(what_is_too_large_is_refused),
    };
    return cmocka_run_group_tests(tests, make_arena, drop_arena);
}
