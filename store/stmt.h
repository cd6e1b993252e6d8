/* SPDX-License-Identifier: MIT */
/* stmt - a prepared statement, with its name in every message.
 *
 * Values bound are borrowed until the statement is done: nothing is copied.
 * A parameter's number is looked up once for each place that binds it, since
 * a statement's text never changes; debug builds check it every time.
 *
 *     struct stmt *s = stmt_start(store, SQL_case_get);
 *     stmt_int(s, ":id", id);
 *     rc = stmt_next(s, &has_row, err);
 */
#ifndef STORE_STMT_H
#define STORE_STMT_H

#include "engine/base/err.h"
#include "store/statements.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct store;

struct stmt {
    sqlite3_stmt *raw;
    const char *name;
    struct store *store;
    bool writes, started;
};

/* Prepares all; the text of a failure names the statement. */
MUST_CHECK enum err_code stmt_prepare_all(struct store *store, struct err *err);
void stmt_close_all(struct store *store);

/* The statement, free of earlier values. Its rows must not be read twice at once: a callback on its
 * rows that starts it again is a bug. A writing one needs a transaction. */
struct stmt *stmt_start(struct store *store, enum statement which);
/* At the end it is done by itself. */
MUST_CHECK enum err_code stmt_next(struct stmt *s, bool *has_row, struct err *err);
/* For statements without rows; `changed` (may be NULL): how many were touched. */
MUST_CHECK enum err_code stmt_run(struct stmt *s, int *changed, struct err *err);
void stmt_done(struct stmt *s);
/* The first column of the first row, a number; outputs are untouched when there is none or it is
 * NULL, and *found (may be NULL) is false. */
MUST_CHECK enum err_code stmt_number(struct stmt *s, bool *found, int64_t *out, struct err *err);
/* All of one column, a number: at most `room` rows, which the statement's LIMIT sees to. */
MUST_CHECK enum err_code stmt_numbers(struct stmt *s, size_t room, int64_t *out, size_t *count,
                                      struct err *err);

#define stmt_int(s, param, value) stmt_int_at((s), STMT_PARAM((s), (param)), (value))
/* NULL when `has` is false. */
#define stmt_int_if(s, param, has, value)                                                         \
    stmt_int_if_at((s), STMT_PARAM((s), (param)), (has), (value))
/* NULL text is NULL. */
#define stmt_text(s, param, value) stmt_text_at((s), STMT_PARAM((s), (param)), (value))
#define stmt_text_n(s, param, value, len)                                                         \
    stmt_text_n_at((s), STMT_PARAM((s), (param)), (value), (len))
/* NULL bytes are NULL. */
#define stmt_blob(s, param, value, len)                                                           \
    stmt_blob_at((s), STMT_PARAM((s), (param)), (value), (len))

#define STMT_PARAM(s, param)                                                                      \
    ({                                                                                            \
        static _Atomic int known_;                                                                \
        int number_ = atomic_load_explicit(&known_, memory_order_relaxed);                        \
        if (!number_) {                                                                           \
            number_ = stmt_param((s), (param));                                                   \
            atomic_store_explicit(&known_, number_, memory_order_relaxed);                        \
        }                                                                                         \
        assert(number_ == stmt_param((s), (param)));                                              \
        number_;                                                                                  \
    })

int stmt_param(const struct stmt *s, const char *param);
void stmt_int_at(struct stmt *s, int param, int64_t value);
void stmt_int_if_at(struct stmt *s, int param, bool has, int64_t value);
void stmt_text_at(struct stmt *s, int param, const char *value);
void stmt_text_n_at(struct stmt *s, int param, const char *value, size_t len);
void stmt_blob_at(struct stmt *s, int param, const void *value, size_t len);

/* Columns of the present row, from 0. */
bool col_null(const struct stmt *s, int column);
int64_t col_int(const struct stmt *s, int column);
/* Good until the next row; never NULL ("" for NULL). */
const char *col_text(const struct stmt *s, int column);
/* A copy in `arena`; NULL for NULL. */
const char *col_copy(const struct stmt *s, int column, struct arena *arena);
size_t col_len(const struct stmt *s, int column);
/* Good until the next row; NULL when it is empty. */
const unsigned char *col_blob(const struct stmt *s, int column);
/* Exactly `len` bytes, or zeros when the column holds something else. */
void col_bytes(const struct stmt *s, int column, unsigned char *out, size_t len);

#endif
