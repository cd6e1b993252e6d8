/* SPDX-License-Identifier: MIT */
/* draft - a decision while it is being made: the case as it will be, beside
 * the outcome that makes it so.
 *
 *   case as stored --copy--> draft.file     every setter writes an entry into
 *                            draft.out      both, so that folding `out` into
 *                                           the stored case gives `file`
 *
 * A refusal throws the draft away: nothing is half done. Everything lives in
 * the draft's arena. Private to engine/core.
 */
#ifndef ENGINE_CORE_DRAFT_H
#define ENGINE_CORE_DRAFT_H

#include "engine/core/decide.h"
#include "engine/when/when.h"

/* Something that happened in this decision and may meet a deadline. */
struct occurred {
    enum met_kind kind; /* MET_EVENT or MET_STATE; the rest is seen from the case. */
    const char *name;
};

/* Begins the name of a remark that says which script failed while the clock went on. */
#define DRAFT_SCRIPT_REMARK "script."

struct draft {
    const struct decide_in *in;
    const struct process *process;
    const struct calendar *calendar; /* The process's, or its school's. */
    struct arena *arena;
    struct err *err;
    struct casefile file;            /* As it will be. */
    struct outcome *out;
    /* Only fields: the values given with the event, and those with what is computed from them, for
     * conditions. */
    struct sections typed, seen;
    day on, today;
    int64_t now;                     /* Local minute. */
    day miss_before;                 /* A clock due before this day is missed. */
    bool forgiving;                  /* A failing script is not known and remarked, not refused. */
    bool preview;                    /* What the event would be asked for is left aside. */
    struct { struct occurred *at; size_t count, room; } occurred;
    struct { const char **at; size_t count, room; } lacks; /* All that is missing, as clauses. */
    size_t clock_writes;             /* Grows with every change of a clock. */
    const char *hint;                /* What to do about the first of them, or NULL. */
};

/* Begins a draft of `process` on a copy of in->file. */
void draft_begin(struct draft *d, const struct decide_in *in, const struct process *process,
                 struct arena *arena, struct err *err);

/* Setters. Each replaces the whole entry; a value of VALUE_NONE takes the field away. */
void draft_set_field(struct draft *d, const struct field *field, const struct value *value);
void draft_set_proposal(struct draft *d, const struct field *field, const char *consent,
                        const struct value *value);
void draft_set_clock(struct draft *d, const struct clock *clock);
void draft_set_drawn(struct draft *d, const struct drawn *drawn);
void draft_set_item(struct draft *d, const struct item *item);
void draft_set_consent(struct draft *d, const struct consent *consent);
void draft_set_answer(struct draft *d, const struct consent_answer *answer);
void draft_set_letter(struct draft *d, const struct letter_entry *letter);
void draft_set_party(struct draft *d, const struct party *party);
void draft_set_link(struct draft *d, const struct link *link);
void draft_set_remark(struct draft *d, const char *name, const char *text);
void draft_remark(struct draft *d, const char *text); /* Under the next free number. */
void draft_drop(struct draft *d, const char *section, const char *name);
void draft_event(struct draft *d, const char *name);   /* It happened on d->on. */
void draft_enter(struct draft *d, const struct state *state); /* Entered on d->on. */
void draft_notice(struct draft *d, enum notice_kind kind, const char *role, const char *about);

/* Asks the pack, the values given with the event seen first. */
MUST_CHECK enum err_code draft_ask(struct draft *d, const struct condition *condition,
                                   struct answer *out);
/* Whether a rule is in force, the values given with the event seen first; `itself`: the event that
 * it is about, or NULL. What is not in force is noted as missing where `say`. */
enum truth draft_in_force(struct draft *d, const struct in_force *in_force, const char *itself,
                          bool say);
/* The case with the values given laid over those in force, for moments. */
struct casefile draft_seen(const struct draft *d);
/* Works a moment out over `file`, by the named calendar (NULL: the process's). */
void draft_when(const struct draft *d, const struct casefile *file, const struct moment *moment,
                const char *calendar, struct when_out *out);

/* The value that counts for this event: given, else in force, else proposed; NULL: none. */
const struct value *draft_value(const struct draft *d, const char *field);

/* Notes something that is missing: a clause, lower case, no full stop. */
void draft_lacks(struct draft *d, const char *format, ...) __attribute__((format(printf, 2, 3)));
void draft_hint(struct draft *d, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* All that was noted: "a; b". */
const char *draft_all_lacks(const struct draft *d);
/* ERR_REFUSED with all that was noted ("'title' cannot be done: a; b"), or ERR_NONE. */
MUST_CHECK enum err_code draft_verdict(struct draft *d, const char *title);

const char *draft_field_label(const struct draft *d, const char *name);
/* A day as people read it, in the draft's arena: "Tue 10 Nov 2026". */
const char *draft_day(const struct draft *d, day date);

#endif
