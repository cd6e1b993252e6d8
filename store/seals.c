/* SPDX-License-Identifier: MIT */
#include "store/cases.h"

#include "store/chain.h"
#include "store/inside.h"

#include <string.h>

struct sealed {
    int64_t upto;
    unsigned char hash[HASH_BYTES];
};

/* Hashes the events after `before` up to `upto`, with their numbers, so that none can go unseen. */
static enum err_code hash_events(struct store *store, const struct sealed *before, int64_t upto,
                                 unsigned char out[HASH_BYTES], struct err *err)
{
    struct seal_state seal;
    struct stmt *s = stmt_start(store, SQL_event_hashes);
    bool has_row;
    seal_begin(&seal, before->hash);
    stmt_int(s, ":after", before->upto);
    stmt_int(s, ":upto", upto);
    for (;;) {
        unsigned char hash[HASH_BYTES];
        enum err_code rc = stmt_next(s, &has_row, err);
        if (rc)
            return rc;
        if (!has_row)
            break;
        col_bytes(s, 1, hash, sizeof hash);
        seal_event(&seal, col_int(s, 0), hash);
    }
    seal_end(&seal, out);
    return ERR_NONE;
}

static enum err_code last_seal(struct store *store, struct sealed *out, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_seal_last);
    bool has_row;
    *out = (struct sealed){ 0 };
    enum err_code rc = stmt_next(s, &has_row, err);
    if (rc || !has_row)
        return rc;
    out->upto = col_int(s, 0);
    col_bytes(s, 1, out->hash, HASH_BYTES);
    stmt_done(s);
    return ERR_NONE;
}

enum err_code seal_make(struct store *store, int64_t now_ms, bool *made, int64_t *upto,
                        unsigned char hash[HASH_BYTES], struct err *err)
{
    struct sealed before, now;
    int64_t next;
    enum err_code rc = last_seal(store, &before, err);
    if (!rc)
        rc = event_next_id(store, &next, err);
    if (rc)
        return rc;
    now.upto = next - 1;
    if (now.upto == before.upto) {
        *made = false;
        *upto = before.upto;
        memcpy(hash, before.hash, HASH_BYTES);
        return ERR_NONE;
    }
    rc = hash_events(store, &before, now.upto, now.hash, err);
    if (rc)
        return rc;
    struct stmt *s = stmt_start(store, SQL_seal_add);
    stmt_int(s, ":upto", now.upto);
    stmt_int(s, ":made_ms", now_ms);
    stmt_blob(s, ":hash", now.hash, HASH_BYTES);
    rc = stmt_run(s, NULL, err);
    if (rc)
        return rc;
    *made = true;
    *upto = now.upto;
    memcpy(hash, now.hash, HASH_BYTES);
    return ERR_NONE;
}

static enum err_code check_seals(struct store *store, struct stmt *s, int64_t *count,
                                 struct err *err)
{
    struct sealed before = { 0 }, now;
    unsigned char hash[HASH_BYTES];
    bool has_row;
    int64_t n = 0;
    for (;;) {
        enum err_code rc = stmt_next(s, &has_row, err);
        if (rc)
            return rc;
        if (!has_row)
            break;
        now.upto = col_int(s, 1);
        col_bytes(s, 2, now.hash, HASH_BYTES);
        rc = hash_events(store, &before, now.upto, hash, err);
        if (rc) {
            err_wrap(err, "seal %lld", (long long)col_int(s, 0));
            return rc;
        }
        if (memcmp(hash, now.hash, HASH_BYTES) != 0)
            return err_set(err, ERR_STORE, "seal %lld does not fit the events %lld to %lld",
                           (long long)col_int(s, 0), (long long)before.upto + 1,
                           (long long)now.upto);
        before = now;
        n++;
    }
    *count = n;
    return ERR_NONE;
}

enum err_code seals_check(struct store *store, int64_t *count, struct err *err)
{
    struct stmt *s = stmt_start(store, SQL_seal_all);
    enum err_code rc = check_seals(store, s, count, err);
    if (rc && s->started)
        stmt_done(s);
    return rc;
}
