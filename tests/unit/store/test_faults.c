/* SPDX-License-Identifier: MIT */
/* A batch of writes while the disk fails at the first, second, third... operation, until it gets
 * through without. After each, the database opened again is sound and holds all of the batch or
 * nothing of it: all when the commit said so, nothing when it said no and did not say that it
 * cannot know. */
#include "tests/unit/store/kit.h"

#include "tests/faults/vfs.h"

#include <sys/wait.h>

enum { TRIES_MAX = 2000, CASES = 3 };

/* Hundreds of small databases: in memory where there is such a file system, to spare the disk. */
static struct place small_place(void)
{
    return place_make_in(access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
}

static bool count_due(void *self, const struct due_row *row)
{
    (void)row;
    *(int *)self += 1;
    return true;
}

static enum err_code write_case(struct store *store, const char *ref, struct err *err)
{
    struct case_row row = some_case(0, ref);
    struct event_row event = { .ruleset = 1, .recorded_ms = 1, .said = "{\"name\":\"open\"}",
                               .did = "{}", .personal = "{\"child\":\"x\"}" };
    char body[6000];
    memset(body, 'b', sizeof body - 1); /* Spills on an overflow page. */
    body[sizeof body - 1] = '\0';
    row.body = body;
    row.body_len = sizeof body - 1;
    row.wake = 5;
    enum err_code rc = case_next_id(store, &row.id, err);
    event.case_id = row.id;
    if (!rc)
        rc = event_next_id(store, &event.id, err);
    if (!rc)
        rc = event_add(store, &row, &event, err);
    row.head = event.id;
    if (!rc)
        rc = case_insert(store, &row, err);
    if (!rc)
        rc = due_put(store, 1, 7, row.id, "papers", 8, err);
    const struct notice_row notice = { .event = event.id, .case_id = row.id, .desk = 1,
                                       .person = 1, .leave = 1, .kind = "remind", .about = "x" };
    if (!rc)
        rc = notice_add(store, &notice, err);
    /* Larger than a page, and one more with each case. */
    unsigned char proof[20000];
    memset(proof, (int)row.id, sizeof proof);
    struct file_row file = { .type = "pdf", .made_ms = 1, .bytes = proof, .len = sizeof proof };
    return rc ? rc : file_put(store, &file, err);
}

static enum err_code write_old_case(struct store *store, struct err *err)
{
    struct arena *arena = arena_new();
    struct case_row row;
    enum err_code rc = case_get(store, 1, arena, &row, err);
    if (!rc) {
        struct event_row event = { .case_id = 1, .prev = row.head, .ruleset = 1,
                                   .recorded_ms = 2, .said = "{}", .did = "{}" };
        int64_t was = row.head;
        rc = event_next_id(store, &event.id, err);
        if (!rc)
            rc = event_add(store, &row, &event, err);
        row.head = event.id;
        row.state = "closed";
        row.open = false;
        row.wake = MINUTE_NONE;
        if (!rc)
            rc = case_update(store, &row, was, err);
        if (!rc)
            rc = due_drop(store, 1, 7, 1, "papers", err);
    }
    arena_free(arena);
    return rc;
}

/* What a batch came to, as its caller saw it. */
struct came_to {
    enum err_code code;
    bool committed, unknown;
};

static struct came_to run_batch(const char *path)
{
    struct came_to out = { .code = ERR_NONE };
    struct store *store;
    struct err err = { 0 };
    out.code = store_open(path, STORE_WRITE, &store, &err);
    if (out.code)
        return out;
    out.code = store_begin(store, &err);
    if (!out.code)
        out.code = write_old_case(store, &err);
    for (int i = 0; !out.code && i < CASES; i++) {
        char ref[32];
        snprintf(ref, sizeof ref, "NEW-%d", i);
        out.code = write_case(store, ref, &err);
    }
    if (!out.code) {
        out.code = store_commit(store, &err);
        out.committed = out.code == ERR_NONE;
        out.unknown = store_io_failed(store);
    } else {
        store_rollback(store);
    }
    if (out.code && !err.text[0])
        fail_msg("an error without a text: %s", err_name(out.code));
    if (out.committed)
        store_checkpoint(store);
    store_close(store);
    return out;
}

/* All of the batch or nothing; anything else ends the test. */
static bool batch_is_there(const char *path)
{
    struct arena *arena = arena_new();
    struct case_row row, other;
    struct event_row event;
    struct store *store;
    struct counts counts;
    int due = 0;
    ok(store_open(path, STORE_WRITE, &store, &err));
    ok(store_integrity(store, &err));
    ok(case_get(store, 1, arena, &row, &err));
    bool there = !row.open;
    ok(read_counts(store, &counts, &err));
    assert_int_equal(counts.cases, there ? 1 + CASES : 1);
    assert_int_equal(counts.open_cases, there ? CASES : 1);
    assert_int_equal(counts.events, there ? 2 + CASES : 1);
    assert_int_equal(counts.due, there ? CASES : 1);
    assert_int_equal(counts.notices_waiting, there ? CASES : 0);
    ok(event_get(store, row.head, arena, &event, &err));
    assert_int_equal(row.head, there ? 2 : 1);
    assert_memory_equal(event.hash, row.head_hash, HASH_BYTES);
    ok(read_due_of(store, 1, &due, count_due, &err));
    assert_int_equal(due, there ? 0 : 1);
    if (there) {
        unsigned char zero[HASH_BYTES] = { 0 }, hash[HASH_BYTES];
        ok(case_get_ref(store, "NEW-2", arena, &other, &err));
        ok(event_get(store, other.head, arena, &event, &err));
        event_hash(zero, &event, hash);
        assert_memory_equal(hash, other.head_hash, HASH_BYTES);
        assert_int_equal(other.body_len, 5999);
    }
    /* And it can be worked with. */
    ok(store_begin(store, &err));
    ok(write_case(store, "AFTER", &err));
    ok(store_commit(store, &err));
    store_close(store);
    arena_free(arena);
    return there;
}

static void make_first(const char *path)
{
    struct store *store;
    ok(store_open(path, STORE_CREATE, &store, &err));
    ok(store_begin(store, &err));
    put_rules(store);
    int64_t person, desk;
    ok(person_put(store, "a@x.uk", "A", &person, NULL, &err));
    ok(desk_find(store, "senco", 0, 0, &desk, &err));
    open_case(store, "OLD");
    ok(due_put(store, 1, 7, 1, "papers", 8, &err));
    ok(store_commit(store, &err));
    store_close(store);
}

/* `first`, as it was, under the place's path; with `wal`, left by a process that died. */
static void lay_out(const struct place *place)
{
    char command[512];
    snprintf(command, sizeof command, "cd %s && rm -f reeve.db reeve.db-* && cp first.db reeve.db",
             place->folder);
    assert_int_equal(system(command), 0);
}

static void check(const struct came_to *came, bool there, const struct fault_plan *plan)
{
    if (came->committed && !there)
        fail_msg("operation %d: committed, and gone", plan->nth);
    if (!came->committed && !came->unknown && there)
        fail_msg("operation %d: failed with %s, and there", plan->nth, err_name(came->code));
    if (came->code == ERR_FULL && came->unknown)
        fail_msg("operation %d: a full disk is known to have written nothing", plan->nth);
}

static void fail_at_each(struct fault_plan plan, int least)
{
    struct place place = small_place();
    int committed = 0, unknown = 0, full = 0;
    make_first(place_of(&place, "first.db"));
    for (plan.nth = 1;; plan.nth++) {
        assert_true(plan.nth < TRIES_MAX);
        lay_out(&place);
        faults_arm(&plan);
        struct came_to came = run_batch(place.path);
        int failed = faults_disarm();
        check(&came, batch_is_there(place.path), &plan);
        committed += came.committed;
        unknown += came.unknown;
        full += came.code == ERR_FULL;
        if (!failed)
            break;
    }
    /* It went through all there is to fail: before the commit, in it, and after it. */
    assert_true(plan.nth > least);
    assert_true(committed >= 1);
    if (plan.ops == FAULT_CHANGES && plan.kind != FAULT_NO_ROOM)
        assert_true(unknown >= 2 && !full);
    if (plan.kind == FAULT_NO_ROOM)
        assert_true(full >= 2);
    place_drop(&place);
}

static void one_io_error(void **state)
{
    (void)state;
    fail_at_each((struct fault_plan){ .ops = FAULT_CHANGES, .kind = FAULT_IO }, 20);
}

static void io_errors_from_then_on(void **state)
{
    (void)state;
    fail_at_each((struct fault_plan){ .ops = FAULT_CHANGES, .kind = FAULT_IO, .forever = true },
                 20);
}

static void half_written(void **state)
{
    (void)state;
    fail_at_each((struct fault_plan){ .ops = FAULT_CHANGES, .kind = FAULT_HALF, .forever = true },
                 20);
}

static void once_no_room(void **state)
{
    (void)state;
    fail_at_each((struct fault_plan){ .ops = FAULT_WRITE, .kind = FAULT_NO_ROOM }, 15);
}

static void no_room_from_then_on(void **state)
{
    (void)state;
    fail_at_each((struct fault_plan){ .ops = FAULT_WRITE, .kind = FAULT_NO_ROOM, .forever = true },
                 15);
}

static void cannot_read(void **state)
{
    (void)state;
    fail_at_each((struct fault_plan){ .ops = FAULT_READ, .kind = FAULT_IO, .forever = true }, 10);
}

/* What was answered is on disk, wherever the power goes. */
static void the_power_goes(void **state)
{
    (void)state;
    fail_at_each((struct fault_plan){ .ops = FAULT_CHANGES, .kind = FAULT_POWER }, 20);
}

static void the_power_goes_in_the_middle_of_writes(void **state)
{
    (void)state;
    fail_at_each((struct fault_plan){ .ops = FAULT_CHANGES, .kind = FAULT_TORN }, 20);
}

/* The process is killed before each operation in turn. */
static void killed_at_each(void **state)
{
    (void)state;
    struct place place = small_place();
    struct fault_plan plan = { .ops = FAULT_CHANGES, .kind = FAULT_KILL, .nth = 1 };
    int there = 0, status;
    make_first(place_of(&place, "first.db"));
    for (;; plan.nth++) {
        assert_true(plan.nth < TRIES_MAX);
        lay_out(&place);
        if (fork() == 0) {
            faults_arm(&plan);
            run_batch(place.path);
            _exit(7); /* It got through. */
        }
        assert_true(wait(&status) > 0);
        there += batch_is_there(place.path);
        if (WEXITSTATUS(status) == 7)
            break;
        assert_int_equal(status, 0);
    }
    assert_true(plan.nth > 20);
    assert_true(there >= 2 && there < plan.nth); /* Some before the commit, some after. */
    place_drop(&place);
}

/* A fault that undoes the transaction: what its caller writes after it must not be written alone.
 */
static void nothing_is_written_after_a_fault(void **state)
{
    (void)state;
    struct place place = small_place();
    const struct fault_plan plan = { .ops = FAULT_WRITE, .kind = FAULT_NO_ROOM, .nth = 1,
                                     .forever = true };
    const struct school_row school = { .urn = 136000, .name = "x", .phase = "primary" };
    struct arena *arena = arena_new();
    struct school_row got;
    struct store *store;
    size_t len = 20 << 20; /* More than the cache holds, so it is written before the commit. */
    char *files = malloc(len);
    int64_t id;
    memset(files, 'x', len - 1);
    files[len - 1] = '\0';
    ok(store_open(place.path, STORE_CREATE, &store, &err));
    ok(store_begin(store, &err));
    faults_arm(&plan);
    fails(ERR_FULL, "no room left", pack_put(store, "big", files, "x", 1, &id, NULL, &err));
    faults_disarm();
    fails(ERR_STORE, "an earlier fault", school_put(store, &school, NULL, &err));
    fails(ERR_STORE, "an earlier fault", store_commit(store, &err));
    assert_false(store_io_failed(store));
    fails(ERR_UNKNOWN, "136000", school_get(store, 136000, arena, &got, &err));
    ok(store_begin(store, &err));
    ok(school_put(store, &school, NULL, &err));
    ok(store_commit(store, &err));
    ok(store_integrity(store, &err));
    store_close(store);
    free(files);
    arena_free(arena);
    place_drop(&place);
}

static void making_a_database_fails_at_each(void **state)
{
    (void)state;
    struct place place = small_place();
    struct fault_plan plan = { .ops = FAULT_CHANGES, .kind = FAULT_IO, .nth = 1 };
    struct store *store;
    for (;; plan.nth++) {
        struct err why = { 0 };
        assert_true(plan.nth < TRIES_MAX);
        unlink(place.path);
        faults_arm(&plan);
        enum err_code rc = store_open(place.path, STORE_CREATE, &store, &why);
        int failed = faults_disarm();
        if (!rc)
            store_close(store);
        else
            assert_true(why.text[0]);
        ok(store_open(place.path, STORE_CREATE, &store, &err));
        ok(store_integrity(store, &err));
        ok(store_begin(store, &err));
        put_rules(store);
        ok(store_commit(store, &err));
        store_close(store);
        if (!failed)
            break;
    }
    assert_true(plan.nth > 10);
    place_drop(&place);
}

static void a_backup_fails_at_each(void **state)
{
    (void)state;
    struct place place = small_place();
    struct fault_plan plan = { .ops = FAULT_CHANGES, .kind = FAULT_NO_ROOM, .nth = 1 };
    struct store *store, *copy;
    int made = 0;
    make_first(place_of(&place, "first.db"));
    lay_out(&place);
    ok(store_open(place.path, STORE_WRITE, &store, &err));
    for (;; plan.nth++) {
        struct err why = { 0 };
        char backup[256];
        assert_true(plan.nth < TRIES_MAX);
        snprintf(backup, sizeof backup, "%s", place_of(&place, "backup.db"));
        faults_arm(&plan);
        enum err_code rc = store_backup(store, backup, NULL, &why);
        int failed = faults_disarm();
        assert_int_equal(access(place_of(&place, "backup.db.part"), F_OK), -1);
        assert_int_equal(access(backup, F_OK), rc ? -1 : 0);
        if (!rc) {
            made++;
            ok(store_open(backup, STORE_WRITE, &copy, &err));
            ok(store_integrity(copy, &err));
            store_close(copy);
            unlink(backup);
        }
        /* The database itself goes on. */
        ok(store_begin(store, &err));
        ok(store_commit(store, &err));
        if (!failed)
            break;
    }
    assert_true(made >= 1 && plan.nth > 10);
    store_close(store);
    place_drop(&place);
}

static int install(void **state)
{
    (void)state;
    faults_install();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_io_error),
        cmocka_unit_test(io_errors_from_then_on),
        cmocka_unit_test(half_written),
        cmocka_unit_test(once_no_room),
        cmocka_unit_test(no_room_from_then_on),
        cmocka_unit_test(cannot_read),
        cmocka_unit_test(the_power_goes),
        cmocka_unit_test(the_power_goes_in_the_middle_of_writes),
        cmocka_unit_test(killed_at_each),
        cmocka_unit_test(nothing_is_written_after_a_fault),
        cmocka_unit_test(making_a_database_fails_at_each),
        cmocka_unit_test(a_backup_fails_at_each),
    };
    return cmocka_run_group_tests(tests, install, NULL);
}
