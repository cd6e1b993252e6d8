/* SPDX-License-Identifier: MIT */
/* memory - a store in memory, made empty again: opening one takes as long as a scenario. */
#include "store/inside.h"

/* DELETE FROM each table there is, as one script; to be freed. NULL: it could not be made. */
static char *delete_all(struct store *store)
{
    sqlite3_stmt *tables = NULL;
    sqlite3_str *script = sqlite3_str_new(store->db);
    sqlite3_str_appendall(script, "PRAGMA defer_foreign_keys = ON;");
    int step = sqlite3_prepare_v2(store->db,
                                  "SELECT name FROM sqlite_schema "
                                  "WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
                                  -1, &tables, NULL);
    while (!step && (step = sqlite3_step(tables)) == SQLITE_ROW) {
        sqlite3_str_appendf(script, "DELETE FROM \"%w\";", sqlite3_column_text(tables, 0));
        step = SQLITE_OK;
    }
    sqlite3_finalize(tables);
    char *sql = sqlite3_str_finish(script);
    if (step == SQLITE_DONE)
        return sql;
    sqlite3_free(sql);
    return NULL;
}

enum err_code store_empty(struct store *store, struct err *err)
{
    MUST(store->mode == STORE_MEMORY && !store->in_tx);
    enum err_code rc = store_begin(store, err);
    if (rc)
        return rc;
    char *sql = delete_all(store);
    rc = sql ? store_script(store, "emptying", sql, err) : store_fail(store, "emptying", err);
    sqlite3_free(sql);
    if (!rc)
        return store_commit(store, err);
    store_rollback(store);
    return rc;
}
