/* SPDX-License-Identifier: MIT */
#include "engine/run/mime.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { QP_LINE_MAX = 76, WORD_BYTES = 39, HEADER_MAX = 200, BOUNDARY_MAX = 60 };

static void base64(struct buf *out, const unsigned char *bytes, size_t len)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < len; i += 3) {
        unsigned b = (unsigned)bytes[i] << 16;
        if (i + 1 < len)
            b |= (unsigned)bytes[i + 1] << 8;
        if (i + 2 < len)
            b |= bytes[i + 2];
        buf_char(out, digits[b >> 18 & 63]);
        buf_char(out, digits[b >> 12 & 63]);
        buf_char(out, i + 1 < len ? digits[b >> 6 & 63] : '=');
        buf_char(out, i + 2 < len ? digits[b & 63] : '=');
    }
}

/* Fit to stand in a header as it is: short enough for one line, and not taken for an encoded word.
 */
static bool plain_words(const char *text)
{
    if (strlen(text) > HEADER_MAX || strstr(text, "=?"))
        return false;
    for (; *text; text++)
        if ((unsigned char)*text >= 127 || (unsigned char)*text < 32)
            return false;
    return true;
}

/* A header's words: as they are in ASCII, else as encoded words of whole characters. */
static void header_words(struct buf *out, const char *text)
{
    if (plain_words(text)) {
        buf_add(out, text);
        return;
    }
    size_t len = strlen(text);
    for (size_t at = 0; at < len;) {
        size_t take = len - at < WORD_BYTES ? len - at : WORD_BYTES;
        while (at + take < len && ((unsigned char)text[at + take] & 0xc0) == 0x80)
            take--;
        buf_add(out, at ? "\r\n =?UTF-8?B?" : "=?UTF-8?B?");
        base64(out, (const unsigned char *)text + at, take);
        buf_add(out, "?=");
        at += take;
    }
}

/* Line breaks would end the header and begin another: they become spaces. */
static const char *one_line(struct arena *arena, const char *text)
{
    char *copy = arena_text(arena, text);
    for (char *c = copy; *c; c++)
        if ((unsigned char)*c < 32)
            *c = ' ';
    return copy;
}

static void address(struct buf *out, const char *name, const char *email)
{
    if (!name || !*name) {
        buf_printf(out, "<%s>", email);
        return;
    }
    bool plain = plain_words(name);
    if (plain) {
        buf_char(out, '"');
        for (const char *c = name; *c; c++) {
            if (*c == '"' || *c == '\\')
                buf_char(out, '\\');
            buf_char(out, *c);
        }
        buf_char(out, '"');
    } else {
        header_words(out, name);
    }
    buf_printf(out, plain ? " <%s>" : "\r\n <%s>", email);
}

static void quoted_printable(struct buf *out, const char *text)
{
    size_t column = 0;
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        if (*c == '\n') {
            buf_add(out, "\r\n");
            column = 0;
            continue;
        }
        bool at_end = c[1] == '\n' || !c[1];
        bool plain = (*c >= 33 && *c <= 126 && *c != '=') || ((*c == ' ' || *c == '\t') && !at_end);
        if (column + (plain ? 1 : 3) >= QP_LINE_MAX) {
            buf_add(out, "=\r\n");
            column = 0;
        }
        /* A dot that begins a line is kept from being read as the end by careless relays. */
        if (plain && !(column == 0 && *c == '.')) {
            buf_char(out, (char)*c);
            column++;
        } else {
            buf_printf(out, "=%02X", *c);
            column += 3;
        }
    }
    buf_add(out, "\r\n");
}

static void date_header(struct buf *out, int64_t ms)
{
    static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
                                          "Sep", "Oct", "Nov", "Dec" };
    time_t seconds = (time_t)(ms / 1000);
    struct tm tm;
    gmtime_r(&seconds, &tm);
    buf_printf(out, "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\n", days[tm.tm_wday], tm.tm_mday,
               months[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

const char *mime_bare(struct arena *arena, const char *text)
{
    const char *open = strrchr(text, '<'), *close = open ? strchr(open, '>') : NULL;
    return close ? arena_text_n(arena, open + 1, (size_t)(close - open - 1))
                 : arena_text(arena, text);
}

static void from_header(struct buf *out, struct arena *arena, const char *from)
{
    const char *open = strrchr(from, '<');
    size_t len = open ? (size_t)(open - from) : 0;
    while (len && from[len - 1] == ' ')
        len--;
    buf_add(out, "From: ");
    address(out, one_line(arena, arena_text_n(arena, from, len)), mime_bare(arena, from));
    buf_add(out, "\r\n");
}

const char *mime_text(struct arena *arena, const struct mime *mime)
{
    struct buf out = buf_in(arena);
    from_header(&out, arena, mime->from);
    buf_add(&out, "To: ");
    address(&out, one_line(arena, mime->to_name), one_line(arena, mime->to_email));
    buf_add(&out, "\r\nSubject: ");
    header_words(&out, one_line(arena, mime->subject));
    buf_add(&out, "\r\n");
    date_header(&out, mime->date_ms);
    /* The boundary comes from the id: no text of ours holds it, and equal input gives equal bytes.
     */
    size_t local = strcspn(mime->message_id, "@");
    const char *boundary = arena_printf(arena, "=_%.*s", (int)(local < BOUNDARY_MAX ? local
                                                               : BOUNDARY_MAX), mime->message_id);
    buf_printf(&out, "Message-ID: <%s>\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
                     "Content-Type: multipart/alternative; boundary=\"%s\"\r\n\r\n",
               mime->message_id, boundary);
    buf_printf(&out, "--%s\r\nContent-Type: text/plain; charset=utf-8\r\n"
                     "Content-Transfer-Encoding: quoted-printable\r\n\r\n", boundary);
    quoted_printable(&out, mime->text);
    buf_printf(&out, "--%s\r\nContent-Type: text/html; charset=utf-8\r\n"
                     "Content-Transfer-Encoding: quoted-printable\r\n\r\n", boundary);
    quoted_printable(&out, mime->html);
    buf_printf(&out, "--%s--\r\n", boundary);
    return buf_text(&out);
}

const char *mime_escape(struct arena *arena, const char *text)
{
    struct buf out = buf_in(arena);
    for (; *text; text++) {
        switch (*text) {
        case '&': buf_add(&out, "&amp;"); break;
        case '<': buf_add(&out, "&lt;"); break;
        case '>': buf_add(&out, "&gt;"); break;
        case '"': buf_add(&out, "&quot;"); break;
        default: buf_char(&out, *text);
        }
    }
    return buf_text(&out);
}
