/* SPDX-License-Identifier: MIT */
/* moment - reads "2 weeks after meeting" into a tree (engine/model/moment.h).
 *
 * The grammar stands in docs/rules.md, Moments. Names are looked up by the
 * caller: which are anchors, and which are settings that stand for a length.
 *
 *   text -> tokens (moment_reader.c) -> terms (moment.c) -> what is counted
 *        (moment_counted.c) or comes round (moment_recurring.c), of lengths and
 *        names (moment_parts.c)
 */
#ifndef RULES_MOMENT_H
#define RULES_MOMENT_H

#include "engine/base/diag.h"
#include "engine/model/length.h"
#include "engine/model/moment.h"

struct arena;
struct calendar;

/* Who knows the names. Without any (NULL) every name is ANCHOR_GIVEN, but that of
 * `due of X`, which is always ANCHOR_DUE. */
struct moment_names {
    void *self;
    /* Fills *out for a name that is an anchor: "meeting", "opened", "asked", list and item for
     * "advice.ep.asked". `first` and `chosen` are set by the parser afterwards. `number`: the
     * grammar wants a year there. False: unknown. Not asked for `due of X`: the parser takes any
     * name there, and the caller checks it with moment_anchors(). May be NULL: every name is
     * ANCHOR_GIVEN. */
    bool (*anchor)(void *self, const char *name, bool number, struct anchor *out);
    /* Fills *out for a setting that is a length. May be NULL: there are none. */
    bool (*length)(void *self, const char *name, struct length *out);
    /* For a setting that is a length: what it is from certain days on, earliest first; how many in
     * *count. May be NULL: settings do not change. */
    const struct length_from *(*later)(void *self, const char *name, size_t *count);
    /* For a name that is a setting but no length: where its value was said, and what it is. False:
     * it is no setting. May be NULL. */
    bool (*setting)(void *self, const char *name, struct span *span, const char **text);
    /* All names, for "did you mean"; how many in *count. May be NULL. */
    const char *const *(*known)(void *self, size_t *count);
    /* "1 September" alone, as a schedule says it: without `after X` what comes round is the next
     * after ANCHOR_OCCASION. */
    bool comes_round;
    /* Whose tables and terms a moment may name (C001); NULL: not checked. */
    const struct calendar *calendar;
};

/* Parses `text`, which stands at `span`. Columns of findings are worked out from its start where
 * the span is as wide as the text, or two wider (quotes); else, as for folded text, they have the
 * whole span. All of the tree lives in `arena`; what `names` fills in is borrowed by it. NULL: it
 * was not a moment, and findings say where and why (M001, M002, M003, R013, C001). */
const struct moment *moment_parse(struct arena *arena, const char *text, struct span span,
                                  const struct moment_names *names, struct diags *diags);

/* Words that moments are made of, which no field, event or setting may be called. */
bool moment_word(const char *name);

/* The same rule, in other words or not: used to tell whether a pack changed the law's moment. */
bool moment_same(const struct moment *a, const struct moment *b);

/* Calls `seen` for every anchor in the tree. */
void moment_anchors(const struct moment *moment, void *self,
                    void (*seen)(void *self, const struct anchor *anchor));

#endif
