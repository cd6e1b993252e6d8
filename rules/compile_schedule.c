/* SPDX-License-Identifier: MIT */
/* `schedule`: what opens cases by itself. */
#include "rules/build.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/when/round.h"
#include <string.h>

/* --- when it comes round --------------------------------------------------------------------- */

static int in_days(struct length length)
{
    static const int days[] = {
        [UNIT_DAY] = 1,          [UNIT_WEEK] = 7,         [UNIT_MONTH] = 31,
        [UNIT_YEAR] = 366,       [UNIT_WORKING_DAY] = 2,  [UNIT_SCHOOL_DAY] = 3,
        [UNIT_SCHOOL_WEEK] = 14,
    };

    return length.n > ROUND_OFFSET_MAX ? ROUND_OFFSET_MAX + 1 : length.n * days[length.unit];
}

static bool too_far(const struct moment *moment)
{
    int days = 0;

    for (; moment->kind == MOMENT_AFTER || moment->kind == MOMENT_BEFORE ||
           moment->kind == MOMENT_DAY_AFTER || moment->kind == MOMENT_DAY_BEFORE;
         moment = moment->base)
        days += moment->kind == MOMENT_AFTER || moment->kind == MOMENT_BEFORE
                    ? in_days(moment->length)
                    : 1;
    return days > ROUND_OFFSET_MAX;
}

/* "year", "term": how often it comes round; NULL: by a table, which has no period. */
static const char *period_of(const struct moment *leaf)
{
    if (leaf->kind == MOMENT_MONTH_END)
        return "month";
    switch (leaf->recurring.kind) {
    case RECURRING_DAY:
    case RECURRING_WEEKDAY:
    case RECURRING_SCHOOL_YEAR:
        return "year";
    case RECURRING_TERM:
        return leaf->recurring.name ? "year" : "term";
    case RECURRING_HALF:
        return "half term";
    case RECURRING_TABLE:
        break;
    }
    return NULL;
}

static const struct moment *compile_opens_on(struct build *b, const struct node *node)
{
    const struct node *opens = node_get(node, "opens"), *every = node_get(node, "every");

    if (!opens || opens->kind != NODE_TEXT)
        return NULL;
    struct moment_names names = names_for_moments(b);
    names.comes_round = true;
    const struct moment *moment =
        moment_parse(b->arena, opens->text, opens->span, &names, b->diags);
    if (!moment)
        return NULL;
    const struct moment *leaf = round_leaf(moment);
    const char *period = leaf ? period_of(leaf) : NULL;
    if (!period || too_far(moment)) {
        struct diag *d = diag_error(b->diags, "R002", opens->span,
                                    period ? "a schedule opens within a year of what comes round"
                                           : "'%s' does not come round by itself",
                                    opens->text);
        diag_hint(b->diags, d, "write a day as 1 September, first Thursday of October, "
                               "1 week before end of month or start of autumn term");
        return NULL;
    }
    if (every && strcmp(every->text, period) != 0) {
        struct diag *d = diag_error(b->diags, "R002", every->span,
                                    "'%s' comes round every %s, not every %s", opens->text, period,
                                    every->text);
        diag_hint(b->diags, d, "write `every: %s`, or another day", period);
    }
    return moment;
}

/* --- for whom -------------------------------------------------------------------------------- */

#define EACH_CASE "each case of "

static void compile_whom(struct build *b, const struct node *node, struct schedule *out)
{
    const struct node *whom = node_get(node, "for");

    if (!whom || node_is(whom, "authority"))
        return;
    if (node_is(whom, "each school")) {
        out->whom = FOR_EACH_SCHOOL;
        return;
    }
    if (whom->kind == NODE_TEXT && text_starts(whom->text, EACH_CASE)) {
        out->whom = FOR_EACH_CASE;
        out->of = build_intern(b, whom->text + strlen(EACH_CASE));
        return;
    }
    struct diag *d = diag_error(b->diags, "R002", whom->span, "'%s' is nobody's: a schedule is for "
                                "`authority`, `each school` or `each case of PROCESS`",
                                whom->kind == NODE_TEXT ? whom->text : "this");
    diag_hint(b->diags, d, "write `for: each school`");
}

/* The process whose cases they are opened for. NULL: there is none, and it was said. */
static const struct node *source_tree(struct build *b, const struct node *node, const char *of)
{
    const struct named_trees *trees = &b->resolved->processes;
    const struct node *tree = named_tree(trees, of);

    if (tree)
        return tree;
    struct diag *d = diag_error(b->diags, "R011", node_get(node, "for")->span,
                                "there is no process '%s'", of);
    named_tree_nearest(trees, of, b->diags, d);
    return NULL;
}

static const struct process *source_process(const struct build *b, const struct node *tree)
{
    const struct named_trees *trees = &b->resolved->processes;

    for (size_t i = 0; i < trees->count; i++)
        if (trees->at[i].tree == tree)
            return &b->processes[i];
    return NULL;
}

struct name_list {
    const char **at;
    size_t count, room;
};

static void list_keys(struct build *b, const struct node *map, struct name_list *out)
{
    for (const struct node *n = map ? map->first : NULL; n; n = n->next)
        *LIST_ADD(b->arena, out) = n->key;
}

static bool want_among(struct build *b, const struct node *node, const struct name_list *known,
                       const char *code, const char *what, const char *of)
{
    if (text_in(node->text, known->at, known->count))
        return true;
    struct diag *d = diag_error(b->diags, code, node->span, "'%s' has no %s '%s'", of, what,
                                node->text);
    diag_nearest(b->diags, d, node->text, known->at, known->count);
    return false;
}

static void compile_states_of(struct build *b, const struct node *node, const struct node *tree,
                              struct schedule *out)
{
    struct name_list states = { NULL, 0, 0 };

    list_keys(b, node_get(tree, "states"), &states);
    out->in = build_names(b, node_get(node, "in"));
    for (const struct node *n = build_first(b, node_get(node, "in")); n; n = n->next)
        want_among(b, n, &states, "R005", "state", out->of);
}

static void compile_copy(struct build *b, const struct node *node, const struct node *tree,
                         struct schedule *out)
{
    const struct node *copy = node_get(node, "copy"), *states = node_get(tree, "states");
    struct { struct copied *at; size_t count, room; } values = { NULL, 0, 0 };
    struct name_list theirs = { NULL, 0, 0 };

    list_keys(b, node_get(tree, "fields"), &theirs);
    list_keys(b, node_get(tree, "events"), &theirs);
    for (const struct node *n = states ? states->first : NULL; n; n = n->next)
        list_keys(b, node_get(n, "events"), &theirs);
    for (const struct node *n = copy ? copy->first : NULL; n; n = n->next) {
        struct node name = { .span = n->key_span };
        if (names_want(b, &name, n->key, NAME_FIELD) &&
            want_among(b, n, &theirs, "R007", "field or event", out->of))
            *LIST_ADD(b->arena, &values) = (struct copied){ .theirs = build_intern(b, n->key),
                                                            .ours = build_intern(b, n->text) };
    }
    out->copy = values.at;
    out->copy_count = values.count;
}

/* Asked of the other case, so its names are meant. */
static const struct condition *compile_only_if(struct build *b, const struct node *node,
                                               const struct node *tree)
{
    struct process *own = b->process;

    b->process = &b->processes[source_process(b, tree) - b->processes];
    const struct condition *condition = build_condition(b, node_get(node, "only_if"));
    b->process = own;
    return condition;
}

static void compile_source(struct build *b, const struct node *node, struct schedule *out)
{
    static const char *const its[] = { "in", "copy", "only_if" };

    for (size_t i = 0; out->whom != FOR_EACH_CASE && i < sizeof its / sizeof *its; i++)
        if (node_get(node, its[i]))
            diag_error(b->diags, "R002", node_get(node, its[i])->key_span,
                       "'%s' goes with `for: each case of PROCESS`", its[i]);
    const struct node *tree =
        out->whom == FOR_EACH_CASE ? source_tree(b, node, out->of) : NULL;
    if (!tree)
        return;
    compile_states_of(b, node, tree, out);
    compile_copy(b, node, tree, out);
    out->only_if = compile_only_if(b, node, tree);
}

/* --- what it is given ------------------------------------------------------------------------ */

/* Nobody is there to be asked. */
static void check_asks(struct build *b, const struct schedule *schedule)
{
    const struct process *p = b->process;

    for (size_t i = 0; i < p->open_ask_count; i++) {
        const struct field *field = process_field(p, p->open_asks[i].field);
        bool given = p->open_asks[i].optional || (field && field->cases);
        for (size_t j = 0; j < schedule->copy_count; j++)
            given = given || schedule->copy[j].theirs == p->open_asks[i].field;
        if (given)
            continue;
        struct diag *d = diag_error(b->diags, "R002", schedule->span,
                                    "cases that open by themselves are not asked '%s'",
                                    p->open_asks[i].field);
        diag_hint(b->diags, d, "`opens` asks it: make it `\"%s?\"`, or copy it from the case it "
                  "is opened for", p->open_asks[i].field);
    }
}

void compile_schedule(struct build *b)
{
    const struct node *node = node_get(b->tree, "schedule");

    if (!node || node->kind != NODE_MAP)
        return;
    struct schedule *schedule = ARENA_NEW(b->arena, struct schedule);
    schedule->span = node_place(node);
    schedule->opens = compile_opens_on(b, node);
    compile_whom(b, node, schedule);
    compile_source(b, node, schedule);
    check_asks(b, schedule);
    b->process->schedule = schedule;
}
