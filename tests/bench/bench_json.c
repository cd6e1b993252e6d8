/* SPDX-License-Identifier: MIT */
/* How long a stored case of about 1.5 KB takes to be read and to be written. */
#include "engine/base/arena.h"
#include "engine/base/json.h"
#include "engine/base/text.h"

#include <stdio.h>
#include <time.h>

enum { ROUNDS = 200000 };

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void make_case(struct buf *out)
{
    struct json_out json = json_to(out);
    json_begin(&json, NULL, '{');
    json_begin(&json, "anchors", '{');
    for (int i = 0; i < 8; i++) {
        char *key = arena_printf(out->arena, "event-%d", i);
        json_begin(&json, key, '{');
        json_out_int(&json, "count", 1);
        json_out_int(&json, "first", 20700 + i);
        json_out_int(&json, "latest", 20710 + i);
        json_end(&json, '}');
    }
    json_end(&json, '}');
    json_begin(&json, "dues", '[');
    for (int i = 0; i < 6; i++) {
        json_begin(&json, NULL, '{');
        json_out_int(&json, "do_by", 20778 + i);
        json_out_int(&json, "due", 20780 + i);
        json_out_text(&json, "name", "decide-within-four-weeks");
        json_out_text(&json, "owner", "send officer");
        json_out_text(&json, "state", "running");
        json_end(&json, '}');
    }
    json_end(&json, ']');
    json_begin(&json, "fields", '{');
    for (int i = 0; i < 10; i++)
        json_out_text(&json, arena_printf(out->arena, "field-%d", i),
                      "a value of usual length, \xc3\xa9");
    json_out_decimal(&json, "hours", 235000);
    json_end(&json, '}');
    json_out_text(&json, "state", "meeting-held");
    json_end(&json, '}');
}

int main(void)
{
    struct arena *keep = arena_new(), *arena = arena_new();
    struct buf given = buf_in(keep);
    make_case(&given);

    double read_us = 0, write_us = 0;
    for (int i = 0; i < ROUNDS; i++) {
        struct json *json;
        arena_reset(arena);
        double start = now_us();
        MUST(json_parse(arena, given.at, given.len, &json, NULL) == ERR_NONE);
        double middle = now_us();
        struct buf out = buf_in(arena);
        json_write(json, &out);
        write_us += now_us() - middle;
        read_us += middle - start;
        MUST(out.len == given.len);
    }
    printf("json: %zu bytes read in %.2f us, written in %.2f us\n", given.len, read_us / ROUNDS,
           write_us / ROUNDS);
    arena_free(arena);
    arena_free(keep);
    return 0;
}
