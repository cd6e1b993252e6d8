/* SPDX-License-Identifier: MIT */
#include "rules/moment_reader.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include <stdio.h>
#include <string.h>

enum { TEXT_MAX = 2000, TOKENS_MAX = 250, DIGITS_MAX = 6, ISO_LEN = 10, QUOTES = 2 };

/* --- words ----------------------------------------------------------------------------------- */

/* What could be taken for a name where it stands; the other words of the grammar ("school",
 * "working", "term", "year") only ever stand beside these, so they may be names. */
static const char *const words[] = {
    "after",  "all",     "and",    "anniversary", "asked",  "at",   "before",   "birthday",
    "day",    "days",    "done",   "due",         "earlier", "end", "first",    "in",
    "last",   "later",   "latest", "month",       "months", "next", "occasion", "of",
    "on",     "opened",  "or",     "start",       "starting", "week", "weeks",  "years",
};
enum { WORD_COUNT = sizeof words / sizeof *words };

static const char *const calendar_words[] = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",    "Saturday", "Sunday",
    "January", "February", "March",   "April",    "May",       "June",     "July",
    "August", "September", "October", "November", "December",
};
enum { CALENDAR_WORD_COUNT = sizeof calendar_words / sizeof *calendar_words };

bool moment_word(const char *name)
{
    return text_in(name, words, WORD_COUNT);
}

static const struct {
    const char *word, *hint;
} others[] = {
    { "a", "write the number: `1 week after X`" },
    { "beginning", "write `starting with`" },
    { "by", "write `on X`, or `before X` without X itself" },
    { "earliest", "write `earlier of (A and B)`" },
    { "from", "write `after X`, or `starting with X` when X is day 1" },
    { "one", "write the number: `1 week after X`" },
    { "six", "write the number: `6 weeks after X`" },
    { "ten", "write the number: `10 days after X`" },
    { "the", "leave 'the' out" },
    { "three", "write the number: `3 weeks after X`" },
    { "two", "write the number: `2 weeks after X`" },
    { "until", "write `before X` or `on X`" },
    { "within", "write `2 weeks after X`" },
};

bool moment_suggest_other(struct moment_reader *reader, struct diag *diag, const char *word)
{
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (strcmp(others[i].word, word) == 0) {
            diag_hint(reader->diags, diag, "%s", others[i].hint);
            return true;
        }
    }
    return false;
}

void moment_suggest_name(struct moment_reader *reader, struct diag *diag, const char *word)
{
    struct diags *diags = reader->diags;
    if (strcmp(word, "occasion") == 0) {
        diag_hint(diags, diag, "only what a `schedule` opens has one: `opened` is the day a case "
                               "was opened");
        return;
    }
    if (reader->names && reader->names->known) {
        size_t count = 0;
        const char *const *known = reader->names->known(reader->names->self, &count);
        if (diag_nearest(diags, diag, word, known, count))
            return;
    }
    if (!moment_suggest_other(reader, diag, word) &&
        !diag_nearest(diags, diag, word, words, WORD_COUNT))
        diag_nearest(diags, diag, word, calendar_words, CALENDAR_WORD_COUNT);
}

/* --- findings -------------------------------------------------------------------------------- */

static struct span token_span(const struct moment_reader *reader, size_t from, size_t to)
{
    struct span span = reader->span;
    if (!reader->exact)
        return span;
    size_t before = utf8_columns(reader->text, from);
    size_t wide = utf8_columns(reader->text + from, to - from);
    span.col = reader->span.col + (int)before;
    span.end_col = span.col + (wide ? (int)wide : 1);
    return span;
}

/* Where the text begins: at the span's start, or behind a quote. Folded text stands elsewhere. */
static void place(struct moment_reader *reader)
{
    struct span *span = &reader->span;
    int wide = (int)utf8_columns(reader->text, strlen(reader->text));
    int given = span->end_col - span->col;
    reader->exact = given <= 0 || given == wide || given == wide + QUOTES;
    if (span->col < 1)
        span->col = 1;
    if (given == wide + QUOTES)
        span->col++;
}

struct diag *moment_wrong(struct moment_reader *reader, const char *code,
                          const struct moment_token *token, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = arena_vprintf(reader->arena, format, args);
    va_end(args);
    struct diag *diag =
        diag_error(reader->diags, code, token_span(reader, token->from, token->to), "%s", text);
    if (strcmp(code, "M001") == 0)
        diag_hint(reader->diags, diag, "such a date is written %s", moment_like(reader->text));
    return diag;
}

struct diag *moment_expected(struct moment_reader *reader, const char *what)
{
    const struct moment_token *token = moment_ahead(reader, 0);
    if (token->kind == TOKEN_END)
        return moment_wrong(reader, "M001", token, "expected %s, but the moment ends here", what);
    return moment_wrong(reader, "M001", token, "expected %s, found '%s'", what, token->text);
}

/* --- tokens ---------------------------------------------------------------------------------- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* A name of a list's item has dots ("advice.ep.asked"). */
static size_t word_len(const char *text)
{
    size_t len = 0;
    while (is_letter(text[len]) || is_digit(text[len]) ||
           ((text[len] == '.' || text[len] == '-') && is_letter(text[len + 1])))
        len++;
    return len;
}

static bool looks_like_iso(const char *text, size_t digits)
{
    return digits == 4 && text[4] == '-' && is_digit(text[5]);
}

static void read_number(const char *text, struct moment_token *token, size_t *len)
{
    static const char *const suffixes[] = { "st", "nd", "rd", "th" };
    size_t digits = strspn(text, "0123456789");
    *len = digits + word_len(text + digits);
    token->kind = TOKEN_WRONG;
    if (looks_like_iso(text, digits)) {
        *len = strspn(text, "0123456789-");
        char iso[ISO_LEN + 1] = "";
        if (*len == ISO_LEN) {
            memcpy(iso, text, ISO_LEN);
            if (day_parse(iso, &token->date))
                token->kind = TOKEN_DATE;
        }
        return;
    }
    if (digits > DIGITS_MAX)
        return;
    for (size_t i = 0; i < digits; i++)
        token->number = token->number * 10 + (text[i] - '0');
    if (*len == digits)
        token->kind = TOKEN_NUMBER;
    for (size_t i = 0; i < 4 && *len == digits + 2; i++) {
        if (memcmp(text + digits, suffixes[i], 2) == 0)
            token->kind = TOKEN_ORDINAL;
    }
}

static void read_token(const char *text, struct moment_token *token, size_t *len)
{
    *len = 1;
    if (is_digit(*text)) {
        read_number(text, token, len);
    } else if (is_letter(*text)) {
        token->kind = TOKEN_WORD;
        *len = word_len(text);
    } else if (*text == '(') {
        token->kind = TOKEN_OPEN;
    } else if (*text == ')') {
        token->kind = TOKEN_CLOSE;
    } else if (*text == ',') {
        token->kind = TOKEN_COMMA;
    } else {
        token->kind = TOKEN_WRONG;
        size_t wide = utf8_len(text, strlen(text));
        *len = wide ? wide : 1;
    }
}

static bool wrong_token(struct moment_reader *reader, const struct moment_token *token)
{
    struct diag *diag;
    if (looks_like_iso(token->text, strspn(token->text, "0123456789"))) {
        char why[160];
        day_parse_why(token->text, why, sizeof why);
        moment_wrong(reader, "M001", token, "%s", why);
        return false;
    }
    diag = moment_wrong(reader, "M001", token, "'%s' cannot be read", token->text);
    size_t digits = strspn(token->text, "0123456789");
    if (digits && token->text[digits])
        diag_hint(reader->diags, diag, "put a space between number and word");
    return false;
}

/* Hours are refused wherever they stand, before the rest puzzles over them. */
static bool no_hours(struct moment_reader *reader)
{
    static const char *const hours[] = { "hour", "hours", "hrs", "minute", "minutes" };
    for (size_t i = 1; i < reader->count; i++) {
        const struct moment_token *token = &reader->tokens[i];
        if (token[-1].kind != TOKEN_NUMBER || token->kind != TOKEN_WORD ||
            !text_in(token->text, hours, sizeof hours / sizeof *hours))
            continue;
        struct moment_token both = { .from = token[-1].from, .to = token->to };
        moment_wrong(reader, "M003", &both, "'%s %s': hours are not counted", token[-1].text,
                     token->text);
        return false;
    }
    return true;
}

bool moment_tokens(struct moment_reader *reader)
{
    struct {
        struct moment_token *at;
        size_t count, room;
    } list = { 0 };
    const char *text = reader->text;
    place(reader);
    struct moment_token whole = { .from = 0, .to = strnlen(text, TEXT_MAX) };
    if (text[whole.to]) {
        moment_wrong(reader, "M001", &whole, "a moment has at most %d letters", (int)TEXT_MAX);
        return false;
    }
    for (size_t at = strspn(text, " \t\n"); text[at]; at += strspn(text + at, " \t\n")) {
        struct moment_token *token = LIST_ADD(reader->arena, &list);
        size_t len;
        read_token(text + at, token, &len);
        token->from = at;
        token->to = at += len;
        token->text = arena_text_n(reader->arena, text + token->from, len);
        if (token->kind == TOKEN_WRONG)
            return wrong_token(reader, token);
        if (list.count == TOKENS_MAX) {
            moment_wrong(reader, "M001", &whole, "a moment has at most %d words", (int)TOKENS_MAX);
            return false;
        }
    }
    *LIST_ADD(reader->arena, &list) = (struct moment_token){
        .kind = TOKEN_END, .text = "", .from = whole.to, .to = whole.to };
    reader->tokens = list.at;
    reader->count = list.count;
    return no_hours(reader);
}

const struct moment_token *moment_ahead(const struct moment_reader *reader, size_t ahead)
{
    size_t at = reader->at + ahead;
    return &reader->tokens[at < reader->count ? at : reader->count - 1];
}

bool moment_is(const struct moment_reader *reader, size_t ahead, const char *word)
{
    const struct moment_token *token = moment_ahead(reader, ahead);
    return token->kind == TOKEN_WORD && strcmp(token->text, word) == 0;
}

bool moment_take(struct moment_reader *reader, const char *word)
{
    bool is = moment_is(reader, 0, word);
    if (is)
        reader->at++;
    return is;
}

const struct moment_token *moment_next(struct moment_reader *reader)
{
    const struct moment_token *token = moment_ahead(reader, 0);
    if (token->kind != TOKEN_END)
        reader->at++;
    return token;
}

int moment_month(const struct moment_token *token)
{
    return token->kind == TOKEN_WORD ? month_from_name(token->text, strlen(token->text)) : 0;
}

int moment_weekday(const struct moment_token *token)
{
    return token->kind == TOKEN_WORD ? weekday_from_name(token->text, strlen(token->text)) : -1;
}

/* --- nodes ----------------------------------------------------------------------------------- */

struct moment *moment_new(struct moment_reader *reader, enum moment_kind kind)
{
    struct moment *moment = ARENA_NEW(reader->arena, struct moment);
    moment->kind = kind;
    moment->date = DAY_NONE;
    return moment;
}

const struct moment *moment_done(struct moment_reader *reader, struct moment *moment, size_t from)
{
    size_t first = reader->tokens[from].from, last = reader->tokens[reader->at - 1].to;
    moment->text = arena_text_n(reader->arena, reader->text + first, last - first);
    moment->span = token_span(reader, first, last);
    return moment;
}
