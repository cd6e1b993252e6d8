/* SPDX-License-Identifier: MIT */
#include "engine/model/length.h"

#include "engine/base/text.h"
#include <string.h>

enum { DIGITS_MAX = 4 };

static const struct {
    const char *kind, *word;
    enum unit unit;
} units[] = {
    { NULL, "day", UNIT_DAY },
    { NULL, "days", UNIT_DAY },
    { NULL, "week", UNIT_WEEK },
    { NULL, "weeks", UNIT_WEEK },
    { NULL, "month", UNIT_MONTH },
    { NULL, "months", UNIT_MONTH },
    { NULL, "year", UNIT_YEAR },
    { NULL, "years", UNIT_YEAR },
    { "working", "day", UNIT_WORKING_DAY },
    { "working", "days", UNIT_WORKING_DAY },
    { "school", "day", UNIT_SCHOOL_DAY },
    { "school", "days", UNIT_SCHOOL_DAY },
    { "school", "week", UNIT_SCHOOL_WEEK },
    { "school", "weeks", UNIT_SCHOOL_WEEK },
};
enum { UNIT_COUNT = sizeof units / sizeof *units };

bool length_unit(const char *kind, const char *word, enum unit *out)
{
    for (size_t i = 0; i < UNIT_COUNT; i++) {
        if (text_same(units[i].kind, kind) && strcmp(units[i].word, word) == 0) {
            *out = units[i].unit;
            return true;
        }
    }
    return false;
}

const char *length_unit_kind(const char *word)
{
    return strcmp(word, "working") == 0 ? "working" : strcmp(word, "school") == 0 ? "school" : NULL;
}

/* Takes a word from *text into `word`; false: there is none of that length. */
static bool split_word(const char **text, char word[], size_t room)
{
    const char *at = *text + strspn(*text, " ");
    size_t len = strcspn(at, " ");
    if (len == 0 || len >= room)
        return false;
    memcpy(word, at, len);
    word[len] = '\0';
    *text = at + len;
    return true;
}

bool length_parse(const char *text, struct length *out)
{
    char number[DIGITS_MAX + 1], word[16];
    int64_t n;
    struct length length;
    if (!split_word(&text, number, sizeof number) || !text_int(number, &n) || n < 0 ||
        number[0] == '+' || !split_word(&text, word, sizeof word))
        return false;
    const char *kind = length_unit_kind(word);
    if (kind && !split_word(&text, word, sizeof word))
        return false;
    if (!length_unit(kind, word, &length.unit) || text[strspn(text, " ")])
        return false;
    length.n = (int)n;
    *out = length;
    return true;
}
