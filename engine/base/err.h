/* SPDX-License-Identifier: MIT */
/* err - faults: what went wrong, in one code and one sentence.
 *
 * Two kinds, never mixed. A bug is MUST() or assert(). A fault is an `enum
 * err_code` returned, with a `struct err` filled where the fact is known. On
 * failure outputs are untouched. Texts are UTF-8 whatever they were made of (a
 * byte that is not becomes '?'), and read: lower case, no full stop, the problem
 * first, the subject quoted. What a pack gets wrong is not a fault but a
 * finding: see diag.h.
 */
#ifndef ENGINE_BASE_ERR_H
#define ENGINE_BASE_ERR_H

#include <stdbool.h>
#include <stddef.h>

/* code, exit status, HTTP status, what it means to the caller */
#define ERR_TABLE(X)                                                                              \
    X(NONE, 0, 200, "done")                                                                       \
    X(USAGE, 2, 400, "the words of the call are wrong")                                           \
    X(INPUT, 1, 422, "what was given is not acceptable; the text says what is")                   \
    X(REFUSED, 1, 409, "the rules refuse it; the text says what is missing")                      \
    X(UNKNOWN, 1, 404, "there is no such thing")                                                  \
    X(FORBIDDEN, 1, 403, "this role may not do it")                                               \
    X(CONFLICT, 1, 409, "it changed meanwhile, or the key was used for something else")           \
    X(SCRIPT, 1, 422, "the pack's Lua failed or spent its budget")                                \
    X(LIMIT, 1, 413, "larger, deeper or longer than allowed")                                     \
    X(BUSY, 2, 503, "somebody else holds it; trying again may help")                              \
    X(STORE, 2, 500, "the database failed")                                                       \
    X(DAMAGED, 2, 500, "something stored cannot be read; `reeve verify` names it")                \
    X(FULL, 2, 503, "the disk is full; nothing was written")                                      \
    X(SYSTEM, 2, 500, "the operating system refused")                                             \
    X(PACK, 1, 422, "the pack has findings; they were listed")

enum err_code {
#define X(name, exit, http, means) ERR_##name,
    ERR_TABLE(X)
#undef X
};

struct err {
    enum err_code code;
    char text[1024];
    /* Where in a pack it happened, if it did: "processes/x.yaml:12:7" or "" */
    char place[256];
    char hint[256]; /* What to do about it, or "". */
};

#define MUST_CHECK __attribute__((warn_unused_result))

/* Fills `err` (which may be NULL) and returns `code`: `return err_set(err, ERR_INPUT, ...)`. */
enum err_code err_set(struct err *err, enum err_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void err_place(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
void err_hint(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Hints "did you mean 'X'?" when one of `words` is near `word` (NULL: none is). False: none is. */
bool err_nearest(struct err *err, const char *word, const char *const *words, size_t count);
/* Puts "context: " before the text, where the caller knows what was being attempted. */
void err_wrap(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

const char *err_name(enum err_code code); /* "refused" */
int err_exit(enum err_code code);
int err_http(enum err_code code);
const char *err_means(enum err_code code);

/* A condition that cannot be false unless the program is wrong; stays on in release. */
#define MUST(cond) ((cond) ? (void)0 : err_bug(#cond, __FILE__, __LINE__))
void err_bug(const char *cond, const char *file, int line) __attribute__((noreturn));

#endif
