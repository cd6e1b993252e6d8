/* SPDX-License-Identifier: MIT */
/* dates - what makes dates and lengths; see library.c. */
#ifndef LUA_DATES_H
#define LUA_DATES_H

#include <lua.h>

int dates_date(lua_State *L);
int dates_days(lua_State *L);
int dates_weeks(lua_State *L);
int dates_months(lua_State *L);

#endif
