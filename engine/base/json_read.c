/* SPDX-License-Identifier: MIT */
#include "engine/base/json.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include <string.h>

/* Reading works in a copy of the bytes: undoing escapes only ever shortens a text, so each text
 * is finished in place and ended by a NUL where its closing quote was. */
struct reader {
    struct arena *arena;
    const char *start;
    char *at, *end; /* *end is NUL. */
    unsigned depth;
    struct err *err;
};

static enum err_code bad(const struct reader *r, const char *what)
{
    return err_set(r->err, ERR_INPUT, "not JSON reeve reads: %s at byte %zu", what,
                   (size_t)(r->at - r->start));
}

static void skip_space(struct reader *r)
{
    while (*r->at == ' ' || *r->at == '\n' || *r->at == '\t' || *r->at == '\r')
        r->at++;
}

static int hex4(const char *at)
{
    int value = 0;
    for (int i = 0; i < 4; i++) {
        char c = at[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

static char *put_utf8(char *to, unsigned c)
{
    if (c < 0x80) {
        *to++ = (char)c;
    } else if (c < 0x800) {
        *to++ = (char)(0xC0 | c >> 6);
        *to++ = (char)(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        *to++ = (char)(0xE0 | c >> 12);
        *to++ = (char)(0x80 | (c >> 6 & 0x3F));
        *to++ = (char)(0x80 | (c & 0x3F));
    } else {
        *to++ = (char)(0xF0 | c >> 18);
        *to++ = (char)(0x80 | (c >> 12 & 0x3F));
        *to++ = (char)(0x80 | (c >> 6 & 0x3F));
        *to++ = (char)(0x80 | (c & 0x3F));
    }
    return to;
}

/* \uXXXX, or two of them for a character beyond 16 bits; r->at stands behind the 'u'. */
static enum err_code read_code(struct reader *r, char **to)
{
    int c = hex4(r->at);
    if (c < 0)
        return bad(r, "\\u without four hex digits");
    if (c == 0)
        return bad(r, "NUL in a text");
    r->at += 4;
    if (c >= 0xD800 && c <= 0xDFFF) {
        int low = c < 0xDC00 && r->at[0] == '\\' && r->at[1] == 'u' ? hex4(r->at + 2) : -1;
        if (low < 0xDC00 || low > 0xDFFF)
            return bad(r, "half a surrogate pair");
        r->at += 6;
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
    }
    *to = put_utf8(*to, (unsigned)c);
    return ERR_NONE;
}

static enum err_code read_escape(struct reader *r, char **to)
{
    char c = *r->at++;
    switch (c) {
    case '"':
    case '\\':
    case '/':
        break;
    case 'b':
        c = '\b';
        break;
    case 'f':
        c = '\f';
        break;
    case 'n':
        c = '\n';
        break;
    case 'r':
        c = '\r';
        break;
    case 't':
        c = '\t';
        break;
    case 'u':
        return read_code(r, to);
    default:
        r->at--;
        return bad(r, "an unknown escape");
    }
    *(*to)++ = c;
    return ERR_NONE;
}

static enum err_code read_text(struct reader *r, const char **out)
{
    char *text = ++r->at, *to = text;
    for (;;) {
        unsigned char c = (unsigned char)*r->at;
        if (c == '"') {
            break;
        } else if (c == '\\') {
            r->at++;
            enum err_code rc = read_escape(r, &to);
            if (rc)
                return rc;
        } else if (c >= 0x80) {
            size_t n = utf8_len(r->at, (size_t)(r->end - r->at));
            if (!n)
                return bad(r, "not UTF-8");
            memmove(to, r->at, n);
            to += n;
            r->at += n;
        } else if (c < 0x20) {
            return bad(r, r->at == r->end ? "a text without end" : "a bare control character");
        } else {
            *to++ = (char)c;
            r->at++;
        }
    }
    r->at++;
    *to = '\0';
    *out = text;
    return ERR_NONE;
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static enum err_code read_number(struct reader *r, struct json *out)
{
    char *at = r->at;
    bool minus = *at == '-', fits = true;
    at += minus;
    if (!digit(*at) || (*at == '0' && digit(at[1])))
        return bad(r, "a number that is not one");

    /* Counted downwards, since the least number has no positive twin. */
    int64_t value = 0;
    for (; digit(*at); at++)
        fits = fits && !__builtin_mul_overflow(value, 10, &value) &&
               !__builtin_sub_overflow(value, *at - '0', &value);
    out->kind = JSON_INT;
    if (*at == '.') {
        int64_t part = 0, unit = DECIMAL_ONE;
        if (!digit(*++at))
            return bad(r, "a number that is not one");
        for (; digit(*at); at++) {
            unit /= 10;
            if (!unit && *at != '0')
                return bad(r, "a number with more than 4 places");
            part -= (*at - '0') * unit;
        }
        if (part) {
            out->kind = JSON_DECIMAL;
            fits = fits && !__builtin_mul_overflow(value, DECIMAL_ONE, &value) &&
                   !__builtin_add_overflow(value, part, &value);
        }
    }
    if (*at == 'e' || *at == 'E')
        return bad(r, "a number with an exponent");
    if (!fits || (!minus && value == INT64_MIN))
        return bad(r, "a number that is too large");
    out->number = minus ? value : -value;
    r->at = at;
    return ERR_NONE;
}

static enum err_code read_value(struct reader *r, struct json *out);

static struct json *add_new(struct reader *r, struct json *parent)
{
    struct json *child = json_new(r->arena, JSON_NULL);
    json_add(parent, child);
    return child;
}

static enum err_code read_list(struct reader *r, struct json *list)
{
    for (;;) {
        enum err_code rc = read_value(r, add_new(r, list));
        if (rc)
            return rc;
        skip_space(r);
        if (*r->at == ']')
            return ERR_NONE;
        if (*r->at != ',')
            return bad(r, "neither , nor ] in a list");
        r->at++;
    }
}

/* Merge sort of a chain by key; stable, so that doubles stay side by side. */
static struct json *sort_chain(struct json *chain, size_t count)
{
    if (count < 2) {
        if (chain)
            chain->next = NULL;
        return chain;
    }
    struct json *right = chain;
    for (size_t i = 0; i < count / 2; i++)
        right = right->next;
    right = sort_chain(right, count - count / 2);
    struct json *left = sort_chain(chain, count / 2);

    struct json *sorted = NULL, **tail = &sorted;
    while (left && right) {
        struct json **from = strcmp(left->key, right->key) <= 0 ? &left : &right;
        *tail = *from;
        tail = &(*tail)->next;
        *from = *tail;
    }
    *tail = left ? left : right;
    return sorted;
}

static enum err_code sort_map(struct reader *r, struct json *map)
{
    map->first = sort_chain(map->first, map->count);
    for (struct json *member = map->first; member; member = member->next) {
        if (member->next && strcmp(member->key, member->next->key) == 0)
            return err_set(r->err, ERR_INPUT, "not JSON reeve reads: the key '%.80s' stands twice",
                           member->key);
        map->last = member;
    }
    return ERR_NONE;
}

/* By hand: strcmp reads wide what was written here byte by byte a moment ago, and stalls. */
static bool is_before(const char *a, const char *b)
{
    while (*a == *b && *a) {
        a++;
        b++;
    }
    return (unsigned char)*a < (unsigned char)*b;
}

static enum err_code read_map(struct reader *r, struct json *map)
{
    bool sorted = true;
    const char *before = NULL;
    for (;;) {
        const char *key;
        skip_space(r);
        if (*r->at != '"')
            return bad(r, "no key in a map");
        enum err_code rc = read_text(r, &key);
        if (rc)
            return rc;
        skip_space(r);
        if (*r->at != ':')
            return bad(r, "no : behind a key");
        r->at++;
        sorted = sorted && (!before || is_before(before, key));
        before = key;

        struct json *member = add_new(r, map);
        member->key = key;
        rc = read_value(r, member);
        if (rc)
            return rc;
        skip_space(r);
        if (*r->at == '}')
            return sorted ? ERR_NONE : sort_map(r, map);
        if (*r->at != ',')
            return bad(r, "neither , nor } in a map");
        r->at++;
    }
}

static enum err_code read_inside(struct reader *r, struct json *out, enum json_kind kind,
                                 char close)
{
    out->kind = kind;
    if (r->depth == JSON_DEPTH_MAX)
        return err_set(r->err, ERR_LIMIT, "JSON deeper than %d levels at byte %zu", JSON_DEPTH_MAX,
                       (size_t)(r->at - r->start));
    r->depth++;
    r->at++;
    skip_space(r);
    if (*r->at != close) {
        enum err_code rc = kind == JSON_LIST ? read_list(r, out) : read_map(r, out);
        if (rc)
            return rc;
    }
    r->at++;
    r->depth--;
    return ERR_NONE;
}

static enum err_code read_word(struct reader *r, struct json *out)
{
    static const struct {
        const char *word;
        enum json_kind kind;
        int number;
    } words[] = { { "true", JSON_BOOL, 1 }, { "false", JSON_BOOL, 0 }, { "null", JSON_NULL, 0 } };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t len = strlen(words[i].word);
        if (strncmp(r->at, words[i].word, len) == 0) {
            out->kind = words[i].kind;
            out->number = words[i].number;
            r->at += len;
            return ERR_NONE;
        }
    }
    return bad(r, r->at == r->end ? "an end too early" : "no value");
}

static enum err_code read_value(struct reader *r, struct json *out)
{
    skip_space(r);
    switch (*r->at) {
    case '{':
        return read_inside(r, out, JSON_MAP, '}');
    case '[':
        return read_inside(r, out, JSON_LIST, ']');
    case '"':
        out->kind = JSON_TEXT;
        return read_text(r, &out->text);
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
        return read_number(r, out);
    default:
        return read_word(r, out);
    }
}

enum err_code json_parse(struct arena *arena, const char *bytes, size_t len, struct json **out,
                         struct err *err)
{
    char *copy = arena_text_n(arena, bytes, len);
    struct reader r = { arena, copy, copy, copy + len, 0, err };
    struct json *value = json_new(arena, JSON_NULL);
    enum err_code rc = read_value(&r, value);
    if (rc)
        return rc;
    skip_space(&r);
    if (r.at != r.end)
        return bad(&r, "more behind the value");
    *out = value;
    return ERR_NONE;
}
