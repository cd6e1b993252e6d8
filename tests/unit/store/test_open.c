/* SPDX-License-Identifier: MIT */
#include "tests/unit/store/kit.h"

#include "store/inside.h"

#include <fcntl.h>
#include <sys/wait.h>

static void script(const char *path, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL))
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
}

static int64_t asked(struct store *store, const char *sql)
{
    int64_t value = -1;
    ok(store_number(store, sql, &value, &err));
    return value;
}

static void make_database(const char *path)
{
    struct store *store;
    ok(store_open(path, STORE_CREATE, &store, &err));
    store_close(store);
}

static void write_file(const char *path, const char *bytes, size_t len)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    fclose(file);
}

static void makes_a_new_one(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store;
    struct stat st;
    ok(store_open(place.path, STORE_CREATE, &store, &err));
    assert_string_equal(store_path(store), place.path);
    assert_int_equal(asked(store, "PRAGMA application_id"), APPLICATION_ID);
    assert_int_equal(asked(store, "PRAGMA user_version"), schema_newest());
    assert_int_equal(asked(store, "PRAGMA synchronous"), 2);
    assert_int_equal(asked(store, "PRAGMA foreign_keys"), 1);
    assert_int_equal(asked(store, "PRAGMA trusted_schema"), 0);
    assert_int_equal(asked(store, "PRAGMA cache_size"), -8192);
    assert_int_equal(asked(store, "PRAGMA page_size"), 4096);
    assert_int_equal(asked(store, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"), 1);
    /* Not for everybody on the machine. */
    assert_int_equal(stat(place.path, &st), 0);
    assert_int_equal(st.st_mode & 07, 0);
    store_close(store);
    /* The last to close leaves one file. */
    assert_int_equal(access(place_of(&place, "reeve.db-wal"), F_OK), -1);
    ok(store_open(place.path, STORE_CREATE, &store, &err));
    assert_int_equal(asked(store, "PRAGMA user_version"), schema_newest());
    store_close(store);
    place_drop(&place);
}

static void never_checkpoints_within_a_commit(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store;
    ok(store_open(place.path, STORE_CREATE, &store, &err));
    char *files = calloc(1, 8 << 20);
    memset(files, 'x', (8 << 20) - 1);
    bool is_new;
    int64_t id;
    ok(store_begin(store, &err));
    ok(pack_put(store, "big", files, "x", 1, &id, &is_new, &err));
    ok(store_commit(store, &err));
    /* SQLite's own limit is 1,000 pages. */
    assert_true(store_wal_pages(store) > 2000);
    ok(store_begin(store, &err));
    ok(pack_put(store, "small", "{}", "x", 1, &id, &is_new, &err));
    ok(store_commit(store, &err));
    assert_true(store_wal_pages(store) > 2000);
    store_checkpoint(store);
    assert_int_equal(store_wal_pages(store), 0);
    ok(store_begin(store, &err));
    ok(pack_put(store, "small", "[]", "x", 1, &id, &is_new, &err));
    ok(store_commit(store, &err));
    assert_in_range(store_wal_pages(store), 1, 50);
    free(files);
    store_close(store);
    place_drop(&place);
}

static void says_what_is_wrong_with_a_file(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store;
    char path[256], sql[64];

    fails(ERR_UNKNOWN, "there is no database", store_open(place.path, STORE_WRITE, &store, &err));
    fails(ERR_UNKNOWN, "there is no database", store_open(place.path, STORE_READ, &store, &err));
    assert_int_equal(access(place.path, F_OK), -1);
    fails(ERR_SYSTEM, "cannot use the folder",
          store_open("/nowhere/at/all/x.db", STORE_CREATE, &store, &err));
    fails(ERR_STORE, "is not a file", store_open(place.folder, STORE_WRITE, &store, &err));

    snprintf(path, sizeof path, "%s", place_of(&place, "text.db"));
    char text[5000];
    memset(text, 'x', sizeof text);
    write_file(path, text, sizeof text);
    fails(ERR_STORE, "is not a database", store_open(path, STORE_CREATE, &store, &err));
    fails(ERR_STORE, "is not a database", store_open(path, STORE_READ, &store, &err));

    snprintf(path, sizeof path, "%s", place_of(&place, "empty.db"));
    write_file(path, "", 0);
    fails(ERR_UNKNOWN, "is empty", store_open(path, STORE_WRITE, &store, &err));
    fails(ERR_UNKNOWN, "is empty", store_open(path, STORE_READ, &store, &err));
    ok(store_open(path, STORE_CREATE, &store, &err));
    store_close(store);

    snprintf(path, sizeof path, "%s", place_of(&place, "other.db"));
    script(path, "CREATE TABLE songs(title TEXT); PRAGMA user_version = 1");
    fails(ERR_STORE, "another program's", store_open(path, STORE_CREATE, &store, &err));
    fails(ERR_STORE, "another program's", store_open(path, STORE_WRITE, &store, &err));
    fails(ERR_STORE, "another program's", store_open(path, STORE_READ, &store, &err));
    /* It stays as it was: no WAL. */
    sqlite3 *db;
    char *found = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_stmt *raw;
    assert_int_equal(sqlite3_prepare_v2(db, "PRAGMA journal_mode", -1, &raw, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(raw), SQLITE_ROW);
    found = strdup((const char *)sqlite3_column_text(raw, 0));
    sqlite3_finalize(raw);
    sqlite3_close(db);
    assert_string_equal(found, "delete");
    free(found);

    make_database(place.path);
    snprintf(sql, sizeof sql, "PRAGMA user_version = %d", schema_newest() + 1);
    script(place.path, sql);
    fails(ERR_STORE, "made by a newer reeve", store_open(place.path, STORE_WRITE, &store, &err));
    fails(ERR_STORE, "made by a newer reeve", store_open(place.path, STORE_READ, &store, &err));
    script(place.path, "PRAGMA user_version = 0");
    fails(ERR_STORE, "made by an older reeve", store_open(place.path, STORE_READ, &store, &err));
    /* A migration that fails leaves all as it was. */
    fails(ERR_STORE, "schema: ", store_open(place.path, STORE_WRITE, &store, &err));
    snprintf(sql, sizeof sql, "PRAGMA user_version = %d", schema_newest());
    script(place.path, sql);
    ok(store_open(place.path, STORE_WRITE, &store, &err));
    ok(store_integrity(store, &err));
    store_close(store);
    place_drop(&place);
}

static void tells_damage(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store;
    make_database(place.path);
    int fd = open(place.path, O_RDWR);
    char bytes[4096];
    memset(bytes, 0x5a, sizeof bytes);
    /* The first page's header stays, its content goes. */
    assert_int_equal(pwrite(fd, bytes, 3980, 116), 3980);
    close(fd);
    fails(ERR_STORE, "damaged", store_open(place.path, STORE_WRITE, &store, &err));
    make_database(place_of(&place, "cut.db"));
    assert_int_equal(truncate(place_of(&place, "cut.db"), 4096 * 3), 0);
    fails(ERR_STORE, "damaged", store_open(place_of(&place, "cut.db"), STORE_READ, &store, &err));
    ok(store_open(place_of(&place, "page.db"), STORE_CREATE, &store, &err));
    int64_t page = asked(store, "SELECT rootpage FROM sqlite_schema WHERE name = 'event'");
    store_close(store);
    fd = open(place_of(&place, "page.db"), O_RDWR);
    assert_int_equal(pwrite(fd, bytes, 4096, 4096 * (page - 1)), 4096);
    close(fd);
    ok(store_open(place_of(&place, "page.db"), STORE_READ, &store, &err));
    fails(ERR_STORE, "damaged", store_integrity(store, &err));
    store_close(store);
    place_drop(&place);
}

/* Root may do everything, so a child gives that up first. */
static void as_nobody(void (*work)(const struct place *place), const struct place *place)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (geteuid() == 0 && seteuid(65534))
            _exit(2);
        work(place);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void in_read_only_folder(const struct place *place)
{
    struct store *store;
    struct err err = { 0 };
    if (store_open(place->path, STORE_WRITE, &store, &err) != ERR_SYSTEM ||
        !strstr(err.text, "cannot write in the folder"))
        _exit(3);
    if (store_open(place_of(place, "new.db"), STORE_CREATE, &store, &err) != ERR_SYSTEM)
        _exit(4);
}

static void in_closed_file(const struct place *place)
{
    struct store *store;
    struct err err = { 0 };
    if (store_open(place->path, STORE_WRITE, &store, &err) != ERR_SYSTEM ||
        !strstr(err.text, "cannot open"))
        _exit(3);
}

static void says_who_may_not_write(void **state)
{
    (void)state;
    struct place place = place_make();
    make_database(place.path);
    chmod(place.path, 0644);
    chmod(place.folder, 0555);
    as_nobody(in_read_only_folder, &place);
    chmod(place.folder, 0777);
    chmod(place.path, 0400);
    as_nobody(in_closed_file, &place);
    place_drop(&place);
}

static void knows_network_file_systems(void **state)
{
    (void)state;
    assert_string_equal(network_file_system(0x6969), "nfs");
    assert_string_equal(network_file_system(0xff534d42), "cifs");
    /* statfs() has a signed type: on 64 bits it comes extended. */
    assert_string_equal(network_file_system(0xffffffffff534d42), "cifs");
    assert_string_equal(network_file_system(0x01021997), "9p");
    assert_null(network_file_system(0xef53));     /* ext4 */
    assert_null(network_file_system(0x01021994)); /* tmpfs */
    assert_null(network_file_system(0x58465342)); /* xfs */
}

static void reads_beside_a_writer(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *writer, *reader;
    struct arena *arena = arena_new();
    struct school_row school = { .urn = 136000, .name = "A", .phase = "primary" }, got;
    bool is_new;
    ok(store_open(place.path, STORE_CREATE, &writer, &err));
    ok(store_open(place.path, STORE_READ, &reader, &err));
    ok(store_begin(writer, &err));
    ok(school_put(writer, &school, &is_new, &err));
    fails(ERR_UNKNOWN, "136000", school_get(reader, 136000, arena, &got, &err));
    ok(store_commit(writer, &err));
    ok(school_get(reader, 136000, arena, &got, &err));
    /* A snapshot stays where it was. */
    ok(store_snapshot(reader, &err));
    ok(store_begin(writer, &err));
    school.name = "B";
    ok(school_put(writer, &school, &is_new, &err));
    assert_false(is_new);
    ok(store_commit(writer, &err));
    ok(school_get(reader, 136000, arena, &got, &err));
    assert_string_equal(got.name, "A");
    store_snapshot_end(reader);
    ok(school_get(reader, 136000, arena, &got, &err));
    assert_string_equal(got.name, "B");
    store_close(writer);
    ok(school_get(reader, 136000, arena, &got, &err));
    assert_string_equal(got.name, "B");
    store_close(reader);
    /* And after everybody went. */
    ok(store_open(place.path, STORE_READ, &reader, &err));
    ok(school_get(reader, 136000, arena, &got, &err));
    store_close(reader);
    arena_free(arena);
    place_drop(&place);
}

static void two_in_memory_are_apart(void **state)
{
    (void)state;
    struct store *a = memory_store(), *b = memory_store();
    struct arena *arena = arena_new();
    struct school_row school = { .urn = 136000, .name = "A", .phase = "primary" }, got;
    ok(store_begin(a, &err));
    ok(school_put(a, &school, NULL, &err));
    ok(store_commit(a, &err));
    assert_int_equal(store_wal_pages(a), 0);
    fails(ERR_UNKNOWN, "136000", school_get(b, 136000, arena, &got, &err));
    store_close(a);
    store_close(b);
    store_close(NULL);
    arena_free(arena);
}

static void makes_once_when_two_make(void **state)
{
    (void)state;
    struct place place = place_make();
    for (int i = 0; i < 4; i++) {
        if (fork() == 0) {
            struct store *store;
            struct err err;
            if (store_open(place.path, STORE_CREATE, &store, &err))
                _exit(1);
            store_close(store);
            _exit(0);
        }
    }
    int status;
    for (int i = 0; i < 4; i++) {
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    struct store *store;
    ok(store_open(place.path, STORE_WRITE, &store, &err));
    ok(store_integrity(store, &err));
    store_close(store);
    place_drop(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes_a_new_one),
        cmocka_unit_test(never_checkpoints_within_a_commit),
        cmocka_unit_test(says_what_is_wrong_with_a_file),
        cmocka_unit_test(tells_damage),
        cmocka_unit_test(says_who_may_not_write),
        cmocka_unit_test(knows_network_file_systems),
        cmocka_unit_test(reads_beside_a_writer),
        cmocka_unit_test(two_in_memory_are_apart),
        cmocka_unit_test(makes_once_when_two_make),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
