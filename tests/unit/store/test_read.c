/* SPDX-License-Identifier: MIT */
#include "tests/unit/store/kit.h"

#include "store/inside.h"

/* What a list gave, as one line: "name do_by, name do_by". */
struct heard {
    char text[2000];
    size_t len;
    int rows, stop_after; /* 0: never */
};

static bool go_on(struct heard *heard)
{
    return ++heard->rows != heard->stop_after;
}

static bool hear_due(void *self, const struct due_row *row)
{
    struct heard *heard = self;
    heard->len += (size_t)snprintf(heard->text + heard->len, sizeof heard->text - heard->len,
                                   "%s%s %s %d", heard->rows ? ", " : "", row->ref, row->name,
                                   row->do_by);
    return go_on(heard);
}

static bool hear_case(void *self, const struct case_list_row *row)
{
    struct heard *heard = self;
    char next[32] = "-";
    if (row->next_do_by != DAY_NONE)
        snprintf(next, sizeof next, "%d", row->next_do_by);
    heard->len += (size_t)snprintf(heard->text + heard->len, sizeof heard->text - heard->len,
                                   "%s%s %s", heard->rows ? ", " : "", row->ref, next);
    return go_on(heard);
}

static void put_case(struct store *store, int64_t id, const char *ref, const char *process,
                     int64_t school, bool open)
{
    struct case_row row = some_case(id, ref);
    row.process = process;
    row.school = school;
    row.open = open;
    row.head = add_event(store, &row, NULL).id;
    ok(case_insert(store, &row, &err));
}

/* Two schools, three desks, four people (one of them with two desks, one with none), five cases. */
static struct store *council(void)
{
    struct store *store = memory_store();
    const struct school_row a = { 136001, "Abbey", "primary" }, b = { 136002, "Brook", "primary" };
    static const char *const mails[] = { "senco.a@x.uk", "senco.b@x.uk", "officer@x.uk",
                                         "both@x.uk" };
    int64_t people[4], senco_a, senco_b, officers, own;
    ok(store_begin(store, &err));
    put_rules(store);
    ok(school_put(store, &a, NULL, &err));
    ok(school_put(store, &b, NULL, &err));
    for (int i = 0; i < 4; i++)
        ok(person_put(store, mails[i], mails[i], &people[i], NULL, &err));
    ok(desk_find(store, "senco", 136001, 0, &senco_a, &err));
    ok(desk_find(store, "senco", 136002, 0, &senco_b, &err));
    ok(desk_find(store, "officer", 0, 0, &officers, &err));
    ok(desk_find(store, "officer", 0, people[2], &own, &err));
    assert_int_equal(own, 4);
    ok(sits_put(store, people[0], senco_a, &err));
    ok(sits_put(store, people[1], senco_b, &err));
    ok(sits_put(store, people[3], senco_a, &err));
    ok(sits_put(store, people[3], senco_b, &err));
    put_case(store, 1, "A1", "annual-review", 136001, true);
    put_case(store, 2, "A2", "timetable", 136001, true);
    put_case(store, 3, "B3", "annual-review", 136002, true);
    put_case(store, 4, "B4", "annual-review", 136002, false);
    put_case(store, 5, "X5", "assessment", 0, true);
    ok(due_put(store, senco_a, 20, 1, "papers", 30, &err));
    ok(due_put(store, senco_a, 10, 2, "review", 10, &err));
    ok(due_put(store, senco_b, 15, 3, "papers", 15, &err));
    ok(due_put(store, officers, 12, 3, "decide", 12, &err));
    ok(due_put(store, own, 5, 1, "decide", 6, &err));
    ok(due_put(store, own, 50, 5, "plan", 50, &err));
    ok(store_commit(store, &err));
    return store;
}

static void lists_what_is_due(void **state)
{
    (void)state;
    static const struct {
        struct due_filter filter;
        const char *heard;
    } rows[] = {
        { { .until = DAY_NONE }, "A1 decide 5, A2 review 10, B3 decide 12, B3 papers 15, "
                                 "A1 papers 20, X5 plan 50" },
        { { .until = 12 }, "A1 decide 5, A2 review 10, B3 decide 12" },
        { { .until = DAY_NONE, .limit = 2 }, "A1 decide 5, A2 review 10" },
        { { .until = DAY_NONE, .person = 1 }, "A2 review 10, A1 papers 20" },
        { { .until = DAY_NONE, .person = 4 }, "A2 review 10, B3 papers 15, A1 papers 20" },
        { { .until = DAY_NONE, .person = 3 }, "A1 decide 5, X5 plan 50" },
        { { .until = 10, .person = 4 }, "A2 review 10" },
        { { .until = DAY_NONE, .person = 9 }, "" },
        { { .until = DAY_NONE, .person = 4, .limit = 2 }, "A2 review 10, B3 papers 15" },
        { { .until = DAY_NONE, .person = 4, .process = "annual-review" },
          "B3 papers 15, A1 papers 20" },
        { { .until = DAY_NONE, .person = 4, .school = 136002 }, "B3 papers 15" },
        { { .until = DAY_NONE, .person = 3, .role = "senco" }, "" },
        { { .until = DAY_NONE, .school = 136001 }, "A1 decide 5, A2 review 10, A1 papers 20" },
        { { .until = DAY_NONE, .role = "officer" }, "A1 decide 5, B3 decide 12, X5 plan 50" },
        { { .until = DAY_NONE, .process = "assessment" }, "X5 plan 50" },
        { { .until = DAY_NONE, .desk = 2 }, "B3 papers 15" },
        { { .until = DAY_NONE, .desk = 2, .role = "officer" }, "" },
        { { .until = DAY_NONE, .person = 4, .desk = 1 }, "A2 review 10, A1 papers 20" },
        { { .until = DAY_NONE, .person = 1, .desk = 2 }, "" },
    };
    struct store *store = council();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct heard heard = { .len = 0 };
        ok(read_due(store, &rows[i].filter, &heard, hear_due, &err));
        assert_string_equal(heard.text, rows[i].heard);
    }
    store_close(store);
}

static bool check_due(void *self, const struct due_row *row)
{
    (void)self;
    assert_int_equal(row->case_id, 1);
    assert_int_equal(row->school, 136001);
    assert_int_equal(row->desk, 4);
    assert_int_equal(row->owner, 3);
    assert_string_equal(row->process, "annual-review");
    assert_string_equal(row->state, "preparing");
    assert_string_equal(row->role, "officer");
    assert_string_equal(row->school_name, "Abbey");
    assert_int_equal(row->due, 6);
    return false;
}

static void a_list_ends_when_told(void **state)
{
    (void)state;
    struct store *store = council();
    const struct due_filter all = { .until = DAY_NONE };
    const struct case_filter cases = { .limit = 0 };
    struct heard heard = { .stop_after = 2 };
    ok(read_due(store, &all, &heard, hear_due, &err));
    assert_int_equal(heard.rows, 2);
    ok(read_due(store, &all, NULL, check_due, &err)); /* And it can be asked again. */
    heard = (struct heard){ .stop_after = 1 };
    ok(read_cases(store, &cases, &heard, hear_case, &err));
    assert_string_equal(heard.text, "A1 5");
    store_close(store);
}

static void lists_cases(void **state)
{
    (void)state;
    static const struct {
        struct case_filter filter;
        const char *heard;
    } rows[] = {
        { { .after = 0 }, "A1 5, A2 10, B3 12, B4 -, X5 50" },
        { { .open_only = true }, "A1 5, A2 10, B3 12, X5 50" },
        { { .after = 2 }, "B3 12, B4 -, X5 50" },
        { { .limit = 2 }, "A1 5, A2 10" },
        { { .school = 136002 }, "B3 12, B4 -" },
        { { .school = 136002, .open_only = true }, "B3 12" },
        { { .school = 136001, .process = "timetable" }, "A2 10" },
        { { .process = "annual-review" }, "A1 5, B3 12, B4 -" },
        { { .state = "preparing", .process = "assessment" }, "X5 50" },
        { { .state = "closed" }, "" },
        { { .overdue = true, .today = 12 }, "A1 5, A2 10" },
        { { .overdue = true, .today = 13, .school = 136002 }, "B3 12" },
        { { .overdue = true, .today = 13, .after = 1 }, "A2 10, B3 12" },
        { { .overdue = true, .today = 13, .process = "timetable" }, "A2 10" },
        { { .overdue = true, .today = 13, .state = "closed" }, "" },
        { { .overdue = true, .today = 5 }, "" },
    };
    struct store *store = council();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct heard heard = { .len = 0 };
        ok(read_cases(store, &rows[i].filter, &heard, hear_case, &err));
        assert_string_equal(heard.text, rows[i].heard);
    }
    store_close(store);
}

static bool hear_own_due(void *self, const struct due_row *row)
{
    struct heard *heard = self;
    heard->len += (size_t)snprintf(heard->text + heard->len, sizeof heard->text - heard->len,
                                   "%s%s %lld %d %d", heard->rows ? ", " : "", row->name,
                                   (long long)row->desk, row->do_by, row->due);
    return go_on(heard);
}

static void due_of(struct store *store, int64_t id, const char *expected)
{
    struct heard heard = { .len = 0 };
    ok(read_due_of(store, id, &heard, hear_own_due, &err));
    assert_string_equal(heard.text, expected);
}

static void gives_the_due_rows_of_a_case(void **state)
{
    (void)state;
    struct store *store = council();
    int64_t ids[8];
    size_t count;
    ok(read_case_ids(store, 0, 8, ids, &count, &err));
    assert_int_equal(count, 5);
    assert_int_equal(ids[4], 5);
    ok(read_case_ids(store, 3, 1, ids, &count, &err));
    assert_int_equal(count, 1);
    assert_int_equal(ids[0], 4);
    due_of(store, 1, "decide 4 5 6, papers 1 20 30");
    due_of(store, 5, "plan 4 50 50");
    due_of(store, 4, "");
    due_of(store, 3, "decide 3 12 12, papers 2 15 15");
    due_of(store, 2, "review 1 10 10"); /* Backwards too. */
    due_of(store, 100000, "");
    /* What is written since is seen, and so is what was undone. */
    ok(store_begin(store, &err));
    ok(due_drop(store, 4, 5, 1, "decide", &err));
    ok(due_drop(store, 4, 5, 1, "decide", &err));
    ok(due_put(store, 1, 20, 1, "papers", 31, &err));
    due_of(store, 1, "papers 1 20 31");
    store_rollback(store);
    due_of(store, 1, "decide 4 5 6, papers 1 20 30");
    store_close(store);
}

static void sees_what_another_process_wrote(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *a, *b;
    ok(store_open(place.path, STORE_CREATE, &a, &err));
    ok(store_open(place.path, STORE_READ, &b, &err));
    due_of(b, 1, "");
    ok(store_begin(a, &err));
    ok(due_put(a, 1, 2, 1, "x", 3, &err));
    ok(store_commit(a, &err));
    due_of(b, 1, "x 1 2 3");
    store_close(b);
    store_close(a);
    place_drop(&place);
}

static bool hear_version(void *self, const struct version_row *row)
{
    struct heard *heard = self;
    heard->len += (size_t)snprintf(heard->text + heard->len, sizeof heard->text - heard->len,
                                   "%s%s %lld by %s: %lld open, from %d", heard->rows ? ", " : "",
                                   row->name, (long long)row->pack, row->by,
                                   (long long)row->open_cases,
                                   row->from == DAY_NONE ? -1 : row->from);
    assert_true(row->hash[0] || row->hash[1] || row->hash[2]);
    return go_on(heard);
}

static void lists_versions(void **state)
{
    (void)state;
    struct store *store = council();
    struct heard heard = { .len = 0 };
    int64_t id;
    ok(store_begin(store, &err));
    ok(pack_put(store, "torbay", "[2]", "B", 5, &id, NULL, &err));
    ok(pack_put(store, "plymouth", "[3]", "C", 5, &id, NULL, &err));
    ok(in_use_put(store, "pack", "torbay", 100, 1, &err));
    ok(in_use_put(store, "pack", "torbay", 200, 2, &err));
    ok(store_commit(store, &err));
    ok(read_versions(store, NULL, &heard, hear_version, &err));
    assert_string_equal(heard.text, "plymouth 3 by C: 0 open, from -1, "
                                    "torbay 2 by B: 0 open, from 200, "
                                    "torbay 1 by an admin: 4 open, from 100");
    heard = (struct heard){ .stop_after = 1 };
    ok(read_versions(store, "torbay", &heard, hear_version, &err));
    assert_string_equal(heard.text, "torbay 2 by B: 0 open, from 200");
    store_close(store);
}

static bool hear_notice(void *self, const struct sent_row *row)
{
    struct heard *heard = self;
    heard->len += (size_t)snprintf(heard->text + heard->len, sizeof heard->text - heard->len,
                                   "%s%s %s to <%s> as %s: %s %s '%s' %d",
                                   heard->rows ? ", " : "", row->kind, row->about, row->email,
                                   row->role, row->key, row->state, row->reply, row->tries);
    return go_on(heard);
}

static void lists_a_cases_notices_along_its_history(void **state)
{
    (void)state;
    struct store *store = council();
    struct heard heard = { .len = 0 };
    struct arena *arena = arena_new();
    struct case_row row;
    struct notice_row *waiting;
    size_t count;
    int64_t message;
    ok(store_begin(store, &err));
    ok(case_get(store, 3, arena, &row, &err));
    struct notice_row notice = { .event = row.head, .case_id = 3, .desk = 2, .person = 2,
                                 .leave = 1, .kind = "remind", .about = "papers" };
    ok(notice_add(store, &notice, &err));
    notice.event = 1; /* Of another case. */
    ok(notice_add(store, &notice, &err));
    int64_t was = row.head;
    row.head = add_event(store, &row, NULL).id;
    ok(case_update(store, &row, was, &err));
    notice.event = row.head;
    notice.person = 0;
    notice.kind = "escalate";
    ok(notice_add(store, &notice, &err));
    ok(message_add(store, "digest:2:x", 2, 5, &message, &err));
    ok(notices_of(store, 2, 10, arena, &waiting, &count, &err));
    assert_int_equal(count, 2);
    assert_int_equal(waiting[1].event, was);
    ok(notice_settle(store, waiting[1].id, message, &err));
    notice.person = 2;
    notice.kind = "remind";
    ok(notice_add(store, &notice, &err));
    ok(notices_of(store, 2, 10, arena, &waiting, &count, &err));
    ok(notice_settle(store, waiting[count - 1].id, 0, &err)); /* Nothing left to say. */
    ok(message_done(store, message, "sent", 0, "250 ok", &err));
    ok(store_commit(store, &err));
    ok(read_notices(store, 3, &heard, hear_notice, &err));
    assert_string_equal(heard.text,
                        "remind papers to <senco.b@x.uk> as senco: digest:2:x sent '250 ok' 1, "
                        "escalate papers to <> as senco:   '' 0, "
                        "remind papers to <senco.b@x.uk> as senco:  dropped '' 0");
    heard = (struct heard){ .len = 0 };
    ok(read_notices(store, 5, &heard, hear_notice, &err));
    assert_int_equal(heard.rows, 0);
    store_close(store);
    arena_free(arena);
}

static void counts(void **state)
{
    (void)state;
    struct store *store = memory_store();
    struct counts got;
    int64_t id;
    ok(read_counts(store, &got, &err));
    assert_int_equal(got.cases + got.open_cases + got.events + got.due + got.notices_waiting +
                         got.messages_waiting + got.messages_refused, 0);
    store_close(store);
    store = council();
    ok(store_begin(store, &err));
    const struct notice_row notice = { .event = 1, .case_id = 1, .desk = 1, .person = 1,
                                       .leave = 1, .kind = "remind", .about = "x" };
    ok(notice_add(store, &notice, &err));
    ok(message_add(store, "a", 1, 1, &id, &err));
    ok(message_add(store, "b", 1, 1, &id, &err));
    ok(message_done(store, id, "refused", 0, "550", &err));
    ok(store_commit(store, &err));
    ok(read_counts(store, &got, &err));
    assert_int_equal(got.cases, 5);
    assert_int_equal(got.open_cases, 4);
    assert_int_equal(got.events, 5);
    assert_int_equal(got.due, 6);
    assert_int_equal(got.notices_waiting, 1);
    assert_int_equal(got.messages_waiting, 1);
    assert_int_equal(got.messages_refused, 1);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_what_is_due),
        cmocka_unit_test(a_list_ends_when_told),
        cmocka_unit_test(lists_cases),
        cmocka_unit_test(gives_the_due_rows_of_a_case),
        cmocka_unit_test(sees_what_another_process_wrote),
        cmocka_unit_test(lists_versions),
        cmocka_unit_test(lists_a_cases_notices_along_its_history),
        cmocka_unit_test(counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
