/* SPDX-License-Identifier: MIT */
/* watch - what a host was asked, how it answered and which lines ran: for
 * `reeve test --coverage`. Watching costs a call a line, so nothing else does.
 */
#ifndef LUA_WATCH_H
#define LUA_WATCH_H

#include "lua/host.h"

enum watch_answer {
    WATCH_YES = 1,      /* It held, */
    WATCH_NO = 2,       /* it did not. */
    WATCH_GUARD = 4,    /* It was asked for yes or no at all, not known included. */
    WATCH_COMPUTED = 8, /* It was asked for a value, and gave one. */
};
enum watch_line {
    WATCH_CAN = 1,      /* The line holds something that can run. */
    WATCH_RAN = 2,
};

struct watch_file {
    const struct source *source;
    unsigned char *lines;        /* By line, from 1; bits of watch_line. */
    size_t line_count;
};

struct watch {
    unsigned char *answers;      /* By a condition's id; bits of watch_answer. */
    const struct watch_file *files; size_t file_count; /* One a module of the host. */
};

/* Begins to watch a host that is between events, until it is freed: what is found out is added to
 * what is returned, which lives in `arena`; both must outlive the host's last answer. */
struct watch *host_watch(struct host *host, struct arena *arena);

#endif
