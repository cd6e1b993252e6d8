/* SPDX-License-Identifier: MIT */
/* Any bytes as a CSV file: each row has cells and a line of the file, which never goes back; and
 * what was read, written out in quotes, is read again as the same. */
#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/run/csv.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static void write_row(const struct csv *csv, struct buf *out)
{
    for (size_t i = 0; i < csv->count; i++) {
        buf_add(out, i ? ",\"" : "\"");
        for (const char *c = csv->cells[i]; *c; c++) {
            buf_char(out, *c);
            if (*c == '"')
                buf_char(out, '"');
        }
        buf_char(out, '"');
    }
    buf_char(out, '\n');
}

/* All rows, in quotes. False: it was refused. */
static bool read_all(struct arena *arena, const char *bytes, size_t len, struct buf *out)
{
    struct csv csv;
    struct err err;
    int line = 0;
    enum err_code rc = csv_begin(&csv, arena, bytes, len, &err);
    while (!rc && !(rc = csv_row(&csv, &err))) {
        MUST(csv.count >= 1 && csv.count <= CSV_COLUMNS_MAX && csv.line > line);
        line = csv.line;
        write_row(&csv, out);
    }
    MUST(rc == ERR_UNKNOWN || rc == ERR_INPUT || rc == ERR_LIMIT);
    return rc == ERR_UNKNOWN;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static struct arena *arena;
    if (!arena)
        arena = arena_new();
    arena_reset(arena);

    struct buf once = buf_in(arena), twice = buf_in(arena);
    char *copy = arena_alloc(arena, len + 1);
    memcpy(copy, bytes, len);
    copy[len] = '\0';
    if (!read_all(arena, copy, len, &once))
        return 0;
    MUST(utf8_valid(buf_text(&once), once.len));
    MUST(read_all(arena, buf_text(&once), once.len, &twice));
    MUST(strcmp(buf_text(&once), buf_text(&twice)) == 0);
    return 0;
}
