/* SPDX-License-Identifier: MIT */
/* command - one table of commands, and one call of one of them.
 *
 * Dispatch, `reeve help`, `reeve X --help`, did-you-mean and shell completion
 * all read the table in commands.c: what is not there does not exist.
 *
 *   argv -> args.c -> struct call -> command->run -> call->out -> say.c
 *
 * Data goes to stdout (say.h), talk to stderr. A command returns ERR_NONE, or
 * fills call->err: cli.c prints it and ends with err_exit().
 */
#ifndef ENGINE_CLI_COMMAND_H
#define ENGINE_CLI_COMMAND_H

#include "engine/base/err.h"
#include "engine/base/text.h"

#include <stdbool.h>

struct arena;
struct store;
struct world;
struct call;

#define REEVE_VERSION "0.1.0"

struct flag {
    const char *name;    /* "on", without the dashes. */
    const char *value;   /* "DATE"; NULL: a switch. */
    const char *doc;     /* For help: a clause, lower case, no full stop. */
};

struct command {
    const char *name;
    const char *usage;               /* What follows the name. */
    const char *purpose;             /* One sentence. */
    const char *group;               /* Heading in `reeve help`. */
    const char *const *examples;     /* Ended by NULL; without "reeve ". */
    const struct flag *const *flags; /* Ended by NULL. */
    size_t args_min, args_max;       /* Of the words that are no flags. */
    const char *findings;            /* When it exits with 1, for help; NULL: "a refusal". */
    enum err_code (*run)(struct call *call);
};

enum { FLAGS_MAX = 16, ARGS_MAX = 512, ARG_BYTES_MAX = 64 * 1024 };

struct call {
    const struct command *command;   /* NULL until the words were read. */
    struct arena *arena;             /* Everything of the call lives here. */
    const char *args[ARGS_MAX];
    size_t arg_count;
    const char *values[FLAGS_MAX];   /* As command->flags; "" for a switch; NULL: not given. */
    bool json, help;
    struct buf out;                  /* To stdout when the command ends. */
    struct err err;
    bool findings;                   /* Done, but exit with 1. */
    bool cannot;                     /* What it works on is not there: exit with 2. */
    struct store *store;             /* database.h */
    struct world *world;
};

const struct command *commands_all(size_t *count);
const struct command *command_find(const char *name); /* NULL: there is none. */
const char *command_nearest(struct arena *arena, const char *name); /* NULL: nothing is near. */

/* The flag's value; NULL: not given. The flag must be in the command's list. */
const char *call_flag(const struct call *call, const char *name);
/* An argument, or NULL when there are fewer. */
const char *call_arg(const struct call *call, size_t index);

/* Everything from the first word to the exit status. */
int cli_main(int argc, char **argv);

#endif
