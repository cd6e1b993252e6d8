/* SPDX-License-Identifier: MIT */
#include "tests/unit/store/kit.h"

#include "store/inside.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/wait.h>

static void add_school(struct store *store, int64_t urn)
{
    const struct school_row row = { .urn = urn, .name = "x", .phase = "primary" };
    bool is_new;
    ok(store_begin(store, &err));
    ok(school_put(store, &row, &is_new, &err));
    assert_true(is_new);
    ok(store_commit(store, &err));
}

static bool has_school(const char *path, int64_t urn)
{
    struct arena *arena = arena_new();
    struct school_row row;
    struct store *store;
    ok(store_open(path, STORE_READ, &store, &err));
    enum err_code rc = school_get(store, urn, arena, &row, NULL);
    store_close(store);
    arena_free(arena);
    return rc == ERR_NONE;
}

static int calls, last_done, last_all;

static void hear(int done, int all)
{
    calls++;
    last_done = done;
    last_all = all;
}

static void copies_and_restores(void **state)
{
    (void)state;
    struct place place = place_make();
    char backup[256];
    struct store *store;
    snprintf(backup, sizeof backup, "%s", place_of(&place, "backup.db"));
    ok(store_open(place.path, STORE_CREATE, &store, &err));
    add_school(store, 100001);
    calls = 0;
    ok(store_backup(store, backup, hear, &err));
    assert_true(calls >= 1);
    assert_int_equal(last_done, last_all);
    assert_true(last_all > 10);
    fails(ERR_INPUT, "is there already", store_backup(store, backup, NULL, &err));
    add_school(store, 100002);
    assert_int_equal(access(place_of(&place, "backup.db.part"), F_OK), -1);
    assert_int_equal(access(place_of(&place, "backup.db-wal"), F_OK), -1);

    fails(ERR_CONFLICT, "already", store_restore(backup, place.path, false, &err));
    fails(ERR_BUSY, "has '", store_restore(backup, place.path, true, &err));
    assert_true(has_school(place.path, 100002));
    store_close(store);
    ok(store_restore(backup, place.path, true, &err));
    assert_true(has_school(place.path, 100001));
    assert_false(has_school(place.path, 100002));
    ok(store_restore(backup, place_of(&place, "fresh.db"), false, &err));
    /* Reading a backup leaves nothing beside it. */
    assert_int_equal(access(place_of(&place, "backup.db-wal"), F_OK), -1);
    assert_true(has_school(backup, 100001));
    assert_false(has_school(backup, 100002));
    assert_true(has_school(place_of(&place, "fresh.db"), 100001));
    /* A restored one can be written. */
    ok(store_open(place.path, STORE_WRITE, &store, &err));
    add_school(store, 100003);
    ok(store_integrity(store, &err));
    store_close(store);
    place_drop(&place);
}

static void copies_from_memory_and_from_a_reader(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store = memory_store(), *reader;
    add_school(store, 100001);
    ok(store_backup(store, place.path, NULL, &err));
    store_close(store);
    assert_true(has_school(place.path, 100001));
    ok(store_open(place.path, STORE_READ, &reader, &err));
    ok(store_snapshot(reader, &err));
    ok(store_backup(reader, place_of(&place, "b.db"), NULL, &err));
    store_snapshot_end(reader);
    store_close(reader);
    assert_true(has_school(place_of(&place, "b.db"), 100001));
    place_drop(&place);
}

static void refuses_what_is_no_backup(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store;
    char text[256], other[256], damaged[256], newer[256];
    sqlite3 *db;
    snprintf(text, sizeof text, "%s", place_of(&place, "text"));
    snprintf(other, sizeof other, "%s", place_of(&place, "other.db"));
    snprintf(damaged, sizeof damaged, "%s", place_of(&place, "damaged.db"));
    snprintf(newer, sizeof newer, "%s", place_of(&place, "newer.db"));
    FILE *file = fopen(text, "w");
    for (int i = 0; i < 300; i++)
        fputs("not a database ", file);
    fclose(file);
    sqlite3_open(other, &db);
    sqlite3_exec(db, "CREATE TABLE t(x)", NULL, NULL, NULL);
    sqlite3_close(db);
    ok(store_open(place.path, STORE_CREATE, &store, &err));
    add_school(store, 100001);
    ok(store_backup(store, damaged, NULL, &err));
    ok(store_backup(store, newer, NULL, &err));
    int64_t event_page;
    ok(store_number(store, "SELECT rootpage FROM sqlite_schema WHERE name = 'event'", &event_page,
                    &err));
    store_close(store);
    int fd = open(damaged, O_RDWR);
    assert_int_equal(pwrite(fd, text, sizeof text, 4096 * (event_page - 1)), sizeof text);
    close(fd);
    sqlite3_open(newer, &db);
    sqlite3_exec(db, "PRAGMA user_version = 1000", NULL, NULL, NULL);
    sqlite3_close(db);

    snprintf(text, sizeof text, "%s", place_of(&place, "text"));
    fails(ERR_INPUT, "not a database", store_restore(text, place.path, true, &err));
    fails(ERR_INPUT, "no reeve database", store_restore(other, place.path, true, &err));
    fails(ERR_INPUT, "damaged", store_restore(damaged, place.path, true, &err));
    fails(ERR_INPUT, "newer reeve", store_restore(newer, place.path, true, &err));
    fails(ERR_INPUT, "cannot read", store_restore("/nowhere/x", place.path, true, &err));
    fails(ERR_INPUT, "the database itself", store_restore(place.path, place.path, true, &err));
    assert_true(has_school(place.path, 100001));
    assert_int_equal(access(place_of(&place, "reeve.db.part"), F_OK), -1);
    place_drop(&place);
}

static void a_restore_leaves_no_old_wal(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store;
    char backup[256];
    snprintf(backup, sizeof backup, "%s", place_of(&place, "backup.db"));
    ok(store_open(place.path, STORE_CREATE, &store, &err));
    ok(store_backup(store, backup, NULL, &err));
    store_close(store);
    /* A process that dies leaves its WAL. */
    if (fork() == 0) {
        if (store_open(place.path, STORE_WRITE, &store, NULL))
            _exit(1);
        add_school(store, 100001);
        _exit(0);
    }
    int status;
    assert_true(wait(&status) > 0);
    assert_int_equal(status, 0);
    assert_int_equal(access(place_of(&place, "reeve.db-wal"), F_OK), 0);
    /* And a database so damaged that SQLite cannot take its WAL in. */
    int fd = open(place.path, O_RDWR);
    assert_int_equal(pwrite(fd, "xxxxxxxxxxxxxxxx", 16, 0), 16);
    close(fd);
    ok(store_restore(backup, place.path, true, &err));
    assert_false(has_school(place.path, 100001));
    place_drop(&place);
}

struct busy {
    const char *path;
    atomic_bool stop;
    atomic_int written;
};

static void *write_on(void *self)
{
    struct busy *busy = self;
    struct store *store;
    ok(store_open(busy->path, STORE_WRITE, &store, &err));
    while (!busy->stop) {
        add_school(store, 200000 + busy->written);
        busy->written++;
    }
    store_close(store);
    return NULL;
}

/* Without its snapshot a backup would begin again with each commit. */
static void copies_beside_a_writer(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store;
    struct busy busy = { .path = place.path };
    pthread_t thread;
    char *files = calloc(1, 16 << 20);
    memset(files, 'x', (16 << 20) - 1);
    int64_t id;
    ok(store_open(place.path, STORE_CREATE, &store, &err));
    ok(store_begin(store, &err));
    ok(pack_put(store, "big", files, "x", 1, &id, NULL, &err));
    ok(store_commit(store, &err));
    pthread_create(&thread, NULL, write_on, &busy);
    while (busy.written < 5)
        usleep(1000);
    int before = busy.written;
    calls = 0;
    ok(store_backup(store, place_of(&place, "backup.db"), hear, &err));
    busy.stop = true;
    pthread_join(thread, NULL);
    assert_in_range(calls, 4, 10); /* 4,100 pages in steps of 1,024, once. */
    assert_true(busy.written > before);
    assert_true(has_school(place_of(&place, "backup.db"), 200000 + before - 1));
    store_close(store);
    free(files);
    place_drop(&place);
}

static void only_one_service(void **state)
{
    (void)state;
    struct place place = place_make();
    struct service_lock *lock, *other;
    char pid[32];
    ok(service_lock_take(place.path, &lock, &err));
    snprintf(pid, sizeof pid, "process %d", getpid());
    fails(ERR_BUSY, pid, service_lock_take(place.path, &other, &err));
    service_lock_release(lock);
    ok(service_lock_take(place.path, &lock, &err));
    service_lock_release(lock);
    service_lock_release(NULL);
    fails(ERR_SYSTEM, "cannot open", service_lock_take("/nowhere/x.db", &other, &err));

    /* A process that is killed holds nothing. */
    int pipes[2];
    assert_int_equal(pipe(pipes), 0);
    pid_t child = fork();
    if (child == 0) {
        if (service_lock_take(place.path, &lock, NULL))
            _exit(1);
        if (write(pipes[1], "x", 1) != 1)
            _exit(1);
        pause();
        _exit(0);
    }
    char byte;
    assert_int_equal(read(pipes[0], &byte, 1), 1);
    snprintf(pid, sizeof pid, "process %d", child);
    fails(ERR_BUSY, pid, service_lock_take(place.path, &other, &err));
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    ok(service_lock_take(place.path, &lock, &err));
    service_lock_release(lock);
    close(pipes[0]);
    close(pipes[1]);
    place_drop(&place);
}

static void no_restore_under_a_service(void **state)
{
    (void)state;
    struct place place = place_make();
    struct service_lock *lock;
    struct store *store;
    ok(store_open(place.path, STORE_CREATE, &store, &err));
    ok(store_backup(store, place_of(&place, "b 100%?#.db"), NULL, &err));
    store_close(store);
    ok(service_lock_take(place.path, &lock, &err));
    fails(ERR_BUSY, "is running",
          store_restore(place_of(&place, "b 100%?#.db"), place.path, true, &err));
    service_lock_release(lock);
    ok(store_restore(place_of(&place, "b 100%?#.db"), place.path, true, &err));
    place_drop(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_and_restores),
        cmocka_unit_test(copies_from_memory_and_from_a_reader),
        cmocka_unit_test(refuses_what_is_no_backup),
        cmocka_unit_test(a_restore_leaves_no_old_wal),
        cmocka_unit_test(copies_beside_a_writer),
        cmocka_unit_test(only_one_service),
        cmocka_unit_test(no_restore_under_a_service),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
