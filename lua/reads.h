/* SPDX-License-Identifier: MIT */
/* reads - what the files of lua/ look at, read off their words, before any of it runs.
 *
 * A name the process does not have (L005) and one that rules may not use (L006) would refuse the
 * event the day the line is come to. Only what is sure is said: `case.NAME` where `case` is the
 * case, and names that nothing in the file makes.
 */
#ifndef LUA_READS_H
#define LUA_READS_H

#include "lua/host.h"

/* L005, L006, and L007 for functions of the pack's own files that nothing asks. Texts of findings
 * are in their arena; the rest is borrowed. */
void reads_check(const struct model *model, const struct host_module *modules, size_t count,
                 struct diags *diags);

#endif
