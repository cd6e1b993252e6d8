/* SPDX-License-Identifier: MIT */
/* Trees and their places; and that the table of keys is whole. */
#include "rules/keys.h"
#include "tests/unit/rules/help.h"
#include "tests/unit/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static struct node *tree_of(struct arena *arena, const char *text, struct diags *diags)
{
    struct source *source = ARENA_NEW(arena, struct source);

    *source = (struct source){ "x.yaml", arena_text(arena, text), strlen(text) };
    return yaml_read(arena, source, diags);
}

struct place {
    int line;
    const char *name, *text;
    int at_line, col, end_col;
    bool quoted;
};
#define ROW(...) { __LINE__, __VA_ARGS__ }

/* Where the value of `k` stands. */
static const struct place places[] = {
    ROW("a plain word", "k: word", 1, 4, 8, false),
    ROW("what is in quotes", "k: \"word\"", 1, 5, 9, true),
    ROW("characters are counted, not bytes", "\xc3\xa9: 1\nk: \xe2\x82\xac 5", 2, 4, 7, false),
    ROW("within a map", "a: {b: c, d: e}\nk: [x]", 2, 4, 5, false),
    ROW("a text over lines begins where it begins", "k: one\n  two", 1, 4, 5, false),
    ROW("a block begins at its mark", "k: >-\n  one\n  two", 1, 4, 5, true),
    ROW("carriage returns end lines too", "a: b\r\nk: word\r\n", 2, 4, 8, false),
};

static void values_know_their_place(void **state)
{
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const struct place *p = &places[i];
        struct diags *diags = diags_new(*state);
        const struct node *node = node_get(tree_of(*state, p->text, diags), "k");
        if (!node)
            fail_msg("line %d: %s: %s", p->line, p->name, help_findings(diags));
        if (node->span.line != p->at_line || node->span.col != p->col ||
            node->span.end_col != p->end_col || node->quoted != p->quoted)
            fail_msg("line %d: %s: got %d:%d-%d", p->line, p->name, node->span.line, node->span.col,
                     node->span.end_col);
    }
}

static void everything_stays_text(void **state)
{
    static const char *const words[] = { "yes",   "no",     "on",    "null", "~",
                                         "12:00", "012345", "1_000", "0x1f", "2026-09-01",
                                         "1e3",   ".5",     "=",     "<<" };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *text = arena_printf(*state, "k: %s\n", words[i]);
        struct diags *diags = diags_new(*state);
        assert_string_equal(node_get(tree_of(*state, text, diags), "k")->text, words[i]);
        assert_int_equal(diags->errors, 0);
    }
}

static void depth_and_size_have_limits(void **state)
{
    struct arena *arena = *state;
    struct buf deep = buf_in(arena), wide = buf_in(arena);
    struct diags *diags = diags_new(arena);

    buf_add(&deep, "k: ");
    for (int i = 1; i < PACK_DEPTH_MAX; i++)
        buf_char(&deep, '[');
    buf_add(&deep, "x");
    for (int i = 1; i < PACK_DEPTH_MAX; i++)
        buf_char(&deep, ']');
    assert_non_null(tree_of(arena, buf_text(&deep), diags));
    buf_cut(&deep, 3);
    for (int i = 0; i < 100000; i++)
        buf_char(&deep, '[');
    assert_null(tree_of(arena, buf_text(&deep), diags));
    buf_add(&wide, "k: [");
    for (int i = 0; i < PACK_NODES_MAX; i++)
        buf_add(&wide, "a,");
    buf_add(&wide, "a]");
    assert_null(tree_of(arena, buf_text(&wide), diags));
    buf_cut(&wide, 0);
    buf_add(&wide, "k: ");
    while (wide.len <= PACK_FILE_BYTES_MAX)
        buf_add(&wide, "0123456789");
    assert_null(tree_of(arena, buf_text(&wide), diags));
    assert_int_equal(diags->errors, 3);
    for (size_t i = 0; i < diags->count; i++)
        assert_string_equal(diags->at[i].code, "Y004");
}

/* --- the table ------------------------------------------------------------------------------- */

static void every_key_is_described(void **state)
{
    size_t count;
    const struct key *keys = keys_all(&count);

    (void)state;
    assert_true(count > 150);
    for (size_t i = 0; i < count; i++) {
        const struct key *k = &keys[i];
        size_t len = strlen(k->doc);
        if (len < 10 || k->doc[len - 1] != '.')
            fail_msg("%s of %s: '%s' is no sentence", k->name, owner_title(k->owner), k->doc);
        if (key_find(k->owner, k->name) != k)
            fail_msg("%s of %s stands twice", k->name, owner_title(k->owner));
        bool words = k->shape == SHAPE_WORD || k->shape == SHAPE_WORD_OR_MAP;
        if (words != (k->words != NULL))
            fail_msg("%s of %s: words", k->name, owner_title(k->owner));
        if ((k->shape == SHAPE_ONE || k->shape == SHAPE_MAP || k->shape == SHAPE_LIST ||
             k->shape == SHAPE_LIMIT || k->shape == SHAPE_WORD_OR_MAP ||
             k->shape == SHAPE_SOME) != (k->of != OWNER_NONE))
            fail_msg("%s of %s: whose keys?", k->name, owner_title(k->owner));
        if (!k->example)
            fail_msg("%s of %s: example", k->name, owner_title(k->owner));
    }
}

/* An example is shown to people, so it must be right. */
static void every_example_is_accepted(void **state)
{
    size_t count;
    const struct key *keys = keys_all(&count);

    for (size_t i = 0; i < count; i++) {
        const struct key *k = &keys[i];
        struct diags *diags = diags_new(*state);
        if (!k->example)
            continue;
        struct node *tree = tree_of(*state, k->example, diags);
        if (!tree || !keys_check(*state, tree, k->owner, diags) || !node_get(tree, k->name))
            fail_msg("%s of %s:\n%s\n%s", k->name, owner_title(k->owner), k->example,
                     help_findings(diags));
    }
}

/* YAML 1.1 tools read some words as yes or no: no key is one. */
static void no_key_is_a_boolean(void **state)
{
    static const char *const words[] = {
        "y", "n", "yes", "no", "on", "off", "true", "false", "null"
    };
    size_t count;
    const struct key *keys = keys_all(&count);

    (void)state;
    for (size_t i = 0; i < count; i++)
        if (text_in(keys[i].name, words, sizeof words / sizeof *words))
            fail_msg("%s", keys[i].name);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(values_know_their_place),   TEST(everything_stays_text),
        TEST(depth_and_size_have_limits), TEST(every_key_is_described),
        TEST(every_example_is_accepted), TEST(no_key_is_a_boolean),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
