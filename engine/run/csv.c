/* SPDX-License-Identifier: MIT */
#include "engine/run/csv.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"

#include <string.h>

enum err_code csv_begin(struct csv *csv, struct arena *arena, const char *bytes, size_t len,
                        struct err *err)
{
    if (len > CSV_BYTES_MAX)
        return err_set(err, ERR_LIMIT, "the file is larger than %d MB",
                       CSV_BYTES_MAX / 1024 / 1024);
    if (!utf8_valid(bytes, len)) {
        err_set(err, ERR_INPUT, "the file is not UTF-8 text");
        err_hint(err, "save it as 'CSV UTF-8'");
        return ERR_INPUT;
    }
    *csv = (struct csv){ .arena = arena, .at = bytes, .end = bytes + len, .next_line = 1 };
    if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
        csv->at += 3;
    return ERR_NONE;
}

static enum err_code quoted(struct csv *csv, const char **cell, struct err *err)
{
    struct buf text = buf_in(csv->arena);
    int began = csv->next_line;
    for (csv->at++;; csv->at++) {
        if (csv->at == csv->end)
            return err_set(err, ERR_INPUT, "line %d: a quote is never closed", began);
        if (*csv->at == '\n')
            csv->next_line++;
        if (*csv->at != '"') {
            buf_char(&text, *csv->at);
            continue;
        }
        if (csv->at + 1 == csv->end || csv->at[1] != '"')
            break;
        buf_char(&text, *csv->at++);
    }
    csv->at++;
    if (csv->at < csv->end && !strchr(",\r\n", *csv->at))
        return err_set(err, ERR_INPUT, "line %d: text follows a closing quote", began);
    *cell = buf_text(&text);
    return ERR_NONE;
}

static const char *plain(struct csv *csv)
{
    const char *from = csv->at;
    while (csv->at < csv->end && !strchr(",\r\n", *csv->at))
        csv->at++;
    const char *to = csv->at;
    while (from < to && (*from == ' ' || *from == '\t'))
        from++;
    while (to > from && (to[-1] == ' ' || to[-1] == '\t'))
        to--;
    return arena_text_n(csv->arena, from, (size_t)(to - from));
}

static enum err_code one_row(struct csv *csv, struct err *err)
{
    csv->count = 0;
    csv->line = csv->next_line;
    for (;;) {
        if (csv->count == CSV_COLUMNS_MAX)
            return err_set(err, ERR_LIMIT, "line %d has more than %d columns", csv->line,
                           CSV_COLUMNS_MAX);
        const char **cell = &csv->cells[csv->count++];
        if (csv->at < csv->end && *csv->at == '"') {
            enum err_code rc = quoted(csv, cell, err);
            if (rc)
                return rc;
        } else {
            *cell = plain(csv);
        }
        if (csv->at == csv->end || *csv->at != ',')
            break;
        csv->at++;
    }
    if (csv->at < csv->end && *csv->at == '\r')
        csv->at++;
    if (csv->at < csv->end && *csv->at == '\n')
        csv->at++;
    csv->next_line++;
    return ERR_NONE;
}

enum err_code csv_row(struct csv *csv, struct err *err)
{
    while (csv->at < csv->end) {
        enum err_code rc = one_row(csv, err);
        if (rc)
            return rc;
        if (csv->count > 1 || csv->cells[0][0])
            return ERR_NONE;
    }
    return ERR_UNKNOWN;
}
