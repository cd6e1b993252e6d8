/* SPDX-License-Identifier: MIT */
#include "engine/run/seal.h"

#include "store/cases.h"

#include <stdio.h>

enum err_code seal_now(struct store *store, int64_t now_ms, struct seal *out, struct err *err)
{
    unsigned char hash[HASH_BYTES];
    *out = (struct seal){ 0 };
    enum err_code rc = seal_make(store, now_ms, &out->made, &out->upto, hash, err);
    for (size_t i = 0; !rc && i < HASH_BYTES; i++)
        snprintf(out->hex + 2 * i, 3, "%02x", hash[i]);
    return rc;
}
