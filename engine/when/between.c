/* SPDX-License-Identifier: MIT */
/* Days counted one by one, for clocks that stop and go on. */
#include "engine/base/arena.h"
#include "engine/when/calendar_days.h"
#include "engine/when/count.h"

/* No clock lasts longer. */
enum { BETWEEN_MAX = 40000 };

static bool is_plain(enum unit unit)
{
    return unit == UNIT_DAY || unit == UNIT_WEEK || unit == UNIT_MONTH || unit == UNIT_YEAR;
}

struct units {
    enum unit unit;
    bool found, differ;
};

static void see(struct units *units, const struct moment *moment)
{
    if (!moment)
        return;
    if (moment->kind == MOMENT_AFTER) {
        enum unit unit = is_plain(moment->length.unit) ? UNIT_DAY : moment->length.unit;
        units->differ = units->differ || (units->found && unit != units->unit);
        units->unit = unit;
        units->found = true;
        return; /* What it is counted from may be counted otherwise. */
    }
    see(units, moment->base);
    for (size_t i = 0; i < moment->part_count; i++)
        see(units, moment->parts[i]);
}

bool when_unit(const struct moment *moment, enum unit *out)
{
    struct units units = { UNIT_DAY, false, false };
    see(&units, moment);
    *out = units.unit;
    return units.found && !units.differ;
}

static enum day_is is_counted(const struct when_in *in, enum unit unit, day date)
{
    switch (unit) {
    case UNIT_WORKING_DAY:
    case UNIT_SCHOOL_DAY:
        return calendar_day(in->calendar, unit == UNIT_SCHOOL_DAY, date, NULL);
    case UNIT_SCHOOL_WEEK:
        return count_school_week(in->calendar, date);
    case UNIT_DAY:
    case UNIT_WEEK:
    case UNIT_MONTH:
    case UNIT_YEAR:
        break;
    }
    return DAY_COUNTS;
}

bool when_between(const struct when_in *in, enum unit unit, day from, day to, int *out)
{
    *out = 0;
    if (to <= from)
        return true;
    if (to - from > BETWEEN_MAX)
        return false;
    for (day date = from + 1; date <= to; date++) {
        enum day_is is = is_counted(in, unit, date);
        if (is == DAY_UNKNOWN)
            return false;
        *out += is == DAY_COUNTS;
    }
    return true;
}

bool when_beyond(const struct when_in *in, enum unit unit, int n, day from, day *out)
{
    day date = from;
    while (n > 0) {
        enum day_is is = is_counted(in, unit, ++date);
        if (is == DAY_UNKNOWN || date - from > BETWEEN_MAX)
            return false;
        n -= is == DAY_COUNTS;
    }
    *out = date;
    return true;
}

const char *when_days_text(enum unit unit, int n, char text[LENGTH_TEXT_MAX])
{
    bool own = unit == UNIT_WORKING_DAY || unit == UNIT_SCHOOL_DAY;
    return length_write((struct length){ n, own ? unit : UNIT_DAY }, text);
}
