/* SPDX-License-Identifier: MIT */
/* The law is a floor: what a pack below calls statutory cannot be loosened by one that extends it.
 *
 * The pack below is compiled too, and what came out is compared, not what was written: so it makes
 * no difference by which of `each`, parts, settings or changes a rule came to be what it is. */
#include "rules/build.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include <string.h>

/* --- which calendar -------------------------------------------------------------------------- */

static const char *main_calendar(const struct build *b, size_t layer)
{
    for (size_t i = layer; i < b->layers->count; i++)
        if (b->layers->at[i].main_calendar)
            return b->layers->at[i].main_calendar;
    return NULL;
}

/* Terms and panels are local: a nation's calendar has none, so such a clock counts by the pack's
 * own calendar, wherever it was written. */
static bool counts_locally(const struct moment *m)
{
    if (m->length.unit == UNIT_SCHOOL_DAY || m->length.unit == UNIT_SCHOOL_WEEK)
        return true;
    if (m->kind == MOMENT_RECURRING &&
        (m->recurring.kind == RECURRING_TERM || m->recurring.kind == RECURRING_HALF ||
         m->recurring.kind == RECURRING_TABLE))
        return true;
    if ((m->base && counts_locally(m->base)) || (m->after && counts_locally(m->after)))
        return true;
    for (size_t i = 0; i < m->part_count; i++)
        if (counts_locally(m->parts[i]))
            return true;
    return false;
}

const char *floor_calendar(struct build *b, const struct node *due, const struct moment *moment)
{
    if (node_get(b->tree, "calendar") || counts_locally(moment))
        return NULL;
    return build_intern(b, main_calendar(b, build_layer(b, due)));
}

/* By which a base's clock really counts, as a name this pack knows too. */
static const char *base_calendar(const struct build *b, const char *own, const struct moment *moment)
{
    if (own)
        return own;
    if (b->base_process->calendar)
        return b->base_process->calendar;
    return counts_locally(moment) ? NULL : main_calendar(b, b->from + 1);
}

/* --- saying it ------------------------------------------------------------------------------- */

/* The key where it is said, or where it was taken away, or the thing as a whole. */
static struct span span_at(const struct node *map, const char *key)
{
    const struct node *node = node_get(map, key);

    for (const struct node *n = map ? map->dropped : NULL; !node && n; n = n->next)
        if (!strcmp(n->key, key))
            node = n;
    return node ? node_place(node) : map ? node_place(map) : (struct span){ 0 };
}

static void loosened(struct build *b, struct span span, struct span law, const char *what,
                     const char *name, const char *how)
{
    struct diag *d = diag_error(b->diags, "F002", span, "%s '%s' is the law's: %s", what, name, how);

    diag_note(b->diags, d, law, "the law stands");
}

/* The place of a named thing of the process, there or taken away. */
static struct span place_of(const struct build *b, const char *section, const char *name)
{
    const struct node *map = node_get(b->tree, section);

    return map ? span_at(map, name) : node_place(b->tree->first);
}

static bool same_condition(const struct condition *a, const struct condition *b)
{
    return a && b ? a->is_function == b->is_function && !strcmp(a->source, b->source) : a == b;
}

static bool has_others(const struct names *mine, const struct names *base)
{
    for (size_t i = 0; i < mine->count; i++)
        if (!names_have(base, mine->at[i]))
            return true;
    return false;
}

/* Whether `only_if` now lets fewer through than the base's: any of its own does. */
static bool narrowed(const struct condition *mine, const struct condition *base)
{
    return mine && !same_condition(mine, base);
}

/* --- clocks ---------------------------------------------------------------------------------- */

static bool met_by_same(const struct deadline *a, const struct deadline *b)
{
    if (a->met_count != b->met_count)
        return false;
    for (size_t i = 0; i < a->met_count; i++)
        if (a->met_by[i].kind != b->met_by[i].kind || !text_same(a->met_by[i].name, b->met_by[i].name) ||
            !text_same(a->met_by[i].item, b->met_by[i].item))
            return false;
    return true;
}

static const struct node *clock_node(const struct build *b, const struct deadline *clock)
{
    return clock->list ? names_item_node(b, clock->name)
                       : node_get(node_get(b->tree, "deadlines"), clock->name);
}

static void check_clock(struct build *b, const struct deadline *mine, const struct deadline *base)
{
    const struct node *node = clock_node(b, mine);
    const char *what = mine->list ? "the item" : "the deadline";
    const struct { bool wrong; const char *key, *how; } tests[] = {
        { !mine->statutory, "statutory", "it cannot be made local" },
        { narrowed(mine->only_if, base->only_if), "only_if", "it cannot be owed less often" },
        { has_others(&mine->ends_with, &base->ends_with), "ends_with", "nothing more may end it" },
        { has_others(&mine->excused_by, &base->excused_by), "excused_by", "no more grounds may excuse it" },
        { !met_by_same(mine, base), "met_by", "what meets it cannot be changed" },
        { !text_same(mine->roll, base->roll), "roll", "its date cannot be made to move" },
        { base->owner && mine->right_of, "right_of", "it cannot be made a right" },
    };

    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        if (tests[i].wrong)
            loosened(b, span_at(node, tests[i].key), base->span, what, mine->name, tests[i].how);
}

/* Fills what the law says where this pack says another date. */
static void set_floor(struct build *b, struct deadline *mine, const struct deadline *base)
{
    const struct node *node = clock_node(b, mine), *own = node_get(node, "calendar");
    const struct moment *law = base->floor ? base->floor : base->due;

    if (!law || !mine->due)
        return; /* One of the two is no moment, which was said. */
    const char *calendar = base->floor ? base->floor_calendar : base_calendar(b, base->calendar, law);
    if (own && build_layer(b, own) == b->from && !text_same(own->text, calendar)) {
        loosened(b, own->key_span, base->span, mine->list ? "the item" : "the deadline", mine->name,
                 "it counts by the calendar of the law");
        return;
    }
    if (moment_same(mine->due, law)) {
        mine->calendar = build_intern(b, calendar);
        return;
    }
    mine->calendar = build_text(b, node, "calendar");
    mine->floor = law;
    mine->floor_calendar = build_intern(b, calendar);
    mine->floor_roll = base->floor ? base->floor_roll : base->roll;
    mine->floor_law = base->floor && base->floor_law ? base->floor_law : base->law;
    mine->floor_span = base->floor ? base->floor_span : base->span;
}

static struct deadline *find_clock(const struct build *b, struct deadline *all, const char *name)
{
    for (size_t i = 0; i < b->process->deadline_count; i++)
        if (!strcmp(all[i].name, name))
            return &all[i];
    return NULL;
}

static struct span gone_clock(const struct build *b, const struct deadline *base)
{
    const struct node *list, *item;

    if (!base->list)
        return place_of(b, "deadlines", base->name);
    list = node_get(node_get(b->tree, "checklists"), base->list);
    item = node_get(node_get(list, "items"), base->item);
    if (item)
        return span_at(item, "due");
    return list ? span_at(node_get(list, "items"), base->item) : place_of(b, "checklists", base->list);
}

static void check_clocks(struct build *b, struct deadline *all)
{
    for (size_t i = 0; i < b->base_process->deadline_count; i++) {
        const struct deadline *base = &b->base_process->deadlines[i];
        struct deadline *mine = find_clock(b, all, base->name);
        if (!base->statutory)
            continue;
        if (!mine) {
            loosened(b, gone_clock(b, base), base->span, base->list ? "the item" : "the deadline",
                     base->name, "it cannot be taken away");
            continue;
        }
        check_clock(b, mine, base);
        set_floor(b, mine, base);
    }
}

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
        const struct node *node = node_get(map, base->name);
        if (has_others(&mine->by, &base->by))
            loosened(b, span_at(node, "by"), base->span, "the ground", base->name, "nobody else may excuse on it");
        if (base->only_if && !same_condition(mine->only_if, base->only_if))
            loosened(b, span_at(node, "only_if"), base->span, "the ground", base->name,
                     "it cannot be open more often");
        if (base->proof && !mine->proof)
            loosened(b, span_at(node, "proof"), base->span, "the ground", base->name,
                     "its evidence cannot be dropped");
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
    return !same_condition(mine->enough_if, base->enough_if);
}

static void check_item(struct build *b, const struct checklist *list, const struct item_rule *base)
{
    const struct checklist *mine_list = process_checklist(b->process, list->name);
    const struct item_rule *mine = mine_list ? checklist_item(mine_list, base->name) : NULL;
    const struct node *node = node_get(node_get(b->tree, "checklists"), list->name);
    const char *name = arena_printf(b->arena, "%s.%s", list->name, base->name);

    if (!mine) {
        if (!base->clock) /* With a clock it was said there. */
            loosened(b, node ? span_at(node_get(node, "items"), base->name)
                             : place_of(b, "checklists", list->name),
                     base->span, "the item", name, "it cannot be taken away");
        return;
    }
    const struct node *item = node_get(node_get(node, "items"), base->name);
    if (base->required && !mine->required)
        loosened(b, span_at(item, "required"), base->span, "the item", name, "it stays required");
    if (!base->clock && narrowed(mine->only_if, base->only_if))
        loosened(b, span_at(item, "only_if"), base->span, "the item", name, "it cannot be asked less often");
    if (!base->clock && !mine->statutory)
        loosened(b, span_at(item, "statutory"), base->span, "the item", name, "it cannot be made local");
}

static void check_lists(struct build *b)
{
    for (size_t i = 0; i < b->base_process->checklist_count; i++) {
        const struct checklist *base = &b->base_process->checklists[i];
        const struct checklist *mine = process_checklist(b->process, base->name);
        for (size_t j = 0; j < base->item_count; j++)
            if (base->items[j].statutory)
                check_item(b, base, &base->items[j]);
        if (mine && list_is_law(base) && enough_loosened(mine, base))
            loosened(b, span_at(node_get(node_get(b->tree, "checklists"), base->name), "enough"),
                     base->span, "the checklist", base->name, "it cannot be complete with less");
    }
}

/* --- consents -------------------------------------------------------------------------------- */

static void check_consent(struct build *b, const struct consent_rule *mine,
                          const struct consent_rule *base)
{
    const struct node *node = node_get(node_get(b->tree, "consents"), base->name);
    bool until = base->until && (!mine->until || !moment_same(base->until, mine->until));
    const struct { bool wrong; const char *key, *how; } tests[] = {
        { !mine->statutory, "statutory", "it cannot be made local" },
        { narrowed(mine->only_if, base->only_if), "only_if", "it cannot be needed less often" },
        { has_others(&base->covers, &mine->covers), "covers", "it cannot cover less" },
        { !text_same(mine->from, base->from), "from", "nobody else can give it" },
        { until, "until", "its end cannot be changed" },
        { base->enough_all && !mine->enough_all, "enough", "fewer cannot be enough" },
    };

    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        if (tests[i].wrong)
            loosened(b, span_at(node, tests[i].key), base->span, "the consent", base->name, tests[i].how);
}

static void check_consents(struct build *b)
{
    for (size_t i = 0; i < b->base_process->consent_count; i++) {
        const struct consent_rule *base = &b->base_process->consents[i];
        const struct consent_rule *mine = process_consent(b->process, base->name);
        if (base->statutory && mine)
            check_consent(b, mine, base);
        else if (base->statutory)
            loosened(b, place_of(b, "consents", base->name), base->span, "the consent", base->name,
                     "it cannot be taken away");
    }
}

/* --- fields ---------------------------------------------------------------------------------- */

static void check_fields(struct build *b)
{
    const struct node *map = node_get(b->tree, "fields");

    for (size_t i = 0; i < b->base_process->field_count; i++) {
        const struct field *base = &b->base_process->fields[i];
        const struct field *mine = process_field(b->process, base->name);
        const struct node *node = node_get(map, base->name);
        if (!base->statutory)
            continue;
        if (!mine)
            loosened(b, place_of(b, "fields", base->name), base->span, "the field", base->name,
                     "it cannot be taken away");
        else if (!mine->statutory)
            loosened(b, span_at(node, "statutory"), base->span, "the field", base->name,
                     "it cannot be made local");
        else if (base->required && !mine->required)
            loosened(b, span_at(node, "required"), base->span, "the field", base->name, "it stays required");
        else if (base->required_if && !mine->required &&
                 !same_condition(mine->required_if, base->required_if))
            loosened(b, span_at(node, "required_if"), base->span, "the field", base->name,
                     "it cannot be required less often");
    }
}

/* --- events ---------------------------------------------------------------------------------- */

/* A consent, a list or an item that the law asks for. */
static bool need_is_law(struct build *b, const char *need)
{
    const struct process *p = b->base_process;
    const struct consent_rule *consent = process_consent(p, need);
    const struct checklist *list = process_checklist(p, need);
    const char *dot = strchr(need, '.');

    if (consent || list)
        return consent ? consent->statutory : list_is_law(list);
    if (!dot)
        return false;
    list = process_checklist(p, arena_text_n(b->arena, need, (size_t)(dot - need)));
    const struct item_rule *item = list ? checklist_item(list, dot + 1) : NULL;
    return item && item->statutory;
}

static void check_needs(struct build *b, const struct node *node, const struct event_rule *mine,
                        const struct event_rule *base)
{
    for (size_t i = 0; i < base->needs.count; i++)
        if (need_is_law(b, base->needs.at[i]) && !names_have(&mine->needs, base->needs.at[i]))
            loosened(b, span_at(node, "needs"), base->span, "the need", base->needs.at[i],
                     "the event cannot do without");
}

static void check_limit(struct build *b, const struct node *node, const struct event_rule *mine,
                        const struct event_rule *base)
{
    const struct node *limit = node_get(node, "not_before");

    if (!base->not_before || !base->not_before->statutory)
        return;
    if (!mine->not_before)
        loosened(b, span_at(node, "not_before"), base->not_before->span, "the limit of", mine->name,
                 "it cannot be taken away");
    else if (!mine->not_before->statutory)
        loosened(b, span_at(limit, "statutory"), base->not_before->span, "the limit of", mine->name,
                 "it cannot be made local");
    else if (narrowed(mine->not_before->unless, base->not_before->unless))
        loosened(b, span_at(limit, "unless"), base->not_before->span, "the limit of", mine->name,
                 "it cannot fall away more often");
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
            check_needs(b, node, now, was);
            check_limit(b, node, now, was);
        }
    }
}

/* The same as set_floor, for the least date of an event; asked while the event is made. */
void floor_limit(struct build *b, const char *state, const char *event, const struct node *node,
                 struct not_before *mine)
{
    const struct event_rule *rule =
        b->base_process && state ? process_event(b->base_process, state, event)
        : b->base_process        ? process_event_any(b->base_process, event)
                                 : NULL;
    const struct not_before *base = rule ? rule->not_before : NULL;

    if (!base || !base->statutory || !base->is || !mine->is)
        return;
    const struct moment *law = base->floor ? base->floor : base->is;
    const char *calendar = base->floor ? base->floor_calendar : base_calendar(b, base->calendar, base->is);
    if (moment_same(mine->is, law)) {
        mine->calendar = build_intern(b, calendar);
        return;
    }
    mine->calendar = build_text(b, node, "calendar");
    mine->floor = law;
    mine->floor_calendar = build_intern(b, calendar);
}

/* --- all ------------------------------------------------------------------------------------- */

void floor_apply(struct build *b, struct deadline *deadlines)
{
    if (!b->base_process)
        return;
    check_clocks(b, deadlines);
    check_grounds(b);
    check_lists(b);
    check_consents(b);
    check_fields(b);
    check_events(b);
}
