/* SPDX-License-Identifier: MIT */
/* age - birthdays and school years, for the other files of this folder.
 *
 * A school year runs from 1 September to 31 August and is named by the
 * calendar year it begins in. Results must lie in the years that
 * engine/base/date.h knows; the callers see to that.
 */
#ifndef ENGINE_WHEN_AGE_H
#define ENGINE_WHEN_AGE_H

#include "engine/when/when.h"

/* The calendar year in which the school year that holds `on` began. */
int school_year_begun(day on);

/* The calendar year in which the child's year group `school_year` begins. */
int age_begins_year(day birth, int school_year);

/* Born on 29 February: 1 March in the years between. */
day age_birthday(day birth, int age);

#endif
