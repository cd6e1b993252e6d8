/* SPDX-License-Identifier: MIT */
/* record - plain structs to JSON and back, by a table of their members.
 *
 * One table serves the encoder and the decoder, so that what is written can
 * be read. Members are in byte order of their keys, which makes the text
 * canonical and lets reading walk map and table together. What is not known
 * or zero is left out. Private to engine/model.
 */
#ifndef ENGINE_MODEL_RECORD_H
#define ENGINE_MODEL_RECORD_H

#include "engine/base/json.h"
#include "engine/model/value.h"
#include <stddef.h>

enum member_kind {
    MEMBER_TEXT,   /* const char *; NULL is left out */
    MEMBER_NAME,   /* const char *, never NULL; always written */
    MEMBER_DAY,    /* day; DAY_NONE is left out */
    MEMBER_YES,    /* bool; false is left out */
    MEMBER_COUNT,  /* int; 0 is left out */
    MEMBER_NUMBER, /* int64_t; 0 is left out */
    MEMBER_MINUTE, /* int64_t; MINUTE_NONE is left out */
    MEMBER_WORD,   /* an enum, as one of `words`; always written */
    MEMBER_VALUE,  /* struct value, as the two keys "t" and "v" */
};

struct member {
    const char *key;
    size_t key_len;
    enum member_kind kind;
    size_t at; /* Offset in the entry. */
    const char *const *words;
    size_t word_count;
};

#define MEMBER(type, m, key, kind)                                                                \
    { key, sizeof(key) - 1, MEMBER_##kind, offsetof(struct type, m), NULL, 0 }
#define MEMBER_ONE_OF(type, m, key, words)                                                        \
    { key, sizeof(key) - 1, MEMBER_WORD, offsetof(struct type, m), words, MEMBER_COUNT_OF(words) }
#define MEMBER_COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* A struct: its size, and the members that are written. */
struct record {
    size_t size;
    const void *blank; /* A whole struct with no dates and all else zero; NULL: all bytes zero. */
    const struct member *members;
    size_t count;
};
#define RECORD(type, blank, members)                                                              \
    { sizeof(struct type), blank, members, MEMBER_COUNT_OF(members) }

/* The members of `from`, within an open map. */
void record_write(const struct record *record, const void *from, struct json_out *out);
/* Reads from *json on, as far as the table goes, and moves *json behind what was read. False: a
 * member is damaged; *bad_key names it. Texts stay the tree's. */
bool record_read(const struct record *record, const struct json **json, void *to,
                 const char **bad_key);

/* A list of maps; an empty one is left out. Reading takes NULL for one that was left out. */
void records_write(const struct record *record, const char *key, const void *at, size_t count,
                   struct json_out *out);
bool records_read(struct arena *arena, const struct record *record, const struct json *list,
                  void **at, size_t *count);

/* If *json has that key, the member, and *json moves on; else NULL. */
const struct json *json_take(const struct json **json, const char *key);

/* The two keys a value is written as, within an open map: "t":"d","v":"2026-11-10" and the like;
 * and back. `v` may be NULL. ERR_INPUT: damaged. */
void value_write_pair(const struct value *value, struct json_out *out);
MUST_CHECK enum err_code value_from_pair(const char *t, const struct json *v, struct value *out,
                              struct err *err);

/* A day of stored JSON. Any year of four digits, since a rule may reach beyond what people type. */
bool stored_day(const char *text, day *out);

#endif
