/* SPDX-License-Identifier: MIT */
#include "engine/model/process.h"

#include <string.h>

/* Lists are short and names are interned, so most comparisons end at the pointer. */
static bool same(const char *a, const char *b)
{
    return a == b || strcmp(a, b) == 0;
}

#define FIND(list, list_count, wanted)                                                             \
    do {                                                                                          \
        for (size_t i_ = 0; i_ < (list_count); i_++)                                              \
            if (same((list)[i_].name, (wanted)))                                                  \
                return &(list)[i_];                                                               \
        return NULL;                                                                              \
    } while (0)

bool names_have(const struct names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (same(names->at[i], name))
            return true;
    return false;
}

const struct process *model_process(const struct model *model, const char *wanted)
{
    FIND(model->processes, model->process_count, wanted);
}

const struct role *model_role(const struct model *model, const char *wanted)
{
    FIND(model->roles, model->role_count, wanted);
}

const struct message_rule *model_message(const struct model *model, const char *wanted)
{
    FIND(model->messages, model->message_count, wanted);
}

const struct field *process_field(const struct process *process, const char *wanted)
{
    FIND(process->fields, process->field_count, wanted);
}

const struct field *process_column(const struct field *field, const char *wanted)
{
    if (!field)
        return NULL;
    FIND(field->columns, field->column_count, wanted);
}

const struct state *process_state(const struct process *process, const char *wanted)
{
    FIND(process->states, process->state_count, wanted);
}

const struct deadline *process_deadline(const struct process *process, const char *wanted)
{
    FIND(process->deadlines, process->deadline_count, wanted);
}

const struct checklist *process_checklist(const struct process *process, const char *wanted)
{
    FIND(process->checklists, process->checklist_count, wanted);
}

const struct item_rule *checklist_item(const struct checklist *list, const char *wanted)
{
    FIND(list->items, list->item_count, wanted);
}

const struct checklist *process_list_of(const struct process *process, const char *name,
                                        const char **item)
{
    size_t len = strcspn(name, ".");
    for (size_t i = 0; name[len] && i < process->checklist_count; i++) {
        const struct checklist *list = &process->checklists[i];
        if (strncmp(list->name, name, len) == 0 && !list->name[len]) {
            *item = name + len + 1;
            return list;
        }
    }
    return NULL;
}

const struct item_rule *process_item(const struct process *process, const char *name)
{
    const char *item;
    const struct checklist *list = process_list_of(process, name, &item);
    return list ? checklist_item(list, item) : NULL;
}

const struct consent_rule *process_consent(const struct process *process, const char *wanted)
{
    FIND(process->consents, process->consent_count, wanted);
}

const struct excuse *process_excuse(const struct process *process, const char *wanted)
{
    FIND(process->excuses, process->excuse_count, wanted);
}

const struct setting *process_setting(const struct process *process, const char *wanted)
{
    FIND(process->settings, process->setting_count, wanted);
}

const struct setting_value *setting_on(const struct setting *setting, day on)
{
    const struct setting_value *value = &setting->first;
    for (size_t i = 0; i < setting->later_count && setting->later[i].from <= on; i++)
        value = &setting->later[i];
    return value;
}

int64_t bound_on(const struct bound *bound, day on)
{
    int64_t number = bound->number;
    for (size_t i = 0; i < bound->later_count && bound->later[i].from <= on; i++)
        number = bound->later[i].number;
    return number;
}

static const struct event_rule *event_in(const struct state *state, const char *name)
{
    for (size_t i = 0; i < state->event_count; i++)
        if (same(state->events[i]->name, name))
            return state->events[i];
    return NULL;
}

const struct event_rule *process_event(const struct process *process, const char *state,
                                       const char *name)
{
    const struct state *in = process_state(process, state);
    return in ? event_in(in, name) : NULL;
}

const struct event_rule *process_event_any(const struct process *process, const char *name)
{
    for (size_t i = 0; i < process->event_count; i++)
        if (same(process->events[i].name, name))
            return &process->events[i];
    for (size_t i = 0; i < process->state_count; i++) {
        const struct event_rule *event = event_in(&process->states[i], name);
        if (event)
            return event;
    }
    return NULL;
}
