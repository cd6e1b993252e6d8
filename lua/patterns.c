/* SPDX-License-Identifier: MIT */
/* patterns - string.find, match, gmatch and gsub on our own matcher. Work comes
 * out of the answer's budgets, and the subject has a limit. */
#include "lua/pattern.h"
#include "lua/state.h"
#include "lua/texts.h"
#include <stdio.h>
#include <string.h>

enum { PATTERN_SHOWN_MAX = 60 };

struct asked {
    struct pattern m;
    const char *subject, *pattern;
    size_t subject_len, pattern_len;
};

static const char *check_text(lua_State *L, int index, size_t *len)
{
    if (lua_type(L, index) != LUA_TSTRING && lua_type(L, index) != LUA_TNUMBER)
        luaL_error(L, "a text is wanted, not %s", box_name(L, index));
    return lua_tolstring(L, index, len);
}

static void ask_begin(lua_State *L, struct asked *asked, int subject, int pattern)
{
    asked->subject = check_text(L, subject, &asked->subject_len);
    asked->pattern = check_text(L, pattern, &asked->pattern_len);
    if (asked->subject_len > HOST_PATTERN_SUBJECT_MAX)
        luaL_error(L, "a pattern is tried on at most %d bytes, and the text has %d",
                   HOST_PATTERN_SUBJECT_MAX, (int)asked->subject_len);
    if (asked->pattern_len > PATTERN_BYTES_MAX)
        luaL_error(L, "a pattern has at most %d bytes", PATTERN_BYTES_MAX);
    pattern_init(&asked->m, asked->subject, asked->subject_len, asked->pattern, asked->pattern_len,
                 host_of(L)->budget.pattern_work);
}

static void wrong_pattern(lua_State *L, const struct asked *asked)
{
    char shown[PATTERN_SHOWN_MAX + 1];
    bool cut = asked->pattern_len > PATTERN_SHOWN_MAX;
    snprintf(shown, sizeof shown, "%s", asked->pattern);
    luaL_error(L, "the pattern '%s%s' is wrong: %s", shown, cut ? "..." : "", asked->m.error);
}

/* Takes the work done out of the budgets; raises when they are spent or the pattern is wrong. */
static void ask_pay(lua_State *L, struct asked *asked)
{
    struct budget *budget = &host_of(L)->budget;
    int64_t done = budget->pattern_work - asked->m.work;
    budget->pattern_work = asked->m.work;
    if (budget->pattern_work <= 0)
        budget_raise(L, SPENT_PATTERN);
    if (asked->m.error)
        wrong_pattern(L, asked);
    budget_charge(L, (size_t)done);
}

/* A capture, or the whole match when there are none (or `i` is -1). */
static void push_capture(lua_State *L, const struct pattern *m, int i, const char *at,
                         const char *end)
{
    if (i < 0 || m->count == 0)
        lua_pushlstring(L, at, (size_t)(end - at));
    else if (m->capture[i].len == PATTERN_POSITION)
        lua_pushinteger(L, m->capture[i].at - m->subject + 1);
    else
        lua_pushlstring(L, m->capture[i].at, (size_t)m->capture[i].len);
}

static int push_captures(lua_State *L, const struct pattern *m, const char *at, const char *end,
                         bool whole_if_none)
{
    int count = m->count == 0 && whole_if_none ? 1 : m->count;
    luaL_checkstack(L, count, NULL);
    for (int i = 0; i < count; i++)
        push_capture(L, m, i, at, end);
    return count;
}

static const char *start_of(lua_State *L, const struct asked *asked, int index)
{
    lua_Integer n;
    if (lua_isnoneornil(L, index))
        return asked->subject;
    if (!host_whole(L, index, &n))
        luaL_error(L, "a place in the text is wanted, not %s", box_name(L, index));
    lua_Integer len = (lua_Integer)asked->subject_len;
    if (n < 0)
        n = n < -len ? 1 : len + n + 1;
    if (n == 0)
        n = 1;
    return n > len + 1 ? NULL : asked->subject + n - 1;
}

static int search(lua_State *L, bool find)
{
    struct asked asked;
    const char *end;
    ask_begin(L, &asked, 1, 2);
    const char *at = start_of(L, &asked, 3);
    if (at && find && lua_toboolean(L, 4)) {
        budget_charge(L, asked.subject_len / 4 + 1);
        at = memmem(at, (size_t)(asked.m.subject_end - at), asked.pattern, asked.pattern_len);
        end = at ? at + asked.pattern_len : NULL;
    } else if (at) {
        at = pattern_search(&asked.m, at, asked.pattern, &end);
        ask_pay(L, &asked);
    }
    if (!at) {
        lua_pushnil(L);
        return 1;
    }
    if (!find)
        return push_captures(L, &asked.m, at, end, true);
    lua_pushinteger(L, at - asked.subject + 1);
    lua_pushinteger(L, end - asked.subject);
    return push_captures(L, &asked.m, at, end, false) + 2;
}

int patterns_find(lua_State *L)
{
    return search(L, true);
}

int patterns_match(lua_State *L)
{
    return search(L, false);
}

/* Upvalues: subject, pattern, where to go on, the end of the last match. */
static int gmatch_next(lua_State *L)
{
    struct asked asked;
    const char *end;
    ask_begin(L, &asked, lua_upvalueindex(1), lua_upvalueindex(2));
    const char *at = asked.subject + lua_tointeger(L, lua_upvalueindex(3));
    lua_Integer last = lua_tointeger(L, lua_upvalueindex(4));
    for (; at <= asked.m.subject_end; at++) {
        end = pattern_at(&asked.m, at, asked.pattern);
        if (asked.m.work <= 0 || asked.m.error)
            break;
        if (end && end - asked.subject != last) {
            lua_pushinteger(L, end - asked.subject);
            lua_copy(L, -1, lua_upvalueindex(3));
            lua_replace(L, lua_upvalueindex(4));
            ask_pay(L, &asked);
            return push_captures(L, &asked.m, at, end, true);
        }
    }
    ask_pay(L, &asked);
    lua_pushnil(L);
    return 1;
}

int patterns_gmatch(lua_State *L)
{
    struct asked asked;
    lua_settop(L, 2);
    ask_begin(L, &asked, 1, 2);
    if (*asked.pattern == '^')
        return luaL_error(L, "string.gmatch looks everywhere: its pattern cannot begin with ^");
    lua_pushinteger(L, 0);
    lua_pushinteger(L, -1);
    lua_pushcclosure(L, gmatch_next, 4);
    return 1;
}

/* --- gsub ------------------------------------------------------------------------------------ */

static void add_template(lua_State *L, luaL_Buffer *buffer, const struct pattern *m, const char *at,
                         const char *end)
{
    size_t len;
    const char *text = lua_tolstring(L, 3, &len), *stop = text + len;
    for (; text < stop; text++) {
        if (*text != '%') {
            luaL_addchar(buffer, *text);
            continue;
        }
        text++;
        if (text < stop && *text == '%') {
            luaL_addchar(buffer, '%');
        } else if (text < stop && *text >= '0' && *text <= '9') {
            int i = *text - '1';
            if (i >= m->count && i > 0)
                luaL_error(L, "%%%d names a capture that is not there", i + 1);
            push_capture(L, m, i, at, end);
            lua_tostring(L, -1); /* A place becomes a text. */
            luaL_addvalue(buffer);
        } else {
            luaL_error(L, "a %% stands alone in the replacement: write %%%%");
        }
    }
}

/* Adds what stands in place of one match. */
static void add_replacement(lua_State *L, luaL_Buffer *buffer, const struct pattern *m,
                            const char *at, const char *end)
{
    switch (lua_type(L, 3)) {
    case LUA_TFUNCTION:
        lua_pushvalue(L, 3);
        lua_call(L, push_captures(L, m, at, end, true), 1);
        break;
    case LUA_TTABLE:
        push_capture(L, m, 0, at, end);
        lua_gettable(L, 3);
        break;
    default:
        add_template(L, buffer, m, at, end);
        return;
    }
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        luaL_addlstring(buffer, at, (size_t)(end - at));
    } else if (lua_isstring(L, -1)) {
        lua_tostring(L, -1);
        luaL_addvalue(buffer);
    } else {
        luaL_error(L, "the replacement must be a text, not %s", box_name(L, -1));
    }
}

int patterns_gsub(lua_State *L)
{
    struct asked asked;
    luaL_Buffer buffer;
    lua_settop(L, 4);
    ask_begin(L, &asked, 1, 2);
    int kind = lua_type(L, 3), whole = 0;
    if (kind != LUA_TFUNCTION && kind != LUA_TTABLE && kind != LUA_TSTRING && kind != LUA_TNUMBER)
        return luaL_error(L, "a text, a table or a function is wanted, not %s", box_name(L, 3));
    lua_Integer most = lua_isnil(L, 4) ? LUA_MAXINTEGER : lua_tointegerx(L, 4, &whole), done = 0;
    if (!lua_isnil(L, 4) && !whole)
        return luaL_error(L, "a number of replacements is wanted, not %s", box_name(L, 4));
    bool anchored = *asked.pattern == '^';
    const char *at = asked.subject, *last = NULL;
    luaL_buffinit(L, &buffer);
    while (done < most) {
        /* The function called for the last match may have spent of the same budget. */
        asked.m.work = host_of(L)->budget.pattern_work;
        const char *end = pattern_at(&asked.m, at, asked.pattern + anchored);
        ask_pay(L, &asked);
        if (end && end != last) {
            done++;
            add_replacement(L, &buffer, &asked.m, at, end);
            at = last = end;
        } else if (at < asked.m.subject_end) {
            luaL_addchar(&buffer, *at++);
        } else {
            break;
        }
        if (luaL_bufflen(&buffer) > HOST_TEXT_MAX)
            return luaL_error(L, "string.gsub would make a text longer than %d bytes",
                              HOST_TEXT_MAX);
        if (anchored)
            break;
    }
    luaL_addlstring(&buffer, at, (size_t)(asked.m.subject_end - at));
    luaL_pushresult(&buffer);
    lua_pushinteger(L, done);
    return 2;
}
