/* SPDX-License-Identifier: MIT */
/* basics - Lua's own basic functions, made the same on every machine: tables
 * are walked in the order of their keys, nothing prints an address, and a
 * metatable is a copy that nobody can change into a trap afterwards. */
#include "lua/basics.h"

#include "engine/base/text.h"
#include "lua/state.h"
#include "lua/tables.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { METATABLE_WORK = 20, NUMBER_TEXT_MAX = 64 };

/* --- tostring, tonumber ---------------------------------------------------------------------- */

static void push_number(lua_State *L, int index)
{
    char text[NUMBER_TEXT_MAX];
    if (lua_isinteger(L, index)) {
        lua_pushfstring(L, "%I", (LUAI_UACINT)lua_tointeger(L, index));
        return;
    }
    lua_Number number = lua_tonumber(L, index);
    if (isnan(number))
        lua_pushliteral(L, "nan");
    else if (fabs(number) < 1e15 && floor(number) == number)
        lua_pushfstring(L, "%I", (LUAI_UACINT)number);
    else {
        snprintf(text, sizeof text, "%.14g", number);
        lua_pushstring(L, text);
    }
}

const char *basics_text(lua_State *L, int index, size_t *len)
{
    index = lua_absindex(L, index);
    if (luaL_callmeta(L, index, "__tostring")) {
        if (lua_type(L, -1) != LUA_TSTRING)
            luaL_error(L, "'__tostring' must return a text");
        return lua_tolstring(L, -1, len);
    }
    switch (lua_type(L, index)) {
    case LUA_TNUMBER:
        push_number(L, index);
        break;
    case LUA_TSTRING:
        lua_pushvalue(L, index);
        break;
    case LUA_TBOOLEAN:
        lua_pushstring(L, lua_toboolean(L, index) ? "true" : "false");
        break;
    case LUA_TNIL:
        lua_pushliteral(L, "nil");
        break;
    default:
        lua_pushstring(L, luaL_typename(L, index));
        break;
    }
    return lua_tolstring(L, -1, len);
}

int basics_tostring(lua_State *L)
{
    luaL_checkany(L, 1);
    basics_text(L, 1, NULL);
    return 1;
}

int basics_tonumber(lua_State *L)
{
    size_t len;
    if (lua_gettop(L) > 1)
        return luaL_error(L, "tonumber takes one value: other bases are not available in rules");
    if (lua_type(L, 1) == LUA_TNUMBER)
        return 1;
    const char *text = lua_type(L, 1) == LUA_TSTRING ? lua_tolstring(L, 1, &len) : NULL;
    if (!text || len >= NUMBER_TEXT_MAX || lua_stringtonumber(L, text) != len + 1)
        lua_pushnil(L);
    return 1;
}

int basics_select(lua_State *L)
{
    int count = lua_gettop(L) - 1;
    lua_Integer n;
    if (lua_type(L, 1) == LUA_TSTRING && strcmp(lua_tostring(L, 1), "#") == 0) {
        lua_pushinteger(L, count);
        return 1;
    }
    if (!host_whole(L, 1, &n) || n == 0 || n < -count)
        return luaL_error(L, "select wants '#' or the number of a value");
    if (n < 0)
        return (int)-n;
    return n > count ? 0 : count - (int)n + 1;
}

/* --- next, pairs ----------------------------------------------------------------------------- */

/* Numbers before texts before true and false before dates. */
static int key_class(lua_State *L, int index)
{
    switch (lua_type(L, index)) {
    case LUA_TNUMBER:
        return 0;
    case LUA_TSTRING:
        return 1;
    case LUA_TBOOLEAN:
        return 2;
    default:
        if (box_get(L, index, BOX_DATE))
            return 3;
        return luaL_error(L, "pairs cannot put keys in order that are %s",
                          lua_istable(L, index) ? "tables" : box_name(L, index));
    }
}

/* The key at -1 comes before the key at -2. */
static bool key_less(lua_State *L)
{
    int a = key_class(L, -1), b = key_class(L, -2);
    size_t x, y;
    if (a != b)
        return a < b;
    switch (a) {
    case 0:
        return lua_compare(L, -1, -2, LUA_OPLT);
    case 1: {
        const char *one = lua_tolstring(L, -1, &x), *other = lua_tolstring(L, -2, &y);
        int order = memcmp(one, other, x < y ? x : y);
        return order ? order < 0 : x < y;
    }
    case 2:
        return !lua_toboolean(L, -1) && lua_toboolean(L, -2);
    default:
        return box_get(L, -1, BOX_DATE)->of.date < box_get(L, -2, BOX_DATE)->of.date;
    }
}

static size_t table_keys(lua_State *L, int index)
{
    int array = lua_gettop(L);
    size_t count = 0;
    bool sorted = true;
    lua_pushnil(L); /* The key before: a place to compare with. */
    lua_pushnil(L);
    while (lua_next(L, index)) {
        budget_charge(L, 1);
        lua_pop(L, 1);
        key_class(L, -1);
        sorted = sorted && (count == 0 || !key_less(L));
        lua_pushvalue(L, -1);
        lua_rawseti(L, array, (lua_Integer)++count);
        lua_pushvalue(L, -1);
        lua_replace(L, array + 1);
    }
    lua_settop(L, array);
    if (!sorted)
        tables_merge_sort(L, array, count, key_less);
    return count;
}

/* Leaves an array of the keys at the top. */
static size_t keys_of(lua_State *L, int index)
{
    lua_newtable(L);
    if (lua_istable(L, index))
        return table_keys(L, index);
    if (box_get(L, index, BOX_TREE))
        return trees_keys(L, index);
    if (box_get(L, index, BOX_PART))
        return parts_keys(L, index);
    return (size_t)luaL_error(L, "pairs wants a table or a list, not %s", box_name(L, index));
}

static int pairs_next(lua_State *L)
{
    lua_Integer at = lua_tointeger(L, lua_upvalueindex(2));
    lua_settop(L, 0);
    for (;;) {
        lua_pushinteger(L, ++at);
        lua_replace(L, lua_upvalueindex(2));
        if (lua_rawgeti(L, lua_upvalueindex(1), at) == LUA_TNIL)
            return 1;
        lua_pushvalue(L, -1);
        if (lua_istable(L, lua_upvalueindex(3)))
            lua_rawget(L, lua_upvalueindex(3));
        else
            lua_gettable(L, lua_upvalueindex(3));
        if (!lua_isnil(L, -1))
            return 2;
        lua_settop(L, 0); /* Taken out of the table meanwhile. */
        budget_charge(L, 1);
    }
}

int basics_pairs(lua_State *L)
{
    lua_settop(L, 1);
    keys_of(L, 1);
    lua_pushinteger(L, 0);
    lua_pushvalue(L, 1);
    lua_pushcclosure(L, pairs_next, 3);
    return 1;
}

int basics_next(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    bool from_start = lua_isnil(L, 2);
    lua_pushnil(L); /* 3: the best so far. */
    lua_pushnil(L);
    while (lua_next(L, 1)) {
        budget_charge(L, 1);
        lua_pop(L, 1);
        bool after = true;
        if (!from_start) { /* key 2 < this key? */
            lua_pushvalue(L, -1);
            lua_pushvalue(L, 2);
            after = key_less(L);
            lua_pop(L, 2);
        }
        lua_pushvalue(L, 3);
        lua_pushvalue(L, -2);
        if (after && (lua_isnil(L, 3) || key_less(L))) {
            key_class(L, -1);
            lua_replace(L, 3);
            lua_pop(L, 1);
        } else {
            lua_pop(L, 2);
        }
    }
    lua_pushvalue(L, 3);
    if (lua_isnil(L, 3))
        return 1;
    lua_pushvalue(L, -1);
    lua_rawget(L, 1);
    return 2;
}

/* --- metatables ------------------------------------------------------------------------------ */

static const char *const metamethods[] = {
    "__add", "__call", "__concat", "__div", "__eq",  "__idiv", "__index",    "__le",  "__len",
    "__lt",  "__mod",  "__mul",    "__sub", "__unm", "__newindex", "__tostring",
};

/* Chains of tables behind __index can be thousands long, all walked by one instruction: so a table
 * that stands behind another has none behind itself, and gets none later. */
static void check_base(lua_State *L)
{
    const struct host *host = host_of(L);
    if (lua_rawequal(L, -1, 1))
        luaL_error(L, "a table cannot be its own __index");
    if (lua_getmetatable(L, -1))
        luaL_error(L, "the table of __index cannot have a metatable itself");
    lua_rawgeti(L, LUA_REGISTRYINDEX, host->bases);
    lua_pushvalue(L, -2);
    lua_pushboolean(L, true);
    lua_rawset(L, -3);
    lua_pop(L, 1);
}

static bool is_base(lua_State *L)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, host_of(L)->bases);
    lua_pushvalue(L, 1);
    bool found = lua_rawget(L, -2) != LUA_TNIL;
    lua_pop(L, 2);
    return found;
}

int basics_setmetatable(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checktype(L, 2, LUA_TTABLE);
    lua_settop(L, 2);
    budget_charge(L, METATABLE_WORK);
    if (lua_getmetatable(L, 1))
        return luaL_error(L, "this table has a metatable already");
    if (is_base(L))
        return luaL_error(L, "this table is the __index of another: it cannot have a metatable");
    lua_newtable(L);
    lua_pushnil(L);
    while (lua_next(L, 2)) { /* 3: the copy, 4: key, 5: value */
        budget_charge(L, 1);
        const char *key = lua_type(L, 4) == LUA_TSTRING ? lua_tostring(L, 4) : "";
        if (text_starts(key, "__")) {
            if (!text_in(key, metamethods, sizeof metamethods / sizeof *metamethods))
                return luaL_error(L, "%s is not available in rules", key);
            if (strcmp(key, "__index") == 0 && lua_istable(L, 5))
                check_base(L);
            else if (!lua_isfunction(L, 5))
                return luaL_error(L, "%s must be a function", key);
            lua_pushvalue(L, 4);
            lua_pushvalue(L, 5);
            lua_rawset(L, 3);
        }
        lua_pop(L, 1);
    }
    /* What getmetatable gives: the script's own, changing which does nothing. */
    lua_pushvalue(L, 2);
    lua_setfield(L, 3, "__metatable");
    lua_setmetatable(L, 1);
    lua_settop(L, 1);
    return 1;
}

/* --- math ------------------------------------------------------------------------------------ */

static lua_Number check_number(lua_State *L, int index)
{
    if (lua_type(L, index) != LUA_TNUMBER)
        luaL_error(L, "a number is wanted, not %s", box_name(L, index));
    return lua_tonumber(L, index);
}

/* A whole number is an integer wherever it fits. */
static int push_rounded(lua_State *L, lua_Number number)
{
    lua_Integer whole;
    if (lua_numbertointeger(number, &whole))
        lua_pushinteger(L, whole);
    else
        lua_pushnumber(L, number);
    return 1;
}

int basics_floor(lua_State *L)
{
    lua_Number number = check_number(L, 1);
    if (lua_isinteger(L, 1)) {
        lua_settop(L, 1);
        return 1;
    }
    return push_rounded(L, floor(number));
}

int basics_ceil(lua_State *L)
{
    lua_Number number = check_number(L, 1);
    if (lua_isinteger(L, 1)) {
        lua_settop(L, 1);
        return 1;
    }
    return push_rounded(L, ceil(number));
}

/* Half goes away from nothing: 2.5 is 3. */
int basics_round(lua_State *L)
{
    static const lua_Number powers[] = { 1, 10, 100, 1000, 10000 };
    lua_Number number = check_number(L, 1);
    int places = lua_isnoneornil(L, 2) ? 0 : (int)fmin(fmax(check_number(L, 2), -1), 5);
    if (places < 0 || places > 4)
        return luaL_error(L, "math.round rounds to 0 to 4 places");
    if (lua_isinteger(L, 1)) {
        lua_settop(L, 1);
        return 1;
    }
    lua_Number rounded = round(number * powers[places]) / powers[places];
    if (floor(rounded) == rounded)
        return push_rounded(L, rounded);
    lua_pushnumber(L, rounded);
    return 1;
}

int basics_abs(lua_State *L)
{
    lua_Number number = check_number(L, 1);
    if (!lua_isinteger(L, 1))
        lua_pushnumber(L, fabs(number));
    else if (lua_tointeger(L, 1) < 0)
        lua_pushinteger(L, (lua_Integer)(0u - (lua_Unsigned)lua_tointeger(L, 1)));
    else
        lua_settop(L, 1);
    return 1;
}

static int extreme(lua_State *L, bool most)
{
    int best = 1, count = lua_gettop(L);
    budget_charge(L, (size_t)count);
    check_number(L, 1);
    for (int i = 2; i <= count; i++) {
        check_number(L, i);
        if (most ? lua_compare(L, best, i, LUA_OPLT) : lua_compare(L, i, best, LUA_OPLT))
            best = i;
    }
    lua_pushvalue(L, best);
    return 1;
}

int basics_max(lua_State *L)
{
    return extreme(L, true);
}

int basics_min(lua_State *L)
{
    return extreme(L, false);
}

int basics_tointeger(lua_State *L)
{
    lua_Integer n;
    if (host_whole(L, 1, &n))
        lua_pushinteger(L, n);
    else
        lua_pushnil(L);
    return 1;
}
