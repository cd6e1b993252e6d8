/* SPDX-License-Identifier: MIT */
/* pump - what a service does with time, one slice a job: let the clock's
 * events happen, make messages of the notices, hand over what is to be sent,
 * say when to look again.
 *
 *   calendars --applied--> sweep --none owed--> digests --none waits--> mail --> rest until `next`
 *
 * No loop and no sockets here: the edge runs these as bulk jobs of the writer.
 */
#ifndef ENGINE_RUN_PUMP_H
#define ENGINE_RUN_PUMP_H

#include "engine/run/clock.h"
#include "engine/run/digest.h"
#include "engine/run/writer.h"

enum { PUMP_SEND_MAX = 4 };

struct pump {
    struct letterhead head;
    int64_t now_ms;
    bool hold_clock;            /* Wall time jumped: no clock events until someone confirms. */
    size_t send_room;           /* How many messages may be taken now, at most PUMP_SEND_MAX. */
    int64_t sending[PUMP_SEND_MAX]; /* Those under way: not taken again. */
    size_t sending_count;
    /* Out. */
    bool more;                  /* There is more to do at once. */
    struct sweep_figures swept;
    size_t made;
    struct outbound {
        int64_t id;
        char *key, *from, *to, *content;
    } out[PUMP_SEND_MAX];
    size_t out_count;
    int64_t next_ms;            /* When to look again; INT64_MAX: nothing is owed. */
    char unknown[120];          /* Once a day: a schedule of which no day is known any more. */
    bool sealed;                /* A seal was made: */
    int64_t seal_upto;
    char seal_hex[65];
    /* Kept between slices, by pump_kept(): a slice that is rolled back changes neither. */
    struct pump_place {
        int64_t digest_after, recount_after;
        day seal_day, calendar_day, ahead_day, schedule_day;
    } place, next_place;
};

/* One slice, inside the writer's batch. *changes: something was written. May run again after a
 * rollback. */
MUST_CHECK enum err_code pump_slice(struct pump *pump, struct world *world, struct arena *arena,
                                    bool *changes, struct err *err);
/* The slice is durable: the next one goes on from here. */
void pump_kept(struct pump *pump);
/* Lets go of the messages in `out`: after they were handed over, or when the slice came to nothing.
 */
void pump_drop(struct pump *pump);

#endif
