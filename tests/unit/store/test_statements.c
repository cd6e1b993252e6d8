/* SPDX-License-Identifier: MIT */
/* Every statement of store/sql/ against a fresh schema: it prepares, nothing is left over behind
 * it, and its plan scans no table unless a line "-- scan: allowed (why)" says so. */
#include "tests/unit/store/kit.h"

#include "store/statements.h"

#include <sqlite3.h>

enum { NAMES_MAX = 16, NAME_MAX_LEN = 64 };

static sqlite3 *fresh_schema(void)
{
    sqlite3 *db;
    char *why = NULL;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    for (int i = 1; i <= schema_newest(); i++)
        if (sqlite3_exec(db, schema_text(i), NULL, NULL, &why))
            fail_msg("schema %d: %s", i, why);
    return db;
}

static void prepares(sqlite3 *db, const struct statement_text *text)
{
    sqlite3_stmt *raw = NULL, *more = NULL;
    const char *rest;
    if (sqlite3_prepare_v2(db, text->text, text->len, &raw, &rest))
        fail_msg("%s: %s", text->name, sqlite3_errmsg(db));
    assert_non_null(raw);
    /* Comments over the next heading may follow, a second statement may not. */
    assert_int_equal(
        sqlite3_prepare_v2(db, rest, (int)(text->text + text->len - rest), &more, NULL), SQLITE_OK);
    if (more)
        fail_msg("%s: more than one statement", text->name);
    sqlite3_finalize(raw);
}

/* Sub-queries of the statement itself may be scanned: their own rows of the plan say how they
 * were found. */
struct made {
    char names[NAMES_MAX][NAME_MAX_LEN];
    int count;
};

static void note_made(struct made *made, const char *detail)
{
    static const char *const words[] = { "CO-ROUTINE ", "MATERIALIZE " };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strncmp(detail, words[i], strlen(words[i])) == 0) {
            assert_true(made->count < NAMES_MAX);
            snprintf(made->names[made->count++], NAME_MAX_LEN, "%s", detail + strlen(words[i]));
        }
    }
}

static bool is_made(const struct made *made, const char *name)
{
    for (int i = 0; i < made->count; i++) {
        size_t len = strlen(made->names[i]);
        if (strncmp(made->names[i], name, len) == 0 && (name[len] == '\0' || name[len] == ' '))
            return true;
    }
    return false;
}

/* Scans of tables in the statement's plan; `first` gets the first. */
static int scans(sqlite3 *db, const struct statement_text *text, char *first, size_t room)
{
    struct made made = { .count = 0 };
    sqlite3_stmt *plan = NULL;
    char *sql = sqlite3_mprintf("EXPLAIN QUERY PLAN %.*s", text->len, text->text);
    int count = 0;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &plan, NULL), SQLITE_OK);
    while (sqlite3_step(plan) == SQLITE_ROW) {
        const char *detail = (const char *)sqlite3_column_text(plan, 3);
        note_made(&made, detail);
        if (strncmp(detail, "SCAN ", 5) != 0 || strcmp(detail, "SCAN CONSTANT ROW") == 0 ||
            is_made(&made, detail + 5))
            continue;
        if (count++ == 0)
            snprintf(first, room, "%s", detail);
    }
    sqlite3_finalize(plan);
    sqlite3_free(sql);
    return count;
}

static void looks_into_an_index(sqlite3 *db, const struct statement_text *text)
{
    char first[200] = "";
    int count = scans(db, text, first, sizeof first);
    char *own = strndup(text->text, (size_t)text->len);
    /* What stands behind the statement belongs to the next. */
    const char *end = strchr(own, ';');
    const char *allowed = strstr(own, "-- scan: allowed (");
    bool is_allowed = allowed && (!end || allowed < end);
    if (count && !is_allowed)
        fail_msg("%s: %s", text->name, first);
    if (!count && is_allowed)
        fail_msg("%s: scans nothing, so the allowance can go", text->name);
    free(own);
}

static void each_prepares_and_uses_an_index(void **state)
{
    (void)state;
    sqlite3 *db = fresh_schema();
    for (int i = 0; i < SQL_COUNT; i++) {
        const struct statement_text *text = statement_text((enum statement)i);
        prepares(db, text);
        looks_into_an_index(db, text);
    }
    sqlite3_close(db);
}

static void the_check_sees_a_scan(void **state)
{
    (void)state;
    static const struct {
        const char *sql;
        int scans;
    } rows[] = {
        { "SELECT id FROM casefile WHERE id = 1", 0 },
        { "SELECT id FROM casefile WHERE state = 'x'", 1 },
        { "SELECT n.id FROM notice AS n, casefile AS c WHERE c.id = n.case_id", 1 },
        { "WITH RECURSIVE a(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM a WHERE i < 3) "
          "SELECT c.id FROM a JOIN casefile AS c ON c.id = a.i", 0 },
        { "SELECT max(id) FROM event", 0 },
        { "SELECT count(*) FROM event", 1 },
    };
    sqlite3 *db = fresh_schema();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct statement_text text = { "row", rows[i].sql, (int)strlen(rows[i].sql) };
        char first[200];
        assert_int_equal(scans(db, &text, first, sizeof first), rows[i].scans);
    }
    sqlite3_close(db);
}

static void the_schema_is_numbered(void **state)
{
    (void)state;
    assert_true(schema_newest() >= 1);
    assert_non_null(strstr(schema_text(1), "CREATE TABLE casefile"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_prepares_and_uses_an_index),
        cmocka_unit_test(the_check_sees_a_scan),
        cmocka_unit_test(the_schema_is_numbered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
