/* SPDX-License-Identifier: MIT */
#include "tests/unit/store/kit.h"

static void keeps_versions_by_content(void **state)
{
    (void)state;
    struct store *store = memory_store();
    struct arena *arena = arena_new();
    int64_t a, b, c, d;
    bool is_new;
    const char *files;
    size_t len;
    ok(store_begin(store, &err));
    ok(pack_put(store, "torbay", "{\"a\":1}", "x", 5, &a, &is_new, &err));
    assert_true(is_new);
    ok(pack_put(store, "torbay", "{\"a\":1}", "y", 6, &b, &is_new, &err));
    assert_false(is_new);
    assert_int_equal(a, b);
    ok(pack_put(store, "torbay", "{\"a\":2}", "x", 7, &b, &is_new, &err));
    assert_true(is_new);
    ok(pack_put(store, "plymouth", "{\"a\":1}", "x", 8, &c, &is_new, &err));
    assert_true(is_new);
    assert_true(a != b && b != c && a != c);
    ok(pack_files_get(store, b, arena, &files, &len, &err));
    assert_string_equal(files, "{\"a\":2}");
    assert_int_equal(len, 7);
    fails(ERR_UNKNOWN, "pack number 99", pack_files_get(store, 99, arena, &files, &len, &err));

    ok(calendar_put(store, "torbay", "{\"c\":1}", 5, &c, &is_new, &err));
    assert_true(is_new);
    ok(calendar_put(store, "torbay", "{\"c\":1}", 6, &d, &is_new, &err));
    assert_false(is_new);
    assert_int_equal(c, d);
    ok(calendar_put(store, "plymouth", "{\"c\":1}", 6, &d, &is_new, &err));
    assert_true(is_new);
    ok(calendar_files_get(store, c, arena, &files, &len, &err));
    assert_string_equal(files, "{\"c\":1}");
    fails(ERR_UNKNOWN, "calendar number 99",
          calendar_files_get(store, 99, arena, &files, &len, &err));
    store_close(store);
    arena_free(arena);
}

static void says_what_is_in_use_on_a_day(void **state)
{
    (void)state;
    struct store *store = memory_store();
    struct arena *arena = arena_new();
    static const struct {
        const char *kind, *name;
        day from;
        int64_t version;
    } puts[] = {
        { "pack", "torbay", 100, 1 },     { "pack", "torbay", 200, 2 },
        { "pack", "torbay", 150, 3 },     { "calendar", "torbay", 90, 7 },
        { "calendar", "torbay", 160, 8 }, { "pack", "plymouth", 170, 4 },
        { "pack", "torbay", 150, 5 }, /* Put again on the same day: the later counts. */
        { "calendar", "loose", 1, 9 },
    };
    static const struct {
        const char *kind, *name;
        day on;
        int64_t version; /* 0: none */
    } gets[] = {
        { "pack", "torbay", 99, 0 },      { "pack", "torbay", 100, 1 },
        { "pack", "torbay", 149, 1 },     { "pack", "torbay", 150, 5 },
        { "pack", "torbay", 5000, 2 },    { "calendar", "torbay", 100, 7 },
        { "calendar", "torbay", 160, 8 }, { "calendar", "plymouth", 500, 0 },
        { "pack", "exeter", 500, 0 },
    };
    ok(store_begin(store, &err));
    for (size_t i = 0; i < sizeof puts / sizeof *puts; i++)
        ok(in_use_put(store, puts[i].kind, puts[i].name, puts[i].from, puts[i].version, &err));
    for (size_t i = 0; i < sizeof gets / sizeof *gets; i++) {
        int64_t version;
        if (!gets[i].version) {
            fails(ERR_UNKNOWN, gets[i].name,
                  in_use_get(store, gets[i].kind, gets[i].name, gets[i].on, &version, &err));
            continue;
        }
        ok(in_use_get(store, gets[i].kind, gets[i].name, gets[i].on, &version, &err));
        assert_int_equal(version, gets[i].version);
    }
    struct in_use_row *rows;
    size_t count;
    ok(in_use_all(store, 99, arena, &rows, &count, &err));
    assert_int_equal(count, 0);
    ok(in_use_all(store, 165, arena, &rows, &count, &err));
    assert_int_equal(count, 1);
    assert_string_equal(rows[0].name, "torbay");
    assert_int_equal(rows[0].pack, 5);
    assert_int_equal(rows[0].calendar, 8);
    ok(in_use_all(store, 200, arena, &rows, &count, &err));
    assert_int_equal(count, 2);
    assert_string_equal(rows[0].name, "plymouth");
    assert_int_equal(rows[0].pack, 4);
    assert_int_equal(rows[0].calendar, 0);
    assert_int_equal(rows[1].pack, 2);
    fails(ERR_STORE, "in_use_put: CHECK", in_use_put(store, "other", "x", 1, 1, &err));
    store_close(store);
    arena_free(arena);
}

static void numbers_rule_sets(void **state)
{
    (void)state;
    struct store *store = memory_store();
    struct arena *arena = arena_new();
    struct ruleset_row row;
    int64_t a, b;
    ok(store_begin(store, &err));
    put_rules(store);
    ok(ruleset_put(store, 1, 1, 1, &a, &err));
    assert_int_equal(a, 1);
    ok(ruleset_put(store, 1, 1, 2, &b, &err));
    assert_int_not_equal(a, b);
    ok(ruleset_get(store, b, arena, &row, &err));
    assert_int_equal(row.id, b);
    assert_int_equal(row.pack, 1);
    assert_int_equal(row.calendar, 1);
    assert_int_equal(row.edition, 2);
    assert_string_equal(row.pack_name, "torbay");
    fails(ERR_UNKNOWN, "number 99", ruleset_get(store, 99, arena, &row, &err));
    fails(ERR_STORE, "ruleset_add: FOREIGN KEY", ruleset_put(store, 99, 1, 1, &b, &err));
    store_close(store);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_versions_by_content),
        cmocka_unit_test(says_what_is_in_use_on_a_day),
        cmocka_unit_test(numbers_rule_sets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
