/* SPDX-License-Identifier: MIT */
/* kit_rules - rules built in C, with a stand-in for the pack's Lua.
 *
 * Every kit begins with one process, "visit", with the states "begun" (first)
 * and "over" (final), opened by a SENCO or an officer, and a calendar of 2026
 * and 2027. A test adds what it is about.
 */
#ifndef TESTS_UNIT_CORE_KIT_RULES_H
#define TESTS_UNIT_CORE_KIT_RULES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/decide.h"
#include "engine/core/fold.h"
#include "engine/when/when.h"

#define KIT __attribute__((unused)) static

enum { KIT_MAX = 24, KIT_MINUTE = 12 * 60, KIT_OWED_MAX = 500 };

struct kit {
    struct arena *arena;
    struct model model;
    struct process process, other;
    struct role roles[KIT_MAX];
    struct field fields[KIT_MAX];
    struct state states[KIT_MAX];
    const struct event_rule *state_events[KIT_MAX][KIT_MAX];
    struct event_rule events[KIT_MAX];
    struct deadline deadlines[KIT_MAX];
    struct met_by met[KIT_MAX][4];
    struct checklist checklists[KIT_MAX];
    struct item_rule items[KIT_MAX][KIT_MAX];
    struct consent_rule consents[KIT_MAX];
    struct excuse excuses[KIT_MAX];
    size_t event_count;
    struct calendar calendar;
    const struct calendar *calendars_at[1];
    struct calendars calendars;
    struct oracle oracle;
    /* The case. */
    struct casefile file;
    struct err err;
    struct outcome *last;                 /* Of the act itself. */
    struct buf sent;                      /* "2026-11-03 remind senco report\n" ... */
    int owed;                             /* Decisions of the clock so far. */
};

/* --- values and conditions ------------------------------------------------------------------- */

KIT day on(const char *iso)
{
    day date;
    assert_true(day_parse(iso, &date));
    return date;
}

KIT const char *iso(struct kit *k, day date)
{
    char text[DAY_TEXT_MAX];
    return arena_text(k->arena, day_iso(date, text));
}

KIT struct names words(struct kit *k, const char *text)
{
    struct { const char **at; size_t count, room; } list = { NULL, 0, 0 };
    while (*text) {
        size_t len = strcspn(text, " ");
        *LIST_ADD(k->arena, &list) = arena_text_n(k->arena, text, len);
        text += len + (text[len] == ' ');
    }
    return (struct names){ list.at, list.count };
}

static const struct value *kit_value(const struct view *view, const char *name)
{
    for (size_t i = 0; i < view->given_count; i++) {
        if (strcmp(view->given[i].name, name) == 0)
            return view->given[i].value.kind ? &view->given[i].value : NULL;
    }
    const struct field_entry *entry = casefile_field(view->file, name);
    return entry ? &entry->value : NULL;
}

/* "x" (a yes/no), "x == word", "x > n", "known x", "times x > n", "no: why", "yes", "broken". */
static enum err_code kit_ask(void *self, const struct condition *condition, const struct view *view,
                             struct arena *arena, struct answer *out, struct err *err)
{
    (void)self;
    char name[64] = "", word[64] = "";
    long number = 0;
    const char *source = condition->source;
    *out = (struct answer){ .truth = TRUTH_NO };
    if (strcmp(source, "broken") == 0)
        return err_set(err, ERR_SCRIPT, "the script ran too long");
    if (strncmp(source, "no: ", 4) == 0) {
        out->why = source + 4;
    } else if (strcmp(source, "yes") == 0) {
        out->truth = TRUTH_YES;
    } else if (sscanf(source, "known %63s", name) == 1) {
        bool known = kit_value(view, name) || casefile_event(view->file, name);
        out->truth = known ? TRUTH_YES : TRUTH_NO;
    } else if (sscanf(source, "times %63s > %ld", name, &number) == 2) {
        const struct happened *happened = casefile_event(view->file, name);
        out->truth = happened && happened->count > number ? TRUTH_YES : TRUTH_NO;
    } else {
        bool more = sscanf(source, "%63s > %ld", name, &number) == 2;
        bool equal = !more && sscanf(source, "%63s == %63s", name, word) == 2;
        sscanf(source, "%63s", name);
        const struct value *value = kit_value(view, name);
        if (!value) {
            out->truth = TRUTH_UNKNOWN;
            out->why = arena_text(arena, name);
            return ERR_NONE;
        }
        bool yes = more    ? value->number > number
                   : equal ? strcmp(value->text, word) == 0
                           : value->number;
        out->truth = yes ? TRUTH_YES : TRUTH_NO;
    }
    return ERR_NONE;
}

/* "double x": twice an integer. */
static enum err_code kit_compute(void *self, const struct condition *condition,
                                 const struct view *view, const struct field *field,
                                 struct arena *arena, struct value *out, struct err *err)
{
    (void)self, (void)field, (void)arena;
    char name[64];
    *out = (struct value){ .kind = VALUE_NONE };
    if (strcmp(condition->source, "broken") == 0)
        return err_set(err, ERR_SCRIPT, "the script ran too long");
    assert_int_equal(sscanf(condition->source, "double %63s", name), 1);
    const struct value *value = kit_value(view, name);
    if (value)
        *out = (struct value){ .kind = VALUE_INT, .number = value->number * 2 };
    return ERR_NONE;
}

/* The pattern "A.." wants three characters with an A first. */
static enum err_code kit_matches(void *self, const char *pattern, const char *text, bool *out,
                                 struct err *err)
{
    (void)self, (void)err;
    *out = strlen(pattern) == strlen(text) && pattern[0] == text[0];
    return ERR_NONE;
}

/* "broken", "nil", or the list itself. */
static enum err_code kit_remind(void *self, const struct condition *condition,
                                const struct view *view, struct arena *arena, const char **out,
                                struct err *err)
{
    (void)self, (void)arena;
    assert_non_null(view->deadline);
    if (strcmp(condition->source, "broken") == 0)
        return err_set(err, ERR_SCRIPT, "the script ran too long");
    *out = strcmp(condition->source, "nil") == 0 ? NULL : condition->source;
    return ERR_NONE;
}

KIT const struct condition *when_(struct kit *k, const char *source)
{
    struct condition *condition = ARENA_NEW(k->arena, struct condition);
    *condition = (struct condition){ .source = source, .process = &k->process };
    return condition;
}

/* --- moments --------------------------------------------------------------------------------- */

KIT const struct moment *anchor(struct kit *k, enum anchor_kind kind, const char *name)
{
    struct moment *moment = ARENA_NEW(k->arena, struct moment);
    *moment = (struct moment){ .kind = MOMENT_ANCHOR, .text = name ? name : "own",
                               .anchor = { .kind = kind, .name = name } };
    return moment;
}

KIT const struct moment *counted(struct kit *k, enum moment_kind kind, int n, enum unit unit,
                                 const struct moment *base)
{
    struct moment *moment = ARENA_NEW(k->arena, struct moment);
    *moment = (struct moment){ .kind = kind, .length = { n, unit }, .base = base };
    moment->text = arena_printf(k->arena, "%s %s %s", length_text(k->arena, moment->length),
                                kind == MOMENT_AFTER ? "after" : "before", base->text);
    return moment;
}

KIT const struct moment *day_after(struct kit *k, const struct moment *base)
{
    struct moment *moment = ARENA_NEW(k->arena, struct moment);
    *moment = (struct moment){ .kind = MOMENT_DAY_AFTER, .base = base };
    moment->text = arena_printf(k->arena, "day after %s", base->text);
    return moment;
}

KIT const struct moment *either(struct kit *k, enum moment_kind kind, const struct moment *a,
                                const struct moment *b)
{
    const struct moment **parts = ARENA_ARRAY(k->arena, const struct moment *, 2);
    struct moment *moment = ARENA_NEW(k->arena, struct moment);
    parts[0] = a;
    parts[1] = b;
    *moment = (struct moment){ .kind = kind, .parts = parts, .part_count = 2,
                               .text = arena_printf(k->arena, "(%s, %s)", a->text, b->text) };
    return moment;
}

/* "2 weeks after" an event, the commonest. */
KIT const struct moment *weeks_after(struct kit *k, int n, const char *event)
{
    return counted(k, MOMENT_AFTER, n, UNIT_WEEK, anchor(k, ANCHOR_EVENT, event));
}

/* --- rules ----------------------------------------------------------------------------------- */

KIT struct role *role(struct kit *k, const char *name, const char *title, enum role_of of)
{
    struct role *made = &k->roles[k->model.role_count++];
    *made = (struct role){ .name = name, .title = title, .of = of };
    return made;
}

KIT struct field *field(struct kit *k, const char *name, enum field_type type, const char *label)
{
    struct field *made = &k->fields[k->process.field_count++];
    *made = (struct field){ .name = name, .label = label, .type = type };
    return made;
}

KIT struct state *state(struct kit *k, const char *name)
{
    size_t i = k->process.state_count++;
    k->states[i] = (struct state){ .name = name, .title = name, .events = k->state_events[i] };
    return &k->states[i];
}

/* An event of a state; `by` and `asks` are words ("meeting note?"), `to` a state or NULL. */
KIT struct event_rule *event(struct kit *k, const char *in, const char *name, const char *by,
                             const char *asks, const char *to)
{
    struct event_rule *made = &k->events[k->event_count++];
    struct names asked = words(k, asks);
    struct ask *ask = ARENA_ARRAY(k->arena, struct ask, asked.count);
    for (size_t i = 0; i < asked.count; i++) {
        size_t len = strlen(asked.at[i]);
        ask[i].optional = asked.at[i][len - 1] == '?';
        ask[i].field = arena_text_n(k->arena, asked.at[i], len - ask[i].optional);
    }
    struct target *target = ARENA_NEW(k->arena, struct target);
    target->state = to;
    *made = (struct event_rule){ .name = name,
                                 .title = name,
                                 .by = words(k, by),
                                 .asks = ask,
                                 .ask_count = asked.count,
                                 .to = target,
                                 .target_count = to != NULL };
    for (size_t i = 0; i < k->process.state_count; i++) {
        if (strcmp(k->states[i].name, in) == 0)
            k->state_events[i][k->states[i].event_count++] = made;
    }
    return made;
}

KIT void then(struct kit *k, struct effects *effects, struct effect effect)
{
    struct effect *all = arena_grow(k->arena, effects->at, effects->count * sizeof effect,
                                    (effects->count + 1) * sizeof effect);
    all[effects->count++] = effect;
    effects->at = all;
}

KIT void ends_at(struct kit *k, struct event_rule *rule, const char *to, const char *if_)
{
    struct target *all = arena_grow(k->arena, rule->to, rule->target_count * sizeof *all,
                                    (rule->target_count + 1) * sizeof *all);
    all[rule->target_count++] = (struct target){
        .state = to, .when = if_ ? when_(k, if_) : NULL, .otherwise = !if_
    };
    rule->to = all;
}

KIT struct deadline *deadline(struct kit *k, const char *name, const struct moment *due,
                              const char *met_by_event)
{
    size_t i = k->process.deadline_count++;
    k->deadlines[i] = (struct deadline){ .name = name, .title = name, .owner = "senco", .due = due,
                                         .met_by = k->met[i] };
    if (met_by_event) {
        k->met[i][0] = (struct met_by){ .kind = MET_EVENT, .name = met_by_event };
        k->deadlines[i].met_count = 1;
    }
    return &k->deadlines[i];
}

KIT void met_by(struct deadline *rule, enum met_kind kind, const char *name, const char *item)
{
    ((struct met_by *)(uintptr_t)rule->met_by)[rule->met_count++] =
        (struct met_by){ kind, name, item };
}

KIT struct checklist *checklist(struct kit *k, const char *name)
{
    size_t i = k->process.checklist_count++;
    k->checklists[i] = (struct checklist){ .name = name, .title = name, .items = k->items[i] };
    return &k->checklists[i];
}

KIT struct item_rule *item(struct kit *k, struct checklist *list, const char *name,
                           const char *title, const char *by)
{
    struct item_rule *made = &k->items[list - k->checklists][list->item_count++];
    *made = (struct item_rule){ .name = name, .title = title, .by = by, .required = true };
    return made;
}

KIT struct consent_rule *consent(struct kit *k, const char *name, const char *from,
                                 const char *covers)
{
    struct consent_rule *made = &k->consents[k->process.consent_count++];
    *made = (struct consent_rule){ .name = name, .title = name, .from = from,
                                   .covers = words(k, covers) };
    return made;
}

KIT struct excuse *excuse(struct kit *k, const char *name, const char *by)
{
    struct excuse *made = &k->excuses[k->process.excuse_count++];
    *made = (struct excuse){ .name = name, .title = name, .by = words(k, by) };
    return made;
}

static const struct term kit_terms[] = {
    { "summer", "summer 2026", 20556, 20656, 20598, 20602 },   /* 13 Apr to 22 Jul */
    { "autumn", "autumn 2026", 20699, 20805, 20752, 20756 },   /* 3 Sep to 18 Dec */
    { "spring", "spring 2027", 20822, 20902, 20864, 20868 },   /* 4 Jan to 25 Mar */
    { "summer", "summer 2027", 20920, 21020, 20969, 20973 },
};
static const struct named_day kit_holidays[] = { { 20812, "Christmas Day" },
                                                 { 20815, "Boxing Day" } };

KIT void kit_calendar(struct kit *k)
{
    k->calendar = (struct calendar){
        .name = "main", .zone = "Europe/London",
        .working = { true, true, true, true, true, false, false },
        .known_from = on("2020-01-01"), .known_until = on("2030-12-31"),
        .holidays = kit_holidays, .holiday_count = 2,
        .terms = kit_terms, .term_count = 4,
    };
    k->calendars_at[0] = &k->calendar;
    k->calendars = (struct calendars){ .at = k->calendars_at, .count = 1 };
}

KIT struct kit *kit_new(void)
{
    struct arena *arena = arena_new();
    struct kit *k = ARENA_NEW(arena, struct kit);
    k->arena = arena;
    k->process = (struct process){ .name = "visit", .title = "Visit", .fields = k->fields,
                                   .states = k->states, .deadlines = k->deadlines,
                                   .checklists = k->checklists, .consents = k->consents,
                                   .excuses = k->excuses, .open_by = words(k, "senco officer") };
    static const struct reminder usual[] = { { REMIND_BEFORE, { 1, UNIT_WEEK }, 0 },
                                             { REMIND_ON, { 0, UNIT_DAY }, 0 },
                                             { REMIND_EVERY, { 1, UNIT_WEEK }, 0 } };
    k->model = (struct model){ .pack = "kit", .roles = k->roles, .processes = &k->process,
                               .process_count = 1, .usual = { usual, 3 }, .digest_minute = 480,
                               .not_in_holidays = true };
    role(k, "senco", "SENCO", ROLE_SCHOOL);
    role(k, "head", "Head teacher", ROLE_SCHOOL);
    role(k, "officer", "SEND officer", ROLE_AUTHORITY);
    role(k, "family", "Parent or carer", ROLE_CASE);
    state(k, "begun")->first = true;
    state(k, "over")->final = true;
    kit_calendar(k);
    k->oracle = (struct oracle){ NULL, kit_ask, kit_compute, kit_matches, kit_remind };
    k->sent = buf_in(arena);
    k->file = casefile_blank();
    return k;
}

KIT void kit_free(struct kit *k)
{
    arena_free(k->arena);
}

#endif
