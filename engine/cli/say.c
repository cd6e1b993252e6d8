/* SPDX-License-Identifier: MIT */
#include "engine/cli/say.h"

#include "engine/base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool colour_wanted(int fd)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(fd) && !(no && *no) && !(term && strcmp(term, "dumb") == 0);
}

static const char *colour_of(unsigned char mark)
{
    switch (mark) {
    case 0xf8: return "\033[1m";
    case 0xf9: return "\033[1;31m";
    case 0xfa: return "\033[1;33m";
    case 0xfb: return "\033[1;32m";
    case 0xfc: return "\033[2m";
    case 0xff: return "\033[0m";
    default: return "";
    }
}

/* C0 and C1 controls, DEL, and the marks that turn or isolate the direction of writing. */
static bool steers(const char *at, size_t n)
{
    const unsigned char *c = (const unsigned char *)at;
    if (n == 1)
        return *c < 0x20 || *c == 0x7f;
    if (n == 2)
        return c[0] == 0xc2 && c[1] < 0xa0;
    if (n == 3 && c[0] == 0xe2)
        return (c[1] == 0x80 && (c[2] == 0x8e || c[2] == 0x8f || (c[2] >= 0xa8 && c[2] <= 0xae))) ||
               (c[1] == 0x81 && c[2] >= 0xa6 && c[2] <= 0xa9);
    return false;
}

void say_clean(struct buf *out, const char *text, size_t len, bool colour)
{
    for (size_t i = 0; i < len;) {
        size_t n = utf8_len(text + i, len - i);
        if (n == 0) {
            unsigned char mark = (unsigned char)text[i++];
            if (mark < 0xf8)
                buf_char(out, '?');
            else if (colour)
                buf_add(out, colour_of(mark));
            continue;
        }
        if (steers(text + i, n) && text[i] != '\n' && text[i] != '\t')
            buf_char(out, '?');
        else
            buf_add_n(out, text + i, n);
        i += n;
    }
}

const char *one_line(struct arena *arena, const char *text)
{
    struct buf out = buf_in(arena);
    if (!text)
        return "";
    for (size_t len = strlen(text), i = 0; i < len;) {
        size_t n = utf8_len(text + i, len - i);
        if (n && !steers(text + i, n))
            buf_add_n(&out, text + i, n);
        else
            buf_char(&out, n == 1 && strchr("\n\r\t", text[i]) ? ' ' : '?');
        i += n ? n : 1;
    }
    return buf_text(&out);
}

const char *counted(struct call *call, int64_t count, const char *one, const char *many)
{
    return text_count(call->arena, count, one, many);
}

void say(struct call *call, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buf_vprintf(&call->out, format, args);
    va_end(args);
}

void talk(const char *format, ...)
{
    struct arena *arena = arena_new();
    struct buf text = buf_in(arena), clean = buf_in(arena);
    va_list args;
    va_start(args, format);
    buf_vprintf(&text, format, args);
    va_end(args);
    say_clean(&clean, buf_text(&text), text.len, colour_wanted(STDERR_FILENO));
    fputs(buf_text(&clean), stderr);
    fputc('\n', stderr);
    arena_free(arena);
}

/* What would steer a terminal stands only inside texts here, where it can be written as \u00XX. */
void say_json(struct call *call, const struct json *json)
{
    struct buf text = buf_in(call->arena);
    json_write(json, &text);
    const char *at = buf_text(&text), *end = at + text.len;
    while (at < end) {
        size_t n = utf8_len(at, (size_t)(end - at));
        const unsigned char *c = (const unsigned char *)at;
        if (n == 1 && *c == 0x7f)
            buf_add(&call->out, "\\u007f");
        else if (n == 2 && steers(at, n))
            buf_printf(&call->out, "\\u00%02x", c[1]);
        else if (n == 3 && steers(at, n))
            buf_printf(&call->out, "\\u20%02x", (unsigned)((c[1] & 3) << 6 | (c[2] & 0x3f)) & 0xff);
        else
            buf_add_n(&call->out, at, n ? n : 1);
        at += n ? n : 1;
    }
    buf_char(&call->out, '\n');
}

static void error_json(struct call *call)
{
    struct json *all = json_new(call->arena, JSON_MAP), *error = json_new(call->arena, JSON_MAP);
    const struct err *err = &call->err;
    json_put(call->arena, error, "code", json_new_text(call->arena, err_name(err->code)));
    json_put(call->arena, error, "text", json_new_text(call->arena, err->text));
    if (*err->hint)
        json_put(call->arena, error, "hint", json_new_text(call->arena, err->hint));
    if (*err->place)
        json_put(call->arena, error, "place", json_new_text(call->arena, err->place));
    json_put(call->arena, all, "error", error);
    buf_cut(&call->out, 0); /* Half an answer is none. */
    say_json(call, all);
}

void say_error(struct call *call)
{
    const struct err *err = &call->err;
    if (call->json) {
        error_json(call);
        return;
    }
    if (*err->place)
        talk(RED "reeve:" OFF " %s: %s", err->place, err->text);
    else
        talk(RED "reeve:" OFF " %s", err->text);
    if (*err->hint)
        talk(" hint: %s", err->hint);
}

enum err_code say_flush(struct call *call)
{
    struct buf clean = buf_in(call->arena);
    if (!call->out.len)
        return ERR_NONE;
    say_clean(&clean, buf_text(&call->out), call->out.len, colour_wanted(STDOUT_FILENO));
    if (fwrite(buf_text(&clean), 1, clean.len, stdout) == clean.len && fflush(stdout) == 0) {
        buf_cut(&call->out, 0);
        return ERR_NONE;
    }
    return err_set(&call->err, ERR_SYSTEM, "the output cannot be written");
}
