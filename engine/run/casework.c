/* SPDX-License-Identifier: MIT */
#include "engine/run/casework.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/clock_date.h"
#include "engine/core/fold.h"
#include "engine/run/desk.h"
#include "engine/run/keys.h"
#include "engine/run/letters.h"

#include <string.h>

/* One case's fault: what goes through many goes on with the next. */
static enum err_code damaged(struct err *err)
{
    if (err)
        err->code = ERR_DAMAGED;
    return ERR_DAMAGED;
}

enum err_code case_load(struct store *store, int64_t id, struct arena *arena, struct case_row *row,
                        struct casefile *out, struct err *err)
{
    enum err_code rc = case_get(store, id, arena, row, err);
    if (rc)
        return rc;
    *out = casefile_blank();
    rc = casefile_decode(arena, row->body, row->body_len, out, err);
    if (rc) {
        err_wrap(err, "case %s", row->ref);
        return damaged(err);
    }
    out->id = row->id;
    out->ref = row->ref;
    out->ruleset = row->ruleset;
    out->process = row->process;
    out->state = row->state;
    out->open = row->open;
    out->school = row->school;
    out->head = row->head;
    out->wake = row->wake;
    return ERR_NONE;
}

/* {"did":...,"said":...}: the two personal parts in one column. */
static const char *personal_join(struct arena *arena, struct buf *said, struct buf *did)
{
    if (!said->len && !did->len)
        return NULL;
    return arena_printf(arena, "{\"did\":%s,\"said\":%s}", did->len ? did->at : "null",
                        said->len ? said->at : "null");
}

static enum err_code personal_split(struct arena *arena, const char *personal, struct buf *said,
                                    struct buf *did, struct err *err)
{
    struct json *tree;
    if (!personal)
        return ERR_NONE;
    enum err_code rc = json_parse(arena, personal, strlen(personal), &tree, err);
    if (rc)
        return rc;
    const struct json *part = json_get(tree, "did");
    if (part && part->kind == JSON_MAP)
        json_write(part, did);
    part = json_get(tree, "said");
    if (part && part->kind == JSON_MAP)
        json_write(part, said);
    return ERR_NONE;
}

enum err_code case_event(const struct event_row *row, struct arena *arena, struct event *event,
                         struct outcome *outcome, struct err *err)
{
    struct buf said = buf_in(arena), did = buf_in(arena);
    enum err_code rc = personal_split(arena, row->personal, &said, &did, err);
    if (!rc && event)
        rc = event_decode(arena, row->said, strlen(row->said), said.len ? said.at : NULL, said.len,
                          event, err);
    if (!rc && outcome)
        rc = outcome_decode(arena, row->did, strlen(row->did), did.len ? did.at : NULL, did.len,
                            outcome, err);
    if (rc) {
        err_wrap(err, "event %lld", (long long)row->id);
        return damaged(err);
    }
    if (event) {
        event->recorded_ms = row->recorded_ms;
        event->cause = row->cause;
    }
    return ERR_NONE;
}

enum err_code case_history(struct store *store, int64_t id, struct arena *arena,
                           struct event_row **out, size_t *count, struct err *err)
{
    struct case_row row;
    struct { struct event_row *at; size_t count, room; } list = { 0 };
    enum err_code rc = case_get(store, id, arena, &row, err);
    if (rc)
        return rc;
    for (int64_t at = row.head; at;) {
        struct event_row *event = LIST_ADD(arena, &list);
        rc = event_get(store, at, arena, event, err);
        if (rc)
            return rc == ERR_UNKNOWN ? damaged(err) : rc;
        if (event->prev >= at)
            return err_set(err, ERR_DAMAGED, "the history of %s goes in a circle at event %lld",
                           row.ref, (long long)at);
        at = event->prev;
    }
    for (size_t i = 0; i < list.count / 2; i++) {
        struct event_row swap = list.at[i];
        list.at[i] = list.at[list.count - 1 - i];
        list.at[list.count - 1 - i] = swap;
    }
    *out = list.at;
    *count = list.count;
    return ERR_NONE;
}

enum err_code case_fold(struct store *store, int64_t id, int64_t until_ms, struct arena *arena,
                        struct casefile *out, struct err *err)
{
    struct event_row *rows;
    size_t count;
    enum err_code rc = case_history(store, id, arena, &rows, &count, err);
    if (rc)
        return rc;
    struct casefile file = casefile_blank();
    for (size_t i = 0; i < count && rows[i].recorded_ms <= until_ms; i++) {
        struct outcome *outcome = ARENA_NEW(arena, struct outcome);
        rc = case_event(&rows[i], arena, NULL, outcome, err);
        if (rc)
            return rc;
        fold(arena, &file, outcome);
        file.id = id;
        file.head = rows[i].id;
        if (!file.ruleset)
            file.ruleset = rows[i].ruleset;
    }
    if (!file.head)
        return err_set(err, ERR_UNKNOWN, "the case was not yet on record then");
    *out = file;
    return ERR_NONE;
}

/* What an occasion gives belongs to another process, whose fields are not looked at: all of it. */
static const char *const *personal_names(const struct event *event, const struct process *process,
                                         struct arena *arena, size_t *count)
{
    struct { const char **at; size_t count, room; } names = { 0 };
    for (size_t i = 0; event->kind == EVENT_OCCASION && i < event->given_count; i++)
        *LIST_ADD(arena, &names) = event->given[i].name;
    for (size_t i = 0; event->kind != EVENT_OCCASION && i < process->field_count; i++)
        if (process->fields[i].personal)
            *LIST_ADD(arena, &names) = process->fields[i].name;
    *count = names.count;
    return names.at;
}

static enum err_code write_event(struct world *world, const struct decided *decided,
                                 struct case_row *row, const struct process *process,
                                 struct arena *arena, struct err *err)
{
    struct buf said = buf_in(arena), did = buf_in(arena);
    struct buf said_personal = buf_in(arena), did_personal = buf_in(arena);
    size_t count;
    const char *const *names = personal_names(decided->event, process, arena, &count);
    event_encode(decided->event, names, count, &said, &said_personal);
    outcome_encode(decided->outcome, arena, &did, &did_personal);
    struct event_row event = {
        .id = decided->event_id, .case_id = row->id, .prev = row->head,
        .cause = decided->event->cause, .ruleset = decided->ruleset->id,
        .recorded_ms = decided->event->recorded_ms, .said = buf_text(&said), .did = buf_text(&did),
        .personal = personal_join(arena, &said_personal, &did_personal),
    };
    return event_add(world_store(world), row, &event, err);
}

const char *clock_listed(struct arena *arena, const struct process *process,
                         const struct casefile *file, const struct clock *clock)
{
    if (!clock || !clock_open(clock))
        return NULL;
    const struct deadline *rule = clock_rule(arena, process, file, clock->name);
    return rule && !rule->right_of ? clock_owner(file, rule) : NULL;
}

day clock_listed_day(const struct clock *clock)
{
    if (clock->status == CLOCK_PAUSED)
        return CLOCK_PAUSED_DAY;
    return clock->do_by == DAY_NONE ? clock->due : clock->do_by;
}

/* What stands still is behind all that does not: it is neither overdue nor next. */
day clock_listed_due(const struct clock *clock)
{
    return clock->status == CLOCK_PAUSED ? CLOCK_PAUSED_DAY : clock->due;
}

static enum err_code write_due_of(struct world *world, const struct decided *decided,
                                  const struct process *process, const char *name,
                                  struct arena *arena, struct err *err)
{
    const struct model *model = decided->ruleset->rules->pack->model;
    const struct clock *was = casefile_clock(decided->before, name);
    const struct clock *is = casefile_clock(decided->after, name);
    const char *was_role = clock_listed(arena, process, decided->before, was);
    const char *is_role = clock_listed(arena, process, decided->after, is);
    int64_t was_desk = 0, is_desk = 0;
    enum err_code rc = ERR_NONE;
    if (was_role)
        rc = desk_of(world, model, was_role, decided->before, &was_desk, err);
    if (!rc && is_role)
        rc = desk_of(world, model, is_role, decided->after, &is_desk, err);
    if (rc)
        return rc;
    if (was_role && is_role && was_desk == is_desk &&
        clock_listed_day(was) == clock_listed_day(is) &&
        clock_listed_due(was) == clock_listed_due(is))
        return ERR_NONE;
    struct store *store = world_store(world);
    if (was_role)
        rc = due_drop(store, was_desk, clock_listed_day(was), decided->row->id, name, err);
    if (!rc && is_role)
        rc = due_put(store, is_desk, clock_listed_day(is), decided->row->id, name,
                     clock_listed_due(is), err);
    return rc;
}

/* A new party, or one taken away, may move every deadline to another desk. */
static bool parties_changed(const struct outcome *outcome)
{
    bool changed = outcome->changed.parties.count > 0;
    for (size_t i = 0; i < outcome->gone.count; i++)
        changed = changed || strcmp(outcome->gone.at[i].section, "parties") == 0;
    return changed;
}

/* Only what changed is compared. */
static enum err_code write_due(struct world *world, const struct decided *decided,
                               const struct process *process, struct arena *arena,
                               struct err *err)
{
    const struct outcome *outcome = decided->outcome;
    bool all = parties_changed(outcome);
    size_t count = all ? decided->after->in.clocks.count : outcome->changed.clocks.count;
    const struct clock *clocks = all ? decided->after->in.clocks.at : outcome->changed.clocks.at;
    enum err_code rc = ERR_NONE;
    for (size_t i = 0; !rc && i < count; i++)
        rc = write_due_of(world, decided, process, clocks[i].name, arena, err);
    for (size_t i = 0; !rc && i < outcome->gone.count; i++)
        if (strcmp(outcome->gone.at[i].section, "clocks") == 0)
            rc = write_due_of(world, decided, process, outcome->gone.at[i].name, arena, err);
    return rc;
}

/* A decision that reaches nobody must not go unseen: those who look after the case are told that
 * the role is held by nobody. */
enum err_code case_tell_nobody(struct world *world, const struct decided *decided,
                               const char *role, const char *about, struct arena *arena,
                               struct err *err)
{
    const struct model *model = decided->ruleset->rules->pack->model;
    struct notice_row row = { .event = decided->event_id, .case_id = decided->row->id,
                              .leave = minute_at(decided->event->today, decided->event->minute),
                              .kind = notice_kind_name(NOTICE_CORRECT), .about = about };
    struct desk_holders officers;
    enum err_code rc = desk_holders(world, model, desk_officers(model), decided->after, arena,
                                    &officers, err);
    if (!rc)
        rc = desk_of(world, model, role, decided->after, &row.desk, err);
    for (size_t i = 0; !rc && i < officers.count; i++) {
        row.person = officers.people[i];
        rc = notice_add(world_store(world), &row, err);
    }
    return rc;
}

static enum err_code write_notice(struct world *world, const struct decided *decided,
                                  const struct notice *notice, struct arena *arena, struct err *err)
{
    const struct model *model = decided->ruleset->rules->pack->model;
    struct desk_holders holders;
    int64_t desk;
    enum err_code rc =
        desk_holders(world, model, notice->role, decided->after, arena, &holders, err);
    if (!rc)
        rc = desk_of(world, model, notice->role, decided->after, &desk, err);
    if (rc)
        return rc;
    struct notice_row row = { .event = decided->event_id, .case_id = decided->row->id,
                              .desk = desk, .leave = notice->leave,
                              .kind = notice_kind_name(notice->kind), .about = notice->about };
    if (!holders.count) {
        rc = notice_add(world_store(world), &row, err);
        return rc || notice->kind != NOTICE_NOTIFY ? rc
                                                   : case_tell_nobody(world, decided, notice->role,
                                                                      notice->about, arena, err);
    }
    for (size_t i = 0; !rc && i < holders.count; i++) {
        row.person = holders.people[i];
        rc = notice_add(world_store(world), &row, err);
    }
    return rc;
}

const char *case_subject(const struct process *process, const struct casefile *file)
{
    if (!process->one_per)
        return NULL;
    const struct field_entry *field = casefile_field(file, process->one_per);
    return field && field->value.kind == VALUE_TEXT ? field->value.text : NULL;
}

enum err_code case_write(struct world *world, const struct decided *decided, struct arena *arena,
                         struct err *err)
{
    struct case_row *row = decided->row;
    const struct casefile *after = decided->after;
    const struct process *process = model_process(decided->ruleset->rules->pack->model,
                                                  after->process);
    int64_t was_head = row->head;
    MUST(process);
    enum err_code rc = write_event(world, decided, row, process, arena, err);
    if (rc)
        return rc;

    struct buf body = buf_in(arena);
    casefile_encode(after, &body);
    row->head = decided->event_id;
    row->state = after->state;
    row->open = after->open;
    row->wake = after->wake;
    row->subject = case_subject(process, after);
    row->body = buf_text(&body);
    row->body_len = body.len;
    if (decided->key)
        keys_add(row, decided->key, decided->content, decided->event_id, arena);
    if (was_head) {
        rc = case_update(world_store(world), row, was_head, err);
    } else {
        row->process = after->process;
        row->school = after->school;
        row->ref = after->ref;
        row->ruleset = decided->ruleset->id;
        rc = case_insert(world_store(world), row, err);
    }
    if (!rc)
        rc = write_due(world, decided, process, arena, err);
    for (size_t i = 0; !rc && i < decided->outcome->notices.count; i++)
        rc = write_notice(world, decided, &decided->outcome->notices.at[i], arena, err);
    if (!rc && decided->outcome->changed.letters.count)
        rc = letters_write(world, decided, arena, err);
    return rc;
}
