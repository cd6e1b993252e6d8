/* SPDX-License-Identifier: MIT */
#include "engine/run/verify.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/fold.h"
#include "engine/run/casework.h"
#include "engine/run/desk.h"
#include "store/read.h"

#include <string.h>

enum { IDS_AT_ONCE = 256 };

struct check {
    struct world *world;
    struct arena *arena;
    void *self;
    void (*wrong)(void *self, const char *ref, const char *text);
    struct verify_figures *figures;
    struct case_row row;
    struct casefile stored;
};

static void differs(struct check *check, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void differs(struct check *check, const char *format, ...)
{
    struct buf text = buf_in(check->arena);
    va_list args;
    va_start(args, format);
    buf_vprintf(&text, format, args);
    va_end(args);
    check->figures->wrong++;
    check->wrong(check->self, check->row.ref, buf_text(&text));
}

/* Deciding again under the same rules, calendar and edition gives the same outcome. */
static enum err_code redecide(struct check *check, const struct event_row *row,
                              const struct casefile *before, const struct event *event,
                              struct err *err)
{
    const struct ruleset *set;
    enum err_code rc = world_ruleset(check->world, row->ruleset, &set, err);
    if (rc)
        return rc;
    if (row->erased && !row->personal)
        return ERR_NONE;
    struct decide_in in = { .model = set->rules->pack->model,
                            .calendars = set->rules->pack->calendars, .file = before,
                            .event = event, .oracle = host_oracle(set->rules->host) };
    struct outcome *outcome;
    struct err why = { 0 };
    host_begin(set->rules->host);
    rc = decide(&in, check->arena, &outcome, &why);
    check->figures->redecided++;
    if (rc) {
        differs(check, "event %lld is refused when decided again: %s", (long long)row->id,
                why.text);
        return ERR_NONE;
    }
    struct buf did = buf_in(check->arena), personal = buf_in(check->arena);
    outcome_encode(outcome, check->arena, &did, &personal);
    if (strcmp(buf_text(&did), row->did) != 0)
        differs(check, "event %lld comes out otherwise when decided again", (long long)row->id);
    return ERR_NONE;
}

static enum err_code check_event(struct check *check, const struct event_row *row,
                                 unsigned char prev[HASH_BYTES], struct casefile *file,
                                 struct err *err)
{
    unsigned char hash[HASH_BYTES];
    struct event *event = ARENA_NEW(check->arena, struct event);
    struct outcome *outcome = ARENA_NEW(check->arena, struct outcome);
    check->figures->events++;
    event_hash(prev, row, hash);
    if (memcmp(hash, row->hash, HASH_BYTES) != 0)
        differs(check, "event %lld does not fit the chain: it was changed, or one before it",
                (long long)row->id);
    memcpy(prev, row->hash, HASH_BYTES);
    enum err_code rc = case_event(row, check->arena, event, outcome, err);
    if (!rc)
        rc = redecide(check, row, file, event, err);
    if (rc)
        return rc;
    struct casefile next = casefile_copy(check->arena, file);
    fold(check->arena, &next, outcome);
    next.id = check->row.id;
    next.head = row->id;
    if (!next.ruleset)
        next.ruleset = row->ruleset;
    *file = next;
    return ERR_NONE;
}

static void compare_fold(struct check *check, const struct casefile *folded)
{
    const struct casefile *stored = &check->stored;
    struct buf body = buf_in(check->arena);
    casefile_encode(folded, &body);
    if (strcmp(buf_text(&body), check->row.body) != 0)
        differs(check, "the stored case is not what its events add up to");
    if (!text_same(folded->state, stored->state) || folded->open != stored->open ||
        folded->wake != stored->wake || folded->school != stored->school ||
        folded->head != stored->head || !text_same(folded->ref, stored->ref) ||
        !text_same(folded->process, stored->process))
        differs(check, "the case's row is not what its events add up to");
}

struct listed {
    struct check *check;
    const struct process *process;
    size_t count;
};

static bool listed_row(void *self, const struct due_row *row)
{
    struct listed *listed = self;
    const struct clock *clock = casefile_clock(&listed->check->stored, row->name);
    listed->count++;
    if (!clock || !clock_listed(listed->check->arena, listed->process, &listed->check->stored, clock) ||
        clock_listed_day(clock) != row->do_by || clock->due != row->due)
        differs(listed->check, "the list of what is due has '%s' wrong", row->name);
    return true;
}

static enum err_code check_lists(struct check *check, struct err *err)
{
    const struct ruleset *set;
    enum err_code rc = world_ruleset(check->world, check->row.ruleset, &set, err);
    if (rc)
        return rc;
    struct listed listed = { .check = check };
    listed.process = model_process(set->rules->pack->model, check->stored.process);
    if (!listed.process) {
        differs(check, "its process '%s' is not in its pack", check->stored.process);
        return ERR_NONE;
    }
    rc = read_due_of(world_store(check->world), check->row.id, &listed, listed_row, err);
    size_t owed = 0;
    for (size_t i = 0; i < check->stored.in.clocks.count; i++)
        owed += clock_listed(check->arena, listed.process, &check->stored,
                             &check->stored.in.clocks.at[i]) != NULL;
    if (!rc && owed != listed.count)
        differs(check, "%zu deadlines are open, the list of what is due has %zu", owed,
                listed.count);
    return rc;
}

static enum err_code check_case(struct check *check, int64_t id, struct err *err)
{
    struct event_row *rows;
    size_t count;
    struct casefile file = casefile_blank();
    unsigned char prev[HASH_BYTES] = { 0 };
    check->row = (struct case_row){ 0 };
    enum err_code rc = case_load(world_store(check->world), id, check->arena, &check->row,
                                 &check->stored, err);
    if (!rc)
        rc = case_history(world_store(check->world), id, check->arena, &rows, &count, err);
    for (size_t i = 0; !rc && i < count; i++)
        rc = check_event(check, &rows[i], prev, &file, err);
    if (rc == ERR_STORE && check->row.ref) { /* Damaged; the other cases can still be looked at. */
        differs(check, "%s", err->text);
        check->figures->cases++;
        return ERR_NONE;
    }
    if (rc)
        return rc;
    if (memcmp(prev, check->row.head_hash, HASH_BYTES) != 0)
        differs(check, "the case does not end where its chain ends");
    compare_fold(check, &file);
    check->figures->cases++;
    return check_lists(check, err);
}

enum err_code verify_all(struct world *world, void *self,
                         void (*wrong)(void *self, const char *ref, const char *text),
                         void (*progress)(void *self, int64_t done, int64_t all),
                         struct verify_figures *out, struct err *err)
{
    struct counts counts;
    struct check check = { .world = world, .arena = arena_new(), .self = self, .wrong = wrong,
                           .figures = out };
    int64_t ids[IDS_AT_ONCE], after = 0;
    *out = (struct verify_figures){ 0 };
    enum err_code rc = read_counts(world_store(world), &counts, err);
    for (size_t count = IDS_AT_ONCE; !rc && count == IDS_AT_ONCE;) {
        rc = read_case_ids(world_store(world), after, IDS_AT_ONCE, ids, &count, err);
        for (size_t i = 0; !rc && i < count; i++) {
            arena_reset(check.arena);
            rc = check_case(&check, ids[i], err);
            after = ids[i];
        }
        if (!rc && progress)
            progress(self, out->cases, counts.cases);
    }
    arena_free(check.arena);
    return rc ? rc : seals_check(world_store(world), &out->seals, err);
}
