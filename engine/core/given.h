/* SPDX-License-Identifier: MIT */
/* given - the values that came with an event: read, checked, kept.
 *
 * What is typed is seen by this event's conditions at once. It is stored as
 * the value in force, unless a consent covers the field: then it becomes a
 * proposal beside it. Private to engine/core.
 */
#ifndef ENGINE_CORE_GIVEN_H
#define ENGINE_CORE_GIVEN_H

#include "engine/core/draft.h"

/* Reads in->event->given into d->typed and d->seen. Only fields in `asks` and `dated` (may be
 * NULL) are taken; `any`: every field that people may fill.
 * ERR_INPUT: no such field, one that is not asked, one that is computed, or not of its type. */
MUST_CHECK enum err_code given_read(struct draft *d, const struct ask *asks, size_t count,
                                    const char *dated, bool any);

/* Notes what is asked and missing, and what is outside its limits. ERR_INPUT: a value beyond its
 * min, max or pattern. ERR_SCRIPT. */
MUST_CHECK enum err_code given_check(struct draft *d, const struct ask *asks, size_t count);

/* One value of a field or of a column against its limits. ERR_INPUT, ERR_SCRIPT. */
MUST_CHECK enum err_code given_check_value(struct draft *d, const struct field *field,
                                           const struct value *value);

/* What a computed field or column comes to. A moment looks at `file`, an expression at `file` with
 * `given` (may be NULL) before it. ERR_SCRIPT. */
MUST_CHECK enum err_code given_work_out(struct draft *d, const struct field *field,
                                        const struct casefile *file, const struct sections *given,
                                        struct value *out);

/* Stores what was typed. ERR_SCRIPT: a consent's condition failed; so for the next two. */
MUST_CHECK enum err_code given_store(struct draft *d);

/* Stores one value: in force, or as a proposal where a consent covers it. */
MUST_CHECK enum err_code given_keep(struct draft *d, const struct field *field,
                                    const struct value *value);

/* Works the computed fields out again over the values in force. */
MUST_CHECK enum err_code given_compute(struct draft *d);

/* The same where one of them looks at a deadline's date and comes out otherwise now. */
MUST_CHECK enum err_code given_compute_due(struct draft *d, bool *changed);

#endif
