/* SPDX-License-Identifier: MIT */
/* settings - reeve.yaml beside the database: what a service needs to know.
 *
 *   database: reeve.db
 *   base_url: https://reeve.example.org
 *   mail:
 *     server: smtp://relay.example.org:25
 *     from: Torbay Council SEND <send@example.org>
 *     user: reeve
 *     password_file: /etc/reeve/smtp-password
 *
 * Unknown keys are findings. Without `mail.server`, mail goes to a folder
 * beside the database, and the service says so.
 */
#ifndef ENGINE_RUN_SETTINGS_H
#define ENGINE_RUN_SETTINGS_H

#include "engine/base/diag.h"
#include "engine/base/err.h"

struct settings {
    const char *database;   /* NULL: not said. */
    const char *base_url;   /* Without a slash at the end; NULL: messages have no links. */
    const char *mail_server, *mail_from, *mail_user, *mail_password; /* server NULL: a folder. */
};

enum { SETTINGS_BYTES_MAX = 64 * 1024 };

/* Reads `path`; the password comes from its file, never from here. ERR_UNKNOWN: no such file.
 * ERR_PACK: findings in `diags`. ERR_SYSTEM: unreadable. All in `arena`. */
MUST_CHECK enum err_code settings_read(const char *path, struct arena *arena, struct settings *out,
                                       struct diags *diags, struct err *err);

#endif
