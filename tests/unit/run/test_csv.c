/* SPDX-License-Identifier: MIT */
#include "kit.h"

#include "engine/run/csv.h"

/* All rows as "line: a|b|c; ...", or the error. */
static const char *rows_of(struct arena *arena, const char *bytes, size_t len)
{
    struct csv csv;
    struct err err = { 0 };
    struct buf text = buf_in(arena);
    if (csv_begin(&csv, arena, bytes, len, &err))
        return arena_text(arena, err.text);
    enum err_code rc;
    while (!(rc = csv_row(&csv, &err))) {
        buf_printf(&text, "%s%d: ", text.len ? "; " : "", csv.line);
        for (size_t i = 0; i < csv.count; i++)
            buf_printf(&text, "%s%s", i ? "|" : "", csv.cells[i]);
    }
    if (rc != ERR_UNKNOWN)
        buf_printf(&text, "%s! %s", text.len ? " " : "", err.text);
    return buf_text(&text);
}

static void rows(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *want;
    } table[] = {
        { "", "" },
        { "\n\r\n\n", "" },
        { "a,b", "1: a|b" },
        { "a,b\nc,d\n", "1: a|b; 2: c|d" },
        { "a,b\r\nc,d\r\n", "1: a|b; 2: c|d" },
        { "\xef\xbb\xbf" "a,b\n", "1: a|b" },
        { " a , b\t\n", "1: a|b" },
        { "\"a,1\",\" b \"\n", "1: a,1| b " },
        { "\"say \"\"hi\"\"\",x\n", "1: say \"hi\"|x" },
        { "\"two\nlines\",x\ny,z\n", "1: two\nlines|x; 3: y|z" },
        { "a,,c,\n", "1: a||c|" },
        { ",\n", "1: |" },
        { "\"\"\nx\n", "2: x" },
        { "\n\na\n", "3: a" },
        { "a\n\"b", "1: a ! line 2: a quote is never closed" },
        { "\"a\"b,c\n", "! line 1: text follows a closing quote" },
        { "a\"b,c\n", "1: a\"b|c" },
        { "\xc3\xa9t\xc3\xa9,b\n", "1: \xc3\xa9t\xc3\xa9|b" },
        { "\xe9t\xe9,b\n", "the file is not UTF-8 text" },
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct arena *arena = arena_new();
        assert_string_equal(rows_of(arena, table[i].bytes, strlen(table[i].bytes)), table[i].want);
        arena_free(arena);
    }
}

static void limits(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct buf text = buf_in(arena);
    for (int i = 0; i < CSV_COLUMNS_MAX - 1; i++)
        buf_add(&text, "x,");
    buf_add(&text, "x\n");
    assert_non_null(strstr(rows_of(arena, text.at, text.len), "1: x|"));
    text = buf_in(arena);
    for (int i = 0; i < CSV_COLUMNS_MAX; i++)
        buf_add(&text, "x,");
    assert_string_equal(rows_of(arena, text.at, text.len), "! line 1 has more than 64 columns");
    char *large = calloc(1, CSV_BYTES_MAX + 2);
    memset(large, 'x', CSV_BYTES_MAX + 1);
    assert_string_equal(rows_of(arena, large, CSV_BYTES_MAX + 1), "the file is larger than 16 MB");
    free(large);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(rows), cmocka_unit_test(limits) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
