/* SPDX-License-Identifier: MIT */
#include "store/cases.h"

#include "engine/base/arena.h"
#include "store/chain.h"
#include "store/inside.h"

#include <string.h>

/* The columns of case_get and case_get_ref. */
static void take_case(const struct stmt *s, struct arena *arena, struct case_row *out)
{
    struct case_row row = {
        .id = col_int(s, 0),
        .ref = arena_text(arena, col_text(s, 1)),
        .process = arena_text(arena, col_text(s, 2)),
        .state = arena_text(arena, col_text(s, 3)),
        .ruleset = col_int(s, 4),
        .school = col_int(s, 5),
        .head = col_int(s, 6),
        .wake = col_null(s, 7) ? MINUTE_NONE : col_int(s, 7),
        .open = col_int(s, 8) != 0,
        .subject = col_copy(s, 9, arena),
        .keys = (const unsigned char *)col_copy(s, 10, arena),
        .body = arena_text(arena, col_text(s, 12)),
    };
    row.keys_len = row.keys ? col_len(s, 10) : 0;
    row.body_len = strlen(row.body);
    col_bytes(s, 11, row.head_hash, HASH_BYTES);
    *out = row;
}

static enum err_code take_only_case(struct stmt *s, struct arena *arena, struct case_row *out,
                                    bool *found, struct err *err)
{
    enum err_code rc = stmt_next(s, found, err);
    if (rc || !*found)
        return rc;
    take_case(s, arena, out);
    stmt_done(s);
    return ERR_NONE;
}

enum err_code case_get(struct store *store, int64_t id, struct arena *arena, struct case_row *out,
                       struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_case_get);
    bool found;
    stmt_int(s, ":id", id);
    enum err_code rc = take_only_case(s, arena, out, &found, err);
    if (!rc && !found)
        return err_set(err, ERR_UNKNOWN, "there is no case number %lld", (long long)id);
    return rc;
}

enum err_code case_get_ref(struct store *store, const char *ref, struct arena *arena,
                           struct case_row *out, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_case_get_ref);
    bool found;
    stmt_text(s, ":ref", ref);
    enum err_code rc = take_only_case(s, arena, out, &found, err);
    if (!rc && !found)
        return err_set(err, ERR_UNKNOWN, "there is no case '%s'", ref);
    return rc;
}

/* One number of one row; `none` when there is no row or it is NULL. */
static enum err_code number_or(struct stmt *s, int64_t none, int64_t *out, struct err *err)
{
    bool found;
    enum err_code rc = stmt_number(s, &found, out, err);
    if (!rc && !found)
        *out = none;
    return rc;
}

enum err_code case_about(struct store *store, const char *process, const char *subject,
                         int64_t *out, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_case_about);
    stmt_text(s, ":subject", subject);
    stmt_text(s, ":process", process);
    return number_or(s, 0, out, err);
}

static enum err_code next_id(struct store *store, enum statement last, int64_t *known,
                             int64_t *out, struct err *err)
{
    MUST(store->in_tx);
    if (!*known) {
        int64_t id;
        enum err_code rc = number_or(stmt_start(store, last), 0, &id, err);
        if (rc)
            return rc;
        *known = id + 1;
    }
    *out = *known;
    return ERR_NONE;
}

enum err_code case_next_id(struct store *store, int64_t *out, struct err *err)
{
    return next_id(store, SQL_case_last, &store->next_case, out, err);
}

enum err_code event_next_id(struct store *store, int64_t *out, struct err *err)
{
    return next_id(store, SQL_event_last, &store->next_event, out, err);
}

enum err_code case_insert(struct store *store, const struct case_row *row, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_case_insert);
    stmt_int(s, ":id", row->id);
    stmt_text(s, ":ref", row->ref);
    stmt_int(s, ":ruleset", row->ruleset);
    stmt_text(s, ":process", row->process);
    stmt_text(s, ":state", row->state);
    stmt_int(s, ":open", row->open);
    stmt_int(s, ":school", row->school);
    stmt_int(s, ":head", row->head);
    stmt_blob(s, ":head_hash", row->head_hash, HASH_BYTES);
    stmt_int_if(s, ":wake", row->wake != MINUTE_NONE, row->wake);
    stmt_text(s, ":subject", row->subject);
    stmt_blob(s, ":keys", row->keys, row->keys_len);
    stmt_text_n(s, ":body", row->body, row->body_len);
    enum err_code rc = stmt_run(s, NULL, err);
    if (!rc && store->next_case && store->next_case <= row->id)
        store->next_case = row->id + 1;
    return rc;
}

struct stands {
    bool found, wake_differs, listed_differs;
    int64_t head;
};

static enum err_code look_how_it_stands(struct store *store, const struct case_row *row,
                                        struct stands *out, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_case_stands);
    stmt_int_if(s, ":wake", row->wake != MINUTE_NONE, row->wake);
    stmt_int(s, ":ruleset", row->ruleset);
    stmt_int(s, ":open", row->open);
    stmt_int(s, ":school", row->school);
    stmt_text(s, ":process", row->process);
    stmt_text(s, ":ref", row->ref);
    stmt_text(s, ":subject", row->subject);
    stmt_int(s, ":id", row->id);
    enum err_code rc = stmt_next(s, &out->found, err);
    if (rc || !out->found)
        return rc;
    out->head = col_int(s, 0);
    out->wake_differs = col_int(s, 1) != 0;
    out->listed_differs = col_int(s, 2) != 0;
    stmt_done(s);
    return ERR_NONE;
}

static enum err_code update_body(struct store *store, const struct case_row *row, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_case_update);
    stmt_text(s, ":state", row->state);
    stmt_int(s, ":head", row->head);
    stmt_blob(s, ":head_hash", row->head_hash, HASH_BYTES);
    stmt_blob(s, ":keys", row->keys, row->keys_len);
    stmt_text_n(s, ":body", row->body, row->body_len);
    stmt_int(s, ":id", row->id);
    return stmt_run(s, NULL, err);
}

static enum err_code update_body_and_wake(struct store *store, const struct case_row *row,
                                          struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_case_update_wake);
    stmt_text(s, ":state", row->state);
    stmt_int(s, ":head", row->head);
    stmt_blob(s, ":head_hash", row->head_hash, HASH_BYTES);
    stmt_blob(s, ":keys", row->keys, row->keys_len);
    stmt_text_n(s, ":body", row->body, row->body_len);
    stmt_int_if(s, ":wake", row->wake != MINUTE_NONE, row->wake);
    stmt_int(s, ":id", row->id);
    return stmt_run(s, NULL, err);
}

static enum err_code update_listed(struct store *store, const struct case_row *row, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_case_update_listed);
    stmt_int(s, ":ruleset", row->ruleset);
    stmt_int(s, ":open", row->open);
    stmt_int(s, ":school", row->school);
    stmt_text(s, ":process", row->process);
    stmt_text(s, ":ref", row->ref);
    stmt_text(s, ":subject", row->subject);
    stmt_int(s, ":id", row->id);
    return stmt_run(s, NULL, err);
}

enum err_code case_update(struct store *store, const struct case_row *row, int64_t was_head,
                          struct err *err)
{
    struct stands stands;
    MUST(store->in_tx);
    enum err_code rc = look_how_it_stands(store, row, &stands, err);
    if (rc)
        return rc;
    if (!stands.found || stands.head != was_head)
        return err_set(err, ERR_CONFLICT, "the case '%s' changed meanwhile", row->ref);
    rc = stands.wake_differs ? update_body_and_wake(store, row, err) : update_body(store, row, err);
    if (!rc && stands.listed_differs)
        rc = update_listed(store, row, err);
    return rc;
}

enum err_code opened_get(struct store *store, const char *key, int64_t *case_id, struct err *err)
{
    unsigned char hash[HASH_BYTES];
    chain_key(key, hash);
    struct stmt *s = stmt_start(store, SQL_opened_get);
    stmt_blob(s, ":key", hash, sizeof hash);
    return number_or(s, 0, case_id, err);
}

enum err_code opened_put(struct store *store, const char *key, int64_t case_id, struct err *err)
{
    unsigned char hash[HASH_BYTES];
    chain_key(key, hash);
    struct stmt *s = stmt_start(store, SQL_opened_put);
    stmt_blob(s, ":key", hash, sizeof hash);
    stmt_int(s, ":case_id", case_id);
    return stmt_run(s, NULL, err);
}

enum err_code due_put(struct store *store, int64_t desk, day do_by, int64_t case_id,
                      const char *name, day due, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_due_put);
    stmt_int(s, ":desk", desk);
    stmt_int(s, ":do_by", do_by);
    stmt_int(s, ":case_id", case_id);
    stmt_text(s, ":name", name);
    stmt_int(s, ":due_on", due);
    return stmt_run(s, NULL, err);
}

/* A row that is not there is no fault of this turn: verify compares the list with the cases. */
enum err_code due_drop(struct store *store, int64_t desk, day do_by, int64_t case_id,
                       const char *name, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_due_drop);
    stmt_int(s, ":desk", desk);
    stmt_int(s, ":do_by", do_by);
    stmt_int(s, ":case_id", case_id);
    stmt_text(s, ":name", name);
    return stmt_run(s, NULL, err);
}

enum err_code cases_owed(struct store *store, int64_t until, size_t room, struct owed *out,
                         size_t *count, struct err *err)
{
    const struct owed none = { INT64_MIN, 0 };
    return cases_owed_after(store, &none, until, room, out, count, err);
}

enum err_code cases_owed_after(struct store *store, const struct owed *after, int64_t until,
                               size_t room, struct owed *out, size_t *count, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_cases_owed);
    size_t n = 0;
    stmt_int(s, ":wake", after->wake);
    stmt_int(s, ":id", after->case_id);
    bool has_row;
    stmt_int(s, ":until", until);
    stmt_int(s, ":room", (int64_t)room);
    for (;;) {
        enum err_code rc = stmt_next(s, &has_row, err);
        if (rc)
            return rc;
        if (!has_row)
            break;
        out[n++] = (struct owed){ .wake = col_int(s, 0), .case_id = col_int(s, 1) };
    }
    *count = n;
    return ERR_NONE;
}

enum err_code cases_next_wake(struct store *store, int64_t *out, struct err *err)
{
    return number_or(stmt_start(store, SQL_cases_next_wake), MINUTE_NONE, out, err);
}

enum err_code cases_owed_count(struct store *store, int64_t until, int64_t *out, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_cases_owed_count);
    stmt_int(s, ":until", until);
    return number_or(s, 0, out, err);
}
