/* SPDX-License-Identifier: MIT */
#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/model/proof.h"
#include "tests/unit/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define HEX "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void what_an_event_says_comes_back(void **state)
{
    static const struct {
        const char *file, *name, *digest, *type;
        int64_t size;
    } rows[] = {
        { "plan.pdf sha256:" HEX " pdf 48213", "plan.pdf", HEX, "pdf", 48213 },
        { "a sha256:" HEX " b.txt sha256:" HEX " txt 1", "a sha256:" HEX " b.txt", HEX, "txt", 1 },
        { "letter.txt blake2b:" HEX, "letter.txt", NULL, NULL, 0 },
        { "scenario.pdf", "scenario.pdf", NULL, "pdf", 0 },
        { "PHOTO.JPEG", "PHOTO.JPEG", NULL, "jpg", 0 },
        { "tool.exe", "tool.exe", NULL, "exe", 0 },
        { "letter", "letter", NULL, NULL, 0 },
        { "x sha256:12", "x sha256:12", NULL, NULL, 0 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct proof proof = proof_read(*state, rows[i].file);
        assert_string_equal(proof.name, rows[i].name);
        assert_true(text_same(proof.digest, rows[i].digest));
        if (!text_same(proof.type, rows[i].type))
            fail_msg("'%s' is of type '%s'", rows[i].file, proof.type ? proof.type : "none");
        assert_int_equal(proof.size, rows[i].size);
        if (proof.digest)
            assert_string_equal(proof_write(*state, &proof), rows[i].file);
    }
}

#define ZIP "PK\x03\x04 and so on "
#define ODT "PK\x03\x04" "abcdefghijklmnopqrstuvwxyz" "mimetype" \
            "application/vnd.oasis.opendocument.text" "PK"
struct sniffed {
    int line;
    const char *name, *bytes;
    size_t len;
    const char *type, *why;
};
#define ROW(name, bytes, type, why) { __LINE__, name, bytes, sizeof bytes - 1, type, why }

static const struct sniffed files[] = {
    ROW("a.pdf", "%PDF-1.7\n", "pdf", NULL),
    ROW("A.PDF", "%PDF-1.7\n", "pdf", NULL),
    ROW("a.jpeg", "\xFF\xD8\xFF\xE0 JFIF", "jpg", NULL),
    ROW("a.png", "\x89PNG\r\n\x1A\n...", "png", NULL),
    ROW("a.heic", "\0\0\0\x18" "ftypheic\0\0", "heic", NULL),
    ROW("a.docx", ZIP "word/document.xml", "docx", NULL),
    ROW("a.xlsx", ZIP "xl/workbook.xml", "xlsx", NULL),
    ROW("a.odt", ODT, "odt", NULL),
    ROW("a.txt", "Dear \xC3\x89milie,\r\n\tthank you.\n", "txt", NULL),
    ROW("a.eml", "Received: from x\nFrom: a@b.example\n\nHello", "eml", NULL),
    /* What it holds and what it is called must agree. */
    ROW("a.docx", "%PDF-1.7\n", NULL, "its name ends otherwise than what it holds"),
    ROW("a.txt", "%PDF-1.7\n", NULL, "its name ends otherwise than what it holds"),
    ROW("advice", "%PDF-1.7\n", NULL, "its name has no ending"),
    ROW(".pdf", "%PDF-1.7\n", NULL, "its name has no ending"),
    ROW("a.pdf", "", NULL, "it is empty"),
    ROW("a.pdf", "MZ\x90", NULL, "it is a program"),
    ROW("a.txt", "\x7F" "ELF\x02", NULL, "it is a program"),
    ROW("a.txt", "one\0two", NULL, "it is none of the kinds of file that are kept"),
    ROW("a.txt", "bell \x07", NULL, "it is none of the kinds of file that are kept"),
    ROW("a.html", "<html>", NULL, "it is none of the kinds of file that are kept"),
    ROW("a.eml", "no header at all", NULL, "it is none of the kinds of file that are kept"),
    ROW("a.docx", ZIP "word/document.xml word/vbaProject.bin", NULL,
        "it holds macros: programs that run when it is opened"),
    ROW("a.docx", ZIP "readme", NULL,
        "it is an archive, and no document of Word, Excel or LibreOffice"),
    ROW("a.doc", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", NULL,
        "it is of an old Office that may hold macros: save it as docx, xlsx or pdf"),
    ROW("a.heic", "\0\0\0\x18" "ftypavif\0\0", NULL,
        "it is none of the kinds of file that are kept"),
};

static void bytes_say_what_a_file_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const struct sniffed *row = &files[i];
        const char *why = NULL;
        /* Exactly as long, so that reading on is seen. */
        unsigned char *copy = malloc(row->len ? row->len : 1);
        memcpy(copy, row->bytes, row->len);
        const char *type = proof_sniff(row->name, copy, row->len, &why);
        if (!text_same(type, row->type) || (!type && !text_same(why, row->why)))
            fail_msg("line %d: '%s' is '%s': %s", row->line, row->name, type ? type : "none",
                     why ? why : "");
        if (type)
            assert_true(proof_type_known(type));
        free(copy);
    }
}

/* Any beginning of any of them, cut off anywhere: an answer, and no reading beyond. */
static void files_may_be_cut_off(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        for (size_t len = 0; len <= files[i].len; len++) {
            const char *why = NULL;
            unsigned char *copy = malloc(len ? len : 1);
            memcpy(copy, files[i].bytes, len);
            assert_true(proof_sniff(files[i].name, copy, len, &why) || why);
            free(copy);
        }
}

static void sizes_are_read_and_shown(void **state)
{
    static const struct {
        const char *text;
        int64_t bytes;
        const char *shown;
    } rows[] = {
        { "10 MB", 10485760, "10 MB" }, { "500 KB", 512000, "500 KB" },
        { "25 MB", 26214400, "25 MB" },
        { "1536 KB", 1572864, "1.5 MB" }, { "26 MB", 0, NULL }, { "0 MB", 0, NULL },
        { "10MB", 0, NULL }, { "1 GB", 0, NULL }, { " MB", 0, NULL }, { "-1 MB", 0, NULL },
        { "99999999999999999999 KB", 0, NULL },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t bytes = 0;
        assert_int_equal(proof_size_read(rows[i].text, &bytes), rows[i].bytes != 0);
        assert_int_equal(bytes, rows[i].bytes);
        if (rows[i].shown)
            assert_string_equal(proof_size_text(*state, bytes), rows[i].shown);
    }
    assert_string_equal(proof_size_text(*state, 900), "900 bytes");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_an_event_says_comes_back),
        cmocka_unit_test(bytes_say_what_a_file_is),
        cmocka_unit_test(files_may_be_cut_off),
        cmocka_unit_test(sizes_are_read_and_shown),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
