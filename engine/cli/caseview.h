/* SPDX-License-Identifier: MIT */
/* caseview - a case beside its rules, so that names become titles. */
#ifndef ENGINE_CLI_CASEVIEW_H
#define ENGINE_CLI_CASEVIEW_H

#include "engine/cli/database.h"
#include "engine/core/decide.h"
#include "engine/model/casefile.h"
#include "engine/model/process.h"

struct caseview {
    struct arena *arena;
    struct world *world;
    const struct casefile *file;
    const struct ruleset *ruleset;   /* The one the case is pinned to. */
    const struct model *model;
    const struct process *process;
    day today;                       /* The day looked at. */
};

/* A case by what was typed, or by number. ERR_UNKNOWN: there is none. */
MUST_CHECK enum err_code caseview_find(struct call *call, const char *text, struct caseview *out);
MUST_CHECK enum err_code caseview_load(struct call *call, int64_t id, struct caseview *out);
/* A case that is at hand already. ERR as world_ruleset(). */
MUST_CHECK enum err_code caseview_of(struct call *call, const struct casefile *file,
                                     struct caseview *out);

/* Titles, or names where the rules give none; never NULL, and one line each. */
const char *caseview_state(const struct caseview *view, const char *state);
const char *caseview_role(const struct caseview *view, const char *role);
const char *caseview_clock(const struct caseview *view, const char *name);
const char *caseview_item(const struct caseview *view, const char *name); /* "list.item" */
const char *caseview_consent(const struct caseview *view, const char *name);
const char *caseview_excuse(const struct caseview *view, const char *name);
const char *caseview_field(const struct caseview *view, const char *name);
const char *caseview_value(const struct caseview *view, const char *field,
                           const struct value *value);

/* Whose the deadline is: a role; NULL: nobody's. *right: it is a right, and nothing is owed. */
const char *caseview_owner(const struct caseview *view, const char *clock, bool *right);

/* "missed", "met late"; a right that was not used is "over". */
const char *caseview_status(const struct caseview *view, const struct clock *clock);

/* All clocks: open ones by their do-by date, then what was never met, then the other closed ones,
 * the latest first. */
const struct clock **caseview_clocks(const struct caseview *view, size_t *open, size_t *count);

/* "Mon 28 Dec 2026"; "not known" for DAY_NONE. In the call's arena. */
const char *caseview_day(const struct caseview *view, day date);
/* The same of a clock's due date, with its hour if it has one: "Tue 10 Nov 2026 12:00". */
const char *caseview_due(const struct caseview *view, const struct clock *clock);
/* "due Mon 28 Dec 2026, do by Fri 18 Dec 2026" */
const char *caseview_dates(const struct caseview *view, const struct clock *clock);
/* "reeve", an address, "SENCO (d.okafor@...)" */
const char *caseview_who(const struct caseview *view, const struct event *event);
/* What happened, in words: "The meeting was held", "SENCO's report: done". */
const char *caseview_happened(const struct caseview *view, const struct event *event);

/* For JSON: text or null, an ISO date or null. */
struct json *json_words(struct arena *arena, const char *text);
struct json *json_day(struct arena *arena, day date);
struct json *json_minute(struct arena *arena, int minute); /* "12:00"; null for 0. */
struct json *json_yes(struct arena *arena, bool yes);
/* A clock with all its dates. */
struct json *caseview_clock_json(const struct caseview *view, const struct clock *clock);

/* The linked cases: the parent, then children by number. In the view's arena. */
const struct link *caseview_links(const struct caseview *view, size_t *count);

#endif
