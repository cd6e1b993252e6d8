/* SPDX-License-Identifier: MIT */
#include "lua/tokens.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include <ctype.h>
#include <string.h>

struct reading {
    struct arena *arena;
    const struct source *source;
    const char *at, *line_start;
    int line;
    struct tokens out;
};

bool token_is(const struct token *token, const char *text)
{
    return (token->kind == TOKEN_NAME || token->kind == TOKEN_SIGN) && !strcmp(token->text, text);
}

bool token_keyword(const struct token *token)
{
    static const char *const words[] = {
        "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if",
        "in", "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
    };

    return token->kind == TOKEN_NAME &&
           text_in(token->text, words, sizeof words / sizeof *words);
}

static void go_to(struct reading *r, const char *end)
{
    for (; r->at < end; r->at++)
        if (*r->at == '\n') {
            r->line++;
            r->line_start = r->at + 1;
        }
}

/* "[[", "[==[": how many `=`, or -1. */
static int long_bracket(const char *at)
{
    const char *c = at + 1;

    while (*c == '=')
        c++;
    return *at == '[' && *c == '[' ? (int)(c - at) - 1 : -1;
}

static const char *long_end(const char *at, int level)
{
    for (at += level + 2; *at; at++) {
        const char *c = at + 1;
        int same = 0;
        while (*at == ']' && *c == '=') {
            c++;
            same++;
        }
        if (*at == ']' && same == level && *c == ']')
            return c + 1;
    }
    return at;
}

static const char *quoted_end(const char *at)
{
    const char *end = at + 1;

    while (*end && *end != *at && *end != '\n')
        end += *end == '\\' && end[1] ? 2 : 1;
    return *end == *at ? end + 1 : end;
}

static void add(struct reading *r, enum token_kind kind, const char *end, size_t quotes)
{
    size_t len = (size_t)(end - r->at);
    int col = (int)utf8_columns(r->line_start, (size_t)(r->at - r->line_start)) + 1;
    size_t inside = len >= 2 * quotes ? len - 2 * quotes : 0;

    *LIST_ADD(r->arena, &r->out) = (struct token){
        kind, arena_text_n(r->arena, r->at + quotes, inside),
        { r->source, r->line, col, col + (int)utf8_columns(r->at, len) },
    };
    go_to(r, end);
}

static const char *name_end(const char *at)
{
    while (isalnum((unsigned char)*at) || *at == '_')
        at++;
    return at;
}

static const char *number_end(const char *at)
{
    while (isalnum((unsigned char)*at) || *at == '.')
        at += (*at == 'e' || *at == 'E') && (at[1] == '-' || at[1] == '+') ? 2 : 1;
    return at;
}

static const char *sign_end(const char *at)
{
    static const char *const longer[] = { "...", "..", "==", "~=", "<=", ">=", "//", "::",
                                          "<<", ">>" };

    for (size_t i = 0; i < sizeof longer / sizeof *longer; i++)
        if (text_starts(at, longer[i]))
            return at + strlen(longer[i]);
    return at + 1;
}

/* True: a comment stood there. */
static bool skip_comment(struct reading *r)
{
    if (!text_starts(r->at, "--"))
        return false;
    int level = long_bracket(r->at + 2);
    go_to(r, level >= 0 ? long_end(r->at + 2, level) : r->at + strcspn(r->at, "\n"));
    return true;
}

struct tokens tokens_read(struct arena *arena, const struct source *source)
{
    struct reading r = { .arena = arena, .source = source, .at = source->text,
                         .line_start = source->text, .line = 1 };

    for (;;) {
        go_to(&r, r.at + strspn(r.at, " \t\r\n\v\f"));
        if (!*r.at)
            break;
        if (skip_comment(&r))
            continue;
        int level = long_bracket(r.at);
        if (isalpha((unsigned char)*r.at) || *r.at == '_')
            add(&r, TOKEN_NAME, name_end(r.at), 0);
        else if (isdigit((unsigned char)*r.at) ||
                 (*r.at == '.' && isdigit((unsigned char)r.at[1])))
            add(&r, TOKEN_NUMBER, number_end(r.at), 0);
        else if (*r.at == '"' || *r.at == '\'')
            add(&r, TOKEN_TEXT, quoted_end(r.at), 1);
        else if (level >= 0)
            add(&r, TOKEN_TEXT, long_end(r.at, level), (size_t)level + 2);
        else
            add(&r, TOKEN_SIGN, sign_end(r.at), 0);
    }
    add(&r, TOKEN_END, r.at, 0);
    return r.out;
}
