/* SPDX-License-Identifier: MIT */
/* pattern - Lua's patterns, matched by our own matcher, which counts its work.
 *
 * Lua's own string functions never reach the count hook, so that one pattern
 * can hold a machine for hours. This one does the same matching, counts every
 * comparison and stops. It knows nothing of Lua states: a field's `pattern` is
 * matched by it too. Letters and digits are those of ASCII, in every locale.
 */
#ifndef LUA_PATTERN_H
#define LUA_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PATTERN_CAPTURES_MAX = 32,
    PATTERN_DEPTH_MAX = 200,
    PATTERN_BYTES_MAX = 512,     /* Of the pattern itself. */
    PATTERN_POSITION = -2,       /* A capture `()`: a place, not a text. */
    PATTERN_OPEN = -1,           /* A capture that is not closed yet. */
};

struct pattern {
    const char *subject, *subject_end; /* Both texts are NUL-terminated too. */
    const char *pattern_end;
    bool whole;                        /* The match must reach the subject's end. */
    int64_t work;                      /* Left; counted down, 0 or less: spent. */
    const char *error;                 /* What is wrong with the pattern, or NULL. */
    int depth;
    int count;                         /* Captures. */
    struct {
        const char *at;
        ptrdiff_t len;                 /* Or PATTERN_POSITION, PATTERN_OPEN. */
    } capture[PATTERN_CAPTURES_MAX];
};

/* Makes ready for `subject`; both borrowed. */
void pattern_init(struct pattern *pattern, const char *subject, size_t subject_len,
                  const char *text, size_t text_len, int64_t work);

/* Matches `text` (without a leading ^) at `at` exactly. The end of the match, or NULL: none, or
 * `error` is set, or `work` is spent. */
const char *pattern_at(struct pattern *pattern, const char *at, const char *text);

/* The first match at or after `at`; handles a leading ^. *end is the end of the match. */
const char *pattern_search(struct pattern *pattern, const char *at, const char *text,
                           const char **end);

/* What is wrong with a pattern, or NULL. */
const char *pattern_check(const char *text);

#endif
