/* SPDX-License-Identifier: MIT */
/* asks - the names of a one-line condition, and the functions only it has.
 *
 * The environment of every condition is one userdata whose __index looks the
 * name up. What is empty raises: the answer is then "not known", and
 * host->missing says what is missing. No condition can catch it: pcall is no
 * name of a condition.
 */
#include "lua/asks.h"

#include "engine/when/when.h"
#include "lua/state.h"

int asks_missing(lua_State *L, const char *what)
{
    struct host *host = host_of(L);
    host->missing = what;
    lua_pushlightuserdata(L, host);
    return lua_error(L);
}

/* What stands under the name at `index` in the names of the process; returns its type. */
static int push_named(lua_State *L, const struct host *host, int index)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, host->scope->names);
    lua_pushvalue(L, index);
    return lua_rawget(L, -2);
}

static int names_index(lua_State *L)
{
    struct host *host = host_of(L);
    int type = push_named(L, host, 2);
    if (type == LUA_TLIGHTUSERDATA)
        case_push(L, host, lua_touserdata(L, -1));
    else if (type == LUA_TNIL) /* Names were checked at load: this process is another one. */
        scope_unknown(L, "no name", lua_tostring(L, 2), host->scope->words,
                      host->scope->word_count);
    return 1;
}

static const struct named *check_name(lua_State *L, const char *function)
{
    const struct host *host = host_of(L);
    if (lua_type(L, 1) != LUA_TSTRING)
        luaL_error(L, "%s wants a name in quotes: %s(\"review\")", function, function);
    if (push_named(L, host, 1) != LUA_TLIGHTUSERDATA)
        scope_unknown(L, "no name", lua_tostring(L, 1), host->scope->words,
                      host->scope->word_count);
    return lua_touserdata(L, -1);
}

int asks_known(lua_State *L)
{
    const struct named *named = check_name(L, "known");
    lua_pushboolean(L, case_known(host_of(L), named));
    return 1;
}

int asks_times(lua_State *L)
{
    const struct named *named = check_name(L, "times");
    const struct casefile *file = host_of(L)->view->file;
    const struct happened *when = NULL;
    if (named->kind == NAMED_EVENT)
        when = casefile_event(file, named->name);
    else if (named->kind == NAMED_STATE)
        when = casefile_entered(file, named->name);
    else
        return luaL_error(L, "times counts an event or a state, and '%s' is neither", named->name);
    lua_pushinteger(L, when ? when->count : 0);
    return 1;
}

/* The child's date of birth: the field `birth`, which every process about a child has. */
static day birth(lua_State *L, const char *function)
{
    struct host *host = host_of(L);
    const struct named *named = host->scope->birth;
    if (!named)
        luaL_error(L, "%s reads the field 'birth', and this process has none", function);
    const struct value *value = case_value(host->view, named->name);
    if (!value || value->kind != VALUE_DATE)
        asks_missing(L, named->label);
    return (day)value->number;
}

int asks_age(lua_State *L)
{
    day on = dates_check(L, 1);
    lua_pushinteger(L, age_at(birth(L, "age"), on));
    return 1;
}

int asks_school_year(lua_State *L)
{
    day on = dates_check(L, 1);
    lua_pushinteger(L, school_year_at(birth(L, "school_year"), on));
    return 1;
}

void asks_make(lua_State *L, struct host *host)
{
    static const luaL_Reg names[] = { { "__index", names_index }, { NULL, NULL } };
    box_metatable(L, host, BOX_NAMES, "names", names);
}
