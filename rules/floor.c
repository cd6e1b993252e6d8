/* SPDX-License-Identifier: MIT */
/* The law is a floor: what a pack below calls statutory cannot be loosened by one that extends it.
 *
 * The pack below is compiled too, and what came out is compared, not what was written: so it makes
 * no difference by which of `each`, parts, settings or changes a rule came to be what it is. */
#include "rules/floor.h"

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
static const char *base_calendar(const struct build *b, const char *own,
                                 const struct moment *moment)
{
    if (own)
        return own;
    if (b->base_process->calendar)
        return b->base_process->calendar;
    return counts_locally(moment) ? NULL : main_calendar(b, b->from + 1);
}

/* --- saying it ------------------------------------------------------------------------------- */

struct span floor_span_at(const struct node *map, const char *key)
{
    const struct node *node = node_get(map, key);

    for (const struct node *n = map ? map->dropped : NULL; !node && n; n = n->next)
        if (!strcmp(n->key, key))
            node = n;
    return node ? node_place(node) : map ? node_place(map) : (struct span){ 0 };
}

struct diag *floor_loosened(struct build *b, struct span span, struct span law, const char *what,
                            const char *name, const char *how)
{
    struct diag *d =
        diag_error(b->diags, "F002", span, "%s '%s' is the law's: %s", what, name, how);

    diag_note(b->diags, d, law, "the law stands");
    return d;
}

void floor_check(struct build *b, const struct floor_thing *thing, const struct floor_test *tests,
                 size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (tests[i].wrong)
            floor_loosened(b, floor_span_at(thing->node, tests[i].key), thing->law, thing->what,
                           thing->name, tests[i].how);
}

struct span floor_place_of(const struct build *b, const char *section, const char *name)
{
    const struct node *map = node_get(b->tree, section);

    return map ? floor_span_at(map, name) : node_place(b->tree->first);
}

bool floor_same_condition(const struct condition *a, const struct condition *b)
{
    return a && b ? a->is_function == b->is_function && !strcmp(a->source, b->source) : a == b;
}

bool floor_has_others(const struct names *mine, const struct names *base)
{
    for (size_t i = 0; i < mine->count; i++)
        if (!names_have(base, mine->at[i]))
            return true;
    return false;
}

bool floor_narrowed(const struct condition *mine, const struct condition *base)
{
    return mine && !floor_same_condition(mine, base);
}

/* "lua/grounds.lua" for a file of this pack's own that hides one below. */
static const struct source *hiding_file(const struct build *b, const char *function)
{
    const char *end = strchr(function, '.');
    size_t len = end ? (size_t)(end - function) : 0;
    const struct layer *layer = &b->layers->at[b->from];

    for (size_t i = 0; i < layer->lua.count; i++) {
        const char *file = strrchr(layer->lua.at[i]->path, '/') + 1;
        if (!strncmp(file, function, len) && !strcmp(file + len, ".lua"))
            return layer->lua.at[i];
    }
    return NULL;
}

void floor_check_lua(struct build *b, const struct condition *base, const char *what,
                     const char *name)
{
    const struct source *file = base && base->is_function ? hiding_file(b, base->source) : NULL;

    if (file)
        floor_loosened(b, (struct span){ file, 1, 1, 2 }, base->span, what, name,
                       "the Lua file it asks cannot be replaced");
}

static bool same_moment(const struct moment *a, const struct moment *b)
{
    return a && b ? moment_same(a, b) : a == b;
}

bool floor_same_force(const struct in_force *a, const struct in_force *b)
{
    return a && b ? a->from == b->from && a->until == b->until &&
                        same_moment(a->judged_on, b->judged_on)
                  : a == b;
}

/* --- clocks ---------------------------------------------------------------------------------- */

static bool met_by_same(const struct deadline *a, const struct deadline *b)
{
    if (a->met_count != b->met_count)
        return false;
    for (size_t i = 0; i < a->met_count; i++)
        if (a->met_by[i].kind != b->met_by[i].kind ||
            !text_same(a->met_by[i].name, b->met_by[i].name) ||
            !text_same(a->met_by[i].item, b->met_by[i].item))
            return false;
    return true;
}

static const struct node *clock_node(const struct build *b, const struct deadline *clock)
{
    if (!clock->list)
        return node_get(node_get(b->tree, "deadlines"), clock->name);
    const struct node *item = names_item_node(b, clock->name);
    /* What an added item is like is said for all of the list's. */
    return item ? item
                : node_get(node_get(node_get(b->tree, "checklists"), clock->list), "more_each");
}

static const char *clock_word(const struct deadline *clock)
{
    return clock->list ? "the item" : "the deadline";
}

/* A date of the pack's own may be moved, up to the law's. */
static bool moves_law(const struct deadline *mine, const struct deadline *base)
{
    const struct moment *law = base->floor ? base->floor : base->due;

    return mine->extends && mine->due && law && moment_same(mine->due, law);
}

static bool same_names(const struct names *a, const struct names *b)
{
    return a->count == b->count && !floor_has_others(a, b);
}

static bool stops_as(const struct pause *a, const struct pause *b)
{
    return same_names(&a->from, &b->from) && same_names(&a->until, &b->until) &&
           a->limited == b->limited &&
           (!a->limited || (a->at_most.n == b->at_most.n && a->at_most.unit == b->at_most.unit));
}

static bool stops_more(const struct deadline *mine, const struct deadline *base)
{
    for (size_t i = 0; i < mine->pause_count; i++) {
        bool found = false;
        for (size_t j = 0; j < base->pause_count; j++)
            found = found || stops_as(&mine->pauses[i], &base->pauses[j]);
        if (!found)
            return true;
    }
    return false;
}

static void check_clock(struct build *b, const struct deadline *mine, const struct deadline *base)
{
    const struct floor_thing thing = { clock_node(b, mine), base->span, clock_word(mine),
                                       mine->name };
    const struct floor_test tests[] = {
        { !mine->statutory, "statutory", "it cannot be made local" },
        { floor_narrowed(mine->only_if, base->only_if), "only_if", "it cannot be owed less often" },
        { !floor_same_force(mine->in_force, base->in_force), "in_force",
          "when it holds cannot be changed" },
        { base->cut_off && (!mine->cut_off || mine->cut_off > base->cut_off), "cut_off",
          "its last day cannot be made longer" },
        { moves_law(mine, base), "extends", "its date cannot be moved" },
        { stops_more(mine, base), "paused_while", "nothing more may stop it" },
        { floor_has_others(&mine->ends_with, &base->ends_with), "ends_with",
          "nothing more may end it" },
        { floor_has_others(&mine->excused_by, &base->excused_by), "excused_by",
          "no more grounds may excuse it" },
        { !met_by_same(mine, base), "met_by", "what meets it cannot be changed" },
        { !text_same(mine->roll, base->roll), "roll", "its date cannot be made to move" },
        { base->owner && mine->right_of, "right_of", "it cannot be made a right" },
    };

    FLOOR_CHECK(b, &thing, tests);
}

/* Fills what the law says where this pack says another date. */
static void set_floor(struct build *b, struct deadline *mine, const struct deadline *base)
{
    const struct node *node = clock_node(b, mine), *own = node_get(node, "calendar");
    const struct moment *law = base->floor ? base->floor : base->due;

    if (!law || !mine->due)
        return; /* One of the two is no moment, which was said. */
    const char *calendar =
        base->floor ? base->floor_calendar : base_calendar(b, base->calendar, law);
    if (own && build_layer(b, own) == b->from && !text_same(own->text, calendar)) {
        floor_loosened(b, own->key_span, base->span, clock_word(mine), mine->name,
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
        return floor_place_of(b, "deadlines", base->name);
    list = node_get(node_get(b->tree, "checklists"), base->list);
    item = node_get(node_get(list, "items"), base->item);
    if (item)
        return floor_span_at(item, "due");
    return list ? floor_span_at(node_get(list, "items"), base->item)
                : floor_place_of(b, "checklists", base->list);
}

static void check_clocks(struct build *b, struct deadline *all)
{
    for (size_t i = 0; i < b->base_process->deadline_count; i++) {
        const struct deadline *base = &b->base_process->deadlines[i];
        struct deadline *mine = find_clock(b, all, base->name);
        if (!base->statutory)
            continue;
        if (!mine) {
            floor_loosened(b, gone_clock(b, base), base->span, clock_word(base), base->name,
                           "it cannot be taken away");
            continue;
        }
        check_clock(b, mine, base);
        floor_check_lua(b, base->only_if, clock_word(base), base->name);
        set_floor(b, mine, base);
    }
}

/* The same for what an added item is like; asked while its list is made. */
void floor_more(struct build *b, const char *list_name, const struct node *node,
                struct deadline *mine)
{
    const struct checklist *list =
        b->base_process ? process_checklist(b->base_process, list_name) : NULL;
    const struct deadline *base = list && list->more ? list->more->clock : NULL;

    if (!base || !base->statutory)
        return;
    if (!mine) {
        floor_loosened(b, node_place(node), base->span, "the added item", list_name,
                       "its time limit cannot be taken away");
        return;
    }
    check_clock(b, mine, base);
    set_floor(b, mine, base);
}

/* --- least dates ---------------------------------------------------------------------------- */

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
    const char *calendar =
        base->floor ? base->floor_calendar : base_calendar(b, base->calendar, base->is);
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
    floor_things(b);
}
