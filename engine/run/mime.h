/* SPDX-License-Identifier: MIT */
/* mime - one e-mail as it goes over the wire (RFC 5322, RFC 2045 to 2047).
 *
 * Text and HTML as alternatives, quoted-printable, CRLF. Frozen in the
 * database before it leaves, so it is made here and not by the library that
 * sends it.
 */
#ifndef ENGINE_RUN_MIME_H
#define ENGINE_RUN_MIME_H

#include <stdint.h>

struct arena;

struct mime {
    const char *from;        /* "Torbay Council SEND <send@example.org>" */
    const char *to_name, *to_email;
    const char *subject;
    const char *message_id;  /* Without angle brackets. */
    int64_t date_ms;
    const char *text, *html; /* LF line ends. */
};

/* The whole message. Line breaks inside header values are taken out. */
const char *mime_text(struct arena *arena, const struct mime *mime);

/* "send@example.org" of "Torbay Council SEND <send@example.org>". */
const char *mime_bare(struct arena *arena, const char *address);

/* "&", "<", ">" and quotes for HTML. */
const char *mime_escape(struct arena *arena, const char *text);

#endif
