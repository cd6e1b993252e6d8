/* SPDX-License-Identifier: MIT */
/* weekdays - when somebody hears of things: the weekdays of their digest, and those they work.
 *
 * A weekday is a bit, Monday 1 to Sunday 64, as in struct person_row. A digest
 * day that is not worked moves back to the last day worked before it. Pure.
 */
#ifndef ENGINE_RUN_WEEKDAYS_H
#define ENGINE_RUN_WEEKDAYS_H

#include "engine/base/date.h"
#include "store/people.h"

/* "Mon-Wed, Fri", "Monday", "all"; ranges may run over Sunday. False: it is none. */
bool weekdays_parse(const char *text, int *out);
/* "Mon-Wed, Fri"; "all days". In `arena`. */
const char *weekdays_text(struct arena *arena, int days);

bool weekdays_has(int days, day date);
/* Whether the person's digest may come on that day, and the next day after it on which it may. */
bool weekdays_told(const struct person_row *person, day date);
day weekdays_told_next(const struct person_row *person, day date);
int weekdays_of_digest(const struct person_row *person); /* All of these days. */

/* `name` is "reminders" (daily or weekly), "on" (weekdays) or "days" (those worked). ERR_INPUT:
 * not such a name or value; the text says what would be. Changes *person only. */
MUST_CHECK enum err_code weekdays_prefer(struct person_row *person, const char *name,
                                         const char *value, struct err *err);

#endif
