/* SPDX-License-Identifier: MIT */
/* answers - a consent of several people: who they are, and what each of them
 * said. Given when all gave; one refusal refuses. Private to engine/core.
 */
#ifndef ENGINE_CORE_ANSWERS_H
#define ENGINE_CORE_ANSWERS_H

#include "engine/core/draft.h"

/* The one of them that a name means, whatever its case; NULL after filling `err`: ERR_REFUSED, it
 * is nobody of them, or nobody is named yet. */
const char *answers_person(struct draft *d, const struct consent_rule *rule, const char *name);

/* Keeps what the event says for that person. */
void answers_keep(struct draft *d, const struct consent_rule *rule, const char *person);

/* Who has not said yes, as text ("Ann Hill and Bob Hill"); NULL: all have. */
const char *answers_open(const struct draft *d, const struct consent_rule *rule);

/* Somebody's no that stands; NULL: nobody's. */
const struct consent_answer *answers_refusal(const struct draft *d,
                                             const struct consent_rule *rule);

/* It is asked anew, or about something else: what was said was about another thing. */
void answers_forget(struct draft *d, const char *consent);

#endif
