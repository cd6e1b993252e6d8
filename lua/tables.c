/* SPDX-License-Identifier: MIT */
#include "lua/tables.h"

#include "lua/state.h"

enum { UNPACK_MAX = 250, MOVE_UNIT = 8, CONCAT_WORK = 5 };

static size_t check_array(lua_State *L)
{
    if (lua_type(L, 1) != LUA_TTABLE)
        luaL_error(L, "a table is wanted, not %s", box_name(L, 1));
    return lua_rawlen(L, 1);
}

static lua_Integer check_place(lua_State *L, int index, lua_Integer fallback)
{
    lua_Integer n;
    if (lua_isnoneornil(L, index))
        return fallback;
    if (!host_whole(L, index, &n))
        luaL_error(L, "a place in the table is wanted, not %s", box_name(L, index));
    return n;
}

/* --- sort ------------------------------------------------------------------------------------ */

/* Merges two neighbouring runs of `from` into `to`. */
static void merge(lua_State *L, int from, int to, const lua_Integer at[3],
                  bool (*less)(lua_State *L))
{
    lua_Integer left = at[0], right = at[1], out = at[0];
    budget_charge(L, (size_t)(at[2] - at[0]) * 2);
    while (left < at[1] && right < at[2]) {
        lua_rawgeti(L, from, left);
        lua_rawgeti(L, from, right);
        if (less(L)) {
            lua_rawseti(L, to, out++);
            lua_pop(L, 1);
            right++;
        } else {
            lua_pop(L, 1);
            lua_rawseti(L, to, out++);
            left++;
        }
    }
    for (; left < at[1]; left++) {
        lua_rawgeti(L, from, left);
        lua_rawseti(L, to, out++);
    }
    for (; right < at[2]; right++) {
        lua_rawgeti(L, from, right);
        lua_rawseti(L, to, out++);
    }
}

void tables_merge_sort(lua_State *L, int array, size_t count, bool (*less)(lua_State *L))
{
    lua_Integer n = (lua_Integer)count;
    luaL_checkstack(L, 8, NULL);
    lua_createtable(L, (int)(count < INT16_MAX ? count : INT16_MAX), 0);
    int from = array, to = lua_gettop(L);
    for (lua_Integer width = 1; width < n; width *= 2) {
        for (lua_Integer at = 1; at <= n; at += 2 * width) {
            lua_Integer middle = at + width < n + 1 ? at + width : n + 1;
            lua_Integer end = at + 2 * width < n + 1 ? at + 2 * width : n + 1;
            merge(L, from, to, (lua_Integer[]){ at, middle, end }, less);
        }
        int swap = from;
        from = to;
        to = swap;
    }
    for (lua_Integer i = 1; from != array && i <= n; i++) {
        lua_rawgeti(L, from, i);
        lua_rawseti(L, array, i);
    }
    lua_settop(L, array);
}

static bool less_by_function(lua_State *L)
{
    lua_pushvalue(L, 2);
    lua_pushvalue(L, -2);
    lua_pushvalue(L, -4);
    lua_call(L, 2, 1);
    bool less = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return less;
}

static bool less_by_value(lua_State *L)
{
    return lua_compare(L, -1, -2, LUA_OPLT);
}

int tables_sort(lua_State *L)
{
    size_t count = check_array(L);
    lua_settop(L, 2);
    bool by_function = !lua_isnil(L, 2);
    if (by_function && !lua_isfunction(L, 2))
        return luaL_error(L, "a function that compares is wanted, not %s", box_name(L, 2));
    /* A copy, since the function may do anything with the table meanwhile. */
    lua_createtable(L, (int)(count < INT16_MAX ? count : INT16_MAX), 0);
    for (lua_Integer i = 1; i <= (lua_Integer)count; i++) {
        lua_rawgeti(L, 1, i);
        lua_rawseti(L, 3, i);
    }
    tables_merge_sort(L, 3, count, by_function ? less_by_function : less_by_value);
    for (lua_Integer i = 1; i <= (lua_Integer)count; i++) {
        lua_rawgeti(L, 3, i);
        lua_rawseti(L, 1, i);
    }
    return 0;
}

/* --- insert, remove, unpack, concat ----------------------------------------------------------- */

int tables_insert(lua_State *L)
{
    lua_Integer count = (lua_Integer)check_array(L), at = count + 1;
    int given = lua_gettop(L);
    if (given == 3)
        at = check_place(L, 2, 0);
    else if (given != 2)
        return luaL_error(L, "table.insert wants a table, perhaps a place, and a value");
    if (at < 1 || at > count + 1)
        return luaL_error(L, "there is no place %d in a table of %d", (int)at, (int)count);
    budget_charge(L, (size_t)(count - at + 1) / MOVE_UNIT + 1);
    for (lua_Integer i = count; i >= at; i--) {
        lua_rawgeti(L, 1, i);
        lua_rawseti(L, 1, i + 1);
    }
    lua_rawseti(L, 1, at);
    return 0;
}

int tables_remove(lua_State *L)
{
    lua_Integer count = (lua_Integer)check_array(L), at = check_place(L, 2, count);
    if (count == 0 && (at == 0 || at == count)) {
        lua_pushnil(L);
        return 1;
    }
    if (at < 1 || at > count + 1)
        return luaL_error(L, "there is no place %d in a table of %d", (int)at, (int)count);
    budget_charge(L, (size_t)(count - at + 1) / MOVE_UNIT + 1);
    lua_rawgeti(L, 1, at);
    for (lua_Integer i = at; i < count; i++) {
        lua_rawgeti(L, 1, i + 1);
        lua_rawseti(L, 1, i);
    }
    lua_pushnil(L);
    lua_rawseti(L, 1, count > at ? count : at);
    return 1;
}

int tables_unpack(lua_State *L)
{
    lua_Integer count = (lua_Integer)check_array(L);
    lua_Integer from = check_place(L, 2, 1), to = check_place(L, 3, count);
    if (from > to)
        return 0;
    if (from < -UNPACK_MAX || to > INT32_MAX || to - from >= UNPACK_MAX)
        return luaL_error(L, "table.unpack gives at most %d values", UNPACK_MAX);
    luaL_checkstack(L, UNPACK_MAX, NULL);
    budget_charge(L, (size_t)(to - from) + 1);
    for (lua_Integer i = from; i <= to; i++)
        lua_rawgeti(L, 1, i);
    return (int)(to - from) + 1;
}

int tables_concat(lua_State *L)
{
    lua_Integer count = (lua_Integer)check_array(L);
    size_t len, between_len = 0, total = 0;
    const char *between = "";
    if (!lua_isnoneornil(L, 2)) {
        if (lua_type(L, 2) != LUA_TSTRING)
            return luaL_error(L, "a text to stand between is wanted, not %s", box_name(L, 2));
        between = lua_tolstring(L, 2, &between_len);
    }
    lua_Integer from = check_place(L, 3, 1), to = check_place(L, 4, count);
    luaL_Buffer buffer;
    budget_charge(L, CONCAT_WORK);
    luaL_buffinit(L, &buffer);
    for (lua_Integer i = from; i <= to; i++) {
        budget_charge(L, 2);
        if (i > from)
            luaL_addlstring(&buffer, between, between_len);
        lua_rawgeti(L, 1, i);
        if (!lua_isstring(L, -1) && !box_get(L, -1, BOX_DATE) && !box_get(L, -1, BOX_LENGTH))
            return luaL_error(L, "%s at place %d cannot be joined to a text", box_name(L, -1),
                              (int)i);
        basics_text(L, -1, &len);
        lua_replace(L, -2);
        luaL_addvalue(&buffer);
        total += len + between_len;
        if (total > HOST_TEXT_MAX)
            return luaL_error(L, "table.concat would make a text longer than %d bytes",
                              HOST_TEXT_MAX);
        if (i == LUA_MAXINTEGER)
            break;
    }
    luaL_pushresult(&buffer);
    return 1;
}
