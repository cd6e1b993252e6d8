/* SPDX-License-Identifier: MIT */
#include "engine/core/fold.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "tests/unit/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *encode(struct arena *arena, const struct casefile *file)
{
    struct buf out = buf_in(arena);
    casefile_encode(file, &out);
    return buf_text(&out);
}

static void opening_sets_what_never_changes_again(void **state)
{
    struct casefile file = { .id = 3, .head = 9, .ruleset = 2, .opened = DAY_NONE };
    const struct outcome opening = {
        .opens = true, .process = "ehc", .school = 113489, .ref = "E-1", .opened = 20000,
        .state = "asked", .open = true, .wake = 77, .state_since = 20000, .recorded_ms = 5,
    };
    const struct outcome later = {
        .process = "other", .school = 1, .ref = "X", .opened = 1,
        .state = "closed", .wake = MINUTE_NONE, .state_since = 20001, .recorded_ms = 6,
    };
    fold(*state, &file, &opening);
    assert_true(file.open);
    assert_true(file.wake == 77);
    fold(*state, &file, &later);
    assert_string_equal(file.process, "ehc");
    assert_string_equal(file.ref, "E-1");
    assert_int_equal(file.school, 113489);
    assert_int_equal(file.opened, 20000);
    assert_string_equal(file.state, "closed");
    assert_false(file.open);
    assert_true(file.wake == MINUTE_NONE);
    assert_int_equal(file.state_since, 20001);
    assert_int_equal(file.recorded_ms, 6);
    assert_int_equal(file.id, 3); /* The caller's. */
    assert_int_equal(file.head, 9);
    assert_int_equal(file.ruleset, 2);
}

static void entries_are_replaced_added_and_taken_away(void **state)
{
    struct arena *arena = *state;
    struct casefile file = { .opened = DAY_NONE, .state_since = DAY_NONE };
    struct outcome outcome = { .state = "a", .opened = DAY_NONE, .state_since = DAY_NONE };
    sections_put_events(arena, &file.in, "hold")->count = 1;
    sections_put_proposals(arena, &file.in, "ends")->value.kind = VALUE_NONE;
    struct casefile before = file;
    const char *text_before = encode(arena, &before);

    sections_put_events(arena, &outcome.changed, "hold")->count = 2;
    sections_put_events(arena, &outcome.changed, "arrange")->count = 1;
    *LIST_ADD(arena, &outcome.gone) = (struct gone){ "proposals", "ends" };
    *LIST_ADD(arena, &outcome.gone) = (struct gone){ "proposals", "never there" };
    fold(arena, &file, &outcome);
    assert_string_equal(encode(arena, &file), "{\"in\":{\"events\":{\"arrange\":{\"count\":1},"
                                              "\"hold\":{\"count\":2}}},\"recorded\":0}");
    /* A copy of the case made before is as it was: deciding works on one. */
    assert_string_equal(encode(arena, &before), text_before);
}

/* --- random outcomes ------------------------------------------------------------------------- */

enum { NAMES = 7, OUTCOMES = 40, SEEDS = 150 };
static const char *const names[NAMES] = { "a", "b.c", "b.d", "c#1", "d", "\xc3\xa9", "z z" };

static unsigned random_below(uint64_t *seed, unsigned limit)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*seed >> 33) % limit;
}

static day random_day(uint64_t *seed)
{
    return random_below(seed, 4) ? day_of(2026, 1, 1) + (day)random_below(seed, 700) : DAY_NONE;
}

static struct value random_value(struct arena *arena, uint64_t *seed)
{
    static const char list[] = "[\"x\",\"y\"]", rows[] = "[{\"day\":\"Mon\",\"n\":1.5}]";
    struct json *tree;
    switch (random_below(seed, 8)) {
    case 0:
        return (struct value){ .kind = VALUE_TEXT, .text = "caf\xc3\xa9 \"q\"\n" };
    case 1:
        return (struct value){ .kind = VALUE_DATE, .number = day_of(2026, 5, 1) };
    case 2:
        return (struct value){ .kind = VALUE_TIME, .number = random_below(seed, 1440) };
    case 3:
        return (struct value){ .kind = VALUE_INT, .number = -(int)random_below(seed, 9999) };
    case 4:
        return (struct value){ .kind = VALUE_DECIMAL, .number = random_below(seed, 99999) };
    case 5:
        return (struct value){ .kind = VALUE_BOOL, .number = random_below(seed, 2) };
    case 6:
        MUST(json_parse(arena, list, strlen(list), &tree, NULL) == ERR_NONE);
        return (struct value){ .kind = VALUE_CHOICES, .tree = tree };
    default:
        MUST(json_parse(arena, rows, strlen(rows), &tree, NULL) == ERR_NONE);
        return (struct value){ .kind = VALUE_ROWS, .tree = tree };
    }
}

static void random_entry(struct arena *arena, uint64_t *seed, struct sections *in)
{
    const char *name = names[random_below(seed, NAMES)];
    switch (random_below(seed, 8)) {
    case 0: {
        struct clock *clock = sections_put_clocks(arena, in, name);
        clock->status = random_below(seed, 6);
        clock->due = random_day(seed);
        clock->closed_on = random_day(seed);
        clock->round = (int)random_below(seed, 3);
        clock->provisional = random_below(seed, 2);
        clock->told = random_below(seed, 2) ? MINUTE_NONE : (int64_t)random_below(seed, 5);
        break;
    }
    case 1: {
        struct consent *consent = sections_put_consents(arena, in, name);
        consent->status = random_below(seed, 6);
        consent->asked = random_day(seed);
        consent->in_force = random_below(seed, 2);
        break;
    }
    case 2:
        sections_put_entered(arena, in, name)->latest = random_day(seed);
        break;
    case 3:
        sections_put_events(arena, in, name)->count = (int)random_below(seed, 3);
        break;
    case 4: {
        struct item *item = sections_put_items(arena, in, name);
        item->done = random_day(seed);
        item->na = random_below(seed, 2);
        item->why = random_below(seed, 2) ? "why" : NULL;
        break;
    }
    case 5: {
        struct proposal *proposal = sections_put_proposals(arena, in, name);
        proposal->consent = "agreed";
        proposal->personal = random_below(seed, 2);
        proposal->value = random_value(arena, seed);
        break;
    }
    default: {
        struct field_entry *field = sections_put_fields(arena, in, name);
        field->personal = random_below(seed, 2);
        field->value = random_value(arena, seed);
    }
    }
}

static struct outcome random_outcome(struct arena *arena, uint64_t *seed, bool opens)
{
    static const char *const section_names[] = { "clocks", "fields", "items", "proposals" };
    struct outcome outcome = {
        .opens = opens, .process = opens ? "ehc" : NULL, .ref = opens ? "E-1" : NULL,
        .opened = opens ? 20000 : DAY_NONE, .state = names[random_below(seed, NAMES)],
        .open = random_below(seed, 2), .wake = random_below(seed, 100),
        .state_since = random_day(seed), .recorded_ms = random_below(seed, 1000),
    };
    for (unsigned i = random_below(seed, 6); i > 0; i--)
        random_entry(arena, seed, &outcome.changed);
    for (unsigned i = random_below(seed, 3); i > 0; i--)
        *LIST_ADD(arena, &outcome.gone) =
            (struct gone){ section_names[random_below(seed, 4)], names[random_below(seed, NAMES)] };
    return outcome;
}

/* What the fields must be by a list that is only ever overwritten: the fold in the plainest way. */
struct plain {
    bool there[NAMES];
    struct value value[NAMES];
};

static int place_of(const char *name)
{
    int i = 0;
    while (strcmp(names[i], name) != 0)
        i++;
    return i;
}

static void plain_fold(struct plain *plain, const struct outcome *outcome)
{
    for (size_t i = 0; i < outcome->changed.fields.count; i++) {
        int place = place_of(outcome->changed.fields.at[i].name);
        plain->there[place] = true;
        plain->value[place] = outcome->changed.fields.at[i].value;
    }
    for (size_t i = 0; i < outcome->gone.count; i++)
        if (strcmp(outcome->gone.at[i].section, "fields") == 0)
            plain->there[place_of(outcome->gone.at[i].name)] = false;
}

static void check_plain(const struct plain *plain, const struct casefile *file)
{
    size_t count = 0;
    for (int i = 0; i < NAMES; i++) {
        const struct field_entry *entry = casefile_field(file, names[i]);
        assert_int_equal(plain->there[i], entry != NULL);
        count += plain->there[i];
        if (entry)
            assert_true(value_same(&entry->value, &plain->value[i]));
    }
    assert_int_equal(file->in.fields.count, count);
}

static struct outcome through_store(struct arena *arena, const struct outcome *outcome)
{
    struct outcome back;
    struct buf out = buf_in(arena), personal = buf_in(arena);
    outcome_encode(outcome, arena, &out, &personal);
    MUST(outcome_decode(arena, out.at, out.len, personal.at, personal.len, &back, NULL) ==
         ERR_NONE);
    return back;
}

/* Folding stored outcomes from nothing, folding onto the stored case, and folding in memory all
 * end in the same bytes. */
static void fold_equals_state(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    for (uint64_t seed_no = 1; seed_no <= SEEDS; seed_no++) {
        uint64_t seed = seed_no;
        struct casefile memory = { .opened = DAY_NONE, .state_since = DAY_NONE };
        struct casefile stored = memory, history = memory;
        struct plain plain = { .there = { false } };
        for (int i = 0; i < OUTCOMES; i++) {
            const struct outcome outcome = random_outcome(arena, &seed, i == 0);
            const struct outcome back = through_store(arena, &outcome);
            fold(arena, &memory, &outcome);
            fold(arena, &history, &back);
            fold(arena, &stored, &back);
            plain_fold(&plain, &outcome);
            check_plain(&plain, &memory);

            const char *text = encode(arena, &memory);
            assert_string_equal(encode(arena, &history), text);
            assert_string_equal(encode(arena, &stored), text);
            MUST(casefile_decode(arena, text, strlen(text), &stored, NULL) == ERR_NONE);
            assert_string_equal(stored.state, memory.state);
        }
        arena_reset(arena);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opening_sets_what_never_changes_again),
        cmocka_unit_test(entries_are_replaced_added_and_taken_away),
        cmocka_unit_test(fold_equals_state),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
