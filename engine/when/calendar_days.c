/* SPDX-License-Identifier: MIT */
#include "engine/when/calendar_days.h"

#include "engine/base/text.h"
#include <stdio.h>
#include <string.h>

/* Two terms further apart than this have a term between them that nobody wrote down. */
enum { HOLIDAYS_LONGEST = 70, LOOK_AHEAD = 427 };

/* Why the tribunal, say, never counts this day; NULL: it may count. */
static const char *never_counted(const struct calendar *calendar, day date)
{
    if (!calendar->not_counted_count)
        return NULL;
    struct ymd d = ymd_of(date);
    int at = d.month * 100 + d.day;
    for (size_t i = 0; i < calendar->not_counted_count; i++) {
        const struct yearly *yearly = &calendar->not_counted[i];
        int from = yearly->from_month * 100 + yearly->from_mday;
        int to = yearly->to_month * 100 + yearly->to_mday;
        bool inside = from <= to ? at >= from && at <= to : at >= from || at <= to;
        if (inside)
            return text_or(yearly->title, "a time of year that is not counted");
    }
    return NULL;
}

static const char *stretch_at(const struct stretch *all, size_t count, day date)
{
    for (size_t i = 0; i < count && all[i].from <= date; i++) {
        if (date <= all[i].to)
            return text_or(all[i].title, "closed");
    }
    return NULL;
}

static const char *closed(const struct calendar *calendar, day date)
{
    return stretch_at(calendar->closures, calendar->closure_count, date);
}

static const struct named_day *named_at(const struct named_day *all, size_t count, day date)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all[middle].date < date)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && all[low].date == date ? &all[low] : NULL;
}

static const char *holiday(const struct calendar *calendar, day date)
{
    const struct named_day *found = named_at(calendar->holidays, calendar->holiday_count, date);
    return found ? text_or(found->title, "bank holiday") : NULL;
}

static const char *non_pupil(const struct calendar *calendar, day date)
{
    const struct named_day *found = named_at(calendar->non_pupil, calendar->non_pupil_count, date);
    return found ? text_or(found->title, "non-pupil day") : NULL;
}

static const char *day_off(const struct calendar *calendar, day date)
{
    enum weekday weekday = weekday_of(date);
    return calendar->working[weekday] ? NULL : weekday_name(weekday);
}

static enum day_is tell(const char *reason, const char **why)
{
    if (why)
        *why = reason;
    return reason ? DAY_SKIPPED : DAY_COUNTS;
}

static enum day_is unknown(const char **why)
{
    if (why)
        *why = NULL;
    return DAY_UNKNOWN;
}

static bool outside(const struct calendar *calendar, day date)
{
    return date < calendar->known_from || date > calendar->known_until || date < DAY_FIRST ||
           date > DAY_LAST;
}

/* What comes in stretches is asked first, so that August or a closure is one run of days with
 * one reason, weekends and all. */
enum day_is working_day(const struct calendar *calendar, day date, const char **why)
{
    if (outside(calendar, date))
        return unknown(why);
    const char *reason = never_counted(calendar, date);
    if (!reason)
        reason = closed(calendar, date);
    if (!reason)
        reason = holiday(calendar, date);
    if (!reason)
        reason = day_off(calendar, date);
    return tell(reason, why);
}

const struct term *term_at(const struct calendar *calendar, day date)
{
    for (size_t i = 0; i < calendar->term_count; i++) {
        if (date >= calendar->terms[i].from && date <= calendar->terms[i].to)
            return &calendar->terms[i];
    }
    return NULL;
}

/* The holidays before a first term in September, and after a last one in summer, are known too. */
static day first_covered(const struct calendar *calendar)
{
    day from = calendar->terms[0].from;
    struct ymd d = ymd_of(from);
    return d.month == 9 ? day_of(d.year, 9, 1) : from;
}

static day last_covered(const struct calendar *calendar)
{
    day to = calendar->terms[calendar->term_count - 1].to;
    struct ymd d = ymd_of(to);
    return d.month >= 6 && d.month <= 8 ? day_of(d.year, 8, 31) : to;
}

bool calendar_terms_cover(const struct calendar *calendar, day from, day to)
{
    if (!calendar->term_count || from < first_covered(calendar) || to > last_covered(calendar))
        return false;
    for (size_t i = 1; i < calendar->term_count; i++) {
        day ended = calendar->terms[i - 1].to, begins = calendar->terms[i].from;
        if (begins - ended > HOLIDAYS_LONGEST && from < begins && to > ended)
            return false;
    }
    return true;
}

/* The last known term that ends before `date`, or NULL. */
static const struct term *term_before(const struct calendar *calendar, day date)
{
    const struct term *last = NULL;
    for (size_t i = 0; i < calendar->term_count && calendar->terms[i].to < date; i++)
        last = &calendar->terms[i];
    return last;
}

static const char *terms_end(const struct calendar *calendar, day date, char text[ENDS_TEXT_MAX])
{
    const struct term *before = term_before(calendar, date);
    const struct term *last = &calendar->terms[calendar->term_count - 1];
    char from[DAY_TEXT_MAX], to[DAY_TEXT_MAX];
    if (!before)
        snprintf(text, ENDS_TEXT_MAX, "its first term begins on %s",
                 day_short(calendar->terms[0].from, from));
    else if (before == last)
        snprintf(text, ENDS_TEXT_MAX, "its last term ends on %s", day_short(last->to, to));
    else
        snprintf(text, ENDS_TEXT_MAX, "it has no term between %s and %s",
                 day_short(before->to, from), day_short(before[1].from, to));
    return text;
}

const char *calendar_ends(const struct calendar *calendar, bool school, day date,
                          char text[ENDS_TEXT_MAX])
{
    char edge[DAY_TEXT_MAX];
    if (school && !calendar->term_count)
        snprintf(text, ENDS_TEXT_MAX, "it has no terms");
    else if (school && !calendar_terms_cover(calendar, date, date))
        return terms_end(calendar, date, text);
    else if (!outside(calendar, date))
        return NULL;
    else if (date < calendar->known_from)
        snprintf(text, ENDS_TEXT_MAX, "it begins on %s", day_short(calendar->known_from, edge));
    else
        snprintf(text, ENDS_TEXT_MAX, "it ends on %s", day_short(calendar->known_until, edge));
    return text;
}

enum day_is school_day(const struct calendar *calendar, day date, const char **why)
{
    if (outside(calendar, date))
        return unknown(why);
    const struct term *term = term_at(calendar, date);
    if (!term && !calendar_terms_cover(calendar, date, date))
        return unknown(why);
    const char *reason = never_counted(calendar, date);
    if (!reason)
        reason = closed(calendar, date);
    if (!reason)
        reason = stretch_at(calendar->shut, calendar->shut_count, date);
    if (!reason && !term)
        reason = "school holidays";
    if (!reason && term->half_from != DAY_NONE && date >= term->half_from && date <= term->half_to)
        reason = "half-term holiday";
    if (!reason)
        reason = holiday(calendar, date);
    if (!reason)
        reason = day_off(calendar, date);
    if (!reason)
        reason = non_pupil(calendar, date);
    return tell(reason, why);
}

enum day_is calendar_day(const struct calendar *calendar, bool school, day date, const char **why)
{
    return school ? school_day(calendar, date, why) : working_day(calendar, date, why);
}

/* A weekend beside the holidays is not what a closure is called after. */
static bool names_stretch(const char *why)
{
    return why && weekday_from_name(why, strnlen(why, 16)) < 0;
}

/* The run of days without school that begins on `from`; DAY_COUNTS: it ends on out->to,
 * DAY_UNKNOWN: the calendar does not know where. */
static enum day_is stretch_from(const struct calendar *calendar, day from, struct stretch *out)
{
    const char *why = NULL, *title = NULL;
    enum day_is is = DAY_SKIPPED;
    day date = from;
    for (; (is = school_day(calendar, date, &why)) == DAY_SKIPPED; date++) {
        if (!title || (!names_stretch(title) && names_stretch(why)))
            title = why;
    }
    *out = (struct stretch){ .from = from, .to = date - 1, .title = title };
    return is;
}

enum day_is closure_around(const struct calendar *calendar, day date, int days,
                           struct stretch *out, day *unknown)
{
    day last = date + LOOK_AHEAD, at = date;
    enum day_is is = school_day(calendar, at, NULL);
    if (is == DAY_SKIPPED) {
        while ((is = school_day(calendar, at - 1, NULL)) == DAY_SKIPPED)
            at--;
        if (is == DAY_UNKNOWN)
            at--; /* Where it began is not known. */
    }
    while (at <= last) {
        struct stretch found = { .to = at - 1 };
        is = school_day(calendar, at, NULL);
        if (is == DAY_COUNTS) {
            at++;
            continue;
        }
        if (is == DAY_UNKNOWN || stretch_from(calendar, at, &found) == DAY_UNKNOWN) {
            if (unknown)
                *unknown = found.to + 1;
            return DAY_UNKNOWN;
        }
        if (found.to - found.from + 1 >= days) {
            *out = found;
            return DAY_COUNTS;
        }
        at = found.to + 1;
    }
    return DAY_SKIPPED;
}
