/* SPDX-License-Identifier: MIT */
#include "engine/run/scenario.h"

#include "engine/base/arena.h"
#include "engine/run/clock.h"
#include "engine/run/coverage.h"
#include "engine/run/play.h"
#include "engine/run/publish.h"
#include "engine/when/round.h"
#include "store/read.h"
#include "store/schedules.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { NOON = 12 * 60, LAST_MINUTE = MINUTES_A_DAY - 1 };

void play_report(struct play *play, struct span span, const char *format, ...)
{
    va_list args;
    const char *slash = strrchr(play->scenario->source->path, '/');
    buf_printf(&play->report, "    %s:%d: ", slash ? slash + 1 : play->scenario->source->path,
               span.line);
    va_start(args, format);
    buf_vprintf(&play->report, format, args);
    va_end(args);
    buf_char(&play->report, '\n');
}

enum err_code play_case(struct play *play, int64_t id, struct casefile *out, struct err *err)
{
    struct case_row row;
    return case_load(play->store, id, play->arena, &row, out, err);
}

/* Local minutes stand for instants here: no zone is needed, and none can mislead. */
static int64_t play_ms(const struct play *play)
{
    return play->minute * 60000;
}

/* Lets time pass, everything owed happening at its own instant. */
static enum err_code pass_time(struct play *play, int64_t minute, struct err *err)
{
    struct sweep_figures figures;
    if (minute < play->minute && minute_day(minute) == minute_day(play->minute))
        minute = play->minute; /* A date after an `until` of the same day: still that evening. */
    if (minute < play->minute)
        return err_set(err, ERR_INPUT, "the steps go back in time");
    play->minute = minute;
    return sweep_all(play->world, play_ms(play), minute, NULL, NULL, &figures, err);
}

struct act {
    struct event event;
    struct span span;
};

static enum err_code do_act(struct play *play, const struct act *act, struct turned *out)
{
    struct request request = { .case_id = play->case_id, .event = act->event,
                               .now_ms = play_ms(play), .now_minute = play->minute };
    return turn_once(play->world, &request, play->arena, out);
}

/* `cases` (may be NULL): what the engine would have looked up. */
static void give(struct play *play, struct event *event, const struct pairs *pairs,
                 const struct pairs *cases)
{
    size_t looked = cases ? cases->count : 0, count = 0;
    struct given *given = ARENA_ARRAY(play->arena, struct given, pairs->count + looked + 1);
    struct buf names = buf_in(play->arena);
    for (size_t i = 0; i < pairs->count; i++)
        given[count++] = (struct given){ pairs->at[i].name, pairs->at[i].value };
    for (size_t i = 0; i < looked; i++) {
        given[count++] = (struct given){ cases->at[i].name, cases->at[i].value };
        buf_printf(&names, "%s%s", i ? " " : "", cases->at[i].name);
    }
    given_sort(given, count);
    event->given = given;
    event->given_count = count;
    event->looked = looked ? buf_text(&names) : NULL;
}

/* Who does it when the scenario does not say: the first who may. */
static const char *doer(const struct play *play, const struct scenario_step *step,
                        const struct names *by, const char *otherwise)
{
    if (step->as)
        return step->as;
    if (play->scenario->as && by && names_have(by, play->scenario->as))
        return play->scenario->as;
    if (by && by->count)
        return by->at[0];
    return otherwise ? otherwise : "officer";
}

struct acts {
    struct act *at;
    size_t count, room;
};

static struct event *add_act(struct play *play, struct acts *acts, enum event_kind kind,
                             const char *name, struct span span)
{
    struct act *act = LIST_ADD(play->arena, acts);
    *act = (struct act){ .span = span };
    act->event = (struct event){ .kind = kind, .name = name, .on = DAY_NONE,
                                 .who_text = "scenario" };
    return &act->event;
}

/* The file that comes with it: the one that the step names, else one that will do. */
static const char *file_of(const struct play *play, const struct scenario_step *step,
                           const struct file_rule *rule)
{
    const struct file_rule *all = &play->rules->pack->model->files;
    const struct names *types = rule && rule->types.count ? &rule->types : &all->types;
    if (step->file)
        return strcmp(step->file, "none") == 0 ? NULL : step->file;
    bool pdf = !types->count || names_have(types, "pdf");
    return arena_printf(play->arena, "scenario.%s", pdf ? "pdf" : types->at[0]);
}

static void add_items(struct play *play, struct acts *acts, const struct scenario_step *step,
                      const struct pairs *pairs, const char *what)
{
    for (size_t i = 0; i < pairs->count; i++) {
        const struct pair *pair = &pairs->at[i];
        struct event *event = add_act(play, acts, EVENT_ITEM, pair->name, pair->span);
        event->act = what;
        const struct item_rule *rule = process_item(play->process, pair->name);
        event->role = doer(play, step, NULL, rule ? rule->by : NULL);
        if (strcmp(what, "done") == 0)
            event->file = file_of(play, step, rule ? &rule->files : NULL);
        if (strcmp(what, "na") == 0 && pair->value && pair->value->kind == JSON_TEXT)
            event->why = pair->value->text;
    }
}

/* Items that are not of the rules. */
static void add_more(struct play *play, struct acts *acts, const struct scenario_step *step)
{
    for (size_t i = 0; i < step->add.count; i++) {
        const struct pair *pair = &step->add.at[i];
        const struct checklist *list = process_checklist(play->process, pair->name);
        const struct json *due = json_get(pair->value, "due");
        struct event *event = add_act(play, acts, EVENT_ITEM, pair->name, pair->span);
        struct given *given = ARENA_NEW(play->arena, struct given);
        *given = (struct given){ "due", due };
        event->act = "add";
        event->why = json_text(pair->value, "title", NULL);
        event->by = json_text(pair->value, "by", NULL);
        event->given = given;
        event->given_count = due != NULL;
        event->role = doer(play, step, NULL, list ? list->more_by : NULL);
    }
}

static void add_answer(struct play *play, struct acts *acts, const struct scenario_step *step,
                       const struct pair *pair, const char *who, const char *answer)
{
    const struct consent_rule *rule = process_consent(play->process, pair->name);
    struct event *event = add_act(play, acts, EVENT_CONSENT, pair->name, pair->span);
    event->act = answer;
    event->by = who ? who : rule ? rule->from : "family";
    event->how = "paper";
    event->file = step->file && strcmp(step->file, "none") != 0 ? step->file : NULL;
    event->role = doer(play, step, NULL, rule ? rule->from : NULL);
}

/* Of several people each answers by name. */
static void add_consents(struct play *play, struct acts *acts, const struct scenario_step *step)
{
    for (size_t i = 0; i < step->consent.count; i++) {
        const struct pair *pair = &step->consent.at[i];
        if (pair->value->kind == JSON_TEXT)
            add_answer(play, acts, step, pair, NULL, pair->value->text);
        else
            for (const struct json *one = pair->value->first; one; one = one->next)
                add_answer(play, acts, step, pair, one->key, one->text);
    }
}

/* Excused, or why they were missed. */
static void add_grounds(struct play *play, struct acts *acts, const struct scenario_step *step,
                        enum event_kind kind, const struct pairs *pairs)
{
    for (size_t i = 0; i < pairs->count; i++) {
        const struct pair *pair = &pairs->at[i];
        const struct excuse *rule = process_excuse(play->process, pair->value->text);
        struct event *event = add_act(play, acts, kind, pair->name, pair->span);
        event->act = pair->value->text;
        event->why = "as the scenario says";
        event->file = file_of(play, step, rule ? &rule->files : NULL);
        event->role = doer(play, step, rule ? &rule->by : NULL, NULL);
    }
}

static const struct names *may_extend(const struct play *play, const char *name)
{
    const struct deadline *rule = process_deadline(play->process, name);
    return rule && rule->extends && rule->extends->by.count ? &rule->extends->by : NULL;
}

static void add_extensions(struct play *play, struct acts *acts, const struct scenario_step *step)
{
    for (size_t i = 0; i < step->extend.count; i++) {
        const struct extending *one = &step->extend.at[i];
        const struct excuse *rule = process_excuse(play->process, one->ground);
        const struct names *by = may_extend(play, one->clock);
        struct event *event = add_act(play, acts, EVENT_EXTEND, one->clock, one->span);
        struct given *given = ARENA_NEW(play->arena, struct given);
        *given = (struct given){ "to", json_new_text(play->arena, one->to) };
        event->given = given;
        event->given_count = 1;
        event->act = one->ground;
        event->why = "as the scenario says";
        event->file = file_of(play, step, rule ? &rule->files : NULL);
        event->role = doer(play, step, by ? by : rule ? &rule->by : NULL, NULL);
    }
}

static void add_names(struct play *play, struct acts *acts, const struct scenario_step *step)
{
    for (size_t i = 0; i < step->name.count; i++) {
        const struct pair *pair = &step->name.at[i];
        struct event *event = add_act(play, acts, EVENT_NAME, pair->name, pair->span);
        event->by = pair->value->text;
        event->role = doer(play, step, NULL, NULL);
    }
}

static void add_posted(struct play *play, struct acts *acts, const struct scenario_step *step)
{
    for (size_t i = 0; i < step->posted.count; i++) {
        const struct pair *pair = &step->posted.at[i];
        struct event *event = add_act(play, acts, EVENT_LETTER, pair->name, pair->span);
        event->act = "sent";
        event->role = doer(play, step, NULL, NULL);
    }
}

/* A step's acts in their order: asked, done, undone, na, consent, excuse, extend, late, name,
 * posted, do, signal. */
static struct acts step_acts(struct play *play, const struct scenario_step *step)
{
    struct acts acts = { 0 };
    add_more(play, &acts, step);
    add_items(play, &acts, step, &step->asked, "asked");
    add_items(play, &acts, step, &step->done, "done");
    add_items(play, &acts, step, &step->undone, "undone");
    add_items(play, &acts, step, &step->na, "na");
    add_consents(play, &acts, step);
    add_grounds(play, &acts, step, EVENT_EXCUSE, &step->excuse);
    add_extensions(play, &acts, step);
    add_grounds(play, &acts, step, EVENT_LATE, &step->late);
    add_names(play, &acts, step);
    add_posted(play, &acts, step);
    if (step->event) {
        const struct event_rule *rule = process_event_any(play->process, step->event);
        struct event *event = add_act(play, &acts, EVENT_DO, step->event, step->span);
        event->role = doer(play, step, rule ? &rule->by : NULL, NULL);
        give(play, event, &step->with, &step->cases);
    }
    if (step->signal) {
        struct event *event = add_act(play, &acts, EVENT_SIGNAL, step->signal, step->span);
        event->role = "link";
        give(play, event, &(struct pairs){ 0 }, &step->cases);
    }
    return acts;
}

static void must_be_refused(struct play *play, const struct scenario_step *step,
                            enum err_code code, const struct turned *turned)
{
    if (!code)
        play_report(play, step->span, "expected a refusal with '%s', but it was accepted",
                    step->refused);
    else if (!strcasestr(turned->err.text, step->refused))
        play_report(play, step->span, "expected a refusal with '%s', got: %s", step->refused,
                    turned->err.text);
}

/* Faults of the machine end the run; a refusal is for the report. */
static bool is_fault(enum err_code code)
{
    return code == ERR_STORE || code == ERR_FULL || code == ERR_BUSY || code == ERR_SYSTEM;
}

/* What to do about a refusal: as the rules say, else which fields the step may have left out. */
static void say_hint(struct play *play, const struct act *act, const struct turned *turned)
{
    const struct event_rule *rule =
        act->event.kind == EVENT_DO ? process_event_any(play->process, act->event.name) : NULL;
    struct buf names = buf_in(play->arena);
    for (size_t i = 0; rule && i < rule->ask_count; i++) {
        const char *name = rule->asks[i].field;
        const struct field *field = process_field(play->process, name);
        const char *missing = arena_printf(play->arena, "'%s' is missing",
                                           field && field->label ? field->label : name);
        if (strstr(turned->err.text, missing))
            buf_printf(&names, "%s%s: ...", names.len ? ", " : "", name);
    }
    if (names.len)
        buf_printf(&play->report, "      hint: give it in the step, with: {%s}\n",
                   buf_text(&names));
    else if (*turned->err.hint)
        buf_printf(&play->report, "      hint: %s\n", turned->err.hint);
}

static enum err_code play_step(struct play *play, const struct scenario_step *step,
                               struct err *err)
{
    int minute = step->minute >= 0 ? step->minute : step->until ? LAST_MINUTE : NOON;
    enum err_code rc = pass_time(play, minute_at(step->date, minute), err);
    if (rc)
        return rc;
    struct acts acts = step_acts(play, step);
    bool refused = false;
    for (size_t i = 0; i < acts.count; i++) {
        struct turned turned;
        acts.at[i].event.on = step->happened;
        rc = do_act(play, &acts.at[i], &turned);
        if (is_fault(rc)) {
            *err = turned.err;
            return rc;
        }
        if (step->refused && i + 1 == acts.count)
            must_be_refused(play, step, rc, &turned);
        else if (rc) {
            play_report(play, acts.at[i].span, "%s was refused: %s%s%s", acts.at[i].event.name,
                        turned.err.text, *turned.err.place ? " at " : "", turned.err.place);
            say_hint(play, &acts.at[i], &turned);
            refused = true;
        }
    }
    /* What is expected of a step that was not taken follows from that. */
    return step->expect && !refused ? expect_check(play, step->expect, err) : ERR_NONE;
}

/* Whether the schedule comes round on the day the story begins. */
static void must_be_occasion(struct play *play)
{
    const struct pack *pack = play->rules->pack;
    const struct when_in in = {
        .calendar = calendar_find(pack->calendars, play->process->calendar),
        .notice_ordinary = pack->model->notice_ordinary,
    };
    struct round_out round;
    char text[DAY_TEXT_MAX], next[DAY_TEXT_MAX];
    round_next(&in, play->process->schedule->opens, play->scenario->opened - 1, &round);
    if (!round.known || round.date != play->scenario->opened)
        play_report(play, (struct span){ .line = 1 },
                    "the schedule does not come round on %s; the next day is %s (with `as` "
                    "somebody opens it)", day_iso(play->scenario->opened, text),
                    round.known ? day_iso(round.date, next) : "not known: the calendar ends");
}

/* By whom: as the scenario says, else by itself where there is a schedule, else the first who may.
 */
static const char *opener(const struct play *play)
{
    const struct names *by = &play->process->open_by;
    if (play->scenario->as && names_have(by, play->scenario->as))
        return play->scenario->as;
    if (play->process->schedule)
        return "clock";
    return by->count ? by->at[0] : "officer";
}

static enum err_code play_open(struct play *play, struct err *err)
{
    const struct scenario *scenario = play->scenario;
    struct turned turned;
    struct act act = { .event = { .kind = EVENT_OPEN, .name = scenario->process,
                                  .on = scenario->opened, .school = scenario->school,
                                  .who_text = "scenario" } };
    act.event.role = opener(play);
    if (event_by_clock(&act.event))
        must_be_occasion(play);
    give(play, &act.event, &scenario->fields, &scenario->cases);
    play->minute = minute_at(scenario->opened, NOON - 1);
    enum err_code rc = do_act(play, &act, &turned);
    play->case_id = turned.case_id;
    if (is_fault(rc)) {
        *err = turned.err;
        return rc;
    }
    if (rc)
        play_report(play, (struct span){ .line = 1 }, "the case cannot be opened: %s%s%s",
                    turned.err.text, *turned.err.place ? " at " : "", turned.err.place);
    return ERR_NONE;
}

/* A story is of one case: only what opens cases for it comes round in it, from the next day on. */
static enum err_code set_schedules(struct play *play, struct rules *rules, struct err *err)
{
    const struct model *model = rules->pack->model;
    enum err_code rc = ERR_NONE;
    for (size_t i = 0; !rc && i < model->process_count; i++) {
        const struct schedule *schedule = model->processes[i].schedule;
        if (!schedule)
            continue;
        bool ours = schedule->whom == FOR_EACH_CASE;
        const struct schedule_row row = {
            .pack = model->pack, .process = model->processes[i].name,
            .settled = ours ? play->scenario->opened + 1 : day_of(YEAR_MAX, 1, 1),
        };
        rc = schedule_set(play->store, &row, err);
    }
    return rc;
}

/* The pack as published in the scenario's own store, lent to its world as it is. */
static enum err_code set_stage(struct play *play, struct rules *rules, struct err *err)
{
    struct published published;
    enum err_code rc = store_begin(play->store, err);
    if (rc)
        return rc;
    world_begin(play->world);
    rc = publish(play->world, rules, "scenario", day_of(1990, 1, 1), 0, 0, &published, err);
    if (!rc)
        rc = world_lend(play->world, published.ruleset, rules, err);
    if (!rc)
        rc = set_schedules(play, rules, err);
    return rc ? rc : store_commit(play->store, err);
}

enum { CASES_MAX = 256, DIGEST_BYTES = 16 };

/* What was decided, byte for byte: the golden record of tests/replay is made of these. */
static enum err_code digest_outcomes(struct play *play, struct err *err)
{
    int64_t ids[CASES_MAX];
    size_t cases;
    unsigned char digest[DIGEST_BYTES];
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, DIGEST_BYTES);
    enum err_code rc = read_case_ids(play->store, 0, CASES_MAX, ids, &cases, err);
    for (size_t c = 0; !rc && c < cases; c++) {
        struct event_row *rows;
        size_t count;
        rc = case_history(play->store, ids[c], play->arena, &rows, &count, err);
        for (size_t i = 0; !rc && i < count; i++) {
            const char *parts[] = { rows[i].did, rows[i].personal ? rows[i].personal : "" };
            for (size_t p = 0; p < 2; p++) /* With the NUL, so that parts cannot run together. */
                crypto_generichash_update(&state, (const unsigned char *)parts[p],
                                          strlen(parts[p]) + 1);
        }
    }
    crypto_generichash_final(&state, digest, DIGEST_BYTES);
    for (size_t i = 0; i < DIGEST_BYTES; i++)
        snprintf(play->outcomes + 2 * i, 3, "%02x", digest[i]);
    return rc;
}

/* What the events of one case reached. */
static enum err_code note_case(struct play *play, int64_t id, struct coverage *coverage,
                               struct err *err)
{
    struct event_row *rows;
    size_t count;
    const char *state = NULL;
    struct casefile file;
    enum err_code rc = play_case(play, id, &file, err);
    if (!rc)
        rc = case_history(play->store, id, play->arena, &rows, &count, err);
    for (size_t i = 0; !rc && i < count; i++) {
        struct event event;
        struct outcome outcome;
        rc = case_event(&rows[i], play->arena, &event, &outcome, err);
        if (rc)
            break;
        coverage_note(coverage, model_process(play->rules->pack->model, file.process), state,
                      &event, &outcome);
        state = outcome.state;
    }
    return rc;
}

static enum err_code note_coverage(struct play *play, struct coverage *coverage, struct err *err)
{
    int64_t ids[CASES_MAX];
    size_t cases;
    enum err_code rc = read_case_ids(play->store, 0, CASES_MAX, ids, &cases, err);
    for (size_t c = 0; !rc && c < cases; c++)
        rc = note_case(play, ids[c], coverage, err);
    return rc;
}

/* All steps; but only the first that is not as expected is told in full, since what follows from
 * it fails with it. */
static enum err_code play_steps(struct play *play, struct err *err)
{
    enum err_code rc = ERR_NONE;
    size_t count = play->scenario->steps.count, more = 0;
    for (size_t i = 0; !rc && play->case_id && i < count; i++) {
        const struct scenario_step *step = &play->scenario->steps.at[i];
        size_t before = play->report.len;
        rc = play_step(play, step, err);
        if (rc == ERR_INPUT) {
            play_report(play, step->span, "%s", err->text);
            rc = ERR_NONE;
        }
        if (before && play->report.len > before) {
            buf_cut(&play->report, before);
            more++;
        }
    }
    if (more)
        buf_printf(&play->report, "    %s too\n",
                   text_count(play->arena, (int64_t)more, "later step fails",
                              "later steps fail"));
    return rc;
}

static enum err_code play_all(struct play *play, struct rules *rules,
                              struct coverage *coverage, struct err *err)
{
    enum err_code rc = store_empty(play->store, err);
    if (rc)
        return rc;
    play->world = world_new(play->store);
    rc = set_stage(play, rules, err);
    if (!rc)
        rc = play_open(play, err);
    if (!rc)
        rc = play_steps(play, err);
    if (!rc)
        rc = digest_outcomes(play, err);
    if (!rc && coverage)
        rc = note_coverage(play, coverage, err);
    world_free(play->world);
    return rc;
}

static bool asked_for(const struct scenario *scenario, const char *const *names, size_t count)
{
    bool any = count == 0;
    for (size_t i = 0; i < count; i++)
        any = any || strcasestr(scenario->title, names[i]) ||
              strstr(scenario->source->path, names[i]);
    return any;
}

/* What neither its path nor its text has, its title has not: most need not be read. */
static bool may_be_asked_for(const struct source *source, const char *const *names, size_t count)
{
    bool any = count == 0;
    for (size_t i = 0; i < count; i++)
        any = any || strcasestr(source->text, names[i]) || strstr(source->path, names[i]);
    return any;
}

static enum err_code play_one(struct arena *arena, struct rules *rules, struct store *store,
                              const struct scenario *scenario, struct coverage *coverage,
                              struct scenario_run *out, struct err *err)
{
    struct play play = { .arena = arena, .rules = rules, .store = store, .scenario = scenario,
                         .report = buf_in(arena) };
    play.process = model_process(rules->pack->model, scenario->process);
    enum err_code rc = play_all(&play, rules, coverage, err);
    if (rc)
        return rc;
    struct played *played = LIST_ADD(arena, &out->played);
    *played = (struct played){ .title = scenario->title, .path = scenario->source->path,
                               .passed = play.report.len == 0,
                               .report = buf_text(&play.report) };
    memcpy(played->outcomes, play.outcomes, sizeof played->outcomes);
    out->passed += played->passed;
    out->failed += !played->passed;
    return ERR_NONE;
}

enum err_code scenarios_play(struct arena *arena, struct rules *rules, const char *const *names,
                             size_t name_count, struct coverage *coverage,
                             struct scenario_run *out, struct diags *diags, struct err *err)
{
    struct store *store = NULL;
    *out = (struct scenario_run){ 0 };
    enum err_code rc = store_open(NULL, STORE_MEMORY, &store, err);
    for (size_t i = 0; !rc && i < rules->pack->scenarios.count; i++) {
        const struct source *source = rules->pack->scenarios.at[i];
        if (!may_be_asked_for(source, names, name_count))
            continue;
        const struct scenario *scenario = scenario_read(arena, source, rules->pack->model, diags);
        if (scenario && asked_for(scenario, names, name_count))
            rc = play_one(arena, rules, store, scenario, coverage, out, err);
    }
    store_close(store);
    diags_sort(diags);
    if (rc || !diags->errors)
        return rc;
    return err_set(err, ERR_PACK, "%s", text_count(arena, (int64_t)diags->errors, "scenario error",
                                                   "scenario errors"));
}
