/* SPDX-License-Identifier: MIT */
/* Any text is a moment or has findings, never both; read twice it is the same rule; and every
 * moment comes to a date or says what is missing, told or not. */
#include "engine/base/arena.h"
#include "engine/base/err.h"
#include "engine/base/text.h"
#include "engine/when/when.h"
#include "rules/moment.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/when/calendars.h"

/* Some dates, some years, some nothing: by the name's first letter. */
static void some_anchor(void *self, const struct anchor *anchor, struct anchored *out)
{
    const day *today = self;
    unsigned char letter = (unsigned char)(anchor->name ? anchor->name[0] : 0);
    *out = (struct anchored){ .known = letter % 4 != 0,
                              .provisional = letter % 8 == 5,
                              .date = *today + letter * 37 - 4000,
                              .is_number = letter % 4 == 1,
                              .number = 1890 + letter * 3 };
}

static void work(const struct calendar *calendar, const struct moment *moment, struct arena *arena)
{
    day today = on_day("2026-11-21");
    struct trace trace = { .arena = arena };
    struct when_in in = { .calendar = calendar, .anchor = some_anchor, .self = &today };
    struct when_out out, told;
    when_moment(&in, moment, &out);
    in.trace = &trace;
    when_moment(&in, moment, &told);
    MUST(out.known == told.known && out.due == told.due && out.provisional == told.provisional);
    MUST(out.known || out.beyond || out.missing);
    MUST(out.known == (out.due != DAY_NONE));
    MUST(!out.provisional || out.known);
    MUST(trace.count > 0 && trace.count <= 40);
    day by;
    if (out.known && when_do_by(&in, out.due, false, &by))
        MUST(by <= out.due);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static struct arena *arena;
    static struct calendar calendars[3];
    if (!arena) {
        arena = arena_new();
        calendars[0] = england_calendar();
        calendars[1] = tribunal_calendar();
        calendars[2] = county_calendar();
    }
    arena_reset(arena);
    if (!utf8_valid((const char *)bytes, len))
        return 0; /* Refused at the border. */

    const char *text = arena_text_n(arena, (const char *)bytes, len);
    struct span span = { .line = 1, .col = 1 };
    struct diags *diags = diags_new(arena);
    const struct moment *moment = moment_parse(arena, text, span, NULL, diags);
    MUST((moment != NULL) == (diags->errors == 0));
    struct length length;
    MUST(!length_parse(text, &length) || !moment);
    if (!moment)
        return 0;
    const struct moment *again = moment_parse(arena, text, span, NULL, diags);
    MUST(again && moment_same(moment, again));
    for (int i = 0; i < 3; i++)
        work(&calendars[i], moment, arena);
    return 0;
}
