/* SPDX-License-Identifier: MIT */
/* Fields of `type: cases`: rows of other cases, which the engine fills. */
#include "rules/build.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include <string.h>

struct columns {
    struct field *at;
    size_t count, room;
};

static const struct node *tree_of(struct build *b, const struct node *field)
{
    const struct node *of = node_get(field, "of");
    const struct node *tree = of ? named_tree(&b->resolved->processes, of->text) : NULL;

    if (!of) {
        diag_error(b->diags, "R003", node_place(field), "'%s' needs 'of': the cases' process",
                   field->key);
    } else if (!tree) {
        struct diag *d =
            diag_error(b->diags, "R011", of->span, "there is no process '%s'", of->text);
        named_tree_nearest(&b->resolved->processes, of->text, b->diags, d);
    }
    return tree;
}

/* The entry of `map` that `name` names, or a finding with the nearest. */
static const struct node *entry(struct build *b, const struct node *map, const struct node *name,
                                const char *code, const char *what, const char *of)
{
    struct { const char **at; size_t count, room; } known = { NULL, 0, 0 };
    const struct node *found = node_get(map, name->text);

    if (found)
        return found;
    for (const struct node *n = map ? map->first : NULL; n; n = n->next)
        *LIST_ADD(b->arena, &known) = n->key;
    struct diag *d =
        diag_error(b->diags, code, name->span, "'%s' has no %s '%s'", of, what, name->text);
    diag_nearest(b->diags, d, name->text, known.at, known.count);
    return NULL;
}

/* A kept field must not be seen by more people here than there. */
static void check_seen(struct build *b, const struct node *keep, const struct node *theirs,
                       const struct field *field)
{
    const struct names theirs_seen = build_names(b, node_get(theirs, "seen_by"));
    bool open = theirs_seen.count && !field->seen_by.count;

    for (size_t i = 0; theirs_seen.count && i < field->seen_by.count; i++)
        open = open || !names_have(&theirs_seen, field->seen_by.at[i]);
    if (!open)
        return;
    struct diag *d = diag_error(b->diags, "R002", keep->span,
                                "'%s' would be seen by more people here than where it stands",
                                keep->text);
    diag_hint(b->diags, d, "give '%s' the same `seen_by`, or do not keep it", field->name);
}

static void keep_column(struct build *b, const struct node *keep, const struct node *tree,
                        struct field *field, struct columns *out)
{
    const struct node *theirs =
        entry(b, node_get(tree, "fields"), keep, "R007", "field", field->cases->of);

    if (!theirs)
        return;
    struct field column = { .name = build_intern(b, theirs->key),
                            .label = build_text(b, theirs, "label"),
                            .type = compile_type(build_text(b, theirs, "type")),
                            .personal = build_yes(theirs, "personal", false),
                            .span = keep->span };
    if (column.type == FIELD_ROWS || column.type == FIELD_CHOICES) {
        diag_error(b->diags, "R002", keep->span, "'%s' holds several values: it cannot be kept",
                   keep->text);
        return;
    }
    if (column.type == FIELD_CHOICE)
        compile_options(b, theirs, &column);
    check_seen(b, keep, theirs, field);
    field->personal = field->personal || column.personal;
    *LIST_ADD(b->arena, out) = column;
}

/* Whom both are about: what the other process opens one per. */
static void compile_child(struct build *b, const struct node *node, const struct node *tree,
                          struct cases_rule *out)
{
    const struct node *theirs = node_get(node_get(tree, "opens"), "one_per");
    const struct node *own = node_get(node_get(b->tree, "opens"), "one_per");
    const struct node *at = node_get(node, "at");

    if (theirs && names_field_type(b, theirs->text))
        out->child = build_intern(b, theirs->text);
    else if (theirs && own)
        out->child = build_intern(b, own->text);
    if (out->child)
        return;
    struct diag *d = diag_error(b->diags, "R002", at->span, theirs
                                ? "there is no field '%s' here to tell the child by"
                                : "'%s' has no `one_per`, so whose its cases are is not known",
                                theirs ? theirs->text : out->of);
    diag_hint(b->diags, d, "`one_per` under `opens` says which field the child is told by");
}

static void compile_at(struct build *b, const struct node *node, const struct node *tree,
                       struct cases_rule *out)
{
    static const char *const words[] = {
        [CASES_SAME_SCHOOL] = "same school", [CASES_SAME_CHILD] = "same child",
        [CASES_CHILDREN] = "children",       [CASES_ANYWHERE] = "anywhere",
    };
    const struct node *at = node_get(node, "at");

    for (size_t i = 0; at && i < sizeof words / sizeof *words; i++)
        if (node_is(at, words[i]))
            out->at = (enum cases_at)i;
    if (out->at == CASES_SAME_CHILD)
        compile_child(b, node, tree, out);
}

static struct field own_column(struct build *b, const char *name, const char *label)
{
    return (struct field){ .name = build_intern(b, name), .label = label, .type = FIELD_TEXT };
}

void compile_cases(struct build *b, const struct node *node, struct field *out)
{
    static const char *const not_here[] = { "columns", "is", "min", "max", "pattern" };
    const struct node *tree = tree_of(b, node);
    struct cases_rule *rule = ARENA_NEW(b->arena, struct cases_rule);
    struct columns columns = { NULL, 0, 0 };

    for (size_t i = 0; i < sizeof not_here / sizeof *not_here; i++)
        if (node_get(node, not_here[i]))
            diag_error(b->diags, "R002", node_get(node, not_here[i])->key_span,
                       "'%s' is looked up: it has no '%s'", node->key, not_here[i]);
    out->cases = rule;
    rule->of = build_text(b, node, "of");
    *LIST_ADD(b->arena, &columns) = own_column(b, CASES_COLUMN_CASE, "Case");
    *LIST_ADD(b->arena, &columns) = own_column(b, CASES_COLUMN_STATE, "State");
    if (tree) {
        compile_at(b, node, tree, rule);
        rule->in = build_names(b, node_get(node, "in"));
        for (const struct node *n = build_first(b, node_get(node, "in")); n; n = n->next)
            entry(b, node_get(tree, "states"), n, "R005", "state", rule->of);
        for (const struct node *n = build_first(b, node_get(node, "keep")); n; n = n->next)
            keep_column(b, n, tree, out, &columns);
    }
    out->columns = columns.at;
    out->column_count = columns.count;
}
