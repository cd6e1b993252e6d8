/* SPDX-License-Identifier: MIT */
/* Every worked date that the law's readers wrote down, from text to date. */
#include "tests/unit/rules/moment_kit.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { COLUMNS = 8, ROWS_AT_LEAST = 55, LINE_MAX_LEN = 1024 };
enum { ID, MOMENT, ANCHORS, CALENDAR, ROLL, DUE, DO_BY, RULE };

/* Cuts a CSV line in place; fields may be quoted, quotes inside are not used. */
static void split(char *line, char *fields[COLUMNS])
{
    char *at = line;
    for (int i = 0; i < COLUMNS; i++) {
        char end = ',';
        if (*at == '"') {
            at++;
            end = '"';
        }
        fields[i] = at;
        at += strcspn(at, end == '"' ? "\"" : ",\r\n");
        if (end == '"' && *at)
            *at++ = '\0';
        if (*at)
            *at++ = '\0';
    }
}

static void check_row(struct arena *arena, char *fields[COLUMNS])
{
    const struct calendar england = england_calendar(), tribunal = tribunal_calendar();
    const struct calendar *calendar =
        strcmp(fields[CALENDAR], "tribunal") == 0 ? &tribunal : &england;
    struct trace trace = { .arena = arena };
    struct when_in in = given_when(calendar, fields[ANCHORS]);
    in.trace = &trace;
    struct diags *diags = diags_new(arena);
    struct span span = { .col = 1 };
    char due[DAY_TEXT_MAX] = "", do_by[DAY_TEXT_MAX] = "";
    day date = DAY_NONE, by = DAY_NONE;

    const struct moment *moment = moment_parse(arena, fields[MOMENT], span, NULL, diags);
    if (!moment)
        fail_msg("row %s: '%s': %s", fields[ID], fields[MOMENT], diags->at[0].text);
    struct when_out out;
    when_moment(&in, moment, &out);
    bool known = out.known && when_roll(&in, fields[ROLL][0] ? fields[ROLL] : NULL, out.due, &date);
    if (!known || out.provisional || strcmp(day_iso(date, due), fields[DUE]) != 0)
        fail_msg("row %s: '%s' is '%s', not %s", fields[ID], fields[MOMENT], due, fields[DUE]);
    bool by_known = when_do_by(&in, date, false, &by);
    if (fields[DO_BY][0] && (!by_known || strcmp(day_iso(by, do_by), fields[DO_BY]) != 0))
        fail_msg("row %s: do by '%s', not %s", fields[ID], do_by, fields[DO_BY]);
    if (date > calendar->known_until)
        assert_false(by_known);
    assert_true(trace.count >= 2);
}

static void every_worked_date_comes_out(void **state)
{
    (void)state;
    static struct arena *arena;
    arena = arena_new();
    FILE *file = fopen("tests/data/worked-dates.csv", "r");
    assert_non_null(file);
    char line[LINE_MAX_LEN], *fields[COLUMNS];
    int rows = 0;
    assert_non_null(fgets(line, sizeof line, file)); /* The header. */
    while (fgets(line, sizeof line, file)) {
        split(line, fields);
        arena_reset(arena);
        check_row(arena, fields);
        rows++;
    }
    fclose(file);
    arena_free(arena);
    assert_true(rows >= ROWS_AT_LEAST);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_worked_date_comes_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
