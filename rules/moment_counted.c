/* SPDX-License-Identifier: MIT */
/* What is counted from one other moment: periods, notice, birthdays. */
#include "rules/moment_reader.h"

#include <stddef.h>

static bool base_of(struct moment_reader *reader, struct moment *moment)
{
    moment->base = moment_term(reader);
    return moment->base != NULL;
}

static bool starting_with(struct moment_reader *reader, const struct moment *moment)
{
    int least = moment->length.n;
    const struct moment_token *token = moment_ahead(reader, 0);
    if (!moment_take(reader, "with")) {
        moment_expected(reader, "'with'");
        return false;
    }
    for (size_t i = 0; i < moment->later_count; i++)
        least = moment->later[i].length.n < least ? moment->later[i].length.n : least;
    if (least < 1) {
        moment_wrong(reader, "M001", token, "what starts with a day is at least 1 long");
        return false;
    }
    return true;
}

/* "2 weeks after X", "limit before X", "12 months starting with X" */
const struct moment *moment_counted(struct moment_reader *reader)
{
    static const char *const joints[] = { "after", "before", "starting" };
    size_t from = reader->at;
    struct moment *moment = moment_new(reader, MOMENT_AFTER);
    if (!moment_length(reader, moment))
        return NULL;
    const struct moment_token *joint = moment_ahead(reader, 0);
    if (moment_take(reader, "before")) {
        moment->kind = MOMENT_BEFORE;
    } else if (moment_take(reader, "starting")) {
        moment->starting = true;
        if (!starting_with(reader, moment))
            return NULL;
    } else if (!moment_take(reader, "after")) {
        struct diag *diag = moment_expected(reader, "'after', 'before' or 'starting with'");
        if (!moment_suggest_other(reader, diag, joint->text))
            diag_nearest(reader->diags, diag, joint->text, joints, 3);
        return NULL;
    }
    return base_of(reader, moment) ? moment_done(reader, moment, from) : NULL;
}

/* "at least 2 weeks before X" */
const struct moment *moment_notice(struct moment_reader *reader)
{
    size_t from = reader->at;
    struct moment *moment = moment_new(reader, MOMENT_BEFORE);
    reader->at += 2;
    moment->at_least = true;
    if (!moment_length(reader, moment))
        return NULL;
    if (!moment_take(reader, "before")) {
        struct diag *diag = moment_expected(reader, "'before'");
        diag_hint(reader->diags, diag, "`at least` gives notice before a day; after one, write "
                                       "`day after (15 days after X)`");
        return NULL;
    }
    return base_of(reader, moment) ? moment_done(reader, moment, from) : NULL;
}

/* "day after X", "day before X", "before X" */
const struct moment *moment_beside(struct moment_reader *reader, enum moment_kind kind,
                                   size_t words)
{
    size_t from = reader->at;
    struct moment *moment = moment_new(reader, kind);
    reader->at += words;
    return base_of(reader, moment) ? moment_done(reader, moment, from) : NULL;
}

/* "31st birthday of birth" */
const struct moment *moment_birthday(struct moment_reader *reader)
{
    size_t from = reader->at;
    struct moment *moment = moment_new(reader, MOMENT_BIRTHDAY);
    moment->length = (struct length){ moment_next(reader)->number, UNIT_YEAR };
    moment_next(reader); /* birthday */
    if (!moment_take(reader, "of")) {
        moment_expected(reader, "'of'");
        return NULL;
    }
    return base_of(reader, moment) ? moment_done(reader, moment, from) : NULL;
}

/* "anniversary of X", "next anniversary of X after Y" */
const struct moment *moment_anniversary(struct moment_reader *reader, size_t words)
{
    size_t from = reader->at;
    struct moment *moment = moment_new(reader, MOMENT_ANNIVERSARY);
    reader->at += words;
    moment->base = moment_simple(reader);
    if (!moment->base)
        return NULL;
    if (moment_take(reader, "after")) {
        moment->after = moment_term(reader);
        if (!moment->after)
            return NULL;
    } else if (words > 2) {
        moment_expected(reader, "'after'");
        return NULL;
    }
    return moment_done(reader, moment, from);
}
