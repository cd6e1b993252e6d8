/* SPDX-License-Identifier: MIT */
/* import - a whole file or nothing. */
#ifndef ENGINE_CLI_IMPORT_H
#define ENGINE_CLI_IMPORT_H

#include "engine/cli/command.h"

enum err_code people_import_run(struct call *call); /* `people import FILE.csv` */

#endif
