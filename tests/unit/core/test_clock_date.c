/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/dates.h"

#include "engine/core/anchors.h"
#include "tests/unit/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *iso(struct arena *arena, day date)
{
    char text[DAY_TEXT_MAX];
    return date == DAY_NONE ? "-" : arena_text(arena, day_iso(date, text));
}

static const char *dates(struct arena *arena, const struct casefile *file, const char *name)
{
    /* Grove goes on for longer, and trains its staff on the last day. */
    const struct named_day training = { day_of(2026, 12, 22), "Training day" };
    const struct calendar main_one = christmas();
    struct calendar grove = christmas();
    struct term terms[2] = { grove.terms[0], grove.terms[1] };
    terms[0].to = day_of(2026, 12, 22);
    grove.name = "grove";
    grove.school = 900001;
    grove.terms = terms;
    grove.non_pupil = &training;
    grove.non_pupil_count = 1;
    const struct calendar *const at[] = { &main_one, &grove };
    const struct calendars calendars = { .at = at, .count = 2, .schools = &at[1],
                                         .school_count = 1 };
    const struct decide_in in = { .model = &model, .calendars = &calendars, .file = file };
    const struct deadline *deadline = clock_rule(arena, &processes[0], file, name);
    struct clock_date date;
    assert_non_null(deadline);
    if (!clock_date(&in, file, deadline, NULL, NULL, NULL, &date))
        return arena_printf(arena, "missing %s", date.missing ? date.missing : "-");
    return arena_printf(arena, "due %s law %s local %s do_by %s since %s%s%s", iso(arena, date.due),
                        iso(arena, date.law), iso(arena, date.local), iso(arena, date.do_by),
                        iso(arena, date.since), date.provisional ? " provisional" : "",
                        date.floor_binds ? " floor" : "");
}

static void the_earlier_binds(void **state)
{
    static const struct {
        const char *name, *wanted;
    } rows[] = {
        /* Ten working days over Christmas are longer than the law's two weeks. */
        { "report",
          "due 2026-12-28 law - local 2026-12-30 do_by 2026-12-18 since 2026-12-14 floor" },
        { "early", "due 2026-12-21 law 2026-12-28 local - do_by 2026-12-21 since 2026-12-14" },
        { "plain", "due 2026-12-28 law - local - do_by 2026-12-24 since 2026-12-14" },
        { "appeal", "due 2026-12-28 law - local - do_by 2026-12-28 since 2026-12-14" },
        { "rolled", "due 2026-12-29 law - local - do_by 2026-12-29 since 2026-12-14" },
        { "waits", "missing meeting" },
        /* While one of the two is not known the other stands. */
        { "floor_only",
          "due 2026-12-28 law - local - do_by 2026-12-24 since 2026-12-14 provisional floor" },
        { "rule_only",
          "due 2026-12-28 law - local - do_by 2026-12-24 since 2026-12-14 provisional" },
        { "advice.school", "missing asked" },
    };
    const struct casefile file = held(*state);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *got = dates(*state, &file, rows[i].name);
        if (strcmp(got, rows[i].wanted) != 0)
            fail_msg("%s: '%s' instead of '%s'", rows[i].name, got, rows[i].wanted);
    }
}

/* By the school's own calendar: what its people do by, and nothing else of these. */
static void a_school_has_its_own_days(void **state)
{
    struct casefile file = held(*state);
    file.school = 900001;
    assert_string_equal(
        dates(*state, &file, "report"),
        "due 2026-12-28 law - local 2026-12-30 do_by 2026-12-21 since 2026-12-14 floor");
    assert_string_equal(dates(*state, &file, "plain"),
                        "due 2026-12-28 law - local - do_by 2026-12-24 since 2026-12-14");
    file.school = 900002; /* One without a calendar of its own. */
    assert_string_equal(
        dates(*state, &file, "report"),
        "due 2026-12-28 law - local 2026-12-30 do_by 2026-12-18 since 2026-12-14 floor");
}

static void rounds_are_told_apart_by_what_happened(void **state)
{
    struct casefile file = held(*state);
    struct happened *hold = sections_put_events(*state, &file.in, "hold");
    hold->latest = day_of(2026, 12, 16);
    sections_put_fields(*state, &file.in, "meeting")->value =
        (struct value){ .kind = VALUE_DATE, .number = day_of(2027, 2, 1) };
    /* `first hold` began it; the field moves it and starts no new round. */
    assert_string_equal(dates(*state, &file, "rounds"),
                        "due 2027-02-01 law - local - do_by 2027-02-01 since 2026-12-14");
    assert_string_equal(dates(*state, &file, "waits"),
                        "due 2027-02-08 law - local - do_by 2027-02-08 since 2027-02-01");
    assert_string_equal(dates(*state, &file, "plain"),
                        "due 2026-12-30 law - local - do_by 2026-12-30 since 2026-12-16");
    assert_string_equal(dates(*state, &file, "plain#1"), dates(*state, &file, "plain"));
}

static void items_have_their_own_dates(void **state)
{
    struct casefile file = held(*state);
    sections_put_items(*state, &file.in, "advice.school")->asked = day_of(2026, 12, 15);
    struct item *added = sections_put_items(*state, &file.in, "advice.x1");
    added->asked = day_of(2026, 12, 1);
    added->title = "Somebody else";
    added->by = "head";
    assert_string_equal(dates(*state, &file, "advice.school"),
                        "due 2026-12-22 law - local - do_by 2026-12-18 since 2026-12-15");
    assert_string_equal(dates(*state, &file, "advice.x1"),
                        "due 2026-12-08 law - local - do_by 2026-12-08 since 2026-12-01");
    assert_null(clock_rule(*state, &processes[0], &file, "advice.x2"));
    assert_null(clock_rule(*state, &processes[0], &file, "nothing"));
    const struct deadline *rule = clock_rule(*state, &processes[0], &file, "advice.x1");
    assert_string_equal(clock_owner(&file, rule), "head");
    assert_string_equal(rule->title, "Somebody else");
}

static void a_calendar_that_ends_is_never_guessed(void **state)
{
    struct casefile file = held(*state);
    struct happened *hold = sections_put_events(*state, &file.in, "hold");
    hold->first = hold->latest = day_of(2027, 12, 27);
    assert_string_equal(dates(*state, &file, "plain"),
                        "due 2028-01-10 law - local - do_by - since 2027-12-27");
    assert_string_equal(dates(*state, &file, "report"),
                        "due 2028-01-10 law - local - do_by - since 2027-12-27 provisional floor");
    /* School terms end sooner than the years that are known: a working day will do. */
    hold->first = hold->latest = day_of(2027, 9, 13);
    assert_string_equal(dates(*state, &file, "report"),
                        "due 2027-09-27 law - local - do_by 2027-09-27 since 2027-09-13");
}

static void anchors_are_looked_up(void **state)
{
    struct casefile file = held(*state);
    struct happened *hold = sections_put_events(*state, &file.in, "hold");
    hold->latest = hold->first + 5;
    sections_put_entered(*state, &file.in, "reporting")->latest = 100;
    sections_put_items(*state, &file.in, "advice.ep")->done = 200;
    sections_put_fields(*state, &file.in, "year")->value =
        (struct value){ .kind = VALUE_INT, .number = 2027 };
    struct clock *clock = sections_put_clocks(*state, &file.in, "report");
    clock->due = 300;
    clock->provisional = true;

    static const struct {
        struct anchor anchor;
        struct anchored wanted;
    } rows[] = {
        { { .kind = ANCHOR_STATE, .name = "reporting" }, { .known = true, .date = 100 } },
        { { .kind = ANCHOR_STATE, .first = true, .name = "reporting" }, { .date = DAY_NONE } },
        { { .kind = ANCHOR_DONE, .name = "advice", .item = "ep" }, { .known = true, .date = 200 } },
        { { .kind = ANCHOR_ASKED, .name = "advice", .item = "ep" }, { .date = DAY_NONE } },
        { { .kind = ANCHOR_ASKED }, { .date = DAY_NONE } },
        { { .kind = ANCHOR_DUE, .name = "report" },
          { .known = true, .date = 300, .provisional = true } },
        { { .kind = ANCHOR_DUE, .name = "plain" }, { .date = DAY_NONE } },
        { { .kind = ANCHOR_NUMBER, .name = "year" },
          { .known = true, .date = DAY_NONE, .is_number = true, .number = 2027 } },
        { { .kind = ANCHOR_FIELD, .name = "meeting" }, { .date = DAY_NONE } },
        { { .kind = ANCHOR_GIVEN, .name = "hold" }, { .date = DAY_NONE } },
    };
    struct anchors self = { &file, NULL };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct anchored got;
        anchors_lookup(&self, &rows[i].anchor, &got);
        assert_int_equal(got.known, rows[i].wanted.known);
        assert_int_equal(got.date, rows[i].wanted.date);
        assert_int_equal(got.provisional, rows[i].wanted.provisional);
        assert_int_equal(got.is_number, rows[i].wanted.is_number);
        assert_int_equal(got.number, rows[i].wanted.number);
    }
    struct anchored first, latest, opened;
    anchors_lookup(&self, &(struct anchor){ .kind = ANCHOR_EVENT, .first = true, .name = "hold" },
                   &first);
    anchors_lookup(&self, &(struct anchor){ .kind = ANCHOR_EVENT, .name = "hold" }, &latest);
    anchors_lookup(&self, &(struct anchor){ .kind = ANCHOR_OPENED }, &opened);
    assert_int_equal(latest.date - first.date, 5);
    assert_int_equal(opened.date, file.opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_earlier_binds),
        cmocka_unit_test(a_school_has_its_own_days),
        cmocka_unit_test(rounds_are_told_apart_by_what_happened),
        cmocka_unit_test(items_have_their_own_dates),
        cmocka_unit_test(a_calendar_that_ends_is_never_guessed),
        cmocka_unit_test(anchors_are_looked_up),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
