/* SPDX-License-Identifier: MIT */
#include "store/files.h"

#include "engine/base/arena.h"
#include "store/inside.h"

#include <sodium.h>
#include <string.h>

void file_digest(const unsigned char *bytes, size_t len, unsigned char out[PROOF_DIGEST_BYTES])
{
    crypto_hash_sha256(out, bytes, len);
}

enum err_code file_there(struct store *store, const unsigned char digest[PROOF_DIGEST_BYTES],
                         bool *out, struct err *err)
{
    int64_t id = 0;
    struct stmt *s = stmt_start(store, SQL_file_find);
    stmt_blob(s, ":digest", digest, PROOF_DIGEST_BYTES);
    return stmt_number(s, out, &id, err);
}

enum err_code file_put(struct store *store, struct file_row *row, struct err *err)
{
    bool there = false;
    file_digest(row->bytes, row->len, row->digest);
    enum err_code rc = file_there(store, row->digest, &there, err);
    if (rc || there)
        return rc;
    struct stmt *s = stmt_start(store, SQL_file_add);
    stmt_blob(s, ":digest", row->digest, PROOF_DIGEST_BYTES);
    stmt_text(s, ":type", row->type);
    stmt_int(s, ":made_ms", row->made_ms);
    stmt_blob(s, ":content", row->bytes, row->len);
    return stmt_run(s, NULL, err);
}

static void take_row(const struct stmt *s, struct file_row *out)
{
    col_bytes(s, 1, out->digest, PROOF_DIGEST_BYTES);
    out->made_ms = col_int(s, 3);
    out->bytes = col_blob(s, 4);
    out->len = col_len(s, 4);
}

static bool fits(const struct file_row *row)
{
    unsigned char digest[PROOF_DIGEST_BYTES];
    file_digest(row->bytes, row->len, digest);
    return memcmp(digest, row->digest, sizeof digest) == 0;
}

enum err_code file_get(struct store *store, const unsigned char digest[PROOF_DIGEST_BYTES],
                       struct arena *arena, struct file_row *out, struct err *err)
{
    bool has_row;
    struct stmt *s = stmt_start(store, SQL_file_get);
    stmt_blob(s, ":digest", digest, PROOF_DIGEST_BYTES);
    enum err_code rc = stmt_next(s, &has_row, err);
    if (rc)
        return rc;
    if (!has_row)
        return err_set(err, ERR_UNKNOWN, "the file is not in the database");
    take_row(s, out);
    bool good = fits(out);
    unsigned char *copy = arena_alloc(arena, out->len + 1);
    if (out->len)
        memcpy(copy, out->bytes, out->len);
    out->bytes = copy;
    out->type = col_copy(s, 2, arena);
    stmt_done(s);
    return good ? ERR_NONE
                : err_set(err, ERR_DAMAGED, "the file is not what was handed in: its digest does "
                          "not fit");
}

enum err_code files_check(struct store *store, void *self,
                          void (*wrong)(void *self, const char *digest), int64_t *count,
                          struct err *err)
{
    char hex[2 * PROOF_DIGEST_BYTES + 1];
    bool has_row = true;
    struct stmt *s = stmt_start(store, SQL_file_each);
    *count = 0;
    for (;;) {
        struct file_row row;
        enum err_code rc = stmt_next(s, &has_row, err);
        if (rc || !has_row)
            return rc;
        take_row(s, &row);
        ++*count;
        if (!fits(&row))
            wrong(self, sodium_bin2hex(hex, sizeof hex, row.digest, sizeof row.digest));
    }
}
