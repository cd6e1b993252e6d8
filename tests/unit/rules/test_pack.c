/* SPDX-License-Identifier: MIT */
/* What comes out of a good pack: the model, the calendars, the law's floor, the text of a process.
 */
#include "rules/scenario.h"
#include "tests/unit/rules/help.h"
#include "tests/unit/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#define GOOD "tests/packs/good/town"

/* The good town with one file in place of its own; NULL path: as it is. */
static struct pack *town_with(struct arena *arena, const char *path, const char *text)
{
    struct pack_files *files;
    struct diags *diags = diags_new(arena);
    struct err err;

    assert_int_equal(pack_read(arena, GOOD, &files, &err), ERR_NONE);
    if (path)
        help_put(arena, files, path, text, strlen(text));
    struct pack *pack = pack_load(arena, files, diags);
    if (!pack->model)
        fail_msg("%s", help_findings(diags));
    return pack;
}

static const struct process *visit_of(const struct pack *pack)
{
    const struct process *process = model_process(pack->model, "visit");

    assert_non_null(process);
    return process;
}

static void a_base_and_what_differs_make_one_process(void **state)
{
    const struct process *p = visit_of(town_with(*state, NULL, NULL));
    const struct event_rule *go = process_event(p, "planned", "go");

    assert_string_equal(p->title, "A town visit");
    assert_string_equal(p->law ? p->law : "", "");
    assert_int_equal(p->state_count, 3);
    assert_true(p->states[0].first);
    assert_true(p->states[2].final);
    assert_int_equal(p->states[0].event_count, 3); /* plan, go, and stop of everywhere. */
    assert_int_equal(p->states[2].event_count, 0);
    assert_string_equal(go->dated, "visit");
    assert_int_equal(go->needs.count, 2);
    assert_int_equal(go->target_count, 1);
    assert_string_equal(go->to[0].state, "reporting");
    assert_string_equal(go->not_before->calendar, "law");
    assert_int_equal(process_field(p, "child")->required, true); /* From the part. */
    assert_int_equal(process_consent(p, "consent")->covers.count, 1);
    assert_true(process_excuse(p, "ill")->only_if->is_function);
    assert_string_equal(process_excuse(p, "ill")->only_if->source, "grounds.open");
}

static void conditions_are_numbered_in_order(void **state)
{
    const struct model *m = town_with(*state, NULL, NULL)->model;

    assert_int_equal(m->condition_count, 2);
    for (size_t i = 0; i < m->condition_count; i++) {
        assert_int_equal(m->conditions[i]->id, i);
        assert_ptr_equal(m->conditions[i]->process, &m->processes[0]);
    }
}

static void an_item_has_its_clock(void **state)
{
    const struct process *p = visit_of(town_with(*state, NULL, NULL));
    const struct item_rule *plan = checklist_item(process_checklist(p, "papers"), "plan_paper");
    const struct deadline *clock = process_deadline(p, "papers.plan_paper");

    assert_ptr_equal(plan->clock, clock);
    assert_ptr_equal(clock, &p->deadlines[p->deadline_count - 1]);
    assert_string_equal(clock->owner, "head");
    assert_string_equal(clock->list, "papers");
    assert_string_equal(clock->item, "plan_paper");
    assert_int_equal(clock->met_count, 1);
    assert_int_equal(clock->met_by[0].kind, MET_ITEM);
    assert_true(clock->statutory && plan->statutory);
    assert_null(checklist_item(process_checklist(p, "papers"), "letter")->clock);
}

/* --- the floor ------------------------------------------------------------------------------- */

struct floor_row {
    int line;
    const char *name, *changes;
    const char *due, *calendar; /* What counts here, by which calendar ("-": the pack's own). */
    const char *floor, *floor_calendar;
};
#define ROW(...) { __LINE__, __VA_ARGS__ }

static const struct floor_row floor_rows[] = {
    ROW("as the law says, by the law's calendar", "title: T\n", "report_within after go", "law",
        "-", "-"),
    ROW("a setting changed is another date", "settings: {report_within: 10 working days}\n",
        "report_within after go", "-", "report_within after go", "law"),
    ROW("another moment is another date", "deadlines: {report: {due: 1 week after go}}\n",
        "1 week after go", "-", "report_within after go", "law"),
    ROW("the same in other words is the same", "deadlines: {report: {due: 2 weeks after (go)}}\n",
        "2 weeks after (go)", "law", "-", "-"),
    ROW("who does it is no business of the law",
        "deadlines: {report: {owner: officer, title: X}}\n", "report_within after go", "law", "-",
        "-"),
    ROW("fewer grounds are no loosening", "deadlines: {report: {excused_by: []}}\n",
        "report_within after go", "law", "-", "-"),
};

static void the_law_is_a_floor(void **state)
{
    for (size_t i = 0; i < sizeof floor_rows / sizeof *floor_rows; i++) {
        const struct floor_row *r = &floor_rows[i];
        const struct pack *pack = town_with(*state, "town/processes/visit.yaml",
                                            arena_printf(*state, "changes: visit\n%s", r->changes));
        const struct deadline *d = process_deadline(visit_of(pack), "report");
        const char *got = arena_printf(
            *state, "%s by %s, law %s by %s", d->due->text, d->calendar ? d->calendar : "-",
            d->floor ? d->floor->text : "-", d->floor_calendar ? d->floor_calendar : "-");
        const char *want = arena_printf(*state, "%s by %s, law %s by %s", r->due, r->calendar,
                                        r->floor, r->floor_calendar);
        if (strcmp(got, want) != 0)
            fail_msg("line %d: %s\n got %s\nwant %s", r->line, r->name, got, want);
        if (d->floor)
            assert_string_equal(d->floor_law, "s 5");
    }
}

/* A school extends the town, which extends the law: the floor is still the law's. */
static void the_floor_reaches_through(void **state)
{
    struct arena *arena = *state;
    struct pack_files *files;
    struct diags *diags = diags_new(arena);
    struct err err;

    assert_int_equal(pack_read(arena, GOOD, &files, &err), ERR_NONE);
    *LIST_ADD(arena, &files->layers) = "law";
    files->layers.at[1] = "town";
    files->layers.at[0] = "school";
    const char *yaml = "pack: school\ntitle: S\nextends: town\n";
    help_put(arena, files, "school/pack.yaml", yaml, strlen(yaml));
    const char *changes = "changes: visit\ndeadlines: {report: {due: 3 working days after go}}\n";
    help_put(arena, files, "school/processes/visit.yaml", changes, strlen(changes));
    const struct pack *pack = pack_load(arena, files, diags);
    if (!pack->model)
        fail_msg("%s", help_findings(diags));
    const struct deadline *d = process_deadline(visit_of(pack), "report");
    assert_string_equal(d->due->text, "3 working days after go");
    assert_int_equal(d->floor->length.n, 2);
    assert_int_equal(d->floor->length.unit, UNIT_WEEK);
    assert_string_equal(d->floor_calendar, "law");
    assert_string_equal(pack->main_calendar, "town"); /* It has none of its own. */
}

/* --- calendars ------------------------------------------------------------------------------- */

static void calendars_are_merged_from_their_layers(void **state)
{
    const struct pack *pack = town_with(*state, NULL, NULL);
    const struct calendars *all = pack->calendars;
    const struct calendar *town = calendar_find(all, NULL), *law = calendar_find(all, "law");
    const struct calendar *court = calendar_find(all, "court");

    assert_int_equal(all->count, 3);
    assert_string_equal(town->name, "town");
    assert_ptr_equal(town, all->at[0]);
    assert_int_equal(town->holiday_count, 4);
    assert_int_equal(town->holidays[0].date, day_of(2026, 12, 25));
    assert_int_equal(town->known_from, day_of(2026, 1, 1));
    assert_int_equal(town->known_until, day_of(2028, 12, 31));
    assert_string_equal(town->zone, "Europe/London");
    assert_true(town->working[FRIDAY] && !town->working[SATURDAY]);
    assert_int_equal(town->term_count, 2);
    assert_string_equal(town->terms[0].season, "spring");
    assert_int_equal(town->terms[0].half_from, day_of(2026, 2, 16));
    assert_int_equal(town->terms[1].half_from, DAY_NONE);
    assert_int_equal(law->term_count, 0);
    assert_int_equal(court->not_counted_count, 1);
    assert_int_equal(court->not_counted[0].to_month, 8);
    assert_int_equal(court->holiday_count, 4);
}

static void tables_keep_their_times(void **state)
{
    const struct table *panel =
        &calendar_find(town_with(*state, NULL, NULL)->calendars, NULL)->tables[0];

    assert_string_equal(panel->name, "panel");
    assert_int_equal(panel->column_count, 2);
    assert_int_equal(panel->row_count, 2);
    assert_int_equal(panel->rows[0].dates[0], day_of(2026, 1, 8));
    assert_int_equal(panel->rows[0].minutes[0], 12 * 60);
    assert_int_equal(panel->rows[0].minutes[1], -1);
}

static void a_holiday_can_be_taken_away(void **state)
{
    const struct pack *pack =
        town_with(*state, "town/calendar.yaml",
                  "calendar: town\nextends: law\nbank_holidays: {2026-12-28: removed, "
                  "2026-12-24: Town day}\nworking_week: [Monday, Sat]\n");
    const struct calendar *town = calendar_find(pack->calendars, NULL);

    assert_int_equal(town->holiday_count, 4);
    assert_string_equal(town->holidays[0].title, "Town day");
    assert_int_equal(town->holidays[2].date, day_of(2027, 1, 1));
    assert_true(town->working[MONDAY] && town->working[SATURDAY] && !town->working[TUESDAY]);
    assert_int_equal(calendar_find(pack->calendars, "law")->holiday_count, 4);
}

/* --- text and storage ------------------------------------------------------------------------ */

static void show_says_where_each_line_is_from(void **state)
{
    const struct pack *pack = town_with(*state, NULL, NULL);
    struct buf out = buf_in(*state);
    char *text;

    pack_show(pack, "visit", true, &out);
    text = arena_text(*state, buf_text(&out));
    assert_non_null(strstr(text, "title: A town visit "));
    assert_non_null(strstr(text, "# town/processes/visit.yaml:3\n"));
    assert_non_null(strstr(text, "    is: 1 week "));
    assert_non_null(strstr(text, "# town/processes/visit.yaml:4\n"));
    assert_non_null(strstr(text, "# law/parts/child.yaml:4\n"));
}

/* What is shown, read again, is the same process. */
static void show_can_be_read_again(void **state)
{
    struct arena *arena = *state;
    struct buf first = buf_in(arena), second = buf_in(arena);

    pack_show(town_with(arena, NULL, NULL), "visit", false, &first);
    const char *texts[] = {
        "law/pack.yaml", "pack: law\ntitle: L\nroles: {head: {title: H, of: school}, "
                         "officer: {title: O, of: authority}, family: {title: F, of: case}}\n",
        "law/calendar.yaml", "calendar: law\nknown_until: 2028-12-31\n",
        "law/messages/told.md", "# About\n\nIt.\n",
        "law/parts/child.yaml", "part: child\n",
        "law/processes/visit.yaml", buf_text(&first),
        NULL,
    };
    struct diags *diags = diags_new(arena);
    const struct pack *pack = pack_load(arena, help_files(arena, "law", texts), diags);
    if (!pack->model)
        fail_msg("%s\n%s", help_findings(diags), buf_text(&first));
    pack_show(pack, "visit", false, &second);
    assert_string_equal(buf_text(&first), buf_text(&second));
}

static void a_pack_goes_to_the_database_and_back(void **state)
{
    struct arena *arena = *state;
    struct pack_files *files, *again;
    struct buf rules = buf_in(arena), calendars = buf_in(arena), twice = buf_in(arena);
    struct err err;

    assert_int_equal(pack_read(arena, GOOD, &files, &err), ERR_NONE);
    pack_pack(files, false, &rules);
    pack_pack(files, true, &calendars);
    assert_null(strstr(buf_text(&rules), "calendar.yaml"));
    assert_non_null(strstr(buf_text(&calendars), "law/calendars/court.yaml"));
    assert_int_equal(pack_unpack(arena, buf_text(&rules), rules.len, buf_text(&calendars),
                                 calendars.len, &again, &err),
                     ERR_NONE);
    assert_int_equal(again->files.count, files->files.count);
    assert_int_equal(again->layers.count, 2);
    for (size_t i = 0; i < files->files.count; i++) {
        assert_string_equal(again->files.at[i].path, files->files.at[i].path);
        assert_string_equal(again->files.at[i].text, files->files.at[i].text);
    }
    pack_pack(again, false, &twice);
    assert_string_equal(buf_text(&rules), buf_text(&twice));
    assert_int_equal(pack_unpack(arena, "{}", 2, "{}", 2, &again, &err), ERR_INPUT);
    assert_int_equal(pack_unpack(arena, "nonsense", 8, "{}", 2, &again, &err), ERR_INPUT);
}

/* --- folders --------------------------------------------------------------------------------- */

static void folders_that_are_no_packs(void **state)
{
    struct pack_files *files;
    struct err err;
    char dir[] = "/tmp/reeve-pack-XXXXXX";

    assert_int_equal(pack_read(*state, "tests/packs/nowhere", &files, &err), ERR_UNKNOWN);
    assert_int_equal(pack_read(*state, "tests/packs", &files, &err), ERR_UNKNOWN);
    assert_non_null(mkdtemp(dir));
    const char *link = arena_printf(*state, "%s/pack.yaml", dir);
    assert_int_equal(symlink("/etc/passwd", link), 0);
    assert_int_equal(pack_read(*state, dir, &files, &err), ERR_INPUT);
    assert_non_null(strstr(err.text, "symbolic link"));
    assert_int_equal(unlink(link), 0);
    FILE *f = fopen(link, "w");
    assert_non_null(f);
    for (int i = 0; i <= PACK_FILE_BYTES_MAX; i++)
        fputc('#', f);
    fclose(f);
    assert_int_equal(pack_read(*state, dir, &files, &err), ERR_LIMIT);
    assert_int_equal(unlink(link), 0);
    assert_int_equal(rmdir(dir), 0);
}

static void a_scenario_is_read_whole(void **state)
{
    const struct pack *pack = town_with(*state, NULL, NULL);
    struct diags *diags = diags_new(*state);
    const struct scenario *s = scenario_read(*state, pack->scenarios.at[0], pack->model, diags);

    assert_non_null(s);
    assert_string_equal(s->process, "visit");
    assert_int_equal(s->opened, day_of(2026, 1, 5));
    assert_int_equal(s->steps.count, 3);
    assert_string_equal(s->steps.at[0].event, "plan");
    assert_string_equal(s->steps.at[0].with.at[0].value->text, "2026-01-26");
    assert_int_equal(s->steps.at[1].done.count, 2);
    assert_string_equal(s->steps.at[1].consent.at[0].value->text, "given");
    assert_null(s->steps.at[1].expect);
    assert_string_equal(s->steps.at[2].expect->state, "reporting");
    assert_string_equal(s->steps.at[2].expect->due.at[0].name, "report");
    assert_false(s->steps.at[2].expect->has_overdue);
}

/* The packs that are handed out load without an error, and so do their stories. */
static void the_examples_load(void **state)
{
    static const char *const packs[] = { "examples/england", "examples/torbay",
                                         "examples/plymouth" };

    (void)state;
    for (size_t i = 0; i < sizeof packs / sizeof *packs; i++) {
        struct arena *arena = arena_new();
        struct diags *diags = diags_new(arena);
        struct pack_files *files;
        struct err err;
        assert_int_equal(pack_read(arena, packs[i], &files, &err), ERR_NONE);
        const struct pack *pack = pack_load(arena, files, diags);
        for (size_t j = 0; pack->model && j < pack->scenarios.count; j++)
            scenario_read(arena, pack->scenarios.at[j], pack->model, diags);
        if (diags->errors)
            fail_msg("%s:\n%s", packs[i], help_findings(diags));
        arena_free(arena);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_base_and_what_differs_make_one_process),
        TEST(conditions_are_numbered_in_order),
        TEST(an_item_has_its_clock),
        TEST(the_law_is_a_floor),
        TEST(the_floor_reaches_through),
        TEST(calendars_are_merged_from_their_layers),
        TEST(tables_keep_their_times),
        TEST(a_holiday_can_be_taken_away),
        TEST(show_says_where_each_line_is_from),
        TEST(show_can_be_read_again),
        TEST(a_pack_goes_to_the_database_and_back),
        TEST(folders_that_are_no_packs),
        TEST(a_scenario_is_read_whole),
        TEST(the_examples_load),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
