/* SPDX-License-Identifier: MIT */
/* scope - the names that the conditions of a process may use: its fields,
 * events, settings and states, in this order where two are the same, and `on`. */
#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "lua/library.h"
#include "lua/state.h"
#include <string.h>

const struct named *scope_find(const struct scope *scope, const char *name, size_t len)
{
    for (size_t i = 0; i < scope->named_count; i++)
        if (strncmp(scope->named[i].name, name, len) == 0 && scope->named[i].name[len] == '\0')
            return &scope->named[i];
    return NULL;
}

/* Whether the scope is of that process, by name, and that field. */
static bool is_scope(const struct scope *scope, const struct process *process, const char *rows)
{
    return strcmp(scope->process->name, process->name) == 0 &&
           text_same(scope->rows ? scope->rows->name : NULL, rows);
}

const struct scope *scope_of(const struct host *host, const struct process *process,
                             const char *rows)
{
    for (size_t i = 0; !rows && i < host->model->process_count; i++)
        if (process == host->scopes[i].process)
            return &host->scopes[i];
    for (size_t i = 0; i < host->scope_count; i++)
        if (is_scope(&host->scopes[i], process, rows))
            return &host->scopes[i];
    return NULL;
}

int scope_unknown(lua_State *L, const char *what, const char *name, const char *const *words,
                  size_t count)
{
    enum { WORD_WORK = 20 };
    budget_charge(L, count * WORD_WORK);
    const char *near = text_nearest(name, words, count);
    if (near)
        return luaL_error(L, "%s '%s'; did you mean '%s'?", what, name, near);
    return luaL_error(L, "%s '%s'", what, name);
}

static void add(struct scope *scope, struct named *named, struct named one, const char *label)
{
    if (scope_find(scope, one.name, strlen(one.name)))
        return;
    one.label = label && *label ? label : one.name;
    named[scope->named_count++] = one;
}

/* All names, in the host's arena: no Lua yet. */
static void gather(struct host *host, struct scope *scope, const struct process *p)
{
    const struct field *rows = scope->rows;
    size_t most = p->field_count + p->event_count + p->setting_count + p->state_count + 1 +
                  (rows ? rows->column_count : 0);
    struct named *named = ARENA_ARRAY(host->arena, struct named, most);
    scope->process = p;
    scope->named = named;
    for (size_t i = 0; rows && i < rows->column_count; i++)
        add(scope, named,
            (struct named){ NAMED_FIELD, rows->columns[i].name, NULL, &rows->columns[i], NULL },
            rows->columns[i].label);
    for (size_t i = 0; i < p->field_count; i++)
        add(scope, named,
            (struct named){ NAMED_FIELD, p->fields[i].name, NULL, &p->fields[i], NULL },
            p->fields[i].label);
    for (size_t i = 0; i < p->event_count; i++)
        add(scope, named, (struct named){ NAMED_EVENT, p->events[i].name, NULL, NULL, NULL },
            p->events[i].title);
    for (size_t i = 0; i < p->setting_count; i++)
        add(scope, named,
            (struct named){ NAMED_SETTING, p->settings[i].name, NULL, NULL, &p->settings[i] },
            p->settings[i].title);
    for (size_t i = 0; i < p->state_count; i++)
        add(scope, named, (struct named){ NAMED_STATE, p->states[i].name, NULL, NULL, NULL },
            p->states[i].title);
    add(scope, named, (struct named){ NAMED_ON, "on", NULL, NULL, NULL }, NULL);
    const struct named *birth = scope_find(scope, "birth", strlen("birth"));
    scope->birth = birth && birth->kind == NAMED_FIELD ? birth : NULL;
}

static void make_one(lua_State *L, struct host *host, struct scope *scope)
{
    size_t count;
    const struct library_entry *entries = library(&count);
    const char **words = ARENA_ARRAY(host->arena, const char *, scope->named_count + count);
    lua_createtable(L, 0, (int)scope->named_count + 16);
    for (size_t i = 0; i < scope->named_count; i++) {
        words[scope->word_count++] = scope->named[i].name;
        lua_pushlightuserdata(L, (void *)(uintptr_t)&scope->named[i]);
        lua_setfield(L, -2, scope->named[i].name);
    }
    for (size_t i = 0; i < count; i++) {
        if (!library_in_conditions(&entries[i]))
            continue;
        words[scope->word_count++] = entries[i].name;
        lua_pushcfunction(L, entries[i].call);
        lua_setfield(L, -2, entries[i].name);
    }
    scope->words = words;
    scope->names = luaL_ref(L, LUA_REGISTRYINDEX);
}

/* Only then are its columns ever named. */
static bool asks_in_rows(const struct field *field)
{
    for (size_t i = 0; i < field->column_count; i++)
        if (field->columns[i].is || field->columns[i].required_if)
            return true;
    return false;
}

void scope_make(lua_State *L, struct host *host)
{
    const struct model *model = host->model;
    size_t count = model->process_count, most = count;
    for (size_t i = 0; i < model->process_count; i++)
        for (size_t j = 0; j < model->processes[i].field_count; j++)
            most += asks_in_rows(&model->processes[i].fields[j]);
    host->scopes = ARENA_ARRAY(host->arena, struct scope, most);
    for (size_t i = 0; i < model->process_count; i++) {
        const struct process *process = &model->processes[i];
        gather(host, &host->scopes[i], process);
        for (size_t j = 0; j < process->field_count; j++) {
            if (!asks_in_rows(&process->fields[j]))
                continue;
            host->scopes[count].rows = &process->fields[j];
            gather(host, &host->scopes[count++], process);
        }
    }
    host->scope_count = count;
    for (size_t i = 0; i < count; i++)
        make_one(L, host, &host->scopes[i]);
}
