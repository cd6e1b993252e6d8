/* SPDX-License-Identifier: MIT */
/* bench_events - how many events a second reeve carries through, beside the
 * ceiling that the same rows have in bare SQLite, measured in the same run.
 *
 *   bench_events           10,000 and 1,000,000 cases
 *   bench_events quick     10,000 cases only
 *
 * An event here is a real one: the meeting of an annual review is moved, which
 * works every date of the case out again, changes the case, two rows of what
 * is due, and is written with its chain. Ratios are what counts: the machine's
 * disk decides the rest.
 */
#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/run/casework.h"
#include "engine/run/publish.h"
#include "engine/run/turn.h"
#include "engine/run/writer.h"
#include "engine/when/when.h"
#include "tests/bench/ceiling.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { WARM_UP = 2000, MEASURED = 20000, MEASURED_ALONE = 3000, NOON = 720 };

static const char folder[] = "examples/england";
static char path[256];

static double seconds(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static void must(enum err_code rc, const struct err *err)
{
    if (!rc)
        return;
    fprintf(stderr, "bench: %s %s\n", err->text, err->place);
    exit(1);
}

/* Bytes this process has written by now: the log and what checkpoints copy out of it. */
static double bytes_written(void)
{
    char line[200];
    double bytes = 0;
    FILE *io = fopen("/proc/self/io", "r");
    while (io && fgets(line, sizeof line, io))
        sscanf(line, "wchar: %lf", &bytes);
    if (io)
        fclose(io);
    return bytes;
}

static uint64_t random_next(void)
{
    static uint64_t state = 88172645463325252u;
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static struct json *text(struct arena *arena, const char *value)
{
    return json_new_text(arena, value);
}

/* One real case, opened and listed by turns. */
static int64_t open_one(struct world *world, struct arena *arena, day today)
{
    struct given given[] = { { "birth", text(arena, "2015-03-04") },
                             { "child", text(arena, "C-1") },
                             { "plan_issued", text(arena, "2024-01-15") },
                             { "transfer", text(arena, "stays") } };
    struct request request = { .now_ms = (int64_t)today * 86400000,
                               .now_minute = minute_at(today, NOON) };
    struct turned turned;
    request.event = (struct event){ .kind = EVENT_OPEN, .name = "annual-review", .on = DAY_NONE,
        .role = "officer", .who_text = "bench", .given = given, .given_count = 4 };
    must(turn_once(world, &request, arena, &turned), &turned.err);
    return turned.case_id;
}

/* The rest are copies of it: bodies, references and due rows as if each had been opened. */
static void copy_cases(struct store *store, int64_t from, int64_t count, struct arena *arena)
{
    struct case_row row;
    struct casefile file;
    struct err err = { 0 };
    must(case_load(store, from, arena, &row, &file, &err), &err);
    for (int64_t n = 2; n <= count; n++) {
        if (n % 10000 == 2)
            must(store_begin(store, &err), &err);
        struct case_row copy = row;
        char ref[40], subject[40];
        snprintf(ref, sizeof ref, "AR-26-%08lld", (long long)n);
        snprintf(subject, sizeof subject, "C-%lld", (long long)n);
        copy.id = n;
        copy.ref = ref;
        copy.subject = subject;
        must(case_insert(store, &copy, &err), &err);
        for (size_t i = 0; i < file.in.clocks.count; i++)
            if (clock_open(&file.in.clocks.at[i]))
                must(due_put(store, 1, clock_listed_day(&file.in.clocks.at[i]), n,
                             file.in.clocks.at[i].name, file.in.clocks.at[i].due, &err), &err);
        if (n % 10000 == 1 || n == count) {
            must(store_commit(store, &err), &err);
            store_checkpoint(store);
            fprintf(stderr, "\r%lld cases", (long long)n);
        }
    }
    fprintf(stderr, "\r                    \r");
}

static void set_up(int64_t cases, day today)
{
    struct arena *arena = arena_new(), *pack = arena_new();
    struct rules *rules;
    struct diags *diags;
    struct store *store;
    struct published published;
    struct err err = { 0 };
    must(rules_load(pack, folder, &rules, &diags, &err), &err);
    must(store_open(path, STORE_CREATE, &store, &err), &err);
    struct world *world = world_new(store);
    must(store_begin(store, &err), &err);
    world_begin(world);
    must(publish(world, rules, "bench", day_of(2020, 1, 1), 0, minute_at(today, NOON), &published,
                 &err),
         &err);
    must(store_commit(store, &err), &err);
    copy_cases(store, open_one(world, arena, today), cases, arena);
    world_free(world);
    store_close(store);
    rules_free(rules);
    arena_free(arena);
}

struct move {
    struct job job;
    int64_t case_id;
    day today;
    const char *meeting;
    enum err_code code;
};

static enum err_code move_work(struct job *job, struct world *world, struct arena *arena,
                               struct err *err)
{
    struct move *move = job->self;
    struct given given[] = { { "meeting", json_new_text(arena, move->meeting) } };
    struct request request = { .case_id = move->case_id, .now_ms = (int64_t)move->today * 86400000,
                               .now_minute = minute_at(move->today, NOON) };
    struct turned turned;
    request.event = (struct event){ .kind = EVENT_DO, .name = "arrange", .on = DAY_NONE,
        .role = "senco", .who_text = "bench", .given = given, .given_count = 1 };
    enum err_code rc = turn(world, &request, arena, &turned);
    job->changes = true;
    if (rc)
        *err = turned.err;
    return rc;
}

static void move_done(struct job *job, enum err_code code, const struct err *err)
{
    must(code, err);
    ((struct move *)job->self)->code = code;
}

struct figures {
    double rate, bytes, pages;
};

static double run_moves(struct world *world, int64_t cases, day today, int group, int count)
{
    static const char *const meetings[] = { "2026-11-10", "2026-11-12", "2026-11-17",
                                            "2026-11-19" };
    struct move moves[WRITER_BATCH];
    struct job *jobs[WRITER_BATCH];
    double began = seconds();
    for (int done = 0; done < count; done += group) {
        for (int i = 0; i < group; i++) {
            moves[i] = (struct move){ .today = today, .meeting = meetings[random_next() % 4],
                                      .case_id = 1 + (int64_t)(random_next() % (uint64_t)cases) };
            moves[i].job = (struct job){ .work = move_work, .done = move_done, .self = &moves[i] };
            jobs[i] = &moves[i].job;
        }
        writer_batch(world, jobs, (size_t)group);
    }
    return seconds() - began;
}

static struct figures measure(int64_t cases, day today, int group)
{
    struct store *store;
    struct err err = { 0 };
    int count = group == 1 ? MEASURED_ALONE : MEASURED;
    must(store_open(path, STORE_WRITE, &store, &err), &err);
    struct world *world = world_new(store);
    run_moves(world, cases, today, WRITER_BATCH, WARM_UP);
    store_checkpoint(store);
    double before = bytes_written();
    double took = run_moves(world, cases, today, group, count);
    double bytes = bytes_written() - before;
    world_free(world);
    store_close(store);
    return (struct figures){ count / took, bytes / count, bytes / count / 4096 };
}

static void remove_database(void)
{
    char name[300];
    static const char *const ends[] = { "", "-wal", "-shm", ".lock" };
    for (size_t i = 0; i < 4; i++) {
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        unlink(name);
    }
}

static void compare(int64_t cases, day today)
{
    for (int group = 1; group <= WRITER_BATCH; group *= WRITER_BATCH) {
        struct ceiling_figures bare;
        struct err err = { 0 };
        must(ceiling_measure(cases, group, group == 1 ? MEASURED_ALONE : MEASURED, &bare, &err),
             &err);
        struct figures reeve = measure(cases, today, group);
        printf("%9lld cases, groups of %2d:  bare SQLite %7.0f/s (%.1f pages, %.0f bytes an event)"
               "   reeve %7.0f/s (%.1f pages, %.0f bytes)   ratio %.2f\n",
               (long long)cases, group, bare.per_second, bare.pages, bare.bytes, reeve.rate,
               reeve.pages, reeve.bytes, reeve.rate / bare.per_second);
        fflush(stdout);
    }
}

/* From nothing to the first answer, in a process of its own, so that its memory is its own. */
static int ready(void)
{
    struct store *store;
    struct err err = { 0 };
    int64_t wake;
    struct rusage usage;
    double began = seconds();
    must(store_open(path, STORE_WRITE, &store, &err), &err);
    must(cases_next_wake(store, &wake, &err), &err);
    double took = seconds() - began;
    struct world *world = world_new(store);
    run_moves(world, 1000, day_of(2026, 10, 1), WRITER_BATCH, WARM_UP);
    getrusage(RUSAGE_SELF, &usage);
    printf("ready in %.1f ms; %ld MiB resident after %d events\n", took * 1000,
           usage.ru_maxrss / 1024, WARM_UP);
    world_free(world);
    store_close(store);
    return 0;
}

static void ready_apart(const char *self, int64_t cases)
{
    char command[600];
    snprintf(command, sizeof command, "'%s' ready '%s'", self, path);
    printf("%9lld cases: ", (long long)cases);
    fflush(stdout);
    if (system(command))
        printf("could not be measured\n");
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "ready") == 0) {
        snprintf(path, sizeof path, "%s", argv[2]);
        return ready();
    }
    bool quick = argc > 1 && strcmp(argv[1], "quick") == 0;
    day today = day_of(2026, 10, 1);
    const char *tmp = getenv("TMPDIR");
    snprintf(path, sizeof path, "%s/reeve-bench-%d.db", tmp ? tmp : "/var/tmp", (int)getpid());
    for (int64_t cases = 10000; cases <= (quick ? 10000 : 1000000); cases *= 100) {
        remove_database();
        set_up(cases, today);
        compare(cases, today);
        ready_apart(argv[0], cases);
    }
    remove_database();
    return 0;
}
