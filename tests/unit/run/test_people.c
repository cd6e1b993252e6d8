/* SPDX-License-Identifier: MIT */
/* people.csv and schools.csv: whole or not at all, every bad row named; and who somebody is. */
#include "kit.h"

static const struct file files[] = {
    { "processes/visit.yaml", "process: visit\ntitle: A visit\nopens: {by: officer}\n"
                              "states:\n  here: {title: Here, first: true, events: {go: {title: "
                              "Go, by: [senco, officer], to: gone}}}\n"
                              "  gone: {title: Gone, final: true}\n" },
};

static void hear(void *self, int line, const char *text)
{
    struct buf *heard = self;
    buf_printf(heard, "%s%d: %s", heard->len ? "; " : "", line, text);
}

typedef enum err_code import_fn(struct world *, const char *, size_t, struct arena *, void *,
                                void (*)(void *, int, const char *), struct import_figures *,
                                struct err *);

/* Who sits where: "senco 900001 s.senco@...". */
static void add_desk(void *self, const struct desk_row *desk)
{
    buf_printf(self, " %s%s", desk->role, desk->school ? ":school" : "");
}

static const char *seats(struct kit *k)
{
    struct buf text = buf_in(k->arena);
    for (int64_t id = 1; id < 20; id++) {
        struct person_row person;
        if (person_get(k->store, id, k->arena, &person, NULL))
            break;
        buf_printf(&text, "%s%s =", text.len ? "; " : "", person.name);
        ok(person_desks(k->store, id, k->arena, &text, add_desk, &err));
    }
    return buf_text(&text);
}

static enum err_code import(struct kit *k, import_fn *run, const char *csv, const char **heard,
                            struct import_figures *figures, struct err *why)
{
    struct buf text = buf_in(k->arena);
    ok(store_begin(k->store, &err));
    world_begin(k->world);
    enum err_code rc = run(k->world, csv, strlen(csv), k->arena, &text, hear, figures, why);
    ok(store_commit(k->store, &err)); /* Even then nothing is half imported. */
    *heard = buf_text(&text);
    return rc;
}

static void bad_people(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 1, false);
    const char *before = seats(k);
    static const struct {
        const char *csv, *heard, *text;
    } table[] = {
        { "", "", "the file is empty" },
        { "name,email,role\nx,x@y.org,head\n", "", "the first line lacks the column 'school'" },
        { "name,email,role,school\n,a@b.org,officer,\n", "2: the name is missing",
          "1 bad row: nothing was imported" },
        { "name,email,role,school\nA B,not an address,officer,\n",
          "2: 'not an address' is not an e-mail address", "1 bad row" },
        { "name,email,role,school\nA B,a@b.org,oficer,\n",
          "2: there is no role 'oficer': did you mean 'officer'?", "1 bad row" },
        { "name,email,role,school\nA B,a@b.org,xyzzyplugh,\n",
          "2: there is no role 'xyzzyplugh' in a published pack", "1 bad row" },
        { "name,email,role,school\nA B,a@b.org,senco,\n",
          "2: SENCO is a role of a school: give its URN", "1 bad row" },
        { "name,email,role,school\nA B,a@b.org,senco,900009\n",
          "2: there is no school with URN '900009': import schools first", "1 bad row" },
        { "name,email,role,school\nA B,a@b.org,senco,12\n",
          "2: there is no school with URN '12': import schools first", "1 bad row" },
        { "name,email,role,school\nA B,a@b.org,officer,900001\n",
          "2: Officer is not a role of a school: leave the school empty", "1 bad row" },
        { "name,email,role,school\nNew One,new@town.example.org,officer,\n\n,b@c.org,officer,\nC "
          "D,,officer,\n",
          "4: the name is missing; 5: '' is not an e-mail address",
          "2 bad rows: nothing was imported" },
        { "name,email,role,school,role\nA B,a@b.org,officer,,head\n", "",
          "has the column 'role' twice" },
        { "name,email,role,school\nB, A,a@b.org,senco,900001\n",
          "2: 5 cells, where the first line has 4: a cell with a comma wants quotes", "1 bad row" },
        { "name,email,role,school\n\"A\r\nBcc: c@d.org\",a@b.org,officer,\n",
          "2: a control character, such as a line break, within a cell", "1 bad row" },
        { "name,email,role,school\nA B,a\x01@b.org,officer,\n",
          "2: a control character, such as a line break, within a cell", "1 bad row" },
        { "name,email,role,school\nA\xc2\x9b B,a@b.org,officer,\n",
          "2: a control character, such as a line break, within a cell", "1 bad row" },
        { "name,email,role,school\nA B,a@@b.org,officer,\n",
          "2: 'a@@b.org' is not an e-mail address", "1 bad row" },
        { "name,email,role,school\nA B,a@b.org.,officer,\n",
          "2: 'a@b.org.' is not an e-mail address", "1 bad row" },
        { "name,email,role,school\nA B,a@.org,officer,\n", "2: 'a@.org' is not an e-mail address",
          "1 bad row" },
        { "name,email,role,school\nNew One,new@town.example.org,officer,\n\"x", "",
          "line 3: a quote is never closed" },
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct import_figures figures;
        struct err why = { 0 };
        const char *heard;
        assert_int_equal(import(k, people_import, table[i].csv, &heard, &figures, &why), ERR_INPUT);
        assert_string_equal(heard, table[i].heard);
        assert_non_null(strstr(why.text, table[i].text));
        assert_string_equal(seats(k), before);
    }
    kit_end(k);
}

static void good_people(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 1, false);
    struct import_figures figures;
    struct err why = { 0 };
    const char *heard;
    assert_string_equal(
        seats(k), "Sam Senco = senco:school; Hilda Head = head:school; Harry Head = head:school; "
                  "Olu Officer = officer; Fay Family =");
    /* Other column order, a byte order mark, somebody with two roles, a new SENCO, one who left. */
    assert_int_equal(import(k, people_import,
                            "\xef\xbb\xbfrole,school,email,name\r\n"
                            "senco,900001,n.new@larkmoor.example.org,Nia New\r\n"
                            "head,900001,h.head@larkmoor.example.org,Hilda Hedd\r\n"
                            "senco,900002,h.head@larkmoor.example.org,Hilda Hedd\r\n"
                            "officer,,O.Officer@town.example.org,Olu Officer\r\n",
                            &heard, &figures, &why), ERR_NONE);
    assert_int_equal(figures.rows, 4);
    assert_int_equal(figures.added, 1);
    assert_int_equal(figures.changed, 3);
    assert_string_equal(
        seats(k),
        "Sam Senco =; Hilda Hedd = head:school senco:school; Harry Head =; Olu Officer = officer; "
        "Fay Family =; Nia New = senco:school");
    kit_end(k);
}

static void schools(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 1, false);
    struct import_figures figures;
    struct err why = { 0 };
    struct school_row school;
    const char *heard;
    assert_int_equal(
        import(k, schools_import,
               "urn,name,phase\n900001,Larkmoor Academy,primary\n123,Short,primary\n900010,,x\n",
               &heard, &figures, &why),
        ERR_INPUT);
    assert_string_equal(heard,
                        "3: '123' is not a URN: six digits; 4: the school's name is missing");
    ok(school_get(k->store, 900001, k->arena, &school, &err));
    assert_string_equal(school.name, "Larkmoor");
    assert_int_equal(import(k, schools_import,
                            "urn,name,phase\n900001,Larkmoor Academy,primary\n900010,New,nursery\n",
                            &heard, &figures, &why),
                     ERR_NONE);
    assert_int_equal(figures.added, 1);
    ok(school_get(k->store, 900001, k->arena, &school, &err));
    assert_string_equal(school.name, "Larkmoor Academy");
    kit_end(k);
}

static void who_is_who(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 1, false);
    int64_t id = open_case(k, "visit", "", 900001);
    struct casefile file = case_now(k, id);
    const struct ruleset *set;
    ok(world_ruleset(k->world, file.ruleset, &set, &err));
    const struct model *model = set->rules->pack->model;
    const char *const may_do[] = { "senco", "officer" };
    const struct names by = { may_do, 2 };
    static const struct {
        const char *who, *role, *text;
        bool person;
    } table[] = {
        { "", "senco", "operator", false },
        { NULL, "senco", "operator", false },
        { "officer", "officer", "officer", false },
        { "head", "head", "head", false },
        { "s.senco@larkmoor.example.org", "senco", "s.senco@larkmoor.example.org", true },
        { "S.Senco@LARKMOOR.example.org", "senco", "s.senco@larkmoor.example.org", true },
        { "h.head@larkmoor.example.org", "head", "h.head@larkmoor.example.org",
          true }, /* What they are, though it may not. */
        { "f.family@home.example.org", "nobody", "f.family@home.example.org", true },
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct event event = { 0 };
        ok(people_who(k->world, model, table[i].who, &by, &file, k->arena, &event, &err));
        assert_string_equal(event.role, table[i].role);
        assert_string_equal(event.who_text, table[i].text);
        assert_int_equal(event.who != 0, table[i].person);
    }
    struct event event = { 0 };
    struct err why = { 0 };
    assert_int_equal(people_who(k->world, model, "oficer", &by, &file, k->arena, &event, &why),
                     ERR_UNKNOWN);
    assert_non_null(strstr(why.hint, "officer"));
    kit_end(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_people),
        cmocka_unit_test(good_people),
        cmocka_unit_test(schools),
        cmocka_unit_test(who_is_who),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
