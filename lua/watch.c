/* SPDX-License-Identifier: MIT */
/* watch - the lines that can run are asked of Lua itself: of each file's chunk, of the functions
 * it returns and of all they hold on to. One made within another is met when it runs. */
#include "lua/watch.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "lua/state.h"

#include <string.h>

enum { DEPTH_MAX = 8 }; /* Functions that hold functions that hold functions. */

static const struct watch_file *file_of(const struct host *host, const char *source)
{
    const struct watch *watch = host->watch;
    for (size_t i = 0; *source == '=' && i < watch->file_count; i++)
        if (strcmp(watch->files[i].source->path, source + 1) == 0)
            return &watch->files[i];
    return NULL;
}

/* The `end` of a function can run only where it falls off its end, which is never missed. */
static bool is_end(const struct source *source, size_t line)
{
    const char *at = source_line(source, (int)line);
    if (!at)
        return true;
    at += strspn(at, " \t");
    return strncmp(at, "end", 3) == 0 && !strchr("_abcdefghijklmnopqrstuvwxyz=.[(:", at[3] | 0x20);
}

static void mark(const struct watch_file *file, lua_Integer line, unsigned char bit)
{
    if (line < 1 || (size_t)line > file->line_count || is_end(file->source, (size_t)line))
        return;
    file->lines[line] |= bit;
}

/* The function at the top and all functions it holds on to; takes it away. */
static void mark_function(lua_State *L, const struct host *host, int depth)
{
    lua_Debug ar;
    luaL_checkstack(L, 6, NULL);
    int function = lua_gettop(L);
    lua_pushvalue(L, function);
    lua_getinfo(L, ">SL", &ar);
    const struct watch_file *file = file_of(host, ar.source);
    for (lua_pushnil(L); file && lua_istable(L, -2) && lua_next(L, -2); lua_pop(L, 1))
        mark(file, lua_tointeger(L, -2), WATCH_CAN);
    lua_settop(L, function);
    for (int i = 1; file && depth < DEPTH_MAX && lua_getupvalue(L, function, i); i++) {
        if (lua_type(L, -1) == LUA_TFUNCTION && !lua_iscfunction(L, -1))
            mark_function(L, host, depth + 1);
        else
            lua_pop(L, 1);
    }
    lua_settop(L, function - 1);
}

static int mark_modules(lua_State *L)
{
    const struct host *host = lua_touserdata(L, 1);
    luaL_checkstack(L, 10, NULL);
    for (int which = 2; which <= 3; which++)
        for (lua_Integer i = 1; i <= (lua_Integer)host->module_count; i++) {
            int kind = lua_rawgeti(L, which, i);
            if (kind == LUA_TFUNCTION) {
                mark_function(L, host, 0);
                continue;
            }
            for (lua_pushnil(L); kind == LUA_TTABLE && lua_next(L, -2);)
                if (lua_type(L, -1) == LUA_TFUNCTION && !lua_iscfunction(L, -1))
                    mark_function(L, host, 0);
                else
                    lua_pop(L, 1);
            lua_settop(L, 3);
        }
    return 0;
}

static void on_line(lua_State *L, lua_Debug *ar)
{
    struct host *host = host_of(L);
    if (!lua_getinfo(L, "S", ar))
        return;
    const struct watch_file *file = file_of(host, ar->source);
    if (file)
        mark(file, ar->currentline, WATCH_CAN | WATCH_RAN);
}

struct watch *host_watch(struct host *host, struct arena *arena)
{
    lua_State *L = host->L;
    struct watch *watch = ARENA_NEW(arena, struct watch);
    struct watch_file *files = ARENA_ARRAY(arena, struct watch_file, host->module_count + 1);
    for (size_t i = 0; i < host->module_count; i++) {
        const struct source *source = host->modules[i].source;
        size_t lines = 1;
        for (const char *at = source->text; (at = strchr(at, '\n')); at++)
            lines++;
        files[i] = (struct watch_file){ source, ARENA_ARRAY(arena, unsigned char, lines + 1),
                                        lines };
    }
    *watch = (struct watch){
        .answers = ARENA_ARRAY(arena, unsigned char, host->model->condition_count + 1),
        .files = files, .file_count = host->module_count,
    };
    host->watch = watch;
    load_try_all(host);
    lua_pushcfunction(L, mark_modules);
    lua_pushlightuserdata(L, host);
    lua_pushvalue(L, SLOT_CHUNKS);
    lua_pushvalue(L, SLOT_LOADED);
    if (lua_pcall(L, 3, 0, 0) != LUA_OK)
        lua_pop(L, 1); /* No memory for it: lines are then met as they run. */
    host_begin(host);
    host->budget.on_line = on_line;
    return watch;
}

void watch_answer(struct host *host, const struct condition *condition, enum truth truth)
{
    unsigned char *seen = &host->watch->answers[condition->id];
    *seen |= WATCH_GUARD;
    *seen |= truth == TRUTH_YES ? WATCH_YES : truth == TRUTH_NO ? WATCH_NO : 0;
}
