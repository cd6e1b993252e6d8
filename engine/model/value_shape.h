/* SPDX-License-Identifier: MIT */
/* value_shape - texts that have a shape of their own: numbers of pupils and
 * schools with their check digits, postcodes and addresses.
 *
 * Private to engine/model.
 */
#ifndef ENGINE_MODEL_VALUE_SHAPE_H
#define ENGINE_MODEL_VALUE_SHAPE_H

#include <stdbool.h>

enum { SHAPE_MAX = 256, SHAPE_WHY_MAX = 200 };

struct shape {
    char good[SHAPE_MAX];     /* What is to be stored: upper case, spaces put right. */
    char why[SHAPE_WHY_MAX];  /* Else what is wrong: which character, and what belongs there. */
};

/* Each takes a trimmed text. False: it is wrong, and `why` goes on from "'X' is not a UPN: ". It
 * never repeats the text, only one character of it: a child's number must not get into a log. */
bool shape_upn(const char *text, struct shape *out);
bool shape_uln(const char *text, struct shape *out);
bool shape_urn(const char *text, struct shape *out);
bool shape_postcode(const char *text, struct shape *out);
bool shape_email(const char *text, struct shape *out);

#endif
