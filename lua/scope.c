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

const struct scope *scope_of(const struct host *host, const struct process *process)
{
    const struct model *model = host->model;
    for (size_t i = 0; i < model->process_count; i++)
        if (process == &model->processes[i])
            return &host->scopes[i];
    for (size_t i = 0; i < model->process_count; i++)
        if (strcmp(process->name, model->processes[i].name) == 0)
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
    size_t most = p->field_count + p->event_count + p->setting_count + p->state_count + 1;
    struct named *named = ARENA_ARRAY(host->arena, struct named, most);
    scope->process = p;
    scope->named = named;
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

void scope_make(lua_State *L, struct host *host)
{
    for (size_t i = 0; i < host->model->process_count; i++) {
        gather(host, &host->scopes[i], &host->model->processes[i]);
        make_one(L, host, &host->scopes[i]);
    }
}
