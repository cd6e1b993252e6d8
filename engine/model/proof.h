/* SPDX-License-Identifier: MIT */
/* proof - a file that proves something: what an event says of it, and what
 * kind of file some bytes are.
 *
 * An event carries the file as one text, "plan.pdf sha256:1a2b... pdf 48213":
 * its name, what it holds, its type and its size, which is all that deciding
 * may know. The bytes are kept beside it (store/files.h).
 */
#ifndef ENGINE_MODEL_PROOF_H
#define ENGINE_MODEL_PROOF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum {
    PROOF_DIGEST_BYTES = 32,           /* SHA-256 */
    PROOF_NAME_BYTES_MAX = 200,
    PROOF_BYTES_MAX = 25 * 1024 * 1024, /* No pack may allow more. */
    PROOF_BYTES_USUAL = 10 * 1024 * 1024,
};

struct proof {
    const char *name;      /* Without folders. */
    const char *digest;    /* 64 hexadecimal digits; NULL: it was only named, or is of an older
                            * reeve that kept none. */
    const char *type;      /* "pdf"; by the name's ending where it was only named; NULL: unknown. */
    int64_t size;          /* Bytes; 0: not known. */
};

/* Every type that can be kept, and whether one is. */
const char *const *proof_types(size_t *count);
bool proof_type_known(const char *type);

/* Takes the event's text apart, and puts it together. In `arena`. */
struct proof proof_read(struct arena *arena, const char *file);
const char *proof_write(struct arena *arena, const struct proof *proof);

/* What the bytes are, by how they begin, and by the name's ending, which must fit: a name that says
 * something else is how people are led to open what they should not. NULL: none of the types, and
 * *why says what is wrong, a clause without the name. */
const char *proof_sniff(const char *name, const unsigned char *bytes, size_t len,
                        const char **why);

/* "10 MB", "500 KB": bytes. False: it is no size. And back. */
bool proof_size_read(const char *text, int64_t *out);
const char *proof_size_text(struct arena *arena, int64_t bytes);

#endif
