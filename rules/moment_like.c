/* SPDX-License-Identifier: MIT */
/* Of a text that is no moment: which kind of moment it most looks like. */
#include "rules/moment_reader.h"

#include <ctype.h>
#include <string.h>

/* The first word that stands in the text tells. */
static const struct {
    const char *word, *written;
} kinds[] = {
    { "birthday", "`18th birthday of birth`" },
    { "anniversary", "`anniversary of X`, or `next anniversary of X after Y`" },
    { "half", "`end of half term after X`" },
    { "term", "`end of term after X`, or `start of autumn term after X`" },
    { "earlier", "`earlier of (A and B)`" },
    { "later", "`later of (A and B)`" },
    { "starting", "`15 days starting with X`, where X is the first of them" },
    { "next", "`next TABLE after X`, `next TABLE at least 5 days after X` or "
              "`next 1 October after X`" },
    { "last", "`last TABLE before X`, or `last 15 February before X`" },
    { "least", "`at least 2 weeks before X`" },
    { "working", "`10 working days after X`" },
    { "school", "`15 school days after X`" },
    { "Monday", "`first Monday of October after X`" },
    { "Tuesday", "`first Tuesday of October after X`" },
    { "Wednesday", "`first Wednesday of October after X`" },
    { "Thursday", "`first Thursday of October after X`" },
    { "Friday", "`first Friday of October after X`" },
    { "end", "`end of term after X`, `end of month after X` or `end of year 11`" },
    { "before", "`2 weeks before X`" },
};

static bool has_word(const char *text, const char *word)
{
    size_t len = strlen(word);

    for (const char *at = strstr(text, word); at; at = strstr(at + 1, word))
        if ((at == text || !isalnum((unsigned char)at[-1])) && !isalnum((unsigned char)at[len]))
            return true;
    return false;
}

const char *moment_like(const char *text)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (has_word(text, kinds[i].word))
            return kinds[i].written;
    for (const char *at = text; *at; at += strspn(at, " ")) {
        size_t len = strcspn(at, " ");
        if (month_from_name(at, len))
            return "`1 October 2027`, `next 1 October after X` or `1 October in YEAR`";
        at += len;
    }
    return "`2 weeks after X`, `10 working days before X` or `on X`";
}
