/* SPDX-License-Identifier: MIT */
#include "engine/when/recur.h"

#include "engine/when/calendar_days.h"
#include "engine/when/count.h"
#include "engine/when/say.h"
#include <string.h>

/* --- every year ------------------------------------------------------------------------------ */

static day clamped(int year, int month, int mday)
{
    int last = month_days(year, month);
    return day_of(year, month, mday < last ? mday : last);
}

/* The nth weekday of a month; nth -1: the last. */
static day nth_weekday(int year, int month, enum weekday weekday, int nth)
{
    if (nth < 0) {
        day last = day_of(year, month, month_days(year, month));
        return last - ((int)weekday_of(last) - (int)weekday + 7) % 7;
    }
    day first = day_of(year, month, 1);
    return first + ((int)weekday - (int)weekday_of(first) + 7) % 7 + (nth - 1) * 7;
}

static day in_year(const struct recurring *recurring, int year)
{
    switch (recurring->kind) {
    case RECURRING_WEEKDAY:
        return nth_weekday(year, recurring->month, recurring->weekday, recurring->nth);
    case RECURRING_SCHOOL_YEAR:
        return recurring->end ? day_of(year, 8, 31) : day_of(year, 9, 1);
    default:
        return clamped(year, recurring->month, recurring->mday);
    }
}

static bool is_forward(enum pick pick)
{
    return pick == PICK_NEXT || pick == PICK_NEXT_ON;
}

/* `ordered` is below, at or above 0 as the candidate lies before, on or after the base. */
static bool fits(enum pick pick, int ordered)
{
    switch (pick) {
    case PICK_NEXT: return ordered > 0;
    case PICK_NEXT_ON: return ordered >= 0;
    case PICK_LAST: return ordered < 0;
    case PICK_LAST_ON: return ordered <= 0;
    case PICK_IN_YEAR: break;
    }
    return false;
}

static int order(day a, day b)
{
    return a < b ? -1 : a > b;
}

static void pick_yearly(const struct when_in *in, const struct recurring *recurring, enum pick pick,
                        struct beside beside, struct when_out *out)
{
    int year = pick == PICK_IN_YEAR ? beside.year : ymd_of(beside.date).year;
    if (pick != PICK_IN_YEAR && !fits(pick, order(in_year(recurring, year), beside.date)))
        year += is_forward(pick) ? 1 : -1;
    if (year < YEAR_MIN || year > YEAR_MAX) {
        SAY(in, STEP_MISSING, DAY_NONE, "%d is beyond the years that reeve knows", year);
        out->beyond = true;
        return;
    }
    out->due = in_year(recurring, year);
    out->known = true;
}

day recur_month_end(enum pick pick, day beside)
{
    struct ymd d = ymd_of(beside);
    day end = day_of(d.year, d.month, month_days(d.year, d.month));
    day first = beside - d.day + 1;
    switch (pick) {
    case PICK_NEXT:
        if (end > beside)
            return end;
        d = ymd_of(beside + 1);
        return day_of(d.year, d.month, month_days(d.year, d.month));
    case PICK_LAST:
        return first - 1;
    case PICK_LAST_ON:
        return end == beside ? end : first - 1;
    default:
        return end;
    }
}

/* --- terms ----------------------------------------------------------------------------------- */

/* A term and the stretch between two breaks begin and end on school days, whatever training days
 * stand at their ends. */
static enum day_is half_edge(const struct calendar *calendar, bool end, day date, day *out)
{
    enum day_is is;
    while ((is = school_day(calendar, date, NULL)) == DAY_SKIPPED)
        date += end ? -1 : 1;
    *out = date;
    return is;
}

/* The candidate number `index`, two a term: a term itself, or its first half, is the even one.
 * DAY_SKIPPED: there is none of that number. */
static enum day_is term_edge(const struct calendar *calendar, const struct recurring *recurring,
                             size_t index, day *out)
{
    const struct term *term = &calendar->terms[index / 2];
    bool second = index % 2 != 0;
    if (recurring->name && strcmp(recurring->name, term->season) != 0)
        return DAY_SKIPPED;
    if (recurring->kind == RECURRING_TERM) {
        day written = recurring->end ? term->to : term->from;
        if (half_edge(calendar, recurring->end, written, out) == DAY_UNKNOWN)
            *out = written; /* Known, though not which day is a bank holiday then. */
        return second ? DAY_SKIPPED : DAY_COUNTS;
    }
    bool broken = term->half_from != DAY_NONE;
    if (second && !broken)
        return DAY_SKIPPED;
    day from = second ? term->half_to + 1 : term->from;
    day to = broken && !second ? term->half_from - 1 : term->to;
    return half_edge(calendar, recurring->end, recurring->end ? to : from, out);
}

/* A term that nobody wrote down may lie between the base and what was found: it is not guessed. */
static bool term_is_sure(const struct calendar *calendar, const struct recurring *recurring,
                         enum pick pick, struct beside beside, day found)
{
    if (pick == PICK_IN_YEAR)
        return recurring->name || calendar_terms_cover(calendar, day_of(beside.year, 1, 1), found);
    if (is_forward(pick))
        return calendar_terms_cover(calendar, beside.date, found);
    return calendar_terms_cover(calendar, found, beside.date);
}

/* Where the terms end that would have to be gone through. */
static void say_no_term(const struct when_in *in, enum pick pick, struct beside beside)
{
    day date = pick == PICK_IN_YEAR ? day_of(beside.year, 1, 1) : beside.date;
    bool back = pick == PICK_LAST || pick == PICK_LAST_ON;
    while (in->trace && count_in_years(date) && calendar_terms_cover(in->calendar, date, date))
        date += back ? -1 : 1;
    count_beyond(in, true, date, "terms");
}

static void pick_term(const struct when_in *in, const struct recurring *recurring, enum pick pick,
                      struct beside beside, struct when_out *out)
{
    const struct calendar *calendar = in->calendar;
    day best = DAY_NONE;
    bool found = false;
    for (size_t i = 0; i < calendar->term_count * 2; i++) {
        day date;
        enum day_is is = term_edge(calendar, recurring, i, &date);
        if (is == DAY_SKIPPED)
            continue;
        if (pick == PICK_IN_YEAR ? ymd_of(date).year != beside.year
                                 : !fits(pick, order(date, beside.date)))
            continue;
        found = is == DAY_COUNTS; /* One beyond the calendar's end hides what was found before. */
        best = date;
        if (is_forward(pick) || pick == PICK_IN_YEAR)
            break;
    }
    if (found && term_is_sure(calendar, recurring, pick, beside, best)) {
        out->known = true;
        out->due = best;
    } else {
        out->beyond = true;
        say_no_term(in, pick, beside);
    }
}

/* --- tables ---------------------------------------------------------------------------------- */

static const struct table *table_find(const struct calendar *calendar, const char *name)
{
    for (size_t i = 0; i < calendar->table_count; i++) {
        if (strcmp(calendar->tables[i].name, name) == 0)
            return &calendar->tables[i];
    }
    return NULL;
}

/* Times are compared where both have one. */
static int row_order(const struct table_row *row, struct beside beside)
{
    int by_day = order(row->dates[0], beside.date);
    if (by_day || row->minutes[0] < 0 || beside.minute < 0)
        return by_day;
    return row->minutes[0] < beside.minute ? -1 : row->minutes[0] > beside.minute;
}

static const struct table_row *table_pick(const struct table *table, enum pick pick,
                                          struct beside beside)
{
    const struct table_row *found = NULL;
    for (size_t i = 0; i < table->row_count; i++) {
        const struct table_row *row = &table->rows[i];
        if (row->dates[0] == DAY_NONE)
            continue;
        bool fit = pick == PICK_IN_YEAR ? ymd_of(row->dates[0]).year == beside.year
                                        : fits(pick, row_order(row, beside));
        if (!fit)
            continue;
        found = row;
        if (is_forward(pick) || pick == PICK_IN_YEAR)
            break;
    }
    return found;
}

/* False where a date that nobody wrote down may lie between the base and the row: further from the
 * table's first or last row than any two rows are apart. */
static bool row_is_sure(const struct table *table, const struct table_row *row, enum pick pick,
                        struct beside beside)
{
    bool forward = pick != PICK_LAST && pick != PICK_LAST_ON;
    const struct table_row *end = &table->rows[forward ? 0 : table->row_count - 1];
    day base = pick == PICK_IN_YEAR ? day_of(beside.year, 1, 1) : beside.date;
    int apart = 0;
    for (size_t i = 1; i < table->row_count; i++) {
        int gap = table->rows[i].dates[0] - table->rows[i - 1].dates[0];
        apart = gap > apart ? gap : apart;
    }
    int away = forward ? row->dates[0] - base : base - row->dates[0];
    return row != end || away <= apart;
}

static bool column_find(const struct table *table, const char *column, size_t *out)
{
    *out = 0;
    if (!column)
        return table->column_count > 0;
    for (size_t i = 0; i < table->column_count; i++) {
        if (strcmp(table->columns[i], column) == 0) {
            *out = i;
            return true;
        }
    }
    return false;
}

static void say_ended(const struct when_in *in, const struct table *table, enum pick pick,
                      const char *calendar)
{
    bool last = pick == PICK_LAST || pick == PICK_LAST_ON;
    char text[DAY_TEXT_MAX];
    if (!table->row_count) {
        SAY(in, STEP_MISSING, DAY_NONE, "the calendar '%s' has no date of %s", calendar,
            table->name);
        return;
    }
    const struct table_row *end = &table->rows[last ? 0 : table->row_count - 1];
    SAY(in, STEP_MISSING, DAY_NONE, "the calendar '%s' has no such date of %s: the %s is %s",
        calendar, table->name, last ? "first" : "last", day_short(end->dates[0], text));
}

static void pick_row(const struct when_in *in, const struct recurring *recurring, enum pick pick,
                     struct beside beside, struct when_out *out)
{
    const char *calendar = in->calendar->name ? in->calendar->name : "";
    const struct table *table = table_find(in->calendar, recurring->name);
    size_t column;
    if (!table || !column_find(table, recurring->column, &column)) {
        const char *lacking = table ? recurring->column : recurring->name;
        out->missing = lacking ? lacking : recurring->name;
        SAY(in, STEP_MISSING, DAY_NONE, "the calendar '%s' has no '%s'", calendar, out->missing);
        return;
    }
    const struct table_row *row = table_pick(table, pick, beside);
    if (!row) {
        out->beyond = true;
        say_ended(in, table, pick, calendar);
    } else if (row->dates[column] == DAY_NONE) {
        out->missing = table->columns[column];
        SAY(in, STEP_MISSING, DAY_NONE, "%s of that %s is not known yet", table->columns[column],
            table->name);
    } else {
        out->due = row->dates[column];
        out->minute = row->minutes[column];
        out->known = true;
        if (row_is_sure(table, row, pick, beside))
            return;
        char text[DAY_TEXT_MAX];
        bool last = pick == PICK_LAST || pick == PICK_LAST_ON;
        out->provisional = out->beyond = true;
        SAY(in, STEP_MISSING, row->dates[0], "the calendar '%s' has no %s %s %s, so it may be "
            "another one", calendar, table->name, last ? "after" : "before",
            day_short(row->dates[0], text));
    }
}

void recur_pick(const struct when_in *in, const struct recurring *recurring, enum pick pick,
                struct beside beside, struct when_out *out)
{
    switch (recurring->kind) {
    case RECURRING_TERM:
    case RECURRING_HALF:
        pick_term(in, recurring, pick, beside, out);
        break;
    case RECURRING_TABLE:
        pick_row(in, recurring, pick, beside, out);
        break;
    case RECURRING_DAY:
    case RECURRING_WEEKDAY:
    case RECURRING_SCHOOL_YEAR:
        pick_yearly(in, recurring, pick, beside, out);
        break;
    }
}
