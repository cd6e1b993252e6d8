/* SPDX-License-Identifier: MIT */
#include "engine/base/err.h"

#include "engine/base/text.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct err_row {
    const char *shout;
    int exit, http;
    const char *means;
};

static const struct err_row err_rows[] = {
#define X(name, exit, http, means) { #name, exit, http, means },
    ERR_TABLE(X)
#undef X
};

enum { ERR_COUNT = sizeof err_rows / sizeof *err_rows, NAME_MAX_LEN = 16 };

/* The table's names in lower case, made once before main() so that threads only read. */
static char err_names[ERR_COUNT][NAME_MAX_LEN];

__attribute__((constructor)) static void names_make(void)
{
    for (size_t i = 0; i < ERR_COUNT; i++)
        for (size_t j = 0; err_rows[i].shout[j] && j < NAME_MAX_LEN - 1; j++)
            err_names[i][j] = (char)(err_rows[i].shout[j] | 0x20);
}

static const struct err_row *row_of(enum err_code code)
{
    MUST((size_t)code < ERR_COUNT);
    return &err_rows[code];
}

/* A text that was cut to fit must not end within a character. */
static void end_whole(char *text, size_t room, int wanted)
{
    if (wanted < 0 || (size_t)wanted < room)
        return;
    size_t len = room - 1;
    while (len > 0 && ((unsigned char)text[len - 1] & 0xC0) == 0x80)
        len--;
    if (len > 0 && (unsigned char)text[len - 1] >= 0xC0)
        len--;
    else
        len = room - 1;
    text[len] = '\0';
}

/* Texts are shown as JSON and kept in cases, which hold UTF-8 only: a script's error, a file's name
 * or a server's answer may be any bytes. */
static void only_utf8(char *text)
{
    for (size_t left = strlen(text); left;) {
        size_t n = utf8_len(text, left);
        if (n == 0) {
            *text = '?';
            n = 1;
        }
        text += n;
        left -= n;
    }
}

__attribute__((format(printf, 3, 0))) static void fill(char *out, size_t room, const char *format,
                                                       va_list args)
{
    /* By way of a copy: the arguments may be the old text. */
    char made[sizeof((struct err *)0)->text];
    int wanted = vsnprintf(made, room, format, args);
    end_whole(made, room, wanted);
    only_utf8(made);
    memcpy(out, made, strlen(made) + 1);
}

enum err_code err_set(struct err *err, enum err_code code, const char *format, ...)
{
    if (!err)
        return code;
    va_list args;
    va_start(args, format);
    fill(err->text, sizeof err->text, format, args);
    va_end(args);
    err->code = code;
    err->place[0] = '\0';
    err->hint[0] = '\0';
    return code;
}

void err_place(struct err *err, const char *format, ...)
{
    if (!err)
        return;
    va_list args;
    va_start(args, format);
    fill(err->place, sizeof err->place, format, args);
    va_end(args);
}

void err_hint(struct err *err, const char *format, ...)
{
    if (!err)
        return;
    va_list args;
    va_start(args, format);
    fill(err->hint, sizeof err->hint, format, args);
    va_end(args);
}

bool err_nearest(struct err *err, const char *word, const char *const *words, size_t count)
{
    const char *near = word ? text_nearest(word, words, count) : NULL;
    if (near)
        err_hint(err, "did you mean '%s'?", near);
    return near != NULL;
}

void err_wrap(struct err *err, const char *format, ...)
{
    if (!err)
        return;
    char context[sizeof err->text], both[2 * sizeof err->text + 2];
    va_list args;
    va_start(args, format);
    fill(context, sizeof context, format, args);
    va_end(args);

    int wanted = snprintf(both, sizeof both, "%s: %s", context, err->text);
    size_t len = strlen(both);
    if (len >= sizeof err->text)
        len = sizeof err->text - 1;
    memcpy(err->text, both, len);
    err->text[len] = '\0';
    end_whole(err->text, sizeof err->text, wanted);
}

const char *err_name(enum err_code code)
{
    row_of(code);
    return err_names[code];
}

int err_exit(enum err_code code)
{
    return row_of(code)->exit;
}

int err_http(enum err_code code)
{
    return row_of(code)->http;
}

const char *err_means(enum err_code code)
{
    return row_of(code)->means;
}

void err_bug(const char *cond, const char *file, int line)
{
    fprintf(stderr, "reeve: bug: %s:%d: not true: %s\n", file, line, cond);
    abort();
}
