/* SPDX-License-Identifier: MIT */
#include "engine/when/skips.h"

#include <string.h>

enum { TOLD_MAX = 10, WEEKDAY_NAME_MAX = 9 };

void skips_begin(struct skips *skips, struct trace *trace)
{
    *skips = (struct skips){ .trace = trace, .from = DAY_NONE, .to = DAY_NONE };
}

static void tell_run(struct skips *skips)
{
    if (skips->from == DAY_NONE)
        return;
    day from = skips->from < skips->to ? skips->from : skips->to;
    day to = skips->from < skips->to ? skips->to : skips->from;
    char first[DAY_TEXT_MAX], last[DAY_TEXT_MAX];
    if (skips->told == TOLD_MAX) {
        skips->untold += to - from + 1;
    } else if (from == to) {
        skips->told++;
        trace_step(skips->trace, STEP_SKIP, from, "%s is not counted: %s", day_short(from, first),
                   skips->why);
    } else {
        skips->told++;
        trace_step(skips->trace, STEP_SKIP, from, "%s to %s are not counted: %s",
                   day_short(from, first), day_short(to, last), skips->why);
    }
    skips->from = skips->to = DAY_NONE;
}

void skips_add(struct skips *skips, day date, const char *why)
{
    if (!skips->trace)
        return;
    if (weekday_from_name(why, strnlen(why, WEEKDAY_NAME_MAX + 1)) >= 0) {
        skips->weekend_days++;
        return;
    }
    bool goes_on = skips->from != DAY_NONE && (date == skips->to + 1 || date == skips->to - 1) &&
                   strcmp(why, skips->why) == 0;
    if (!goes_on) {
        tell_run(skips);
        skips->from = date;
        skips->why = why;
    }
    skips->to = date;
}

void skips_end(struct skips *skips)
{
    if (!skips->trace)
        return;
    tell_run(skips);
    if (skips->untold)
        trace_step(skips->trace, STEP_SKIP, DAY_NONE, "%d further days are not counted",
                   skips->untold);
    if (skips->weekend_days)
        trace_step(skips->trace, STEP_SKIP, DAY_NONE,
                   skips->weekend_days == 1 ? "%d day of a weekend is not counted"
                                            : "%d days of weekends are not counted",
                   skips->weekend_days);
}
