/* SPDX-License-Identifier: MIT */
/* mail - hands messages to the mail server: libcurl's multi interface on the
 * loop. Or, without a server, writes them to a folder.
 *
 * Knows nothing of cases: a message goes in, a reply code comes back.
 */
#ifndef ENGINE_EDGE_MAIL_H
#define ENGINE_EDGE_MAIL_H

#include "engine/base/err.h"

#include <stddef.h>
#include <stdint.h>
#include <uv.h>

struct mail;

enum { MAIL_AT_ONCE = 4, MAIL_TIMEOUT_S = 60, MAIL_CONNECT_S = 15 };

struct mail_server {
    const char *url;                /* smtp://host:port; NULL: `folder` */
    const char *user, *password;    /* May be NULL. */
    const char *folder;             /* Without a server. */
};

/* `reply`: the server's code; 0: no answer (or a log-in that failed: not the recipient's fault). */
typedef void mail_answer_fn(void *owner, int64_t message, int reply, const char *text);

/* All texts are copied. ERR_SYSTEM: the folder cannot be made. */
MUST_CHECK enum err_code mail_open(uv_loop_t *loop, const struct mail_server *server,
                                   mail_answer_fn *answered, void *owner, struct mail **out,
                                   struct err *err);
/* Hands one over; the texts are copied. `key` names the file in a folder. The answer comes later,
 * on the loop. */
void mail_send(struct mail *mail, int64_t message, const char *key, const char *from,
               const char *to, const char *content);
size_t mail_under_way(const struct mail *mail);
/* Ends what is under way without an answer, then calls `closed`. */
void mail_close(struct mail *mail, void (*closed)(void *owner));

#endif
