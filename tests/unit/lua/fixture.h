/* SPDX-License-Identifier: MIT */
/* fixture - one process, one calendar and one case, built by hand, and a host
 * that is asked about them. The examples of lua/library.c speak of this case. */
#ifndef TESTS_UNIT_LUA_FIXTURE_H
#define TESTS_UNIT_LUA_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "lua/host.h"
#include <stdio.h>
#include <string.h>

#define UNUSED __attribute__((unused))
#define COUNT(array) (sizeof(array) / sizeof *(array))
#define D(y, m, d) day_of(y, m, d)

enum { ASKED_MAX = 32 };

struct fixture {
    struct arena *arena;
    struct diags *diags;
    struct model model;
    struct process process;
    struct casefile file;
    struct calendar calendar;
    struct view view;
    struct condition conditions[ASKED_MAX];
    const struct condition *list[ASKED_MAX];
    struct host_module modules[4];
    size_t module_count;
    struct host *host;
};

static const struct option fixture_decisions[] = {
    { "maintain", "Keep the plan" }, { "amend", "Amend it" }, { "cease", "End it" },
};
static const struct option fixture_needs[] = {
    { "speech", "Speech" }, { "motor", "Movement" }, { "sight", "Sight" },
};
static const struct field fixture_session[] = {
    { .name = "day", .label = "Day", .type = FIELD_TEXT },
    { .name = "from", .label = "From", .type = FIELD_TIME },
    { .name = "until", .label = "Until", .type = FIELD_TIME },
};
static const struct field fixture_cost[] = {
    { .name = "what", .label = "What", .type = FIELD_TEXT },
    { .name = "on", .label = "When", .type = FIELD_DATE },
    { .name = "amount", .label = "Amount", .type = FIELD_NUMBER },
};

#define YES_NO(n) { .name = n, .label = "Label of " n, .type = FIELD_YES_NO }
static const struct field fixture_fields[] = {
    { .name = "birth", .label = "Date of birth", .type = FIELD_DATE },
    { .name = "meeting", .label = "Date of the meeting", .type = FIELD_DATE },
    { .name = "ends", .label = "Last day", .type = FIELD_DATE },
    { .name = "decision",
      .label = "Decision",
      .type = FIELD_CHOICE,
      .options = fixture_decisions,
      .option_count = COUNT(fixture_decisions) },
    { .name = "chosen",
      .label = "Chosen",
      .type = FIELD_CHOICE,
      .options = fixture_decisions,
      .option_count = COUNT(fixture_decisions) },
    { .name = "hours", .label = "Hours a week", .type = FIELD_HOURS },
    { .name = "pupils", .label = "Pupils", .type = FIELD_INTEGER },
    { .name = "cost", .label = "Cost", .type = FIELD_MONEY },
    { .name = "size", .label = "Size", .type = FIELD_NUMBER },
    { .name = "starts", .label = "Starts at", .type = FIELD_TIME },
    { .name = "note", .label = "Note", .type = FIELD_TEXT },
    { .name = "reason", .label = "Reason", .type = FIELD_TEXT },
    { .name = "urgent", .label = "Urgent", .type = FIELD_YES_NO },
    YES_NO("looked_after"),
    YES_NO("has_plan"),
    YES_NO("q1"),
    YES_NO("q2"),
    YES_NO("q3"),
    YES_NO("q4"),
    YES_NO("q5"),
    YES_NO("q6"),
    YES_NO("q7"),
    { .name = "needs",
      .label = "Needs",
      .type = FIELD_CHOICES,
      .options = fixture_needs,
      .option_count = COUNT(fixture_needs) },
    { .name = "others",
      .label = "Other needs",
      .type = FIELD_CHOICES,
      .options = fixture_needs,
      .option_count = COUNT(fixture_needs) },
    { .name = "sessions",
      .label = "Times in school",
      .type = FIELD_ROWS,
      .columns = fixture_session,
      .column_count = COUNT(fixture_session) },
    { .name = "costs",
      .label = "Costs",
      .type = FIELD_ROWS,
      .columns = fixture_cost,
      .column_count = COUNT(fixture_cost) },
};

static const struct event_rule fixture_events[] = {
    { .name = "review", .title = "Review held" },
    { .name = "hold", .title = "The meeting was held" },
    { .name = "moved_away", .title = "Moved away" },
};
static const struct state fixture_states[] = {
    { .name = "preparing", .title = "Preparing", .first = true },
    { .name = "closed", .title = "Closed", .final = true },
};
static const struct deadline fixture_deadlines[] = {
    { .name = "complete", .title = "Complete it" },
    { .name = "circulate", .title = "Circulate" },
};
static const struct item_rule fixture_items[] = {
    { .name = "school", .title = "School", .required = true },
    { .name = "ep", .title = "Educational psychologist" },
};
static const struct checklist fixture_lists[] = {
    { .name = "advice",
      .title = "Advice",
      .items = fixture_items,
      .item_count = COUNT(fixture_items) },
};
static const struct consent_rule fixture_consents[] = {
    { .name = "parent_agreement", .title = "A parent agrees" },
    { .name = "virtual_school", .title = "The virtual school agrees" },
};

static const struct named_day fixture_holidays[] = {
    { 20812, "Christmas Day" }, { 20815, "Boxing Day" }, /* 25 and 28 December 2026 */
};

UNUSED static struct json *fixture_json(struct fixture *f, const char *text)
{
    struct json *json;
    struct err err;
    if (json_parse(f->arena, text, strlen(text), &json, &err))
        fail_msg("%s: %s", text, err.text);
    return json;
}

static void fixture_settings(struct fixture *f)
{
    static const char *const texts[][2] = {
        { "ratio", "2.5" },
        { "word", "\"012345\"" },
        { "written", "\"7\"" },
        { "full_hours", "{\"KS1\":21,\"KS2\":23.5,\"7\":\"24\"}" },
    };
    struct setting *settings = ARENA_ARRAY(f->arena, struct setting, 8);
    size_t n = 0;
    settings[n++] = (struct setting){
        .name = "limit", .first = { .is_length = true, .length = { 6, UNIT_WEEK } } };
    settings[n++] = (struct setting){
        .name = "closure", .first = { .is_length = true, .length = { 4, UNIT_WEEK } } };
    settings[n++] = (struct setting){ .name = "report_within",
                                      .first = { .is_length = true,
                                                 .length = { 10, UNIT_WORKING_DAY } } };
    for (size_t i = 0; i < COUNT(texts); i++)
        settings[n++] = (struct setting){ .name = texts[i][0],
                                          .first = { .is = fixture_json(f, texts[i][1]) } };
    f->process.settings = settings;
    f->process.setting_count = n;
}

static void fixture_calendar(struct fixture *f)
{
    struct term *terms = ARENA_ARRAY(f->arena, struct term, 3);
    terms[0] = (struct term){ "spring", "spring 2026", D(2026, 1, 5), D(2026, 4, 2), D(2026, 2, 16),
                              D(2026, 2, 20) };
    terms[1] = (struct term){ "summer", "summer 2026", D(2026, 4, 20), D(2026, 7, 23),
                              D(2026, 5, 25), D(2026, 5, 29) };
    terms[2] = (struct term){ "autumn", "autumn 2026", D(2026, 9, 3), D(2026, 12, 18),
                              D(2026, 10, 26), D(2026, 10, 30) };
    f->calendar = (struct calendar){
        .name = "made up", .zone = "Europe/London",
        .working = { true, true, true, true, true, false, false },
        .known_from = D(2026, 1, 1), .known_until = D(2027, 12, 31),
        .holidays = fixture_holidays, .holiday_count = COUNT(fixture_holidays),
        .terms = terms, .term_count = 3,
    };
}

static void fixture_field(struct fixture *f, const char *name, struct value value)
{
    struct field_entry *entry = LIST_ADD(f->arena, &f->file.in.fields);
    entry->name = name;
    entry->value = value;
}

/* In the order of strcmp, as the sections must be. */
static void fixture_case(struct fixture *f)
{
    struct fixture *x = f;
    fixture_field(x, "birth", (struct value){ .kind = VALUE_DATE, .number = D(2015, 5, 5) });
    fixture_field(x, "chosen", (struct value){ .kind = VALUE_TEXT, .text = "amend" });
    fixture_field(x, "cost", (struct value){ .kind = VALUE_INT, .number = 1250 });
    fixture_field(
        x, "costs",
        (struct value){ .kind = VALUE_ROWS,
                        .tree = fixture_json(f, "[{\"amount\":1.5,\"on\":\"2026-03-04\",\"what\":"
                                                "\"taxi\"},{\"amount\":2,\"what\":\"lunch\"}]") });
    fixture_field(x, "hours", (struct value){ .kind = VALUE_DECIMAL, .number = 235000 });
    fixture_field(x, "meeting", (struct value){ .kind = VALUE_DATE, .number = D(2026, 11, 10) });
    fixture_field(x, "needs", (struct value){ .kind = VALUE_CHOICES,
        .tree = fixture_json(f, "[\"speech\",\"motor\"]") });
    fixture_field(x, "note", (struct value){ .kind = VALUE_TEXT, .text = "Grüße" });
    fixture_field(x, "pupils", (struct value){ .kind = VALUE_INT, .number = 12 });
    fixture_field(x, "sessions", (struct value){ .kind = VALUE_ROWS, .tree = fixture_json(f,
        "[{\"day\":\"Mon\",\"from\":\"09:00\",\"until\":\"12:00\"},"
        "{\"day\":\"Tue\",\"from\":\"09:00\",\"until\":\"12:30\"},"
        "{\"day\":\"Wed\",\"from\":\"09:00\",\"until\":\"12:00\"}]") });
    fixture_field(x, "size", (struct value){ .kind = VALUE_DECIMAL, .number = 70000 });
    fixture_field(x, "starts", (struct value){ .kind = VALUE_TIME, .number = 8 * 60 + 30 });
    fixture_field(x, "urgent", (struct value){ .kind = VALUE_BOOL, .number = 1 });
    *LIST_ADD(f->arena, &f->file.in.events) =
        (struct happened){ "review", D(2025, 9, 3), D(2026, 11, 10), 2 };
    *LIST_ADD(f->arena, &f->file.in.entered) =
        (struct happened){ "preparing", D(2025, 9, 1), D(2025, 9, 1), 1 };
    *LIST_ADD(f->arena, &f->file.in.items) = (struct item){
        .name = "advice.more1", .asked = D(2026, 6, 2), .done = DAY_NONE, .title = "Aunt"
    };
    *LIST_ADD(f->arena, &f->file.in.items) =
        (struct item){ .name = "advice.school", .asked = D(2026, 7, 20), .done = DAY_NONE };
    *LIST_ADD(f->arena, &f->file.in.consents) = (struct consent){ .name = "parent_agreement",
                                                                  .status = CONSENT_GIVEN,
                                                                  .in_force = true,
                                                                  .asked = D(2026, 9, 1),
                                                                  .answered = D(2026, 9, 4),
                                                                  .lapses = DAY_NONE,
                                                                  .until = D(2026, 12, 1) };
    *LIST_ADD(f->arena, &f->file.in.clocks) =
        (struct clock){ .name = "complete", .due = D(2026, 9, 2), .law = DAY_NONE };
    f->file.process = "annual-review";
    f->file.state = "preparing";
    f->file.opened = D(2025, 9, 1);
}

/* With conditions ("{lua: m.f}" is written "lua:m.f") and one module, "m", or NULL. */
UNUSED static struct fixture *fixture_made(const char *const *asked, size_t count,
                                           const char *module)
{
    struct arena *arena = arena_new();
    struct fixture *f = ARENA_NEW(arena, struct fixture);
    f->arena = arena;
    f->diags = diags_new(arena);
    f->process = (struct process){
        .name = "annual-review", .title = "Annual review",
        .fields = fixture_fields, .field_count = COUNT(fixture_fields),
        .events = fixture_events, .event_count = COUNT(fixture_events),
        .states = fixture_states, .state_count = COUNT(fixture_states),
        .deadlines = fixture_deadlines, .deadline_count = COUNT(fixture_deadlines),
        .checklists = fixture_lists, .checklist_count = COUNT(fixture_lists),
        .consents = fixture_consents, .consent_count = COUNT(fixture_consents),
    };
    fixture_settings(f);
    fixture_calendar(f);
    fixture_case(f);
    for (size_t i = 0; i < count; i++) {
        bool function = strncmp(asked[i], "lua:", 4) == 0;
        struct source *source = ARENA_NEW(arena, struct source);
        *source = (struct source){ "t/processes/p.yaml", asked[i], strlen(asked[i]) };
        f->conditions[i] = (struct condition){
            .id = (int)i, .is_function = function, .source = asked[i] + (function ? 4 : 0),
            .process = &f->process, .span = { source, 1, function ? 5 : 1, 6 },
        };
        f->list[i] = &f->conditions[i];
    }
    f->model = (struct model){ .pack = "t", .processes = &f->process, .process_count = 1,
                               .conditions = f->list, .condition_count = count, .arena = arena };
    if (module) {
        struct source *source = ARENA_NEW(arena, struct source);
        *source = (struct source){ "t/lua/m.lua", module, strlen(module) };
        f->modules[f->module_count++] = (struct host_module){ "m", source };
    }
    f->view = (struct view){ .process = &f->process, .file = &f->file, .calendar = &f->calendar,
                             .on = D(2026, 11, 21) };
    f->host = host_new(&f->model, f->modules, f->module_count, f->diags);
    return f;
}

UNUSED static void fixture_free(struct fixture *f)
{
    host_free(f->host);
    arena_free(f->arena);
}

/* All findings as one text: "L002 unknown name 'x' (did you mean ...)\n". */
UNUSED static const char *fixture_findings(struct fixture *f)
{
    struct buf out = buf_in(f->arena);
    for (size_t i = 0; i < f->diags->count; i++) {
        const struct diag *diag = &f->diags->at[i];
        buf_printf(&out, "%d:%d %s %s%s%s\n", diag->span.line, diag->span.col, diag->code,
                   diag->text, diag->hint ? " - " : "", diag->hint ? diag->hint : "");
    }
    return buf_text(&out);
}

UNUSED static struct fixture *fixture_new(const char *const *asked, size_t count,
                                          const char *module)
{
    struct fixture *f = fixture_made(asked, count, module);
    if (!f->host)
        fail_msg("%s", fixture_findings(f));
    return f;
}

/* Asks condition `i`: "yes", "no", "yes: WHY", "no: WHY", "unknown: WHAT", "PLACE: ERROR". */
UNUSED static const char *fixture_ask(struct fixture *f, size_t i)
{
    static const char *const words[] = { "no", "yes", "unknown" };
    struct answer answer = { TRUTH_NO, NULL };
    struct err err = { 0 };
    const struct oracle *oracle = host_oracle(f->host);
    if (oracle->ask(oracle->self, f->list[i], &f->view, f->arena, &answer, &err))
        return arena_printf(f->arena, "%s: %s", err.place, err.text);
    return answer.why ? arena_printf(f->arena, "%s: %s", words[answer.truth], answer.why)
                      : words[answer.truth];
}

#endif
