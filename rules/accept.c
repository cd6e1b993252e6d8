/* SPDX-License-Identifier: MIT */
/* Warnings that a pack keeps, with its reason: `accepts` of pack.yaml. */
#include "rules/pack.h"

#include "engine/base/diag_codes.h"
#include "engine/base/text.h"
#include "rules/layer.h"
#include <string.h>

/* Whether a file is of the pack that `above` is a file of, or of one that it extends. */
static bool at_or_below(const struct pack *pack, const struct source *above,
                        const struct source *file)
{
    bool found = false;

    for (; pack; pack = pack->base) {
        size_t len = strlen(pack->model->pack);
        found = found || (text_starts(above->path, pack->model->pack) && above->path[len] == '/');
        if (found && text_starts(file->path, pack->model->pack) && file->path[len] == '/')
            return true;
        if (pack->base && !pack->base->model)
            break;
    }
    return false;
}

/* The warning of that code about that thing; diags->count: there is none. A pack speaks for itself
 * and those below: what one above it writes, that one has to answer for. */
static size_t find(const struct pack *pack, const struct diags *diags, const char *code,
                   const struct node *thing)
{
    size_t i = 0;

    while (i < diags->count && (strcmp(diags->at[i].code, code) != 0 ||
                                !text_same(diags->at[i].about, thing->key) ||
                                (diags->at[i].span.source &&
                                 !at_or_below(pack, thing->key_span.source,
                                              diags->at[i].span.source))))
        i++;
    return i;
}

static bool has_code(const struct diags *diags, const char *code)
{
    for (size_t i = 0; i < diags->count; i++)
        if (!strcmp(diags->at[i].code, code) && diags->at[i].about)
            return true;
    return false;
}

/* Hints at what there is of that code. */
static void hint_others(struct diags *diags, struct diag *d, const char *code, const char *about)
{
    const char *names[DIAG_MAX];
    size_t count = 0;

    for (size_t i = 0; i < diags->count; i++)
        if (!strcmp(diags->at[i].code, code) && diags->at[i].about)
            names[count++] = diags->at[i].about;
    if (!diag_nearest(diags, d, about, names, count) && count)
        diag_hint(diags, d, "%s is found about '%s'", code, names[0]);
}

static void accept_one(const struct pack *pack, const struct node *code, const struct node *thing,
                       struct diags *diags)
{
    size_t at, found = 0;
    bool own = text_starts(thing->key_span.source->path, pack->model->pack) &&
               thing->key_span.source->path[strlen(pack->model->pack)] == '/';

    if (thing->kind != NODE_TEXT) {
        diag_error(diags, "R002", node_place(thing), "the reason for keeping '%s' is words",
                   thing->key);
        return;
    }
    while ((at = find(pack, diags, code->key, thing)) < diags->count) {
        diag_accept(diags, at, thing->text);
        found++;
    }
    /* One of a pack below may be of no use here, and beyond the list nobody can tell. */
    if (found || !own || diags->dropped)
        return;
    bool others = has_code(diags, code->key);
    struct diag *d =
        diag_warning(diags, "D020", thing->key_span,
                     "%s is accepted about '%s', and not found there", code->key, thing->key);
    diag_about(diags, d, "%s.%s", code->key, thing->key);
    if (others)
        hint_others(diags, d, code->key, thing->key);
}

void pack_accept(const struct pack *pack, struct diags *diags)
{
    const struct node *accepts =
        pack->resolved ? node_get(pack->resolved->pack, "accepts") : NULL;

    for (const struct node *code = accepts && pack->model ? accepts->first : NULL; code;
         code = code->next) {
        if (code->kind != NODE_MAP) {
            struct diag *d = diag_error(diags, "R002", node_place(code),
                                        "'%s' wants a map of what is accepted, with reasons",
                                        code->key);
            diag_hint(diags, d, "write %s: {annual-review.send_report: why it is meant}",
                      code->key);
        } else if (!diag_code_find(code->key)) {
            struct diag *d = diag_error(diags, "R002", node_place(code),
                                        "there is no finding '%s'", code->key);
            diag_hint(diags, d, "the code stands in the square brackets of the warning");
        } else {
            for (const struct node *n = code->first; n; n = n->next)
                accept_one(pack, code, n, diags);
        }
    }
}
