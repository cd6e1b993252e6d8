/* SPDX-License-Identifier: MIT */
/* oracle - the core's window on the pack's Lua.
 *
 * The core asks, lua/host.c answers; the core knows nothing of Lua. Answers
 * depend on nothing but the view, so deciding again gives the same.
 */
#ifndef ENGINE_CORE_ORACLE_H
#define ENGINE_CORE_ORACLE_H

#include "engine/base/err.h"
#include "engine/model/calendar.h"
#include "engine/model/casefile.h"
#include "engine/model/process.h"

struct arena;

/* What a question may look at. All borrowed. */
struct view {
    const struct process *process;
    const struct casefile *file;
    const struct calendar *calendar;
    /* Values given with the event being decided, seen before those in force; may be empty. */
    const struct field_entry *given; size_t given_count;
    day on;                              /* The day of the event, or the day looked at. */
    const char *deadline;                /* Whose reminders are asked for; else NULL. */
};

/* Not known is an answer of its own, and never lets anything through. */
enum truth { TRUTH_NO, TRUTH_YES, TRUTH_UNKNOWN };

struct answer {
    enum truth truth;
    const char *why;     /* YES, NO: the reason in words, if the pack gave one. UNKNOWN: the missing
                          * field's label or name. Else NULL. Lives in the arena. */
};

struct oracle {
    void *self;
    /* Asks a condition. ERR_SCRIPT: the script failed or spent its budget; `err` has the place. */
    enum err_code (*ask)(void *self, const struct condition *condition, const struct view *view,
                         struct arena *arena, struct answer *out, struct err *err);
    /* Computes a value (`is:` of a field, `set`). *out NONE: not known. ERR_SCRIPT as above. */
    enum err_code (*compute)(void *self, const struct condition *condition, const struct view *view,
                             const struct field *field, struct arena *arena, struct value *out,
                             struct err *err);
    /* Whether a text matches a field's pattern, within bounds. */
    enum err_code (*matches)(void *self, const char *pattern, const char *text, bool *out,
                             struct err *err);
    /* When the owner of view->deadline is reminded, as kept with its clock
     * (engine/model/reminder.h); *out NULL: the script leaves it to the pack's usual. ERR_SCRIPT
     * as above. */
    enum err_code (*remind)(void *self, const struct condition *condition, const struct view *view,
                            struct arena *arena, const char **out, struct err *err);
};

#endif
