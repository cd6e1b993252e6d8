/* SPDX-License-Identifier: MIT */
#include "store/statements.h"

#include "engine/base/err.h"
#include "store/sql_data.h" /* made by the build */

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_COUNT = sizeof sql_files / sizeof *sql_files };

static const char heading[] = "-- name: ";
static const char schema_folder[] = "store/sql/schema/";

static struct statement_text texts[SQL_COUNT] = {
#define X(name) { #name, NULL, 0 },
    STATEMENT_TABLE(X)
#undef X
};

static bool is_schema(const struct sql_file *file)
{
    return strncmp(file->path, schema_folder, sizeof schema_folder - 1) == 0;
}

static const char *line_end(const char *at)
{
    const char *end = strchr(at, '\n');
    return end ? end : at + strlen(at);
}

/* A heading that statements.h does not list is a bug. */
static void take(const char *name, size_t name_len, const char *text, const char *end)
{
    int i = 0;
    while (i < SQL_COUNT && (strlen(texts[i].name) != name_len ||
                             memcmp(texts[i].name, name, name_len) != 0))
        i++;
    MUST(i < SQL_COUNT && !texts[i].text);
    texts[i].text = text;
    texts[i].len = (int)(end - text);
}

/* A statement goes from the line after its heading to the next heading. */
static void read_file(const char *text)
{
    const char *at = strstr(text, heading);
    while (at) {
        const char *name = at + sizeof heading - 1;
        const char *name_end = line_end(name);
        const char *next = strstr(name_end, heading);
        take(name, (size_t)(name_end - name), name_end, next ? next : name_end + strlen(name_end));
        at = next;
    }
}

static void read_files(void)
{
    for (int i = 0; i < FILE_COUNT; i++)
        if (!is_schema(&sql_files[i]))
            read_file(sql_files[i].text);
}

const struct statement_text *statement_text(enum statement which)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, read_files);
    MUST(texts[which].text);
    return &texts[which];
}

static int schema_number(const struct sql_file *file)
{
    return atoi(file->path + sizeof schema_folder - 1);
}

int schema_newest(void)
{
    int newest = 0;
    for (int i = 0; i < FILE_COUNT; i++) {
        if (is_schema(&sql_files[i])) {
            newest++;
            MUST(schema_number(&sql_files[i]) == newest); /* The build hands them over sorted. */
        }
    }
    return newest;
}

const char *schema_text(int number)
{
    int i = 0;
    while (i < FILE_COUNT && !(is_schema(&sql_files[i]) && schema_number(&sql_files[i]) == number))
        i++;
    MUST(i < FILE_COUNT);
    return sql_files[i].text;
}
