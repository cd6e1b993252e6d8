/* SPDX-License-Identifier: MIT */
/* What is not wrong as such, and yet rarely meant. */
#include "rules/pack.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "rules/build.h"
#include "rules/lint.h"
#include <string.h>

/* --- states nothing leads to ----------------------------------------------------------------- */

size_t lint_state(const struct process *process, const char *name)
{
    const struct state *state = name ? process_state(process, name) : NULL;

    return state ? (size_t)(state - process->states) : process->state_count;
}

/* True: it is there, and was not marked yet. */
static bool mark(const struct process *process, const char *state, bool *reached)
{
    size_t to = lint_state(process, state);
    bool is_new = to < process->state_count && !reached[to];

    if (is_new)
        reached[to] = true;
    return is_new;
}

/* Marks where an open state can lead; true: something new was marked. */
static bool mark_from(const struct process *process, const struct state *state, bool *reached)
{
    bool more = false;

    for (size_t i = 0; !state->final && i < process->consent_count; i++)
        more = mark(process, process->consents[i].withdrawn_to, reached) || more;
    for (size_t i = 0; i < state->event_count; i++)
        for (size_t j = 0; j < state->events[i]->target_count; j++)
            more = mark(process, state->events[i]->to[j].state, reached) || more;
    return more;
}

static void lint_states(struct arena *arena, const struct process *process, struct diags *diags)
{
    bool *reached = ARENA_ARRAY(arena, bool, process->state_count);
    bool more = true;

    for (size_t i = 0; i < process->state_count; i++)
        reached[i] = process->states[i].first;
    while (more) {
        more = false;
        for (size_t i = 0; i < process->state_count; i++)
            if (reached[i])
                more = mark_from(process, &process->states[i], reached) || more;
    }
    for (size_t i = 0; i < process->state_count; i++)
        if (!reached[i])
            diag_warning(diags, "R016", process->states[i].span, "nothing leads to '%s'",
                         process->states[i].name);
}

/* --- deadlines that nothing meets ------------------------------------------------------------ */

static void lint_deadlines(const struct process *process, struct diags *diags)
{
    for (size_t i = 0; i < process->deadline_count; i++) {
        const struct deadline *clock = &process->deadlines[i];
        if (!clock->met_count && !clock->right_of)
            diag_warning(diags, "R017", clock->span, "nothing meets '%s'", clock->name);
    }
}

/* --- placeholders ---------------------------------------------------------------------------- */

static bool placeholder_known(struct arena *arena, const struct process *process, const char *name)
{
    static const char *const fixed[] = { "ref", "process", "state", "opened" };
    const char *flag = strstr(name, "??");

    if (flag)
        return process_field(process, arena_text_n(arena, name, (size_t)(flag - name))) != NULL;
    if (text_starts(name, "due ") || text_starts(name, "do_by "))
        return process_deadline(process, strchr(name, ' ') + 1) != NULL;
    return text_in(name, fixed, sizeof fixed / sizeof *fixed) || process_field(process, name);
}

/* Where in the file the body's byte stands. */
static struct span message_span(const struct message_rule *message, const char *at, size_t len)
{
    const struct source *source = message->span.source;
    const char *in = source->text + source->len - strlen(message->body) + (at - message->body);
    struct span span = { source, 1, 1, 1 };

    for (const char *c = source->text; c < in; c++) {
        span.line += *c == '\n';
        span.col = *c == '\n' ? 1 : span.col + ((*c & 0xC0) != 0x80);
    }
    span.end_col = span.col + (int)len;
    return span;
}

static void lint_message(struct arena *arena, const struct process *process,
                         const struct message_rule *message, struct diags *diags)
{
    const char *close;

    for (const char *at = strstr(message->body, "(("); at; at = strstr(close, "((")) {
        close = strstr(at, "))");
        if (!close)
            return;
        const char *name = arena_text_n(arena, at + 2, (size_t)(close - at) - 2);
        if (!placeholder_known(arena, process, name))
            diag_warning(diags, "R007", message_span(message, at + 2, strlen(name)),
                         "'%s', which sends this message, has nothing called '%s'", process->name,
                         name);
    }
}

static void lint_effects(struct arena *arena, const struct model *model,
                         const struct process *process, const struct effects *effects,
                         struct diags *diags)
{
    for (size_t i = 0; i < effects->count; i++) {
        const struct effect *effect = &effects->at[i];
        const struct message_rule *message =
            effect->kind == EFFECT_NOTIFY ? model_message(model, effect->message) : NULL;
        if (message)
            lint_message(arena, process, message, diags);
    }
}

static void lint_messages(struct arena *arena, const struct model *model,
                          const struct process *process, struct diags *diags)
{
    for (size_t i = 0; i < process->event_count; i++)
        lint_effects(arena, model, process, &process->events[i].then, diags);
    for (size_t i = 0; i < process->state_count; i++)
        lint_effects(arena, model, process, &process->states[i].then, diags);
}

/* --- calendars ------------------------------------------------------------------------------- */

enum { SOON_MONTHS = 18 };

/* A year that the calendar says it knows, in which nobody entered a bank holiday. Calendars that
 * have none at all are meant so. */
static void lint_holidays(const struct calendar *c, const struct node *tree, struct diags *diags)
{
    const struct node *known = node_get(tree, "known_until");
    const struct node *name = node_get(tree, "calendar");
    int last = ymd_of(c->known_until).year;

    if (!c->holiday_count || (known && known->span.source != name->span.source))
        return; /* Said of the calendar that it extends. */
    for (int year = ymd_of(c->known_from).year; year <= last; year++) {
        bool any = false;
        for (size_t i = 0; i < c->holiday_count && !any; i++)
            any = ymd_of(c->holidays[i].date).year == year;
        if (any)
            continue;
        diag_warning(diags, "C006", (known ? known : name)->span,
                     "the calendar '%s' is said to be known until %d and has no bank holiday in %d",
                     c->name, last, year);
        return;
    }
}

static void lint_calendars(const struct pack *pack, struct diags *diags)
{
    char text[DAY_TEXT_MAX];

    for (size_t i = 0; i < pack->calendars->count; i++) {
        const struct calendar *c = pack->calendars->at[i];
        const struct node *tree = named_tree(&pack->resolved->calendars, c->name);
        const struct node *name = node_get(tree, "known_until");
        lint_holidays(c, tree, diags);
        if (c->known_until >= day_add_months(c->known_from, SOON_MONTHS))
            continue;
        diag_warning(diags, "C003", name ? name->span : node_get(tree, "calendar")->span,
                     "the calendar '%s' ends on %s: later dates are provisional", c->name,
                     day_short(c->known_until, text));
    }
}

/* --- all ------------------------------------------------------------------------------------- */

void pack_lint(const struct pack *pack, struct diags *diags)
{
    struct arena *arena = diags->arena;

    if (!pack->model || !pack->calendars)
        return;
    for (size_t i = 0; i < pack->model->process_count; i++) {
        const struct process *process = &pack->model->processes[i];
        lint_states(arena, process, diags);
        lint_deadlines(process, diags);
        lint_messages(arena, pack->model, process, diags);
        lint_repeats(arena, process, diags);
        lint_met(process, diags);
        lint_floor(pack, process, diags);
    }
    lint_signals(arena, pack->model, diags);
    lint_schedules(pack, diags);
    lint_calendars(pack, diags);
}
