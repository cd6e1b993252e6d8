/* SPDX-License-Identifier: MIT */
#include "engine/base/text.h"
#include "engine/run/calendar_news.h"
#include "engine/run/termwords.h"
#include "tests/unit/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const said_names[] = { "nothing", "term", "starts", "ends", "half", "holiday",
                                          "inset", "bank" };

/* "term autumn/1 2026+": what, season, half, year; + is a school year. */
static const struct { const char *text, *wanted; } words[] = {
    { "Autumn term 2026", "term autumn/0 2026" },
    { "Autumn Term 1 2026", "term autumn/1 2026" },
    { "AUTUMN TERM – FIRST HALF", "term autumn/1 0" },
    { "Autumn term: 2nd half", "term autumn/2 0" },
    { "Spring 2", "term spring/2 0" },
    { "Term 4", "term spring/2 0" },
    { "Term 4 (Spring)", "term spring/2 0" },
    { "Term 5 2026/27", "term summer/1 2026+" },
    { "Summer term 2026-2027", "term summer/0 2026+" },
    { "Half term 3", "term spring/1 0" },
    { "Summer", "term summer/0 0" },
    { "Half term", "half /0 0" },
    { "Half-term holiday", "half /0 0" },
    { "October half term break 2026", "half /0 2026" },
    { "Spring half term", "half spring/0 0" },
    { "Mid-term break", "half /0 0" },
    { "INSET day", "inset /0 0" },
    { "Inset Day 3", "inset /0 0" },
    { "Non-pupil day", "inset /0 0" },
    { "Staff training day", "inset /0 0" },
    { "Term starts", "starts /0 0" },
    { "Spring term begins", "starts spring/0 0" },
    { "First day of Summer term", "starts summer/0 0" },
    { "Pupils return to school", "starts /0 0" },
    { "School closes", "ends /0 0" },
    { "Last day of term", "ends /0 0" },
    { "Schools break up", "ends /0 0" },
    { "Christmas holidays", "holiday /0 0" },
    { "Easter break", "holiday /0 0" },
    { "Early May bank holiday", "bank /0 0" },
    { "New Year’s Day", "bank /0 0" },
    { "Good Friday", "bank /0 0" },
    /* What might mean two things, or anything, means nothing. */
    { "Autumn term exhibition", "nothing" },
    { "Term starts and ends", "nothing" },
    { "Half term starts", "nothing" },
    { "Term 7", "nothing" },
    { "Term 1 Spring", "term spring/1 0" },
    { "Term 5 Spring", "nothing" },
    { "Autumn and spring term", "nothing" },
    { "Parents' evening", "nothing" },
    { "School trip", "nothing" },
    { "2026", "nothing" },
    { "", "nothing" },
    { "Sommerferien ü", "nothing" },
};

static void words_are_read_strictly(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(words); i++) {
        const struct term_words got = term_words(words[i].text);
        char text[80];
        if (got.said == SAID_NOTHING)
            strcpy(text, "nothing");
        else
            snprintf(text, sizeof text, "%s %s/%d %d%s", said_names[got.said],
                     season_name(got.season), got.half, got.year, got.school_year ? "+" : "");
        if (strcmp(text, words[i].wanted) != 0)
            fail_msg("'%s' is '%s' instead of '%s'", words[i].text, text, words[i].wanted);
    }
}

static const struct { const char *text, *wanted; } days[] = {
    { "2026-09-03", "2026-09-03" },
    { "03/09/2026", "2026-09-03" },
    { "3/9/2026", "2026-09-03" },
    { "3 September 2026", "2026-09-03" },
    { "Thursday 3 September 2026", "2026-09-03" },
    { "Thu, 3rd Sep 2026", "2026-09-03" },
    { "Wednesday 25 July 2028", "'Wednesday 25 July 2028' is wrong: that day is Tuesday 25 July "
                                "2028" },
    { "31/02/2026", "'31/02/2026' is not a date: write it as 2026-11-21" },
    { "2026-02-31", "2026-02-31 is not a date: February 2026 has 28 days" },
    { "09/2026", "'09/2026' is not a date: write it as 2026-11-21" },
    { "soon", "'soon' is not a date: write it as 2026-11-21" },
};

static void days_are_read_as_people_write_them(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(days); i++) {
        char why[200], text[DAY_TEXT_MAX];
        day date;
        const char *got = term_day(days[i].text, &date, why, sizeof why) ? day_iso(date, text)
                                                                         : why;
        if (strcmp(got, days[i].wanted) != 0)
            fail_msg("'%s' is '%s'", days[i].text, got);
    }
}

/* --- whole files ----------------------------------------------------------------------------- */

static const char *iso(struct arena *arena, day date)
{
    char text[DAY_TEXT_MAX];
    return date == DAY_NONE ? "-" : arena_text(arena, day_iso(date, text));
}

/* Terms, non-pupil days, bank holidays and what was left out; or the error. */
static const char *read_all(struct arena *arena, const char *bytes, const char *division)
{
    struct news news;
    struct err err = { .code = ERR_NONE };
    struct buf text = buf_in(arena);
    if (calendar_news_read(arena, bytes, strlen(bytes), division, &news, &err))
        return arena_printf(arena, "! %s", err.text);
    for (size_t i = 0; i < news.terms.count; i++) {
        const struct news_term *t = &news.terms.at[i];
        buf_printf(&text, "%s %s..%s (%s..%s); ", t->name, iso(arena, t->from), iso(arena, t->to),
                   iso(arena, t->half_from), iso(arena, t->half_to));
    }
    for (size_t i = 0; i < news.non_pupil.count; i++)
        buf_printf(&text, "%s %s; ", iso(arena, news.non_pupil.at[i].date),
                   news.non_pupil.at[i].title);
    for (size_t i = 0; i < news.holidays.count; i++)
        buf_printf(&text, "%s %s; ", iso(arena, news.holidays.at[i].date),
                   news.holidays.at[i].title);
    for (size_t i = 0; i < news.left.count; i++)
        buf_printf(&text, "[%s]", news.left.at[i]);
    return buf_text(&text);
}

static void check(const char *got, const char *wanted, const char *of)
{
    if (strcmp(got, wanted) != 0)
        fail_msg("of '%s':\n got    '%s'\n wanted '%s'", of, got, wanted);
}

#define EW(events)                                                                                \
    "{\"england-and-wales\":{\"division\":\"england-and-wales\",\"events\":[" events "]},"        \
    "\"scotland\":{\"division\":\"scotland\",\"events\":[{\"title\":\"2nd January\","             \
    "\"date\":\"2029-01-02\",\"notes\":\"\",\"bunting\":true}]}}"
#define DAY(title, date, notes)                                                                   \
    "{\"title\":\"" title "\",\"date\":\"" date "\",\"notes\":\"" notes "\",\"bunting\":true}"

static const struct { const char *json, *division, *wanted; } holidays[] = {
    { EW(DAY("Boxing Day", "2029-12-26", "") "," DAY("New Year’s Day", "2029-01-01", "")), NULL,
      "2029-01-01 New Year's Day; 2029-12-26 Boxing Day; " },
    { EW(DAY("New Year’s Day", "2028-01-03", "Substitute day")), NULL,
      "2028-01-03 New Year's Day (substitute day); " },
    { EW(DAY("X", "2028-01-03", "")), "scotland", "2029-01-02 2nd January; " },
    { EW(DAY("X", "2028-01-03", "")), "wales", "! there is no division 'wales' in it" },
    { EW(DAY("X", "2028-02-30", "")), NULL,
      "! event 1 of england-and-wales: 2028-02-30 is not a date: February 2028 has 29 days" },
    { EW(DAY("X", "2028-01-03", "") "," DAY("Y", "2028-01-03", "")), NULL,
      "! event 2 of england-and-wales: 2028-01-03 stands twice" },
    { EW("{\"title\":\"X\"}"), NULL, "! event 1 of england-and-wales has no date" },
    { EW("{\"date\":\"2028-01-03\"}"), NULL, "! event 1 of england-and-wales has no title" },
    { EW("7"), NULL, "! event 1 of england-and-wales has no title" },
    { EW(DAY("two\\nlines", "2028-01-03", "")), NULL,
      "! event 1 of england-and-wales has no plain title of up to 120 bytes" },
    { EW(""), NULL, "! this is not the bank-holidays.json of gov.uk: there is no list of events in "
                    "it" },
    { "[]", NULL, "! this is not the bank-holidays.json of gov.uk: there is no list of events in "
                  "it" },
    { "{}", NULL, "! there is no division 'england-and-wales' in it" },
};

static void bank_holidays_are_read(void **state)
{
    for (size_t i = 0; i < COUNT(holidays); i++)
        check(read_all(*state, holidays[i].json, holidays[i].division), holidays[i].wanted,
              holidays[i].json);
}

#define AUTUMN "autumn 2029 2029-09-04..2029-12-20 "

static const struct { const char *csv, *wanted; } tables[] = {
    { "term,from,to\nAutumn term,2029-09-04,2029-12-20\n", AUTUMN "(-..-); " },
    { "\xef\xbb\xbfTerm,Starts,Ends,Half-term from,Half term to\r\n"
      "Autumn 2029,04/09/2029,20/12/2029,22/10/2029,26/10/2029\r\n",
      AUTUMN "(2029-10-22..2029-10-26); " },
    { "event,start,end\nAutumn term 2,2029-10-29,2029-12-20\nAutumn term 1,2029-09-04,2029-10-19\n",
      AUTUMN "(2029-10-22..2029-10-26); " },
    { "term,from,to\nTerm 1,2029-09-04,2029-10-19\nTerm 2,2029-10-29,2029-12-20\n"
      "Half term,2029-10-20,2029-10-28\n",
      AUTUMN "(2029-10-22..2029-10-26); " },
    { "event,date\nTerm starts,2029-09-04\nINSET day,2029-11-09\nTerm ends,2029-12-20\n"
      "INSET day,2029-12-21\nChristmas holidays,2029-12-24\n",
      AUTUMN "(-..-); 2029-11-09 INSET day; [Christmas holidays][INSET day (Fri 21 Dec 2029, when "
             "there is no school anyway)]" },
    { "term,from,to\nAutumn term,2029-09-04,2029-12-20\nSports day,2029-09-20,\n",
      "! line 3: 'Sports day' is not understood" },
    { "term,from,to\nAutumn term,2029-09-04,2029-12-32\n",
      "! line 2: 2029-12-32 is not a date: December 2029 has 31 days" },
    { "term,from,to\nAutumn term,Monday 4 September 2029,2029-12-20\n",
      "! line 2: 'Monday 4 September 2029' is wrong: that day is Tuesday 4 September 2029" },
    { "term,from,to\nAutumn term,2029-12-20,2029-09-04\n",
      "! line 2: 'Autumn term' ends before it begins" },
    { "term,from,to\nAutumn term 2028,2029-09-04,2029-12-20\n",
      "! line 2: 'Autumn term 2028' begins on Tue 4 Sep 2029, which is not in that year" },
    { "term,from,to\nAutumn term 1,2029-09-04,2029-10-19\n",
      "! line 2: the other half of that term is missing" },
    { "term,from,to\nAutumn term,2029-09-04,2029-12-20\nSpring term,2029-12-01,2030-03-20\n",
      "! line 2 and line 3 overlap" },
    { "term,from,to\nAutumn term,2029-09-04,2029-09-10\n", "! line 2: a term of 7 days" },
    { "term,from,to\nAutumn term,2029-09-04,2029-12-20\nHalf term,2029-08-20,2029-08-24\n",
      "! line 3: 'Half term' lies in none of the terms" },
    { "event,date\nTerm starts,2029-09-04\n", "! line 2: a term begins, and never ends" },
    { "event,date\nTerm ends,2029-09-04\n", "! line 2: 'Term ends', and no term has begun" },
    { "event,date\nTerm starts,2029-09-04\nTerm starts,2029-10-29\n",
      "! line 3: 'Term starts', and the term of line 2 has not ended" },
    { "term,from,to,price\n", "! line 1: the column 'price' is not known" },
    { "term,from,from\n", "! line 1: the column 'from' is there twice" },
    { "from,to\n", "! line 1: the first line must name the columns: term,from,to" },
    { "term,from,to\nAutumn term,2029-09-04,2029-12-20,x\n",
      "! line 2: 4 cells, where the first line has 3" },
    { "term,from,to\nAutumn term,,\n", "! line 2: 'Autumn term' has no date" },
    { "term,from,to\n", "! there is no term in it" },
    { "", "! the file is empty" },
    { "term,from,to\n\"Autumn", "! line 2: a quote is never closed" },
};

static void tables_of_terms_are_read(void **state)
{
    for (size_t i = 0; i < COUNT(tables); i++)
        check(read_all(*state, tables[i].csv, NULL), tables[i].wanted, tables[i].csv);
    check(read_all(*state, tables[0].csv, "scotland"),
          "! a division is of bank holidays, and these are terms", "a division");
}

#define ICS(events) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" events "END:VCALENDAR\r\n"
#define EVENT(lines) "BEGIN:VEVENT\r\n" lines "END:VEVENT\r\n"
#define TERM_EVENT                                                                                \
    EVENT("DTSTART;VALUE=DATE:20290904\r\nDTEND;VALUE=DATE:20291221\r\n"                          \
          "SUMMARY:Aut\r\n umn\r\n\t term\r\n")

static const struct { const char *ics, *wanted; } feeds[] = {
    { ICS(TERM_EVENT), AUTUMN "(-..-); " },
    { ICS(TERM_EVENT EVENT("DTSTART:20291022T000000\nDURATION:P1W\nSUMMARY;X=\"a:b\":Half term\n")),
      AUTUMN "(2029-10-22..2029-10-26); " },
    { ICS(TERM_EVENT EVENT("DTSTART:20291109\nSUMMARY:INSET\\, staff only\n"
                           "BEGIN:VALARM\nSUMMARY:x\nEND:VALARM\n")),
      AUTUMN "(-..-); 2029-11-09 INSET, staff only; " },
    { ICS(TERM_EVENT EVENT("DTSTART:20291109\nSUMMARY:Whatever\nSTATUS:CANCELLED\n")),
      AUTUMN "(-..-); [Whatever (cancelled)]" },
    { ICS(TERM_EVENT EVENT("DTSTART:20291109\nSUMMARY:Whatever\n")),
      "! line 10: 'Whatever' is not understood" },
    { ICS(EVENT("DTSTART:20291109T093000\nSUMMARY:INSET\n")),
      "! line 4: a time of day: only whole days are read" },
    { ICS(EVENT("DTSTART:20291309\nSUMMARY:INSET\n")),
      "! line 4: 2029-13-09 is not a date: months run from 01 to 12" },
    { ICS(EVENT("DTSTART:20291109\nRRULE:FREQ=DAILY\nSUMMARY:INSET\n")),
      "! line 5: an event that comes again: write each of its days" },
    { ICS(EVENT("DTSTART:20291109\nDTEND:20291109\nSUMMARY:INSET\n")),
      "! line 3: an event that ends before it begins" },
    { ICS(EVENT("DTSTART:20291109\nDTSTART:20291110\nSUMMARY:INSET\n")),
      "! line 5: a date stands twice in one event" },
    { ICS(EVENT("DTSTART:20291109\nDTEND:20291110\nDURATION:P1D\nSUMMARY:INSET\n")),
      "! line 3: an event with DTEND and DURATION" },
    { ICS(EVENT("DTSTART:20291109\nDURATION:PT8H\nSUMMARY:INSET\n")),
      "! line 5: a length of whole days is wanted, such as P5D" },
    { ICS(EVENT("DTSTART:20291109\n")), "! line 3: an event without SUMMARY" },
    { ICS(EVENT("SUMMARY:INSET\n")), "! line 3: an event without DTSTART" },
    { "BEGIN:VCALENDAR\nEND:VEVENT\n", "! line 2: an END that does not fit its BEGIN" },
    { "BEGIN:VCALENDAR\nEND:VCALENDAR\nBEGIN:VCALENDAR\n",
      "! line 3: something follows the end of the calendar" },
    { "BEGIN:VCALENDAR\nnonsense\n", "! line 2: not a line of an iCalendar file" },
    { "BEGIN:VEVENT\n", "! line 1: an iCalendar file begins with BEGIN:VCALENDAR" },
    { "BEGIN:VCALENDAR\n", "! the calendar has no end" },
    { ICS(""), "! there is no term in it" },
};

static void feeds_are_read(void **state)
{
    for (size_t i = 0; i < COUNT(feeds); i++)
        check(read_all(*state, feeds[i].ics, NULL), feeds[i].wanted, feeds[i].ics);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(words_are_read_strictly), TEST(days_are_read_as_people_write_them),
        TEST(bank_holidays_are_read),  TEST(tables_of_terms_are_read),
        TEST(feeds_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
