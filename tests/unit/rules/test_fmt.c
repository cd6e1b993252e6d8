/* SPDX-License-Identifier: MIT */
/* What laying out does to a file, what it leaves alone, and that no pack means anything else after
 * it. */
#include "rules/fmt.h"
#include "engine/base/json.h"
#include "rules/layer.h"
#include "tests/unit/rules/help.h"
#include "tests/unit/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#define W20 "wwwwwwwwwwwwwwwwwwww"
#define W80 W20 W20 W20 W20

struct row {
    int line;
    const char *name, *given, *wanted; /* wanted NULL: it stays as it is. */
    enum owner owner;
};
#define OF(owner, name, given, wanted) { __LINE__, name, given, wanted, OWNER_##owner }
#define ROW(name, given, wanted) OF(PROCESS, name, given, wanted)
#define STAYS(name, text) ROW(name, text, NULL)
#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

static const struct row rows[] = {
    /* Spaces and lines */
    ROW("two spaces of indentation", "a:\n    b:\n        c: 1\n", "a:\n  b:\n    c: 1\n"),
    ROW("a list stands in under its key", "a:\n- x\n-   y\n", "a:\n  - x\n  - y\n"),
    ROW("one space after a colon", "a:   1\nlonger: {b:   2,c: 3}\n",
        "a: 1\nlonger: {b: 2, c: 3}\n"),
    ROW("no spaces at the ends of lines", "a: 1  \n# x \t\nb: 2\t\n", "a: 1\n# x\nb: 2\n"),
    ROW("one blank line for several, none at the ends", "\n\na: 1\n\n\n\nb: 2\n\n",
        "a: 1\n\nb: 2\n"),
    ROW("none under a key", "a:\n\n  b: 1\n", "a:\n  b: 1\n"),
    ROW("the last line ends", "a: 1", "a: 1\n"),
    ROW("lines end with a line feed", "a: 1\r\n\r\nb: 2\r\n", "a: 1\n\nb: 2\n"),
    ROW("dashes in a row", "a:\n  -   - x\n      - y\n", "a:\n  - - x\n    - y\n"),
    ROW("a map behind a dash", "a:\n  -\n    b: 1\n    c: 2\n", "a:\n  - b: 1\n    c: 2\n"),
    ROW("a question mark before a key", "? a\n: 1\n", "a: 1\n"),
    ROW("a pair in a list", "a: [b: c]\n", "a: [{b: c}]\n"),

    /* What fits, what does not */
    STAYS("what is 100 wide", "key: {a: " W80 ", b: wwwww}\n"),
    ROW("what is 101 wide", "key: {a: " W80 ", b: wwwwww}\n",
        "key:\n  a: " W80 "\n  b: wwwwww\n"),
    STAYS("characters are counted, not bytes", "key: {a: " W80 ", b: www\xc3\xa9\xc3\xa9}\n"),
    ROW("what is within stays together", "a: {b: {c: 1, d: 2}, e: " W80 "}\n",
        "a:\n  b: {c: 1, d: 2}\n  e: " W80 "\n"),
    ROW("a list of names is filled", "a: [" W20 ", " W20 ", " W20 ", " W20 ", " W20 "]\n",
        "a: [" W20 ", " W20 ", " W20 ", " W20 ",\n    " W20 "]\n"),
    STAYS("lines of a list that say something", "a: [" W20 ", " W20 ",\n    " W20 ", " W20 ", " W20
          "]\n"),
    ROW("a list that fits", "a: [x,\n    y]\n", "a: [x, y]\n"),
    ROW("a list of maps", "a: [{b: " W80 "}, {c: " W20 "}]\n",
        "a:\n  - {b: " W80 "}\n  - {c: " W20 "}\n"),
    ROW("a map behind a dash that is too long", "a:\n  - {b: " W80 ", c: " W20 "}\n",
        "a:\n  - b: " W80 "\n    c: " W20 "\n"),
    STAYS("a text is not broken", "a: " W80 " " W80 "\n"),
    STAYS("nothing in brackets", "a: {}\nb: []\n"),

    /* Columns */
    STAYS("columns that stand", "a:   {x: 1}\nbcd: {x: 2}\n"),
    STAYS("over remarks and blank lines", "a:   1\n\n# x\nbcd: 2\n"),
    STAYS("two groups in one map", "a:   1\nbcd: 2\n\nefghi: 3\nj:     4\n"),
    ROW("columns come as near as they can", "a:      1\nbcd:    2\n", "a:   1\nbcd: 2\n"),
    ROW("they follow the indentation", "a:\n    b:   1\n    cde: 2\n", "a:\n  b:   1\n  cde: 2\n"),
    ROW("one that is broken leaves its column",
        "a:    {x: 1}\nbcde: {x: " W80 ", y: " W20 "}\nc:    3\n",
        "a: {x: 1}\nbcde:\n  x: " W80 "\n  y: " W20 "\nc: 3\n"),
    ROW("a column that only one stands in is none", "a:    1\nb: 2\n", "a: 1\nb: 2\n"),

    /* Remarks */
    STAYS("remarks above, behind and at the end",
          "# file\n\n# a\na:  # behind a\n  # b\n  b: 1  # behind b\n  # end of a\n# end\n"),
    STAYS("the column of remarks", "a: 1       # x\nlonger: 2  # y\n"),
    STAYS("a remark that goes on", "a: 1  # x\n      # y\nb: 2\n"),
    ROW("a remark gets its block's indentation", "a:\n    b: 1\n    # end of a\n  # of c\nc: 2\n",
        "a:\n  b: 1\n  # end of a\n# of c\nc: 2\n"),
    ROW("a remark in brackets opens them", "a: {b: 1,  # b\n    c: 2}\n",
        "a:\n  b: 1  # b\n  c: 2\n"),
    ROW("and at their end", "a: [x, y,\n  # z\n  ]\n", "a:\n  - x\n  - y\n  # z\n"),
    ROW("a remark behind what is broken", "a: {b: " W80 ", c: " W20 "}  # x\n",
        "a:  # x\n  b: " W80 "\n  c: " W20 "\n"),
    ROW("a remark behind a dash", "a:\n  -  # x\n    b: 1\n", "a:\n  # x\n  - b: 1\n"),
    ROW("a remark that a line runs into", "a:\n- b: 1 # x\n", "a:\n  - b: 1  # x\n"),
    ROW("before an empty list", "a: [  # x\n  ]\n", "# x\na: []\n"),
    STAYS("above the three dashes", "# x\n---\n# y\na: 1\n"),

    /* Texts */
    STAYS("a text as typed",
          "a: 08:30\nb: 0123\nc: yes\nd: \"no\"\ne: '~'\nf: 2026-09-01\ng: 1_000\n"),
    STAYS("a hash and a colon within", "a: b#c\nd: e:f\n\"g h\": i\n"),
    ROW("a text over lines", "a: b\n      c\n   d\n", "a: b\n  c\n  d\n"),
    ROW("a block keeps its shape", "a: |\n     b\n       c\n\n     d\n\ne: f\n",
        "a: |\n  b\n    c\n\n  d\n\ne: f\n"),
    STAYS("blank lines that count", "a: |+\n  b\n\n"),
    STAYS("spaces that count", "a: |2\n    b\n"),
    ROW("a block at the end of a file", "a: |\n  b", "a: |-\n  b\n"),

    /* Quotes */
    ROW("quotes around words for people", "title: \"Two words, and more\"\n",
        "title: Two words, and more\n"),
    ROW("within a map", "fields: {a: {label: 'Two words', help: \"One, two\"}}\n",
        "fields: {a: {label: Two words, help: \"One, two\"}}\n"),
    STAYS("a colon", "title: \"Two words: more\"\n"),
    STAYS("a hash", "title: \"Two words #1\"\n"),
    STAYS("one word may be a word of ours", "title: \"removed\"\n"),
    STAYS("what begins otherwise", "title: \"12 weeks\"\n"),
    STAYS("an expression and a text are two things",
          "events: {a: {then: [{set: {title: \"one or two\"}}]}}\n"),
    STAYS("where the key takes anything", "settings: {a: {is: \"two words\"}}\n"),
    OF(NONE, "a file of nobody's", "title: \"Two words\"\n", NULL),
    OF(SCENARIO, "a step of a story",
       "steps:\n  - {refused: \"is not there\", with: {title: \"no words\"}}\n",
       "steps:\n  - {refused: is not there, with: {title: \"no words\"}}\n"),
};

static const char *laid_out(struct arena *arena, const char *text, enum owner owner)
{
    struct source *source = ARENA_NEW(arena, struct source);
    struct diags *diags = diags_new(arena);
    const char *out = NULL;
    struct err err = { 0 };

    *source = (struct source){ "x.yaml", text, strlen(text) };
    if (fmt_text(arena, source, owner, diags, &out, &err))
        return arena_printf(arena, "%s\n%s", err.text, help_findings(diags));
    return out;
}

static void files_are_laid_out(void **state)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *r = &rows[i];
        const char *wanted = r->wanted ? r->wanted : r->given;
        const char *once = laid_out(*state, r->given, r->owner);
        const char *twice = laid_out(*state, once, r->owner);
        if (strcmp(once, wanted) != 0)
            fail_msg("line %d: %s:\n%s\nwanted:\n%s", r->line, r->name, once, wanted);
        if (strcmp(once, twice) != 0)
            fail_msg("line %d: %s, again:\n%s", r->line, r->name, twice);
    }
}

static void bad_files_are_refused(void **state)
{
    static const struct { const char *name, *given, *code, *said; } bad[] = {
        { "a tab", "a:\n\tb: 1\n", "Y001", "indent with spaces, not tabs" },
        { "a tab under a key", "a: 1\n\tb: 2\n", "Y001", "a tab in the indentation" },
        { "a tab in a text", "a: |\n\tb\n", "Y001", "a tab in the indentation" },
        { "a key twice", "a: 1\na: 2\n", "Y002", "stands twice" },
        { "a key without a value", "a:\nb: 1\n", "Y006", "has no value" },
        { "an alias", "a: &x 1\nb: *x\n", "Y003", "" },
        { "a list at its root", "- a\n", "R002", "" },
        { "nothing at all", "", "Y006", "empty" },
        { "bytes that are no text", "a: \xff\n", "Y005", "" },
        { "two documents", "a: 1\n---\nb: 2\n", "Y001", "" },
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct source source = { "x.yaml", bad[i].given, strlen(bad[i].given) };
        struct diags *diags = diags_new(*state);
        const char *out = "untouched";
        struct err err = { 0 };
        if (fmt_text(*state, &source, OWNER_PROCESS, diags, &out, &err) != ERR_PACK ||
            strcmp(out, "untouched") != 0)
            fail_msg("%s: laid out: %s", bad[i].name, out);
        const char *found = help_findings(diags);
        if (!strstr(found, bad[i].code) || !strstr(found, bad[i].said))
            fail_msg("%s: %s", bad[i].name, found);
    }
}

static void hidden_breaks_are_refused(void **state)
{
    struct source source = { "x.yaml", "a: 1\n# b\xe2\x80\xa8\nc: 2\n", 17 };
    struct err err = { 0 };
    const char *out;

    enum err_code rc = fmt_text(*state, &source, OWNER_NONE, diags_new(*state), &out, &err);
    assert_int_equal(rc, ERR_INPUT);
    assert_non_null(strstr(err.text, "line 2"));
}

static void a_file_may_not_grow_too_large(void **state)
{
    struct buf text = buf_in(*state);
    struct diags *diags = diags_new(*state);
    struct err err = { 0 };
    const char *out;

    /* Deep and broken: each line gains indentation. */
    for (int i = 0; i < 10; i++)
        buf_add(&text, "{a: ");
    buf_add(&text, "[");
    for (int i = 0; i < 40000; i++)
        buf_printf(&text, "%s{}", i ? "," : "");
    buf_add(&text, ", x]");
    for (int i = 0; i < 10; i++)
        buf_add(&text, "}");
    struct source source = { "x.yaml", buf_text(&text), text.len };
    assert_int_equal(fmt_text(*state, &source, OWNER_NONE, diags, &out, &err), ERR_LIMIT);
}

/* --- whole packs ----------------------------------------------------------------------------- */

static const char *const packs[] = {
    "examples/england", "examples/torbay", "examples/plymouth", "tests/packs/good/town",
    "tests/packs/good/law",
};

/* Everything a pack says, as it is in force: what the model is compiled from. */
static const char *said_by(struct arena *arena, const struct pack_files *files)
{
    struct diags *diags = diags_new(arena);
    struct pack *pack = pack_load(arena, files, diags);
    struct buf out = buf_in(arena);

    if (!pack->model)
        fail_msg("%s: %s", files->layers.at[0], help_findings(diags));
    json_write(node_json(arena, pack->resolved->pack, true), &out);
    for (size_t i = 0; i < pack->resolved->processes.count; i++)
        json_write(node_json(arena, pack->resolved->processes.at[i].tree, true), &out);
    for (size_t i = 0; i < pack->resolved->calendars.count; i++)
        json_write(node_json(arena, pack->resolved->calendars.at[i].tree, true), &out);
    return buf_text(&out);
}

static struct pack_files *all_laid_out(struct arena *arena, const struct pack_files *files)
{
    struct pack_files *copy = ARENA_NEW(arena, struct pack_files);

    copy->layers = files->layers;
    for (size_t i = 0; i < files->files.count; i++) {
        struct source s = files->files.at[i];
        if (!strcmp(strrchr(s.path, '.'), ".yaml")) {
            s.text = laid_out(arena, s.text, fmt_owner(strchr(s.path, '/') + 1));
            s.len = strlen(s.text);
            if (strcmp(s.text, laid_out(arena, s.text, fmt_owner(strchr(s.path, '/') + 1))) != 0)
                fail_msg("%s: laid out twice it is another", s.path);
        }
        *LIST_ADD(arena, &copy->files) = s;
    }
    return copy;
}

static void packs_mean_the_same_after(void **state)
{
    for (size_t i = 0; i < sizeof packs / sizeof *packs; i++) {
        struct pack_files *files;
        struct err err = { 0 };
        if (pack_read(*state, packs[i], &files, &err))
            fail_msg("%s: %s", packs[i], err.text);
        assert_string_equal(said_by(*state, files), said_by(*state, all_laid_out(*state, files)));
    }
}

static void owners_are_known_by_their_place(void **state)
{
    (void)state;
    assert_int_equal(fmt_owner("pack.yaml"), OWNER_PACK);
    assert_int_equal(fmt_owner("calendar.yaml"), OWNER_CALENDAR);
    assert_int_equal(fmt_owner("calendars/tribunal.yaml"), OWNER_CALENDAR);
    assert_int_equal(fmt_owner("processes/x.yaml"), OWNER_PROCESS);
    assert_int_equal(fmt_owner("parts/x.yaml"), OWNER_PART);
    assert_int_equal(fmt_owner("scenarios/x.yaml"), OWNER_SCENARIO);
    assert_int_equal(fmt_owner("reeve.yaml"), OWNER_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(files_are_laid_out),
        TEST(bad_files_are_refused),
        TEST(hidden_breaks_are_refused),
        TEST(a_file_may_not_grow_too_large),
        TEST(packs_mean_the_same_after),
        TEST(owners_are_known_by_their_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
