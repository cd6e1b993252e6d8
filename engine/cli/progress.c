/* SPDX-License-Identifier: MIT */
#include "engine/cli/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { SHOW_AFTER_MS = 1000, BAR_EVERY_MS = 100, LINE_EVERY_MS = 10000, BAR_WIDTH = 30 };

/* Time that only goes on, whatever the wall clock is told. */
static int64_t steady_ms(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

struct progress progress_begin(const char *doing)
{
    int64_t now = steady_ms();
    return (struct progress){ .doing = doing, .terminal = isatty(STDERR_FILENO) != 0,
                              .began_ms = now, .said_ms = now };
}

void progress_say(struct progress *progress, int64_t done, int64_t all)
{
    int64_t now = steady_ms();
    if (all <= 0 || now - progress->began_ms < SHOW_AFTER_MS ||
        now - progress->said_ms < (progress->terminal ? BAR_EVERY_MS : LINE_EVERY_MS))
        return;
    progress->said_ms = now;
    if (done > all)
        done = all;
    int percent = (int)(done * 100 / all);
    if (!progress->terminal) {
        fprintf(stderr, "%s: %lld of %lld (%d%%)\n", progress->doing, (long long)done,
                (long long)all, percent);
        return;
    }
    char bar[BAR_WIDTH + 1];
    for (int i = 0; i < BAR_WIDTH; i++)
        bar[i] = i < percent * BAR_WIDTH / 100 ? '#' : '.';
    bar[BAR_WIDTH] = 0;
    fprintf(stderr, "\r%s [%s] %3d%%  %lld of %lld\033[K", progress->doing, bar, percent,
            (long long)done, (long long)all);
    fflush(stderr);
    progress->shown = true;
}

void progress_end(struct progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
    progress->shown = false;
}
