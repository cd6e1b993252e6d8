/* SPDX-License-Identifier: MIT */
#include "lua/texts.h"

#include "lua/state.h"
#include <stdio.h>
#include <string.h>

enum { REP_UNIT = 8 };

int texts_rep(lua_State *L)
{
    size_t len, between_len = 0;
    lua_Integer n;
    const char *between = "";
    if (lua_type(L, 1) != LUA_TSTRING)
        return luaL_error(L, "a text is wanted, not %s", box_name(L, 1));
    const char *text = lua_tolstring(L, 1, &len);
    if (!host_whole(L, 2, &n))
        return luaL_error(L, "a whole number is wanted, not %s", box_name(L, 2));
    if (!lua_isnoneornil(L, 3))
        between = luaL_checklstring(L, 3, &between_len);
    if (n > HOST_TEXT_MAX || (n > 0 && (len + between_len) * (size_t)n > HOST_TEXT_MAX))
        return luaL_error(L, "string.rep would make a text longer than %d bytes", HOST_TEXT_MAX);
    if (n <= 0 || len + between_len == 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    budget_charge(L, (size_t)n / REP_UNIT + 1);
    luaL_Buffer buffer;
    size_t total = len * (size_t)n + between_len * (size_t)(n - 1);
    char *to = luaL_buffinitsize(L, &buffer, total);
    for (; n > 0; n--) {
        memcpy(to, text, len);
        to += len;
        if (n > 1)
            memcpy(to, between, between_len);
        to += between_len;
    }
    luaL_pushresultsize(&buffer, total);
    return 1;
}

/* --- format ---------------------------------------------------------------------------------- */

enum { FORM_MAX = 16, MADE_MAX = 512, NUMBER_WORK = 10 };

/* Copies one conversion ("%-5.1f") with room for a length modifier; returns its letter. Widths and
 * places have two digits at most. */
static char read_form(lua_State *L, const char **at, char form[FORM_MAX])
{
    const char *p = *at;
    size_t flags = strspn(p, "-+ #0"), width = strspn(p + flags, "0123456789");
    size_t places = 0, len = flags + width;
    if (p[len] == '.') {
        places = strspn(p + len + 1, "0123456789");
        len += 1 + places;
    }
    if (flags > 5 || width > 2 || places > 2)
        luaL_error(L, "string.format: widths and places have at most two digits");
    snprintf(form, FORM_MAX, "%%%.*s", (int)len, p);
    *at = p + len + (p[len] != '\0');
    return p[len];
}

static void add_number(lua_State *L, luaL_Buffer *buffer, int arg, char form[FORM_MAX], char letter)
{
    char made[MADE_MAX];
    size_t end = strlen(form);
    lua_Integer n;
    int len;
    if (lua_type(L, arg) != LUA_TNUMBER)
        luaL_error(L, "string.format: a number is wanted for %%%c, not %s", letter,
                   box_name(L, arg));
    if (strchr("feg", letter)) {
        snprintf(form + end, FORM_MAX - end, "%c", letter);
        len = snprintf(made, sizeof made, form, lua_tonumber(L, arg));
    } else {
        if (!host_whole(L, arg, &n))
            luaL_error(L, "string.format: %%%c wants a whole number", letter);
        snprintf(form + end, FORM_MAX - end, "ll%c", letter);
        len = snprintf(made, sizeof made, form, (long long)n);
    }
    budget_charge(L, NUMBER_WORK + (size_t)len / 2);
    luaL_addlstring(buffer, made, (size_t)len < sizeof made ? (size_t)len : sizeof made - 1);
}

static void add_text(lua_State *L, luaL_Buffer *buffer, int arg, const char *form)
{
    size_t len;
    const char *dot = strchr(form, '.');
    basics_text(L, arg, &len);
    if (form[1] == '\0') {
        luaL_addvalue(buffer);
        return;
    }
    /* Cut and padded by hand: the text may be longer than any buffer. */
    size_t width = 0, most = len;
    const char *p = form + 1 + strspn(form + 1, "-+ #0");
    for (; *p >= '0' && *p <= '9'; p++)
        width = width * 10 + (size_t)(*p - '0');
    if (dot)
        for (most = 0, p = dot + 1; *p >= '0' && *p <= '9'; p++)
            most = most * 10 + (size_t)(*p - '0');
    lua_pushlstring(L, lua_tostring(L, -1), most < len ? most : len);
    lua_replace(L, -2);
    lua_tolstring(L, -1, &len);
    bool left = strchr(form, '-') != NULL;
    char pad[100];
    size_t padding = width > len ? width - len : 0;
    memset(pad, ' ', sizeof pad);
    lua_pushlstring(L, pad, padding);
    if (!left)
        lua_insert(L, -2);
    lua_concat(L, 2);
    luaL_addvalue(buffer);
}

int texts_format(lua_State *L)
{
    char form[FORM_MAX];
    int arg = 1, given = lua_gettop(L);
    if (lua_type(L, 1) != LUA_TSTRING)
        return luaL_error(L, "string.format wants a text first, not %s", box_name(L, 1));
    const char *at = lua_tostring(L, 1);
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    while (*at) {
        size_t plain = strcspn(at, "%");
        luaL_addlstring(&buffer, at, plain);
        at += plain;
        if (!*at)
            break;
        if (*++at == '%') {
            luaL_addchar(&buffer, *at++);
            continue;
        }
        budget_charge(L, 2);
        char letter = read_form(L, &at, form);
        if (!letter || !strchr("disfegxX", letter))
            return luaL_error(L, "string.format: %%%c is not available in rules",
                              letter ? letter : '?');
        if (++arg > given)
            return luaL_error(L, "string.format: a value is missing for %%%c", letter);
        if (letter == 's')
            add_text(L, &buffer, arg, form);
        else
            add_number(L, &buffer, arg, form, letter);
    }
    luaL_pushresult(&buffer);
    return 1;
}
