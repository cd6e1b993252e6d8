/* SPDX-License-Identifier: MIT */
#include "engine/base/arena.h"
#include "engine/cli/args.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { WORDS = 8 };

static int read_words(struct call *call, const char *const *words, enum err_code *code)
{
    static char copies[WORDS + 1][64];
    static char *argv[WORDS + 2];
    int argc = 0;
    *call = (struct call){ .arena = arena_new() };
    snprintf(copies[0], sizeof copies[0], "reeve");
    argv[argc++] = copies[0];
    for (int i = 0; i < WORDS && words[i]; i++) {
        snprintf(copies[argc], sizeof copies[argc], "%s", words[i]);
        argv[argc] = copies[argc];
        argc++;
    }
    argv[argc] = NULL;
    *code = args_read(call, argc, argv);
    return argc;
}

static void words_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *words[WORDS];
        const char *command, *args; /* args: joined by '|' */
        const char *flag, *value;
    } rows[] = {
        { { "case", "7" }, "case", "7", "as-of", NULL },
        { { "case", "--as-of", "2026-11-30", "7" }, "case", "7", "as-of", "2026-11-30" },
        { { "case", "7", "--as-of=2026-11-30" }, "case", "7", "as-of", "2026-11-30" },
        { { "case", "--json", "7" }, "case", "7", "json", "" },
        { { "case", "--", "--json" }, "case", "--json", "json", NULL },
        { { "excuse", "1", "a", "b", "--why=--so" }, "excuse", "1|a|b", "why", "--so" },
        { { "do", "1", "hold", "a=1", "b=--x" }, "do", "1|hold|a=1|b=--x", "on", NULL },
        { { "backup", "-" }, "backup", "-", "db", NULL },
        { { NULL }, "help", "", "json", NULL },
        { { "--help" }, "help", "", "json", NULL },
        { { "--version" }, "version", "", "json", NULL },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct call call;
        enum err_code code;
        read_words(&call, rows[i].words, &code);
        if (code)
            fail_msg("row %zu: %s", i, call.err.text);
        struct buf args = buf_in(call.arena);
        for (size_t a = 0; a < call.arg_count; a++)
            buf_printf(&args, "%s%s", a ? "|" : "", call.args[a]);
        assert_string_equal(call.command->name, rows[i].command);
        assert_string_equal(buf_text(&args), rows[i].args);
        const char *value = call_flag(&call, rows[i].flag);
        if (!text_same(value, rows[i].value))
            fail_msg("row %zu: --%s is '%s'", i, rows[i].flag, value ? value : "(none)");
        arena_free(call.arena);
    }
}

static void bad_words_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *words[WORDS];
        const char *text, *hint; /* Parts of them. */
    } rows[] = {
        { { "chek", "x" }, "no command 'chek'", "reeve check" },
        { { "xyzzy" }, "no command 'xyzzy'", "reeve help" },
        { { "--db", "x" }, "comes first", "" },
        { { "case", "1", "--as-off", "x" }, "no flag '--as-off'", "--as-of" },
        { { "case", "1", "-j" }, "two dashes", "" },
        { { "case", "1", "--as-of" }, "needs a value", "" },
        { { "case", "1", "--as-of", "--json" }, "needs a value", "" },
        { { "case", "1", "--as-of", "" }, "needs a value", "" },
        { { "case", "1", "--db=" }, "needs a value", "" },
        { { "case", "1", "--json=yes" }, "takes no value", "" },
        { { "case", "1", "--json", "--json" }, "given twice", "" },
        { { "case" }, "something is missing", "help case" },
        { { "case", "1", "2" }, "'2' is one word too many", "help case" },
        { { "case", "\xff" }, "not UTF-8", "" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct call call;
        enum err_code code;
        read_words(&call, rows[i].words, &code);
        if (code != ERR_USAGE || !strstr(call.err.text, rows[i].text) ||
            !strstr(call.err.hint, rows[i].hint))
            fail_msg("row %zu: %d '%s' '%s'", i, (int)code, call.err.text, call.err.hint);
        arena_free(call.arena);
    }
}

static void help_asks_for_nothing_else(void **state)
{
    (void)state;
    struct call call;
    enum err_code code;
    read_words(&call, (const char *const[WORDS]){ "do", "--help" }, &code);
    assert_int_equal(code, ERR_NONE);
    assert_true(call.help);
    arena_free(call.arena);
}

static void the_table_is_sound(void **state)
{
    (void)state;
    size_t count;
    const struct command *commands = commands_all(&count);
    for (size_t i = 0; i < count; i++) {
        const struct command *c = &commands[i];
        assert_ptr_equal(command_find(c->name), c); /* No name twice. */
        assert_non_null(c->run);
        assert_true(c->args_min <= c->args_max);
        assert_int_equal(c->purpose[strlen(c->purpose) - 1], '.');
        for (const char *const *example = c->examples; *example; example++)
            assert_true(text_starts(*example, c->name));
        size_t flags = 0;
        for (const struct flag *const *flag = c->flags; *flag; flag++, flags++) {
            assert_true(strlen((*flag)->doc) > 0 && (*flag)->name[0] != '-');
            for (const struct flag *const *other = flag + 1; *other; other++)
                assert_string_not_equal((*flag)->name, (*other)->name);
        }
        assert_true(flags < FLAGS_MAX);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_read),
        cmocka_unit_test(bad_words_are_refused),
        cmocka_unit_test(help_asks_for_nothing_else),
        cmocka_unit_test(the_table_is_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
