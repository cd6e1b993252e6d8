/* SPDX-License-Identifier: MIT */
/* ceiling - how fast SQLite itself takes what the engine writes.
 *
 * The store's own schema and rows of real size, written by bare prepared
 * statements: no rules, no JSON, no hashes, no checks. What the engine
 * reaches is told as a share of this, on the same machine in the same
 * minute; no other figure means the same elsewhere.
 *
 * One event: SELECT the case row, UPDATE it (its wake moves too), INSERT the
 * event, DELETE and INSERT one due row, every fifth a notice. The case is
 * chosen at random. WAL, synchronous=FULL, cache 8 MB, a PASSIVE checkpoint
 * after a commit that leaves more than 4,000 pages: as the writer does.
 */
#ifndef TESTS_BENCH_CEILING_H
#define TESTS_BENCH_CEILING_H

#include "engine/base/err.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    CEILING_BODY = 1500, CEILING_SAID = 250, CEILING_DID = 350, /* bytes */
    CEILING_DUE_A_CASE = 2,
    CEILING_NOTICE_EVERY = 5,
    CEILING_CHECKPOINT = 4000,  /* pages */
    CEILING_DAYS = 120,         /* Due dates lie within so many days. */
    CEILING_WARM = 4000,        /* Events before the clock starts: a full tree splits at first. */
};

struct ceiling_figures {
    double per_second;          /* Events. */
    double pages;               /* Of the WAL, an event. */
    double bytes;               /* Written, an event: WAL and checkpoints. */
    double p50_us, p99_us;      /* From BEGIN to the end of COMMIT, and of the checkpoint if any. */
};

/* `count` events, `group` a transaction, in a database of `cases` cases that is made for it in
 * TMPDIR (/var/tmp) and removed. ERR_SYSTEM: nothing can be written there. Anything else that fails
 * ends the program with a line on stderr. */
MUST_CHECK enum err_code ceiling_measure(int64_t cases, int group, int count,
                                         struct ceiling_figures *out, struct err *err);

/* For another way of writing that is to be measured alike: its database, and the meter. */
void ceiling_path(char *path, size_t room);
void ceiling_make(const char *path, int64_t cases);
void ceiling_drop(const char *path);

struct ceiling_meter {
    int64_t from_us, last_us, wrote, pages;
    int count, done, transactions;
    uint32_t *took_us;          /* One a transaction. */
};
void meter_start(struct ceiling_meter *meter, int count);
/* After each transaction, which put `pages` into the WAL; false when all are done. */
bool meter_tick(struct ceiling_meter *meter, int events, int64_t pages);
void meter_end(struct ceiling_meter *meter, struct ceiling_figures *out);

uint64_t ceiling_random(uint64_t *state);
/* Of a case's nth due row: which desk of how many, which day at the start, which name. */
int64_t ceiling_desks(int64_t cases);
int64_t ceiling_desk(int64_t cases, int64_t case_id, int nth);
int64_t ceiling_day(int64_t case_id, int nth);
const char *ceiling_due_name(int nth);

#endif
