/* SPDX-License-Identifier: MIT */
/* message - fills a message's ((placeholders)) as GOV.UK Notify does.
 *
 * ((name)) a value; ((flag??text)) text if the yes/no is yes; a value that is
 * a list and stands alone on its line becomes bullets, and rows in Markdown a
 * table of pipes. Placeholders: ref, process, state, opened, every
 * field (personal ones only where `personal` is true), `due DEADLINE`,
 * `do_by DEADLINE`.
 */
#ifndef ENGINE_CORE_MESSAGE_H
#define ENGINE_CORE_MESSAGE_H

#include "engine/model/casefile.h"
#include "engine/model/process.h"

/* Fills `template` into `arena`; an unknown or empty placeholder becomes "(not known)". */
const char *message_fill(struct arena *arena, const char *template, const struct process *process,
                         const struct casefile *file, bool personal);

/* The same, to be read as Markdown: values are escaped, and so shown as they were typed. */
const char *message_fill_marked(struct arena *arena, const char *template,
                                const struct process *process, const struct casefile *file,
                                bool personal);

#endif
