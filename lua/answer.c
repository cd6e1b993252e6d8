/* SPDX-License-Identifier: MIT */
/* answer - what a script gave, as the core wants it. Runs outside of any
 * protected call: nothing here may raise, so types are asked before values are
 * taken, and nothing is made in Lua. */
#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/model/reminder.h"
#include "lua/state.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static enum err_code bad(struct host *host, const char *hint, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static enum err_code bad(struct host *host, const char *hint, const char *format, ...)
{
    char where[FAULT_WHERE_MAX], text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    fault_set(host, "%s %s", fault_where(host, where), text);
    if (hint)
        snprintf(host->fault.hint, sizeof host->fault.hint, "%s", hint);
    return ERR_SCRIPT;
}

/* A text of Lua is bytes; ours are UTF-8 without NUL. */
static bool take_text(lua_State *L, int index, struct arena *arena, const char **out)
{
    size_t len;
    const char *text = lua_tolstring(L, index, &len);
    if (!utf8_valid(text, len))
        return false;
    *out = arena_text_n(arena, text, len);
    return true;
}

enum err_code answer_truth(struct host *host, int index, struct arena *arena, struct answer *out)
{
    lua_State *L = host->L;
    struct answer answer = { TRUTH_NO, NULL };
    if (lua_type(L, index) != LUA_TBOOLEAN) {
        bool date = box_get(L, index, BOX_DATE);
        return bad(host, date ? "to ask whether it has happened, write known(\"...\")" : NULL,
                   "gave %s, not true or false", box_name(L, index));
    }
    answer.truth = lua_toboolean(L, index) ? TRUTH_YES : TRUTH_NO;
    if (host->condition->is_function && !lua_isnil(L, index + 1)) {
        if (lua_type(L, index + 1) != LUA_TSTRING)
            return bad(host, NULL, "gave %s as its reason, not a text", box_name(L, index + 1));
        if (!take_text(L, index + 1, arena, &answer.why))
            return bad(host, NULL, "gave a reason that is not UTF-8 text");
    }
    *out = answer;
    return ERR_NONE;
}

/* --- values ---------------------------------------------------------------------------------- */

static enum err_code take_integer(struct host *host, int index, struct value *out)
{
    lua_Integer n;
    if (!host_whole(host->L, index, &n))
        return bad(host, "math.round, math.floor and math.ceil give whole numbers",
                   "gave %s where a whole number is wanted",
                   lua_type(host->L, index) == LUA_TNUMBER ? "a fraction"
                                                           : box_name(host->L, index));
    *out = (struct value){ .kind = VALUE_INT, .number = n };
    return ERR_NONE;
}

static enum err_code take_decimal(struct host *host, int index, struct value *out)
{
    enum { DECIMAL_WHOLE_MAX = 100000000 };
    lua_State *L = host->L;
    if (lua_type(L, index) != LUA_TNUMBER)
        return bad(host, NULL, "gave %s where a number is wanted", box_name(L, index));
    lua_Number number = lua_tonumber(L, index);
    if (!(fabs(number) <= (lua_Number)DECIMAL_WHOLE_MAX * DECIMAL_ONE))
        return bad(host, NULL, "gave a number that is too large, or none at all");
    *out = (struct value){ .kind = VALUE_DECIMAL, .number = llround(number * DECIMAL_ONE) };
    return ERR_NONE;
}

/* Pence: hours at a price may come to a fraction, which is rounded, half up and away from nothing.
 */
static enum err_code take_money(struct host *host, int index, struct value *out)
{
    lua_Integer n;
    struct value pence = { .kind = VALUE_NONE };
    if (host_whole(host->L, index, &n))
        return take_integer(host, index, out);
    enum err_code rc = take_decimal(host, index, &pence);
    if (rc)
        return rc;
    int64_t half = pence.number < 0 ? -DECIMAL_ONE / 2 : DECIMAL_ONE / 2;
    *out = (struct value){ .kind = VALUE_INT, .number = (pence.number + half) / DECIMAL_ONE };
    return ERR_NONE;
}

/* Through the field's own reader, so that a computed value is as good as a typed one. */
static enum err_code read_as(struct host *host, const struct field *field, struct json *given,
                             struct arena *arena, struct value *out)
{
    struct err err = { 0 };
    return value_read(arena, field, given, out, &err)
               ? bad(host, NULL, "gave no value for the field: %s", err.text)
               : ERR_NONE;
}

static enum err_code take_text_as(struct host *host, int index, const struct field *field,
                                  struct arena *arena, struct value *out)
{
    const char *text;
    if (lua_type(host->L, index) != LUA_TSTRING)
        return bad(host, NULL, "gave %s where a text is wanted", box_name(host->L, index));
    if (!take_text(host->L, index, arena, &text))
        return bad(host, NULL, "gave a text that is not UTF-8");
    if (field)
        return read_as(host, field, json_new_text(arena, text), arena, out);
    *out = (struct value){ .kind = VALUE_TEXT, .text = text };
    return ERR_NONE;
}

static struct json *copied(struct arena *arena, const struct json *from)
{
    struct json *to = json_new(arena, from->kind);
    to->number = from->number;
    to->text = arena_text(arena, from->text);
    for (const struct json *at = from->first; at; at = at->next) {
        if (from->kind == JSON_MAP)
            json_put(arena, to, arena_text(arena, at->key), copied(arena, at));
        else
            json_add(to, copied(arena, at));
    }
    return to;
}

/* How many stand in a table that is a list: what is under another key than 1, 2, 3 ... would be
 * passed over unseen. `of`: "choices". */
static enum err_code count_list(struct host *host, int index, const char *of, size_t *count)
{
    lua_State *L = host->L;
    size_t all = 0, listed = lua_rawlen(L, index);
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1), all++) {
        if (lua_isinteger(L, -2) && lua_tointeger(L, -2) >= 1 &&
            (size_t)lua_tointeger(L, -2) <= listed)
            continue;
        const char *key = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : NULL;
        lua_pop(L, 2);
        return bad(host, "give a list without gaps or names: {a, b, c}",
                   "gave a list of %s with something %s%.60s%s", of,
                   key ? "called '" : "after a gap", key ? key : "", key ? "'" : "");
    }
    *count = listed;
    return all == listed ? ERR_NONE
                         : bad(host, "give a list without gaps or names: {a, b, c}",
                               "gave a list of %s with a gap", of);
}

/* A list of the case, or for choices a table of texts. */
static enum err_code take_list(struct host *host, int index, const struct field *field,
                               struct arena *arena, struct value *out)
{
    lua_State *L = host->L;
    const struct box *box = box_get(L, index, BOX_TREE);
    if (box && box->answer == host->answer && box->of.tree.json->kind == JSON_LIST)
        return read_as(host, field, copied(arena, box->of.tree.json), arena, out);
    if (field->type != FIELD_CHOICES || !lua_istable(L, index))
        return bad(host, NULL, "gave %s where a list is wanted", box_name(L, index));
    struct json *list = json_new(arena, JSON_LIST);
    size_t count;
    enum err_code rc = count_list(host, index, "choices", &count);
    if (rc)
        return rc;
    for (size_t i = 1; i <= count; i++) {
        const char *text = NULL;
        bool good =
            lua_rawgeti(L, index, (lua_Integer)i) == LUA_TSTRING && take_text(L, -1, arena, &text);
        lua_pop(L, 1);
        if (!good)
            return bad(host, NULL, "gave a list of choices with something else in it");
        json_add(list, json_new_text(arena, text));
    }
    return read_as(host, field, list, arena, out);
}

static enum err_code take_date(struct host *host, int index, struct value *out)
{
    const struct box *box = box_get(host->L, index, BOX_DATE);
    if (!box)
        return bad(host, "date(\"2026-09-01\") makes one", "gave %s where a date is wanted",
                   box_name(host->L, index));
    *out = (struct value){ .kind = VALUE_DATE, .number = box->of.date };
    return ERR_NONE;
}

static enum err_code take_bool(struct host *host, int index, struct value *out)
{
    if (!lua_isboolean(host->L, index))
        return bad(host, NULL, "gave %s where true or false is wanted", box_name(host->L, index));
    *out = (struct value){ .kind = VALUE_BOOL, .number = lua_toboolean(host->L, index) };
    return ERR_NONE;
}

/* Without a field to say what is wanted, the value itself does. */
static enum err_code take_any(struct host *host, int index, struct arena *arena, struct value *out)
{
    switch (lua_type(host->L, index)) {
    case LUA_TBOOLEAN:
        return take_bool(host, index, out);
    case LUA_TNUMBER:
        return lua_isinteger(host->L, index) ? take_integer(host, index, out)
                                             : take_decimal(host, index, out);
    case LUA_TSTRING:
        return take_text_as(host, index, NULL, arena, out);
    default:
        return take_date(host, index, out);
    }
}

enum err_code answer_value(struct host *host, int index, const struct field *field,
                           struct arena *arena, struct value *out)
{
    if (lua_isnil(host->L, index)) {
        *out = (struct value){ .kind = VALUE_NONE };
        return ERR_NONE;
    }
    if (!field)
        return take_any(host, index, arena, out);
    switch (field->type) {
    case FIELD_DATE:
        return take_date(host, index, out);
    case FIELD_INTEGER:
        return take_integer(host, index, out);
    case FIELD_MONEY:
        return take_money(host, index, out);
    case FIELD_NUMBER:
    case FIELD_HOURS:
        return take_decimal(host, index, out);
    case FIELD_YES_NO:
        return take_bool(host, index, out);
    case FIELD_CHOICES:
    case FIELD_ROWS:
        return take_list(host, index, field, arena, out);
    case FIELD_TEXT:
    case FIELD_TIME:
    case FIELD_CHOICE:
    case FIELD_DOCUMENT:
    case FIELD_PERSON:
    case FIELD_EMAIL:
    case FIELD_POSTCODE:
    case FIELD_URN:
    case FIELD_UPN:
    case FIELD_ULN:
        break;
    }
    return take_text_as(host, index, field, arena, out);
}

/* --- reminders ------------------------------------------------------------------------------- */

static enum err_code add_reminder(struct host *host, int index, struct arena *arena,
                                  struct buf *out)
{
    char date[DAY_TEXT_MAX];
    struct reminder read;
    const char *text = NULL;
    const struct box *box = box_get(host->L, index, BOX_DATE);
    if (box)
        text = day_iso(box->of.date, date);
    else if (lua_type(host->L, index) != LUA_TSTRING || !take_text(host->L, index, arena, &text))
        return bad(host, "give a list of dates and texts, as {\"1 week before\"}",
                   "gave a list of reminders with %s in it", box_name(host->L, index));
    if (!reminder_parse(text, &read))
        return bad(host, "give 1 week before, on the day, 3 days after or every week after",
                   "gave '%.60s', which is no reminder", text);
    buf_add(out, out->len ? ", " : "");
    buf_add(out, text);
    return ERR_NONE;
}

enum err_code answer_remind(struct host *host, int index, struct arena *arena, const char **out)
{
    lua_State *L = host->L;
    struct buf text = buf_in(arena);
    *out = NULL;
    if (lua_isnil(L, index))
        return ERR_NONE;
    if (!lua_istable(L, index))
        return bad(host, NULL, "gave %s, not a list of reminders", box_name(L, index));
    size_t count;
    enum err_code rc = count_list(host, index, "reminders", &count);
    if (rc)
        return rc;
    if (count > REMINDERS_MAX)
        return bad(host, NULL, "gave %zu reminders: at most %d are sent", count, REMINDERS_MAX);
    for (size_t i = 1; i <= count; i++) {
        lua_rawgeti(L, index, (lua_Integer)i);
        rc = add_reminder(host, lua_gettop(L), arena, &text);
        lua_pop(L, 1);
        if (rc)
            return rc;
    }
    *out = count ? buf_text(&text) : "none";
    return ERR_NONE;
}
