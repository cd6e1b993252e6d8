/* SPDX-License-Identifier: MIT */
#include "tests/bench/ceiling.h"

#include "store/packs.h"
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void die(const char *what, const char *why)
{
    fprintf(stderr, "ceiling: %s: %s\n", what, why);
    exit(1);
}

static int64_t now_us(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

uint64_t ceiling_random(uint64_t *state)
{
    uint64_t x = *state;
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    return *state = x;
}

/* About one for fifty cases: roles at schools, and officers. */
int64_t ceiling_desks(int64_t cases)
{
    return cases < 2500 ? 50 : cases / 50;
}

static uint64_t spread(int64_t case_id, int nth)
{
    uint64_t x = (uint64_t)case_id * 0x9e3779b97f4a7c15u + (uint64_t)nth * 0xbf58476d1ce4e5b9u + 1;
    return ceiling_random(&x) >> 8;
}

int64_t ceiling_desk(int64_t cases, int64_t case_id, int nth)
{
    return 1 + (int64_t)(spread(case_id, nth) % (uint64_t)ceiling_desks(cases));
}

int64_t ceiling_day(int64_t case_id, int nth)
{
    return 20700 + (int64_t)(spread(case_id, nth + 7) % CEILING_DAYS);
}

const char *ceiling_due_name(int nth)
{
    static const char *const names[] = { "send_papers", "hold_review" };
    return names[nth % CEILING_DUE_A_CASE];
}

void ceiling_drop(const char *path)
{
    static const char *const ends[] = { "", "-wal", "-shm" };
    char name[4200];
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        unlink(name);
    }
}

/* The schema and the rows that others point at, as the store makes them. */
static void make_empty(const char *path)
{
    struct store *store;
    struct err err;
    int64_t pack, calendar, ruleset;
    bool is_new;
    if (store_open(path, STORE_CREATE, &store, &err) || store_begin(store, &err) ||
        pack_put(store, "bench", "{}", "bench", 1, &pack, &is_new, &err) ||
        calendar_put(store, "bench", "{}", 1, &calendar, &is_new, &err) ||
        ruleset_put(store, pack, calendar, 1, &ruleset, &err) || store_commit(store, &err))
        die(path, err.text);
    store_close(store);
}

static sqlite3 *open_raw(const char *path, const char *pragmas)
{
    sqlite3 *db;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) ||
        sqlite3_exec(db, pragmas, NULL, NULL, NULL))
        die(path, sqlite3_errmsg(db));
    return db;
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *s;
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL))
        die(sql, sqlite3_errmsg(db));
    return s;
}

static void run(sqlite3_stmt *s)
{
    int rc = sqlite3_step(s);
    if (rc != SQLITE_DONE)
        die(sqlite3_sql(s), sqlite3_errmsg(sqlite3_db_handle(s)));
    sqlite3_reset(s);
}

static void fill(char *text, int len, uint64_t *random)
{
    text[0] = '"';
    for (int i = 1; i < len - 1; i++)
        text[i] = (char)('a' + ceiling_random(random) % 26);
    text[len - 1] = '"';
}

static const unsigned char zero_hash[32];

static void add_case(sqlite3_stmt *s, int64_t id, int64_t school, const char *body)
{
    char ref[32];
    int len = snprintf(ref, sizeof ref, "AR-26-%07lld", (long long)id);
    sqlite3_bind_int64(s, 1, id);
    sqlite3_bind_text(s, 2, ref, len, SQLITE_STATIC);
    sqlite3_bind_int64(s, 3, school);
    sqlite3_bind_blob(s, 4, zero_hash, sizeof zero_hash, SQLITE_STATIC);
    sqlite3_bind_int64(s, 5, ceiling_day(id, 0) * 1440);
    sqlite3_bind_text(s, 6, body, CEILING_BODY, SQLITE_STATIC);
    run(s);
}

static void add_due(sqlite3_stmt *s, int64_t desk, int64_t do_by, int64_t id, int nth)
{
    sqlite3_bind_int64(s, 1, desk);
    sqlite3_bind_int64(s, 2, do_by);
    sqlite3_bind_int64(s, 3, id);
    sqlite3_bind_text(s, 4, ceiling_due_name(nth), -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 5, do_by + 7);
    run(s);
}

static const char due_sql[] =
    "INSERT INTO due(desk, do_by, case_id, name, due_on) VALUES (?1, ?2, ?3, ?4, ?5)";

/* On disk and in the machine's memory, so that neither is waited for while measuring. */
static void settle(const char *path)
{
    static char bytes[1 << 20];
    int fd = open(path, O_RDWR);
    if (fd < 0 || fsync(fd))
        die(path, strerror(errno));
    while (read(fd, bytes, sizeof bytes) > 0)
        continue;
    close(fd);
}

void ceiling_make(const char *path, int64_t cases)
{
    char body[CEILING_BODY];
    uint64_t random = 88172645463325252u;
    ceiling_drop(path);
    make_empty(path);
    sqlite3 *db = open_raw(path, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                                 "PRAGMA cache_size = -400000; BEGIN");
    sqlite3_stmt *add = prepare(
        db, "INSERT INTO casefile(id, ref, ruleset, process, state, open, school, head, head_hash, "
            "wake,"
            " body) VALUES (?1, ?2, 1, 'annual-review', 'preparing', 1, ?3, 0, ?4, ?5, ?6)");
    sqlite3_stmt *due = prepare(db, due_sql);
    fill(body, CEILING_BODY, &random);
    for (int64_t id = 1; id <= cases; id++) {
        add_case(add, id, 100000 + (int64_t)(spread(id, 3) % 800000), body);
        for (int nth = 0; nth < CEILING_DUE_A_CASE; nth++)
            add_due(due, ceiling_desk(cases, id, nth), ceiling_day(id, nth), id, nth);
    }
    sqlite3_finalize(add);
    sqlite3_finalize(due);
    if (sqlite3_exec(db, "COMMIT; PRAGMA journal_mode = WAL", NULL, NULL, NULL))
        die(path, sqlite3_errmsg(db));
    sqlite3_close(db);
    settle(path);
}

/* Bytes this process wrote, by the kernel's count. */
static int64_t bytes_written(void)
{
    FILE *file = fopen("/proc/self/io", "r");
    char line[100];
    long long value = 0;
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "wchar: %lld", &value) == 1)
            break;
    if (file)
        fclose(file);
    return value;
}

void meter_start(struct ceiling_meter *meter, int count)
{
    *meter = (struct ceiling_meter){ .count = count };
    meter->took_us = malloc((size_t)count * sizeof *meter->took_us);
    if (!meter->took_us)
        die("meter", "out of memory");
    meter->wrote = bytes_written();
    meter->from_us = meter->last_us = now_us();
}

bool meter_tick(struct ceiling_meter *meter, int events, int64_t pages)
{
    int64_t now = now_us();
    meter->took_us[meter->transactions++] = (uint32_t)(now - meter->last_us);
    meter->done += events;
    meter->pages += pages;
    meter->last_us = now;
    return meter->done < meter->count;
}

static int compare(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

void meter_end(struct ceiling_meter *meter, struct ceiling_figures *out)
{
    int64_t wrote = bytes_written() - meter->wrote;
    qsort(meter->took_us, (size_t)meter->transactions, sizeof *meter->took_us, compare);
    *out = (struct ceiling_figures){
        .per_second = meter->done * 1e6 / (double)(meter->last_us - meter->from_us),
        .pages = (double)meter->pages / meter->done,
        .bytes = (double)wrote / meter->done,
        .p50_us = meter->took_us[meter->transactions / 2],
        .p99_us = meter->took_us[(int64_t)meter->transactions * 99 / 100],
    };
    free(meter->took_us);
    meter->took_us = NULL;
}

/* The statements and what they write. */
struct raw {
    sqlite3 *db;
    sqlite3_stmt *begin, *commit, *get, *update, *event, *drop, *put, *notice;
    char body[CEILING_BODY], said[CEILING_SAID], did[CEILING_DID];
    unsigned char hash[32];
    int64_t cases, next_event;
    int16_t *moved;     /* By how many days each case's first due row was moved. */
    uint64_t random;
    int wal_pages;
};

static int on_wal(void *self, sqlite3 *db, const char *schema, int pages)
{
    (void)db;
    (void)schema;
    ((struct raw *)self)->wal_pages = pages;
    return SQLITE_OK;
}

static int64_t last_event(sqlite3 *db)
{
    sqlite3_stmt *s = prepare(db, "SELECT ifnull(max(id), 0) FROM event");
    sqlite3_step(s);
    int64_t id = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return id;
}

static void open_run(struct raw *raw, const char *path, int64_t cases)
{
    *raw = (struct raw){ .cases = cases, .random = 88172645463325252u };
    raw->db = open_raw(path, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                             "PRAGMA cache_size = -8192; PRAGMA foreign_keys = ON");
    sqlite3_wal_hook(raw->db, on_wal, raw);
    raw->begin = prepare(raw->db, "BEGIN IMMEDIATE");
    raw->commit = prepare(raw->db, "COMMIT");
    raw->get = prepare(raw->db,
        "SELECT ref, process, state, ruleset, school, head, wake, open, subject, keys, head_hash,"
        " body FROM casefile WHERE id = ?1");
    raw->update = prepare(raw->db,
        "UPDATE casefile SET state = ?2, head = ?3, head_hash = ?4, wake = ?5, body = ?6"
        " WHERE id = ?1");
    raw->event = prepare(raw->db,
        "INSERT INTO event(id, case_id, prev, ruleset, recorded_ms, said, did, hash)"
        " VALUES (?1, ?2, ?3, 1, 1795200000000, ?4, ?5, ?6)");
    raw->drop = prepare(raw->db,
        "DELETE FROM due WHERE desk = ?1 AND do_by = ?2 AND case_id = ?3 AND name = ?4");
    raw->put = prepare(raw->db, due_sql);
    raw->notice = prepare(raw->db,
        "INSERT INTO notice(id, case_id, desk, person, kind, about, leave)"
        " VALUES (?1, ?2, ?3, ?3, 'remind', 'send_papers', ?4)");
    raw->next_event = last_event(raw->db) + 1;
    raw->moved = calloc((size_t)cases + 1, sizeof *raw->moved);
    if (!raw->moved)
        die(path, "out of memory");
    fill(raw->body, CEILING_BODY, &raw->random);
    fill(raw->said, CEILING_SAID, &raw->random);
    fill(raw->did, CEILING_DID, &raw->random);
}

static void close_run(struct raw *raw)
{
    sqlite3_stmt *const all[] = { raw->begin, raw->commit, raw->get, raw->update,
                                  raw->event, raw->drop, raw->put, raw->notice };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        sqlite3_finalize(all[i]);
    sqlite3_close(raw->db);
    free(raw->moved);
}

static int64_t get_head(struct raw *raw, int64_t id)
{
    sqlite3_bind_int64(raw->get, 1, id);
    if (sqlite3_step(raw->get) != SQLITE_ROW)
        die("case", sqlite3_errmsg(raw->db));
    int64_t head = sqlite3_column_int64(raw->get, 5);
    /* The body is taken, as whoever decides takes it. */
    memcpy(raw->body + 1, (const char *)sqlite3_column_text(raw->get, 11) + 1, CEILING_BODY - 2);
    sqlite3_reset(raw->get);
    return head;
}

static void write_event(struct raw *raw, int64_t id, int64_t head)
{
    int64_t event = raw->next_event++, do_by = ceiling_day(id, 0) + raw->moved[id];
    int64_t desk = ceiling_desk(raw->cases, id, 0);
    snprintf(raw->body + 1, 24, "%019lld", (long long)event);
    memcpy(raw->hash, &event, sizeof event);
    sqlite3_bind_int64(raw->event, 1, event);
    sqlite3_bind_int64(raw->event, 2, id);
    sqlite3_bind_int64(raw->event, 3, head);
    sqlite3_bind_text(raw->event, 4, raw->said, CEILING_SAID, SQLITE_STATIC);
    sqlite3_bind_text(raw->event, 5, raw->did, CEILING_DID, SQLITE_STATIC);
    sqlite3_bind_blob(raw->event, 6, raw->hash, 32, SQLITE_STATIC);
    run(raw->event);
    sqlite3_bind_int64(raw->update, 1, id);
    sqlite3_bind_text(raw->update, 2, event % 2 ? "preparing" : "meeting__", 9, SQLITE_STATIC);
    sqlite3_bind_int64(raw->update, 3, event);
    sqlite3_bind_blob(raw->update, 4, raw->hash, 32, SQLITE_STATIC);
    sqlite3_bind_int64(raw->update, 5, (do_by + 1) * 1440);
    sqlite3_bind_text(raw->update, 6, raw->body, CEILING_BODY, SQLITE_STATIC);
    run(raw->update);
    sqlite3_bind_int64(raw->drop, 1, desk);
    sqlite3_bind_int64(raw->drop, 2, do_by);
    sqlite3_bind_int64(raw->drop, 3, id);
    sqlite3_bind_text(raw->drop, 4, ceiling_due_name(0), -1, SQLITE_STATIC);
    run(raw->drop);
    raw->moved[id]++;
    add_due(raw->put, desk, do_by + 1, id, 0);
    if (event % CEILING_NOTICE_EVERY == 0) {
        sqlite3_bind_int64(raw->notice, 1, event * 4096);
        sqlite3_bind_int64(raw->notice, 2, id);
        sqlite3_bind_int64(raw->notice, 3, desk);
        sqlite3_bind_int64(raw->notice, 4, 20700 * 1440);
        run(raw->notice);
    }
}

/* One transaction; the pages it put into the WAL. */
static int64_t write_group(struct raw *raw, int group)
{
    int before = raw->wal_pages, pages = 0, done = 0;
    run(raw->begin);
    for (int i = 0; i < group; i++) {
        int64_t id = 1 + (int64_t)(ceiling_random(&raw->random) % (uint64_t)raw->cases);
        write_event(raw, id, get_head(raw, id));
    }
    run(raw->commit);
    int64_t put = raw->wal_pages > before ? raw->wal_pages - before : raw->wal_pages;
    if (raw->wal_pages > CEILING_CHECKPOINT &&
        sqlite3_wal_checkpoint_v2(raw->db, NULL, SQLITE_CHECKPOINT_PASSIVE, &pages, &done) == 0)
        raw->wal_pages = pages - done;
    return put;
}

void ceiling_path(char *path, size_t room)
{
    const char *folder = getenv("TMPDIR");
    snprintf(path, room, "%s/reeve-ceiling-%d.db", folder ? folder : "/var/tmp", (int)getpid());
}

enum err_code ceiling_measure(int64_t cases, int group, int count, struct ceiling_figures *out,
                              struct err *err)
{
    struct ceiling_meter meter;
    struct raw raw;
    int64_t pages;
    char path[4096];
    ceiling_path(path, sizeof path);
    FILE *file = fopen(path, "w");
    if (!file)
        return err_set(err, ERR_SYSTEM, "cannot write '%s': %s", path, strerror(errno));
    fclose(file);
    ceiling_make(path, cases);
    open_run(&raw, path, cases);
    for (int i = 0; i < CEILING_WARM; i += 64)
        write_group(&raw, 64);
    meter_start(&meter, count);
    do
        pages = write_group(&raw, group);
    while (meter_tick(&meter, group, pages));
    meter_end(&meter, out);
    close_run(&raw);
    ceiling_drop(path);
    return ERR_NONE;
}
