/* SPDX-License-Identifier: MIT */
/* What cannot be loosened beside deadlines. */
#include "rules/floor.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "rules/moment.h"
#include <string.h>

/* --- excuses --------------------------------------------------------------------------------- */

/* Whether something of the law can be excused by it. */
static bool excuses_law(const struct process *process, const char *name)
{
    for (size_t i = 0; i < process->deadline_count; i++)
        if (process->deadlines[i].statutory && names_have(&process->deadlines[i].excused_by, name))
            return true;
    return false;
}

static void check_grounds(struct build *b)
{
    const struct node *map = node_get(b->tree, "excuses");

    for (size_t i = 0; i < b->base_process->excuse_count; i++) {
        const struct excuse *base = &b->base_process->excuses[i];
        const struct excuse *mine = process_excuse(b->process, base->name);
        if (!mine || !excuses_law(b->base_process, base->name))
            continue;
        const struct floor_thing thing = { node_get(map, base->name), base->span, "the ground",
                                           base->name };
        bool opened = base->only_if && !floor_same_condition(mine->only_if, base->only_if);
        const struct floor_test tests[] = {
            { floor_has_others(&mine->by, &base->by), "by", "nobody else may excuse on it" },
            { opened, "only_if", "it cannot be open more often" },
            { !floor_same_force(mine->in_force, base->in_force), "in_force",
              "when it is open cannot be changed" },
            { base->proof && !mine->proof, "proof", "its evidence cannot be dropped" },
        };
        FLOOR_CHECK(b, &thing, tests);
        floor_check_lua(b, base->only_if, thing.what, thing.name);
    }
}

/* --- checklists ------------------------------------------------------------------------------ */

static bool list_is_law(const struct checklist *list)
{
    for (size_t i = 0; i < list->item_count; i++)
        if (list->items[i].statutory)
            return true;
    return false;
}

static bool enough_loosened(const struct checklist *mine, const struct checklist *base)
{
    if (mine->enough == ENOUGH_ALL)
        return false;
    if (mine->enough == ENOUGH_AT_LEAST)
        return base->enough != ENOUGH_AT_LEAST || mine->at_least < base->at_least;
    return !floor_same_condition(mine->enough_if, base->enough_if);
}

static void check_item(struct build *b, const struct checklist *list, const struct item_rule *base)
{
    const struct checklist *mine_list = process_checklist(b->process, list->name);
    const struct item_rule *mine = mine_list ? checklist_item(mine_list, base->name) : NULL;
    const struct node *node = node_get(node_get(b->tree, "checklists"), list->name);
    const char *name = arena_printf(b->arena, "%s.%s", list->name, base->name);

    if (!mine) {
        if (!base->clock) /* With a clock it was said there. */
            floor_loosened(b,
                           node ? floor_span_at(node_get(node, "items"), base->name)
                                : floor_place_of(b, "checklists", list->name),
                           base->span, "the item", name, "it cannot be taken away");
        return;
    }
    bool narrowed = floor_narrowed(mine->only_if, base->only_if);
    const struct floor_thing thing = { node_get(node_get(node, "items"), base->name), base->span,
                                       "the item", name };
    const struct floor_test tests[] = {
        { base->required && !mine->required, "required", "it stays required" },
        { !base->clock && narrowed, "only_if", "it cannot be asked less often" },
        { !base->clock && !floor_same_force(mine->in_force, base->in_force), "in_force",
          "when it is asked cannot be changed" },
        { !base->clock && !mine->statutory, "statutory", "it cannot be made local" },
    };
    FLOOR_CHECK(b, &thing, tests);
}

static void check_lists(struct build *b)
{
    const struct node *lists = node_get(b->tree, "checklists");

    for (size_t i = 0; i < b->base_process->checklist_count; i++) {
        const struct checklist *base = &b->base_process->checklists[i];
        const struct checklist *mine = process_checklist(b->process, base->name);
        for (size_t j = 0; j < base->item_count; j++)
            if (base->items[j].statutory)
                check_item(b, base, &base->items[j]);
        if (list_is_law(base))
            floor_check_lua(b, base->enough_if, "the checklist", base->name);
        if (mine && list_is_law(base) && enough_loosened(mine, base))
            floor_loosened(b, floor_span_at(node_get(lists, base->name), "enough"), base->span,
                           "the checklist", base->name, "it cannot be complete with less");
    }
}

/* --- consents -------------------------------------------------------------------------------- */

static void check_consent(struct build *b, const struct consent_rule *mine,
                          const struct consent_rule *base)
{
    const struct floor_thing thing = { node_get(node_get(b->tree, "consents"), base->name),
                                       base->span, "the consent", base->name };
    bool narrowed = floor_narrowed(mine->only_if, base->only_if);
    bool until = base->until && (!mine->until || !moment_same(base->until, mine->until));
    const struct floor_test tests[] = {
        { !mine->statutory, "statutory", "it cannot be made local" },
        { narrowed, "only_if", "it cannot be needed less often" },
        { !floor_same_force(mine->in_force, base->in_force), "in_force",
          "when it is needed cannot be changed" },
        { floor_has_others(&base->covers, &mine->covers), "covers", "it cannot cover less" },
        { !text_same(mine->from, base->from), "from", "nobody else can give it" },
        { until, "until", "its end cannot be changed" },
        { base->enough_all && !mine->enough_all, "enough", "fewer cannot be enough" },
        { floor_has_others(&base->of, &mine->of), "of", "nobody can be left out" },
        { base->withdrawn_to && !text_same(mine->withdrawn_to, base->withdrawn_to), "withdrawn",
          "what its withdrawal leads to cannot be changed" },
    };

    FLOOR_CHECK(b, &thing, tests);
}

static void check_consents(struct build *b)
{
    for (size_t i = 0; i < b->base_process->consent_count; i++) {
        const struct consent_rule *base = &b->base_process->consents[i];
        const struct consent_rule *mine = process_consent(b->process, base->name);
        if (base->statutory)
            floor_check_lua(b, base->only_if, "the consent", base->name);
        if (base->statutory && mine)
            check_consent(b, mine, base);
        else if (base->statutory)
            floor_loosened(b, floor_place_of(b, "consents", base->name), base->span, "the consent",
                           base->name, "it cannot be taken away");
    }
}

/* --- fields ---------------------------------------------------------------------------------- */

static void check_field(struct build *b, const struct field *mine, const struct field *base)
{
    const struct floor_thing thing = { node_get(node_get(b->tree, "fields"), base->name),
                                       base->span, "the field", base->name };
    bool dropped = !mine->required && base->required;
    bool changed = !mine->required && !base->required && base->required_if &&
                   !floor_same_condition(mine->required_if, base->required_if);
    const struct floor_test tests[] = {
        { !mine->statutory, "statutory", "it cannot be made local" },
        { mine->statutory && dropped, "required", "it stays required" },
        { !floor_same_force(mine->in_force, base->in_force), "in_force",
          "when it is asked cannot be changed" },
        { mine->statutory && changed, "required_if", "it cannot be required less often" },
    };

    FLOOR_CHECK(b, &thing, tests);
}

static void check_fields(struct build *b)
{
    for (size_t i = 0; i < b->base_process->field_count; i++) {
        const struct field *base = &b->base_process->fields[i];
        const struct field *mine = process_field(b->process, base->name);
        if (base->statutory && mine)
            check_field(b, mine, base);
        else if (base->statutory)
            floor_loosened(b, floor_place_of(b, "fields", base->name), base->span, "the field",
                           base->name, "it cannot be taken away");
    }
}

/* --- events ---------------------------------------------------------------------------------- */

bool floor_need_is_law(const struct process *law, const char *need)
{
    const struct consent_rule *consent = process_consent(law, need);
    const struct checklist *list = process_checklist(law, need);

    if (consent || list)
        return consent ? consent->statutory : list_is_law(list);
    const struct item_rule *item = process_item(law, need);
    return item && item->statutory;
}

/* A list that was meant to add has replaced. */
static void hint_adds(struct build *b, struct diag *d, const char *key)
{
    diag_hint(b->diags, d, "begin the list with `...` to keep what it has: `%s: [..., more]`", key);
}

static void check_needs(struct build *b, const struct node *node, const struct event_rule *mine,
                        const struct event_rule *base)
{
    for (size_t i = 0; i < base->needs.count; i++)
        if (floor_need_is_law(b->base_process, base->needs.at[i]) &&
            !names_have(&mine->needs, base->needs.at[i]))
            hint_adds(b,
                      floor_loosened(b, floor_span_at(node, "needs"), base->span, "the need",
                                     base->needs.at[i], "the event cannot do without"),
                      "needs");
}

/* What the law wants known before something happens goes on being asked with it. */
static void check_asks(struct build *b, const struct node *node, const struct event_rule *mine,
                       const struct event_rule *base)
{
    for (size_t i = 0; i < base->ask_count; i++) {
        const struct field *field = process_field(b->base_process, base->asks[i].field);
        bool asked = base->asks[i].optional || !field || !field->statutory;
        for (size_t j = 0; j < mine->ask_count && !asked; j++)
            asked = text_same(mine->asks[j].field, field->name) && !mine->asks[j].optional;
        if (!asked)
            hint_adds(b,
                      floor_loosened(b, floor_span_at(node, "asks"), base->span, "the question",
                                     field->name, "the event goes on asking it"),
                      "asks");
    }
}

static void check_limit(struct build *b, const struct node *node, const struct event_rule *mine,
                        const struct event_rule *base)
{
    const struct not_before *law = base->not_before, *own = mine->not_before;

    if (!law || !law->statutory)
        return;
    floor_check_lua(b, law->unless, "the limit of", mine->name);
    if (!own) {
        floor_loosened(b, floor_span_at(node, "not_before"), law->span, "the limit of",
                       mine->name, "it cannot be taken away");
        return;
    }
    const struct floor_thing thing = { node_get(node, "not_before"), law->span, "the limit of",
                                       mine->name };
    bool narrowed = floor_narrowed(own->unless, law->unless);
    const struct floor_test tests[] = {
        { !own->statutory, "statutory", "it cannot be made local" },
        { own->statutory && narrowed, "unless", "it cannot fall away more often" },
        { own->statutory && !floor_same_force(own->in_force, law->in_force), "in_force",
          "when it holds cannot be changed" },
    };
    FLOOR_CHECK(b, &thing, tests);
}

static void check_events(struct build *b)
{
    const struct node *states = node_get(b->tree, "states");

    for (size_t i = 0; i < b->base_process->state_count; i++) {
        const struct state *base = &b->base_process->states[i];
        const struct node *state = node_get(states, base->name);
        for (size_t j = 0; j < base->event_count; j++) {
            const struct event_rule *was = base->events[j];
            const struct event_rule *now = process_event(b->process, base->name, was->name);
            const struct node *node = node_get(node_get(state, "events"), was->name);
            if (!node)
                node = node_get(node_get(b->tree, "events"), was->name);
            if (!now || !node)
                continue;
            check_asks(b, node, now, was);
            check_needs(b, node, now, was);
            check_limit(b, node, now, was);
        }
    }
}

void floor_things(struct build *b)
{
    check_grounds(b);
    check_lists(b);
    check_consents(b);
    check_fields(b);
    check_events(b);
}
