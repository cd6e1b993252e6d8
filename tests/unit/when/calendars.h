/* SPDX-License-Identifier: MIT */
/* calendars - England's working days, the tribunal's and a made-up authority's, as plain data
 * for tests that must not depend on the reader of YAML. */
#ifndef TESTS_UNIT_WHEN_CALENDARS_H
#define TESTS_UNIT_WHEN_CALENDARS_H

#include "engine/model/calendar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static inline day on_day(const char *iso)
{
    day date = DAY_NONE;
    if (!day_parse(iso, &date)) {
        fprintf(stderr, "not a date: %s\n", iso);
        abort();
    }
    return date;
}

static const struct {
    const char *date, *title;
} england_holidays[] = {
    { "2019-01-01", "New Year's Day" },
    { "2019-04-19", "Good Friday" },
    { "2019-04-22", "Easter Monday" },
    { "2019-05-06", "Early May bank holiday" },
    { "2019-05-27", "Spring bank holiday" },
    { "2019-08-26", "Summer bank holiday" },
    { "2019-12-25", "Christmas Day" },
    { "2019-12-26", "Boxing Day" },
    { "2020-01-01", "New Year's Day" },
    { "2020-04-10", "Good Friday" },
    { "2020-04-13", "Easter Monday" },
    { "2020-05-08", "Early May bank holiday (VE day)" },
    { "2020-05-25", "Spring bank holiday" },
    { "2020-08-31", "Summer bank holiday" },
    { "2020-12-25", "Christmas Day" },
    { "2020-12-28", "Boxing Day (substitute day)" },
    { "2021-01-01", "New Year's Day" },
    { "2021-04-02", "Good Friday" },
    { "2021-04-05", "Easter Monday" },
    { "2021-05-03", "Early May bank holiday" },
    { "2021-05-31", "Spring bank holiday" },
    { "2021-08-30", "Summer bank holiday" },
    { "2021-12-27", "Christmas Day (substitute day)" },
    { "2021-12-28", "Boxing Day (substitute day)" },
    { "2022-01-03", "New Year's Day (substitute day)" },
    { "2022-04-15", "Good Friday" },
    { "2022-04-18", "Easter Monday" },
    { "2022-05-02", "Early May bank holiday" },
    { "2022-06-02", "Spring bank holiday" },
    { "2022-06-03", "Platinum Jubilee bank holiday" },
    { "2022-08-29", "Summer bank holiday" },
    { "2022-09-19", "State funeral of Queen Elizabeth II" },
    { "2022-12-26", "Boxing Day" },
    { "2022-12-27", "Christmas Day (substitute day)" },
    { "2023-01-02", "New Year's Day (substitute day)" },
    { "2023-04-07", "Good Friday" },
    { "2023-04-10", "Easter Monday" },
    { "2023-05-01", "Early May bank holiday" },
    { "2023-05-08", "Coronation of King Charles III" },
    { "2023-05-29", "Spring bank holiday" },
    { "2023-08-28", "Summer bank holiday" },
    { "2023-12-25", "Christmas Day" },
    { "2023-12-26", "Boxing Day" },
    { "2024-01-01", "New Year's Day" },
    { "2024-03-29", "Good Friday" },
    { "2024-04-01", "Easter Monday" },
    { "2024-05-06", "Early May bank holiday" },
    { "2024-05-27", "Spring bank holiday" },
    { "2024-08-26", "Summer bank holiday" },
    { "2024-12-25", "Christmas Day" },
    { "2024-12-26", "Boxing Day" },
    { "2025-01-01", "New Year's Day" },
    { "2025-04-18", "Good Friday" },
    { "2025-04-21", "Easter Monday" },
    { "2025-05-05", "Early May bank holiday" },
    { "2025-05-26", "Spring bank holiday" },
    { "2025-08-25", "Summer bank holiday" },
    { "2025-12-25", "Christmas Day" },
    { "2025-12-26", "Boxing Day" },
    { "2026-01-01", "New Year's Day" },
    { "2026-04-03", "Good Friday" },
    { "2026-04-06", "Easter Monday" },
    { "2026-05-04", "Early May bank holiday" },
    { "2026-05-25", "Spring bank holiday" },
    { "2026-08-31", "Summer bank holiday" },
    { "2026-12-25", "Christmas Day" },
    { "2026-12-28", "Boxing Day (substitute day)" },
    { "2027-01-01", "New Year's Day" },
    { "2027-03-26", "Good Friday" },
    { "2027-03-29", "Easter Monday" },
    { "2027-05-03", "Early May bank holiday" },
    { "2027-05-31", "Spring bank holiday" },
    { "2027-08-30", "Summer bank holiday" },
    { "2027-12-27", "Christmas Day (substitute day)" },
    { "2027-12-28", "Boxing Day (substitute day)" },
    { "2028-01-03", "New Year's Day (substitute day)" },
    { "2028-04-14", "Good Friday" },
    { "2028-04-17", "Easter Monday" },
    { "2028-05-01", "Early May bank holiday" },
    { "2028-05-29", "Spring bank holiday" },
    { "2028-08-28", "Summer bank holiday" },
    { "2028-12-25", "Christmas Day" },
    { "2028-12-26", "Boxing Day" },
};

static const struct {
    const char *season, *name, *from, *to, *half_from, *half_to;
} county_terms[] = {
    { "autumn", "autumn 2025", "2025-09-03", "2025-12-19", "2025-10-27", "2025-10-31" },
    { "spring", "spring 2026", "2026-01-05", "2026-04-02", "2026-02-16", "2026-02-20" },
    { "summer", "summer 2026", "2026-04-20", "2026-07-23", "2026-05-25", "2026-05-29" },
    { "autumn", "autumn 2026", "2026-09-03", "2026-12-18", "2026-10-26", "2026-10-30" },
    { "spring", "spring 2027", "2027-01-04", "2027-03-25", "2027-02-15", "2027-02-19" },
    { "summer", "summer 2027", "2027-04-12", "2027-07-23", "2027-05-31", "2027-06-04" },
};

/* The nation's: bank holidays and no terms. */
static inline struct calendar england_calendar(void)
{
    static struct named_day holidays[COUNT_OF(england_holidays)];
    for (size_t i = 0; i < COUNT_OF(england_holidays); i++)
        holidays[i] = (struct named_day){ on_day(england_holidays[i].date),
                                          england_holidays[i].title };
    return (struct calendar){
        .name = "england",
        .zone = "Europe/London",
        .working = { true, true, true, true, true, false, false },
        .known_from = on_day("2019-01-01"),
        .known_until = on_day("2028-12-31"),
        .holidays = holidays,
        .holiday_count = COUNT_OF(holidays),
    };
}

static inline struct calendar tribunal_calendar(void)
{
    static const struct yearly never[] = {
        { 8, 1, 8, 31, "August" },
        { 12, 25, 1, 1, "25 December to 1 January" },
    };
    struct calendar calendar = england_calendar();
    calendar.name = "tribunal";
    calendar.not_counted = never;
    calendar.not_counted_count = COUNT_OF(never);
    return calendar;
}

/* An authority's: terms, a closure of its offices, tables of dates. */
static inline struct calendar county_calendar(void)
{
    static struct term terms[COUNT_OF(county_terms)];
    static struct stretch closures[1];
    static const char *const alfi_columns[] = { "papers", "meets", "pays" };
    static const char *const panel_columns[] = { "sits" };
    static day dates[6][3];
    static const char *const slot_columns[] = { "from" };
    static const int noon[] = { 720, -1, -1 }, none[] = { -1, -1, -1 }, slot[] = { 540, 1020 };
    static struct table_row alfi[3], panel[3], slots[2];
    static struct table tables[3];
    for (size_t i = 0; i < COUNT_OF(county_terms); i++)
        terms[i] = (struct term){
            .season = county_terms[i].season,
            .name = county_terms[i].name,
            .from = on_day(county_terms[i].from),
            .to = on_day(county_terms[i].to),
            .half_from = on_day(county_terms[i].half_from),
            .half_to = on_day(county_terms[i].half_to),
        };
    closures[0] = (struct stretch){ on_day("2026-12-29"), on_day("2026-12-31"), "Offices closed" };
    static const char *const alfi_dates[3][3] = {
        { "2026-09-10", "2026-09-24", "2026-10-15" },
        { "2026-11-12", "2026-11-26", "2026-12-17" },
        { "2027-02-11", "2027-02-25", "" },
    };
    static const char *const panel_dates[3] = { "2026-09-01", "2026-09-15", "2026-09-29" };
    for (size_t i = 0; i < 3; i++) {
        for (size_t j = 0; j < 3; j++)
            dates[i][j] = alfi_dates[i][j][0] ? on_day(alfi_dates[i][j]) : DAY_NONE;
        dates[3 + i][0] = on_day(panel_dates[i]);
        alfi[i] = (struct table_row){ dates[i], noon };
        panel[i] = (struct table_row){ dates[3 + i], none };
    }
    tables[0] = (struct table){ "alfi_board", alfi_columns, 3, alfi, 3 };
    tables[1] = (struct table){ "panel", panel_columns, 1, panel, 3 };
    for (size_t i = 0; i < 2; i++) /* Two on one day, in the morning and in the afternoon. */
        slots[i] = (struct table_row){ dates[0], &slot[i] };
    tables[2] = (struct table){ "slot", slot_columns, 1, slots, 2 };
    struct calendar calendar = england_calendar();
    calendar.name = "county";
    calendar.terms = terms;
    calendar.term_count = COUNT_OF(terms);
    calendar.closures = closures;
    calendar.closure_count = COUNT_OF(closures);
    calendar.tables = tables;
    calendar.table_count = COUNT_OF(tables);
    return calendar;
}

#endif
