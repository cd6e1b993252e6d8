/* SPDX-License-Identifier: MIT */
/* The one table of functions: every example is run, and the stubs are what the table says. */
#include "lua/library.h"
#include "tests/unit/lua/fixture.h"
#include <stdlib.h>

static void examples_are_true(void **state)
{
    size_t count;
    const struct library_entry *entries = library(&count);
    (void)state;
    for (size_t i = 0; i < count; i++) {
        char module[512];
        const char *line = entries[i].example;
        bool condition = entries[i].group == LIBRARY_CONDITION;
        snprintf(module, sizeof module,
                 "return {f = function(case, calendar) return (%s) and true or false end}", line);
        const char *asked = condition ? line : "lua:m.f";
        struct fixture *f = fixture_new(&asked, 1, condition ? NULL : module);
        const char *answer = fixture_ask(f, 0);
        if (strcmp(answer, "yes") != 0)
            fail_msg("%s: %s gives %s", entries[i].name, line, answer);
        fixture_free(f);
    }
}

/* Each example calls what it is an example of, and each sentence ends like one. */
static void entries_are_whole(void **state)
{
    size_t count;
    const struct library_entry *entries = library(&count);
    (void)state;
    for (size_t i = 0; i < count; i++) {
        const struct library_entry *entry = &entries[i];
        size_t len = strlen(entry->says);
        if (!strstr(entry->example, entry->name) || entry->says[len - 1] != '.' ||
            entry->signature[0] != '(' || !strchr(entry->signature, ')'))
            fail_msg("%s is not described well", entry->name);
        for (size_t j = 0; j < i; j++)
            if (entries[j].group == entry->group)
                assert_string_not_equal(entries[j].name, entry->name);
    }
}

/* REEVE_WRITE=1 writes the file anew. Tests run in the project's folder. */
static void stubs_are_up_to_date(void **state)
{
    struct arena *arena = arena_new();
    struct buf stubs = buf_in(arena), page = buf_in(arena);
    (void)state;
    library_stubs(&stubs);
    library_page(&page);
    assert_non_null(strstr(buf_text(&page), "### Texts\n\n- `string.byte("));
    if (getenv("REEVE_WRITE")) {
        FILE *file = fopen("lua/reeve.lua", "w");
        assert_non_null(file);
        fwrite(stubs.at, 1, stubs.len, file);
        fclose(file);
    }
    FILE *file = fopen("lua/reeve.lua", "r");
    if (!file)
        fail_msg("lua/reeve.lua is missing: run this with REEVE_WRITE=1");
    char *was = arena_alloc(arena, stubs.len + 2);
    size_t len = fread(was, 1, stubs.len + 1, file);
    fclose(file);
    if (len != stubs.len || memcmp(was, stubs.at, len) != 0)
        fail_msg("lua/reeve.lua is not what lua/library.c says: run this with REEVE_WRITE=1");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples_are_true),
        cmocka_unit_test(entries_are_whole),
        cmocka_unit_test(stubs_are_up_to_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
