/* SPDX-License-Identifier: MIT */
#include "tests/unit/store/kit.h"

#include "store/inside.h"

#include <sodium.h>

static struct store *store_with_rules(void)
{
    struct store *store = memory_store();
    ok(store_begin(store, &err));
    put_rules(store);
    ok(store_commit(store, &err));
    ok(store_begin(store, &err));
    return store;
}

static void assert_same_case(const struct case_row *a, const struct case_row *b)
{
    assert_int_equal(a->id, b->id);
    assert_string_equal(a->ref, b->ref);
    assert_string_equal(a->process, b->process);
    assert_string_equal(a->state, b->state);
    assert_int_equal(a->ruleset, b->ruleset);
    assert_int_equal(a->school, b->school);
    assert_int_equal(a->head, b->head);
    assert_int_equal(a->wake, b->wake);
    assert_int_equal(a->open, b->open);
    assert_int_equal(!a->subject, !b->subject);
    if (a->subject)
        assert_string_equal(a->subject, b->subject);
    assert_int_equal(a->keys_len, b->keys_len);
    if (a->keys_len)
        assert_memory_equal(a->keys, b->keys, a->keys_len);
    assert_memory_equal(a->head_hash, b->head_hash, HASH_BYTES);
    assert_int_equal(a->body_len, b->body_len);
    assert_string_equal(a->body, b->body);
}

static void keeps_every_column(void **state)
{
    (void)state;
    struct store *store = store_with_rules();
    struct arena *arena = arena_new();
    struct case_row row = some_case(1, "AR-26-0412"), got;
    row.subject = "child-7";
    row.wake = -5;
    row.keys = (const unsigned char *)"\0\1\2keys keys keys keys keys";
    row.keys_len = 24;
    row.body = "{\"note\":\"Zo\xc3\xab\"}";
    row.body_len = strlen(row.body);
    row.head = add_event(store, &row, NULL).id;
    ok(case_insert(store, &row, &err));
    ok(case_get(store, 1, arena, &got, &err));
    assert_same_case(&row, &got);

    /* Each of the update's three ways. */
    struct case_row changed = row;
    changed.state = "meeting";
    changed.keys = NULL;
    changed.keys_len = 0;
    changed.body = "{}";
    changed.body_len = 2;
    changed.head = add_event(store, &changed, NULL).id;
    ok(case_update(store, &changed, row.head, &err));
    ok(case_get_ref(store, "AR-26-0412", arena, &got, &err));
    assert_same_case(&changed, &got);

    struct case_row woken = changed;
    woken.wake = MINUTE_NONE;
    woken.head = add_event(store, &woken, NULL).id;
    ok(case_update(store, &woken, changed.head, &err));
    ok(case_get(store, 1, arena, &got, &err));
    assert_same_case(&woken, &got);

    struct case_row moved = woken;
    int64_t ruleset;
    ok(ruleset_put(store, 1, 1, 2, &ruleset, &err));
    moved.ruleset = ruleset;
    moved.open = false;
    moved.school = 0;
    moved.subject = NULL;
    moved.process = "assessment";
    moved.ref = "AR-26-0413";
    moved.wake = 9;
    moved.head = add_event(store, &moved, NULL).id;
    ok(case_update(store, &moved, woken.head, &err));
    ok(case_get(store, 1, arena, &got, &err));
    assert_same_case(&moved, &got);

    fails(ERR_CONFLICT, "AR-26-0413", case_update(store, &moved, woken.head, &err));
    moved.id = 2;
    fails(ERR_CONFLICT, "AR-26-0413", case_update(store, &moved, moved.head, &err));
    fails(ERR_UNKNOWN, "number 2", case_get(store, 2, arena, &got, &err));
    fails(ERR_UNKNOWN, "'AR-26-0412'", case_get_ref(store, "AR-26-0412", arena, &got, &err));
    ok(store_commit(store, &err));
    store_close(store);
    arena_free(arena);
}

static void counts_up_without_gaps(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store, *other;
    int64_t id;
    ok(store_open(place.path, STORE_CREATE, &store, &err));
    ok(store_begin(store, &err));
    put_rules(store);
    for (int64_t i = 1; i <= 3; i++) {
        char ref[32];
        snprintf(ref, sizeof ref, "A%lld", (long long)i);
        ok(case_next_id(store, &id, &err));
        ok(case_next_id(store, &id, &err)); /* Only looks. */
        assert_int_equal(id, i);
        open_case(store, ref);
        ok(event_next_id(store, &id, &err));
        assert_int_equal(id, i + 1);
    }
    ok(store_commit(store, &err));
    /* Another process writes between two transactions. */
    ok(store_open(place.path, STORE_WRITE, &other, &err));
    ok(store_begin(other, &err));
    assert_int_equal(open_case(other, "B").id, 4);
    ok(store_commit(other, &err));
    ok(store_begin(store, &err));
    ok(case_next_id(store, &id, &err));
    assert_int_equal(id, 5);
    ok(event_next_id(store, &id, &err));
    assert_int_equal(id, 5);
    /* A number taken without having looked is not given out either. */
    store_rollback(store);
    ok(store_begin(store, &err));
    struct case_row row = some_case(9, "C");
    ok(case_insert(store, &row, &err));
    ok(case_next_id(store, &id, &err));
    assert_int_equal(id, 10);
    store_rollback(store);
    store_close(other);
    store_close(store);
    place_drop(&place);
}

static void finds_the_open_case_about(void **state)
{
    (void)state;
    struct store *store = store_with_rules();
    int64_t id;
    struct case_row row = some_case(1, "A");
    row.subject = "child-7";
    ok(case_insert(store, &row, &err));
    row = some_case(2, "B");
    row.subject = "child-7";
    row.process = "assessment";
    ok(case_insert(store, &row, &err));
    row = some_case(3, "C");
    row.subject = "child-8";
    row.open = false;
    ok(case_insert(store, &row, &err));
    ok(case_about(store, "annual-review", "child-7", &id, &err));
    assert_int_equal(id, 1);
    ok(case_about(store, "assessment", "child-7", &id, &err));
    assert_int_equal(id, 2);
    ok(case_about(store, "annual-review", "child-8", &id, &err));
    assert_int_equal(id, 0);
    ok(case_about(store, "annual-review", "nobody", &id, &err));
    assert_int_equal(id, 0);
    store_close(store);
}

static void chains_events(void **state)
{
    (void)state;
    struct store *store = store_with_rules();
    struct arena *arena = arena_new();
    struct case_row row = some_case(1, "A");
    unsigned char hash[HASH_BYTES], zero[HASH_BYTES] = { 0 };
    struct event_row first = add_event(store, &row, "{\"name\":\"Zo\xc3\xab\"}"), got;
    assert_memory_equal(first.hash, row.head_hash, HASH_BYTES);
    row.head = first.id;
    struct event_row second = { .id = 2, .case_id = 1, .prev = 1, .cause = 1, .ruleset = 1,
                                .recorded_ms = 5, .said = "a", .did = "b" };
    ok(event_add(store, &row, &second, &err));
    assert_memory_equal(second.hash, row.head_hash, HASH_BYTES);

    ok(event_get(store, 1, arena, &got, &err));
    assert_string_equal(got.personal, "{\"name\":\"Zo\xc3\xab\"}");
    assert_false(got.erased);
    assert_int_equal(got.cause, 0);
    event_hash(zero, &got, hash);
    assert_memory_equal(hash, got.hash, HASH_BYTES);
    ok(event_get(store, 2, arena, &got, &err));
    assert_int_equal(got.prev, 1);
    assert_int_equal(got.cause, 1);
    assert_int_equal(got.recorded_ms, 5);
    assert_string_equal(got.said, "a");
    assert_string_equal(got.did, "b");
    assert_null(got.personal);
    event_hash(first.hash, &got, hash);
    assert_memory_equal(hash, got.hash, HASH_BYTES);
    fails(ERR_UNKNOWN, "number 3", event_get(store, 3, arena, &got, &err));
    store_close(store);
    arena_free(arena);
}

static void a_hash_covers_everything(void **state)
{
    (void)state;
    struct store *store = memory_store(); /* Starts libsodium. */
    const struct event_row base = { .id = 7, .case_id = 3, .prev = 4, .cause = 5, .ruleset = 6,
                                    .recorded_ms = 1795200000000, .said = "ab", .did = "c",
                                    .personal = "p", .salt = { 1 } };
    struct event_row rows[12];
    unsigned char prev[HASH_BYTES] = { 9 }, other_prev[HASH_BYTES] = { 8 };
    unsigned char hashes[13][HASH_BYTES];
    for (int i = 0; i < 12; i++)
        rows[i] = base;
    rows[1].id++;
    rows[2].case_id++;
    rows[3].prev++;
    rows[4].cause = 0;
    rows[5].ruleset++;
    rows[6].recorded_ms++;
    rows[7].said = "a"; /* The same bytes, cut elsewhere. */
    rows[7].did = "bc";
    rows[8].did = "d";
    rows[9].personal = "q";
    rows[10].salt[15] = 1;
    rows[11].personal = NULL;
    for (int i = 0; i < 12; i++)
        event_hash(prev, &rows[i], hashes[i]);
    event_hash(other_prev, &base, hashes[12]);
    for (int i = 0; i < 13; i++)
        for (int j = 0; j < i; j++)
            assert_memory_not_equal(hashes[i], hashes[j], HASH_BYTES);
    store_close(store);
}

static void the_chain_outlives_erasing(void **state)
{
    (void)state;
    struct store *store = memory_store();
    struct event_row row = { .id = 1, .case_id = 1, .ruleset = 1, .said = "a", .did = "b",
                             .personal = "secret", .salt = { 3, 1, 4 } };
    unsigned char prev[HASH_BYTES] = { 0 }, before[HASH_BYTES], after[HASH_BYTES];
    event_hash(prev, &row, before);
    crypto_generichash(row.sealed, HASH_BYTES, (const unsigned char *)"secret", 6, row.salt,
                       SALT_BYTES);
    row.personal = NULL;
    row.erased = true;
    memset(row.salt, 0, SALT_BYTES);
    event_hash(prev, &row, after);
    assert_memory_equal(before, after, HASH_BYTES);
    store_close(store);
}

static void a_hash_stays_what_it_was(void **state)
{
    (void)state;
    struct store *store = memory_store();
    const struct event_row row = { .id = 1, .case_id = 2, .prev = 3, .cause = 4, .ruleset = 5,
                                   .recorded_ms = 6, .said = "said", .did = "did" };
    const unsigned char prev[HASH_BYTES] = { 0 };
    unsigned char hash[HASH_BYTES], expected[HASH_BYTES], bytes[256];
    size_t len = 0;
    /* Written out by hand, as the comment in chain.c says it. */
    memset(bytes, 0, sizeof bytes);
    len += HASH_BYTES;
    for (unsigned char i = 1; i <= 6; i++, len += 8)
        bytes[len + 7] = i;
    bytes[len + 7] = 4;
    len += 8;
    memcpy(bytes + len, "said", 4);
    len += 4;
    bytes[len + 7] = 3;
    len += 8;
    memcpy(bytes + len, "did", 3);
    len += 3;
    len += 1; /* No personal part. */
    crypto_generichash(expected, HASH_BYTES, bytes, len, NULL, 0);
    event_hash(prev, &row, hash);
    assert_memory_equal(hash, expected, HASH_BYTES);
    store_close(store);
}

static void remembers_who_opened(void **state)
{
    (void)state;
    struct store *store = store_with_rules();
    char longest[5000];
    int64_t id;
    memset(longest, 'k', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    ok(opened_get(store, "key", &id, &err));
    assert_int_equal(id, 0);
    ok(opened_put(store, "key", 5, &err));
    ok(opened_put(store, longest, 6, &err));
    ok(opened_get(store, "key", &id, &err));
    assert_int_equal(id, 5);
    ok(opened_get(store, longest, &id, &err));
    assert_int_equal(id, 6);
    fails(ERR_STORE, "opened_put: UNIQUE", opened_put(store, "key", 7, &err));
    store_close(store);
}

static void knows_what_the_clock_owes(void **state)
{
    (void)state;
    static const int64_t wakes[] = { 500, MINUTE_NONE, 300, 400, 300 };
    struct store *store = store_with_rules();
    struct owed owed[8];
    size_t count;
    int64_t value;
    ok(cases_next_wake(store, &value, &err));
    assert_true(value == MINUTE_NONE);
    for (int64_t i = 0; i < 5; i++) {
        char ref[32];
        snprintf(ref, sizeof ref, "A%lld", (long long)i);
        struct case_row row = some_case(i + 1, ref);
        row.wake = wakes[i];
        ok(case_insert(store, &row, &err));
    }
    ok(cases_next_wake(store, &value, &err));
    assert_int_equal(value, 300);
    ok(cases_owed(store, 400, 8, owed, &count, &err));
    assert_int_equal(count, 3);
    assert_int_equal(owed[0].case_id, 3);
    assert_int_equal(owed[1].case_id, 5);
    assert_int_equal(owed[2].case_id, 4);
    assert_int_equal(owed[2].wake, 400);
    ok(cases_owed(store, 400, 2, owed, &count, &err));
    assert_int_equal(count, 2);
    ok(cases_owed_after(store, &(struct owed){ .wake = 300, .case_id = 3 }, 400, 8, owed, &count,
                        &err));
    assert_int_equal(count, 2);
    assert_int_equal(owed[0].case_id, 5);
    assert_int_equal(owed[1].case_id, 4);
    ok(cases_owed_after(store, &(struct owed){ .wake = 400, .case_id = 4 }, 400, 8, owed, &count,
                        &err));
    assert_int_equal(count, 0);
    ok(cases_owed(store, 299, 8, owed, &count, &err));
    assert_int_equal(count, 0);
    ok(cases_owed_count(store, 500, &value, &err));
    assert_int_equal(value, 4);
    store_close(store);
}

static void unchanged_wake(struct store *store, struct case_row *row)
{
    int64_t was = row->head;
    row->head = add_event(store, row, NULL).id;
    ok(case_update(store, row, was, &err));
}

/* What the split statements are for: an update that changes no index touches its own page, the
 * event's and nothing else. */
static void an_update_scatters_nothing(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store;
    ok(store_open(place.path, STORE_CREATE, &store, &err));
    ok(store_begin(store, &err));
    put_rules(store);
    struct case_row row = open_case(store, "A");
    ok(store_commit(store, &err));
    store_checkpoint(store);
    ok(store_begin(store, &err));
    unchanged_wake(store, &row);
    ok(store_commit(store, &err));
    assert_int_equal(store_wal_pages(store), 2);
    store_checkpoint(store);
    ok(store_begin(store, &err));
    row.wake = 77;
    unchanged_wake(store, &row);
    ok(store_commit(store, &err));
    assert_int_equal(store_wal_pages(store), 3);
    store_close(store);
    place_drop(&place);
}

static void seals_and_tells_tampering(void **state)
{
    (void)state;
    struct store *store = store_with_rules();
    unsigned char hash[HASH_BYTES], first[HASH_BYTES];
    int64_t upto, count;
    bool made;
    ok(seal_make(store, 1, &made, &upto, hash, &err));
    assert_false(made);
    assert_int_equal(upto, 0);
    struct case_row row = open_case(store, "A");
    unchanged_wake(store, &row);
    ok(seal_make(store, 2, &made, &upto, first, &err));
    assert_true(made);
    assert_int_equal(upto, 2);
    ok(seal_make(store, 3, &made, &upto, hash, &err));
    assert_false(made);
    assert_memory_equal(first, hash, HASH_BYTES);
    for (int i = 0; i < 3; i++)
        unchanged_wake(store, &row);
    ok(seal_make(store, 4, &made, &upto, hash, &err));
    assert_true(made);
    assert_int_equal(upto, 5);
    assert_memory_not_equal(first, hash, HASH_BYTES);
    ok(seals_check(store, &count, &err));
    assert_int_equal(count, 2);
    ok(store_commit(store, &err));

    static const struct {
        const char *sql, *says;
    } rows[] = {
        { "UPDATE event SET hash = zeroblob(32) WHERE id = 4", "seal 2 does not fit" },
        { "DELETE FROM event WHERE id = 1", "seal 1 does not fit" },
        { "DELETE FROM event WHERE id = 5", "seal 2 does not fit" },
        { "UPDATE event SET id = 1000 WHERE id = 3", "seal 2 does not fit" },
        { "UPDATE seal SET hash = zeroblob(32) WHERE id = 1", "seal 1 does not fit" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ok(store_begin(store, &err));
        ok(store_script(store, "tamper", rows[i].sql, &err));
        fails(ERR_STORE, rows[i].says, seals_check(store, &count, &err));
        store_rollback(store);
        ok(seals_check(store, &count, &err));
    }
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_every_column),
        cmocka_unit_test(counts_up_without_gaps),
        cmocka_unit_test(finds_the_open_case_about),
        cmocka_unit_test(chains_events),
        cmocka_unit_test(a_hash_covers_everything),
        cmocka_unit_test(the_chain_outlives_erasing),
        cmocka_unit_test(a_hash_stays_what_it_was),
        cmocka_unit_test(remembers_who_opened),
        cmocka_unit_test(knows_what_the_clock_owes),
        cmocka_unit_test(an_update_scatters_nothing),
        cmocka_unit_test(seals_and_tells_tampering),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
