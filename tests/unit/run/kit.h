/* SPDX-License-Identifier: MIT */
/* kit - a pack as text, published in a store of the test's own, and cases of it.
 *
 * Every test begins with a store in memory (or a file, where a second process
 * or a thread is to see it), Monday 2 November 2026, noon.
 */
#ifndef TESTS_UNIT_RUN_KIT_H
#define TESTS_UNIT_RUN_KIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/run/casework.h"
#include "engine/run/clock.h"
#include "engine/run/publish.h"
#include "engine/run/turn.h"
#include "engine/run/verify.h"
#include "engine/run/writer.h"
#include "store/mail.h"
#include "store/packs.h"
#include "store/people.h"
#include "store/read.h"

#define KIT __attribute__((unused)) static

#define ok(call)                                                                                  \
    do {                                                                                          \
        struct err err = { 0 };                                                                   \
        enum err_code code_ = (call);                                                             \
        if (code_)                                                                                \
            fail_msg("%s: %s: %s", #call, err_name(code_), err.text);                             \
    } while (0)

/* The call fails with `wanted`, and its text holds `part`. */
#define fails(wanted, part, call)                                                                 \
    do {                                                                                          \
        struct err err = { 0 };                                                                   \
        enum err_code code_ = (call);                                                             \
        if (code_ != (wanted) || !strstr(err.text, (part)))                                       \
            fail_msg("%s: %s: %s, not %s: ...%s...", #call, err_name(code_), err.text,            \
                     err_name(wanted), (part));                                                   \
    } while (0)

/* A file of a pack: its path within the pack, and its text. */
struct file {
    const char *path, *text;
};

struct kit {
    struct arena *arena;
    struct store *store;
    struct world *world;
    char folder[64], path[128];   /* "" for a store in memory. */
    int64_t minute;               /* Local; the store's instants are the same, as if UTC. */
    struct turned turned;         /* Of the last act. */
};

KIT day on(const char *iso)
{
    day date;
    assert_true(day_parse(iso, &date));
    return date;
}

KIT int64_t at(const char *iso, int hour)
{
    return minute_at(on(iso), hour * 60);
}

KIT int64_t now_ms(const struct kit *k)
{
    return k->minute * 60000;
}

KIT const char *iso(struct kit *k, day date)
{
    char text[DAY_TEXT_MAX];
    return date == DAY_NONE ? "-" : arena_text(k->arena, day_iso(date, text));
}

static const char kit_pack[] =
    "pack: town\n"
    "title: The town\n"
    "roles:\n"
    "  senco: {title: SENCO, of: school, otherwise: head}\n"
    "  head: {title: Head, of: school, otherwise: officer}\n"
    "  officer: {title: Officer, of: authority}\n"
    "  caseworker: {title: Caseworker, of: case, otherwise: officer}\n"
    "  family: {title: Family, of: case}\n"
    "reminders: {at: '08:00', digest: daily, usual: [1 week before, on the day, "
    "every week after]}\n";
static const char kit_calendar[] =
    "calendar: town\n"
    "known_from: 2020-01-01\n"
    "known_until: 2032-12-31\n"
    "bank_holidays: {2026-12-25: Christmas Day, 2026-12-28: Boxing Day}\n";

static int kit_by_path(const void *a, const void *b)
{
    return strcmp(((const struct source *)a)->path, ((const struct source *)b)->path);
}

/* Compiles a pack "town": its pack.yaml and calendar.yaml are the kit's unless `files` has them. */
KIT struct rules *rules_of(const struct file *files, size_t count)
{
    struct arena *arena = arena_new();
    struct pack_files *pack = ARENA_NEW(arena, struct pack_files);
    const struct file usual[] = { { "pack.yaml", kit_pack }, { "calendar.yaml", kit_calendar } };
    *LIST_ADD(arena, &pack->layers) = "town";
    for (size_t i = 0; i < count + 2; i++) {
        const struct file *file = i < count ? &files[i] : &usual[i - count];
        const char *path = arena_printf(arena, "town/%s", file->path);
        bool there = false;
        for (size_t f = 0; f < pack->files.count; f++)
            there = there || strcmp(pack->files.at[f].path, path) == 0;
        if (!there)
            *LIST_ADD(arena, &pack->files) = (struct source){ path, arena_text(arena, file->text),
                                                              strlen(file->text) };
    }
    qsort(pack->files.at, pack->files.count, sizeof *pack->files.at, kit_by_path);
    struct diags *diags = diags_new(arena);
    struct rules *rules = rules_make(arena, pack, DAY_NONE, diags);
    if (!rules)
        fail_msg("the pack does not load: %s:%d: %s",
                 diags->at[0].span.source ? diags->at[0].span.source->path : "?",
                 diags->at[0].span.line, diags->at[0].text);
    return rules;
}

KIT struct published publish_rules(struct kit *k, struct rules *rules, const char *from)
{
    struct published published;
    ok(store_begin(k->store, &err));
    world_begin(k->world);
    ok(publish(k->world, rules, "an admin", on(from), now_ms(k), k->minute, &published, &err));
    ok(store_commit(k->store, &err));
    rules_free(rules);
    return published;
}

static const char *const kit_people =
    "name,email,role,school\n"
    "Sam Senco,s.senco@larkmoor.example.org,senco,900001\n"
    "Hilda Head,h.head@larkmoor.example.org,head,900001\n"
    "Harry Head,h.head@tidewell.example.org,head,900002\n"
    "Olu Officer,o.officer@town.example.org,officer,\n"
    "Fay Family,f.family@home.example.org,family,\n";

static const char *const kit_schools = "urn,name,phase\n"
                                       "900001,Larkmoor,primary\n"
                                       "900002,Tidewell,primary\n"
                                       "900003,Quillbrook,infant\n";

KIT void hear_none(void *self, int line, const char *text)
{
    (void)self;
    fail_msg("line %d: %s", line, text);
}

#include "engine/run/people.h"

KIT void import_people(struct kit *k, const char *csv)
{
    struct import_figures figures;
    ok(store_begin(k->store, &err));
    world_begin(k->world);
    ok(people_import(k->world, csv, strlen(csv), k->arena, NULL, hear_none, &figures, &err));
    ok(store_commit(k->store, &err));
}

KIT void import_schools(struct kit *k, const char *csv)
{
    struct import_figures figures;
    ok(store_begin(k->store, &err));
    world_begin(k->world);
    ok(schools_import(k->world, csv, strlen(csv), k->arena, NULL, hear_none, &figures, &err));
    ok(store_commit(k->store, &err));
}

KIT struct kit *kit_begin(const struct file *files, size_t count, bool on_disk)
{
    struct arena *arena = arena_new();
    struct kit *k = ARENA_NEW(arena, struct kit);
    k->arena = arena;
    k->minute = at("2026-11-02", 12);
    if (on_disk) {
        strcpy(k->folder, "/tmp/reeve-run-XXXXXX");
        assert_non_null(mkdtemp(k->folder));
        snprintf(k->path, sizeof k->path, "%s/reeve.db", k->folder);
    }
    ok(store_open(on_disk ? k->path : NULL, on_disk ? STORE_CREATE : STORE_MEMORY, &k->store,
                  &err));
    k->world = world_new(k->store);
    publish_rules(k, rules_of(files, count), "2026-01-01");
    import_schools(k, kit_schools);
    import_people(k, kit_people);
    return k;
}

KIT void kit_end(struct kit *k)
{
    world_free(k->world);
    store_close(k->store);
    if (*k->folder) {
        char command[128];
        snprintf(command, sizeof command, "rm -rf '%s'", k->folder);
        assert_int_equal(system(command), 0);
    }
    arena_free(k->arena);
}

/* --- acts ------------------------------------------------------------------------------------ */

static int kit_by_name(const void *a, const void *b)
{
    return strcmp(((const struct given *)a)->name, ((const struct given *)b)->name);
}

/* "visit=2026-11-03 agreed=yes" */
KIT void give(struct arena *arena, struct event *event, const char *words)
{
    struct { struct given *at; size_t count, room; } list = { 0 };
    while (words && *words) {
        size_t len = strcspn(words, " "), eq = strcspn(words, "=");
        assert_true(eq < len);
        *LIST_ADD(arena, &list) = (struct given){
            arena_text_n(arena, words, eq),
            json_new_text(arena, arena_text_n(arena, words + eq + 1, len - eq - 1))
        };
        words += len + (words[len] == ' ');
    }
    if (list.count)
        qsort(list.at, list.count, sizeof *list.at, kit_by_name);
    event->given = list.at;
    event->given_count = list.count;
}

KIT struct event event_of(enum event_kind kind, const char *name, const char *role)
{
    return (struct event){ .kind = kind, .name = name, .role = role, .who_text = role,
                           .on = DAY_NONE };
}

KIT enum err_code act(struct kit *k, int64_t case_id, struct event event)
{
    struct request request = { .case_id = case_id, .event = event, .now_ms = now_ms(k),
                               .now_minute = k->minute };
    return turn_once(k->world, &request, k->arena, &k->turned);
}

KIT enum err_code open_with(struct kit *k, const char *process, const char *given,
                            const char *key, int64_t school)
{
    struct event event = event_of(EVENT_OPEN, process, "officer");
    give(k->arena, &event, given);
    event.key = key;
    event.school = school;
    return act(k, 0, event);
}

KIT int64_t open_case(struct kit *k, const char *process, const char *given, int64_t school)
{
    enum err_code rc = open_with(k, process, given, NULL, school);
    if (rc)
        fail_msg("opening %s: %s", process, k->turned.err.text);
    return k->turned.case_id;
}

KIT enum err_code try_event(struct kit *k, int64_t id, const char *name, const char *given,
                            const char *key)
{
    struct event event = event_of(EVENT_DO, name, "officer");
    give(k->arena, &event, given);
    event.key = key;
    return act(k, id, event);
}

KIT void do_event(struct kit *k, int64_t id, const char *name, const char *given)
{
    if (try_event(k, id, name, given, NULL))
        fail_msg("%s: %s", name, k->turned.err.text);
}

KIT struct casefile case_now(struct kit *k, int64_t id)
{
    struct casefile file;
    struct case_row row;
    ok(case_load(k->store, id, k->arena, &row, &file, &err));
    return file;
}

/* "do go, clock, signal refused": what happened to a case, oldest first. */
KIT const char *history(struct kit *k, int64_t id)
{
    struct event_row *rows;
    size_t count;
    struct buf text = buf_in(k->arena);
    ok(case_history(k->store, id, k->arena, &rows, &count, &err));
    for (size_t i = 0; i < count; i++) {
        struct event event;
        ok(case_event(&rows[i], k->arena, &event, NULL, &err));
        buf_printf(&text, "%s%s%s%s%s%s", i ? ", " : "", event_kind_name(event.kind),
                   event.name ? " " : "", event.name ? event.name : "", event.act ? " " : "",
                   event.act ? event.act : "");
    }
    return buf_text(&text);
}

KIT int64_t event_count(struct kit *k)
{
    struct counts counts;
    ok(read_counts(k->store, &counts, &err));
    return counts.events;
}

KIT struct sweep_figures sweep_to(struct kit *k, int64_t minute)
{
    struct sweep_figures figures;
    k->minute = minute;
    ok(sweep_all(k->world, now_ms(k), minute, NULL, NULL, &figures, &err));
    return figures;
}

static void kit_wrong(void *self, const char *ref, const char *text)
{
    (void)self;
    print_message("%s: %s\n", ref, text);
}

/* Chain, fold, deciding again and lists agree. */
KIT void verify_clean(struct kit *k)
{
    struct verify_figures figures;
    ok(verify_all(k->world, NULL, kit_wrong, NULL, &figures, &err));
    assert_int_equal(figures.wrong, 0);
}

#endif
