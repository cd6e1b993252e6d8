/* SPDX-License-Identifier: MIT */
/* calendar_file - another's dates put into a calendar file, which stays a person's: its comments,
 * its order and its way of writing are kept, and only what differs is touched.
 */
#ifndef ENGINE_RUN_CALENDAR_FILE_H
#define ENGINE_RUN_CALENDAR_FILE_H

#include "engine/run/calendar_news.h"

struct diags;
struct source;

enum calendar_change_kind { CHANGE_ADDED, CHANGE_CHANGED, CHANGE_REMOVED };
struct calendar_change {
    enum calendar_change_kind kind;
    const char *what;              /* "2027-06-03", "autumn 2029", "known_until" */
    const char *was, *is;          /* NULL: it was not there, or is gone. */
};

struct calendar_merge {
    const char *text;              /* The file as it should be. */
    struct { struct calendar_change *at; size_t count, room; } changes;
    size_t same;                   /* Days and terms that were there already. */
    /* Bank holidays of the years it speaks of that it does not have: taken out if `prune`. */
    struct news_days gone;
    const char *note;              /* What else has to be done by hand, or NULL. */
};

/* Works out what becomes of the file. Nothing is written. All in `arena`, `source` is borrowed.
 * ERR_PACK     it is no calendar file: see `diags`.
 * ERR_INPUT    the dates do not fit those that are in it, or it is written in a way that cannot be
 *              changed safely; the text says what to do by hand. */
MUST_CHECK enum err_code calendar_merge(struct arena *arena, const struct source *source,
                                        const struct news *news, bool prune,
                                        struct calendar_merge *out, struct diags *diags,
                                        struct err *err);

#endif
