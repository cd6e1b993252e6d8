/* SPDX-License-Identifier: MIT */
#include "store/mail.h"

#include "engine/base/arena.h"
#include "store/inside.h"

enum err_code notices_people(struct store *store, int64_t until, bool ahead, int64_t after,
                             size_t room, int64_t *out, size_t *count, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_notices_people);
    stmt_int(s, ":ahead", ahead);
    stmt_int(s, ":until", until);
    stmt_int(s, ":after", after);
    stmt_int(s, ":room", (int64_t)room);
    return stmt_numbers(s, room, out, count, err);
}

static enum err_code take_notices(struct stmt *s, struct arena *arena, struct notice_row **out,
                                  size_t *count, struct err *err)
{
    struct { struct notice_row *at; size_t count, room; } list = { 0 };
    bool has_row;
    enum err_code rc;
    while (!(rc = stmt_next(s, &has_row, err)) && has_row)
        *LIST_ADD(arena, &list) = (struct notice_row){
            .id = col_int(s, 0),
            .event = col_int(s, 0) / NOTICES_AN_EVENT,
            .case_id = col_int(s, 1),
            .desk = col_int(s, 2),
            .person = col_int(s, 3),
            .leave = col_int(s, 4),
            .kind = arena_text(arena, col_text(s, 5)),
            .about = arena_text(arena, col_text(s, 6)),
        };
    if (rc)
        return rc;
    *out = list.at;
    *count = list.count;
    return ERR_NONE;
}

enum err_code notices_of(struct store *store, int64_t person, int64_t until, struct arena *arena,
                         struct notice_row **out, size_t *count, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_notices_of);
    stmt_int(s, ":person", person);
    stmt_int(s, ":until", until);
    return take_notices(s, arena, out, count, err);
}

enum err_code notices_with(struct store *store, int64_t message, struct arena *arena,
                           struct notice_row **out, size_t *count, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_notices_with);
    stmt_int(s, ":message", message);
    return take_notices(s, arena, out, count, err);
}

enum err_code notices_next(struct store *store, int64_t *out, struct err *err)
{
    bool found;
    enum err_code rc = stmt_number(stmt_start(store, SQL_notices_next), &found, out, err);
    if (!rc && !found)
        *out = MINUTE_NONE;
    return rc;
}

enum err_code notice_settle(struct store *store, int64_t notice, int64_t message, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_notice_settle);
    stmt_int(s, ":message", message);
    stmt_int(s, ":id", notice);
    return stmt_run(s, NULL, err);
}

enum err_code notices_release(struct store *store, int64_t message, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_notices_release);
    stmt_int(s, ":message", message);
    return stmt_run(s, NULL, err);
}

enum err_code message_add(struct store *store, const char *key, int64_t person,
                          int64_t next_try_ms, int64_t *id, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_message_add);
    bool made;
    stmt_text(s, ":key", key);
    stmt_int(s, ":person", person);
    stmt_int(s, ":next_try", next_try_ms);
    enum err_code rc = stmt_number(s, &made, id, err);
    if (!rc && !made)
        return err_set(err, ERR_CONFLICT, "there is a message '%s' already", key);
    return rc;
}

static enum err_code take_message(struct stmt *s, struct arena *arena, struct message_row *out,
                                  bool *found, struct err *err)
{
    enum err_code rc = stmt_next(s, found, err);
    if (rc || !*found)
        return rc;
    *out = (struct message_row){
        .id = col_int(s, 0),
        .key = arena_text(arena, col_text(s, 1)),
        .person = col_int(s, 2),
        .content = col_copy(s, 3, arena),
        .state = arena_text(arena, col_text(s, 4)),
        .next_try_ms = col_int(s, 5),
        .tries = (int)col_int(s, 6),
        .reply = col_copy(s, 7, arena),
    };
    stmt_done(s);
    return ERR_NONE;
}

enum err_code message_get(struct store *store, int64_t id, struct arena *arena,
                          struct message_row *out, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_message_get);
    bool found;
    stmt_int(s, ":id", id);
    enum err_code rc = take_message(s, arena, out, &found, err);
    if (!rc && !found)
        return err_set(err, ERR_UNKNOWN, "there is no message number %lld", (long long)id);
    return rc;
}

enum err_code message_by_key(struct store *store, const char *key, struct arena *arena,
                             struct message_row *out, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_message_by_key);
    bool found;
    stmt_text(s, ":key", key);
    enum err_code rc = take_message(s, arena, out, &found, err);
    if (!rc && !found)
        return err_set(err, ERR_UNKNOWN, "there is no message '%s'", key);
    return rc;
}

enum err_code message_freeze(struct store *store, int64_t id, const char *content, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_message_freeze);
    stmt_text(s, ":content", content);
    stmt_int(s, ":id", id);
    return stmt_run(s, NULL, err);
}

enum err_code message_done(struct store *store, int64_t id, const char *state, int64_t next_try_ms,
                           const char *reply, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_message_done);
    stmt_text(s, ":state", state);
    stmt_int(s, ":next_try", next_try_ms);
    stmt_text(s, ":reply", reply);
    stmt_int(s, ":id", id);
    return stmt_run(s, NULL, err);
}

enum err_code messages_ready(struct store *store, int64_t now_ms, size_t room, int64_t *out,
                             size_t *count, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_messages_ready);
    stmt_int(s, ":now", now_ms);
    stmt_int(s, ":room", (int64_t)room);
    return stmt_numbers(s, room, out, count, err);
}

enum err_code messages_next(struct store *store, int64_t *next_try_ms, struct err *err)
{
    bool found;
    enum err_code rc = stmt_number(stmt_start(store, SQL_messages_next), &found, next_try_ms, err);
    if (!rc && !found)
        *next_try_ms = INT64_MAX;
    return rc;
}

enum err_code messages_waiting_of(struct store *store, int64_t person, size_t room, int64_t *out,
                                  size_t *count, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_messages_waiting_of);
    stmt_int(s, ":person", person);
    stmt_int(s, ":room", (int64_t)room);
    return stmt_numbers(s, room, out, count, err);
}

enum err_code messages_stale(struct store *store, const char *today, size_t room, int64_t *out,
                             size_t *count, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_messages_stale);
    stmt_text(s, ":day", today);
    stmt_int(s, ":room", (int64_t)room);
    return stmt_numbers(s, room, out, count, err);
}
