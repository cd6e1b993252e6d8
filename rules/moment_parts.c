/* SPDX-License-Identifier: MIT */
/* Lengths and names. */
#include "rules/moment_reader.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include <string.h>

enum { LENGTH_MAX = 9999, DIGITS_MAX = 4 };

/* --- lengths --------------------------------------------------------------------------------- */

static const struct {
    const char *kind, *word;
    enum unit unit;
} units[] = {
    { NULL, "day", UNIT_DAY },
    { NULL, "days", UNIT_DAY },
    { NULL, "week", UNIT_WEEK },
    { NULL, "weeks", UNIT_WEEK },
    { NULL, "month", UNIT_MONTH },
    { NULL, "months", UNIT_MONTH },
    { NULL, "year", UNIT_YEAR },
    { NULL, "years", UNIT_YEAR },
    { "working", "day", UNIT_WORKING_DAY },
    { "working", "days", UNIT_WORKING_DAY },
    { "school", "day", UNIT_SCHOOL_DAY },
    { "school", "days", UNIT_SCHOOL_DAY },
    { "school", "week", UNIT_SCHOOL_WEEK },
    { "school", "weeks", UNIT_SCHOOL_WEEK },
};
enum { UNIT_COUNT = sizeof units / sizeof *units };
static const char *const unit_words[] = { "day",    "days",  "week",    "weeks", "month",
                                          "months", "years", "working", "school" };
enum { UNIT_WORD_COUNT = sizeof unit_words / sizeof *unit_words };

static bool unit_find(const char *kind, const char *word, enum unit *out)
{
    for (size_t i = 0; i < UNIT_COUNT; i++) {
        if (text_same(units[i].kind, kind) && strcmp(units[i].word, word) == 0) {
            *out = units[i].unit;
            return true;
        }
    }
    return false;
}

static const char *unit_kind(const char *word)
{
    return strcmp(word, "working") == 0 ? "working" : strcmp(word, "school") == 0 ? "school" : NULL;
}

static bool unit_here(struct moment_reader *reader, enum unit *out)
{
    const char *kind = unit_kind(moment_ahead(reader, 0)->text);
    if (kind)
        moment_next(reader);
    const struct moment_token *token = moment_ahead(reader, 0);
    if (token->kind == TOKEN_WORD && unit_find(kind, token->text, out)) {
        moment_next(reader);
        return true;
    }
    if (kind) {
        moment_expected(reader, strcmp(kind, "school") == 0 ? "'days' or 'weeks'" : "'days'");
        return false;
    }
    struct diag *diag = moment_expected(reader, "days, weeks, months, years or working days");
    if (moment_is(reader, 0, "calendar"))
        diag_hint(reader->diags, diag, "`days` are calendar days: leave 'calendar' out");
    else
        diag_nearest(reader->diags, diag, token->text, unit_words, UNIT_WORD_COUNT);
    return false;
}

/* A setting that was given a wrong value: said where it was given, not where it is used. */
static bool wrong_setting(struct moment_reader *reader, const struct moment_token *token)
{
    const struct moment_names *names = reader->names;
    struct span span;
    const char *text;
    if (!names || !names->setting || !names->setting(names->self, token->text, &span, &text))
        return false;
    struct diag *diag =
        diag_error(reader->diags, "R013", span, "'%s' is not a length, which '%s' must be", text,
                   token->text);
    diag_note(reader->diags, diag, reader->span, "it is counted with");
    diag_hint(reader->diags, diag, "write a number and a unit: `2 weeks`, `10 working days`");
    return true;
}

static bool setting(struct moment_reader *reader, struct length *out)
{
    const struct moment_token *token = moment_next(reader);
    const struct moment_names *names = reader->names;
    struct anchor anchor;
    if (names && names->length && names->length(names->self, token->text, out))
        return true;
    if (wrong_setting(reader, token))
        return false;
    struct diag *diag = moment_wrong(reader, "R013", token, "'%s' is not a length", token->text);
    if (!names || !names->anchor ||
        names->anchor(names->self, token->text, false, &anchor))
        diag_hint(reader->diags, diag, "write a length before `after`: `2 weeks after X`");
    else
        moment_suggest_name(reader, diag, token->text);
    return false;
}

bool moment_length(struct moment_reader *reader, struct length *out)
{
    const struct moment_token *token = moment_ahead(reader, 0);
    if (token->kind == TOKEN_WORD)
        return setting(reader, out);
    if (token->kind != TOKEN_NUMBER) {
        moment_expected(reader, "a length");
        return false;
    }
    moment_next(reader);
    if (token->number > LENGTH_MAX) {
        moment_wrong(reader, "M001", token, "a length is at most %d", (int)LENGTH_MAX);
        return false;
    }
    out->n = token->number;
    return unit_here(reader, &out->unit);
}

/* Takes a word from *text into `word`; false: there is none of that length. */
static bool split_word(const char **text, char word[], size_t room)
{
    const char *at = *text + strspn(*text, " ");
    size_t len = strcspn(at, " ");
    if (len == 0 || len >= room)
        return false;
    memcpy(word, at, len);
    word[len] = '\0';
    *text = at + len;
    return true;
}

bool length_parse(const char *text, struct length *out)
{
    char number[DIGITS_MAX + 1], word[16];
    int64_t n;
    struct length length;
    if (!split_word(&text, number, sizeof number) || !text_int(number, &n) || n < 0 ||
        number[0] == '+' || !split_word(&text, word, sizeof word))
        return false;
    const char *kind = unit_kind(word);
    if (kind && !split_word(&text, word, sizeof word))
        return false;
    if (!unit_find(kind, word, &length.unit) || text[strspn(text, " ")])
        return false;
    length.n = (int)n;
    *out = length;
    return true;
}

/* --- names ----------------------------------------------------------------------------------- */

static void named(struct moment_reader *reader, const struct moment_token *token, bool number,
                  struct anchor *out)
{
    const struct moment_names *names = reader->names;
    *out = (struct anchor){ .kind = ANCHOR_GIVEN, .name = token->text };
    if (!names || !names->anchor || names->anchor(names->self, token->text, number, out))
        return;
    struct diag *diag = moment_wrong(reader, "M002", token, "unknown %s '%s'",
                                     number ? "year" : "name", token->text);
    moment_suggest_name(reader, diag, token->text);
    reader->unknown_names = true;
}

/* "2 weeks after or": a word of the grammar where a name should stand. */
static bool is_grammar(const char *word)
{
    static const char *const anchors[] = { "asked", "done", "occasion", "opened" };
    return moment_word(word) && !text_in(word, anchors, sizeof anchors / sizeof *anchors);
}

/* `first` and `latest` choose among the times that an event happened. */
static bool chooses(struct moment_reader *reader)
{
    return (moment_is(reader, 0, "first") || moment_is(reader, 0, "latest")) &&
           moment_ahead(reader, 1)->kind == TOKEN_WORD;
}

const struct moment *moment_anchor(struct moment_reader *reader, bool number)
{
    size_t from = reader->at;
    struct moment *moment = moment_new(reader, MOMENT_ANCHOR);
    bool due = moment_is(reader, 0, "due") && moment_is(reader, 1, "of");
    bool chosen = chooses(reader), first = chosen && moment_is(reader, 0, "first");
    if (due)
        reader->at += 2;
    else if (chosen)
        moment_next(reader);
    const struct moment_token *token = moment_ahead(reader, 0);
    if (token->kind != TOKEN_WORD || is_grammar(token->text)) {
        struct diag *diag = moment_expected(reader, due ? "the name of a deadline" : "a name");
        if (chosen && moment_is(reader, 0, "of"))
            diag_hint(reader->diags, diag, "write `earlier of (A and B)` or `later of (A and B)`");
        return NULL;
    }
    moment_next(reader);
    if (due)
        moment->anchor = (struct anchor){ .kind = ANCHOR_DUE, .name = token->text };
    else
        named(reader, token, number, &moment->anchor);
    moment->anchor.first = first;
    moment->anchor.chosen = chosen;
    return moment_done(reader, moment, from);
}
