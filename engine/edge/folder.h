/* SPDX-License-Identifier: MIT */
/* folder - messages as files, where there is no mail server.
 *
 * A file is named by its message's key, so the same message written again
 * replaces itself.
 */
#ifndef ENGINE_EDGE_FOLDER_H
#define ENGINE_EDGE_FOLDER_H

#include "engine/base/err.h"

/* ERR_SYSTEM: it can neither be found nor made. */
MUST_CHECK enum err_code folder_make(const char *folder, struct err *err);
/* Writes whole or not at all. ERR_SYSTEM: the text says why. */
MUST_CHECK enum err_code folder_put(const char *folder, const char *key, const char *content,
                                    size_t len, struct err *err);

#endif
