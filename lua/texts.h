/* SPDX-License-Identifier: MIT */
/* texts - string functions in place of Lua's own, bounded and without
 * addresses or locale; patterns.c has those with patterns. */
#ifndef LUA_TEXTS_H
#define LUA_TEXTS_H

#include <lua.h>

int texts_format(lua_State *L);
int texts_rep(lua_State *L);

int patterns_find(lua_State *L);
int patterns_gmatch(lua_State *L);
int patterns_gsub(lua_State *L);
int patterns_match(lua_State *L);

#endif
