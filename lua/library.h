/* SPDX-License-Identifier: MIT */
/* library - every function a pack's Lua may call, in one table.
 *
 * Registration, the editors' stubs (lua/reeve.lua), the page of the docs and
 * the test that runs every example all read it, so none of them can drift.
 */
#ifndef LUA_LIBRARY_H
#define LUA_LIBRARY_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

struct buf;

enum library_group {
    LIBRARY_CONDITION,  /* One-line conditions only. */
    LIBRARY_SHARED,     /* Conditions and functions. */
    LIBRARY_CALENDAR,   /* calendar:NAME, functions only; so are all below. */
    LIBRARY_BASE,
    LIBRARY_MATH,
    LIBRARY_STRING,
    LIBRARY_TABLE,
};

struct library_entry {
    enum library_group group;
    const char *name;
    lua_CFunction call;       /* NULL: Lua's own. */
    const char *signature;    /* "(date: date, days: length) -> date" */
    const char *says;
    const char *example;      /* An expression that is true; see tests/unit/lua. */
};
const struct library_entry *library(size_t *count);

/* Whether one-line conditions have it. */
bool library_in_conditions(const struct library_entry *entry);
const char *library_prefix(enum library_group group); /* "calendar:", "string.", "" */

/* The text of lua/reeve.lua, and of the reference in docs. */
void library_stubs(struct buf *out);
void library_page(struct buf *out);

/* What a pack's own cases hold, to stand below library_stubs(): a class a process. */
struct model;
void library_stubs_of(const struct model *model, struct buf *out);

#endif
