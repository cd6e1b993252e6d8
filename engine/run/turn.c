/* SPDX-License-Identifier: MIT */
/* Three passes: gather (load, decide, fold on copies, breadth first), then
 * write every decided event in the order it was decided. Nothing is written
 * before the last decision is made.
 */
#include "engine/run/turn.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/fold.h"
#include "engine/run/casework.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* A case as this turn has it so far. */
struct touched {
    struct case_row row;
    struct casefile file;
    bool is_new;
};

/* One decided event, waiting to be written. */
struct step {
    size_t touched;             /* Index: the list may move. */
    const struct ruleset *ruleset;
    struct casefile before, after;
    struct event event;
    struct outcome *outcome;
    int64_t event_id;
    size_t cause;               /* Step that caused it, plus 1; 0: none. */
    uint64_t key, content;
};

/* Something to decide still: an opening or a signal. */
struct pending {
    struct event event;
    int64_t case_id;
    size_t cause;
    int depth;
};

struct gather {
    struct world *world;
    struct arena *arena;
    const struct request *request;
    struct err *err;
    struct { struct touched *at; size_t count, room; } touched;
    struct { struct step *at; size_t count, room; } steps;
    struct { struct pending *at; size_t count, room; } pending;
    struct { int64_t *at; size_t count, room; } opened;
    int64_t next_case;
};

static uint64_t hash_text(uint64_t hash, const char *text)
{
    for (const char *c = text ? text : "\1"; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 1099511628211u;
    return (hash ^ 0xff) * 1099511628211u;
}

static uint64_t hash_key(const char *key)
{
    uint64_t hash = hash_text(1469598103934665603u, key);
    return hash ? hash : 1; /* 0 means no key. */
}

/* What was asked, before anything is filled in: the same key must come with the same. */
static uint64_t hash_content(const struct request *request, struct arena *arena)
{
    const struct event *event = &request->event;
    struct buf text = buf_in(arena);
    for (size_t i = 0; i < event->given_count; i++) {
        buf_printf(&text, "%s=", event->given[i].name);
        json_write(event->given[i].value, &text);
    }
    buf_printf(&text, "|%d|%d|%lld|%lld", (int)event->kind, (int)event->on,
               (long long)event->person, (long long)event->school);
    uint64_t hash = hash_text(1469598103934665603u, buf_text(&text));
    const char *const parts[] = { event->name, event->act, event->role, event->why, event->how,
                                  event->by, event->file };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        hash = hash_text(hash, parts[i]);
    return hash;
}

static enum err_code touch(struct gather *g, int64_t case_id, size_t *out)
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
static enum err_code rules_for(struct gather *g, const struct touched *touched,
                               const struct ruleset **out)
{
    return world_ruleset_now(g->world, touched->file.ruleset, minute_day(g->request->now_minute),
                             out, g->err);
}

/* Decides one event on a touched case, folds it into the overlay and notes what it leads to. */
static enum err_code decide_step(struct gather *g, size_t index, const struct ruleset *ruleset,
                                 struct event *event, size_t cause, size_t *step_index)
{
    if (g->steps.count >= TURN_DECISIONS + (size_t)TURN_OWED_MAX)
        return err_set(g->err, ERR_LIMIT, "one event leads to more than %d others", TURN_DECISIONS);
    struct touched *touched = &g->touched.at[index];
    event->recorded_ms = g->request->now_ms > touched->file.recorded_ms
                             ? g->request->now_ms : touched->file.recorded_ms;
    event->first_child = g->next_case;

    struct outcome *outcome;
    struct decide_in in = decide_in(ruleset, &touched->file, event);
    host_begin(ruleset->rules->host);
    enum err_code rc = decide(&in, g->arena, &outcome, g->err);
    if (rc)
        return rc;

    struct step step = { .touched = index, .ruleset = ruleset, .before = touched->file,
                         .event = *event, .outcome = outcome, .cause = cause };
    step.after = casefile_copy(g->arena, &touched->file);
    fold(g->arena, &step.after, outcome);
    step.after.id = touched->row.id;
    if (touched->is_new && !step.after.ruleset)
        step.after.ruleset = ruleset->id;
    touched->file = step.after;
    *step_index = g->steps.count;
    *LIST_ADD(g->arena, &g->steps) = step;
    return ERR_NONE;
}

static size_t link_children(const struct casefile *file, const char *to, struct arena *arena,
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

static void queue_signals(struct gather *g, const struct step *step, size_t cause,
                          const struct sending *sending, int depth)
{
    int64_t *cases;
    size_t count = link_children(&step->after, sending->to, g->arena, &cases);
    for (size_t i = 0; i < count; i++) {
        struct pending *pending = LIST_ADD(g->arena, &g->pending);
        *pending = (struct pending){ .cause = cause, .depth = depth, .case_id = cases[i] };
        pending->event = (struct event){
            .kind = EVENT_SIGNAL, .name = sending->event, .on = sending->on,
            .today = step->event.today, .minute = step->event.minute, .who = step->event.who,
            .who_text = step->event.who_text, .role = "link",
            .cause_case = step->after.id, .cause_process = step->after.process,
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

static enum err_code check_one_per(struct gather *g, const struct ruleset *ruleset,
                                   const struct event *event)
{
    const struct process *process = model_process(ruleset->rules->pack->model, event->name);
    const char *subject = NULL;
    for (size_t i = 0; process && process->one_per && i < event->given_count; i++)
        if (strcmp(event->given[i].name, process->one_per) == 0 &&
            event->given[i].value->kind == JSON_TEXT)
            subject = event->given[i].value->text;
    if (!subject)
        return ERR_NONE;
    int64_t other = 0;
    enum err_code rc = case_about(world_store(g->world), process->name, subject, &other, g->err);
    if (rc || !other)
        return rc;
    /* One that this very turn is closing does not count. */
    for (size_t i = 0; i < g->touched.count; i++)
        if (g->touched.at[i].row.id == other && !g->touched.at[i].file.open)
            return ERR_NONE;
    struct case_row row;
    rc = case_get(world_store(g->world), other, g->arena, &row, g->err);
    if (rc)
        return rc;
    err_set(g->err, ERR_REFUSED, "%s is open already for %s: %s", process->title, subject, row.ref);
    err_hint(g->err, "go on with that one: reeve case %s", row.ref);
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
    struct touched *touched = LIST_ADD(g->arena, &g->touched);
    touched->is_new = true;
    touched->row.id = id;
    touched->file = casefile_blank();
    touched->file.id = id;
    touched->file.ruleset = ruleset->id;
    return decide_step(g, g->touched.count - 1, ruleset, event, cause, step);
}

/* A refused signal is noted on the sender: the remark is an outcome of its own kind, so the turn
 * tells the sender by an event that only remarks. */
static enum err_code note_refusal(struct gather *g, const struct pending *pending)
{
    struct step *sender = &g->steps.at[pending->cause - 1];
    struct touched *touched = &g->touched.at[sender->touched];
    struct event event = {
        .kind = EVENT_SIGNAL, .name = pending->event.name, .act = "refused", .why = g->err->text,
        .on = pending->event.on, .today = pending->event.today, .minute = pending->event.minute,
        .who_text = "reeve", .role = "link", .cause_case = pending->case_id,
    };
    size_t step;
    const struct ruleset *ruleset;
    enum err_code rc = rules_for(g, touched, &ruleset);
    return rc ? rc : decide_step(g, sender->touched, ruleset, &event, pending->cause, &step);
}

/* Faults of the machine end the turn; what the rules refuse is an answer. */
static bool is_refusal(enum err_code code)
{
    return code == ERR_REFUSED || code == ERR_UNKNOWN || code == ERR_FORBIDDEN ||
           code == ERR_INPUT || code == ERR_SCRIPT;
}

static enum err_code decide_pending(struct gather *g, struct pending pending)
{
    size_t step, index;
    if (pending.depth > TURN_DEPTH)
        return err_set(g->err, ERR_LIMIT, "cases lead to one another more than %d deep",
                       TURN_DEPTH);
    if (pending.event.kind == EVENT_OPEN) {
        /* Of the opener's pack, as it is in use today. */
        const char *pack = g->steps.at[pending.cause - 1].ruleset->pack_name;
        const char *process = pending.event.name;
        pending.event.name = arena_printf(g->arena, "%s/%s", pack, process);
        enum err_code rc = open_case(g, &pending.event, pending.case_id, pending.cause,
                                     &step);
        if (rc) {
            err_wrap(g->err, "it opens %s", process);
            return rc;
        }
    } else {
        const struct ruleset *ruleset;
        enum err_code rc = touch(g, pending.case_id, &index);
        if (!rc)
            rc = rules_for(g, &g->touched.at[index], &ruleset);
        if (!rc)
            rc = decide_step(g, index, ruleset, &pending.event, pending.cause, &step);
        if (is_refusal(rc))
            return note_refusal(g, &pending);
        if (rc)
            return rc;
    }
    queue_consequences(g, step, pending.depth + 1);
    return ERR_NONE;
}

static enum err_code decide_all_pending(struct gather *g)
{
    size_t budget = TURN_DECISIONS;
    for (size_t i = 0; i < g->pending.count; i++) {
        if (!budget--)
            return err_set(g->err, ERR_LIMIT, "one event leads to more than %d others",
                           TURN_DECISIONS);
        enum err_code rc = decide_pending(g, g->pending.at[i]);
        if (rc)
            return rc;
    }
    g->pending.count = 0;
    return ERR_NONE;
}

/* What the clock owes the case by now, at its own instants, in order; `most` events of it. */
static enum err_code decide_owed_first(struct gather *g, size_t index, size_t most, bool *more)
{
    *more = false;
    for (size_t n = 0;; n++) {
        struct touched *touched = &g->touched.at[index];
        const struct ruleset *ruleset;
        struct event event = { 0 };
        if (touched->file.wake == MINUTE_NONE || touched->file.wake > g->request->now_minute)
            return ERR_NONE;
        enum err_code rc = rules_for(g, touched, &ruleset);
        if (rc)
            return rc;
        struct decide_in in = decide_in(ruleset, &touched->file, NULL);
        host_begin(ruleset->rules->host);
        if (!decide_owed(&in, g->request->now_minute, g->arena, &event))
            return ERR_NONE;
        if (n == most) {
            *more = true;
            return ERR_NONE;
        }
        size_t step;
        rc = decide_step(g, index, ruleset, &event, 0, &step);
        if (rc)
            return rc;
        queue_consequences(g, step, 1);
        rc = decide_all_pending(g);
        if (rc)
            return rc;
    }
}

static enum err_code write_steps(struct gather *g)
{
    struct store *store = world_store(g->world);
    for (size_t i = 0; i < g->steps.count; i++) {
        struct step *step = &g->steps.at[i];
        struct touched *touched = &g->touched.at[step->touched];
        enum err_code rc = event_next_id(store, &step->event_id, g->err);
        if (rc)
            return rc;
        if (step->cause)
            step->event.cause = g->steps.at[step->cause - 1].event_id;
        const struct decided decided = {
            .ruleset = step->ruleset, .row = &touched->row, .before = &step->before,
            .after = &step->after, .event = &step->event, .outcome = step->outcome,
            .event_id = step->event_id, .key = step->key, .content = step->content,
        };
        rc = case_write(g->world, &decided, g->arena, g->err);
        if (rc)
            return rc;
        touched->file.head = step->event_id;
    }
    return ERR_NONE;
}

/* The key was used: the same question gets the stored answer, another one a refusal. */
static enum err_code answer_again(struct gather *g, int64_t case_id, int64_t event_id,
                                  struct turned *out)
{
    struct case_row *row = ARENA_NEW(g->arena, struct case_row);
    struct casefile *file = ARENA_NEW(g->arena, struct casefile);
    struct event_row event;
    struct outcome *outcome = ARENA_NEW(g->arena, struct outcome);
    const struct ruleset *ruleset;
    enum err_code rc = case_load(world_store(g->world), case_id, g->arena, row, file, g->err);
    if (!rc)
        rc = event_get(world_store(g->world), event_id, g->arena, &event, g->err);
    if (!rc)
        rc = case_event(&event, g->arena, NULL, outcome, g->err);
    if (!rc)
        rc = world_ruleset(g->world, row->ruleset, &ruleset, g->err);
    if (rc)
        return rc;
    out->again = true;
    out->case_id = case_id;
    out->event_id = event_id;
    out->ref = row->ref;
    out->file = file;
    out->process = model_process(ruleset->rules->pack->model, file->process);
    out->outcome = outcome;
    return ERR_NONE;
}

static enum err_code key_conflict(struct gather *g)
{
    err_set(g->err, ERR_CONFLICT, "the key '%s' was used for something else",
            g->request->event.key);
    err_hint(g->err, "a key belongs to one request; use another for this one");
    return ERR_CONFLICT;
}

/* Looks the key up. *found: `out` has the answer, or the code says that it clashed. */
static enum err_code check_key(struct gather *g, int64_t case_id, uint64_t content, bool *found,
                               struct turned *out)
{
    const char *key = g->request->event.key;
    struct case_row row;
    uint64_t was;
    *found = false;
    if (!key)
        return ERR_NONE;
    enum err_code rc = case_id ? ERR_NONE
                               : opened_get(world_store(g->world), key, &case_id, g->err);
    if (rc || !case_id)
        return rc;
    rc = case_get(world_store(g->world), case_id, g->arena, &row, g->err);
    if (rc)
        return rc;
    int64_t event = case_key(&row, hash_key(key), &was);
    if (!event)
        return ERR_NONE;
    *found = true;
    return was == content ? answer_again(g, case_id, event, out) : key_conflict(g);
}

static enum err_code find_case(struct gather *g, int64_t *id)
{
    const struct request *request = g->request;
    struct case_row row;
    *id = request->case_id;
    if (*id || request->event.kind == EVENT_OPEN)
        return ERR_NONE;
    enum err_code rc = case_get_ref(world_store(g->world), request->ref, g->arena, &row, g->err);
    if (!rc)
        *id = row.id;
    return rc;
}

static void fill_event(const struct request *request, struct event *event)
{
    *event = request->event;
    event->today = minute_day(request->now_minute);
    event->minute = (int)(request->now_minute - minute_at(event->today, 0));
    if (event->on == DAY_NONE)
        event->on = event->today;
}

static enum err_code decide_request(struct gather *g, int64_t id, bool *more, size_t *step)
{
    struct event event;
    size_t index;
    fill_event(g->request, &event);
    *more = false;
    if (event.kind == EVENT_OPEN) {
        int64_t new_id = g->next_case++;
        return open_case(g, &event, new_id, 0, step);
    }
    enum err_code rc = touch(g, id, &index);
    if (!rc)
        rc = decide_owed_first(g, index, g->request->clock_only ? 1 : TURN_OWED_MAX, more);
    if (rc || g->request->clock_only) {
        *step = g->steps.count ? 0 : SIZE_MAX;
        return rc;
    }
    const struct ruleset *ruleset;
    rc = rules_for(g, &g->touched.at[index], &ruleset);
    return rc ? rc : decide_step(g, index, ruleset, &event, 0, step);
}

/* A reckoning that changes no clock is not worth an event. */
static bool moves_nothing(const struct gather *g)
{
    for (size_t i = 0; i < g->steps.count; i++)
        if (g->steps.at[i].outcome->changed.clocks.count || g->steps.at[i].event.kind != EVENT_RECKON)
            return false;
    return true;
}

static void fill_answer(struct gather *g, size_t index, struct turned *out)
{
    if (index == SIZE_MAX)
        return; /* The clock owed nothing. */
    const struct step *step = &g->steps.at[index];
    struct casefile *file = ARENA_NEW(g->arena, struct casefile);
    *file = g->touched.at[step->touched].file;
    out->case_id = file->id;
    out->event_id = step->event_id;
    out->ref = file->ref;
    out->file = file;
    out->process = model_process(step->ruleset->rules->pack->model, file->process);
    out->outcome = step->outcome;
    out->opened = g->opened.at;
    out->opened_count = g->opened.count;
    out->decisions = g->steps.count;
}

enum err_code turn(struct world *world, const struct request *request, struct arena *arena,
                   struct turned *out)
{
    *out = (struct turned){ 0 };
    struct gather g = { .world = world, .arena = arena, .request = request, .err = &out->err };
    uint64_t content = request->event.key ? hash_content(request, arena) : 0;
    int64_t id;
    size_t step = SIZE_MAX;
    bool found;

    enum err_code rc = find_case(&g, &id);
    if (!rc)
        rc = check_key(&g, id, content, &found, out);
    if (rc || found)
        return out->code = rc;
    rc = case_next_id(world_store(world), &g.next_case, &out->err);
    if (!rc)
        rc = decide_request(&g, id, &out->more, &step);
    if (!rc && step != SIZE_MAX && !request->clock_only) {
        queue_consequences(&g, step, 1);
        rc = decide_all_pending(&g);
    }
    if (!rc && request->only_if_moved && moves_nothing(&g))
        return ERR_NONE;
    if (!rc && request->event.key && step != SIZE_MAX) {
        g.steps.at[step].key = hash_key(request->event.key);
        g.steps.at[step].content = content;
    }
    if (!rc && !request->what_if)
        rc = write_steps(&g);
    if (!rc && !request->what_if && request->event.key && request->event.kind == EVENT_OPEN)
        rc = opened_put(world_store(world), request->event.key,
                        g.steps.at[step].after.id, &out->err);
    if (!rc)
        fill_answer(&g, step, out);
    return out->code = rc;
}

enum err_code turn_once(struct world *world, const struct request *request, struct arena *arena,
                        struct turned *out)
{
    struct store *store = world_store(world);
    *out = (struct turned){ 0 };
    enum err_code rc = store_begin(store, &out->err);
    if (rc)
        return out->code = rc;
    world_begin(world);
    rc = turn(world, request, arena, out);
    if (!rc && !request->what_if && !out->again) {
        rc = store_commit(store, &out->err);
        if (rc)
            world_rolled_back(world);
        return out->code = rc;
    }
    /* A refusal wrote nothing; what was prepared for it (a desk, a rule set) goes too. */
    store_rollback(store);
    world_rolled_back(world);
    return rc;
}
