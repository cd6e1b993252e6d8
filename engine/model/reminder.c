/* SPDX-License-Identifier: MIT */
#include "engine/model/reminder.h"

#include "engine/base/text.h"
#include "engine/model/length.h"
#include <stdio.h>
#include <string.h>

/* "every week after": a unit alone is one of it. */
static bool read_length(const char *text, size_t len, struct length *out)
{
    char plain[REMINDER_TEXT_MAX], one[REMINDER_TEXT_MAX + 2];
    snprintf(plain, sizeof plain, "%.*s", (int)len, text);
    snprintf(one, sizeof one, "1 %s", plain);
    return length_parse(plain, out) || length_parse(one, out);
}

bool reminder_parse(const char *text, struct reminder *out)
{
    struct reminder read = { .kind = REMIND_ON, .date = DAY_NONE };
    size_t len = strlen(text);
    const char *last = strrchr(text, ' ');

    if (len >= REMINDER_TEXT_MAX)
        return false;
    if (!strcmp(text, "on the day") || day_parse(text, &read.date)) {
        read.kind = read.date == DAY_NONE ? REMIND_ON : REMIND_DATE;
        *out = read;
        return true;
    }
    if (!last || (strcmp(last, " before") != 0 && strcmp(last, " after") != 0))
        return false;
    size_t tail = len - (size_t)(last - text);
    bool every = text_starts(text, "every ");
    size_t head = every ? 6 : 0;
    read.kind = every ? REMIND_EVERY : !strcmp(last, " before") ? REMIND_BEFORE : REMIND_AFTER;
    if ((every && strcmp(last, " after") != 0) || len <= head + tail ||
        !read_length(text + head, len - head - tail, &read.length) || read.length.n <= 0 ||
        read.length.unit == UNIT_SCHOOL_WEEK)
        return false;
    *out = read;
    return true;
}

size_t reminders_read(const char *text, struct reminder at[REMINDERS_MAX])
{
    size_t count = 0;
    while (*text && count < REMINDERS_MAX) {
        char one[REMINDER_TEXT_MAX];
        size_t len = strcspn(text, ",");
        snprintf(one, sizeof one, "%.*s", (int)len, text);
        count += reminder_parse(one, &at[count]);
        text += len + strspn(text + len, ", ");
    }
    return count;
}
