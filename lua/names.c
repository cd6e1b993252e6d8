/* SPDX-License-Identifier: MIT */
/* names - reads a one-line condition word by word, before Lua does: each name
 * must be one the process has, and the line must be one expression. A choice
 * that is compared with a text must have it among its options. */
#include "engine/base/text.h"
#include "lua/library.h"
#include "lua/state.h"
#include <stdio.h>
#include <string.h>

enum word_kind { WORD_END, WORD_NAME, WORD_TEXT, WORD_NUMBER, WORD_SIGN };
struct word {
    enum word_kind kind;
    const char *at;   /* Within the condition. */
    size_t len;
};

struct reading {
    const struct condition *condition;
    const struct scope *scope;
    struct diags *diags;
    const char *at;
    struct word last[3];      /* The words before the current one, newest first. */
    int depth;                /* Of brackets. */
    bool good;
};

static bool is_name(char c)
{
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word(const struct word *word, const char *text)
{
    return word->kind != WORD_TEXT && strlen(text) == word->len &&
           strncmp(word->at, text, word->len) == 0;
}

/* --- places ---------------------------------------------------------------------------------- */

/* The word's own place when the line of the file reads as the condition does; else the whole's. */
static struct span span_of(const struct reading *r, const struct word *word)
{
    enum { QUOTE_MAX = 2 };
    struct span span = r->condition->span;
    const char *line = span.source ? source_line(span.source, span.line) : NULL;
    size_t offset = (size_t)(word->at - r->condition->source),
           len = strcspn(r->condition->source, "\n");
    if (!line || span.col < 1 || offset >= len || strlen(line) < (size_t)span.col - 1)
        return span;
    const char *start = line;
    for (int col = 1; col < span.col && *start && *start != '\n'; col++)
        start += utf8_len(start, strlen(start)) ? utf8_len(start, strlen(start)) : 1;
    for (int shift = 0; shift < QUOTE_MAX && start[shift]; shift++) {
        if (strncmp(start + shift, r->condition->source, len) != 0)
            continue;
        span.col += shift + (int)utf8_columns(r->condition->source, offset);
        span.end_col = span.col + (int)utf8_columns(word->at, word->len);
        return span;
    }
    return span;
}

/* --- words ----------------------------------------------------------------------------------- */

static struct word read_quoted(const char *at)
{
    const char *end = at + 1;
    while (*end && *end != *at && *end != '\n')
        end += end[0] == '\\' && end[1] ? 2 : 1;
    return (struct word){ WORD_TEXT, at, (size_t)(end - at) + (*end == *at) };
}

static struct word read_number(const char *at)
{
    const char *end = at;
    bool hex = at[0] == '0' && (at[1] == 'x' || at[1] == 'X');
    while (is_digit(*end) || is_name(*end) || *end == '.') {
        bool exponent = hex ? (*end | 0x20) == 'p' : (*end | 0x20) == 'e';
        if (exponent && (end[1] == '+' || end[1] == '-'))
            end++;
        end++;
    }
    return (struct word){ WORD_NUMBER, at, (size_t)(end - at) };
}

static struct word read_sign(const char *at)
{
    static const char *const longer[] = {
        "...", "..", "==", "~=", "<=", ">=", "//", "::",
        "<<",  ">>", "--", "[[", "[=", "!=", "&&", "||",
    };
    for (size_t i = 0; i < sizeof longer / sizeof *longer; i++)
        if (text_starts(at, longer[i]))
            return (struct word){ WORD_SIGN, at, strlen(longer[i]) };
    size_t len = utf8_len(at, strlen(at));
    return (struct word){ WORD_SIGN, at, len ? len : 1 };
}

static struct word read_word(const char *at)
{
    at += strspn(at, " \t\r\n\v\f");
    if (!*at)
        return (struct word){ WORD_END, at, 0 };
    if (is_name(*at)) {
        const char *end = at;
        while (is_name(*end) || is_digit(*end))
            end++;
        return (struct word){ WORD_NAME, at, (size_t)(end - at) };
    }
    if (is_digit(*at) || (*at == '.' && is_digit(at[1])))
        return read_number(at);
    return *at == '"' || *at == '\'' ? read_quoted(at) : read_sign(at);
}

/* --- form ------------------------------------------------------------------------------------ */

static void wrong(struct reading *r, const struct word *word, const char *hint, const char *format,
                  ...) __attribute__((format(printf, 4, 5)));
static void wrong(struct reading *r, const struct word *word, const char *hint, const char *format,
                  ...)
{
    char text[256];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    struct diag *diag = diag_error(r->diags, "L001", span_of(r, word), "%s", text);
    if (hint)
        diag_hint(r->diags, diag, "%s", hint);
    r->good = false;
}

static bool is_statement(const struct word *word)
{
    static const char *const statements[] = {
        "break", "do", "else", "elseif", "end", "for", "function", "goto", "if",
        "in", "local", "nil", "repeat", "return", "then", "until", "while",
    };
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++)
        if (is_word(word, statements[i]))
            return true;
    return false;
}

/* Words and signs that have no place in one line, and what to write instead. */
static bool check_form(struct reading *r, const struct word *word)
{
    static const struct {
        const char *word, *hint;
    } no[] = {
        { "=", "== compares" },
        { "!=", "write ~= for 'is not'" },
        { "!", "write not" },
        { "&&", "write and" },
        { "||", "write or" },
        { "nil", "to ask whether something is there, write known(\"...\")" },
        { "function", "a function goes into a file of lua/, named as {lua: file.function}" },
        { "{", "a table goes into a function in a file of lua/" },
        { ";", "a condition is one expression" },
        { "--", "a comment goes behind # at the end of the line" },
        { "[[", "write texts in quotes" },
        { "[=", "write texts in quotes" },
        { "...", NULL },
        { "::", NULL },
        { "“", "write plain quotes" },
        { "”", "write plain quotes" },
        { "‘", "write plain quotes" },
        { "’", "write plain quotes" },
    };
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        if (is_word(word, no[i].word)) {
            wrong(r, word, no[i].hint, "'%s' has no place in a one-line condition", no[i].word);
            return false;
        }
    if (is_statement(word)) {
        wrong(r, word, "a condition is one expression; more goes into a function in a file of lua/",
              "'%.*s' has no place in a one-line condition", (int)word->len, word->at);
        return false;
    }
    return true;
}

static bool check_brackets(struct reading *r, const struct word *word)
{
    if (is_word(word, "(") || is_word(word, "["))
        r->depth++;
    if (is_word(word, ")") || is_word(word, "]"))
        r->depth--;
    if (r->depth < 0) {
        wrong(r, word, NULL, "'%.*s' closes nothing", (int)word->len, word->at);
        return false;
    }
    if (r->depth == 0 && is_word(word, ",")) {
        wrong(r, word, "and, or join conditions", "a comma has no place between conditions");
        return false;
    }
    return true;
}

/* --- names ----------------------------------------------------------------------------------- */

/* "maintain" without quotes is a common slip: some choice has it as an option. */
static bool is_option(const struct process *process, const char *name, size_t len)
{
    for (size_t i = 0; i < process->field_count; i++)
        for (size_t j = 0; j < process->fields[i].option_count; j++) {
            const char *option = process->fields[i].options[j].name;
            if (strncmp(option, name, len) == 0 && option[len] == '\0')
                return true;
        }
    return false;
}

static void unknown(struct reading *r, const struct word *word, const char *name, size_t len)
{
    char text[128];
    snprintf(text, sizeof text, "%.*s", (int)len, name);
    r->good = false; /* What Lua itself would say of it follows from that. */
    if (diag_blamed(r->diags, text))
        return;
    struct diag *diag = diag_error(r->diags, "L002", span_of(r, word), "unknown name '%s'", text);
    if (word->kind == WORD_NAME && is_option(r->scope->process, name, len))
        diag_hint(r->diags, diag, "write an option in quotes: \"%s\"", text);
    else
        diag_nearest(r->diags, diag, text, r->scope->words, r->scope->word_count);
}

static bool is_function(const struct word *word)
{
    size_t count;
    const struct library_entry *entries = library(&count);
    for (size_t i = 0; i < count; i++)
        if (library_in_conditions(&entries[i]) && is_word(word, entries[i].name))
            return true;
    return false;
}

static void check_name(struct reading *r, const struct word *word)
{
    static const char *const operators[] = { "and", "or", "not", "true", "false" };
    const struct word *before = &r->last[0];
    if (before->kind == WORD_SIGN && (is_word(before, ".") || is_word(before, ":")))
        return; /* A part of what stands before it: meeting.year */
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (is_word(word, operators[i]))
            return;
    const struct named *named = scope_find(r->scope, word->at, word->len);
    if (is_function(word)) {
        if (named)
            diag_error(r->diags, "L002", span_of(r, word),
                       "'%s' is a function here, and also a name of process '%s'", named->name,
                       r->scope->process->name);
    } else if (!named) {
        unknown(r, word, word->at, word->len);
    }
}

static bool is_joint(const struct word *word)
{
    static const char *const joints[] = { "and", "or", "not" };
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++)
        if (is_word(word, joints[i]))
            return true;
    return false;
}

/* `looked after`, `year_group 11`: two words with nothing between them that says what is asked. */
static bool check_beside(struct reading *r, const struct word *word)
{
    if (word->kind != WORD_NAME || is_joint(word) || is_function(word))
        return true;
    struct word next = read_word(word->at + word->len);
    if (next.kind == WORD_END || next.kind == WORD_SIGN || is_joint(&next) ||
        is_statement(&next))
        return true;
    char joined[128];
    snprintf(joined, sizeof joined, "%.*s_%.*s", (int)word->len, word->at, (int)next.len, next.at);
    const char *near = next.kind == WORD_NAME
                           ? text_nearest(joined, r->scope->words, r->scope->word_count) : NULL;
    struct diag *diag = diag_error(r->diags, "L001", span_of(r, &next),
                                   "nothing stands between '%.*s' and '%.*s'", (int)word->len,
                                   word->at, (int)next.len, next.at);
    if (near)
        diag_hint(r->diags, diag, "did you mean '%s'?", near);
    else
        diag_hint(r->diags, diag, "write ==, ~=, <, >, `and` or `or` between them");
    r->good = false;
    return false;
}

static const struct field *field_named(const struct reading *r, const struct word *word)
{
    const struct named *named =
        word->kind == WORD_NAME ? scope_find(r->scope, word->at, word->len) : NULL;
    return named && named->kind == NAMED_FIELD ? named->field : NULL;
}

/* A text is never yes, a number or a date: such a comparison would quietly never hold. */
static void check_kind(struct reading *r, const struct word *word, const struct field *field)
{
    const char *kind = field->type == FIELD_YES_NO ? "yes or no"
                       : field->type == FIELD_DATE ? "a date"
                       : field->type == FIELD_INTEGER || field->type == FIELD_NUMBER ||
                               field->type == FIELD_HOURS || field->type == FIELD_MONEY
                           ? "a number" : NULL;
    if (!kind)
        return;
    struct diag *diag = diag_error(r->diags, "L002", span_of(r, word),
                                   "'%s' is %s, which no text is the same as", field->name, kind);
    if (field->type == FIELD_YES_NO)
        diag_hint(r->diags, diag, "write `%s`, or `not %s`", field->name, field->name);
    else if (field->type == FIELD_DATE)
        diag_hint(r->diags, diag, "write date(%.*s)", (int)word->len, word->at);
    else
        diag_hint(r->diags, diag, "leave the quotes out");
}

static void check_option(struct reading *r, const struct word *word, const struct field *field)
{
    enum { OPTIONS_MAX = 64 };
    const char *words[OPTIONS_MAX];
    char text[128];
    size_t count = 0;
    snprintf(text, sizeof text, "%.*s", (int)word->len - 2, word->at + 1);
    for (size_t i = 0; i < field->option_count && count < OPTIONS_MAX; i++)
        words[count++] = field->options[i].name;
    if (count == 0 || text_in(text, words, count))
        return;
    struct diag *diag = diag_error(r->diags, "L002", span_of(r, word), "'%s' is no option of '%s'",
                                   text, field->name);
    diag_nearest(r->diags, diag, text, words, count);
}

/* known("NAME"), decision == "OPTION", has(needs, "OPTION"). */
static void check_text(struct reading *r, const struct word *word)
{
    const struct word *last = r->last;
    bool closed = word->len >= 2 && word->at[word->len - 1] == *word->at;
    if (!closed || memchr(word->at, '\\', word->len))
        return;
    if (is_word(&last[0], "(") && (is_word(&last[1], "known") || is_word(&last[1], "times"))) {
        if (!scope_find(r->scope, word->at + 1, word->len - 2))
            unknown(r, word, word->at + 1, word->len - 2);
        return;
    }
    bool compared = is_word(&last[0], "==") || is_word(&last[0], "~=");
    const struct field *field =
        compared || is_word(&last[0], ",") ? field_named(r, &last[1]) : NULL;
    if (field && field->type == (compared ? FIELD_CHOICE : FIELD_CHOICES))
        check_option(r, word, field);
    else if (field && compared)
        check_kind(r, word, field);
}

bool names_check(const struct condition *condition, const struct scope *scope, struct diags *diags)
{
    struct reading r = { .condition = condition, .scope = scope, .diags = diags,
                         .at = condition->source, .good = true };
    for (;;) {
        struct word word = read_word(r.at);
        if (word.kind == WORD_END) {
            if (r.depth > 0)
                wrong(&r, &r.last[0], NULL, "a bracket is not closed");
            return r.good;
        }
        if (!check_form(&r, &word) || !check_brackets(&r, &word) || !check_beside(&r, &word))
            return false;
        if (word.kind == WORD_NAME)
            check_name(&r, &word);
        else if (word.kind == WORD_TEXT)
            check_text(&r, &word);
        r.last[2] = r.last[1];
        r.last[1] = r.last[0];
        r.last[0] = word;
        r.at = word.at + word.len;
    }
}
