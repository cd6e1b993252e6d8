/* SPDX-License-Identifier: MIT */
#include "store/letters.h"

#include "engine/base/arena.h"
#include "store/inside.h"

enum err_code letter_put(struct store *store, const struct letter_row *row, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_letter_put);
    stmt_int(s, ":case_id", row->case_id);
    stmt_text(s, ":name", row->name);
    stmt_int(s, ":event", row->event);
    stmt_text(s, ":role", row->role);
    stmt_text(s, ":addressee", row->addressee);
    stmt_text(s, ":by", row->by);
    stmt_int(s, ":made_on", row->made);
    stmt_text(s, ":subject", row->subject);
    stmt_text(s, ":text", row->text);
    stmt_text(s, ":html", row->html);
    return stmt_run(s, NULL, err);
}

enum err_code letter_sent(struct store *store, int64_t case_id, const char *name, day sent,
                          struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_letter_sent);
    stmt_int(s, ":case_id", case_id);
    stmt_text(s, ":name", name);
    stmt_int(s, ":sent_on", sent);
    return stmt_run(s, NULL, err);
}

/* Texts stay the statement's. */
static struct letter_row row_of(const struct stmt *s)
{
    return (struct letter_row){
        .case_id = col_int(s, 0),
        .name = col_text(s, 1),
        .event = col_int(s, 2),
        .ref = col_text(s, 3),
        .role = col_text(s, 4),
        .addressee = col_null(s, 5) ? NULL : col_text(s, 5),
        .by = col_text(s, 6),
        .made = (day)col_int(s, 7),
        .sent = col_null(s, 8) ? DAY_NONE : (day)col_int(s, 8),
        .subject = col_text(s, 9),
        .text = col_text(s, 10),
        .html = col_text(s, 11),
        .leaving = col_int(s, 12) != 0,
    };
}

static struct letter_row kept(struct arena *arena, struct letter_row row)
{
    const char **texts[] = { &row.ref,  &row.name,    &row.role, &row.by, &row.addressee,
                             &row.subject, &row.text, &row.html };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = *texts[i] ? arena_text(arena, *texts[i]) : NULL;
    return row;
}

enum err_code letter_get(struct store *store, int64_t case_id, const char *name,
                         struct arena *arena, struct letter_row *out, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_letter_get);
    bool found;
    stmt_int(s, ":case_id", case_id);
    stmt_text(s, ":name", name);
    enum err_code rc = stmt_next(s, &found, err);
    if (rc)
        return rc;
    if (!found)
        return err_set(err, ERR_UNKNOWN, "case %lld has no letter '%s'", (long long)case_id, name);
    *out = kept(arena, row_of(s));
    stmt_done(s);
    return ERR_NONE;
}

enum err_code letters_read(struct store *store, bool unsent, void *self,
                           bool (*seen)(void *self, const struct letter_row *row),
                           struct err *err)
{
    struct stmt *s = stmt_start(store, unsent ? SQL_letters_unsent : SQL_letters_all);
    bool has_row;
    enum err_code rc;
    while (!(rc = stmt_next(s, &has_row, err)) && has_row) {
        const struct letter_row row = row_of(s);
        if (!seen(self, &row)) {
            stmt_done(s);
            break;
        }
    }
    return rc;
}
