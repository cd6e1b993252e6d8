/* SPDX-License-Identifier: MIT */
/* paper - a letter as it is printed: the words alone, and one HTML page that needs nothing else.
 *
 * Filled from the case as it is when the letter is made. By post it may name the child; by e-mail
 * personal fields stay out, as in every message.
 */
#ifndef ENGINE_RUN_PAPER_H
#define ENGINE_RUN_PAPER_H

#include "engine/model/casefile.h"
#include "engine/model/process.h"

struct paper {
    const char *subject, *text, *html;
};

/* `addressee` may be NULL. All in `arena`. */
struct paper paper_write(struct arena *arena, const struct model *model,
                         const struct casefile *file, const struct letter_entry *letter,
                         const char *addressee);

/* "AR-26-0412 decision-keep.html", the same each time, fit for any file system. */
const char *paper_file_name(struct arena *arena, const char *ref, const char *letter,
                            const char *ending);

#endif
