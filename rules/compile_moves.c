/* SPDX-License-Identifier: MIT */
/* What moves a date after it began: extensions, and what stops the clock. */
#include "rules/build.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/when/when.h"
#include <string.h>

void grounds_check(struct build *b, const struct node *names)
{
    const struct node *excuses = node_get(b->tree, "excuses");
    struct { const char **at; size_t count, room; } all = { NULL, 0, 0 };

    for (const struct node *n = excuses ? excuses->first : NULL; n; n = n->next)
        *LIST_ADD(b->arena, &all) = n->key;
    for (const struct node *n = build_first(b, names); n; n = n->next) {
        if (node_get(excuses, n->text))
            continue;
        struct diag *d =
            diag_error(b->diags, "R010", n->span, "there is no excuse '%s'", n->text);
        diag_nearest(b->diags, d, n->text, all.at, all.count);
    }
}

static const struct extension *compile_extends(struct build *b, const struct node *node)
{
    const struct node *times = node_get(node, "times"), *by = node_get(node, "by");
    int64_t n = 0;

    if (!node)
        return NULL;
    struct extension *extension = ARENA_NEW(b->arena, struct extension);
    *extension = (struct extension){
        .by = build_names(b, by),
        .grounds = build_names(b, node_get(node, "grounds")),
        .span = node_place(node),
    };
    build_length(b, node_get(node, "limit"), &extension->limit);
    for (const struct node *name = build_first(b, by); name; name = name->next)
        names_role(b, name, name->text);
    grounds_check(b, node_get(node, "grounds"));
    if (times && text_int(times->text, &n) && n < 1)
        diag_hint(b->diags,
                  diag_error(b->diags, "R002", times->span, "%s times is never", times->text),
                  "write how often it may be extended, or leave `extends` out");
    extension->times = (int)n;
    return extension;
}

/* Events, or states that are entered. */
static struct names happenings(struct build *b, const struct node *node)
{
    for (const struct node *n = build_first(b, node); n; n = n->next) {
        const struct name *found = names_find(b, n->text);
        if (!found || found->kind != NAME_STATE)
            names_want(b, n, n->text, NAME_EVENT);
    }
    return build_names(b, node);
}

/* It is not drawn by anybody, so nobody is asked whether it is open. */
static void check_pause_ground(struct build *b, const struct node *ground)
{
    const struct node *excuse = node_get(node_get(b->tree, "excuses"), ground->text);

    grounds_check(b, ground);
    if (!node_get(excuse, "only_if") && !node_get(excuse, "in_force"))
        return;
    struct diag *d = diag_error(b->diags, "R002", ground->span,
                                "'%s' is open only at times, which stops no clock", ground->text);
    diag_hint(b->diags, d, "put the condition on the event that stops it");
}

static struct pause pause_of(struct build *b, const struct node *node)
{
    const struct node *ground = node_get(node, "ground"), *until = node_get(node, "until");
    struct pause pause = {
        .from = happenings(b, node_get(node, "from")),
        .until = happenings(b, until),
        .ground = build_text(b, node, "ground"),
        .span = node_place(node),
    };

    if (ground)
        check_pause_ground(b, ground);
    pause.limited = build_length(b, node_get(node, "at_most"), &pause.at_most);
    for (const struct node *n = build_first(b, until); n; n = n->next)
        if (names_have(&pause.from, n->text))
            diag_error(b->diags, "R002", n->span, "'%s' cannot both stop it and let it go on",
                       n->text);
    return pause;
}

static void compile_pauses(struct build *b, const struct node *node, struct deadline *out)
{
    bool several = node && node->kind == NODE_LIST;
    size_t count = 0;
    enum unit unit;

    if (!node)
        return;
    struct pause *pauses = ARENA_ARRAY(b->arena, struct pause, several ? node->count : 1);
    for (const struct node *n = build_first(b, node); n; n = n->next)
        pauses[count++] = pause_of(b, n);
    out->pauses = pauses;
    out->pause_count = count;
    if (out->due && !when_unit(out->due, &unit))
        diag_error(b->diags, "R044", node_place(node),
                   "'%s' is not counted forwards from a day in one unit, so no days of it can be "
                   "used or left", out->due->text);
}

void compile_moves(struct build *b, const struct node *node, struct deadline *out)
{
    const struct node *missed_for = node_get(node, "missed_for");

    out->extends = compile_extends(b, node_get(node, "extends"));
    compile_pauses(b, node_get(node, "paused_while"), out);
    out->missed_for = build_names(b, missed_for);
    grounds_check(b, missed_for);
}

void moves_check(struct build *b, const struct deadline *all, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct deadline *base =
            b->base_process ? process_deadline(b->base_process, all[i].name) : NULL;
        bool below = base && base->statutory; /* Then it was said as F002. */
        if (all[i].statutory && all[i].extends && !all[i].floor && !below)
            diag_error(b->diags, "F004", all[i].extends->span,
                       "the law sets the date of '%s', so nobody can extend it", all[i].name);
    }
}
