/* SPDX-License-Identifier: MIT */
/* trees - choices, rows and tables of settings, shown without copying. */
#include "lua/trees.h"

#include "engine/base/text.h"
#include "engine/when/when.h"
#include "lua/state.h"
#include <string.h>

void trees_push(lua_State *L, const struct json *json, const struct field *field)
{
    struct box *box = box_push(L, BOX_TREE);
    box->of.tree.json = json;
    box->of.tree.field = field;
}

void trees_push_decimal(lua_State *L, int64_t ten_thousandths)
{
    if (ten_thousandths % DECIMAL_ONE == 0)
        lua_pushinteger(L, ten_thousandths / DECIMAL_ONE);
    else
        lua_pushnumber(L, (lua_Number)ten_thousandths / DECIMAL_ONE);
}

/* Numbers may have been written as text: "21" is 21, but "012345" stays a text. */
static void push_written(lua_State *L, const char *text)
{
    char again[DECIMAL_TEXT_MAX];
    int64_t number;
    if (decimal_parse(text, &number) && strcmp(decimal_write(number, again), text) == 0)
        trees_push_decimal(L, number);
    else
        lua_pushstring(L, text);
}

static void push_json(lua_State *L, const struct json *json, const struct field *column)
{
    day date;
    switch (json->kind) {
    case JSON_NULL:
        lua_pushnil(L);
        return;
    case JSON_BOOL:
        lua_pushboolean(L, json->number != 0);
        return;
    case JSON_INT:
        lua_pushinteger(L, json->number);
        return;
    case JSON_DECIMAL:
        trees_push_decimal(L, json->number);
        return;
    case JSON_TEXT:
        if (column && column->type == FIELD_DATE && day_parse(json->text, &date))
            dates_push(L, date);
        else
            lua_pushstring(L, json->text);
        return;
    case JSON_LIST:
    case JSON_MAP:
        trees_push(L, json, column);
        return;
    }
}

void trees_push_setting(lua_State *L, const struct setting *setting, day on)
{
    const struct setting_value *value = setting_on(setting, on);
    if (value->is_length)
        dates_push_length(L, value->length);
    else if (value->is && value->is->kind == JSON_TEXT)
        push_written(L, value->is->text);
    else if (value->is)
        push_json(L, value->is, NULL);
    else
        lua_pushnil(L);
}

static const struct json *nth(const struct json *list, lua_Integer n)
{
    const struct json *at = list->first;
    while (at && --n > 0)
        at = at->next;
    return at;
}

static int list_index(lua_State *L, const struct box *box)
{
    const struct json *list = box->of.tree.json;
    lua_Integer n;
    if (!host_whole(L, 2, &n))
        return luaL_error(L, "a list is read by number, from 1 to #list");
    if (n < 1 || (lua_Unsigned)n > list->count) {
        lua_pushnil(L);
        return 1;
    }
    budget_charge(L, (size_t)n / 4 + 1);
    const struct json *one = nth(list, n);
    push_json(L, one, one->kind == JSON_MAP ? box->of.tree.field : NULL);
    return 1;
}

/* A key that is missing is an error: a rule that reads the wrong one must not go on with nil. */
static int unknown_key(lua_State *L, const struct box *box, const char *key)
{
    enum { SHOWN = 64 };
    const char *words[SHOWN];
    size_t count = 0;
    const struct field *field = box->of.tree.field;
    for (size_t i = 0; field && i < field->column_count && count < SHOWN; i++)
        words[count++] = field->columns[i].name;
    for (const struct json *at = box->of.tree.json->first; !field && at && count < SHOWN;
         at = at->next)
        words[count++] = at->key;
    return scope_unknown(L, field ? "no column" : "no line", key, words, count);
}

static int tree_index(lua_State *L)
{
    const struct box *box = box_mine(L, 1, BOX_TREE, "a list");
    const struct json *json = box->of.tree.json;
    if (json->kind == JSON_LIST)
        return list_index(L, box);
    if (lua_isinteger(L, 2)) { /* Year groups as keys: {7: 24, 8: 24}. */
        lua_pushfstring(L, "%I", (LUAI_UACINT)lua_tointeger(L, 2));
        lua_replace(L, 2);
    }
    if (lua_type(L, 2) != LUA_TSTRING)
        return luaL_error(L, "a name is wanted here, not %s", box_name(L, 2));
    const char *key = lua_tostring(L, 2);
    const struct json *found = json_get(json, key);
    const struct field *column = process_column(box->of.tree.field, key);
    if (!found && !column)
        return unknown_key(L, box, key);
    if (!found)
        lua_pushnil(L);
    else if (!box->of.tree.field && found->kind == JSON_TEXT)
        push_written(L, found->text);
    else
        push_json(L, found, column);
    return 1;
}

static int tree_length(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)box_mine(L, 1, BOX_TREE, "a list")->of.tree.json->count);
    return 1;
}

size_t trees_keys(lua_State *L, int index)
{
    const struct box *box = box_mine(L, index, BOX_TREE, "a list");
    size_t count = 0;
    budget_charge(L, box->of.tree.json->count);
    for (const struct json *at = box->of.tree.json->first; at; at = at->next) {
        if (at->key)
            lua_pushstring(L, at->key);
        else
            lua_pushinteger(L, (lua_Integer)count + 1);
        lua_rawseti(L, -2, (lua_Integer)++count);
    }
    return count;
}

/* --- has, count, total ----------------------------------------------------------------------- */

static const struct box *check_list(lua_State *L, const char *wanted)
{
    const struct box *box = box_mine(L, 1, BOX_TREE, wanted);
    if (box->of.tree.json->kind != JSON_LIST)
        luaL_error(L, "%s is wanted, not a table of a setting", wanted);
    return box;
}

int trees_has(lua_State *L)
{
    if (lua_isnil(L, 1)) { /* A function's empty field: nothing is chosen. */
        lua_pushboolean(L, false);
        return 1;
    }
    const struct box *box = check_list(L, "a field of several choices");
    const struct field *field = box->of.tree.field;
    bool found = false;
    if (lua_type(L, 2) != LUA_TSTRING)
        return luaL_error(L, "the choice is wanted as a text, not %s", box_name(L, 2));
    const char *choice = lua_tostring(L, 2);
    for (const struct json *at = box->of.tree.json->first; at && !found; at = at->next)
        found = at->kind == JSON_TEXT && strcmp(at->text, choice) == 0;
    bool known = found || !field || field->type != FIELD_CHOICES;
    for (size_t i = 0; !known && i < field->option_count; i++)
        known = strcmp(field->options[i].name, choice) == 0;
    if (!known)
        return luaL_error(L, "'%s' is no choice of %s", choice, field->name);
    lua_pushboolean(L, found);
    return 1;
}

int trees_count(lua_State *L)
{
    lua_Integer count = 0;
    if (!lua_isnil(L, 1))
        count = (lua_Integer)check_list(L, "a field of rows or choices")->of.tree.json->count;
    lua_pushinteger(L, count);
    return 1;
}

static bool minute_of(const struct json *row, const char *column, int *out)
{
    const char *text = json_text(row, column, NULL);
    return text && minute_parse(text, out);
}

/* Hours from the first column of a time to the second; over midnight counts as the next day. */
static int64_t total_hours(lua_State *L, const struct json *rows, const char *from,
                           const char *until)
{
    int64_t minutes = 0;
    int begin, end;
    for (const struct json *row = rows->first; row; row = row->next) {
        if (!minute_of(row, from, &begin) || !minute_of(row, until, &end))
            luaL_error(L, "a row has no time under '%s' or '%s'", from, until);
        minutes += end >= begin ? end - begin : end - begin + MINUTES_A_DAY;
    }
    /* To four places, half up; a quarter of an hour is exact. */
    return (minutes * DECIMAL_ONE + 30) / 60;
}

static bool is_sum(const struct field *column)
{
    return column->type == FIELD_INTEGER || column->type == FIELD_NUMBER ||
           column->type == FIELD_HOURS || column->type == FIELD_MONEY;
}

/* A row without the number counts as nothing. */
static int push_sum(lua_State *L, const struct json *rows, const char *column)
{
    int64_t sum = 0;
    for (const struct json *row = rows->first; row; row = row->next)
        sum += json_decimal(row, column, 0);
    trees_push_decimal(L, sum);
    return 1;
}

/* Two columns of times, or the first with a number. */
static bool total_columns(const struct field *field, const char *named, const char *columns[2])
{
    const char *number = NULL;
    size_t times = 0;
    for (size_t i = 0; field && i < field->column_count; i++) {
        const struct field *column = &field->columns[i];
        if (is_sum(column) && !number && (!named || strcmp(named, column->name) == 0))
            number = column->name;
        if (column->type == FIELD_TIME && times < 2)
            columns[times++] = column->name;
    }
    if (!named && times == 2)
        return true;
    columns[0] = number;
    columns[1] = NULL;
    return number != NULL;
}

int trees_total(lua_State *L)
{
    const char *columns[2];
    if (lua_isnil(L, 1)) {
        lua_pushinteger(L, 0);
        return 1;
    }
    const struct box *box = check_list(L, "a field of rows");
    const struct json *rows = box->of.tree.json;
    const char *named = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : NULL;
    budget_charge(L, rows->count);
    if (!total_columns(box->of.tree.field, named, columns))
        return luaL_error(L, "total wants rows with two times or with a number%s%s",
                          named ? ", and there is no number under " : "", named ? named : "");
    if (!columns[1])
        return push_sum(L, rows, columns[0]);
    trees_push_decimal(L, total_hours(L, rows, columns[0], columns[1]));
    return 1;
}

void trees_make(lua_State *L, struct host *host)
{
    static const luaL_Reg tree[] = {
        { "__index", tree_index },
        { "__len", tree_length },
        { NULL, NULL },
    };
    box_metatable(L, host, BOX_TREE, "list", tree);
}
