/* SPDX-License-Identifier: MIT */
#include "engine/core/access.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"

const char *access_title(const struct model *model, const char *role)
{
    const struct role *known = role ? model_role(model, role) : NULL;
    return known && known->title ? known->title : role ? role : "nobody";
}

/* "SENCO, Head teacher or SEND officer" */
static const char *titles(struct arena *arena, const struct model *model,
                          const struct names *roles)
{
    struct buf text = buf_in(arena);
    for (size_t i = 0; i < roles->count; i++) {
        const char *between = i == 0 ? "" : i + 1 == roles->count ? " or " : ", ";
        buf_printf(&text, "%s%s", between, access_title(model, roles->at[i]));
    }
    return roles->count ? buf_text(&text) : "nobody";
}

static bool is_authority(const struct model *model, const char *role)
{
    const struct role *known = role ? model_role(model, role) : NULL;
    return known && known->of == ROLE_AUTHORITY;
}

static bool in_events(const struct process *process, const char *role)
{
    for (size_t i = 0; i < process->state_count; i++) {
        const struct state *state = &process->states[i];
        if (text_same(state->waiting_for, role))
            return true;
        for (size_t j = 0; j < state->event_count; j++) {
            if (names_have(&state->events[j]->by, role))
                return true;
        }
    }
    return false;
}

static bool in_lists(const struct process *process, const char *role)
{
    for (size_t i = 0; i < process->checklist_count; i++) {
        const struct checklist *list = &process->checklists[i];
        if (text_same(list->more_by, role))
            return true;
        for (size_t j = 0; j < list->item_count; j++) {
            if (text_same(list->items[j].by, role))
                return true;
        }
    }
    return false;
}

static bool takes_part(const struct process *process, const char *role)
{
    if (!role)
        return false;
    bool part = names_have(&process->open_by, role) || in_events(process, role) ||
                in_lists(process, role);
    for (size_t i = 0; i < process->deadline_count && !part; i++)
        part = text_same(process->deadlines[i].owner, role);
    for (size_t i = 0; i < process->consent_count && !part; i++)
        part = text_same(process->consents[i].from, role);
    for (size_t i = 0; i < process->excuse_count && !part; i++)
        part = names_have(&process->excuses[i].by, role);
    return part;
}

static enum err_code forbidden(struct draft *d, const char *doing, const struct names *who)
{
    err_set(d->err, ERR_FORBIDDEN, "%s may not do '%s'",
            access_title(d->in->model, d->in->event->role), doing);
    err_hint(d->err, "those who may: %s", titles(d->arena, d->in->model, who));
    return ERR_FORBIDDEN;
}

bool access_event(const struct event_rule *rule, const struct event *event)
{
    if (event->kind == EVENT_SIGNAL)
        return true;
    if (event_by_clock(event))
        return rule->by_clock;
    return event->role && !text_same(event->role, "link") && names_have(&rule->by, event->role);
}

struct names access_people(struct arena *arena, const struct event_rule *rule)
{
    const char **people = ARENA_ARRAY(arena, const char *, rule->by.count);
    size_t count = 0;
    for (size_t i = 0; i < rule->by.count; i++) {
        if (!text_same(rule->by.at[i], "clock") && !text_same(rule->by.at[i], "link"))
            people[count++] = rule->by.at[i];
    }
    return (struct names){ people, count };
}

enum err_code access_check_event(struct draft *d, const struct event_rule *rule)
{
    if (access_event(rule, d->in->event))
        return ERR_NONE;
    const char *title = text_or(rule->title, rule->name);
    const struct model *model = d->in->model;
    const char *who = access_title(model, d->in->event->role);
    const struct names people = access_people(d->arena, rule);
    if (people.count)
        return err_set(d->err, ERR_FORBIDDEN, "%s may not do '%s': only %s may", who, title,
                       titles(d->arena, model, &people));
    return err_set(d->err, ERR_FORBIDDEN, "%s may not do '%s': %s", who, title,
                   rule->by_clock ? "it happens by itself, on its day"
                                  : "it comes from another case");
}

enum err_code access_check_part(struct draft *d, const char *doing)
{
    const char *role = d->in->event->role;
    if (takes_part(d->process, role) || is_authority(d->in->model, role))
        return ERR_NONE;
    err_set(d->err, ERR_FORBIDDEN, "%s may not do '%s'", access_title(d->in->model, role), doing);
    err_hint(d->err, "it takes a role that acts in '%s', or one of the authority",
             text_or(d->process->title, d->process->name));
    return ERR_FORBIDDEN;
}

enum err_code access_check_names(struct draft *d, const struct names *by, const char *doing)
{
    const char *role = d->in->event->role;
    return role && names_have(by, role) ? ERR_NONE : forbidden(d, doing, by);
}

struct roles {
    const char **at;
    size_t count, room;
};

/* Adds those who do an event of the state that needs the item, or its list. */
static void add_needing(struct draft *d, const struct state *state, const struct checklist *list,
                        const char *full, struct roles *may)
{
    for (size_t i = 0; i < state->event_count; i++) {
        const struct event_rule *rule = state->events[i];
        if (!names_have(&rule->needs, list->name) && !names_have(&rule->needs, full))
            continue;
        for (size_t j = 0; j < rule->by.count; j++) {
            if (!text_in(rule->by.at[j], may->at, may->count))
                *LIST_ADD(d->arena, may) = rule->by.at[j];
        }
    }
}

enum err_code access_check_item(struct draft *d, const struct checklist *list, const char *item,
                                const char *by)
{
    const char *role = d->in->event->role;
    if (role && (text_same(role, by) || is_authority(d->in->model, role)))
        return ERR_NONE;

    const char *full = arena_printf(d->arena, "%s.%s", list->name, item);
    struct roles may = { NULL, 0, 0 };
    if (by)
        *LIST_ADD(d->arena, &may) = by;
    for (size_t i = 0; i < d->process->state_count; i++)
        add_needing(d, &d->process->states[i], list, full, &may);
    if (!may.count) /* Nobody's in particular, so anybody's who takes part. */
        return access_check_part(d, full);
    const struct names who = { may.at, may.count };
    return access_check_names(d, &who, full);
}
