/* SPDX-License-Identifier: MIT */
/* writer - the thread that owns the writing connection.
 *
 * Takes at most 64 requests or 10 ms of work, people's first and at least one
 * slice of bulk if any waits, commits them as one transaction, then answers,
 * then checkpoints. Bulk leaves the lock free for 1 ms in every 10, so that a
 * command beside a busy service is not starved. Any SQL error rolls the batch
 * back: a constraint error runs it again one request a transaction, so only
 * the culprit fails; busy is retried, then answered ERR_BUSY; a full disk
 * answers ERR_FULL, holds bulk and probes; an I/O error at COMMIT ends the
 * process, since only recovery knows the outcome and keys make the retry safe.
 *
 * No libuv here: `answered` is called on the writer thread (the edge passes
 * it on with uv_async).
 */
#ifndef ENGINE_RUN_WRITER_H
#define ENGINE_RUN_WRITER_H

#include "engine/run/turn.h"

enum { WRITER_BATCH = 64, WRITER_BATCH_MS = 10, WRITER_QUEUE_MAX = 10000 };

struct writer;

/* A piece of work in the writer's transaction. */
struct job {
    /* Runs inside the batch's transaction. May run again after a rollback. */
    enum err_code (*work)(struct job *job, struct world *world, struct arena *arena,
                          struct err *err);
    /* After the commit (or the failure): `code` NONE means durable. The arena dies after it. */
    void (*done)(struct job *job, enum err_code code, const struct err *err);
    void *self;
    bool bulk;
    bool changes;       /* Set by work: something was written. */
    struct job *next;   /* The writer's. */
    enum err_code code;
    struct err err;
};

/* Starts the thread with its own store on `path`. ERR as store_open(). */
MUST_CHECK enum err_code writer_start(const char *path, struct writer **out, struct err *err);
/* Takes the job until done() returns. False: stopping, or the queue is full. Any thread. */
bool writer_put(struct writer *writer, struct job *job);
/* Ends people's queue to its end, bulk at a slice, then joins. */
void writer_stop(struct writer *writer);
bool writer_disk_full(struct writer *writer);

struct writer_figures {
    int64_t batches, jobs, largest, rolled_back, wal_pages;
};
void writer_figures(struct writer *writer, struct writer_figures *out);

/* One batch without a thread: `tick`, imports, the bench. Runs `count` jobs as one transaction as
 * the thread would, with all its fallbacks. */
void writer_batch(struct world *world, struct job **jobs, size_t count);

#endif
