/* SPDX-License-Identifier: MIT */
#include "store/packs.h"

#include "engine/base/arena.h"
#include "store/chain.h"
#include "store/inside.h"

#include <string.h>

enum err_code pack_put(struct store *store, const char *name, const char *files, const char *by,
                       int64_t now_ms, int64_t *id, bool *is_new, struct err *err)
{
    unsigned char hash[HASH_BYTES];
    bool found;
    chain_files(name, files, hash);
    struct stmt *s = stmt_start(store, SQL_pack_find);
    stmt_blob(s, ":hash", hash, sizeof hash);
    enum err_code rc = stmt_number(s, &found, id, err);
    if (!rc && !found) {
        s = stmt_start(store, SQL_pack_add);
        stmt_text(s, ":name", name);
        stmt_blob(s, ":hash", hash, sizeof hash);
        stmt_text(s, ":files", files);
        stmt_int(s, ":made_ms", now_ms);
        stmt_text(s, ":by", by);
        rc = stmt_number(s, NULL, id, err);
    }
    if (!rc && is_new)
        *is_new = !found;
    return rc;
}

enum err_code calendar_put(struct store *store, const char *name, const char *files,
                           int64_t now_ms, int64_t *id, bool *is_new, struct err *err)
{
    unsigned char hash[HASH_BYTES];
    bool found;
    chain_files(name, files, hash);
    struct stmt *s = stmt_start(store, SQL_calendar_find);
    stmt_blob(s, ":hash", hash, sizeof hash);
    enum err_code rc = stmt_number(s, &found, id, err);
    if (!rc && !found) {
        s = stmt_start(store, SQL_calendar_add);
        stmt_text(s, ":name", name);
        stmt_blob(s, ":hash", hash, sizeof hash);
        stmt_text(s, ":files", files);
        stmt_int(s, ":made_ms", now_ms);
        rc = stmt_number(s, NULL, id, err);
    }
    if (!rc && is_new)
        *is_new = !found;
    return rc;
}

enum err_code in_use_put(struct store *store, const char *kind, const char *name, day from,
                         int64_t version, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_in_use_put);
    stmt_text(s, ":kind", kind);
    stmt_text(s, ":name", name);
    stmt_int(s, ":from_on", from);
    stmt_int(s, ":version", version);
    return stmt_run(s, NULL, err);
}

enum err_code in_use_get(struct store *store, const char *kind, const char *name, day on,
                         int64_t *version, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_in_use_get);
    bool found;
    stmt_text(s, ":kind", kind);
    stmt_text(s, ":name", name);
    stmt_int(s, ":on", on);
    enum err_code rc = stmt_number(s, &found, version, err);
    if (!rc && !found)
        return err_set(err, ERR_UNKNOWN, "no %s '%s' is in use", kind, name);
    return rc;
}

enum err_code in_use_all(struct store *store, day on, struct arena *arena, struct in_use_row **out,
                         size_t *count, struct err *err)
{
    struct { struct in_use_row *at; size_t count, room; } list = { 0 };
    struct stmt *s = stmt_start(store, SQL_in_use_all);
    bool has_row;
    stmt_int(s, ":on", on);
    for (;;) {
        enum err_code rc = stmt_next(s, &has_row, err);
        if (rc)
            return rc;
        if (!has_row)
            break;
        *LIST_ADD(arena, &list) = (struct in_use_row){ .name = arena_text(arena, col_text(s, 0)),
                                                       .pack = col_int(s, 1),
                                                       .calendar = col_int(s, 2) };
    }
    *out = list.at;
    *count = list.count;
    return ERR_NONE;
}

enum err_code calendars_waiting(struct store *store, day today, enum calendar_news *out,
                                struct err *err)
{
    int64_t minute, count = 0;
    bool found;
    enum err_code rc = stmt_number(stmt_start(store, SQL_calendar_reached), &found, &minute, err);
    if (rc)
        return rc;
    *out = CALENDARS_NEVER;
    if (!found)
        return ERR_NONE;
    struct stmt *s = stmt_start(store, SQL_calendars_between);
    stmt_int(s, ":after", minute_day(minute));
    stmt_int(s, ":until", today);
    rc = stmt_number(s, NULL, &count, err);
    *out = count ? CALENDARS_WAIT : CALENDARS_APPLIED;
    return rc;
}

enum err_code calendars_applied(struct store *store, day today, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_calendar_reach);
    stmt_int(s, ":minute", minute_at(today, 0));
    return stmt_run(s, NULL, err);
}

enum err_code ruleset_put(struct store *store, int64_t pack, int64_t calendar, int edition,
                          int64_t *id, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_ruleset_find);
    bool found;
    stmt_int(s, ":pack", pack);
    stmt_int(s, ":calendar", calendar);
    stmt_int(s, ":edition", edition);
    enum err_code rc = stmt_number(s, &found, id, err);
    if (rc || found)
        return rc;
    s = stmt_start(store, SQL_ruleset_add);
    stmt_int(s, ":pack", pack);
    stmt_int(s, ":calendar", calendar);
    stmt_int(s, ":edition", edition);
    return stmt_number(s, NULL, id, err);
}

enum err_code ruleset_any(struct store *store, int64_t pack, int64_t calendar, int64_t *id,
                          struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_ruleset_any);
    bool found;
    stmt_int(s, ":pack", pack);
    stmt_int(s, ":calendar", calendar);
    enum err_code rc = stmt_number(s, &found, id, err);
    if (!rc && !found)
        return err_set(err, ERR_DAMAGED, "version %lld in use has no rule set", (long long)pack);
    return rc;
}

enum err_code ruleset_get(struct store *store, int64_t id, struct arena *arena,
                          struct ruleset_row *out, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_ruleset_get);
    bool found;
    stmt_int(s, ":id", id);
    enum err_code rc = stmt_next(s, &found, err);
    if (rc)
        return rc;
    if (!found)
        return err_set(err, ERR_UNKNOWN, "there is no rule set number %lld", (long long)id);
    *out = (struct ruleset_row){ .id = col_int(s, 0),
                                 .pack = col_int(s, 1),
                                 .calendar = col_int(s, 2),
                                 .edition = (int)col_int(s, 3),
                                 .pack_name = arena_text(arena, col_text(s, 4)) };
    stmt_done(s);
    return ERR_NONE;
}

static enum err_code take_files(struct stmt *s, const char *what, int64_t id, struct arena *arena,
                                const char **files, size_t *len, struct err *err)
{
    bool found;
    enum err_code rc = stmt_next(s, &found, err);
    if (rc)
        return rc;
    if (!found)
        return err_set(err, ERR_UNKNOWN, "there is no %s number %lld", what, (long long)id);
    const char *text = col_text(s, 0);
    *len = strlen(text);
    *files = arena_text_n(arena, text, *len);
    stmt_done(s);
    return ERR_NONE;
}

enum err_code pack_files_get(struct store *store, int64_t pack, struct arena *arena,
                             const char **files, size_t *len, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_pack_files_get);
    stmt_int(s, ":id", pack);
    return take_files(s, "pack", pack, arena, files, len, err);
}

enum err_code calendar_files_get(struct store *store, int64_t calendar, struct arena *arena,
                                 const char **files, size_t *len, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_calendar_files_get);
    stmt_int(s, ":id", calendar);
    return take_files(s, "calendar", calendar, arena, files, len, err);
}

enum err_code packs_check(struct store *store, void *self,
                          void (*wrong)(void *self, const char *kind, int64_t id, const char *name),
                          struct err *err)
{
    unsigned char is[HASH_BYTES], was[HASH_BYTES];
    struct stmt *s = stmt_start(store, SQL_files_all);
    bool has_row;
    enum err_code rc;
    while (!(rc = stmt_next(s, &has_row, err)) && has_row) {
        chain_files(col_text(s, 2), col_text(s, 4), is);
        col_bytes(s, 3, was, sizeof was);
        if (memcmp(is, was, sizeof is) != 0)
            wrong(self, col_text(s, 0), col_int(s, 1), col_text(s, 2));
    }
    if (rc)
        return rc;
    s = stmt_start(store, SQL_in_use_lost);
    while (!(rc = stmt_next(s, &has_row, err)) && has_row)
        wrong(self, col_text(s, 0), col_int(s, 1), col_text(s, 2));
    return rc;
}
