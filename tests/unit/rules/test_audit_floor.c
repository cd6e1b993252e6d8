/* SPDX-License-Identifier: MIT */
/* The law's floor under items that are added to a case's list. */
#include "help.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char law[] =
    "process: x\ntitle: X\nopens: {by: officer}\n"
    "states:\n"
    "  here: {title: Here, first: true, events: {leave: {title: Left, by: officer, to: gone}}}\n"
    "  gone: {title: Gone, final: true}\n"
    "checklists:\n"
    "  advice:\n"
    "    title: Advice\n"
    "    each: {due: 6 weeks after asked, statutory: true, law: reg 8, by: officer}\n"
    "    items: {head: {title: School}}\n"
    "    more: {by: officer, title: Somebody else}\n";

static const struct pack *load(struct arena *arena, const char *changes, struct diags *diags)
{
    const char *texts[] = {
        "law/pack.yaml",
        "pack: law\ntitle: Law\nroles: {officer: {title: Officer, of: authority}}\n",
        "law/calendar.yaml",
        "calendar: law\nzone: Europe/London\nknown_until: 2028-12-31\n"
        "bank_holidays: {2026-01-01: New Year, 2028-12-25: Christmas}\n",
        "law/processes/x.yaml",
        law,
        "town/pack.yaml",
        "pack: town\ntitle: Town\nextends: ../law\n",
        "town/processes/x.yaml",
        changes,
        NULL,
    };
    return pack_load(arena, help_files(arena, "town law", texts), diags);
}

static void an_added_item_has_the_laws_weeks(void **state)
{
    struct arena *arena = arena_new();
    (void)state;
    struct diags *diags = diags_new(arena);
    const struct pack *pack = load(
        arena, "changes: x\nchecklists: {advice: {each: {due: 8 weeks after asked}}}\n", diags);
    if (!pack->model)
        fail_msg("%s", help_findings(diags));
    const struct checklist *list = process_checklist(&pack->model->processes[0], "advice");
    const struct deadline *more = list->more->clock;
    assert_string_equal(more->due->text, "8 weeks after asked");
    assert_non_null(more->floor);
    assert_string_equal(more->floor->text, "6 weeks after asked");
    assert_string_equal(more->floor_calendar, "law");
    arena_free(arena);
}

static void it_cannot_be_loosened(void **state)
{
    static const char *const rows[][2] = {
        { "due: none", "its time limit cannot be taken away" },
        { "statutory: no", "'advice.more' is the law's: it cannot be made local" },
        { "roll: next working day", "'advice.more' is the law's: its date cannot be made to move" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena *arena = arena_new();
        struct diags *diags = diags_new(arena);
        load(arena,
             arena_printf(arena, "changes: x\nchecklists: {advice: {each: {%s}}}\n", rows[i][0]),
             diags);
        const char *found = help_findings(diags);
        if (!strstr(found, rows[i][1]))
            fail_msg("%s: want %s, got\n%s", rows[i][0], rows[i][1], found);
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_added_item_has_the_laws_weeks),
        cmocka_unit_test(it_cannot_be_loosened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
