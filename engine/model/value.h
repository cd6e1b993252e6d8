/* SPDX-License-Identifier: MIT */
/* value - what a field holds, and how it is read and shown. */
#ifndef ENGINE_MODEL_VALUE_H
#define ENGINE_MODEL_VALUE_H

#include "engine/base/date.h"
#include "engine/base/err.h"
#include "engine/base/json.h"

struct arena;
struct buf;
struct field;

enum value_kind {
    VALUE_NONE,    /* Not known. */
    VALUE_TEXT,    /* text; also a choice (its key), a document, a person, an e-mail address, a
                    * postcode and numbers with a shape of their own: URN, UPN, ULN */
    VALUE_DATE,    /* number: a day */
    VALUE_TIME,    /* number: minutes after midnight */
    VALUE_INT,     /* number; money in pence */
    VALUE_DECIMAL, /* number: ten-thousandths; number and hours fields */
    VALUE_BOOL,    /* number: 0 or 1 */
    VALUE_CHOICES, /* tree: a list of texts */
    VALUE_ROWS,    /* tree: a list of maps, typed by the field's columns */
};

struct value {
    enum value_kind kind;
    int64_t number;
    const char *text;
    const struct json *tree;
};

enum { VALUE_CASES_MAX = 5000 }; /* Rows of a field of other cases. */

bool value_same(const struct value *a, const struct value *b);

/* Reads what a person or a scenario gave (a JSON text, or a list for choices and rows) as the
 * field's type says. Rows also as text: "Mon 09:00 12:00; Tue 09:00 12:00", columns in order.
 * The result lives in `arena`. Empty text is VALUE_NONE.
 * ERR_INPUT: not of the type; the text names the field's label and what is wanted (31 February
 * says how long February is). Limits: text 4,000 bytes, 200 rows. min, max and pattern are
 * core's business, since they may be moments. */
MUST_CHECK enum err_code value_read(struct arena *arena, const struct field *field,
                                    const struct json *given, struct value *out, struct err *err);

/* A cell of a row, which is stored typed, and the value it holds; NULL or of another kind: none. */
struct json *value_to_cell(struct arena *arena, const struct value *value);
struct value value_of_cell(const struct field *column, const struct json *cell);

/* For people: dates as "Tue 10 Nov 2026", choices by label. `field` may be NULL. */
const char *value_show(struct arena *arena, const struct field *field, const struct value *value);

#endif
