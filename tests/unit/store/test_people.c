/* SPDX-License-Identifier: MIT */
#include "tests/unit/store/kit.h"

struct seen {
    int64_t ids[8];
    char roles[8][32];
    int count;
};

static void see_person(void *self, int64_t person)
{
    struct seen *seen = self;
    seen->ids[seen->count++] = person;
}

static void see_desk(void *self, const struct desk_row *desk)
{
    struct seen *seen = self;
    snprintf(seen->roles[seen->count], sizeof seen->roles[0], "%s", desk->role);
    seen->ids[seen->count++] = desk->id;
}

static struct store *begun(void)
{
    struct store *store = memory_store();
    ok(store_begin(store, &err));
    return store;
}

static void keeps_schools(void **state)
{
    (void)state;
    struct store *store = begun();
    struct arena *arena = arena_new();
    struct school_row row = { .urn = 136000, .name = "St Mary's", .phase = "primary" }, got;
    bool is_new;
    ok(school_put(store, &row, &is_new, &err));
    assert_true(is_new);
    row.name = "St Mary's Academy";
    ok(school_put(store, &row, &is_new, &err));
    assert_false(is_new);
    ok(school_get(store, 136000, arena, &got, &err));
    assert_string_equal(got.name, "St Mary's Academy");
    assert_string_equal(got.phase, "primary");
    fails(ERR_UNKNOWN, "URN 136001", school_get(store, 136001, arena, &got, &err));
    row.urn = 12;
    fails(ERR_STORE, "school_add: CHECK", school_put(store, &row, &is_new, &err));
    store_close(store);
    arena_free(arena);
}

static void keeps_people(void **state)
{
    (void)state;
    struct store *store = begun();
    struct arena *arena = arena_new();
    struct person_row got;
    int64_t first, again, second;
    bool is_new;
    ok(person_put(store, "d.okafor@example.org", "D Okafor", &first, &is_new, &err));
    assert_true(is_new);
    ok(person_put(store, "D.Okafor@example.org", "Dr D Okafor", &again, &is_new, &err));
    assert_false(is_new);
    assert_int_equal(first, again);
    ok(person_put(store, "a@example.org", "A", &second, NULL, &err));
    assert_int_not_equal(first, second);
    ok(person_get(store, first, arena, &got, &err));
    assert_string_equal(got.name, "Dr D Okafor");
    assert_string_equal(got.email, "D.Okafor@example.org");
    assert_null(got.refused);
    ok(person_refused(store, first, "550 no such user", &err));
    ok(person_by_email(store, "D.OKAFOR@EXAMPLE.ORG", arena, &got, &err));
    assert_int_equal(got.id, first);
    assert_string_equal(got.refused, "550 no such user");
    ok(person_refused(store, first, NULL, &err));
    ok(person_get(store, first, arena, &got, &err));
    assert_null(got.refused);
    fails(ERR_UNKNOWN, "number 99", person_get(store, 99, arena, &got, &err));
    fails(ERR_UNKNOWN, "'x@y.z'", person_by_email(store, "x@y.z", arena, &got, &err));
    fails(ERR_STORE, "person_add: CHECK", person_put(store, "", "x", &first, NULL, &err));
    store_close(store);
    arena_free(arena);
}

static void seats_people_at_desks(void **state)
{
    (void)state;
    struct store *store = begun();
    struct arena *arena = arena_new();
    int64_t a, b, senco, senco_again, officers, own;
    struct desk_row desk;
    struct seen seen = { .count = 0 };
    int size;
    ok(person_put(store, "a@example.org", "A", &a, NULL, &err));
    ok(person_put(store, "b@example.org", "B", &b, NULL, &err));
    ok(desk_known(store, "senco", 136000, 0, &senco, &err));
    assert_int_equal(senco, 0);
    ok(desk_find(store, "senco", 136000, 0, &senco, &err));
    ok(desk_known(store, "senco", 136000, 0, &senco_again, &err));
    assert_int_equal(senco, senco_again);
    ok(desk_find(store, "senco", 136000, 0, &senco_again, &err));
    assert_int_equal(senco, senco_again);
    ok(desk_find(store, "officer", 0, 0, &officers, &err));
    ok(desk_find(store, "officer", 0, b, &own, &err));
    assert_int_not_equal(officers, own);
    ok(desk_get(store, own, arena, &desk, &err));
    assert_string_equal(desk.role, "officer");
    assert_int_equal(desk.person, b);
    assert_int_equal(desk.school, 0);
    fails(ERR_UNKNOWN, "desk number 99", desk_get(store, 99, arena, &desk, &err));

    ok(sits_put(store, a, senco, &err));
    ok(sits_put(store, a, senco, &err));
    ok(sits_put(store, b, senco, &err));
    ok(sits_put(store, b, officers, &err));
    fails(ERR_STORE, "sits_put: FOREIGN KEY", sits_put(store, 99, senco, &err));

    ok(desk_people(store, senco, &seen, see_person, &err));
    assert_int_equal(seen.count, 2);
    assert_int_equal(seen.ids[0], a);
    assert_int_equal(seen.ids[1], b);
    ok(read_desk_size(store, senco, &size, &err));
    assert_int_equal(size, 2);
    seen.count = 0;
    ok(desk_people(store, own, &seen, see_person, &err));
    assert_int_equal(seen.count, 1);
    assert_int_equal(seen.ids[0], b);
    seen.count = 0;
    ok(desk_people(store, 99, &seen, see_person, &err));
    assert_int_equal(seen.count, 0);
    ok(read_desk_size(store, 99, &size, &err));
    assert_int_equal(size, 0);

    ok(person_desks(store, b, arena, &seen, see_desk, &err));
    assert_int_equal(seen.count, 3);
    assert_int_equal(seen.ids[0], senco);
    assert_int_equal(seen.ids[1], officers);
    assert_int_equal(seen.ids[2], own);
    assert_string_equal(seen.roles[2], "officer");

    /* An import begins by emptying the desks; a case's own officer stays. */
    ok(sits_clear(store, &err));
    seen.count = 0;
    ok(person_desks(store, b, arena, &seen, see_desk, &err));
    assert_int_equal(seen.count, 1);
    assert_int_equal(seen.ids[0], own);
    ok(read_desk_size(store, senco, &size, &err));
    assert_int_equal(size, 0);
    store_close(store);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_schools),
        cmocka_unit_test(keeps_people),
        cmocka_unit_test(seats_people_at_desks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
