/* SPDX-License-Identifier: MIT */
/* basics - basic and math functions in place of Lua's own; see library.c. */
#ifndef LUA_BASICS_H
#define LUA_BASICS_H

#include <lua.h>

int basics_tostring(lua_State *L);
int basics_tonumber(lua_State *L);
int basics_select(lua_State *L);
int basics_next(lua_State *L);
int basics_pairs(lua_State *L);
int basics_setmetatable(lua_State *L);

int basics_abs(lua_State *L);
int basics_ceil(lua_State *L);
int basics_floor(lua_State *L);
int basics_max(lua_State *L);
int basics_min(lua_State *L);
int basics_round(lua_State *L);
int basics_tointeger(lua_State *L);

#endif
