/* SPDX-License-Identifier: MIT */
#include "rules/build.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include <string.h>

/* --- who, when and whether ------------------------------------------------------------------- */

static void compile_by(struct build *b, const struct node *node, struct event_rule *out)
{
    const struct node *by = node_get(node, "by"), *at = node_get(node, "at");
    bool by_link = false;

    out->by = build_names(b, by);
    for (const struct node *n = build_first(b, by); n; n = n->next) {
        if (!strcmp(n->text, "link"))
            by_link = true;
        else if (!strcmp(n->text, "clock"))
            out->by_clock = true;
        else
            names_role(b, n, n->text);
    }
    out->at = build_moment(b, at);
    if (out->by_clock && out->by.count > 1)
        diag_error(b->diags, "R002", by->span, "what the clock does nobody else can do");
    if (out->by_clock && !at)
        diag_error(b->diags, "R003", node_place(node), "an event by the clock needs 'at'");
    if (by_link && out->by.count > 1) {
        struct diag *d = diag_error(b->diags, "R002", by->span,
                                    "what only a signal brings nobody else can do");
        diag_hint(b->diags, d, "a signal brings any event: leave 'link' out");
    }
    if (!out->by_clock && at && by)
        diag_error(b->diags, "R002", at->key_span, "'at' is for events by the clock");
}

static void compile_dated(struct build *b, const struct node *node, struct event_rule *out)
{
    const struct node *dated = node_get(node, "dated");

    if (!dated || !names_want(b, dated, dated->text, NAME_FIELD))
        return;
    out->dated = build_intern(b, dated->text);
    if (!text_same(names_field_type(b, dated->text), "date"))
        diag_error(b->diags, "R002", dated->span, "'%s' is not a date", dated->text);
}

static void compile_needs(struct build *b, const struct node *node, struct event_rule *out)
{
    static const struct names_wanted wanted = {
        { NAME_CONSENT, NAME_CHECKLIST }, 2, "consent or checklist", "R009",
        "make it under `consents` or `checklists`, or name one that is there",
    };
    const struct node *needs = node_get(node, "needs");

    out->needs = build_names(b, needs);
    for (const struct node *n = build_first(b, needs); n; n = n->next)
        if (strchr(n->text, '.'))
            names_item(b, n, n->text);
        else
            names_any(b, n, n->text, &wanted);
}

static const struct refusal *compile_refusals(struct build *b, const struct node *map,
                                              size_t *count)
{
    struct refusal *refusals = ARENA_ARRAY(b->arena, struct refusal, map ? map->count : 0);

    *count = 0;
    for (const struct node *n = map ? map->first : NULL; n; n = n->next)
        refusals[(*count)++] = (struct refusal){
            .name = build_intern(b, n->key),
            .say = build_text(b, n, "say"),
            .is = build_condition(b, node_get(n, "is")),
        };
    return refusals;
}

static const struct not_before *compile_not_before(struct build *b, const char *state,
                                                   const char *event, const struct node *node)
{
    const struct node *is = node_get(node, "is");

    if (!node)
        return NULL;
    struct not_before *limit = ARENA_NEW(b->arena, struct not_before);
    limit->is = build_moment(b, is);
    limit->unless = build_condition(b, node_get(node, "unless"));
    limit->in_force = compile_in_force(b, node, limit->is);
    limit->calendar = build_text(b, node, "calendar");
    limit->law = build_text(b, node, "law");
    limit->statutory = build_yes(node, "statutory", false);
    limit->span = is ? is->span : node_place(node);
    if (limit->statutory && !limit->calendar && limit->is)
        limit->calendar = floor_calendar(b, is, limit->is);
    floor_limit(b, state, event, node, limit);
    return limit;
}

/* --- where to -------------------------------------------------------------------------------- */

static const struct target *compile_targets(struct build *b, const struct node *to, size_t *count)
{
    bool map = to && to->kind == NODE_MAP, rest = false;
    struct target *targets = ARENA_ARRAY(b->arena, struct target, map ? to->count : 1);

    *count = 0;
    if (to && !map && names_want(b, to, to->text, NAME_STATE))
        targets[(*count)++] =
            (struct target){ .state = build_intern(b, to->text), .span = to->span };
    for (const struct node *n = map ? to->first : NULL; n; n = n->next) {
        struct node name = { .span = n->key_span };
        bool otherwise = node_is(n, "otherwise");
        if (otherwise && rest)
            diag_error(b->diags, "R002", n->span, "'otherwise' stands twice");
        rest = rest || otherwise;
        if (names_want(b, &name, n->key, NAME_STATE))
            targets[(*count)++] = (struct target){
                .state = build_intern(b, n->key), .otherwise = otherwise,
                .when = otherwise ? NULL : build_condition(b, n), .span = n->key_span,
            };
    }
    return targets;
}

/* --- an event -------------------------------------------------------------------------------- */

/* `state` NULL: possible everywhere. */
static struct event_rule event_of(struct build *b, const struct node *node, const char *state)
{
    struct event_rule event = {
        .name = build_intern(b, node->key),
        .title = build_text(b, node, "title"),
        .law = build_text(b, node, "law"),
        .only_if = build_condition(b, node_get(node, "only_if")),
        .not_before = compile_not_before(b, state, node->key, node_get(node, "not_before")),
        .everywhere = !state,
        .span = node_place(node),
    };

    compile_by(b, node, &event);
    event.in_force = compile_in_force(b, node, event.at);
    compile_dated(b, node, &event);
    compile_needs(b, node, &event);
    event.asks = compile_asks(b, node_get(node, "asks"), &event.ask_count);
    event.refused_if = compile_refusals(b, node_get(node, "refused_if"), &event.refused_count);
    event.to = compile_targets(b, node_get(node, "to"), &event.target_count);
    event.then = compile_effects(b, node_get(node, "then"));
    if (event.by_clock && event.ask_count)
        diag_error(b->diags, "R002", node_get(node, "asks")->key_span,
                   "the clock cannot be asked anything");
    return event;
}

/* --- states ---------------------------------------------------------------------------------- */

static size_t count_events(const struct node *tree)
{
    const struct node *everywhere = node_get(tree, "events"), *states = node_get(tree, "states");
    size_t count = everywhere ? everywhere->count : 0;

    for (const struct node *n = states ? states->first : NULL; n; n = n->next)
        count += node_get(n, "events") ? node_get(n, "events")->count : 0;
    return count;
}

static struct state state_of(struct build *b, const struct node *node)
{
    struct state state = {
        .name = build_intern(b, node->key),
        .title = build_text(b, node, "title"),
        .first = build_yes(node, "first", false),
        .final = build_yes(node, "final", false),
        .then = compile_effects(b, node_get(node, "then")),
        .span = node_place(node),
    };
    const struct node *waiting = node_get(node, "waiting_for"), *events = node_get(node, "events");

    if (waiting && names_role(b, waiting, waiting->text))
        state.waiting_for = build_intern(b, waiting->text);
    if (state.final && events && events->count)
        diag_error(b->diags, "R002", events->key_span, "nothing happens in a final state");
    return state;
}

/* The state's own, then those of everywhere that it does not have itself. */
static void link_events(struct build *b, struct state *state, const struct event_rule *own,
                        size_t own_count, const struct event_rule *everywhere, size_t count)
{
    const struct event_rule **events =
        ARENA_ARRAY(b->arena, const struct event_rule *, own_count + count);
    size_t n = 0;

    for (size_t i = 0; i < own_count; i++)
        events[n++] = &own[i];
    for (size_t i = 0; !state->final && i < count; i++) {
        bool has = false;
        for (size_t j = 0; j < own_count; j++)
            has = has || own[j].name == everywhere[i].name;
        if (!has)
            events[n++] = &everywhere[i];
    }
    state->events = events;
    state->event_count = n;
}

static void check_first(struct build *b, const struct process *process, const struct node *states)
{
    const struct state *first = NULL;

    for (size_t i = 0; i < process->state_count; i++) {
        const struct state *state = &process->states[i];
        if (!state->first)
            continue;
        if (first)
            diag_note(b->diags, diag_error(b->diags, "R012", state->span, "a second first state"),
                      first->span, "the first is '%s',", first->name);
        if (state->final)
            diag_error(b->diags, "R012", state->span, "the first state is final");
        first = state;
    }
    if (!first)
        diag_error(b->diags, "R012", states ? node_place(states) : node_place(b->tree->first),
                   "no state is the first");
}

void compile_states(struct build *b)
{
    const struct node *everywhere = node_get(b->tree, "events"), *map = node_get(b->tree, "states");
    size_t count = map ? map->count : 0, wide = everywhere ? everywhere->count : 0;
    struct event_rule *events = ARENA_ARRAY(b->arena, struct event_rule, count_events(b->tree));
    struct state *states = ARENA_ARRAY(b->arena, struct state, count);
    size_t at = 0;

    for (const struct node *n = everywhere ? everywhere->first : NULL; n; n = n->next)
        events[at++] = event_of(b, n, NULL);
    b->process->states = states;
    b->process->state_count = count;
    for (const struct node *n = map ? map->first : NULL; n; n = n->next, states++) {
        const struct node *own = node_get(n, "events");
        size_t first = at;
        *states = state_of(b, n);
        for (const struct node *e = own ? own->first : NULL; e; e = e->next)
            events[at++] = event_of(b, e, n->key);
        link_events(b, states, events + first, at - first, events, wide);
    }
    b->process->events = events;
    b->process->event_count = at;
    check_first(b, b->process, map);
}

/* --- opens ----------------------------------------------------------------------------------- */

void compile_opens(struct build *b)
{
    const struct node *opens = node_get(b->tree, "opens"), *one_per = node_get(opens, "one_per");
    struct process *p = b->process;

    p->open_by = build_names(b, node_get(opens, "by"));
    for (const struct node *n = build_first(b, node_get(opens, "by")); n; n = n->next)
        names_role(b, n, n->text);
    p->open_asks = compile_asks(b, node_get(opens, "asks"), &p->open_ask_count);
    if (one_per && names_want(b, one_per, one_per->text, NAME_FIELD))
        p->one_per = build_intern(b, one_per->text);
    p->open_only_if = build_condition(b, node_get(opens, "only_if"));
    p->open_refused_if = compile_refusals(b, node_get(opens, "refused_if"), &p->open_refused_count);
}
