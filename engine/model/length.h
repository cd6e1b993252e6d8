/* SPDX-License-Identifier: MIT */
/* length - "2 weeks", "10 working days": a length of time from its words. */
#ifndef ENGINE_MODEL_LENGTH_H
#define ENGINE_MODEL_LENGTH_H

#include "engine/model/moment.h"

/* "2 weeks", "10 working days". False when it is not a length. */
bool length_parse(const char *text, struct length *out);

/* "working" or "school", the words that go before a unit; else NULL. */
const char *length_unit_kind(const char *word);
/* The unit of a word ("weeks") after such a kind, which may be NULL. False: there is none. */
bool length_unit(const char *kind, const char *word, enum unit *out);

#endif
