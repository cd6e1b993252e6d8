/* SPDX-License-Identifier: MIT */
/* Recursive descent without going back: what a term is shows in its first few tokens.
 *
 *   choice = term { "or" term }
 *   term   = simple | length ("after" | "before" | "starting with") term | "before" term | ...
 *   simple = "(" choice ")" | date | name
 */
#include "rules/moment_reader.h"

#include "engine/base/arena.h"
#include <string.h>

enum { DEPTH_MAX = 32 };

static const struct moment *choice(struct moment_reader *reader);

struct parts {
    const struct moment **at;
    size_t count, room;
};

static struct moment *with_parts(struct moment_reader *reader, enum moment_kind kind,
                                 const struct parts *parts)
{
    struct moment *moment = moment_new(reader, kind);
    moment->parts = parts->at;
    moment->part_count = parts->count;
    return moment;
}

/* --- or -------------------------------------------------------------------------------------- */

/* In "2 weeks after X or Y" nobody can tell whether Y is a date of its own. */
static bool swallows_or(const struct moment *moment)
{
    switch (moment->kind) {
    case MOMENT_AFTER:
    case MOMENT_BEFORE:
    case MOMENT_DAY_AFTER:
    case MOMENT_DAY_BEFORE:
    case MOMENT_RECURRING:
    case MOMENT_MONTH_END:
    case MOMENT_BIRTHDAY:
    case MOMENT_ANNIVERSARY:
        return true;
    default:
        return false;
    }
}

/* A moment with whatever `or` joins to it. */
static const struct moment *choice(struct moment_reader *reader)
{
    struct parts parts = { 0 };
    size_t from = reader->at;
    for (;;) {
        bool bracketed = moment_ahead(reader, 0)->kind == TOKEN_OPEN;
        const struct moment *part = moment_term(reader);
        if (!part)
            return NULL;
        *LIST_ADD(reader->arena, &parts) = part;
        const struct moment_token *token = moment_ahead(reader, 0);
        if (!moment_take(reader, "or"))
            break;
        if (!bracketed && swallows_or(part)) {
            struct diag *diag = moment_wrong(reader, "M001", token,
                                             "it is not clear what `or` belongs to");
            diag_hint(reader->diags, diag, "write `2 weeks after (X or Y)`, in brackets");
            return NULL;
        }
    }
    if (parts.count == 1)
        return parts.at[0];
    return moment_done(reader, with_parts(reader, MOMENT_FIRST_KNOWN, &parts), from);
}

/* --- brackets and lists ---------------------------------------------------------------------- */

static bool closes(struct moment_reader *reader, const char *expected)
{
    if (moment_ahead(reader, 0)->kind != TOKEN_CLOSE) {
        struct diag *diag = moment_expected(reader, expected);
        moment_suggest_other(reader, diag, moment_ahead(reader, 0)->text);
        return false;
    }
    moment_next(reader);
    return true;
}

static const struct moment *bracketed(struct moment_reader *reader)
{
    moment_next(reader);
    const struct moment *inside = choice(reader);
    return inside && closes(reader, "')'") ? inside : NULL;
}

static bool joins(struct moment_reader *reader)
{
    bool comma = moment_ahead(reader, 0)->kind == TOKEN_COMMA;
    if (comma)
        moment_next(reader);
    return moment_take(reader, "and") || comma;
}

/* "earlier of (A and B)"; also "later of" and "all of". */
static const struct moment *several(struct moment_reader *reader, enum moment_kind kind)
{
    size_t from = reader->at;
    struct parts parts = { 0 };
    const char *word = moment_next(reader)->text;
    moment_next(reader); /* of */
    const struct moment_token *open = moment_ahead(reader, 0);
    if (open->kind != TOKEN_OPEN) {
        struct diag *diag = moment_expected(reader, "'('");
        diag_hint(reader->diags, diag, "write `%s of (A and B)`", word);
        return NULL;
    }
    moment_next(reader);
    do {
        const struct moment *part = choice(reader);
        if (!part)
            return NULL;
        *LIST_ADD(reader->arena, &parts) = part;
    } while (joins(reader));
    if (!closes(reader, "'and', ',' or ')'"))
        return NULL;
    if (parts.count == 1) {
        struct diag *diag = moment_wrong(reader, "M001", open, "`%s of` needs two dates or more",
                                         word);
        if (parts.at[0]->kind == MOMENT_FIRST_KNOWN)
            diag_hint(reader->diags, diag, "`or` takes the first that is known: write `and`");
        return NULL;
    }
    return moment_done(reader, with_parts(reader, kind, &parts), from);
}

/* --- dates and names ------------------------------------------------------------------------- */

static const struct moment *written_date(struct moment_reader *reader)
{
    struct moment *moment = moment_new(reader, MOMENT_DATE);
    size_t from = reader->at;
    moment->date = moment_next(reader)->date;
    return moment_done(reader, moment, from);
}

const struct moment *moment_simple(struct moment_reader *reader)
{
    switch (moment_ahead(reader, 0)->kind) {
    case TOKEN_OPEN:
        return bracketed(reader);
    case TOKEN_DATE:
        return written_date(reader);
    case TOKEN_NUMBER:
        if (moment_month(moment_ahead(reader, 1)))
            return moment_day_of_month(reader);
        break;
    case TOKEN_WORD:
        return moment_anchor(reader, false);
    default:
        break;
    }
    moment_expected(reader, "a date or a name");
    return NULL;
}

/* --- terms ----------------------------------------------------------------------------------- */

static const struct moment *number_term(struct moment_reader *reader)
{
    const struct moment_token *next = moment_ahead(reader, 1);
    if (moment_month(next))
        return moment_day_of_month(reader);
    if (moment_ahead(reader, 0)->kind == TOKEN_NUMBER)
        return moment_counted(reader);
    if (moment_is(reader, 1, "birthday"))
        return moment_birthday(reader);
    moment_next(reader);
    moment_expected(reader, "'birthday' or a month");
    return NULL;
}

/* "first Thursday of October", not "first review". */
static bool is_weekday_of_month(const struct moment_reader *reader)
{
    int nth;
    return moment_ordinal_word(moment_ahead(reader, 0), &nth) &&
           moment_weekday(moment_ahead(reader, 1)) >= 0;
}

static bool is_next_or_last(const struct moment_reader *reader, size_t ahead)
{
    return moment_is(reader, ahead, "next") || moment_is(reader, ahead, "last");
}

static bool is_setting(const struct moment_reader *reader)
{
    return moment_is(reader, 1, "after") || moment_is(reader, 1, "before") ||
           (moment_is(reader, 1, "starting") && moment_is(reader, 2, "with"));
}

/* Terms that begin with "WORD of". */
static const struct moment *of_term(struct moment_reader *reader)
{
    if (is_next_or_last(reader, 2))
        return moment_column(reader);
    if (moment_is(reader, 0, "earlier"))
        return several(reader, MOMENT_EARLIER);
    if (moment_is(reader, 0, "later"))
        return several(reader, MOMENT_LATER);
    if (moment_is(reader, 0, "all"))
        return several(reader, MOMENT_ALL);
    if (moment_is(reader, 0, "end") || moment_is(reader, 0, "start"))
        return moment_edge(reader);
    if (moment_is(reader, 0, "anniversary"))
        return moment_anniversary(reader, 2);
    return moment_anchor(reader, false);
}

static const struct moment *word_term(struct moment_reader *reader)
{
    if (moment_is(reader, 1, "of"))
        return of_term(reader);
    if (moment_take(reader, "on"))
        return moment_term(reader);
    if (moment_is(reader, 0, "before"))
        return moment_beside(reader, MOMENT_DAY_BEFORE, 1);
    if (moment_is(reader, 0, "at") && moment_is(reader, 1, "least"))
        return moment_notice(reader);
    if (moment_is(reader, 0, "day") && moment_is(reader, 1, "after"))
        return moment_beside(reader, MOMENT_DAY_AFTER, 2);
    if (moment_is(reader, 0, "day") && moment_is(reader, 1, "before"))
        return moment_beside(reader, MOMENT_DAY_BEFORE, 2);
    if (is_weekday_of_month(reader))
        return moment_weekday_of_month(reader);
    if (moment_is(reader, 0, "next") && moment_is(reader, 1, "anniversary") &&
        moment_is(reader, 2, "of"))
        return moment_anniversary(reader, 3);
    if (is_next_or_last(reader, 0))
        return moment_next_or_last(reader);
    if (is_setting(reader))
        return moment_counted(reader);
    return moment_anchor(reader, false);
}

static const struct moment *any_term(struct moment_reader *reader)
{
    switch (moment_ahead(reader, 0)->kind) {
    case TOKEN_OPEN:
        return bracketed(reader);
    case TOKEN_DATE:
        return written_date(reader);
    case TOKEN_NUMBER:
    case TOKEN_ORDINAL:
        return number_term(reader);
    case TOKEN_WORD:
        return word_term(reader);
    default:
        moment_expected(reader, "a date, a length or a name");
        return NULL;
    }
}

const struct moment *moment_term(struct moment_reader *reader)
{
    if (reader->depth == DEPTH_MAX) {
        moment_wrong(reader, "M001", moment_ahead(reader, 0), "a moment is at most %d deep",
                     (int)DEPTH_MAX);
        return NULL;
    }
    reader->depth++;
    const struct moment *moment = any_term(reader);
    reader->depth--;
    return moment;
}

/* --- the whole ------------------------------------------------------------------------------- */

static void left_over(struct moment_reader *reader)
{
    const struct moment_token *token = moment_ahead(reader, 0), *last = token - 1;
    struct diag *diag = moment_wrong(reader, "M001", token, "the moment is complete before '%s'",
                                     token->text);
    if (moment_is(reader, 0, "and") || token->kind == TOKEN_COMMA)
        diag_hint(reader->diags, diag, "write `earlier of (A and B)`, `later of` or `all of`");
    else if (!moment_suggest_other(reader, diag, token->text) && last->kind == TOKEN_WORD &&
             !moment_word(last->text) && token->kind != TOKEN_CLOSE)
        moment_suggest_name(reader, diag, last->text);
}

const struct moment *moment_parse(struct arena *arena, const char *text, struct span span,
                                  const struct moment_names *names, struct diags *diags)
{
    struct moment_reader reader = {
        .arena = arena, .text = text, .span = span, .names = names, .diags = diags
    };
    if (!moment_tokens(&reader))
        return NULL;
    const struct moment *moment = choice(&reader);
    if (moment && moment_ahead(&reader, 0)->kind != TOKEN_END) {
        if (!reader.unknown_names) /* Else a word too many was taken for a name, and said. */
            left_over(&reader);
        return NULL;
    }
    return reader.unknown_names ? NULL : moment;
}
