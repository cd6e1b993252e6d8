/* SPDX-License-Identifier: MIT */
/* bench store - the store's own functions against the bare ceiling of SQLite, the same rows.
 *
 *     bench_store           10,000 and 1,000,000 cases, in TMPDIR (/var/tmp)
 *     bench_store quick     10,000 cases only
 */
#include "tests/bench/ceiling.h"

#include "engine/base/arena.h"
#include "store/cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MEASURED = 32000, MEASURED_ALONE = 4000 };

static void die(const struct err *err)
{
    fprintf(stderr, "bench: %s\n", err->text);
    exit(1);
}

struct writing {
    struct store *store;
    struct arena *arena;
    int16_t *moved;
    int64_t cases;
    uint64_t random;
    char body[CEILING_BODY + 1], said[CEILING_SAID + 1], did[CEILING_DID + 1];
};

/* The same writes as the ceiling's, through the functions that the engine calls. */
static enum err_code write_event(struct writing *w, int64_t id, struct err *err)
{
    struct case_row row;
    enum err_code rc = case_get(w->store, id, w->arena, &row, err);
    if (rc)
        return rc;
    struct event_row event = { .case_id = id, .prev = row.head, .ruleset = 1,
                               .recorded_ms = 1795200000000, .said = w->said, .did = w->did };
    int64_t was = row.head;
    int64_t desk = ceiling_desk(w->cases, id, 0);
    day date = (day)(ceiling_day(id, 0) + w->moved[id]);
    rc = event_next_id(w->store, &event.id, err);
    if (rc || (rc = event_add(w->store, &row, &event, err)))
        return rc;
    snprintf(w->body + 1, 24, "%019lld", (long long)event.id);
    w->body[20] = 'x';
    row.head = event.id;
    row.state = event.id % 2 ? "preparing" : "meeting__";
    row.wake = (date + 1) * 1440;
    row.body = w->body;
    row.body_len = CEILING_BODY;
    rc = case_update(w->store, &row, was, err);
    if (!rc)
        rc = due_drop(w->store, desk, date, id, ceiling_due_name(0), err);
    w->moved[id]++;
    if (!rc)
        rc = due_put(w->store, desk, date + 1, id, ceiling_due_name(0), date + 8, err);
    if (rc || event.id % CEILING_NOTICE_EVERY)
        return rc;
    const struct notice_row notice = { .event = event.id, .case_id = id, .desk = desk,
                                       .person = desk, .leave = 20700 * 1440, .kind = "remind",
                                       .about = "send_papers" };
    return notice_add(w->store, &notice, err);
}

static int64_t write_group(struct writing *w, int group)
{
    struct err err = { 0 };
    int before = store_wal_pages(w->store);
    enum err_code rc = store_begin(w->store, &err);
    for (int i = 0; !rc && i < group; i++) {
        arena_reset(w->arena);
        rc = write_event(w, 1 + (int64_t)(ceiling_random(&w->random) % (uint64_t)w->cases), &err);
    }
    if (!rc)
        rc = store_commit(w->store, &err);
    if (rc)
        die(&err);
    int now = store_wal_pages(w->store);
    if (now > CEILING_CHECKPOINT)
        store_checkpoint(w->store);
    return now > before ? now - before : now;
}

static void measure(int64_t cases, int group, int count,
                    struct ceiling_figures *out)
{
    struct ceiling_meter meter;
    struct writing w = { .cases = cases, .random = 88172645463325252u };
    struct err err = { .text = "out of memory" };
    int64_t pages;
    char path[4096];
    ceiling_path(path, sizeof path);
    ceiling_make(path, cases);
    memset(w.body, 'x', CEILING_BODY);
    memset(w.said, 's', CEILING_SAID);
    memset(w.did, 'd', CEILING_DID);
    w.arena = arena_new();
    w.moved = calloc((size_t)cases + 1, sizeof *w.moved);
    if (!w.moved || store_open(path, STORE_WRITE, &w.store, &err))
        die(&err);
    for (int i = 0; i < CEILING_WARM; i += 64)
        write_group(&w, 64);
    meter_start(&meter, count);
    do
        pages = write_group(&w, group);
    while (meter_tick(&meter, group, pages));
    meter_end(&meter, out);
    store_close(w.store);
    arena_free(w.arena);
    free(w.moved);
    ceiling_drop(path);
}

static void print(const char *what, int64_t cases, int group, const struct ceiling_figures *f)
{
    printf("%-8s %9lld cases %3d a commit  %8.0f events/s  %5.2f pages %6.0f bytes an event  "
           "p50 %6.0f p99 %7.0f us a commit\n",
           what, (long long)cases, group, f->per_second, f->pages, f->bytes, f->p50_us, f->p99_us);
    fflush(stdout);
}

static void compare(int64_t cases, int group)
{
    struct ceiling_figures bare, ours;
    struct err err;
    int count = group == 1 ? MEASURED_ALONE : MEASURED;
    if (ceiling_measure(cases, group, count, &bare, &err))
        die(&err);
    print("ceiling", cases, group, &bare);
    measure(cases, group, count, &ours);
    print("store", cases, group, &ours);
    printf("         %.2f of the ceiling\n", ours.per_second / bare.per_second);
}

int main(int argc, char **argv)
{
    bool quick = argc > 1 && strcmp(argv[1], "quick") == 0;
    for (int64_t cases = 10000; cases <= (quick ? 10000 : 1000000); cases *= 100) {
        compare(cases, 1);
        compare(cases, 64);
    }
    return 0;
}
