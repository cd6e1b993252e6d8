/* SPDX-License-Identifier: MIT */
#include "store/stmt.h"

#include "engine/base/arena.h"
#include "store/inside.h"

#include <string.h>

static enum err_code prepare(struct store *store, enum statement which, struct err *err)
{
    const struct statement_text *text = statement_text(which);
    struct stmt *s = &store->statements[which];
    const char *rest;
    *s = (struct stmt){ .name = text->name, .store = store };
    if (sqlite3_prepare_v3(store->db, text->text, text->len, SQLITE_PREPARE_PERSISTENT, &s->raw,
                           &rest))
        return store_fail(store, s->name, err);
    MUST(s->raw);
    s->writes = !sqlite3_stmt_readonly(s->raw) && which != SQL_tx_begin;
    return ERR_NONE;
}

enum err_code stmt_prepare_all(struct store *store, struct err *err)
{
    for (int i = 0; i < SQL_COUNT; i++) {
        enum err_code rc = prepare(store, (enum statement)i, err);
        if (rc)
            return rc;
    }
    return ERR_NONE;
}

void stmt_close_all(struct store *store)
{
    for (int i = 0; i < SQL_COUNT; i++)
        sqlite3_finalize(store->statements[i].raw);
}

struct stmt *stmt_start(struct store *store, enum statement which)
{
    struct stmt *s = &store->statements[which];
    MUST(!s->started);
    MUST(!s->writes || store->in_tx);
    s->started = true;
    return s;
}

void stmt_done(struct stmt *s)
{
    sqlite3_reset(s->raw); /* Repeats the step's error, which was reported. */
    sqlite3_clear_bindings(s->raw);
    s->started = false;
}

enum err_code stmt_next(struct stmt *s, bool *has_row, struct err *err)
{
    struct store *store = s->store;
    /* A full disk or an I/O error undoes the whole transaction. What follows must not be written
     * on its own. */
    if (s->writes && sqlite3_get_autocommit(store->db)) {
        stmt_done(s);
        return err_set(err, ERR_STORE, "%s: an earlier fault undid the transaction", s->name);
    }
    enum err_code rc;
    switch (sqlite3_step(s->raw)) {
    case SQLITE_ROW:
        *has_row = true;
        return ERR_NONE;
    case SQLITE_DONE:
        *has_row = false;
        stmt_done(s);
        return ERR_NONE;
    default:
        rc = store_fail(store, s->name, err);
        stmt_done(s);
        return rc;
    }
}

enum err_code stmt_run(struct stmt *s, int *changed, struct err *err)
{
    bool has_row;
    enum err_code rc = stmt_next(s, &has_row, err);
    if (rc)
        return rc;
    MUST(!has_row);
    if (changed)
        *changed = sqlite3_changes(s->store->db);
    return ERR_NONE;
}

enum err_code stmt_number(struct stmt *s, bool *found, int64_t *out, struct err *err)
{
    bool has_row, has_value;
    enum err_code rc = stmt_next(s, &has_row, err);
    if (rc)
        return rc;
    has_value = has_row && !col_null(s, 0);
    if (has_value)
        *out = col_int(s, 0);
    if (has_row)
        stmt_done(s);
    if (found)
        *found = has_value;
    return ERR_NONE;
}

enum err_code stmt_numbers(struct stmt *s, size_t room, int64_t *out, size_t *count,
                           struct err *err)
{
    size_t n = 0;
    bool has_row;
    enum err_code rc;
    while (!(rc = stmt_next(s, &has_row, err)) && has_row) {
        MUST(n < room);
        out[n++] = col_int(s, 0);
    }
    if (!rc)
        *count = n;
    return rc;
}

int stmt_param(const struct stmt *s, const char *param)
{
    int number = sqlite3_bind_parameter_index(s->raw, param);
    MUST(number > 0); /* A name that the SQL lacks is a bug here, never a fault of the data. */
    return number;
}

/* Binding fails only for a wrong number, a statement in use or a text over the limit of a
 * gigabyte. */
void stmt_int_at(struct stmt *s, int param, int64_t value)
{
    MUST(sqlite3_bind_int64(s->raw, param, value) == SQLITE_OK);
}

void stmt_int_if_at(struct stmt *s, int param, bool has, int64_t value)
{
    if (has)
        stmt_int_at(s, param, value);
    else
        MUST(sqlite3_bind_null(s->raw, param) == SQLITE_OK);
}

void stmt_text_at(struct stmt *s, int param, const char *value)
{
    stmt_text_n_at(s, param, value, value ? strlen(value) : 0);
}

void stmt_text_n_at(struct stmt *s, int param, const char *value, size_t len)
{
    MUST(sqlite3_bind_text64(s->raw, param, value, len, SQLITE_STATIC, SQLITE_UTF8) == SQLITE_OK);
}

void stmt_blob_at(struct stmt *s, int param, const void *value, size_t len)
{
    MUST(sqlite3_bind_blob64(s->raw, param, value, len, SQLITE_STATIC) == SQLITE_OK);
}

bool col_null(const struct stmt *s, int column)
{
    return sqlite3_column_type(s->raw, column) == SQLITE_NULL;
}

int64_t col_int(const struct stmt *s, int column)
{
    return sqlite3_column_int64(s->raw, column);
}

const char *col_text(const struct stmt *s, int column)
{
    const unsigned char *text = sqlite3_column_text(s->raw, column);
    return text ? (const char *)text : "";
}

const char *col_copy(const struct stmt *s, int column, struct arena *arena)
{
    const unsigned char *text = sqlite3_column_text(s->raw, column);
    if (!text)
        return NULL;
    return arena_text_n(arena, (const char *)text, col_len(s, column));
}

size_t col_len(const struct stmt *s, int column)
{
    return (size_t)sqlite3_column_bytes(s->raw, column);
}

const unsigned char *col_blob(const struct stmt *s, int column)
{
    return sqlite3_column_blob(s->raw, column);
}

void col_bytes(const struct stmt *s, int column, unsigned char *out, size_t len)
{
    const void *bytes = sqlite3_column_blob(s->raw, column);
    if (bytes && col_len(s, column) == len)
        memcpy(out, bytes, len);
    else
        memset(out, 0, len);
}
