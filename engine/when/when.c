/* SPDX-License-Identifier: MIT */
#include "engine/when/when.h"

#include "engine/when/age.h"
#include "engine/when/count.h"
#include "engine/when/recur.h"
#include "engine/when/say.h"

enum { MONTHS_A_YEAR = 12 };

static void work(const struct when_in *in, const struct moment *moment, struct when_out *out);

static const struct when_out nothing = { .due = DAY_NONE, .minute = -1 };

/* A name as the rule says it; the model's own where no text was kept. */
static const char *anchor_text(const struct moment *moment)
{
    const struct anchor *anchor = &moment->anchor;
    bool plain = anchor->kind != ANCHOR_ASKED && anchor->kind != ANCHOR_DONE &&
                 anchor->kind != ANCHOR_DUE && anchor->kind != ANCHOR_SENT;
    if (anchor->name && (plain || !moment->text))
        return anchor->name;
    return moment->text ? moment->text : "a date";
}

static const char *moment_text(const struct moment *moment)
{
    return moment->text ? moment->text : "that";
}

static void lacks(const struct when_in *in, const struct moment *moment, struct when_out *out)
{
    out->missing = anchor_text(moment);
    SAY(in, STEP_MISSING, DAY_NONE, "%s is not known yet", out->missing);
}

static void beyond_years(const struct when_in *in, struct when_out *out)
{
    *out = nothing;
    out->beyond = true;
    SAY(in, STEP_MISSING, DAY_NONE, "that is beyond the years that reeve knows");
}

static void known(struct when_out *out, day date)
{
    out->known = true;
    out->due = date;
    out->minute = -1;
}

static void work_anchor(const struct when_in *in, const struct moment *moment, struct when_out *out)
{
    struct anchored got = { .date = DAY_NONE };
    in->anchor(in->self, &moment->anchor, &got);
    if (!got.known || got.is_number || got.date == DAY_NONE) {
        lacks(in, moment, out);
        return;
    }
    known(out, got.date);
    out->provisional = got.provisional;
    char text[DAY_TEXT_MAX];
    SAY(in, STEP_START, got.date, "%s is %s%s", anchor_text(moment), day_short(got.date, text),
        got.provisional ? ", which may still move" : "");
}

static void work_date(const struct when_in *in, const struct moment *moment, struct when_out *out)
{
    char text[DAY_TEXT_MAX];
    known(out, moment->date);
    SAY(in, STEP_START, moment->date, "the rule says %s", day_short(moment->date, text));
}

/* --- of several ------------------------------------------------------------------------------ */

/* Stops at a part whose anchor is known but whose calendar ends: a later part is not what the
 * rule means then. */
static void work_first_known(const struct when_in *in, const struct moment *moment,
                             struct when_out *out)
{
    struct when_out first = nothing;
    for (size_t i = 0; i < moment->part_count; i++) {
        struct when_out part;
        work(in, moment->parts[i], &part);
        if (part.known && i > 0)
            SAY(in, STEP_CHOOSE, part.due, "%s is the first in order that is known",
                moment_text(moment->parts[i]));
        if (part.known || part.beyond) {
            *out = part;
            return;
        }
        if (i == 0)
            first = part;
    }
    *out = first;
}

static void say_chosen(const struct when_in *in, const struct moment *moment, size_t left,
                       const struct when_out *out)
{
    char text[DAY_TEXT_MAX];
    const char *which = moment->kind == MOMENT_EARLIER ? "earlier" : "later";
    if (left)
        SAY(in, STEP_CHOOSE, out->due,
            "the %s of what is known so far is %s; it stands until the rest is known", which,
            day_short(out->due, text));
    else if (moment->part_count == 2)
        SAY(in, STEP_CHOOSE, out->due, "the %s of the two is %s", which, day_short(out->due, text));
    else
        SAY(in, STEP_CHOOSE, out->due, "the %s of all %zu is %s",
            moment->kind == MOMENT_EARLIER ? "earliest" : "latest", moment->part_count,
            day_short(out->due, text));
}

static bool comes_before(const struct when_out *a, const struct when_out *b)
{
    return a->due != b->due ? a->due < b->due : a->minute < b->minute;
}

/* While a part is unknown the others stand, provisionally; `all of` waits for every one. */
static void work_of_several(const struct when_in *in, const struct moment *moment,
                            struct when_out *out)
{
    struct when_out lack = nothing;
    bool provisional = false;
    size_t left = 0;
    for (size_t i = 0; i < moment->part_count; i++) {
        struct when_out part;
        work(in, moment->parts[i], &part);
        provisional |= part.provisional;
        if (!lack.missing)
            lack.missing = part.missing;
        lack.beyond |= part.beyond;
        left += !part.known;
        if (!part.known)
            continue;
        bool better = moment->kind == MOMENT_EARLIER ? comes_before(&part, out)
                                                     : comes_before(out, &part);
        if (!out->known || better)
            *out = part;
    }
    if (!out->known || (moment->kind == MOMENT_ALL && left)) {
        *out = lack;
        return;
    }
    out->provisional = provisional || left;
    out->missing = lack.missing;
    out->beyond = lack.beyond;
    say_chosen(in, moment, left, out);
}

/* --- counted from a base --------------------------------------------------------------------- */

/* A length that is dated is the one of the day it is counted from. */
static struct length length_of(const struct when_in *in, const struct moment *moment, day base)
{
    struct length length = moment->length;
    char text[DAY_TEXT_MAX], words[LENGTH_TEXT_MAX];
    day since = DAY_NONE;
    for (size_t i = 0; i < moment->later_count && moment->later[i].from <= base; i++) {
        length = moment->later[i].length;
        since = moment->later[i].from;
    }
    if (since != DAY_NONE)
        SAY(in, STEP_CHOOSE, base, "since %s it is %s", day_short(since, text),
            length_write(length, words));
    return length;
}

static void work_length(const struct when_in *in, const struct moment *moment, struct when_out *out)
{
    struct counting how = {
        .length = length_of(in, moment, out->due),
        .back = moment->kind == MOMENT_BEFORE,
        .starting = moment->starting,
        .at_least = moment->at_least,
    };
    day date;
    if (count_length(in, how, out->due, &date)) {
        known(out, date);
    } else {
        *out = nothing;
        out->beyond = true;
    }
}

static void work_beside(const struct when_in *in, const struct moment *moment, struct when_out *out)
{
    char base[DAY_TEXT_MAX], text[DAY_TEXT_MAX];
    bool after = moment->kind == MOMENT_DAY_AFTER;
    day from = out->due;
    known(out, after ? from + 1 : from - 1);
    if (after)
        SAY(in, STEP_COUNT, out->due, "the day after %s is %s", day_short(from, base),
            day_short(out->due, text));
    else
        SAY(in, STEP_COUNT, out->due, "before %s means at the latest on %s", day_short(from, base),
            day_short(out->due, text));
}

static void say_is(const struct when_in *in, const struct moment *moment,
                   const struct when_out *out)
{
    char text[DAY_TEXT_MAX], minute[8];
    bool timed = out->minute >= 0;
    SAY(in, STEP_COUNT, out->due, "%s is %s%s%s", moment_text(moment), day_short(out->due, text),
        timed ? " " : "", timed ? minute_text(out->minute, minute) : "");
}

static void work_picked(const struct when_in *in, const struct moment *moment, struct beside beside,
                        struct when_out *out)
{
    struct when_out base = *out;
    *out = nothing;
    recur_pick(in, &moment->recurring, moment->pick, beside, out);
    if (!out->known)
        return;
    out->provisional |= base.provisional;
    out->missing = base.missing;
    out->beyond |= base.beyond;
    say_is(in, moment, out);
}

/* The year of "15 February in transfer_year": a number, or the year that a date lies in. */
static void work_in_year(const struct when_in *in, const struct moment *moment,
                         struct when_out *out)
{
    struct beside beside = { .date = DAY_NONE, .minute = -1 };
    const struct moment *base = moment->base;
    struct anchored got = { .date = DAY_NONE };
    if (base->kind == MOMENT_ANCHOR)
        in->anchor(in->self, &base->anchor, &got);
    if (got.known && got.is_number) {
        if (got.number < YEAR_MIN || got.number > YEAR_MAX) {
            beyond_years(in, out);
            return;
        }
        beside.year = (int)got.number;
        out->provisional = got.provisional;
        SAY(in, STEP_START, DAY_NONE, "%s is %d", anchor_text(base), beside.year);
    } else {
        work(in, base, out);
        if (!out->known)
            return;
        beside.year = ymd_of(out->due).year;
    }
    work_picked(in, moment, beside, out);
}

static void work_age(const struct when_in *in, const struct moment *moment, struct when_out *out)
{
    int n = moment->length.n;
    bool birthday = moment->kind == MOMENT_BIRTHDAY;
    int64_t year = birthday ? (int64_t)ymd_of(out->due).year + n
                            : (int64_t)school_year_begun(out->due) + n;
    enum { SPARE = 10 }; /* A school year is named later than the birth's by a few years. */
    if (n < 0 || year > YEAR_MAX - SPARE || year < YEAR_MIN) {
        beyond_years(in, out);
        return;
    }
    if (birthday) {
        known(out, age_birthday(out->due, n));
    } else {
        int begins = age_begins_year(out->due, n);
        bool end = moment->recurring.end;
        known(out, end ? day_of(begins + 1, 8, 31) : day_of(begins, 9, 1));
    }
    say_is(in, moment, out);
}

/* The first anniversary, or the first after another date. By months: a period, not a birthday. */
static void work_anniversary(const struct when_in *in, const struct moment *moment,
                             struct when_out *out)
{
    day base = out->due;
    int years = 1;
    if (moment->after) {
        struct when_out after;
        work(in, moment->after, &after);
        if (!after.known) {
            *out = after;
            return;
        }
        int apart = ymd_of(after.due).year - ymd_of(base).year;
        years = apart > 1 ? apart : 1;
        if (day_add_months(base, years * MONTHS_A_YEAR) <= after.due)
            years++;
        out->provisional |= after.provisional;
        if (!out->missing)
            out->missing = after.missing;
        out->beyond |= after.beyond;
    }
    day date = day_add_months(base, years * MONTHS_A_YEAR);
    if (!count_in_years(date)) {
        beyond_years(in, out);
        return;
    }
    known(out, date);
    say_is(in, moment, out);
}

static void work_from_base(const struct when_in *in, const struct moment *moment,
                           struct when_out *out)
{
    work(in, moment->base, out);
    if (!out->known)
        return;
    struct beside beside = { .date = out->due, .minute = out->minute };
    switch (moment->kind) {
    case MOMENT_AFTER:
    case MOMENT_BEFORE:
        work_length(in, moment, out);
        break;
    case MOMENT_DAY_AFTER:
    case MOMENT_DAY_BEFORE:
        work_beside(in, moment, out);
        break;
    case MOMENT_RECURRING:
        work_picked(in, moment, beside, out);
        break;
    case MOMENT_MONTH_END:
        known(out, recur_month_end(moment->pick, out->due));
        say_is(in, moment, out);
        break;
    case MOMENT_BIRTHDAY:
    case MOMENT_SCHOOL_YEAR:
        work_age(in, moment, out);
        break;
    default:
        work_anniversary(in, moment, out);
        break;
    }
}

static void work(const struct when_in *in, const struct moment *moment, struct when_out *out)
{
    *out = nothing;
    switch (moment->kind) {
    case MOMENT_DATE:
        work_date(in, moment, out);
        break;
    case MOMENT_ANCHOR:
        work_anchor(in, moment, out);
        break;
    case MOMENT_FIRST_KNOWN:
        work_first_known(in, moment, out);
        break;
    case MOMENT_EARLIER:
    case MOMENT_LATER:
    case MOMENT_ALL:
        work_of_several(in, moment, out);
        break;
    default:
        if (moment->kind == MOMENT_RECURRING && moment->pick == PICK_IN_YEAR)
            work_in_year(in, moment, out);
        else
            work_from_base(in, moment, out);
        break;
    }
}

void when_moment(const struct when_in *in, const struct moment *moment, struct when_out *out)
{
    work(in, moment, out);
}
