/* SPDX-License-Identifier: MIT */
/* json - canonical JSON in an arena, for what reeve itself stores.
 *
 * Small and exact: UTF-8, no floats (decimals of at most 4 places), objects
 * with keys in byte order, no white space. Equal values give equal bytes,
 * which is what lets hashes and "fold equals state" compare text. JSON from
 * outside goes through jansson at the edge, never through this.
 */
#ifndef ENGINE_BASE_JSON_H
#define ENGINE_BASE_JSON_H

#include "engine/base/err.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;

enum json_kind { JSON_NULL, JSON_BOOL, JSON_INT, JSON_DECIMAL, JSON_TEXT, JSON_LIST, JSON_MAP };

struct json {
    enum json_kind kind;
    const char *key;   /* Within a map; else NULL. */
    const char *text;  /* JSON_TEXT */
    int64_t number;    /* JSON_INT, JSON_BOOL (0, 1), JSON_DECIMAL (ten-thousandths) */
    struct json *first, *next; /* Children; the next sibling. Maps: sorted by key. */
    struct json *last;         /* The last child. */
    size_t count;      /* Children. */
};

enum { JSON_DEPTH_MAX = 32 };

/* Parses canonical or ordinary JSON. The result and its texts live in `arena`; `bytes` is borrowed.
 * A decimal without a fraction ("7.0") becomes a JSON_INT, as it would be written.
 * ERR_INPUT: not JSON or not UTF-8 (the text says where), a key that stands twice, NUL in a text, a
 * number with more than 4 places, with an exponent or beyond 64 bits. ERR_LIMIT: too deep. */
MUST_CHECK enum err_code json_parse(struct arena *arena, const char *bytes, size_t len,
                                    struct json **out, struct err *err);
void json_write(const struct json *json, struct buf *out);
/* The same for people and for what compares lines: indented, with a line break at the end. */
void json_write_lines(const struct json *json, struct buf *out);

const struct json *json_get(const struct json *map, const char *key); /* NULL: absent. */
/* The member as ... or the fallback when absent or of another kind. */
const char *json_text(const struct json *map, const char *key, const char *fallback);
/* In ten-thousandths, also when it is an integer. */
int64_t json_decimal(const struct json *map, const char *key, int64_t fallback);

struct json *json_new(struct arena *arena, enum json_kind kind);
struct json *json_new_text(struct arena *arena, const char *text);
struct json *json_new_int(struct arena *arena, int64_t number);
void json_add(struct json *list, struct json *item);
/* Replaces what stood under the key, which is copied. `value` is taken. */
void json_put(struct arena *arena, struct json *map, const char *key, struct json *value);

/* Straight to text, without a tree: the fast path of casefile and outcome. Keys must be given in
 * byte order; a debug build asserts it. A writer nests by json_begin/json_end. */
struct json_out {
    struct buf *buf;
    unsigned depth;
    bool some[JSON_DEPTH_MAX];            /* Something was written at this depth. */
    const char *last[JSON_DEPTH_MAX];     /* Last key, for the assertion. */
};
struct json_out json_to(struct buf *buf);
void json_begin(struct json_out *out, const char *key, char bracket); /* Key NULL in lists. */
void json_end(struct json_out *out, char bracket);                    /* '}' or ']' */
void json_out_text(struct json_out *out, const char *key, const char *text); /* NULL text: null. */
void json_out_int(struct json_out *out, const char *key, int64_t number);
void json_out_bool(struct json_out *out, const char *key, bool value);
void json_out_decimal(struct json_out *out, const char *key, int64_t ten_thousandths);
void json_out_tree(struct json_out *out, const char *key, const struct json *tree);

#endif
