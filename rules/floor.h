/* SPDX-License-Identifier: MIT */
/* floor - the parts of comparing a process with the law's that stand in files of their own. */
#ifndef RULES_FLOOR_H
#define RULES_FLOOR_H

#include "rules/build.h"

/* The key where it is said, or where it was taken away, or the thing as a whole. */
struct span floor_span_at(const struct node *map, const char *key);
/* The place of a named thing of the process, there or taken away. */
struct span floor_place_of(const struct build *b, const char *section, const char *name);
/* F002: `what` is "the deadline", `how` says what cannot be done. */
struct diag *floor_loosened(struct build *b, struct span span, struct span law, const char *what,
                    const char *name, const char *how);

/* A thing of the law: where this pack says it, where the law stands, what it is called. */
struct floor_thing {
    const struct node *node;
    struct span law;
    const char *what, *name;
};
struct floor_test {
    bool wrong;
    const char *key, *how;   /* Where it is said, and what cannot be done. */
};
/* F002 for each test that came out wrong, at its key. */
void floor_check(struct build *b, const struct floor_thing *thing, const struct floor_test *tests,
                 size_t count);
#define FLOOR_CHECK(b, thing, tests) \
    floor_check((b), (thing), (tests), sizeof(tests) / sizeof *(tests))

bool floor_same_condition(const struct condition *a, const struct condition *b);
/* The same time, judged on the same day. */
bool floor_same_force(const struct in_force *a, const struct in_force *b);
/* Whether an `only_if` lets fewer through than the base's: any that is not the base's does. */
bool floor_narrowed(const struct condition *mine, const struct condition *base);
/* Whether an event's need, a consent, a list or an item of `law`, is one the law asks for. */
bool floor_need_is_law(const struct process *law, const char *need);
bool floor_has_others(const struct names *mine, const struct names *base);
/* A condition of the law that asks a Lua file which this pack puts its own in place of: F002. */
void floor_check_lua(struct build *b, const struct condition *base, const char *what,
                     const char *name);

/* Excuses, checklists, consents, fields and events. Deadlines are floor.c's. */
void floor_things(struct build *b);

#endif
