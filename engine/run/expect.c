/* SPDX-License-Identifier: MIT */
#include "engine/run/play.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/clock_date.h"
#include "engine/core/explain.h"
#include "store/read.h"

#include <string.h>

static const char *shown_day(struct play *play, day date)
{
    char text[DAY_TEXT_MAX];
    return date == DAY_NONE ? "none" : arena_text(play->arena, day_iso(date, text));
}

static const char *wanted_text(struct play *play, const struct pair *pair)
{
    struct buf text = buf_in(play->arena);
    if (pair->value->kind == JSON_TEXT)
        return pair->value->text;
    json_write(pair->value, &text);
    return buf_text(&text);
}

/* Why a date is what it is, under the difference. */
static void report_why(struct play *play, const struct casefile *file, const char *name)
{
    struct explained why;
    const struct event now = { .today = minute_day(play->minute) };
    struct decide_in in = { .event = &now, .model = play->rules->pack->model,
                            .calendars = play->rules->pack->calendars, .file = file,
                            .oracle = host_oracle(play->rules->host) };
    if (text_in(name, play->explained.at, play->explained.count) ||
        explain_deadline(&in, name, play->arena, &why, NULL))
        return;
    *LIST_ADD(play->arena, &play->explained) = name;
    buf_printf(&play->report, "      why: %s\n", why.verdict);
    for (size_t i = 0; i < why.rule.trace.count; i++)
        buf_printf(&play->report, "        - %s\n", why.rule.trace.at[i].text);
    for (size_t i = 0; i < why.floor.trace.count; i++)
        buf_printf(&play->report, "        - law: %s\n", why.floor.trace.at[i].text);
    for (size_t i = 0; i < why.do_by.count; i++)
        buf_printf(&play->report, "        - %s\n", why.do_by.at[i].text);
}

enum which_date { DATE_DUE, DATE_LAW, DATE_DO_BY };

static day clock_day(const struct clock *clock, enum which_date which)
{
    switch (which) {
    case DATE_DUE: return clock->due;
    case DATE_LAW: return clock->law == DAY_NONE ? clock->due : clock->law;
    case DATE_DO_BY: return clock->do_by;
    }
    return DAY_NONE;
}

static void check_dates(struct play *play, const struct casefile *file, const struct pairs *pairs,
                        enum which_date which, const char *word)
{
    for (size_t i = 0; i < pairs->count; i++) {
        const struct pair *pair = &pairs->at[i];
        const char *wanted = wanted_text(play, pair);
        const struct clock *clock = casefile_clock(file, pair->name);
        day date = DAY_NONE;
        bool none = strcmp(wanted, "none") == 0;
        if (!none && !day_parse(wanted, &date)) {
            play_report(play, pair->span, "'%s' is not a date", wanted);
            continue;
        }
        day got = clock ? clock_day(clock, which) : DAY_NONE;
        if (got == date)
            continue;
        play_report(play, pair->span, "expected %s %s %s, got %s", pair->name, word, wanted,
                    shown_day(play, got));
        report_why(play, file, pair->name);
    }
}

static const char *shown_value(struct play *play, const struct field *field,
                               const struct value *value)
{
    return value->kind == VALUE_NONE ? "none" : value_show(play->arena, field, value);
}

static void check_value(struct play *play, const struct pair *pair, const struct process *process,
                        const struct value *got, const char *word)
{
    static const struct value none = { .kind = VALUE_NONE };
    const struct field *field = process_field(process, pair->name);
    struct value wanted;
    struct err err = { 0 };
    if (!got)
        got = &none;
    if (pair->value->kind == JSON_TEXT && strcmp(pair->value->text, "none") == 0)
        wanted = none;
    else if (!field || value_read(play->arena, field, pair->value, &wanted, &err)) {
        play_report(play, pair->span, "%s", field ? err.text : "there is no such field");
        return;
    }
    if (!value_same(&wanted, got))
        play_report(play, pair->span, "expected %s%s to be %s, got %s", word, pair->name,
                    shown_value(play, field, &wanted), shown_value(play, field, got));
}

void expect_fields(struct play *play, const struct casefile *file, const struct pairs *pairs)
{
    const struct process *process = model_process(play->rules->pack->model, file->process);
    for (size_t i = 0; i < pairs->count; i++) {
        const struct field_entry *entry = casefile_field(file, pairs->at[i].name);
        check_value(play, &pairs->at[i], process, entry ? &entry->value : NULL, "");
    }
}

static void check_proposed(struct play *play, const struct casefile *file,
                           const struct pairs *pairs)
{
    for (size_t i = 0; i < pairs->count; i++) {
        const struct proposal *entry = casefile_proposal(file, pairs->at[i].name);
        check_value(play, &pairs->at[i], play->process, entry ? &entry->value : NULL,
                    "the proposed ");
    }
}

/* What each of several people said. */
static void check_answers(struct play *play, const struct casefile *file, const struct pair *pair)
{
    for (const struct json *one = pair->value->first; one; one = one->next) {
        const struct consent_answer *answer = casefile_answer(
            file, arena_printf(play->arena, "%s: %s", pair->name, one->key));
        const char *got = answer ? consent_status_name(answer->status) : "none";
        if (strcmp(one->text, got) != 0)
            play_report(play, pair->span, "expected %s of %s to be %s, it is %s", pair->name,
                        one->key, one->text, got);
    }
}

static void check_consents(struct play *play, const struct casefile *file,
                           const struct pairs *pairs)
{
    for (size_t i = 0; i < pairs->count; i++) {
        const struct consent *consent = casefile_consent(file, pairs->at[i].name);
        if (pairs->at[i].value->kind == JSON_MAP) {
            check_answers(play, file, &pairs->at[i]);
            continue;
        }
        const char *wanted = wanted_text(play, &pairs->at[i]);
        const char *got = consent ? consent_status_name(consent->status) : "none";
        if (strcmp(wanted, got) != 0)
            play_report(play, pairs->at[i].span, "expected the consent %s to be %s, and it %s%s",
                        pairs->at[i].name, wanted, consent ? "is " : "has not been asked",
                        consent ? got : "");
    }
}

/* What a status word of a scenario covers. */
static bool is_overdue(const struct play *play, const struct casefile *file,
                       const struct clock *clock)
{
    const struct deadline *rule = clock_rule(play->arena, play->process, file, clock->name);
    return rule && clock_chased(clock) && clock_last_minute(rule, clock->due) < play->minute &&
           clock_listed(play->arena, play->process, file, clock);
}
static bool is_met(const struct play *play, const struct casefile *file, const struct clock *clock)
{
    (void)play, (void)file;
    return clock->status == CLOCK_MET || clock->status == CLOCK_MET_LATE;
}
static bool is_missed(const struct play *play, const struct casefile *file,
                      const struct clock *clock)
{
    (void)play, (void)file;
    return clock->status == CLOCK_MISSED || clock->status == CLOCK_MET_LATE ||
           clock->status == CLOCK_NEVER_MET;
}
static bool is_excused(const struct play *play, const struct casefile *file,
                       const struct clock *clock)
{
    (void)play, (void)file;
    return clock->status == CLOCK_EXCUSED;
}
static bool is_extended(const struct play *play, const struct casefile *file,
                        const struct clock *clock)
{
    (void)play;
    return drawn_of(file, clock->name, clock->round, DRAWN_EXTENDED, 0) != NULL;
}
static bool is_cancelled(const struct play *play, const struct casefile *file,
                         const struct clock *clock)
{
    (void)play, (void)file;
    return clock->status == CLOCK_CANCELLED;
}
static bool is_running(const struct play *play, const struct casefile *file,
                       const struct clock *clock)
{
    (void)play, (void)file;
    return clock_chased(clock);
}
static bool is_provisional(const struct play *play, const struct casefile *file,
                           const struct clock *clock)
{
    (void)play, (void)file;
    return clock->provisional && clock_open(clock);
}

typedef bool clock_is_fn(const struct play *play, const struct casefile *file,
                         const struct clock *clock);

static bool named(const struct pairs *pairs, const char *name)
{
    for (size_t i = 0; i < pairs->count; i++)
        if (strcmp(pairs->at[i].name, name) == 0)
            return true;
    return false;
}

/* Each one named must be so, and nothing else may. An earlier round of a clock (review#1) is past
 * and counts only where it is named. */
static void check_set(struct play *play, const struct casefile *file, const struct pairs *pairs,
                      clock_is_fn *is, const char *word, struct span span)
{
    for (size_t i = 0; i < pairs->count; i++) {
        const struct clock *clock = casefile_clock(file, pairs->at[i].name);
        if (clock && is(play, file, clock))
            continue;
        play_report(play, pairs->at[i].span, "expected %s to be %s, it is %s", pairs->at[i].name,
                    word, clock ? clock_status_name(clock->status) : "not begun");
        if (clock)
            report_why(play, file, pairs->at[i].name);
    }
    for (size_t i = 0; i < file->in.clocks.count; i++) {
        const struct clock *clock = &file->in.clocks.at[i];
        if (is(play, file, clock) && !strchr(clock->name, '#') && !named(pairs, clock->name))
            play_report(play, span, "%s is %s, which was not expected", clock->name, word);
    }
}

static void check_missed_for(struct play *play, const struct casefile *file,
                             const struct pairs *pairs)
{
    for (size_t i = 0; i < pairs->count; i++) {
        const struct clock *clock = casefile_clock(file, pairs->at[i].name);
        const struct drawn *drawn =
            clock ? drawn_of(file, clock->name, clock->round, DRAWN_LATE, 0) : NULL;
        const char *wanted = wanted_text(play, &pairs->at[i]);
        const char *got = drawn ? drawn->ground : "none";
        if (strcmp(wanted, got) != 0)
            play_report(play, pairs->at[i].span, "expected %s to be missed for %s, on record is %s",
                        pairs->at[i].name, wanted, got);
    }
}

static void check_number(struct play *play, const struct standing *one, int wanted, int got,
                         const char *word)
{
    if (wanted >= 0 && wanted != got)
        play_report(play, one->span, "expected %s to have %d %s, got %d", one->clock, wanted, word,
                    got);
}

static void check_day(struct play *play, const struct standing *one, day wanted, day got,
                      const char *word)
{
    if (wanted != DAY_NONE && wanted != got)
        play_report(play, one->span, "expected %s %s %s, got %s", one->clock, word,
                    shown_day(play, wanted), shown_day(play, got));
}

static void check_standing(struct play *play, const struct casefile *file,
                           const struct standing *one)
{
    const struct clock *clock = casefile_clock(file, one->clock);
    const struct deadline *rule =
        clock_rule(play->arena, play->process, file, one->clock);
    const struct decide_in in = { .model = play->rules->pack->model,
                                  .calendars = play->rules->pack->calendars, .file = file };
    struct pace pace;
    if (!clock || clock->status != CLOCK_PAUSED || !rule) {
        play_report(play, one->span, "expected %s to be paused, it is %s", one->clock,
                    clock ? clock_status_name(clock->status) : "not begun");
        return;
    }
    clock_pace(&in, file, rule, minute_day(play->minute), &pace);
    check_number(play, one, one->used, pace.used, "days used");
    check_number(play, one, one->left, pace.left, "days left");
    check_day(play, one, one->since, pace.paused ? pace.stop.from : DAY_NONE,
              "to stand still since");
    check_day(play, one, one->earliest, pace.earliest, "at the earliest on");
}

/* Exactly these stand still. */
static void check_paused(struct play *play, const struct casefile *file,
                         const struct expectation *expect)
{
    for (size_t i = 0; i < expect->paused.count; i++)
        check_standing(play, file, &expect->paused.at[i]);
    for (size_t i = 0; expect->has_paused && i < file->in.clocks.count; i++) {
        const struct clock *clock = &file->in.clocks.at[i];
        bool wanted = clock->status != CLOCK_PAUSED;
        for (size_t j = 0; j < expect->paused.count; j++)
            wanted = wanted || strcmp(expect->paused.at[j].clock, clock->name) == 0;
        if (!wanted)
            play_report(play, expect->span, "%s is paused, which was not expected", clock->name);
    }
}

struct told {
    const char *to, *about, *by; /* by: of a letter; else NULL. */
};
struct all_told {
    struct told *at;
    size_t count, room;
};

/* Everything told since the scenario began, from the cases' own records. */
static enum err_code gather_told(struct play *play, struct all_told *told, struct err *err)
{
    int64_t ids[256];
    size_t cases;
    enum err_code rc = read_case_ids(play->store, 0, 256, ids, &cases, err);
    for (size_t c = 0; !rc && c < cases; c++) {
        struct event_row *rows;
        size_t count;
        rc = case_history(play->store, ids[c], play->arena, &rows, &count, err);
        for (size_t i = 0; !rc && i < count; i++) {
            struct outcome outcome;
            rc = case_event(&rows[i], play->arena, NULL, &outcome, err);
            for (size_t n = 0; !rc && n < outcome.notices.count; n++)
                *LIST_ADD(play->arena, told) = (struct told){ outcome.notices.at[n].role,
                                                              outcome.notices.at[n].about, NULL };
            for (size_t n = 0; !rc && n < outcome.changed.letters.count; n++) {
                const struct letter_entry *one = &outcome.changed.letters.at[n];
                *LIST_ADD(play->arena, told) =
                    (struct told){ one->role, one->message, one->email ? "email" : "post" };
            }
        }
    }
    return rc;
}

static bool was_told(const struct all_told *told, const struct sent *what)
{
    for (size_t i = 0; i < told->count; i++)
        if (strcmp(told->at[i].to, what->to) == 0 &&
            (!what->about || strcmp(told->at[i].about, what->about) == 0) &&
            (!what->by || text_same(told->at[i].by, what->by)))
            return true;
    return false;
}

static void report_told(struct play *play, const struct sent *what, const char *word)
{
    play_report(play, what->span, "%s was %stold about %s%s%s", what->to, word,
                what->about ? what->about : "anything", what->by ? " by " : "",
                what->by ? what->by : "");
}

static enum err_code check_told(struct play *play, const struct expectation *expect,
                                struct err *err)
{
    struct all_told told = { 0 };
    if (!expect->sent.count && !expect->not_sent.count)
        return ERR_NONE;
    enum err_code rc = gather_told(play, &told, err);
    if (rc)
        return rc;
    for (size_t i = 0; i < expect->sent.count; i++)
        if (!was_told(&told, &expect->sent.at[i]))
            report_told(play, &expect->sent.at[i], "not ");
    for (size_t i = 0; i < expect->not_sent.count; i++)
        if (was_told(&told, &expect->not_sent.at[i]))
            report_told(play, &expect->not_sent.at[i], "");
    return ERR_NONE;
}

static void check_sets(struct play *play, const struct casefile *file,
                       const struct expectation *expect)
{
    const struct {
        bool written;
        const struct pairs *pairs;
        clock_is_fn *is;
        const char *word;
    } sets[] = {
        { expect->has_overdue, &expect->overdue, is_overdue, "overdue" },
        { expect->has_met, &expect->met, is_met, "met" },
        { expect->has_missed, &expect->missed, is_missed, "missed" },
        { expect->has_excused, &expect->excused, is_excused, "excused" },
        { expect->has_extended, &expect->extended, is_extended, "extended" },
        { expect->has_cancelled, &expect->cancelled, is_cancelled, "cancelled" },
        { expect->has_running, &expect->running, is_running, "running" },
        { expect->has_provisional, &expect->provisional, is_provisional, "provisional" },
    };
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        if (sets[i].written)
            check_set(play, file, sets[i].pairs, sets[i].is, sets[i].word, expect->span);
}

enum err_code expect_check(struct play *play, const struct expectation *expect, struct err *err)
{
    struct casefile file;
    play->explained.count = 0;
    enum err_code rc = play_case(play, play->case_id, &file, err);
    if (rc)
        return rc;
    if (expect->state && strcmp(expect->state, file.state) != 0)
        play_report(play, expect->span, "expected state %s, got %s", expect->state, file.state);
    if (expect->open && (strcmp(expect->open, "yes") == 0) != file.open)
        play_report(play, expect->span, "expected the case to be %s",
                    file.open ? "closed, it is open" : "open, it is closed");
    expect_fields(play, &file, &expect->fields);
    check_proposed(play, &file, &expect->proposed);
    check_consents(play, &file, &expect->consents);
    check_dates(play, &file, &expect->due, DATE_DUE, "due");
    check_dates(play, &file, &expect->law, DATE_LAW, "in law due");
    check_dates(play, &file, &expect->do_by, DATE_DO_BY, "to do by");
    check_sets(play, &file, expect);
    check_missed_for(play, &file, &expect->missed_for);
    check_paused(play, &file, expect);
    rc = check_told(play, expect, err);
    return rc ? rc : expect_links(play, &file, expect, err);
}
