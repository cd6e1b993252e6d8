/* SPDX-License-Identifier: MIT */
/* files - what people hand in as proof, kept by what it holds: the same file
 * handed in twice is kept once.
 *
 * An event names a file by its digest; it is put in the event's own
 * transaction. The digest is worked out here, from the bytes.
 */
#ifndef STORE_FILES_H
#define STORE_FILES_H

#include "engine/model/proof.h"
#include "store/store.h"

struct arena;

struct file_row {
    unsigned char digest[PROOF_DIGEST_BYTES];
    const char *type;                   /* "pdf" */
    int64_t made_ms;                    /* UTC: when it was first handed in. */
    const unsigned char *bytes;         /* Borrowed; of file_get() in its arena. */
    size_t len;
};

/* SHA-256 of some bytes. */
void file_digest(const unsigned char *bytes, size_t len, unsigned char out[PROOF_DIGEST_BYTES]);
/* Puts it there unless it is already; row->digest is filled in. Needs a transaction. */
MUST_CHECK enum err_code file_put(struct store *store, struct file_row *row, struct err *err);
/* ERR_UNKNOWN: there is none. ERR_DAMAGED: it is not what was handed in. */
MUST_CHECK enum err_code file_get(struct store *store,
                                  const unsigned char digest[PROOF_DIGEST_BYTES],
                                  struct arena *arena, struct file_row *out, struct err *err);
MUST_CHECK enum err_code file_there(struct store *store,
                                    const unsigned char digest[PROOF_DIGEST_BYTES], bool *out,
                                    struct err *err);
/* Works every digest out again; `wrong` hears of those that do not fit, in hexadecimal. */
MUST_CHECK enum err_code files_check(struct store *store, void *self,
                                     void (*wrong)(void *self, const char *digest),
                                     int64_t *count, struct err *err);

#endif
