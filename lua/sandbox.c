/* SPDX-License-Identifier: MIT */
/* sandbox - the globals a module sees: what library.c lists and nothing else.
 *
 * What Lua has and a rule has not is there as something that raises an error
 * naming it: nil would read like a misspelling. Globals and libraries are
 * empty tables in front of the real ones, so that nothing can be changed.
 */
#include "engine/base/text.h"
#include "lua/library.h"
#include "lua/state.h"
#include <lualib.h>
#include <string.h>

static const struct {
    const char *name, *why;
    bool is_library;
} blocked[] = {
    { "_G", "names are not listed", true },
    { "collectgarbage", "memory is looked after", false },
    { "coroutine", "a rule gives one answer", true },
    { "debug", "a rule sees the case and the calendar only", true },
    { "dofile", "code comes from the pack's own files only", false },
    { "io", "a rule reads no files", true },
    { "load", "code comes from the pack's own files only", false },
    { "loadfile", "code comes from the pack's own files only", false },
    { "loadstring", "code comes from the pack's own files only", false },
    { "os", "a rule reads no clock: use case.on", true },
    { "package", "code comes from the pack's own files only", true },
    { "print", "a rule writes nowhere: return the reason instead", false },
    { "rawequal", "a rule needs no way round metatables", false },
    { "rawget", "a rule needs no way round metatables", false },
    { "rawlen", "a rule needs no way round metatables", false },
    { "rawset", "a rule needs no way round metatables", false },
    { "require", "each file of lua/ stands alone", false },
    { "utf8", "texts are compared and joined, not taken apart", true },
};

const char *sandbox_blocked(const char *name)
{
    for (size_t i = 0; i < sizeof blocked / sizeof *blocked; i++)
        if (strcmp(blocked[i].name, name) == 0)
            return blocked[i].why;
    return NULL;
}

/* Upvalues: its name, why. */
static int refuse(lua_State *L)
{
    const char *name = lua_tostring(L, lua_upvalueindex(1));
    const char *why = lua_tostring(L, lua_upvalueindex(2));
    return luaL_error(L, "%s is not available in rules: %s", name, why);
}

static int refuse_member(lua_State *L)
{
    const char *name = lua_tostring(L, lua_upvalueindex(1));
    const char *why = lua_tostring(L, lua_upvalueindex(2));
    const char *member = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
    return luaL_error(L, "%s.%s is not available in rules: %s", name, member, why);
}

static int refuse_writing(lua_State *L)
{
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
    return luaL_error(L, "%s cannot be set here: write 'local %s'", name, name);
}

/* Upvalues: the real table, the library's name ("string"). */
static int member_index(lua_State *L)
{
    lua_settop(L, 2);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
        return 1;
    return luaL_error(L, "%s.%s is not available in rules", lua_tostring(L, lua_upvalueindex(2)),
                      lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?");
}

/* Upvalue: the real globals. */
static int global_index(lua_State *L)
{
    enum { WORDS_MAX = 64 };
    const char *words[WORDS_MAX];
    size_t all, count = 0;
    lua_settop(L, 2);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
        return 1;
    const struct library_entry *entries = library(&all);
    for (size_t i = 0; i < all && count < WORDS_MAX; i++)
        if (entries[i].group == LIBRARY_SHARED || entries[i].group == LIBRARY_BASE)
            words[count++] = entries[i].name;
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
    return scope_unknown(L, "no name", name, words, count);
}

/* Puts an empty table with a metatable at the top, in front of what `index` (at the top, with its
 * upvalues taken) finds. */
static void push_front(lua_State *L)
{
    lua_newtable(L);
    lua_createtable(L, 0, 3);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, refuse_writing);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_remove(L, -2);
}

/* A new table with the entries of a group; those of Lua's own are taken from the table at `own`. */
static void push_group(lua_State *L, enum library_group group, int own)
{
    size_t count;
    const struct library_entry *entries = library(&count);
    lua_newtable(L);
    for (size_t i = 0; i < count; i++) {
        if (entries[i].group != group)
            continue;
        if (entries[i].call)
            lua_pushcfunction(L, entries[i].call);
        else
            lua_getfield(L, own, entries[i].name);
        MUST(lua_isfunction(L, -1));
        lua_setfield(L, -2, entries[i].name);
    }
}

static void set_library(lua_State *L, int globals, const char *name, enum library_group group,
                        int own)
{
    push_group(L, group, own);
    lua_pushstring(L, name);
    lua_pushcclosure(L, member_index, 2);
    if (group == LIBRARY_STRING) { /* ("x"):rep(2) */
        lua_pushliteral(L, "");
        lua_createtable(L, 0, 2);
        lua_pushvalue(L, -3);
        lua_setfield(L, -2, "__index");
        lua_pushboolean(L, false);
        lua_setfield(L, -2, "__metatable");
        lua_setmetatable(L, -2);
        lua_pop(L, 1);
    }
    push_front(L);
    lua_setfield(L, globals, name);
}

static void set_blocked(lua_State *L, int globals)
{
    for (size_t i = 0; i < sizeof blocked / sizeof *blocked; i++) {
        lua_pushstring(L, blocked[i].name);
        lua_pushstring(L, blocked[i].why);
        if (blocked[i].is_library) {
            lua_pushcclosure(L, refuse_member, 2);
            push_front(L);
        } else {
            lua_pushcclosure(L, refuse, 2);
        }
        lua_setfield(L, globals, blocked[i].name);
    }
}

static void merge(lua_State *L, int into)
{
    lua_pushnil(L);
    while (lua_next(L, -2)) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_settable(L, into);
    }
    lua_pop(L, 1);
}

void sandbox_make(lua_State *L)
{
    static const struct {
        const char *name;
        lua_CFunction open;
        enum library_group group;
    } libraries[] = {
        { "math", luaopen_math, LIBRARY_MATH },
        { "string", luaopen_string, LIBRARY_STRING },
        { "table", luaopen_table, LIBRARY_TABLE },
    };
    lua_newtable(L);
    int globals = lua_gettop(L);
    luaL_requiref(L, "_G", luaopen_base, 0);
    push_group(L, LIBRARY_BASE, globals + 1);
    merge(L, globals);
    push_group(L, LIBRARY_SHARED, globals + 1);
    merge(L, globals);
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
        luaL_requiref(L, libraries[i].name, libraries[i].open, 0);
        set_library(L, globals, libraries[i].name, libraries[i].group, lua_gettop(L));
    }
    set_blocked(L, globals);
    lua_settop(L, globals);
    lua_pushcclosure(L, global_index, 1);
    push_front(L);
}
