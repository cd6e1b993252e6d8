/* SPDX-License-Identifier: MIT */
/* event - what happened, as it came in: all that a decision may know.
 *
 * There is no `now` beyond today and the minute given here, and all of it is
 * stored with the event, so that deciding again gives the same outcome.
 */
#ifndef ENGINE_MODEL_EVENT_H
#define ENGINE_MODEL_EVENT_H

#include "engine/base/date.h"
#include "engine/base/err.h"
#include "engine/base/json.h"

struct arena;
struct buf;

enum event_kind {
    EVENT_OPEN,    /* A case begins. name: the process. given: fields. */
    EVENT_DO,      /* An event of the rules. name: it. role "clock": it was due by itself; then act
                    * "refused": what it leads to in other cases was refused (why), so it is only
                    * remarked. */
    EVENT_ITEM,    /* name: "list.item"; act: asked, done, undone, na (why), or add: name: "list",
                    * why: the title, by: a role or NULL. */
    EVENT_CONSENT, /* name: the consent; act: given, refused, withdrawn, discuss; by, how. */
    EVENT_EXCUSE,  /* name: the clock; act: the ground; why. */
    EVENT_NAME,    /* name: the role; person (and by, a text). */
    EVENT_LETTER,  /* name: a letter of the case; act: sent (why, when its date is put right). */
    EVENT_CLOCK,   /* What the clock owes at this minute: lapses, misses, reminders. */
    EVENT_SIGNAL,  /* name: an event of the rules; came from another case (cause). act "refused":
                    * ours to that case was refused there (why); only remarked. */
    EVENT_RECKON,  /* The calendar changed: work all open dates out again. */
    EVENT_OCCASION, /* A schedule opens a case for this one. name: its process; given: fields. */
    EVENT_EXTEND,  /* name: the clock; act: the ground; why; given: "to", the new date. */
    EVENT_LATE,    /* name: the clock; act: the ground it was missed for; why. */
};

struct given {
    const char *name;
    const struct json *value; /* Text, or a list for choices and rows. */
};

struct event {
    enum event_kind kind;
    const char *name, *act;
    day on;                 /* When it happened; not after today. */
    day today;              /* Local, when recorded. */
    int minute;             /* Local minute of the day, when recorded. */
    int64_t recorded_ms;    /* UTC. */
    int64_t who;            /* A person's number; 0: none (the clock, an operator). */
    const char *who_text;   /* As shown: "d.okafor@example.org", "operator", "clock". */
    const char *role;       /* In which role; "clock" for what is due by itself. */
    const struct given *given; size_t given_count; /* Sorted by name. */
    const char *looked;     /* Those of `given` that were looked up in other cases, not typed: names
                             * with blanks between, or NULL. */
    const char *why, *how, *by, *file;
    int64_t person;         /* EVENT_NAME. */
    int64_t school;         /* EVENT_OPEN: URN; 0: the authority's. */
    const char *ref;        /* EVENT_OPEN: its reference. */
    int64_t cause;          /* The event of another case that led to it; 0: none. */
    int64_t cause_case;     /* That case; with its process, becomes the link "parent". */
    const char *cause_process;
    int64_t first_child;    /* The number its first opened case gets; further ones count up. */
    const char *key;        /* The caller's, or NULL. */
};

/* Sorts by name, as event->given is; and the value given for a name, NULL: none. */
void given_sort(struct given *given, size_t count);
const struct json *event_given(const struct event *event, const char *name);
bool event_looked(const struct event *event, const char *name); /* It is one of `looked`. */
const char *event_kind_name(enum event_kind kind); /* "open", "do", ... as stored. */
bool event_by_clock(const struct event *event);    /* It was due by itself: its role says so. */

/* Canonical JSON of all of it but recorded_ms and cause (columns of their own). Values given for
 * names in `personal` (sorted, may be NULL/0) go into *personal_out as a map instead. */
void event_encode(const struct event *event, const char *const *personal, size_t personal_count,
                  struct buf *out, struct buf *personal_out);
/* Back; `personal` may be NULL (erased: those values are absent). ERR_INPUT: damaged. */
MUST_CHECK enum err_code event_decode(struct arena *arena, const char *said, size_t len,
                                      const char *personal, size_t personal_len,
                                      struct event *out, struct err *err);

#endif
