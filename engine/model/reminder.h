/* SPDX-License-Identifier: MIT */
/* reminder - "1 week before", "every 3 days after", "2026-11-02": when somebody is told.
 *
 * Written in packs, given by scripts, and kept with a clock whose script gave
 * them: one reading for all three.
 */
#ifndef ENGINE_MODEL_REMINDER_H
#define ENGINE_MODEL_REMINDER_H

#include "engine/model/process.h"

enum { REMINDERS_MAX = 32, REMINDER_TEXT_MAX = 40 };

/* "1 week before", "on the day", "3 days after", "every week after", or a date. False: it is
 * none, and *out is as it was. */
bool reminder_parse(const char *text, struct reminder *out);

/* Several, as kept with a clock: "2026-11-02, 1 week before"; "none" for none at all. At most
 * REMINDERS_MAX into `at`. */
size_t reminders_read(const char *text, struct reminder at[REMINDERS_MAX]);

#endif
