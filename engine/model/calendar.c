/* SPDX-License-Identifier: MIT */
#include "engine/model/calendar.h"

#include "engine/base/text.h"

const struct calendar *calendar_find(const struct calendars *calendars, const char *name)
{
    if (!name)
        return calendars->count ? calendars->at[0] : NULL;
    for (size_t i = 0; i < calendars->count; i++)
        if (text_same(calendars->at[i]->name, name))
            return calendars->at[i];
    return NULL;
}

static const struct calendar *of_school(const struct calendars *calendars, int64_t school)
{
    size_t low = 0, high = calendars->school_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (calendars->schools[middle]->school < school)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < calendars->school_count && calendars->schools[low]->school == school;
    return found ? calendars->schools[low] : NULL;
}

const struct calendar *calendar_for(const struct calendars *calendars, const char *name,
                                    int64_t school)
{
    const struct calendar *own = name || !school ? NULL : of_school(calendars, school);
    return own ? own : calendar_find(calendars, name);
}
