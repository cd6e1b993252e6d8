/* SPDX-License-Identifier: MIT */
/* kit - what the tests of the store share: a folder of their own, rows to write. */
#ifndef TESTS_UNIT_STORE_KIT_H
#define TESTS_UNIT_STORE_KIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/base/arena.h"
#include "store/cases.h"
#include "store/files.h"
#include "store/mail.h"
#include "store/packs.h"
#include "store/people.h"
#include "store/read.h"

#define KIT_UNUSED __attribute__((unused))

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
        if (code_ != (wanted) || err.code != (wanted) || !strstr(err.text, (part)))               \
            fail_msg("%s: %s: %s, not %s: ...%s...", #call, err_name(code_), err.text,            \
                     err_name(wanted), (part));                                                   \
    } while (0)

/* A folder that goes with all that is in it. */
struct place {
    char folder[64];
    char path[128];     /* "FOLDER/reeve.db" */
};

KIT_UNUSED static struct place place_make_in(const char *folder)
{
    struct place place;
    snprintf(place.folder, sizeof place.folder, "%s/reeve-store-XXXXXX", folder);
    assert_non_null(mkdtemp(place.folder));
    snprintf(place.path, sizeof place.path, "%s/reeve.db", place.folder);
    return place;
}

KIT_UNUSED static struct place place_make(void)
{
    return place_make_in("/tmp");
}

KIT_UNUSED static const char *place_of(const struct place *place, const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", place->folder, name);
    return path;
}

KIT_UNUSED static void place_drop(const struct place *place)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", place->folder);
    assert_int_equal(system(command), 0);
}

KIT_UNUSED static struct store *memory_store(void)
{
    struct store *store;
    ok(store_open(NULL, STORE_MEMORY, &store, &err));
    return store;
}

/* Pack, calendar and rule set 1, inside the caller's transaction. */
KIT_UNUSED static void put_rules(struct store *store)
{
    int64_t pack, calendar, ruleset;
    bool is_new;
    ok(pack_put(store, "torbay", "{}", "an admin", 1000, &pack, &is_new, &err));
    ok(calendar_put(store, "torbay", "{}", 1000, &calendar, &is_new, &err));
    ok(ruleset_put(store, pack, calendar, 1, &ruleset, &err));
    assert_int_equal(ruleset, 1);
}

KIT_UNUSED static struct case_row some_case(int64_t id, const char *ref)
{
    return (struct case_row){ .id = id, .ref = ref, .process = "annual-review",
                              .state = "preparing", .ruleset = 1, .school = 136000,
                              .wake = MINUTE_NONE, .open = true, .body = "{\"a\":1}",
                              .body_len = 7 };
}

/* The next event of a case, not yet its head. */
KIT_UNUSED static struct event_row add_event(struct store *store, struct case_row *row,
                                             const char *personal)
{
    struct event_row event = { .case_id = row->id, .prev = row->head, .ruleset = 1,
                               .recorded_ms = 1795200000000, .said = "{\"name\":\"open\"}",
                               .did = "{\"state\":\"preparing\"}", .personal = personal };
    ok(event_next_id(store, &event.id, &err));
    ok(event_add(store, row, &event, &err));
    return event;
}

/* A case with its first event. */
KIT_UNUSED static struct case_row open_case(struct store *store, const char *ref)
{
    int64_t id;
    ok(case_next_id(store, &id, &err));
    struct case_row row = some_case(id, ref);
    row.head = add_event(store, &row, NULL).id;
    ok(case_insert(store, &row, &err));
    return row;
}

#endif
