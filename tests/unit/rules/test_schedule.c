/* SPDX-License-Identifier: MIT */
/* On which days a schedule's moment comes round, from text to date. */
#include "engine/when/round.h"
#include "tests/unit/rules/moment_kit.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct moment *parsed(struct arena *arena, const char *text)
{
    const struct moment_names names = { .comes_round = true };
    struct diags *diags = diags_new(arena);
    const struct moment *moment =
        moment_parse(arena, text, (struct span){ .col = 1 }, &names, diags);
    if (!moment)
        fail_msg("'%s': %s", text, diags->at[0].text);
    return moment;
}

/* Two years of terms; nothing is known of the autumn of 2027. */
static struct calendar two_years(void)
{
    static struct term terms[5];
    static const struct { const char *season, *from, *to, *half_from, *half_to; } rows[] = {
        { "spring", "2026-01-05", "2026-03-27", "2026-02-16", "2026-02-20" },
        { "summer", "2026-04-13", "2026-07-22", "2026-05-25", "2026-05-29" },
        { "autumn", "2026-09-03", "2026-12-18", "2026-10-26", "2026-10-30" },
        { "spring", "2027-01-04", "2027-03-24", "2027-02-15", "2027-02-19" },
        { "summer", "2027-04-12", "2027-07-23", "2027-05-31", "2027-06-04" },
    };
    struct calendar calendar = england_calendar();
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        terms[i] = (struct term){ rows[i].season, rows[i].season, on_day(rows[i].from),
                                  on_day(rows[i].to), on_day(rows[i].half_from),
                                  on_day(rows[i].half_to) };
    calendar.terms = terms;
    calendar.term_count = COUNT_OF(terms);
    return calendar;
}

static void days_come_round(void **state)
{
    (void)state;
    static const struct { const char *text, *after, *next; } table[] = {
        { "1 September", "2026-08-20", "2026-09-01" },
        { "1 September", "2026-08-31", "2026-09-01" },
        { "1 September", "2026-09-01", "2027-09-01" },
        { "29 February", "2026-01-01", "2026-02-28" },
        { "first Thursday of October", "2026-09-30", "2026-10-01" },
        { "first Thursday of October", "2026-10-01", "2027-10-07" },
        { "1 week before end of month", "2026-11-02", "2026-11-23" },
        { "1 week before end of month", "2026-11-23", "2026-12-24" },
        { "1 week before end of month", "2026-11-30", "2026-12-24" },
        { "1 week before end of month", "2027-02-20", "2027-02-21" },
        { "day after end of month", "2026-11-30", "2026-12-01" },
        { "day after end of month", "2026-12-01", "2027-01-01" },
        { "1 week after end of month", "2026-12-01", "2026-12-07" }, /* Of November's end. */
        { "12 months after 1 September", "2026-08-01", "2026-09-01" },
        { "start of term", "2026-07-01", "2026-09-03" },
        { "start of autumn term", "2026-01-01", "2026-09-03" },
        { "end of term", "2026-12-17", "2026-12-18" },
        { "2 weeks before end of half term", "2026-09-03", "2026-10-09" },
        { "2 weeks before end of half term", "2026-10-09", "2026-12-04" },
        { "start of half term", "2026-10-20", "2026-11-02" },
        { "5 working days after start of term", "2026-12-31", "2027-01-11" },
        { "start of school year", "2026-09-01", "2027-09-01" },
        { "start of autumn term", "2026-09-03", "beyond" },
        { "start of term", "2027-04-12", "beyond" },
    };
    struct arena *arena = arena_new();
    const struct calendar calendar = two_years();
    const struct when_in in = { .calendar = &calendar };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        struct round_out round;
        char text[DAY_TEXT_MAX];
        round_next(&in, parsed(arena, table[i].text), on_day(table[i].after), &round);
        const char *got = round.known ? day_iso(round.date, text) : round.beyond ? "beyond" : "-";
        if (strcmp(got, table[i].next) != 0)
            fail_msg("%s after %s: %s, not %s", table[i].text, table[i].after, got, table[i].next);
    }
    arena_free(arena);
}

/* Each day once, and in order: what a schedule opens on in two years. */
static void none_is_left_out(void **state)
{
    (void)state;
    static const struct { const char *text; int days; } table[] = {
        { "1 week before end of month", 24 },
        { "1 September", 2 },
        { "start of half term", 9 }, /* Before the first of 2026 there may have been another. */
        { "6 months after end of term", 4 },
    };
    struct arena *arena = arena_new();
    const struct calendar calendar = two_years();
    const struct when_in in = { .calendar = &calendar };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        const struct moment *moment = parsed(arena, table[i].text);
        day at = on_day("2025-12-31"), last = on_day("2027-12-31");
        int days = 0;
        for (;;) {
            struct round_out round;
            round_next(&in, moment, at, &round);
            if (!round.known || round.date > last)
                break;
            assert_true(round.date > at);
            at = round.date;
            days++;
        }
        if (days != table[i].days)
            fail_msg("%s: %d days, not %d", table[i].text, days, table[i].days);
    }
    arena_free(arena);
}

static void what_does_not_come_round(void **state)
{
    (void)state;
    static const char *const table[] = {
        "1 September 2026", "2 weeks after meeting", "1 September after meeting",
        "last 1 September before meeting", "earlier of (1 May and 1 September)",
    
    };
    struct arena *arena = arena_new();
    const struct calendar calendar = two_years();
    const struct when_in in = { .calendar = &calendar };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        struct round_out round;
        const struct moment *moment = parsed(arena, table[i]);
        assert_null(round_leaf(moment));
        round_next(&in, moment, on_day("2026-01-01"), &round);
        assert_false(round.known);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_come_round),
        cmocka_unit_test(none_is_left_out),
        cmocka_unit_test(what_does_not_come_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
