/* SPDX-License-Identifier: MIT */
#include "engine/base/text.h"

#include "engine/base/arena.h"
#include <stdio.h>
#include <string.h>

static char nothing[1];

struct buf buf_in(struct arena *arena)
{
    return (struct buf){ .arena = arena, .at = nothing };
}

static void buf_enlarge(struct buf *buf, size_t wanted)
{
    size_t room = buf->room ? buf->room * 2 : 256;
    while (room < wanted)
        room *= 2;
    if (!arena_extend(buf->arena, buf->at, buf->room, room))
        buf->at = arena_grow(buf->arena, buf->at, buf->len, room);
    buf->room = room;
}

/* Room for `more` bytes and the NUL behind what is there. */
static inline void buf_room(struct buf *buf, size_t more)
{
    if (buf->len + more >= buf->room)
        buf_enlarge(buf, buf->len + more + 1);
}

char *buf_reserve(struct buf *buf, size_t more)
{
    buf_room(buf, more);
    return buf->at + buf->len;
}

void buf_add_n(struct buf *buf, const char *text, size_t len)
{
    buf_room(buf, len);
    if (len)
        memcpy(buf->at + buf->len, text, len);
    buf->len += len;
    buf->at[buf->len] = '\0';
}

void buf_add(struct buf *buf, const char *text)
{
    buf_add_n(buf, text, strlen(text));
}

void buf_char(struct buf *buf, char c)
{
    buf_room(buf, 1);
    buf->at[buf->len++] = c;
    buf->at[buf->len] = '\0';
}

void buf_vprintf(struct buf *buf, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    buf_room(buf, 64);
    size_t room = buf->room - buf->len;
    int len = vsnprintf(buf->at + buf->len, room, format, args);
    if (len >= 0 && (size_t)len >= room) {
        buf_room(buf, (size_t)len);
        vsnprintf(buf->at + buf->len, (size_t)len + 1, format, again);
    }
    va_end(again);
    if (len > 0)
        buf->len += (size_t)len;
    buf->at[buf->len] = '\0';
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buf_vprintf(buf, format, args);
    va_end(args);
}

void buf_cut(struct buf *buf, size_t len)
{
    if (len < buf->len) {
        buf->len = len;
        buf->at[len] = '\0';
    }
}

const char *buf_text(struct buf *buf)
{
    return buf->at ? buf->at : "";
}

/* Reads one character; its length in bytes, 0 when it is not UTF-8. */
static size_t utf8_read(const char *bytes, size_t len, uint32_t *out)
{
    const unsigned char *b = (const unsigned char *)bytes;
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    if (b[0] < 0x80) {
        *out = b[0];
        return 1;
    }
    size_t n = b[0] < 0xC2 ? 0 : b[0] < 0xE0 ? 2 : b[0] < 0xF0 ? 3 : b[0] < 0xF5 ? 4 : 0;
    if (!n || n > len)
        return 0;
    uint32_t c = b[0] & (0xFFu >> (n + 1));
    for (size_t i = 1; i < n; i++) {
        if ((b[i] & 0xC0) != 0x80)
            return 0;
        c = c << 6 | (b[i] & 0x3Fu);
    }
    if (c < least[n] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return 0;
    *out = c;
    return n;
}

size_t utf8_len(const char *bytes, size_t len)
{
    uint32_t c;
    return len ? utf8_read(bytes, len, &c) : 0;
}

bool utf8_valid(const char *bytes, size_t len)
{
    uint32_t c;
    for (size_t i = 0; i < len;) {
        size_t n = utf8_read(bytes + i, len - i, &c);
        if (!n || c == 0)
            return false;
        i += n;
    }
    return true;
}

size_t utf8_cut(const char *text, size_t room)
{
    size_t len = strnlen(text, room);
    while (len && text[len] && ((unsigned char)text[len] & 0xC0) == 0x80)
        len--;
    return len;
}

struct range {
    uint32_t from, to;
};

static bool in_ranges(uint32_t c, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (c >= ranges[i].from && c <= ranges[i].to)
            return true;
    return false;
}

static size_t columns_of(uint32_t c)
{
    static const struct range none[] = { { 0x300, 0x36F },   { 0x200B, 0x200F },
                                         { 0x20D0, 0x20FF }, { 0xFE00, 0xFE0F },
                                         { 0xFE20, 0xFE2F }, { 0xFEFF, 0xFEFF } };
    static const struct range two[] = { { 0x1100, 0x115F },   { 0x2E80, 0x303E },
                                        { 0x3041, 0xA4CF },   { 0xA960, 0xA97F },
                                        { 0xAC00, 0xD7A3 },   { 0xF900, 0xFAFF },
                                        { 0xFE30, 0xFE6F },   { 0xFF00, 0xFF60 },
                                        { 0xFFE0, 0xFFE6 },   { 0x1F300, 0x1F64F },
                                        { 0x1F900, 0x1F9FF }, { 0x20000, 0x3FFFD } };
    if (c < 0x300)
        return 1;
    if (in_ranges(c, none, sizeof none / sizeof *none))
        return 0;
    return in_ranges(c, two, sizeof two / sizeof *two) ? 2 : 1;
}

size_t utf8_columns(const char *text, size_t len)
{
    size_t columns = 0;
    uint32_t c;
    for (size_t i = 0; i < len;) {
        size_t n = utf8_read(text + i, len - i, &c);
        columns += n ? columns_of(c) : 1;
        i += n ? n : 1;
    }
    return columns;
}

bool text_same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

const char *text_or(const char *text, const char *otherwise)
{
    return text ? text : otherwise;
}

bool text_starts(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool text_in(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_same(text, words[i]))
            return true;
    return false;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

enum { WORD_MAX = 64, FAR = WORD_MAX };

/* How many letters to add, drop, change or swap to come from a to b; capitals do not count. */
static size_t distance(const char *a, const char *b)
{
    size_t rows[3][WORD_MAX + 1];
    size_t a_len = strlen(a), b_len = strlen(b);
    if (a_len > WORD_MAX || b_len > WORD_MAX)
        return FAR;
    for (size_t j = 0; j <= b_len; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        size_t *now = rows[i % 3];
        const size_t *up = rows[(i - 1) % 3], *upper = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            bool same = lower(a[i - 1]) == lower(b[j - 1]);
            size_t best = up[j - 1] + (same ? 0 : 1);
            if (up[j] + 1 < best)
                best = up[j] + 1;
            if (now[j - 1] + 1 < best)
                best = now[j - 1] + 1;
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                lower(a[i - 2]) == lower(b[j - 1]) && upper[j - 2] + 1 < best)
                best = upper[j - 2] + 1;
            now[j] = best;
        }
    }
    return rows[a_len % 3][b_len];
}

const char *text_nearest(const char *word, const char *const *words, size_t count)
{
    enum { PREFIX_MIN = 3 };
    const char *near = NULL, *prefixed = NULL;
    size_t len = strlen(word), best = (len < 4 ? 1 : 2) + 1;
    for (size_t i = 0; i < count; i++) {
        size_t far = distance(word, words[i]);
        if (far < best && far < len) {
            best = far;
            near = words[i];
        }
        size_t other = strlen(words[i]);
        size_t shorter = len < other ? len : other;
        if (!prefixed && shorter >= PREFIX_MIN && strncmp(word, words[i], shorter) == 0)
            prefixed = words[i];
    }
    return near ? near : prefixed;
}

const char *text_list(struct arena *arena, const char *const *words, size_t count,
                      const char *last)
{
    struct buf list = buf_in(arena);
    for (size_t i = 0; i < count; i++)
        buf_printf(&list, "%s%s", !i ? "" : i + 1 == count ? last : ", ", words[i]);
    return buf_text(&list);
}

const char *text_count(struct arena *arena, int64_t count, const char *one, const char *many)
{
    return arena_printf(arena, "%lld %s", (long long)count, count == 1 ? one : many);
}

bool text_int(const char *text, int64_t *out)
{
    bool minus = *text == '-';
    if (minus || *text == '+')
        text++;
    if (!*text)
        return false;
    int64_t value = 0;
    for (; *text; text++) {
        /* Counted downwards, since the least number has no positive twin. */
        if (*text < '0' || *text > '9' || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, *text - '0', &value))
            return false;
    }
    if (!minus && value == INT64_MIN)
        return false;
    *out = minus ? value : -value;
    return true;
}

bool decimal_parse(const char *text, int64_t *out)
{
    bool minus = *text == '-';
    if (minus || *text == '+')
        text++;
    int64_t value = 0;
    int places = -1; /* Before the point. */
    const char *start = text;
    for (; *text; text++) {
        if (*text == '.' && places < 0 && text > start) {
            places = 0;
            continue;
        }
        if (*text < '0' || *text > '9' || places == 4 ||
            __builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, *text - '0', &value))
            return false;
        places += places >= 0;
    }
    if (text == start || places == 0)
        return false;
    for (int i = places < 0 ? 0 : places; i < 4; i++)
        if (__builtin_mul_overflow(value, 10, &value))
            return false;
    if (!minus && value == INT64_MIN)
        return false;
    *out = minus ? value : -value;
    return true;
}

const char *decimal_write(int64_t value, char text[DECIMAL_TEXT_MAX])
{
    uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    uint64_t part = size % DECIMAL_ONE;
    int len = snprintf(text, DECIMAL_TEXT_MAX, "%s%llu", value < 0 ? "-" : "",
                       (unsigned long long)(size / DECIMAL_ONE));
    if (part) {
        text[len++] = '.';
        for (uint64_t unit = DECIMAL_ONE / 10; part; unit /= 10) {
            text[len++] = (char)('0' + part / unit);
            part %= unit;
        }
        text[len] = '\0';
    }
    return text;
}

const char *decimal_text(struct arena *arena, int64_t value)
{
    char text[DECIMAL_TEXT_MAX];
    return arena_text(arena, decimal_write(value, text));
}
