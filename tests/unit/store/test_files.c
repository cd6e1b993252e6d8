/* SPDX-License-Identifier: MIT */
/* Proof is kept by what it holds, checked when it comes out, and survives copying. */
#include "tests/unit/store/kit.h"

#include "store/statements.h"

#include <sqlite3.h>

static struct file_row some_file(const char *text)
{
    return (struct file_row){ .type = "txt", .made_ms = 7, .bytes = (const unsigned char *)text,
                              .len = strlen(text) };
}

static int64_t asked(const char *path, const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *raw;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &raw, NULL), SQLITE_OK);
    sqlite3_step(raw);
    int64_t number = sqlite3_column_int64(raw, 0);
    sqlite3_finalize(raw);
    sqlite3_close(db);
    return number;
}

static void put(struct store *store, struct file_row *file)
{
    ok(store_begin(store, &err));
    ok(file_put(store, file, &err));
    ok(store_commit(store, &err));
}

static void hear(void *self, const char *digest)
{
    (void)digest;
    *(int *)self += 1;
}

static void the_same_is_kept_once(void **state)
{
    (void)state;
    struct place place = place_make();
    struct arena *arena = arena_new();
    struct store *store;
    struct file_row one = some_file("Dear all"), again = some_file("Dear all"),
                    other = some_file("Dear both"), got;
    bool there;
    ok(store_open(place.path, STORE_CREATE, &store, &err));
    put(store, &one);
    put(store, &again);
    put(store, &other);
    assert_memory_equal(one.digest, again.digest, sizeof one.digest);
    assert_int_equal(asked(place.path, "SELECT count(*) FROM file"), 2);
    /* SHA-256 as others work it out: printf 'Dear all' | sha256sum */
    assert_int_equal(one.digest[0], 0x5a);
    assert_int_equal(one.digest[31], 0x59);

    ok(file_get(store, other.digest, arena, &got, &err));
    assert_int_equal(got.len, 9);
    assert_memory_equal(got.bytes, "Dear both", 9);
    assert_string_equal(got.type, "txt");
    assert_int_equal(got.made_ms, 7);
    ok(file_there(store, one.digest, &there, &err));
    assert_true(there);
    one.digest[0] ^= 1;
    ok(file_there(store, one.digest, &there, &err));
    assert_false(there);
    fails(ERR_UNKNOWN, "not in the database", file_get(store, one.digest, arena, &got, &err));
    store_close(store);
    arena_free(arena);
    place_drop(&place);
}

static void rolled_back_is_not_kept(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store;
    struct file_row file = some_file("draft");
    bool there = true;
    ok(store_open(place.path, STORE_CREATE, &store, &err));
    ok(store_begin(store, &err));
    ok(file_put(store, &file, &err));
    store_rollback(store);
    ok(file_there(store, file.digest, &there, &err));
    assert_false(there);
    store_close(store);
    place_drop(&place);
}

static void what_was_changed_is_found(void **state)
{
    (void)state;
    struct place place = place_make();
    struct arena *arena = arena_new();
    struct store *store;
    struct file_row file = some_file("I agree"), other = some_file("other"), got;
    int wrong = 0;
    int64_t count;
    ok(store_open(place.path, STORE_CREATE, &store, &err));
    put(store, &file);
    put(store, &other);
    ok(files_check(store, &wrong, hear, &count, &err));
    assert_int_equal(count, 2);
    assert_int_equal(wrong, 0);
    asked(place.path, "UPDATE file SET content = CAST('I refuse' AS BLOB) WHERE id = 1");
    ok(files_check(store, &wrong, hear, &count, &err));
    assert_int_equal(wrong, 1);
    fails(ERR_DAMAGED, "not what was handed in",
          file_get(store, file.digest, arena, &got, &err));
    store_close(store);
    arena_free(arena);
    place_drop(&place);
}

static void copies_hold_them(void **state)
{
    (void)state;
    struct place place = place_make();
    struct arena *arena = arena_new();
    struct store *store;
    char backup[256], again[256];
    unsigned char *large = malloc(3 << 20);
    memset(large, 'x', 3 << 20);
    struct file_row file = { .type = "pdf", .bytes = large, .len = 3 << 20 }, got;
    snprintf(backup, sizeof backup, "%s", place_of(&place, "copy.db"));
    snprintf(again, sizeof again, "%s", place_of(&place, "again.db"));
    ok(store_open(place.path, STORE_CREATE, &store, &err));
    put(store, &file);
    ok(store_backup(store, backup, NULL, &err));
    store_close(store);
    ok(store_restore(backup, again, false, &err));
    ok(store_open(again, STORE_READ, &store, &err));
    ok(file_get(store, file.digest, arena, &got, &err));
    assert_int_equal(got.len, file.len);
    assert_memory_equal(got.bytes, large, got.len);
    store_close(store);
    arena_free(arena);
    free(large);
    place_drop(&place);
}

/* A database of the first schema, with a case in it, gets the table and keeps the case. */
static void an_older_database_comes_forward(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store;
    sqlite3 *db;
    struct file_row file = some_file("later");
    assert_int_equal(sqlite3_open(place.path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, schema_text(1), NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "PRAGMA application_id = 0x72656576; PRAGMA user_version = 1;"
                                      "INSERT INTO school VALUES (113489, 'A school', 'primary')",
                                  NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    fails(ERR_STORE, "made by an older reeve", store_open(place.path, STORE_READ, &store, &err));
    ok(store_open(place.path, STORE_WRITE, &store, &err));
    put(store, &file);
    store_close(store);
    assert_int_equal(asked(place.path, "PRAGMA user_version"), schema_newest());
    assert_int_equal(asked(place.path, "SELECT count(*) FROM school"), 1);
    assert_int_equal(asked(place.path, "SELECT count(*) FROM file"), 1);
    ok(store_open(place.path, STORE_READ, &store, &err));
    store_close(store);
    place_drop(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_is_kept_once),
        cmocka_unit_test(rolled_back_is_not_kept),
        cmocka_unit_test(what_was_changed_is_found),
        cmocka_unit_test(copies_hold_them),
        cmocka_unit_test(an_older_database_comes_forward),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
