/* SPDX-License-Identifier: MIT */
/* Our matcher against Lua's own, on patterns people write and on many made-up ones. */
#include "tests/unit/lua/fixture.h"

#include "lua/pattern.h"
#include <lauxlib.h>
#include <lualib.h>

enum { MADE_UP = 60000, WORK = 1000000 };

/* As text: "1 3 |capture|..." or "nil" or "error". */
static void by_ours(char *out, size_t room, const char *subject, size_t len, const char *pattern)
{
    struct pattern m;
    const char *end;
    pattern_init(&m, subject, len, pattern, strlen(pattern), WORK);
    const char *at = pattern_search(&m, subject, pattern, &end);
    if (m.error || m.work <= 0) {
        snprintf(out, room, "error");
        return;
    }
    if (!at) {
        snprintf(out, room, "nil");
        return;
    }
    int used = snprintf(out, room, "%d %d |", (int)(at - subject) + 1, (int)(end - subject));
    for (int i = 0; i < m.count; i++) {
        if (m.capture[i].len == PATTERN_POSITION)
            used += snprintf(out + used, room - (size_t)used, "%d|",
                             (int)(m.capture[i].at - subject) + 1);
        else
            used += snprintf(out + used, room - (size_t)used, "%.*s|", (int)m.capture[i].len,
                             m.capture[i].at);
    }
}

static void by_lua(lua_State *L, char *out, size_t room, const char *subject, size_t len,
                   const char *pattern)
{
    int top = lua_gettop(L);
    lua_getglobal(L, "find");
    lua_pushlstring(L, subject, len);
    lua_pushstring(L, pattern);
    if (lua_pcall(L, 2, LUA_MULTRET, 0) != LUA_OK) {
        snprintf(out, room, "error");
    } else if (lua_isnil(L, top + 1)) {
        snprintf(out, room, "nil");
    } else {
        int used = snprintf(out, room, "%d %d |", (int)lua_tointeger(L, top + 1),
                            (int)lua_tointeger(L, top + 2));
        for (int i = top + 3; i <= lua_gettop(L); i++)
            used += snprintf(out + used, room - (size_t)used, "%s|", lua_tostring(L, i));
    }
    lua_settop(L, top);
}

static void compare(lua_State *L, const char *subject, const char *pattern)
{
    char ours[512], theirs[512];
    /* Lua looks for these letter by letter, and never sees that the bracket closes nothing. */
    if (!strpbrk(pattern, "^$*+?.([%-") && strchr(pattern, ')'))
        return;
    size_t len = strlen(subject);
    by_ours(ours, sizeof ours, subject, len, pattern);
    by_lua(L, theirs, sizeof theirs, subject, len, pattern);
    if (strcmp(ours, theirs) != 0)
        fail_msg("'%s' on '%s': ours %s, Lua's %s", pattern, subject, ours, theirs);
}

static lua_State *plain_lua(void)
{
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    lua_getglobal(L, "string");
    lua_getfield(L, -1, "find");
    lua_setglobal(L, "find");
    lua_settop(L, 0);
    return L;
}

static void as_people_write_them(void **state)
{
    static const char *const patterns[] = {
        "",
        "a",
        "^a",
        "a$",
        "^a$",
        "^$",
        ".",
        "%a+",
        "%d%d",
        "[%a_][%w_]*",
        "^%s*(.-)%s*$",
        "(%a+)=(%d+)",
        "()a()",
        "%f[%w]%w+",
        "%b()",
        "[^,]*",
        "[a-c]+",
        "[]]",
        "[^]]",
        "[a-]",
        "[%-x]",
        "a-b",
        "a?b",
        "(a)(b)?",
        "((a)b)",
        "%1",
        "(a)%1",
        "(a",
        "a)",
        "[a",
        "%",
        "[%",
        "%b",
        "%bx",
        "%f",
        "%fa",
        "*a",
        "a**",
        "^*",
        "$a",
        "a$b",
        "%.",
        "%%",
        "[%]]",
        "x*",
        ".-",
        ".-x",
        "[\xc3\xa9]",
        "%A",
        "%D+",
        "%S",
        "%W",
        "%U%L",
        "%P%C%X%G",
        "%g+%p*%x*%c*",
        "[%D]",
        "[^%s%d]+",
        "(%d+)-(%d+)-(%d+)",
        "()",
        "(()a)",
        "[a-%%]",
        "[%a-z]",
        "%z",
    };
    static const char *const subjects[] = {
        "",           "a",    "ab",  "aab", "abc def", "key=42", "  trimmed  ",       "f(a(b)c)d",
        "2026-11-21", "x]y",  "a-b", "%.",  "$a",      "aaaaab", "\xc3\xa9t\xc3\xa9", "AbC 9 .,;",
        "a\nb\tc",    "((()", "-",   "^",
    };
    lua_State *L = plain_lua();
    (void)state;
    for (size_t i = 0; i < COUNT(patterns); i++)
        for (size_t j = 0; j < COUNT(subjects); j++)
            compare(L, subjects[j], patterns[i]);
    lua_close(L);
}

static unsigned seed = 1;
static unsigned dice(unsigned sides)
{
    seed = seed * 1103515245u + 12345u;
    return (seed >> 16) % sides;
}

static void made_up(void **state)
{
    static const char pieces[] = "aab.%%[]^$()*+-?%ad%1%fb]c";
    static const char letters[] = "aaabbc1 .";
    lua_State *L = plain_lua();
    (void)state;
    for (int i = 0; i < MADE_UP; i++) {
        char pattern[16], subject[16];
        size_t n = dice(10), k = dice(10);
        for (size_t j = 0; j < n; j++)
            pattern[j] = pieces[dice(sizeof pieces - 1)];
        for (size_t j = 0; j < k; j++)
            subject[j] = letters[dice(sizeof letters - 1)];
        pattern[n] = subject[k] = '\0';
        compare(L, subject, pattern);
        /* What is found wrong at load is wrong, and what is not is never wrong later. */
        struct pattern m;
        pattern_init(&m, subject, k, pattern, n, WORK);
        pattern_at(&m, subject, pattern);
        if (m.error && !pattern_check(pattern))
            fail_msg("'%s' passes the check, and then: %s", pattern, m.error);
    }
    lua_close(L);
}

/* Every byte against every class. */
static void classes(void **state)
{
    static const char letters[] = "acdglpsuwxACDGLPSUWX";
    lua_State *L = plain_lua();
    (void)state;
    for (unsigned c = 1; c < 256; c++)
        for (size_t i = 0; i < sizeof letters - 1; i++) {
            char pattern[] = { '%', letters[i], '\0' },
                 set[] = { '[', '^', '%', letters[i], ']', '\0' };
            char subject[] = { (char)c, '\0' };
            compare(L, subject, pattern);
            compare(L, subject, set);
        }
    lua_close(L);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_people_write_them),
        cmocka_unit_test(made_up),
        cmocka_unit_test(classes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
