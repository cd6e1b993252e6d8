/* SPDX-License-Identifier: MIT */
/* The golden record: every outcome of the packs kept in tests/replay, decided
 * again in every test run and compared byte for byte by digest.
 *
 * The packs there are frozen copies, so a difference means that the core
 * decides otherwise than it did: old cases would come out otherwise on
 * verify. If that is meant, raise CORE_EDITION (engine/core/decide.h) and
 * write the record anew with REEVE_GOLDEN=write.
 */
#include "engine/base/arena.h"
#include "engine/core/decide.h"
#include "engine/run/scenario.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char golden_path[] = "tests/replay/outcomes.txt";

static char *played_text(struct arena *arena, const char *folder, const char *only)
{
    struct arena *pack = arena_new();
    struct rules *rules;
    struct diags *diags;
    struct err err = { 0 };
    struct scenario_run run;
    struct buf out = buf_in(arena);
    assert_int_equal(rules_load(pack, folder, &rules, &diags, &err), ERR_NONE);
    diags = diags_new(arena);
    assert_int_equal(scenarios_play(arena, rules, &only, only ? 1 : 0, NULL, &run, diags, &err),
                     ERR_NONE);
    for (size_t i = 0; i < run.played.count; i++)
        buf_printf(&out, "%s %s\n", run.played.at[i].outcomes, run.played.at[i].path);
    rules_free(rules);
    return arena_text(arena, buf_text(&out));
}

static char *read_golden(struct arena *arena)
{
    char *text = arena_alloc(arena, 1 << 20);
    FILE *file = fopen(golden_path, "r");
    assert_non_null(file);
    text[fread(text, 1, (1 << 20) - 1, file)] = 0;
    fclose(file);
    return text;
}

static void the_same_outcomes_as_ever(void **state)
{
    struct arena *arena = arena_new();
    (void)state;
    const char *is = arena_printf(arena, "edition %d\n%s%s", CORE_EDITION,
                                  played_text(arena, "tests/replay/england", NULL),
                                  played_text(arena, "tests/replay/torbay", NULL));
    const char *write = getenv("REEVE_GOLDEN");
    if (write && strcmp(write, "write") == 0) {
        FILE *file = fopen(golden_path, "w");
        assert_non_null(file);
        fputs(is, file);
        fclose(file);
    }
    assert_string_equal(is, read_golden(arena));
    arena_free(arena);
}

/* Another state of Lua, another seed, another order: the same bytes. */
static void nothing_drifts_between_runs(void **state)
{
    struct arena *arena = arena_new();
    (void)state;
    const char *whole = played_text(arena, "tests/replay/torbay", NULL);
    assert_string_equal(whole, played_text(arena, "tests/replay/torbay", NULL));
    const char *alone = played_text(arena, "tests/replay/torbay", "report-over-christmas");
    assert_true(*alone && strstr(whole, alone));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_outcomes_as_ever),
        cmocka_unit_test(nothing_drifts_between_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
