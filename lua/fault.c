/* SPDX-License-Identifier: MIT */
/* fault - why a script failed, and where: noted while its stack still stands,
 * into the host itself, so that nothing is allocated when memory has run out. */
#include "lua/state.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { LEVELS_MAX = 16, SHOWN_MAX = 80 };

const char *fault_where(const struct host *host, char text[FAULT_WHERE_MAX])
{
    const struct condition *condition = host->condition;
    if (host->module)
        snprintf(text, FAULT_WHERE_MAX, "%s", host->module->source->path);
    else if (condition && condition->is_function)
        snprintf(text, FAULT_WHERE_MAX, "%s", condition->source);
    else if (condition)
        snprintf(text, FAULT_WHERE_MAX, "the condition '%.*s%s'", SHOWN_MAX, condition->source,
                 strlen(condition->source) > SHOWN_MAX ? "..." : "");
    else
        snprintf(text, FAULT_WHERE_MAX, "the pack's Lua");
    return text;
}

static const struct host_module *module_at(const struct host *host, const char *path)
{
    for (size_t i = 0; i < host->module_count; i++)
        if (strcmp(host->modules[i].source->path, path) == 0)
            return &host->modules[i];
    return NULL;
}

/* Where a function of the pack stands: its chunk is named "=" and the file's path. */
static void place_of(struct host *host, const lua_Debug *ar)
{
    struct fault *fault = &host->fault;
    const struct host_module *module = module_at(host, ar->source + 1);
    fault->line = ar->currentline;
    if (module) {
        snprintf(fault->place, sizeof fault->place, "%s:%d", module->source->path, ar->currentline);
    } else if (host->condition && host->condition->span.source) {
        const struct span *span = &host->condition->span;
        fault->line += span->line - 1;
        snprintf(fault->place, sizeof fault->place, "%s:%d:%d", span->source->path, fault->line,
                 ar->currentline == 1 ? span->col : 1);
    }
}

/* The line on which the function begins that was asked; 0: not known. */
static int line_asked(struct host *host, size_t module)
{
    lua_State *L = host->L;
    lua_Debug ar = { .linedefined = 0 };
    int top = lua_gettop(L);
    if (lua_rawgeti(L, SLOT_LOADED, (lua_Integer)module + 1) == LUA_TTABLE) {
        lua_rawgeti(L, SLOT_CONDITIONS, host->condition->id + 1);
        if (lua_rawget(L, top + 1) == LUA_TFUNCTION)
            lua_getinfo(L, ">S", &ar);
    }
    lua_settop(L, top);
    return ar.linedefined;
}

/* When no function of the pack is running any more. */
static void place_unknown(struct host *host)
{
    const struct condition *condition = host->condition;
    const struct host_module *module = host->module;
    size_t at = condition && condition->is_function ? load_module_of(host, condition) : SIZE_MAX;
    if (!module && at != SIZE_MAX) {
        module = &host->modules[at];
        host->fault.line = line_asked(host, at);
    }
    if (module && host->fault.line)
        snprintf(host->fault.place, sizeof host->fault.place, "%s:%d", module->source->path,
                 host->fault.line);
    else if (module)
        snprintf(host->fault.place, sizeof host->fault.place, "%s", module->source->path);
    else if (condition && condition->span.source)
        snprintf(host->fault.place, sizeof host->fault.place, "%s:%d:%d",
                 condition->span.source->path, condition->span.line, condition->span.col);
}

static bool level_at(lua_State *L, int level, lua_Debug *ar)
{
    return lua_getstack(L, level, ar) && lua_getinfo(L, "Sl", ar);
}

/* The innermost line of the pack. */
static void place_innermost(lua_State *L, struct host *host)
{
    lua_Debug ar;
    for (int level = 0; level < LEVELS_MAX && level_at(L, level, &ar); level++)
        if (ar.currentline > 0) {
            place_of(host, &ar);
            return;
        }
    place_unknown(host);
}

void fault_set(struct host *host, const char *format, ...)
{
    struct fault *fault = &host->fault;
    if (fault->set)
        return;
    va_list args;
    va_start(args, format);
    vsnprintf(fault->text, sizeof fault->text, format, args);
    va_end(args);
    fault->set = true;
    if (!*fault->place)
        place_unknown(host);
}

void fault_spent(lua_State *L)
{
    struct host *host = host_of(L);
    char where[FAULT_WHERE_MAX];
    if (host->fault.set && host->fault.spent)
        return;
    host->fault = (struct fault){ .spent = true };
    place_innermost(L, host);
    fault_set(host, "%s in %s", budget_text(host->budget.spent), fault_where(host, where));
}

/* Lua puts "path:12: " before a message; that is the place, and not part of the words. */
static const char *without_place(lua_State *L, struct host *host, const char *text)
{
    char prefix[LUA_IDSIZE + 16];
    lua_Debug ar;
    for (int level = 0; level < LEVELS_MAX && level_at(L, level, &ar); level++) {
        if (ar.currentline <= 0)
            continue;
        int len = snprintf(prefix, sizeof prefix, "%s:%d: ", ar.short_src, ar.currentline);
        if (strncmp(text, prefix, (size_t)len) == 0) {
            place_of(host, &ar);
            return text + len;
        }
    }
    place_innermost(L, host);
    return text;
}

int fault_handler(lua_State *L)
{
    struct host *host = host_of(L);
    char where[FAULT_WHERE_MAX];
    if (host->missing || host->budget.spent)
        return 1;
    host->fault = (struct fault){ 0 };
    if (lua_type(L, 1) == LUA_TSTRING) {
        const char *text = without_place(L, host, lua_tostring(L, 1));
        fault_set(host, "in %s: %s", fault_where(host, where), text);
    } else {
        place_innermost(L, host);
        fault_set(host, "in %s: an error was raised that is %s, not a text",
                  fault_where(host, where), box_name(L, 1));
    }
    return 1;
}

enum err_code fault_report(struct host *host, struct err *err)
{
    char where[FAULT_WHERE_MAX];
    /* Memory ran out without a way to raise, or the last instruction spent what was left. */
    if (host->budget.spent && !host->fault.spent) {
        host->fault = (struct fault){ .spent = true };
        fault_set(host, "%s in %s", budget_text(host->budget.spent), fault_where(host, where));
    }
    fault_set(host, "in %s: it failed", fault_where(host, where));
    err_set(err, ERR_SCRIPT, "%s", host->fault.text);
    err_place(err, "%s", host->fault.place);
    if (host->fault.spent)
        err_hint(err, "a rule answers in a few hundred steps: look for a loop that does not end");
    else if (*host->fault.hint)
        err_hint(err, "%s", host->fault.hint);
    return ERR_SCRIPT;
}
