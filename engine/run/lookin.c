/* SPDX-License-Identifier: MIT */
#include "engine/run/lookin.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/given_of.h"
#include "engine/run/casework.h"
#include "store/schedules.h"

#include <string.h>

enum { AT_ONCE = 256 };

struct look {
    struct gather *g;
    const struct ruleset *ruleset;
    const struct casefile *file;      /* Whose field it is; blank when it is being opened. */
    const struct process *process;
    const struct event *event;
    const struct field *field;
    struct json *rows;
    struct arena *scratch;
};

/* --- what is asked --------------------------------------------------------------------------- */

static const struct ask *item_asks(const struct process *process, const struct event *event,
                                   size_t *count)
{
    const char *name;
    const struct checklist *list =
        event->name ? process_list_of(process, event->name, &name) : NULL;
    const struct item_rule *item = list ? checklist_item(list, name) : NULL;
    if (list && !item)
        item = list->more; /* One that was added to the case; core refuses any other. */
    *count = item && text_same(event->act, "done") ? item->ask_count : 0;
    return item ? item->asks : NULL;
}

static const struct ask *asks_of(const struct process *process, const struct casefile *file,
                                 const struct event *event, size_t *count)
{
    const struct event_rule *rule = NULL;
    *count = 0;
    switch (event->kind) {
    case EVENT_OPEN:
        *count = process->open_ask_count;
        return process->open_asks;
    case EVENT_ITEM:
        return item_asks(process, event, count);
    case EVENT_DO:
    case EVENT_SIGNAL:
        rule = event->name && !event->act ? process_event(process, file->state, event->name) : NULL;
        *count = rule ? rule->ask_count : 0;
        return rule ? rule->asks : NULL;
    default:
        return NULL;
    }
}

/* --- one row --------------------------------------------------------------------------------- */

static enum err_code add_row(const struct look *look, const struct casefile *other)
{
    const struct cases_rule *rule = look->field->cases;
    struct arena *arena = look->g->arena;
    if (rule->in.count ? !names_have(&rule->in, other->state) : !other->open)
        return ERR_NONE;
    if (look->rows->count == VALUE_CASES_MAX)
        return err_set(look->g->err, ERR_LIMIT, "'%s' finds more than %d cases of %s",
                       look->field->label ? look->field->label : look->field->name,
                       (int)VALUE_CASES_MAX, rule->of);
    struct json *row = json_new(arena, JSON_MAP);
    json_put(arena, row, CASES_COLUMN_CASE, json_new_text(arena, other->ref));
    json_put(arena, row, CASES_COLUMN_STATE, json_new_text(arena, other->state));
    for (size_t i = 2; i < look->field->column_count; i++) {
        const struct field *column = &look->field->columns[i];
        const struct field_entry *entry = casefile_field(other, column->name);
        const struct json *value =
            entry ? given_of_value(look->scratch, column, &entry->value) : NULL;
        if (value && value->kind == JSON_TEXT)
            json_put(arena, row, column->name, json_new_text(arena, value->text));
    }
    json_add(look->rows, row);
    return ERR_NONE;
}

/* As this turn has it so far, else as stored. */
static enum err_code add_case(const struct look *look, int64_t id)
{
    struct case_row row;
    struct casefile other;
    if (id == look->file->id)
        return ERR_NONE;
    for (size_t i = 0; i < look->g->touched.count; i++)
        if (look->g->touched.at[i].row.id == id)
            return add_row(look, &look->g->touched.at[i].file);
    arena_reset(look->scratch);
    enum err_code rc = case_load(world_store(look->g->world), id, look->scratch, &row, &other,
                                 look->g->err);
    return rc ? rc : add_row(look, &other);
}

/* --- which cases ----------------------------------------------------------------------------- */

static enum err_code add_children(const struct look *look)
{
    enum err_code rc = ERR_NONE;
    for (size_t i = 0; !rc && i < look->file->in.links.count; i++) {
        const struct link *link = &look->file->in.links.at[i];
        if (text_starts(link->name, "child:") && text_same(link->process, look->field->cases->of))
            rc = add_case(look, link->case_id);
    }
    return rc;
}

/* Whom our case is about; NULL: not known. */
static const char *child_of(const struct look *look)
{
    const char *name = look->field->cases->child;
    const struct field_entry *entry = casefile_field(look->file, name);
    if (event_given(look->event, name))
        return gather_given_text(look->g->arena, look->process, look->event, name);
    return entry && entry->value.kind == VALUE_TEXT ? entry->value.text : NULL;
}

static enum err_code add_found(const struct look *look, const struct cases_wanted *wanted)
{
    int64_t ids[AT_ONCE], after = 0;
    size_t count = AT_ONCE;
    enum err_code rc = ERR_NONE;
    while (!rc && count == AT_ONCE) {
        rc = cases_of_process(world_store(look->g->world), wanted, after, AT_ONCE, ids, &count,
                              look->g->err);
        for (size_t i = 0; !rc && i < count; i++)
            rc = add_case(look, after = ids[i]);
    }
    return rc;
}

/* *known false: whom it is about is not. */
static enum err_code add_all(const struct look *look, bool *known)
{
    const struct cases_rule *rule = look->field->cases;
    bool opening = look->event->kind == EVENT_OPEN;
    struct cases_wanted wanted = {
        .pack = look->ruleset->pack_name, .process = rule->of,
        .at_school = rule->at == CASES_SAME_SCHOOL, .closed = rule->in.count > 0,
        .school = opening ? look->event->school : look->file->school,
    };
    *known = true;
    if (rule->at == CASES_CHILDREN)
        return add_children(look);
    if (rule->at == CASES_SAME_CHILD) {
        wanted.subject = child_of(look);
        *known = wanted.subject != NULL;
    }
    return *known ? add_found(look, &wanted) : ERR_NONE;
}

static void add_given(struct arena *arena, struct event *event, const char *name,
                      const struct json *rows)
{
    struct given *given = ARENA_ARRAY(arena, struct given, event->given_count + 1);
    if (event->given_count)
        memcpy(given, event->given, event->given_count * sizeof *given);
    given[event->given_count] = (struct given){ name, rows };
    event->given = given;
    event->given_count++;
    given_sort(given, event->given_count);
    event->looked = event->looked ? arena_printf(arena, "%s %s", event->looked, name) : name;
}

enum err_code lookin_fill(struct gather *g, size_t index, const struct ruleset *ruleset,
                          struct event *event)
{
    const struct casefile *file = &g->touched.at[index].file;
    const char *name = event->kind == EVENT_OPEN ? event->name : file->process;
    const struct process *process = name ? model_process(ruleset->rules->pack->model, name) : NULL;
    size_t count = 0;
    const struct ask *asks = process ? asks_of(process, file, event, &count) : NULL;
    enum err_code rc = ERR_NONE;
    for (size_t i = 0; !rc && i < count; i++) {
        const struct field *field = process_field(process, asks[i].field);
        bool known;
        if (!field || !field->cases || event_given(event, field->name))
            continue;
        struct look look = { g, ruleset, file, process, event, field,
                             json_new(g->arena, JSON_LIST), arena_new() };
        rc = add_all(&look, &known);
        arena_free(look.scratch);
        if (!rc && known)
            add_given(g->arena, event, field->name, look.rows);
    }
    return rc;
}
