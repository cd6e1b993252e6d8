/* SPDX-License-Identifier: MIT */
#include "lua/budget.h"

#include "lua/state.h"
#include <stdlib.h>

enum {
    COUNT = 1000,          /* Instructions between two looks. */
    TEXT_UNIT = 256,       /* Each so many bytes of the longest text, and */
    BLOCK_UNIT = 8192,     /* of the biggest block, make a step dearer by one. */
    PCALL_WORK = 20,
};

static void on_count(lua_State *L, lua_Debug *ar);

/* From within the allocator nothing can be raised: the next instruction does it. */
static void spent_soon(struct budget *budget, enum spent spent)
{
    if (!budget->active || budget->spent)
        return;
    budget->spent = spent;
    lua_sethook(budget->L, on_count, LUA_MASKCOUNT, 1);
}

static void note_size(struct budget *budget, bool is_text, size_t size)
{
    if (is_text) {
        if (size > budget->longest)
            budget->longest = size;
        if (size > HOST_TEXT_MAX + 64)
            spent_soon(budget, SPENT_SIZE);
    } else {
        if (size > budget->biggest)
            budget->biggest = size;
        if (size > HOST_BLOCK_MAX)
            spent_soon(budget, SPENT_SIZE);
    }
}

void *budget_alloc(void *self, void *block, size_t old, size_t size)
{
    struct budget *budget = self;
    bool is_text = !block && old == LUA_TSTRING;
    if (!block)
        old = 0; /* It was the kind of thing that is to be made. */
    if (size == 0) {
        budget->used -= old;
        free(block);
        return NULL;
    }
    if (size > old) {
        size_t wanted = budget->used - old + size;
        if (wanted > HOST_BYTES_MAX) {
            spent_soon(budget, SPENT_MEMORY);
            if (wanted > 2 * (size_t)HOST_BYTES_MAX)
                return NULL;
        }
        note_size(budget, is_text, size);
    }
    void *made = realloc(block, size);
    if (!made)
        return size <= old ? block : NULL; /* Lua counts on shrinking to succeed. */
    budget->used = budget->used - old + size;
    return made;
}

void budget_fresh(struct budget *budget)
{
    budget->longest = budget->constant;
    budget->biggest = 0;
}

void budget_begin(struct budget *budget)
{
    budget->active = true;
    budget->spent = SPENT_NOTHING;
    budget->steps = HOST_STEPS_MAX;
    budget->pattern_work = HOST_PATTERN_WORK_MAX;
    lua_sethook(budget->L, on_count, LUA_MASKCOUNT | (budget->on_line ? LUA_MASKLINE : 0), COUNT);
}

void budget_end(struct budget *budget)
{
    budget->active = false;
    lua_sethook(budget->L, NULL, 0, 0);
}

int budget_raise(lua_State *L, enum spent spent)
{
    struct budget *budget = &host_of(L)->budget;
    if (!budget->spent)
        budget->spent = spent;
    budget->on_spent(L);
    lua_sethook(L, on_count, LUA_MASKCOUNT, 1);
    lua_pushlightuserdata(L, budget);
    return lua_error(L);
}

static void on_count(lua_State *L, lua_Debug *ar)
{
    struct budget *budget = &host_of(L)->budget;
    if (ar->event == LUA_HOOKLINE) {
        budget->on_line(L, ar);
        return;
    }
    if (!budget->spent) {
        size_t price = 1 + budget->longest / TEXT_UNIT + budget->biggest / BLOCK_UNIT;
        budget->steps -= (int64_t)(COUNT * price);
        if (budget->steps > 0)
            return;
    }
    budget_raise(L, SPENT_STEPS);
}

void budget_charge(lua_State *L, size_t work)
{
    struct budget *budget = &host_of(L)->budget;
    budget->steps -= (int64_t)work;
    if (budget->steps <= 0 || budget->spent)
        budget_raise(L, SPENT_STEPS);
}

int budget_pcall(lua_State *L)
{
    luaL_checkany(L, 1);
    budget_charge(L, PCALL_WORK);
    lua_pushboolean(L, true);
    lua_insert(L, 1);
    int status = lua_pcall(L, lua_gettop(L) - 2, LUA_MULTRET, 0);
    if (host_of(L)->budget.spent)
        return budget_raise(L, SPENT_STEPS);
    if (status == LUA_OK)
        return lua_gettop(L);
    lua_pushboolean(L, false);
    lua_replace(L, 1);
    return 2;
}

/* The handler is called once the error was caught: without debug.traceback there is nothing it
 * could see before. When it fails itself, its own error is what was caught. */
int budget_xpcall(lua_State *L)
{
    luaL_checktype(L, 2, LUA_TFUNCTION);
    budget_charge(L, PCALL_WORK);
    int count = lua_gettop(L) - 2;
    lua_pushvalue(L, 1);
    lua_insert(L, 3); /* function, handler, function, arguments */
    int status = lua_pcall(L, count, LUA_MULTRET, 0);
    if (host_of(L)->budget.spent)
        return budget_raise(L, SPENT_STEPS);
    lua_pushboolean(L, status == LUA_OK);
    lua_insert(L, 3);
    if (status == LUA_OK)
        return lua_gettop(L) - 2;
    lua_pushvalue(L, 2);
    lua_insert(L, 4); /* ..., false, handler, error */
    lua_pcall(L, 1, LUA_MULTRET, 0);
    if (host_of(L)->budget.spent)
        return budget_raise(L, SPENT_STEPS);
    return lua_gettop(L) - 2;
}

const char *budget_text(enum spent spent)
{
    switch (spent) {
    case SPENT_MEMORY:
        return "the budget of 8 MiB of memory is spent";
    case SPENT_SIZE:
        return "a text, a table or a chain of calls is larger than a rule may make";
    case SPENT_PATTERN:
        return "the budget of 200,000 steps of patterns is spent";
    case SPENT_NOTHING:
    case SPENT_STEPS:
        break;
    }
    return "the budget of 1,000,000 steps is spent";
}
