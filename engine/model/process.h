/* SPDX-License-Identifier: MIT */
/* process - the rules of a pack, compiled: plain data, immutable, shared.
 *
 *   model -> roles, reminders, messages, calendars by name
 *         -> process -> fields, events, states, deadlines, checklists,
 *                       consents, excuses, settings
 *
 * Built by rules/ from YAML, read by everything else. Every node keeps the
 * span it came from, so that a refusal at run time can name file and line.
 * Names are interned: two equal names in one model are one pointer, but
 * compare with strcmp unless you know both come from it.
 */
#ifndef ENGINE_MODEL_PROCESS_H
#define ENGINE_MODEL_PROCESS_H

#include "engine/base/diag.h"
#include "engine/model/moment.h"
#include "engine/model/value.h"

struct arena;
struct json;

/* A list of names. */
struct names {
    const char *const *at;
    size_t count;
};
bool names_have(const struct names *names, const char *name);

/* A question the pack answers in Lua: one expression, or {lua: file.function}. `id` is its place
 * in model->conditions; each Lua state compiles them all by that number. */
struct condition {
    int id;
    bool is_function;
    const char *source;           /* The expression, or "file.function". */
    const struct process *process; /* Whose names it may use; */
    const char *rows;              /* and the columns of this field of rows. NULL: none. */
    struct span span;
};

/* From when until when a rule holds, judged on one day of each case: two regimes stand side by
 * side, and each case falls under one. */
struct in_force {
    day from, until;              /* from included; until: the first day it holds no more. DAY_NONE:
                                   * for ever. */
    const struct moment *judged_on; /* One anchor; NULL: the earliest known anchor of `own`, */
    const struct moment *own;       /* the rule's moment; else the day the case was opened. */
    const char *instead_of;         /* The rule of the same map whose place it takes, or NULL. */
    struct span span, instead_span;
};

enum role_of { ROLE_SCHOOL, ROLE_AUTHORITY, ROLE_CASE };
struct role {
    const char *name, *title, *otherwise; /* otherwise: NULL or a role. */
    enum role_of of;
    struct span span;
};

enum reminder_kind { REMIND_BEFORE, REMIND_ON, REMIND_AFTER, REMIND_EVERY, REMIND_DATE };
struct reminder {
    enum reminder_kind kind;
    struct length length; /* From the do-by date; EVERY: again and again after it. */
    day date;             /* DATE: that a script gave. */
};
struct reminders {
    const struct reminder *at;
    size_t count;
};

struct setting_value {
    day from;                 /* The first day it is so; DAY_NONE: always was. */
    const struct json *is;    /* Text, number or map, as written. */
    bool is_length;
    struct length length;
};
struct setting {
    const char *name, *title;
    struct setting_value first;
    const struct setting_value *later; size_t later_count; /* Earliest first. */
    struct span span;
};

enum field_type {
    FIELD_TEXT, FIELD_DATE, FIELD_TIME, FIELD_INTEGER, FIELD_NUMBER, FIELD_YES_NO, FIELD_CHOICE,
    FIELD_CHOICES, FIELD_HOURS, FIELD_MONEY, FIELD_DOCUMENT, FIELD_ROWS, FIELD_PERSON,
    FIELD_EMAIL, FIELD_POSTCODE, FIELD_URN, FIELD_UPN, FIELD_ULN,
};
struct option {
    const char *name, *label;
};
/* A limit on a value: a number (ten-thousandths for number and hours; how many, for rows and
 * choices) or a moment. A dated setting makes it another number from certain days on. */
struct bound_from {
    day from;
    int64_t number;
};
struct bound {
    bool set;
    int64_t number;
    const struct bound_from *later; size_t later_count; /* Earliest first. */
    const struct moment *moment;
};
/* Other cases, as they were when an event asked: rows that the engine fills. */
enum cases_at { CASES_SAME_SCHOOL, CASES_SAME_CHILD, CASES_CHILDREN, CASES_ANYWHERE };
struct cases_rule {
    const char *of;               /* Their process. */
    enum cases_at at;
    struct names in;              /* Their states; none: all that are open. */
    const char *child;            /* SAME_CHILD: our field with whom it is about. */
};
/* Columns that every such field has, before those of `keep`. */
#define CASES_COLUMN_CASE "case"   /* The reference. */
#define CASES_COLUMN_STATE "state"

struct field {
    const char *name, *label, *help;
    enum field_type type;
    bool required, statutory, about, personal;
    const struct in_force *in_force;   /* NULL, here and below: always. */
    const struct condition *required_if;
    struct bound min, max;
    const char *pattern;               /* A Lua pattern, matched by the oracle; NULL: none. */
    const struct option *options; size_t option_count;
    const struct field *columns;  size_t column_count;   /* ROWS */
    const struct cases_rule *cases;    /* ROWS that the engine fills; else NULL. */
    const struct moment *is_moment;    /* Computed: a date field's moment, */
    const struct condition *is;        /* or any other's expression. */
    struct names seen_by;
    struct span span;
};

struct refusal {
    const char *name, *say;
    const struct condition *is;
};
struct target {
    const char *state;
    const struct condition *when; /* NULL: always, or `otherwise` */
    bool otherwise;
    struct span span;
};

enum effect_kind {
    EFFECT_NOTIFY,
    EFFECT_LETTER,
    EFFECT_ASK,
    EFFECT_OPEN,
    EFFECT_SIGNAL,
    EFFECT_SET,
    EFFECT_NAME,
};
struct copied {
    const char *theirs, *ours;   /* open.copy: a field or event of ours. */
    const struct json *literal;  /* open.with, set, name: a literal; ours is NULL then. */
    const struct condition *is;  /* set: an expression. */
    const char *column;          /* open.copy with `for`: a column of the row; ours is NULL then. */
};
struct effect {
    enum effect_kind kind;
    const char *who, *message;   /* NOTIFY, LETTER: a role, a message. */
    bool email;                  /* LETTER: by e-mail, else by post. */
    const char *name;            /* ASK: consent. OPEN: process. SIGNAL: event. */
    const char *to;              /* SIGNAL: "parent", "children", or NULL with `each`. */
    const char *each;            /* OPEN: once for each row of this field. SIGNAL: to its cases. */
    const struct copied *values; size_t value_count; /* OPEN, SET, NAME */
    struct span span;
};
struct effects {
    const struct effect *at;
    size_t count;
};

/* A minimum period: the later of the moment and the base pack's, where statutory. */
struct not_before {
    const struct moment *is, *floor;
    const struct condition *unless;
    const char *calendar, *floor_calendar, *law;
    const struct in_force *in_force;
    bool statutory;
    struct span span;
};

struct ask {
    const char *field;
    bool optional;
};
struct event_rule {
    const char *name, *title, *law;
    struct names by;              /* Roles; "clock" with `at`; "link" only by a signal. */
    bool by_clock;
    const struct moment *at;      /* by_clock */
    const char *dated;            /* A field that gives `on`. */
    const struct ask *asks; size_t ask_count;
    struct names needs;           /* Checklists, consents, LIST.ITEM. */
    const struct condition *only_if;
    const struct in_force *in_force;
    const struct refusal *refused_if; size_t refused_count;
    const struct not_before *not_before;
    const struct target *to; size_t target_count; /* None: stays. */
    struct effects then;
    bool everywhere;              /* Declared for the process: possible in every open state. */
    struct span span;
};
struct state {
    const char *name, *title, *waiting_for;
    bool first, final;
    /* Its own, then those of everywhere unless it is final. */
    const struct event_rule *const *events; size_t event_count;
    struct effects then;
    struct span span;
};

enum met_kind { MET_EVENT, MET_STATE, MET_CHECKLIST, MET_ITEM, MET_CONSENT, MET_LETTER };
struct met_by {
    enum met_kind kind;
    const char *name, *item;
};
struct escalation {
    const char *role;
    struct reminders at;          /* Its rungs, around the do-by date. */
};

/* How far a pack's own date may be moved. */
struct extension {
    struct length limit;          /* In all, from the date it would have without. */
    struct names by, grounds;     /* by: none: whoever may by the ground. */
    int times;                    /* 0: as often as the limit lasts. */
    struct span span;
};
/* What stops a clock, and what lets it go on. */
struct pause {
    struct names from, until;     /* Events, or states that are entered. */
    const char *ground;           /* NULL: it needs none. */
    bool limited;
    struct length at_most;        /* In all, in a round; then it goes on by itself. */
    struct span span;
};

/* A clock. Also an item's own (name "advice.school"), where `asked` and `done` are its own. */
struct deadline {
    const char *name, *title, *law;
    const char *owner, *right_of;   /* A role; exactly one of the two. */
    const struct moment *due;
    const char *calendar;           /* `due` counts by it; NULL: the process's or the main one. */
    const char *roll;               /* NULL or "next working day" */
    /* The law's own date, where this pack says another one: the earlier of both binds. */
    const struct moment *floor;
    const char *floor_calendar, *floor_roll, *floor_law;
    struct span floor_span;
    const struct met_by *met_by; size_t met_count;
    struct names ends_with, excused_by, missed_for;
    const struct extension *extends;    /* NULL: it cannot be. */
    const struct pause *pauses; size_t pause_count;
    const struct condition *only_if;
    const struct in_force *in_force;
    int cut_off;                    /* The minute at which the last day ends; 0: at midnight. */
    bool statutory, remind_set;     /* remind_set: its own reminders, else the pack's usual. */
    struct reminders remind;
    const struct condition *remind_lua; /* In place of the list; else NULL. */
    struct names remind_to;         /* Who is reminded in place of the owner; none: the owner. */
    const struct escalation *escalate; size_t escalate_count;
    const char *list, *item;        /* An item's clock; NULL otherwise. */
    struct span span;
};

/* Which files are taken. */
struct file_rule {
    struct names types;          /* None: all that are known. */
    int64_t up_to;               /* Bytes; 0: not said. */
};

struct item_rule {
    const char *name, *title, *by, *law;   /* name within its list */
    const struct condition *only_if;
    const struct in_force *in_force;
    const struct ask *asks; size_t ask_count;
    const struct deadline *clock;          /* NULL: it has none. */
    bool required, proof, statutory;       /* proof: a file must come with it. */
    struct file_rule files;
    struct span span;
};
enum enough_kind { ENOUGH_ALL, ENOUGH_AT_LEAST, ENOUGH_LUA };
struct checklist {
    const char *name, *title;
    const struct item_rule *items; size_t item_count;
    enum enough_kind enough;
    int at_least;
    const struct condition *enough_if;
    const char *more_by;                    /* Who may add items; NULL: nobody. */
    const struct item_rule *more;           /* What an added item is like (its clock, its proof). */
    struct span span;
};

struct consent_rule {
    const char *name, *title, *from, *law, *withdrawn_to;
    struct names covers;                    /* Fields. */
    struct names of;                        /* Fields that name those who all must agree. */
    const struct moment *until;
    bool answer_limited;
    struct length answer_within;
    const struct condition *only_if;
    const struct in_force *in_force;
    bool statutory, enough_all;
    struct span span;
};

struct excuse {
    const char *name, *title, *law;
    struct names by;
    const struct condition *only_if;
    const struct in_force *in_force;
    bool proof;                             /* A file must come with it. */
    struct file_rule files;
    struct span span;
};

/* Opens cases by itself, on each day that `opens` comes round. */
enum schedule_for { FOR_AUTHORITY, FOR_EACH_SCHOOL, FOR_EACH_CASE };
struct schedule {
    const struct moment *opens;             /* A chain down to what comes round after `occasion`. */
    enum schedule_for whom;
    const char *of;                         /* FOR_EACH_CASE: its process, */
    struct names in;                        /* in one of these states; none: while it is open, */
    const struct copied *copy; size_t copy_count; /* with what of it, */
    const struct condition *only_if;        /* asked of it; NULL: always. */
    struct span span;
};

/* What became what since an earlier version: "states", "checking", "deciding". */
struct renaming {
    const char *section, *from, *to;
};

struct process {
    const char *name, *title, *subject, *law, *calendar;
    struct names open_by;
    const struct ask *open_asks; size_t open_ask_count;
    const char *one_per;                    /* NULL or a field */
    const struct schedule *schedule;        /* NULL: people or other cases open it. */
    const struct condition *open_only_if;
    const struct refusal *open_refused_if; size_t open_refused_count;
    const struct setting *settings;     size_t setting_count;
    const struct field *fields;         size_t field_count;
    const struct event_rule *events;    size_t event_count;
    const struct state *states;         size_t state_count;   /* In the order written. */
    const struct deadline *deadlines;   size_t deadline_count; /* Items' clocks included, last. */
    const struct checklist *checklists; size_t checklist_count;
    const struct consent_rule *consents; size_t consent_count;
    const struct excuse *excuses;       size_t excuse_count;
    const struct renaming *renamed;     size_t renamed_count;
    struct span span;
};

struct message_rule {
    const char *name, *subject, *body; /* As written, placeholders unfilled. */
    struct span span;
};

struct model {
    const char *pack, *title;
    const struct role *roles;           size_t role_count;
    const struct process *processes;    size_t process_count;
    const struct message_rule *messages; size_t message_count;
    const struct condition *const *conditions; size_t condition_count;
    struct file_rule files;             /* Wherever a file is given. */
    struct reminders usual;
    int digest_minute;                  /* Local, after midnight. */
    bool not_in_holidays;               /* School roles: on the last school day before instead. */
    bool notice_ordinary;               /* `at least N before` counts N, not clear days. */
    struct arena *arena;                /* Everything above lives here. */
};

/* By name; NULL when there is none. */
const struct process *model_process(const struct model *model, const char *name);
const struct role *model_role(const struct model *model, const char *name);
const struct message_rule *model_message(const struct model *model, const char *name);
const struct field *process_field(const struct process *process, const char *name);
/* Of a field of rows, which may be NULL. */
const struct field *process_column(const struct field *field, const char *name);
const struct event_rule *process_event(const struct process *process, const char *state,
                                       const char *name);
const struct event_rule *process_event_any(const struct process *process, const char *name);
const struct state *process_state(const struct process *process, const char *name);
const struct deadline *process_deadline(const struct process *process, const char *name);
const struct checklist *process_checklist(const struct process *process, const char *name);
const struct item_rule *checklist_item(const struct checklist *list, const char *name);
/* The list of "advice.ep", and *item, "ep" within `name`; without a dot there is none. */
const struct checklist *process_list_of(const struct process *process, const char *name,
                                        const char **item);
/* The rule of "advice.ep"; NULL also for an item that was added to a case. */
const struct item_rule *process_item(const struct process *process, const char *name);
const struct consent_rule *process_consent(const struct process *process, const char *name);
const struct excuse *process_excuse(const struct process *process, const char *name);
const struct setting *process_setting(const struct process *process, const char *name);
/* What it is on a day. */
const struct setting_value *setting_on(const struct setting *setting, day on);
int64_t bound_on(const struct bound *bound, day on);

#endif
