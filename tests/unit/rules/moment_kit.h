/* SPDX-License-Identifier: MIT */
/* moment_kit - works moments out from text, with anchors given as "name=date name=?". */
#ifndef TESTS_UNIT_RULES_MOMENT_KIT_H
#define TESTS_UNIT_RULES_MOMENT_KIT_H

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/when/when.h"
#include "rules/moment.h"
#include "tests/unit/when/calendars.h"

/* Finds NAME in "name=2026-01-01 year=2027 other=?"; what is not there is not known. A "~" before
 * a date marks it provisional. */
static inline void given_anchor(void *self, const struct anchor *anchor, struct anchored *out)
{
    const char *at = self;
    size_t len = strlen(anchor->name);
    while (*at) {
        size_t pair = strcspn(at, " ");
        if (pair > len && strncmp(at, anchor->name, len) == 0 && at[len] == '=') {
            char value[32] = "";
            memcpy(value, at + len + 1, pair - len - 1 < 31 ? pair - len - 1 : 31);
            out->provisional = value[0] == '~';
            out->known = day_parse(value + out->provisional, &out->date);
            out->is_number = text_int(value, &out->number);
            out->known = out->known || out->is_number;
        }
        at += pair + strspn(at + pair, " ");
    }
}

static inline struct when_in given_when(const struct calendar *calendar, const char *anchors)
{
    return (struct when_in){ .calendar = calendar,
                             .anchor = given_anchor,
                             .self = (void *)(uintptr_t)anchors };
}

/* "2026-11-24", "2026-09-10 12:00", "2026-11-24 until notice is known", "waits for notice",
 * "beyond the calendar", "2026-11-24 beyond the calendar" (a part of it). */
static inline const char *shown(const struct when_out *out, char text[160])
{
    char date[DAY_TEXT_MAX] = "", minute[8] = "";
    if (out->known)
        day_iso(out->due, date);
    if (out->known && out->minute >= 0)
        minute_text(out->minute, minute);
    snprintf(text, 160, "%s%s%s%s%s%s%s%s", date, minute[0] ? " " : "", minute,
             out->known && out->provisional && !out->missing && !out->beyond ? " for now" : "",
             out->missing && out->known ? " until " : out->missing ? "waits for " : "",
             out->missing ? out->missing : "", out->missing && out->known ? " is known" : "",
             !out->beyond  ? ""
             : out->known  ? " beyond the calendar"
             : out->missing ? ", beyond the calendar"
                            : "beyond the calendar");
    return text;
}

#endif
