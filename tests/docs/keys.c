/* SPDX-License-Identifier: MIT */
/* keys - writes the tables of keys (rules/keys.h), of findings and of Lua functions (lua/library.h)
 * into docs/rules.md.
 *
 *   keys docs/rules.md > new     the page, with what stands between the two marks written anew
 *
 * `make docs` puts the new page in place; tests/docs/test_docs.py fails while they differ.
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

static const char begins[] = "<!-- keys: written by `make docs` from rules/keys.c -->\n";
static const char ends[] = "<!-- end of keys -->\n";

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

/* To the heading of an owner's keys, named as GitHub does: "#keys-of-a-setting". */
static void put_link(enum owner owner)
{
    const char *title = owner_title(owner);
    printf(": see [%s](#keys-of-", title);
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
    if (key->shape == SHAPE_LATER) {
        fputs(" Not in this version", stdout);
    } else {
        const char *wanted = shape_wanted(key, arena);
        fputs(" Write ", stdout);
        put_cell(wanted, strlen(wanted));
        if (key->of != OWNER_NONE)
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
    size_t count;
    const struct key *keys = keys_all(&count);
    for (size_t i = 0; i < sizeof owners / sizeof *owners; i++) {
        printf("\n### Keys of %s\n\n| key | what it means | for example |\n|---|---|---|\n",
               owner_title(owners[i]));
        for (size_t k = 0; k < count; k++)
            if (keys[k].owner == owners[i])
                put_key(&keys[k], arena);
    }
}

static void put_findings(void)
{
    size_t count;
    const struct diag_code *codes = diag_codes(&count);
    puts("\n## Findings\n\nWhat `reeve check` can find. `reeve explain CODE` says the same.\n\n"
         "| code | says | what to do |\n|---|---|---|");
    for (size_t i = 0; i < count; i++)
        printf("| %s | %s | %s |\n", codes[i].code, codes[i].title, codes[i].hint);
    putchar('\n');
}

static void put_library(struct arena *arena)
{
    struct buf page = buf_in(arena);
    library_page(&page);
    printf("## Functions of Lua\n\n%s\n", buf_text(&page));
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
    char *from = strstr(page, begins), *to = strstr(page, ends);
    if (!from || !to || to < from) {
        fprintf(stderr, "%s has not both marks:\n%s%s", argv[1], begins, ends);
        free(page);
        return 2;
    }
    struct arena *arena = arena_new();
    fwrite(page, 1, (size_t)(from - page) + sizeof begins - 1, stdout);
    put_keys(arena);
    put_findings();
    put_library(arena);
    fputs(to, stdout);
    arena_free(arena);
    free(page);
    return 0;
}
