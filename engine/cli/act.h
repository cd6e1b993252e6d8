/* SPDX-License-Identifier: MIT */
/* act - what open, do, item, consent, excuse, name and what-if share: the case
 * found, who does it, the turn, and the answer.
 */
#ifndef ENGINE_CLI_ACT_H
#define ENGINE_CLI_ACT_H

#include "engine/cli/caseview.h"
#include "engine/run/turn.h"

struct act {
    struct call *call;
    struct request request;
    struct caseview before;    /* The case as it was; process NULL when opening. */
    struct turned turned;
    const char *added;         /* name: somebody who was not known before, as shown; NULL. */
};

/* Opens the database, finds the case that the first word names, and fills in what is common. */
MUST_CHECK enum err_code act_begin(struct call *call, enum event_kind kind, struct act *act);
/* The same for an opening, with its --school: there is no case yet, but its process; *process and
 * *model are those new cases get. */
MUST_CHECK enum err_code act_begin_open(struct call *call, struct act *act,
                                        const struct model **model, const struct process **process);
/* --as, who may be empty: then an operator stands in for the first role of `by`. */
MUST_CHECK enum err_code act_who(struct act *act, const struct names *by);
/* All roles of the authority: who may do what no rule gives to anybody. In the call's arena. */
struct names act_authority(struct act *act);
/* Carries it out (or, with request.what_if, only decides) and says what came of it. */
MUST_CHECK enum err_code act_finish(struct act *act);
/* The second half of it, for who carried it out otherwise: with `rc`, or what came of it. */
MUST_CHECK enum err_code act_answer(struct act *act, enum err_code rc);

/* answer.c: the answer to a turn that went through. */
MUST_CHECK enum err_code answer_say(struct act *act);

#endif
