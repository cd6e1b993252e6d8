/* SPDX-License-Identifier: MIT */
#include "rules/build.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include <string.h>

/* --- consents -------------------------------------------------------------------------------- */

static void compile_covers(struct build *b, const struct node *node, struct consent_rule *out)
{
    const struct node *covers = node_get(node, "covers");

    out->covers = build_names(b, covers);
    for (const struct node *n = build_first(b, covers); n; n = n->next) {
        if (!names_want(b, n, n->text, NAME_FIELD))
            continue;
        if (node_get(names_find(b, n->text)->node, "is"))
            diag_error(b->diags, "R002", n->span, "'%s' is worked out: nobody can agree to it",
                       n->text);
    }
}

/* A field in two consents would change with neither. */
static void check_covers(struct build *b, const struct consent_rule *all, size_t count,
                         const struct node *node)
{
    for (const struct node *n = build_first(b, node_get(node, "covers")); n; n = n->next)
        for (size_t i = 0; i < count; i++)
            if (names_have(&all[i].covers, build_intern(b, n->text)))
                diag_error(b->diags, "R004", n->span, "'%s' is covered by '%s' already", n->text,
                           all[i].name);
}

/* The fields that name those who have to agree. */
static void compile_of(struct build *b, const struct node *node, struct consent_rule *out)
{
    const struct node *of = node_get(node, "of");

    out->of = build_names(b, of);
    if (of && !out->enough_all) {
        struct diag *d = diag_error(b->diags, "R003", of->key_span,
                                    "'of' is for a consent that all have to give");
        diag_hint(b->diags, d, "add `enough: all`");
    }
    for (const struct node *n = build_first(b, of); n; n = n->next) {
        if (!names_want(b, n, n->text, NAME_FIELD))
            continue;
        const char *type = names_field_type(b, n->text);
        if (!text_same(type, "person") && !text_same(type, "text"))
            diag_error(b->diags, "R002", n->span, "'%s' names nobody: it is of type %s", n->text,
                       text_or(type, "none"));
    }
}

static struct consent_rule consent_of(struct build *b, const struct node *node)
{
    const struct node *from = node_get(node, "from"), *within = node_get(node, "answer_within");
    const struct node *to = node_get(node_get(node, "withdrawn"), "to");
    struct consent_rule consent = {
        .name = build_intern(b, node->key),
        .title = build_text(b, node, "title"),
        .law = build_text(b, node, "law"),
        .until = build_moment(b, node_get(node, "until")),
        .only_if = build_condition(b, node_get(node, "only_if")),
        .statutory = build_yes(node, "statutory", false),
        .enough_all = text_same(build_text(b, node, "enough"), "all"),
        .span = node_place(node),
    };

    if (from && names_role(b, from, from->text))
        consent.from = build_intern(b, from->text);
    if (to && names_want(b, to, to->text, NAME_STATE))
        consent.withdrawn_to = build_intern(b, to->text);
    consent.in_force = compile_in_force(b, node, consent.until);
    consent.answer_limited = build_length(b, within, &consent.answer_within);
    compile_covers(b, node, &consent);
    compile_of(b, node, &consent);
    return consent;
}

/* --- excuses --------------------------------------------------------------------------------- */

static struct excuse excuse_of(struct build *b, const struct node *node)
{
    struct excuse excuse = {
        .in_force = compile_in_force(b, node, NULL),
        .name = build_intern(b, node->key),
        .title = build_text(b, node, "title"),
        .law = build_text(b, node, "law"),
        .by = build_names(b, node_get(node, "by")),
        .only_if = build_condition(b, node_get(node, "only_if")),
        .proof = compile_proof(node_get(node, "proof")),
        .files = compile_files(b, node_get(node, "proof")),
        .span = node_place(node),
    };

    for (const struct node *n = build_first(b, node_get(node, "by")); n; n = n->next)
        names_role(b, n, n->text);
    for (const struct node *n = build_first(b, node_get(node, "asks")); n; n = n->next)
        if (strcmp(n->text, "why") != 0)
            diag_error(b->diags, "R019", n->span,
                       "an excuse asks 'why' and nothing else in this version");
    return excuse;
}

void compile_consents(struct build *b)
{
    const struct node *map = node_get(b->tree, "consents");
    struct consent_rule *consents =
        ARENA_ARRAY(b->arena, struct consent_rule, map ? map->count : 0);
    size_t count = 0;

    for (const struct node *n = map ? map->first : NULL; n; n = n->next, count++) {
        check_covers(b, consents, count, n);
        consents[count] = consent_of(b, n);
    }
    b->process->consents = consents;
    b->process->consent_count = count;

    map = node_get(b->tree, "excuses");
    struct excuse *excuses = ARENA_ARRAY(b->arena, struct excuse, map ? map->count : 0);
    count = 0;
    for (const struct node *n = map ? map->first : NULL; n; n = n->next)
        excuses[count++] = excuse_of(b, n);
    b->process->excuses = excuses;
    b->process->excuse_count = count;
}
