/* SPDX-License-Identifier: MIT */
/* value_shape - texts that have a shape of their own: numbers of pupils and
 * schools with their check digits, postcodes and addresses.
 *
 * Each takes a trimmed text and returns NULL when it is good, with what is to
 * be stored (upper case, spaces put right) in `out`; else what is wrong, to
 * follow the text as in "'X' is not a UPN: ...". Private to engine/model.
 */
#ifndef ENGINE_MODEL_VALUE_SHAPE_H
#define ENGINE_MODEL_VALUE_SHAPE_H

enum { SHAPE_MAX = 256 };

const char *shape_upn(const char *text, char out[SHAPE_MAX]);
const char *shape_uln(const char *text, char out[SHAPE_MAX]);
const char *shape_urn(const char *text, char out[SHAPE_MAX]);
const char *shape_postcode(const char *text, char out[SHAPE_MAX]);
const char *shape_email(const char *text, char out[SHAPE_MAX]);

#endif
