/* SPDX-License-Identifier: MIT */
/* clock_date - the dates of one deadline in one case.
 *
 * The one place where a deadline's rule and the law's floor under it become
 * what binds, what is the law's and when its owner should act; used by
 * deciding, and with traces by explaining.
 */
#ifndef ENGINE_CORE_CLOCK_DATE_H
#define ENGINE_CORE_CLOCK_DATE_H

#include "engine/core/decide.h"
#include "engine/core/stops.h"
#include "engine/when/when.h"

struct clock_date {
    bool known;
    day due;             /* Binds: the earlier of the rule's and the floor's. */
    day law, local;      /* As in struct clock: only where another than `due`, else DAY_NONE. */
    day do_by;           /* DAY_NONE: the calendar ends. */
    bool provisional;
    day since;           /* The anchor it runs from; DAY_NONE: the rule has none. */
    const char *missing; /* Not known: the first anchor that is missing, or NULL. */
    bool floor_binds;    /* The law's date is earlier than the pack's. */
    bool paused;         /* It stands still now: `due` is the date it had when it stopped. */
    struct stop stop;    /* By this. */
    day plain;           /* The pack's own date, were it not extended; DAY_NONE: not known. */
    /* Each by itself, rolled, and what it was counted by; the floor's zeroed when there is none. */
    struct when_out rule, floor;
    const struct calendar *rule_calendar, *floor_calendar;
};

/* Works the dates of `deadline` out for `file` (whose process must be in the model). Traces may be
 * NULL. Returns out->known. Nothing is taken or kept; needs no arena unless there are traces.
 * Whether it stands still is as the case has it; with a day, as of that day. */
bool clock_date_on(const struct decide_in *in, const struct casefile *file,
                   const struct deadline *deadline, day today, struct trace *rule_trace,
                   struct trace *floor_trace, struct trace *do_by_trace, struct clock_date *out);
bool clock_date(const struct decide_in *in, const struct casefile *file,
                const struct deadline *deadline, struct trace *rule_trace,
                struct trace *floor_trace, struct trace *do_by_trace, struct clock_date *out);

/* How far an open clock has run, as of `today`. out->known false: it has no such measure. */
void clock_pace(const struct decide_in *in, const struct casefile *file,
                const struct deadline *deadline, day today, struct pace *out);

/* The last minute of its last day: its hour, where the rule names one. */
int64_t clock_last_minute(const struct deadline *deadline, day due);

/* Who must act: the deadline's owner, else whoever the case's own item says; NULL for a right. */
const char *clock_owner(const struct casefile *file, const struct deadline *deadline);

/* The rule behind a clock of that name: the process's deadline, or for an item added to this case
 * its checklist's rule for more, as a copy with the item's name in `arena`. NULL: none. Of
 * "report#1", an earlier round, it is the rule of "report". */
const struct deadline *clock_rule(struct arena *arena, const struct process *process,
                                  const struct casefile *file, const char *name);

#endif
