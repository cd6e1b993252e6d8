/* SPDX-License-Identifier: MIT */
/* budget - what one answer may cost, in steps and memory, never in time.
 *
 * A script can't get round it. Four things see to that:
 *
 *   - a count hook charges the steps of Lua's own machine; functions in C that
 *     do work charge for it themselves (budget_charge);
 *   - the allocator counts every byte. The collector stands still during an
 *     answer, so that all copying, of texts too, is bounded by memory;
 *   - a step is dearer while a long text or a large table or stack exists,
 *     since one instruction may then compare or copy all of it;
 *   - once spent it stays spent until the answer ends: every further
 *     instruction raises again, and pcall and xpcall do not catch it.
 *
 * No clock is read: the same question costs the same on any machine.
 */
#ifndef LUA_BUDGET_H
#define LUA_BUDGET_H

#include <lauxlib.h>
#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum spent { SPENT_NOTHING, SPENT_STEPS, SPENT_MEMORY, SPENT_SIZE, SPENT_PATTERN };

struct budget {
    lua_State *L;
    size_t used;              /* Bytes the state holds. */
    bool active;              /* An answer is under way. */
    enum spent spent;
    int64_t steps;            /* Left. */
    int64_t pattern_work;     /* Left. */
    size_t longest, biggest;  /* The longest text, and other block, since budget_fresh(). */
    size_t constant;          /* The longest text of the pack's own files. */
    void (*on_spent)(lua_State *L); /* Notes the place where it was spent. */
    void (*on_line)(lua_State *L, lua_Debug *ar); /* Told of every line (watch.h); may be NULL. */
};

/* The allocator of lua_newstate; `self` is the budget. */
void *budget_alloc(void *self, void *block, size_t old, size_t size);

/* Nothing of an earlier event is left: texts and tables of its scripts are garbage. */
void budget_fresh(struct budget *budget);

void budget_begin(struct budget *budget);
void budget_end(struct budget *budget);

/* Charges `work` steps; raises when there are none left, or were none before. */
void budget_charge(lua_State *L, size_t work);
/* Raises the error of a budget that is spent. */
int budget_raise(lua_State *L, enum spent spent);

/* pcall and xpcall that do not catch a spent budget. */
int budget_pcall(lua_State *L);
int budget_xpcall(lua_State *L);

/* "the budget of 1,000,000 steps is spent" */
const char *budget_text(enum spent spent);

#endif
