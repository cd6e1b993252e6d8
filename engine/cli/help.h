/* SPDX-License-Identifier: MIT */
/* help - what the table of commands says, for people. */
#ifndef ENGINE_CLI_HELP_H
#define ENGINE_CLI_HELP_H

#include "engine/cli/command.h"

/* One command: examples first, then flags, then exit codes. Adds to call->out. */
void help_say(struct call *call, const struct command *command);

#endif
