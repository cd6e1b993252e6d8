/* SPDX-License-Identifier: MIT */
/* Every folder under tests/packs/bad holds the files that differ from tests/packs/good, and in
 * expected.txt all that is found; removed.txt names what is taken out. With REEVE_EXPECT=write the
 * texts are written anew: read the difference before it is kept. */
#include "tests/unit/rules/help.h"

#include "engine/base/diag_codes.h"
#include "engine/run/pack.h"
#include "rules/scenario.h"
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>

#include <cmocka.h>

#define BAD "tests/packs/bad"
#define GOOD "tests/packs/good/town"

struct bytes {
    char *at;
    size_t len;
};

static bool slurp(struct arena *arena, const char *path, struct bytes *out)
{
    FILE *f = fopen(path, "rb");
    struct stat st;

    if (!f)
        return false;
    assert_int_equal(fstat(fileno(f), &st), 0);
    out->at = arena_alloc(arena, (size_t)st.st_size + 1);
    out->len = fread(out->at, 1, (size_t)st.st_size, f);
    fclose(f);
    return true;
}

/* The good pack without the files that removed.txt names. */
static void take_out(struct arena *arena, struct pack_files *files, const char *list)
{
    struct bytes bytes;
    char *save = NULL;

    assert_true(slurp(arena, list, &bytes));
    for (char *path = strtok_r(bytes.at, "\n", &save); path; path = strtok_r(NULL, "\n", &save)) {
        size_t kept = 0;
        for (size_t i = 0; i < files->files.count; i++)
            if (strcmp(files->files.at[i].path, path) != 0)
                files->files.at[kept++] = files->files.at[i];
        assert_int_equal(kept + 1, files->files.count);
        files->files.count = kept;
    }
}

/* Lays a folder's files over the good pack. `in` is the path within the case: "town/pack.yaml". */
static void overlay(struct arena *arena, struct pack_files *files, const char *folder,
                    const char *in)
{
    DIR *dir = opendir(arena_printf(arena, "%s/%s", folder, in));

    assert_non_null(dir);
    for (struct dirent *e; (e = readdir(dir));) {
        struct stat st;
        struct bytes bytes;
        const char *path = *in ? arena_printf(arena, "%s/%s", in, e->d_name) : e->d_name;
        const char *whole = arena_printf(arena, "%s/%s", folder, path);
        if (e->d_name[0] == '.' || !strcmp(e->d_name, "expected.txt") || stat(whole, &st))
            continue;
        if (!strcmp(e->d_name, "removed.txt")) {
            take_out(arena, files, whole);
            continue;
        }
        if (S_ISDIR(st.st_mode))
            overlay(arena, files, folder, path);
        else if (slurp(arena, whole, &bytes))
            help_put(arena, files, path, bytes.at, bytes.len);
    }
    closedir(dir);
}

static const char *findings_of(struct arena *arena, const char *folder)
{
    struct pack_files *files;
    struct diags *diags = diags_new(arena);
    struct err err;

    if (pack_read(arena, GOOD, &files, &err))
        fail_msg("%s", err.text);
    overlay(arena, files, folder, "");
    struct rules *rules = rules_make(arena, files, day_of(2026, 3, 2), diags);
    assert_int_equal(rules == NULL, diags->errors > 0);
    for (size_t i = 0; rules && i < rules->pack->scenarios.count; i++) {
        size_t before = diags->errors;
        const struct scenario *story =
            scenario_read(arena, rules->pack->scenarios.at[i], rules->pack->model, diags);
        assert_int_equal(story == NULL, diags->errors > before);
    }
    host_free(rules ? rules->host : NULL);
    /* What may be meant can be accepted, and is called by a name for that. */
    for (size_t i = 0; i < diags->count; i++)
        if (diags->at[i].severity == SEVERITY_WARNING && !diags->at[i].about)
            fail_msg("%s: %s says not what it is about: see diag_about()", folder,
                     diags->at[i].code);
    return help_findings(diags);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static size_t list_cases(struct arena *arena, const char ***out)
{
    struct { const char **at; size_t count, room; } list = { NULL, 0, 0 };
    DIR *dir = opendir(BAD);

    assert_non_null(dir);
    for (struct dirent *e; (e = readdir(dir));)
        if (e->d_name[0] != '.')
            *LIST_ADD(arena, &list) = arena_text(arena, e->d_name);
    closedir(dir);
    qsort(list.at, list.count, sizeof *list.at, by_text);
    *out = list.at;
    return list.count;
}

static void write_expected(const char *path, const char *text)
{
    FILE *f = fopen(path, "wb");

    assert_non_null(f);
    assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
    assert_int_equal(fclose(f), 0);
}

static void findings_are_as_expected(void **state)
{
    const char *mode = getenv("REEVE_EXPECT");
    struct arena *names = arena_new();
    const char **cases;
    size_t count = list_cases(names, &cases), wrong = 0;

    (void)state;
    assert_true(count > 50);
    for (size_t i = 0; i < count; i++) {
        struct arena *arena = arena_new();
        const char *folder = arena_printf(arena, BAD "/%s", cases[i]);
        const char *path = arena_printf(arena, "%s/expected.txt", folder);
        const char *got = findings_of(arena, folder);
        struct bytes wanted = { NULL, 0 };
        assert_true(*got);
        if (mode && !strcmp(mode, "write"))
            write_expected(path, got);
        if (!slurp(arena, path, &wanted) || strcmp(wanted.at, got) != 0) {
            wrong++;
            print_message("%s: wanted\n%s--- got\n%s\n", cases[i], wanted.at ? wanted.at : "", got);
        }
        arena_free(arena);
    }
    arena_free(names);
    assert_int_equal(wrong, 0);
}

/* What no overlay can show: a file the system refuses. */
static bool of_others(const char *code)
{
    return !strcmp(code, "Y007");
}

static void every_code_has_a_case(void **state)
{
    struct arena *arena = arena_new();
    const char **cases;
    size_t count = list_cases(arena, &cases), codes, missing = 0;
    const struct diag_code *all = diag_codes(&codes);

    (void)state;
    for (size_t i = 0; i < codes; i++) {
        bool found = of_others(all[i].code);
        const char *mark = arena_printf(arena, "[%s]", all[i].code);
        const char *with = arena_printf(arena, "[%s ", all[i].code);
        for (size_t j = 0; !found && j < count; j++) {
            struct bytes text;
            found = slurp(arena, arena_printf(arena, BAD "/%s/expected.txt", cases[j]), &text) &&
                    (strstr(text.at, mark) || strstr(text.at, with));
        }
        if (!found) {
            missing++;
            print_message("no case shows %s\n", all[i].code);
        }
    }
    arena_free(arena);
    assert_int_equal(missing, 0);
}

static void the_good_pack_is_good(void **state)
{
    struct arena *arena = arena_new();
    struct pack_files *files;
    struct err err;
    struct diags *diags = diags_new(arena);

    (void)state;
    assert_int_equal(pack_read(arena, GOOD, &files, &err), ERR_NONE);
    struct rules *rules = rules_make(arena, files, day_of(2026, 3, 2), diags);
    if (!rules)
        fail_msg("%s", help_findings(diags));
    assert_int_equal(rules->pack->scenarios.count, 1);
    assert_non_null(
        scenario_read(arena, rules->pack->scenarios.at[0], rules->pack->model, diags));
    host_free(rules->host);
    assert_string_equal(help_findings(diags), "");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_good_pack_is_good),
        cmocka_unit_test(findings_are_as_expected),
        cmocka_unit_test(every_code_has_a_case),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
