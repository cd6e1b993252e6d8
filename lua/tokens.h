/* SPDX-License-Identifier: MIT */
/* tokens - a file of Lua, word by word, without comments.
 *
 * For reading a file that has compiled already; one that has not gives words all the same.
 */
#ifndef LUA_TOKENS_H
#define LUA_TOKENS_H

#include "engine/base/diag.h"

struct arena;

enum token_kind { TOKEN_END, TOKEN_NAME, TOKEN_TEXT, TOKEN_NUMBER, TOKEN_SIGN };
struct token {
    enum token_kind kind;
    const char *text;       /* NAME, SIGN: as written; TEXT: what stands inside the quotes. */
    struct span span;
};
struct tokens {
    struct token *at;       /* Ended by an END, which counts as one. */
    size_t count, room;
};

/* All in `arena`; `source` is borrowed. */
struct tokens tokens_read(struct arena *arena, const struct source *source);
/* Of a NAME or SIGN. */
bool token_is(const struct token *token, const char *text);
bool token_keyword(const struct token *token);

#endif
