/* SPDX-License-Identifier: MIT */
#include "tests/unit/store/kit.h"

static void writes_and_reads_back(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store;
    struct arena *arena = arena_new();
    ok(store_open(place.path, STORE_CREATE, &store, &err));
    ok(store_begin(store, &err));
    put_rules(store);
    struct case_row row = open_case(store, "AR-26-0001");
    int64_t was = row.head;
    row.head = add_event(store, &row, "{\"child\":\"X\"}").id;
    row.wake = 100;
    ok(case_update(store, &row, was, &err));
    fails(ERR_CONFLICT, "AR-26-0001", case_update(store, &row, was, &err));
    ok(store_commit(store, &err));
    struct case_row got;
    ok(case_get_ref(store, "AR-26-0001", arena, &got, &err));
    assert_int_equal(got.head, 2);
    assert_int_equal(got.wake, 100);
    assert_memory_equal(got.head_hash, row.head_hash, HASH_BYTES);
    store_close(store);
    arena_free(arena);
    place_drop(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_and_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
