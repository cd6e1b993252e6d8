/* SPDX-License-Identifier: MIT */
/* casefile - one case as it stands: plain data, stored as one row.
 *
 * Every section is an array sorted by name, so that an outcome (outcome.h) is
 * the same sections with only what changed, and folding is a merge. It names
 * things of the rules but never points into them: folding needs no rules.
 * `case` is a word of C, hence the name.
 */
#ifndef ENGINE_MODEL_CASEFILE_H
#define ENGINE_MODEL_CASEFILE_H

#include "engine/model/value.h"

struct arena;
struct buf;

struct field_entry {
    const char *name;
    struct value value;
    bool personal;       /* Its value goes to the event's personal part. */
};

/* Of an event (its on) or of a state (when it was entered). */
struct happened {
    const char *name;
    day first, latest;
    int count;
};

/* What a consent covers and was typed, but is not in force yet. */
struct proposal {
    const char *name;    /* The field's. */
    const char *consent;
    struct value value;
    bool personal;
};

enum clock_status {
    CLOCK_RUNNING,   /* Open; its date may be provisional. */
    CLOCK_MISSED,    /* Its date has passed; still open. */
    CLOCK_MET,       /* Closed in time, */
    CLOCK_MET_LATE,  /* or after it had been missed. */
    CLOCK_EXCUSED,   /* A ground took the limit away; the date stays in sight. */
    CLOCK_CANCELLED, /* What it was for is gone. */
    CLOCK_NEVER_MET, /* Its date passed, and then the case went on without it. */
    CLOCK_PAUSED,    /* Stopped: its date is what it was, and moves when it goes on. */
};

/* A deadline that has a date. One that still waits for its anchor has no entry. Earlier rounds
 * stay as entries "name#1", "name#2". */
struct clock {
    const char *name;
    enum clock_status status;
    day since;           /* The anchor it runs from, for telling rounds apart; DAY_NONE: none. */
    day due;             /* Binds: the earlier of the law's and the local date. */
    day law;             /* The law's, where it is another than `due`; else DAY_NONE. */
    day local;           /* The pack's own, where it is later than the law's; else DAY_NONE. */
    day do_by;           /* The owner's last working or school day on or before `due`; DAY_NONE: the
                          * calendar ends. */
    bool provisional;    /* A part of the moment is not known yet, or the calendar ends. */
    int round;           /* 1, 2, ... */
    day closed_on;       /* Met, excused or cancelled. */
    const char *ground, *why; /* Excused. */
    int64_t told;        /* Local minute up to which reminders are settled. */
    const char *remind;  /* What the pack's script said (engine/model/reminder.h); NULL: nothing. */
};

/* A ground drawn on a deadline, beside what excuses it: what moved its date, or what it was missed
 * for. */
enum drawn_kind { DRAWN_EXTENDED, DRAWN_LATE };
struct drawn {
    const char *name;        /* "report:0001", the clock's and a number. */
    enum drawn_kind kind;
    int round;               /* Of the clock. */
    const char *ground, *why;
    const char *proof;       /* A file's name and digest, or NULL. */
    const char *by, *role;   /* Who decided. */
    day on;                  /* When. */
    day from, to;            /* EXTENDED: the date it had, and the one it got. */
};

/* Each time that something happened which stops a clock or lets it go on. */
struct marking {
    const char *name;        /* "ask_family:0001", the event's or state's and a number. */
    day on;
};

struct item {
    const char *name;        /* "advice.school" */
    day asked, done;
    bool na;
    const char *why;         /* Not applicable because. */
    const char *title, *by;  /* Added case by case; NULL for one of the rules. */
    day due;                 /* Said when it was added; DAY_NONE: as the list's own are. */
    const char *proof;       /* A file's name and digest, or NULL. */
};

enum consent_status {
    CONSENT_ASKED,
    CONSENT_GIVEN,
    CONSENT_REFUSED,
    CONSENT_WITHDRAWN,
    CONSENT_LAPSED,    /* Not answered in time. */
    CONSENT_DISCUSS,   /* They want to talk to someone first. */
};
struct consent {
    const char *name;
    enum consent_status status;
    bool in_force;           /* A given consent stays in force while a new proposal is asked. */
    day asked, answered, lapses, until;
    const char *by, *how;    /* Who answered, and paper|link|telephone. */
};

/* Of a consent of several people: what one of them said. */
struct consent_answer {
    const char *name;        /* "parents: Ann Hill" */
    const char *consent, *who, *how; /* how: paper|link|telephone. */
    enum consent_status status;
    day on;
    const char *proof;       /* A file, as the event named it, or NULL. */
};

/* A letter that was written. Its words are kept beside the case (store/letters.h). */
struct letter_entry {
    const char *name;        /* "keep"; made again "keep-2" */
    const char *message, *role;
    bool email;              /* It goes by e-mail, else by post. */
    int round;               /* 1, 2, ...: those one event made of one message have the same. */
    day made, sent;          /* sent DAY_NONE: not yet. */
    const char *why;         /* Its date was put right because. */
};

struct party {
    const char *name;        /* The role. */
    int64_t person;          /* A person's number; 0: named by text only. */
    const char *text;
};

struct link {
    const char *name;        /* "parent", or "child:NUMBER" */
    int64_t case_id;
    const char *process;
};

/* Something the reader must know: a refused signal, two answers to one question, what the clock
 * tried in vain, a script that failed meanwhile. */
struct remark {
    const char *name;        /* "0001", "0002"; "clock.EVENT"; "script.NUMBER" */
    const char *text;
};

/* Every section: X(member, struct type, JSON key). In the order of the JSON keys. */
#define CASEFILE_SECTIONS(X)                                                                      \
    X(answers, consent_answer, "answers")                                                         \
    X(clocks, clock, "clocks")                                                                    \
    X(consents, consent, "consents")                                                              \
    X(entered, happened, "entered")                                                               \
    X(events, happened, "events")                                                                 \
    X(fields, field_entry, "fields")                                                              \
    X(grounds, drawn, "grounds")                                                                  \
    X(items, item, "items")                                                                       \
    X(letters, letter_entry, "letters")                                                           \
    X(links, link, "links")                                                                       \
    X(marks, marking, "marks")                                                                    \
    X(parties, party, "parties")                                                                  \
    X(proposals, proposal, "proposals")                                                           \
    X(remarks, remark, "remarks")

/* The sections as arrays {at, count, room}, sorted by name (strcmp). */
struct sections {
#define X(member, type, key) struct { struct type *at; size_t count, room; } member;
    CASEFILE_SECTIONS(X)
#undef X
};

struct casefile {
    /* The row's own columns: not in the body. */
    int64_t id;              /* 0: being opened. */
    const char *ref;         /* "AR-26-0412" */
    int64_t ruleset;
    const char *process, *state;
    bool open;
    int64_t school;          /* URN; 0: the authority's. */
    int64_t head;            /* The last event's number; 0: none. */
    int64_t wake;            /* Local minute the clock owes it something; MINUTE_NONE: nothing. */
    /* The body. */
    day opened;              /* The day it was opened (on). */
    day state_since;
    int64_t recorded_ms;     /* Of the last event: recorded never falls below it. */
    struct sections in;
};

/* The entry, or NULL. */
const struct field_entry *casefile_field(const struct casefile *file, const char *name);
const struct happened *casefile_event(const struct casefile *file, const char *name);
const struct happened *casefile_entered(const struct casefile *file, const char *name);
const struct clock *casefile_clock(const struct casefile *file, const char *name);
const struct item *casefile_item(const struct casefile *file, const char *list, const char *item);
const struct consent *casefile_consent(const struct casefile *file, const char *name);
const struct consent_answer *casefile_answer(const struct casefile *file, const char *name);
const struct proposal *casefile_proposal(const struct casefile *file, const char *field);
const struct letter_entry *casefile_letter(const struct casefile *file, const char *name);
/* The day on which all letters an event made of a message had been sent: of the latest event for
 * which they all have. DAY_NONE: none. */
day casefile_sent(const struct casefile *file, const char *message);
const struct party *casefile_party(const struct casefile *file, const char *role);
const struct remark *casefile_remark(const struct casefile *file, const char *name);

/* "school" of "advice.school", for the list "advice"; NULL: the item is of another list. */
const char *casefile_item_name(const struct item *item, const char *list);

/* The entry of that name to be filled in, made at its sorted place if there was none (blank: no
 * dates, the rest zero). Works in place, so only on sections that are the caller's own. `name` is
 * kept, not copied. Good until the next put. */
#define X(member, type, key)                                                                      \
    struct type *sections_put_##member(struct arena *arena, struct sections *in, const char *name);
CASEFILE_SECTIONS(X)
#undef X
/* These two leave what `in` pointed to as it was: arrays that change are new ones in `arena`.
 * Dropping takes an entry away, by section key (false: there was none). Merging replaces entries
 * of the same name, whole. */
bool sections_drop(struct arena *arena, struct sections *in, const char *section,
                   const char *name);
void sections_merge(struct arena *arena, struct sections *in, const struct sections *from);

/* Whether "report:0001" is one of those of "report", or of its earlier round "report#1". */
bool casefile_numbered(const char *name, const char *of);

bool clock_open(const struct clock *clock);   /* Running, missed or paused. */
bool clock_chased(const struct clock *clock); /* Open, and not standing still. */
const char *clock_status_name(enum clock_status status);     /* "met late" */
const char *consent_status_name(enum consent_status status); /* "given" */

/* The body as canonical JSON, {"in": {section: {name: entry}}, "opened", "recorded", "since"}, and
 * back; the columns are the caller's and stay as they are. What is not known, no or zero is left
 * out. ERR_INPUT: damaged. All texts are in `arena`; `bytes` is borrowed. */
void casefile_encode(const struct casefile *file, struct buf *out);
MUST_CHECK enum err_code casefile_decode(struct arena *arena, const char *bytes, size_t len,
                                         struct casefile *out, struct err *err);

/* Shared by casefile and outcome: the sections alone, inside an open JSON map. Entries marked
 * personal (and only they) are added to `personal` instead when it is not NULL; `arena` is for
 * that. */
void sections_encode(const struct sections *in, struct json_out *out, struct sections *personal,
                     struct arena *arena);
MUST_CHECK enum err_code sections_decode(struct arena *arena, const struct json *map,
                                         struct sections *out, struct err *err);

#endif
