/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/dates.h"

#include "engine/core/message.h"
#include "tests/unit/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void put(struct arena *arena, struct casefile *file, const char *name, const char *given)
{
    struct field_entry *entry = sections_put_fields(arena, &file->in, name);
    const struct field *field = process_field(&processes[0], name);
    entry->personal = field->personal;
    MUST(value_read(arena, field, json_new_text(arena, given), &entry->value, NULL) == ERR_NONE);
}

static struct casefile sample(struct arena *arena)
{
    struct casefile file = held(arena);
    struct clock *clock = sections_put_clocks(arena, &file.in, "report");
    clock->due = day_of(2026, 12, 28);
    put(arena, &file, "decision", "amend");
    put(arena, &file, "parts", "amend, cease");
    put(arena, &file, "sessions", "Mon 09:00; Tue 10:00");
    put(arena, &file, "child", "C-17");
    put(arena, &file, "looked_after", "yes");
    put(arena, &file, "note", "one\n# two ((ref))");
    sections_put_proposals(arena, &file.in, "meeting")->value =
        (struct value){ .kind = VALUE_DATE, .number = day_of(2026, 12, 14) };
    return file;
}

struct row {
    int line;
    const char *template, *wanted;
};
#define ROW(...) { __LINE__, __VA_ARGS__ }

static const struct row rows[] = {
    ROW("", ""),
    ROW("plain (text) with )) and ((", "plain (text) with )) and (("),
    ROW("# Case ((ref)): ((process))", "# Case AR-26-0412: Annual review"),
    ROW("((state)) since ((opened))", "The school reports since Tuesday 1 September 2026"),
    ROW("((decision)), (( decision ))", "Amend it, Amend it"),
    ROW("due ((due report)), do by ((do_by report))",
        "due Monday 28 December 2026, do by (not known)"),
    ROW("((due nothing)) ((nothing)) (())", "(not known) (not known) (not known)"),
    ROW("((looked_after??Tell the (virtual) school.))", "Tell the (virtual) school."),
    ROW("((looked_after??Tell them (now)))!", "Tell them (now)!"),
    ROW("[((decision??no flag))((nothing??no flag))]", "[]"),
    ROW("a\n((parts))\nb ((parts))", "a\n* Amend it\n* End it\nb Amend it, End it"),
    ROW("((sessions))", "* Mon 09:00\n* Tue 10:00"),
    ROW("* Times: ((sessions))", "* Times: Mon 09:00; Tue 10:00"),
    ROW("((meeting))", "Monday 14 December 2026"),   /* Only proposed yet. */
    ROW("((note))", "one # two ((ref))"),             /* What was typed stays within its line. */
};

static void placeholders_are_filled(void **state)
{
    const struct casefile file = sample(*state);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *got = message_fill(*state, rows[i].template, &processes[0], &file, false);
        if (strcmp(got, rows[i].wanted) != 0)
            fail_msg("line %d: '%s' instead of '%s'", rows[i].line, got, rows[i].wanted);
    }
}

/* As Markdown, a value is what was typed: no link, no picture, no tag, no heading. */
static void values_are_not_markdown(void **state)
{
    struct casefile file = sample(*state);
    assert_string_equal(
        message_fill_marked(*state, "**((decision))** ((ref))", &processes[0], &file, false),
        "**Amend it** AR\\-26\\-0412");
    put(*state, &file, "note", "# <b>x</b> [a](http://b) ![c](d) *e* `f` 1.");
    assert_string_equal(message_fill_marked(*state, "((note))", &processes[0], &file, false),
                        "\\# \\<b\\>x\\</b\\> \\[a\\]\\(http\\://b\\) \\!\\[c\\]\\(d\\) "
                        "\\*e\\* \\`f\\` 1\\.");
}

static void personal_values_need_leave(void **state)
{
    const struct casefile file = sample(*state);
    assert_string_equal(message_fill(*state, "((child))", &processes[0], &file, false),
                        "(not known)");
    assert_string_equal(message_fill(*state, "((child))", &processes[0], &file, true), "C-17");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(placeholders_are_filled),
        cmocka_unit_test(values_are_not_markdown),
        cmocka_unit_test(personal_values_need_leave),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
