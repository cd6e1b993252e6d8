/* SPDX-License-Identifier: MIT */
/* Cases as rows: fold equals state at every point, lists follow desks, personal parts come back. */
#include "kit.h"

#include "engine/run/desk.h"

static const struct file files[] = {
    { "processes/visit.yaml",
      "process: visit\ntitle: A visit\nsubject: child\n"
      "opens: {by: officer, asks: [child, 'need?']}\n"
      "fields:\n"
      "  child: {type: text, label: Child}\n"
      "  need: {type: text, label: Need, personal: true}\n"
      "  meets: {type: date, label: Meeting}\n"
      "states:\n"
      "  planned:\n    title: Planned\n    first: true\n    waiting_for: senco\n"
      "    events:\n"
      "      arrange: {title: Arranged, by: [senco, officer], asks: [meets, 'need?']}\n"
      "      hold: {title: Held, by: [senco, officer], needs: [papers], to: reporting}\n"
      "  reporting:\n    title: Reporting\n    waiting_for: senco\n"
      "    events:\n"
      "      report: {title: Reported, by: [senco, officer], to: over}\n"
      "  over: {title: Over, final: true, then: [{notify: {who: caseworker, message: told}}]}\n"
      "checklists:\n  papers:\n    title: Papers\n    each: {by: senco}\n"
      "    items:\n      views: {title: Views, due: 1 week before meets}\n      plan: {title: "
      "Plan, required: no}\n"
      "consents:\n  family_agrees: {title: The family agrees, from: family, answer_within: 2 "
      "weeks}\n"
      "deadlines:\n"
      "  send: {title: Send the report, due: 2 weeks after hold, met_by: report, owner: senco}\n"
      "  watch: {title: Keep an eye on it, due: 1 week after meets, met_by: report, owner: "
      "caseworker}\n" },
    { "messages/told.md", "# The visit ((ref)) is over\n\nThe visit about ((child)) is over.\n" },
};

/* Folding the first n events gives the case as it stood after the n-th; `want` has one body a step.
 */
struct steps {
    const char *body[64];
    int64_t ms[64];
    size_t count;
};

static void note(struct kit *k, int64_t id, struct steps *steps)
{
    struct casefile file = case_now(k, id);
    struct buf body = buf_in(k->arena);
    casefile_encode(&file, &body);
    steps->body[steps->count] = buf_text(&body);
    steps->ms[steps->count++] = now_ms(k);
    k->minute += 24 * 60;
}

static void act_ok(struct kit *k, int64_t id, struct event event)
{
    if (act(k, id, event))
        fail_msg("%s: %s", event.name, k->turned.err.text);
}

static struct event item(const char *name, const char *what)
{
    struct event event = event_of(EVENT_ITEM, name, "senco");
    event.act = what;
    return event;
}

static void fold_equals_state(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 2, false);
    struct steps steps = { .count = 0 };
    int64_t id = open_case(k, "visit", "child=C-1 need=secret", 900001);
    note(k, id, &steps);
    do_event(k, id, "arrange", "meets=2026-11-20");
    note(k, id, &steps);
    act_ok(k, id, item("papers.views", "asked"));
    note(k, id, &steps);
    act_ok(k, id, item("papers.views", "done"));
    note(k, id, &steps);
    act_ok(k, id, item("papers.views", "undone"));
    note(k, id, &steps);
    act_ok(k, id, item("papers.views", "done"));
    struct event named = event_of(EVENT_NAME, "caseworker", "officer");
    named.by = "Kim";
    act_ok(k, id, named);
    note(k, id, &steps);
    do_event(k, id, "hold", "");
    note(k, id, &steps);
    sweep_to(k, at("2026-12-20", 9));
    note(k, id, &steps);
    do_event(k, id, "report", "");
    note(k, id, &steps);

    for (size_t i = 0; i < steps.count; i++) {
        struct casefile folded;
        struct buf body = buf_in(k->arena);
        ok(case_fold(k->store, id, steps.ms[i], k->arena, &folded, &err));
        casefile_encode(&folded, &body);
        assert_string_equal(buf_text(&body), steps.body[i]);
    }
    struct casefile folded;
    fails(ERR_UNKNOWN, "not yet on record",
          case_fold(k->store, id, steps.ms[0] - 60000, k->arena, &folded, &err));
    ok(case_fold(k->store, id, INT64_MAX, k->arena, &folded, &err));
    assert_string_equal(folded.state, "over");
    assert_string_equal(casefile_field(&folded, "need")->value.text, "secret");
    verify_clean(k);
    kit_end(k);
}

static void personal_parts_stay_apart(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 2, false);
    int64_t id = open_case(k, "visit", "child=C-1 need=secret", 900001);
    struct event_row row;
    struct event event;
    struct outcome outcome;
    ok(event_get(k->store, case_now(k, id).head, k->arena, &row, &err));
    assert_null(strstr(row.said, "secret"));
    assert_null(strstr(row.did, "secret"));
    assert_non_null(strstr(row.personal, "secret"));
    ok(case_event(&row, k->arena, &event, &outcome, &err));
    assert_int_equal(event.given_count, 2);
    assert_string_equal(event.given[1].value->text, "secret");
    assert_string_equal(outcome.changed.fields.at[1].value.text, "secret");
    kit_end(k);
}

struct listed {
    struct kit *k;
    struct buf text;
};

static bool list_row(void *self, const struct due_row *row)
{
    struct listed *listed = self;
    struct desk_row desk;
    ok(desk_get(listed->k->store, row->desk, listed->k->arena, &desk, &err));
    buf_printf(&listed->text, "%s%s %s %s%s", listed->text.len ? ", " : "", desk.role, row->name,
               iso(listed->k, row->do_by), desk.person ? " (named)" : "");
    return true;
}

static const char *due_of(struct kit *k, int64_t id)
{
    struct listed listed = { k, buf_in(k->arena) };
    ok(read_due_of(k->store, id, &listed, list_row, &err));
    return buf_text(&listed.text);
}

static void lists_follow_the_desk(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 2, false);
    int64_t id = open_case(k, "visit", "child=C-1", 900001);
    assert_string_equal(due_of(k, id), "");
    do_event(k, id, "arrange", "meets=2026-11-20");
    assert_string_equal(due_of(k, id),
                        "senco papers.views 2026-11-13, caseworker watch 2026-11-27");
    do_event(k, id, "arrange", "meets=2026-11-27");
    assert_string_equal(due_of(k, id),
                        "senco papers.views 2026-11-20, caseworker watch 2026-12-04");
    /* Named: to the person's own desk; taken away: back to the role's. */
    struct person_row olu;
    ok(person_by_email(k->store, "o.officer@town.example.org", k->arena, &olu, &err));
    struct event named = event_of(EVENT_NAME, "caseworker", "officer");
    named.person = olu.id;
    act_ok(k, id, named);
    assert_string_equal(due_of(k, id),
                        "senco papers.views 2026-11-20, caseworker watch 2026-12-04 (named)");
    named.person = 0;
    act_ok(k, id, named);
    assert_string_equal(due_of(k, id),
                        "senco papers.views 2026-11-20, caseworker watch 2026-12-04");
    /* Met, undone, met; then the case is over. */
    act_ok(k, id, item("papers.views", "done"));
    assert_string_equal(due_of(k, id), "caseworker watch 2026-12-04");
    act_ok(k, id, item("papers.views", "undone"));
    assert_string_equal(due_of(k, id),
                        "senco papers.views 2026-11-20, caseworker watch 2026-12-04");
    act_ok(k, id, item("papers.views", "done"));
    do_event(k, id, "hold", "");
    do_event(k, id, "report", "");
    assert_string_equal(due_of(k, id), "");
    verify_clean(k);
    kit_end(k);
}

static void work_falls_to_who_is_there(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 2, false);
    static const struct {
        int64_t school;
        const char *role, *who;
    } rows[] = {
        { 900001, "senco", "s.senco@larkmoor.example.org" },
        { 900002, "senco", "h.head@tidewell.example.org" },   /* No SENCO: the head. */
        { 900003, "senco", "o.officer@town.example.org" },    /* Neither: the officer. */
        { 900001, "caseworker", "o.officer@town.example.org" },
        { 900001, "family", NULL },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t id =
            open_case(k, "visit", arena_printf(k->arena, "child=C-%zu", i), rows[i].school);
        struct casefile file = case_now(k, id);
        struct desk_holders holders;
        const struct ruleset *set;
        struct person_row person;
        ok(world_ruleset(k->world, file.ruleset, &set, &err));
        ok(desk_holders(k->world, set->rules->pack->model, rows[i].role, &file, k->arena, &holders,
                        &err));
        assert_int_equal(holders.count, rows[i].who ? 1 : 0);
        if (!rows[i].who)
            continue;
        ok(person_get(k->store, holders.people[0], k->arena, &person, &err));
        assert_string_equal(person.email, rows[i].who);
    }
    kit_end(k);
}

static void hear_wrong(void *self, const char *ref, const char *text)
{
    buf_printf(self, "%s: %s; ", ref, text);
}

static void verify_finds_what_was_changed(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 2, false);
    int64_t id = open_case(k, "visit", "child=C-1", 900001);
    do_event(k, id, "arrange", "meets=2026-11-20");
    verify_clean(k);
    /* One whose body is damaged, one whose body is another's, one that the list has wrong. */
    struct case_row row;
    struct casefile file;
    struct verify_figures figures;
    struct buf heard = buf_in(k->arena);
    int64_t other = open_case(k, "visit", "child=C-2", 900001),
            third = open_case(k, "visit", "child=C-3", 900001);
    ok(case_load(k->store, id, k->arena, &row, &file, &err));
    ok(store_begin(k->store, &err));
    const char *body = row.body;
    row.body = "{\"in\":{}}";
    row.body_len = strlen(row.body);
    ok(case_update(k->store, &row, row.head, &err));
    ok(case_load(k->store, other, k->arena, &row, &file, &err));
    row.body = body;
    row.body_len = strlen(body);
    ok(case_update(k->store, &row, row.head, &err));
    ok(due_put(k->store, 1, on("2026-11-13"), third, "papers.views", on("2026-11-13"), &err));
    ok(store_commit(k->store, &err));
    ok(verify_all(k->world, &heard, hear_wrong, NULL, &figures, &err));
    assert_int_equal(figures.cases, 3);
    assert_non_null(
        strstr(buf_text(&heard), "V-26-0001: case V-26-0001: a stored case is damaged"));
    assert_non_null(
        strstr(buf_text(&heard), "V-26-0002: the stored case is not what its events add up to"));
    assert_non_null(
        strstr(buf_text(&heard), "V-26-0003: the list of what is due has 'papers.views' wrong"));
    kit_end(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fold_equals_state),
        cmocka_unit_test(personal_parts_stay_apart),
        cmocka_unit_test(lists_follow_the_desk),
        cmocka_unit_test(work_falls_to_who_is_there),
        cmocka_unit_test(verify_finds_what_was_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
