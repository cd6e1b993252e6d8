/* SPDX-License-Identifier: MIT */
#include "engine/run/weekdays.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"

#include <string.h>
#include <strings.h>

enum { WEEK = 7, SHORT_LEN = 3 };

static int bit_of(int weekday)
{
    return 1 << (weekday % WEEK);
}

/* "Mon", "monday": at least three letters of one. -1: none. */
static int weekday_of_word(const char *word, size_t len)
{
    for (int i = MONDAY; i <= SUNDAY; i++) {
        const char *name = weekday_name((enum weekday)i);
        if (len >= SHORT_LEN && len <= strlen(name) && strncasecmp(name, word, len) == 0)
            return i;
    }
    return -1;
}

static size_t word_len(const char *text)
{
    return strcspn(text, " ,-");
}

bool weekdays_parse(const char *text, int *out)
{
    int days = 0;
    if (strcasecmp(text, "all") == 0)
        days = WEEKDAYS_ALL;
    for (const char *at = text; !(days == WEEKDAYS_ALL) && *at; at += strspn(at, " ,")) {
        size_t len = word_len(at);
        int from = weekday_of_word(at, len), to = from;
        at += len;
        if (from >= 0 && *at == '-') {
            len = word_len(++at);
            to = weekday_of_word(at, len);
            at += len;
        }
        if (from < 0 || to < 0 || *at == '-')
            return false;
        for (int i = from; i != to; i = (i + 1) % WEEK)
            days |= bit_of(i);
        days |= bit_of(to);
        if (days == WEEKDAYS_ALL && at[strspn(at, " ,")])
            return false; /* All, and more. */
    }
    if (days)
        *out = days;
    return days != 0;
}

const char *weekdays_text(struct arena *arena, int days)
{
    struct buf text = buf_in(arena);
    if (days == WEEKDAYS_ALL)
        return "all days";
    for (int i = MONDAY; i <= SUNDAY; i++) {
        int last = i;
        if (!(days & bit_of(i)))
            continue;
        while (last < SUNDAY && (days & bit_of(last + 1)))
            last++;
        buf_printf(&text, "%s%.3s", text.len ? ", " : "", weekday_name((enum weekday)i));
        if (last > i)
            buf_printf(&text, "%s%.3s", last == i + 1 ? ", " : "-",
                       weekday_name((enum weekday)last));
        i = last;
    }
    return buf_text(&text);
}

bool weekdays_has(int days, day date)
{
    return days & bit_of((int)weekday_of(date));
}

/* A day of the digest on which nobody works moves back to the last that is worked. */
bool weekdays_told(const struct person_row *person, day date)
{
    if (!weekdays_has(person->works_on, date))
        return false;
    for (day at = date; at == date || !weekdays_has(person->works_on, at); at++)
        if (weekdays_has(person->told_on, at))
            return true;
    return false;
}

day weekdays_told_next(const struct person_row *person, day date)
{
    do
        date++;
    while (!weekdays_told(person, date));
    return date;
}

int weekdays_of_digest(const struct person_row *person)
{
    int days = 0;
    for (day date = 0; date < WEEK; date++)
        if (weekdays_told(person, date))
            days |= bit_of((int)weekday_of(date));
    return days;
}

static enum err_code prefer_days(const char *name, const char *value, int *out, struct err *err)
{
    if (weekdays_parse(value, out))
        return ERR_NONE;
    err_set(err, ERR_INPUT, "'%s=%s' names no weekdays", name, value);
    err_hint(err, "write %s=Monday, %s=Mon-Wed or %s=Mon,Thu; %s=all", name, name, name, name);
    return ERR_INPUT;
}

enum err_code weekdays_prefer(struct person_row *person, const char *name, const char *value,
                              struct err *err)
{
    static const char *const names[] = { "reminders", "on", "days" };
    bool daily = strcasecmp(value, "daily") == 0;
    if (strcmp(name, "on") == 0)
        return prefer_days(name, value, &person->told_on, err);
    if (strcmp(name, "days") == 0)
        return prefer_days(name, value, &person->works_on, err);
    if (strcmp(name, "reminders") != 0) {
        err_set(err, ERR_INPUT, "there is no preference '%s'", name);
        err_hint(err, "there is reminders=weekly, on=Monday and days=Mon-Wed");
        err_nearest(err, name, names, sizeof names / sizeof *names);
        return ERR_INPUT;
    }
    if (!daily && strcasecmp(value, "weekly") != 0) {
        err_set(err, ERR_INPUT, "reminders come daily or weekly, not '%s'", value);
        err_hint(err, "write reminders=weekly on=Monday");
        return ERR_INPUT;
    }
    if (daily)
        person->told_on = WEEKDAYS_ALL;
    else if (person->told_on == WEEKDAYS_ALL)
        person->told_on = bit_of(MONDAY);
    return ERR_NONE;
}
