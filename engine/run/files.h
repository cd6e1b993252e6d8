/* SPDX-License-Identifier: MIT */
/* files - proof on its way in and out: looked at before an event names it,
 * and found again through the case that it belongs to.
 */
#ifndef ENGINE_RUN_FILES_H
#define ENGINE_RUN_FILES_H

#include "engine/model/event.h"
#include "engine/model/proof.h"
#include "store/files.h"

/* What an event may say of a file and the row to keep, from the name it had and its bytes, which
 * are borrowed. *text lives in `arena`. ERR_INPUT: it is empty, of a kind that is not kept, or its
 * name says something else than what it holds. ERR_LIMIT: too large, or the name too long. */
MUST_CHECK enum err_code file_take(struct arena *arena, const char *name,
                                   const unsigned char *bytes, size_t len, const char **text,
                                   struct file_row *out, struct err *err);

/* A file of a case, as one of its events named it. */
struct case_file {
    struct proof proof;
    int64_t event_id;
    enum event_kind kind;
    const char *about;         /* The event's name: the item, clock or consent it proves. */
    day on;
    const char *who;
};

/* All of them, oldest first; one that was handed in twice stands twice. */
MUST_CHECK enum err_code case_files(struct store *store, int64_t case_id, struct arena *arena,
                                    struct case_file **out, size_t *count, struct err *err);

/* The one that a word means: its name, what it proves ("papers.school"; the newest), or at least 6
 * of the digits of its digest. ERR_UNKNOWN: none. ERR_INPUT: several different ones; the hint has
 * their digests. */
MUST_CHECK enum err_code case_file_find(const struct case_file *files, size_t count,
                                        const char *word, struct arena *arena,
                                        const struct case_file **out, struct err *err);

/* Its bytes. ERR_UNKNOWN: none were kept. ERR_DAMAGED: they are not what was handed in. */
MUST_CHECK enum err_code case_file_get(struct store *store, const struct case_file *file,
                                       struct arena *arena, struct file_row *out,
                                       struct err *err);

#endif
