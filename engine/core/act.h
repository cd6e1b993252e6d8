/* SPDX-License-Identifier: MIT */
/* act - what people and signals do to a case, one function a kind of event.
 *
 * Each changes the draft or refuses, with the errors that decide() names;
 * working the clocks out again comes after (decide.c). Private to engine/core.
 */
#ifndef ENGINE_CORE_ACT_H
#define ENGINE_CORE_ACT_H

#include "engine/core/draft.h"

MUST_CHECK enum err_code act_open(struct draft *d);
MUST_CHECK enum err_code act_do(struct draft *d);      /* EVENT_DO and EVENT_SIGNAL */
MUST_CHECK enum err_code act_item(struct draft *d);
MUST_CHECK enum err_code act_consent(struct draft *d);
MUST_CHECK enum err_code act_excuse(struct draft *d);
MUST_CHECK enum err_code act_extend(struct draft *d);
MUST_CHECK enum err_code act_late(struct draft *d);
MUST_CHECK enum err_code act_name(struct draft *d);
MUST_CHECK enum err_code act_occasion(struct draft *d);
MUST_CHECK enum err_code act_letter(struct draft *d);
void act_tell(struct draft *d);                        /* EVENT_CLOCK: reminders owed by now */

/* ERR_REFUSED: the case is closed. */
MUST_CHECK enum err_code act_check_open(struct draft *d);
/* "'hold' is no event of ...; did you mean 'held'?" Fills `err` and returns ERR_UNKNOWN. */
enum err_code act_unknown(struct draft *d, const char *what, const char *name,
                          const char *const *names, size_t count);

#endif
