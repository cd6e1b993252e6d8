/* SPDX-License-Identifier: MIT */
/* starter - the files a new pack begins with, as texts: nothing is written here.
 *
 * They stand under rules/new/ as one would read them, ((word)) where a word is
 * put in, and are built into the program. With them goes the schema that their
 * first lines name to an editor. `alone` is a pack of its own,
 * `extending` one that extends another; what the second shows is told with a
 * case of a story of the base, since only those say what a case of it needs.
 */
#ifndef RULES_STARTER_H
#define RULES_STARTER_H

#include "rules/pack.h"

/* How a story of a pack begins. */
struct story {
    const char *process;
    day opened;
    const char *given;   /* The lines of `fields` and `as`, as written; "" without. */
};
struct stories {
    struct story *at;
    size_t count, room;
};
/* Those of all layers, the pack's own first; unreadable ones are passed over. In `arena`. */
void starter_stories(struct arena *arena, const struct pack_files *files, struct stories *out);

struct starter {
    const char *pack, *title;    /* Both always. */
    const char *base, *base_title, *calendar; /* What it extends, its calendar; NULL: nothing. */
    const struct process *process; /* With `base`: the example's; NULL: there is no example. */
    const struct role *role;     /* Whose the example is. */
    const struct story *story;
};
struct starter_files {
    struct source *at;           /* Paths are "moorland/pack.yaml". */
    size_t count, room;
};
void starter_write(struct arena *arena, const struct starter *starter, struct starter_files *out);

#endif
