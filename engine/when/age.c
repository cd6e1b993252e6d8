/* SPDX-License-Identifier: MIT */
#include "engine/when/age.h"

enum { SEPTEMBER = 9, RECEPTION_AGE = 5 };

int school_year_begun(day on)
{
    struct ymd d = ymd_of(on);
    return d.month >= SEPTEMBER ? d.year : d.year - 1;
}

int school_year_at(day birth, day on)
{
    return school_year_begun(on) - school_year_begun(birth) - RECEPTION_AGE;
}

int age_begins_year(day birth, int school_year)
{
    return school_year_begun(birth) + RECEPTION_AGE + school_year;
}

day age_birthday(day birth, int age)
{
    struct ymd d = ymd_of(birth);
    int year = d.year + age;
    if (!ymd_valid(year, d.month, d.day))
        return day_of(year, 3, 1); /* Born on 29 February. */
    return day_of(year, d.month, d.day);
}

int age_at(day birth, day on)
{
    int age = ymd_of(on).year - ymd_of(birth).year;
    return age_birthday(birth, age) > on ? age - 1 : age;
}
