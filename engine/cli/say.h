/* SPDX-License-Identifier: MIT */
/* say - what a command says: data to stdout, talk to stderr.
 *
 * Whatever comes out of a case, a pack or a file is shown without its control
 * characters: nothing in them can steer a terminal. Colour is asked for by the
 * marks below, which are bytes that no UTF-8 text holds; they become escape
 * sequences on a terminal (and never with NO_COLOR or TERM=dumb), else
 * nothing.
 */
#ifndef ENGINE_CLI_SAY_H
#define ENGINE_CLI_SAY_H

#include "engine/base/json.h"
#include "engine/cli/command.h"

#define BOLD "\xf8"
#define RED "\xf9"
#define YELLOW "\xfa"
#define GREEN "\xfb"
#define FAINT "\xfc"
#define OFF "\xff"

/* Adds to call->out. */
void say(struct call *call, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A line on stderr, at once. */
void talk(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The answer of a call with --json: one line. */
void say_json(struct call *call, const struct json *json);
/* The error as people or programs read it. */
void say_error(struct call *call);
/* Writes call->out. ERR_SYSTEM: stdout does not take it. */
MUST_CHECK enum err_code say_flush(struct call *call);

/* Text as it may be shown: control characters and what turns the direction of writing become
 * '?', line breaks a space. */
const char *one_line(struct arena *arena, const char *text);
/* As text_count(): "1 case", "2 cases". In the call's arena. */
const char *counted(struct call *call, int64_t count, const char *one, const char *many);

/* The cleaning itself, for its test: line breaks and tabs stay, marks become colour or nothing. */
void say_clean(struct buf *out, const char *text, size_t len, bool colour);

#endif
