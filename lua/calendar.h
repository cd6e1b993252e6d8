/* SPDX-License-Identifier: MIT */
/* calendar - the methods of the calendar that functions are given; see library.c. */
#ifndef LUA_CALENDAR_H
#define LUA_CALENDAR_H

#include <lua.h>

int calendar_working_day(lua_State *L);
int calendar_school_day(lua_State *L);
int calendar_add_working_days(lua_State *L);
int calendar_closure_around(lua_State *L);
int calendar_term(lua_State *L);

#endif
