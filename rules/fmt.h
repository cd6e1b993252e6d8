/* SPDX-License-Identifier: MIT */
/* fmt - a YAML file of a pack, laid out as a careful person would.
 *
 *   text -> fmt_read.c: a tree of pieces with their remarks -> fmt_write.c -> text
 *
 * What is laid out: two spaces of indentation, one space after a colon, lists
 * under their key; { } and [ ] that fit into FMT_WIDTH columns on one line, others
 * broken into lines of their own; quotes that mark nothing taken off words; no
 * spaces at the ends of lines, at most one blank line, LF, one at the end.
 * What is kept: every remark and where it stands, the order, blank lines between
 * groups, columns that were aligned, texts as they were typed (dates, times, yes and
 * no, leading zeros, quotes that mean something), long texts and conditions.
 *
 * The result is read again before it is given: it must say the same, and laying
 * it out again must change nothing.
 */
#ifndef RULES_FMT_H
#define RULES_FMT_H

#include "engine/base/err.h"
#include "rules/keys.h"

enum { FMT_WIDTH = 100 };

/* Whose keys a file of a pack holds, from its path within it ("processes/x.yaml"): OWNER_NONE when
 * it is none. */
enum owner fmt_owner(const char *path);

/* Lays `source` out. The text lives in `arena`.
 * ERR_PACK: it cannot be read, or not without a finding; they are in `diags`.
 * ERR_LIMIT: laid out it would be larger than a file may be.
 * ERR_INPUT: it holds line breaks that are not seen (U+0085, U+2028, U+2029). Or it would not say
 * the same any more, a fault of ours. */
MUST_CHECK enum err_code fmt_text(struct arena *arena, const struct source *source,
                                  enum owner owner, struct diags *diags, const char **out,
                                  struct err *err);

#endif
