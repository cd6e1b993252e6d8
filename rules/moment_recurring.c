/* SPDX-License-Identifier: MIT */
/* What comes round: days of the year, terms, rows of the calendar's tables. */
#include "rules/moment_reader.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/model/calendar.h"
#include <string.h>

enum { LEAP_YEAR = 2024, YEAR_GROUP_MAX = 14 };

/* Which of them may be picked: what `next` and `last` in front leave. */
enum direction { EITHER, ONLY_NEXT, ONLY_LAST };

/* --- picking --------------------------------------------------------------------------------- */

/* "in transfer_year", "in 2027" */
static bool in_year(struct moment_reader *reader, struct moment *moment)
{
    const struct moment_token *token = moment_ahead(reader, 0);
    size_t from = reader->at;
    moment->pick = PICK_IN_YEAR;
    if (token->kind == TOKEN_WORD) {
        moment->base = moment_anchor(reader, true);
    } else if (token->kind == TOKEN_NUMBER && token->number >= YEAR_MIN &&
               token->number <= YEAR_MAX) {
        struct moment *year = moment_new(reader, MOMENT_DATE);
        year->date = day_of(token->number, 1, 1);
        moment_next(reader);
        moment->base = moment_done(reader, year, from);
    } else {
        moment_expected(reader, "a year");
    }
    return moment->base != NULL;
}

/* "at least 14 days after X": the first on or after that day. */
static bool at_least(struct moment_reader *reader, struct moment *moment)
{
    size_t from = reader->at;
    struct moment *base = moment_new(reader, MOMENT_AFTER);
    reader->at += 2;
    if (!moment_length(reader, base))
        return false;
    moment->pick = PICK_NEXT_ON;
    if (moment_take(reader, "before")) {
        base->kind = MOMENT_BEFORE;
        moment->pick = PICK_LAST_ON;
    } else if (!moment_take(reader, "after")) {
        moment_expected(reader, "'after' or 'before'");
        return false;
    }
    base->base = moment_term(reader);
    if (!base->base)
        return false;
    moment->base = moment_done(reader, base, from);
    return true;
}

static bool beside(struct moment_reader *reader, struct moment *moment, enum direction direction)
{
    bool on = moment_is(reader, 0, "on") && moment_is(reader, 1, "or");
    if (on)
        reader->at += 2;
    if (moment_take(reader, "after")) {
        moment->pick = on ? PICK_NEXT_ON : PICK_NEXT;
    } else if (moment_take(reader, "before")) {
        moment->pick = on ? PICK_LAST_ON : PICK_LAST;
    } else {
        struct diag *diag = moment_expected(
            reader, on                    ? "'after' or 'before'"
                    : direction == EITHER ? "'after', 'before', 'on or after' or 'in'"
                                          : "'after', 'before' or 'on or after'");
        moment_suggest_other(reader, diag, moment_ahead(reader, 0)->text);
        return false;
    }
    moment->base = moment_term(reader);
    return moment->base != NULL;
}

/* "1 September" in a schedule: the next after the occasion before. */
static const struct moment *round_again(struct moment_reader *reader, struct moment *moment,
                                        size_t from)
{
    struct moment *base = moment_new(reader, MOMENT_ANCHOR);
    base->anchor = (struct anchor){ .kind = ANCHOR_OCCASION, .name = "occasion" };
    base->text = "occasion";
    base->span = reader->span;
    moment->pick = PICK_NEXT;
    moment->base = base;
    return moment_done(reader, moment, from);
}

static const struct moment *picked(struct moment_reader *reader, struct moment *moment, size_t from,
                                   enum direction direction)
{
    const struct moment_token *joint = moment_ahead(reader, 0);
    bool ends = joint->kind == TOKEN_END || joint->kind == TOKEN_CLOSE ||
                joint->kind == TOKEN_COMMA || moment_is(reader, 0, "and") ||
                moment_is(reader, 0, "or");
    bool read;
    if (reader->names && reader->names->comes_round && ends)
        return round_again(reader, moment, from);
    if (moment_is(reader, 0, "in") && direction == EITHER) {
        moment_next(reader);
        read = in_year(reader, moment);
    } else if (moment_is(reader, 0, "at") && moment_is(reader, 1, "least")) {
        read = at_least(reader, moment);
    } else {
        read = beside(reader, moment, direction);
    }
    if (!read)
        return NULL;
    bool back = moment->pick == PICK_LAST || moment->pick == PICK_LAST_ON;
    if (direction != EITHER && back != (direction == ONLY_LAST)) {
        moment_wrong(reader, "M001", joint, "`%s` goes with `%s`",
                     direction == ONLY_LAST ? "last" : "next",
                     direction == ONLY_LAST ? "before" : "after");
        return NULL;
    }
    return moment_done(reader, moment, from);
}

/* --- days of the year ------------------------------------------------------------------------ */

bool moment_ordinal_word(const struct moment_token *token, int *nth)
{
    static const char *const ordinals[] = { "first", "second", "third", "fourth" };
    for (int i = 0; i < 4; i++) {
        if (token->kind == TOKEN_WORD && strcmp(token->text, ordinals[i]) == 0) {
            *nth = i + 1;
            return true;
        }
    }
    *nth = -1;
    return token->kind == TOKEN_WORD && strcmp(token->text, "last") == 0;
}

static const struct moment *weekday_from(struct moment_reader *reader, size_t from,
                                         enum direction direction)
{
    struct moment *moment = moment_new(reader, MOMENT_RECURRING);
    struct recurring *recurring = &moment->recurring;
    recurring->kind = RECURRING_WEEKDAY;
    moment_ordinal_word(moment_next(reader), &recurring->nth);
    recurring->weekday = (enum weekday)moment_weekday(moment_next(reader));
    if (!moment_take(reader, "of")) {
        moment_expected(reader, "'of' and a month");
        return NULL;
    }
    recurring->month = moment_month(moment_ahead(reader, 0));
    if (!recurring->month) {
        moment_expected(reader, "a month");
        return NULL;
    }
    moment_next(reader);
    return picked(reader, moment, from, direction);
}

const struct moment *moment_weekday_of_month(struct moment_reader *reader)
{
    return weekday_from(reader, reader->at, EITHER);
}

/* With its year a date, without it one that comes round. */
static const struct moment *day_from(struct moment_reader *reader, size_t from,
                                     enum direction direction)
{
    const struct moment_token *day_token = moment_next(reader);
    int mday = day_token->number, month = moment_month(moment_next(reader));
    const struct moment_token *year = moment_ahead(reader, 0);
    bool with_year = year->kind == TOKEN_NUMBER && direction == EITHER;
    int in = with_year ? year->number : LEAP_YEAR;
    struct moment_token whole = { .from = day_token->from, .to = year[with_year ? 0 : -1].to };
    if (!ymd_valid(in, month, mday)) {
        if (with_year && (in < YEAR_MIN || in > YEAR_MAX))
            moment_wrong(reader, "M001", year, "years run from %d to %d", (int)YEAR_MIN,
                         (int)YEAR_MAX);
        else
            moment_wrong(reader, "M001", &whole, "%s%s has %d days", month_name(month),
                         with_year ? " of that year" : "", month_days(in, month));
        return NULL;
    }
    if (with_year) {
        struct moment *moment = moment_new(reader, MOMENT_DATE);
        moment->date = day_of(in, month, mday);
        moment_next(reader);
        return moment_done(reader, moment, from);
    }
    struct moment *moment = moment_new(reader, MOMENT_RECURRING);
    moment->recurring =
        (struct recurring){ .kind = RECURRING_DAY, .month = month, .mday = mday };
    return picked(reader, moment, from, direction);
}

const struct moment *moment_day_of_month(struct moment_reader *reader)
{
    return day_from(reader, reader->at, EITHER);
}

/* --- terms and school years ------------------------------------------------------------------ */

static void check_season(struct moment_reader *reader, const struct moment_token *token)
{
    const struct calendar *calendar = reader->names ? reader->names->calendar : NULL;
    if (!calendar || !calendar->term_count)
        return;
    const char **seasons = ARENA_ARRAY(reader->arena, const char *, calendar->term_count);
    for (size_t i = 0; i < calendar->term_count; i++) {
        seasons[i] = calendar->terms[i].season;
        if (text_same(seasons[i], token->text))
            return;
    }
    struct diag *diag = moment_wrong(reader, "C001", token, "the calendar '%s' has no %s term",
                                     calendar->name ? calendar->name : "", token->text);
    diag_nearest(reader->diags, diag, token->text, seasons, calendar->term_count);
    reader->unknown_names = true;
}

/* "start of year 9": of the child that the case is about, whose birth is the field `birth`. */
static const struct moment *year_group(struct moment_reader *reader, size_t from, bool end)
{
    const struct moment_token *number = moment_next(reader);
    struct moment *moment = moment_new(reader, MOMENT_SCHOOL_YEAR);
    if (number->number > YEAR_GROUP_MAX) {
        moment_wrong(reader, "M001", number, "school years run to %d", (int)YEAR_GROUP_MAX);
        return NULL;
    }
    moment->length = (struct length){ number->number, UNIT_YEAR };
    moment->recurring.end = end;
    struct moment *birth = moment_new(reader, MOMENT_ANCHOR);
    const struct moment_names *names = reader->names;
    birth->anchor = (struct anchor){ .kind = ANCHOR_GIVEN, .name = "birth" };
    if (names && names->anchor && !names->anchor(names->self, "birth", false, &birth->anchor)) {
        struct moment_token whole = { .from = reader->tokens[from].from, .to = number->to };
        struct diag *diag = moment_wrong(reader, "M002", &whole, "a school year needs the date of "
                                                                 "birth, and there is no 'birth'");
        diag_hint(reader->diags, diag, "add a field `birth`");
        reader->unknown_names = true;
    }
    birth->text = "birth";
    birth->span = reader->span;
    moment->base = birth;
    return moment_done(reader, moment, from);
}

/* What "end of" and "start of" may be followed by, up to the word that says what it is. */
static bool edge_kind(struct moment_reader *reader, struct moment *moment, bool end)
{
    struct recurring *recurring = &moment->recurring;
    recurring->end = end;
    if (moment_is(reader, 0, "month") && end) {
        moment->kind = MOMENT_MONTH_END;
    } else if (moment_is(reader, 0, "term")) {
        recurring->kind = RECURRING_TERM;
    } else if (moment_is(reader, 0, "half") && moment_is(reader, 1, "term")) {
        recurring->kind = RECURRING_HALF;
        moment_next(reader);
    } else if (moment_is(reader, 0, "school") && moment_is(reader, 1, "year")) {
        recurring->kind = RECURRING_SCHOOL_YEAR;
        moment_next(reader);
    } else if (moment_ahead(reader, 0)->kind == TOKEN_WORD && moment_is(reader, 1, "term")) {
        recurring->kind = RECURRING_TERM;
        recurring->name = moment_ahead(reader, 0)->text;
        check_season(reader, moment_next(reader));
    } else {
        moment_expected(reader, end ? "term, half term, school year, year 9 or month"
                                    : "term, half term, school year or year 9");
        return false;
    }
    moment_next(reader);
    return true;
}

static const struct moment *edge_from(struct moment_reader *reader, size_t from,
                                      enum direction direction)
{
    bool end = moment_is(reader, 0, "end");
    reader->at += 2; /* "end of" */
    if (moment_is(reader, 0, "year") && moment_ahead(reader, 1)->kind == TOKEN_NUMBER &&
        direction == EITHER) {
        moment_next(reader);
        return year_group(reader, from, end);
    }
    struct moment *moment = moment_new(reader, MOMENT_RECURRING);
    if (!edge_kind(reader, moment, end))
        return NULL;
    const struct moment_token *joint = moment_ahead(reader, 0);
    if (moment->kind == MOMENT_MONTH_END && moment_is(reader, 0, "in")) {
        moment_wrong(reader, "M001", joint, "a month's end comes `after` or `before` a date");
        return NULL;
    }
    return picked(reader, moment, from, direction);
}

const struct moment *moment_edge(struct moment_reader *reader)
{
    return edge_from(reader, reader->at, EITHER);
}

/* --- tables ---------------------------------------------------------------------------------- */

static const struct table *find_table(struct moment_reader *reader,
                                      const struct calendar *calendar,
                                      const struct moment_token *token)
{
    const char **known = ARENA_ARRAY(reader->arena, const char *, calendar->table_count + 1);
    for (size_t i = 0; i < calendar->table_count; i++) {
        known[i] = calendar->tables[i].name;
        if (strcmp(known[i], token->text) == 0)
            return &calendar->tables[i];
    }
    struct diag *diag = moment_wrong(reader, "C001", token, "the calendar '%s' has no table '%s'",
                                     calendar->name ? calendar->name : "", token->text);
    diag_nearest(reader->diags, diag, token->text, known, calendar->table_count);
    reader->unknown_names = true;
    return NULL;
}

static void check_table(struct moment_reader *reader, const struct moment_token *name,
                        const struct moment_token *column)
{
    const struct calendar *calendar = reader->names ? reader->names->calendar : NULL;
    const struct table *table = calendar ? find_table(reader, calendar, name) : NULL;
    if (!table || !column || text_in(column->text, table->columns, table->column_count))
        return;
    struct diag *diag = moment_wrong(reader, "C001", column, "the table '%s' has no column '%s'",
                                     table->name, column->text);
    diag_nearest(reader->diags, diag, column->text, table->columns, table->column_count);
    reader->unknown_names = true;
}

static bool is_joint(const struct moment_reader *reader)
{
    static const char *const joints[] = { "after", "at", "before", "on" };
    return text_in(moment_ahead(reader, 0)->text, joints, sizeof joints / sizeof *joints);
}

static const struct moment *table_from(struct moment_reader *reader, size_t from,
                                       const struct moment_token *column, enum direction direction)
{
    struct moment *moment = moment_new(reader, MOMENT_RECURRING);
    const struct moment_token *name = moment_ahead(reader, 0);
    if (name->kind != TOKEN_WORD || moment_word(name->text)) {
        moment_expected(reader, "a table of the calendar, a day of the year or a term");
        return NULL;
    }
    moment_next(reader);
    if (!is_joint(reader)) {
        struct diag *diag = moment_expected(reader, "'after', 'before' or 'on or after'");
        diag_hint(reader->diags, diag,
                  "`next` and `last` pick from a table of the calendar: `%s %s %s X`; the last "
                  "time of an event is `latest X`",
                  direction == ONLY_LAST ? "last" : "next", name->text,
                  direction == ONLY_LAST ? "before" : "after");
        return NULL;
    }
    check_table(reader, name, column);
    moment->recurring = (struct recurring){ .kind = RECURRING_TABLE,
                                            .name = name->text,
                                            .column = column ? column->text : NULL };
    return picked(reader, moment, from, direction);
}

const struct moment *moment_column(struct moment_reader *reader)
{
    size_t from = reader->at;
    const struct moment_token *column = moment_next(reader);
    moment_next(reader); /* of */
    bool last = strcmp(moment_next(reader)->text, "last") == 0;
    return table_from(reader, from, column, last ? ONLY_LAST : ONLY_NEXT);
}

const struct moment *moment_next_or_last(struct moment_reader *reader)
{
    size_t from = reader->at;
    bool last = strcmp(moment_next(reader)->text, "last") == 0;
    enum direction direction = last ? ONLY_LAST : ONLY_NEXT;
    const struct moment_token *token = moment_ahead(reader, 0);
    int nth;
    if ((token->kind == TOKEN_NUMBER || token->kind == TOKEN_ORDINAL) &&
        moment_month(moment_ahead(reader, 1)))
        return day_from(reader, from, direction);
    if (moment_ordinal_word(token, &nth) && moment_weekday(moment_ahead(reader, 1)) >= 0)
        return weekday_from(reader, from, direction);
    bool edge = moment_is(reader, 0, "end") || moment_is(reader, 0, "start");
    if (edge && moment_is(reader, 1, "of"))
        return edge_from(reader, from, direction);
    return table_from(reader, from, NULL, direction);
}
