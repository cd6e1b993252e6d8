/* SPDX-License-Identifier: MIT */
#include "engine/model/proof.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static const char *const types[] = { "pdf", "docx", "xlsx", "odt", "jpg", "png", "heic", "txt",
                                     "eml" };
enum { TYPE_COUNT = sizeof types / sizeof *types };

static const char mark[] = " sha256:";
enum { HEX_LEN = 2 * PROOF_DIGEST_BYTES };

/* Endings that people use beside the types themselves. */
static const struct {
    const char *ending, *type;
} endings[] = { { "jpeg", "jpg" }, { "heif", "heic" } };

static const char *ending_of(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && dot != name ? dot + 1 : NULL;
}

static const char *type_by_ending(const char *name)
{
    const char *ending = ending_of(name);
    for (size_t i = 0; ending && i < sizeof endings / sizeof *endings; i++)
        if (strcasecmp(endings[i].ending, ending) == 0)
            return endings[i].type;
    for (size_t i = 0; ending && i < TYPE_COUNT; i++)
        if (strcasecmp(types[i], ending) == 0)
            return types[i];
    return ending;
}

const char *const *proof_types(size_t *count)
{
    *count = TYPE_COUNT;
    return types;
}

bool proof_type_known(const char *type)
{
    return text_in(type, types, TYPE_COUNT);
}

/* --- the event's text ------------------------------------------------------------------------ */

static bool is_hex(const char *text)
{
    return strspn(text, "0123456789abcdef") == HEX_LEN && text[HEX_LEN] == ' ';
}

/* The last mark: a name may hold anything. */
static const char *find_mark(const char *file)
{
    const char *found = NULL;
    for (const char *at = strstr(file, mark); at; at = strstr(at + 1, mark))
        if (is_hex(at + strlen(mark)))
            found = at;
    return found;
}

struct proof proof_read(struct arena *arena, const char *file)
{
    const char *at = find_mark(file), *old = strstr(file, " blake2b:");
    struct proof proof = { .name = file };
    if (!at) { /* Of a scenario; or of an older reeve, which kept a digest of the name only. */
        if (old)
            proof.name = arena_text_n(arena, file, (size_t)(old - file));
        else
            proof.type = type_by_ending(file);
        return proof;
    }
    const char *hex = at + strlen(mark), *type = hex + HEX_LEN + 1;
    size_t len = strcspn(type, " ");
    proof.name = arena_text_n(arena, file, (size_t)(at - file));
    proof.digest = arena_text_n(arena, hex, HEX_LEN);
    proof.type = arena_text_n(arena, type, len);
    if (!type[len] || !text_int(type + len + 1, &proof.size))
        proof.size = 0;
    return proof;
}

const char *proof_write(struct arena *arena, const struct proof *proof)
{
    return arena_printf(arena, "%s%s%s %s %" PRId64, proof->name, mark, proof->digest,
                        proof->type, proof->size);
}

/* --- what bytes are -------------------------------------------------------------------------- */

static bool begins(const unsigned char *bytes, size_t len, const char *with, size_t with_len)
{
    return len >= with_len && memcmp(bytes, with, with_len) == 0;
}

static bool holds(const unsigned char *bytes, size_t len, const char *part)
{
    size_t part_len = strlen(part);
    for (const unsigned char *at = bytes; len >= part_len; at++, len--) {
        const unsigned char *next = memchr(at, part[0], len - part_len + 1);
        if (!next)
            return false;
        len -= (size_t)(next - at);
        at = next;
        if (memcmp(at, part, part_len) == 0)
            return true;
    }
    return false;
}

/* Office files are archives; the names in them stand unpacked. */
static const char *sniff_zip(const unsigned char *bytes, size_t len, const char **why)
{
    static const char odt[] = "mimetypeapplication/vnd.oasis.opendocument.text";
    *why = "it is an archive, and no document of Word, Excel or LibreOffice";
    if (len > 30 + sizeof odt && memcmp(bytes + 30, odt, sizeof odt - 1) == 0)
        return "odt";
    if (holds(bytes, len, "vbaProject.bin")) {
        *why = "it holds macros: programs that run when it is opened";
        return NULL;
    }
    if (holds(bytes, len, "word/document.xml"))
        return "docx";
    return holds(bytes, len, "xl/workbook.xml") ? "xlsx" : NULL;
}

static bool is_heic(const unsigned char *bytes, size_t len)
{
    static const char *const brands[] = { "heic", "heix", "heim", "heis", "mif1", "msf1" };
    for (size_t i = 0; len >= 12 && i < sizeof brands / sizeof *brands; i++)
        if (memcmp(bytes + 4, "ftyp", 4) == 0 && memcmp(bytes + 8, brands[i], 4) == 0)
            return true;
    return false;
}

static bool is_text(const unsigned char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (bytes[i] == 0x7F || (bytes[i] < 0x20 && !strchr("\t\n\r\f", bytes[i])))
            return false;
    return !memchr(bytes, 0, len);
}

static bool is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A message begins with a header: a name, a colon. */
static bool is_message(const unsigned char *bytes, size_t len)
{
    size_t name = 0;
    while (name < len && (bytes[name] == '-' || is_letter(bytes[name])))
        name++;
    return name && name < len && bytes[name] == ':' && is_text(bytes, len) &&
           (holds(bytes, len, "From:") || holds(bytes, len, "from:"));
}

static const char *sniff(const char *said, const unsigned char *bytes, size_t len,
                         const char **why)
{
    *why = "it is none of the kinds of file that are kept";
    if (begins(bytes, len, "%PDF-", 5))
        return "pdf";
    if (begins(bytes, len, "\xFF\xD8\xFF", 3))
        return "jpg";
    if (begins(bytes, len, "\x89PNG\r\n\x1A\n", 8))
        return "png";
    if (begins(bytes, len, "PK\x03\x04", 4))
        return sniff_zip(bytes, len, why);
    if (is_heic(bytes, len))
        return "heic";
    if (begins(bytes, len, "\xD0\xCF\x11\xE0", 4))
        *why = "it is of an old Office that may hold macros: save it as docx, xlsx or pdf";
    if (begins(bytes, len, "MZ", 2) || begins(bytes, len, "\x7F" "ELF", 4))
        *why = "it is a program";
    if (said && strcmp(said, "eml") == 0 && is_message(bytes, len))
        return "eml";
    return said && strcmp(said, "txt") == 0 && is_text(bytes, len) ? "txt" : NULL;
}

const char *proof_sniff(const char *name, const unsigned char *bytes, size_t len,
                        const char **why)
{
    const char *said = type_by_ending(name);
    if (!len) {
        *why = "it is empty";
        return NULL;
    }
    const char *is = sniff(said, bytes, len, why);
    if (!is || (said && strcmp(said, is) == 0))
        return is;
    *why = said ? "its name ends otherwise than what it holds" : "its name has no ending";
    return NULL;
}

/* --- sizes ----------------------------------------------------------------------------------- */

bool proof_size_read(const char *text, int64_t *out)
{
    static const struct {
        const char *unit;
        int64_t bytes;
    } units[] = { { " MB", 1024 * 1024 }, { " KB", 1024 } };
    int64_t number;
    char digits[16];
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t len = strlen(text), unit = strlen(units[i].unit);
        if (len <= unit || len - unit >= sizeof digits ||
            strcmp(text + len - unit, units[i].unit) != 0)
            continue;
        snprintf(digits, sizeof digits, "%.*s", (int)(len - unit), text);
        if (!text_int(digits, &number) || number < 1 || number > PROOF_BYTES_MAX / units[i].bytes)
            return false;
        *out = number * units[i].bytes;
        return true;
    }
    return false;
}

const char *proof_size_text(struct arena *arena, int64_t bytes)
{
    enum { KB = 1024, MB = 1024 * 1024 };
    if (bytes >= MB)
        return bytes % MB ? arena_printf(arena, "%.1f MB", (double)bytes / MB)
                          : arena_printf(arena, "%" PRId64 " MB", bytes / MB);
    return bytes >= KB ? arena_printf(arena, "%" PRId64 " KB", (bytes + KB - 1) / KB)
                       : arena_printf(arena, "%" PRId64 " bytes", bytes);
}
