/* SPDX-License-Identifier: MIT */
/* schema - the table of keys (keys.h) as a JSON Schema, draft 07, for editors
 * that help while a pack is written: what a key means, which keys there are,
 * which words a value may be. What only `reeve check` can know (names, dates,
 * what another file says) it leaves alone, and what it allows may still be
 * wrong; what it refuses is always wrong.
 */
#ifndef RULES_SCHEMA_H
#define RULES_SCHEMA_H

struct arena;
struct buf;

/* The whole file, for all kinds of files of a pack: which it is shows in its first key. */
void schema_write(struct arena *arena, struct buf *out);

#endif
