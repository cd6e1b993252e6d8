/* SPDX-License-Identifier: MIT */
/* when - works a moment out to a date, and can say how.
 *
 * Pure: reads no clock, file or table. The only place in reeve where a date
 * of a rule is computed: core, `reeve when`, explain, check and Lua's calendar
 * all come here. With a trace every step is noted; without one (NULL), as in
 * the hot path, nothing is.
 */
#ifndef ENGINE_WHEN_WHEN_H
#define ENGINE_WHEN_WHEN_H

#include "engine/model/calendar.h"
#include "engine/model/moment.h"

struct arena;

/* What an anchor is worth. */
struct anchored {
    bool known;
    bool provisional;      /* A date that may still move (due of a provisional deadline). */
    day date;
    bool is_number;        /* A plain number: a year. */
    int64_t number;
};

/* Looks an anchor up. Unknown is an answer (known = false), not an error. */
typedef void when_anchor_fn(void *self, const struct anchor *anchor, struct anchored *out);

enum step_kind {
    STEP_START,    /* An anchor: "meeting is Tue 10 Nov 2026" */
    STEP_COUNT,    /* "2 weeks after it: Tue 24 Nov 2026" */
    STEP_SKIP,     /* "Fri 25 Dec 2026 is not counted: Christmas Day" */
    STEP_CHOOSE,   /* "the earlier of the two" */
    STEP_ROLL,     /* "moves to the next working day" */
    STEP_MISSING,  /* "amendment_notice is not known yet" */
    STEP_DO_BY,    /* "the last working day on or before it" */
    STEP_FLOOR,    /* "the law's date is earlier and binds" */
    STEP_STOP,     /* "stopped on Mon 8 Mar 2027: 5 of 10 working days used, 5 left" */
    STEP_EXTEND,   /* "extended to Thu 8 Apr 2027" */
};
struct step {
    enum step_kind kind;
    day date;          /* The date it speaks of, or DAY_NONE. */
    const char *text;  /* A clause, lower case, no full stop. */
};
struct trace {
    struct arena *arena;
    struct step *at;
    size_t count, room;
};
void trace_step(struct trace *trace, enum step_kind kind, day date, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
const char *step_kind_name(enum step_kind kind);

struct when_in {
    const struct calendar *calendar;
    bool notice_ordinary;
    when_anchor_fn *anchor;
    void *self;
    struct trace *trace;   /* May be NULL. */
};

struct when_out {
    bool known;            /* False: an anchor it cannot do without is not known. */
    bool provisional;      /* A part is not known yet, or the calendar ends before it. */
    day due;               /* Valid when known. */
    int minute;            /* A table's time of day, or -1. */
    const char *missing;   /* The first missing anchor's name, or NULL. Known and provisional: the
                            * one that may still move it. */
    bool beyond;           /* It, or a part of it, is not known because the calendar ends: never
                            * guessed. */
};

/* Works `moment` out. All of `in` is borrowed. */
void when_moment(const struct when_in *in, const struct moment *moment, struct when_out *out);

/* Moves a date as `roll` says ("next working day"; NULL: as it is), which must be one of
 * when_rolls(). Days that the calendar does not count are passed over like any other that is not
 * a working day. False: the calendar ends. */
bool when_roll(const struct when_in *in, const char *roll, day date, day *out);

/* All that `roll` may say. */
const char *const *when_rolls(size_t *count);

/* The last working day (school: school day) on or before `due`. By the calendar of whoever does
 * the work, which is not always the one that the date was counted by. False: the calendar does
 * not know. */
bool when_do_by(const struct when_in *in, day due, bool school, day *out);

/* Length arithmetic without a moment, for settings and reminders. False: the calendar ends. */
bool when_after(const struct when_in *in, struct length length, day from, day *out);
bool when_before(const struct when_in *in, struct length length, day from, day *out);

enum { LENGTH_TEXT_MAX = 40 };

/* In what a date is counted forwards from a day: the unit of its lengths (DAY for weeks, months and
 * years too). False: nothing of it is, or not all in one way. */
bool when_unit(const struct moment *moment, enum unit *out);

/* How many days of a unit's kind lie after `from` up to and with `to` (0 when `to` is not later):
 * working days, school days, days of weeks that have a school day, or for all other units just
 * days. The second is its reverse: the n-th such day after `from` (n 0: `from` itself). False: the
 * calendar ends. */
bool when_between(const struct when_in *in, enum unit unit, day from, day to, int *out);
bool when_beyond(const struct when_in *in, enum unit unit, int n, day from, day *out);
/* "5 working days"; "12 days" for a unit whose days are just days. */
const char *when_days_text(enum unit unit, int n, char text[LENGTH_TEXT_MAX]);

/* What a day is. `why` (may be NULL) becomes the reason it does not count: "Christmas Day",
 * "Saturday", "Offices closed", "school holidays", or NULL when it counts. DAY_UNKNOWN: outside
 * the calendar's years (school days: outside its terms' years). */
enum day_is { DAY_COUNTS, DAY_SKIPPED, DAY_UNKNOWN };
enum day_is working_day(const struct calendar *calendar, day date, const char **why);
enum day_is school_day(const struct calendar *calendar, day date, const char **why);

/* Why a working day (school: a school day, or a term) is not known on `date`, as a clause: "its
 * last term ends on Fri 23 Jul 2027". NULL: it is known. Returns `text`. */
enum { ENDS_TEXT_MAX = 120 };
const char *calendar_ends(const struct calendar *calendar, bool school, day date,
                          char text[ENDS_TEXT_MAX]);

/* The stretch without school days that holds `date`, or begins within 14 months after it, of at
 * least `days` days. DAY_SKIPPED: there is none. DAY_UNKNOWN: the calendar does not know so far,
 * nor on *unknown (may be NULL). */
enum day_is closure_around(const struct calendar *calendar, day date, int days,
                           struct stretch *out, day *unknown);
const struct term *term_at(const struct calendar *calendar, day date); /* NULL: in none. */

/* School year group (Reception 0, Year 1 is 1) on `on` of a child born on `birth`. */
int school_year_at(day birth, day on);
int age_at(day birth, day on); /* Born 29 February: a year older on 1 March. */

/* "10 working days", for explanations; the second writes it to `text` and returns that. */
const char *length_text(struct arena *arena, struct length length);
const char *length_write(struct length length, char text[LENGTH_TEXT_MAX]);

#endif
