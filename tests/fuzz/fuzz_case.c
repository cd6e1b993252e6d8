/* SPDX-License-Identifier: MIT */
/* What the store keeps - cases, outcomes, events - is refused or, once read, is written
 * so that it can be read again to the same bytes. The first byte chooses which. */
#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/model/outcome.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static struct arena *arena;

static void same(const struct buf *once, const struct buf *twice)
{
    MUST(once->len == twice->len && memcmp(once->at, twice->at, once->len) == 0);
}

static void a_case(const char *bytes, size_t len)
{
    struct casefile file = { .id = 1 }, back = { .id = 1 };
    struct err err = { .code = ERR_NONE };
    struct buf once = buf_in(arena), twice = buf_in(arena);
    if (casefile_decode(arena, bytes, len, &file, &err)) {
        MUST(*err.text);
        return;
    }
    casefile_encode(&file, &once);
    MUST(casefile_decode(arena, once.at, once.len, &back, NULL) == ERR_NONE);
    casefile_encode(&back, &twice);
    same(&once, &twice);
}

static void an_outcome(const char *bytes, size_t len)
{
    struct outcome outcome, back;
    struct buf once = buf_in(arena), twice = buf_in(arena), apart = buf_in(arena),
               apart_twice = buf_in(arena);
    if (outcome_decode(arena, bytes, len, NULL, 0, &outcome, NULL))
        return;
    outcome_encode(&outcome, arena, &once, &apart);
    MUST(outcome_decode(arena, once.at, once.len, apart.at, apart.len, &back, NULL) == ERR_NONE);
    outcome_encode(&back, arena, &twice, &apart_twice);
    same(&once, &twice);
    same(&apart, &apart_twice);
}

static void an_event(const char *bytes, size_t len)
{
    static const char *const personal[] = { "birth", "child" };
    struct event event, back;
    struct buf once = buf_in(arena), twice = buf_in(arena), apart = buf_in(arena),
               apart_twice = buf_in(arena);
    if (event_decode(arena, bytes, len, NULL, 0, &event, NULL))
        return;
    event_encode(&event, personal, 2, &once, &apart);
    MUST(event_decode(arena, once.at, once.len, apart.at, apart.len, &back, NULL) == ERR_NONE);
    event_encode(&back, personal, 2, &twice, &apart_twice);
    same(&once, &twice);
    same(&apart, &apart_twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static void (*const kinds[])(const char *, size_t) = { a_case, an_outcome, an_event };
    if (!arena)
        arena = arena_new();
    arena_reset(arena);
    if (len)
        kinds[(unsigned)(bytes[0] - '0') % 3]((const char *)bytes + 1, len - 1);
    return 0;
}
