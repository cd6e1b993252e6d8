/* SPDX-License-Identifier: MIT */
#include "store/schedules.h"

#include "engine/base/arena.h"
#include "store/inside.h"

enum err_code schedules_all(struct store *store, struct arena *arena, struct schedule_row **out,
                            size_t *count, struct err *err)
{
    struct { struct schedule_row *at; size_t count, room; } list = { 0 };
    struct stmt *s = stmt_start(store, SQL_schedules_all);
    bool has_row;
    for (;;) {
        enum err_code rc = stmt_next(s, &has_row, err);
        if (rc)
            return rc;
        if (!has_row)
            break;
        *LIST_ADD(arena, &list) = (struct schedule_row){ .pack = col_copy(s, 0, arena),
                                                         .process = col_copy(s, 1, arena),
                                                         .cursor = col_int(s, 2),
                                                         .settled = minute_day(col_int(s, 3)) };
    }
    *out = list.at;
    *count = list.count;
    return ERR_NONE;
}

enum err_code schedule_begin(struct store *store, const char *pack, const char *process, day from,
                             struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_schedule_begin);
    stmt_text(s, ":pack", pack);
    stmt_text(s, ":name", process);
    stmt_int(s, ":wake", minute_at(from, 0));
    return stmt_run(s, NULL, err);
}

enum err_code schedule_set(struct store *store, const struct schedule_row *row, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_schedule_set);
    stmt_int(s, ":scope", row->cursor);
    stmt_int(s, ":wake", minute_at(row->settled, 0));
    stmt_text(s, ":pack", row->pack);
    stmt_text(s, ":name", row->process);
    return stmt_run(s, NULL, err);
}

enum err_code in_use_next(struct store *store, const char *pack, day after, day *out,
                          struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_in_use_next);
    int64_t from = DAY_NONE;
    bool found;
    stmt_text(s, ":name", pack);
    stmt_int(s, ":after", after);
    enum err_code rc = stmt_number(s, &found, &from, err);
    *out = found ? (day)from : DAY_NONE;
    return rc;
}

enum err_code schools_after(struct store *store, int64_t after, size_t room, int64_t *out,
                            size_t *count, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_schools_after);
    stmt_int(s, ":after", after);
    stmt_int(s, ":room", (int64_t)room);
    return stmt_numbers(s, room, out, count, err);
}

enum err_code cases_of_process(struct store *store, const struct cases_wanted *wanted,
                               int64_t after, size_t room, int64_t *out, size_t *count,
                               struct err *err)
{
    struct stmt *s = wanted->at_school ? stmt_start(store, SQL_cases_at_school)
                                       : stmt_start(store, SQL_cases_of_process);
    if (wanted->at_school)
        stmt_int(s, ":school", wanted->school);
    stmt_int_at(s, stmt_param(s, ":open"), wanted->closed ? 0 : 1);
    stmt_text_at(s, stmt_param(s, ":process"), wanted->process);
    stmt_int_at(s, stmt_param(s, ":after"), after);
    stmt_text_at(s, stmt_param(s, ":pack"), wanted->pack);
    stmt_text_at(s, stmt_param(s, ":subject"), wanted->subject);
    stmt_int_at(s, stmt_param(s, ":room"), (int64_t)room);
    return stmt_numbers(s, room, out, count, err);
}
