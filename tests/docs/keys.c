/* SPDX-License-Identifier: MIT */
/* keys - writes the tables of keys (rules/keys.h), of findings and of Lua functions (lua/library.h)
 * into the pages under docs/.
 *
 *   keys docs/keys.md > new     the page, with what stands between two marks written anew
 *
 * A page may hold any of the three, or none. `make docs` puts new pages in place;
 * tests/docs/test_docs.py fails while they differ.
 */
#include "engine/base/arena.h"
#include "engine/base/diag_codes.h"
#include "engine/base/text.h"
#include "lua/library.h"
#include "rules/keys.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE_BYTES_MAX = 1024 * 1024 };

/* A bar would end the cell. */
static void put_cell(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '|')
            putchar('\\');
        putchar(text[i]);
    }
}

/* Examples of several lines stand in one cell, a line each. */
static void put_example(const char *text)
{
    while (text && *text) {
        size_t len = strcspn(text, "\n");
        putchar('`');
        put_cell(text, len);
        putchar('`');
        text += len;
        if (*text)
            fputs("<br>", stdout);
        text += *text == '\n';
    }
}

/* To the heading of an owner's keys, named as GitHub does: "[a setting](#keys-of-a-setting)". */
static void put_link(enum owner owner)
{
    const char *title = owner_title(owner);
    printf("[%s](#keys-of-", title);
    for (const char *c = title; *c; c++) {
        if (*c == ' ')
            putchar('-');
        else if (isalnum((unsigned char)*c) || *c == '_')
            putchar(tolower((unsigned char)*c));
    }
    putchar(')');
}

static void put_key(const struct key *key, struct arena *arena)
{
    printf("| `%s`%s | ", key->name, key->required ? " *" : "");
    put_cell(key->doc, strlen(key->doc));
    const char *wanted = shape_wanted(key, arena);
    fputs(" Write ", stdout);
    put_cell(wanted, strlen(wanted));
    if (key->of != OWNER_NONE) {
        fputs(": see ", stdout);
        put_link(key->of);
    }
    fputs(". | ", stdout);
    put_example(key->example);
    fputs(" |\n", stdout);
}

static void put_keys(struct arena *arena)
{
#define X(name, title) OWNER_##name,
    static const enum owner owners[] = { OWNER_TABLE(X) };
#undef X
    enum { OWNERS = sizeof owners / sizeof *owners };
    putchar('\n');
    for (size_t i = 0; i < OWNERS; i++) {
        put_link(owners[i]);
        fputs(i + 1 < OWNERS ? " ·\n" : "\n", stdout);
    }
    size_t count;
    const struct key *keys = keys_all(&count);
    for (size_t i = 0; i < OWNERS; i++) {
        printf("\n## Keys of %s\n\n| key | what it means | for example |\n|---|---|---|\n",
               owner_title(owners[i]));
        for (size_t k = 0; k < count; k++)
            if (keys[k].owner == owners[i])
                put_key(&keys[k], arena);
    }
    putchar('\n');
}

static void put_findings(struct arena *arena)
{
    (void)arena;
    size_t count;
    const struct diag_code *codes = diag_codes(&count);
    puts("\n| code | says | what to do |\n|---|---|---|");
    for (size_t i = 0; i < count; i++)
        printf("| %s | %s | %s |\n", codes[i].code, codes[i].title, codes[i].hint);
    putchar('\n');
}

static void put_library(struct arena *arena)
{
    struct buf page = buf_in(arena);
    library_page(&page);
    printf("\n%s\n", buf_text(&page));
}

/* What stands between two lines of a page. */
static const struct part {
    const char *begins, *ends;
    void (*put)(struct arena *arena);
} parts[] = {
    { "<!-- keys: written by `make docs` from rules/keys.c -->\n", "<!-- end of keys -->\n",
      put_keys },
    { "<!-- findings: written by `make docs` from engine/base/diag_codes.h -->\n",
      "<!-- end of findings -->\n", put_findings },
    { "<!-- functions: written by `make docs` from lua/library.c -->\n",
      "<!-- end of functions -->\n", put_library },
};

/* Writes `page` with its parts anew; 2 if one has no end. */
static int put_page(const char *page)
{
    for (;;) {
        const struct part *part = NULL;
        const char *from = NULL;
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
            const char *at = strstr(page, parts[i].begins);
            if (at && (!from || at < from)) {
                from = at;
                part = &parts[i];
            }
        }
        if (!part) {
            fputs(page, stdout);
            return 0;
        }
        const char *to = strstr(from, part->ends);
        if (!to) {
            fprintf(stderr, "has not both marks:\n%s%s", part->begins, part->ends);
            return 2;
        }
        fwrite(page, 1, (size_t)(from - page) + strlen(part->begins), stdout);
        struct arena *arena = arena_new();
        part->put(arena);
        arena_free(arena);
        page = to;
        fwrite(page, 1, strlen(part->ends), stdout);
        page += strlen(part->ends);
    }
}

static char *read_page(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *page = calloc(1, PAGE_BYTES_MAX + 1);
    if (!file || !page || fread(page, 1, PAGE_BYTES_MAX, file) == 0) {
        fprintf(stderr, "cannot read %s\n", path);
        exit(2);
    }
    fclose(file);
    return page;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fputs("keys PAGE: prints the page with the tables written anew\n", stderr);
        return 2;
    }
    char *page = read_page(argv[1]);
    int status = put_page(page);
    free(page);
    return status;
}
