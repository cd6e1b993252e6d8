/* SPDX-License-Identifier: MIT */
#include "engine/core/evidence.h"

#include "engine/base/text.h"
#include "engine/model/proof.h"

static enum err_code check(struct draft *d, const struct file_rule *rule, const char *what,
                           const struct proof *proof)
{
    if (rule->types.count && proof->type && !names_have(&rule->types, proof->type))
        return err_set(d->err, ERR_INPUT, "'%s' is of kind %s, and %s takes only %s", proof->name,
                       proof->type, what,
                       text_list(d->arena, rule->types.at, rule->types.count, " and "));
    if (rule->up_to && proof->size > rule->up_to)
        return err_set(d->err, ERR_INPUT, "'%s' has %s, and %s takes up to %s", proof->name,
                       proof_size_text(d->arena, proof->size), what,
                       proof_size_text(d->arena, rule->up_to));
    return ERR_NONE;
}

enum err_code evidence_check(struct draft *d, const struct file_rule *rule, const char *what)
{
    if (!d->in->event->file)
        return ERR_NONE;
    const struct proof proof = proof_read(d->arena, d->in->event->file);
    struct file_rule all = d->in->model->files;
    if (!all.up_to)
        all.up_to = PROOF_BYTES_USUAL;
    bool own_size = rule && rule->up_to; /* One thing may take more than the rest. */
    if (own_size)
        all.up_to = rule->up_to;
    if (proof.type && !proof_type_known(proof.type))
        return err_set(d->err, ERR_INPUT, "'%s' is of a kind that is not kept", proof.name);
    enum err_code rc = rule ? check(d, rule, what, &proof) : ERR_NONE;
    if (rule && rule->types.count)
        all.types = rule->types;
    return rc ? rc : check(d, &all, "this pack", &proof);
}
