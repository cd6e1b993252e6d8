/* SPDX-License-Identifier: MIT */
#include "lua/state.h"

struct box *box_push(lua_State *L, enum box_kind kind)
{
    struct host *host = host_of(L);
    struct box *box = lua_newuserdatauv(L, sizeof *box, 0);
    *box = (struct box){ .kind = kind, .answer = host->answer };
    lua_rawgeti(L, LUA_REGISTRYINDEX, host->metatables[kind]);
    lua_setmetatable(L, -2);
    return box;
}

struct box *box_get(lua_State *L, int index, enum box_kind kind)
{
    if (lua_type(L, index) != LUA_TUSERDATA)
        return NULL;
    struct box *box = lua_touserdata(L, index);
    return box->kind == kind ? box : NULL;
}

static const char *kind_name(enum box_kind kind)
{
    switch (kind) {
    case BOX_DATE:
        return "a date";
    case BOX_LENGTH:
        return "a length";
    case BOX_TREE:
        return "a list";
    case BOX_CALENDAR:
        return "the calendar";
    case BOX_PART:
        return "a part of the case";
    case BOX_CASE:
    case BOX_NAMES:
    case BOX_KINDS:
        break;
    }
    return "the case";
}

const char *box_name(lua_State *L, int index)
{
    switch (lua_type(L, index)) {
    case LUA_TNONE:
    case LUA_TNIL:
        return "nothing";
    case LUA_TBOOLEAN:
        return "true or false";
    case LUA_TNUMBER:
        return "a number";
    case LUA_TSTRING:
        return "a text";
    case LUA_TFUNCTION:
        return "a function";
    case LUA_TUSERDATA:
        return kind_name(((struct box *)lua_touserdata(L, index))->kind);
    default:
        return "a table";
    }
}

struct box *box_mine(lua_State *L, int index, enum box_kind kind, const char *wanted)
{
    struct box *box = box_get(L, index, kind);
    if (!box)
        luaL_error(L, "%s is wanted, not %s", wanted, box_name(L, index));
    if ((kind == BOX_TREE || kind == BOX_PART) && box->answer != host_of(L)->answer)
        luaL_error(L, "%s was kept from an earlier question; ask the case again", kind_name(kind));
    return box;
}

static int read_only(lua_State *L)
{
    return luaL_error(L, "%s is read-only", box_name(L, 1));
}

static int box_tostring(lua_State *L)
{
    lua_pushstring(L, box_name(L, 1));
    return 1;
}

void box_metatable(lua_State *L, struct host *host, enum box_kind kind, const char *name,
                   const luaL_Reg *methods)
{
    lua_newtable(L);
    lua_pushstring(L, name);
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_pushcfunction(L, read_only);
    lua_setfield(L, -2, "__newindex");
    lua_pushcfunction(L, box_tostring);
    lua_setfield(L, -2, "__tostring");
    luaL_setfuncs(L, methods, 0);
    host->metatables[kind] = luaL_ref(L, LUA_REGISTRYINDEX);
}

void boxes_make(lua_State *L, struct host *host)
{
    dates_make(L, host);
    trees_make(L, host);
    case_make(L, host);
    asks_make(L, host);
    calendar_make(L, host);
}
