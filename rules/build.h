/* SPDX-License-Identifier: MIT */
/* build - what the compile_*.c share while a resolved pack becomes a model.
 *
 * One build a pack; the part about a process changes with each process. All
 * findings go to `diags`; a compile function that finds something wrong says
 * so and leaves the member empty, so that the rest is still checked.
 */
#ifndef RULES_BUILD_H
#define RULES_BUILD_H

#include "engine/model/calendar.h"
#include "engine/model/process.h"
#include "rules/layer.h"
#include "rules/moment.h"

/* What a bare name in a condition or a moment can be. */
enum name_kind {
    NAME_FIELD, NAME_EVENT, NAME_STATE, NAME_CHECKLIST, NAME_CONSENT, NAME_SETTING,
};
struct name {
    const char *name;
    enum name_kind kind;
    const struct node *node;
};
struct names_table {
    struct name *at;
    size_t count, room;
};

struct interned {
    const char **at;   /* Open addressing; room is a power of two. */
    size_t count, room;
};

struct build {
    struct arena *arena;
    struct diags *diags;
    const struct layers *layers;
    size_t from;
    const struct resolved *resolved;
    struct model *model;
    struct process *processes;          /* model->processes, while they are being filled. */
    const struct calendars *calendars;
    const struct pack *base;            /* The pack below, compiled; NULL: there is none. */
    struct { const struct condition **at; size_t count, room; } conditions;
    struct interned interned;

    /* Of the process at hand. */
    struct process *process;
    const struct process *base_process; /* The same in the pack below; NULL: new here. */
    const struct node *tree;
    struct names_table names;
    const struct node *rows;            /* A field of rows, while its columns are made. */
    bool in_item;                       /* `asked` and `done` mean the item's own. */
};

/* --- build.c --- */
const char *build_intern(struct build *b, const char *text); /* NULL stays NULL. */
/* The text of a key, interned; NULL when it is absent. */
const char *build_text(struct build *b, const struct node *map, const char *key);
bool build_yes(const struct node *map, const char *key, bool fallback);
/* A name or a list of names; none when `node` is NULL. */
struct names build_names(struct build *b, const struct node *node);
/* NULL for NULL. */
const struct condition *build_condition(struct build *b, const struct node *node);
const struct moment *build_moment(struct build *b, const struct node *node);
bool build_length(struct build *b, const struct node *node, struct length *out);
/* An item of a list or a single value, for loops: `for (n = build_first(node); n; n = n->next)`. A
 * single value must not be followed by its neighbours, so it comes as a copy. */
const struct node *build_first(struct build *b, const struct node *node);

/* --- names.c --- */
/* Collects the names of b->tree; twins and reserved words are R004. */
void names_collect(struct build *b);
const struct name *names_find(const struct build *b, const char *name);
/* Found, of that kind; else a finding (the code fits the kind) and false. */
bool names_want(struct build *b, const struct node *node, const char *name, enum name_kind kind);
/* The same for things of several kinds, told as `words`; `hint`: when no name is near. */
struct names_wanted {
    enum name_kind kinds[4];
    size_t count;
    const char *words, *code, *hint;
};
bool names_any(struct build *b, const struct node *node, const char *name,
               const struct names_wanted *wanted);
bool names_role(struct build *b, const struct node *node, const char *name);   /* R008 */
bool names_item(struct build *b, const struct node *node, const char *name);   /* LIST.ITEM; R009 */
const struct node *names_item_node(const struct build *b, const char *name);   /* NULL: none. */
const char *names_field_type(const struct build *b, const char *name);         /* NULL: no field. */
/* The message of "decision-keep.sent", if the process writes such a letter; else NULL. */
const char *names_sent(struct build *b, const char *name);
struct moment_names names_for_moments(struct build *b);

/* --- compile_*.c: each fills its part of b->model or b->process --- */
void compile_pack(struct build *b);         /* Roles, reminders, pack-wide settings. */
void compile_messages(struct build *b);
void compile_settings(struct build *b);
void compile_fields(struct build *b);
void compile_states(struct build *b);       /* And events. */
struct effects compile_effects(struct build *b, const struct node *list);
void compile_consents(struct build *b);     /* And excuses. */
void compile_clocks(struct build *b);       /* Deadlines and checklists. */
void compile_opens(struct build *b);
/* What `in_force` of a rule says (NULL: it says none); `own`: the rule's own moment, or NULL. */
const struct in_force *compile_in_force(struct build *b, const struct node *rule,
                                        const struct moment *own);
/* `extends`, `paused_while` and `missed_for` of a clock whose moment is made already. */
void compile_moves(struct build *b, const struct node *node, struct deadline *out);
void moves_check(struct build *b, const struct deadline *all, size_t count); /* F004 */
void grounds_check(struct build *b, const struct node *names); /* Each is under `excuses`: R010. */
void compile_renamed(struct build *b);
void in_force_check(struct build *b);       /* That regimes of one rule tile (R040 to R042). */
void compile_schedule(struct build *b);
/* What a field of `type: cases` says: its rule and its columns. */
void compile_cases(struct build *b, const struct node *node, struct field *out);
enum field_type compile_type(const char *text); /* "date"; text for what is none. */
void compile_options(struct build *b, const struct node *field, struct field *out);
const struct ask *compile_asks(struct build *b, const struct node *node, size_t *count);
struct reminders compile_reminders(struct build *b, const struct node *node);
/* NULL: it could not be made out, and was said. */
const struct calendar *compile_calendar(struct build *b, const char *name, const struct node *tree);

/* --- compile_files.c --- */
/* `types` and `up_to` of a map; all and none when it is no map. */
struct file_rule compile_files(struct build *b, const struct node *map);
/* Whether `proof` wants a file. */
bool compile_proof(const struct node *proof);

/* --- compile_settings.c --- */
struct dated_node {
    day from;
    const struct node *is;
};
/* What a setting is from certain days on, earliest first; and of a length alone. */
const struct dated_node *setting_dates(struct build *b, const struct node *setting, size_t *count);
const struct length_from *setting_lengths(struct build *b, const struct node *setting,
                                          size_t *count);

/* The layer that wrote a node's text. */
size_t build_layer(const struct build *b, const struct node *node);

/* --- circle.c --- */
/* Dates of b->process that hang on each other in a circle (M004). */
void circle_check(struct build *b);

/* --- floor.c --- */
/* Compares b->process with b->base_process: fills floors, and says what loosens (F002). */
void floor_apply(struct build *b, struct deadline *deadlines);
/* The same for the least date of an event, while it is made; `state` NULL: of everywhere. */
void floor_limit(struct build *b, const char *state, const char *event, const struct node *node,
                 struct not_before *mine);
/* What the law says of an item that is added to a list; `mine`: its clock, or NULL. */
void floor_more(struct build *b, const char *list_name, const struct node *node,
                struct deadline *mine);
/* For a clock or limit that law sets: the calendar it counts by, when it says none itself. */
const char *floor_calendar(struct build *b, const struct node *due, const struct moment *moment);

#endif
