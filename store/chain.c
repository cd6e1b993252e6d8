/* SPDX-License-Identifier: MIT */
/* The bytes an event's hash is made of, in order:
 *
 *     32  the hash of the case's event before (zeros for the first)
 *      8  each of: id, case, prev, cause, ruleset, recorded (big-endian)
 *      8  the length of `said`, then its bytes; the same for `did`
 *      1  1 when it had a personal part, else 0
 *     32  if it had: BLAKE2b of the personal bytes, keyed with the salt
 *
 * So the personal part and its salt can go while the chain still fits.
 */
#include "store/chain.h"

#include <sodium.h>
#include <string.h>

static void add_u64(crypto_generichash_state *state, uint64_t value)
{
    unsigned char bytes[8];
    for (int i = 7; i >= 0; i--, value >>= 8)
        bytes[i] = (unsigned char)value;
    crypto_generichash_update(state, bytes, sizeof bytes);
}

static void add_text(crypto_generichash_state *state, const char *text)
{
    size_t len = strlen(text);
    add_u64(state, len);
    crypto_generichash_update(state, (const unsigned char *)text, len);
}

void chain_personal(const char *personal, const unsigned char salt[SALT_BYTES],
                    unsigned char out[HASH_BYTES])
{
    crypto_generichash(out, HASH_BYTES, (const unsigned char *)personal, strlen(personal), salt,
                       SALT_BYTES);
}

void chain_salt(unsigned char out[SALT_BYTES])
{
    randombytes_buf(out, SALT_BYTES);
}

void event_hash(const unsigned char prev_hash[HASH_BYTES], const struct event_row *row,
                unsigned char out[HASH_BYTES])
{
    const int64_t header[] = { row->id,    row->case_id, row->prev,
                               row->cause, row->ruleset, row->recorded_ms };
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, HASH_BYTES);
    crypto_generichash_update(&state, prev_hash, HASH_BYTES);
    for (size_t i = 0; i < sizeof header / sizeof *header; i++)
        add_u64(&state, (uint64_t)header[i]);
    add_text(&state, row->said);
    add_text(&state, row->did);
    unsigned char had = row->personal || row->erased;
    crypto_generichash_update(&state, &had, 1);
    if (row->personal) {
        unsigned char digest[HASH_BYTES];
        chain_personal(row->personal, row->salt, digest);
        crypto_generichash_update(&state, digest, sizeof digest);
    } else if (row->erased) {
        crypto_generichash_update(&state, row->sealed, HASH_BYTES);
    }
    crypto_generichash_final(&state, out, HASH_BYTES);
}

void chain_files(const char *name, const char *files, unsigned char out[HASH_BYTES])
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, HASH_BYTES);
    add_text(&state, name);
    add_text(&state, files);
    crypto_generichash_final(&state, out, HASH_BYTES);
}

void chain_key(const char *key, unsigned char out[HASH_BYTES])
{
    crypto_generichash(out, HASH_BYTES, (const unsigned char *)key, strlen(key), NULL, 0);
}

void seal_begin(struct seal_state *seal, const unsigned char prev_hash[HASH_BYTES])
{
    crypto_generichash_init(&seal->state, NULL, 0, HASH_BYTES);
    crypto_generichash_update(&seal->state, prev_hash, HASH_BYTES);
}

void seal_event(struct seal_state *seal, int64_t id, const unsigned char hash[HASH_BYTES])
{
    add_u64(&seal->state, (uint64_t)id);
    crypto_generichash_update(&seal->state, hash, HASH_BYTES);
}

void seal_end(struct seal_state *seal, unsigned char out[HASH_BYTES])
{
    crypto_generichash_final(&seal->state, out, HASH_BYTES);
}
