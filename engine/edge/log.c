/* SPDX-License-Identifier: MIT */
#include "engine/edge/log.h"

#include "engine/base/arena.h"
#include "engine/base/json.h"
#include "engine/base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>

void log_line(const char *level, const char *format, ...)
{
    struct arena *arena = arena_new();
    struct buf msg = buf_in(arena), line = buf_in(arena);
    struct timespec ts;
    struct tm tm;
    char stamp[40];
    va_list args;
    va_start(args, format);
    buf_vprintf(&msg, format, args);
    va_end(args);
    clock_gettime(CLOCK_REALTIME, &ts);
    gmtime_r(&ts.tv_sec, &tm);
    size_t len = strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S", &tm);
    snprintf(stamp + len, sizeof stamp - len, ".%03dZ", (int)(ts.tv_nsec / 1000000));
    struct json_out out = json_to(&line);
    json_begin(&out, NULL, '{');
    json_out_text(&out, "level", level);
    json_out_text(&out, "msg", buf_text(&msg));
    json_out_text(&out, "ts", stamp);
    json_end(&out, '}');
    buf_char(&line, '\n');
    fputs(buf_text(&line), stderr); /* One call a line: threads do not mix. */
    arena_free(arena);
}
