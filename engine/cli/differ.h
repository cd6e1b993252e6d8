/* SPDX-License-Identifier: MIT */
/* differ - two texts line by line, as `diff -u` shows them. */
#ifndef ENGINE_CLI_DIFFER_H
#define ENGINE_CLI_DIFFER_H

#include "engine/base/text.h"

/* Adds what makes `to` of `from`, with three lines around each change, under the headings
 * `--- path` and `+++ path`. Nothing when they are the same. Lines end with \n; the text is made in
 * the arena of `out`. */
void differ(struct buf *out, const char *path, const char *from, const char *to);

#endif
