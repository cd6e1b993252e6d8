/* SPDX-License-Identifier: MIT */
/* value_reader - the parts of value_read: single values in value_read.c, choices
 * and rows in value_lists.c. Private to engine/model.
 */
#ifndef ENGINE_MODEL_VALUE_READER_H
#define ENGINE_MODEL_VALUE_READER_H

#include "engine/model/record.h"
#include "engine/model/value.h"

struct option;

struct value_reader {
    struct arena *arena;
    const struct field *field;
    struct err *err;
};

/* ERR_INPUT with the field's label before the text. */
enum err_code reader_bad(const struct value_reader *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* As much of a text as a message should repeat, cut between characters. */
const char *reader_shown(const struct value_reader *r, const char *text);
/* Trimmed, and with line ends as one character, so that equal texts are equal bytes. */
MUST_CHECK enum err_code reader_clean(const struct value_reader *r, const char *text, char **out);

/* By name, or by name or label in any case; NULL: none. */
const struct option *reader_option(const struct field *field, const char *text);
MUST_CHECK enum err_code reader_choice(const struct value_reader *r, const char *text,
                                       struct value *out);

/* Choices are kept in the order of the options, each once, so that equal choices are equal bytes.
 */
MUST_CHECK enum err_code reader_choices(const struct value_reader *r, const struct json *list,
                                        struct value *out);
MUST_CHECK enum err_code reader_rows(const struct value_reader *r, const struct json *list,
                                     struct value *out);
/* Either from a text: choices are cut at commas, rows at semicolons and line ends. */
MUST_CHECK enum err_code reader_list(const struct value_reader *r, const char *text,
                                     struct value *out);

#endif
