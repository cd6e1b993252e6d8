/* SPDX-License-Identifier: MIT */
#include "engine/base/diag.h"
#include "engine/base/text.h"
#include "engine/run/calendar_file.h"
#include "tests/unit/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char json[] =
    "{\"england-and-wales\":{\"division\":\"england-and-wales\",\"events\":["
    "{\"title\":\"Good Friday\",\"date\":\"2029-03-30\"},"
    "{\"title\":\"Coronation: day 2\",\"date\":\"2029-05-08\"},"
    "{\"title\":\"Christmas Day\",\"date\":\"2029-12-25\"}]}}";
static const char csv[] = "term,from,to,half term from,half term to\n"
                          "Autumn term,2029-09-04,2029-12-20,2029-10-22,2029-10-26\n"
                          "Spring term,2030-01-07,2030-04-05,,\n";
static const char training[] = "event,from,to\nAutumn term,2029-09-04,2029-12-20\n"
                               "INSET day,2029-11-09,\n";

static const struct {
    const char *news, *file, *wanted;
} rows[] = {
    /* One a line: each at its place, comments where they were. */
    { json,
      "# ours\ncalendar: x\nbank_holidays:   # of the nation\n  # last year\n"
      "  2028-12-25: Christmas Day   # kept\n  # this year\n"
      "  2029-03-30: Karfreitag\n  2029-12-25: \"X\"",
      "# ours\ncalendar: x\nbank_holidays:   # of the nation\n  # last year\n"
      "  2028-12-25: Christmas Day   # kept\n  # this year\n"
      "  2029-03-30: Karfreitag\n  2029-05-08: \"Coronation: day 2\"\n  2029-12-25: \"X\"" },
    { json, "calendar: x\nbank_holidays:\n  2029-12-25: C\nknown_until: 2029-12-31\n",
      "calendar: x\nbank_holidays:\n  2029-03-30: Good Friday\n"
      "  2029-05-08: \"Coronation: day 2\"\n  2029-12-25: C\nknown_until: 2029-12-31\n" },
    { json, "calendar: x\nbank_holidays:\n  2029-03-30: 'G, F'",
      "calendar: x\nbank_holidays:\n  2029-03-30: 'G, F'\n  2029-05-08: \"Coronation: day 2\"\n"
      "  2029-12-25: Christmas Day" },
    /* In brackets. */
    { json, "calendar: x\nbank_holidays: {2029-04-01: 'a}b', 2030-01-01: \"New: Year\"} # end\n",
      "calendar: x\nbank_holidays: {2029-03-30: Good Friday, 2029-04-01: 'a}b', 2029-05-08: "
      "\"Coronation: day 2\", 2029-12-25: Christmas Day, 2030-01-01: \"New: Year\"} # end\n" },
    /* None yet. */
    { json, "calendar: x\nknown_until: 2030-12-31",
      "calendar: x\nknown_until: 2030-12-31\nbank_holidays:\n  2029-03-30: Good Friday\n"
      "  2029-05-08: \"Coronation: day 2\"\n  2029-12-25: Christmas Day\n" },
    { json, "calendar: x\nextends: y\nbank_holidays: {2029-03-30: removed}\n",
      "calendar: x\nextends: y\nbank_holidays: {2029-03-30: Good Friday, 2029-05-08: "
      "\"Coronation: day 2\", 2029-12-25: Christmas Day}\n" },
    { csv, "calendar: x\nterms:\n  # made up\n  summer 2029: {from: 2029-04-16, to: 2029-07-20}\n",
      "calendar: x\nterms:\n  # made up\n  summer 2029: {from: 2029-04-16, to: 2029-07-20}\n"
      "  autumn 2029: {from: 2029-09-04, to: 2029-12-20, half_term: {from: 2029-10-22, to: "
      "2029-10-26}}\n  spring 2030: {from: 2030-01-07, to: 2030-04-05}\n" },
    { csv,
      "calendar: x\nterms:\n  autumn 2029: {from: 2029-09-05, to: \"2029-12-20\"} # a day late\n"
      "  spring 2030:\n    # the head said so\n    from: 2030-01-07\n    to: 2030-04-04\n"
      "    half_term: {from: 2030-02-18, to: 2030-02-22}\nzone: Europe/London\n",
      "calendar: x\nterms:\n  autumn 2029: {from: 2029-09-04, to: \"2029-12-20\", half_term: "
      "{from: 2029-10-22, to: 2029-10-26}} # a day late\n"
      "  spring 2030:\n    # the head said so\n    from: 2030-01-07\n    to: 2030-04-05\n"
      "    half_term: {from: 2030-02-18, to: 2030-02-22}\nzone: Europe/London\n" },
    { csv,
      "calendar: x\nterms:\n  autumn 2029:\n    half_term:\n      from: 2029-10-21\n"
      "  spring 2030: removed\n",
      "calendar: x\nterms:\n  autumn 2029:\n    half_term:\n      from: 2029-10-22\n"
      "      to: 2029-10-26\n    from: 2029-09-04\n    to: 2029-12-20\n"
      "  spring 2030: {from: 2030-01-07, to: 2030-04-05}\n" },
    { training, "calendar: x\nterms: {autumn 2029: {from: 2029-09-04, to: 2029-12-20}}\n",
      "calendar: x\nterms: {autumn 2029: {from: 2029-09-04, to: 2029-12-20}}\n"
      "non_pupil_days:\n  2029-11-09: INSET day\n" },
    /* What cannot be put in is refused, and says why. */
    { csv, "calendar: x\nterms:\n  michaelmas: {from: 2029-09-01, to: 2029-12-01}\n",
      "! autumn 2029 overlaps with 'michaelmas', line 3 of f.yaml" },
    { json, "calendar: x\nbank_holidays:\n  2029-01-01: New\n    Year\n",
      "! f.yaml is written in a way that cannot be changed safely" },
    { json, "process: x\n", "! f.yaml is not a calendar that can be read" },
    { json, "title: x\n", "! f.yaml is no calendar: it does not say `calendar: NAME`" },
    { json, "calendar: x\n\tbad", "! f.yaml is not a calendar that can be read" },
};

static const char *merged(struct arena *arena, const char *news_bytes, const char *file,
                          bool prune, struct calendar_merge *out)
{
    struct news news;
    struct err err = { .code = ERR_NONE };
    struct source *source = ARENA_NEW(arena, struct source);
    *source = (struct source){ "f.yaml", file, strlen(file) };
    if (calendar_news_read(arena, news_bytes, strlen(news_bytes), NULL, &news, &err))
        fail_msg("%s", err.text);
    if (calendar_merge(arena, source, &news, prune, out, diags_new(arena), &err))
        return arena_printf(arena, "! %s", err.text);
    return out->text;
}

static void files_keep_what_is_theirs(void **state)
{
    struct calendar_merge out, again;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *got = merged(*state, rows[i].news, rows[i].file, false, &out);
        if (strcmp(got, rows[i].wanted) != 0)
            fail_msg("%zu: got\n%s\nwanted\n%s", i, got, rows[i].wanted);
        if (*got == '!')
            continue;
        assert_true(out.changes.count > 0);
        assert_string_equal(merged(*state, rows[i].news, got, false, &again), got);
        assert_int_equal(again.changes.count, 0);
    }
}

static void what_was_moved_can_be_taken_out(void **state)
{
    static const char file[] = "calendar: x\nbank_holidays:\n  2028-01-03: Before\n"
                               "  2029-05-07: Early May # moved\n  2029-12-25: Christmas Day\n";
    struct calendar_merge out;
    const char *got = merged(*state, json, file, false, &out);
    assert_non_null(strstr(got, "2029-05-07: Early May # moved"));
    assert_int_equal(out.gone.count, 1);
    got = merged(*state, json, file, true, &out);
    assert_string_equal(got, "calendar: x\nbank_holidays:\n  2028-01-03: Before\n"
                             "  2029-03-30: Good Friday\n  2029-05-08: \"Coronation: day 2\"\n"
                             "  2029-12-25: Christmas Day\n");
    got = merged(*state, json, "calendar: x\nbank_holidays: {2029-05-07: May}\n", true, &out);
    assert_string_equal(got, "! take 2029-05-07 (May) out of the file by hand");
}

/* A year is known when it is there whole. */
static void a_whole_year_is_known(void **state)
{
    struct buf news = buf_in(*state);
    struct calendar_merge out;
    buf_add(&news, "{\"england-and-wales\":{\"events\":[");
    for (int i = 1; i <= 8; i++)
        buf_printf(&news, "%s{\"title\":\"D\",\"date\":\"2029-0%d-01\"}", i > 1 ? "," : "", i);
    buf_add(&news, "]}}");
    merged(*state, buf_text(&news), "calendar: x\nknown_until: 2028-12-31 # so far\n", false, &out);
    assert_non_null(strstr(out.text, "known_until: 2029-12-31 # so far\n"));
    merged(*state, json, "calendar: x\nknown_until: 2028-12-31 # so far\n", false, &out);
    assert_non_null(strstr(out.text, "known_until: 2028-12-31 # so far\n"));
    merged(*state, csv, "calendar: x\nknown_until: 2028-12-31\n", false, &out);
    assert_non_null(strstr(out.note, "known_until is 2028-12-31"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(files_keep_what_is_theirs),
        TEST(what_was_moved_can_be_taken_out),
        TEST(a_whole_year_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
