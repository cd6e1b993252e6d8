/* SPDX-License-Identifier: MIT */
/* section - what the entries of a case file's sections are made of.
 *
 * One table a section, read by the encoder and the decoder alike, so that
 * what is written can be read. Private to engine/model.
 */
#ifndef ENGINE_MODEL_SECTION_H
#define ENGINE_MODEL_SECTION_H

#include "engine/model/casefile.h"

enum member_kind {
    MEMBER_TEXT,   /* const char *; NULL is left out */
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
    enum member_kind kind;
    size_t at; /* Offset in the entry. */
    const char *const *words;
    size_t word_count;
};

/* Every entry begins with `const char *name`. */
struct section {
    const char *key;
    size_t size;
    const void *blank; /* A whole entry with no dates and all else zero. */
    const struct member *members; /* In byte order of their keys. */
    size_t count;
};

enum {
#define X(member, type, key) SECTION_##member,
    CASEFILE_SECTIONS(X)
#undef X
        SECTION_COUNT
};

extern const struct section sections[SECTION_COUNT];

/* The two keys a value is written as, within an open map, and back. `v` may be NULL. */
void value_write_pair(const struct value *value, struct json_out *out);
enum err_code value_from_pair(const char *t, const struct json *v, struct value *out,
                              struct err *err);

/* A day of stored JSON. Any year of four digits, since a rule may reach beyond what people type. */
bool stored_day(const char *text, day *out);

#endif
