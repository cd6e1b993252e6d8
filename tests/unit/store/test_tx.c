/* SPDX-License-Identifier: MIT */
#include "tests/unit/store/kit.h"

#include "store/inside.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/wait.h>

static void refuses_to_nest(void **state)
{
    (void)state;
    struct store *store = memory_store();
    char here[64];
    ok(store_begin(store, &err));
    snprintf(here, sizeof here, "test_tx.c:%d", __LINE__ - 1);
    fails(ERR_STORE, here, store_begin(store, &err));
    fails(ERR_STORE, here, store_snapshot(store, &err));
    ok(store_commit(store, &err));
    ok(store_snapshot(store, &err));
    snprintf(here, sizeof here, "test_tx.c:%d", __LINE__ - 1);
    fails(ERR_STORE, here, store_begin(store, &err));
    store_rollback(store); /* Not what ends a snapshot. */
    fails(ERR_STORE, here, store_begin(store, &err));
    store_snapshot_end(store);
    store_snapshot_end(store);
    ok(store_begin(store, &err));
    store_rollback(store);
    store_rollback(store);
    store_close(store);
}

static void rolls_back(void **state)
{
    (void)state;
    struct store *store = memory_store();
    struct arena *arena = arena_new();
    struct case_row got;
    int64_t id;
    ok(store_begin(store, &err));
    put_rules(store);
    ok(store_commit(store, &err));
    ok(store_begin(store, &err));
    open_case(store, "A");
    ok(case_next_id(store, &id, &err));
    assert_int_equal(id, 2);
    store_rollback(store);
    fails(ERR_UNKNOWN, "'A'", case_get_ref(store, "A", arena, &got, &err));
    /* The numbers go back too. */
    ok(store_begin(store, &err));
    ok(case_next_id(store, &id, &err));
    assert_int_equal(id, 1);
    ok(event_next_id(store, &id, &err));
    assert_int_equal(id, 1);
    store_rollback(store);
    /* Closing undoes what was not committed. */
    ok(store_begin(store, &err));
    open_case(store, "B");
    store_close(store);
    arena_free(arena);
}

static void names_the_statement(void **state)
{
    (void)state;
    struct store *store = memory_store();
    ok(store_begin(store, &err));
    put_rules(store);
    open_case(store, "A");
    struct case_row twice = some_case(7, "A"), loose = some_case(8, "B");
    fails(ERR_STORE, "case_insert: UNIQUE constraint failed: casefile.ref",
          case_insert(store, &twice, &err));
    loose.ruleset = 99;
    fails(ERR_STORE, "case_insert: FOREIGN KEY", case_insert(store, &loose, &err));
    /* Constraints undo the statement, not the transaction. */
    open_case(store, "C");
    ok(store_commit(store, &err));
    assert_false(store_io_failed(store));
    store_close(store);
}

static void waits_and_says_who_is_busy(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *a, *b;
    ok(store_open(place.path, STORE_CREATE, &a, &err));
    ok(store_open(place.path, STORE_WRITE, &b, &err));
    ok(store_begin(a, &err));
    int64_t before = store_clock_us();
    fails(ERR_BUSY, place.path, store_begin_wait(b, 50, &err));
    int64_t took = store_clock_us() - before;
    assert_in_range(took, 50000, 2000000);
    before = store_clock_us();
    fails(ERR_BUSY, "another process", store_begin_wait(b, 0, &err));
    assert_true(store_clock_us() - before < 50000);
    ok(store_commit(a, &err));
    ok(store_begin_wait(b, 0, &err));
    ok(store_commit(b, &err));
    store_close(b);
    store_close(a);
    place_drop(&place);
}

enum { EACH = 150 };

/* Adds EACH schools, one a transaction, holding the lock nine tenths of the time. */
static void add_schools(const char *path, int64_t from)
{
    struct store *store;
    struct err err;
    if (store_open(path, STORE_WRITE, &store, &err))
        _exit(2);
    for (int64_t i = 0; i < EACH; i++) {
        const struct school_row school = { .urn = from + i, .name = "x", .phase = "primary" };
        bool is_new = false;
        if (store_begin(store, &err) || school_put(store, &school, &is_new, &err) || !is_new)
            _exit(3);
        usleep(900);
        if (store_commit(store, &err))
            _exit(4);
        usleep(100);
    }
    store_close(store);
}

static void two_processes_write(void **state)
{
    (void)state;
    struct place place = place_make();
    struct arena *arena = arena_new();
    struct store *store;
    ok(store_open(place.path, STORE_CREATE, &store, &err));
    store_close(store);
    for (int64_t i = 0; i < 2; i++) {
        if (fork() == 0) {
            add_schools(place.path, 100000 + i * EACH);
            _exit(0);
        }
    }
    int status;
    for (int i = 0; i < 2; i++) {
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    ok(store_open(place.path, STORE_READ, &store, &err));
    for (int64_t i = 0; i < 2 * EACH; i++) {
        struct school_row school;
        ok(school_get(store, 100000 + i, arena, &school, &err));
    }
    store_close(store);
    arena_free(arena);
    place_drop(&place);
}

struct reading {
    const char *path;
    atomic_bool stop;
    atomic_int rounds, wrong;
};

/* A case and its head event are written together, so they are seen together. */
static void *read_on(void *self)
{
    struct reading *reading = self;
    struct arena *arena = arena_new();
    struct store *store;
    struct err err;
    if (store_open(reading->path, STORE_READ, &store, &err)) {
        reading->wrong++;
        return NULL;
    }
    while (!reading->stop || reading->rounds == 0) {
        struct case_row row;
        struct event_row event;
        arena_reset(arena);
        if (store_snapshot(store, &err) || case_get(store, 1, arena, &row, &err) ||
            event_get(store, row.head, arena, &event, &err) ||
            memcmp(event.hash, row.head_hash, HASH_BYTES) != 0)
            reading->wrong++;
        store_snapshot_end(store);
        reading->rounds++;
    }
    store_close(store);
    arena_free(arena);
    return NULL;
}

static void several_read_while_one_writes(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store;
    struct reading reading = { .path = place.path };
    pthread_t threads[3];
    ok(store_open(place.path, STORE_CREATE, &store, &err));
    ok(store_begin(store, &err));
    put_rules(store);
    struct case_row row = open_case(store, "A");
    ok(store_commit(store, &err));
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, read_on, &reading);
    for (int i = 0; i < 300; i++) {
        int64_t was = row.head;
        ok(store_begin(store, &err));
        row.head = add_event(store, &row, "{}").id;
        row.wake = i;
        ok(case_update(store, &row, was, &err));
        ok(store_commit(store, &err));
        if (i % 50 == 0)
            store_checkpoint(store);
    }
    reading.stop = true;
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(reading.wrong, 0);
    assert_true(reading.rounds >= 3);
    ok(store_integrity(store, &err));
    store_close(store);
    place_drop(&place);
}

/* Runs `work` in a child that must stop itself by abort(). */
static void must_abort(void (*work)(struct store *store))
{
    pid_t child = fork();
    if (child == 0) {
        fclose(stderr);
        signal(SIGABRT, SIG_DFL);
        struct store *store = memory_store();
        work(store);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

static void commit_by_the_back_door(struct store *store)
{
    struct err err;
    if (store_begin(store, &err) || sits_clear(store, &err))
        _exit(2);
    const struct school_row school = { .urn = 136000, .name = "x", .phase = "p" };
    if (school_put(store, &school, NULL, &err))
        _exit(2);
    sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL);
}

static void write_without_a_transaction(struct store *store)
{
    struct err err;
    (void)!sits_clear(store, &err);
}

static void ask_while_asking(void *self, int64_t person)
{
    (void)person;
    (void)!desk_people(self, 1, self, ask_while_asking, NULL);
}

static void read_twice_at_once(struct store *store)
{
    int64_t person, desk;
    struct err err;
    if (store_begin(store, &err) || person_put(store, "a@b.uk", "A", &person, NULL, &err) ||
        desk_find(store, "senco", 0, 0, &desk, &err) || sits_put(store, person, desk, &err))
        _exit(2);
    (void)!desk_people(store, desk, store, ask_while_asking, &err);
}

static void bugs_stop_the_program(void **state)
{
    (void)state;
    must_abort(commit_by_the_back_door);
    must_abort(write_without_a_transaction);
    must_abort(read_twice_at_once);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_to_nest),
        cmocka_unit_test(rolls_back),
        cmocka_unit_test(names_the_statement),
        cmocka_unit_test(waits_and_says_who_is_busy),
        cmocka_unit_test(two_processes_write),
        cmocka_unit_test(several_read_while_one_writes),
        cmocka_unit_test(bugs_stop_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
