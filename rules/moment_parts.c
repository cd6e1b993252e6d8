/* SPDX-License-Identifier: MIT */
/* Lengths and names. */
#include "rules/moment_reader.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include <string.h>

enum { LENGTH_MAX = 9999 };

/* --- lengths --------------------------------------------------------------------------------- */

static const char *const unit_words[] = { "day",    "days",  "week",    "weeks", "month",
                                          "months", "years", "working", "school" };
enum { UNIT_WORD_COUNT = sizeof unit_words / sizeof *unit_words };

static bool unit_here(struct moment_reader *reader, enum unit *out)
{
    const char *kind = length_unit_kind(moment_ahead(reader, 0)->text);
    if (kind)
        moment_next(reader);
    const struct moment_token *token = moment_ahead(reader, 0);
    if (token->kind == TOKEN_WORD && length_unit(kind, token->text, out)) {
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

static bool setting(struct moment_reader *reader, struct moment *moment)
{
    const struct moment_token *token = moment_next(reader);
    const struct moment_names *names = reader->names;
    struct anchor anchor;
    if (names && names->length && names->length(names->self, token->text, &moment->length)) {
        if (names->later)
            moment->later = names->later(names->self, token->text, &moment->later_count);
        return true;
    }
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

bool moment_length(struct moment_reader *reader, struct moment *moment)
{
    const struct moment_token *token = moment_ahead(reader, 0);
    if (token->kind == TOKEN_WORD)
        return setting(reader, moment);
    if (token->kind != TOKEN_NUMBER) {
        moment_expected(reader, "a length");
        return false;
    }
    moment_next(reader);
    if (token->number > LENGTH_MAX) {
        moment_wrong(reader, "M001", token, "a length is at most %d", (int)LENGTH_MAX);
        return false;
    }
    moment->length.n = token->number;
    return unit_here(reader, &moment->length.unit);
}

/* --- names ----------------------------------------------------------------------------------- */

static void named(struct moment_reader *reader, const struct moment_token *token, bool number,
                  struct anchor *out)
{
    const struct moment_names *names = reader->names;
    *out = (struct anchor){ .kind = ANCHOR_GIVEN, .name = token->text };
    if (!names || !names->anchor || names->anchor(names->self, token->text, number, out))
        return;
    reader->unknown_names = true;
    if (diag_blamed(reader->diags, token->text))
        return;
    struct diag *diag = moment_wrong(reader, "M002", token, "unknown %s '%s'",
                                     number ? "year" : "name", token->text);
    moment_suggest_name(reader, diag, token->text);
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
