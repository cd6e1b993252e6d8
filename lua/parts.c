/* SPDX-License-Identifier: MIT */
/* parts - what stands below the case: events, items, consents, settings, dates
 * due. A name the rules do not have is an error that says the nearest one. */
#include "engine/base/text.h"
#include "lua/state.h"
#include <stdlib.h>
#include <string.h>

static void push_part(lua_State *L, enum part_kind kind, const void *what, const char *item)
{
    struct box *box = box_push(L, BOX_PART);
    box->of.part.kind = kind;
    box->of.part.what = what;
    box->of.part.item = item;
}

/* Names of one kind of thing, gathered where Lua will free them. */
#define WORDS_OF(L, array, n, words)                                                              \
    const char **words = lua_newuserdatauv((L), sizeof *words * ((n) + 1), 0);                    \
    for (size_t words_i_ = 0; words_i_ < (n); words_i_++)                                         \
        words[words_i_] = (array)[words_i_].name

/* --- one thing ------------------------------------------------------------------------------- */

static int event_index(lua_State *L, const struct host *host, const char *event, const char *key)
{
    const struct happened *when = casefile_event(host->view->file, event);
    static const char *const words[] = { "first", "latest", "count" };
    if (strcmp(key, "first") == 0)
        dates_push(L, when ? when->first : DAY_NONE);
    else if (strcmp(key, "latest") == 0)
        dates_push(L, when ? when->latest : DAY_NONE);
    else if (strcmp(key, "count") == 0)
        lua_pushinteger(L, when ? when->count : 0);
    else
        return scope_unknown(L, "an event has no", key, words, 3);
    return 1;
}

static int item_index(lua_State *L, const struct host *host, const struct box *box, const char *key)
{
    const struct checklist *list = box->of.part.what;
    const struct item *item = casefile_item(host->view->file, list->name, box->of.part.item);
    static const char *const words[] = { "asked", "done", "na" };
    if (strcmp(key, "asked") == 0)
        dates_push(L, item ? item->asked : DAY_NONE);
    else if (strcmp(key, "done") == 0)
        dates_push(L, item ? item->done : DAY_NONE);
    else if (strcmp(key, "na") == 0)
        lua_pushboolean(L, item && item->na);
    else
        return scope_unknown(L, "an item has no", key, words, 3);
    return 1;
}

/* A consent whose last day has passed is not given any more. */
static day consent_given(const struct consent *consent, day on)
{
    bool over = consent->until != DAY_NONE && consent->until < on;
    return consent->in_force && !over ? consent->answered : DAY_NONE;
}

static int consent_index(lua_State *L, const struct host *host, const char *name, const char *key)
{
    const struct consent *consent = casefile_consent(host->view->file, name);
    static const char *const words[] = { "asked", "given", "refused", "withdrawn" };
    enum consent_status status = consent ? consent->status : CONSENT_LAPSED;
    day date = DAY_NONE;
    size_t which = 0;
    while (which < 4 && strcmp(words[which], key) != 0)
        which++;
    if (which == 4)
        return scope_unknown(L, "a consent has no", key, words, 4);
    if (consent && which == 0)
        date = consent->asked;
    else if (consent && which == 1)
        date = consent_given(consent, host->view->on);
    else if (consent && status == (which == 2 ? CONSENT_REFUSED : CONSENT_WITHDRAWN))
        date = consent->answered;
    dates_push(L, date);
    return 1;
}

/* --- by name --------------------------------------------------------------------------------- */

static int events_index(lua_State *L, const struct process *process, const char *name)
{
    for (size_t i = 0; i < process->event_count; i++)
        if (strcmp(process->events[i].name, name) == 0) {
            push_part(L, PART_EVENT, process->events[i].name, NULL);
            return 1;
        }
    WORDS_OF(L, process->events, process->event_count, words);
    return scope_unknown(L, "no event", name, words, process->event_count);
}

static int items_index(lua_State *L, const struct process *process, const char *name)
{
    const struct checklist *list = process_checklist(process, name);
    if (list) {
        push_part(L, PART_LIST, list, NULL);
        return 1;
    }
    WORDS_OF(L, process->checklists, process->checklist_count, words);
    return scope_unknown(L, "no checklist", name, words, process->checklist_count);
}

static int consents_index(lua_State *L, const struct process *process, const char *name)
{
    const struct consent_rule *rule = process_consent(process, name);
    if (rule) {
        push_part(L, PART_CONSENT, rule->name, NULL);
        return 1;
    }
    WORDS_OF(L, process->consents, process->consent_count, words);
    return scope_unknown(L, "no consent", name, words, process->consent_count);
}

static int settings_index(lua_State *L, const struct host *host, const char *name)
{
    const struct process *process = host->scope->process;
    const struct setting *setting = process_setting(process, name);
    if (setting) {
        trees_push_setting(L, setting, host->view->on);
        return 1;
    }
    WORDS_OF(L, process->settings, process->setting_count, words);
    return scope_unknown(L, "no setting", name, words, process->setting_count);
}

static int due_index(lua_State *L, const struct host *host, const char *name)
{
    const struct process *process = host->scope->process;
    if (process_deadline(process, name)) {
        const struct clock *clock = casefile_clock(host->view->file, name);
        dates_push(L, clock ? clock->due : DAY_NONE);
        return 1;
    }
    WORDS_OF(L, process->deadlines, process->deadline_count, words);
    return scope_unknown(L, "no deadline", name, words, process->deadline_count);
}

/* An item of the rules, or one that was added in this case. */
static int list_index(lua_State *L, const struct host *host, const struct checklist *list,
                      const char *name)
{
    const struct item_rule *rule = checklist_item(list, name);
    const struct item *added = rule ? NULL : casefile_item(host->view->file, list->name, name);
    if (rule || added) {
        push_part(L, PART_ITEM, list, rule ? rule->name : casefile_item_name(added, list->name));
        return 1;
    }
    WORDS_OF(L, list->items, list->item_count, words);
    return scope_unknown(L, "no item", name, words, list->item_count);
}

static int part_index(lua_State *L)
{
    const struct host *host = host_of(L);
    const struct box *box = box_mine(L, 1, BOX_PART, "a part of the case");
    if (lua_type(L, 2) != LUA_TSTRING)
        return luaL_error(L, "a name is wanted here, not %s", box_name(L, 2));
    const char *name = lua_tostring(L, 2);
    switch (box->of.part.kind) {
    case PART_EVENTS:
        return events_index(L, host->scope->process, name);
    case PART_ITEMS:
        return items_index(L, host->scope->process, name);
    case PART_CONSENTS:
        return consents_index(L, host->scope->process, name);
    case PART_SETTINGS:
        return settings_index(L, host, name);
    case PART_DUE:
        return due_index(L, host, name);
    case PART_EVENT:
        return event_index(L, host, box->of.part.what, name);
    case PART_LIST:
        return list_index(L, host, box->of.part.what, name);
    case PART_ITEM:
        return item_index(L, host, box, name);
    case PART_CONSENT:
        return consent_index(L, host, box->of.part.what, name);
    }
    return 0;
}

/* --- pairs ----------------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

size_t parts_keys(lua_State *L, int index)
{
    const struct box *box = box_mine(L, index, BOX_PART, "a part of the case");
    if (box->of.part.kind != PART_LIST)
        luaL_error(L, "pairs walks the items of a checklist, not this part of the case");
    const struct checklist *list = box->of.part.what;
    const struct casefile *file = host_of(L)->view->file;
    size_t count = 0, most = list->item_count + file->in.items.count;
    const char **words = lua_newuserdatauv(L, sizeof *words * (most + 1), 0);
    for (size_t i = 0; i < list->item_count; i++)
        words[count++] = list->items[i].name;
    for (size_t i = 0; i < file->in.items.count; i++) {
        const char *name = casefile_item_name(&file->in.items.at[i], list->name);
        if (name && !checklist_item(list, name))
            words[count++] = name;
    }
    budget_charge(L, count);
    qsort(words, count, sizeof *words, by_name);
    for (size_t i = 0; i < count; i++) {
        lua_pushstring(L, words[i]);
        lua_rawseti(L, -3, (lua_Integer)i + 1);
    }
    lua_pop(L, 1);
    return count;
}

void parts_make(lua_State *L, struct host *host)
{
    static const luaL_Reg part[] = { { "__index", part_index }, { NULL, NULL } };
    box_metatable(L, host, BOX_PART, "part of the case", part);
}
