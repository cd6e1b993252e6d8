/* SPDX-License-Identifier: MIT */
#include "store/cases.h"

#include "engine/base/arena.h"
#include "store/chain.h"
#include "store/inside.h"

#include <string.h>

static void take_event(const struct stmt *s, struct arena *arena, struct event_row *out)
{
    struct event_row row = {
        .id = col_int(s, 0),
        .case_id = col_int(s, 1),
        .prev = col_int(s, 2),
        .cause = col_int(s, 3),
        .ruleset = col_int(s, 4),
        .recorded_ms = col_int(s, 5),
        .said = arena_text(arena, col_text(s, 6)),
        .did = arena_text(arena, col_text(s, 7)),
        .personal = col_copy(s, 8, arena),
    };
    col_bytes(s, 9, row.salt, SALT_BYTES);
    row.erased = !col_null(s, 10);
    col_bytes(s, 10, row.sealed, HASH_BYTES);
    col_bytes(s, 11, row.hash, HASH_BYTES);
    *out = row;
}

enum err_code event_get(struct store *store, int64_t id, struct arena *arena,
                        struct event_row *out, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_event_get);
    bool has_row;
    stmt_int(s, ":id", id);
    enum err_code rc = stmt_next(s, &has_row, err);
    if (rc)
        return rc;
    if (!has_row)
        return err_set(err, ERR_UNKNOWN, "there is no event number %lld", (long long)id);
    take_event(s, arena, out);
    stmt_done(s);
    return ERR_NONE;
}

enum err_code event_add(struct store *store, struct case_row *of, struct event_row *row,
                        struct err *err)
{
    MUST(row->case_id == of->id && row->prev == of->head && !row->erased);
    if (row->personal)
        chain_salt(row->salt);
    event_hash(of->head_hash, row, row->hash);
    struct stmt *s = stmt_start(store, SQL_event_add);
    stmt_int(s, ":id", row->id);
    stmt_int(s, ":case_id", row->case_id);
    stmt_int(s, ":prev", row->prev);
    stmt_int_if(s, ":cause", row->cause != 0, row->cause);
    stmt_int(s, ":ruleset", row->ruleset);
    stmt_int(s, ":recorded_ms", row->recorded_ms);
    stmt_text(s, ":said", row->said);
    stmt_text(s, ":did", row->did);
    stmt_text(s, ":personal", row->personal);
    stmt_blob(s, ":salt", row->personal ? row->salt : NULL, SALT_BYTES);
    stmt_blob(s, ":hash", row->hash, HASH_BYTES);
    enum err_code rc = stmt_run(s, NULL, err);
    if (rc)
        return rc;
    memcpy(of->head_hash, row->hash, HASH_BYTES);
    if (store->next_event && store->next_event <= row->id)
        store->next_event = row->id + 1;
    return ERR_NONE;
}

enum err_code notice_add(struct store *store, const struct notice_row *row, struct err *err)
{
    int64_t from = row->event * NOTICES_AN_EVENT, last = from + NOTICES_AN_EVENT - 1;
    int64_t id = from - 1;
    struct stmt *s = stmt_start(store, SQL_notice_last);
    stmt_int(s, ":from", from);
    stmt_int(s, ":last", last);
    enum err_code rc = stmt_number(s, NULL, &id, err);
    if (rc)
        return rc;
    if (++id > last)
        return err_set(err, ERR_LIMIT, "an event tells more than %d people", NOTICES_AN_EVENT);
    s = stmt_start(store, SQL_notice_add);
    stmt_int(s, ":id", id);
    stmt_int(s, ":case_id", row->case_id);
    stmt_int(s, ":desk", row->desk);
    stmt_int_if(s, ":person", row->person != 0, row->person);
    stmt_text(s, ":kind", row->kind);
    stmt_text(s, ":about", row->about);
    stmt_int(s, ":leave", row->leave);
    return stmt_run(s, NULL, err);
}
