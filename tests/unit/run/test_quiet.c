/* SPDX-License-Identifier: MIT */
/* What looks like a mistake and is none: nothing may be said of it. Each is a process laid over the
 * good pack, with a story that comes to its states. */
#include "tests/unit/rules/help.h"

#include "engine/run/pack.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#define GOOD "tests/packs/good/town"
#define HEAD "process: x\ntitle: X\nopens: {by: officer}\n"
#define GONE "  gone: {title: Gone, final: true}\n"

static const struct {
    const char *name, *process;
} cases[] = {
    { "two branches of a state that only one answer leads to",
      HEAD "fields: {decision: {type: choice, label: D, options: [keep, amend]}}\n"
           "states:\n"
           "  here: {title: H, first: true, events: {decide: {title: D, by: officer, asks: "
           "[decision], to: {there: decision == \"amend\", gone: otherwise}}}}\n"
           "  there: {title: T, events: {go: {title: G, by: officer, to: {gone: decision == "
           "\"amend\"}}}}\n" GONE },
    { "a branch that hangs on a date",
      HEAD "fields: {met: {type: date, label: M}}\n"
           "states:\n"
           "  here: {title: H, first: true, events: {go: {title: G, by: officer, asks: [met], to: "
           "{there: met < on, gone: met >= on}}}}\n"
           "  there: {title: T, final: true}\n" GONE },
    { "what is refused leaves no gap",
      HEAD "fields: {hours: {type: integer, label: H, min: 0}}\n"
           "states:\n"
           "  here: {title: H, first: true, events: {go: {title: G, by: officer, asks: [hours], "
           "refused_if: {ten: {is: hours == 10, say: Not ten.}}, to: {there: hours < 10, gone: "
           "hours > 10}}}}\n"
           "  there: {title: T, final: true}\n" GONE },
    { "a number below the least leaves no gap",
      HEAD "fields: {hours: {type: integer, label: H, min: 1}}\n"
           "states:\n"
           "  here: {title: H, first: true, events: {go: {title: G, by: officer, asks: [hours], "
           "to: {there: hours >= 5, gone: hours >= 1 and hours < 5}}}}\n"
           "  there: {title: T, final: true}\n" GONE },
    { "steps that take just as long as the whole",
      HEAD "deadlines:\n  each: {owner: officer}\n"
           "  whole: {title: W, due: 6 weeks after opened, met_by: go}\n"
           "  first_part: {title: F, due: 4 weeks before due of whole, met_by: read}\n"
           "  second_part: {title: S, due: 4 weeks after read, met_by: go}\n"
           "states:\n"
           "  here: {title: H, first: true, events: {read: {title: R, by: officer, to: there}}}\n"
           "  there: {title: T, events: {go: {title: G, by: officer, to: gone}}}\n" GONE },
    { "a reminder long before a day that is planned ahead",
      "process: x\ntitle: X\nopens: {by: officer, asks: [meeting]}\n"
           "fields: {meeting: {type: date, label: M}}\n"
           "deadlines: {soon: {title: S, due: 2 weeks after meeting, owner: officer, met_by: go, "
           "remind: [12 weeks before, on the day]}}\n"
           "states: {here: {title: H, first: true, events: {go: {title: G, by: officer, to: "
           "gone}}}, gone: {title: Gone, final: true}}\n" },
    { "a state that the clock alone leads out of",
      HEAD "states:\n"
           "  here: {title: H, first: true, events: {read: {title: R, by: officer, to: there}}}\n"
           "  there: {title: T, events: {lapse: {title: L, by: clock, at: 2 weeks after "
           "there, to: gone}}}\n" GONE },
    { "a list whose items have dates of their own, and nothing waits for",
      HEAD "checklists: {asked_of: {title: A, each: {by: head, due: 2 weeks after asked}, items: "
           "{one: {title: O}}}}\n"
           "states: {here: {title: H, first: true, events: {go: {title: G, by: officer, to: "
           "gone}}}, gone: {title: Gone, final: true}}\n" },
    { "a field that only an effect fills",
      HEAD "fields: {begun: {type: date, label: B}}\n"
           "deadlines: {d: {title: D, due: 1 week after begun, owner: officer, met_by: go}}\n"
           "states: {here: {title: H, first: true, events: {go: {title: G, by: officer, then: "
           "[{set: {begun: on}}], to: gone}}}, gone: {title: Gone, final: true}}\n" },
};

static const char story[] =
    "scenario: X\nprocess: x\nopened: 2026-02-02\nsteps:\n"
    "  - {until: 2026-02-03, expect: {state: gone}}\n";
static const char there[] = "  - {until: 2026-02-04, expect: {state: there}}\n";

static void nothing_is_said(void **state)
{
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct diags *diags = diags_new(arena);
        struct pack_files *files;
        struct err err;
        bool both = strstr(cases[i].process, "  there: {") != NULL;
        const char *told = arena_printf(arena, "%s%s", story, both ? there : "");
        if (pack_read(arena, GOOD, &files, &err))
            fail_msg("%s", err.text);
        help_put(arena, files, "town/processes/x.yaml", cases[i].process,
                 strlen(cases[i].process));
        help_put(arena, files, "town/scenarios/x.yaml", told, strlen(told));
        struct rules *rules = rules_make(arena, files, day_of(2026, 3, 2), diags);
        if (!rules || diags->count) {
            print_message("%s:\n%s\n", cases[i].name, help_findings(diags));
            wrong++;
        }
        host_free(rules ? rules->host : NULL);
        arena_free(arena);
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(nothing_is_said) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
