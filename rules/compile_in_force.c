/* SPDX-License-Identifier: MIT */
/* From when until when a rule holds, and that the regimes of one rule leave no case out and take
 * none twice. */
#include "rules/build.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "rules/moment.h"
#include <stdlib.h>
#include <string.h>

static day date_of(const struct node *map, const char *key)
{
    const struct node *node = node_get(map, key);
    day date;

    return node && node->kind == NODE_TEXT && day_parse(node->text, &date) ? date : DAY_NONE;
}

static const struct moment *judged_on_of(struct build *b, const struct node *node)
{
    const struct moment *moment = build_moment(b, node);

    if (!moment || (moment->kind == MOMENT_ANCHOR && moment->anchor.kind != ANCHOR_NUMBER))
        return moment;
    struct diag *d =
        diag_error(b->diags, "R002", node->span, "'%s' is not one day of the case", node->text);
    diag_hint(b->diags, d, "name a date field, an event, a state, or `opened`");
    return NULL;
}

const struct in_force *compile_in_force(struct build *b, const struct node *rule,
                                        const struct moment *own)
{
    const struct node *node = node_get(rule, "in_force");
    const struct node *instead = node_get(node, "instead_of");

    if (!node)
        return NULL;
    struct in_force *in_force = ARENA_NEW(b->arena, struct in_force);
    *in_force = (struct in_force){
        .from = date_of(node, "from"),
        .until = date_of(node, "until"),
        .judged_on = judged_on_of(b, node_get(node, "judged_on")),
        .own = own,
        .instead_of = build_text(b, node, "instead_of"),
        .span = node_place(node),
        .instead_span = instead ? instead->span : node_place(node),
    };
    if (in_force->from == DAY_NONE && in_force->until == DAY_NONE) {
        struct diag *d = diag_error(b->diags, "R003", node_place(node),
                                    "'%s' begins and ends never", rule->key);
        diag_hint(b->diags, d,
                  "write `from`, the first day it holds, or `until`, the first it does not");
        return NULL;
    }
    if (in_force->from != DAY_NONE && in_force->until != DAY_NONE &&
        in_force->from >= in_force->until) {
        diag_error(b->diags, "R043", node_get(node, "until")->span,
                   "'%s' never holds: it ends on or before the day it begins", rule->key);
        return NULL;
    }
    return in_force;
}

/* --- regimes --------------------------------------------------------------------------------- */

struct regime {
    const char *name;
    const struct in_force *in_force;
    const struct deadline *clock;   /* NULL: no deadline. */
    size_t group;                   /* Of which rule it is a regime. */
    bool named;                     /* By `instead_of`: meant as one, so a fault is an error. */
};
struct regimes {
    struct regime *at;
    size_t count, room;
};

static void add(struct build *b, struct regimes *all, const char *name,
                const struct in_force *in_force, const struct deadline *clock)
{
    bool item = clock && clock->list; /* Stands in its list. */
    size_t group = all->count;

    if (in_force && !item)
        *LIST_ADD(b->arena, all) = (struct regime){ name, in_force, clock, group, false };
}

static bool met_alike(const struct deadline *a, const struct deadline *b)
{
    if (!a || !b || !a->met_count || a->met_count != b->met_count)
        return false;
    for (size_t i = 0; i < a->met_count; i++) {
        bool found = false;
        for (size_t j = 0; j < b->met_count; j++)
            found = found || (a->met_by[i].kind == b->met_by[j].kind &&
                              text_same(a->met_by[i].name, b->met_by[j].name) &&
                              text_same(a->met_by[i].item, b->met_by[j].item));
        if (!found)
            return false;
    }
    return true;
}

static void join(struct regimes *all, size_t a, size_t b)
{
    size_t from = all->at[b].group, to = all->at[a].group;

    for (size_t i = 0; i < all->count; i++)
        if (all->at[i].group == from)
            all->at[i].group = to;
}

static void join_named(struct build *b, struct regimes *all, size_t i)
{
    const struct in_force *in_force = all->at[i].in_force;
    const char **names = ARENA_ARRAY(b->arena, const char *, all->count);
    size_t known = 0;

    for (size_t j = 0; in_force->instead_of && j < all->count; j++) {
        if (j != i && text_same(all->at[j].name, in_force->instead_of)) {
            all->at[i].named = all->at[j].named = true;
            join(all, i, j);
            return;
        }
        if (j != i)
            names[known++] = all->at[j].name;
    }
    if (!in_force->instead_of)
        return;
    struct diag *d = diag_error(b->diags, "R002", in_force->instead_span,
                                "there is no '%s' with `in_force` beside '%s'",
                                in_force->instead_of, all->at[i].name);
    diag_nearest(b->diags, d, in_force->instead_of, names, known);
}

/* By which day of a case it is judged, as a word that two regimes can be compared by. */
struct judging {
    struct build *b;
    const char *word;
};

static void add_anchor(void *self, const struct anchor *anchor)
{
    struct judging *j = self;

    if (anchor->kind != ANCHOR_NUMBER)
        j->word = arena_printf(j->b->arena, "%s %d%d%s.%s", j->word, (int)anchor->kind,
                               anchor->first, text_or(anchor->name, ""), text_or(anchor->item, ""));
}

static const char *judged_by(struct build *b, const struct in_force *in_force)
{
    const struct moment *moment = in_force->judged_on ? in_force->judged_on : in_force->own;
    struct judging judging = { b, "" };

    if (moment)
        moment_anchors(moment, &judging, add_anchor);
    return judging.word;
}

static int by_from(const void *a, const void *b)
{
    const struct regime *x = a, *y = b;
    day from = x->in_force->from, to = y->in_force->from;

    if (from != to)
        return from == DAY_NONE || (to != DAY_NONE && from < to) ? -1 : 1;
    return strcmp(x->name, y->name);
}

static struct diag *say(struct build *b, bool error, const char *code, const struct regime *of,
                        const char *text)
{
    if (error)
        return diag_error(b->diags, code, of->in_force->span, "%s", text);
    struct diag *d = diag_warning(b->diags, code, of->in_force->span, "%s", text);
    diag_about(b->diags, d, "%s.%s", b->process->name, of->name);
    return d;
}

static const char *on_day(struct build *b, day date)
{
    char text[DAY_TEXT_MAX];

    return arena_text(b->arena, day_short(date, text));
}

/* Two neighbours in time. */
static void check_pair(struct build *b, bool error, const struct regime *one,
                       const struct regime *next)
{
    day end = one->in_force->until, begin = next->in_force->from;
    bool overlap = end == DAY_NONE || begin == DAY_NONE || end > begin;
    const char *text;

    if (end != DAY_NONE && end == begin)
        return;
    if (!overlap && end + 1 == begin)
        text = arena_printf(b->arena, "neither '%s' nor '%s' holds on %s", one->name, next->name,
                            on_day(b, end));
    else if (!overlap)
        text = arena_printf(b->arena, "neither '%s' nor '%s' holds from %s to %s", one->name,
                            next->name, on_day(b, end), on_day(b, begin - 1));
    else if (begin == DAY_NONE)
        text = arena_printf(b->arena, "both '%s' and '%s' hold until %s", one->name, next->name,
                            end == DAY_NONE ? "for good" : on_day(b, end));
    else
        text = arena_printf(b->arena, "both '%s' and '%s' hold from %s on", one->name, next->name,
                            on_day(b, begin));
    struct diag *d = say(b, error, overlap ? "R041" : "R040", next, text);
    diag_note(b->diags, d, one->in_force->span, "'%s' stands", one->name);
}

static void check_judging(struct build *b, bool error, const struct regime *one,
                          const struct regime *other)
{
    if (text_same(judged_by(b, one->in_force), judged_by(b, other->in_force)))
        return;
    struct diag *d =
        say(b, error, "R042", other,
            arena_printf(b->arena, "'%s' and '%s' are judged on different days, so a case can fall "
                         "under both, or neither", one->name, other->name));
    diag_note(b->diags, d, one->in_force->span, "'%s' stands", one->name);
}

/* All regimes of one rule, in order of time; those of one stretch count as one. */
static void check_group(struct build *b, const struct regime *all, size_t count)
{
    const struct regime *last = &all[0];
    bool error = false, several = false;

    for (size_t i = 0; i < count; i++) {
        error = error || all[i].named;
        several = several || all[i].in_force->from != all[0].in_force->from ||
                  all[i].in_force->until != all[0].in_force->until;
    }
    if (!several && !error)
        return;
    if (all[0].in_force->from != DAY_NONE)
        say(b, error, "R040", &all[0],
            arena_printf(b->arena, "nothing holds before %s, when '%s' begins",
                         on_day(b, all[0].in_force->from), all[0].name));
    for (size_t i = 1; i < count; i++) {
        check_judging(b, error, &all[0], &all[i]);
        bool same = !error && all[i].in_force->from == last->in_force->from &&
                    all[i].in_force->until == last->in_force->until;
        if (!same)
            check_pair(b, error, last, &all[i]);
        last = &all[i];
    }
    if (last->in_force->until != DAY_NONE)
        say(b, error, "R040", last,
            arena_printf(b->arena, "nothing holds from %s on, when '%s' ends",
                         on_day(b, last->in_force->until), last->name));
}

/* The rules of one map. */
static void check_map(struct build *b, struct regimes *all)
{
    struct regime *group = ARENA_ARRAY(b->arena, struct regime, all->count);

    for (size_t i = 0; i < all->count; i++) {
        join_named(b, all, i);
        for (size_t j = 0; j < i; j++)
            if (met_alike(all->at[i].clock, all->at[j].clock))
                join(all, i, j);
    }
    for (size_t g = 0; g < all->count; g++) {
        size_t count = 0;
        for (size_t i = 0; i < all->count; i++)
            if (all->at[i].group == g)
                group[count++] = all->at[i];
        if (count < 2)
            continue;
        qsort(group, count, sizeof *group, by_from);
        check_group(b, group, count);
    }
}

#define CHECK_MAP(b, array, size, clock_of)                                                       \
    do {                                                                                          \
        struct regimes all_ = { NULL, 0, 0 };                                                     \
        for (size_t i_ = 0; i_ < (size); i_++)                                                    \
            add(b, &all_, (array)[i_].name, (array)[i_].in_force, clock_of);                      \
        check_map(b, &all_);                                                                      \
    } while (0)

void in_force_check(struct build *b)
{
    const struct process *p = b->process;

    CHECK_MAP(b, p->deadlines, p->deadline_count, &p->deadlines[i_]);
    CHECK_MAP(b, p->fields, p->field_count, NULL);
    CHECK_MAP(b, p->consents, p->consent_count, NULL);
    CHECK_MAP(b, p->excuses, p->excuse_count, NULL);
    CHECK_MAP(b, p->events, p->event_count, NULL);
    for (size_t i = 0; i < p->checklist_count; i++)
        CHECK_MAP(b, p->checklists[i].items, p->checklists[i].item_count, NULL);
}
