/* SPDX-License-Identifier: MIT */
/* log - one JSON object a line on stderr: ts, level, msg and what belongs to
 * it. Never a child's name or need: references and numbers only.
 */
#ifndef ENGINE_EDGE_LOG_H
#define ENGINE_EDGE_LOG_H

/* `level`: "info", "warn", "error". Any thread. */
void log_line(const char *level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
