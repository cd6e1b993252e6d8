/* SPDX-License-Identifier: MIT */
/*  put --> people --.
 *                   +--> batch --> one transaction --> answers --> checkpoint
 *  put --> bulk ----'              |
 *                                  '- fails: back, then one job a transaction
 *
 * The queue is two lists under one mutex. Only the thread touches the store.
 */
#include "engine/run/writer.h"

#include "engine/base/arena.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    CHECKPOINT_IDLE_PAGES = 1000, /* With an empty queue; */
    CHECKPOINT_PAGES = 4000,      /* regardless. */
    BULK_REST_US = 1000,          /* In every WRITER_BATCH_MS the lock is free for others. */
    BUSY_TRIES = 3,
    PROBE_MS = 1000,              /* How often a full disk is tried again. */
};

struct queue {
    struct job *first, **last;
    size_t count;
};

struct writer {
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    struct queue people, bulk;
    bool stopping;
    bool disk_full;
    struct writer_figures figures;
    struct store *store; /* The thread's from here on. */
    struct world *world;
    struct arena *arena;
};

static void queue_init(struct queue *queue)
{
    *queue = (struct queue){ .first = NULL };
    queue->last = &queue->first;
}

static void queue_add(struct queue *queue, struct job *job)
{
    job->next = NULL;
    *queue->last = job;
    queue->last = &job->next;
    queue->count++;
}

/* Back to where it was taken from. */
static void queue_return(struct queue *queue, struct job *job)
{
    job->next = queue->first;
    queue->first = job;
    if (!job->next)
        queue->last = &job->next;
    queue->count++;
}

static struct job *queue_take(struct queue *queue)
{
    struct job *job = queue->first;
    if (!job)
        return NULL;
    queue->first = job->next;
    if (!queue->first)
        queue->last = &queue->first;
    queue->count--;
    return job;
}

static int64_t monotonic_us(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

/* Faults of the store undo the whole batch; anything else is the job's own answer. */
static bool undoes_batch(enum err_code code)
{
    return code == ERR_STORE || code == ERR_FULL || code == ERR_BUSY;
}

static void roll_back(struct world *world)
{
    store_rollback(world_store(world));
    world_rolled_back(world);
}

/* An I/O error at COMMIT: whether it was written is not known. Recovery at the next start knows. */
static void end_process(const struct err *err)
{
    fprintf(stderr, "reeve: the disk failed while committing: %s\n"
                    "reeve: ending at once; nothing acknowledged is lost, start it again\n",
            err->text);
    _exit(70);
}

/* No time for jobs[at] and on; but a slice of bulk, which stands last, has its turn in every batch.
 */
static size_t cut_off(struct job **jobs, size_t at, size_t count)
{
    struct job *last = jobs[count - 1];
    if (!last->bulk)
        return at;
    memmove(jobs + at + 1, jobs + at, (count - 1 - at) * sizeof *jobs);
    jobs[at] = last;
    return at + 1;
}

/* As many as there is time for, at least one; *count says how many it were. */
static enum err_code run_all(struct world *world, struct job **jobs, size_t *count,
                             struct arena *arena, struct err *err)
{
    enum err_code rc = store_begin(world_store(world), err);
    bool changes = false, late = false;
    if (rc)
        return rc;
    int64_t until = monotonic_us() + WRITER_BATCH_MS * 1000;
    world_begin(world);
    for (size_t i = 0; i < *count; i++) {
        if (i && !late && monotonic_us() > until) {
            late = true;
            *count = cut_off(jobs, i, *count);
            if (i == *count)
                break;
        }
        jobs[i]->changes = false;
        jobs[i]->err = (struct err){ 0 };
        jobs[i]->code = jobs[i]->work(jobs[i], world, arena, &jobs[i]->err);
        if (undoes_batch(jobs[i]->code)) {
            *err = jobs[i]->err;
            roll_back(world);
            return jobs[i]->code;
        }
        changes = changes || jobs[i]->changes;
    }
    if (!changes) {
        roll_back(world);
        return ERR_NONE;
    }
    rc = store_commit(world_store(world), err);
    if (rc) {
        if (store_io_failed(world_store(world)))
            end_process(err);
        roll_back(world);
    }
    return rc;
}

static void answer(struct job **jobs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        jobs[i]->done(jobs[i], jobs[i]->code, &jobs[i]->err);
}

static void fail(struct job **jobs, size_t count, enum err_code rc, const struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        jobs[i]->code = rc;
        jobs[i]->err = *err;
    }
}

static enum err_code run_retried(struct world *world, struct job **jobs, size_t *count,
                                 struct arena *arena, struct err *err)
{
    enum err_code rc = ERR_NONE;
    for (int i = 0; i < BUSY_TRIES; i++) {
        arena_reset(arena);
        *err = (struct err){ 0 };
        rc = run_all(world, jobs, count, arena, err);
        if (rc != ERR_BUSY)
            break;
    }
    return rc;
}

/* Answers the first *taken of the jobs; the rest had no time. */
static enum err_code run_batch(struct world *world, struct job **jobs, size_t *taken,
                               struct arena *arena)
{
    struct err err;
    enum err_code rc = run_retried(world, jobs, taken, arena, &err);
    size_t count = *taken;
    if (rc == ERR_STORE && count > 1) {
        /* One of them broke a rule of the database: alone, only the culprit fails. */
        for (size_t i = 0; i < count; i++) {
            size_t alone = 1;
            enum err_code one = run_retried(world, &jobs[i], &alone, arena, &err);
            if (one)
                fail(&jobs[i], 1, one, &err);
            answer(&jobs[i], 1);
            rc = one == ERR_FULL ? ERR_FULL : ERR_NONE;
        }
        return rc;
    }
    if (rc)
        fail(jobs, count, rc, &err);
    answer(jobs, count);
    return rc;
}

void writer_batch(struct world *world, struct job **jobs, size_t count)
{
    struct arena *arena = arena_new();
    for (size_t done = 0; done < count;) {
        size_t taken = count - done;
        (void)run_batch(world, jobs + done, &taken, arena);
        done += taken;
    }
    arena_free(arena);
    if (store_wal_pages(world_store(world)) > CHECKPOINT_PAGES)
        store_checkpoint(world_store(world));
}

/* People's first; one slice of bulk if any waits, so that neither starves. A job is one slice of
 * work itself, so one bulk job a batch is the slice. */
static size_t take_batch(struct writer *writer, struct job **jobs, bool *has_bulk)
{
    size_t count = 0;
    *has_bulk = false;
    size_t people = WRITER_BATCH - (writer->bulk.count && !writer->disk_full ? 1u : 0u);
    while (count < people && writer->people.count)
        jobs[count++] = queue_take(&writer->people);
    if (writer->bulk.count && !writer->disk_full && count < WRITER_BATCH) {
        jobs[count++] = queue_take(&writer->bulk);
        *has_bulk = true;
    }
    return count;
}

static void wait_for_work(struct writer *writer)
{
    while (!writer->people.count && !writer->stopping &&
           (!writer->bulk.count || writer->disk_full)) {
        if (!writer->disk_full) {
            pthread_cond_wait(&writer->wake, &writer->mutex);
            continue;
        }
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += PROBE_MS / 1000;
        int rc = 0;
        while (!rc && !writer->people.count && !writer->stopping)
            rc = pthread_cond_timedwait(&writer->wake, &writer->mutex, &until);
        if (rc)
            writer->disk_full = false; /* Try: the next batch finds out. */
    }
}

static void checkpoint(struct writer *writer, bool idle)
{
    int pages = store_wal_pages(writer->store);
    if (pages > CHECKPOINT_PAGES || (idle && pages > CHECKPOINT_IDLE_PAGES))
        store_checkpoint(writer->store);
}

static void note_figures(struct writer *writer, size_t count, enum err_code rc)
{
    writer->figures.batches++;
    writer->figures.jobs += (int64_t)count;
    if ((int64_t)count > writer->figures.largest)
        writer->figures.largest = (int64_t)count;
    writer->figures.rolled_back += rc != ERR_NONE;
    writer->figures.wal_pages = store_wal_pages(writer->store);
}

/* Jobs that a stop leaves behind: they are told, so that nobody waits for ever. */
static void refuse_rest(struct writer *writer)
{
    struct err err = { 0 };
    err_set(&err, ERR_BUSY, "the service is stopping");
    for (struct job *job; (job = queue_take(&writer->bulk));)
        job->done(job, ERR_BUSY, &err);
}

static void *writer_main(void *self)
{
    struct writer *writer = self;
    struct job *jobs[WRITER_BATCH];
    pthread_mutex_lock(&writer->mutex);
    for (;;) {
        bool has_bulk;
        wait_for_work(writer);
        if (writer->stopping && !writer->people.count)
            break;
        size_t count = take_batch(writer, jobs, &has_bulk);
        bool idle = !writer->people.count && !writer->bulk.count;
        pthread_mutex_unlock(&writer->mutex);

        int64_t began = monotonic_us();
        size_t taken = count;
        enum err_code rc = count ? run_batch(writer->world, jobs, &taken, writer->arena) : ERR_NONE;
        checkpoint(writer, idle);
        if (has_bulk && monotonic_us() - began < WRITER_BATCH_MS * 1000)
            usleep(BULK_REST_US);
        else if (has_bulk)
            usleep(BULK_REST_US * 2);

        pthread_mutex_lock(&writer->mutex);
        while (count > taken)
            queue_return(&writer->people, jobs[--count]);
        writer->disk_full = rc == ERR_FULL;
        note_figures(writer, taken, rc);
    }
    refuse_rest(writer);
    pthread_mutex_unlock(&writer->mutex);
    return NULL;
}

static void writer_free(struct writer *writer)
{
    world_free(writer->world);
    store_close(writer->store);
    arena_free(writer->arena);
    pthread_mutex_destroy(&writer->mutex);
    pthread_cond_destroy(&writer->wake);
    free(writer);
}

enum err_code writer_start(const char *path, struct writer **out, struct err *err)
{
    struct writer *writer = calloc(1, sizeof *writer);
    MUST(writer);
    enum err_code rc = store_open(path, STORE_WRITE, &writer->store, err);
    if (rc) {
        free(writer);
        return rc;
    }
    pthread_mutex_init(&writer->mutex, NULL);
    pthread_cond_init(&writer->wake, NULL);
    queue_init(&writer->people);
    queue_init(&writer->bulk);
    writer->arena = arena_new();
    writer->world = world_new(writer->store);
    int failed = pthread_create(&writer->thread, NULL, writer_main, writer);
    if (failed) {
        writer_free(writer);
        return err_set(err, ERR_SYSTEM, "cannot start the writer: %s", strerror(failed));
    }
    *out = writer;
    return ERR_NONE;
}

bool writer_put(struct writer *writer, struct job *job)
{
    pthread_mutex_lock(&writer->mutex);
    struct queue *queue = job->bulk ? &writer->bulk : &writer->people;
    bool taken = !writer->stopping && queue->count < WRITER_QUEUE_MAX;
    if (taken)
        queue_add(queue, job);
    pthread_cond_signal(&writer->wake);
    pthread_mutex_unlock(&writer->mutex);
    return taken;
}

void writer_stop(struct writer *writer)
{
    if (!writer)
        return;
    pthread_mutex_lock(&writer->mutex);
    writer->stopping = true;
    pthread_cond_signal(&writer->wake);
    pthread_mutex_unlock(&writer->mutex);
    pthread_join(writer->thread, NULL);
    writer_free(writer);
}

bool writer_disk_full(struct writer *writer)
{
    pthread_mutex_lock(&writer->mutex);
    bool full = writer->disk_full;
    pthread_mutex_unlock(&writer->mutex);
    return full;
}

void writer_figures(struct writer *writer, struct writer_figures *out)
{
    pthread_mutex_lock(&writer->mutex);
    *out = writer->figures;
    pthread_mutex_unlock(&writer->mutex);
}
