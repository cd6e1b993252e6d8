/* SPDX-License-Identifier: MIT */
#include "engine/run/coverage.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "lua/watch.h"

#include <string.h>

/* In a file of the pack itself, not of one below. */
static bool is_own(const struct coverage *coverage, struct span span)
{
    const char *own = coverage->rules->files->layers.at[0];
    size_t len = strlen(own);
    return span.source && strncmp(span.source->path, own, len) == 0 &&
           span.source->path[len] == '/';
}

/* NULL: not the pack's own. */
static struct coverable *add(struct coverage *coverage, enum coverage_kind kind,
                             const struct process *process, const char *name, struct span span)
{
    if (!is_own(coverage, span))
        return NULL;
    struct coverable *thing = LIST_ADD(coverage->arena, &coverage->things);
    *thing = (struct coverable){ .kind = kind, .process = process, .name = name, .span = span };
    return thing;
}

static void add_condition(struct coverage *coverage, enum coverage_kind kind,
                          const struct condition *condition)
{
    struct coverable *thing = add(coverage, kind, condition->process, condition->source,
                                  condition->span);
    if (thing)
        thing->condition = condition;
}

static const char *event_key(struct coverage *coverage, const char *state,
                             const struct event_rule *event)
{
    return event->everywhere ? event->name
                             : arena_printf(coverage->arena, "%s.%s", state, event->name);
}

static void list_states(struct coverage *coverage, const struct process *process)
{
    for (size_t i = 0; i < process->event_count; i++)
        if (process->events[i].everywhere)
            add(coverage, COVERAGE_EVENTS, process, process->events[i].name,
                process->events[i].span);
    for (size_t i = 0; i < process->state_count; i++) {
        const struct state *state = &process->states[i];
        add(coverage, COVERAGE_STATES, process, state->name, state->span);
        for (size_t k = 0; k < state->event_count; k++)
            if (!state->events[k]->everywhere)
                add(coverage, COVERAGE_EVENTS, process,
                    event_key(coverage, state->name, state->events[k]), state->events[k]->span);
    }
}

/* An item's own clock is told by the item: handed in or not. A right is neither met nor missed. */
static void list_clocks(struct coverage *coverage, const struct process *process)
{
    for (size_t i = 0; i < process->deadline_count; i++) {
        const struct deadline *deadline = &process->deadlines[i];
        if (deadline->item || deadline->right_of)
            continue;
        if (deadline->met_count) {
            add(coverage, COVERAGE_MET, process, deadline->name, deadline->span);
            add(coverage, COVERAGE_MISSED, process, deadline->name, deadline->span);
        }
        if (deadline->excused_by.count)
            add(coverage, COVERAGE_EXCUSED, process, deadline->name, deadline->span);
        if (deadline->extends)
            add(coverage, COVERAGE_EXTENDED, process, deadline->name, deadline->span);
        if (deadline->pause_count)
            add(coverage, COVERAGE_PAUSED, process, deadline->name, deadline->span);
    }
    for (size_t i = 0; i < process->checklist_count; i++)
        for (size_t k = 0; k < process->checklists[i].item_count; k++) {
            const struct item_rule *item = &process->checklists[i].items[k];
            add(coverage, COVERAGE_ITEMS, process,
                arena_printf(coverage->arena, "%s.%s", process->checklists[i].name, item->name),
                item->span);
        }
}

/* Which conditions are asked for a value, not for yes or no. */
static void mark_values(const struct effects *effects, bool *values)
{
    for (size_t i = 0; i < effects->count; i++)
        for (size_t k = 0; k < effects->at[i].value_count; k++)
            if (effects->at[i].values[k].is)
                values[effects->at[i].values[k].is->id] = true;
}

static void mark_computed(const struct process *process, bool *values)
{
    for (size_t i = 0; i < process->field_count; i++)
        if (process->fields[i].is)
            values[process->fields[i].is->id] = true;
    for (size_t i = 0; i < process->deadline_count; i++)
        if (process->deadlines[i].remind_lua)
            values[process->deadlines[i].remind_lua->id] = true;
    for (size_t i = 0; i < process->event_count; i++)
        mark_values(&process->events[i].then, values);
    for (size_t i = 0; i < process->state_count; i++) {
        mark_values(&process->states[i].then, values);
        for (size_t k = 0; k < process->states[i].event_count; k++)
            mark_values(&process->states[i].events[k]->then, values);
    }
}

static void list_conditions(struct coverage *coverage)
{
    const struct model *model = coverage->rules->pack->model;
    bool *values = ARENA_ARRAY(coverage->arena, bool, model->condition_count + 1);
    for (size_t i = 0; i < model->process_count; i++)
        mark_computed(&model->processes[i], values);
    for (size_t i = 0; i < model->condition_count; i++) {
        const struct condition *condition = model->conditions[i];
        if (values[i]) {
            add_condition(coverage, COVERAGE_COMPUTED, condition);
            continue;
        }
        add_condition(coverage, COVERAGE_HELD, condition);
        add_condition(coverage, COVERAGE_FAILED, condition);
    }
}

struct coverage *coverage_begin(struct arena *arena, const struct rules *rules)
{
    struct coverage *coverage = ARENA_NEW(arena, struct coverage);
    const struct model *model = rules->pack->model;
    coverage->arena = arena;
    coverage->rules = rules;
    coverage->watch = host_watch(rules->host, arena);
    for (size_t i = 0; i < model->process_count; i++) {
        list_states(coverage, &model->processes[i]);
        list_clocks(coverage, &model->processes[i]);
    }
    list_conditions(coverage);
    return coverage;
}

static void reach(struct coverage *coverage, enum coverage_kind kind,
                  const struct process *process, const char *name)
{
    for (size_t i = 0; i < coverage->things.count; i++) {
        struct coverable *thing = &coverage->things.at[i];
        if (thing->kind == kind && thing->process == process && strcmp(thing->name, name) == 0)
            thing->reached = true;
    }
}

static void reach_clock(struct coverage *coverage, const struct process *process,
                        const struct clock *clock)
{
    const char *name = arena_text_n(coverage->arena, clock->name, strcspn(clock->name, "#"));
    switch (clock->status) {
    case CLOCK_MET:
        reach(coverage, COVERAGE_MET, process, name);
        break;
    case CLOCK_MET_LATE:
        reach(coverage, COVERAGE_MET, process, name);
        reach(coverage, COVERAGE_MISSED, process, name);
        break;
    case CLOCK_MISSED:
    case CLOCK_NEVER_MET:
        reach(coverage, COVERAGE_MISSED, process, name);
        break;
    case CLOCK_EXCUSED:
        reach(coverage, COVERAGE_EXCUSED, process, name);
        break;
    case CLOCK_PAUSED:
        reach(coverage, COVERAGE_PAUSED, process, name);
        break;
    default:
        break;
    }
}

void coverage_note(struct coverage *coverage, const struct process *process, const char *from,
                   const struct event *event, const struct outcome *outcome)
{
    if (!from || strcmp(from, outcome->state) != 0)
        reach(coverage, COVERAGE_STATES, process, outcome->state);
    if (from && (event->kind == EVENT_DO || event->kind == EVENT_SIGNAL)) {
        const struct event_rule *rule = process_event(process, from, event->name);
        if (rule)
            reach(coverage, COVERAGE_EVENTS, process, event_key(coverage, from, rule));
    }
    if (event->kind == EVENT_EXTEND)
        reach(coverage, COVERAGE_EXTENDED, process, event->name);
    for (size_t i = 0; i < outcome->changed.clocks.count; i++)
        reach_clock(coverage, process, &outcome->changed.clocks.at[i]);
    for (size_t i = 0; i < outcome->changed.items.count; i++)
        if (outcome->changed.items.at[i].done != DAY_NONE)
            reach(coverage, COVERAGE_ITEMS, process, outcome->changed.items.at[i].name);
}

static bool answered(const struct coverage *coverage, const struct condition *condition,
                     enum coverage_kind kind)
{
    unsigned char wanted = kind == COVERAGE_HELD     ? WATCH_YES
                           : kind == COVERAGE_FAILED ? WATCH_NO
                                                     : WATCH_COMPUTED;
    return coverage->watch->answers[condition->id] & wanted;
}

static void list_lines(struct coverage *coverage)
{
    for (size_t i = 0; i < coverage->watch->file_count; i++) {
        const struct watch_file *file = &coverage->watch->files[i];
        for (size_t line = 1; line <= file->line_count; line++) {
            if (!(file->lines[line] & WATCH_CAN))
                continue;
            const char *text = source_line(file->source, (int)line);
            text += strspn(text, " \t");
            struct coverable *thing =
                add(coverage, COVERAGE_LINES, NULL,
                    arena_text_n(coverage->arena, text, strcspn(text, "\r\n")),
                    (struct span){ file->source, (int)line, 1, 2 });
            if (thing)
                thing->reached = file->lines[line] & WATCH_RAN;
        }
    }
}

void coverage_end(struct coverage *coverage)
{
    for (size_t i = 0; i < coverage->things.count; i++) {
        struct coverable *thing = &coverage->things.at[i];
        if (thing->condition)
            thing->reached = answered(coverage, thing->condition, thing->kind);
    }
    list_lines(coverage);
    for (size_t i = 0; i < coverage->things.count; i++) {
        const struct coverable *thing = &coverage->things.at[i];
        coverage->of[thing->kind]++;
        coverage->reached[thing->kind] += thing->reached;
        coverage->all++;
        coverage->all_reached += thing->reached;
    }
}

const char *coverage_title(enum coverage_kind kind)
{
    static const char *const titles[] = {
#define X(name, title) title,
        COVERAGE_TABLE(X)
#undef X
    };
    return titles[kind];
}

int coverage_percent(const struct coverage *coverage)
{
    return coverage->all ? (int)(coverage->all_reached * 100 / coverage->all) : 100;
}
