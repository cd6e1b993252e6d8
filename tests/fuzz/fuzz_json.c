/* SPDX-License-Identifier: MIT */
/* What is read and written once is canonical: reading that again gives the same bytes. */
#include "engine/base/arena.h"
#include "engine/base/json.h"
#include "engine/base/text.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static struct arena *arena;
    if (!arena)
        arena = arena_new();
    arena_reset(arena);

    struct json *json, *back;
    struct err err;
    if (json_parse(arena, (const char *)bytes, len, &json, &err)) {
        MUST(err.code == ERR_INPUT || err.code == ERR_LIMIT);
        return 0;
    }
    struct buf once = buf_in(arena), twice = buf_in(arena);
    json_write(json, &once);
    MUST(utf8_valid(once.at, once.len));
    MUST(json_parse(arena, once.at, once.len, &back, &err) == ERR_NONE);
    json_write(back, &twice);
    MUST(once.len == twice.len && memcmp(once.at, twice.at, once.len) == 0);
    return 0;
}
