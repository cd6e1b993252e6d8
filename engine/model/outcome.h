/* SPDX-License-Identifier: MIT */
/* outcome - what one event did: the only thing that changes a case.
 *
 * The case's own sections, holding only the entries that changed (whole, as
 * they now are), and what must leave the case: notices, cases to open,
 * signals. Stored with its event; folding all outcomes of a case gives the
 * case (engine/core/fold.h).
 */
#ifndef ENGINE_MODEL_OUTCOME_H
#define ENGINE_MODEL_OUTCOME_H

#include "engine/model/casefile.h"
#include "engine/model/event.h"

enum notice_kind { NOTICE_REMIND, NOTICE_ESCALATE, NOTICE_NOTIFY, NOTICE_CORRECT, NOTICE_FAILED };
struct notice {
    enum notice_kind kind;
    const char *role;      /* To whom: a role (run resolves it to people through its desk). */
    const char *about;     /* A deadline, or a message's name. */
    int64_t leave;         /* Local minute before which it does not leave. */
};

struct opening {
    const char *process;
    const struct given *given; size_t given_count;
    day on;
};

struct sending {
    const char *to;        /* "parent", "children", or a case's reference */
    const char *event;
    day on;
};

/* Entries that go away, by section key and name ("proposals", "ends"). */
struct gone {
    const char *section, *name;
};

struct outcome {
    /* The columns, always given in full: what they are after the event. */
    const char *state;
    bool open;
    int64_t wake;
    day state_since;
    /* Set by the opening event only. */
    bool opens;
    const char *process;
    int64_t school;
    const char *ref;
    day opened;
    /* What changed. */
    int64_t recorded_ms;
    struct sections changed;
    struct { struct gone *at; size_t count, room; } gone;
    /* What leaves. */
    struct { struct notice *at; size_t count, room; } notices;
    struct { struct opening *at; size_t count, room; } openings;
    struct { struct sending *at; size_t count, room; } sendings;
};

const char *notice_kind_name(enum notice_kind kind); /* "remind" ... as stored. */

/* Canonical JSON. Fields and proposals marked personal go whole into *personal_out instead, and so
 * do all values that openings are given: {"in": {section: entries}, "openings": [map, ...]}; left
 * empty when there are none. */
void outcome_encode(const struct outcome *outcome, struct arena *arena, struct buf *out,
                    struct buf *personal_out);
/* Back, merged and sorted; `personal` NULL or empty: erased, those entries are absent.
 * ERR_INPUT: damaged. */
MUST_CHECK enum err_code outcome_decode(struct arena *arena, const char *did, size_t len,
                                        const char *personal, size_t personal_len,
                                        struct outcome *out, struct err *err);

#endif
