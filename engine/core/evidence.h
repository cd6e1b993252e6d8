/* SPDX-License-Identifier: MIT */
/* evidence - whether a file that came with an event is one that is taken.
 * Private to engine/core.
 */
#ifndef ENGINE_CORE_EVIDENCE_H
#define ENGINE_CORE_EVIDENCE_H

#include "engine/core/draft.h"

/* Against the pack's list, and against `rule` of the thing it proves (may be NULL), whose title is
 * `what`. No file is good. ERR_INPUT: its kind is not taken, or it is too large. */
MUST_CHECK enum err_code evidence_check(struct draft *d, const struct file_rule *rule,
                                        const char *what);

#endif
