/* SPDX-License-Identifier: MIT */
/* rows - the cells of a table such as provision: limits and required cells row
 * by row, and columns that are worked out.
 *
 * Within a row its own columns are seen before the fields of the case.
 * Private to engine/core.
 */
#ifndef ENGINE_CORE_ROWS_H
#define ENGINE_CORE_ROWS_H

#include "engine/core/draft.h"

/* Whether some of its columns are worked out. */
bool rows_compute(const struct field *field);

/* Works those columns out again in every row. `file` and `given` are what their conditions see, as
 * for a computed field. ERR_SCRIPT. */
MUST_CHECK enum err_code rows_work_out(struct draft *d, const struct field *field,
                                       const struct casefile *file, const struct sections *given,
                                       struct value *value);

/* ERR_INPUT: somebody typed what is worked out; the text names row and column. */
MUST_CHECK enum err_code rows_typed(struct draft *d, const struct field *field,
                                    const struct value *value);

/* Checks every cell's min, max, pattern and required_if, and notes what is missing. ERR_INPUT: a
 * cell beyond its limits; the text names row and column. ERR_SCRIPT. */
MUST_CHECK enum err_code rows_check(struct draft *d, const struct field *field,
                                    const struct value *value);

#endif
