/* SPDX-License-Identifier: MIT */
/* Any bytes as a calendar. The first byte says what the rest is:
 *
 *   c   a school's calendar over a council's: there is a model or there are findings, and every day
 *       of it has an answer
 *   n   another's dates (JSON, CSV, .ics) for a calendar that is sound: they are refused, or put in
 *       so that putting them in again changes nothing, and the calendar can be read
 *   f   a calendar file that takes dates: the same
 */
#include "engine/base/arena.h"
#include "engine/base/diag.h"
#include "engine/base/text.h"
#include "engine/run/calendar_file.h"
#include "engine/when/when.h"
#include "rules/pack.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static const char sound[] =
    "# ours\ncalendar: town\nknown_until: 2029-12-31   # so far\n"
    "bank_holidays:\n  2029-12-25: Christmas Day # a Tuesday\n"
    "terms:\n  autumn 2029: {from: 2029-09-03, to: 2029-12-20}\n";
static const char terms[] = "event,from,to\nAutumn term,2029-09-04,2029-12-20\n"
                            "Half term,2029-10-22,2029-10-26\nINSET day,2029-11-09,\n";
static const char holidays[] =
    "{\"england-and-wales\":{\"events\":[{\"title\":\"Good Friday\",\"date\":\"2029-03-30\"},"
    "{\"title\":\"Day: of 'thanks'\",\"date\":\"2029-05-08\"}]}}";

static const char *bytes_of(struct arena *arena, const uint8_t *bytes, size_t len)
{
    char *copy = arena_alloc(arena, len + 1);
    memcpy(copy, bytes, len);
    copy[len] = '\0';
    return copy;
}

/* What a day is never depends on being asked why. */
static void ask_days(const struct calendar *calendar)
{
    enum { FIRST = 20454, DAYS = 1200 }; /* From 2026 on. */
    char text[ENDS_TEXT_MAX];
    struct stretch closed;
    for (day date = FIRST; date < FIRST + DAYS; date++) {
        enum day_is work = working_day(calendar, date, NULL);
        enum day_is school = school_day(calendar, date, NULL);
        MUST((work == DAY_UNKNOWN) == (calendar_ends(calendar, false, date, text) != NULL));
        MUST(school != DAY_COUNTS || work == DAY_COUNTS);
        MUST(school != DAY_UNKNOWN || calendar_ends(calendar, true, date, text));
    }
    if (closure_around(calendar, FIRST, 28, &closed, NULL) == DAY_COUNTS)
        MUST(closed.to - closed.from + 1 >= 28 && closed.to >= FIRST);
}

static void as_calendar(struct arena *arena, const char *text, size_t len)
{
    struct pack_files *files = ARENA_NEW(arena, struct pack_files);
    struct diags *diags = diags_new(arena);
    struct buf out = buf_in(arena);
    static const char *const town[][2] = {
        { "town/calendar.yaml", "calendar: town\nbank_holidays: {2026-12-25: Christmas Day}\n"
                                "terms: {autumn 2026: {from: 2026-09-03, to: 2026-12-18}}\n"
                                "dates: {panel: {columns: [sits], rows: [[2026-10-01]]}}\n" },
        { "town/calendars/grove.yaml", NULL },
        { "town/pack.yaml", "pack: town\ntitle: T\nroles: {o: {title: O, of: authority}}\n" },
    };
    *LIST_ADD(arena, &files->layers) = "town";
    for (size_t i = 0; i < 3; i++)
        *LIST_ADD(arena, &files->files) = (struct source){
            town[i][0], town[i][1] ? town[i][1] : text,
            town[i][1] ? strlen(town[i][1]) : len,
        };
    struct pack *pack = pack_load(arena, files, diags);
    MUST((pack->model == NULL) == (diags->errors > 0));
    pack_lint(pack, NULL, 20000, diags);
    for (size_t i = 0; pack->calendars && i < pack->calendars->count; i++)
        ask_days(pack->calendars->at[i]);
    if (pack->calendars)
        MUST(calendar_for(pack->calendars, NULL, 900001) != NULL);
    diags_sort(diags);
    diags_print(diags, &out, false);
    MUST(utf8_valid(buf_text(&out), out.len));
}

static void put_in(struct arena *arena, const struct news *news, const char *text, size_t len)
{
    struct source source = { "f.yaml", text, len };
    struct calendar_merge merge, again;
    struct err err;
    for (int prune = 0; prune < 2; prune++) {
        if (calendar_merge(arena, &source, news, prune, &merge, diags_new(arena), &err))
            continue;
        struct source after = { "f.yaml", merge.text, strlen(merge.text) };
        MUST(utf8_valid(after.text, after.len));
        MUST(merge.changes.count || strcmp(after.text, text) == 0);
        MUST(!calendar_merge(arena, &after, news, prune, &again, diags_new(arena), &err));
        MUST(!again.changes.count && strcmp(again.text, after.text) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const char *const both[] = { terms, holidays };
    struct news news;
    struct err err;
    if (!len)
        return 0;
    struct arena *arena = arena_new();
    const char *text = bytes_of(arena, bytes + 1, len - 1);
    if (bytes[0] == 'c') {
        as_calendar(arena, text, len - 1);
    } else if (bytes[0] == 'n') {
        if (!calendar_news_read(arena, text, len - 1, NULL, &news, &err))
            put_in(arena, &news, sound, strlen(sound));
    } else {
        for (size_t i = 0; i < 2; i++) {
            MUST(!calendar_news_read(arena, both[i], strlen(both[i]), NULL, &news, &err));
            put_in(arena, &news, text, len - 1);
        }
    }
    arena_free(arena);
    return 0;
}
