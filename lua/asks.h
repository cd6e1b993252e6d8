/* SPDX-License-Identifier: MIT */
/* asks - functions that only one-line conditions have; see library.c. */
#ifndef LUA_ASKS_H
#define LUA_ASKS_H

#include <lua.h>

int asks_known(lua_State *L);
int asks_times(lua_State *L);
int asks_age(lua_State *L);
int asks_school_year(lua_State *L);

#endif
