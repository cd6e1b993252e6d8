/* SPDX-License-Identifier: MIT */
/* calendar - what a function may ask the calendar. Nothing is guessed: a year
 * the calendar does not know is an error that says so, and refuses the event. */
#include "lua/calendar.h"

#include "engine/when/when.h"
#include "lua/library.h"
#include "lua/state.h"
#include <string.h>

enum { COUNT_MAX = 4000, CLOSURE_WORK = 500 };

static const struct calendar *check_calendar(lua_State *L)
{
    if (!box_get(L, 1, BOX_CALENDAR))
        luaL_error(L, "write calendar:working_day(date), with a colon");
    const struct view *view = host_of(L)->view;
    if (!view || !view->calendar)
        luaL_error(L, "there is no calendar here");
    return view->calendar;
}

static int push_day_is(lua_State *L, const struct calendar *calendar, bool school, day date)
{
    char text[DAY_TEXT_MAX], ends[ENDS_TEXT_MAX];
    const char *why = NULL;
    enum day_is is = school ? school_day(calendar, date, &why) : working_day(calendar, date, &why);
    if (is == DAY_UNKNOWN) {
        const char *end = calendar_ends(calendar, school, date, ends);
        return luaL_error(L, "the calendar does not know %s: %s", day_long(date, text),
                          end ? end : "it ends");
    }
    lua_pushboolean(L, is == DAY_COUNTS);
    lua_pushstring(L, why);
    return 2;
}

int calendar_working_day(lua_State *L)
{
    const struct calendar *calendar = check_calendar(L);
    day date = dates_check(L, 2);
    return push_day_is(L, calendar, false, date);
}

int calendar_school_day(lua_State *L)
{
    const struct calendar *calendar = check_calendar(L);
    day date = dates_check(L, 2);
    return push_day_is(L, calendar, true, date);
}

int calendar_add_working_days(lua_State *L)
{
    struct when_in in = { .calendar = check_calendar(L) };
    char text[DAY_TEXT_MAX];
    day from = dates_check(L, 2), out;
    lua_Integer n;
    if (!host_whole(L, 3, &n) || n < -COUNT_MAX || n > COUNT_MAX)
        return luaL_error(L, "a whole number of days is wanted, at most %d", COUNT_MAX);
    struct length length = { (int)(n < 0 ? -n : n), UNIT_WORKING_DAY };
    budget_charge(L, (size_t)length.n * 4);
    if (!(n < 0 ? when_before(&in, length, from, &out) : when_after(&in, length, from, &out)))
        return luaL_error(L, "the calendar ends before %d working days from %s", (int)n,
                          day_long(from, text));
    dates_push(L, out);
    return 1;
}

static int days_of(lua_State *L, int index)
{
    struct box *box = box_get(L, index, BOX_LENGTH);
    lua_Integer n;
    bool days = host_whole(L, index, &n);
    if (box && (box->of.length.unit == UNIT_DAY || box->of.length.unit == UNIT_WEEK)) {
        n = (lua_Integer)box->of.length.n * (box->of.length.unit == UNIT_WEEK ? 7 : 1);
        days = true;
    }
    if (!days || n < 1 || n > COUNT_MAX)
        luaL_error(L, "a number of days is wanted, or a length in days or weeks");
    return (int)n;
}

static void set_date(lua_State *L, const char *key, day date)
{
    dates_push(L, date);
    lua_setfield(L, -2, key);
}

/* Why a closure is not known, for whoever refuses something because of it. */
static int push_ends(lua_State *L, const struct calendar *calendar, day unknown)
{
    char ends[ENDS_TEXT_MAX];
    const char *why = calendar_ends(calendar, true, unknown, ends);
    lua_pushfstring(L, "the calendar '%s' does not know its terms so far: %s", calendar->name,
                    why ? why : "it ends");
    return 1;
}

int calendar_closure_around(lua_State *L)
{
    const struct calendar *calendar = check_calendar(L);
    struct stretch closed;
    day date = dates_check(L, 2);
    int days = days_of(L, 3);
    budget_charge(L, CLOSURE_WORK);
    day unknown;
    enum day_is is = closure_around(calendar, date, days, &closed, &unknown);
    if (is != DAY_COUNTS) {
        lua_pushnil(L);
        return is == DAY_UNKNOWN ? 1 + push_ends(L, calendar, unknown) : 1;
    }
    lua_createtable(L, 0, 2);
    set_date(L, "from", closed.from);
    set_date(L, "to", closed.to);
    return 1;
}

int calendar_term(lua_State *L)
{
    const struct calendar *calendar = check_calendar(L);
    day date = dates_check(L, 2);
    const struct term *term = term_at(calendar, date);
    char ends[ENDS_TEXT_MAX], text[DAY_TEXT_MAX];
    if (!term && calendar_ends(calendar, true, date, ends))
        return luaL_error(L, "the calendar '%s' does not know %s: %s", calendar->name,
                          day_long(date, text), ends);
    if (!term) {
        lua_pushnil(L);
        return 1;
    }
    lua_createtable(L, 0, 3);
    lua_pushstring(L, term->name);
    lua_setfield(L, -2, "name");
    set_date(L, "from", term->from);
    set_date(L, "to", term->to);
    return 1;
}

static int calendar_index(lua_State *L)
{
    size_t count;
    const char *words[16], *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
    size_t known = 0;
    const struct library_entry *entries = library(&count);
    for (size_t i = 0; i < count; i++) {
        if (entries[i].group != LIBRARY_CALENDAR)
            continue;
        if (strcmp(entries[i].name, name) == 0) {
            lua_pushcfunction(L, entries[i].call);
            return 1;
        }
        if (known < sizeof words / sizeof *words)
            words[known++] = entries[i].name;
    }
    return scope_unknown(L, "the calendar has no", name, words, known);
}

void calendar_make(lua_State *L, struct host *host)
{
    static const luaL_Reg methods[] = { { "__index", calendar_index }, { NULL, NULL } };
    box_metatable(L, host, BOX_CALENDAR, "calendar", methods);
}
