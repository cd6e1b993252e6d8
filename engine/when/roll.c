/* SPDX-License-Identifier: MIT */
#include "engine/when/when.h"

#include "engine/base/err.h"
#include "engine/when/count.h"
#include "engine/when/say.h"
#include <string.h>

enum { ROLL_NEXT_WORKING, ROLL_NEXT_SCHOOL, ROLL_BACK_WORKING, ROLL_BACK_SCHOOL, ROLL_COUNT };
static const char *const rolls[ROLL_COUNT] = {
    [ROLL_NEXT_WORKING] = "next working day",
    [ROLL_NEXT_SCHOOL] = "next school day",
    [ROLL_BACK_WORKING] = "previous working day",
    [ROLL_BACK_SCHOOL] = "previous school day",
};

const char *const *when_rolls(size_t *count)
{
    *count = ROLL_COUNT;
    return rolls;
}

bool when_roll(const struct when_in *in, const char *roll, day date, day *out)
{
    if (!roll) {
        *out = date;
        return true;
    }
    int which = 0;
    while (which < ROLL_COUNT && strcmp(rolls[which], roll) != 0)
        which++;
    MUST(which < ROLL_COUNT);
    bool school = which == ROLL_NEXT_SCHOOL || which == ROLL_BACK_SCHOOL;
    bool back = which == ROLL_BACK_WORKING || which == ROLL_BACK_SCHOOL;
    day moved;
    if (!count_to_day(in, school, back, date, &moved))
        return false;
    char text[DAY_TEXT_MAX];
    const char *kind = school ? "school day" : "working day";
    if (moved == date)
        SAY(in, STEP_ROLL, date, "%s is a %s and stays", day_short(date, text), kind);
    else
        SAY(in, STEP_ROLL, moved, "it moves to the %s: %s", rolls[which], day_short(moved, text));
    *out = moved;
    return true;
}

bool when_do_by(const struct when_in *in, day due, bool school, day *out)
{
    day date;
    if (!count_to_day(in, school, true, due, &date))
        return false;
    char text[DAY_TEXT_MAX];
    const char *kind = school ? "school day" : "working day";
    if (date == due)
        SAY(in, STEP_DO_BY, date, "do it by then: %s is a %s", day_short(date, text), kind);
    else
        SAY(in, STEP_DO_BY, date, "do it by the last %s before: %s", kind, day_short(date, text));
    *out = date;
    return true;
}
