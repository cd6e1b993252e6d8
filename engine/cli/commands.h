/* SPDX-License-Identifier: MIT */
/* commands - the function behind each command; the table in commands.c says
 * what they take.
 */
#ifndef ENGINE_CLI_COMMANDS_H
#define ENGINE_CLI_COMMANDS_H

#include "engine/cli/command.h"

/* Rules, without a database. */
enum err_code new_run(struct call *call);
enum err_code fmt_run(struct call *call);
enum err_code check_run(struct call *call);
enum err_code test_run(struct call *call);
enum err_code show_run(struct call *call);
enum err_code draw_run(struct call *call);
enum err_code calendar_run(struct call *call);
enum err_code when_run(struct call *call);
enum err_code schema_run(struct call *call);
enum err_code stubs_run(struct call *call);
/* Setting up. */
enum err_code publish_run(struct call *call);
enum err_code versions_run(struct call *call);
enum err_code people_run(struct call *call);
enum err_code schools_run(struct call *call);
enum err_code schedules_run(struct call *call);
/* Acts. */
enum err_code open_run(struct call *call);
enum err_code do_run(struct call *call);
enum err_code what_if_run(struct call *call);
enum err_code item_run(struct call *call);
enum err_code consent_run(struct call *call);
enum err_code excuse_run(struct call *call);
enum err_code extend_run(struct call *call);
enum err_code late_run(struct call *call);
enum err_code file_run(struct call *call);
enum err_code name_run(struct call *call);
enum err_code letters_run(struct call *call);
enum err_code reassign_run(struct call *call);
/* Looking. */
enum err_code case_run(struct call *call);
enum err_code cases_run(struct call *call);
enum err_code due_run(struct call *call);
enum err_code explain_run(struct call *call);
/* The service, and keeping the database. */
enum err_code run_run(struct call *call);
enum err_code tick_run(struct call *call);
enum err_code verify_run(struct call *call);
enum err_code backup_run(struct call *call);
enum err_code restore_run(struct call *call);
enum err_code help_run(struct call *call);
enum err_code version_run(struct call *call);

#endif
