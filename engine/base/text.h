/* SPDX-License-Identifier: MIT */
/* text - growing text, UTF-8, and the nearest of several words.
 *
 * Strings are NUL-terminated UTF-8 without embedded NUL; whoever reads bytes
 * from outside checks that once, at the border.
 */
#ifndef ENGINE_BASE_TEXT_H
#define ENGINE_BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* Text that grows in an arena. `at` is always NUL-terminated once anything was added; "" before. */
struct buf {
    struct arena *arena;
    char *at;
    size_t len, room;
};

struct buf buf_in(struct arena *arena);
void buf_add(struct buf *buf, const char *text);
void buf_add_n(struct buf *buf, const char *text, size_t len);
void buf_char(struct buf *buf, char c);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *buf, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
/* Makes room for `more` bytes behind the text and returns where they go; whoever fills them moves
 * `len` on and sets the NUL. */
char *buf_reserve(struct buf *buf, size_t more);
void buf_cut(struct buf *buf, size_t len); /* Shortens to `len`. */
const char *buf_text(struct buf *buf);     /* Never NULL. */

/* True when the bytes are valid UTF-8 without NUL. */
bool utf8_valid(const char *bytes, size_t len);
/* The bytes of the first character; 0 when there is none or it is not UTF-8. */
size_t utf8_len(const char *bytes, size_t len);
/* As many bytes of `text` as fit into `room` without cutting a character. */
size_t utf8_cut(const char *text, size_t room);
/* Characters, not bytes; wide (East Asian) ones count two columns. For carets. */
size_t utf8_columns(const char *text, size_t len);

bool text_same(const char *a, const char *b); /* NULL-safe; two NULLs are the same. */
const char *text_or(const char *text, const char *otherwise); /* `otherwise` for NULL. */
bool text_starts(const char *text, const char *prefix);
bool text_in(const char *text, const char *const *words, size_t count);

/* The nearest of `words` for "did you mean": edit distance at most 2 (1 for words under 4
 * letters), or a prefix. NULL when nothing is near. */
const char *text_nearest(const char *word, const char *const *words, size_t count);

/* "a, b and c", with `last` (" and ") before the last; "" for none. In `arena`. */
const char *text_list(struct arena *arena, const char *const *words, size_t count,
                      const char *last);

/* A count with its word: "1 case", "0 cases". */
const char *text_count(struct arena *arena, int64_t count, const char *one, const char *many);

/* Whole numbers as people type them: an optional sign and digits, nothing else. */
bool text_int(const char *text, int64_t *out);

/* Decimals: at most 4 places, kept as ten-thousandths ("23.5" is 235000). */
enum { DECIMAL_ONE = 10000 };
bool decimal_parse(const char *text, int64_t *out);
/* The shortest form, no trailing zeros: "23.5", "-0.25", "7". */
const char *decimal_text(struct arena *arena, int64_t value);
enum { DECIMAL_TEXT_MAX = 32 };
const char *decimal_write(int64_t value, char text[DECIMAL_TEXT_MAX]); /* The same; returns text. */

#endif
