/* SPDX-License-Identifier: MIT */
/* trees - what counts choices and rows; see library.c. */
#ifndef LUA_TREES_H
#define LUA_TREES_H

#include <lua.h>

int trees_has(lua_State *L);
int trees_count(lua_State *L);
int trees_total(lua_State *L);

#endif
