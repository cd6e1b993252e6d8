/* SPDX-License-Identifier: MIT */
/* termwords - what schools and councils write about a school year, read
 * strictly: every word must be one that is known, or nothing is understood.
 */
#ifndef ENGINE_RUN_TERMWORDS_H
#define ENGINE_RUN_TERMWORDS_H

#include "engine/base/date.h"

#include <stdbool.h>
#include <stddef.h>

enum term_said {
    SAID_NOTHING,      /* Not understood. */
    SAID_TERM,         /* "Autumn term 2026", "Autumn term 1", "Term 3", "Spring" */
    SAID_STARTS,       /* "Term starts", "Pupils return" */
    SAID_ENDS,         /* "Last day of term", "School closes" */
    SAID_HALF_TERM,    /* "Half term", "October half-term break" */
    SAID_HOLIDAY,      /* "Christmas holidays" */
    SAID_NON_PUPIL,    /* "INSET day", "Staff training" */
    SAID_BANK_HOLIDAY, /* "Bank holiday", "Good Friday" */
};
enum season { SEASON_NONE, SEASON_AUTUMN, SEASON_SPRING, SEASON_SUMMER };

struct term_words {
    enum term_said said;
    enum season season;
    int half;          /* Of the term: 1 or 2; 0: all of it. */
    int year;          /* 0: none was said. */
    bool school_year;  /* `year` is the one in which a school year begins ("2026/27"). */
};

struct term_words term_words(const char *text);
const char *season_name(enum season season); /* "autumn" */
enum season season_at(day date);             /* Of a term that begins then. */

/* A day as people write it: "2026-09-03", "03/09/2026", "Thursday 3rd September 2026". False: `why`
 * has the reason; a day of the week that does not fit is one. */
bool term_day(const char *text, day *out, char *why, size_t room);

#endif
