/* SPDX-License-Identifier: MIT */
/* put - files written whole or not at all, for the commands that write some. */
#ifndef ENGINE_CLI_PUT_H
#define ENGINE_CLI_PUT_H

#include "engine/base/diag.h"
#include "engine/base/err.h"

struct arena;

/* Writes a new file, readable only for its owner: what it holds is about a child. It is on the disk
 * when this returns; on failure nothing is left of it. ERR_CONFLICT: something of this name is
 * there already. ERR_SYSTEM, ERR_FULL: it cannot be written. */
MUST_CHECK enum err_code put_new(const char *path, const unsigned char *bytes, size_t len,
                                 struct err *err);

/* Makes the folder `folder` with `files`, whose paths begin with its name ("moorland/pack.yaml").
 * They are written beside it first and it is renamed last: either all of it is there, or nothing.
 * ERR_CONFLICT: something of this name is there already. ERR_UNKNOWN: the folder it is to stand in
 * is not there. ERR_SYSTEM, ERR_FULL: it cannot be written. */
MUST_CHECK enum err_code put_folder(struct arena *arena, const char *folder,
                                    const struct source *files, size_t count, struct err *err);

/* Puts `text` in place of what the file `path` holds, if that is still `was` (a mark for UTF-8
 * before it aside): written beside it, then renamed. Its permissions stay.
 * ERR_CONFLICT: it has changed since it was read. ERR_INPUT: a symbolic link, or no plain file.
 * ERR_SYSTEM, ERR_FULL. On any of them it is as it was. */
MUST_CHECK enum err_code put_file(struct arena *arena, const char *path, const char *was,
                                  const char *text, struct err *err);

/* Makes the file `path`, or puts `text` in place of what a file of that name holds: written beside
 * it, then renamed. ERR_CONFLICT: there is one, and its name does not end in one of `endings`
 * (ended by NULL), so that it is something else. ERR_INPUT, ERR_SYSTEM, ERR_FULL as put_file(). */
MUST_CHECK enum err_code put_made(struct arena *arena, const char *path,
                                  const char *const *endings, const char *text, struct err *err);

#endif
