/* SPDX-License-Identifier: MIT */
/* moment_reader - the tokens of a moment and what is said about wrong ones,
 * for the files that read its grammar.
 *
 * What cannot be read ends the reading: the function that finds it says so
 * and returns NULL or false, and so do all above it. A name that nobody knows
 * is told too, but the reading goes on, so that all of them are told at once.
 */
#ifndef RULES_MOMENT_READER_H
#define RULES_MOMENT_READER_H

#include "rules/moment.h"

enum moment_token_kind {
    TOKEN_END, TOKEN_WORD, TOKEN_NUMBER, TOKEN_ORDINAL, TOKEN_DATE, TOKEN_OPEN, TOKEN_CLOSE,
    TOKEN_COMMA, TOKEN_WRONG,
};
struct moment_token {
    enum moment_token_kind kind;
    const char *text;  /* As written. */
    int number;        /* NUMBER, ORDINAL */
    day date;          /* DATE */
    size_t from, to;   /* Bytes of the whole. */
};

struct moment_reader {
    struct arena *arena;
    const char *text;
    struct span span;
    bool exact;        /* Columns can be worked out. */
    const struct moment_names *names; /* May be NULL. */
    struct diags *diags;
    const struct moment_token *tokens; /* The last is TOKEN_END. */
    size_t at, count;
    int depth;
    bool unknown_names;
};

/* Splits the text. False: told. */
bool moment_tokens(struct moment_reader *reader);

/* The token `ahead` of the next one; never beyond the end. */
const struct moment_token *moment_ahead(const struct moment_reader *reader, size_t ahead);
bool moment_is(const struct moment_reader *reader, size_t ahead, const char *word);
bool moment_take(struct moment_reader *reader, const char *word);
const struct moment_token *moment_next(struct moment_reader *reader);
int moment_month(const struct moment_token *token);   /* 1..12; 0: none. */
int moment_weekday(const struct moment_token *token); /* 0..6; -1: none. */

/* Findings at a token. */
struct diag *moment_wrong(struct moment_reader *reader, const char *code,
                          const struct moment_token *token, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* "expected WHAT, found 'x'", at the next token. */
struct diag *moment_expected(struct moment_reader *reader, const char *what);
/* The nearest among the names that the caller knows, and the words of the grammar. */
void moment_suggest_name(struct moment_reader *reader, struct diag *diag, const char *word);
/* How the kind of moment is written that a text most looks like. */
const char *moment_like(const char *text);
/* A hint for a word from other ways of saying it: "within" and the like. */
bool moment_suggest_other(struct moment_reader *reader, struct diag *diag, const char *word);

/* A node that began at token number `from` and ended with the last token taken. */
struct moment *moment_new(struct moment_reader *reader, enum moment_kind kind);
const struct moment *moment_done(struct moment_reader *reader, struct moment *moment, size_t from);

/* --- moment.c -------------------------------------------------------------------------------- */

/* A moment without `or`. */
const struct moment *moment_term(struct moment_reader *reader);
/* Only a name, a date or brackets: nothing that words after it could belong to. */
const struct moment *moment_simple(struct moment_reader *reader);

/* --- moment_counted.c ------------------------------------------------------------------------ */

/* "2 weeks after X", "at least 2 weeks before X", "31st birthday of X". */
const struct moment *moment_counted(struct moment_reader *reader);
const struct moment *moment_notice(struct moment_reader *reader);
const struct moment *moment_birthday(struct moment_reader *reader);
/* "day after X", "before X"; "anniversary of X": as many `words` stand before X. */
const struct moment *moment_beside(struct moment_reader *reader, enum moment_kind kind,
                                   size_t words);
const struct moment *moment_anniversary(struct moment_reader *reader, size_t words);

/* --- moment_parts.c -------------------------------------------------------------------------- */

/* A length: number and unit, or a setting. */
bool moment_length(struct moment_reader *reader, struct moment *moment);
/* A name as an anchor; `due of X` and `first X` with their words. */
const struct moment *moment_anchor(struct moment_reader *reader, bool number);

/* --- moment_recurring.c ---------------------------------------------------------------------- */

/* "15 February ...", "first Thursday of October ...", "next ...", "last ...", "end of ...",
 * "start of ...", "COLUMN of next ..."; each begins at the next token. */
const struct moment *moment_day_of_month(struct moment_reader *reader);
const struct moment *moment_weekday_of_month(struct moment_reader *reader);
const struct moment *moment_next_or_last(struct moment_reader *reader);
const struct moment *moment_edge(struct moment_reader *reader);
const struct moment *moment_column(struct moment_reader *reader);
/* "first" to "fourth", and "last" as -1. */
bool moment_ordinal_word(const struct moment_token *token, int *nth);

#endif
