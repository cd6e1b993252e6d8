/* SPDX-License-Identifier: MIT */
/* given_of - a stored value turned back into what somebody would have typed,
 * for the case that an event opens, or that looks into this one.
 */
#ifndef ENGINE_CORE_GIVEN_OF_H
#define ENGINE_CORE_GIVEN_OF_H

#include "engine/model/value.h"

/* A value as it would be given: text, or a list. NULL for VALUE_NONE. */
const struct json *given_of_value(struct arena *arena, const struct field *field,
                                  const struct value *value);

/* A cell of a row. `column` may be NULL. */
const struct json *given_of_cell(struct arena *arena, const struct field *column,
                                 const struct json *cell);

#endif
