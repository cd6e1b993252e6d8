/* SPDX-License-Identifier: MIT */
#include "engine/run/termwords.h"

#include "engine/base/text.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 24, TEXT_MAX = 160 };

enum meaning {
    MEANS_UNKNOWN, MEANS_NUMBER, MEANS_FILL, MEANS_AUTUMN, MEANS_SPRING, MEANS_SUMMER, MEANS_TERM,
    MEANS_HALF_TERM, MEANS_FIRST_HALF, MEANS_SECOND_HALF, MEANS_STARTS, MEANS_ENDS, MEANS_PUPILS,
    MEANS_BREAK, MEANS_INSET, MEANS_BANK, MEANINGS,
};

/* Words of a phrase are tried before words alone; so the longer stand first. */
static const struct { const char *words; enum meaning means; } phrases[] = {
    { "first half", MEANS_FIRST_HALF },   { "1st half", MEANS_FIRST_HALF },
    { "second half", MEANS_SECOND_HALF }, { "2nd half", MEANS_SECOND_HALF },
    { "half term", MEANS_HALF_TERM },     { "halfterm", MEANS_HALF_TERM },
    { "mid term", MEANS_HALF_TERM },      { "non pupil", MEANS_INSET },
    { "staff training", MEANS_INSET },    { "teacher training", MEANS_INSET },
    { "training", MEANS_INSET },          { "staff development", MEANS_INSET },
    { "professional development", MEANS_INSET }, { "inset", MEANS_INSET },
    { "in service", MEANS_INSET },        { "bank holiday", MEANS_BANK },
    { "may day", MEANS_BANK },            { "good friday", MEANS_BANK },
    { "easter monday", MEANS_BANK },      { "christmas day", MEANS_BANK },
    { "boxing day", MEANS_BANK },         { "new years day", MEANS_BANK },
    { "first day", MEANS_STARTS },        { "1st day", MEANS_STARTS },
    { "last day", MEANS_ENDS },           { "breaks up", MEANS_ENDS },
    { "break up", MEANS_ENDS },           { "autumn", MEANS_AUTUMN },
    { "spring", MEANS_SPRING },           { "summer", MEANS_SUMMER },
    { "term", MEANS_TERM },               { "starts", MEANS_STARTS },
    { "start", MEANS_STARTS },            { "begins", MEANS_STARTS },
    { "opens", MEANS_STARTS },            { "open", MEANS_STARTS },
    { "reopens", MEANS_STARTS },          { "reopen", MEANS_STARTS },
    { "return", MEANS_STARTS },           { "returns", MEANS_STARTS },
    { "ends", MEANS_ENDS },               { "end", MEANS_ENDS },
    { "finishes", MEANS_ENDS },           { "closes", MEANS_ENDS },
    { "close", MEANS_ENDS },              { "pupils", MEANS_PUPILS },
    { "students", MEANS_PUPILS },         { "children", MEANS_PUPILS },
    { "school", MEANS_PUPILS },           { "schools", MEANS_PUPILS },
    { "holiday", MEANS_BREAK },           { "holidays", MEANS_BREAK },
    { "break", MEANS_BREAK },             { "vacation", MEANS_BREAK },
    { "closed", MEANS_BREAK },            { "closure", MEANS_BREAK },
    { "of", MEANS_FILL },    { "the", MEANS_FILL },       { "for", MEANS_FILL },
    { "to", MEANS_FILL },    { "in", MEANS_FILL },        { "all", MEANS_FILL },
    { "and", MEANS_FILL },   { "day", MEANS_FILL },       { "days", MEANS_FILL },
    { "date", MEANS_FILL },  { "dates", MEANS_FILL },     { "week", MEANS_FILL },
    { "year", MEANS_FILL },  { "academic", MEANS_FILL },  { "october", MEANS_FILL },
    { "february", MEANS_FILL }, { "may", MEANS_FILL },    { "christmas", MEANS_FILL },
    { "easter", MEANS_FILL },   { "whitsun", MEANS_FILL }, { "staff", MEANS_FILL },
    { "only", MEANS_FILL },  { "early", MEANS_FILL },     { "late", MEANS_FILL },
    { "august", MEANS_FILL },   { "july", MEANS_FILL },    { "september", MEANS_FILL },
    { "december", MEANS_FILL }, { "january", MEANS_FILL }, { "april", MEANS_FILL },
    { "monday", MEANS_FILL },   { "friday", MEANS_FILL },
};

struct reading {
    char text[TEXT_MAX + 2];        /* Words of small letters and digits, one blank between. */
    const char *word[WORDS_MAX];
    size_t count;
    bool has[MEANINGS];
    int number;                     /* 1 to 6; 0: none. */
    struct term_words out;
};

/* Apostrophes go, so that "New Year's Day" is one thing however it is written. */
static bool normalise(struct reading *r, const char *text)
{
    size_t len = 0;
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        bool wide = *c == 0xe2 && c[1] == 0x80 && c[2]; /* Dashes and curly quotes. */
        bool apostrophe = *c == '\'' || (wide && c[2] == 0x99);
        if (len == TEXT_MAX || (*c >= 0x80 && !wide))
            return false;
        bool word = isalnum(*c);
        c += wide ? 2 : 0;
        if (apostrophe)
            continue;
        if (word || (len && r->text[len - 1] != ' '))
            r->text[len++] = word ? (char)tolower(*c) : ' ';
    }
    r->text[len] = '\0';
    for (char *at = strtok(r->text, " "); at; at = strtok(NULL, " ")) {
        if (r->count == WORDS_MAX)
            return false;
        r->word[r->count++] = at;
    }
    return r->count > 0;
}

/* How many words of the phrase stand at word `at`; 0: it does not. */
static size_t phrase_at(const struct reading *r, const char *phrase, size_t at)
{
    size_t used = 0;
    while (*phrase) {
        size_t len = strcspn(phrase, " ");
        if (at + used == r->count || strlen(r->word[at + used]) != len ||
            memcmp(r->word[at + used], phrase, len) != 0)
            return 0;
        used++;
        phrase += len + (phrase[len] == ' ');
    }
    return used;
}

static bool read_number(struct reading *r, const char *word)
{
    int64_t n;
    if (strspn(word, "0123456789") != strlen(word) || !text_int(word, &n))
        return false;
    if (r->out.year && (n == r->out.year + 1 || n == (r->out.year + 1) % 100) &&
        !r->out.school_year) {
        r->out.school_year = true;
        return true;
    }
    if (n >= YEAR_MIN && n <= YEAR_MAX && !r->out.year) {
        r->out.year = (int)n;
        return true;
    }
    if (n < 1 || n > 6 || r->number)
        return false;
    r->number = (int)n;
    return true;
}

static bool read_words(struct reading *r)
{
    for (size_t at = 0; at < r->count;) {
        size_t used = 0;
        for (size_t i = 0; !used && i < sizeof phrases / sizeof *phrases; i++) {
            used = phrase_at(r, phrases[i].words, at);
            if (used)
                r->has[phrases[i].means] = true;
        }
        if (!used && !read_number(r, r->word[at]))
            return false;
        at += used ? used : 1;
    }
    return true;
}

/* The season and the half that are said by name and by number; false: they contradict. */
static bool read_part(struct reading *r)
{
    const bool *has = r->has;
    int seasons = has[MEANS_AUTUMN] + has[MEANS_SPRING] + has[MEANS_SUMMER];
    if (seasons > 1 || (has[MEANS_FIRST_HALF] && has[MEANS_SECOND_HALF]))
        return false;
    r->out.season = has[MEANS_AUTUMN]   ? SEASON_AUTUMN
                    : has[MEANS_SPRING] ? SEASON_SPRING
                    : has[MEANS_SUMMER] ? SEASON_SUMMER
                                        : SEASON_NONE;
    r->out.half = has[MEANS_FIRST_HALF] ? 1 : has[MEANS_SECOND_HALF] ? 2 : 0;
    if (!r->number || has[MEANS_INSET])
        return true;
    enum season counted = (enum season)(SEASON_AUTUMN + (r->number - 1) / 2);
    int half = (r->number - 1) % 2 + 1;
    bool of_season = r->out.season != SEASON_NONE && r->number <= 2;
    if ((r->out.half && r->out.half != half) ||
        (!of_season && r->out.season != SEASON_NONE && r->out.season != counted))
        return false;
    if (r->out.season == SEASON_NONE)
        r->out.season = counted;
    r->out.half = half;
    return true;
}

static enum term_said said(const struct reading *r)
{
    const bool *has = r->has;
    bool edge = has[MEANS_STARTS] || has[MEANS_ENDS];
    if (has[MEANS_INSET])
        return SAID_NON_PUPIL; /* Often numbered. */
    if (has[MEANS_BANK])
        return edge || r->number ? SAID_NOTHING : SAID_BANK_HOLIDAY;
    if (has[MEANS_HALF_TERM] && !r->number)
        return edge || has[MEANS_FIRST_HALF] || has[MEANS_SECOND_HALF] ? SAID_NOTHING
                                                                       : SAID_HALF_TERM;
    if (has[MEANS_BREAK])
        return edge || r->number ? SAID_NOTHING : SAID_HOLIDAY;
    bool term = has[MEANS_TERM] || has[MEANS_HALF_TERM] || r->out.season != SEASON_NONE;
    if (edge && (term || has[MEANS_PUPILS]))
        return has[MEANS_STARTS] && has[MEANS_ENDS] ? SAID_NOTHING
               : has[MEANS_STARTS]                  ? SAID_STARTS
                                                    : SAID_ENDS;
    return term && !edge ? SAID_TERM : SAID_NOTHING;
}

struct term_words term_words(const char *text)
{
    struct reading r = { .count = 0 };
    if (!normalise(&r, text) || !read_words(&r) || !read_part(&r))
        return (struct term_words){ .said = SAID_NOTHING };
    r.out.said = said(&r);
    return r.out;
}

const char *season_name(enum season season)
{
    static const char *const names[] = { "", "autumn", "spring", "summer" };
    return names[season];
}

enum season season_at(day date)
{
    int month = ymd_of(date).month;
    return month >= 8 ? SEASON_AUTUMN : month <= 3 ? SEASON_SPRING : SEASON_SUMMER;
}

/* --- days ------------------------------------------------------------------------------------ */

/* "03/09/2026" to "3 9 2026" in numbers; days come first in Britain. */
static bool slashed(const char *text, day *out)
{
    int mday, month, year, used = 0;
    if (sscanf(text, "%2d/%2d/%4d%n", &mday, &month, &year, &used) != 3 || text[used] ||
        used < 8 || !ymd_valid(year, month, mday) || year < YEAR_MIN || year > YEAR_MAX)
        return false;
    *out = day_of(year, month, mday);
    return true;
}

/* Without a comma, without "st" behind a number, and without the day of the week, which goes to
 * *weekday (-1: none). */
static void plain_day(const char *text, char plain[TEXT_MAX], int *weekday)
{
    size_t len = 0, word = strcspn(text, " ,");
    *weekday = weekday_from_name(text, word);
    if (*weekday >= 0)
        text += word + strspn(text + word, " ,");
    for (const char *c = text; *c && len + 1 < TEXT_MAX; c++) {
        bool ordinal = c > text && isdigit((unsigned char)c[-1]) &&
                       (!strncmp(c, "st", 2) || !strncmp(c, "nd", 2) || !strncmp(c, "rd", 2) ||
                        !strncmp(c, "th", 2)) && c[2] == ' ';
        if (ordinal)
            c++;
        else if (*c != ',')
            plain[len++] = *c;
    }
    plain[len] = '\0';
}

bool term_day(const char *text, day *out, char *why, size_t room)
{
    char plain[TEXT_MAX], shown[DAY_TEXT_MAX];
    int weekday;
    plain_day(text, plain, &weekday);
    if (!day_parse_any(plain, out) && !slashed(plain, out)) {
        day_parse_why(plain, why, room);
        return false;
    }
    if (weekday >= 0 && (int)weekday_of(*out) != weekday) {
        snprintf(why, room, "'%s' is wrong: that day is %s", text, day_long(*out, shown));
        return false;
    }
    return true;
}
