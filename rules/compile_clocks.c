/* SPDX-License-Identifier: MIT */
/* Deadlines, and checklists with their items' clocks, which become deadlines too. */
#include "rules/build.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/model/reminder.h"
#include <string.h>

struct list_items {
    struct { const char *list; struct item_rule *item; } *at;
    size_t count, room;
};
struct deadline_list {
    struct deadline *at;
    size_t count, room;
};

/* --- what every clock may say ---------------------------------------------------------------- */

/* The role itself, or the one an item is asked of. */
static const char *owner_of(struct build *b, const struct node *owner)
{
    const struct node *item;

    if (!strchr(owner->text, '.'))
        return names_role(b, owner, owner->text) ? build_intern(b, owner->text) : NULL;
    if (!names_item(b, owner, owner->text))
        return NULL;
    item = node_get(names_item_node(b, owner->text), "by");
    if (!item)
        diag_error(b->diags, "R018", owner->span, "the item '%s' is nobody's", owner->text);
    return item ? build_intern(b, item->text) : NULL;
}

static void compile_owner(struct build *b, const struct node *node, const char *item_by,
                          struct deadline *out)
{
    const struct node *owner = node_get(node, "owner"), *right = node_get(node, "right_of");

    if (owner && right) {
        struct diag *d = diag_error(b->diags, "R018", owner->key_span,
                                    "'%s' is a right and has an owner", node->key);
        diag_hint(b->diags, d, "keep one of the two; `owner: removed` takes away what `each` says");
        return;
    }
    if (right)
        out->right_of = names_role(b, right, right->text) ? build_intern(b, right->text) : NULL;
    else if (owner)
        out->owner = owner_of(b, owner);
    else
        out->owner = item_by;
    /* An added item's owner is known when it is added. */
    if (!right && !owner && !item_by && strcmp(node->key, "more") != 0)
        diag_error(b->diags, "R018", node_place(node), "'%s' has no owner", node->key);
}

/* A rung: a reminder, or a length or a setting after which it comes ("limit after"). */
static bool read_rung(struct build *b, const struct node *node, struct reminder *out)
{
    size_t len = strlen(node->text), tail = strlen(" after");
    struct node *plain = node_copy(b->arena, node, false);

    if (reminder_parse(node->text, out) && out->kind != REMIND_DATE)
        return true;
    if (len > tail && !strcmp(node->text + len - tail, " after"))
        plain->text = arena_text_n(b->arena, node->text, len - tail);
    *out = (struct reminder){ .kind = REMIND_AFTER, .date = DAY_NONE };
    return build_length(b, plain, &out->length);
}

static struct reminders compile_rungs(struct build *b, const struct node *node)
{
    struct { struct reminder *at; size_t count, room; } list = { NULL, 0, 0 };

    for (const struct node *n = build_first(b, node); n; n = n->next) {
        struct reminder rung;
        if (read_rung(b, n, &rung))
            *LIST_ADD(b->arena, &list) = rung;
    }
    return (struct reminders){ list.at, list.count };
}

static bool is_rungs(const struct node *node)
{
    for (const struct node *n = node->kind == NODE_LIST ? node->first : NULL; n; n = n->next)
        if (n->kind != NODE_TEXT)
            return false;
    return node->kind != NODE_MAP && (node->kind == NODE_TEXT || node->first);
}

static void compile_escalate(struct build *b, const struct node *map, struct deadline *out)
{
    struct escalation *all = ARENA_ARRAY(b->arena, struct escalation, map ? map->count : 0);
    size_t count = 0;

    for (const struct node *n = map ? map->first : NULL; n; n = n->next) {
        struct node name = { .span = n->key_span };
        if (!is_rungs(n)) {
            struct diag *d = diag_error(b->diags, "R002", n->key_span,
                                        "'escalate' wants when '%s' is told", n->key);
            diag_hint(b->diags, d, "write %s: 1 week after, or %s: [on the day, 1 week after]",
                      n->key, n->key);
            continue;
        }
        if (!names_role(b, &name, n->key))
            continue;
        all[count++] = (struct escalation){ build_intern(b, n->key), compile_rungs(b, n) };
    }
    out->escalate = all;
    out->escalate_count = count;
}

/* A right is not chased, so nobody is reminded of it. */
static void compile_remind(struct build *b, const struct node *node, struct deadline *out)
{
    const struct node *remind = node_get(node, "remind"), *to = node_get(node, "to");

    out->remind_set = remind != NULL;
    if (remind && remind->kind == NODE_MAP)
        out->remind_lua = build_condition(b, remind);
    else
        out->remind = compile_reminders(b, remind);
    out->remind_to = build_names(b, to);
    for (const struct node *n = build_first(b, to); n; n = n->next)
        names_role(b, n, n->text);
    if (to && out->right_of) {
        struct diag *d = diag_error(b->diags, "R018", to->key_span,
                                    "'%s' is a right, which nobody is reminded of", node->key);
        diag_hint(b->diags, d, "take `to` away, or give it an `owner` in place of `right_of`");
    }
    compile_escalate(b, node_get(node, "escalate"), out);
}

static void check_calendar(struct build *b, const struct node *node)
{
    const struct named_trees *all = &b->resolved->calendars;

    if (!node || named_tree(all, node->text))
        return;
    struct diag *d =
        diag_error(b->diags, "C001", node->span, "there is no calendar '%s'", node->text);
    named_tree_nearest(all, node->text, b->diags, d);
}

/* Midnight is when every last day ends. */
static int cut_off_of(struct build *b, const struct node *node)
{
    int minute = 0;

    if (!node || !minute_parse(node->text, &minute))
        return 0;
    if (!minute)
        diag_hint(b->diags,
                  diag_error(b->diags, "R002", node->span, "at 00:00 the last day has not begun"),
                  "leave it out for a day that ends at midnight");
    return minute;
}

static struct deadline clock_of(struct build *b, const struct node *node, const char *item_by)
{
    const struct node *due = node_get(node, "due");
    struct deadline clock = {
        .name = build_intern(b, node->key),
        .title = build_text(b, node, "title"),
        .law = build_text(b, node, "law"),
        .due = build_moment(b, due),
        .calendar = build_text(b, node, "calendar"),
        .roll = build_text(b, node, "roll"),
        .ends_with = build_names(b, node_get(node, "ends_with")),
        .excused_by = build_names(b, node_get(node, "excused_by")),
        .only_if = b->in_item ? NULL : build_condition(b, node_get(node, "only_if")),
        .statutory = build_yes(node, "statutory", false),
        .span = due ? due->span : node_place(node),
    };

    for (const struct node *n = build_first(b, node_get(node, "ends_with")); n; n = n->next)
        names_want(b, n, n->text, NAME_STATE);
    grounds_check(b, node_get(node, "excused_by"));
    check_calendar(b, node_get(node, "calendar"));
    compile_owner(b, node, item_by, &clock);
    compile_remind(b, node, &clock);
    clock.in_force = compile_in_force(b, node, clock.due);
    compile_moves(b, node, &clock);
    clock.cut_off = cut_off_of(b, node_get(node, "cut_off"));
    if (clock.statutory && !clock.calendar && clock.due)
        clock.calendar = floor_calendar(b, due, clock.due);
    return clock;
}

/* --- deadlines ------------------------------------------------------------------------------- */

static bool met_by_of(struct build *b, const struct node *node, struct met_by *out)
{
    static const enum met_kind kinds[] = { [NAME_EVENT] = MET_EVENT,
                                           [NAME_STATE] = MET_STATE,
                                           [NAME_CHECKLIST] = MET_CHECKLIST,
                                           [NAME_CONSENT] = MET_CONSENT };
    static const struct names_wanted wanted = {
        { NAME_EVENT, NAME_STATE, NAME_CHECKLIST, NAME_CONSENT }, 4,
        "event, state, checklist or consent", "R006",
        "add the event to the state in which it happens, or name one that is there",
    };
    const struct name *found = names_find(b, node->text);
    const char *dot = strchr(node->text, '.');

    if (dot && names_sent(b, node->text)) {
        *out = (struct met_by){ .kind = MET_LETTER, .name = names_sent(b, node->text) };
        return true;
    }
    if (dot && names_item(b, node, node->text)) {
        *out = (struct met_by){ MET_ITEM, .item = build_intern(b, dot + 1),
                                .name = build_intern(b, arena_text_n(b->arena, node->text,
                                                                     (size_t)(dot - node->text))) };
        return true;
    }
    if (dot)
        return false;
    if (!names_any(b, node, node->text, &wanted))
        return false;
    *out = (struct met_by){ .kind = kinds[found->kind], .name = found->name };
    return true;
}

static void compile_met_by(struct build *b, const struct node *node, struct deadline *out)
{
    struct { struct met_by *at; size_t count, room; } list = { NULL, 0, 0 };

    for (const struct node *n = build_first(b, node); n; n = n->next) {
        struct met_by met;
        if (met_by_of(b, n, &met))
            *LIST_ADD(b->arena, &list) = met;
    }
    out->met_by = list.at;
    out->met_count = list.count;
}

/* --- checklists ------------------------------------------------------------------------------ */

static void set_own(struct build *b, const char *list, const char *item, struct deadline *clock)
{
    struct met_by *met = ARENA_NEW(b->arena, struct met_by);

    *met = (struct met_by){ MET_ITEM, list, item };
    clock->list = list;
    clock->item = item;
    clock->name = build_intern(b, arena_printf(b->arena, "%s.%s", list, item));
    clock->met_by = met;
    clock->met_count = 1;
}

/* The item without its clock. */
static struct item_rule item_of(struct build *b, const struct node *node)
{
    const struct node *by = node_get(node, "by"), *proof = node_get(node, "proof");
    struct item_rule item = {
        .name = build_intern(b, node->key),
        .title = build_text(b, node, "title"),
        .law = build_text(b, node, "law"),
        .only_if = build_condition(b, node_get(node, "only_if")),
        .required = build_yes(node, "required", true),
        .statutory = build_yes(node, "statutory", false),
        .proof = compile_proof(proof),
        .files = compile_files(b, proof),
        .span = node_place(node),
    };

    if (by && names_role(b, by, by->text))
        item.by = build_intern(b, by->text);
    item.asks = compile_asks(b, node_get(node, "asks"), &item.ask_count);
    return item;
}

static bool has_clock(const struct node *node)
{
    const struct node *due = node_get(node, "due");

    return due && !node_is(due, "none");
}

static struct deadline item_clock(struct build *b, const struct node *node, const char *list,
                                  struct item_rule *item)
{
    struct deadline clock;

    b->in_item = true;
    clock = clock_of(b, node, item->by);
    b->in_item = false;
    clock.only_if = item->only_if;
    item->in_force = clock.in_force;
    set_own(b, list, item->name, &clock);
    return clock;
}

/* What an added item is like: what the list's `each` says. */
static void compile_more(struct build *b, const struct node *node, struct checklist *out)
{
    const struct node *more = node_get(node, "more"), *each = node_get(node, "more_each");
    const struct node *by = node_get(more, "by");

    if (!more)
        return;
    if (by && names_role(b, by, by->text))
        out->more_by = build_intern(b, by->text);
    struct node *like = node_new(b->arena, NODE_MAP, node_place(more));
    if (each)
        like = node_copy(b->arena, each, false);
    like->key = "more";
    like->key_span = node_place(more);
    struct item_rule *item = ARENA_NEW(b->arena, struct item_rule);
    *item = item_of(b, like);
    item->title = build_text(b, more, "title");
    struct deadline *clock = NULL;
    if (has_clock(like)) {
        clock = ARENA_NEW(b->arena, struct deadline);
        *clock = item_clock(b, like, out->name, item);
        clock->title = item->title;
        item->clock = clock;
    }
    floor_more(b, out->name, more, clock);
    out->more = item;
}

static void compile_enough(struct build *b, const struct node *node, struct checklist *out)
{
    const struct node *enough = node_get(node, "enough"), *least = node_get(enough, "at_least");
    int64_t n = 0;

    out->enough = ENOUGH_ALL;
    if (least && text_int(least->text, &n)) {
        out->enough = ENOUGH_AT_LEAST;
        out->at_least = (int)n;
        if (!node_get(node, "more") && n > (int64_t)out->item_count)
            diag_error(b->diags, "R002", least->span, "the list has only %zu items",
                       out->item_count);
    } else if (node_get(enough, "lua")) {
        out->enough = ENOUGH_LUA;
        out->enough_if = build_condition(b, enough);
    }
}

static struct checklist checklist_of(struct build *b, const struct node *node,
                                     struct deadline_list *clocks, struct list_items *made)
{
    const struct node *map = node_get(node, "items");
    struct item_rule *items = ARENA_ARRAY(b->arena, struct item_rule, map ? map->count : 0);
    struct checklist list = { .name = build_intern(b, node->key),
                              .title = build_text(b, node, "title"),
                              .items = items,
                              .span = node_place(node) };

    for (const struct node *n = map ? map->first : NULL; n; n = n->next) {
        struct item_rule *item = &items[list.item_count++];
        *item = item_of(b, n);
        *LIST_ADD(b->arena, made) = (__typeof__(*made->at)){ list.name, item };
        if (has_clock(n))
            *LIST_ADD(b->arena, clocks) = item_clock(b, n, list.name, item);
        else
            item->in_force = compile_in_force(b, n, NULL);
    }
    if (!map && !node_get(node, "more"))
        diag_error(b->diags, "R003", node_place(node), "the checklist '%s' has no 'items'",
                   node->key);
    compile_enough(b, node, &list);
    compile_more(b, node, &list);
    return list;
}

/* Items get their clocks once all are made and stay where they are. */
static void link_clocks(const struct list_items *items, const struct deadline_list *clocks)
{
    for (size_t i = 0; i < clocks->count; i++)
        for (size_t j = 0; clocks->at[i].list && j < items->count; j++)
            if (items->at[j].list == clocks->at[i].list &&
                items->at[j].item->name == clocks->at[i].item)
                items->at[j].item->clock = &clocks->at[i];
}

void compile_clocks(struct build *b)
{
    const struct node *map = node_get(b->tree, "deadlines"),
                      *lists = node_get(b->tree, "checklists");
    struct deadline_list clocks = { NULL, 0, 0 };
    struct list_items items = { NULL, 0, 0 };
    struct checklist *all = ARENA_ARRAY(b->arena, struct checklist, lists ? lists->count : 0);
    size_t count = 0;

    check_calendar(b, node_get(b->tree, "calendar"));
    for (const struct node *n = map ? map->first : NULL; n; n = n->next) {
        struct deadline clock = clock_of(b, n, NULL);
        compile_met_by(b, node_get(n, "met_by"), &clock);
        *LIST_ADD(b->arena, &clocks) = clock;
    }
    for (const struct node *n = lists ? lists->first : NULL; n; n = n->next)
        all[count++] = checklist_of(b, n, &clocks, &items);
    link_clocks(&items, &clocks);
    b->process->deadlines = clocks.at;
    b->process->deadline_count = clocks.count;
    b->process->checklists = all;
    b->process->checklist_count = count;
    floor_apply(b, clocks.at);
    moves_check(b, clocks.at, clocks.count);
}
