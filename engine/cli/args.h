/* SPDX-License-Identifier: MIT */
/* args - the words of a call: the command, its flags, the rest. */
#ifndef ENGINE_CLI_ARGS_H
#define ENGINE_CLI_ARGS_H

#include "engine/cli/command.h"

/* Fills `call` from argv (which it borrows). Flags may stand anywhere after the command, as
 * `--on DATE` or `--on=DATE`; `--` ends them. With call->help the rest was not checked.
 * ERR_USAGE: no such command or flag (hint: the nearest), a value missing or given twice, too few
 * or too many words, a word that is not UTF-8. */
MUST_CHECK enum err_code args_read(struct call *call, int argc, char **argv);

#endif
