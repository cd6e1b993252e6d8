/* SPDX-License-Identifier: MIT */
/* The writer's thread: batches, order, culprits, locks of others, full disks, stopping. */
#include "kit.h"

#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct file files[] = {
    { "processes/visit.yaml",
      "process: visit\ntitle: A visit\nopens: {by: officer}\n"
      "states:\n  here: {title: Here, first: true, events: {go: {title: Go, by: officer}}}\n" },
};

enum { MANY = 300 };

/* What the jobs of one test share. */
struct order {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    int done;
    struct { int number; enum err_code code; } at[MANY];
    bool hold;               /* Jobs wait inside the transaction. */
};

struct some_job {
    struct job job;
    struct order *order;
    int number;
    enum err_code answer;    /* What its work says. */
    int nap_ms, runs;
};

static enum err_code some_work(struct job *job, struct world *world, struct arena *arena,
                               struct err *why)
{
    struct some_job *some = job->self;
    struct school_row row = { .urn = 100000 + some->number, .name = "x", .phase = "" };
    (void)arena;
    pthread_mutex_lock(&some->order->mutex);
    while (some->order->hold)
        pthread_cond_wait(&some->order->changed, &some->order->mutex);
    pthread_mutex_unlock(&some->order->mutex);
    some->runs++;
    usleep((unsigned)some->nap_ms * 1000);
    if (some->answer)
        return err_set(why, some->answer, "job %d says no", some->number);
    job->changes = true;
    return school_put(world_store(world), &row, NULL, why);
}

static void some_done(struct job *job, enum err_code code, const struct err *why)
{
    struct some_job *some = job->self;
    struct order *order = some->order;
    (void)why;
    pthread_mutex_lock(&order->mutex);
    order->at[order->done].number = some->number;
    order->at[order->done].code = code;
    order->done++;
    pthread_cond_broadcast(&order->changed);
    pthread_mutex_unlock(&order->mutex);
}

static void order_begin(struct order *order)
{
    memset(order, 0, sizeof *order);
    pthread_mutex_init(&order->mutex, NULL);
    pthread_cond_init(&order->changed, NULL);
}

static void order_wait(struct order *order, int count)
{
    pthread_mutex_lock(&order->mutex);
    while (order->done < count)
        pthread_cond_wait(&order->changed, &order->mutex);
    pthread_mutex_unlock(&order->mutex);
}

static void order_hold(struct order *order, bool hold)
{
    pthread_mutex_lock(&order->mutex);
    order->hold = hold;
    pthread_cond_broadcast(&order->changed);
    pthread_mutex_unlock(&order->mutex);
}

static void make_job(struct some_job *some, struct order *order, int number, bool bulk)
{
    *some = (struct some_job){ .order = order, .number = number };
    some->job = (struct job){ .work = some_work, .done = some_done, .self = some, .bulk = bulk };
}

static bool school_there(struct kit *k, int number)
{
    struct school_row row;
    return school_get(k->store, 100000 + number, k->arena, &row, NULL) == ERR_NONE;
}

static void batches_of_64(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 1, true);
    struct order order;
    struct writer *writer;
    struct writer_figures figures;
    static struct some_job jobs[MANY];
    order_begin(&order);
    order.hold = true;
    ok(writer_start(k->path, &writer, &err));
    for (int i = 0; i < 200; i++) {
        make_job(&jobs[i], &order, i, false);
        assert_true(writer_put(writer, &jobs[i].job));
    }
    order_hold(&order, false);
    order_wait(&order, 200);
    do /* A batch is counted after its last answer. */
        writer_figures(writer, &figures);
    while (figures.jobs < 200 && usleep(1000) == 0);
    writer_stop(writer);
    /* How many fit into ten milliseconds is the machine's affair; never more than a batch holds. */
    assert_in_range(figures.largest, 1, WRITER_BATCH);
    assert_in_range(figures.batches, 200 / WRITER_BATCH + 1, 200);
    for (int i = 0; i < 200; i++) { /* In the order they came, each durable once answered. */
        assert_int_equal(order.at[i].number, i);
        assert_int_equal(order.at[i].code, ERR_NONE);
        assert_true(school_there(k, i));
    }
    kit_end(k);
}

static void people_first_and_a_slice_of_bulk(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 1, true);
    struct order order;
    struct writer *writer;
    static struct some_job jobs[MANY];
    int bulk_before = 0, person = -1;
    order_begin(&order);
    order.hold = true;
    ok(writer_start(k->path, &writer, &err));
    for (int i = 0; i < 200; i++) { /* Ten of bulk come first, then people. */
        make_job(&jobs[i], &order, i, i < 10);
        assert_true(writer_put(writer, &jobs[i].job));
    }
    order_hold(&order, false);
    order_wait(&order, 200);
    writer_stop(writer);
    for (int i = 0; i < 200; i++) {
        if (order.at[i].number < 10)
            bulk_before += person < 199;
        else
            assert_int_equal(order.at[i].number, person < 0 ? 10 : person + 1);
        person = order.at[i].number < 10 ? person : order.at[i].number;
    }
    assert_in_range(bulk_before, 2, 10); /* Not starved: one slice a batch. */
    kit_end(k);
}

/* Ten milliseconds of work, then the rest waits for the next batch; bulk has its turn all the same.
 */
static void slow_jobs_make_small_batches(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 1, true);
    struct order order;
    struct writer *writer;
    struct writer_figures figures;
    static struct some_job jobs[MANY];
    order_begin(&order);
    order.hold = true;
    ok(writer_start(k->path, &writer, &err));
    for (int i = 0; i < 22; i++) {
        make_job(&jobs[i], &order, i, i == 20 || i == 21);
        jobs[i].nap_ms = 6;
        assert_true(writer_put(writer, &jobs[i].job));
    }
    order_hold(&order, false);
    order_wait(&order, 22);
    writer_figures(writer, &figures);
    writer_stop(writer);
    assert_true(figures.largest <= 4);
    assert_true(order.at[7].number >= 20 || order.at[3].number >= 20 || order.at[1].number >= 20 ||
                order.at[2].number >= 20); /* Bulk within the first batches. */
    int next = 0;
    for (int i = 0; i < 22; i++)
        if (order.at[i].number < 20)
            assert_int_equal(order.at[i].number, next++);
    kit_end(k);
}

/* A job's own refusal is its answer; a broken constraint runs the batch again, one by one. */
static void only_the_culprit_fails(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 1, true);
    struct order order;
    static struct some_job jobs[8];
    struct job *list[8];
    order_begin(&order);
    for (int i = 0; i < 8; i++) {
        make_job(&jobs[i], &order, i, false);
        list[i] = &jobs[i].job;
    }
    jobs[2].answer = ERR_REFUSED;
    jobs[5].number = -50000;     /* A URN of five digits breaks a CHECK. */
    writer_batch(k->world, list, 8);
    assert_int_equal(order.done, 8);
    for (int i = 0; i < 8; i++) {
        assert_int_equal(order.at[i].code, i == 2 ? ERR_REFUSED : i == 5 ? ERR_STORE : ERR_NONE);
        if (i != 5)
            assert_int_equal(school_there(k, i), i != 2);
    }
    assert_int_equal(jobs[0].runs, 2);
    kit_end(k);
}

static void locked_by_another_process(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 1, true);
    struct order order;
    static struct some_job job;
    struct job *list[] = { &job.job };
    int ready[2];
    order_begin(&order);
    make_job(&job, &order, 1, false);
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (!child) { /* Holds the lock for 1.5 seconds. */
        struct store *store;
        struct err err;
        if (store_open(k->path, STORE_WRITE, &store, &err) || store_begin(store, &err))
            _exit(1);
        if (write(ready[1], "x", 1) != 1)
            _exit(1);
        usleep(1500 * 1000);
        store_rollback(store);
        store_close(store);
        _exit(0);
    }
    char byte;
    assert_int_equal(read(ready[0], &byte, 1), 1);
    writer_batch(k->world, list, 1);
    assert_int_equal(order.at[0].code, ERR_NONE);
    assert_true(school_there(k, 1));
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    kit_end(k);
}

/* Tried three times, then answered. */
static void busy_for_too_long(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 1, true);
    struct order order;
    static struct some_job jobs[2];
    struct job *list[] = { &jobs[0].job, &jobs[1].job };
    order_begin(&order);
    make_job(&jobs[0], &order, 0, false);
    make_job(&jobs[1], &order, 1, false);
    jobs[1].answer = ERR_BUSY;
    writer_batch(k->world, list, 2);
    assert_int_equal(order.at[0].code, ERR_BUSY);
    assert_int_equal(order.at[1].code, ERR_BUSY);
    assert_int_equal(jobs[1].runs, 3);
    assert_false(school_there(k, 0));
    kit_end(k);
}

/* Full: everybody is told at once, bulk is held and tried again every second. */
static void a_full_disk_is_answered_and_probed(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 1, true);
    struct order order;
    struct writer *writer;
    static struct some_job full, person, bulk;
    order_begin(&order);
    make_job(&full, &order, 1, false);
    make_job(&person, &order, 2, false);
    make_job(&bulk, &order, 3, true);
    full.answer = ERR_FULL;
    person.answer = ERR_FULL;
    ok(writer_start(k->path, &writer, &err));
    assert_true(writer_put(writer, &full.job));
    order_wait(&order, 1);
    assert_int_equal(order.at[0].code, ERR_FULL);
    for (int i = 0; i < 100 && !writer_disk_full(writer); i++)
        usleep(1000);
    assert_true(writer_disk_full(writer));
    assert_true(writer_put(writer, &bulk.job));
    usleep(100 * 1000);
    assert_int_equal(bulk.runs, 0);  /* Held. */
    assert_true(writer_put(writer, &person.job));
    order_wait(&order, 2);
    assert_int_equal(order.at[1].number, 2);
    assert_int_equal(order.at[1].code, ERR_FULL);
    order_wait(&order, 3);           /* The probe after a second. */
    assert_int_equal(order.at[2].code, ERR_NONE);
    writer_stop(writer);
    assert_true(school_there(k, 3));
    kit_end(k);
}

static void stopping_ends_the_queue(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 1, true);
    struct order order;
    struct writer *writer;
    static struct some_job jobs[MANY];
    int busy = 0;
    order_begin(&order);
    ok(writer_start(k->path, &writer, &err));
    for (int i = 0; i < 120; i++) {
        make_job(&jobs[i], &order, i, i >= 100);
        assert_true(writer_put(writer, &jobs[i].job));
    }
    writer_stop(writer);
    assert_int_equal(order.done, 120); /* Nobody waits for ever. */
    for (int i = 0; i < 120; i++) {
        bool bulk = order.at[i].number >= 100;
        assert_true(order.at[i].code == ERR_NONE || (bulk && order.at[i].code == ERR_BUSY));
        assert_int_equal(school_there(k, order.at[i].number), order.at[i].code == ERR_NONE);
        busy += order.at[i].code == ERR_BUSY;
    }
    assert_true(busy > 0);
    kit_end(k);
}

static void a_missing_database(void **state)
{
    (void)state;
    struct writer *writer;
    fails(ERR_UNKNOWN, "there is no database",
          writer_start("/tmp/reeve-no-such.db", &writer, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(batches_of_64),
        cmocka_unit_test(people_first_and_a_slice_of_bulk),
        cmocka_unit_test(slow_jobs_make_small_batches),
        cmocka_unit_test(only_the_culprit_fails),
        cmocka_unit_test(locked_by_another_process),
        cmocka_unit_test(busy_for_too_long),
        cmocka_unit_test(a_full_disk_is_answered_and_probed),
        cmocka_unit_test(stopping_ends_the_queue),
        cmocka_unit_test(a_missing_database),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
