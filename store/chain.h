/* SPDX-License-Identifier: MIT */
/* chain - what is hashed, with BLAKE2b: events, personal parts, seals, files.
 *
 * event_hash() is in store/cases.h, for verify. sodium_init() was called by
 * store_open().
 */
#ifndef STORE_CHAIN_H
#define STORE_CHAIN_H

#include "store/cases.h"

#include <sodium.h>

void chain_salt(unsigned char out[SALT_BYTES]);
void chain_personal(const char *personal, const unsigned char salt[SALT_BYTES],
                    unsigned char out[HASH_BYTES]);
/* A version of a pack or a calendar: its name and its files. */
void chain_files(const char *name, const char *files, unsigned char out[HASH_BYTES]);
/* A caller's key, of any length. */
void chain_key(const char *key, unsigned char out[HASH_BYTES]);

/* A seal: the seal before, then number and hash of each event since. */
struct seal_state {
    crypto_generichash_state state;
};
void seal_begin(struct seal_state *seal, const unsigned char prev_hash[HASH_BYTES]);
void seal_event(struct seal_state *seal, int64_t id, const unsigned char hash[HASH_BYTES]);
void seal_end(struct seal_state *seal, unsigned char out[HASH_BYTES]);

#endif
