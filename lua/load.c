/* SPDX-License-Identifier: MIT */
/* load - compiles what a pack says in Lua: each condition to a function of no
 * arguments, each file to a chunk that is run afresh for each event. */
#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "lua/pattern.h"
#include "lua/state.h"
#include <stdlib.h>
#include <string.h>

/* "(condition):2: words" or "path:2: words": the line, and where the words begin. */
static const char *split_message(const char *text, const char *name, int *line)
{
    size_t len = strlen(name);
    *line = 1;
    /* Long paths are cut short within the message: look for the number behind any of it. */
    const char *at = strncmp(text, name, len) == 0 ? text + len : strchr(text, ':');
    if (!at || *at != ':')
        return text;
    char *end;
    long number = strtol(at + 1, &end, 10);
    if (end == at + 1 || strncmp(end, ": ", 2) != 0)
        return text;
    *line = (int)number;
    return end + 2;
}

/* Lua's "<eof>" is no word for an officer. */
static const char *in_words(struct arena *arena, const char *text)
{
    static const char ended[] = "<eof> expected near ", symbol[] = "unexpected symbol near ";
    const char *at = strstr(text, "near <eof>");
    if (text_starts(text, ended))
        return arena_printf(arena, "it should have ended before %s", text + strlen(ended));
    if (text_starts(text, symbol) && !at)
        return arena_printf(arena, "%s cannot stand there", text + strlen(symbol));
    if (!at)
        return text;
    return arena_printf(arena, "%.*sat the end", (int)(at - text), text);
}

/* --- conditions ------------------------------------------------------------------------------ */

/* Gives Lua "return " and then the expression, so that no text as long as it is made: the longest
 * text of a state makes its steps dearer (budget.h). */
struct pieces {
    const char *at[2];
    size_t given;
};

static const char *next_piece(lua_State *L, void *self, size_t *len)
{
    struct pieces *pieces = self;
    (void)L;
    const char *piece = pieces->given < 2 ? pieces->at[pieces->given++] : NULL;
    *len = piece ? strlen(piece) : 0;
    return piece;
}

static void compile_line(lua_State *L, struct host *host, const struct condition *condition,
                         int names, struct diags *diags)
{
    int line;
    struct pieces pieces = { { "return ", condition->source }, 0 };
    const struct scope *scope = scope_of(host, condition->process, condition->rows);
    MUST(scope);
    if (!names_check(condition, scope, diags))
        return;
    if (lua_load(L, next_piece, &pieces, "=(condition)", "t") != LUA_OK) {
        const char *words = split_message(lua_tostring(L, -1), "(condition)", &line);
        struct span span = condition->span;
        if (line > 1)
            span = (struct span){ span.source, span.line + line - 1, 1, 2 };
        diag_error(diags, "L001", span, "%s", in_words(host->arena, words));
        lua_pop(L, 1);
        return;
    }
    lua_pushvalue(L, names);
    if (!lua_setupvalue(L, -2, 1))
        lua_pop(L, 1);
    lua_rawseti(L, SLOT_CONDITIONS, condition->id + 1);
}

/* "file.function": keeps the function's name, and whose it is. */
static void note_function(lua_State *L, const struct host *host, const struct condition *condition,
                          size_t *module_of, struct diags *diags)
{
    const char *dot = strchr(condition->source, '.');
    const char **words = ARENA_ARRAY(host->arena, const char *, host->module_count + 1);
    if (!dot || strchr(dot + 1, '.')) {
        diag_error(diags, "L003", condition->span, "'%s' is not written as file.function",
                   condition->source);
        return;
    }
    size_t len = (size_t)(dot - condition->source);
    for (size_t i = 0; i < host->module_count; i++) {
        words[i] = host->modules[i].name;
        if (strlen(words[i]) == len && strncmp(words[i], condition->source, len) == 0)
            module_of[condition->id] = i;
    }
    if (module_of[condition->id] == SIZE_MAX) {
        const char *name = arena_text_n(host->arena, condition->source, len);
        struct diag *diag =
            diag_error(diags, "L003", condition->span, "there is no file lua/%s.lua", name);
        diag_nearest(diags, diag, name, words, host->module_count);
        return;
    }
    lua_pushstring(L, dot + 1);
    lua_rawseti(L, SLOT_CONDITIONS, condition->id + 1);
}

static void compile_conditions(lua_State *L, struct host *host, struct diags *diags)
{
    const struct model *model = host->model;
    size_t *module_of = ARENA_ARRAY(host->arena, size_t, model->condition_count + 1);
    box_push(L, BOX_NAMES);
    int names = lua_gettop(L);
    for (size_t i = 0; i < model->condition_count; i++) {
        const struct condition *condition = model->conditions[i];
        MUST(condition->id == (int)i);
        module_of[i] = SIZE_MAX;
        lua_pushboolean(L, false);
        lua_rawseti(L, SLOT_CONDITIONS, condition->id + 1);
        if (condition->is_function)
            note_function(L, host, condition, module_of, diags);
        else
            compile_line(L, host, condition, names, diags);
    }
    host->module_of = module_of;
    lua_pop(L, 1);
}

/* --- files ----------------------------------------------------------------------------------- */

static struct span line_of(const struct source *source, int line)
{
    const char *at = source_line(source, line);
    if (!at)
        return (struct span){ source, line, 1, 2 };
    size_t blank = strspn(at, " \t"), len = strcspn(at, "\r\n");
    int columns = (int)utf8_columns(at, len);
    return (struct span){ source, line, (int)blank + 1,
                          columns > (int)blank ? columns + 1 : (int)blank + 2 };
}

static void compile_module(lua_State *L, struct host *host, size_t i, int globals,
                           struct diags *diags)
{
    const struct source *source = host->modules[i].source;
    const char *name = lua_pushfstring(L, "=%s", source->path);
    int line;
    size_t before = host->budget.longest;
    host->budget.longest = 0;
    int status = luaL_loadbufferx(L, source->text, source->len, name, "t");
    if (host->budget.longest > HOST_CONSTANT_MAX)
        diag_error(diags, "L004", line_of(source, 1), "it holds a text longer than %d bytes",
                   HOST_CONSTANT_MAX);
    if (before > host->budget.longest)
        host->budget.longest = before;
    if (status != LUA_OK) {
        const char *words = split_message(lua_tostring(L, -1), source->path, &line);
        diag_error(diags, "L001", line_of(source, line), "%s", in_words(host->arena, words));
        lua_pop(L, 2);
        return;
    }
    lua_pushvalue(L, globals);
    if (!lua_setupvalue(L, -2, 1))
        lua_pop(L, 1);
    lua_rawseti(L, SLOT_CHUNKS, (lua_Integer)i + 1);
    lua_pop(L, 1);
}

/* Field patterns are matched outside of Lua, but are found wrong here. */
static void check_patterns(const struct model *model, struct diags *diags)
{
    for (size_t i = 0; i < model->process_count; i++)
        for (size_t j = 0; j < model->processes[i].field_count; j++) {
            const struct field *field = &model->processes[i].fields[j];
            const char *why = field->pattern ? pattern_check(field->pattern) : NULL;
            if (why)
                diag_error(diags, "L001", field->span,
                           "the pattern '%s' of field '%s' is wrong: %s", field->pattern,
                           field->name, why);
        }
}

static void push_slots(lua_State *L, const struct host *host)
{
    int conditions = (int)host->model->condition_count, modules = (int)host->module_count;
    lua_createtable(L, conditions, 0);
    lua_createtable(L, modules, 0);
    lua_createtable(L, modules, 0);
    for (int i = 1; i <= modules; i++) {
        lua_pushboolean(L, false);
        lua_rawseti(L, SLOT_CHUNKS, i);
        lua_pushboolean(L, false);
        lua_rawseti(L, SLOT_LOADED, i);
    }
    box_push(L, BOX_CASE);
    box_push(L, BOX_CALENDAR);
}

void load_all(lua_State *L, struct host *host, struct diags *diags)
{
    lua_settop(L, 0);
    luaL_checkstack(L, SLOT_COUNT + 20, NULL);
    boxes_make(L, host);
    lua_newtable(L);
    host->bases = luaL_ref(L, LUA_REGISTRYINDEX);
    scope_make(L, host);
    lua_pushcfunction(L, fault_handler);
    push_slots(L, host);
    MUST(lua_gettop(L) == SLOT_COUNT);
    compile_conditions(L, host, diags);
    sandbox_make(L);
    for (size_t i = 0; i < host->module_count; i++)
        compile_module(L, host, i, lua_gettop(L), diags);
    lua_settop(L, SLOT_COUNT);
    check_patterns(host->model, diags);
}

/* --- running --------------------------------------------------------------------------------- */

size_t load_module_of(const struct host *host, const struct condition *condition)
{
    return host->module_of ? host->module_of[condition->id] : SIZE_MAX;
}

bool load_run(struct host *host, size_t module)
{
    lua_State *L = host->L;
    char where[FAULT_WHERE_MAX];
    host->ran = true;
    host->module = &host->modules[module];
    lua_rawgeti(L, SLOT_CHUNKS, (lua_Integer)module + 1);
    bool good = lua_pcall(L, 0, 1, SLOT_HANDLER) == LUA_OK;
    if (good && !lua_istable(L, -1)) {
        fault_set(host, "%s must end with 'return' and its table of functions",
                  fault_where(host, where));
        good = false;
    }
    if (good)
        lua_rawseti(L, SLOT_LOADED, (lua_Integer)module + 1);
    else
        lua_pop(L, 1);
    host->module = NULL;
    return good && !host->budget.spent;
}

static void check_function(struct host *host, const struct condition *condition,
                           struct diags *diags)
{
    enum { WORDS_MAX = 64 };
    const char *words[WORDS_MAX];
    size_t count = 0;
    lua_State *L = host->L;
    int top = lua_gettop(L);
    size_t module = host->module_of[condition->id];
    if (lua_rawgeti(L, SLOT_LOADED, (lua_Integer)module + 1) == LUA_TTABLE) {
        lua_rawgeti(L, SLOT_CONDITIONS, condition->id + 1);
        if (lua_rawget(L, top + 1) != LUA_TFUNCTION) {
            lua_settop(L, top + 1);
            const char *name = strchr(condition->source, '.') + 1;
            struct diag *diag =
                diag_error(diags, "L003", condition->span, "%s has no function '%s'",
                           host->modules[module].source->path, name);
            for (lua_pushnil(L); count < WORDS_MAX && lua_next(L, top + 1); lua_pop(L, 1))
                if (lua_isfunction(L, -1) && lua_type(L, -2) == LUA_TSTRING)
                    words[count++] = lua_tostring(L, -2);
            diag_nearest(diags, diag, name, words, count);
        }
    }
    lua_settop(L, top);
}

void load_try_all(struct host *host)
{
    for (size_t i = 0; i < host->module_count; i++) {
        budget_begin(&host->budget);
        if (!load_run(host, i))
            lua_settop(host->L, SLOT_COUNT);
        budget_end(&host->budget);
    }
}

void load_try(struct host *host, struct diags *diags)
{
    lua_State *L = host->L;
    struct err err = { 0 };
    for (size_t i = 0; i < host->module_count; i++) {
        bool compiled = lua_rawgeti(L, SLOT_CHUNKS, (lua_Integer)i + 1) == LUA_TFUNCTION;
        lua_pop(L, 1);
        if (!compiled)
            continue;
        host->fault = (struct fault){ 0 };
        budget_begin(&host->budget);
        host->module = &host->modules[i];
        if (!load_run(host, i)) {
            host->module = &host->modules[i];
            fault_report(host, &err);
            diag_error(diags, "L004",
                       line_of(host->modules[i].source, host->fault.line ? host->fault.line : 1),
                       "%s", err.text);
        }
        host->module = NULL;
        budget_end(&host->budget);
    }
    for (size_t i = 0; i < host->model->condition_count; i++)
        if (host->module_of[i] != SIZE_MAX)
            check_function(host, host->model->conditions[i], diags);
}
