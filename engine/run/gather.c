/* SPDX-License-Identifier: MIT */
#include "engine/run/gather.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/fold.h"
#include "engine/run/casework.h"
#include "engine/run/lookin.h"

#include <ctype.h>
#include <string.h>

enum err_code gather_touch(struct gather *g, int64_t case_id, size_t *out)
{
    for (size_t i = 0; i < g->touched.count; i++) {
        if (g->touched.at[i].row.id == case_id) {
            *out = i;
            return ERR_NONE;
        }
    }
    struct touched touched = { 0 };
    enum err_code rc = case_load(world_store(g->world), case_id, g->arena, &touched.row,
                                 &touched.file, g->err);
    if (rc)
        return rc;
    *out = g->touched.count;
    *LIST_ADD(g->arena, &g->touched) = touched;
    return ERR_NONE;
}

static struct decide_in decide_in(const struct ruleset *ruleset, const struct casefile *file,
                                  const struct event *event)
{
    return (struct decide_in){
        .model = ruleset->rules->pack->model, .calendars = ruleset->rules->pack->calendars,
        .file = file, .event = event, .oracle = host_oracle(ruleset->rules->host),
    };
}

/* The rule set a case is decided under now: its own pack with the calendar in use. */
static enum err_code rules_for(struct gather *g, size_t index, const struct ruleset **out)
{
    return world_ruleset_now(g->world, g->touched.at[index].file.ruleset,
                             minute_day(g->request->now_minute), out, g->err);
}

static enum err_code too_many(struct gather *g)
{
    return err_set(g->err, ERR_LIMIT, "one event leads to more than %d others", TURN_DECISIONS);
}

/* Decides one event on a touched case, folds it into the overlay. */
static enum err_code decide_step(struct gather *g, size_t index, const struct ruleset *ruleset,
                                 struct event *event, size_t cause, size_t *step_index)
{
    if (g->steps.count >= TURN_DECISIONS + (size_t)TURN_OWED_MAX)
        return too_many(g);
    struct touched *touched = &g->touched.at[index];
    event->recorded_ms = g->request->now_ms > touched->file.recorded_ms
                             ? g->request->now_ms : touched->file.recorded_ms;
    event->first_child = g->next_case;

    struct outcome *outcome;
    enum err_code rc = lookin_fill(g, index, ruleset, event);
    if (rc)
        return rc;
    touched = &g->touched.at[index];
    struct decide_in in = decide_in(ruleset, &touched->file, event);
    host_begin(ruleset->rules->host);
    rc = decide(&in, g->arena, &outcome, g->err);
    if (rc)
        return rc;

    struct step step = { .touched = index, .ruleset = ruleset, .before = touched->file,
                         .event = *event, .outcome = outcome, .cause = cause };
    step.after = touched->file; /* Folding leaves the lists of the one before as they were. */
    fold(g->arena, &step.after, outcome);
    step.after.id = touched->row.id;
    if (touched->is_new && !step.after.ruleset)
        step.after.ruleset = ruleset->id;
    touched->file = step.after;
    *step_index = g->steps.count;
    *LIST_ADD(g->arena, &g->steps) = step;
    return ERR_NONE;
}

enum err_code gather_event(struct gather *g, size_t index, struct event *event, size_t *step)
{
    const struct ruleset *ruleset;
    enum err_code rc = rules_for(g, index, &ruleset);
    return rc ? rc : decide_step(g, index, ruleset, event, 0, step);
}

/* --- what a step leads to -------------------------------------------------------------------- */

static size_t linked(const struct casefile *file, const char *to, struct arena *arena,
                     int64_t **out)
{
    struct { int64_t *at; size_t count, room; } list = { 0 };
    for (size_t i = 0; i < file->in.links.count; i++) {
        const struct link *link = &file->in.links.at[i];
        bool parent = strcmp(link->name, "parent") == 0;
        if (parent == (strcmp(to, "parent") == 0))
            *LIST_ADD(arena, &list) = link->case_id;
    }
    *out = list.at;
    return list.count;
}

static void queue_opening(struct gather *g, const struct step *step, size_t cause,
                          const struct opening *opening, int depth)
{
    struct pending *pending = LIST_ADD(g->arena, &g->pending);
    *pending = (struct pending){ .cause = cause, .depth = depth, .case_id = g->next_case };
    *LIST_ADD(g->arena, &g->opened) = g->next_case++;
    pending->event = (struct event){
        .kind = EVENT_OPEN, .name = opening->process, .on = opening->on,
        .today = step->event.today, .minute = step->event.minute,
        .who = step->event.who, .who_text = step->event.who_text, .role = "link",
        .given = opening->given, .given_count = opening->given_count,
        .school = step->after.school, .cause_case = step->after.id,
        .cause_process = step->after.process,
    };
}

/* To a case by its reference it is one, which decide_signal() looks up. */
static void queue_signals(struct gather *g, const struct step *step, size_t cause,
                          const struct sending *sending, int depth)
{
    int64_t *cases, unknown = 0;
    bool by_link = strcmp(sending->to, "parent") == 0 || strcmp(sending->to, "children") == 0;
    size_t count = by_link ? linked(&step->after, sending->to, g->arena, &cases) : 1;
    for (size_t i = 0; i < count; i++) {
        struct pending *pending = LIST_ADD(g->arena, &g->pending);
        *pending = (struct pending){ .cause = cause, .depth = depth,
                                     .case_id = by_link ? cases[i] : unknown };
        pending->event = (struct event){
            .kind = EVENT_SIGNAL, .name = sending->event, .on = sending->on,
            .today = step->event.today, .minute = step->event.minute, .who = step->event.who,
            .who_text = step->event.who_text, .role = "link",
            .cause_case = step->after.id, .cause_process = step->after.process,
            .ref = by_link ? NULL : sending->to,
        };
    }
}

static void queue_consequences(struct gather *g, size_t index, int depth)
{
    struct step step = g->steps.at[index];
    for (size_t i = 0; i < step.outcome->openings.count; i++)
        queue_opening(g, &step, index + 1, &step.outcome->openings.at[i], depth);
    for (size_t i = 0; i < step.outcome->sendings.count; i++)
        queue_signals(g, &step, index + 1, &step.outcome->sendings.at[i], depth);
}

/* "AR-26-0412": the process's initials (a short first word whole: "EHC"), the year, the number. */
static const char *make_ref(struct arena *arena, const char *process, day on, int64_t id)
{
    char letters[8] = "";
    size_t n = 0, first = strcspn(process, "-");
    if (first <= 3)
        for (; n < first; n++)
            letters[n] = (char)toupper((unsigned char)process[n]);
    for (size_t i = 0; first > 3 && process[i] && n < sizeof letters - 1; i++)
        if (i == 0 || process[i - 1] == '-')
            letters[n++] = (char)toupper((unsigned char)process[i]);
    letters[n] = 0;
    return arena_printf(arena, "%s-%02d-%04lld", letters, ymd_of(on).year % 100, (long long)id);
}

/* The process may be asked for as PACK/PROCESS. */
static const char *bare_process(const char *name)
{
    const char *slash = strchr(name, '/');
    return slash ? slash + 1 : name;
}

const char *gather_given_text(struct arena *arena, const struct process *process,
                              const struct event *event, const char *name)
{
    const struct field *field = process_field(process, name);
    const struct json *given = field ? event_given(event, name) : NULL;
    struct value value;
    bool good = given && !value_read(arena, field, given, &value, NULL);
    return good && value.kind == VALUE_TEXT ? value.text : NULL;
}

/* The open case that this turn itself has begun about the same subject, or NULL. */
static const char *begun_here(const struct gather *g, const struct process *process,
                              const char *subject)
{
    for (size_t i = 0; i < g->touched.count; i++) {
        const struct touched *touched = &g->touched.at[i];
        const struct field_entry *field = casefile_field(&touched->file, process->one_per);
        if (touched->is_new && touched->file.open &&
            text_same(touched->file.process, process->name) && field &&
            field->value.kind == VALUE_TEXT && text_same(field->value.text, subject))
            return touched->file.ref;
    }
    return NULL;
}

/* One that this very turn is closing does not count. */
static bool closed_here(const struct gather *g, int64_t id)
{
    for (size_t i = 0; i < g->touched.count; i++)
        if (g->touched.at[i].row.id == id && !g->touched.at[i].file.open)
            return true;
    return false;
}

static enum err_code check_one_per(struct gather *g, const struct ruleset *ruleset,
                                   const struct event *event)
{
    const struct process *process = model_process(ruleset->rules->pack->model, event->name);
    const char *subject = process && process->one_per
                              ? gather_given_text(g->arena, process, event, process->one_per)
                              : NULL;
    int64_t other = 0;
    struct case_row row;
    if (!subject)
        return ERR_NONE;
    const char *ref = begun_here(g, process, subject);
    enum err_code rc = ref ? ERR_NONE : case_about(world_store(g->world), process->name, subject,
                                                   &other, g->err);
    /* A case that opens the next about the same child may itself stay open, as long as it is the
     * newest: the one follows on the other. */
    if (!rc && other && other != event->cause_case && !closed_here(g, other)) {
        rc = case_get(world_store(g->world), other, g->arena, &row, g->err);
        ref = rc ? NULL : row.ref;
    }
    if (rc || !ref)
        return rc;
    err_set(g->err, ERR_REFUSED, "%s is open already for %s: %s", process->title, subject, ref);
    err_hint(g->err, "go on with that one: reeve case %s", ref);
    return ERR_REFUSED;
}

static enum err_code open_case(struct gather *g, struct event *event, int64_t id, size_t cause,
                               size_t *step)
{
    const struct ruleset *ruleset;
    enum err_code rc = world_ruleset_new(g->world, event->name, event->today, &ruleset, g->err);
    if (rc)
        return rc;
    event->name = bare_process(event->name);
    rc = check_one_per(g, ruleset, event);
    if (rc)
        return rc;
    event->ref = make_ref(g->arena, event->name, event->today, id);
    struct touched touched = { .is_new = true, .row = { .id = id }, .file = casefile_blank() };
    touched.file.id = id;
    touched.file.ruleset = ruleset->id;
    *LIST_ADD(g->arena, &g->touched) = touched;
    return decide_step(g, g->touched.count - 1, ruleset, event, cause, step);
}

enum err_code gather_open(struct gather *g, struct event *event, size_t *step)
{
    int64_t id = g->next_case++;
    return open_case(g, event, id, 0, step);
}

/* The sender is told by an event that only remarks. */
static enum err_code note_refusal(struct gather *g, const struct pending *pending)
{
    size_t sender = g->steps.at[pending->cause - 1].touched, step;
    struct event event = {
        .kind = EVENT_SIGNAL, .name = pending->event.name, .act = "refused",
        .why = arena_text(g->arena, g->err->text), .on = pending->event.on,
        .today = pending->event.today, .minute = pending->event.minute, .who_text = "reeve",
        .role = "link", .cause_case = pending->case_id, .ref = pending->event.ref,
    };
    *g->err = (struct err){ 0 };
    const struct ruleset *ruleset;
    enum err_code rc = rules_for(g, sender, &ruleset);
    return rc ? rc : decide_step(g, sender, ruleset, &event, pending->cause, &step);
}

/* Faults of the machine end the turn; what the rules refuse is an answer. */
static bool is_refusal(enum err_code code)
{
    return code == ERR_REFUSED || code == ERR_UNKNOWN || code == ERR_FORBIDDEN ||
           code == ERR_INPUT || code == ERR_SCRIPT;
}

static enum err_code decide_opening(struct gather *g, struct pending *pending, size_t *step)
{
    /* Of the opener's pack, as it is in use today. */
    const char *pack = g->steps.at[pending->cause - 1].ruleset->pack_name;
    const char *process = pending->event.name;
    pending->event.name = arena_printf(g->arena, "%s/%s", pack, process);
    enum err_code rc = open_case(g, &pending->event, pending->case_id, pending->cause, step);
    if (rc)
        err_wrap(g->err, "it opens %s", process);
    return rc;
}

static enum err_code find_by_ref(struct gather *g, const char *ref, int64_t *out)
{
    struct case_row row;
    for (size_t i = 0; i < g->touched.count; i++) {
        if (text_same(g->touched.at[i].file.ref, ref)) {
            *out = g->touched.at[i].row.id;
            return ERR_NONE;
        }
    }
    enum err_code rc = case_get_ref(world_store(g->world), ref, g->arena, &row, g->err);
    if (!rc)
        *out = row.id;
    return rc;
}

static enum err_code decide_signal(struct gather *g, struct pending *pending, size_t *step)
{
    size_t index;
    bool more;
    const struct ruleset *ruleset;
    enum err_code rc = pending->case_id ? ERR_NONE
                                        : find_by_ref(g, pending->event.ref, &pending->case_id);
    if (!rc)
        rc = gather_touch(g, pending->case_id, &index);
    if (!rc)
        rc = gather_owed(g, index, minute_at(pending->event.today, pending->event.minute),
                         TURN_OWED_MAX, &more);
    if (!rc)
        rc = rules_for(g, index, &ruleset);
    return rc ? rc : decide_step(g, index, ruleset, &pending->event, pending->cause, step);
}

static enum err_code decide_pending(struct gather *g, struct pending pending)
{
    size_t step;
    if (pending.depth > TURN_DEPTH)
        return err_set(g->err, ERR_LIMIT, "cases lead to one another more than %d deep",
                       TURN_DEPTH);
    bool signal = pending.event.kind == EVENT_SIGNAL;
    enum err_code rc = signal ? decide_signal(g, &pending, &step)
                              : decide_opening(g, &pending, &step);
    if (signal && is_refusal(rc))
        return note_refusal(g, &pending);
    if (!rc)
        queue_consequences(g, step, pending.depth + 1);
    return rc;
}

/* A queue of its own: the clock of a case that is signalled is let catch up in the middle of one.
 */
enum err_code gather_consequences(struct gather *g, size_t step)
{
    struct pendings outer = g->pending;
    size_t budget = TURN_DECISIONS;
    enum err_code rc = ERR_NONE;
    g->pending = (struct pendings){ 0 };
    queue_consequences(g, step, 1);
    for (size_t i = 0; !rc && i < g->pending.count; i++)
        rc = budget-- ? decide_pending(g, g->pending.at[i]) : too_many(g);
    g->pending = outer;
    return rc;
}

/* --- the clock ------------------------------------------------------------------------------- */

/* How far the turn had come. */
struct mark {
    size_t steps, touched, opened;
    int64_t next_case;
};

static void take_back(struct gather *g, const struct mark *mark)
{
    while (g->steps.count > mark->steps) {
        const struct step *step = &g->steps.at[--g->steps.count];
        g->touched.at[step->touched].file = step->before;
    }
    g->touched.count = mark->touched;
    g->opened.count = mark->opened;
    g->next_case = mark->next_case;
}

/* One event of the clock with its consequences. Where they are refused it is taken back, and the
 * case says why it did not happen. */
static enum err_code decide_owed_one(struct gather *g, size_t index, const struct ruleset *ruleset,
                                     struct event *event)
{
    const struct mark mark = { g->steps.count, g->touched.count, g->opened.count, g->next_case };
    size_t step;
    enum err_code rc = decide_step(g, index, ruleset, event, 0, &step);
    if (!rc)
        rc = gather_consequences(g, step);
    if (event->kind != EVENT_DO || !(is_refusal(rc) || rc == ERR_LIMIT))
        return rc;
    take_back(g, &mark);
    event->act = "refused";
    event->why = arena_text(g->arena, g->err->text);
    *g->err = (struct err){ 0 };
    return decide_step(g, index, ruleset, event, 0, &step);
}

static enum err_code owed_all(struct gather *g, size_t index, int64_t until, size_t most,
                              bool *more)
{
    for (size_t n = 0;; n++) {
        const struct casefile *file = &g->touched.at[index].file;
        const struct ruleset *ruleset;
        struct event event = { 0 };
        if (file->wake == MINUTE_NONE || file->wake > until)
            return ERR_NONE;
        enum err_code rc = rules_for(g, index, &ruleset);
        if (rc)
            return rc;
        struct decide_in in = decide_in(ruleset, file, NULL);
        host_begin(ruleset->rules->host);
        if (!decide_owed(&in, until, g->arena, &event))
            return ERR_NONE;
        if (n == most) {
            *more = true;
            return ERR_NONE;
        }
        rc = decide_owed_one(g, index, ruleset, &event);
        if (rc)
            return rc;
    }
}

enum err_code gather_owed(struct gather *g, size_t index, int64_t until, size_t most, bool *more)
{
    *more = false;
    if (g->nested == TURN_DEPTH)
        return err_set(g->err, ERR_LIMIT, "cases that the clock owes something lead to one "
                       "another more than %d deep", TURN_DEPTH);
    g->nested++;
    enum err_code rc = owed_all(g, index, until, most, more);
    g->nested--;
    if (rc || !*more || most < TURN_OWED_MAX)
        return rc;
    err_set(g->err, ERR_LIMIT, "the clock owes this case more than %d events", TURN_OWED_MAX);
    err_hint(g->err, "let the clock catch up first: reeve tick");
    return ERR_LIMIT;
}
