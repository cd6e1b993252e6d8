/* SPDX-License-Identifier: MIT */
/* case - the case as a function sees it: one userdata for all cases, reading
 * the view that is being asked about, field by field when it is asked.
 *
 *   case.FIELD  case.state  case.opened  case.on
 *   case.events.NAME.first|latest|count
 *   case.items.LIST.ITEM.asked|done|na
 *   case.consents.NAME.asked|given|refused|withdrawn
 *   case.settings.NAME  case.due.DEADLINE  case.deadline
 */
#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "lua/state.h"
#include <string.h>

const struct value *case_value(const struct view *view, const char *field)
{
    const struct value *value = NULL;
    for (size_t i = 0; i < view->given_count && !value; i++)
        if (strcmp(view->given[i].name, field) == 0)
            value = &view->given[i].value;
    if (!value) {
        const struct field_entry *entry = casefile_field(view->file, field);
        value = entry ? &entry->value : NULL;
    }
    return value && value->kind != VALUE_NONE ? value : NULL;
}

static const struct happened *happened(const struct view *view, const struct named *named)
{
    return named->kind == NAMED_STATE ? casefile_entered(view->file, named->name)
                                      : casefile_event(view->file, named->name);
}

bool case_known(const struct host *host, const struct named *named)
{
    switch (named->kind) {
    case NAMED_FIELD:
        return case_value(host->view, named->name) != NULL;
    case NAMED_EVENT:
    case NAMED_STATE:
        return happened(host->view, named) != NULL;
    case NAMED_SETTING:
    case NAMED_ON:
        break;
    }
    return true;
}

static void push_value(lua_State *L, const struct value *value, const struct field *field)
{
    char text[8];
    switch (value->kind) {
    case VALUE_NONE:
        lua_pushnil(L);
        return;
    case VALUE_TEXT:
        lua_pushstring(L, value->text);
        return;
    case VALUE_DATE:
        dates_push(L, (day)value->number);
        return;
    case VALUE_TIME:
        lua_pushstring(L, minute_text((int)value->number, text));
        return;
    case VALUE_INT:
        lua_pushinteger(L, value->number);
        return;
    case VALUE_DECIMAL:
        trees_push_decimal(L, value->number);
        return;
    case VALUE_BOOL:
        lua_pushboolean(L, value->number != 0);
        return;
    case VALUE_CHOICES:
    case VALUE_ROWS:
        trees_push(L, value->tree, field);
        return;
    }
}

/* An empty yes/no is tried both ways: `no` at first. */
static void push_tried(lua_State *L, struct host *host, const struct field *field)
{
    struct tried *tried = &host->tried;
    size_t i = 0;
    while (i < tried->count && tried->field[i] != field)
        i++;
    if (i == TRIED_MAX)
        asks_missing(L, tried->field[0]->label);
    if (i == tried->count) {
        tried->field[i] = field;
        tried->value[i] = false;
        tried->count++;
    }
    lua_pushboolean(L, tried->value[i]);
}

void case_push(lua_State *L, struct host *host, const struct named *named)
{
    const struct value *value;
    const struct happened *when;
    switch (named->kind) {
    case NAMED_FIELD:
        if ((value = case_value(host->view, named->name)))
            push_value(L, value, named->field);
        else if (!host_one_line(host))
            lua_pushnil(L);
        else if (named->field->type == FIELD_YES_NO)
            push_tried(L, host, named->field);
        else
            asks_missing(L, named->label);
        return;
    case NAMED_EVENT:
    case NAMED_STATE:
        if ((when = happened(host->view, named)))
            dates_push(L, when->latest);
        else
            asks_missing(L, named->label);
        return;
    case NAMED_SETTING:
        trees_push_setting(L, named->setting, host->view->on);
        return;
    case NAMED_ON:
        dates_push(L, host->view->on);
        return;
    }
}

/* --- case ------------------------------------------------------------------------------------ */

static const struct host *asked(lua_State *L)
{
    const struct host *host = host_of(L);
    if (!host->view)
        luaL_error(L, "there is no case to look at while the file is being loaded");
    return host;
}

static const struct {
    const char *name;
    enum part_kind kind;
} parts[] = {
    { "events", PART_EVENTS }, { "items", PART_ITEMS },       { "consents", PART_CONSENTS },
    { "due", PART_DUE },       { "settings", PART_SETTINGS },
};

bool case_has(const char *name)
{
    static const char *const plain[] = { "state", "opened", "on", "deadline" }; /* Of push_own(). */
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strcmp(parts[i].name, name) == 0)
            return true;
    return text_in(name, plain, sizeof plain / sizeof *plain);
}

static bool push_own(lua_State *L, const struct host *host, const char *name)
{
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strcmp(parts[i].name, name) == 0) {
            box_push(L, BOX_PART)->of.part.kind = parts[i].kind;
            return true;
        }
    if (strcmp(name, "state") == 0)
        lua_pushstring(L, host->view->file->state);
    else if (strcmp(name, "deadline") == 0)
        lua_pushstring(L, host->view->deadline); /* NULL is nil. */
    else if (strcmp(name, "opened") == 0)
        dates_push(L, host->view->file->opened);
    else if (strcmp(name, "on") == 0)
        dates_push(L, host->view->on);
    else
        return false;
    return true;
}

static int unknown_field(lua_State *L, const struct host *host, const char *name)
{
    const struct process *process = host->scope->process;
    const struct named *named = scope_find(host->scope, name, strlen(name));
    if (named && named->kind == NAMED_EVENT)
        return luaL_error(L, "'%s' is an event: write case.events.%s.latest", name, name);
    if (named && named->kind == NAMED_SETTING)
        return luaL_error(L, "'%s' is a setting: write case.settings.%s", name, name);
    const char **words = lua_newuserdatauv(L, sizeof *words * (process->field_count + 1), 0);
    for (size_t i = 0; i < process->field_count; i++)
        words[i] = process->fields[i].name;
    return scope_unknown(L, "no field", name, words, process->field_count);
}

static int case_index(lua_State *L)
{
    struct host *host = host_of(L);
    asked(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, host->scope->names);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, -2) == LUA_TLIGHTUSERDATA) {
        const struct named *named = lua_touserdata(L, -1);
        if (named->kind == NAMED_FIELD) {
            case_push(L, host, named);
            return 1;
        }
    }
    if (lua_type(L, 2) != LUA_TSTRING)
        return luaL_error(L, "a case is read by name, not by %s", box_name(L, 2));
    const char *name = lua_tostring(L, 2);
    return push_own(L, host, name) ? 1 : unknown_field(L, host, name);
}

void case_make(lua_State *L, struct host *host)
{
    static const luaL_Reg methods[] = { { "__index", case_index }, { NULL, NULL } };
    box_metatable(L, host, BOX_CASE, "case", methods);
    parts_make(L, host);
}
