/* SPDX-License-Identifier: MIT */
#include "tests/unit/store/kit.h"

#include "store/inside.h"

static struct store *begun(void)
{
    struct store *store = memory_store();
    ok(store_begin(store, &err));
    put_rules(store);
    return store;
}

static void tell(struct store *store, int64_t event, int64_t person, int64_t leave,
                 const char *about)
{
    const struct notice_row row = { .event = event, .case_id = 1, .desk = 2, .person = person,
                                    .leave = leave, .kind = "remind", .about = about };
    ok(notice_add(store, &row, &err));
}

static void finds_who_is_to_be_told(void **state)
{
    (void)state;
    struct store *store = begun();
    struct arena *arena = arena_new();
    struct notice_row *rows;
    int64_t people[8], value;
    size_t count;
    ok(notices_next(store, &value, &err));
    assert_true(value == MINUTE_NONE);
    ok(notices_of(store, 5, 100, arena, &rows, &count, &err));
    assert_int_equal(count, 0);
    tell(store, 1, 5, 100, "a");
    tell(store, 1, 3, 100, "b");
    tell(store, 2, 5, 100, "c");
    tell(store, 3, 5, 200, "d");
    tell(store, 3, 9, 300, "e");
    tell(store, 4, 0, 1, "nobody");
    ok(notices_next(store, &value, &err));
    assert_int_equal(value, 100);

    ok(notices_people(store, 99, false, 0, 8, people, &count, &err));
    assert_int_equal(count, 0);
    ok(notices_people(store, 250, false, 0, 8, people, &count, &err));
    assert_int_equal(count, 2);
    assert_int_equal(people[0], 3);
    assert_int_equal(people[1], 5);
    ok(notices_people(store, 300, false, 3, 8, people, &count, &err));
    assert_int_equal(count, 2);
    assert_int_equal(people[1], 9);
    ok(notices_people(store, 300, false, 0, 1, people, &count, &err));
    assert_int_equal(count, 1);

    ok(notices_of(store, 5, 100, arena, &rows, &count, &err));
    assert_int_equal(count, 2);
    assert_string_equal(rows[0].about, "a");
    assert_int_equal(rows[0].event, 1);
    assert_string_equal(rows[1].about, "c");
    assert_int_equal(rows[1].event, 2);
    assert_int_equal(rows[1].case_id, 1);
    assert_int_equal(rows[1].desk, 2);
    assert_int_equal(rows[1].leave, 100);
    assert_string_equal(rows[1].kind, "remind");
    ok(notices_of(store, 5, 200, arena, &rows, &count, &err));
    assert_int_equal(count, 3);
    ok(notices_of(store, 5, 99, arena, &rows, &count, &err));
    assert_int_equal(count, 0);
    ok(notices_of(store, 9, INT64_MAX, arena, &rows, &count, &err));
    assert_int_equal(count, 1);
    store_close(store);
    arena_free(arena);
}

static void settles_and_releases(void **state)
{
    (void)state;
    struct store *store = begun();
    struct arena *arena = arena_new();
    struct notice_row *rows;
    size_t count;
    int64_t value;
    for (int i = 0; i < 4; i++)
        tell(store, 1, 5, 100, "a");
    ok(notices_of(store, 5, 100, arena, &rows, &count, &err));
    assert_int_equal(count, 4);
    ok(notice_settle(store, rows[0].id, 0, &err)); /* dropped */
    ok(notice_settle(store, rows[1].id, 7, &err));
    ok(notice_settle(store, rows[2].id, 8, &err));
    struct notice_row *with;
    size_t with_count;
    ok(notices_with(store, 8, arena, &with, &with_count, &err));
    assert_int_equal(with_count, 1);
    assert_int_equal(with[0].id, rows[2].id);
    assert_int_equal(with[0].event, 1);
    ok(notices_with(store, 0, arena, &with, &with_count, &err));
    assert_int_equal(with_count, 0);
    ok(notices_release(store, 7, &err));
    ok(notices_release(store, 0, &err)); /* What was dropped stays dropped. */
    ok(notices_of(store, 5, 100, arena, &rows, &count, &err));
    assert_int_equal(count, 2);
    ok(notice_settle(store, rows[0].id, 9, &err));
    ok(notice_settle(store, rows[1].id, 9, &err));
    ok(notices_next(store, &value, &err));
    assert_true(value == MINUTE_NONE);
    ok(notices_release(store, 9, &err));
    ok(notices_next(store, &value, &err));
    assert_int_equal(value, 100);
    store_close(store);
    arena_free(arena);
}

static void an_event_tells_at_most_4096(void **state)
{
    (void)state;
    struct store *store = begun();
    struct notice_row row = { .event = 1, .case_id = 1, .desk = 2, .person = 5, .leave = 1,
                              .kind = "remind", .about = "a" };
    for (int i = 0; i < NOTICES_AN_EVENT; i++)
        ok(notice_add(store, &row, &err));
    fails(ERR_LIMIT, "more than 4096", notice_add(store, &row, &err));
    row.event = 2;
    ok(notice_add(store, &row, &err));
    row.kind = "gossip";
    fails(ERR_STORE, "notice_add: CHECK", notice_add(store, &row, &err));
    store_close(store);
}

static void takes_a_message_through_its_states(void **state)
{
    (void)state;
    struct store *store = begun();
    struct arena *arena = arena_new();
    struct message_row got;
    int64_t id, other, ids[8], value;
    size_t count;
    ok(messages_next(store, &value, &err));
    assert_true(value == INT64_MAX);
    ok(message_add(store, "digest:5:2026-11-21", 5, 1000, &id, &err));
    fails(ERR_CONFLICT, "digest:5:2026-11-21",
          message_add(store, "digest:5:2026-11-21", 5, 1000, &other, &err));
    ok(message_get(store, id, arena, &got, &err));
    assert_string_equal(got.state, "waiting");
    assert_null(got.content);
    assert_null(got.reply);
    assert_int_equal(got.tries, 0);
    assert_int_equal(got.person, 5);
    assert_int_equal(got.next_try_ms, 1000);
    ok(messages_ready(store, 999, 8, ids, &count, &err));
    assert_int_equal(count, 0);
    ok(messages_ready(store, 1000, 8, ids, &count, &err));
    assert_int_equal(count, 1);
    assert_int_equal(ids[0], id);

    ok(message_freeze(store, id, "From: x\r\n\r\nHello", &err));
    ok(message_done(store, id, "waiting", 5000, "451 later", &err));
    ok(message_get(store, id, arena, &got, &err));
    assert_string_equal(got.content, "From: x\r\n\r\nHello");
    assert_string_equal(got.reply, "451 later");
    assert_int_equal(got.tries, 1);
    ok(messages_next(store, &value, &err));
    assert_int_equal(value, 5000);

    ok(message_add(store, "digest:5:2026-11-22", 5, 3000, &other, &err));
    ok(message_add(store, "notify:7:1", 5, 2000, &value, &err));
    ok(message_add(store, "digest:6:2026-11-22", 6, 4000, &value, &err));
    ok(messages_waiting_of(store, 5, 8, ids, &count, &err));
    assert_int_equal(count, 2);
    assert_int_equal(ids[0], id);
    assert_int_equal(ids[1], other);
    ok(messages_ready(store, 9000, 8, ids, &count, &err));
    assert_int_equal(count, 4);
    assert_int_equal(ids[3], id); /* Oldest try first. */
    ok(messages_ready(store, 9000, 2, ids, &count, &err));
    assert_int_equal(count, 2);

    ok(message_done(store, id, "replaced", 0, NULL, &err));
    ok(message_by_key(store, "digest:5:2026-11-21", arena, &got, &err));
    assert_string_equal(got.state, "replaced");
    assert_int_equal(got.tries, 1);
    assert_string_equal(got.reply, "451 later");
    ok(message_done(store, other, "sent", 0, "250 ok", &err));
    ok(message_get(store, other, arena, &got, &err));
    assert_int_equal(got.tries, 1);
    ok(messages_waiting_of(store, 5, 8, ids, &count, &err));
    assert_int_equal(count, 0);
    fails(ERR_UNKNOWN, "number 99", message_get(store, 99, arena, &got, &err));
    fails(ERR_UNKNOWN, "'x'", message_by_key(store, "x", arena, &got, &err));
    fails(ERR_STORE, "message_done: CHECK", message_done(store, id, "lost", 0, NULL, &err));
    store_close(store);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_who_is_to_be_told),
        cmocka_unit_test(settles_and_releases),
        cmocka_unit_test(an_event_tells_at_most_4096),
        cmocka_unit_test(takes_a_message_through_its_states),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
