/* SPDX-License-Identifier: MIT */
/* csv - rows of a CSV file with their line numbers (RFC 4180).
 *
 * Own because messages need the line of every row. UTF-8 with or without BOM;
 * CRLF or LF; quoted fields may hold line breaks.
 */
#ifndef ENGINE_RUN_CSV_H
#define ENGINE_RUN_CSV_H

#include "engine/base/err.h"
#include <stddef.h>

struct arena;

enum { CSV_COLUMNS_MAX = 64, CSV_BYTES_MAX = 16 * 1024 * 1024 };

struct csv {
    struct arena *arena;
    const char *at, *end;
    int line;               /* Of the row last read, from 1. */
    int next_line;
    const char *cells[CSV_COLUMNS_MAX];
    size_t count;
};

/* `bytes` is borrowed. ERR_INPUT: not UTF-8. ERR_LIMIT: too large. */
MUST_CHECK enum err_code csv_begin(struct csv *csv, struct arena *arena, const char *bytes,
                                   size_t len, struct err *err);
/* The next row that is not empty into cells. ERR_UNKNOWN: there is none. ERR_INPUT: a quote is
 * never closed, or text follows one; the text names the line. */
MUST_CHECK enum err_code csv_row(struct csv *csv, struct err *err);

#endif
