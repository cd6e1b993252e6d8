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
