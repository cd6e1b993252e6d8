/* SPDX-License-Identifier: MIT */
#include "store/people.h"

#include "engine/base/arena.h"
#include "store/inside.h"

enum err_code school_put(struct store *store, const struct school_row *row, bool *is_new,
                         struct err *err)
{
    bool found;
    struct stmt *s = stmt_start(store, SQL_school_get);
    stmt_int(s, ":urn", row->urn);
    enum err_code rc = stmt_next(s, &found, err);
    if (rc)
        return rc;
    if (found) {
        stmt_done(s);
        s = stmt_start(store, SQL_school_change);
        stmt_int(s, ":urn", row->urn);
        stmt_text(s, ":name", row->name);
        stmt_text(s, ":phase", row->phase);
    } else {
        s = stmt_start(store, SQL_school_add);
        stmt_int(s, ":urn", row->urn);
        stmt_text(s, ":name", row->name);
        stmt_text(s, ":phase", row->phase);
    }
    rc = stmt_run(s, NULL, err);
    if (!rc && is_new)
        *is_new = !found;
    return rc;
}

enum err_code school_get(struct store *store, int64_t urn, struct arena *arena,
                         struct school_row *out, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_school_get);
    bool found;
    stmt_int(s, ":urn", urn);
    enum err_code rc = stmt_next(s, &found, err);
    if (rc)
        return rc;
    if (!found)
        return err_set(err, ERR_UNKNOWN, "there is no school with URN %lld", (long long)urn);
    *out = (struct school_row){ .urn = col_int(s, 0),
                                .name = arena_text(arena, col_text(s, 1)),
                                .phase = arena_text(arena, col_text(s, 2)) };
    stmt_done(s);
    return ERR_NONE;
}

enum err_code person_put(struct store *store, const char *email, const char *name, int64_t *id,
                         bool *is_new, struct err *err)
{
    bool found;
    struct stmt *s = stmt_start(store, SQL_person_by_email);
    stmt_text(s, ":email", email);
    enum err_code rc = stmt_next(s, &found, err);
    if (rc)
        return rc;
    if (found) {
        int64_t known = col_int(s, 0);
        stmt_done(s);
        s = stmt_start(store, SQL_person_change);
        stmt_int(s, ":id", known);
        stmt_text(s, ":name", name);
        stmt_text(s, ":email", email);
        rc = stmt_run(s, NULL, err);
        if (!rc)
            *id = known;
    } else {
        s = stmt_start(store, SQL_person_add);
        stmt_text(s, ":name", name);
        stmt_text(s, ":email", email);
        rc = stmt_number(s, NULL, id, err);
    }
    if (!rc && is_new)
        *is_new = !found;
    return rc;
}

static enum err_code take_person(struct stmt *s, struct arena *arena, struct person_row *out,
                                 bool *found, struct err *err)
{
    enum err_code rc = stmt_next(s, found, err);
    if (rc || !*found)
        return rc;
    *out = (struct person_row){ .id = col_int(s, 0),
                                .name = arena_text(arena, col_text(s, 1)),
                                .email = arena_text(arena, col_text(s, 2)),
                                .refused = col_copy(s, 3, arena),
                                .told_on = (int)col_int(s, 4),
                                .works_on = (int)col_int(s, 5) };
    stmt_done(s);
    return ERR_NONE;
}

enum err_code person_get(struct store *store, int64_t id, struct arena *arena,
                         struct person_row *out, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_person_get);
    bool found;
    stmt_int(s, ":id", id);
    enum err_code rc = take_person(s, arena, out, &found, err);
    if (!rc && !found)
        return err_set(err, ERR_UNKNOWN, "there is no person number %lld", (long long)id);
    return rc;
}

enum err_code person_by_email(struct store *store, const char *email, struct arena *arena,
                              struct person_row *out, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_person_by_email);
    bool found;
    stmt_text(s, ":email", email);
    enum err_code rc = take_person(s, arena, out, &found, err);
    if (!rc && !found)
        return err_set(err, ERR_UNKNOWN, "nobody here has the address '%s'", email);
    return rc;
}

enum err_code person_prefer(struct store *store, int64_t id, int told_on, int works_on,
                            struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_person_prefer);
    stmt_int(s, ":told_on", told_on);
    stmt_int(s, ":works_on", works_on);
    stmt_int(s, ":id", id);
    return stmt_run(s, NULL, err);
}

enum err_code person_refused(struct store *store, int64_t id, const char *why, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_person_refused);
    stmt_text(s, ":why", why);
    stmt_int(s, ":id", id);
    return stmt_run(s, NULL, err);
}

enum err_code desk_known(struct store *store, const char *role, int64_t school, int64_t person,
                         int64_t *out, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_desk_find);
    bool found;
    stmt_text(s, ":role", role);
    stmt_int(s, ":school", school);
    stmt_int(s, ":person", person);
    enum err_code rc = stmt_number(s, &found, out, err);
    if (!rc && !found)
        *out = 0;
    return rc;
}

enum err_code desk_find(struct store *store, const char *role, int64_t school, int64_t person,
                        int64_t *out, struct err *err)
{
    enum err_code rc = desk_known(store, role, school, person, out, err);
    if (rc || *out)
        return rc;
    struct stmt *s = stmt_start(store, SQL_desk_add);
    stmt_text(s, ":role", role);
    stmt_int(s, ":school", school);
    stmt_int(s, ":person", person);
    return stmt_number(s, NULL, out, err);
}

static void take_desk(const struct stmt *s, struct arena *arena, struct desk_row *out)
{
    *out = (struct desk_row){ .id = col_int(s, 0),
                              .role = arena_text(arena, col_text(s, 1)),
                              .school = col_int(s, 2),
                              .person = col_int(s, 3) };
}

enum err_code desk_get(struct store *store, int64_t id, struct arena *arena, struct desk_row *out,
                       struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_desk_get);
    bool found;
    stmt_int(s, ":id", id);
    enum err_code rc = stmt_next(s, &found, err);
    if (rc)
        return rc;
    if (!found)
        return err_set(err, ERR_UNKNOWN, "there is no desk number %lld", (long long)id);
    take_desk(s, arena, out);
    stmt_done(s);
    return ERR_NONE;
}

enum err_code desks_empty(struct store *store, const char *role, struct arena *arena, void *self,
                          void (*seen)(void *self, const struct desk_row *desk), struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_desks_empty);
    bool has_row;
    enum err_code rc;
    stmt_text(s, ":role", role);
    while (!(rc = stmt_next(s, &has_row, err)) && has_row) {
        struct desk_row desk;
        take_desk(s, arena, &desk);
        seen(self, &desk);
    }
    return rc;
}

enum err_code sits_put(struct store *store, int64_t person, int64_t desk, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_sits_put);
    stmt_int(s, ":person", person);
    stmt_int(s, ":desk", desk);
    return stmt_run(s, NULL, err);
}

enum err_code sits_clear(struct store *store, struct err *err)
{
    return stmt_run(stmt_start(store, SQL_sits_clear), NULL, err);
}

enum err_code desk_people(struct store *store, int64_t desk, void *self,
                          void (*seen)(void *self, int64_t person), struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_desk_people);
    bool has_row;
    enum err_code rc;
    stmt_int(s, ":desk", desk);
    while (!(rc = stmt_next(s, &has_row, err)) && has_row)
        seen(self, col_int(s, 0));
    return rc;
}

enum err_code person_desks(struct store *store, int64_t person, struct arena *arena, void *self,
                           void (*seen)(void *self, const struct desk_row *desk), struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_person_desks);
    bool has_row;
    enum err_code rc;
    stmt_int(s, ":person", person);
    while (!(rc = stmt_next(s, &has_row, err)) && has_row) {
        struct desk_row desk;
        take_desk(s, arena, &desk);
        seen(self, &desk);
    }
    return rc;
}
