/* SPDX-License-Identifier: MIT */
/* keys - every key of the language, in one table.
 *
 * Loading goes through it, and the reference pages and the editor schema are
 * written out from it: what is not here does not exist. A row says whose key
 * it is, what shape its value has, and what it means to the person who writes
 * it.
 */
#ifndef RULES_KEYS_H
#define RULES_KEYS_H

#include "rules/yaml.h"
#include <stdint.h>

/* Whose keys. The title is used in findings ("a deadline has no key 'x'"). */
#define OWNER_TABLE(X)                                                                            \
    X(PACK, "pack.yaml")                                                                          \
    X(ROLE, "a role")                                                                             \
    X(FILES, "`files`")                                                                           \
    X(REMINDERS, "`reminders`")                                                                   \
    X(CALENDAR, "a calendar")                                                                     \
    X(TERM, "a term")                                                                             \
    X(HALF_TERM, "a half term")                                                                   \
    X(CLOSURE, "a closure")                                                                       \
    X(YEARLY, "a stretch that is not counted")                                                    \
    X(DATES, "a table of dates")                                                                  \
    X(PART, "a part")                                                                             \
    X(PROCESS, "a process")                                                                       \
    X(RENAMED, "`renamed`")                                                                       \
    X(OPENS, "`opens`")                                                                           \
    X(SCHEDULE, "`schedule`")                                                                     \
    X(SETTING, "a setting")                                                                       \
    X(FIELD, "a field")                                                                           \
    X(EVENT, "an event")                                                                          \
    X(REFUSAL, "a ground for refusal")                                                            \
    X(NOT_BEFORE, "`not_before`")                                                                 \
    X(STATE, "a state")                                                                           \
    X(DEADLINE, "a deadline")                                                                     \
    X(IN_FORCE, "`in_force`")                                                                     \
    X(EXTENDS, "`extends`")                                                                       \
    X(PAUSED_WHILE, "`paused_while`")                                                             \
    X(CHECKLIST, "a checklist")                                                                   \
    X(ITEM, "an item")                                                                            \
    X(PROOF, "`proof`")                                                                           \
    X(MORE, "`more`")                                                                             \
    X(CONSENT, "a consent")                                                                       \
    X(WITHDRAWN, "`withdrawn`")                                                                   \
    X(EXCUSE, "an excuse")                                                                        \
    X(EFFECT, "an effect")                                                                        \
    X(NOTIFY, "`notify`")                                                                         \
    X(LETTER, "`letter`")                                                                         \
    X(OPEN, "`open`")                                                                             \
    X(SIGNAL, "`signal`")                                                                         \
    X(SCENARIO, "a scenario")                                                                     \
    X(STEP, "a step")                                                                             \
    X(EXTEND, "`extend`")                                                                         \
    X(ADDED, "`add`")                                                                             \
    X(EXPECT, "`expect`")                                                                         \
    X(PAUSED, "`paused`")                                                                         \
    X(SENT, "`sent`")                                                                             \
    X(OPENED, "`opened`")                                                                         \
    X(SIGNALLED, "`signalled`")

enum owner {
    OWNER_NONE,
#define X(name, title) OWNER_##name,
    OWNER_TABLE(X)
#undef X
};

enum shape {
    SHAPE_TEXT,      /* Words, not empty. */
    SHAPE_NAME,      /* One name. */
    SHAPE_NAMES,     /* A name, or a list of names. */
    SHAPE_YES_NO,
    SHAPE_WORD,      /* One of `words`. */
    SHAPE_DATE,      /* 2026-09-01 */
    SHAPE_MONTH_DAY, /* 1 August */
    SHAPE_TIME,      /* 08:00 */
    SHAPE_COUNT,     /* A whole number. */
    SHAPE_LENGTH,    /* 2 weeks; or a setting */
    SHAPE_MOMENT,    /* 2 weeks after meeting */
    SHAPE_CONDITION, /* A Lua expression, or {lua: file.function}. */
    SHAPE_VALUE,     /* Text, list or map, as the thing it belongs to asks. */
    SHAPE_MOMENT_OR_VALUE, /* One text: which of the two depends on a field's type. */
    SHAPE_LIMIT,     /* A moment or {is: ...} of `of`. */
    SHAPE_WORD_OR_MAP, /* One of `words`, or a map with the keys of `of`. */
    SHAPE_ONE,       /* A map with the keys of `of`. */
    SHAPE_SOME,      /* Such a map, or a list of them. */
    SHAPE_MAP,       /* Named things, each with the keys of `of`; `each` is what they share. */
    SHAPE_LIST,      /* A list of things with the keys of `of`. */
    SHAPE_TEXTS,     /* A map of names to texts. */
    SHAPE_VALUES,    /* A map of names to values. */
    SHAPE_OPTIONS,   /* A list of names, or a map of names to labels. */
    SHAPE_ROWS,      /* A list of lists of texts. */
    SHAPE_TARGETS,   /* A state, or a map of states to conditions. */
    SHAPE_ENOUGH,    /* all, {at_least: N} or {lua: file.function}. */
    SHAPE_REMIND,    /* A list of reminders, or none. */
    SHAPE_REMIND_LUA, /* The same, or {lua: file.function}. */
};

struct key {
    enum owner owner;
    const char *name;
    enum shape shape;
    enum owner of;           /* ONE, MAP, LIST, LIMIT: whose keys stand below. */
    const char *words;       /* WORD: "school|authority|case" */
    bool required;
    const char *since;       /* The version that brought it. */
    const char *doc;         /* For those who write packs. */
    const char *example;     /* A line or more of YAML. */
};

const struct key *keys_all(size_t *count);
const struct key *key_find(enum owner owner, const char *name); /* NULL: there is none. */
const char *owner_title(enum owner owner);
/* Whether things of that owner may be called anything: terms ("autumn 2026"), items' clocks
 * ("advice.ep"). All others are names that Lua or a moment can say. */
bool owner_named_freely(enum owner owner);
/* "yes or no": what the shape of a key wants, for findings and for the docs. */
const char *shape_wanted(const struct key *key, struct arena *arena);

/* What to write instead, as the finding's hint: of a value that its key cannot have, of a name with
 * letters that no name has, of a key that `owner` does not have. */
void keys_hint_value(const struct key *key, const struct node *node, struct diags *diags,
                     struct diag *d);
void keys_hint_name(const char *name, struct diags *diags, struct diag *d);
void keys_hint_key(enum owner owner, const char *name, struct diags *diags, struct diag *d);
/* The word of a WORD key that `text` nearly is; NULL: none. */
const char *keys_near_word(const struct key *key, const char *text, struct arena *arena);

/* Checks a file's tree against the table: unknown keys (R001, with the nearest), values of the
 * wrong shape (R002). What is missing is not asked: a file may hold only what differs. What is
 * wrong is spoilt (node.h), so that the rest can be read on. False: something was found. */
bool keys_check(struct arena *arena, struct node *map, enum owner owner, struct diags *diags);

/* Checks a resolved tree for what is missing (R003). What is there and wrong was said already. */
bool keys_require(const struct node *map, enum owner owner, struct diags *diags);

/* The readings the shapes stand for. False: it is not one. */
bool yes_no_read(const struct node *node, bool *out);
bool month_day_read(const char *text, int *month, int *mday);
bool urn_read(const char *text, int64_t *out); /* Six digits. */
bool word_among(const char *words, const char *word); /* One of "given|refused". */
bool name_valid(const char *text); /* Letters, digits, - and _, beginning with a letter. */

#endif
