/* SPDX-License-Identifier: MIT */
/* moment - reads "2 weeks after meeting" into a tree (engine/model/moment.h).
 *
 * The grammar stands in docs/rules.md, Moments. Names are looked up by the
 * caller: which are anchors, and which are settings that stand for a length.
 */
#ifndef RULES_MOMENT_H
#define RULES_MOMENT_H

#include "engine/base/diag.h"
#include "engine/model/moment.h"

struct arena;

/* Who knows the names. Both may be NULL: every name is then ANCHOR_GIVEN. */
struct moment_names {
    void *self;
    /* Fills *out for a name that is an anchor ("meeting", or list and item for "advice.ep.asked").
     * `number`: the grammar wants a year there. False: unknown. */
    bool (*anchor)(void *self, const char *name, bool number, struct anchor *out);
    /* Fills *out for a setting that is a length. */
    bool (*length)(void *self, const char *name, struct length *out);
    /* All names, for "did you mean"; NULL-terminated count in *count. */
    const char *const *(*known)(void *self, size_t *count);
};

/* Parses `text`, which stands at `span` (one line; columns of findings are worked out from its
 * start). NULL: it was not a moment, and findings say where and why (M001, M002, M003). */
const struct moment *moment_parse(struct arena *arena, const char *text, struct span span,
                                  const struct moment_names *names, struct diags *diags);

/* "2 weeks", "10 working days". False when it is not a length. */
bool length_parse(const char *text, struct length *out);

/* The same rule, in other words or not: used to tell whether a pack changed the law's moment. */
bool moment_same(const struct moment *a, const struct moment *b);

/* Calls `seen` for every anchor in the tree. */
void moment_anchors(const struct moment *moment, void *self,
                    void (*seen)(void *self, const struct anchor *anchor));

#endif
