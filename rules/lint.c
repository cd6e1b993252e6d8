/* SPDX-License-Identifier: MIT */
/* What is not wrong as such, and yet rarely meant. */
#include "rules/lint.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "rules/layer.h"
#include <ctype.h>
#include <stdarg.h>
#include <string.h>

struct diag *lint_warn(const struct lint *l, const char *code, struct span span, const char *thing,
                       const char *format, ...)
{
    va_list args;

    va_start(args, format);
    const char *text = arena_vprintf(l->arena, format, args);
    va_end(args);
    struct diag *d = diag_warning(l->diags, code, span, "%s", text);
    diag_about(l->diags, d, "%s.%s", l->process->name, thing);
    return d;
}

bool lint_own(const struct lint *l, struct span span)
{
    size_t len = strlen(l->model->pack);

    return span.source && !strncmp(span.source->path, l->model->pack, len) &&
           span.source->path[len] == '/';
}

const struct calendar *lint_calendar_of(const struct lint *l, const char *name)
{
    return calendar_find(l->pack->calendars, name ? name : l->process->calendar);
}

static bool in_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

bool lint_says(const char *text, const char *name)
{
    size_t len = strlen(name);

    for (const char *at = text ? strstr(text, name) : NULL; at; at = strstr(at + 1, name))
        if ((at == text || !in_word(at[-1])) && !in_word(at[len]))
            return true;
    return false;
}

bool lint_read(const struct lint *l, const char *name)
{
    for (size_t i = 0; i < l->model->condition_count; i++) {
        const struct condition *condition = l->model->conditions[i];
        if (!condition->is_function && condition->process == l->process &&
            lint_says(condition->source, name))
            return true;
    }
    for (size_t i = 0; i < l->pack->lua.count; i++)
        if (lint_says(l->pack->lua.at[i].source->text, name))
            return true;
    return false;
}

static void each_effect(const struct effects *effects, void *self,
                        void (*seen)(void *self, const struct effect *effect))
{
    for (size_t i = 0; i < effects->count; i++)
        seen(self, &effects->at[i]);
}

void lint_effects(const struct process *process, void *self,
                  void (*seen)(void *self, const struct effect *effect))
{
    for (size_t i = 0; i < process->event_count; i++)
        each_effect(&process->events[i].then, self, seen);
    for (size_t i = 0; i < process->state_count; i++)
        each_effect(&process->states[i].then, self, seen);
}

static void lint_process(struct lint *l)
{
    lint_reach(l);
    lint_guards(l);
    lint_states(l);
    lint_events(l);
    lint_deadlines(l);
    lint_reminders(l);
    lint_stages(l);
    lint_law(l);
    lint_around(l);
    lint_floor(l);
    lint_repeats(l);
    lint_met(l);
    lint_unused(l);
    lint_replaced(l);
    lint_alike(l);
    lint_messages(l);
}

void pack_lint(const struct pack *pack, const struct oracle *oracle, day today,
               struct diags *diags)
{
    struct lint l = { .pack = pack, .model = pack->model, .oracle = oracle, .today = today,
                      .arena = diags->arena, .diags = diags };

    if (!pack->model || !pack->calendars)
        return;
    for (size_t i = 0; i < l.model->process_count; i++) {
        l.process = &l.model->processes[i];
        l.base = pack->base && pack->base->model
                     ? model_process(pack->base->model, l.process->name) : NULL;
        lint_process(&l);
    }
    lint_unsent(&l);
    lint_signals(&l);
    lint_schedules(&l);
    lint_calendars(&l);
    lint_scenarios(&l);
}
