/* SPDX-License-Identifier: MIT */
/* calendar_days - what a calendar knows, for the other files of this folder. */
#ifndef ENGINE_WHEN_CALENDAR_DAYS_H
#define ENGINE_WHEN_CALENDAR_DAYS_H

#include "engine/when/when.h"

/* 1 January of YEAR_MIN and 31 December of YEAR_MAX. */
enum { DAY_FIRST = -25567, DAY_LAST = 84005 };

/* working_day() or school_day(). */
enum day_is calendar_day(const struct calendar *calendar, bool school, day date, const char **why);

/* True when every day from `from` to `to` lies in a term or in holidays between known terms. */
bool calendar_terms_cover(const struct calendar *calendar, day from, day to);

#endif
