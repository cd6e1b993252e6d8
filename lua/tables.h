/* SPDX-License-Identifier: MIT */
/* tables - table functions in place of Lua's own: they pay for what they move,
 * and sorting is stable and the same on every machine. */
#ifndef LUA_TABLES_H
#define LUA_TABLES_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

/* Sorts the array at absolute index `array`, stable. `less` says whether the value at -1 comes
 * before the one at -2; it may raise and leaves the stack as it was. */
void tables_merge_sort(lua_State *L, int array, size_t count, bool (*less)(lua_State *L));

int tables_concat(lua_State *L);
int tables_insert(lua_State *L);
int tables_remove(lua_State *L);
int tables_sort(lua_State *L);
int tables_unpack(lua_State *L);

#endif
