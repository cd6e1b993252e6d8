/* SPDX-License-Identifier: MIT */
/* The table `due` has no index by case: two more scattered pages an event would be the price of a
 * question that only verify asks, and it asks for one case after the other. So due rows of a window
 * of cases are read at once, and kept while nothing was written. */
#include "store/read.h"

#include "engine/base/arena.h"
#include "store/inside.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 1000, WINDOW_CASES = 65536 };

static int64_t rows_of(size_t limit)
{
    return limit ? (int64_t)limit : ROWS_MAX;
}

static struct due_row due_row_of(const struct stmt *s)
{
    return (struct due_row){
        .case_id = col_int(s, 0),
        .school = col_int(s, 1),
        .desk = col_int(s, 2),
        .owner = col_int(s, 3),
        .ref = col_text(s, 4),
        .process = col_text(s, 5),
        .state = col_text(s, 6),
        .name = col_text(s, 7),
        .role = col_text(s, 8),
        .school_name = col_text(s, 9),
        .do_by = (day)col_int(s, 10),
        .due = (day)col_int(s, 11),
    };
}

static struct stmt *start_due_of_person(struct store *store, const struct due_filter *filter)
{
    struct stmt *s = stmt_start(store, SQL_due_of_person);
    stmt_int(s, ":person", filter->person);
    stmt_int(s, ":desk", filter->desk);
    stmt_int(s, ":until", filter->until == DAY_NONE ? INT32_MAX : filter->until);
    stmt_int(s, ":school", filter->school);
    stmt_text(s, ":process", filter->process);
    stmt_text(s, ":role", filter->role);
    stmt_int(s, ":limit", rows_of(filter->limit));
    return s;
}

static struct stmt *start_due_of_all(struct store *store, const struct due_filter *filter)
{
    struct stmt *s = stmt_start(store, SQL_due_of_all);
    stmt_int(s, ":desk", filter->desk);
    stmt_int(s, ":until", filter->until == DAY_NONE ? INT32_MAX : filter->until);
    stmt_int(s, ":school", filter->school);
    stmt_text(s, ":process", filter->process);
    stmt_text(s, ":role", filter->role);
    stmt_int(s, ":limit", rows_of(filter->limit));
    return s;
}

enum err_code read_due(struct store *store, const struct due_filter *filter, void *self,
                       bool (*row)(void *self, const struct due_row *row), struct err *err)
{
    struct stmt *s = filter->person ? start_due_of_person(store, filter)
                                    : start_due_of_all(store, filter);
    bool has_row;
    enum err_code rc;
    while (!(rc = stmt_next(s, &has_row, err)) && has_row) {
        struct due_row due = due_row_of(s);
        if (!row(self, &due)) {
            stmt_done(s);
            break;
        }
    }
    return rc;
}

enum err_code read_desk_size(struct store *store, int64_t desk, int *out, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_desk_size);
    int64_t size = 0;
    stmt_int(s, ":desk", desk);
    enum err_code rc = stmt_number(s, NULL, &size, err);
    if (!rc)
        *out = (int)size;
    return rc;
}

struct case_list {
    struct case_list_row *at;
    size_t count, room;
};

static struct stmt *start_cases(struct store *store, const struct case_filter *filter)
{
    struct stmt *s = stmt_start(store, SQL_cases_by_id);
    stmt_int(s, ":after", filter->after);
    stmt_int(s, ":open", filter->open_only);
    stmt_text(s, ":process", filter->process);
    stmt_text(s, ":state", filter->state);
    stmt_int(s, ":limit", rows_of(filter->limit));
    return s;
}

static struct stmt *start_cases_of_school(struct store *store, const struct case_filter *filter)
{
    struct stmt *s = stmt_start(store, SQL_cases_of_school);
    stmt_int(s, ":school", filter->school);
    stmt_int(s, ":after", filter->after);
    stmt_int(s, ":open", filter->open_only);
    stmt_text(s, ":process", filter->process);
    stmt_text(s, ":state", filter->state);
    stmt_int(s, ":limit", rows_of(filter->limit));
    return s;
}

static struct stmt *start_cases_overdue(struct store *store, const struct case_filter *filter)
{
    struct stmt *s = stmt_start(store, SQL_cases_overdue);
    stmt_int(s, ":school", filter->school);
    stmt_int(s, ":today", filter->today);
    stmt_int(s, ":after", filter->after);
    stmt_int(s, ":open", filter->open_only);
    stmt_text(s, ":process", filter->process);
    stmt_text(s, ":state", filter->state);
    stmt_int(s, ":limit", rows_of(filter->limit));
    return s;
}

static enum err_code take_cases(struct stmt *s, struct arena *arena, struct case_list *list,
                                struct err *err)
{
    bool has_row;
    enum err_code rc;
    while (!(rc = stmt_next(s, &has_row, err)) && has_row)
        *LIST_ADD(arena, list) = (struct case_list_row){
            .id = col_int(s, 0),
            .ref = arena_text(arena, col_text(s, 1)),
            .process = arena_text(arena, col_text(s, 2)),
            .state = arena_text(arena, col_text(s, 3)),
            .school = col_int(s, 4),
            .open = col_int(s, 5) != 0,
            .school_name = arena_text(arena, col_text(s, 6)),
            .next_do_by = col_null(s, 7) ? DAY_NONE : (day)col_int(s, 7),
        };
    return rc;
}

static int case_before(const void *a, const void *b)
{
    const int64_t x = ((const struct case_list_row *)a)->id;
    const int64_t y = ((const struct case_list_row *)b)->id;
    return (x > y) - (x < y);
}

/* One pass over the due table for all the cases of a page. */
static enum err_code fill_next_days(struct store *store, struct case_list *list, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_due_days);
    bool has_row;
    enum err_code rc;
    while (!(rc = stmt_next(s, &has_row, err)) && has_row) {
        const struct case_list_row key = { .id = col_int(s, 0) };
        const day do_by = (day)col_int(s, 1);
        struct case_list_row *row = bsearch(&key, list->at, list->count, sizeof key, case_before);
        if (row && (row->next_do_by == DAY_NONE || do_by < row->next_do_by))
            row->next_do_by = do_by;
    }
    return rc;
}

static enum err_code list_cases(struct store *store, const struct case_filter *filter,
                                struct arena *arena, struct case_list *list, struct err *err)
{
    struct stmt *s = filter->overdue  ? start_cases_overdue(store, filter)
                     : filter->school ? start_cases_of_school(store, filter)
                                      : start_cases(store, filter);
    enum err_code rc = take_cases(s, arena, list, err);
    if (rc || filter->overdue || !list->count)
        return rc;
    return fill_next_days(store, list, err);
}

enum err_code read_cases(struct store *store, const struct case_filter *filter, void *self,
                         bool (*row)(void *self, const struct case_list_row *row), struct err *err)
{
    struct arena *arena = arena_new();
    struct case_list list = { 0 };
    enum err_code rc = list_cases(store, filter, arena, &list, err);
    for (size_t i = 0; !rc && i < list.count && row(self, &list.at[i]); i++)
        continue;
    arena_free(arena);
    return rc;
}

enum err_code read_versions(struct store *store, const char *pack, void *self,
                            bool (*row)(void *self, const struct version_row *row), struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_versions);
    bool has_row;
    enum err_code rc;
    stmt_text(s, ":name", pack);
    while (!(rc = stmt_next(s, &has_row, err)) && has_row) {
        struct version_row version = {
            .pack = col_int(s, 0),
            .name = col_text(s, 1),
            .by = col_text(s, 2),
            .made_ms = col_int(s, 4),
            .open_cases = col_int(s, 5),
            .from = col_null(s, 6) ? DAY_NONE : (day)col_int(s, 6),
        };
        col_bytes(s, 3, version.hash, sizeof version.hash);
        if (!row(self, &version)) {
            stmt_done(s);
            break;
        }
    }
    return rc;
}

enum err_code read_notices(struct store *store, int64_t case_id, void *self,
                           bool (*row)(void *self, const struct sent_row *row), struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_notices_of_case);
    bool has_row;
    enum err_code rc;
    stmt_int(s, ":id", case_id);
    while (!(rc = stmt_next(s, &has_row, err)) && has_row) {
        const struct sent_row sent = {
            .message = col_int(s, 0),
            .key = col_text(s, 1),
            .state = col_text(s, 2),
            .reply = col_text(s, 3),
            .kind = col_text(s, 4),
            .about = col_text(s, 5),
            .email = col_text(s, 6),
            .tries = (int)col_int(s, 7),
            .next_try_ms = col_int(s, 8),
            .role = col_text(s, 9),
        };
        if (!row(self, &sent)) {
            stmt_done(s);
            break;
        }
    }
    return rc;
}

enum err_code read_case_ids(struct store *store, int64_t after, size_t room, int64_t *out,
                            size_t *count, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_case_ids);
    stmt_int(s, ":after", after);
    stmt_int(s, ":room", (int64_t)room);
    return stmt_numbers(s, room, out, count, err);
}

enum err_code read_counts(struct store *store, struct counts *out, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_counts);
    bool has_row;
    enum err_code rc = stmt_next(s, &has_row, err);
    if (rc)
        return rc;
    MUST(has_row);
    *out = (struct counts){
        .cases = col_int(s, 0),
        .open_cases = col_int(s, 1),
        .events = col_int(s, 2),
        .due = col_int(s, 3),
        .notices_waiting = col_int(s, 4),
        .messages_waiting = col_int(s, 5),
        .messages_refused = col_int(s, 6),
    };
    stmt_done(s);
    return ERR_NONE;
}

struct due_window {
    struct arena *arena;
    int64_t from, last;          /* Case ids it holds; last < from: none. */
    int64_t version;             /* Of the data, when it was read. */
    struct { struct due_row *at; size_t count, room; } rows;
};

void due_window_free(struct store *store)
{
    if (store->window)
        arena_free(store->window->arena);
    free(store->window);
    store->window = NULL;
}

static struct due_window *window_of(struct store *store)
{
    if (!store->window) {
        store->window = calloc(1, sizeof *store->window);
        MUST(store->window);
        store->window->arena = arena_new();
        store->window->last = -1;
    }
    return store->window;
}

/* Changes when this connection writes, and when it sees what another wrote. */
static enum err_code data_version(struct store *store, int64_t *out, struct err *err)
{
    int64_t others;
    enum err_code rc = store_number(store, "PRAGMA data_version", &others, err);
    if (!rc)
        *out = others * 1000003 + sqlite3_total_changes64(store->db);
    return rc;
}

static enum err_code fill_window(struct store *store, struct due_window *window, int64_t from,
                                 int64_t version, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_due_of_cases);
    bool has_row;
    enum err_code rc;
    arena_reset(window->arena);
    memset(&window->rows, 0, sizeof window->rows);
    window->last = -1;
    stmt_int(s, ":from", from);
    stmt_int(s, ":last", from + WINDOW_CASES - 1);
    while (!(rc = stmt_next(s, &has_row, err)) && has_row)
        *LIST_ADD(window->arena, &window->rows) = (struct due_row){
            .case_id = col_int(s, 0),
            .desk = col_int(s, 1),
            .do_by = (day)col_int(s, 2),
            .name = arena_text(window->arena, col_text(s, 3)),
            .due = (day)col_int(s, 4),
            .ref = "", .process = "", .state = "", .role = "", .school_name = "",
        };
    if (rc)
        return rc;
    window->from = from;
    window->last = from + WINDOW_CASES - 1;
    window->version = version;
    return ERR_NONE;
}

/* The first row of the case, by halving. */
static size_t first_of(const struct due_window *window, int64_t case_id)
{
    size_t low = 0, high = window->rows.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (window->rows.at[middle].case_id < case_id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

enum err_code read_due_of(struct store *store, int64_t case_id, void *self,
                          bool (*row)(void *self, const struct due_row *row), struct err *err)
{
    struct due_window *window = window_of(store);
    int64_t version = 0;
    enum err_code rc = data_version(store, &version, err);
    if (!rc && (case_id < window->from || case_id > window->last || version != window->version))
        rc = fill_window(store, window, case_id, version, err);
    if (rc)
        return rc;
    for (size_t i = first_of(window, case_id);
         i < window->rows.count && window->rows.at[i].case_id == case_id; i++)
        if (!row(self, &window->rows.at[i]))
            break;
    return ERR_NONE;
}
