/* SPDX-License-Identifier: MIT */
/* Which files are taken as proof. */
#include "rules/build.h"

#include "engine/base/text.h"
#include "engine/model/proof.h"
#include <string.h>

static void check_type(struct build *b, const struct node *node)
{
    size_t count;
    const char *const *all = proof_types(&count);

    if (proof_type_known(node->text))
        return;
    struct diag *d = diag_error(b->diags, "R002", node->span,
                                "'%s' is no kind of file that is kept", node->text);
    if (!diag_nearest(b->diags, d, node->text, all, count))
        diag_hint(b->diags, d, "there are %s", text_list(b->arena, all, count, " and "));
}

struct file_rule compile_files(struct build *b, const struct node *map)
{
    const struct node *types = node_get(map, "types"), *up_to = node_get(map, "up_to");
    struct file_rule rule = { .types = build_names(b, types) };

    for (const struct node *n = build_first(b, types); n; n = n->next)
        check_type(b, n);
    if (up_to && !proof_size_read(up_to->text, &rule.up_to)) {
        struct diag *d = diag_error(b->diags, "R002", up_to->span, "'%s' is no size of a file",
                                    up_to->text);
        diag_hint(b->diags, d, "write 500 KB or 5 MB; 25 MB at most");
    }
    return rule;
}

bool compile_proof(const struct node *proof)
{
    if (!proof || proof->kind == NODE_MAP)
        return proof && build_yes(proof, "required", true);
    return strcmp(proof->text, "no") != 0;
}
