/* SPDX-License-Identifier: MIT */
/* The lines of a school year put together to its terms. */
#include "engine/run/calendar_news.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/run/termwords.h"

#include <stdlib.h>
#include <string.h>

/* Shorter or longer is no term, and no break in one: a date was mistyped. */
enum { TERM_MIN = 20, TERM_MAX = 150, BREAK_MAX = 24, INSET_MAX = 5 };

struct part {
    int line;
    day from, to, half_from, half_to;
    enum season season;
    int half;
};

struct joining {
    struct arena *arena;
    struct err *err;
    struct news *out;
    struct { struct part *at; size_t count, room; } parts;
    struct { int line; day from; enum season season; } begun; /* from DAY_NONE: none. */
};

/* --- each line ------------------------------------------------------------------------------- */

static enum err_code check_year(struct joining *j, const struct news_piece *piece,
                                const struct term_words *words)
{
    int year = ymd_of(piece->from).year;
    day begins = words->year ? day_of(words->year, 8, 1) : DAY_NONE;
    bool fits = words->school_year
                    ? piece->from >= begins && piece->to < day_add_months(begins, 13)
                    : year == words->year || ymd_of(piece->to).year == words->year;
    char text[DAY_TEXT_MAX];
    if (!words->year || fits)
        return ERR_NONE;
    return err_set(j->err, ERR_INPUT, "line %d: '%s' begins on %s, which is not in that year",
                   piece->line, piece->text, day_short(piece->from, text));
}

static enum err_code add_part(struct joining *j, const struct part *part)
{
    int days = part->to - part->from + 1;
    if (days < (part->half ? 5 : TERM_MIN) || days > TERM_MAX)
        return err_set(j->err, ERR_INPUT, "line %d: a term of %s", part->line,
                       text_count(j->arena, days, "day", "days"));
    *LIST_ADD(j->arena, &j->parts) = *part;
    if (part->season == SEASON_NONE)
        j->parts.at[j->parts.count - 1].season = season_at(part->from);
    return ERR_NONE;
}

static enum err_code add_edge(struct joining *j, const struct news_piece *piece,
                              const struct term_words *words)
{
    bool begins = words->said == SAID_STARTS;
    if (piece->from != piece->to)
        return err_set(j->err, ERR_INPUT, "line %d: '%s' is several days", piece->line,
                       piece->text);
    if (begins && j->begun.from != DAY_NONE)
        return err_set(j->err, ERR_INPUT, "line %d: '%s', and the term of line %d has not ended",
                       piece->line, piece->text, j->begun.line);
    if (!begins && j->begun.from == DAY_NONE)
        return err_set(j->err, ERR_INPUT, "line %d: '%s', and no term has begun", piece->line,
                       piece->text);
    if (begins) {
        j->begun.line = piece->line;
        j->begun.from = piece->from;
        j->begun.season = words->season;
        return ERR_NONE;
    }
    struct part part = { j->begun.line, j->begun.from, piece->to, DAY_NONE, DAY_NONE,
                         words->season != SEASON_NONE ? words->season : j->begun.season, 0 };
    if (words->season != SEASON_NONE && j->begun.season != SEASON_NONE &&
        words->season != j->begun.season)
        return err_set(j->err, ERR_INPUT, "line %d: '%s' ends another term than line %d began",
                       piece->line, piece->text, j->begun.line);
    j->begun.from = DAY_NONE;
    return add_part(j, &part);
}

static enum err_code add_piece(struct joining *j, const struct news_piece *piece)
{
    const struct term_words words = term_words(piece->text);
    enum err_code rc = check_year(j, piece, &words);
    if (!rc && words.said != SAID_TERM && piece->half_from != DAY_NONE)
        rc = err_set(j->err, ERR_INPUT, "line %d: '%s' is no term, and has a half term",
                     piece->line, piece->text);
    if (rc)
        return rc;
    switch (words.said) {
    case SAID_TERM: {
        const struct part part = { piece->line, piece->from, piece->to, piece->half_from,
                                   piece->half_to, words.season, words.half };
        return add_part(j, &part);
    }
    case SAID_STARTS:
    case SAID_ENDS:
        return add_edge(j, piece, &words);
    case SAID_HALF_TERM:
    case SAID_NON_PUPIL:
        return ERR_NONE; /* When the terms are there. */
    case SAID_HOLIDAY:
    case SAID_BANK_HOLIDAY:
        *LIST_ADD(j->arena, &j->out->left) = piece->text;
        return ERR_NONE;
    case SAID_NOTHING:
        break;
    }
    err_set(j->err, ERR_INPUT, "line %d: '%s' is not understood", piece->line, piece->text);
    err_hint(j->err, "write it as 'Autumn term 2026', 'Half term', 'INSET day' or 'Term starts', "
                     "or take the line out");
    return ERR_INPUT;
}

/* --- whole terms ----------------------------------------------------------------------------- */

static int by_from(const void *a, const void *b)
{
    const struct part *one = a, *two = b;
    return one->from != two->from ? (one->from > two->from) - (one->from < two->from)
                                  : (one->line > two->line) - (one->line < two->line);
}

static bool weekend(day date)
{
    return weekday_of(date) >= SATURDAY;
}

/* The working days of a break, without the weekends at its ends. False: there are none. */
static bool trim(day *from, day *to)
{
    while (*from <= *to && weekend(*from))
        ++*from;
    while (*from <= *to && weekend(*to))
        --*to;
    return *from <= *to;
}

static enum err_code two_halves(struct joining *j, const struct part *one, const struct part *two,
                                struct news_term *term)
{
    day from = one->to + 1, to = two->from - 1;
    bool halves = one->half == (two->half ? 1 : 0) && two->half != 1;
    bool written = one->half_from != DAY_NONE || two->half_from != DAY_NONE;
    if (!halves || written || to - from > BREAK_MAX || !trim(&from, &to))
        return err_set(j->err, ERR_INPUT, "line %d and line %d are not the halves of one term",
                       one->line, two->line);
    term->to = two->to;
    term->half_from = from;
    term->half_to = to;
    return ERR_NONE;
}

static bool same_term(const struct part *one, const struct part *two)
{
    return one->season == two->season && two->from - one->from < TERM_MAX;
}

static enum err_code make_terms(struct joining *j)
{
    if (j->parts.count)
        qsort(j->parts.at, j->parts.count, sizeof *j->parts.at, by_from);
    for (size_t i = 0; i < j->parts.count; i++) {
        const struct part *part = &j->parts.at[i];
        const struct part *next = i + 1 < j->parts.count ? part + 1 : NULL;
        struct news_term term = { NULL, part->from, part->to, part->half_from, part->half_to };
        enum err_code rc = ERR_NONE;
        if (next && next->from <= part->to)
            return err_set(j->err, ERR_INPUT, "line %d and line %d overlap", part->line,
                           next->line);
        if (next && same_term(part, next)) {
            rc = two_halves(j, part, next, &term);
            i++;
        } else if (part->half) {
            rc = err_set(j->err, ERR_INPUT, "line %d: the other half of that term is missing",
                         part->line);
        }
        if (rc)
            return rc;
        term.name = arena_printf(j->arena, "%s %d", season_name(part->season),
                                 ymd_of(part->from).year);
        struct news_terms *all = &j->out->terms;
        if (all->count && strcmp(all->at[all->count - 1].name, term.name) == 0)
            return err_set(j->err, ERR_INPUT, "line %d: a second %s", part->line, term.name);
        *LIST_ADD(j->arena, all) = term;
    }
    return ERR_NONE;
}

/* --- breaks and training days ---------------------------------------------------------------- */

static struct news_term *term_of(struct news *news, day from, day to)
{
    for (size_t i = 0; i < news->terms.count; i++)
        if (from >= news->terms.at[i].from && to <= news->terms.at[i].to)
            return &news->terms.at[i];
    return NULL;
}

static enum err_code add_break(struct joining *j, const struct news_piece *piece)
{
    day from = piece->from, to = piece->to;
    bool some = trim(&from, &to) && to - from <= BREAK_MAX;
    struct news_term *term = some ? term_of(j->out, from, to) : NULL;
    if (!term || from == term->from || to == term->to)
        return err_set(j->err, ERR_INPUT, "line %d: '%s' lies in none of the terms", piece->line,
                       piece->text);
    if (term->half_from != DAY_NONE && (term->half_from != from || term->half_to != to))
        return err_set(j->err, ERR_INPUT, "line %d: %s has another half term already",
                       piece->line, term->name);
    term->half_from = from;
    term->half_to = to;
    return ERR_NONE;
}

static bool in_break(const struct news_term *term, day date)
{
    return term->half_from != DAY_NONE && date >= term->half_from && date <= term->half_to;
}

/* One on a day without school anyway changes nothing. */
static enum err_code add_training(struct joining *j, const struct news_piece *piece)
{
    bool some = false;
    if (piece->to - piece->from >= INSET_MAX + 2)
        return err_set(j->err, ERR_INPUT, "line %d: '%s' of %d days", piece->line, piece->text,
                       piece->to - piece->from + 1);
    for (day date = piece->from; date <= piece->to; date++) {
        const struct news_term *term = term_of(j->out, date, date);
        struct news_days *all = &j->out->non_pupil;
        bool twice = false;
        for (size_t i = 0; i < all->count; i++)
            twice |= all->at[i].date == date;
        if (twice)
            return err_set(j->err, ERR_INPUT, "line %d: '%s' stands twice", piece->line,
                           piece->text);
        if (!term || weekend(date) || in_break(term, date))
            continue;
        *LIST_ADD(j->arena, all) = (struct news_day){ date, piece->text };
        some = true;
    }
    char text[DAY_TEXT_MAX];
    if (!some)
        *LIST_ADD(j->arena, &j->out->left) =
            arena_printf(j->arena, "%s (%s, when there is no school anyway)", piece->text,
                         day_short(piece->from, text));
    return ERR_NONE;
}

static int by_day(const void *a, const void *b)
{
    day one = ((const struct news_day *)a)->date, two = ((const struct news_day *)b)->date;
    return (one > two) - (one < two);
}

static int by_piece(const void *a, const void *b)
{
    const struct news_piece *one = a, *two = b;
    return one->from != two->from ? (one->from > two->from) - (one->from < two->from)
                                  : (one->line > two->line) - (one->line < two->line);
}

/* What hangs on the terms, once they are there. */
static enum err_code add_rest(struct joining *j, const struct news_pieces *pieces)
{
    static const enum term_said rounds[] = { SAID_HALF_TERM, SAID_NON_PUPIL };
    for (size_t round = 0; round < 2; round++)
        for (size_t i = 0; i < pieces->count; i++) {
            const struct news_piece *piece = &pieces->at[i];
            if (term_words(piece->text).said != rounds[round])
                continue;
            enum err_code rc = round ? add_training(j, piece) : add_break(j, piece);
            if (rc)
                return rc;
        }
    struct news_days *days = &j->out->non_pupil;
    if (days->count)
        qsort(days->at, days->count, sizeof *days->at, by_day);
    return ERR_NONE;
}

static enum err_code check_halves(struct joining *j)
{
    for (size_t i = 0; i < j->out->terms.count; i++) {
        const struct news_term *term = &j->out->terms.at[i];
        if (term->half_from != DAY_NONE &&
            (term->half_from <= term->from || term->half_to >= term->to ||
             term->half_to < term->half_from))
            return err_set(j->err, ERR_INPUT, "the half term of %s is not within it", term->name);
    }
    return ERR_NONE;
}

enum err_code terms_put_together(struct arena *arena, struct news_pieces *pieces,
                                 struct news *out, struct err *err)
{
    struct joining j = { .arena = arena, .err = err, .out = out };
    enum err_code rc = ERR_NONE;
    j.begun.from = DAY_NONE;
    if (pieces->count)
        qsort(pieces->at, pieces->count, sizeof *pieces->at, by_piece);
    for (size_t i = 0; !rc && i < pieces->count; i++)
        rc = add_piece(&j, &pieces->at[i]);
    if (!rc && j.begun.from != DAY_NONE)
        rc = err_set(err, ERR_INPUT, "line %d: a term begins, and never ends", j.begun.line);
    if (!rc)
        rc = make_terms(&j);
    if (!rc)
        rc = add_rest(&j, pieces);
    if (!rc)
        rc = check_halves(&j);
    if (!rc && !out->terms.count)
        rc = err_set(err, ERR_INPUT, "there is no term in it");
    return rc;
}
