/* SPDX-License-Identifier: MIT */
/* consents - what somebody else has to agree to, and what waits for it.
 *
 *   typed --> proposal --asked--> given ---> in force --until--> over
 *                          |      refused, lapsed: the proposal goes, the old stands
 *                          '----- withdrawn: nothing is in force any more
 *
 * Private to engine/core.
 */
#ifndef ENGINE_CORE_CONSENTS_H
#define ENGINE_CORE_CONSENTS_H

#include "engine/core/draft.h"

/* All may be ERR_SCRIPT: a consent's only_if failed. */

/* The consent that covers a field in this case, or NULL. One whose only_if says no covers
 * nothing; one of which that is not known does. */
MUST_CHECK enum err_code consents_covering(struct draft *d, const char *field,
                                           const struct consent_rule **out);

/* Asks it, unless its only_if says no. */
MUST_CHECK enum err_code consents_ask(struct draft *d, const struct consent_rule *rule);

/* Notes the consent as missing unless it is in force on d->on, or is not required here. */
MUST_CHECK enum err_code consents_need(struct draft *d, const struct consent_rule *rule);

/* EVENT_CONSENT, but for entering the state that withdrawing leads to: *to, or NULL. The consent is
 * known. ERR_INPUT: what was answered, how or by whom is missing. ERR_FORBIDDEN. ERR_REFUSED: it
 * was not asked, not given or has lapsed. */
MUST_CHECK enum err_code consents_answer(struct draft *d, const struct state **to);

/* Ends what has run out by d->today: unanswered ones lapse, those with a last day end. */
void consents_settle(struct draft *d);

#endif
