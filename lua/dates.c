/* SPDX-License-Identifier: MIT */
/* dates - dates and lengths of time as values of Lua.
 *
 * Each is made once in an event and kept in a table by its number, so that
 * reading a date allocates nothing the second time and equal dates are one key
 * of a table.
 */
#include "lua/dates.h"

#include "engine/when/when.h"
#include "lua/state.h"
#include <string.h>

enum { LENGTH_MAX = 100000 };

/* --- dates ----------------------------------------------------------------------------------- */

void dates_push(lua_State *L, day date)
{
    if (date == DAY_NONE) {
        lua_pushnil(L);
        return;
    }
    lua_rawgeti(L, LUA_REGISTRYINDEX, host_of(L)->dates);
    if (lua_rawgeti(L, -1, date) == LUA_TNIL) {
        lua_pop(L, 1);
        box_push(L, BOX_DATE)->of.date = date;
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, date);
    }
    lua_replace(L, -2);
}

static void push_in_range(lua_State *L, int64_t date)
{
    if (date < day_of(YEAR_MIN, 1, 1) || date > day_of(YEAR_MAX, 12, 31))
        luaL_error(L, "the date lies outside the years %d to %d", YEAR_MIN, YEAR_MAX);
    dates_push(L, (day)date);
}

day dates_check(lua_State *L, int index)
{
    return box_mine(L, index, BOX_DATE, "a date")->of.date;
}

int dates_date(lua_State *L)
{
    char why[160];
    day date;
    if (box_get(L, 1, BOX_DATE)) {
        lua_settop(L, 1);
        return 1;
    }
    if (lua_type(L, 1) != LUA_TSTRING)
        return luaL_error(L, "a text like \"2026-09-01\" is wanted, not %s", box_name(L, 1));
    if (!day_parse(lua_tostring(L, 1), &date)) {
        day_parse_why(lua_tostring(L, 1), why, sizeof why);
        return luaL_error(L, "%s", why);
    }
    push_in_range(L, date);
    return 1;
}

static int date_index(lua_State *L)
{
    struct ymd ymd = ymd_of(dates_check(L, 1));
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
    if (strcmp(name, "year") == 0)
        lua_pushinteger(L, ymd.year);
    else if (strcmp(name, "month") == 0)
        lua_pushinteger(L, ymd.month);
    else if (strcmp(name, "day") == 0)
        lua_pushinteger(L, ymd.day);
    else
        return luaL_error(L, "a date has .year, .month and .day, no '%s'", name);
    return 1;
}

/* date + length; `sign` -1: date - length. Working and school days count by the case's calendar. */
static int64_t moved(lua_State *L, day date, struct length length, int sign)
{
    const struct host *host = host_of(L);
    struct when_in in = { .notice_ordinary = host->model->notice_ordinary };
    char text[LENGTH_TEXT_MAX];
    day out;
    int n = sign * length.n;
    switch (length.unit) {
    case UNIT_DAY:
        return (int64_t)date + n;
    case UNIT_WEEK:
        return (int64_t)date + (int64_t)n * 7;
    case UNIT_MONTH:
    case UNIT_YEAR:
        return day_add_months(date, length.unit == UNIT_YEAR ? n * 12 : n);
    case UNIT_WORKING_DAY:
    case UNIT_SCHOOL_DAY:
    case UNIT_SCHOOL_WEEK:
        break;
    }
    in.calendar = host->view ? host->view->calendar : NULL;
    length_write(length, text);
    if (!in.calendar)
        luaL_error(L, "there is no calendar to count %s by", text);
    length.n = n < 0 ? -n : n;
    if (!(n < 0 ? when_before(&in, length, date, &out) : when_after(&in, length, date, &out))) {
        if (host_one_line(host))
            asks_missing(L, "the calendar's further years");
        luaL_error(L, "the calendar ends before %s can be counted", text);
    }
    return out;
}

static int date_add(lua_State *L)
{
    int at = box_get(L, 1, BOX_DATE) ? 1 : 2;
    struct box *length = box_get(L, 3 - at, BOX_LENGTH);
    if (!length)
        return luaL_error(L, "%s cannot be added to a date: say days(7) or weeks(1)",
                          box_name(L, 3 - at));
    push_in_range(L, moved(L, dates_check(L, at), length->of.length, 1));
    return 1;
}

static int date_subtract(lua_State *L)
{
    struct box *length = box_get(L, 2, BOX_LENGTH), *other = box_get(L, 2, BOX_DATE);
    day date = dates_check(L, 1);
    if (length)
        push_in_range(L, moved(L, date, length->of.length, -1));
    else if (other)
        lua_pushinteger(L, (lua_Integer)date - other->of.date);
    else
        return luaL_error(L, "%s cannot be taken from a date: say days(7) or weeks(1)",
                          box_name(L, 2));
    return 1;
}

/* One of the two is a date, or the metamethod would not have been called. */
static void two_dates(lua_State *L, day *a, day *b)
{
    struct box *x = box_get(L, 1, BOX_DATE), *y = box_get(L, 2, BOX_DATE);
    if (!x || !y)
        luaL_error(L, "%s cannot be compared with %s%s", box_name(L, 1), box_name(L, 2),
                   lua_type(L, x ? 2 : 1) == LUA_TSTRING ? ": write date(\"2026-09-01\")" : "");
    *a = x->of.date;
    *b = y->of.date;
}

static int date_less(lua_State *L)
{
    day a, b;
    two_dates(L, &a, &b);
    lua_pushboolean(L, a < b);
    return 1;
}

static int date_at_most(lua_State *L)
{
    day a, b;
    two_dates(L, &a, &b);
    lua_pushboolean(L, a <= b);
    return 1;
}

static int date_same(lua_State *L)
{
    struct box *x = box_get(L, 1, BOX_DATE), *y = box_get(L, 2, BOX_DATE);
    lua_pushboolean(L, x && y && x->of.date == y->of.date);
    return 1;
}

static int date_tostring(lua_State *L)
{
    char text[DAY_TEXT_MAX];
    lua_pushstring(L, day_short(dates_check(L, 1), text));
    return 1;
}

/* date .. "text" and the other way round. */
static int joined(lua_State *L)
{
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    for (int i = 1; i <= 2; i++) {
        if (!lua_isstring(L, i) && !box_get(L, i, BOX_DATE) && !box_get(L, i, BOX_LENGTH))
            return luaL_error(L, "%s cannot be joined to a text", box_name(L, i));
        basics_text(L, i, NULL);
        luaL_addvalue(&buffer);
    }
    luaL_pushresult(&buffer);
    return 1;
}

/* --- lengths --------------------------------------------------------------------------------- */

void dates_push_length(lua_State *L, struct length length)
{
    enum { UNITS = UNIT_SCHOOL_WEEK + 1 };
    lua_Integer key = (lua_Integer)length.n * UNITS + length.unit;
    lua_rawgeti(L, LUA_REGISTRYINDEX, host_of(L)->lengths);
    if (lua_rawgeti(L, -1, key) == LUA_TNIL) {
        lua_pop(L, 1);
        box_push(L, BOX_LENGTH)->of.length = length;
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, key);
    }
    lua_replace(L, -2);
}

static int push_length(lua_State *L, enum unit unit)
{
    lua_Integer n;
    if (!host_whole(L, 1, &n))
        return luaL_error(L, "a whole number is wanted, not %s",
                          lua_type(L, 1) == LUA_TNUMBER ? "a fraction" : box_name(L, 1));
    if (n < -LENGTH_MAX || n > LENGTH_MAX)
        return luaL_error(L, "at most %d are wanted", LENGTH_MAX);
    dates_push_length(L, (struct length){ (int)n, unit });
    return 1;
}

int dates_weeks(lua_State *L)
{
    return push_length(L, UNIT_WEEK);
}

int dates_months(lua_State *L)
{
    return push_length(L, UNIT_MONTH);
}

/* days(7) is a length, days(a, b) the days from a to b. */
int dates_days(lua_State *L)
{
    if (lua_gettop(L) < 2)
        return push_length(L, UNIT_DAY);
    lua_pushinteger(L, (lua_Integer)dates_check(L, 2) - dates_check(L, 1));
    return 1;
}

/* In a unit in which they can be compared: days or months, or as they are. */
static struct length plain(struct length length)
{
    if (length.unit == UNIT_WEEK)
        return (struct length){ length.n * 7, UNIT_DAY };
    if (length.unit == UNIT_YEAR)
        return (struct length){ length.n * 12, UNIT_MONTH };
    return length;
}

static void two_lengths(lua_State *L, struct length *a, struct length *b)
{
    *a = plain(box_mine(L, 1, BOX_LENGTH, "a length")->of.length);
    *b = plain(box_mine(L, 2, BOX_LENGTH, "a length")->of.length);
    if (a->unit != b->unit) {
        char x[LENGTH_TEXT_MAX], y[LENGTH_TEXT_MAX];
        luaL_error(L, "%s and %s cannot be compared: which is longer depends on the date",
                   length_write(*a, x), length_write(*b, y));
    }
}

static int length_less(lua_State *L)
{
    struct length a, b;
    two_lengths(L, &a, &b);
    lua_pushboolean(L, a.n < b.n);
    return 1;
}

static int length_at_most(lua_State *L)
{
    struct length a, b;
    two_lengths(L, &a, &b);
    lua_pushboolean(L, a.n <= b.n);
    return 1;
}

static int length_same(lua_State *L)
{
    struct box *x = box_get(L, 1, BOX_LENGTH), *y = box_get(L, 2, BOX_LENGTH);
    struct length a = x ? plain(x->of.length) : (struct length){ 0 };
    struct length b = y ? plain(y->of.length) : (struct length){ 0 };
    lua_pushboolean(L, x && y && a.n == b.n && a.unit == b.unit);
    return 1;
}

static int length_tostring(lua_State *L)
{
    char text[LENGTH_TEXT_MAX];
    lua_pushstring(L, length_write(box_mine(L, 1, BOX_LENGTH, "a length")->of.length, text));
    return 1;
}

void dates_make(lua_State *L, struct host *host)
{
    static const luaL_Reg date[] = {
        { "__index", date_index },    { "__add", date_add },      { "__sub", date_subtract },
        { "__lt", date_less },        { "__le", date_at_most },   { "__eq", date_same },
        { "__tostring", date_tostring }, { "__concat", joined },  { NULL, NULL },
    };
    /* weeks(1) + date comes to the length's own __add only when the date is on the right. */
    static const luaL_Reg length[] = {
        { "__add", date_add },  { "__lt", length_less },           { "__le", length_at_most },
        { "__eq", length_same }, { "__tostring", length_tostring }, { "__concat", joined },
        { NULL, NULL },
    };
    box_metatable(L, host, BOX_DATE, "date", date);
    box_metatable(L, host, BOX_LENGTH, "length", length);
    lua_newtable(L);
    host->dates = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_newtable(L);
    host->lengths = luaL_ref(L, LUA_REGISTRYINDEX);
}

void dates_fresh(struct host *host, lua_State *L)
{
    lua_newtable(L);
    lua_rawseti(L, LUA_REGISTRYINDEX, host->dates);
    lua_newtable(L);
    lua_rawseti(L, LUA_REGISTRYINDEX, host->lengths);
}
