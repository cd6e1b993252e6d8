/* SPDX-License-Identifier: MIT */
#include "engine/run/verify.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/fold.h"
#include "engine/run/casework.h"
#include "engine/run/desk.h"
#include "engine/run/keys.h"
#include "store/packs.h"
#include "store/files.h"
#include "store/read.h"

#include <sodium.h>
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
    struct { struct key_used *at; size_t count, room; } keys; /* Of the case's events. */
    int64_t upto, linked; /* The last event when verify began; how many so far hang on a case. */
    bool unread;               /* Some case's history could not be walked. */
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
    if ((row->erased && !row->personal) || set->edition != CORE_EDITION)
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

/* What the event says of a file must be in the database. */
static enum err_code check_file(struct check *check, const struct event_row *row,
                                const struct event *event, struct err *err)
{
    unsigned char digest[PROOF_DIGEST_BYTES];
    const struct proof proof = event->file ? proof_read(check->arena, event->file)
                                           : (struct proof){ .digest = NULL };
    bool there = true;
    if (!proof.digest)
        return ERR_NONE;
    MUST(!sodium_hex2bin(digest, sizeof digest, proof.digest, strlen(proof.digest), NULL, NULL,
                         NULL));
    enum err_code rc = file_there(world_store(check->world), digest, &there, err);
    if (!rc && !there)
        differs(check, "the file '%s' of event %lld is not in the database", proof.name,
                (long long)row->id);
    return rc;
}

static enum err_code check_event(struct check *check, const struct event_row *row,
                                 unsigned char prev[HASH_BYTES], struct casefile *file,
                                 struct err *err)
{
    unsigned char hash[HASH_BYTES];
    struct event *event = ARENA_NEW(check->arena, struct event);
    struct outcome *outcome = ARENA_NEW(check->arena, struct outcome);
    check->figures->events++;
    check->linked += row->id <= check->upto;
    event_hash(prev, row, hash);
    if (memcmp(hash, row->hash, HASH_BYTES) != 0)
        differs(check, "event %lld does not fit the chain: it was changed, or one before it",
                (long long)row->id);
    memcpy(prev, row->hash, HASH_BYTES);
    enum err_code rc = case_event(row, check->arena, event, outcome, err);
    if (!rc && event->key)
        *LIST_ADD(check->arena, &check->keys) = (struct key_used){ keys_hash(event->key), row->id };
    if (!rc)
        rc = check_file(check, row, event, err);
    if (!rc)
        rc = redecide(check, row, file, event, err);
    if (rc)
        return rc;
    struct casefile next = *file;
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
        folded->head != stored->head || folded->ruleset != stored->ruleset ||
        !text_same(folded->ref, stored->ref) || !text_same(folded->process, stored->process))
        differs(check, "the case's row is not what its events add up to");
    if (!keys_fit(&check->row, check->keys.at, check->keys.count))
        differs(check, "the row has other callers' keys than its events");
}

struct listed {
    struct check *check;
    const struct model *model;
    const struct process *process;
    size_t count;
};

static bool listed_right(const struct listed *listed, const struct due_row *row)
{
    struct check *check = listed->check;
    const struct casefile *file = &check->stored;
    const struct clock *clock = casefile_clock(file, row->name);
    const char *role = clock ? clock_listed(check->arena, listed->process, file, clock) : NULL;
    struct desk_row desk;
    return role && clock_listed_day(clock) == row->do_by && clock_listed_due(clock) == row->due &&
           !desk_get(world_store(check->world), row->desk, check->arena, &desk, NULL) &&
           desk_fits(listed->model, role, file, &desk);
}

static bool listed_row(void *self, const struct due_row *row)
{
    struct listed *listed = self;
    listed->count++;
    if (!listed_right(listed, row))
        differs(listed->check, "the list of what is due has '%s' wrong", row->name);
    return true;
}

static enum err_code check_lists(struct check *check, struct err *err)
{
    const struct ruleset *set;
    enum err_code rc = world_ruleset(check->world, check->row.ruleset, &set, err);
    if (rc)
        return rc;
    struct listed listed = { .check = check, .model = set->rules->pack->model };
    listed.process = model_process(listed.model, check->stored.process);
    if (!listed.process) {
        differs(check, "its process '%s' is not in its pack", check->stored.process);
        return ERR_NONE;
    }
    if (!text_same(case_subject(listed.process, &check->stored), check->row.subject))
        differs(check, "the row does not say whom the case is about");
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

/* What stops the looking, and not only at this case. */
static bool is_fault(enum err_code code)
{
    return code == ERR_BUSY || code == ERR_FULL || code == ERR_SYSTEM;
}

static enum err_code walk_history(struct check *check, int64_t id, unsigned char prev[HASH_BYTES],
                                  struct casefile *file, struct err *err)
{
    struct event_row *rows;
    size_t count;
    enum err_code rc = case_load(world_store(check->world), id, check->arena, &check->row,
                                 &check->stored, err);
    if (!rc)
        rc = case_history(world_store(check->world), id, check->arena, &rows, &count, err);
    for (size_t i = 0; !rc && i < count; i++)
        rc = check_event(check, &rows[i], prev, file, err);
    return rc;
}

static enum err_code check_case(struct check *check, int64_t id, struct err *err)
{
    struct casefile file = casefile_blank();
    unsigned char prev[HASH_BYTES] = { 0 };
    check->row = (struct case_row){ 0 };
    memset(&check->keys, 0, sizeof check->keys);
    enum err_code rc = walk_history(check, id, prev, &file, err);
    check->unread = check->unread || rc;
    if (!rc) {
        if (memcmp(prev, check->row.head_hash, HASH_BYTES) != 0)
            differs(check, "the case does not end where its chain ends");
        compare_fold(check, &file);
        rc = check_lists(check, err);
    }
    if (rc && (is_fault(rc) || !check->row.ref))
        return rc;
    if (rc) /* Damaged; the other cases can still be looked at. */
        differs(check, "%s", err->text);
    check->figures->cases++;
    return ERR_NONE;
}

/* Together they are seen as they were at one moment, whoever writes meanwhile. */
static enum err_code check_some(struct check *check, int64_t *after, size_t *count, struct err *err)
{
    int64_t ids[IDS_AT_ONCE];
    world_begin(check->world);
    enum err_code rc = store_snapshot(world_store(check->world), err);
    if (rc)
        return rc;
    rc = read_case_ids(world_store(check->world), *after, IDS_AT_ONCE, ids, count, err);
    for (size_t i = 0; !rc && i < *count; i++) {
        arena_reset(check->arena);
        rc = check_case(check, ids[i], err);
        *after = ids[i];
    }
    store_snapshot_end(world_store(check->world));
    return rc;
}

static void hear_version(void *self, const char *kind, int64_t id, const char *name)
{
    differs(self, "version %lld of the %s '%s' is not what was published", (long long)id, kind,
            name);
}

static void hear_file(void *self, const char *digest)
{
    differs(self, "the file with the digest %.12s... is not what was handed in", digest);
}

/* What no case shows: the file itself, published rules, cases that are gone, the seals. */
static enum err_code check_whole(struct check *check, struct err *err)
{
    struct store *store = world_store(check->world);
    check->row = (struct case_row){ 0 };
    if (!check->unread && check->linked != check->upto)
        differs(check, "of %lld events %lld hang on no case", (long long)check->upto,
                (long long)(check->upto - check->linked));
    enum err_code rc = packs_check(store, check, hear_version, err);
    if (!rc) {
        rc = store_integrity(store, err);
        if (rc == ERR_STORE)
            differs(check, "%s", err->text);
    }
    if (!is_fault(rc)) {
        rc = files_check(store, check, hear_file, &check->figures->files, err);
        if (rc == ERR_STORE)
            differs(check, "%s", err->text);
    }
    if (!is_fault(rc)) {
        rc = seals_check(store, &check->figures->seals, err);
        if (rc == ERR_STORE || rc == ERR_UNKNOWN)
            differs(check, "%s", err->text);
    }
    return is_fault(rc) ? rc : ERR_NONE;
}

enum err_code verify_all(struct world *world, void *self,
                         void (*wrong)(void *self, const char *ref, const char *text),
                         void (*progress)(void *self, int64_t done, int64_t all),
                         struct verify_figures *out, struct err *err)
{
    struct counts counts;
    struct check check = { .world = world, .arena = arena_new(), .self = self, .wrong = wrong,
                           .figures = out };
    int64_t after = 0;
    *out = (struct verify_figures){ 0 };
    enum err_code rc = read_counts(world_store(world), &counts, err);
    check.upto = rc ? 0 : counts.events;
    for (size_t count = IDS_AT_ONCE; !rc && count == IDS_AT_ONCE;) {
        rc = check_some(&check, &after, &count, err);
        if (!rc && progress)
            progress(self, out->cases, counts.cases);
    }
    if (!rc)
        rc = check_whole(&check, err);
    arena_free(check.arena);
    return rc;
}
