/* SPDX-License-Identifier: MIT */
/* progress - how far long work is, on stderr: a bar on a terminal once it takes
 * over a second, else a plain line every ten seconds.
 */
#ifndef ENGINE_CLI_PROGRESS_H
#define ENGINE_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
    const char *doing;      /* "Checking cases" */
    bool terminal, shown;
    int64_t began_ms, said_ms;
};

struct progress progress_begin(const char *doing);
void progress_say(struct progress *progress, int64_t done, int64_t all);
void progress_end(struct progress *progress);

#endif
