/* SPDX-License-Identifier: MIT */
/* lint - what is legal and rarely meant, one subject a file; rules/lint.c goes through them.
 *
 * Every warning says what it is about (lint_warn), so that a pack can accept it with a reason.
 * What cannot be decided is left alone: nothing here guesses.
 */
#ifndef RULES_LINT_H
#define RULES_LINT_H

#include "engine/core/oracle.h"
#include "rules/pack.h"

/* What can happen in a process at all. By place in process->states and process->events. */
struct reach {
    bool *states;    /* Some way of events leads there. */
    bool *events;    /* Possible in a state that is reached, and somebody or something does it. */
    bool *fields;    /* Something fills it: by place in process->fields. */
    bool *shut;      /* Its conditions never let the event through (lint_guards). */
};

struct lint {
    const struct pack *pack;
    const struct model *model;
    const struct oracle *oracle;    /* NULL: conditions are not tried. */
    day today;
    struct arena *arena;
    struct diags *diags;
    /* Of the process at hand. */
    const struct process *process;
    const struct process *base;     /* The same in the pack below; NULL: new here. */
    struct reach reach;
};

/* --- lint.c --- */
/* A warning about a thing of the process at hand: "annual-review.send_report". */
struct diag *lint_warn(const struct lint *l, const char *code, struct span span, const char *thing,
                       const char *format, ...) __attribute__((format(printf, 5, 6)));
/* Whether the pack itself wrote it, and not one below. */
bool lint_own(const struct lint *l, struct span span);
/* The calendar of that name; NULL: the process's, else the pack's. */
const struct calendar *lint_calendar_of(const struct lint *l, const char *name);
/* Whether a text of the pack (a condition, a moment, a file of Lua) says the name as a word. */
bool lint_says(const char *text, const char *name);
/* The same of any condition, computed field or Lua file that the process may ask. */
bool lint_read(const struct lint *l, const char *name);

/* --- lint_reach.c --- */
/* The place of a state in its process; state_count: there is none of that name. `name` may be
 * NULL. */
size_t lint_state(const struct process *process, const char *name);
void lint_reach(struct lint *l);
/* Whether an event of that name can happen at all. */
bool lint_happens(const struct lint *l, const char *event);
/* Why the moment never comes ("nothing fills 'ends'"); NULL: it can. */
const char *lint_never(const struct lint *l, const struct moment *moment);
/* Why nobody and nothing does the event; NULL: it can be done. */
const char *lint_undone(const struct lint *l, const struct event_rule *event);

/* --- the subjects --- */
void lint_guards(struct lint *l);              /* D005, D006, D007; fills reach.shut. */
void lint_states(const struct lint *l);        /* R016, D001, D002, D003 */
void lint_events(const struct lint *l);        /* D004 */
void lint_deadlines(const struct lint *l);     /* R017, D008 */
void lint_reminders(const struct lint *l);     /* D009, D010 */
void lint_stages(const struct lint *l);        /* D011 */
void lint_law(const struct lint *l);           /* D012 */
void lint_around(const struct lint *l);        /* F002, F003 */
void lint_floor(const struct lint *l);         /* F001, F005 */
void lint_repeats(const struct lint *l);       /* R022 */
void lint_met(const struct lint *l);           /* R023 */
void lint_unused(const struct lint *l);        /* D013, D015, D016, D022 */
void lint_replaced(const struct lint *l);      /* R031 */
void lint_alike(const struct lint *l);         /* D017 */
void lint_messages(const struct lint *l);      /* R007, D018, D019 */
/* Of the pack as a whole. */
void lint_unsent(const struct lint *l);        /* D014 */
void lint_signals(const struct lint *l);       /* R020 */
void lint_schedules(const struct lint *l);     /* C010 */
void lint_calendars(struct lint *l);           /* C003, C006, C009, D021 */
void lint_scenarios(struct lint *l);           /* S002, S003 */

/* All effects of the process at hand: of its events, then of its states. */
void lint_effects(const struct process *process, void *self,
                  void (*seen)(void *self, const struct effect *effect));

#endif
